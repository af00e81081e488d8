//! Tables as text: comma, semicolon or tab, with the decimal mark and the encoding of the country.

use super::{Cell, Sheet};

/// How a program writes a table as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    pub separator: char,
    pub decimal: char,
    pub line: &'static str,
}

pub const COMMA: Dialect = Dialect { separator: ',', decimal: '.', line: "\n" };
/// As programs set to German, French, Spanish or Portuguese write it.
pub const SEMICOLON: Dialect = Dialect { separator: ';', decimal: ',', line: "\r\n" };
pub const TAB: Dialect = Dialect { separator: '\t', decimal: '.', line: "\r\n" };

/// The characters of the text file; merges and hidden rows are lost, as in life.
pub fn table(sheet: &Sheet, dialect: Dialect) -> String {
    let width = sheet.width();
    let lines = sheet.rows.iter().map(|row| {
        let fields = (0..width).map(|col| field(row.get(col).unwrap_or(&Cell::Blank), dialect));
        fields.collect::<Vec<_>>().join(&dialect.separator.to_string()) + dialect.line
    });
    lines.collect()
}

fn field(cell: &Cell, dialect: Dialect) -> String {
    let text = match cell {
        Cell::Blank => String::new(),
        Cell::Number(number) => decimal(*number, dialect),
        Cell::Percent(number) => decimal((number * 1e6).round() / 1e4, dialect) + "%",
        Cell::Text(text) | Cell::Date(text) | Cell::Error(text) => text.clone(),
        Cell::Bool(truth) => truth.to_string().to_uppercase(),
        Cell::Formula(_, Some(result)) => return field(result, dialect),
        Cell::Formula(formula, None) => format!("={formula}"),
    };
    match text.contains(['"', '\n', '\r', dialect.separator]) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

fn decimal(number: f64, dialect: Dialect) -> String {
    number.to_string().replace('.', &dialect.decimal.to_string())
}

/// UTF-16, least significant byte first, with its mark: what Excel calls "Unicode text".
pub fn utf16(text: &str) -> Vec<u8> {
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

/// Windows-1252 for texts of Latin letters; `None` where a character has no place in it.
pub fn windows_1252(text: &str) -> Option<Vec<u8>> {
    text.chars()
        .map(|c| match c {
            '\u{20ac}' => Some(0x80),
            '\u{2013}' => Some(0x96),
            '\u{2014}' => Some(0x97),
            '\0'..='\u{7f}' | '\u{a0}'..='\u{ff}' => Some(c as u8),
            _ => None,
        })
        .collect()
}
