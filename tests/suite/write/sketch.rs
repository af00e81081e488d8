//! Workbooks drawn as text, so that a sample can be read and changed in any editor.
//!
//! A line `== Name` begins a sheet (`== Name (hidden)`), every other line is a row, its cells parted by `|`. A line `!merge
//! B1:C1`, `!hide-row 7`, `!hide-column D` or `!list D4:D9 None; Some; All` says something about the sheet, and one that
//! begins with `#` is a remark (of the sketch; it is no row). Cells: `3` is a number, `60%` a number shown as percentage,
//! `'3` a text, `@2026-01-31` a day, `TRUE` a truth value, `!#N/A` an error, `=B2-C2` a formula without stored result,
//! `=B2-C2 -> 1` one with; `\n` breaks a line.

use super::{Block, Book, Cell, Sheet};

/// Reads a sketch.
pub fn book(text: &str) -> Book {
    let mut book = Book::default();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix("== ") {
            let hidden = name.strip_suffix(" (hidden)");
            let name = hidden.unwrap_or(name).to_owned();
            book.sheets.push(Sheet { name, hidden: hidden.is_some(), ..Sheet::default() });
            continue;
        }
        let sheet = book.sheets.last_mut().expect("a sketch begins with `== Name`");
        match line.strip_prefix('!').and_then(|order| order.split_once(' ')) {
            Some((order, rest)) if !order.starts_with('#') => about(sheet, order, rest),
            _ => {
                let cells = line.split('|').map(|cell| self::cell(cell.trim()));
                let mut cells: Vec<Cell> = cells.collect();
                while cells.last() == Some(&Cell::Blank) {
                    cells.pop();
                }
                sheet.rows.push(cells);
            }
        }
    }
    book
}

fn about(sheet: &mut Sheet, order: &str, rest: &str) {
    match order {
        "merge" => sheet.merges.push(block(rest)),
        "hide-row" => sheet.hidden_rows.push(rest.parse::<usize>().expect("a row's number") - 1),
        "hide-column" => sheet.hidden_columns.push(column(rest)),
        "list" => {
            let (cells, entries) = rest.split_once(' ').expect("cells and entries");
            let entries = entries.split(';').map(|entry| entry.trim().to_owned());
            sheet.lists.push((block(cells), entries.collect()));
        }
        other => panic!("a sketch knows no `!{other}`"),
    }
}

fn cell(text: &str) -> Cell {
    if let Some(text) = text.strip_prefix('\'') {
        Cell::Text(text.replace("\\n", "\n"))
    } else if let Some(day) = text.strip_prefix('@') {
        Cell::Date(day.to_owned())
    } else if let Some(error) = text.strip_prefix('!') {
        Cell::Error(error.to_owned())
    } else if let Some(formula) = text.strip_prefix('=') {
        match formula.split_once(" -> ") {
            Some((formula, result)) => Cell::Formula(formula.to_owned(), Some(Box::new(cell(result)))),
            None => Cell::Formula(formula.to_owned(), None),
        }
    } else if let Some(number) = text.strip_suffix('%').and_then(|number| number.parse::<f64>().ok()) {
        Cell::Percent(number / 100.0)
    } else if let Ok(number) = text.parse::<f64>() {
        Cell::Number(number)
    } else {
        match text {
            "TRUE" => Cell::Bool(true),
            "FALSE" => Cell::Bool(false),
            text => Cell::text(text.replace("\\n", "\n")),
        }
    }
}

fn block(cells: &str) -> Block {
    let (first, last) = cells.split_once(':').expect("a block such as B1:C1");
    let corner = |cell: &str| {
        let digits = cell.find(|c: char| c.is_ascii_digit()).expect("a cell such as B1");
        (cell[digits..].parse::<usize>().expect("a row's number") - 1, column(&cell[..digits]))
    };
    let ((top, left), (bottom, right)) = (corner(first), corner(last));
    Block { rows: (top, bottom), columns: (left, right) }
}

fn column(letters: &str) -> usize {
    letters.bytes().fold(0, |sum, letter| sum * 26 + usize::from(letter - b'A') + 1) - 1
}
