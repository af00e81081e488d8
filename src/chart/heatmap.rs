//! Heat map: who is behind where? Subjects by areas, the number printed in each cell.

use serde::Serialize;

use super::surface::{LABEL, MM, Paint, SMALL, Surface, Type};
use super::{Canvas, Scene, cell};
use crate::theme::Ink;

/// A grid of cells, rows by columns.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HeatMap {
    /// How many levels the scale has; decides which steps of the level ramp are used.
    pub levels: usize,
    /// The columns of cells.
    pub columns: Vec<HeatColumn>,
    /// Heads of the columns of numbers right of the cells, `Level`, `Gap`; all but the last are set in the ink of levels.
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

/// Most rows of a scene, and most columns of cells.
const MOST: (usize, usize) = (40, 12);

/// Height of a row.
const ROW: f64 = 7.8 * MM;

/// Greatest width of a column of cells.
const PITCH: f64 = 24.0 * MM;

/// Ground between two cells.
const SEAM: f64 = 0.4 * MM;

/// Width and height of a sample in the legend.
const SAMPLE: (f64, f64) = (25.0, 14.0);

/// Draws the grid: 40 rows and 12 columns a scene, heads repeated; all columns of some rows before the next rows.
pub(super) fn draw(chart: &HeatMap, canvas: &Canvas) -> Vec<Scene> {
    if chart.rows.is_empty() || chart.columns.is_empty() {
        return Vec::new();
    }
    let layout = Layout::new(chart, canvas);
    let heights: Vec<f64> = chart.rows.iter().map(|row| layout.row_height(row)).collect();
    let room = canvas.max_height - layout.head - layout.tail();
    let rows = super::split::split(&heights, &vec![""; heights.len()], room, MOST.0);
    let mut scenes = Vec::new();
    for (index, range) in rows.iter().enumerate() {
        let last_rows = index + 1 == rows.len();
        for (group, columns) in layout.groups.iter().enumerate() {
            let last_columns = group + 1 == layout.groups.len();
            scenes.push(layout.scene(&chart.rows[range.clone()], columns.clone(), last_columns, last_rows));
        }
    }
    scenes
}

/// Where the parts stand, the same in every scene.
struct Layout<'a> {
    chart: &'a HeatMap,
    canvas: Canvas,
    /// Width of the names, and of the gap after them.
    names: f64,
    /// Distance of two columns of cells.
    pitch: f64,
    /// Columns of cells of each group.
    groups: Vec<std::ops::Range<usize>>,
    /// Widths of the columns right of the cells.
    edges: Vec<f64>,
    /// Height of the heads.
    head: f64,
}

impl<'a> Layout<'a> {
    fn new(chart: &'a HeatMap, canvas: &Canvas) -> Layout<'a> {
        let name = Type::label(Ink::Text).strong();
        let foot = chart.foot.as_ref().map(|foot| foot.name.as_str());
        let widest = name.widest(chart.rows.iter().map(|row| row.name.as_str()).chain(foot));
        let edges = edges(chart);
        let head = Type::small(Ink::Muted);
        let words = chart.columns.iter().flat_map(|column| column.name.split([' ', '-', '/']));
        let wanted = (head.widest(words) + 2.5).clamp(30.0, 58.0);
        let room = canvas.width - edges.iter().sum::<f64>();
        // Names give way a little, so that a common number of columns stays in one piece.
        let beside = room - wanted * chart.columns.len() as f64 - 2.0 * MM;
        let (least, most) =
            if canvas.narrow { (0.3, 0.36) } else { (34.0 * MM / canvas.width, 44.0 * MM / canvas.width) };
        let names = widest.min(beside.clamp(canvas.width * least, canvas.width * most)) + 2.0 * MM;
        let free = room - names;
        let most = ((free / wanted) as usize).clamp(1, MOST.1);
        let count = chart.columns.len();
        let groups = count.div_ceil(most);
        let groups: Vec<_> = (0..groups).map(|group| group * count / groups..(group + 1) * count / groups).collect();
        let longest = groups.iter().map(ExactSizeIterator::len).max().unwrap_or(1);
        let pitch = (free / longest as f64).min(PITCH);
        let mut layout = Layout { chart, canvas: *canvas, names, pitch, groups, edges, head: 0.0 };
        let lines = chart.columns.iter().map(|column| layout.head_lines(&column.name).len()).max().unwrap_or(1);
        layout.head = lines as f64 * head.leading() + 4.0;
        layout
    }

    fn head_lines(&self, name: &str) -> Vec<String> {
        Type::small(Ink::Muted).wrap(name, self.pitch - 2.0, 5)
    }

    fn name_lines(&self, row: &HeatRow) -> Vec<String> {
        Type::label(Ink::Text).strong_if(row.strong).wrap(&row.name, self.names - 2.0 * MM, 3)
    }

    fn row_height(&self, row: &HeatRow) -> f64 {
        ROW.max(self.name_lines(row).len() as f64 * Type::label(Ink::Text).leading() + 2.0)
    }

    /// Height of what stands under the last row.
    fn tail(&self) -> f64 {
        let foot = if self.chart.foot.is_some() { ROW + 4.0 } else { 0.0 };
        foot + self.legend(None, 0.0)
    }

    fn scene(&self, rows: &[HeatRow], columns: std::ops::Range<usize>, edges: bool, tail: bool) -> Scene {
        let on = Surface::new(self.canvas.width);
        let across = self.names + columns.len() as f64 * self.pitch;
        self.heads(&on, columns.clone(), edges);
        let mut y = self.head;
        for row in rows {
            let height = self.row_height(row);
            let middle = y + height / 2.0;
            let set = Type::label(Ink::Text).strong_if(row.strong);
            let lines = self.name_lines(row);
            on.mark("name", &row.item).lines(0.0, set.block(middle, lines.len()), &lines, set, &row.name);
            for (place, cell) in row.cells.iter().take(columns.end).skip(columns.start).enumerate() {
                let x = self.names + place as f64 * self.pitch;
                let area = cell::Area {
                    x: x + SEAM / 2.0,
                    y: y + SEAM / 2.0,
                    width: self.pitch - SEAM,
                    height: height - SEAM,
                };
                cell::draw(&on, &cell.item, &area, cell.state, &cell.text, self.chart.levels);
            }
            if edges {
                self.numbers(&on, &row.item, across, &row.edges, middle);
            }
            y += height;
        }
        if tail {
            y = self.foot(&on, columns.clone(), edges, y);
        }
        if tail && edges {
            y += self.legend(Some(&on), y);
        }
        on.finish(y + 1.0)
    }

    fn heads(&self, on: &Surface, columns: std::ops::Range<usize>, edges: bool) {
        let set = Type::small(Ink::Muted);
        let bottom = self.head - 4.0 - set.size * 0.1;
        for (place, column) in self.chart.columns[columns.clone()].iter().enumerate() {
            let lines = self.head_lines(&column.name);
            let x = self.names + (place as f64 + 0.5) * self.pitch;
            let y = bottom - lines.len().saturating_sub(1) as f64 * set.leading();
            on.mark("head", &column.item).lines(x, y, &lines, set.middle(), &column.name);
        }
        if edges {
            let mut right = self.names + columns.len() as f64 * self.pitch;
            for (head, width) in self.chart.edges.iter().zip(&self.edges) {
                right += width;
                on.mark("head", "").text(right, bottom, head, set.end());
            }
        }
    }

    /// The numbers right of the cells, after `across`.
    fn numbers(&self, on: &Surface, item: &str, across: f64, texts: &[String], middle: f64) {
        let mut right = across;
        for (index, (text, width)) in texts.iter().zip(&self.edges).enumerate() {
            right += width;
            let ink = if index + 1 < self.edges.len() { Ink::Current } else { Ink::Text };
            let set = Type::label(ink).strong().end();
            on.mark("edge", item).text(right, set.centred(middle), text, set);
        }
    }

    /// The row of numbers under the cells; gives the height reached.
    fn foot(&self, on: &Surface, columns: std::ops::Range<usize>, edges: bool, y: f64) -> f64 {
        let Some(foot) = &self.chart.foot else { return y };
        let across = self.names + columns.len() as f64 * self.pitch;
        let end = across + if edges { self.edges.iter().sum() } else { 0.0 };
        on.mark("rule", "").line(&[(0.0, y + 3.0), (end, y + 3.0)], &Paint::line(Ink::Axis, 0.75));
        let (y, name) = (y + 4.0, Type::label(Ink::Text));
        let middle = y + ROW / 2.0;
        let lines = name.wrap(&foot.name, self.names - 2.0 * MM, 2);
        on.mark("total", "").lines(0.0, name.block(middle, lines.len()), &lines, name, &foot.name);
        let set = name.strong().middle();
        for (place, text) in foot.cells.iter().take(columns.end).skip(columns.start).enumerate() {
            let x = self.names + (place as f64 + 0.5) * self.pitch;
            on.mark("total", "").text(x, set.centred(middle), text, set);
        }
        if edges {
            self.numbers(on, "", across, &foot.edges, middle);
        }
        y + ROW
    }

    /// One sample of each kind of cell; gives the height it takes, and draws nothing where there is no surface.
    fn legend(&self, on: Option<&Surface>, top: f64) -> f64 {
        if self.chart.legend.is_empty() {
            return 0.0;
        }
        let set = Type::small(Ink::Muted);
        let mut x = 0.0;
        let mut y = 4.0 * MM;
        if !self.chart.legend_title.is_empty() {
            if let Some(on) = on {
                on.mark("legend", "").text(0.0, set.centred(top + y + SAMPLE.1 / 2.0), &self.chart.legend_title, set);
            }
            x = set.width(&self.chart.legend_title) + 3.0 * MM;
        }
        for (index, entry) in self.chart.legend.iter().enumerate() {
            let room = self.canvas.width - SAMPLE.0 - 4.0;
            let name = crate::font::clip(&entry.name, set.size, false, room);
            let width = SAMPLE.0 + if name.is_empty() { 0.0 } else { 4.0 + set.width(&name) };
            if x > 0.0 && x + width > self.canvas.width {
                (x, y) = (0.0, y + SAMPLE.1 + 5.0);
            }
            if let Some(on) = on {
                let area = cell::Area { x, y: top + y, width: SAMPLE.0, height: SAMPLE.1 };
                cell::draw(on, "", &area, entry.state, &entry.text, self.chart.levels);
                let at = (x + SAMPLE.0 + 4.0, set.centred(top + y + SAMPLE.1 / 2.0));
                on.mark("legend", "").lines(at.0, at.1, &[name], set, &entry.name);
            }
            let next = self.chart.legend.get(index + 1).map(|next| std::mem::discriminant(&next.state));
            let together = entry.name.is_empty() && next == Some(std::mem::discriminant(&entry.state));
            x += width + if together { 1.5 * MM } else { 4.0 * MM };
        }
        y + SAMPLE.1
    }
}

/// Widths of the columns right of the cells, each with the gap before it.
fn edges(chart: &HeatMap) -> Vec<f64> {
    let number = Type { size: LABEL, ..Type::label(Ink::Text).strong() };
    let head = Type { size: SMALL, ..Type::small(Ink::Muted) };
    let foot = chart.foot.as_ref();
    (chart.edges.iter().enumerate())
        .map(|(index, name)| {
            let cells = chart.rows.iter().filter_map(|row| row.edges.get(index));
            let all = cells.chain(foot.and_then(|foot| foot.edges.get(index))).map(String::as_str);
            (number.widest(all).max(head.width(name)) + 3.5 * MM).max(9.0 * MM)
        })
        .collect()
}
