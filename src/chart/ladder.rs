//! Ladder: where in the scale is it? One area beside the rungs of the scale and what each means.

use serde::Serialize;

use super::{Canvas, Figure, Scene};

/// One area on the rungs of the scale.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ladder {
    /// The levels, lowest first (drawn highest first).
    pub rungs: Vec<Rung>,
    /// The level now.
    pub current: Option<Figure>,
    /// The target.
    pub target: Option<Figure>,
    /// The gap as printed, `+1.7`; empty for none.
    pub gap: String,
    /// Word under the level: `now`.
    pub now_word: String,
    /// Word under the target: `target`.
    pub target_word: String,
}

/// A level and what it means.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rung {
    /// Its value.
    pub value: f64,
    /// The value as printed.
    pub text: String,
    /// Its name.
    pub name: String,
    /// A sentence on it; may be empty.
    pub summary: String,
}

/// Draws the ladder.
pub(super) fn draw(_chart: &Ladder, _canvas: &Canvas) -> Vec<Scene> {
    Vec::new()
}
