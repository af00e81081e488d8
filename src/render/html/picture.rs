//! A scene as the shortest SVG that a page can carry. A report shows dozens of drawings, twice each, in one file; with
//! looks named once in the style sheet and shapes of one look joined, they take a quarter of the room that
//! self-contained pictures ([`chart::svg`](crate::chart::svg)) do.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::chart::PX_PER_PT;
use crate::chart::scene::{Anchor, Form, Scene, Shape};

/// What stands behind a text so that lines do not run through it; on the page the text carries it as its own outline.
const HALO: &str = "halo";

/// Looks and linked things of a whole page, named in the order of their first use.
#[derive(Default)]
pub(super) struct Palette {
    looks: BTreeMap<String, usize>,
    items: BTreeMap<String, usize>,
}

impl Palette {
    /// The class of a look, given as CSS declarations: `c0`, `c1` ...
    fn class(&mut self, declarations: String) -> String {
        let next = self.looks.len();
        format!("c{}", self.looks.entry(declarations).or_insert(next))
    }

    /// The short name of what a row and a mark are about; empty for nothing.
    pub(super) fn item(&mut self, slug: &str) -> String {
        if slug.is_empty() {
            return String::new();
        }
        let next = self.items.len() + 1;
        self.items.entry(slug.to_owned()).or_insert(next).to_string()
    }

    /// The rules of all looks named so far.
    pub(super) fn stylesheet(&self) -> String {
        let mut looks: Vec<(&usize, &String)> = self.looks.iter().map(|(look, number)| (number, look)).collect();
        looks.sort();
        looks.iter().fold(String::new(), |mut css, (number, look)| {
            put(&mut css, format_args!(".c{number}{{{look}}}"));
            css
        })
    }
}

/// What is drawn in one go: a text, or outlines of one look.
struct Stroke {
    item: String,
    class: String,
    mark: Mark,
}

enum Mark {
    Outline(String),
    Text { x: f64, y: f64, text: String, full: Option<String> },
}

/// The scene as `<svg role="img">`; `name` and `about` are ids of elements that name and describe it.
pub(super) fn picture(scene: &Scene, name: &str, about: &str, palette: &mut Palette) -> String {
    let (width, height) = (number(scene.width), number(scene.height));
    let mut out = format!(
        "<svg class=\"chart\" role=\"img\" aria-labelledby=\"{name}\" aria-describedby=\"{about}\" \
         viewBox=\"0 0 {width} {height}\" width=\"{}\" height=\"{}\">",
        number(scene.width * PX_PER_PT),
        number(scene.height * PX_PER_PT)
    );
    let mut item = String::new();
    for stroke in strokes(&scene.shapes, palette) {
        if stroke.item != item {
            if !item.is_empty() {
                out.push_str("</g>");
            }
            if !stroke.item.is_empty() {
                put(&mut out, format_args!("<g data-item=\"{}\">", stroke.item));
            }
            item.clone_from(&stroke.item);
        }
        let class = &stroke.class;
        match &stroke.mark {
            Mark::Outline(path) => put(&mut out, format_args!("<path class={class} d=\"{path}\"/>")),
            Mark::Text { x, y, text, full } => {
                let title = full.as_ref().map_or(String::new(), |full| format!("<title>{}</title>", escape(full)));
                let (x, y, text) = (number(*x), number(*y), escape(text));
                put(&mut out, format_args!("<text class={class} x={x} y={y}>{title}{text}</text>"));
            }
        }
    }
    if !item.is_empty() {
        out.push_str("</g>");
    }
    out + "</svg>"
}

/// The shapes in their order, neighbours of one look joined, halos given to the text that follows them.
fn strokes(shapes: &[Shape], palette: &mut Palette) -> Vec<Stroke> {
    let mut strokes: Vec<Stroke> = Vec::new();
    let mut halo = false;
    for (index, shape) in shapes.iter().enumerate() {
        let text_follows = shapes.get(index + 1).is_some_and(|next| matches!(next.form, Form::Text { .. }));
        if shape.series == HALO && text_follows {
            halo = true;
            continue;
        }
        let class = palette.class(look(shape, halo));
        halo = false;
        let item = palette.item(&shape.item);
        match (outline(shape), strokes.last_mut()) {
            (Some(path), Some(Stroke { item: last, class: same, mark: Mark::Outline(all) }))
                if *last == item && *same == class && joins(shape) =>
            {
                if !all.contains(&path) {
                    all.push_str(&path);
                }
            }
            (Some(path), _) => strokes.push(Stroke { item, class, mark: Mark::Outline(path) }),
            (None, _) => strokes.push(Stroke { item, class, mark: text(shape) }),
        }
    }
    strokes
}

/// Whether shapes of this look may be one: nothing shines through where they overlap.
fn joins(shape: &Shape) -> bool {
    shape.fill.is_none() || (shape.opacity >= 1.0 && shape.stroke.is_none())
}

fn text(shape: &Shape) -> Mark {
    let Form::Text { x, y, text, full, .. } = &shape.form else { unreachable!("only a text has no outline") };
    Mark::Text { x: *x, y: *y, text: text.clone(), full: full.clone() }
}

/// The outline as path data; `None` for a text.
fn outline(shape: &Shape) -> Option<String> {
    Some(match &shape.form {
        Form::Path { points, closed } => path(points, *closed),
        // A dot is a stroke of no length with round ends, so that dots of one look can be one path.
        Form::Circle { center: (x, y), .. } if is_dot(shape) => format!("M{} {}h0", number(*x), number(*y)),
        Form::Circle { center: (x, y), radius } => {
            let (r, d) = (number(*radius), number(radius * 2.0));
            format!("M{} {}a{r} {r} 0 1 1 0 {d}a{r} {r} 0 1 1 0-{d}z", number(*x), number(y - radius))
        }
        Form::Rect { x, y, width, height } => {
            format!("M{} {}h{}v{}h-{}z", number(*x), number(*y), number(*width), number(*height), number(*width))
        }
        Form::Text { .. } => return None,
    })
}

fn is_dot(shape: &Shape) -> bool {
    matches!(shape.form, Form::Circle { .. }) && shape.stroke.is_none()
}

fn path(points: &[(f64, f64)], closed: bool) -> String {
    let mut d = String::new();
    let mut last: Option<(String, String)> = None;
    for (x, y) in points {
        let (x, y) = (number(*x), number(*y));
        match &last {
            None => put(&mut d, format_args!("M{x} {y}")),
            Some((_, same)) if *same == y => put(&mut d, format_args!("H{x}")),
            Some((same, _)) if *same == x => put(&mut d, format_args!("V{y}")),
            Some(_) => put(&mut d, format_args!("L{x} {y}")),
        }
        last = Some((x, y));
    }
    if closed {
        d.push('z');
    }
    d
}

/// CSS declarations of a shape.
fn look(shape: &Shape, halo: bool) -> String {
    let mut css = String::new();
    let fill = |ink: crate::theme::Ink| format!("var(--ink-{})", ink.name());
    if let Form::Text { size, strong, anchor, .. } = &shape.form {
        put(&mut css, format_args!("font-size:{}px;", number(*size)));
        css.push_str(if *strong { "font-weight:600;" } else { "" });
        css.push_str(match anchor {
            Anchor::Start => "",
            Anchor::Middle => "text-anchor:middle;",
            Anchor::End => "text-anchor:end;",
        });
        if halo {
            css.push_str("paint-order:stroke;stroke:var(--ink-paper);stroke-width:3px;stroke-linejoin:round;");
        }
    }
    if let (true, Form::Circle { radius, .. }, Some(ink)) = (is_dot(shape), &shape.form, shape.fill) {
        let width = number(radius * 2.0);
        put(&mut css, format_args!("stroke:{};stroke-width:{width}px;stroke-linecap:round;", fill(ink)));
        if shape.opacity < 1.0 {
            put(&mut css, format_args!("stroke-opacity:{};", number(shape.opacity)));
        }
        return css;
    }
    match shape.fill {
        Some(ink) => put(&mut css, format_args!("fill:{};", fill(ink))),
        None => css.push_str("fill:none;"),
    }
    if shape.fill.is_some() && shape.opacity < 1.0 {
        put(&mut css, format_args!("fill-opacity:{};", shape.opacity));
    }
    if let Some(stroke) = &shape.stroke {
        put(&mut css, format_args!("stroke:{};stroke-width:{}px;", fill(stroke.ink), number(stroke.width)));
        if !stroke.dash.is_empty() {
            let dash: Vec<String> = stroke.dash.iter().map(|length| format!("{}px", number(*length))).collect();
            put(&mut css, format_args!("stroke-dasharray:{};", dash.join(" ")));
        }
    }
    css.pop();
    css
}

/// A number of points with at most one decimal (a fifth of a pixel), the shortest way; two for widths of lines.
fn number(value: f64) -> String {
    let rounded = if value.abs() < 2.0 { (value * 100.0).round() / 100.0 } else { (value * 10.0).round() / 10.0 };
    let text = if rounded == 0.0 { "0".to_owned() } else { format!("{rounded}") };
    match text.strip_prefix("0.") {
        Some(rest) => format!(".{rest}"),
        None => text.replacen("-0.", "-.", 1),
    }
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in super::text::clean(text).chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            letter => out.push(letter),
        }
    }
    out
}

fn put(out: &mut String, text: std::fmt::Arguments) {
    out.write_fmt(text).expect("writing to a string cannot fail");
}
