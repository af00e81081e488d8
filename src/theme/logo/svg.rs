//! The safe part of SVG: shapes and groups, plain fills and strokes, transforms. Scripts, links, fonts, gradients,
//! filters and everything else are named as left out.

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::path::steps;
use super::{Logo, Outline, Rgb, Step};

/// Most shapes of a logo.
const MOST: usize = 2_000;
/// How deep groups may nest.
const DEEPEST: usize = 64;
/// How far a quarter circle's handles reach.
const ARC: f64 = 0.552_284_75;

/// A pair of measures, across and down.
type Spot = (f64, f64);

/// `a c e` over `b d f`, as SVG orders a matrix.
type Matrix = [f64; 6];

#[derive(Clone)]
struct State {
    matrix: Matrix,
    fill: Option<Rgb>,
    stroke: Option<Rgb>,
    width: f64,
    hidden: bool,
}

pub(super) fn read(text: &str) -> Result<(Logo, Vec<String>), String> {
    let mut reader = Reader::from_str(text);
    let start = State {
        matrix: [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
        fill: Some(Rgb(0, 0, 0)),
        stroke: None,
        width: 1.0,
        hidden: false,
    };
    let mut stack = vec![start];
    let mut size: Option<(f64, f64)> = None;
    let mut outlines = Vec::new();
    let mut left_out = BTreeSet::new();
    loop {
        let event = reader.read_event().map_err(|error| format!("not a sound SVG: {error}"))?;
        let (tag, opens) = match &event {
            Event::Start(tag) => (tag, true),
            Event::Empty(tag) => (tag, false),
            Event::End(_) => {
                if stack.len() > 1 {
                    stack.pop();
                }
                continue;
            }
            Event::Eof => break,
            _ => continue,
        };
        let name = tag.local_name().as_ref().to_owned();
        let attributes = Attributes::of(tag);
        let mut state = stack.last().cloned().ok_or("not a sound SVG")?;
        attributes.apply(&mut state, &mut left_out);
        match name.as_str() {
            "svg" if size.is_none() => {
                let (found, origin) = attributes.size()?;
                size = Some(found);
                state.matrix = times(state.matrix, [1.0, 0.0, 0.0, 1.0, -origin.0, -origin.1]);
            }
            "svg" | "g" | "a" | "switch" => {}
            "title" | "desc" | "metadata" | "namedview" | "RDF" => state.hidden = true,
            // What is only defined shows nothing by itself.
            "defs" | "symbol" => state.hidden = true,
            "path" | "rect" | "circle" | "ellipse" | "line" | "polygon" | "polyline" => {
                let drawn = attributes.shape(&name);
                if !state.hidden && outlines.len() < MOST {
                    outlines.extend(placed(&state, drawn));
                }
            }
            other => {
                if !state.hidden {
                    left_out.insert(format!("<{other}>"));
                }
                state.hidden = true;
            }
        }
        if opens {
            if stack.len() > DEEPEST {
                return Err("its groups nest too deep".to_owned());
            }
            stack.push(state);
        }
    }
    let (width, height) = size.ok_or("no <svg> in it")?;
    if outlines.is_empty() {
        return Err("no shape in it that can be drawn".to_owned());
    }
    Ok((Logo::Drawing { width, height, outlines }, left_out.into_iter().collect()))
}

struct Attributes(Vec<(String, String)>);

impl Attributes {
    fn of(tag: &BytesStart) -> Self {
        let mut all: Vec<(String, String)> = tag
            .attributes()
            .flatten()
            .map(|it| (it.key.as_ref().to_owned(), it.value.clone().into_owned()))
            .collect();
        // A style holds the same properties, and wins.
        let style: Vec<(String, String)> = all
            .iter()
            .filter(|(name, _)| name == "style")
            .flat_map(|(_, value)| value.split(';'))
            .filter_map(|part| part.split_once(':'))
            .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
            .collect();
        all.splice(0..0, style);
        Self(all)
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn number(&self, name: &str) -> f64 {
        self.get(name).and_then(length).unwrap_or(0.0)
    }

    /// Width and height, and where its own measure begins.
    fn size(&self) -> Result<(Spot, Spot), String> {
        let view: Vec<f64> = numbers(self.get("viewBox").unwrap_or_default());
        let (size, origin) = match view[..] {
            [x, y, width, height] => ((width, height), (x, y)),
            _ => ((self.number("width"), self.number("height")), (0.0, 0.0)),
        };
        match size.0 > 0.0 && size.1 > 0.0 && size.0 / size.1 < 50.0 && size.1 / size.0 < 50.0 {
            true => Ok((size, origin)),
            false => Err("it has no usable viewBox or width and height".to_owned()),
        }
    }

    fn apply(&self, state: &mut State, left_out: &mut BTreeSet<String>) {
        if let Some(text) = self.get("transform") {
            state.matrix = times(state.matrix, transform(text));
        }
        for (name, slot) in [("fill", &mut state.fill), ("stroke", &mut state.stroke)] {
            match self.get(name) {
                Some("none" | "transparent") => *slot = None,
                None | Some("inherit" | "currentColor") => {}
                Some(text) => match colour(text) {
                    Some(found) => *slot = Some(found),
                    None => {
                        left_out.insert(format!("{name}=\"{}\"", text.chars().take(24).collect::<String>()));
                    }
                },
            }
        }
        if let Some(width) = self.get("stroke-width").and_then(length) {
            state.width = width;
        }
        state.hidden |= self.get("display") == Some("none") || self.get("visibility") == Some("hidden");
        for name in ["filter", "mask", "clip-path"] {
            if self.get(name).is_some_and(|value| value != "none") {
                left_out.insert(name.to_owned());
            }
        }
    }

    fn shape(&self, name: &str) -> Vec<Step> {
        let n = |name: &str| self.number(name);
        match name {
            "path" => steps(self.get("d").unwrap_or_default()),
            "rect" => {
                let (x, y, w, h) = (n("x"), n("y"), n("width"), n("height"));
                let rx = self.get("rx").or(self.get("ry")).and_then(length).unwrap_or(0.0).clamp(0.0, w.min(h) / 2.0);
                let data = match rx > 0.0 {
                    true => format!(
                        "M{} {y}h{}a{rx} {rx} 0 0 1 {rx} {rx}v{}a{rx} {rx} 0 0 1 -{rx} {rx}h{}a{rx} {rx} 0 0 1 -{rx} -{rx}v{}a{rx} {rx} 0 0 1 {rx} -{rx}z",
                        x + rx,
                        w - 2.0 * rx,
                        h - 2.0 * rx,
                        2.0 * rx - w,
                        2.0 * rx - h
                    ),
                    false => format!("M{x} {y}h{w}v{h}h{}z", -w),
                };
                steps(&data)
            }
            "circle" => round(n("cx"), n("cy"), n("r"), n("r")),
            "ellipse" => round(n("cx"), n("cy"), n("rx"), n("ry")),
            "line" => vec![Step::Move(n("x1"), n("y1")), Step::Line(n("x2"), n("y2"))],
            _ => {
                let all = numbers(self.get("points").unwrap_or_default());
                let mut out: Vec<Step> = all.chunks_exact(2).map(|at| Step::Line(at[0], at[1])).collect();
                if let Some(Step::Line(x, y)) = out.first().copied() {
                    out[0] = Step::Move(x, y);
                }
                if name == "polygon" {
                    out.push(Step::Close);
                }
                out
            }
        }
    }
}

fn round(x: f64, y: f64, rx: f64, ry: f64) -> Vec<Step> {
    let (ax, ay) = (rx * ARC, ry * ARC);
    vec![
        Step::Move(x + rx, y),
        Step::Curve(x + rx, y + ay, x + ax, y + ry, x, y + ry),
        Step::Curve(x - ax, y + ry, x - rx, y + ay, x - rx, y),
        Step::Curve(x - rx, y - ay, x - ax, y - ry, x, y - ry),
        Step::Curve(x + ax, y - ry, x + rx, y - ay, x + rx, y),
        Step::Close,
    ]
}

fn placed(state: &State, drawn: Vec<Step>) -> Option<Outline> {
    let m = state.matrix;
    let at = |x: f64, y: f64| (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]);
    let steps: Vec<Step> = drawn
        .into_iter()
        .map(|step| match step {
            Step::Move(x, y) => {
                let (x, y) = at(x, y);
                Step::Move(x, y)
            }
            Step::Line(x, y) => {
                let (x, y) = at(x, y);
                Step::Line(x, y)
            }
            Step::Curve(a, b, c, d, x, y) => {
                let ((a, b), (c, d), (x, y)) = (at(a, b), at(c, d), at(x, y));
                Step::Curve(a, b, c, d, x, y)
            }
            Step::Close => Step::Close,
        })
        .collect();
    let scale = (m[0] * m[3] - m[1] * m[2]).abs().sqrt();
    let stroke = state.stroke.map(|ink| (ink, state.width * scale)).filter(|(_, width)| *width > 0.0);
    let seen = steps.len() > 1 && (state.fill.is_some() || stroke.is_some());
    seen.then_some(Outline { steps, fill: state.fill, stroke })
}

fn times(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[2] * b[1],
        a[1] * b[0] + a[3] * b[1],
        a[0] * b[2] + a[2] * b[3],
        a[1] * b[2] + a[3] * b[3],
        a[0] * b[4] + a[2] * b[5] + a[4],
        a[1] * b[4] + a[3] * b[5] + a[5],
    ]
}

fn transform(text: &str) -> Matrix {
    let mut matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];
    for part in text.split(')') {
        let Some((name, inner)) = part.split_once('(') else { continue };
        let own = match (name.trim_matches([' ', ',', '\n', '\t']), &numbers(inner)[..]) {
            ("translate", [x]) => [1.0, 0.0, 0.0, 1.0, *x, 0.0],
            ("translate", [x, y]) => [1.0, 0.0, 0.0, 1.0, *x, *y],
            ("scale", [s]) => [*s, 0.0, 0.0, *s, 0.0, 0.0],
            ("scale", [x, y]) => [*x, 0.0, 0.0, *y, 0.0, 0.0],
            ("rotate", [angle, centre @ ..]) => {
                let (sin, cos) = angle.to_radians().sin_cos();
                let (x, y) = if let [x, y] = centre { (*x, *y) } else { (0.0, 0.0) };
                times(
                    times([1.0, 0.0, 0.0, 1.0, x, y], [cos, sin, -sin, cos, 0.0, 0.0]),
                    [1.0, 0.0, 0.0, 1.0, -x, -y],
                )
            }
            ("matrix", [a, b, c, d, e, f]) => [*a, *b, *c, *d, *e, *f],
            _ => continue,
        };
        matrix = times(matrix, own);
    }
    matrix
}

fn numbers(text: &str) -> Vec<f64> {
    let parts = text.split(|c: char| c.is_whitespace() || c == ',').filter(|part| !part.is_empty());
    parts.filter_map(length).collect()
}

fn length(text: &str) -> Option<f64> {
    let number: f64 = text.trim().trim_end_matches("px").parse().ok()?;
    number.is_finite().then_some(number)
}

/// A colour by hex, `rgb()` or one of the names that logos use.
fn colour(text: &str) -> Option<Rgb> {
    let text = text.trim().to_lowercase();
    if let Some(inner) = text.strip_prefix("rgb(").and_then(|rest| rest.strip_suffix(')')) {
        return match numbers(inner)[..] {
            [r, g, b] => Some(Rgb(r.clamp(0.0, 255.0) as u8, g.clamp(0.0, 255.0) as u8, b.clamp(0.0, 255.0) as u8)),
            _ => None,
        };
    }
    match text.as_str() {
        "black" => Some(Rgb(0, 0, 0)),
        "white" => Some(Rgb(255, 255, 255)),
        "red" => Some(Rgb(255, 0, 0)),
        "green" => Some(Rgb(0, 128, 0)),
        "blue" => Some(Rgb(0, 0, 255)),
        "navy" => Some(Rgb(0, 0, 128)),
        "grey" | "gray" => Some(Rgb(128, 128, 128)),
        "orange" => Some(Rgb(255, 165, 0)),
        "yellow" => Some(Rgb(255, 255, 0)),
        _ => Rgb::parse(&text),
    }
}
