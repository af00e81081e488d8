//! Collects cells into sparse rows, within the limits of a whole workbook.

use std::sync::Arc;

use calamine::{DataRef, ExcelDateTime};

use super::clean::Cleaner;
use super::{Cell, Row, Value};
use crate::error::Problem;

/// Rows and columns of the greatest grid that a spreadsheet program knows.
pub(super) const GRID: (u32, u32) = (1_048_576, 16_384);
const MAX_CELLS: u64 = 5_000_000;
const MAX_TEXT: u64 = 256 << 20;
/// The most text in one cell, in bytes.
pub(super) const MAX_CELL_TEXT: usize = 1 << 20;

/// What a workbook has used up of its limits, and its texts.
#[derive(Default)]
pub(super) struct Budget {
    cells: u64,
    text: u64,
    pub(super) cleaner: Cleaner,
}

impl Budget {
    /// One more cell that holds `bytes` of text.
    pub(super) fn spend(&mut self, bytes: usize) -> Result<(), Problem> {
        self.cells += 1;
        self.text += bytes as u64;
        if self.cells > MAX_CELLS {
            return Err(too_large(format!("more than {MAX_CELLS} cells are filled")));
        }
        if bytes > MAX_CELL_TEXT {
            return Err(too_large(format!("a cell holds {bytes} bytes of text, the limit is {MAX_CELL_TEXT}")));
        }
        if self.text > MAX_TEXT {
            return Err(too_large(format!("the cells hold more than {} MiB of text", MAX_TEXT >> 20)));
        }
        Ok(())
    }

    /// A text as a value, cleaned and shared.
    pub(super) fn text(&mut self, raw: &str) -> Result<Arc<str>, Problem> {
        if raw.len() > MAX_CELL_TEXT {
            return Err(too_large(format!("a cell holds {} bytes of text, the limit is {MAX_CELL_TEXT}", raw.len())));
        }
        Ok(self.cleaner.text(raw))
    }

    /// A value of calamine as ours.
    pub(super) fn value(&mut self, data: DataRef<'_>) -> Result<Value, Problem> {
        Ok(match data {
            DataRef::Empty => Value::Blank,
            DataRef::Int(number) => Value::Number(number as f64),
            DataRef::Float(number) => number_or_error(number),
            DataRef::String(text) => self.text_value(&text)?,
            DataRef::SharedString(text) => self.text_value(text)?,
            DataRef::Bool(truth) => Value::Bool(truth),
            DataRef::DateTime(date) => date_value(&date),
            DataRef::DateTimeIso(text) => Value::Date(self.text(&text)?.to_string()),
            DataRef::DurationIso(text) => iso_duration_days(&text).map_or(Value::Date(text), Value::Duration),
            DataRef::Error(error) => Value::Error(error.to_string()),
        })
    }

    fn text_value(&mut self, raw: &str) -> Result<Value, Problem> {
        let text = self.text(raw)?;
        Ok(if text.is_empty() { Value::Blank } else { Value::Text(text) })
    }
}

fn number_or_error(number: f64) -> Value {
    if number.is_finite() { Value::Number(number) } else { Value::Error(number.to_string()) }
}

/// The problem of a passed limit.
pub(super) fn too_large(message: impl Into<String>) -> Problem {
    Problem::new("too-large", message).hint("give only the sheets that hold the assessment, as a file of their own")
}

fn date_value(date: &ExcelDateTime) -> Value {
    let serial = date.as_f64();
    if !serial.is_finite() {
        return Value::Error(serial.to_string());
    }
    if date.is_duration() {
        return Value::Duration(serial);
    }
    let (year, month, day, hour, minute, second, milli) = date.to_ymd_hms_milli();
    let day = format!("{year:04}-{month:02}-{day:02}");
    Value::Date(match (hour, minute, second, milli) {
        (0, 0, 0, 0) => day,
        (_, _, _, 0) => format!("{day}T{hour:02}:{minute:02}:{second:02}"),
        _ => format!("{day}T{hour:02}:{minute:02}:{second:02}.{milli:03}"),
    })
}

/// Days of an ISO 8601 duration of hours, minutes and seconds, as OpenDocument writes it: `PT36H30M0S`.
pub(super) fn iso_duration_days(text: &str) -> Option<f64> {
    let (sign, rest) = text.strip_prefix('-').map_or((1.0, text), |rest| (-1.0, rest));
    let rest = rest.strip_prefix('P')?;
    let (days, time) = rest.split_once('T').unwrap_or((rest, ""));
    let mut total = 0.0;
    for (part, units) in [(days, &[('D', 86_400.0)][..]), (time, &[('H', 3_600.0), ('M', 60.0), ('S', 1.0)][..])] {
        let mut number = String::new();
        for c in part.chars() {
            if c.is_ascii_digit() || c == '.' {
                number.push(c);
            } else {
                let (_, seconds) = units.iter().find(|(unit, _)| *unit == c)?;
                total += number.parse::<f64>().ok()? * seconds;
                number.clear();
            }
        }
        if !number.is_empty() {
            return None;
        }
    }
    let days = sign * total / 86_400.0;
    days.is_finite().then_some(days)
}

/// Cells of one sheet in the order of the file.
#[derive(Default)]
pub(super) struct Cells {
    cells: Vec<(u32, u32, Cell)>,
}

impl Cells {
    /// Keeps a cell, unless it holds nothing at all.
    pub(super) fn push(&mut self, budget: &mut Budget, row: u32, col: u32, cell: Cell) -> Result<(), Problem> {
        if row >= GRID.0 || col >= GRID.1 {
            return Err(Problem::new(
                "damaged",
                format!(
                    "a cell stands at row {}, column {}, beyond the grid of 1,048,576 x 16,384",
                    u64::from(row) + 1,
                    u64::from(col) + 1
                ),
            ));
        }
        if cell.value == Value::Blank && cell.formula.is_none() {
            return Ok(());
        }
        let text = match &cell.value {
            Value::Text(text) => text.len(),
            _ => 0,
        };
        budget.spend(text + cell.formula.as_ref().map_or(0, |formula| formula.len()))?;
        self.cells.push((row, col, cell));
        Ok(())
    }

    /// The rows in order; of two cells in one place the later wins. Also the first place that was given twice.
    pub(super) fn into_rows(mut self) -> (Vec<Row>, Option<(u32, u32)>) {
        self.cells.sort_by_key(|(row, col, _)| (*row, *col));
        let mut rows: Vec<Row> = Vec::new();
        let mut twice = None;
        for (index, col, cell) in self.cells {
            match rows.last_mut() {
                Some(row) if row.index == index => match row.cells.last_mut() {
                    Some((last, held)) if *last == col => {
                        twice = twice.or(Some((index, col)));
                        *held = cell;
                    }
                    _ => row.cells.push((col, cell)),
                },
                _ => rows.push(Row { index, cells: vec![(col, cell)] }),
            }
        }
        (rows, twice)
    }
}
