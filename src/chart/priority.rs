//! Priority: what first? Shortfalls as ranks in a grid of weight by gap, the first ones named beside it.

use serde::Serialize;

use super::{Canvas, Figure, Scene};

/// Ranked shortfalls.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Priority {
    /// Head of the weights: `Weight`.
    pub weight_head: String,
    /// Head of the gaps: `Gap, levels to close`.
    pub gap_head: String,
    /// Columns of the grid, ascending.
    pub gaps: Vec<Band>,
    /// Rows of the grid, ascending (drawn highest first); with fewer than two, bars are drawn instead of a grid.
    pub weights: Vec<Band>,
    /// The shortfalls by rank.
    pub points: Vec<PriorityPoint>,
    /// Head of the list of [`Prominence::First`]: `First, by weight × gap`.
    pub first_title: String,
    /// Head of the list of [`Prominence::Quick`]: `Quick wins: one level, highest weight`.
    pub quick_title: String,
    /// Where not all fit as bars: `and 30 more`, for the number of those left out.
    pub more: String,
}

/// A row or column of the grid: what is above the band before and not above `to`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Band {
    /// Upper bound, itself included.
    pub to: f64,
    /// How it is printed: `+1`, `+0.5 to +1`.
    pub text: String,
}

/// A shortfall.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PriorityPoint {
    /// Slug of the rating or area.
    pub item: String,
    /// Its rank: `3`.
    pub rank: String,
    /// Who: the subject, or the area where there is none.
    pub name: String,
    /// Where: the area, or empty.
    pub detail: String,
    /// Levels to close.
    pub gap: Figure,
    /// Its weight.
    pub weight: f64,
    /// How it is marked.
    pub prominence: Prominence,
}

/// How a shortfall is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Prominence {
    /// Among the first: filled circle, named.
    First,
    /// A quick win: ring, named.
    Quick,
    /// Any other: its number alone.
    Rest,
}

/// Draws the grid and the names.
pub(super) fn draw(_chart: &Priority, _canvas: &Canvas) -> Vec<Scene> {
    Vec::new()
}
