//! A scene as the shortest SVG that a page can carry. A report shows dozens of drawings, twice each, in one file; with
//! looks named once in the style sheet, shapes of one look joined and places on whole pixels, they take a quarter of the
//! room that self-contained pictures ([`chart::svg`](crate::chart::svg)) do.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::chart::PX_PER_PT;
use crate::chart::scene::{Anchor, Form, Scene, Shape};

/// What stands behind a text so that lines do not run through it; on the page the text carries it as its own outline.
const HALO: &str = "halo";

/// Outlines of more letters are worth a name by which they are drawn again.
const LONG: usize = 24;

/// Looks and linked things of a whole page, named in the order of their first use.
#[derive(Default)]
pub(super) struct Palette {
    looks: BTreeMap<String, usize>,
    /// Classes of texts that say a level or a gap, by what they say.
    numbers: BTreeMap<&'static str, BTreeSet<String>>,
    items: BTreeMap<String, usize>,
    /// How many outlines carry an id, to be drawn again elsewhere.
    outlines: usize,
}

impl Palette {
    /// The class of a look, given as CSS declarations: `A`, `B` ... `Z`, `AA` ...
    pub(super) fn class(&mut self, declarations: String) -> String {
        let next = self.looks.len();
        letters(*self.looks.entry(declarations).or_insert(next))
    }

    /// The class of a text that says a level or a gap: one that no other text of the same look has.
    fn number(&mut self, look: String, kind: &'static str) -> String {
        let class = self.class(format!("{look};--{kind}:1"));
        self.numbers.entry(kind).or_default().insert(class.clone());
        class
    }

    /// Classes of texts in drawings that say a level or a gap: `current`, `target`, `gap`, `before`.
    pub(super) fn numbers(&self) -> &BTreeMap<&'static str, BTreeSet<String>> {
        &self.numbers
    }

    /// The short name of what a row and a mark are about; empty for nothing.
    pub(super) fn item(&mut self, slug: &str) -> String {
        if slug.is_empty() {
            return String::new();
        }
        let next = self.items.len() + 1;
        self.items.entry(slug.to_owned()).or_insert(next).to_string()
    }

    /// The rules of all looks named so far: what several looks share is said once.
    pub(super) fn stylesheet(&self) -> String {
        let mut looks: Vec<(usize, &str)> =
            self.looks.iter().map(|(look, number)| (*number, look.as_str())).collect();
        looks.sort_unstable();
        let mut shared: Vec<(&str, Vec<String>)> = Vec::new();
        for (number, look) in looks {
            for declaration in look.split(';').filter(|it| !it.is_empty() && !it.starts_with("--")) {
                let name = format!(".{}", letters(number));
                match shared.iter_mut().find(|(known, _)| *known == declaration) {
                    Some((_, names)) => names.push(name),
                    None => shared.push((declaration, vec![name])),
                }
            }
        }
        // Declarations that the same looks share stand together.
        let mut rules: Vec<(String, String)> = Vec::new();
        for (declaration, names) in shared {
            let names = names.join(",");
            match rules.iter_mut().find(|(known, _)| *known == names) {
                Some((_, all)) => put(all, format_args!(";{declaration}")),
                None => rules.push((names, declaration.to_owned())),
            }
        }
        rules.iter().map(|(names, all)| format!("{names}{{{all}}}")).collect()
    }
}

/// A number as capital letters, as spreadsheets name their columns; no class of the style sheet has such a name.
fn letters(number: usize) -> String {
    let last = char::from(b'A' + (number % 26) as u8);
    if number < 26 { last.to_string() } else { format!("{}{last}", letters(number / 26 - 1)) }
}

/// What is drawn in one go: a text, or outlines of one look.
struct Stroke {
    item: String,
    class: String,
    mark: Mark,
}

enum Mark {
    /// Path data, and the same from its first point on with where that is, for one that may stand elsewhere again.
    Outline(String, Option<(String, (f64, f64))>),
    Circle {
        x: f64,
        y: f64,
        radius: f64,
    },
    Text {
        x: f64,
        y: f64,
        text: String,
        full: Option<String>,
    },
}

/// The scene as `<svg role="img">`; `name` is the id of the element that names it, `about` the attributes that describe
/// it.
pub(super) fn picture(scene: &Scene, name: &str, about: &str, palette: &mut Palette) -> String {
    let (width, height) = (fine(scene.width), fine(scene.height));
    let about = if about.is_empty() { String::new() } else { format!(" {about}") };
    let mut out =
        format!("<svg class=chart role=img aria-labelledby=\"{name}\"{about} viewBox=\"0 0 {width} {height}\">");
    let mut item = String::new();
    let mut drawn: BTreeMap<(String, String), (usize, (f64, f64))> = BTreeMap::new();
    for stroke in strokes(&scene.shapes, palette) {
        if stroke.item != item {
            if !item.is_empty() {
                out.push_str("</g>");
            }
            if !stroke.item.is_empty() {
                put(&mut out, format_args!("<g data-i={}>", stroke.item));
            }
            item.clone_from(&stroke.item);
        }
        let class = &stroke.class;
        match &stroke.mark {
            Mark::Outline(path, None) => put(&mut out, format_args!("<path class={class} d=\"{path}\"/>")),
            Mark::Outline(path, _) if path.len() < LONG => {
                put(&mut out, format_args!("<path class={class} d=\"{path}\"/>"));
            }
            Mark::Outline(path, Some((shape, (x, y)))) => match drawn.get(&(class.clone(), shape.clone())) {
                Some((first, from)) => {
                    let (x, y) = (fine(x - from.0), fine(y - from.1));
                    put(&mut out, format_args!("<use href=#o{first} x={x} y={y} />"));
                }
                None => {
                    palette.outlines += 1;
                    let number = palette.outlines;
                    drawn.insert((class.clone(), shape.clone()), (number, (*x, *y)));
                    put(&mut out, format_args!("<path id=o{number} class={class} d=\"{path}\"/>"));
                }
            },
            Mark::Text { x, y, text, full } => {
                let title = full.as_ref().map_or(String::new(), |full| format!("<title>{}</title>", escape(full)));
                let x = if whole(*x) == "0" { String::new() } else { format!(" x={}", whole(*x)) };
                put(&mut out, format_args!("<text class={class}{x} y={}>{title}{}</text>", whole(*y), escape(text)));
            }
            Mark::Circle { x, y, radius } => {
                let (x, y, radius) = (whole(*x), whole(*y), fine(*radius));
                put(&mut out, format_args!("<circle class={class} cx={x} cy={y} r={radius} />"));
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
        let look = look(shape, halo);
        let class = match number_kind(shape) {
            Some(kind) => palette.number(look, kind),
            None => palette.class(look),
        };
        halo = false;
        let item = palette.item(&shape.item);
        match (outline(shape), strokes.last_mut()) {
            (Some(path), Some(Stroke { item: last, class: same, mark: Mark::Outline(all, whole) }))
                if *last == item && *same == class && joins(shape) =>
            {
                if !all.contains(&path) {
                    all.push_str(&path);
                    let origin = whole.as_ref().map_or((0.0, 0.0), |(_, origin)| *origin);
                    match (whole.as_mut(), moved(shape, Some(origin))) {
                        (Some((so_far, _)), Some((more, _))) => so_far.push_str(&more),
                        _ => *whole = None,
                    }
                }
            }
            (Some(path), _) => {
                strokes.push(Stroke { item, class, mark: Mark::Outline(path, moved(shape, None)) });
            }
            (None, _) => strokes.push(Stroke { item, class, mark: single(shape) }),
        }
    }
    strokes
}

/// What number a text of a row says, by the key of the column that says it in the chart's table.
fn number_kind(shape: &Shape) -> Option<&'static str> {
    let known = [("current", "current"), ("target", "target"), ("gap-text", "gap"), ("previous", "before")];
    let said = matches!(shape.form, Form::Text { .. }) && !shape.item.is_empty();
    known.into_iter().find(|(series, _)| said && *series == shape.series).map(|(_, key)| key)
}

/// Whether shapes of this look may be one: nothing shines through where they overlap.
fn joins(shape: &Shape) -> bool {
    shape.fill.is_none() || (shape.opacity >= 1.0 && shape.stroke.is_none())
}

/// A text, or a circle with an edge.
fn single(shape: &Shape) -> Mark {
    match &shape.form {
        Form::Text { x, y, text, full, .. } => Mark::Text { x: *x, y: *y, text: text.clone(), full: full.clone() },
        Form::Circle { center: (x, y), radius } => Mark::Circle { x: *x, y: *y, radius: *radius },
        _ => unreachable!("paths and rectangles have outlines"),
    }
}

/// The outline as path data; `None` for a text and for a circle with an edge.
fn outline(shape: &Shape) -> Option<String> {
    Some(match &shape.form {
        Form::Path { points, closed } => path(points, *closed),
        // A dot is a stroke of no length with round ends, so that dots of one look can be one path.
        Form::Circle { center: (x, y), .. } if is_dot(shape) => format!("M{} {}h0", whole(*x), whole(*y)),
        Form::Circle { .. } => return None,
        // A filled rectangle is a thick line.
        Form::Rect { x, y, width, height } if is_bar(shape) => {
            format!("M{} {}h{}", fine(*x), fine(y + height / 2.0), fine(*width))
        }
        Form::Rect { x, y, width, height } => {
            format!("M{} {}h{}v{}h-{}z", fine(*x), fine(*y), fine(*width), fine(*height), fine(*width))
        }
        Form::Text { .. } => return None,
    })
}

/// An outline as seen from a point, its first one unless told, to half a pixel, with that point. Radars repeat their
/// grid in every panel.
fn moved(shape: &Shape, origin: Option<(f64, f64)>) -> Option<(String, (f64, f64))> {
    let Form::Path { points, closed } = &shape.form else { return None };
    let (x, y) = origin.or(points.first().copied())?;
    let half = |points: f64| (points * PX_PER_PT * 2.0).round();
    let mut key = points.iter().fold(String::new(), |mut key, point| {
        put(&mut key, format_args!("{},{} ", half(point.0 - x), half(point.1 - y)));
        key
    });
    key.push(if *closed { 'z' } else { ';' });
    Some((key, (x, y)))
}

fn upright(points: &[(f64, f64)]) -> bool {
    points.windows(2).all(|pair| pair[0].0 == pair[1].0 || pair[0].1 == pair[1].1)
}

fn is_dot(shape: &Shape) -> bool {
    matches!(shape.form, Form::Circle { .. }) && shape.stroke.is_none()
}

fn is_bar(shape: &Shape) -> bool {
    matches!(shape.form, Form::Rect { .. }) && shape.stroke.is_none() && shape.fill.is_some()
}

fn path(points: &[(f64, f64)], closed: bool) -> String {
    // Level and upright lines stand on whole pixels; slanted ones would change their slope.
    let grain = if upright(points) { 1.0 } else { 10.0 };
    // In steps of the grain, so that the way from point to point adds up to where the points are.
    let place = |points: f64| (points * PX_PER_PT * grain).round();
    let shown = |steps: f64| shortest(steps / grain);
    let mut d = String::new();
    let mut last: Option<(f64, f64)> = None;
    let mut slanted = false;
    for (x, y) in points {
        let (x, y) = (place(*x), place(*y));
        let was = std::mem::take(&mut slanted);
        match last {
            None => put(&mut d, format_args!("M{} {}", shown(x), shown(y))),
            Some((_, same)) if same == y => put(&mut d, format_args!("H{}", shown(x))),
            Some((same, _)) if same == x => put(&mut d, format_args!("V{}", shown(y))),
            Some((from, above)) => {
                let (right, down) = (shown(x - from), shown(y - above));
                // A minus parts two numbers as well as a blank.
                let gap = |number: &str| if number.starts_with('-') { "" } else { " " };
                let (before, between) = (if was { gap(&right) } else { "l" }, gap(&down));
                put(&mut d, format_args!("{before}{right}{between}{down}"));
                slanted = true;
            }
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
        put(&mut css, format_args!("font-size:{}px;", fine(*size)));
        css.push_str(if *strong { "font-weight:600;" } else { "" });
        css.push_str(match anchor {
            Anchor::Start => "",
            Anchor::Middle => "text-anchor:middle;",
            Anchor::End => "text-anchor:end;",
        });
        if halo {
            css.push_str("paint-order:stroke;stroke:var(--ink-paper);stroke-width:4.8px;stroke-linejoin:round;");
        }
    }
    if let (true, Form::Circle { radius, .. }, Some(ink)) = (is_dot(shape), &shape.form, shape.fill) {
        let width = fine(radius * 2.0);
        put(&mut css, format_args!("stroke:{};stroke-width:{width}px;stroke-linecap:round;", fill(ink)));
        if shape.opacity < 1.0 {
            put(&mut css, format_args!("stroke-opacity:{};", shape.opacity));
        }
        return css;
    }
    if let (true, Form::Rect { height, .. }, Some(ink)) = (is_bar(shape), &shape.form, shape.fill) {
        put(&mut css, format_args!("stroke:{};stroke-width:{}px;", fill(ink), fine(*height)));
        if shape.opacity < 1.0 {
            put(&mut css, format_args!("stroke-opacity:{};", shape.opacity));
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
        put(&mut css, format_args!("stroke:{};stroke-width:{}px;", fill(stroke.ink), fine(stroke.width)));
        if !stroke.dash.is_empty() {
            let dash: Vec<String> = stroke.dash.iter().map(|length| format!("{}px", fine(*length))).collect();
            put(&mut css, format_args!("stroke-dasharray:{};", dash.join(" ")));
        }
    }
    css.pop();
    css
}

/// Points as whole pixels.
fn whole(points: f64) -> String {
    shortest((points * PX_PER_PT).round())
}

/// Points as pixels with one decimal, two for widths of lines.
fn fine(points: f64) -> String {
    let pixels = points * PX_PER_PT;
    let steps = if pixels.abs() < 3.0 { 100.0 } else { 10.0 };
    shortest((pixels * steps).round() / steps)
}

/// A number the shortest way: `.5` for 0.5, `0` for -0.
fn shortest(value: f64) -> String {
    let text = if value == 0.0 { "0".to_owned() } else { value.to_string() };
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
