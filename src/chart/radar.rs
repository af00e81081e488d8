//! Radar: what is the shape of the profile? One large panel with the names of the axes, then small ones.

use serde::Serialize;

use super::{Canvas, Scene, Signs, Tick};

/// Profiles over the same axes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Radar {
    /// Names of the axes, clockwise from the top; a radar wants 5 to 12.
    pub axes: Vec<String>,
    /// The levels, lowest first: the first is the centre, the last the outer ring.
    pub rings: Vec<Tick>,
    /// Head of the list of rings: `Rings`.
    pub rings_title: String,
    /// Word beside the lowest level in that list: `centre`.
    pub centre: String,
    /// Word beside the highest: `outside`.
    pub outside: String,
    /// The panels; the first is drawn large, with the names of the axes.
    pub panels: Vec<RadarPanel>,
    /// Key of the line of current levels: `level now`.
    pub now: String,
    /// Key of the line of targets: `target`.
    pub target: String,
    /// Words before the signs: `A missing rating breaks the line:`.
    pub missing: String,
    /// The signs of states that are no level.
    pub signs: Signs,
}

/// One profile.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RadarPanel {
    /// Slug of the subject.
    pub item: String,
    /// Its name.
    pub title: String,
    /// The number that opens the line under the title, in the ink of the current level: `0.5`.
    pub lead: String,
    /// The rest of that line: `now, +1.0 to close, 51 of 57 rated`.
    pub subtitle: String,
    /// The level on each axis.
    pub current: Vec<Spot>,
    /// The target on each axis; empty where there is none at all.
    pub target: Vec<Option<f64>>,
    /// Up to two more subjects over the same axes.
    pub overlays: Vec<Overlay>,
}

/// A second or third subject in the same panel.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Overlay {
    /// Its name.
    pub name: String,
    /// Its level on each axis.
    pub current: Vec<Spot>,
}

/// What stands on an axis.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Spot {
    /// A level.
    Level(f64),
    /// Nobody rated it.
    NotAssessed,
    /// Does not count here.
    NotApplicable,
    /// The cell holds no level.
    Invalid,
}

/// Draws the panels in a grid of thirds, split into scenes where they are many.
pub(super) fn draw(_chart: &Radar, _canvas: &Canvas) -> Vec<Scene> {
    Vec::new()
}
