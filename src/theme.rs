//! How a report looks and whose it is: colours by what they mean, logo, marks, order of chapters, fonts. A plain value
//! that travels with the render options; page and paper read the same one.

mod contrast;
mod ink;
mod introduction;
mod logo;
mod named;
mod paper;
mod read;

use std::collections::BTreeMap;

pub use ink::{Ink, Rgb};
pub use introduction::Passage;
pub use logo::{Logo, Outline, Step};
pub use named::{NAMED, TEMPLATE, named};
pub use paper::Paper;
pub use read::read;

/// Ids of the chapters that a theme may choose and order.
pub const SECTIONS: [&str; 12] = [
    "summary",
    "introduction",
    "how-to-read",
    "areas",
    "subjects",
    "profiles",
    "coverage",
    "change",
    "first-steps",
    "roadmap",
    "method",
    "appendix",
];

/// How heads and headings are treated, and how dense the report is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// Plain headings, open spacing.
    #[default]
    Plain,
    /// Small headings under a strong rule, set close, like a ledger.
    Ledger,
    /// Title on a dark band, headings with a bar before them.
    Slate,
}

impl Look {
    /// All looks with their names in theme files.
    pub const ALL: [(&'static str, Self); 3] =
        [("plain", Self::Plain), ("ledger", Self::Ledger), ("slate", Self::Slate)];

    /// Its name in theme files and class names.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, look)| *look == self).map_or("plain", |(name, _)| name)
    }
}

/// A theme.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Theme {
    /// Treatment of heads and headings.
    pub look: Look,
    /// Colours on light ground that differ from the built-in ones.
    pub light: BTreeMap<Ink, Rgb>,
    /// Colours on dark ground that differ from the built-in ones.
    pub dark: BTreeMap<Ink, Rgb>,
    /// The client's logo.
    pub logo: Option<Logo>,
    /// Who the report is for or from.
    pub organisation: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// How it may be passed on (`Confidential`), shown on every page.
    pub classification: Option<String>,
    /// Whether paper has a cover.
    pub cover: bool,
    /// Ids of the chapters in their order; what is not named is left out. `None` keeps all.
    pub sections: Option<Vec<String>>,
    /// Own words before the chapters.
    pub introduction: Vec<Passage>,
    /// Paper of the PDF.
    pub paper: Option<Paper>,
    /// Fonts for characters that the bundled ones lack, first match first.
    pub fonts: Vec<Vec<u8>>,
}

impl Theme {
    /// The colour of an ink on light ground.
    pub fn light(&self, ink: Ink) -> Rgb {
        self.light.get(&ink).copied().unwrap_or_else(|| ink.light())
    }

    /// The colour of an ink on dark ground.
    pub fn dark(&self, ink: Ink) -> Rgb {
        self.dark.get(&ink).copied().unwrap_or_else(|| ink.dark())
    }
}
