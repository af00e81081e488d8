//! A logo: a PNG as it is, or the shapes of an SVG. Anything in an SVG that could run, load or depend on a font is named
//! and left out.

mod path;
mod svg;

use super::Rgb;

/// Most bytes of a logo file.
const MOST_BYTES: usize = 2 << 20;
/// Longest side of a bitmap.
const MOST_PIXELS: u32 = 4000;

/// A logo, ready for page and paper.
#[derive(Clone, Debug, PartialEq)]
pub enum Logo {
    /// A bitmap.
    Bitmap {
        /// The file.
        png: Vec<u8>,
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
        /// Red, green and blue of each pixel on white, for paper.
        rgb: Vec<u8>,
    },
    /// Shapes.
    Drawing {
        /// Width of the drawing.
        width: f64,
        /// Height of the drawing.
        height: f64,
        /// Its shapes, from back to front.
        outlines: Vec<Outline>,
    },
}

/// A shape of a drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline {
    /// Its path, in the drawing's own measure, y downward.
    pub steps: Vec<Step>,
    /// What fills it.
    pub fill: Option<Rgb>,
    /// What strokes it, and how wide.
    pub stroke: Option<(Rgb, f64)>,
}

/// A step of a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// Begins a ring.
    Move(f64, f64),
    /// A straight line.
    Line(f64, f64),
    /// A Bézier curve by its two handles and its end.
    Curve(f64, f64, f64, f64, f64, f64),
    /// Back to where the ring began.
    Close,
}

impl Logo {
    /// Reads a PNG or an SVG; gives what of an SVG is not taken over.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn read(bytes: &[u8]) -> Result<(Self, Vec<String>), String> {
        if bytes.len() > MOST_BYTES {
            return Err(format!("larger than {} MiB", MOST_BYTES >> 20));
        }
        if bytes.starts_with(b"\x89PNG") {
            return Ok((bitmap(bytes)?, Vec::new()));
        }
        match std::str::from_utf8(bytes) {
            Ok(text) if text.contains("<svg") => svg::read(text),
            _ => Err("neither PNG nor SVG".to_owned()),
        }
    }

    /// Width over height.
    pub fn shape(&self) -> f64 {
        match self {
            Self::Bitmap { width, height, .. } => f64::from(*width) / f64::from(*height),
            Self::Drawing { width, height, .. } => width / height,
        }
    }

    /// The logo as markup of a page: shapes as an `<svg>`, a bitmap as an `<img>` of data. Holds no text of the file.
    pub fn markup(&self) -> String {
        use base64::Engine as _;
        match self {
            Self::Bitmap { png, .. } => {
                let data = base64::prelude::BASE64_STANDARD.encode(png);
                format!("<img class=\"logo\" alt=\"\" src=\"data:image/png;base64,{data}\">")
            }
            Self::Drawing { width, height, outlines } => {
                let shapes: String = outlines.iter().map(Outline::markup).collect();
                format!("<svg class=\"logo\" aria-hidden=\"true\" viewBox=\"0 0 {width} {height}\">{shapes}</svg>")
            }
        }
    }
}

impl Outline {
    fn markup(&self) -> String {
        let round = |value: f64| (value * 1000.0).round() / 1000.0;
        let path: Vec<String> = self
            .steps
            .iter()
            .map(|step| match step {
                Step::Move(x, y) => format!("M{} {}", round(*x), round(*y)),
                Step::Line(x, y) => format!("L{} {}", round(*x), round(*y)),
                Step::Curve(a, b, c, d, x, y) => {
                    let [a, b, c, d, x, y] = [*a, *b, *c, *d, *x, *y].map(round);
                    format!("C{a} {b} {c} {d} {x} {y}")
                }
                Step::Close => "Z".to_owned(),
            })
            .collect();
        let fill = self.fill.map_or("none".to_owned(), Rgb::hex);
        let stroke = self.stroke.map_or(String::new(), |(ink, width)| {
            format!(" stroke=\"{}\" stroke-width=\"{}\"", ink.hex(), round(width))
        });
        format!("<path fill=\"{fill}\"{stroke} d=\"{}\"/>", path.concat())
    }
}

fn bitmap(bytes: &[u8]) -> Result<Logo, String> {
    let broken = |error: png::DecodingError| format!("not a sound PNG: {error}");
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8() | png::Transformations::ALPHA);
    let mut reader = decoder.read_info().map_err(broken)?;
    let (width, height) = (reader.info().width, reader.info().height);
    if width.max(height) > MOST_PIXELS || width == 0 || height == 0 {
        return Err(format!("{width} by {height} pixels; at most {MOST_PIXELS} on a side"));
    }
    let size = reader.output_buffer_size().ok_or("too large")?;
    let mut pixels = vec![0; size];
    let frame = reader.next_frame(&mut pixels).map_err(broken)?;
    let samples = frame.color_type.samples();
    let on_white = |value: u8, alpha: u8| {
        let alpha = u32::from(alpha);
        ((u32::from(value) * alpha + 255 * (255 - alpha) + 127) / 255) as u8
    };
    let mut rgb = Vec::with_capacity(width as usize * height as usize * 3);
    for pixel in pixels[..frame.buffer_size()].chunks_exact(samples) {
        match *pixel {
            [grey] => rgb.extend([grey; 3]),
            [grey, alpha] => rgb.extend([on_white(grey, alpha); 3]),
            [r, g, b] => rgb.extend([r, g, b]),
            [r, g, b, alpha] => rgb.extend([r, g, b].map(|value| on_white(value, alpha))),
            _ => return Err("its pixels have an unknown form".to_owned()),
        }
    }
    Ok(Logo::Bitmap { png: bytes.to_vec(), width, height, rgb })
}
