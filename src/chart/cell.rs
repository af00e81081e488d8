//! A cell of a heat map, and the signs of the states that are no level: the same in all charts.

use super::HeatState;
use super::surface::{LABEL, MM, Paint, SMALL, Surface, Type};
use crate::theme::Ink;

/// An upright rectangle.
#[derive(Clone, Copy, Debug)]
pub struct Area {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Area {
    fn middle(&self) -> (f64, f64) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// The rectangle smaller by `edge` on each side, so that an outline stays within it.
    fn inset(&self, edge: f64) -> Area {
        Area {
            x: self.x + edge,
            y: self.y + edge,
            width: (self.width - 2.0 * edge).max(0.0),
            height: (self.height - 2.0 * edge).max(0.0),
        }
    }

    fn draw(&self, on: &Surface, paint: &Paint) {
        on.rect(self.x, self.y, self.width, self.height, paint);
    }
}

/// Draws a cell with its number or sign; `levels` is how many levels the scale has.
pub fn draw(on: &Surface, item: &str, area: &Area, state: HeatState, text: &str, levels: usize) {
    let mut set = Type::label(Ink::Text).strong();
    match state {
        HeatState::Level(position) => {
            let step = level_step(position, levels);
            on.mark("level", item);
            fill(on, area, Ink::Level(step));
            if step == 0 {
                area.inset(0.25).draw(on, &Paint::line(Ink::Grid, 0.5));
            }
            set.ink = text_on(Ink::Level(step));
        }
        HeatState::Gap(share) => {
            let ink = gap_ink(share);
            on.mark(if share < 0.0 { "surplus" } else { "gap" }, item);
            fill(on, area, ink);
            if share < 0.0 {
                area.inset(0.4).draw(on, &Paint::line(Ink::Current, 0.8).dash(&[2.0, 1.6]));
            }
            set.ink = text_on(ink);
        }
        HeatState::NotAssessed => {
            hatch(on.mark("not-assessed", item), area);
            patch(on, area, text, set);
        }
        HeatState::NotApplicable => {
            grey_edge(on.mark("not-applicable", item), area);
            set = Type::label(Ink::Muted);
        }
        HeatState::Invalid => dark_edge(on.mark("invalid", item), area),
    }
    if set.width(text) > area.width - 3.0 {
        set.size = SMALL;
    }
    let (x, y) = area.middle();
    on.clipped(x, set.centred(y), text, set.middle(), area.width - 1.0);
}

/// The ink that fills a cell and the one of its text; `None` for a state that is no number.
pub fn inks(state: HeatState, levels: usize) -> Option<(Ink, Ink)> {
    let fill = match state {
        HeatState::Level(position) => Ink::Level(level_step(position, levels)),
        HeatState::Gap(share) => gap_ink(share),
        HeatState::NotAssessed | HeatState::NotApplicable | HeatState::Invalid => return None,
    };
    Some((fill, text_on(fill)))
}

/// A plain filled rectangle.
pub fn fill(on: &Surface, area: &Area, ink: Ink) {
    area.draw(on, &Paint::fill(ink));
}

/// Outline of what does not apply.
pub fn grey_edge(on: &Surface, area: &Area) {
    area.inset(0.3).draw(on, &Paint::line(Ink::Axis, 0.6));
}

/// Outline of what is invalid.
pub fn dark_edge(on: &Surface, area: &Area) {
    area.inset(0.75).draw(on, &Paint::line(Ink::Text, 1.5));
}

/// Ground under a text that stands on a hatch.
pub fn patch(on: &Surface, area: &Area, text: &str, set: Type) {
    if text.is_empty() {
        return;
    }
    let (x, y) = area.middle();
    let width = (set.width(text) + 5.0).min(area.width);
    let height = (LABEL + 1.0).min(area.height);
    on.rect(x - width / 2.0, y - height / 2.0, width, height, &Paint::fill(Ink::Paper));
}

/// Lines at 45 degrees, 1.2 mm apart, within an edge of the same ink. One line goes up and down and turns along the
/// edge, where it does not show, so that a cell is two shapes.
pub fn hatch(on: &Surface, area: &Area) {
    let area = area.inset(0.25);
    let paint = Paint::line(Ink::Axis, 0.4);
    let step = 1.2 * MM * std::f64::consts::SQRT_2;
    let (right, bottom) = (area.x + area.width, area.y + area.height);
    let count = ((area.width + area.height) / step).min(2000.0) as usize;
    let mut points: Vec<(f64, f64)> = Vec::new();
    for index in 0..=count {
        let along = step * (index as f64 + 0.5);
        if along >= area.width + area.height {
            break;
        }
        let low = (area.x + (along - area.height).max(0.0), area.y + along.min(area.height));
        let high = (area.x + along.min(area.width), area.y + (along - area.width).max(0.0));
        let upward = index % 2 == 0;
        let (from, to) = if upward { (low, high) } else { (high, low) };
        if let Some(&(x, y)) = points.last() {
            // Round the corner between two ends on different edges.
            let (next_x, next_y): (f64, f64) = from;
            let turns = if upward { x == area.x && next_y == bottom } else { y == area.y && next_x == right };
            if turns && (x - next_x).abs() > 1e-9 && (y - next_y).abs() > 1e-9 {
                points.push(if upward { (area.x, bottom) } else { (right, area.y) });
            }
        }
        points.extend([from, to]);
    }
    area.draw(on, &paint);
    if points.len() > 1 {
        on.line(&points, &paint);
    }
}

/// Step of the level ramp for a share of the way up a scale of so many levels.
///
/// The ramp's ends are kept for the scale's ends; with five levels and fewer the last step but one is the highest, so
/// that no step between is left out by eye.
pub fn level_step(position: f64, levels: usize) -> u8 {
    let position = if position.is_nan() { 0.0 } else { position.clamp(0.0, 1.0) };
    match levels {
        0..=5 => [0, 1, 2, 3, 5][(position * 4.0).round() as usize],
        6 => (position * 5.0).round() as u8,
        _ => (position * 6.0).round() as u8,
    }
}

/// Ink of a gap as a share of the widest one.
fn gap_ink(share: f64) -> Ink {
    // A hair less, so that a quarter computed in floating point stays in its own step.
    let step = (share.abs() * 4.0 - 1e-9).ceil();
    if share > 0.0 {
        Ink::Gap(step.clamp(1.0, 4.0) as u8)
    } else if share < 0.0 {
        Ink::Surplus(step.clamp(1.0, 2.0) as u8)
    } else {
        Ink::Zero
    }
}

/// The one ink that is right for text on this fill, on light and on dark ground.
fn text_on(fill: Ink) -> Ink {
    match fill.text_on() {
        (Ink::OnLight, Ink::OnDark) => Ink::Text,
        (Ink::OnDark, Ink::OnLight) => Ink::Paper,
        (ink, _) => ink,
    }
}
