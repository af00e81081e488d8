//! Charts: data in, a [`Scene`] of plain shapes out, drawn through plotters onto [`recorder::Recorder`].
//!
//! A chart is drawn once and translated twice, into SVG and into PDF operators. Everything is in points (1/72 inch),
//! y runs downward. The data carry every number twice where it is shown: as the value that places a mark and as the
//! text that is printed, so a chart neither rounds nor words anything.

mod beside;
mod cell;
mod dumbbell;
mod heatmap;
mod key;
mod ladder;
mod marks;
pub mod measure;
mod priority;
mod radar;
pub mod recorder;
mod roadmap;
pub mod scene;
mod slope;
mod split;
mod spread;
mod states;
mod surface;
pub mod svg;
#[cfg(test)]
mod tests;

use serde::Serialize;

pub use beside::Beside;
pub use cell::inks as heat_inks;
pub use dumbbell::{Dumbbell, DumbbellRow};
pub use heatmap::{HeatCell, HeatColumn, HeatFoot, HeatMap, HeatRow, HeatState, LegendEntry};
pub use key::{Key, KeyEntry, Sample};
pub use ladder::{Ladder, Rung};
pub use priority::{Band, Priority, PriorityPoint, Prominence};
pub use radar::{Overlay, Radar, RadarPanel, Spot};
pub use roadmap::{Roadmap, RoadmapRow, Span};
pub use scene::Scene;
pub use slope::{Move, Slope, SlopeDate, SlopeLine};
pub use states::{States, StatesRow};

/// A chart as data, ready to be drawn.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Chart {
    /// Level now and target of each row on one scale.
    Dumbbell(Dumbbell),
    /// The profile over the areas.
    Radar(Radar),
    /// Subjects by areas, a number in each cell.
    HeatMap(HeatMap),
    /// How many ratings are levels, not assessed, invalid, not applicable.
    States(States),
    /// Shortfalls by weight and gap.
    Priority(Priority),
    /// Levels at two or more dates.
    Slope(Slope),
    /// Dated steps on a time axis.
    Roadmap(Roadmap),
    /// One area on the rungs of the scale.
    Ladder(Ladder),
    /// One row of a dumbbell, explained.
    Key(Key),
}

/// The room for a drawing.
///
/// On paper a point is a point; on the page a point is shown as [`PX_PER_PT`] CSS pixels, so the same type sizes serve
/// both.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Canvas {
    /// Width in points.
    pub width: f64,
    /// Whether to draw for a phone: names above the bars, fewer columns.
    pub narrow: bool,
    /// Height after which a drawing continues in a next scene; infinite where nothing breaks pages.
    pub max_height: f64,
}

/// CSS pixels a point is shown as on the page: 8.5 points become 13.6 pixels.
pub const PX_PER_PT: f64 = 1.6;

impl Canvas {
    /// The type area of a sheet of paper, in points.
    pub fn paper(width: f64, max_height: f64) -> Canvas {
        Canvas { width, narrow: false, max_height }
    }

    /// The main column of the page, 952 pixels.
    pub fn page() -> Canvas {
        Canvas { width: 952.0 / PX_PER_PT, narrow: false, max_height: f64::INFINITY }
    }

    /// A phone, 328 pixels between the margins.
    pub fn phone() -> Canvas {
        Canvas { width: 328.0 / PX_PER_PT, narrow: true, max_height: f64::INFINITY }
    }
}

/// A number as it is placed and as it is printed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// Where it stands on its axis.
    pub value: f64,
    /// How it is printed: `−0.3`.
    pub text: String,
}

/// The scale that levels are drawn on, always whole.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Axis {
    /// Value of the lowest level.
    pub low: f64,
    /// Value of the highest level.
    pub high: f64,
    /// The levels, lowest first.
    pub ticks: Vec<Tick>,
}

/// A level on an axis.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tick {
    /// Its value.
    pub value: f64,
    /// The value as printed: `−1`.
    pub text: String,
    /// Its name, `Regressive`; empty where it has none.
    pub name: String,
}

/// A state that is no level, as a chart shows and explains it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sign {
    /// What stands in the cell: `–`, `n/a`, `×`.
    pub sign: String,
    /// What it means: `not assessed`.
    pub name: String,
}

/// The signs of the three states that are no level.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Signs {
    /// Nobody rated it.
    pub not_assessed: Sign,
    /// Does not count here.
    pub not_applicable: Sign,
    /// The cell holds no level.
    pub invalid: Sign,
}

/// Draws a chart; several scenes where it needs several pages, none where there is nothing to draw.
pub fn draw(chart: &Chart, canvas: &Canvas) -> Vec<Scene> {
    match chart {
        Chart::Dumbbell(chart) => dumbbell::draw(chart, canvas),
        Chart::Radar(chart) => radar::draw(chart, canvas),
        Chart::HeatMap(chart) => heatmap::draw(chart, canvas),
        Chart::States(chart) => states::draw(chart, canvas),
        Chart::Priority(chart) => priority::draw(chart, canvas),
        Chart::Slope(chart) => slope::draw(chart, canvas),
        Chart::Roadmap(chart) => roadmap::draw(chart, canvas),
        Chart::Ladder(chart) => ladder::draw(chart, canvas),
        Chart::Key(chart) => key::draw(chart, canvas),
    }
}
