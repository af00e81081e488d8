//! The contents page: every chapter with its finding and its page.

use super::flow::{CHAPTER, Flow, HAIR, LABEL, strong};
use super::mark::{Area, Block, Column, Link, Mark, Owner, Piece};
use super::pages::mm;
use super::text::Wrap;
use super::tree::{NodeId, ROOT, Role};
use crate::report::{Report, Section};
use crate::theme::Ink;

/// Left edge of the findings.
const SECOND: f64 = mm(72.0);
/// Room for the page number.
const NUMBER: f64 = mm(12.0);

/// Adds the contents.
pub fn contents(flow: &mut Flow<'_>, report: &Report) {
    let sect = flow.tree.add(ROOT, Role::Sect);
    flow.sect = sect;
    flow.chapters.push(report.furniture.contents.clone());
    flow.turn_page();
    flow.enter(1, &report.furniture.contents);
    flow.heading(mm(10.0), Role::Heading(2), &report.furniture.contents, "", CHAPTER);
    flow.then(mm(3.0));
    let list = flow.tree.add(sect, Role::Toc);
    let mut parts = list;
    let count = report.sections.len();
    for (number, section) in report.sections.iter().enumerate() {
        let next = report.sections.get(number + 1);
        let part = section.depth > 1;
        let starts_parts = !part && next.is_some_and(|next| next.depth > 1);
        let list = if part { parts } else { list };
        row(flow, list, section, number < 2 || number + 2 == count);
        if starts_parts {
            parts = flow.tree.add(list, Role::Toc);
        }
    }
}

fn row(flow: &mut Flow<'_>, list: NodeId, section: &Section, keep: bool) {
    let width = flow.width();
    let part = section.depth > 1;
    let indent = if part { mm(5.0) } else { 0.0 };
    let name = if section.nav.is_empty() { &section.title } else { &section.nav };
    let finding = finding(section);
    let style = if part { LABEL } else { strong(LABEL) };
    let first = if finding.is_empty() { width - NUMBER - indent } else { SECOND - indent - mm(4.0) };

    let item = flow.tree.add(list, Role::Toci);
    let reference = flow.tree.add(item, Role::Reference);
    let link = flow.tree.add(reference, Role::Link);
    let mut block = Block::default();
    let pad = mm(1.35);
    let names = flow.shaper.lines(name, style, first, Wrap::Full);
    let findings = flow.shaper.lines(finding, LABEL, width - SECOND - NUMBER, Wrap::Full);
    let owner = Owner::Node(link);
    let left = block.text(owner, &names, style, Ink::Text, Column::left(indent, pad, first));
    let place = Column::left(SECOND, pad, width - SECOND - NUMBER);
    let ink = if part { Ink::Muted } else { Ink::Text };
    let right = block.text(owner, &findings, LABEL, ink, place);
    let y = pad + LABEL.baseline();
    block.paint(owner, [Mark::PageOf { anchor: section.id.clone(), right: width, y, style: LABEL, ink: Ink::Muted }]);
    let height = left.max(right).max(LABEL.line_height()) + 2.0 * pad;
    block.rule(0.0, height, width, Ink::Hairline, HAIR);
    let area = Area { x: 0.0, y: 0.0, width, height };
    block.links.push(Link { area, anchor: section.id.clone(), text: name.clone(), node: link });
    flow.push_piece(0.0, Piece { height, keep, block, ..Piece::default() });
}

/// The chapter's finding, without its name where the heading repeats it.
fn finding(section: &Section) -> &str {
    let text = if section.title.is_empty() { &section.lead } else { &section.title };
    let rest = text.strip_prefix(section.nav.as_str()).unwrap_or(text);
    rest.strip_prefix(": ").unwrap_or(if rest.is_empty() { rest } else { text })
}
