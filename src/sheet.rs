//! Bytes of a spreadsheet -> cells. The only place that knows file formats; nothing here knows what a level is.
//!
//! [`read`] tells the format by content, reads every sheet that holds cells into sparse rows and keeps what later steps
//! need as evidence: merged blocks, hidden rows and columns, drop-down lists, number formats, formulas.

use std::collections::BTreeSet;
use std::sync::Arc;

use sha2::Digest as _;

use crate::error::{CellRef, Place, Problem, Result};

mod biff;
mod biff12;
mod cells;
mod clean;
mod decode;
mod drop_downs;
mod markup;
mod ods;
mod ods_cell;
mod ole;
mod ooxml;
mod package;
#[cfg(feature = "parquet")]
pub(crate) mod parquet;
mod sniff;
mod text;
mod xls;
mod xlsb;
mod xml;

/// How to get a program that knows Parquet.
pub(crate) const WITH_PARQUET: &str = "build it in: cargo install gapwise --features parquet";

#[cfg(test)]
mod tests;

use cells::Budget;
use package::Package;
use sniff::Kind;

/// A file as read: its sheets in the order of their tabs.
#[derive(Clone, Debug, PartialEq)]
pub struct Workbook {
    /// The file's base name, for messages and the report; never a path.
    pub file: String,
    /// SHA-256 of the bytes, lower-case hex.
    pub sha256: String,
    /// What the content turned out to be.
    pub format: Format,
    /// The day the file says it was last modified, `2026-01-31`; `None` where the format does not say.
    pub modified: Option<String>,
    /// The language that the file declares (`de-DE`), where it does.
    pub language: Option<String>,
    /// The title in the document properties, where there is one.
    pub title: Option<String>,
    /// All sheets that can hold cells.
    pub sheets: Vec<Sheet>,
    /// What the user should know about the reading: an assumed encoding, replaced control characters.
    pub notes: Vec<Problem>,
}

/// The file format, told by content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Office Open XML, `.xlsx` and `.xlsm`.
    Xlsx,
    /// Excel binary workbook, `.xlsb`.
    Xlsb,
    /// Excel 97 to 2003, `.xls`.
    Xls,
    /// OpenDocument, `.ods`.
    Ods,
    /// Parquet, one table with named columns.
    Parquet,
    /// Text with one separator throughout: comma, semicolon or tab.
    Text {
        /// The separator found.
        separator: u8,
    },
}

/// One sheet, sparse: only rows and cells that hold something.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// The tab's name; `None` for a text file.
    pub name: Option<Arc<str>>,
    /// Whether the tab can be seen in a spreadsheet program.
    pub visible: bool,
    /// Rows in ascending order.
    pub rows: Vec<Row>,
    /// Merged blocks; their value stands in the first cell.
    pub merges: Vec<Block>,
    /// Rows hidden by hand or by a filter (counted from 0); `None` where the format does not tell us.
    pub hidden_rows: Option<BTreeSet<u32>>,
    /// Columns hidden (counted from 0); `None` where the format does not tell us.
    pub hidden_columns: Option<BTreeSet<u32>>,
    /// Cells with a list of allowed entries.
    pub drop_downs: Vec<DropDown>,
}

/// A row that holds at least one cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Row number counted from 0, as a spreadsheet program would number it.
    pub index: u32,
    /// Cells in ascending order of column.
    pub cells: Vec<(u32, Cell)>,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The stored value; [`Value::Blank`] with a formula means that the formula has no stored result, an empty
    /// [`Value::Text`] that its result is the empty text.
    pub value: Value,
    /// The formula's text without `=`, where the cell holds one.
    pub formula: Option<Arc<str>>,
    /// Whether the number is shown as a percentage (0.6 stands as 60 %).
    pub percent: bool,
}

/// A cell's stored value. Numbers are always finite.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing.
    Blank,
    /// A finite number.
    Number(f64),
    /// Text in Unicode NFC without control characters (line breaks kept as `\n`), blanks at the ends kept.
    Text(Arc<str>),
    /// TRUE or FALSE.
    Bool(bool),
    /// A date or date and time, ISO 8601: `2026-01-31`, `2026-01-31T08:30:00`.
    Date(String),
    /// A duration, in days.
    Duration(f64),
    /// An error cell: `#N/A`, `#DIV/0!`.
    Error(String),
}

/// A rectangle of cells, both corners included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Upper left corner.
    pub first: CellRef,
    /// Lower right corner.
    pub last: CellRef,
}

/// A list of allowed entries on some cells (data validation).
#[derive(Clone, Debug, PartialEq)]
pub struct DropDown {
    /// The cells that carry the list.
    pub cells: Vec<Block>,
    /// The entries, in order, resolved where they stand in cells of the workbook.
    pub entries: Vec<String>,
}

impl Sheet {
    /// The cell at a row and column counted from 0; `None` where nothing stands.
    pub fn cell(&self, row: u32, col: u32) -> Option<&Cell> {
        let row = &self.rows[self.rows.binary_search_by_key(&row, |r| r.index).ok()?];
        row.cell(col)
    }

    /// The value at a row and column; [`Value::Blank`] where nothing stands.
    pub fn value(&self, row: u32, col: u32) -> &Value {
        self.cell(row, col).map_or(&Value::Blank, |cell| &cell.value)
    }

    /// One more than the greatest row that holds a cell; 0 for an empty sheet.
    pub fn height(&self) -> u32 {
        self.rows.last().map_or(0, |row| row.index + 1)
    }

    /// The place of a cell of this sheet.
    pub fn place(&self, row: u32, col: u32) -> Place {
        Place::cell(&self.name, row, col)
    }

    /// One more than the greatest column that holds a cell; 0 for an empty sheet.
    pub fn width(&self) -> u32 {
        self.rows.iter().filter_map(|row| row.cells.last()).map(|(col, _)| col + 1).max().unwrap_or(0)
    }
}

impl Row {
    /// The cell in a column counted from 0.
    pub fn cell(&self, col: u32) -> Option<&Cell> {
        self.cells.binary_search_by_key(&col, |(c, _)| *c).ok().map(|index| &self.cells[index].1)
    }
}

impl Cell {
    /// The cell as a person would read it, for messages and names: text trimmed, numbers in their shortest form.
    pub fn shown(&self) -> String {
        match &self.value {
            Value::Blank => String::new(),
            Value::Number(number) => number.to_string(),
            Value::Text(text) => text.trim().to_owned(),
            Value::Bool(true) => "TRUE".to_owned(),
            Value::Bool(false) => "FALSE".to_owned(),
            Value::Date(date) => date.clone(),
            Value::Duration(days) => format!("{days} days"),
            Value::Error(error) => error.clone(),
        }
    }
}

impl Block {
    /// Whether a cell lies within.
    pub fn holds(&self, row: u32, col: u32) -> bool {
        (self.first.row..=self.last.row).contains(&row) && (self.first.col..=self.last.col).contains(&col)
    }
}

/// The greatest file that is read, in bytes.
const MAX_FILE: usize = 256 << 20;

/// Reads a spreadsheet.
///
/// `file` is the base name, used in messages only; the format is told by content. Time and memory stay within fixed
/// limits whatever the bytes claim: 256 MiB of file and of unpacked parts, 5,000,000 filled cells, 256 MiB of text in
/// cells, 1 MiB in one of them, 1,024 sheets. Parquet is read with the feature `parquet`.
///
/// # Errors
/// One problem: `empty-file`; `not-a-workbook` with what the content is; `encrypted`; `damaged` with the part or sheet
/// that cannot be read; `too-large` with the limit that was passed; `unclosed-quote` in text.
pub fn read(file: &str, bytes: &[u8]) -> Result<Workbook> {
    let mut budget = Budget::default();
    let (format, properties, sheets) = caught(|| parse(bytes, &mut budget))?;
    let mut notes = std::mem::take(&mut budget.notes);
    if budget.cleaner.replaced > 0 {
        let count = budget.cleaner.replaced;
        notes.push(
            Problem::new("control-characters", format!("control characters in cells, replaced by U+FFFD: {count}"))
                .hint("look for the sign \u{fffd} in the report and correct the cells"),
        );
    }
    Ok(Workbook {
        file: file.to_owned(),
        sha256: sha2::Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect(),
        format,
        modified: properties.modified,
        language: properties.language,
        title: properties.title,
        sheets,
        notes,
    })
}

fn parse(bytes: &[u8], budget: &mut Budget) -> std::result::Result<(Format, Properties, Vec<Sheet>), Problem> {
    if bytes.len() > MAX_FILE {
        let size = bytes.len() >> 20;
        return Err(cells::too_large(format!("the file has {size} MiB, the limit is {} MiB", MAX_FILE >> 20)));
    }
    match sniff::kind(bytes) {
        Kind::Empty => Err(Problem::new("empty-file", "the file is empty").hint(GIVE_A_WORKBOOK)),
        Kind::Other(what) => Err(not_a_workbook(what)),
        Kind::Zip => {
            let mut package = Package::open(bytes)?;
            let format = sniff::zipped(&mut package).map_err(not_a_workbook)?;
            package.check()?;
            Ok(match format {
                Format::Ods => (format, ods::properties(&mut package), ods::sheets(&mut package, budget)?),
                Format::Xlsb => (format, ooxml::properties(&mut package), xlsb::sheets(bytes, &mut package, budget)?),
                _ => (format, ooxml::properties(&mut package), ooxml::sheets(bytes, &mut package, budget)?),
            })
        }
        Kind::Ole => {
            let (properties, sheets) = xls::read(bytes, budget)?;
            Ok((Format::Xls, properties, sheets))
        }
        #[cfg(feature = "parquet")]
        Kind::Parquet => Ok((Format::Parquet, Properties::default(), vec![parquet::sheet(bytes, budget)?])),
        #[cfg(not(feature = "parquet"))]
        Kind::Parquet => {
            let what = "the content is Parquet, and this program was built without the feature `parquet`";
            Err(Problem::new("feature-missing", what).hint(WITH_PARQUET))
        }
        Kind::Text => {
            let text = decode::text(bytes, &mut budget.notes).ok_or_else(|| not_a_workbook("binary data"))?;
            let (separator, sheet) = text::sheet(&text, budget)?;
            Ok((Format::Text { separator }, Properties::default(), vec![sheet]))
        }
    }
}

/// Runs a reader; a panic in a library below, which only broken files cause, becomes a problem of the file.
pub(crate) fn caught<T>(read: impl FnOnce() -> std::result::Result<T, Problem>) -> Result<T> {
    match std::panic::catch_unwind(std::panic::AssertUnwindSafe(read)) {
        Ok(result) => result.map_err(Into::into),
        Err(_) => Err(damaged("the content contradicts itself and cannot be read").into()),
    }
}

const GIVE_A_WORKBOOK: &str = "give .xlsx, .xls, .xlsb, .ods or .csv; for piped text: gapwise report -";

fn not_a_workbook(what: &'static str) -> Problem {
    let problem = Problem::new("not-a-workbook", format!("the content is {what}"));
    if what == sniff::OLD_EXCEL {
        problem.hint("open it in a spreadsheet program and save it as .xlsx")
    } else {
        problem.hint(GIVE_A_WORKBOOK)
    }
}

fn damaged(message: impl Into<String>) -> Problem {
    Problem::new("damaged", message)
        .hint("get the file again, or open it in a spreadsheet program and save it as .xlsx")
}

fn encrypted() -> Problem {
    Problem::new("encrypted", "locked by a password, no sheet can be read")
        .hint("save a copy without it (no flag takes a password)")
}

/// What a file says about itself.
#[derive(Default)]
struct Properties {
    modified: Option<String>,
    language: Option<String>,
    title: Option<String>,
}

impl Properties {
    /// From the texts of a part of properties; `modified` is the name of the element with the last change.
    fn from_texts(texts: &[(&str, String)], modified: &str) -> Self {
        let text = |name| {
            let (_, text) = texts.iter().find(|(local, _)| *local == name)?;
            let text = clean::clean(text.trim()).0;
            (!text.is_empty() && text.chars().count() <= 1_000).then_some(text)
        };
        Self {
            modified: text(modified).and_then(|date| cells::iso_day(&date).map(str::to_owned)),
            language: text("language"),
            title: text("title"),
        }
    }
}
