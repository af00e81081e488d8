//! The smaller blocks: key figures, cards, lists, the ladder of the scale.

use super::flow::{Flow, HAIR, LABEL, NOTE, strong, toned};
use super::mark::{Block, Column, Mark, Owner};
use super::pages::mm;
use super::text::{Style, Wrap};
use super::tree::{NodeId, Role};
use crate::chart::scene::{Form, Stroke};
use crate::report::{Card, KeyFigure, Line, List, Rung};
use crate::theme::Ink;

/// Space between columns.
const GUTTER: f64 = mm(5.0);
/// Narrower than this, lists stand below each other.
const NARROW: f64 = mm(120.0);
/// Thickness of a rule above a column.
pub const RULE: f64 = 0.6;

/// A row of key figures, at most five of them.
pub fn key_figures(flow: &mut Flow<'_>, figures: &[KeyFigure]) {
    const VALUE: Style = Style { size: 22.0, strong: true, leading: 1.25, tracking: -0.01 };
    if figures.is_empty() {
        return;
    }
    let list = flow.tree.add(flow.sect, Role::L);
    let (column, step) = columns(flow.width(), figures.len().clamp(3, 5));
    for row in figures.chunks(5) {
        let mut block = Block::default();
        let mut height: f64 = 0.0;
        for (place, figure) in row.iter().enumerate() {
            let x = step * place as f64;
            block.rule(x, 0.0, column, Ink::Text, RULE);
            let item = flow.tree.add(list, Role::LI);
            let label = flow.tree.add(item, Role::Lbl);
            let body = flow.tree.add(item, Role::LBody);
            let (value, note) = (flow.tree.add(body, Role::P), flow.tree.add(body, Role::P));
            let ink = toned(figure.tone, VALUE).1;
            let mut y = mm(2.0);
            y += set(flow, &mut block, label, &figure.label, LABEL, Ink::Text, (x, y, column));
            y += set(flow, &mut block, value, &figure.value, VALUE, ink, (x, y, column));
            y += set(flow, &mut block, note, &figure.note, NOTE, Ink::Muted, (x, y + mm(0.5), column));
            height = height.max(y + mm(0.5));
        }
        flow.push(mm(6.0), height, false, block);
    }
}

/// Cards, three a row, each below a rule.
pub fn cards(flow: &mut Flow<'_>, cards: &[Card]) {
    let list = flow.tree.add(flow.sect, Role::L);
    let (column, step) = columns(flow.width(), 3);
    for (number, row) in cards.chunks(3).enumerate() {
        let mut block = Block::default();
        let mut height: f64 = 0.0;
        for (place, card) in row.iter().enumerate() {
            let x = step * place as f64;
            block.rule(x, 0.0, column, Ink::Axis, RULE);
            let item = flow.tree.add(list, Role::LI);
            let mut indent = 0.0;
            let top = mm(1.8);
            if !card.number.is_empty() {
                let label = flow.tree.add(item, Role::Lbl);
                indent = mm(5.0).max(LABEL.width(&card.number) + mm(2.0));
                set(flow, &mut block, label, &card.number, LABEL, Ink::Muted, (x, top, column));
            }
            let body = flow.tree.add(item, Role::LBody);
            let title = flow.tree.add(body, Role::P);
            let (x, column) = (x + indent, column - indent);
            let mut y = top;
            y += set(flow, &mut block, title, &card.title, strong(LABEL), Ink::Text, (x, y, column));
            y += lines(flow, &mut block, body, &card.lines, LABEL, (x, y, column));
            height = height.max(y);
        }
        flow.push(if number == 0 { mm(2.0) } else { mm(4.0) }, height, false, block);
    }
}

/// Short lists side by side; a list too long for that gets the whole width.
pub fn lists(flow: &mut Flow<'_>, lists: &[List]) {
    let across = if flow.width() < NARROW { 1 } else { 3 };
    let (column, step) = columns(flow.width(), across);
    let tall = flow.sheet.body_height() * 0.45;
    let mut sets: Vec<(f64, Block)> = Vec::new();
    for list in lists {
        let mark = flow.tree.nodes.len();
        let (height, block) = short_list(flow, list, column);
        if height <= tall {
            sets.push((height, block));
            continue;
        }
        flow.tree.forget(mark);
        row_of_lists(flow, &mut sets, (step, across));
        long_list(flow, list);
    }
    row_of_lists(flow, &mut sets, (step, across));
}

fn row_of_lists(flow: &mut Flow<'_>, sets: &mut Vec<(f64, Block)>, (step, across): (f64, usize)) {
    let mut sets = std::mem::take(sets).into_iter().peekable();
    while sets.peek().is_some() {
        let mut block = Block::default();
        let mut height: f64 = 0.0;
        for (place, (tall, list)) in sets.by_ref().take(across).enumerate() {
            block.absorb(list, step * place as f64, 0.0);
            height = height.max(tall);
        }
        flow.push(mm(3.0), height, false, block);
    }
}

fn short_list(flow: &mut Flow<'_>, list: &List, column: f64) -> (f64, Block) {
    let mut block = Block::default();
    block.rule(0.0, 0.0, column, Ink::Axis, RULE);
    let node = flow.tree.add(flow.sect, Role::L);
    let mut y = list_title(flow, &mut block, node, list, column);
    for entry in &list.entries {
        let item = flow.tree.add(node, Role::LI);
        let body = flow.tree.add(item, Role::LBody);
        y += lines(flow, &mut block, body, entry, NOTE, (0.0, y, column)) + mm(1.0);
    }
    (y, block)
}

/// A list over the whole width, its entries three a row.
fn long_list(flow: &mut Flow<'_>, list: &List) {
    let node = flow.tree.add(flow.sect, Role::L);
    let mut head = Block::default();
    let width = flow.width();
    head.rule(0.0, 0.0, width, Ink::Axis, RULE);
    let height = list_title(flow, &mut head, node, list, width);
    flow.push(mm(4.0), height, true, head);
    let (column, step) = columns(width, 3);
    let rows = list.entries.len().div_ceil(3);
    for (number, row) in list.entries.chunks(3).enumerate() {
        let mut block = Block::default();
        let mut height: f64 = 0.0;
        for (place, entry) in row.iter().enumerate() {
            let item = flow.tree.add(node, Role::LI);
            let body = flow.tree.add(item, Role::LBody);
            height = height.max(lines(flow, &mut block, body, entry, NOTE, (step * place as f64, 0.0, column)));
        }
        flow.push(if number == 0 { 0.0 } else { mm(1.0) }, height, number < 2 || number + 2 == rows, block);
    }
}

fn list_title(flow: &mut Flow<'_>, block: &mut Block, node: NodeId, list: &List, column: f64) -> f64 {
    let caption = flow.tree.add(node, Role::Caption);
    let mut x = 0.0;
    let top = mm(1.8);
    if !list.sign.is_empty() {
        x = mm(7.0) + mm(2.0);
        sign(flow, block, caption, &list.sign, top);
    }
    top + set(flow, block, caption, &list.title, strong(LABEL), Ink::Text, (x, top, column - x)) + mm(1.0)
}

/// The sign of a state as it stands in the charts' cells.
fn sign(flow: &mut Flow<'_>, block: &mut Block, owner: NodeId, sign: &str, top: f64) {
    let (width, height) = (mm(7.0), mm(3.8));
    let y = top + (LABEL.line_height() - height) / 2.0;
    let (ink, thickness) = if sign == "×" { (Ink::Text, 1.2) } else { (Ink::Axis, 0.6) };
    let stroke = Some(Stroke { ink, width: thickness, dash: Vec::new() });
    let form = Form::Rect { x: 0.0, y, width, height };
    block.paint(Owner::Layout, [Mark::Shape { form, fill: None, stroke, opacity: 1.0 }]);
    let line = flow.shaper.clipped(sign, NOTE, width);
    let x = (width - line.width) / 2.0;
    let baseline = y + (height + NOTE.size * crate::font::CAP_HEIGHT) / 2.0;
    block.paint(Owner::Node(owner), [Mark::Text { x, y: baseline, line, ink: Ink::Text }]);
}

/// The rungs of the scale, highest first.
pub fn ladder(flow: &mut Flow<'_>, rungs: &[Rung]) {
    let width = mm(110.0).min(flow.width());
    let widest = rungs.iter().map(|rung| strong(LABEL).width(&rung.value)).fold(0.0, f64::max);
    let indent = (widest + mm(4.0)).min(width / 3.0);
    let list = flow.tree.add(flow.sect, Role::L);
    for (number, rung) in rungs.iter().enumerate() {
        let mut block = Block::default();
        if number == 0 {
            block.rule(0.0, 0.0, width, Ink::Grid, HAIR);
        }
        let item = flow.tree.add(list, Role::LI);
        let label = flow.tree.add(item, Role::Lbl);
        let body = flow.tree.add(item, Role::LBody);
        let column = indent - mm(3.0);
        let value = flow.shaper.lines(&rung.value, strong(LABEL), column, Wrap::Full);
        let place = Column { x: 0.0, top: mm(1.2), width: column, right: true };
        let mut y = mm(1.2);
        let value = block.text(Owner::Node(label), &value, strong(LABEL), Ink::Text, place);
        for (text, style, ink) in [(&rung.name, strong(LABEL), Ink::Text), (&rung.summary, NOTE, Ink::Muted)] {
            if !text.is_empty() {
                let node = flow.tree.add(body, Role::P);
                y += set(flow, &mut block, node, text, style, ink, (indent, y, width - indent));
            }
        }
        let height = y.max(mm(1.2) + value) + mm(1.2);
        block.rule(0.0, height, width, Ink::Hairline, HAIR);
        flow.push(if number == 0 { mm(3.0) } else { 0.0 }, height, number + 1 < rungs.len(), block);
    }
}

/// Width of one of `count` columns, and from one to the next.
pub fn columns(width: f64, count: usize) -> (f64, f64) {
    let column = (width - GUTTER * (count - 1) as f64) / count as f64;
    (column, column + GUTTER)
}

/// Sets a text at (x, y) in a column and returns its height.
pub fn set(
    flow: &mut Flow<'_>,
    block: &mut Block,
    node: NodeId,
    text: &str,
    style: Style,
    ink: Ink,
    (x, y, width): (f64, f64, f64),
) -> f64 {
    let lines = flow.shaper.lines(text, style, width, Wrap::Full);
    block.text(Owner::Node(node), &lines, style, ink, Column::left(x, y, width))
}

/// Sets lines of a card or list below each other and returns their height.
fn lines(
    flow: &mut Flow<'_>,
    block: &mut Block,
    body: NodeId,
    lines: &[Line],
    style: Style,
    (x, y, width): (f64, f64, f64),
) -> f64 {
    let mut height = 0.0;
    for line in lines {
        let node = flow.tree.add(body, Role::P);
        let (style, ink) = toned(line.tone, style);
        height += set(flow, block, node, &line.text, style, ink, (x, y + height, width));
    }
    height
}
