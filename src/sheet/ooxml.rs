//! `.xlsx` and `.xlsm`: cells through calamine's stream, what it does not tell from the XML itself.

use std::io::Cursor;
use std::sync::Arc;

use calamine::{Reader, SheetType, SheetVisible, Xlsx};

use super::cells::{Budget, Cells};
use super::{Block, Cell, Sheet};
use crate::error::{CellRef, Problem};

/// Reads the sheets of a workbook.
pub(super) fn sheets(bytes: &[u8], budget: &mut Budget) -> Result<Vec<Sheet>, Problem> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|e| Problem::new("damaged", e.to_string()))?;
    let listed = book.sheets_metadata().to_vec();
    let mut sheets = Vec::new();
    for entry in listed.into_iter().filter(|entry| entry.typ == SheetType::WorkSheet) {
        let mut cells = Cells::default();
        let broken = |e: calamine::XlsxError| Problem::new("damaged", e.to_string()).at(&entry.name);
        let mut reader = book.worksheet_cells_reader(&entry.name).map_err(broken)?;
        while let Some(cell) = reader.next_cell_with_formula().map_err(broken)? {
            let value = budget.value(cell.value)?;
            let formula = cell.formula.map(|text| budget.text(&text)).transpose()?;
            cells.push(budget, cell.pos.0, cell.pos.1, Cell { value, formula, percent: false })?;
        }
        drop(reader);
        let merges = book.merge_cells_by_sheet_name(&entry.name).map_err(broken)?;
        let (rows, _) = cells.into_rows();
        sheets.push(Sheet {
            name: Some(Arc::from(entry.name.as_str())),
            visible: entry.visible == SheetVisible::Visible,
            rows,
            merges: merges.iter().map(block).collect(),
            hidden_rows: None,
            hidden_columns: None,
            drop_downs: Vec::new(),
        });
    }
    Ok(sheets)
}

fn block(dimensions: &calamine::Dimensions) -> Block {
    Block {
        first: CellRef::new(dimensions.start.0, dimensions.start.1),
        last: CellRef::new(dimensions.end.0, dimensions.end.1),
    }
}
