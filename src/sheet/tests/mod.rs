//! Workbooks written by hand, since most of what must be survived is what no program writes.

use std::io::Write as _;

use super::{Cell, Sheet, Value, Workbook, read};
use crate::error::Problem;

mod documents;
mod hostile;
mod kinds;
mod legacy;
mod texts;
mod workbooks;

/// The workbook; the test fails where it cannot be read.
fn book(bytes: &[u8]) -> Workbook {
    read("book", bytes).unwrap_or_else(|problems| panic!("cannot be read: {problems}"))
}

/// The first sheet of the workbook.
fn sheet(bytes: &[u8]) -> Sheet {
    book(bytes).sheets.swap_remove(0)
}

/// The one problem that stops the file.
fn problem(bytes: &[u8]) -> Problem {
    match read("book", bytes) {
        Ok(book) => panic!("was read: {book:?}"),
        Err(mut problems) => {
            assert_eq!(problems.0.len(), 1, "{problems}");
            problems.0.remove(0)
        }
    }
}

/// The code and the message of the one problem.
fn refusal(bytes: &[u8]) -> String {
    let problem = problem(bytes);
    format!("{}: {}", problem.code, problem.message)
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

/// The cell of a sheet by its name.
fn cell<'a>(sheet: &'a Sheet, name: &str) -> &'a Cell {
    let (row, col) = super::markup::cell(name).expect("a cell's name");
    sheet.cell(row, col).unwrap_or_else(|| panic!("nothing stands in {name}"))
}

/// The shown value and the formula of every cell, by name.
fn shown(sheet: &Sheet) -> Vec<String> {
    let cells = sheet.rows.iter().flat_map(|row| row.cells.iter().map(|(col, cell)| (row.index, *col, cell)));
    cells.map(|(row, col, cell)| format!("{}={}", crate::error::CellRef::new(row, col), cell.shown())).collect()
}

/// A zip archive of parts, deflated.
fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part can be started");
        writer.write_all(content).expect("a part can be written");
    }
    writer.finish().expect("the archive can be finished").into_inner()
}

const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const SHEET_RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const WORKBOOK: &str =
    r#"<workbook xmlns:r="r"><sheets><sheet name="Q3" sheetId="1" r:id="s1"/></sheets></workbook>"#;

/// A workbook of one sheet `Q3` with this content, and more parts.
fn xlsx_with(sheet: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("_rels/.rels", RELATIONS.as_bytes()),
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", SHEET_RELATIONS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    parts.extend_from_slice(more);
    zip(&parts)
}

/// A workbook of one sheet `Q3` with these rows.
fn xlsx(rows: &str) -> Vec<u8> {
    xlsx_with(&format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"), &[])
}
