//! `.xls` through calamine, behind a walk over the compound file and its records.

use std::io::Cursor;

use calamine::{Data, DataRef, Reader, SheetType, SheetVisible, Xls, XlsError};

use super::biff;
use super::cells::{Budget, Cells, spread};
use super::ole::Compound;
use super::{Block, Cell, Sheet, Value, damaged, encrypted, not_a_workbook};
use crate::error::{CellRef, Place, Problem, visible};

/// Reads the sheets of a compound file.
pub(super) fn sheets(bytes: &[u8], budget: &mut Budget) -> Result<Vec<Sheet>, Problem> {
    let file = Compound::open(bytes)?;
    let Some(stream) = file.stream("Workbook").or_else(|| file.stream("Book")) else {
        return Err(other(&file));
    };
    let records = biff::scan(&stream?)?;
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let listed = book.sheets_metadata().to_vec();
    let mut sheets = Vec::new();
    for (entry, records) in listed.into_iter().zip(records) {
        if entry.typ != SheetType::WorkSheet {
            continue;
        }
        let name = Some(budget.cleaner.text(&entry.name));
        let at = Place::sheet(&name);
        let failed = |error: XlsError| broken(&error).at(&at);
        let values = book.worksheet_range(&entry.name).map_err(failed)?;
        let formulas = book.worksheet_formula(&entry.name).map_err(failed)?;
        let merges = book.merge_cells_by_sheet_name(&entry.name).map_err(failed)?;
        let mut cells = Cells::default();
        let mut push = |row, col, data: &Data| {
            let text = formulas.get_value((row, col)).map_or("", |text| trusted(text));
            let is_formula = records.formulas.contains(&(row, col));
            let formula = is_formula.then(|| budget.text(text)).transpose()?;
            let value = budget.value(by_reference(data))?;
            let percent = matches!(value, Value::Number(_)) && records.percent.contains(&(row, col));
            cells.push(budget, row, col, Cell { value, formula, percent })
        };
        let (top, left) = values.start().unwrap_or_default();
        for (row, col, data) in values.used_cells() {
            push(top + row as u32, left + col as u32, data).map_err(|problem| problem.at(&at))?;
        }
        let mut sheet = Sheet {
            rows: cells.into_rows(budget, &name),
            name,
            visible: entry.visible == SheetVisible::Visible,
            merges: merges.iter().map(block).collect(),
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

/// The text of a formula, where calamine gives it as it stands: it misnames columns of other sheets, swaps `>` and `>=`,
/// and describes what it does not know.
fn trusted(formula: &str) -> &str {
    if formula.contains(['!', '>']) || formula.starts_with("Unrecognised formula") { "" } else { formula }
}

/// What a compound file without a workbook is.
fn other(file: &Compound<'_>) -> Problem {
    if file.has("EncryptedPackage") {
        return encrypted();
    }
    not_a_workbook(if file.has("WordDocument") {
        "a Word document"
    } else if file.has("PowerPoint Document") {
        "a PowerPoint presentation"
    } else if file.has("__properties_version1.0") {
        "an Outlook message"
    } else {
        "an OLE file without a workbook"
    })
}

fn broken(error: &XlsError) -> Problem {
    match error {
        XlsError::Password => encrypted(),
        error => damaged(format!("the workbook cannot be read ({})", visible(&error.to_string()))),
    }
}

fn block(dimensions: &calamine::Dimensions) -> Block {
    Block {
        first: CellRef::new(dimensions.start.0, dimensions.start.1),
        last: CellRef::new(dimensions.end.0, dimensions.end.1),
    }
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
