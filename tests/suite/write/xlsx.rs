//! `.xlsx` through rust_xlsxwriter.

use std::io::Read as _;

use rust_xlsxwriter::{DataValidation, ExcelDateTime, Format, Formula, Workbook, Worksheet};

use super::{Book, Cell, zip};

/// Stands for "no result" until the sheet is written: the library always writes one.
const NO_RESULT: &str = "no result stored";

/// The workbook's bytes.
pub fn bytes(book: &Book) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_ymd(2026, 1, 31).expect("a day");
    workbook.set_properties(&rust_xlsxwriter::DocProperties::new().set_creation_datetime(&made));
    for sheet in &book.sheets {
        let page = workbook.add_worksheet();
        page.set_name(&sheet.name).expect("the sheet's name is sound");
        page.set_hidden(sheet.hidden);
        for (list, entries) in &sheet.lists {
            let list = (corner(list.rows.0, list.columns.0), corner(list.rows.1, list.columns.1));
            let validation = DataValidation::new().allow_list_strings(entries).expect("a short list");
            page.add_data_validation(list.0.0, list.0.1, list.1.0, list.1.1, &validation).expect("a sound list");
        }
        for block in &sheet.merges {
            let ((top, left), (bottom, right)) =
                (corner(block.rows.0, block.columns.0), corner(block.rows.1, block.columns.1));
            page.merge_range(top, left, bottom, right, "", &Format::new()).expect("a sound merge");
        }
        for (row, cells) in sheet.rows.iter().enumerate() {
            for (col, cell) in cells.iter().enumerate() {
                put(page, corner(row, col), cell);
            }
        }
        for row in &sheet.hidden_rows {
            page.set_row_hidden(*row as u32).expect("a row");
        }
        for col in &sheet.hidden_columns {
            page.set_column_hidden(*col as u16).expect("a column");
        }
    }
    if let Some(first) = book.sheets.iter().position(|sheet| !sheet.hidden) {
        workbook.worksheet_from_index(first).expect("the sheet").set_active(true);
    }
    without_results(&workbook.save_to_buffer().expect("the workbook can be written"))
}

fn corner(row: usize, col: usize) -> (u32, u16) {
    (row as u32, col as u16)
}

fn put(page: &mut Worksheet, (row, col): (u32, u16), cell: &Cell) {
    let percent = Format::new().set_num_format("0%");
    let written = match cell {
        Cell::Blank => return,
        Cell::Number(number) => page.write_number(row, col, *number),
        Cell::Percent(number) => page.write_number_with_format(row, col, *number, &percent),
        Cell::Text(text) => page.write_string(row, col, text),
        Cell::Bool(truth) => page.write_boolean(row, col, *truth),
        Cell::Date(day) => {
            let day = ExcelDateTime::parse_from_str(day).expect("an ISO date");
            page.write_datetime_with_format(row, col, day, &Format::new().set_num_format("yyyy-mm-dd"))
        }
        Cell::Error(error) => page.write_formula(row, col, Formula::new("NA()").set_result(error.as_str())),
        Cell::Formula(formula, result) => {
            let stored = match result.as_deref() {
                None => NO_RESULT.to_owned(),
                Some(Cell::Number(number) | Cell::Percent(number)) => number.to_string(),
                Some(Cell::Text(text) | Cell::Error(text)) => text.clone(),
                Some(other) => panic!("{other:?} as a stored result is not needed so far"),
            };
            page.write_formula(row, col, Formula::new(formula).set_result(stored))
        }
    };
    written.expect("the cell can be written");
}

/// Takes out the results that formulas are to be without, as libraries leave them that cannot compute.
fn without_results(bytes: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("a part can be read");
        let name = part.name().expect("a sound name").into_owned();
        if name.starts_with("xl/worksheets/") {
            let text = String::from_utf8(content).expect("XML is UTF-8");
            let stored = format!("<v>{NO_RESULT}</v>");
            content = text
                .split_inclusive("</c>")
                .map(|cell| match cell.contains(&stored) {
                    true => cell.replace(&stored, "<v></v>").replace(" t=\"str\"", ""),
                    false => cell.to_owned(),
                })
                .collect::<String>()
                .into_bytes();
        }
        parts.push((name, content));
    }
    zip(&parts)
}
