//! The head of a report: logo, title and facts, on a dark band where the theme wants one; or a cover before them.

use super::blocks::{RULE, columns, set};
use super::flow::{FINDING, Flow, LABEL, NOTE, TITLE, strong};
use super::mark::{Area, Block, Column, Mark, Owner};
use super::pages::{Sheet, mm};
use super::text::{Style, Wrap};
use super::tree::Role;
use crate::report::Report;
use crate::theme::{Ink, Look};

/// Height of the logo above the title.
const LOGO: f64 = mm(12.0);
/// The title on a cover.
const COVER: Style = Style { size: 30.0, strong: true, leading: 1.15, tracking: -0.018 };

/// The head of the report, behind a cover where the theme has one.
pub fn head(flow: &mut Flow<'_>, report: &Report) {
    if flow.theme.cover {
        cover(flow, report);
        flow.turn_page();
    }
    title(flow, report);
}

/// The logo as high as asked, at most so wide; its width.
fn logo(flow: &Flow<'_>, height: f64, widest: f64) -> Option<Area> {
    let shape = flow.theme.logo.as_ref()?.shape();
    let width = (height * shape).min(widest);
    Some(Area { x: 0.0, y: 0.0, width, height: width / shape })
}

/// Logo, title (unless a cover has it) and facts as one piece.
fn title(flow: &mut Flow<'_>, report: &Report) {
    let band = flow.theme.look == Look::Slate && !flow.theme.cover;
    let (strongest, weaker) = if band { (Ink::OnDark, Ink::OnDark) } else { (Ink::Text, Ink::Muted) };
    let width = flow.width();
    let mut block = Block::default();
    let mut room = width;
    let mut y = 0.0;
    if !flow.theme.cover {
        if let Some(area) = logo(flow, LOGO, width * 0.3) {
            let area = area.moved(width - area.width, 0.0);
            room -= area.width + mm(8.0);
            if band {
                // A logo is made for white paper.
                let pad = mm(2.0);
                let plate = Area {
                    x: area.x - pad,
                    y: area.y - pad,
                    width: area.width + 2.0 * pad,
                    height: area.height + 2.0 * pad,
                };
                block.fill(plate, Ink::Paper);
            }
            block.paint(Owner::Layout, [Mark::Logo(area)]);
            y = area.height;
        }
        let lines = flow.shaper.lines(&report.title, TITLE, room, Wrap::Even);
        if !lines.is_empty() {
            let node = flow.tree.add(flow.sect, Role::Heading(1));
            let place = Column::left(0.0, 0.0, room);
            y = block.text(Owner::Node(node), &lines, TITLE, strongest, place).max(y);
        }
        y += mm(4.0);
    }
    if !report.facts.is_empty() {
        if !band {
            block.rule(0.0, y, width, Ink::Axis, RULE);
            y += mm(3.0);
        }
        let list = flow.tree.add(flow.sect, Role::L);
        let (column, step) = columns(width, 3);
        for row in report.facts.chunks(3) {
            let mut height: f64 = 0.0;
            for (place, fact) in row.iter().enumerate() {
                let x = step * place as f64;
                let item = flow.tree.add(list, Role::LI);
                let label = flow.tree.add(item, Role::Lbl);
                let value = flow.tree.add(item, Role::LBody);
                let mut low = set(flow, &mut block, label, &fact.label, NOTE, weaker, (x, y, column));
                low += set(flow, &mut block, value, &fact.value, LABEL, strongest, (x, y + low, column));
                height = height.max(low);
            }
            y += height + mm(2.5);
        }
        y -= mm(2.5);
    }
    if band {
        let top = flow.sheet.top(0);
        y += mm(5.0);
        let ground = Area { x: -Sheet::MARGIN, y: -top, width: flow.sheet.width, height: y + top };
        let mut behind = Block::default();
        behind.fill(ground, Ink::Band);
        behind.absorb(block, 0.0, 0.0);
        block = behind;
    }
    flow.push(0.0, y, false, block);
}

/// A page of its own: logo, title, who, when, how it may be passed on.
fn cover(flow: &mut Flow<'_>, report: &Report) {
    let width = flow.width();
    let height = flow.sheet.bottom() - flow.sheet.top(0) - mm(1.0);
    let mut block = Block::default();
    if let Some(area) = logo(flow, mm(22.0), width * 0.5) {
        block.paint(Owner::Layout, [Mark::Logo(area.moved(0.0, mm(8.0)))]);
    }
    let mut y = height * 0.34;
    if flow.theme.look == Look::Slate {
        let ground = Area { x: -Sheet::MARGIN, y: y - mm(14.0), width: flow.sheet.width, height: height * 0.42 };
        block.fill(ground, Ink::Band);
    } else {
        block.rule(0.0, y - mm(8.0), width, Ink::Text, 1.6);
    }
    let (strongest, weaker) =
        if flow.theme.look == Look::Slate { (Ink::OnDark, Ink::OnDark) } else { (Ink::Text, Ink::Muted) };
    let lines = flow.shaper.lines(&report.title, COVER, width * 0.85, Wrap::Even);
    if !lines.is_empty() {
        let node = flow.tree.add(flow.sect, Role::Heading(1));
        y += block.text(Owner::Node(node), &lines, COVER, strongest, Column::left(0.0, y, width));
    }
    y += mm(8.0);
    let theme = flow.theme;
    let below = [
        (theme.organisation.as_deref().unwrap_or_default(), strong(FINDING), strongest),
        (theme.author.as_deref().unwrap_or_default(), FINDING, strongest),
        (report.furniture.date.as_str(), FINDING, weaker),
        (report.furniture.classification.as_str(), strong(FINDING), strongest),
    ];
    for (text, style, ink) in below.into_iter().filter(|(text, ..)| !text.is_empty()) {
        let node = flow.tree.add(flow.sect, Role::P);
        y += set(flow, &mut block, node, text, style, ink, (0.0, y, width)) + mm(1.0);
    }
    flow.push(0.0, height, false, block);
}
