//! What the charts draw on: plotters' elements in points, and the inks beside them.

use std::cell::RefCell;
use std::rc::Rc;

use plotters::coord::Shift;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::ranged1d::Ranged;
use plotters::coord::types::RangedCoordf64;
use plotters::drawing::DrawingArea;
use plotters::element::{Circle, CoordMapper, Drawable, PathElement, PointCollection, Polygon, Rectangle, Text};
use plotters::prelude::IntoDrawingArea;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{BLACK, FontDesc, FontFamily, FontStyle, ShapeStyle, TextStyle};

use super::recorder::{self, FINENESS, Pen, Recorder};
use super::scene::{Anchor, Scene, Stroke};
use crate::font;
use crate::theme::Ink;

/// Points in a millimetre.
pub const MM: f64 = 72.0 / 25.4;

/// Size of labels, in points.
pub const LABEL: f64 = 8.5;

/// Size of heads, axes and notes, in points; nothing is smaller.
pub const SMALL: f64 = 7.5;

/// Distance of two baselines as a share of the size.
pub const LEADING: f64 = 1.2;

/// How a text is set.
#[derive(Clone, Copy, Debug)]
pub struct Type {
    /// Size in points.
    pub size: f64,
    /// Semibold instead of regular.
    pub strong: bool,
    /// Its ink.
    pub ink: Ink,
    /// Which end stands at its x.
    pub anchor: Anchor,
}

impl Type {
    /// A label, left-aligned.
    pub fn label(ink: Ink) -> Type {
        Type { size: LABEL, strong: false, ink, anchor: Anchor::Start }
    }

    /// A head, number of an axis or note, left-aligned.
    pub fn small(ink: Ink) -> Type {
        Type { size: SMALL, ..Type::label(ink) }
    }

    /// The same in semibold.
    pub fn strong(self) -> Type {
        Type { strong: true, ..self }
    }

    /// The same, semibold where asked.
    pub fn strong_if(self, strong: bool) -> Type {
        Type { strong, ..self }
    }

    /// The same, centred.
    pub fn middle(self) -> Type {
        Type { anchor: Anchor::Middle, ..self }
    }

    /// The same, right-aligned.
    pub fn end(self) -> Type {
        Type { anchor: Anchor::End, ..self }
    }

    /// Width of a text in points.
    pub fn width(self, text: &str) -> f64 {
        font::width(text, self.size, self.strong)
    }

    /// Width of the widest of several texts.
    pub fn widest<'a>(self, texts: impl IntoIterator<Item = &'a str>) -> f64 {
        texts.into_iter().map(|text| self.width(text)).fold(0.0, f64::max)
    }

    /// The text in even lines.
    pub fn wrap(self, text: &str, max_width: f64, max_lines: usize) -> Vec<String> {
        font::wrap(text, self.size, self.strong, max_width, max_lines)
    }

    /// Distance of two baselines.
    pub fn leading(self) -> f64 {
        self.size * LEADING
    }

    /// The baseline that centres one line of capitals and digits on `y`.
    pub fn centred(self, y: f64) -> f64 {
        y + self.size * font::CAP_HEIGHT / 2.0
    }

    /// The first baseline that centres `lines` lines on `y`.
    pub fn block(self, y: f64, lines: usize) -> f64 {
        self.centred(y) - (lines.max(1) - 1) as f64 * self.leading() / 2.0
    }
}

/// What fills and outlines a shape.
#[derive(Clone, Debug)]
pub struct Paint {
    fill: Option<Ink>,
    stroke: Option<Stroke>,
    opacity: f64,
}

impl Paint {
    /// Filled, no outline.
    pub fn fill(ink: Ink) -> Paint {
        Paint { fill: Some(ink), stroke: None, opacity: 1.0 }
    }

    /// A line or an outline `width` points wide.
    pub fn line(ink: Ink, width: f64) -> Paint {
        Paint { fill: None, stroke: Some(Stroke { ink, width, dash: Vec::new() }), opacity: 1.0 }
    }

    /// The same with this fill.
    pub fn filled(self, ink: Ink) -> Paint {
        Paint { fill: Some(ink), ..self }
    }

    /// The same with a dashed line.
    pub fn dash(mut self, dash: &[f64]) -> Paint {
        if let Some(stroke) = &mut self.stroke {
            stroke.dash = dash.to_vec();
        }
        self
    }

    /// The same, its fill translucent.
    pub fn opacity(self, opacity: f64) -> Paint {
        Paint { opacity, ..self }
    }
}

type Points = Cartesian2d<RangedCoordf64, RangedCoordf64>;

/// A drawing in the making.
pub struct Surface {
    area: DrawingArea<Recorder, Points>,
    pen: Rc<RefCell<Pen>>,
    width: f64,
}

impl Surface {
    /// A surface `width` points wide and as high as it becomes.
    pub fn new(width: f64) -> Surface {
        let pen = Rc::new(RefCell::new(Pen::default()));
        let area: DrawingArea<Recorder, Shift> = Recorder::new(width, Rc::clone(&pen)).into_drawing_area();
        let (across, down) = area.get_pixel_range();
        let (x, y) = (f64::from(across.end) / FINENESS, f64::from(down.end) / FINENESS);
        let area = area.apply_coord_spec(Points::new(0.0..x, 0.0..y, (across, down)));
        Surface { area, pen, width }
    }

    /// Names the series and the item of the shapes to come.
    pub fn mark(&self, series: &'static str, item: &str) -> &Surface {
        let mut pen = self.pen.borrow_mut();
        pen.series = series;
        pen.item.clear();
        pen.item.push_str(item);
        self
    }

    /// A line through points.
    pub fn line(&self, points: &[(f64, f64)], paint: &Paint) {
        self.paint(paint);
        self.draw(&PathElement::new(points.iter().copied().map(nearest).collect::<Vec<_>>(), outline()));
    }

    /// A closed polygon.
    pub fn polygon(&self, points: &[(f64, f64)], paint: &Paint) {
        self.paint(paint);
        self.draw(&Polygon::new(points.iter().copied().map(nearest).collect::<Vec<_>>(), BLACK));
    }

    /// A circle.
    pub fn circle(&self, center: (f64, f64), radius: f64, paint: &Paint) {
        self.paint(paint);
        self.draw(&Circle::new(nearest(center), (radius * FINENESS).round() as i32, solid(paint)));
    }

    /// An upright rectangle.
    pub fn rect(&self, x: f64, y: f64, width: f64, height: f64, paint: &Paint) {
        self.paint(paint);
        self.draw(&Rectangle::new([nearest((x, y)), nearest((x + width, y + height))], solid(paint)));
    }

    /// One line of text on the baseline `y`.
    pub fn text(&self, x: f64, y: f64, text: &str, set: Type) {
        self.text_of(x, y, text, set, None);
    }

    /// Lines of text, the first on the baseline `y`; `full` is what they were broken from.
    pub fn lines(&self, x: f64, y: f64, lines: &[String], set: Type, full: &str) {
        let short = lines.last().is_some_and(|line| line.ends_with('…')) && !full.trim_end().ends_with('…');
        for (row, line) in lines.iter().enumerate() {
            let last = row + 1 == lines.len();
            self.text_of(x, y + row as f64 * set.leading(), line, set, (short && last).then_some(full));
        }
    }

    /// One line of text, shortened where it is wider than `room`.
    pub fn clipped(&self, x: f64, y: f64, text: &str, set: Type, room: f64) {
        self.lines(x, y, &[font::clip(text, set.size, set.strong, room)], set, text);
    }

    /// The finished drawing, `height` points high.
    pub fn finish(self, height: f64) -> Scene {
        recorder::scene(&self.pen, self.width, (height * FINENESS).ceil() / FINENESS)
    }

    fn text_of(&self, x: f64, y: f64, text: &str, set: Type, full: Option<&str>) {
        if text.is_empty() {
            return;
        }
        self.paint(&Paint::fill(set.ink));
        self.pen.borrow_mut().full = full.map(str::to_owned);
        let weight = if set.strong { FontStyle::Bold } else { FontStyle::Normal };
        let side = match set.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let font = FontDesc::new(FontFamily::Name(font::FAMILY), set.size * FINENESS, weight);
        let style = TextStyle::from(font).pos(Pos::new(side, VPos::Bottom));
        self.draw(&Text::new(text, nearest((x, y)), style));
    }

    fn paint(&self, paint: &Paint) {
        let mut pen = self.pen.borrow_mut();
        pen.fill = paint.fill;
        pen.stroke.clone_from(&paint.stroke);
        pen.opacity = paint.opacity;
    }

    fn draw<'a, E, B>(&self, element: &'a E)
    where
        B: CoordMapper,
        &'a E: PointCollection<'a, (f64, f64), B>,
        E: Drawable<Recorder, B>,
    {
        self.area.draw(element).expect("the recorder takes every shape");
    }
}

/// Plotters rounds down to a step of the canvas; half a step more makes it the nearest one.
fn nearest((x, y): (f64, f64)) -> (f64, f64) {
    (finite(x) + 0.5 / FINENESS, finite(y) + 0.5 / FINENESS)
}

fn finite(number: f64) -> f64 {
    if number.is_finite() { number } else { 0.0 }
}

fn outline() -> ShapeStyle {
    ShapeStyle { color: BLACK.into(), filled: false, stroke_width: 1 }
}

fn solid(paint: &Paint) -> ShapeStyle {
    ShapeStyle { filled: paint.fill.is_some(), ..outline() }
}

/// A value axis: places values between two positions in points.
///
/// The only door between data and plotters' ranges, which hang or wrap on what is not finite: such an axis becomes a
/// plain one, and a value beside it is placed at its nearer end.
#[derive(Clone)]
pub struct Ruler {
    coord: RangedCoordf64,
    low: f64,
    high: f64,
    ends: (f64, f64),
}

impl Ruler {
    /// The axis from `low` at position `from` to `high` at position `to`.
    pub fn new(low: f64, high: f64, from: f64, to: f64) -> Ruler {
        let usable = low.is_finite() && high.is_finite() && (high - low).is_finite() && high > low;
        let (low, high) = match usable {
            true => (low, high),
            false if low.is_finite() && (low + 1.0) > low => (low, low + 1.0),
            false => (0.0, 1.0),
        };
        Ruler { coord: (low..high).into(), low, high, ends: (finite(from), finite(to)) }
    }

    /// Position of a value in points.
    pub fn at(&self, value: f64) -> f64 {
        let value = if value.is_nan() { self.low } else { value.clamp(self.low, self.high) };
        let ends = ((self.ends.0 * FINENESS).round() as i32, (self.ends.1 * FINENESS).round() as i32);
        f64::from(self.coord.map(&value, ends)) / FINENESS
    }
}
