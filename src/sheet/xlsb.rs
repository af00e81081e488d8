//! `.xlsb` through calamine's stream of cells, once for the values and once for the formulas.

use std::collections::{BTreeMap, HashMap};
use std::io::Cursor;
use std::sync::Arc;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsb, XlsbError};

use super::cells::{Budget, Cells, MAX_SHEETS, too_large};
use super::{Cell, Sheet, Value, damaged, encrypted};
use crate::error::{Place, Problem, visible};

/// Reads the sheets of a workbook whose package has been checked.
pub(super) fn sheets(bytes: &[u8], budget: &mut Budget) -> Result<Vec<Sheet>, Problem> {
    let mut book: Xlsb<_> = Xlsb::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let listed = book.sheets_metadata().to_vec();
    if listed.len() > MAX_SHEETS {
        return Err(too_large(format!("the workbook has {} sheets, the limit is {MAX_SHEETS}", listed.len())));
    }
    let mut shared = HashMap::new();
    let mut sheets = Vec::new();
    for entry in listed.into_iter().filter(|entry| entry.typ == SheetType::WorkSheet) {
        let name = Some(budget.cleaner.text(&entry.name));
        let cells =
            cells(&mut book, &entry.name, budget, &mut shared).map_err(|problem| problem.at(Place::sheet(&name)))?;
        sheets.push(Sheet {
            rows: cells.into_rows(budget, &name),
            name,
            visible: entry.visible == SheetVisible::Visible,
            merges: Vec::new(),
            hidden_rows: None,
            hidden_columns: None,
            drop_downs: Vec::new(),
        });
    }
    Ok(sheets)
}

fn cells(
    book: &mut Xlsb<Cursor<&[u8]>>,
    name: &str,
    budget: &mut Budget,
    shared: &mut HashMap<(usize, usize), Arc<str>>,
) -> Result<Cells, Problem> {
    let mut formulas: BTreeMap<(u32, u32), Arc<str>> = BTreeMap::new();
    let mut reader = book.worksheet_cells_reader(name).map_err(|error| broken(&error))?;
    while let Some(cell) = reader.next_formula().map_err(|error| broken(&error))? {
        budget.spend(cell.get_value().len())?;
        formulas.insert(cell.get_position(), budget.text(cell.get_value())?);
    }
    drop(reader);
    let mut cells = Cells::default();
    let mut reader = book.worksheet_cells_reader(name).map_err(|error| broken(&error))?;
    while let Some(cell) = reader.next_cell().map_err(|error| broken(&error))? {
        let (row, col) = cell.get_position();
        let value = match cell.get_value() {
            DataRef::SharedString(text) => budget.shared_text(text, shared)?,
            other => budget.value(other.clone())?,
        };
        cells.push(budget, row, col, Cell { value, formula: formulas.remove(&(row, col)), percent: false })?;
    }
    // The stream passes over formulas that end in an error, so what is left has a result, but no value.
    for ((row, col), formula) in formulas {
        let cell = Cell { value: Value::Error("#ERROR!".to_owned()), formula: Some(formula), percent: false };
        cells.push(budget, row, col, cell)?;
    }
    Ok(cells)
}

fn broken(error: &XlsbError) -> Problem {
    match error {
        XlsbError::Password => encrypted(),
        error => damaged(format!("the workbook cannot be read ({})", visible(&error.to_string()))),
    }
}
