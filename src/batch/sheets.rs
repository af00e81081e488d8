//! `--sheet all`: each sheet of a workbook that holds an assessment is an input of its own.

use gapwise::error::{Problem, Problems, Result};
use gapwise::recognise::{Wishes, recognise};
use gapwise::sheet::{self, Workbook};

use super::{Input, Order};

/// The word for `--sheet` that asks for a report of every sheet. A sheet of this very name needs `--mapping`.
pub const ALL: &str = "all";

/// Codes that say a sheet holds no assessment; all others say that one is there and cannot be read.
const NONE_THERE: [&str; 5] = ["no-table", "no-level-column", "nothing-rated", "blank-template", "definitions-only"];

/// Inputs, one a sheet where the user asked for that.
#[derive(Default)]
pub struct Sheets {
    /// In the order of the inputs given and of the sheets in each.
    pub inputs: Vec<Input>,
    /// Sheets that are no assessment: file, and why.
    pub passed: Vec<(String, Problem)>,
    /// Files of which no sheet is one: file, and why, a problem a sheet.
    pub lost: Vec<(String, Problem)>,
}

/// Makes an input of every sheet that holds an assessment; the inputs as they are unless `--sheet all` was said.
pub fn each_sheet(inputs: Vec<Input>, order: &Order) -> Sheets {
    if order.wishes.sheet.as_deref() != Some(ALL) {
        return Sheets { inputs, ..Sheets::default() };
    }
    let mut found = Sheets::default();
    for input in inputs {
        match book(&input) {
            Ok(Some(book)) => split(&input, &book, &order.wishes, &mut found),
            // JSON of a report and a text file have no sheets; what cannot be read is told when its report is made.
            Ok(None) | Err(_) => found.inputs.push(input),
        }
    }
    found
}

fn book(input: &Input) -> Result<Option<Workbook>> {
    let bytes = input.bytes()?;
    if gapwise::render::pdf::archive::own_data(&bytes).is_some() || gapwise::render::json::is_document(&bytes) {
        return Ok(None);
    }
    let book = sheet::read(&input.file(), &bytes)?;
    Ok(book.sheets.iter().any(|sheet| sheet.name.is_some()).then_some(book))
}

fn split(input: &Input, book: &Workbook, wishes: &Wishes, found: &mut Sheets) {
    let before = found.inputs.len();
    let mut passed = Vec::new();
    for name in book.sheets.iter().filter(|sheet| sheet.visible).filter_map(|sheet| sheet.name.as_deref()) {
        let wishes = Wishes { sheet: Some(name.to_owned()), ..wishes.clone() };
        match recognise(book, &wishes) {
            Err(Problems(problems)) if problems.iter().all(|it| NONE_THERE.contains(&&*it.code)) => {
                passed.extend(problems);
            }
            // What cannot be read is told when the report is made.
            _ => found.inputs.push(Input { sheet: Some(name.to_owned()), ..input.clone() }),
        }
    }
    let none = found.inputs.len() == before;
    let told = if none { &mut found.lost } else { &mut found.passed };
    told.extend(passed.into_iter().map(|problem| (input.shown(), problem)));
}
