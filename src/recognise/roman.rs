//! Levels in Roman numerals: `Stufe III`. Only where a column runs through several of them, since an `I` or `V` alone
//! may be anything.

use std::collections::BTreeSet;

use crate::sheet::{Value, Workbook};

/// Numerals of levels, from 1.
const NUMERALS: [&str; 9] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];

/// The numerals as names of levels, folded, where the workbook uses them; else none.
pub fn names(book: &Workbook) -> Vec<(String, f64)> {
    let used = book.sheets.iter().any(|sheet| {
        let mut runs: std::collections::BTreeMap<u32, (usize, BTreeSet<&str>)> = Default::default();
        sheet.rows.iter().take(5_000).flat_map(|row| &row.cells).any(|(col, cell)| {
            let Value::Text(text) = &cell.value else { return false };
            let (run, kinds) = runs.entry(*col).or_default();
            match NUMERALS.iter().find(|numeral| **numeral == text.trim()) {
                Some(numeral) => {
                    *run += 1;
                    kinds.insert(numeral);
                }
                None => {
                    *run = 0;
                    kinds.clear();
                }
            }
            // Each once is a numbering.
            *run >= 4 && (2..*run).contains(&kinds.len()) && kinds.iter().any(|kind| kind.len() > 1)
        })
    });
    let value = |at: usize| (at + 1) as f64;
    match used {
        true => NUMERALS.iter().enumerate().map(|(at, name)| (name.to_lowercase(), value(at))).collect(),
        false => Vec::new(),
    }
}
