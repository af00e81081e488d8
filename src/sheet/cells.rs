//! Collects cells into sparse rows, within the limits of a whole workbook.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use calamine::{DataRef, ExcelDateTime};

use super::clean::Cleaner;
use super::{Cell, Row, Value, damaged};
use crate::error::{Place, Problem};

/// Rows and columns of the greatest grid that a spreadsheet program knows.
pub(super) const GRID: (u32, u32) = (1_048_576, 16_384);
/// The most sheets in one workbook.
pub(super) const MAX_SHEETS: usize = 1_024;
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
    /// What the user should know about the reading.
    pub(super) notes: Vec<Problem>,
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
            DataRef::String(text) => Value::Text(self.text(&text)?),
            DataRef::SharedString(text) => Value::Text(self.text(text)?),
            DataRef::Bool(truth) => Value::Bool(truth),
            DataRef::DateTime(date) => date_value(&date),
            DataRef::DateTimeIso(text) => self.iso_date(&text)?,
            DataRef::DurationIso(text) => match iso_duration_days(&text) {
                Some(days) => Value::Duration(days),
                None => Value::Text(self.text(&text)?),
            },
            DataRef::Error(error) => Value::Error(error.to_string()),
        })
    }

    /// A date as ISO 8601 writes it, without a time of midnight and without zone; text where it is no date.
    pub(super) fn iso_date(&mut self, raw: &str) -> Result<Value, Problem> {
        let raw = raw.trim();
        let Some(day) = iso_day(raw) else { return Ok(Value::Text(self.text(raw)?)) };
        let time = raw[10..].trim_start_matches('T').trim_end_matches('Z');
        let midnight = time.chars().all(|c| matches!(c, '0' | ':' | '.'));
        let known = time.len() <= 20 && time.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.'));
        Ok(match (midnight, known) {
            (true, _) => Value::Date(day.to_owned()),
            (false, true) => Value::Date(format!("{day}T{time}")),
            (false, false) => Value::Text(self.text(raw)?),
        })
    }

    /// A text that calamine shares between cells: cleaned once for each place in memory, so `known` must not outlive the
    /// book that it was filled from.
    pub(super) fn shared_text(
        &mut self,
        raw: &str,
        known: &mut HashMap<(usize, usize), Arc<str>>,
    ) -> Result<Value, Problem> {
        let place = (raw.as_ptr() as usize, raw.len());
        if let Some(text) = known.get(&place) {
            return Ok(Value::Text(Arc::clone(text)));
        }
        let text = self.text(raw)?;
        known.insert(place, Arc::clone(&text));
        Ok(Value::Text(text))
    }
}

/// A number, or the error that a number which is none would become later.
pub(super) fn number_or_error(number: f64) -> Value {
    if number.is_finite() { Value::Number(number) } else { Value::Error(number.to_string()) }
}

/// The problem of a passed limit.
pub(super) fn too_large(message: impl Into<String>) -> Problem {
    Problem::new("too-large", message).hint("give only the sheets that hold the assessment, as a file of their own")
}

/// The day at the start of a text in ISO 8601, `2026-01-31`; `None` where there is none.
pub(super) fn iso_day(text: &str) -> Option<&str> {
    let day = text.get(..10)?;
    let bytes = day.as_bytes();
    let shaped =
        bytes.iter().enumerate().all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() });
    let number = |range: std::ops::Range<usize>| day[range].parse::<u8>().unwrap_or(0);
    (shaped && (1..=12).contains(&number(5..7)) && (1..=31).contains(&number(8..10))).then_some(day)
}

fn date_value(date: &ExcelDateTime) -> Value {
    let serial = date.as_f64();
    if !serial.is_finite() {
        return Value::Error(serial.to_string());
    }
    if date.is_duration() {
        return Value::Duration(serial);
    }
    // Days that a spreadsheet program cannot show: it prints a row of hashes.
    if !(0.0..2_958_466.0).contains(&serial) {
        return Value::Error("#####".to_owned());
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
            let (row, col) = (u64::from(row) + 1, u64::from(col) + 1);
            return Err(damaged(format!(
                "a cell stands in row {row}, column {col}, beyond the grid of a spreadsheet"
            )));
        }
        // An empty text is a value only as the result of a formula, where it tells that there is a result.
        let text = match &cell.value {
            Value::Text(text) => text.len(),
            _ => 0,
        };
        let nothing = text == 0 && matches!(cell.value, Value::Blank | Value::Text(_));
        if nothing && cell.formula.is_none() {
            return Ok(());
        }
        budget.spend(text + cell.formula.as_ref().map_or(0, |formula| formula.len()))?;
        self.cells.push((row, col, cell));
        Ok(())
    }

    /// The rows in order; of two cells in one place the later wins, with a note.
    pub(super) fn into_rows(mut self, budget: &mut Budget, sheet: &Option<Arc<str>>) -> Vec<Row> {
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
        if let Some((row, col)) = twice {
            let note = Problem::new("cell-twice", "the cell stands in the file twice, the later one counts");
            let note = note.hint("open the file in a spreadsheet program and save it again");
            budget.notes.push(note.at(Place::cell(sheet, row, col)));
        }
        rows
    }
}

/// The numbers in ranges (both ends included) that lie below `end`.
pub(super) fn spread(mut ranges: Vec<(u32, u32)>, end: u32) -> BTreeSet<u32> {
    ranges.sort_unstable();
    let mut numbers = BTreeSet::new();
    let mut next = 0;
    for (first, last) in ranges {
        numbers.extend(first.max(next)..last.saturating_add(1).min(end));
        next = next.max(last.saturating_add(1));
    }
    numbers
}
