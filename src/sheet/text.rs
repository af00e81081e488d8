//! Text with separators: comma, semicolon, tab or bar. Every cell stays text: `5.10` is an identifier as long as nobody
//! has said that it is a level.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::{Budget, Cells, GRID, MAX_CELL_TEXT, too_large};
use super::{Cell, Sheet, Value, damaged};
use crate::error::{CellRef, Problem};

/// In the order of preference where a file does not decide.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// How much of a file decides on its separator.
const SAMPLE_RECORDS: usize = 200;
const SAMPLE_BYTES: usize = 1 << 20;

/// Reads a table from decoded text; gives the separator too.
pub(super) fn sheet(text: &str, budget: &mut Budget) -> Result<(u8, Sheet), Problem> {
    // Files from the days of DOS end with this mark.
    let (announced, text) = announced(text.trim_end_matches('\u{1a}'));
    let separator = announced.unwrap_or_else(|| guess(text));
    let rows = record_rows(text, separator)?;
    let mut reader = table(text, separator);
    let mut cells = Cells::default();
    let mut record = csv::StringRecord::new();
    for row in rows {
        if !reader.read_record(&mut record).map_err(|error| damaged(format!("the text cannot be read ({error})")))? {
            break;
        }
        for (col, field) in (0..).zip(record.iter()).filter(|(_, field)| !field.is_empty()) {
            let cell = cell(field, budget)?;
            cells.push(budget, row, col, cell)?;
        }
    }
    let sheet = Sheet {
        name: None,
        visible: true,
        rows: cells.into_rows(budget, &None),
        merges: Vec::new(),
        hidden_rows: Some(BTreeSet::new()),
        hidden_columns: Some(BTreeSet::new()),
        drop_downs: Vec::new(),
    };
    Ok((separator, sheet))
}

fn cell(field: &str, budget: &mut Budget) -> Result<Cell, Problem> {
    let formula = field.strip_prefix('=').filter(|rest| !rest.is_empty());
    // `="0012"` is how programs keep Excel from reading a text as a number.
    let kept = formula.and_then(|rest| rest.strip_prefix('"')?.strip_suffix('"')).filter(|text| !text.contains('"'));
    Ok(match (kept, formula) {
        (None, Some(formula)) => Cell { value: Value::Blank, formula: Some(budget.text(formula)?), percent: false },
        (kept, _) => Cell { value: Value::Text(budget.text(kept.unwrap_or(field))?), formula: None, percent: false },
    })
}

fn table(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes())
}

/// The separator that a first line `sep=;` names, as Excel understands it, and the text behind that line.
fn announced(text: &str) -> (Option<u8>, &str) {
    let line = text.lines().next().unwrap_or_default();
    match line.strip_prefix("sep=").map(str::as_bytes) {
        Some(&[separator]) if separator == b'\t' || separator.is_ascii_punctuation() && separator != b'"' => {
            let rest = &text[line.len()..];
            (Some(separator), rest.strip_prefix("\r\n").or(rest.strip_prefix(['\n', '\r'])).unwrap_or(rest))
        }
        _ => (None, text),
    }
}

/// The separator that cuts most records into the same number of fields, two at least. A comma in prose or in a number
/// may cut as often as the true separator, but not as evenly.
fn guess(text: &str) -> u8 {
    let mut best = (b',', 0, 0);
    for separator in SEPARATORS {
        let (records, fields) = evenness(text, separator);
        if (records, fields) > (best.1, best.2) {
            best = (separator, records, fields);
        }
    }
    best.0
}

/// How many of the first records share the most frequent number of fields above one, and that number.
fn evenness(text: &str, separator: u8) -> (usize, usize) {
    let mut end = text.len().min(SAMPLE_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
    let mut reader = table(&text[..end], separator);
    let mut record = csv::StringRecord::new();
    for _ in 0..SAMPLE_RECORDS {
        match reader.read_record(&mut record) {
            Ok(true) if record.len() > 1 => *widths.entry(record.len()).or_default() += 1,
            Ok(true) => {}
            _ => break,
        }
    }
    widths.into_iter().map(|(fields, records)| (records, fields)).max().unwrap_or_default()
}

/// The row of each record that the reader will give, as a spreadsheet program numbers it: the reader passes over blank
/// lines, a program counts them. Refuses records that exhaust, and a quote that never closes: everything behind it
/// would be one cell.
fn record_rows(text: &str, separator: u8) -> Result<Vec<u32>, Problem> {
    let mut scan = Scan::default();
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        match (byte, scan.in_quotes) {
            (b'"', true) if bytes.peek() == Some(&b'"') => {
                bytes.next();
                scan.field_bytes += 1;
            }
            (b'"', true) => scan.in_quotes = false,
            (b'"', false) if scan.start_of_field => {
                scan.in_quotes = true;
                scan.opened = (scan.row, scan.col);
                scan.start_of_field = false;
            }
            (b'\r' | b'\n', false) => {
                if byte == b'\r' && bytes.peek() == Some(&b'\n') {
                    bytes.next();
                }
                scan.end_record()?;
                continue;
            }
            (byte, false) if byte == separator => scan.end_field()?,
            _ => {
                scan.field_bytes += 1;
                scan.start_of_field = false;
            }
        }
        scan.is_blank = false;
    }
    if scan.in_quotes {
        let (row, col) = scan.opened;
        return Err(Problem::new("unclosed-quote", "the quote `\"` that begins the cell is never closed")
            .at(CellRef::new(row, col))
            .hint("close or delete it; a quote inside a cell is written twice"));
    }
    if !scan.is_blank {
        scan.end_record()?;
    }
    Ok(scan.rows)
}

struct Scan {
    rows: Vec<u32>,
    row: u32,
    col: u32,
    field_bytes: usize,
    start_of_field: bool,
    in_quotes: bool,
    opened: (u32, u32),
    is_blank: bool,
}

impl Default for Scan {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            row: 0,
            col: 0,
            field_bytes: 0,
            start_of_field: true,
            in_quotes: false,
            opened: (0, 0),
            is_blank: true,
        }
    }
}

impl Scan {
    fn end_field(&mut self) -> Result<(), Problem> {
        if self.field_bytes > MAX_CELL_TEXT {
            let cell = CellRef::new(self.row, self.col);
            return Err(too_large(format!("the cell {cell} holds more than {} MiB of text", MAX_CELL_TEXT >> 20)));
        }
        self.col += 1;
        if self.col > GRID.1 {
            let row = self.row + 1;
            return Err(too_large(format!("row {row} has more than {} columns", GRID.1)));
        }
        self.field_bytes = 0;
        self.start_of_field = true;
        Ok(())
    }

    fn end_record(&mut self) -> Result<(), Problem> {
        if !self.is_blank {
            self.end_field()?;
            self.rows.push(self.row);
        }
        self.row += 1;
        if self.row > GRID.0 {
            return Err(too_large(format!("the file has more than {} rows", GRID.0)));
        }
        self.col = 0;
        self.start_of_field = true;
        self.is_blank = true;
        Ok(())
    }
}
