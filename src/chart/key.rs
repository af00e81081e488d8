//! Key: how is a chart read? One row of a dumbbell on the whole scale, with words at its parts.

use serde::Serialize;

use super::surface::{MM, Paint, Ruler, Surface, Type};
use super::{Axis, Canvas, Figure, HeatState, Scene, cell, marks, spread};
use crate::theme::Ink;

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

/// Height of a sign in the list, and width of its place.
const ENTRY: f64 = 6.7 * MM;
const SIGN: f64 = 13.0 * MM;

/// Draws the row, and the list of signs beside or under it.
pub(super) fn draw(chart: &Key, canvas: &Canvas) -> Vec<Scene> {
    if chart.axis.ticks.is_empty() {
        return Vec::new();
    }
    let on = Surface::new(canvas.width);
    let width = if canvas.narrow { canvas.width } else { canvas.width * 0.62 };
    let row = row(&on, chart, width);
    let (x, y) = if canvas.narrow { (0.0, row + 4.0 * MM) } else { (canvas.width * 0.66, 0.0) };
    let list = entries(&on, chart, x, y, canvas.width - x);
    vec![on.finish(row.max(list) + 1.0)]
}

/// The row with its scale and words; gives the height reached.
fn row(on: &Surface, chart: &Key, width: f64) -> f64 {
    let (number, name) = (Type::label(Ink::Text).strong(), Type::small(Ink::Muted));
    let count = chart.axis.ticks.len();
    let inset = (width / (2.0 * count as f64)).min(12.0 * MM);
    let ruler = Ruler::new(chart.axis.low, chart.axis.high, inset, width - inset);
    let places: Vec<f64> = chart.axis.ticks.iter().map(|tick| ruler.at(tick.value)).collect();
    let pitch = places.windows(2).map(|pair| pair[1] - pair[0]).fold(width - 2.0 * inset, f64::min);
    let words = chart.axis.ticks.iter().flat_map(|tick| tick.name.split([' ', '-', '/']));
    let all = pitch.min(2.0 * inset) >= name.widest(words) + 4.0;
    let mut lines = 0;
    for (index, (tick, x)) in chart.axis.ticks.iter().zip(&places).enumerate() {
        let end = index == 0 || index + 1 == count;
        let room = if all { pitch.min(2.0 * inset) - 3.0 } else { width / 2.0 - 6.0 };
        let text = number.width(&tick.text);
        if end || text + 3.0 <= pitch {
            on.mark("axis", "").text(*x, 9.0, &tick.text, number.middle());
        }
        if all {
            let words = name.wrap(&tick.name, room, 3);
            lines = lines.max(words.len());
            on.lines(*x, 19.0, &words, name.middle(), &tick.name);
        } else if end {
            lines = lines.max(1);
            let (at, set) = if index == 0 { (0.0, name) } else { (width, name.end()) };
            on.clipped(at, 19.0, &tick.name, set, room);
        }
    }
    let top = 15.0 + lines as f64 * name.leading();
    let middle = top + 20.0 * MM * 0.62;
    marks::grid(on, &chart.axis, &ruler, top, middle + 9.0);
    let current = ruler.at(chart.current.value);
    let target = chart.target.as_ref().map(|target| ruler.at(target.value));
    notes(on, chart, (current, target), (top, middle, width))
}

/// Marks, numbers beside them, and words above and below; gives the height reached.
fn notes(on: &Surface, chart: &Key, (current, target): (f64, Option<f64>), (top, y, width): (f64, f64, f64)) -> f64 {
    let set = Type::label(Ink::Current).strong();
    let wanted = Type { ink: Ink::TargetText, ..set };
    let surplus = target.is_some_and(|target| target < current);
    let number = |x: f64, text: &str, set: Type, right: bool| {
        let left = if right { x + 2.5 * MM } else { x - 2.5 * MM - set.width(text) };
        let left = left.clamp(0.0, width - set.width(text));
        marks::halo(on, left, set.centred(y), set.width(text), set);
        on.mark("current", "").text(left, set.centred(y), text, set);
    };
    let words = Type::small(Ink::Muted);
    if let (Some(target), false) = (target, chart.gap.is_empty()) {
        let bold = Type::small(Ink::Text).strong();
        let text = bold.width(&chart.gap).min(width);
        let left = ((current + target) / 2.0 - text / 2.0).clamp(0.0, width - text);
        let at = (current + target) / 2.0;
        on.mark("leader", "").line(&[(at, top + 12.0 + 4.0), (at, y - 2.5)], &Paint::line(Ink::Axis, 0.6));
        marks::halo(on, left, top + 12.0, text, bold);
        on.mark("gap-text", "").clipped(left, top + 12.0, &chart.gap, bold, width);
    }
    // Words under each mark, as near to it as they fit beside each other.
    let mut notes = vec![(current, &chart.now, &chart.now_words, Ink::Current)];
    if let Some(target) = target {
        notes.push((target, &chart.wanted, &chart.wanted_words, Ink::TargetText));
    }
    notes.sort_by(|one, other| one.0.total_cmp(&other.0));
    let room = ((width - 8.0) / notes.len() as f64).min(110.0);
    let blocks: Vec<Vec<String>> = notes.iter().map(|note| words.wrap(note.2, room, 3)).collect();
    let widths: Vec<f64> = (notes.iter().zip(&blocks))
        .map(|(note, lines)| {
            words.widest(lines.iter().map(String::as_str)).max(words.strong().width(note.1)).min(room)
        })
        .collect();
    let boxes: Vec<(f64, f64)> =
        notes.iter().zip(&widths).map(|(note, wide)| (note.0 - wide / 2.0, wide + 8.0)).collect();
    let mut bottom = y;
    for ((note, lines), (left, wide)) in
        notes.iter().zip(&blocks).zip(spread::apart(&boxes, 0.0, width + 8.0).into_iter().zip(&widths))
    {
        let center = left + wide / 2.0;
        on.mark("leader", "")
            .line(&[(note.0, y + 4.0), (note.0, y + 13.0), (center, y + 16.0)], &Paint::line(Ink::Axis, 0.6));
        let head = Type { ink: note.3, ..words.strong().middle() };
        on.mark("note", "").clipped(center, y + 25.0, note.1, head, room);
        on.lines(center, y + 25.0 + words.leading(), lines, words.middle(), note.2);
        bottom = bottom.max(y + 27.0 + lines.len() as f64 * words.leading());
    }
    number(current, &chart.current.text, set, surplus || target.is_none());
    if let (Some(at), Some(figure)) = (target, &chart.target) {
        if (at - current).abs() >= 0.3 {
            number(at, &figure.text, wanted, !surplus);
            marks::connector(on, "", current, at, y);
            marks::ring(on, "", (at, y));
            marks::dot(on, "", (current, y));
            return bottom;
        }
        marks::dot_in_ring(on, "", (current, y));
    } else {
        marks::dot(on, "", (current, y));
    }
    bottom
}

/// The other signs; gives the height reached. What a sign means stands beside its name, or below where that is too long.
fn entries(on: &Surface, chart: &Key, x: f64, mut y: f64, width: f64) -> f64 {
    let (name, words) = (Type::small(Ink::Text).strong(), Type::small(Ink::Muted));
    let samples = chart.entries.iter().filter_map(|entry| match &entry.sample {
        Sample::Words(text) => Some(text.as_str()),
        _ => None,
    });
    let sign = name.widest(samples).clamp(SIGN, (width * 0.4).max(SIGN));
    let left = x + sign + 3.0 * MM;
    let room = width - sign - 3.0 * MM;
    for entry in &chart.entries {
        let used = if entry.name.is_empty() { 0.0 } else { name.width(&entry.name) + 5.0 };
        let beside = used + words.width(&entry.words) <= room;
        let below = if beside { Vec::new() } else { words.wrap(&entry.words, room, 3) };
        let lines = usize::from(used > 0.0) + below.len();
        let height = ENTRY.max(lines as f64 * words.leading() + 5.0);
        let middle = y + height / 2.0;
        let center = x + SIGN / 2.0;
        match &entry.sample {
            Sample::Surplus => {
                marks::connector(on, "", center + 5.5 * MM, center - 5.5 * MM, middle);
                marks::ring(on, "", (center - 5.5 * MM + 1.0, middle));
                marks::dot(on, "", (center + 5.5 * MM - 1.0, middle));
            }
            Sample::AtTarget => marks::dot_in_ring(on, "", (center, middle)),
            Sample::Earlier => marks::diamond(on, "", (center, middle)),
            Sample::Cell(state, text) => {
                let area = cell::Area { x: center - 10.0, y: middle - 6.5, width: 20.0, height: 13.0 };
                cell::draw(on, "", &area, *state, text, chart.axis.ticks.len());
            }
            Sample::Words(text) => {
                on.mark("sample", "").clipped(x, name.centred(middle), text, name, sign);
            }
        }
        let mut at = name.block(middle, lines);
        on.mark("note", "").clipped(left, at, &entry.name, name, room);
        if beside {
            on.text(left + used, at, &entry.words, words);
        } else {
            at += if used > 0.0 { words.leading() } else { 0.0 };
            on.lines(left, at, &below, words, &entry.words);
        }
        y += height;
    }
    y
}
