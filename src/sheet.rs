//! Bytes of a spreadsheet -> cells. The only place that knows file formats; nothing here knows what a level is.
//!
//! [`read`] tells the format by content, reads every sheet that holds cells into sparse rows and keeps what later steps
//! need as evidence: merged blocks, hidden rows and columns, drop-down lists, number formats, formulas.

use std::collections::BTreeSet;
use std::sync::Arc;

use sha2::Digest as _;

use crate::error::{CellRef, Place, Problem, Result};

mod cells;
mod clean;
mod legacy;
mod ooxml;
mod text;

use cells::Budget;

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
    /// The stored value; [`Value::Blank`] with a formula means that the formula has no stored result.
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

/// Reads a spreadsheet.
///
/// `file` is the base name, used in messages only; the format is told by content.
///
/// # Errors
/// What the content is where it is no spreadsheet, a password, a broken or hostile file.
pub fn read(file: &str, bytes: &[u8]) -> Result<Workbook> {
    if bytes.is_empty() {
        return Err(Problem::new("empty-file", "the file is empty").into());
    }
    let mut budget = Budget::default();
    let (format, sheets) = if bytes.starts_with(b"PK\x03\x04") {
        let names = zip::ZipArchive::new(std::io::Cursor::new(bytes))
            .map_err(|e| Problem::new("damaged", e.to_string()))?
            .file_names()
            .map(|name| name.unwrap_or_default().into_owned())
            .collect::<Vec<_>>();
        let has = |part: &str| names.iter().any(|name| name == part);
        if has("xl/workbook.bin") {
            (Format::Xlsb, legacy::sheets(Format::Xlsb, bytes, &mut budget)?)
        } else if has("content.xml") {
            (Format::Ods, legacy::sheets(Format::Ods, bytes, &mut budget)?)
        } else {
            (Format::Xlsx, ooxml::sheets(bytes, &mut budget)?)
        }
    } else if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        (Format::Xls, legacy::sheets(Format::Xls, bytes, &mut budget)?)
    } else {
        let text = String::from_utf8_lossy(bytes);
        let (separator, sheet) = text::sheet(text.trim_start_matches('\u{feff}'), &mut budget)?;
        (Format::Text { separator }, vec![sheet])
    };
    Ok(Workbook {
        file: file.to_owned(),
        sha256: sha2::Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect(),
        format,
        modified: None,
        language: None,
        title: None,
        sheets,
        notes: Vec::new(),
    })
}
