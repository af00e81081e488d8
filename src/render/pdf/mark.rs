//! Pages as plain data: what is painted where, for whom it is read out, where it leads.
//!
//! Everything is in points, x from the left, y downward from the top.

use std::rc::Rc;

use super::text::{Line, Style};
use super::tree::NodeId;
use crate::chart::scene::{Form, Stroke};
use crate::theme::Ink;

/// Something that leaves ink.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// A line of text from `x` on; `y` is the baseline.
    Text {
        /// Left end.
        x: f64,
        /// Baseline.
        y: f64,
        /// The glyphs.
        line: Line,
        /// Colour.
        ink: Ink,
    },
    /// A shape.
    Shape {
        /// Geometry; never a text.
        form: Form,
        /// What fills it.
        fill: Option<Ink>,
        /// What strokes it.
        stroke: Option<Stroke>,
        /// Opacity of the fill, 0 to 1.
        opacity: f64,
    },
    /// The client's logo.
    Logo(Area),
    /// The number of the page that a place stands on, set when all pages are known.
    PageOf {
        /// The place.
        anchor: String,
        /// Right end of the number.
        right: f64,
        /// Baseline.
        y: f64,
        /// Size and weight.
        style: Style,
        /// Colour.
        ink: Ink,
    },
}

/// For whom marks are painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Content: read out as part of this node.
    Node(NodeId),
    /// A rule or other decoration, not read out.
    Layout,
    /// The running head, not read out.
    Head,
    /// The foot of the page, not read out.
    Foot,
}

/// Marks that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// For whom.
    pub owner: Owner,
    /// What.
    pub marks: Vec<Mark>,
}

/// An upright box.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Area {
    /// The same box elsewhere.
    #[must_use]
    pub fn moved(self, x: f64, y: f64) -> Self {
        Self { x: self.x + x, y: self.y + y, ..self }
    }
}

/// A place that can be clicked.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Where it is.
    pub area: Area,
    /// The id it leads to, without `#`.
    pub anchor: String,
    /// What it says, for screen readers.
    pub text: String,
    /// The node it belongs to.
    pub node: NodeId,
}

/// An entry of the outline beside the pages.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// 1 for a chapter.
    pub level: u8,
    /// What it says.
    pub title: String,
}

/// Painted things with their common origin.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Block {
    /// What is painted.
    pub parts: Vec<Part>,
    /// Places that can be clicked.
    pub links: Vec<Link>,
    /// Pictures and where they are.
    pub figures: Vec<(NodeId, Area)>,
}

impl Block {
    /// Adds marks for an owner; joined to the last part where that has the same.
    pub fn paint(&mut self, owner: Owner, marks: impl IntoIterator<Item = Mark>) {
        match self.parts.last_mut() {
            Some(last) if last.owner == owner => last.marks.extend(marks),
            _ => self.parts.push(Part { owner, marks: marks.into_iter().collect() }),
        }
    }

    /// A hairline or rule from `x` on.
    pub fn rule(&mut self, x: f64, y: f64, width: f64, ink: Ink, thickness: f64) {
        let form = Form::Path { points: vec![(x, y), (x + width, y)], closed: false };
        let stroke = Some(Stroke { ink, width: thickness, dash: Vec::new() });
        self.paint(Owner::Layout, [Mark::Shape { form, fill: None, stroke, opacity: 1.0 }]);
    }

    /// A filled box behind or beside the content.
    pub fn fill(&mut self, area: Area, ink: Ink) {
        let form = Form::Rect { x: area.x, y: area.y, width: area.width, height: area.height };
        self.paint(Owner::Layout, [Mark::Shape { form, fill: Some(ink), stroke: None, opacity: 1.0 }]);
    }

    /// Sets lines below each other from `top` on, left-aligned at `x`, or right-aligned at `x + width` where `right` or
    /// the text itself runs that way; returns the height they take.
    pub fn text(&mut self, owner: Owner, lines: &[Line], style: Style, ink: Ink, place: Column) -> f64 {
        let marks = lines.iter().enumerate().map(|(number, line)| Mark::Text {
            x: if place.right || line.rtl { place.x + place.width - line.width } else { place.x },
            y: place.top + style.line_height() * number as f64 + style.baseline(),
            line: line.clone(),
            ink,
        });
        self.paint(owner, marks);
        style.line_height() * lines.len() as f64
    }

    /// Takes in another block at an offset.
    pub fn absorb(&mut self, other: Block, x: f64, y: f64) {
        for part in other.parts {
            self.paint(part.owner, part.marks.into_iter().map(|mark| mark.moved(x, y)));
        }
        self.links.extend(other.links.into_iter().map(|link| Link { area: link.area.moved(x, y), ..link }));
        self.figures.extend(other.figures.into_iter().map(|(node, area)| (node, area.moved(x, y))));
    }
}

/// Where lines are set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub top: f64,
    /// Width.
    pub width: f64,
    /// Whether lines end at the right edge.
    pub right: bool,
}

impl Column {
    /// A left-aligned column.
    pub fn left(x: f64, top: f64, width: f64) -> Self {
        Self { x, top, width, right: false }
    }
}

impl Mark {
    fn moved(self, dx: f64, dy: f64) -> Self {
        match self {
            Mark::Text { x, y, line, ink } => Mark::Text { x: x + dx, y: y + dy, line, ink },
            Mark::Logo(area) => Mark::Logo(area.moved(dx, dy)),
            Mark::PageOf { anchor, right, y, style, ink } => {
                Mark::PageOf { anchor, right: right + dx, y: y + dy, style, ink }
            }
            Mark::Shape { form, fill, stroke, opacity } => {
                let form = match form {
                    Form::Path { points, closed } => {
                        Form::Path { points: points.into_iter().map(|(x, y)| (x + dx, y + dy)).collect(), closed }
                    }
                    Form::Circle { center: (x, y), radius } => Form::Circle { center: (x + dx, y + dy), radius },
                    Form::Rect { x, y, width, height } => Form::Rect { x: x + dx, y: y + dy, width, height },
                    text @ Form::Text { .. } => text,
                };
                Mark::Shape { form, fill, stroke, opacity }
            }
        }
    }
}

/// What the pages are made of: an unbreakable stretch of content.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Piece {
    /// Its height.
    pub height: f64,
    /// Space above it, except at the top of a page.
    pub space: f64,
    /// Whether the next piece must stand on the same page.
    pub keep: bool,
    /// Whether it starts a page.
    pub new_page: bool,
    /// How many pieces from this one on make a part that should stand on one page; 0 where it opens none.
    pub part: usize,
    /// What is repeated above it where it comes first on a page.
    pub again: Option<Rc<Again>>,
    /// What is painted, from its upper left corner.
    pub block: Block,
    /// Ids that lead here.
    pub anchors: Vec<String>,
    /// The entry it makes in the outline.
    pub entry: Option<Entry>,
    /// The chapter it belongs to, an index into the running heads.
    pub chapter: usize,
}

/// The head of a table as it is repeated on later pages; not read out again.
#[derive(Clone, Debug, PartialEq)]
pub struct Again {
    /// Its height.
    pub height: f64,
    /// What is painted.
    pub block: Block,
}

/// A page with everything in place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Everything on it, from its upper left corner.
    pub block: Block,
}

/// A document with everything in place.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Width of the paper.
    pub width: f64,
    /// Height of the paper.
    pub height: f64,
    /// The pages in order.
    pub pages: Vec<Page>,
    /// The outline: entry, page (from 0), y.
    pub outline: Vec<(Entry, usize, f64)>,
    /// Where ids lead: page (from 0), y.
    pub anchors: std::collections::BTreeMap<String, (usize, f64)>,
}
