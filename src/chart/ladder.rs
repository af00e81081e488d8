//! Ladder: where in the scale is it? One area beside the rungs of the scale and what each means.

use serde::Serialize;

use super::marks;
use super::surface::{MM, Paint, Surface, Type};
use super::{Canvas, Figure, Scene, spread};
use crate::theme::Ink;

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

/// Height of a rung with a sentence, and of one with its name alone.
const RUNG: (f64, f64) = (12.0 * MM, 7.0 * MM);

/// Position of the axis, and left edge of the rungs.
const AXIS: f64 = 15.0 * MM;
const RUNGS: f64 = 22.0 * MM;

/// Draws the ladder, as wide as the canvas up to 90 mm.
pub(super) fn draw(chart: &Ladder, canvas: &Canvas) -> Vec<Scene> {
    if chart.rungs.is_empty() {
        return Vec::new();
    }
    let width = canvas.width.min(90.0 * MM);
    let on = Surface::new(width);
    let (name, small) = (Type::label(Ink::Text).strong(), Type::small(Ink::Muted));
    let number = RUNGS + name.widest(chart.rungs.iter().map(|rung| rung.text.as_str())).max(5.0 * MM);
    let left = number + 2.0 * MM;
    let room = width - left;
    let mut y = 0.5;
    let mut middles = Vec::new();
    for rung in chart.rungs.iter().rev() {
        let names = name.wrap(&rung.name, room, 2);
        let summary = small.wrap(&rung.summary, room, 2);
        let text = names.len() as f64 * name.leading() + summary.len() as f64 * small.leading();
        let height = (text + 7.0).max(if summary.is_empty() { RUNG.1 } else { RUNG.0 });
        on.mark("rule", "").line(&[(RUNGS, y), (width, y)], &Paint::line(Ink::Grid, 0.5));
        let first = y + (height - text) / 2.0 + name.size * 0.85;
        on.mark("rung", "").text(number, first, &rung.text, name.end());
        on.lines(left, first, &names, name, &rung.name);
        let under = first + names.len().max(1) as f64 * name.leading() - 0.5;
        on.mark("summary", "").lines(left, under, &summary, small, &rung.summary);
        middles.push((rung.value, y + height / 2.0));
        y += height;
    }
    on.mark("rule", "").line(&[(RUNGS, y), (width, y)], &Paint::line(Ink::Grid, 0.5));
    middles.reverse();
    axis(&on, &middles);
    marks(&on, chart, &middles, y);
    vec![on.finish(y + 0.5)]
}

fn axis(on: &Surface, middles: &[(f64, f64)]) {
    let (low, high) = (middles[0].1, middles[middles.len() - 1].1);
    on.mark("axis", "").line(&[(AXIS, low), (AXIS, high)], &Paint::line(Ink::Axis, 1.0));
    for (_, y) in middles {
        on.line(&[(AXIS - 3.0, *y), (AXIS + 3.0, *y)], &Paint::line(Ink::Axis, 1.0));
    }
}

/// Height of a value, between the middles of the rungs next to it.
fn height_of(value: f64, middles: &[(f64, f64)]) -> f64 {
    let (first, last) = (middles[0], middles[middles.len() - 1]);
    for pair in middles.windows(2) {
        let ((low, from), (high, to)) = (pair[0], pair[1]);
        if value >= low && value <= high && high > low {
            return from + (value - low) / (high - low) * (to - from);
        }
    }
    if value > last.0 { last.1 } else { first.1 }
}

fn marks(on: &Surface, chart: &Ladder, middles: &[(f64, f64)], height: f64) {
    let at = |figure: &Option<Figure>| figure.as_ref().map(|figure| height_of(figure.value, middles));
    let (current, target) = (at(&chart.current), at(&chart.target));
    if let (Some(current), Some(target)) = (current, target) {
        if target < current - marks::RING {
            on.mark("gap", "").line(&[(AXIS, current), (AXIS, target + marks::RING)], &Paint::line(Ink::Target, 2.0));
        } else if target > current + marks::RING {
            let line = Paint::line(Ink::Current, 2.0).dash(&marks::SURPLUS);
            on.mark("surplus", "").line(&[(AXIS, target - marks::RING), (AXIS, current)], &line);
        }
    }
    match (current, target) {
        (Some(current), Some(target)) if (current - target).abs() < 0.3 => {
            marks::dot_in_ring(on, "", (AXIS, current))
        }
        (current, target) => {
            if let Some(target) = target {
                marks::ring(on, "", (AXIS, target));
            }
            if let Some(current) = current {
                marks::dot(on, "", (AXIS, current));
            }
        }
    }
    labels(on, chart, (current, target), height);
}

/// Numbers and words left of the axis, kept apart.
fn labels(on: &Surface, chart: &Ladder, (current, target): (Option<f64>, Option<f64>), height: f64) {
    let number = Type { size: 11.5, ..Type::label(Ink::Current).strong().end() };
    let word = Type::small(Ink::Current).end();
    let gap = Type::small(Ink::Text).strong().end();
    let right = AXIS - 4.0 * MM;
    // Wanted middle, height, and what is written there.
    let mut labels: Vec<(f64, f64, Option<&Figure>, &str, Ink)> = Vec::new();
    let block = number.size + word.leading() + 2.0;
    if let Some(y) = current {
        labels.push((y, block, chart.current.as_ref(), &chart.now_word, Ink::Current));
    }
    if let Some(y) = target {
        labels.push((y, block, chart.target.as_ref(), &chart.target_word, Ink::TargetText));
    }
    if let (Some(current), Some(target), false) = (current, target, chart.gap.is_empty()) {
        labels.push(((current + target) / 2.0, gap.leading() + 3.0, None, &chart.gap, Ink::Text));
    }
    labels.sort_by(|one, other| one.0.total_cmp(&other.0));
    let boxes: Vec<(f64, f64)> = labels.iter().map(|label| (label.0 - label.1 / 2.0, label.1)).collect();
    for (label, top) in labels.iter().zip(spread::apart(&boxes, 0.0, height)) {
        match label.2 {
            Some(figure) => {
                let series = if label.4 == Ink::Current { "current" } else { "target" };
                let set = Type { ink: label.4, ..number };
                on.mark(series, "").text(right, top + number.size * 0.8, &figure.text, set);
                let under = top + number.size * 0.8 + word.leading() * 0.95;
                on.clipped(right, under, label.3, Type { ink: label.4, ..word }, right);
            }
            None => on.mark("gap-text", "").text(right, gap.centred(top + label.1 / 2.0), label.3, gap),
        }
    }
}
