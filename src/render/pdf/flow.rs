//! A report -> pieces: every block is set in type and cut into stretches that a page can hold.

use std::collections::BTreeSet;

use super::mark::{Area, Block, Column, Entry, Link, Owner, Piece};
use super::pages::{Sheet, mm};
use super::text::{Line, Shaper, Style, Wrap};
use super::tree::{NodeId, ROOT, Role, Tree};
use super::{blocks, contents, figure, head, table};
use crate::report::{self, Report, Section, Tone};
use crate::theme::{Ink, Look, Theme};

/// The title of the report.
pub const TITLE: Style = Style { size: 22.0, strong: true, leading: 1.2, tracking: -0.015 };
/// The heading of a chapter.
pub const CHAPTER: Style = Style { size: 15.0, strong: true, leading: 1.25, tracking: -0.008 };
/// A heading inside a chapter.
pub const HEADING: Style = Style { size: 11.5, strong: true, leading: 1.3, tracking: 0.0 };
/// The sentences of the summary.
pub const FINDING: Style = Style::new(11.5, false);
/// Running text.
pub const BODY: Style = Style::new(9.5, false);
/// Tables, subtitles, labels.
pub const LABEL: Style = Style::new(8.5, false);
/// Heads of columns, notes.
pub const NOTE: Style = Style::new(7.5, false);

/// Thickness of hairlines.
pub const HAIR: f64 = 0.5;
/// Space between parts of a chapter.
pub const PART: f64 = mm(7.0);
/// Longest line of running text, about 75 letters.
const MEASURE: f64 = 400.0;

/// A style in semibold.
pub const fn strong(style: Style) -> Style {
    Style { strong: true, ..style }
}

/// Colour and weight of a tone on a text of this style.
pub fn toned(tone: Tone, style: Style) -> (Style, Ink) {
    match tone {
        Tone::Plain => (style, Ink::Text),
        Tone::Strong | Tone::Gap => (strong(style), Ink::Text),
        Tone::Muted | Tone::Code => (style, Ink::Muted),
        Tone::Current => (strong(style), Ink::Current),
        Tone::Target => (style, Ink::TargetText),
    }
}

/// The pieces of a report, and what was learned while making them.
pub struct Flow<'a> {
    /// Sets text.
    pub shaper: &'a mut Shaper,
    /// What the content means.
    pub tree: Tree,
    /// The pieces so far.
    pub pieces: Vec<Piece>,
    /// Names of the chapters for running heads.
    pub chapters: Vec<String>,
    /// The pieces that make up the contents page.
    pub contents: std::ops::Range<usize>,
    /// The paper.
    pub sheet: Sheet,
    /// The words around the content.
    pub words: &'a report::Furniture,
    /// Treatment of heads and headings.
    pub theme: &'a Theme,
    ids: BTreeSet<String>,
    sections: BTreeSet<String>,
    after: Option<f64>,
    new_page: bool,
    anchors: Vec<String>,
    entry: Option<Entry>,
    /// The node that blocks are added to.
    pub sect: NodeId,
    /// Level of headings inside the chapter.
    pub level: u8,
}

/// Cuts a report into pieces. The contents page stands behind the first chapter; it can be taken out again.
pub fn flow<'a>(report: &'a Report, sheet: Sheet, theme: &'a Theme, shaper: &'a mut Shaper) -> Flow<'a> {
    let mut flow = Flow {
        shaper,
        tree: Tree::new(),
        pieces: Vec::new(),
        chapters: Vec::new(),
        contents: 0..0,
        sheet,
        words: &report.furniture,
        theme,
        ids: ids(report),
        sections: report.sections.iter().map(|section| section.id.clone()).collect(),
        after: None,
        new_page: false,
        anchors: Vec::new(),
        entry: None,
        sect: ROOT,
        level: 2,
    };
    head::head(&mut flow, report);
    let mut chapter = ROOT;
    for (number, section) in report.sections.iter().enumerate() {
        if number == 1 {
            let start = flow.pieces.len();
            contents::contents(&mut flow, report);
            flow.contents = start..flow.pieces.len();
        }
        let parent = if section.depth > 1 && chapter != ROOT { chapter } else { ROOT };
        flow.sect = flow.tree.add(parent, Role::Sect);
        if section.depth <= 1 {
            chapter = flow.sect;
        }
        let start = flow.pieces.len();
        flow.section(section, running(report, number));
        let end = flow.pieces.len();
        if let Some(first) = flow.pieces.get_mut(start).filter(|_| section.depth > 1) {
            first.part = end - start;
        }
    }
    flow
}

/// The name of a chapter in the running head: that of the chapter it belongs to stands before it.
fn running(report: &Report, number: usize) -> String {
    let section = &report.sections[number];
    let above = report.sections[..number].iter().rev().find(|other| other.depth < section.depth);
    match above {
        Some(above) if section.depth > 1 && !above.nav.is_empty() => format!("{}: {}", above.nav, section.nav),
        _ => section.nav.clone(),
    }
}

/// Every id that stands on paper.
fn ids(report: &Report) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for section in &report.sections {
        ids.insert(section.id.clone());
        section.blocks.iter().for_each(|block| ids_of(block, &mut ids));
    }
    ids.remove("");
    ids
}

fn ids_of(block: &report::Block, ids: &mut BTreeSet<String>) {
    let mut table = |table: &report::Table| {
        ids.extend(table.rows.iter().map(|row| row.id.clone()).chain([table.id.clone()]));
    };
    match block {
        report::Block::OnPaper(columns) => columns.iter().flatten().for_each(|block| ids_of(block, ids)),
        report::Block::Table(block) => table(block),
        report::Block::Heading { id, .. } => ids.extend([id.clone()]),
        report::Block::Figure(figure) => {
            if figure.print_table {
                table(&figure.table);
            }
            ids.insert(figure.id.clone());
        }
        _ => {}
    }
}

impl Flow<'_> {
    /// Width between the margins.
    pub fn width(&self) -> f64 {
        self.sheet.body_width()
    }

    /// The id that an `#id` leads to, if it stands on paper.
    pub fn target(&self, href: &str) -> Option<String> {
        let id = href.strip_prefix('#')?;
        self.ids.contains(id).then(|| id.to_owned())
    }

    /// The part of its own that a row about this item leads to, if it has one.
    pub fn part(&self, item: &str) -> Option<String> {
        self.sections.contains(item).then(|| item.to_owned())
    }

    /// The next piece gets this id.
    pub fn anchor(&mut self, id: &str) {
        if !id.is_empty() {
            self.anchors.push(id.to_owned());
        }
    }

    /// The next piece gets this entry in the outline.
    pub fn enter(&mut self, level: u8, title: &str) {
        if !title.is_empty() {
            self.entry = Some(Entry { level, title: title.to_owned() });
        }
    }

    /// The next piece starts a page.
    pub fn turn_page(&mut self) {
        self.new_page = true;
    }

    /// The next block stands this far below the last one, whatever it asks for.
    pub fn then(&mut self, space: f64) {
        self.after = Some(space);
    }

    /// Adds a piece `before` points below the last one.
    pub fn push(&mut self, before: f64, height: f64, keep: bool, block: Block) {
        self.push_piece(before, Piece { height, keep, block, ..Piece::default() });
    }

    /// Adds a piece that brings more than paint.
    pub fn push_piece(&mut self, before: f64, piece: Piece) {
        let mut anchors = std::mem::take(&mut self.anchors);
        anchors.extend(piece.anchors);
        self.pieces.push(Piece {
            space: self.after.take().unwrap_or(before),
            new_page: std::mem::take(&mut self.new_page),
            anchors,
            entry: self.entry.take(),
            chapter: self.chapters.len().saturating_sub(1),
            ..piece
        });
    }

    /// Sets a text over several lines that may break across pages, two lines at least on each.
    pub fn paragraph(&mut self, before: f64, role: Role, text: &str, style: Style, ink: Ink, width: f64) {
        let lines = self.shaper.lines(text, style, width, Wrap::Full);
        if lines.is_empty() {
            return;
        }
        let node = self.tree.add(self.sect, role);
        for (number, line) in lines.iter().enumerate() {
            let mut block = Block::default();
            block.text(Owner::Node(node), std::slice::from_ref(line), style, ink, Column::left(0.0, 0.0, width));
            let keep = (number == 0 && lines.len() > 1) || number + 2 == lines.len();
            self.push(if number == 0 { before } else { 0.0 }, style.line_height(), keep, block);
        }
    }

    /// A heading with its subtitle; stays with what follows.
    pub fn heading(&mut self, before: f64, role: Role, text: &str, lead: &str, style: Style) {
        let mut block = Block::default();
        let (mut height, mut indent, mut style) = (0.0, 0.0, style);
        match self.theme.look {
            Look::Ledger if style == CHAPTER => {
                block.rule(0.0, 0.0, self.width(), Ink::Text, 1.6);
                height += mm(1.8);
                style = Style { size: 13.0, ..CHAPTER };
            }
            Look::Slate if style == CHAPTER => indent = mm(4.0),
            _ => {}
        }
        let (top, width) = (height, self.width() - indent);
        let lines = self.shaper.lines(text, style, width, Wrap::Even);
        if !lines.is_empty() {
            let node = self.tree.add(self.sect, role);
            height += block.text(Owner::Node(node), &lines, style, Ink::Text, Column::left(indent, height, width));
        }
        let lines = self.shaper.lines(lead, LABEL, width, Wrap::Full);
        if !lines.is_empty() {
            height += mm(0.5);
            let node = self.tree.add(self.sect, Role::P);
            height += block.text(Owner::Node(node), &lines, LABEL, Ink::Muted, Column::left(indent, height, width));
        }
        if height > top {
            if indent > 0.0 {
                block.fill(Area { x: 0.0, y: mm(0.6), width: mm(1.4), height: height - mm(1.2) }, Ink::Current);
            }
            self.push(before, height, true, block);
        }
    }

    /// Sets lines that lead somewhere if `anchor` says so; the node of the text hangs below `parent`.
    pub fn linked(&mut self, block: &mut Block, parent: NodeId, text: &Linked<'_>, place: Column) -> f64 {
        let Some(anchor) = text.anchor.clone() else {
            return block.text(Owner::Node(parent), text.lines, text.style, text.ink, place);
        };
        let node = self.tree.add(parent, Role::Link);
        let height = block.text(Owner::Node(node), text.lines, text.style, text.ink, place);
        let widest = text.lines.iter().map(|line| line.width).fold(0.0, f64::max);
        let x = if place.right || text.lines.iter().any(|line| line.rtl) {
            place.x + place.width - widest
        } else {
            place.x
        };
        let area = Area { x, y: place.top, width: widest, height };
        block.links.push(Link { area, anchor, text: text.text.to_owned(), node });
        height
    }

    fn section(&mut self, section: &Section, running: String) {
        self.chapters.push(running);
        self.anchor(&section.id);
        let name = if section.nav.is_empty() { &section.title } else { &section.nav };
        self.enter(section.depth.max(1), name);
        if section.new_page && self.pieces.len() > 1 {
            self.turn_page();
        }
        self.level = section.depth.max(1) + 1;
        if !section.title.is_empty() || !section.lead.is_empty() {
            self.heading(mm(10.0), Role::Heading(self.level), &section.title, &section.lead, CHAPTER);
            self.then(mm(5.0));
            self.level += 1;
        }
        for block in &section.blocks {
            self.block(block);
        }
    }

    /// Sets columns beside each other as one piece: each is laid out on a sheet of its own, as narrow as the column.
    fn columns(&mut self, columns: &[Vec<report::Block>]) {
        let sheet = self.sheet;
        let (width, step) = blocks::columns(self.width(), columns.len().max(1));
        let start = self.pieces.len();
        let mut whole = Piece::default();
        for (number, blocks) in columns.iter().enumerate() {
            self.sheet.width = width + 2.0 * Sheet::MARGIN;
            blocks.iter().for_each(|block| self.block(block));
            let mut y = 0.0;
            for (place, piece) in self.pieces.split_off(start).into_iter().enumerate() {
                y += if place == 0 { 0.0 } else { piece.space };
                whole.block.absorb(piece.block, step * number as f64, y);
                whole.anchors.extend(piece.anchors);
                y += piece.height;
            }
            whole.height = whole.height.max(y);
        }
        self.sheet = sheet;
        if whole.height > 0.0 {
            self.push_piece(PART, whole);
        }
    }

    fn block(&mut self, block: &report::Block) {
        match block {
            report::Block::Heading { id, text, lead } => {
                self.anchor(id);
                self.enter(self.level.saturating_sub(1), text);
                self.heading(PART, Role::Heading(self.level), text, lead, HEADING);
                self.then(mm(2.0));
            }
            report::Block::Findings(sentences) => {
                for (number, sentence) in sentences.iter().enumerate() {
                    let style = if number == 0 { strong(FINDING) } else { FINDING };
                    let before = if number == 0 { mm(6.0) } else { mm(2.0) };
                    self.paragraph(before, Role::P, sentence, style, Ink::Text, self.width());
                }
            }
            report::Block::Paragraph(text) => {
                self.paragraph(mm(3.0), Role::P, text, BODY, Ink::Text, MEASURE.min(self.width()));
            }
            report::Block::Note(text) => {
                self.paragraph(mm(2.0), Role::P, text, NOTE, Ink::Muted, self.width() * 0.9);
            }
            report::Block::KeyFigures(figures) => blocks::key_figures(self, figures),
            report::Block::Figure(block) => figure::figure(self, block),
            report::Block::Table(block) => table::table(self, block),
            report::Block::Cards(cards) => blocks::cards(self, cards),
            report::Block::Lists(lists) => blocks::lists(self, lists),
            report::Block::Ladder(rungs) => blocks::ladder(self, rungs),
            report::Block::OnPage(_) => {}
            report::Block::OnPaper(columns) => match &columns[..] {
                [blocks] => blocks.iter().for_each(|block| self.block(block)),
                columns => self.columns(columns),
            },
        }
    }
}

/// Lines that may lead somewhere.
pub struct Linked<'a> {
    /// The lines.
    pub lines: &'a [Line],
    /// What they say.
    pub text: &'a str,
    /// Size and weight.
    pub style: Style,
    /// Colour.
    pub ink: Ink,
    /// The id they lead to.
    pub anchor: Option<String>,
}
