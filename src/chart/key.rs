//! Key: how is a chart read? One row of a dumbbell on the whole scale, with words at its parts.

use serde::Serialize;

use super::{Axis, Canvas, Figure, HeatState, Scene};

/// An annotated row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Key {
    /// The whole scale, every level named.
    pub axis: Axis,
    /// The level now.
    pub current: Figure,
    /// The target.
    pub target: Option<Figure>,
    /// Words over the line: `+1.7: levels to close`.
    pub gap: String,
    /// Name of the dot: `Level now`.
    pub now: String,
    /// What it is: `weighted mean of the ratings`.
    pub now_words: String,
    /// Name of the ring: `Target`.
    pub wanted: String,
    /// What it is: `mean of the targets in the sheet`.
    pub wanted_words: String,
    /// The other signs, listed beside the row.
    pub entries: Vec<KeyEntry>,
}

/// A sign and what it means.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct KeyEntry {
    /// The sign.
    pub sample: Sample,
    /// Its name: `Above target`.
    pub name: String,
    /// More words, muted: `dashed line`.
    pub words: String,
}

/// A sign as it stands in the charts.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sample {
    /// Level beyond the target.
    Surplus,
    /// Level at the target.
    AtTarget,
    /// Level at the earlier assessment.
    Earlier,
    /// A cell of a heat map and what is printed in it.
    Cell(HeatState, String),
    /// Words alone: `8 of 9`.
    Words(String),
}

/// Draws the row.
pub(super) fn draw(_chart: &Key, _canvas: &Canvas) -> Vec<Scene> {
    Vec::new()
}
