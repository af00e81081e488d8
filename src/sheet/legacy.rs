//! `.xls`, `.xlsb` and `.ods` through calamine.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use calamine::{Data, DataRef, Ods, Reader, SheetType, SheetVisible, Xls, Xlsb};

use super::cells::{Budget, Cells};
use super::{Cell, Format, Sheet};
use crate::error::Problem;

/// Reads the sheets of a workbook in one of the formats without a stream of cells.
pub(super) fn sheets(format: Format, bytes: &[u8], budget: &mut Budget) -> Result<Vec<Sheet>, Problem> {
    match format {
        Format::Xls => ranges(Xls::new(Cursor::new(bytes)).map_err(damaged)?, budget),
        Format::Xlsb => ranges(Xlsb::new(Cursor::new(bytes)).map_err(damaged)?, budget),
        _ => ranges(Ods::new(Cursor::new(bytes)).map_err(damaged)?, budget),
    }
}

fn damaged(error: impl std::fmt::Display) -> Problem {
    Problem::new("damaged", error.to_string())
}

fn ranges<'a, R: Reader<Cursor<&'a [u8]>>>(mut book: R, budget: &mut Budget) -> Result<Vec<Sheet>, Problem> {
    let listed = book.sheets_metadata().to_vec();
    let mut sheets = Vec::new();
    for entry in listed.into_iter().filter(|entry| entry.typ == SheetType::WorkSheet) {
        let broken = |e: R::Error| damaged(format!("{e:?}")).at(&entry.name);
        let values = book.worksheet_range(&entry.name).map_err(broken)?;
        let formulas = book.worksheet_formula(&entry.name).map_err(broken)?;
        let mut texts: BTreeMap<(u32, u32), Arc<str>> = BTreeMap::new();
        let (top, left) = formulas.start().unwrap_or_default();
        for (row, col, formula) in formulas.used_cells() {
            let formula = formula.strip_prefix("of:=").unwrap_or(formula);
            texts.insert((top + row as u32, left + col as u32), budget.text(formula)?);
        }
        let mut cells = Cells::default();
        let (top, left) = values.start().unwrap_or_default();
        for (row, col, data) in values.used_cells() {
            let (row, col) = (top + row as u32, left + col as u32);
            let value = budget.value(by_reference(data))?;
            cells.push(budget, row, col, Cell { value, formula: texts.remove(&(row, col)), percent: false })?;
        }
        for ((row, col), formula) in texts {
            let cell = Cell { value: super::Value::Blank, formula: Some(formula), percent: false };
            cells.push(budget, row, col, cell)?;
        }
        sheets.push(Sheet {
            name: Some(Arc::from(entry.name.as_str())),
            visible: entry.visible == SheetVisible::Visible,
            rows: cells.into_rows().0,
            merges: Vec::new(),
            hidden_rows: None,
            hidden_columns: None,
            drop_downs: Vec::new(),
        });
    }
    Ok(sheets)
}

fn by_reference(data: &Data) -> DataRef<'_> {
    match data {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(truth) => DataRef::Bool(*truth),
        Data::DateTime(date) => DataRef::DateTime(*date),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}
