//! Priority: what first? Shortfalls as ranks in a grid of weight by gap, the first ones named beside it.

use serde::Serialize;

use super::surface::{MM, Paint, Ruler, Surface, Type};
use super::{Canvas, Figure, Scene};
use crate::theme::Ink;

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

/// Radius of the circle round a rank.
const RADIUS: f64 = 2.25 * MM;

/// Height of an entry of the lists, and of a line of ranks in a cell.
const ENTRY: f64 = 6.8 * MM;
const LINE: f64 = 14.0;

/// Least height of a cell, and most lines of ranks in it.
const CELL: f64 = 11.0 * MM;
const MOST_LINES: usize = 8;

/// Most bars where there is no grid.
const MOST_BARS: usize = 20;

/// Draws the grid and the names.
pub(super) fn draw(chart: &Priority, canvas: &Canvas) -> Vec<Scene> {
    if chart.points.is_empty() {
        return Vec::new();
    }
    let on = Surface::new(canvas.width);
    let height = if chart.weights.len() < 2 || chart.gaps.is_empty() {
        bars(&on, chart, canvas)
    } else {
        let width = if canvas.narrow { canvas.width } else { canvas.width * 0.59 };
        let grid = grid(&on, chart, width);
        let (x, y) = if canvas.narrow { (0.0, grid + 5.0 * MM) } else { (canvas.width * 0.63, 0.0) };
        grid.max(lists(&on, chart, x, y, canvas.width - x))
    };
    vec![on.finish(height + 1.0)]
}

/// A rank in its circle, in a ring or alone, centred at a place.
fn rank(on: &Surface, point: &PriorityPoint, (x, y): (f64, f64)) {
    let set = Type::small(Ink::Text).middle();
    let radius = RADIUS.max(set.strong().width(&point.rank) / 2.0 + 1.5);
    let (series, ink, strong) = match point.prominence {
        Prominence::First => ("first", Ink::Paper, true),
        Prominence::Quick => ("quick", Ink::Current, true),
        Prominence::Rest => ("rest", Ink::Muted, false),
    };
    on.mark(series, &point.item);
    match point.prominence {
        Prominence::First => on.circle((x, y), radius, &Paint::fill(Ink::Current)),
        Prominence::Quick => {
            on.circle((x, y), radius - 0.6, &Paint::line(Ink::Current, 1.2).filled(Ink::Paper));
        }
        Prominence::Rest => {}
    }
    on.text(x, set.centred(y), &point.rank, Type { ink, strong, ..set });
}

/// Width that a rank takes in a cell.
fn slot(point: &PriorityPoint) -> f64 {
    let text = Type::small(Ink::Text).strong().width(&point.rank);
    match point.prominence {
        Prominence::Rest => text + 6.0,
        _ => (2.0 * RADIUS).max(text + 3.0) + 2.5,
    }
}

/// The band a value falls in; the last one where it is above all.
fn band(bands: &[Band], value: f64) -> usize {
    bands.iter().position(|band| value <= band.to + 1e-9).unwrap_or(bands.len().saturating_sub(1))
}

/// The grid; gives its height.
fn grid(on: &Surface, chart: &Priority, width: f64) -> f64 {
    let (head, label) = (Type::small(Ink::Muted), Type::label(Ink::Text));
    let weights =
        label.widest(chart.weights.iter().map(|band| band.text.as_str())).max(head.width(&chart.weight_head));
    let left = weights.min(width * 0.3) + 4.0 * MM;
    let pitch = (width - left) / chart.gaps.len() as f64;
    let top = 6.0 * MM;
    on.mark("head", "").text(left - 4.0 * MM, 9.0, &chart.weight_head, head.end());
    let mut y = top;
    for (index, weight) in chart.weights.iter().enumerate().rev() {
        let cells: Vec<Vec<Vec<&PriorityPoint>>> = (0..chart.gaps.len())
            .map(|column| {
                let inside = chart.points.iter().filter(|point| {
                    band(&chart.weights, point.weight) == index && band(&chart.gaps, point.gap.value) == column
                });
                flow(inside.collect(), pitch - 6.0)
            })
            .collect();
        let most = cells.iter().map(Vec::len).max().unwrap_or(0);
        let height = CELL.max(most as f64 * LINE + 6.0);
        on.mark("grid", "").line(&[(left, y), (width, y)], &Paint::line(Ink::Grid, 0.6));
        let middle = y + height / 2.0;
        on.mark("head", "").text(left - 4.0 * MM, label.centred(middle), &weight.text, label.end());
        for (column, lines) in cells.iter().enumerate() {
            let center = left + (column as f64 + 0.5) * pitch;
            for (row, line) in lines.iter().enumerate() {
                let at = middle + (row as f64 - (lines.len() - 1) as f64 / 2.0) * LINE;
                let mut x = center - line.iter().map(|point| slot(point)).sum::<f64>() / 2.0;
                for point in line {
                    rank(on, point, (x + slot(point) / 2.0, at));
                    x += slot(point);
                }
            }
        }
        y += height;
    }
    on.mark("grid", "").line(&[(left, y), (width, y)], &Paint::line(Ink::Grid, 0.6));
    for column in 0..=chart.gaps.len() {
        let x = left + column as f64 * pitch;
        on.line(&[(x, top), (x, y)], &Paint::line(Ink::Grid, 0.6));
    }
    on.mark("head", "");
    for (column, gap) in chart.gaps.iter().enumerate() {
        let x = left + (column as f64 + 0.5) * pitch;
        on.clipped(x, y + 13.0, &gap.text, label.middle(), pitch - 2.0);
    }
    on.text(left + (width - left) / 2.0, y + 27.0, &chart.gap_head, head.middle());
    y + 30.0
}

/// Ranks in lines no wider than `room`; what does not fit in the most lines is left to the table.
fn flow(points: Vec<&PriorityPoint>, room: f64) -> Vec<Vec<&PriorityPoint>> {
    let mut lines: Vec<Vec<&PriorityPoint>> = Vec::new();
    let mut used = 0.0;
    for point in points {
        if lines.is_empty() || used + slot(point) > room {
            lines.push(Vec::new());
            used = 0.0;
        }
        used += slot(point);
        if let Some(line) = lines.last_mut() {
            line.push(point);
        }
    }
    lines.truncate(MOST_LINES);
    lines
}

/// Names of the first and of the quick wins; gives the height reached.
fn lists(on: &Surface, chart: &Priority, x: f64, mut y: f64, width: f64) -> f64 {
    let title = Type::label(Ink::Text).strong();
    for (prominence, head) in [(Prominence::First, &chart.first_title), (Prominence::Quick, &chart.quick_title)] {
        let points: Vec<_> = chart.points.iter().filter(|point| point.prominence == prominence).collect();
        if points.is_empty() {
            continue;
        }
        let lines = title.wrap(head, width, 2);
        on.mark("head", "").lines(x, y + 9.0, &lines, title, head);
        y += lines.len() as f64 * title.leading() + 5.0;
        for point in points {
            rank(on, point, (x + RADIUS, y + ENTRY / 2.0));
            names(on, point, x + 2.0 * RADIUS + 5.0, y + ENTRY / 2.0, width - 2.0 * RADIUS - 5.0);
            y += ENTRY;
        }
        y += 3.0 * MM;
    }
    y
}

/// Name over detail, centred on `middle`.
fn names(on: &Surface, point: &PriorityPoint, x: f64, middle: f64, room: f64) {
    let name = Type::small(Ink::Text).strong();
    let first = name.block(middle, if point.detail.is_empty() { 1 } else { 2 });
    on.mark("name", &point.item).clipped(x, first, &point.name, name, room);
    on.mark("detail", &point.item).clipped(x, first + name.leading(), &point.detail, Type::small(Ink::Muted), room);
}

/// Bars of the gaps, by rank, where weights tell nothing apart; gives their height.
fn bars(on: &Surface, chart: &Priority, canvas: &Canvas) -> f64 {
    let number = Type::label(Ink::Text).strong();
    let shown = &chart.points[..chart.points.len().min(MOST_BARS)];
    let left = 2.0 * RADIUS + 5.0;
    let room = canvas.width * if canvas.narrow { 0.45 } else { 0.38 };
    let wide = number.widest(shown.iter().map(|point| point.gap.text.as_str()));
    let widest = shown.iter().map(|point| point.gap.value).fold(0.0, f64::max);
    let from = left + room + 4.0 * MM;
    let ruler = Ruler::new(0.0, widest, from, canvas.width - wide - 5.0);
    let head = Type::small(Ink::Muted);
    on.mark("head", "").clipped(from, 8.0, &chart.gap_head, head, canvas.width - from);
    let mut y = 13.0;
    for point in shown {
        let middle = y + ENTRY / 2.0 + 0.5;
        on.mark("rule", "").line(&[(0.0, y), (canvas.width, y)], &Paint::line(Ink::Hairline, 0.5));
        rank(on, point, (RADIUS, middle));
        names(on, point, left, middle, room);
        let end = ruler.at(point.gap.value);
        on.mark("gap", &point.item).rect(from, middle - 4.0, end - from, 8.0, &Paint::fill(Ink::Target));
        on.text(end + 4.0, number.centred(middle), &point.gap.text, number);
        y += ENTRY + 1.0;
    }
    on.mark("rule", "").line(&[(0.0, y), (canvas.width, y)], &Paint::line(Ink::Hairline, 0.5));
    if shown.len() < chart.points.len() && !chart.more.is_empty() {
        on.mark("note", "").clipped(left, y + 11.0, &chart.more, head, canvas.width - left);
        y += 14.0;
    }
    y
}
