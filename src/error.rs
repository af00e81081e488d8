//! What can go wrong, and where: places in a file and problems as plain data.
//!
//! A problem is an error or a warning depending on where it travels: in [`Problems`] it stopped the file, in
//! [`Warned::warnings`] the work went on. The same value is printed, put into the JSON and shown in the report.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// Row and column of a cell, both counted from 0. Shown as a spreadsheet program does: `D14`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellRef {
    /// 0 is row 1.
    pub row: u32,
    /// 0 is column A.
    pub col: u32,
}

impl CellRef {
    /// The cell at `row` and `col`, both counted from 0.
    pub fn new(row: u32, col: u32) -> Self {
        Self { row, col }
    }
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_letters(self.col), u64::from(self.row) + 1)
    }
}

/// The letters of a column counted from 0: 0 is `A`, 26 is `AA`.
pub fn column_letters(col: u32) -> String {
    let mut rest = u64::from(col) + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push(b'A' + (rest % 26) as u8);
        rest /= 26;
    }
    letters.reverse();
    String::from_utf8(letters).expect("letters are ASCII")
}

/// The column that letters name, counted from 0; `None` where they are no column of a spreadsheet.
pub fn column_from_letters(letters: &str) -> Option<u32> {
    if letters.is_empty() || letters.len() > 3 || !letters.bytes().all(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    let number = letters.bytes().fold(0u32, |sum, b| sum * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1);
    (number <= 16_384).then(|| number - 1)
}

/// A place inside a file: a sheet (none in text files), a cell or a block of cells on it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The sheet's own name; `None` in text files, which have one nameless table.
    pub sheet: Option<Arc<str>>,
    /// The cell, or the first one of a block; `None` for a sheet as a whole.
    pub first: Option<CellRef>,
    /// The last cell of a block.
    pub last: Option<CellRef>,
}

impl Place {
    /// One cell of a sheet.
    pub fn cell(sheet: &Option<Arc<str>>, row: u32, col: u32) -> Self {
        Self { sheet: sheet.clone(), first: Some(CellRef::new(row, col)), last: None }
    }

    /// A block of cells, both corners included.
    pub fn block(sheet: &Option<Arc<str>>, first: CellRef, last: CellRef) -> Self {
        Self { sheet: sheet.clone(), first: Some(first), last: (first != last).then_some(last) }
    }

    /// A sheet as a whole.
    pub fn sheet(sheet: &Option<Arc<str>>) -> Self {
        Self { sheet: sheet.clone(), first: None, last: None }
    }
}

impl fmt::Display for Place {
    /// `Q3!D14`, `'Q3 2025'!D14:F63`, `D14` in a text file, `Q3` for a sheet as a whole.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(name) = &self.sheet {
            let name = visible(name);
            let plain = !name.is_empty()
                && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '.')
                && !name.starts_with(|c: char| c.is_ascii_digit());
            match (plain, self.first) {
                (true, _) => write!(f, "{name}")?,
                (false, None) => write!(f, "'{name}'")?,
                (false, Some(_)) => write!(f, "'{}'", name.replace('\'', "''"))?,
            }
            if self.first.is_some() {
                write!(f, "!")?;
            }
        }
        if let Some(first) = self.first {
            write!(f, "{first}")?;
        }
        if let Some(last) = self.last {
            write!(f, ":{last}")?;
        }
        Ok(())
    }
}

impl Serialize for Place {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// One thing that is wrong, said so that the person with the spreadsheet can mend it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Short stable name, `level-out-of-scale`; scripts may depend on it.
    pub code: Cow<'static, str>,
    /// What was seen, lower case, no full stop, the user's own words in backticks.
    pub message: String,
    /// Where: `Q3!D14`, several joined with `and`; `None` for the file as a whole.
    pub at: Option<String>,
    /// What to do, with the flag that helps.
    pub hint: Option<String>,
}

impl Problem {
    /// A problem of the file as a whole.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code: Cow::Borrowed(code), message: message.into(), at: None, hint: None }
    }

    /// The same problem with its place.
    #[must_use]
    pub fn at(mut self, place: impl fmt::Display) -> Self {
        self.at = Some(place.to_string());
        self
    }

    /// The same problem with advice.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// Everything that stopped a file, never empty: someone who repairs a spreadsheet wants eleven bad cells in one run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self(vec![problem])
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "[{}]: ", problem.code)?;
            if let Some(at) = &problem.at {
                write!(f, "{at}: ")?;
            }
            write!(f, "{}", problem.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

/// The result of a step that can be stopped by problems.
pub type Result<T> = std::result::Result<T, Problems>;

/// A result that stands, with what the user should know about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Warned<T> {
    /// The result.
    pub value: T,
    /// What was noticed on the way, in the order it was noticed.
    pub warnings: Vec<Problem>,
}

/// Text of a file as it may appear in a message: controls and direction marks shown as `\u{..}`, so that a sheet name
/// can neither steer a terminal nor forge a line.
pub fn visible(text: &str) -> String {
    text.chars().map(|c| if is_unsafe(c) { c.escape_unicode().to_string() } else { c.to_string() }).collect()
}

fn is_unsafe(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}

/// A quotation of a cell for a message: made [`visible`], at most 40 characters, so that a log never carries a page of text.
pub fn quoted(text: &str) -> String {
    let shown: String = text.chars().take(40).collect();
    let dots = if text.chars().count() > 40 { "…" } else { "" };
    format!("`{}{dots}`", visible(shown.trim()))
}
