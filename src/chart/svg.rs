//! A scene as SVG: real text, inks as classes, no style attribute (the page's content security policy forbids them).

use std::collections::BTreeSet;
use std::fmt::Write;

use super::PX_PER_PT;
use super::scene::{Anchor, Form, Scene, Shape, Stroke};
use crate::font;
use crate::theme::{Ink, Theme};

/// The scene as an `<svg role="img">` element to stand in a page that carries [`stylesheet`].
///
/// `title` names the picture and `description` says what it shows, for readers who do not see it; `id` is unique in the
/// page and opens the ids in here. Shapes of one item stand together in `<g data-item="…">`.
pub fn svg(scene: &Scene, title: &str, description: &str, id: &str) -> String {
    let id = escape(id);
    let head = format!("aria-labelledby=\"{id}-title {id}-desc\"");
    let names = format!(
        "<title id=\"{id}-title\">{}</title><desc id=\"{id}-desc\">{}</desc>",
        escape(title),
        escape(description)
    );
    element(scene, &head, &names)
}

/// The scene as a complete SVG file on white ground.
///
/// Its style sheet names colours outright and only those it uses: the programs that place such files in slides and
/// documents know classes, but no variables and no dark mode.
pub fn standalone(scene: &Scene, title: &str, description: &str, theme: &Theme) -> String {
    let head = "aria-labelledby=\"title desc\" xmlns=\"http://www.w3.org/2000/svg\"";
    let names = format!(
        "<title id=\"title\">{}</title><desc id=\"desc\">{}</desc><style>{}</style>\
         <rect fill=\"{}\" width=\"100%\" height=\"100%\"/>",
        escape(title),
        escape(description),
        colours(scene, theme),
        theme.light(Ink::Paper).hex()
    );
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n", element(scene, head, &names))
}

/// CSS rules for the inks of a scene, on light ground.
fn colours(scene: &Scene, theme: &Theme) -> String {
    let fills: BTreeSet<Ink> = scene.shapes.iter().filter_map(|shape| shape.fill).collect();
    let strokes: BTreeSet<Ink> =
        scene.shapes.iter().filter_map(|shape| shape.stroke.as_ref()).map(|stroke| stroke.ink).collect();
    let mut css = String::new();
    for ink in fills {
        let _ = write!(css, ".f-{}{{fill:{}}}", ink.name(), theme.light(ink).hex());
    }
    for ink in strokes {
        let _ = write!(css, ".k-{}{{stroke:{}}}", ink.name(), theme.light(ink).hex());
    }
    css
}

/// CSS rules for every ink: light, dark by media query, paper always light, forced colours.
///
/// `--ink-NAME` holds the colour, `.f-NAME` fills with it and `.k-NAME` strokes with it; the page may use the variables
/// for its own text and tables.
pub fn stylesheet() -> String {
    let mut css = inks(&Theme::default());
    for ink in Ink::all() {
        let name = ink.name();
        let _ = write!(css, ".f-{name}{{fill:var(--ink-{name})}}.k-{name}{{stroke:var(--ink-{name})}}");
    }
    css
}

/// The variables of [`stylesheet`] without the classes, in the colours of a theme.
pub fn inks(theme: &Theme) -> String {
    let mut css = String::from(":root{");
    for ink in Ink::all() {
        let _ = write!(css, "--ink-{}:{};", ink.name(), theme.light(ink).hex());
    }
    css.push_str("}@media screen and (prefers-color-scheme:dark){:root{");
    for ink in Ink::all().into_iter().filter(|ink| theme.dark(*ink) != theme.light(*ink)) {
        let _ = write!(css, "--ink-{}:{};", ink.name(), theme.dark(ink).hex());
    }
    css.push_str("}}@media (forced-colors:active){:root{");
    for ink in Ink::all() {
        let _ = write!(css, "--ink-{}:{};", ink.name(), forced(ink));
    }
    css.push_str("}}");
    css
}

/// The system colour that stands for an ink where the reader has chosen all colours himself.
fn forced(ink: Ink) -> &'static str {
    match ink {
        Ink::Paper | Ink::Level(_) | Ink::Gap(_) | Ink::Zero | Ink::Surplus(_) => "Canvas",
        Ink::Hairline | Ink::Grid => "GrayText",
        Ink::Target | Ink::TargetText | Ink::Second | Ink::Third => "Highlight",
        Ink::Link => "LinkText",
        _ => "CanvasText",
    }
}

fn element(scene: &Scene, head: &str, names: &str) -> String {
    let (width, height) = (number(scene.width), number(scene.height));
    let mut out = format!(
        "<svg class=\"chart\" role=\"img\" {head} viewBox=\"0 0 {width} {height}\" width=\"{}\" height=\"{}\" \
         font-family=\"'{}', Inter, system-ui, sans-serif\">{names}",
        number(scene.width * PX_PER_PT),
        number(scene.height * PX_PER_PT),
        font::FAMILY,
    );
    let mut item = "";
    for shape in &scene.shapes {
        if shape.item != item {
            if !item.is_empty() {
                out.push_str("</g>");
            }
            if !shape.item.is_empty() {
                let _ = write!(out, "<g data-item=\"{}\">", escape(&shape.item));
            }
            item = &shape.item;
        }
        write_shape(&mut out, shape);
    }
    if !item.is_empty() {
        out.push_str("</g>");
    }
    out.push_str("</svg>");
    out
}

fn write_shape(out: &mut String, shape: &Shape) {
    let look = look(shape);
    let _ = match &shape.form {
        Form::Path { points, closed } => {
            let mut d = String::new();
            for (index, (x, y)) in points.iter().enumerate() {
                let _ = write!(d, "{}{} {}", if index == 0 { 'M' } else { 'L' }, number(*x), number(*y));
            }
            if *closed {
                d.push('Z');
            }
            write!(out, "<path {look} d=\"{d}\"/>")
        }
        Form::Circle { center: (x, y), radius } => {
            write!(out, "<circle {look} cx=\"{}\" cy=\"{}\" r=\"{}\"/>", number(*x), number(*y), number(*radius))
        }
        Form::Rect { x, y, width, height } => write!(
            out,
            "<rect {look} x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
            number(*x),
            number(*y),
            number(*width),
            number(*height)
        ),
        Form::Text { x, y, text, size, strong, anchor, full } => {
            let weight = if *strong { " font-weight=\"600\"" } else { "" };
            let anchor = match anchor {
                Anchor::Start => "",
                Anchor::Middle => " text-anchor=\"middle\"",
                Anchor::End => " text-anchor=\"end\"",
            };
            let title = full.as_ref().map_or(String::new(), |full| format!("<title>{}</title>", escape(full)));
            let (x, y, size) = (number(*x), number(*y), number(*size));
            write!(
                out,
                "<text {look} x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{weight}{anchor}>{title}{}</text>",
                escape(text)
            )
        }
    };
}

/// Class names and presentation attributes of a shape.
fn look(shape: &Shape) -> String {
    let mut classes = Vec::new();
    if !shape.series.is_empty() {
        classes.push(format!("s-{}", shape.series));
    }
    if let Some(ink) = shape.fill {
        classes.push(format!("f-{}", ink.name()));
    }
    if let Some(stroke) = &shape.stroke {
        classes.push(format!("k-{}", stroke.ink.name()));
    }
    let mut look = format!("class=\"{}\"", classes.join(" "));
    if shape.fill.is_none() {
        look.push_str(" fill=\"none\"");
    } else if shape.opacity < 1.0 {
        let _ = write!(look, " fill-opacity=\"{}\"", number(shape.opacity));
    }
    if let Some(Stroke { width, dash, .. }) = &shape.stroke {
        let _ = write!(look, " stroke-width=\"{}\"", number(*width));
        if !dash.is_empty() {
            let lengths: Vec<String> = dash.iter().map(|length| number(*length)).collect();
            let _ = write!(look, " stroke-dasharray=\"{}\"", lengths.join(" "));
        }
    }
    look
}

/// A number with at most two decimals, the shortest way.
fn number(value: f64) -> String {
    let rounded = (value * 100.0).round() / 100.0;
    if rounded == 0.0 { "0".to_owned() } else { format!("{rounded}") }
}

/// Text for XML: marked characters escaped, characters that XML does not know left out.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {}
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str, full: Option<&str>) -> Shape {
        let form = Form::Text {
            x: 1.0,
            y: 2.345,
            text: text.to_owned(),
            size: 8.5,
            strong: true,
            anchor: Anchor::End,
            full: full.map(str::to_owned),
        };
        Shape { form, fill: Some(Ink::Text), stroke: None, opacity: 1.0, series: "name", item: "a&b".to_owned() }
    }

    #[test]
    fn text_stays_text() {
        let scene = Scene { width: 10.0, height: 5.0, shapes: vec![text("<b>&\"\u{1}…", Some("<b>&\" in full"))] };
        let svg = svg(&scene, "A & B", "<script>", "c1");
        assert!(svg.contains("<title>&lt;b&gt;&amp;&quot; in full</title>&lt;b&gt;&amp;&quot;…</text>"), "{svg}");
        assert!(svg.contains("<desc id=\"c1-desc\">&lt;script&gt;</desc>"));
        assert!(svg.contains("<g data-item=\"a&amp;b\">") && svg.ends_with("</g></svg>"));
        assert!(!svg.contains("style="));
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!(["0", "0", "1.5", "-0.33"].map(str::to_owned), [0.001, -0.001, 1.5, -1.0 / 3.0].map(number));
    }

    #[test]
    fn the_style_sheet_knows_every_ink() {
        let css = stylesheet();
        for ink in Ink::all() {
            assert!(css.contains(&format!(".f-{}{{", ink.name())), "{ink:?}");
            assert!(css.contains(&ink.dark().hex()), "{ink:?}");
        }
        assert!(css.contains("@media screen and (prefers-color-scheme:dark)"), "print stays light");
    }
}
