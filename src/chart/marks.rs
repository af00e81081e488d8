//! The signs that several charts share: dot, ring, diamond, the line between, and the head of a horizontal axis.

use super::Axis;
use super::surface::{MM, Paint, Ruler, SMALL, Surface, Type};
use crate::theme::Ink;

/// Radius of the dot of a current level.
pub const DOT: f64 = 1.3 * MM;

/// Radius of the ring of a target.
pub const RING: f64 = 1.15 * MM;

/// Radius of the ring round a dot that is at its target.
pub const AROUND: f64 = 1.8 * MM;

/// Half the diagonal of the diamond of an earlier level.
pub const DIAMOND: f64 = 1.2 * MM;

/// Width of the lines of marks.
pub const LINE: f64 = 1.5;

/// Dash of a surplus.
pub const SURPLUS: [f64; 2] = [2.25, 2.25];

/// The level now.
pub fn dot(on: &Surface, item: &str, at: (f64, f64)) {
    on.mark("current", item).circle(at, DOT, &Paint::fill(Ink::Current));
}

/// The target.
pub fn ring(on: &Surface, item: &str, at: (f64, f64)) {
    on.mark("target", item).circle(at, RING, &Paint::line(Ink::Target, LINE).filled(Ink::Paper));
}

/// A level at its target.
pub fn dot_in_ring(on: &Surface, item: &str, at: (f64, f64)) {
    on.mark("target", item).circle(at, AROUND, &Paint::line(Ink::Target, LINE).filled(Ink::Paper));
    dot(on, item, at);
}

/// An earlier level.
pub fn diamond(on: &Surface, item: &str, (x, y): (f64, f64)) {
    let corners = [(x, y - DIAMOND), (x + DIAMOND, y), (x, y + DIAMOND), (x - DIAMOND, y)];
    on.mark("previous", item).polygon(&corners, &Paint::line(Ink::Paper, 1.0).filled(Ink::Previous));
}

/// The line from a level at `current` to its target at `target`, on the height `y`: solid for a shortfall, dashed for a
/// surplus.
pub fn connector(on: &Surface, item: &str, current: f64, target: f64, y: f64) {
    let edge = if target > current { target - RING } else { target + RING };
    if (target - current).abs() <= RING {
        return;
    }
    if target > current {
        on.mark("gap", item).line(&[(current, y), (edge, y)], &Paint::line(Ink::Target, LINE));
    } else {
        on.mark("surplus", item).line(&[(edge, y), (current, y)], &Paint::line(Ink::Current, LINE).dash(&SURPLUS));
    }
}

/// A patch of ground behind a text that stands on grid lines.
pub fn halo(on: &Surface, left: f64, baseline: f64, width: f64, set: Type) {
    let pad = 1.5;
    let top = baseline - set.size * 0.78;
    on.mark("halo", "").rect(left - pad, top, width + 2.0 * pad, set.size * 0.86, &Paint::fill(Ink::Paper));
}

/// Height of an [`axis_head`] in points.
pub fn axis_head_height(axis: &Axis, ends: (f64, f64), reach: (f64, f64)) -> f64 {
    let set = Type::small(Ink::Muted);
    if one_row(axis, ends, reach) { SMALL } else { SMALL + set.leading() }
}

/// Numbers of all levels, and the names of the lowest and the highest within `reach`, from the upper edge down.
pub fn axis_head(on: &Surface, axis: &Axis, ends: (f64, f64), reach: (f64, f64)) {
    let set = Type::small(Ink::Muted);
    on.mark("axis", "");
    let ruler = Ruler::new(axis.low, axis.high, ends.0, ends.1);
    let baseline = axis_head_height(axis, ends, reach) - 1.0;
    let (Some(first), Some(last)) = (axis.ticks.first(), axis.ticks.last()) else { return };
    if one_row(axis, ends, reach) {
        for (left, _, text) in row(axis, &ruler, reach, set) {
            on.text(left, baseline, &text, set);
        }
        return;
    }
    let room = (reach.1 - reach.0) / 2.0 - 3.0;
    on.clipped(reach.0, SMALL - 1.0, &first.name, set, room);
    if axis.ticks.len() > 1 {
        on.clipped(reach.1, SMALL - 1.0, &last.name, set.end(), room);
    }
    for (x, text) in numbers(axis, &ruler, set) {
        on.text(x, baseline, &text, set.middle());
    }
}

/// Vertical lines at the levels.
pub fn grid(on: &Surface, axis: &Axis, ruler: &Ruler, top: f64, bottom: f64) {
    on.mark("grid", "");
    for tick in &axis.ticks {
        let x = ruler.at(tick.value);
        on.line(&[(x, top), (x, bottom)], &Paint::line(Ink::Grid, 0.5));
    }
}

/// Left end, right end and text of everything on one row.
fn row(axis: &Axis, ruler: &Ruler, reach: (f64, f64), set: Type) -> Vec<(f64, f64, String)> {
    let last = axis.ticks.len().saturating_sub(1);
    (axis.ticks.iter().enumerate())
        .map(|(index, tick)| {
            let named = (index == 0 || index == last) && !tick.name.is_empty();
            let text = if named { format!("{} {}", tick.text, tick.name) } else { tick.text.clone() };
            let width = set.width(&text);
            let left = match named {
                true if index == 0 => reach.0,
                true => reach.1 - width,
                false => ruler.at(tick.value) - width / 2.0,
            };
            (left, left + width, text)
        })
        .collect()
}

/// Whether numbers and both names fit beside each other.
fn one_row(axis: &Axis, ends: (f64, f64), reach: (f64, f64)) -> bool {
    let ruler = Ruler::new(axis.low, axis.high, ends.0, ends.1);
    let texts = row(axis, &ruler, reach, Type::small(Ink::Muted));
    texts.windows(2).all(|pair| pair[0].1 + 3.5 <= pair[1].0)
}

/// The numbers that fit, the two ends first.
fn numbers(axis: &Axis, ruler: &Ruler, set: Type) -> Vec<(f64, String)> {
    let all: Vec<(f64, String)> = axis.ticks.iter().map(|tick| (ruler.at(tick.value), tick.text.clone())).collect();
    let apart = |one: &(f64, String), other: &(f64, String)| {
        (one.0 - other.0).abs() >= (set.width(&one.1) + set.width(&other.1)) / 2.0 + 3.0
    };
    let Some((last, rest)) = all.split_last() else { return Vec::new() };
    let mut kept: Vec<(f64, String)> = Vec::new();
    for number in rest {
        if kept.last().is_none_or(|before| apart(before, number)) && (kept.is_empty() || apart(number, last)) {
            kept.push(number.clone());
        }
    }
    if kept.last().is_none_or(|before| apart(before, last)) {
        kept.push(last.clone());
    }
    kept
}
