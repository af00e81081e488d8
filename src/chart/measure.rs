//! Checks of a finished drawing: does any text meet another, does anything leave the canvas?

use super::scene::{Anchor, Form, Scene, Shape};
use crate::font;

/// A box around a shape: left, upper, right and lower edge in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Lower edge.
    pub bottom: f64,
}

impl Bounds {
    fn meets(&self, other: &Bounds) -> bool {
        // Boxes may touch; what counts is ink on ink.
        let slack = 0.25;
        self.left + slack < other.right
            && other.left + slack < self.right
            && self.top + slack < other.bottom
            && other.top + slack < self.bottom
    }
}

/// The box around a shape: for a line its middle, for a text from the height of capitals to the depth of descenders.
pub fn bounds(shape: &Shape) -> Bounds {
    let half = shape.stroke.as_ref().map_or(0.0, |stroke| stroke.width / 2.0);
    match &shape.form {
        Form::Path { points, .. } => {
            let edge = |pick: fn(&(f64, f64)) -> f64, best: fn(f64, f64) -> f64, start| {
                points.iter().map(pick).fold(start, best)
            };
            Bounds {
                left: edge(|at| at.0, f64::min, f64::INFINITY),
                top: edge(|at| at.1, f64::min, f64::INFINITY),
                right: edge(|at| at.0, f64::max, f64::NEG_INFINITY),
                bottom: edge(|at| at.1, f64::max, f64::NEG_INFINITY),
            }
        }
        Form::Circle { center: (x, y), radius } => {
            let reach = radius + half;
            Bounds { left: x - reach, top: y - reach, right: x + reach, bottom: y + reach }
        }
        Form::Rect { x, y, width, height } => {
            Bounds { left: x - half, top: y - half, right: x + width + half, bottom: y + height + half }
        }
        Form::Text { x, y, text, size, strong, anchor, .. } => {
            let width = font::width(text, *size, *strong);
            let left = match anchor {
                Anchor::Start => *x,
                Anchor::Middle => x - width / 2.0,
                Anchor::End => x - width,
            };
            let (top, bottom) = (y - font::CAP_HEIGHT * size, y + font::DESCENT * size);
            Bounds { left, top, right: left + width, bottom }
        }
    }
}

/// Pairs of texts that overlap; none in a sound drawing.
pub fn overlaps(scene: &Scene) -> Vec<(String, String)> {
    let texts: Vec<(&str, Bounds)> = scene
        .shapes
        .iter()
        .filter_map(|shape| match &shape.form {
            Form::Text { text, .. } => Some((text.as_str(), bounds(shape))),
            _ => None,
        })
        .collect();
    let mut pairs = Vec::new();
    for (index, (one, box_one)) in texts.iter().enumerate() {
        for (other, box_other) in &texts[index + 1..] {
            if box_one.meets(box_other) {
                pairs.push(((*one).to_owned(), (*other).to_owned()));
            }
        }
    }
    pairs
}

/// Shapes that reach beyond the canvas by more than half a point, as words; none in a sound drawing.
pub fn outside(scene: &Scene) -> Vec<String> {
    scene
        .shapes
        .iter()
        .map(|shape| (shape, bounds(shape)))
        .filter(|(_, edges)| {
            let fits = edges.left >= -0.5
                && edges.top >= -0.5
                && edges.right <= scene.width + 0.5
                && edges.bottom <= scene.height + 0.5;
            !fits
        })
        .map(|(shape, edges)| format!("{:?} at {edges:?}", shape.form))
        .collect()
}
