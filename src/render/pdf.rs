//! A report -> a tagged PDF that can be searched, read out and printed.
//!
//! The steps, each from values to values: `flow` sets every block in type and cuts it into pieces, `pages` places
//! the pieces on pages, `write` turns placed pages into page contents and fonts, `tags` adds structure, links,
//! outline and metadata. Up to `pages` everything is plain data.

pub mod archive;
mod blocks;
mod columns;
mod contents;
mod direction;
mod figure;
mod flow;
mod head;
mod logo;
mod mark;
mod pages;
mod table;
mod tags;
#[cfg(test)]
mod tests;
mod text;
mod tree;
mod write;

use std::sync::Arc;

use crate::error::{Problem, Result};
use crate::report::Report;
pub use crate::theme::Paper;
use crate::theme::{Look, Theme};
use pages::{Furniture, Sheet};

/// How a PDF is made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PdfOptions {
    /// The paper.
    pub paper: Paper,
    /// Font files for characters that the bundled fonts lack (they have Latin, Greek and Cyrillic), first match first.
    pub fonts: Vec<Vec<u8>>,
    /// Colours, logo, cover and treatment of headings; its fonts stand behind those above.
    pub theme: Arc<Theme>,
    /// What the file is made to.
    pub standard: archive::Standard,
    /// The analysis as JSON, attached where the standard is PDF/A-3a.
    pub data: Vec<u8>,
}

/// A finished PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// What was noticed: `missing-glyphs` names characters that no font has and that are shown as boxes.
    pub warnings: Vec<Problem>,
}

/// From this many pages on there is a contents page.
const PAGES_WITHOUT_CONTENTS: usize = 4;

/// Makes a PDF of a report. The same report and options give the same bytes.
///
/// # Errors
/// `bad-font` where one of the fonts in the options cannot be read; `pdf-writer` for a fault of this program.
pub fn pdf(report: &Report, options: &PdfOptions) -> Result<Pdf> {
    let fonts = [&options.fonts[..], &options.theme.fonts].concat();
    let mut shaper = text::Shaper::new(&fonts)?;
    let (document, tree) = laid_out(report, options.paper, &options.theme, &mut shaper);
    let written = write::write(&document, &tree, shaper.faces(), &options.theme)?;
    let mut warnings = Vec::new();
    if !shaper.missing().is_empty() {
        warnings.push(missing(shaper.missing()));
    }
    if written.refused > 0 {
        let message = format!("{} marks without a finite position are not drawn", written.refused);
        warnings.push(Problem::new("mark-without-place", message));
    }
    let about = tags::About {
        title: &report.title,
        lang: &report.lang,
        date: &report.date,
        generator: &report.generator,
        standard: options.standard,
        data: &options.data,
    };
    let pages = document.pages.len();
    let bytes = tags::finish(written, &document, &tree, &about)?;
    Ok(Pdf { bytes, pages, warnings })
}

/// Everything up to the placed pages, with the structure that goes with them.
fn laid_out(report: &Report, paper: Paper, theme: &Theme, shaper: &mut text::Shaper) -> (mark::Document, tree::Tree) {
    let sheet = paper.sheet();
    let flow = flow::flow(report, sheet, theme, shaper);
    let (mut pieces, contents, chapters, tree) = (flow.pieces, flow.contents, flow.chapters, flow.tree);
    pages::tighten(&mut pieces, sheet);
    let mut short = pieces.clone();
    short.drain(contents);
    let mut spots = pages::plan(&short, sheet);
    if spots.last().is_some_and(|spot| spot.page >= PAGES_WITHOUT_CONTENTS) {
        spots = pages::plan(&pieces, sheet);
    } else {
        pieces = short;
    }
    let furniture = Furniture {
        title: &report.title,
        date: &report.furniture.date,
        page: &report.furniture.page,
        mark: &report.furniture.classification,
        band: theme.look == Look::Slate && !theme.cover,
        chapters: &chapters,
    };
    (pages::place(pieces, &spots, sheet, &furniture, shaper), tree)
}

fn missing(letters: &std::collections::BTreeSet<char>) -> Problem {
    let named: Vec<String> = letters.iter().take(12).map(|letter| format!("U+{:04X}", u32::from(*letter))).collect();
    let more = match letters.len().saturating_sub(12) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Problem::new("missing-glyphs", format!("no font has {}{more}; boxes stand in their place", named.join(", ")))
}

impl Paper {
    fn sheet(self) -> Sheet {
        match self {
            Paper::A4 => Sheet { width: pages::mm(210.0), height: pages::mm(297.0) },
            Paper::Letter => Sheet { width: 612.0, height: 792.0 },
        }
    }
}
