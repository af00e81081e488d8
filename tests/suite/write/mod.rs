//! Spreadsheets as tests write them: a plain [`Book`] of cells, and writers for the formats that Gapwise reads.

pub mod assessed;
pub mod biff12;
pub mod sketch;
pub mod text;
pub mod xlsx;

/// A workbook to write.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Book {
    pub sheets: Vec<Sheet>,
}

/// One sheet; rows and columns are counted from 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    pub name: String,
    pub hidden: bool,
    pub rows: Vec<Vec<Cell>>,
    pub merges: Vec<Block>,
    pub hidden_rows: Vec<usize>,
    pub hidden_columns: Vec<usize>,
    /// Drop-down lists.
    pub lists: Vec<(Block, Vec<String>)>,
}

/// A rectangle of cells, first and last row, first and last column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    pub rows: (usize, usize),
    pub columns: (usize, usize),
}

/// What stands in a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    #[default]
    Blank,
    Number(f64),
    /// A number shown as a percentage: 0.6 stands as 60 %.
    Percent(f64),
    Text(String),
    Bool(bool),
    /// A day, `2026-01-31`.
    Date(String),
    /// An error as a formula leaves it, `#N/A`.
    Error(String),
    /// A formula without `=`, and its stored result where a program has computed it.
    Formula(String, Option<Box<Cell>>),
}

impl Cell {
    /// A text; the empty one is a blank cell.
    pub fn text(text: impl Into<String>) -> Self {
        match text.into() {
            text if text.is_empty() => Self::Blank,
            text => Self::Text(text),
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::text(text)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl Sheet {
    pub fn new(name: &str, rows: Vec<Vec<Cell>>) -> Self {
        Self { name: name.to_owned(), rows, ..Self::default() }
    }

    /// The number of columns that hold something.
    pub fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// Merges cells of one row or one column; the value stands in the first.
    pub fn merge(&mut self, rows: (usize, usize), columns: (usize, usize)) {
        if rows.0 < rows.1 || columns.0 < columns.1 {
            self.merges.push(Block { rows, columns });
        }
    }
}

/// An archive of parts, deflated, with no date in it: the same parts give the same bytes.
fn zip(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    use std::io::Write as _;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().last_modified_time(zip::DateTime::DEFAULT);
    for (name, content) in parts {
        writer.start_file(name.as_str(), options).expect("a part can be started");
        writer.write_all(content).expect("a part can be written");
    }
    writer.finish().expect("the archive can be finished").into_inner()
}
