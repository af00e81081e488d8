//! `.xlsb` through calamine's stream of cells, once for the values and once for the formulas.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Cursor;
use std::sync::Arc;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsb, XlsbError};

use super::biff12::{self, SheetRecords};
use super::cells::{Budget, Cells, MAX_SHEETS, spread, too_large};
use super::package::Package;
use super::{Cell, Sheet, Value, damaged, encrypted};
use crate::error::{Place, Problem, visible};

/// Reads the sheets of a workbook whose package has been checked.
pub(super) fn sheets(bytes: &[u8], package: &mut Package<'_>, budget: &mut Budget) -> Result<Vec<Sheet>, Problem> {
    let parts = biff12::sheet_parts(package)?;
    if parts.len() > MAX_SHEETS {
        return Err(too_large(format!("the workbook has {} sheets, the limit is {MAX_SHEETS}", parts.len())));
    }
    let percent = biff12::percent_styles(package)?;
    let mut book: Xlsb<_> = Xlsb::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let listed = book.sheets_metadata().to_vec();
    if listed.len() != parts.len() {
        return Err(damaged("the list of sheets cannot be read"));
    }
    let mut seen = BTreeSet::new();
    let mut shared = HashMap::new();
    let mut sheets = Vec::new();
    for (entry, part) in listed.into_iter().zip(parts) {
        if entry.typ != SheetType::WorkSheet {
            continue;
        }
        let name = Some(budget.sheet_name(&entry.name)?);
        let at = Place::sheet(&name);
        if !seen.insert(entry.name.to_lowercase()) || !seen.insert(format!("part {}", part.to_ascii_lowercase())) {
            return Err(damaged("another sheet has the same name or content").at(&at));
        }
        let records = biff12::scan(package, &part, &percent).map_err(|problem| problem.at(&at))?;
        let cells =
            cells(&mut book, &entry.name, &records, budget, &mut shared).map_err(|problem| problem.at(&at))?;
        let mut sheet = Sheet {
            rows: cells.into_rows(budget, &name),
            name,
            visible: entry.visible == SheetVisible::Visible,
            merges: records.merges,
            hidden_rows: None,
            hidden_columns: None,
            drop_downs: Vec::new(),
        };
        sheet.hidden_rows = Some(spread(records.hidden_rows, sheet.height()));
        sheet.hidden_columns = Some(spread(records.hidden_columns, sheet.width()));
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn cells(
    book: &mut Xlsb<Cursor<&[u8]>>,
    name: &str,
    records: &SheetRecords,
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
        let percent = matches!(value, Value::Number(_)) && records.percent.contains(&(row, col));
        cells.push(budget, row, col, Cell { value, formula: formulas.remove(&(row, col)), percent })?;
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
