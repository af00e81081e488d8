//! States: how sure is it? A bar an area, cut into levels, not assessed, invalid and not applicable.

use serde::Serialize;

use super::{Canvas, Scene};

/// Bars of counts, all of one length: each shows shares of its own row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct States {
    /// The rows.
    pub rows: Vec<StatesRow>,
}

/// A bar.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StatesRow {
    /// Slug of the area.
    pub item: String,
    /// Its name.
    pub name: String,
    /// Whether this is the row of all areas, ruled off from the rest; its words are always printed.
    pub total: bool,
    /// Ratings that are levels.
    pub levels: usize,
    /// Ratings not assessed.
    pub not_assessed: usize,
    /// Ratings that are invalid.
    pub invalid: usize,
    /// Ratings that do not apply.
    pub not_applicable: usize,
    /// Right of the bar: `9 of 9`.
    pub rated: String,
    /// Words under the left end: `51 levels`.
    pub words: String,
    /// Words under the right end, `4 not assessed, 2 invalid, 3 n/a`, also printed where a part is too short for its
    /// count.
    pub rest: String,
}

/// Draws the bars, split into scenes where they are many.
pub(super) fn draw(_chart: &States, _canvas: &Canvas) -> Vec<Scene> {
    Vec::new()
}
