//! A chart with its finding: the scene's shapes become marks, its texts are shaped like all others.

use std::collections::BTreeMap;

use super::flow::{Flow, HEADING, NOTE, PART};
use super::mark::{Area, Block, Mark, Owner};
use super::pages::mm;
use super::table;
use super::text::{Line, Style};
use super::tree::{NodeId, Role};
use crate::chart::scene::{Anchor, Form, Scene};
use crate::chart::{self, Canvas};
use crate::report;
use crate::theme::Ink;

/// Adds a figure: finding, measure, picture, remark, and its table where paper shows it.
pub fn figure(flow: &mut Flow<'_>, figure: &report::Figure) {
    let before = flow.pieces.len();
    flow.anchor(&figure.id);
    flow.heading(PART, Role::Heading(flow.level), &figure.title, &figure.lead, HEADING);
    let heading: f64 = flow.pieces[before..].iter().map(|piece| piece.height + piece.space).sum();
    if flow.pieces.len() > before {
        flow.then(mm(3.0));
    }
    // A chapter's heading may stand above the figure's; both share its page.
    let room = flow.sheet.body_height() - heading - mm(24.0);
    let scenes = chart::draw(&figure.chart, &Canvas::paper(flow.width(), room));
    for (number, scene) in scenes.iter().enumerate() {
        let node = flow.tree.add_described(flow.sect, Role::Figure, &figure.alt);
        let block = drawn(flow, scene, node);
        let keep = number + 1 == scenes.len() && !figure.note.is_empty();
        flow.push(if number == 0 { PART } else { mm(4.0) }, scene.height, keep, block);
    }
    if !figure.note.is_empty() {
        flow.paragraph(mm(2.0), Role::P, &figure.note, NOTE, Ink::Muted, flow.width() * 0.9);
    }
    if figure.print_table {
        flow.then(mm(4.0));
        table::table(flow, &figure.table);
    }
}

/// A text of a chart in the room that the chart left for it, which it guessed for scripts that the bundled fonts lack:
/// set smaller where the letters are wider than that.
fn fitting(flow: &mut Flow<'_>, text: &str, style: Style) -> Line {
    let line = flow.shaper.line(text, style);
    let room = style.width(text);
    // Kerning may widen a text by a hair.
    if room <= 0.0 || line.width <= room * 1.03 + 0.5 {
        return line;
    }
    flow.shaper.line(text, Style { size: style.size * (room / line.width).max(0.6), ..style })
}

/// The nodes of a name and of what stands beside it, for each row that has something there.
fn beside<'a>(flow: &mut Flow<'_>, scene: &'a Scene) -> BTreeMap<&'a str, (NodeId, NodeId)> {
    let mut nodes = BTreeMap::new();
    let mut list = None;
    for shape in scene.shapes.iter().filter(|shape| shape.series == "beside" && !shape.item.is_empty()) {
        nodes.entry(shape.item.as_str()).or_insert_with(|| {
            let list = *list.get_or_insert_with(|| flow.tree.add(flow.sect, Role::L));
            let item = flow.tree.add(list, Role::LI);
            (flow.tree.add(item, Role::Lbl), flow.tree.add(item, Role::LBody))
        });
    }
    nodes
}

/// A scene as marks of one picture. What stands beside its rows is text to be read out, a list by the rows' names.
fn drawn(flow: &mut Flow<'_>, scene: &Scene, node: NodeId) -> Block {
    let mut block = Block::default();
    let listed = beside(flow, scene);
    for shape in &scene.shapes {
        let owner = match (shape.series, listed.get(shape.item.as_str())) {
            ("name", Some((name, _))) => *name,
            ("beside", Some((_, body))) => *body,
            _ => node,
        };
        let mark = match &shape.form {
            Form::Text { x, y, text, size, strong, anchor, .. } => {
                let line = fitting(flow, text, Style::new(*size, *strong));
                let x = match anchor {
                    Anchor::Start => *x,
                    Anchor::Middle => x - line.width / 2.0,
                    Anchor::End => x - line.width,
                };
                Mark::Text { x, y: *y, line, ink: shape.fill.unwrap_or(Ink::Text) }
            }
            form => Mark::Shape {
                form: form.clone(),
                fill: shape.fill,
                stroke: shape.stroke.clone(),
                opacity: shape.opacity,
            },
        };
        block.paint(Owner::Node(owner), [mark]);
    }
    block.figures.push((node, Area { x: 0.0, y: 0.0, width: scene.width, height: scene.height }));
    block
}
