//! `--format xlsx`: the analysis as a workbook. Read back, its cells are the numbers of the JSON; recalculated by another
//! program from its formulas, they still are.

use std::io::{Read, Write};

use gapwise::sheet::{self, Sheet, Value as Cell};
use serde_json::Value;

use crate::tools::office;
use crate::workdir::{Workdir, sample};

/// Areas within areas, weights, every state, words that look like formulas.
const NESTED: &str = "\
Function,Category,Practice,Team,Current,Target,Weight,Owner,Due,Evidence\r\n\
Build,Tools,+cmd(),A,1,3,2,@me,2026-06-30,-1 + 1\r\n\
Build,Tools,+cmd(),B,3,2,1,,,\r\n\
Build,People,Skills,A,0,4,3,,soon,\r\n\
Build,People,Skills,B,n/a,4,3,,,\r\n\
Run,Watch,Alerts,A,5,4,1,,,+44\r\n\
Run,Watch,Alerts,B,,2,1,,,\r\n\
Run,Repair,Drills,A,2,,1,,,\r\n\
Run,Repair,Drills,B,1,1,0,,,\r\n\
Learn,Review,After each incident,A,,3,1,,,\r\n";

fn make(name: &str) -> (Workdir, Vec<String>) {
    let work = Workdir::new(name);
    work.put("nested.csv", NESTED);
    let bank = sample("first-federated-bank-cd.xlsx");
    work.gapwise(&["report", &bank, "-o", ".", "--format", "xlsx,json"]).ok();
    work.gapwise(&["report", "nested.csv", "-o", ".", "--format", "xlsx,json", "--scale", "0..5"]).ok();
    (work, vec!["first-federated-bank-cd".to_owned(), "nested".to_owned()])
}

/// The row of a sheet whose first cell is this text, and the column under this head.
fn table<'a>(sheets: &'a [Sheet], name: &str, head_row: u32) -> impl Fn(u32, &str) -> Option<f64> + 'a {
    let sheet =
        sheets.iter().find(|sheet| sheet.name.as_deref() == Some(name)).unwrap_or_else(|| panic!("no {name}"));
    move |row, head| {
        let heads =
            (0..sheet.width()).find(|col| sheet.cell(head_row, *col).is_some_and(|cell| cell.shown() == head));
        let col = heads.unwrap_or_else(|| panic!("no column {head}"));
        match sheet.value(row, col) {
            Cell::Number(number) => Some(*number),
            Cell::Blank | Cell::Text(_) => None,
            other => panic!("{head} in row {}: {other:?}", row + 1),
        }
    }
}

#[track_caller]
fn same(found: Option<f64>, expected: &Value, what: &str) {
    match (found, expected.as_f64()) {
        (None, None) => {}
        (Some(found), Some(expected)) => assert!((found - expected).abs() < 1e-9, "{what}: {found}, not {expected}"),
        (found, expected) => panic!("{what}: {found:?}, not {expected:?}"),
    }
}

/// Compares every figure of the workbook with the JSON.
fn compare(bytes: &[u8], json: &Value) {
    let book = sheet::read("out.xlsx", bytes).unwrap();
    let rating = table(&book.sheets, "Ratings", 2);
    for (row, expected) in (3..).zip(json["ratings"].as_array().unwrap()) {
        for (head, field) in [("Current", "current"), ("Target", "target"), ("Gap", "gap"), ("Weight", "weight")] {
            same(rating(row, head), &expected[field], &format!("{head} of {}", expected["at"]));
        }
    }
    let area = table(&book.sheets, "Areas", 2);
    let areas = json["areas"].as_array().unwrap();
    for (row, expected) in (3..).zip(areas.iter().chain([&json["overall"]])) {
        for (head, field) in [
            ("Current", "current"),
            ("Target", "target"),
            ("Gap", "gap"),
            ("Shortfall", "shortfall"),
            ("To target", "percent_to_target"),
            ("Rated", "assessed"),
            ("Applicable", "applicable"),
            ("Plain mean", "rating_mean"),
        ] {
            same(area(row, head), &expected[field], &format!("{head} of area {}", expected["name"]));
        }
    }
    let subjects = json["subjects"].as_array().unwrap();
    let tops = || areas.iter().filter(|area| area["path"].as_array().unwrap().len() == 1);
    for (block, field) in ["current", "target", "gap", "shortfall"].into_iter().enumerate() {
        let head = 3 + u32::try_from(block * (subjects.len() + 2)).unwrap();
        let cell = table(&book.sheets, "Subjects", head);
        for (row, subject) in (head + 1..).zip(subjects) {
            let what = |area: &Value| format!("{field} of {} in {area}", subject["name"]);
            same(cell(row, "All areas"), &subject[field], &what(&Value::Null));
            for top in tops() {
                let own = subject["areas"].as_array().unwrap().iter().find(|area| area["path"] == top["path"]);
                let expected = own.map_or(&Value::Null, |area| &area[field]);
                same(cell(row, top["name"].as_str().unwrap()), expected, &what(&top["name"]));
            }
        }
    }
}

#[test]
fn the_workbook_holds_the_numbers_of_the_json() {
    let (work, names) = make("workbook");
    for name in &names {
        let (bytes, json) = (work.bytes(&format!("{name}.xlsx")), work.json(&format!("{name}.json")));
        compare(&bytes, &json);
        let book = sheet::read("out.xlsx", &bytes).unwrap();
        assert_eq!(book.title.as_deref(), json["title"].as_str());
        assert_eq!(book.modified.as_deref(), json["date"].as_str(), "the date is the analysis's, not the clock's");
        // Words stay words, and a gap is a formula.
        let ratings = book.sheets.iter().find(|sheet| sheet.name.as_deref() == Some("Ratings")).unwrap();
        let cells = || ratings.rows.iter().flat_map(|row| &row.cells);
        assert!(
            cells().filter_map(|(_, cell)| cell.formula.as_deref()).all(|text| text.starts_with("IF(AND(ISNUMBER("))
        );
        if name == "nested" {
            for text in ["+cmd()", "@me", "-1 + 1", "+44"] {
                assert!(cells().any(|(_, cell)| cell.formula.is_none() && cell.shown() == text), "{text}");
            }
        }
    }
}

/// Takes the results from all formulas, so that whoever opens the file has to work them out.
fn without_results(bytes: &[u8]) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut to = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut part = from.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        if name.starts_with("xl/worksheets/sheet") {
            let text = String::from_utf8(content).unwrap();
            let mut pieces = text.split("</f><v>");
            let mut out = pieces.next().unwrap().to_owned();
            for piece in pieces {
                out.push_str("</f>");
                out.push_str(&piece[piece.find("</v>").unwrap() + 4..]);
            }
            content = out.into_bytes();
        }
        to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(&content).unwrap();
    }
    to.finish().unwrap().into_inner()
}

#[test]
fn another_program_calculates_the_same() {
    let (work, names) = make("workbook-recalculated");
    for name in &names {
        work.put(&format!("bare/{name}.xlsx"), without_results(&work.bytes(&format!("{name}.xlsx"))));
    }
    let files: Vec<String> = names.iter().map(|name| format!("bare/{name}.xlsx")).collect();
    if office(&work, "xlsx", "recalculated", &files).is_none() {
        return;
    }
    for name in &names {
        compare(&work.bytes(&format!("recalculated/{name}.xlsx")), &work.json(&format!("{name}.json")));
    }
}
