//! What people do to a good table: move columns, add titles, totals and notes, rename headers. The ratings stay the same.

use gapwise::recognise::{Wishes, recognise};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::round_trip::lines;
use crate::write::assessed::Line;
use crate::write::{Book, Cell, Sheet, sketch, text, xlsx};

const LONG: &str = "== Ratings
Area | ID | Practice | Current | Target | Owner | Comment
Moorings | M-1 | Buoys are inspected | 2 | 4 | Harbour master | twice a year
Moorings | M-2 | Chains are replaced | 1 | 3 | Harbour master
Moorings | M-3 | Lights are tested | 4 | 4 | Electrician | by the book
Passengers | P-1 | Gangways are safe | 3 | 5 | Duty officer | two were closed
Passengers | P-2 | Signs are clear | N/A | N/A | Duty officer
Passengers | P-3 | Queues are short | 0 | 2 | Duty officer
Freight | F-1 | Loads are weighed | | 3 | Yard lead | scale is broken
Freight | F-2 | Papers travel ahead | 1 | 5 | Yard lead
Freight | F-3 | Dangerous goods are parted | 5 | 5 | Yard lead";

const GRID: &str = "== Ratings
Area | Ferry line | Night line | Cargo line | Tours
Booking | 3 | 2 | 0 | 4
Boarding | 2 | 2 | 1 | 3
Crew | 4 | 3 | n/a | 4
Catering | 1 | 0 | 0 | 
Cleaning | 3 | 1 | 2 | 3";

/// Other words for the headers, in the languages that were seen.
const SYNONYMS: [(&str, &[&str]); 7] = [
    (
        "Area",
        &[
            "Domain",
            "Category",
            "Dimension",
            "Function",
            "Theme",
            "Pillar",
            "Bereich",
            "Domínio",
            "Domaine",
            "Dominio",
        ],
    ),
    ("ID", &["Control ID", "Ref", "#", "Requirement_ID", "Sl. No.", "Identifier"]),
    (
        "Practice",
        &["Control", "Requirement", "Question", "Control Name", "Anforderung", "Requisito", "Exigence", "Práctica"],
    ),
    (
        "Current",
        &[
            "Current Maturity",
            "As-Is",
            "Actual Score",
            "Current\nMaturity",
            "Ist",
            "Nível Atual",
            "Niveau actuel",
            "Nivel actual",
            "current_level",
        ],
    ),
    (
        "Target",
        &[
            "Target Maturity",
            "To-Be",
            "Target Score",
            "Target\nMaturity",
            "Soll",
            "Nível Desejado",
            "Niveau cible",
            "Nivel objetivo",
            "target_level",
        ],
    ),
    ("Owner", &["Control Owner", "Responsible", "Verantwortlich", "Responsável", "Responsable"]),
    ("Comment", &["Notes", "Comments", "Evidence / Notes", "Bemerkung", "Observação", "Commentaires"]),
];

/// One thing that is done to a workbook, with a number that decides where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    MoveColumn,
    BlankRow,
    BlankColumn,
    Rename,
    SideTable,
    TitleBlock,
    TotalsRow,
    NotesSheet,
}

const CHANGES: [Change; 8] = [
    Change::MoveColumn,
    Change::BlankRow,
    Change::BlankColumn,
    Change::Rename,
    Change::SideTable,
    Change::TitleBlock,
    Change::TotalsRow,
    Change::NotesSheet,
];

/// The workbook with the table as its sheet `Ratings`, changed.
fn changed(mut book: Book, change: Change, at: usize) -> Book {
    let page = book.sheets.iter().position(|sheet| sheet.name == "Ratings").expect("the table");
    let sheet = &mut book.sheets[page];
    let head = sheet.rows.iter().position(|row| row.iter().filter(|cell| **cell != Cell::Blank).count() > 3);
    let head = head.expect("a header");
    let width = sheet.rows[head].len();
    let pad = |row: &mut Vec<Cell>, width: usize| row.resize(row.len().max(width), Cell::Blank);
    match change {
        Change::MoveColumn => {
            // The grid's first column names its rows; any other column may stand anywhere.
            let first = usize::from(sheet.rows[head].iter().all(|cell| *cell != Cell::text("Current")));
            let from = first + at % (width - first);
            let to = first + (at / 7) % (width - first);
            for row in &mut sheet.rows[head..] {
                pad(row, width);
                let cell = row.remove(from);
                row.insert(to, cell);
            }
        }
        Change::BlankRow => {
            let row = head + 2 + at % (sheet.rows.len() - head - 2);
            sheet.rows.insert(row, Vec::new());
        }
        Change::BlankColumn => {
            let col = at % width;
            for row in &mut sheet.rows {
                pad(row, col);
                row.insert(col, Cell::Blank);
            }
        }
        Change::Rename => {
            for cell in &mut sheet.rows[head] {
                let known = SYNONYMS.iter().find(|(word, _)| *cell == Cell::text(*word));
                if let Some((_, others)) = known {
                    *cell = Cell::text(others[at % others.len()]);
                }
            }
        }
        Change::SideTable => {
            let rows =
                [["Summary", "Average", "Rows"], ["First", "2.33", "3"], ["Second", "1.5", "3"], ["Third", "3", "3"]];
            for (row, cells) in sheet.rows[head..].iter_mut().zip(rows) {
                pad(row, width + 2);
                let cells = cells.map(|cell| cell.parse().map_or_else(|_| Cell::text(cell), Cell::Number));
                row.extend(cells);
            }
        }
        Change::TitleBlock => {
            let lines: [&[&str]; 4] =
                [&["Maturity of the harbour company"], &["Prepared by:", "The quality team"], &["Confidential"], &[]];
            let lines = lines.iter().skip(at % 3).map(|line| line.iter().map(|cell| Cell::text(*cell)).collect());
            sheet.rows.splice(0..0, lines);
        }
        Change::TotalsRow => {
            let word = ["Total", "Average", "Overall", "Gesamt", "Mean"][at % 5];
            let numbers: Vec<usize> = (0..width)
                .filter(|col| {
                    sheet.rows[head + 1..].iter().filter(|row| matches!(row.get(*col), Some(Cell::Number(_)))).count()
                        > 3
                })
                .collect();
            let means = (0..width).map(|col| {
                let column = sheet.rows[head + 1..].iter().filter_map(|row| match row.get(col) {
                    Some(Cell::Number(number)) => Some(*number),
                    _ => None,
                });
                let column: Vec<f64> = column.collect();
                let sum: f64 = column.iter().sum();
                match (numbers.contains(&col), word) {
                    (false, _) => Cell::Blank,
                    (true, "Total" | "Gesamt") => Cell::Number(sum),
                    (true, _) => Cell::Number(sum / column.len() as f64),
                }
            });
            let mut row: Vec<Cell> = means.collect();
            let names = (0..width).find(|col| !numbers.contains(col) && sheet.rows[head][*col] != Cell::Blank);
            row[names.expect("a column of names")] = Cell::text(word);
            sheet.rows.push(row);
        }
        Change::NotesSheet => {
            let notes = "== Notes
How the ratings were made
Interviews with every duty officer, two hours each
Date | Who | Where
@2026-01-12 | Harbour master | Office
@2026-01-13 | Yard lead | Yard";
            let mut notes = sketch::book(notes);
            let place = (at % 2) * book.sheets.len();
            book.sheets.insert(place, notes.sheets.remove(0));
        }
    }
    book
}

fn read(book: &Book) -> Result<Vec<Line>, String> {
    let book = gapwise::sheet::read("made.xlsx", &xlsx::bytes(book)).map_err(|problems| problems.to_string())?;
    let read = recognise(&book, &Wishes::default()).map_err(|problems| problems.to_string())?;
    Ok(lines(&read.value))
}

fn shown(sheet: &Sheet) -> String {
    text::table(sheet, text::TAB).replace('\t', " | ")
}

fn same(base: &str, changes: &[(Change, usize)]) -> Result<(), String> {
    let base = sketch::book(base);
    let wanted = read(&base).expect("the table itself is read");
    // A side table comes last: nobody moves the columns of two tables into one another.
    let (last, first): (Vec<_>, Vec<_>) = changes.iter().partition(|(change, _)| *change == Change::SideTable);
    let book = first.into_iter().chain(last).fold(base, |book, (change, at)| changed(book, change, at));
    let table = book.sheets.iter().find(|sheet| sheet.name == "Ratings").expect("the table");
    match read(&book) {
        Ok(found) if found == wanted => Ok(()),
        Ok(found) => {
            let lost = wanted.iter().filter(|line| !found.contains(line)).map(|line| format!("  - {line:?}\n"));
            let new = found.iter().filter(|line| !wanted.contains(line)).map(|line| format!("  + {line:?}\n"));
            let lines: String = lost.take(5).chain(new.take(5)).collect();
            Err(format!("{changes:?}: other ratings\n{lines}{}", shown(table)))
        }
        Err(message) => Err(format!("{changes:?}: {message}\n{}", shown(table))),
    }
}

/// The table that all this starts from is read as it stands.
#[test]
fn the_tables_themselves() {
    let long = read(&sketch::book(LONG)).expect("the long table is read");
    let levels =
        |lines: &[Line]| lines.iter().map(|line| format!("{:?}", line.current)).collect::<Vec<_>>().join(" ");
    assert_eq!(
        levels(&long),
        "NotAssessed Level(1.0) Level(5.0) Level(2.0) Level(1.0) Level(4.0) Level(3.0) NotApplicable Level(0.0)"
    );
    let grid = read(&sketch::book(GRID)).expect("the grid is read");
    assert_eq!(grid.len(), 20);
    assert_eq!(grid.iter().filter(|line| line.subject.as_deref() == Some("Tours")).count(), 5);
}

#[test]
fn each_change_alone() {
    let mut wrong = Vec::new();
    for base in [LONG, GRID] {
        for change in CHANGES {
            for at in 0..10 {
                wrong.extend(same(base, &[(change, at * 5 + at)]).err());
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n\n"));
}

#[test]
fn several_changes_one_after_the_other() {
    let config = Config { cases: 150, failure_persistence: None, max_shrink_iters: 200, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let order = Just(CHANGES.to_vec()).prop_shuffle();
    let changes = (order, 2..6_usize, proptest::collection::vec(0..60_usize, CHANGES.len()), any::<bool>());
    let outcome = runner.run(&changes, |(order, count, places, long)| {
        let changes: Vec<(Change, usize)> = order.into_iter().zip(places).take(count).collect();
        same(if long { LONG } else { GRID }, &changes).map_err(TestCaseError::fail)
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}
