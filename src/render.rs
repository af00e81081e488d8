//! A report -> bytes. One file a format; nothing here decides about numbers or wording.

/// What a report can be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// One self-contained page.
    Html,
    /// A tagged PDF.
    Pdf,
    /// The analysis, `gapwise/1`.
    Json,
    /// One row a rating.
    Csv,
    /// A summary for a CI job.
    Markdown,
}

impl Format {
    /// Every format, in the order they are listed to users.
    pub const ALL: [Self; 5] = [Self::Html, Self::Pdf, Self::Json, Self::Csv, Self::Markdown];

    /// The ending of its files, which is also its name on the command line.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Pdf => "pdf",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Markdown => "md",
        }
    }

    /// All names, for messages: `html, pdf, json, csv, md`.
    pub fn known() -> String {
        Self::ALL.map(Self::ending).join(", ")
    }
}
