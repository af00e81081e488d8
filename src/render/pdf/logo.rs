//! The client's logo on paper: shapes as paths, a bitmap as one image of the file.

use printpdf::{
    LinePoint, Op, PaintMode, Point, RawImage, RawImageData, RawImageFormat, WindingOrder, XObject, XObjectId,
    XObjectTransform,
};

use super::mark::Area;
use super::write::{colour, fine};
use crate::theme::{Logo, Outline, Step, Theme};

/// The name of the image in the file; a fixed one, as the same report gives the same bytes.
fn id() -> XObjectId {
    XObjectId("Logo".to_owned())
}

/// The image that the file must hold.
pub fn image(theme: &Theme) -> Option<(XObjectId, XObject)> {
    let Some(Logo::Bitmap { width, height, rgb, .. }) = &theme.logo else { return None };
    let image = RawImage {
        pixels: RawImageData::U8(rgb.clone()),
        width: *width as usize,
        height: *height as usize,
        data_format: RawImageFormat::RGB8,
        tag: Vec::new(),
    };
    Some((id(), XObject::Image(image)))
}

/// What paints the logo into an area of a page of this height.
pub fn drawn(theme: &Theme, area: Area, height: f64) -> Vec<Op> {
    match &theme.logo {
        None => Vec::new(),
        Some(Logo::Bitmap { width, height: pixels, .. }) => {
            let transform = XObjectTransform {
                translate_x: Some(fine(area.x)),
                translate_y: Some(fine(height - area.y - area.height)),
                scale_x: Some((area.width / f64::from(*width)) as f32),
                scale_y: Some((area.height / f64::from(*pixels)) as f32),
                dpi: Some(72.0),
                ..XObjectTransform::default()
            };
            vec![Op::UseXobject { id: id(), transform }]
        }
        Some(Logo::Drawing { width, outlines, .. }) => {
            let scale = area.width / width;
            let at = |x: f64, y: f64| Point { x: fine(area.x + x * scale), y: fine(height - area.y - y * scale) };
            let mut ops = vec![Op::SaveGraphicsState];
            outlines.iter().for_each(|outline| ops.extend(shape(outline, scale, &at)));
            ops.push(Op::RestoreGraphicsState);
            ops
        }
    }
}

fn shape(outline: &Outline, scale: f64, at: &dyn Fn(f64, f64) -> Point) -> Vec<Op> {
    let mut ops = Vec::new();
    if let Some(fill) = outline.fill {
        ops.push(Op::SetFillColor { col: colour(fill) });
    }
    if let Some((stroke, width)) = outline.stroke {
        ops.push(Op::SetOutlineColor { col: colour(stroke) });
        ops.push(Op::SetOutlineThickness { pt: fine(width * scale) });
    }
    let mode = match (outline.fill, outline.stroke) {
        (Some(_), Some(_)) => PaintMode::FillStroke,
        (Some(_), None) => PaintMode::Fill,
        _ => PaintMode::Stroke,
    };
    let mut rings: Vec<(Vec<LinePoint>, bool)> = Vec::new();
    for step in &outline.steps {
        let corner = |x: f64, y: f64| LinePoint { p: at(x, y), bezier: false };
        let handle = |x: f64, y: f64| LinePoint { p: at(x, y), bezier: true };
        match *step {
            Step::Move(x, y) => rings.push((vec![corner(x, y)], false)),
            Step::Line(x, y) => {
                if let Some((ring, _)) = rings.last_mut() {
                    ring.push(corner(x, y));
                }
            }
            Step::Curve(a, b, c, d, x, y) => {
                if let Some((ring, _)) = rings.last_mut() {
                    ring.extend([handle(a, b), handle(c, d), corner(x, y)]);
                }
            }
            Step::Close => {
                if let Some((_, closed)) = rings.last_mut() {
                    *closed = true;
                }
            }
        }
    }
    let rings = rings.into_iter().map(|(points, _)| printpdf::PolygonRing { points }).collect();
    let polygon = printpdf::Polygon { rings, mode, winding_order: WindingOrder::NonZero };
    ops.push(Op::DrawPolygon { polygon });
    ops
}
