//! `gapwise merge`: the flags.

use std::path::PathBuf;

use clap::Args;

use super::ShapeArgs;

/// `gapwise merge`.
#[derive(Args, Debug)]
pub struct MergeArgs {
    /// Results that `report --format json` or `merge` wrote, or folders of them
    #[arg(required_unless_present = "print_settings", value_name = "RESULT")]
    pub inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub shape: ShapeArgs,
    /// Subjects of one name are one, whichever file they stand in
    #[arg(long)]
    pub join_subjects: bool,
    /// Keep exact sums in JSON in place of the ratings
    #[arg(long)]
    pub no_ratings: bool,
}
