//! Cells -> ratings. Says what it understood and why; never guesses in silence.

use crate::assessment::Assessment;
use crate::error::{Result, Warned};
use crate::sheet::Workbook;

/// What the user says about the file; everything may be left open.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wishes {
    /// `--sheet`: the sheet to read.
    pub sheet: Option<String>,
    /// `--header-row`, numbered from 1.
    pub header_row: Option<u32>,
    /// `--column current="Score Q3"`: role and header text or column letter; an empty text unnames a column.
    pub columns: Vec<(String, String)>,
    /// `--level WORD=VALUE`.
    pub levels: Vec<(String, f64)>,
    /// `--scale LOW..HIGH`.
    pub scale: Option<(f64, f64)>,
    /// `--target LEVEL`: one target for all ratings.
    pub target: Option<f64>,
}

/// Finds the ratings of a workbook.
///
/// # Errors
/// All problems of the file at once: no table, no level column, nothing rated, two readings of equal weight, a negative
/// weight, the same rating twice with different levels.
pub fn recognise(_book: &Workbook, _wishes: &Wishes) -> Result<Warned<Assessment>> {
    Err(crate::error::Problem::new("no-table", "no table of ratings was found").into())
}
