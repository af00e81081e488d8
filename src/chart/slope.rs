//! Slope: what changed? A line an area between two or more dates on a true time axis.

use serde::Serialize;

use super::{Axis, Canvas, Figure, Scene};

/// Levels at two or more dates.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Slope {
    /// The whole scale.
    pub axis: Axis,
    /// The dates, oldest first.
    pub dates: Vec<SlopeDate>,
    /// The lines, in the order of the input.
    pub lines: Vec<SlopeLine>,
}

/// A date of an assessment.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SlopeDate {
    /// Days on any count; only distances matter.
    pub day: f64,
    /// As printed: `2025-07-31`.
    pub text: String,
}

/// A line.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SlopeLine {
    /// Slug of the area.
    pub item: String,
    /// Its name.
    pub name: String,
    /// The level at each date.
    pub values: Vec<Option<Figure>>,
    /// Which way it went between the first and the last level.
    pub direction: Move,
    /// Whether it is drawn grey and without a label, as one of too many.
    pub quiet: bool,
}

/// Which way a level went, as printed (equal after rounding is the same).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Move {
    /// It rose.
    Up,
    /// It held.
    Same,
    /// It fell.
    Down,
}

/// Draws the lines with labels at both ends.
pub(super) fn draw(_chart: &Slope, _canvas: &Canvas) -> Vec<Scene> {
    Vec::new()
}
