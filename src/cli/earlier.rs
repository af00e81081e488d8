//! Flags about earlier assessments, the same for `report` and `check`.

use std::path::PathBuf;

use clap::Args;
use gapwise::analysis::Renamed;
use gapwise::error::{Problem, Problems, Result};

use super::bad;

/// What to compare with.
#[derive(Args, Debug, Default)]
pub struct EarlierArgs {
    /// An earlier assessment to compare with: a workbook, or JSON of an earlier report; repeatable, oldest first.
    /// What --sheet, --header-row and --column say holds for INPUT only
    #[arg(long, value_name = "FILE")]
    pub previous: Vec<PathBuf>,
    /// A name that changed since: of an area, a practice or a subject; repeatable
    #[arg(long, value_name = "OLD=NEW")]
    pub rename: Vec<String>,
}

impl EarlierArgs {
    /// The renames, checked.
    ///
    /// # Errors
    /// Those that name nothing, all at once.
    pub fn renamed(&self) -> Result<Vec<Renamed>> {
        let mut problems: Vec<Problem> = Vec::new();
        let mut renamed = Vec::new();
        for text in &self.rename {
            match text.split_once('=').map(|(old, new)| (old.trim(), new.trim())) {
                Some((old, new)) if !old.is_empty() && !new.is_empty() => {
                    renamed.push(Renamed { old: old.to_owned(), new: new.to_owned() });
                }
                _ => problems.push(bad("--rename", format!("`{text}` names no two names"), "--rename \"Old=New\"")),
            }
        }
        if !self.rename.is_empty() && self.previous.is_empty() {
            problems.push(bad("--rename", "there is no earlier assessment to compare with", "--previous FILE"));
        }
        if problems.is_empty() { Ok(renamed) } else { Err(Problems(problems)) }
    }
}
