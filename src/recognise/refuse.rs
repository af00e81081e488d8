//! Why a file holds no assessment: what was seen, and what would help.

use super::level;
use super::table::Table;
use super::words::Role;
use crate::error::{Problem, column_letters, quoted};
use crate::sheet::{Sheet, Value, Workbook};

/// The table that came closest, for the message.
pub struct Seen {
    place: Option<String>,
    heads: Vec<String>,
    rated: bool,
}

impl Seen {
    /// Remembers the most telling table.
    pub fn of(tables: &[Table]) -> Self {
        let speaks = |table: &&Table| {
            let roles = table.columns.iter().filter(|column| column.best().is_some_and(|(_, s)| s >= 0.5)).count();
            (roles, table.rows.len().min(1_000))
        };
        let Some(best) = tables.iter().max_by_key(speaks) else {
            return Self { place: None, heads: Vec::new(), rated: false };
        };
        let first = best.columns.first().map_or(0, |column| column.col);
        Self {
            place: Some(best.sheet.place(best.bottom, first).to_string()),
            heads: best
                .columns
                .iter()
                .filter(|column| !column.head.is_empty())
                .take(8)
                .map(|column| format!("{} {}", quoted(&column.head), column_letters(column.col)))
                .collect(),
            rated: best
                .columns
                .iter()
                .any(|column| column.says(Role::Current) >= 0.5 || column.says(Role::Status) >= 0.5),
        }
    }
}

/// No table with ratings: says what stands there instead.
pub fn no_table(book: &Workbook, sheets: &[(usize, &Sheet)], seen: &Seen) -> Problem {
    if book.sheets.iter().all(|sheet| sheet.rows.is_empty()) {
        return Problem::new("no-table", "no cell is filled").hint("give the file that holds the ratings");
    }
    if let Some(place) = rubric(sheets) {
        return Problem::new(
            "no-level-column",
            "levels stand side by side as column heads with texts beneath: a rubric, nothing is rated in it".to_owned(),
        )
        .at(place)
        .hint("add a column with the level of each row, or give the file that holds it; --column current=\"HEADER\" names it");
    }
    match &seen.place {
        Some(place) if seen.rated => Problem::new(
            "no-level-column",
            format!("no column of levels in the table under this header; found {}", seen.heads.join(", ")),
        )
        .at(place)
        .hint("name the column that holds the level: --column current=\"HEADER\"; words are worth: --level \"Largely=3\""),
        Some(place) => Problem::new(
            "no-level-column",
            format!("no column speaks of a level or status; found {}: a list or definitions, no assessment", seen.heads.join(", ")),
        )
        .at(place)
        .hint("name the column that holds the level: --column current=\"HEADER\", or the sheet: --sheet NAME"),
        None => {
            let names: Vec<String> = sheets
                .iter()
                .filter_map(|(_, sheet)| sheet.name.as_deref())
                .take(8)
                .map(quoted)
                .collect();
            let on = if names.is_empty() { String::new() } else { format!(" on {}", names.join(", ")) };
            Problem::new("no-table", format!("no table of ratings was found{on}: no row names an area and a level"))
                .hint("name the header: --header-row N, and the level: --column current=C")
        }
    }
}

/// The first cell of a row in which three levels or more head columns of long texts.
fn rubric(sheets: &[(usize, &Sheet)]) -> Option<String> {
    sheets.iter().find_map(|(_, sheet)| {
        sheet.rows.iter().take(40).find_map(|row| {
            let heads: Vec<u32> = row
                .cells
                .iter()
                .filter(|(_, cell)| matches!(&cell.value, Value::Text(text) if level::number(text).is_some_and(|found| found.value.abs() <= 10.0)))
                .map(|(col, _)| *col)
                .collect();
            let beneath = |col: u32| {
                let texts = sheet.rows.iter().filter(|below| below.index > row.index).take(20);
                texts.filter_map(|below| below.cell(col)).any(|cell| cell.shown().chars().count() > 20)
            };
            (heads.len() >= 3 && heads.iter().all(|col| beneath(*col))).then(|| sheet.place(row.index, heads[0]).to_string())
        })
    })
}
