//! Text with separators: comma, semicolon, tab or bar.

use super::cells::{Budget, Cells, GRID};
use super::{Cell, Sheet, Value};
use crate::error::Problem;

const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Reads a table from decoded text; gives the separator too.
pub(super) fn sheet(text: &str, budget: &mut Budget) -> Result<(u8, Sheet), Problem> {
    let (announced, skipped) = announced(text);
    let separator = announced.unwrap_or_else(|| guess(text));
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut cells = Cells::default();
    let mut record = csv::StringRecord::new();
    let mut row: u32 = 0;
    let mut last_line = 1;
    loop {
        let more = reader.read_record(&mut record).map_err(|e| Problem::new("damaged", e.to_string()))?;
        if !more {
            break;
        }
        // The reader passes over empty lines, a spreadsheet program counts them.
        let position = record.position().map_or(last_line, csv::Position::line);
        row += position.saturating_sub(last_line) as u32;
        last_line = reader.position().line();
        for (col, field) in record.iter().enumerate() {
            let col = u32::try_from(col).unwrap_or(GRID.1);
            let text = budget.text(field)?;
            if text.is_empty() || (announced.is_some() && row < skipped) {
                continue;
            }
            let cell = match text.strip_prefix('=').filter(|rest| !rest.is_empty()) {
                Some(formula) => Cell { value: Value::Blank, formula: Some(formula.into()), percent: false },
                None => Cell { value: Value::Text(text), formula: None, percent: false },
            };
            cells.push(budget, row - skipped, col, cell)?;
        }
        row += 1;
    }
    let sheet = Sheet {
        name: None,
        visible: true,
        rows: cells.into_rows().0,
        merges: Vec::new(),
        hidden_rows: None,
        hidden_columns: None,
        drop_downs: Vec::new(),
    };
    Ok((separator, sheet))
}

/// The separator that a first line `sep=;` names, as Excel understands it, and the rows it takes.
fn announced(text: &str) -> (Option<u8>, u32) {
    let line = text.lines().next().unwrap_or_default();
    match line.strip_prefix("sep=").map(str::as_bytes) {
        Some([separator]) if SEPARATORS.contains(separator) => (Some(*separator), 1),
        _ => (None, 0),
    }
}

fn guess(text: &str) -> u8 {
    let count = |separator: u8| {
        let mut quoted = false;
        let mut counts = vec![0usize];
        for byte in text.bytes().take(64 * 1024) {
            match byte {
                b'"' => quoted = !quoted,
                b'\n' if !quoted => {
                    if counts.len() == 50 {
                        break;
                    }
                    counts.push(0);
                }
                b if b == separator && !quoted => *counts.last_mut().expect("starts with one") += 1,
                _ => {}
            }
        }
        counts.iter().filter(|n| **n > 0).count() * 1000 + counts.iter().sum::<usize>().min(999)
    };
    SEPARATORS.into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}
