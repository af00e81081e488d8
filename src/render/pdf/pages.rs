//! Pieces -> pages: where pages break, what stays together, what is repeated, which number stands where.

use std::collections::BTreeMap;

use super::mark::{Block, Column, Document, Mark, Owner, Page, Piece};
use super::text::{Shaper, Style};
use crate::theme::Ink;

/// Points of a length in millimetres.
pub const fn mm(length: f64) -> f64 {
    length * 72.0 / 25.4
}

/// Size of the running head, the foot and notes.
pub const SMALL: Style = Style::new(7.5, false);

/// A sheet of paper and where content stands on it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sheet {
    /// Width of the paper in points.
    pub width: f64,
    /// Height of the paper in points.
    pub height: f64,
}

impl Sheet {
    /// Left and right margin.
    pub const MARGIN: f64 = mm(18.0);

    /// Width between the margins.
    pub fn body_width(self) -> f64 {
        self.width - 2.0 * Self::MARGIN
    }

    /// Upper edge of the content; the first page has no running head and starts higher.
    pub fn top(self, page: usize) -> f64 {
        if page == 0 { mm(16.0) } else { mm(20.0) }
    }

    /// Lower edge of the content.
    pub fn bottom(self) -> f64 {
        self.height - mm(20.0)
    }

    /// Height of the content of every page but the first.
    pub fn body_height(self) -> f64 {
        self.bottom() - self.top(1)
    }
}

/// Where a piece stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// Page, counted from 0.
    pub page: usize,
    /// Upper edge of the piece.
    pub y: f64,
    /// Whether what it repeats stands above it.
    pub again: bool,
}

/// A page filled less than this share is not left for the sake of a chapter that wants to start a new one.
const NEARLY_EMPTY: f64 = 0.25;

/// Height from which a piece is a picture rather than a line: a part is not opened on a page that its first picture does
/// not fit.
const PICTURE: f64 = 100.0;

/// How far spaces may shrink so that the summary stays on page 1.
const TIGHTEST: f64 = 0.5;

/// Space above a chapter that starts in the middle of a page after all.
const CHAPTER_GAP: f64 = mm(12.0);

/// Draws the first chapter together where it would run a little over page 1: the summary is read as one page.
pub fn tighten(pieces: &mut [Piece], sheet: Sheet) {
    let count = pieces.iter().take_while(|piece| piece.chapter == 0).count();
    let first = &mut pieces[..count];
    let heights: f64 = first.iter().map(|piece| piece.height).sum();
    let spaces: f64 = first.iter().skip(1).map(|piece| piece.space).sum();
    let room = sheet.bottom() - sheet.top(0) - heights;
    if spaces > room && room >= spaces * TIGHTEST {
        first.iter_mut().for_each(|piece| piece.space *= room / spaces);
    }
}

/// Decides where each piece stands. Pieces that are to be kept together share a page unless they are taller than one.
pub fn plan(pieces: &[Piece], sheet: Sheet) -> Vec<Spot> {
    let mut planner =
        Planner { sheet, page: 0, y: sheet.top(0), fresh: true, spots: Vec::with_capacity(pieces.len()) };
    let mut next = 0;
    while next < pieces.len() {
        planner.open(&pieces[next..(next + pieces[next].part).min(pieces.len())]);
        let kept = pieces[next..].iter().take_while(|piece| piece.keep).count();
        let end = (next + kept + 1).min(pieces.len());
        planner.place(&pieces[next..end]);
        next = end;
    }
    planner.spots
}

struct Planner {
    sheet: Sheet,
    page: usize,
    y: f64,
    fresh: bool,
    spots: Vec<Spot>,
}

impl Planner {
    /// Turns the page for a part that would break here and need not, or that is longer than a page and would start with
    /// words whose picture stands overleaf.
    fn open(&mut self, part: &[Piece]) {
        if self.fresh || part.is_empty() {
            return;
        }
        let sum = |part: &[Piece]| -> f64 { part.iter().map(|piece| piece.space + piece.height).sum() };
        let height = sum(part);
        let filled = (self.y - self.sheet.top(self.page)) / self.sheet.body_height();
        let whole = height - part[0].space <= self.sheet.body_height();
        let opening = part.iter().position(|piece| piece.height > PICTURE).map_or(height, |at| sum(&part[..=at]));
        let needed = if whole { height } else { opening };
        if self.y + needed > self.sheet.bottom() && filled > NEARLY_EMPTY {
            self.turn();
        }
    }

    fn place(&mut self, together: &[Piece]) {
        let first = &together[0];
        let rest: f64 = together[1..].iter().map(|piece| piece.space + piece.height).sum();
        let wants_page = first.new_page && !self.fresh;
        let gap = if wants_page { first.space.max(CHAPTER_GAP) } else { first.space };
        let fits = |from: f64| from + first.height + rest <= self.sheet.bottom() + 0.01;
        let filled = (self.y - self.sheet.top(self.page)) / self.sheet.body_height();
        if !self.fresh && ((wants_page && filled > NEARLY_EMPTY) || !fits(self.y + gap)) {
            self.turn();
        }
        let fits = self.y + gap + first.height + rest <= self.sheet.bottom() + 0.01;
        for (number, piece) in together.iter().enumerate() {
            let space = match (self.fresh, number) {
                (true, _) => 0.0,
                (false, 0) => gap,
                (false, _) => piece.space,
            };
            if !fits && !self.fresh && self.y + space + piece.height > self.sheet.bottom() {
                self.turn();
                self.put(piece, 0.0);
            } else {
                self.put(piece, space);
            }
        }
    }

    fn put(&mut self, piece: &Piece, space: f64) {
        let again = piece.again.as_ref().filter(|_| self.fresh);
        self.y += space + again.map_or(0.0, |again| again.height);
        self.spots.push(Spot { page: self.page, y: self.y, again: again.is_some() });
        self.y += piece.height;
        self.fresh = false;
    }

    fn turn(&mut self) {
        self.page += 1;
        self.y = self.sheet.top(self.page);
        self.fresh = true;
    }
}

/// What stands at the edges of the pages.
pub struct Furniture<'a> {
    /// The report's title, lower left.
    pub title: &'a str,
    /// The date, before the number of the page.
    pub date: &'a str,
    /// `page {n} of {m}`, lower right.
    pub page: &'a str,
    /// How the report may be passed on, upper right of every page; may be empty.
    pub mark: &'a str,
    /// Whether the first page begins with a dark band.
    pub band: bool,
    /// Names of the chapters, upper left.
    pub chapters: &'a [String],
}

/// Puts every piece where the plan says, with running heads, feet and page numbers.
pub fn place(
    pieces: Vec<Piece>,
    spots: &[Spot],
    sheet: Sheet,
    furniture: &Furniture<'_>,
    shaper: &mut Shaper,
) -> Document {
    let count = spots.last().map_or(1, |spot| spot.page + 1);
    let mut pages = vec![Page::default(); count];
    let mut chapters: Vec<Option<usize>> = vec![None; count];
    let mut outline = Vec::new();
    let mut anchors = BTreeMap::new();
    for (piece, spot) in pieces.into_iter().zip(spots) {
        let block = &mut pages[spot.page].block;
        if let Some(again) = piece.again.as_ref().filter(|_| spot.again) {
            block.absorb(again.block.clone(), Sheet::MARGIN, spot.y - again.height);
        }
        block.absorb(piece.block, Sheet::MARGIN, spot.y);
        chapters[spot.page].get_or_insert(piece.chapter);
        outline.extend(piece.entry.map(|entry| (entry, spot.page, spot.y)));
        anchors.extend(piece.anchors.into_iter().map(|anchor| (anchor, (spot.page, spot.y))));
    }
    for (number, page) in pages.iter_mut().enumerate() {
        let chapter = chapters[number].and_then(|chapter| furniture.chapters.get(chapter));
        let edges = edges(number, count, chapter.map_or("", String::as_str), sheet, furniture, shaper);
        page.block.absorb(edges, 0.0, 0.0);
        for mark in page.block.parts.iter_mut().flat_map(|part| &mut part.marks) {
            if let Mark::PageOf { anchor, right, y, style, ink } = mark {
                let number = anchors.get(anchor).map_or(String::new(), |(page, _)| (page + 1).to_string());
                let line = shaper.line(&number, *style);
                *mark = Mark::Text { x: *right - line.width, y: *y, line, ink: *ink };
            }
        }
    }
    Document { width: sheet.width, height: sheet.height, pages, outline, anchors }
}

fn edges(
    number: usize,
    count: usize,
    chapter: &str,
    sheet: Sheet,
    furniture: &Furniture<'_>,
    shaper: &mut Shaper,
) -> Block {
    let mut block = Block::default();
    let width = sheet.body_width();
    let mut set = |owner, text: &str, top: f64, right: bool, share: f64| {
        let line = shaper.clipped(text, SMALL, width * share);
        let place = Column { x: Sheet::MARGIN, top, width, right };
        // The mark of the first page may stand on a dark band.
        let ink = if owner == Owner::Head && number == 0 && furniture.band { Ink::OnDark } else { Ink::Muted };
        block.text(owner, &[Line { rtl: false, ..line }], SMALL, ink, place);
    };
    if number > 0 {
        set(Owner::Head, chapter, mm(10.0), false, 0.4);
    }
    if !furniture.mark.is_empty() {
        set(Owner::Head, furniture.mark, mm(8.0), true, 0.55);
    }
    // Title, date and number make one line that is alike on all pages, the first one too.
    let foot = sheet.height - mm(10.0) - SMALL.line_height();
    let page = furniture.page.replace("{n}", &(number + 1).to_string()).replace("{m}", &count.to_string());
    set(Owner::Foot, furniture.title, foot, false, 0.6);
    set(Owner::Foot, &format!("{}   {page}", furniture.date), foot, true, 0.38);
    block
}

use super::text::Line;
