//! Cells, columns and rows, short to write.

use super::{Cell, Column, Line, Row, Tone};

impl Cell {
    /// Running text.
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self::toned(text, Tone::Plain)
    }

    /// Semibold text.
    pub(super) fn strong(text: impl Into<String>) -> Self {
        Self::toned(text, Tone::Strong)
    }

    /// Secondary text.
    pub(super) fn muted(text: impl Into<String>) -> Self {
        Self::toned(text, Tone::Muted)
    }

    /// A cell, a code, a hash.
    pub(super) fn code(text: impl Into<String>) -> Self {
        Self::toned(text, Tone::Code)
    }

    fn toned(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone, value: None, href: String::new() }
    }

    /// The same cell leading to a place in the report, `#area-testing`.
    pub(super) fn linked(self, href: String) -> Self {
        Self { href, ..self }
    }
}

impl Column {
    /// A column of words.
    pub(super) fn words(key: &str, head: String, share: f64) -> Self {
        Self { head, right: false, share, key: key.to_owned() }
    }

    /// A column of numbers.
    pub(super) fn numbers(key: &str, head: String, share: f64) -> Self {
        Self { head, right: true, share, key: key.to_owned() }
    }
}

impl Row {
    /// A row that nothing links to.
    pub(super) fn of(cells: Vec<Cell>) -> Self {
        Self { id: String::new(), item: String::new(), total: false, cells }
    }

    /// A row about an area, a subject or a rating that a chart shows too.
    pub(super) fn about(item: impl Into<String>, cells: Vec<Cell>) -> Self {
        Self { item: item.into(), ..Self::of(cells) }
    }

    /// A total.
    pub(super) fn total(cells: Vec<Cell>) -> Self {
        Self { total: true, ..Self::of(cells) }
    }
}

impl Line {
    /// A line in running text.
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), tone: Tone::Plain }
    }

    /// A line of secondary text.
    pub(super) fn muted(text: impl Into<String>) -> Self {
        Self { text: text.into(), tone: Tone::Muted }
    }
}

/// The widest text of a column in letters, between `low` and `high`: its share of the width.
pub(super) fn share_of<'a>(texts: impl Iterator<Item = &'a str>, low: f64, high: f64) -> f64 {
    let widest = texts.map(|text| text.chars().count()).max().unwrap_or(0);
    (widest as f64).clamp(low, high)
}
