//! Flags of `completions` and `man`.

use clap::Args;

/// `gapwise completions`.
#[derive(Args, Debug)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

/// `gapwise man`.
#[derive(Args, Debug)]
pub struct ManArgs {
    /// The page of one command: report, check, merge ...
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
}
