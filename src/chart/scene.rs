//! A recorded picture as plain data: what was drawn, in which ink, as part of which series.

use crate::theme::Ink;

/// A picture of `width` by `height` points, origin at the upper left, y downward.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// Width in points.
    pub width: f64,
    /// Height in points.
    pub height: f64,
    /// Shapes in the order they are painted.
    pub shapes: Vec<Shape>,
}

/// One shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// Its geometry.
    pub form: Form,
    /// What fills it.
    pub fill: Option<Ink>,
    /// What strokes it.
    pub stroke: Option<Stroke>,
    /// Opacity of the fill, 0 to 1.
    pub opacity: f64,
    /// The series or part it belongs to: `current`, `target`, `grid`, `label` ...; a class name in SVG.
    pub series: &'static str,
    /// The row, cell or point it belongs to (an area's or subject's slug), for linking chart and table; empty for none.
    pub item: String,
}

/// How an outline is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Stroke {
    /// Ink of the line.
    pub ink: Ink,
    /// Width in points.
    pub width: f64,
    /// Lengths of dash and pause in points, alternating; empty for a solid line.
    pub dash: Vec<f64>,
}

/// Geometry of a shape; coordinates in points.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// A line through points, or a polygon where closed.
    Path {
        /// The points.
        points: Vec<(f64, f64)>,
        /// Whether the last point is joined to the first.
        closed: bool,
    },
    /// A circle.
    Circle {
        /// Centre.
        center: (f64, f64),
        /// Radius.
        radius: f64,
    },
    /// An upright rectangle.
    Rect {
        /// Left edge.
        x: f64,
        /// Upper edge.
        y: f64,
        /// Width.
        width: f64,
        /// Height.
        height: f64,
    },
    /// One line of text.
    Text {
        /// Anchor point: `x` by [`Anchor`], `y` on the baseline.
        x: f64,
        /// Baseline.
        y: f64,
        /// The text.
        text: String,
        /// Size in points.
        size: f64,
        /// Semibold instead of regular.
        strong: bool,
        /// Which end of the text stands at `x`.
        anchor: Anchor,
        /// The full text where `text` was shortened; shown as `<title>` in SVG.
        full: Option<String>,
    },
}

/// Which end of a text stands at its x.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Left end.
    Start,
    /// Middle.
    Middle,
    /// Right end.
    End,
}
