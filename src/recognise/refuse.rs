//! Why a file holds no assessment: what was seen, and what would help.

use super::level;
use super::ratings::count;
use super::table::{Column, Table};
use super::words::Role;
use crate::error::{Problem, column_letters, quoted, visible};
use crate::sheet::{Sheet, Value, Workbook};

/// The table that came closest, for the message.
pub struct Seen {
    place: Option<String>,
    heads: Vec<String>,
    /// Columns whose header speaks of a level or status, and what stands in them instead of one.
    instead: Vec<String>,
    /// Whether those columns are all blank: a form that nobody filled in.
    blank: bool,
    /// An entry of theirs that is no level.
    entry: Option<String>,
}

impl Seen {
    /// Remembers the most telling table.
    pub fn of(tables: &[Table]) -> Self {
        let speaks = |table: &&Table| {
            let roles = table.columns.iter().filter(|column| column.best().is_some_and(|(_, s)| s >= 0.5)).count();
            (roles, table.rows.len().min(1_000))
        };
        let Some(best) = tables.iter().max_by_key(speaks) else {
            return Self { place: None, heads: Vec::new(), instead: Vec::new(), blank: false, entry: None };
        };
        let first = best.columns.first().map_or(0, |column| column.col);
        let rating: Vec<&Column> = best
            .columns
            .iter()
            .filter(|column| column.says(Role::Current) >= 0.5 || column.says(Role::Status) >= 0.5)
            .collect();
        // A few words over and over may be levels by other names; many different texts are none.
        let entry = |column: &&Column| {
            let profile = &column.profile;
            let words = profile.long == 0 && profile.texts > 0 && profile.distinct() <= 12;
            words.then(|| entries(best, column).into_iter().next())?
        };
        Self {
            place: Some(best.sheet.place(best.bottom, first).to_string()),
            heads: best
                .columns
                .iter()
                .filter(|column| !column.head.is_empty())
                .take(8)
                .map(|column| format!("{} {}", quoted(&column.head), column_letters(column.col)))
                .collect(),
            instead: rating.iter().take(4).map(|column| instead(best, column)).collect(),
            blank: !rating.is_empty() && rating.iter().all(|column| column.profile.filled == 0),
            entry: rating.iter().find_map(entry),
        }
    }
}

/// The first three different entries of a column, as they stand.
fn entries(table: &Table, column: &Column) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for cell in table.rows.iter().take(2_000).filter_map(|row| row.cell(column.col)) {
        let text = cell.shown().trim().to_owned();
        if !text.is_empty() && !found.contains(&text) {
            found.push(text);
        }
        if found.len() == 3 {
            break;
        }
    }
    found
}

/// What stands in a column that should hold levels.
fn instead(table: &Table, column: &Column) -> String {
    let profile = &column.profile;
    let most = |count: usize| count * 2 > profile.filled;
    let what = if table.rows.is_empty() {
        "has no row beneath it".to_owned()
    } else if profile.filled == 0 {
        format!("is blank in {}", count(table.rows.len(), "row", "rows"))
    } else if most(profile.long) {
        "holds sentences".to_owned()
    } else if most(profile.uncached) {
        "holds formulas without a stored result".to_owned()
    } else if most(profile.dates) {
        "holds dates".to_owned()
    } else if most(profile.bools) {
        "holds TRUE and FALSE".to_owned()
    } else if most(profile.errors) {
        "holds errors".to_owned()
    } else {
        let found: Vec<String> = entries(table, column).iter().map(|entry| quoted(entry)).collect();
        format!("holds entries such as {}", found.join(", "))
    };
    format!("{} {} {what}", quoted(&column.head), column_letters(column.col))
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
        Some(place) if seen.blank => Problem::new("nothing-rated", format!("no current level: {}", seen.instead.join(", ")))
            .at(place)
            .hint("a form that nobody filled in? else name the column or sheet that holds the levels: --column current=\"HEADER\", --sheet NAME"),
        Some(place) if !seen.instead.is_empty() => {
            let found = format!("no column of levels in the table under this header: {}", seen.instead.join(", "));
            let column = "name the column that holds the level: --column current=\"HEADER\"";
            Problem::new("no-level-column", found).at(place).hint(match &seen.entry {
                Some(entry) => format!("{column}; or say what entries are worth: --level \"{}=3\"", visible(entry)),
                None => format!("{column}, or the sheet: --sheet NAME"),
            })
        }
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
