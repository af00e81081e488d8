//! Flags of `report` about many files at once.

use clap::Args;

/// How a batch is worked on.
#[derive(Args, Debug, Default)]
pub struct ManyArgs {
    /// Write a portfolio over all inputs too, named `portfolio`, in the same formats
    #[arg(long)]
    pub portfolio: bool,
    /// Subjects of one name are one in the portfolio, whichever file they stand in
    #[arg(long, requires = "portfolio")]
    pub join_subjects: bool,
    /// Pass over inputs whose content, settings and program version are those of the last run into the same folder
    #[arg(long)]
    pub if_changed: bool,
    /// Keep exact sums in JSON in place of the ratings; results can be merged all the same
    #[arg(long)]
    pub no_ratings: bool,
}
