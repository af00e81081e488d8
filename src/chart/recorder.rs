//! The plotters backend that paints nothing and writes everything down, as shapes of a [`Scene`].
//!
//! Plotters hands a backend integers and a colour. The canvas is therefore [`FINENESS`] times as large as the picture,
//! and what plotters has no words for (ink, dash, series, item) is set on the [`Pen`] that recorder and drawing share.

use std::cell::RefCell;
use std::convert::Infallible;
use std::rc::Rc;

use plotters::prelude::DrawingBackend;
use plotters::style::FontStyle;
use plotters::style::text_anchor::HPos;
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind};

use super::scene::{Anchor, Form, Scene, Shape, Stroke};
use crate::font;
use crate::theme::Ink;

/// Steps of the canvas in a point.
pub const FINENESS: f64 = 20.0;

/// Height of the canvas in points; a scene is cut to its own height at the end.
const TALLEST: u32 = 100_000;

/// How the next shapes are painted and what they belong to, and the shapes so far.
#[derive(Clone, Debug, Default)]
pub struct Pen {
    /// Series of the next shapes.
    pub series: &'static str,
    /// Item of the next shapes.
    pub item: String,
    /// Their fill.
    pub fill: Option<Ink>,
    /// Their outline.
    pub stroke: Option<Stroke>,
    /// Opacity of their fill.
    pub opacity: f64,
    /// The full text where the next text is a shortened one.
    pub full: Option<String>,
    /// What was recorded.
    pub shapes: Vec<Shape>,
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// Records what plotters draws.
#[derive(Debug)]
pub struct Recorder {
    pen: Rc<RefCell<Pen>>,
    width: f64,
}

impl Recorder {
    /// A recorder `width` points wide that paints with `pen`.
    pub fn new(width: f64, pen: Rc<RefCell<Pen>>) -> Recorder {
        Recorder { pen, width }
    }

    fn record(&mut self, form: Form, filled: bool) -> Drawn {
        let mut pen = self.pen.borrow_mut();
        let shape = Shape {
            form,
            fill: pen.fill.filter(|_| filled),
            stroke: pen.stroke.clone(),
            opacity: pen.opacity,
            series: pen.series,
            item: pen.item.clone(),
        };
        pen.shapes.push(shape);
        Ok(())
    }
}

/// A scene of what the pen recorded.
pub fn scene(pen: &RefCell<Pen>, width: f64, height: f64) -> Scene {
    Scene { width, height, shapes: std::mem::take(&mut pen.borrow_mut().shapes) }
}

fn points(steps: i32) -> f64 {
    f64::from(steps) / FINENESS
}

fn point((x, y): BackendCoord) -> (f64, f64) {
    (points(x), points(y))
}

impl DrawingBackend for Recorder {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        ((self.width * FINENESS).ceil() as u32, TALLEST * FINENESS as u32)
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, at: BackendCoord, _: BackendColor) -> Drawn {
        let (x, y) = point(at);
        self.record(Form::Rect { x, y, width: 1.0 / FINENESS, height: 1.0 / FINENESS }, true)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, _: &S) -> Drawn {
        self.record(Form::Path { points: vec![point(from), point(to)], closed: false }, false)
    }

    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, _: &S, fill: bool) -> Drawn {
        let ((x, y), (right, bottom)) = (point(from), point(to));
        self.record(Form::Rect { x, y, width: right - x, height: bottom - y }, fill)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, _: &S) -> Drawn {
        self.record(Form::Path { points: path.into_iter().map(point).collect(), closed: false }, false)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, _: &S) -> Drawn {
        self.record(Form::Path { points: path.into_iter().map(point).collect(), closed: true }, true)
    }

    fn draw_circle<S: BackendStyle>(&mut self, center: BackendCoord, radius: u32, _: &S, fill: bool) -> Drawn {
        self.record(Form::Circle { center: point(center), radius: f64::from(radius) / FINENESS }, fill)
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        let (x, y) = point(at);
        let anchor = match style.anchor().h_pos {
            HPos::Left => Anchor::Start,
            HPos::Center => Anchor::Middle,
            HPos::Right => Anchor::End,
        };
        let strong = matches!(style.style(), FontStyle::Bold);
        let full = self.pen.borrow().full.clone();
        let form = Form::Text { x, y, text: text.to_owned(), size: style.size() / FINENESS, strong, anchor, full };
        self.record(form, true)
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let width = font::width(text, style.size(), matches!(style.style(), FontStyle::Bold));
        Ok((width.ceil() as u32, ((font::ASCENT + font::DESCENT) * style.size()).ceil() as u32))
    }
}
