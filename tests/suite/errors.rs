//! Every error and warning a user can meet, compared in full: what is wrong, where, and what helps.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

use crate::workdir::{Workdir, sample};

fn report(work: &Workdir, args: &[&str]) -> crate::workdir::Run {
    let mut all = vec!["report"];
    all.extend(args);
    work.gapwise(&all)
}

/// Runs on one CSV file and expects it to be refused with these messages, and nothing written.
#[track_caller]
fn refused(name: &str, csv: &str, messages: &str) {
    let work = Workdir::new(&format!("refused-{name}"));
    work.put("ratings.csv", csv);
    report(&work, &["ratings.csv"]).refused(messages);
    assert_eq!(work.files(), ["ratings.csv"], "no output is made or left behind");
}

/// Runs on one CSV file and expects a report with exactly these warnings, and exit code 2 under `--strict`.
#[track_caller]
fn warned(name: &str, csv: &str, args: &[&str], messages: &str) {
    let work = Workdir::new(&format!("warned-{name}"));
    work.put("ratings.csv", csv);
    let args: Vec<&str> = ["ratings.csv", "--format", "json"].into_iter().chain(args.iter().copied()).collect();
    let run = report(&work, &args).ok();
    let lines: Vec<&str> = run
        .stderr
        .lines()
        .filter(|line| !line.starts_with("wrote ") && !line.ends_with(" warning") && !line.ends_with(" warnings"))
        .collect();
    assert_eq!(lines.join("\n"), messages.trim_end());
    let strict: Vec<&str> = args.into_iter().chain(["--strict"]).collect();
    assert_eq!(report(&work, &strict).code, 2, "--strict turns warnings into exit 2");
    assert!(
        work.files().contains(&"gapwise-report/ratings.json".to_owned()),
        "and the report is written all the same"
    );
}

#[test]
fn a_missing_file() {
    let work = Workdir::new("missing");
    report(&work, &["nowhere.xlsx"]).refused(
        "error[not-found]: nowhere.xlsx: no such file or folder
  hint: check the path; several files and folders may be given",
    );
}

#[test]
fn an_empty_file() {
    refused(
        "empty",
        "",
        "error[empty-file]: ratings.csv: the file is empty
  hint: give .xlsx, .xls, .xlsb, .ods or .csv; for piped text: gapwise report -",
    );
}

#[test]
fn a_folder_without_a_spreadsheet() {
    let work = Workdir::new("empty-folder");
    work.put("notes/readme.txt", "nothing here").put("notes/~$bank.xlsx", "a lock file");
    report(&work, &["notes"]).refused(
        "error[empty-folder]: notes: no spreadsheet in this folder
  hint: give a folder that holds .xlsx, .xls, .xlsb, .ods or .csv files",
    );
}

#[test]
fn something_that_is_no_spreadsheet() {
    let work = Workdir::new("no-spreadsheet");
    work.put("notes.xlsx", "%PDF-1.7\n%\u{e2}\u{e3}\n1 0 obj\n<<>>\nendobj\n");
    report(&work, &["notes.xlsx"]).refused(
        "error[not-a-workbook]: notes.xlsx: the content is PDF
  hint: give .xlsx, .xls, .xlsb, .ods or .csv; for piped text: gapwise report -",
    );
}

#[test]
fn flags_that_make_no_sense_are_told_all_at_once() {
    let work = Workdir::new("flags");
    report(
        &work,
        &[
            "x.csv",
            "--format",
            "html,docx",
            "--date",
            "31.1.2026",
            "--scale",
            "5..0",
            "--target",
            "",
            "--level",
            "Largely",
            "--column",
            "Score",
            "--paper",
            "a3",
        ],
    )
    .refused(
        "error[bad-value]: --column: `Score` names no role
  hint: --column current=\"Score Q3\"
error[bad-value]: --level: `Largely` gives no word a value
  hint: --level \"Largely=3\"
error[bad-value]: --target: it is blank
  hint: --target 3
error[bad-value]: --scale: 5..0 is no scale: the first number must be the smaller one
  hint: --scale 0..5
error[bad-value]: --format: unknown `docx`; known: html, pdf, json, csv, md, xlsx, svg, parquet
  hint: for a word processor: --format md
error[bad-value]: --date: `31.1.2026` is no day
  hint: --date 2026-01-31
error[bad-value]: --paper: unknown `a3`; known: a4, letter
  hint: --paper a4",
    );
}

#[test]
fn an_output_folder_that_is_a_file() {
    let work = Workdir::new("output-is-file");
    work.put("out", "mine");
    report(&work, &[&sample("first-federated-bank-cd.csv"), "-o", "out"]).refused(
        "error[output-folder]: out: the output folder cannot be made: a file has this name
  hint: name another: -o DIR",
    );
    assert_eq!(work.text("out"), "mine");
}

#[test]
fn an_output_that_is_a_folder() {
    let work = Workdir::new("output-is-folder");
    work.put("out/ratings.html/mine.txt", "mine")
        .put("ratings.csv", "Area,Current (0-5),Target\nTesting,1,2\nData,2,3\n");
    let run = report(&work, &["ratings.csv", "-o", "out"]);
    assert_eq!(run.code, 2);
    assert_eq!(
        run.stderr.trim_end(),
        "error[output-is-folder]: ratings.csv: out/ratings.html: a folder has this name
  hint: move it or write elsewhere: -o DIR",
    );
    assert_eq!(work.files(), ["out/ratings.html/mine.txt", "ratings.csv"]);
}

#[test]
fn other_files_of_the_run_are_still_made() {
    let work = Workdir::new("batch-goes-on");
    let good = "Area,Current (0-5),Target\nTesting,1,2\nData,2,3\n";
    work.put("in/a.csv", good).put("in/b.csv", "").put("in/c/a.csv", good).put("in/~$a.csv", "lock");
    let run = report(&work, &["in", "-o", "out", "--format", "json"]);
    assert_eq!(run.code, 2);
    assert_eq!(work.files(), ["in/a.csv", "in/b.csv", "in/c/a.csv", "in/~$a.csv", "out/a.json", "out/c/a.json"]);
    assert_eq!(
        crate::workdir::without_times(&run.stdout),
        "
file        areas    now  target    gap       rated  warnings     time   outcome
in/a.csv        2    1.5     2.5   +1.0      2 of 2         0      ? s   json
in/b.csv      n/a    n/a     n/a    n/a         n/a       n/a            not reported: empty file
in/c/a.csv      2    1.5     2.5   +1.0      2 of 2         0      ? s   json

2 of 3 inputs reported, 2 files written to out; 1 could not be reported
"
    );
}

/// The feature `parquet` has tests of its own (tests/parquet.rs); here is a program built without it.
#[cfg(not(feature = "parquet"))]
#[test]
fn parquet_without_the_feature() {
    let work = Workdir::new("no-parquet");
    work.put("ratings.parquet", "PAR1....PAR1");
    report(&work, &["ratings.parquet"]).refused(
        "error[feature-missing]: ratings.parquet: the content is Parquet, and this program was built without the feature `parquet`
  hint: build it in: cargo install gapwise --features parquet",
    );
    report(&work, &["ratings.csv", "--format", "json,parquet"]).refused(
        "error[feature-missing]: `parquet`: this program was built without the feature `parquet`
  hint: build it in: cargo install gapwise --features parquet",
    );
    assert_eq!(work.files(), ["ratings.parquet"]);
}

#[test]
fn a_file_without_a_table_of_ratings() {
    refused(
        "no-table",
        "hello,world\nfoo,bar\n",
        "error[no-table]: ratings.csv: no table of ratings was found: no row names an area and a level
  hint: name the header: --header-row N, and the level: --column current=C",
    );
}

#[test]
fn a_table_without_a_level() {
    refused(
        "no-level-column",
        "Area,Owner,Evidence\nTesting,Ann,logs\nData,Ben,none yet\n",
        "error[no-level-column]: ratings.csv, A1: no column speaks of a level or status; found `Area` A, `Owner` B, `Evidence` C: a list or definitions, no assessment
  hint: name the column that holds the level: --column current=\"HEADER\", or the sheet: --sheet NAME",
    );
}

#[test]
fn nothing_rated() {
    refused(
        "nothing-rated",
        "Area,Current (0-5),Target\nTesting,,2\nData,n/a,3\nOps,,1\n",
        "error[nothing-rated]: ratings.csv, B2:B4: no current level in 3 rows (2 blank, 1 n/a)
  hint: the sheet looks like a blank template: fill it in, or --column current=\"HEADER\", or --sheet NAME",
    );
}

/// All that is wrong in a file is told in one run: each negative weight, and the rating given twice.
#[test]
fn negative_weights_and_a_rating_given_twice() {
    refused(
        "negative-and-twice",
        "Area,Practice,Current (0-5),Target,Weight\nTesting,Unit tests,2,3,-2\nData,Backups,1,3,-0.5\nTesting,Unit tests,3,3,1\n",
        "error[negative-weight]: ratings.csv, E2: the weight `-2` is below 0
  hint: a weight is 0 or more; a blank counts 1
error[negative-weight]: ratings.csv, E3: the weight `-0.5` is below 0
  hint: a weight is 0 or more; a blank counts 1
error[duplicate]: ratings.csv, C2 and C4: `Testing` / `Unit tests` rated 2 and 3
  hint: delete one; if another column names who was rated, or when: --column subject=\"HEADER\", --column time=\"HEADER\"",
    );
}

#[test]
fn so_many_invalid_cells_that_the_reading_is_in_doubt() {
    refused(
        "mostly-invalid",
        "Area,Current (0-5),Target\nA,7,3\nB,8,3\nC,9,3\nD,1,3\nE,2,2\nF,3,3\n",
        "error[mostly-invalid]: ratings.csv, B2: 3 of 6 ratings are no level on 0..5, the first: level `7` is not on 0..5
  hint: the column or scale may be another: --column current=\"HEADER\", --scale LOW..HIGH, --level \"WORD=VALUE\"",
    );
}

#[test]
fn two_scores_a_row_are_a_question() {
    refused(
        "two-columns",
        "Area,Control,Documentation Score,Implementation Score\nA,a1,1,2\nA,a2,3,2\nB,b1,0,1\n",
        "error[two-columns]: ratings.csv, A1: several columns could be the current level: `Implementation Score` D, `Documentation Score` C
  hint: name the one: --column current=D or --column current=C",
    );
}

#[test]
fn cells_that_can_be_no_level() {
    let rows = |cell: &str| format!("Area,Current (1-5),Target\nA,{cell},3\nB,1,3\nC,2,3\nD,3,4\n");
    warned(
        "off-scale",
        &rows("6"),
        &[],
        "warning[level-out-of-scale]: ratings.csv, B2: level `6` is not on 1..5, left out as invalid
  hint: correct the cell, or name the scale: --scale LOW..HIGH, or --model ID",
    );
    for text in ["lots", "1-2"] {
        warned(
            "text",
            &rows(text),
            &[],
            &format!(
                "warning[no-level]: ratings.csv, B2: `{text}` is no level, left out as invalid
  hint: give one level, or a decimal such as 1.5; a word is worth: --level \"WORD=VALUE\""
            ),
        );
    }
}

/// What only a workbook can hold: an error value, a date. (A formula without a stored result: tests/layouts.)
#[test]
fn cells_of_a_workbook_that_can_be_no_level() {
    let work = Workdir::new("warned-workbook");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Q3").expect("a name");
    for (col, head) in ["Area", "Current (1-5)", "Target"].iter().enumerate() {
        sheet.write(0, col as u16, *head).expect("a head");
    }
    for row in 1..32 {
        sheet.write(row, 0, format!("Area {row}")).expect("a name");
        sheet.write(row, 1, 2).expect("a level");
        sheet.write(row, 2, 3).expect("a level");
    }
    let date = Format::new().set_num_format("yyyy-mm-dd");
    sheet.write(1, 1, Formula::new("=1/0").set_result("#DIV/0!")).expect("a formula");
    sheet
        .write_with_format(2, 1, ExcelDateTime::parse_from_str("2026-05-03").expect("a day"), &date)
        .expect("a date");
    work.put("book.xlsx", book.save_to_buffer().expect("a workbook"));
    let run = report(&work, &["book.xlsx", "--format", "json"]).ok();
    let told: Vec<&str> = run.stderr.lines().filter(|line| line.starts_with("warning")).collect();
    assert_eq!(
        told,
        [
            "warning[error-value]: book.xlsx, Q3!B2: `#DIV/0!` is an error value, left out as invalid",
            "warning[date-as-level]: book.xlsx, Q3!B3: `2026-05-03` is a date, left out as invalid",
        ],
        "{}",
        run.stderr
    );
}

#[test]
fn what_a_report_is_made_with_but_should_be_known() {
    warned(
        "twice-the-same",
        "Area,Practice,Current (0-5),Target\nTesting,Unit tests,2,3\nTesting,Unit tests,2,3\nData,Backups,1,3\n",
        &[],
        "warning[repeated-rating]: ratings.csv, C2 and C3: `Testing` / `Unit tests` rated twice with the same level, counted once
  hint: delete one row",
    );
    warned(
        "own-gap",
        "Area,Current (0-5),Target,Gap\nA,1,3,3\nB,1,3,2\n",
        &[],
        "warning[own-gap-differs]: ratings.csv, D2: the sheet says 3, target - current is 2
  hint: the report uses its own; correct or delete the column",
    );
    warned(
        "no-target",
        "Area,Score (0-5),Owner\nA,1,Ann\nB,2,Ben\n",
        &[],
        "warning[no-target]: ratings.csv, A1: no target column; found `Area` A, `Score (0-5)` B, `Owner` C
  hint: --column target=\"HEADER\", or one for all: --target LEVEL",
    );
    warned(
        "scale-from-values",
        "Area,Current,Target\nA,1,3\nB,2,4\n",
        &[],
        "warning[scale-from-values]: ratings.csv: no scale is given; taken from the levels seen: 1..4
  hint: name it: --scale LOW..HIGH, or --model ID",
    );
    warned(
        "similar-names",
        "Area,Practice,Current (0-5),Target\nGovernance,a,1,3\nGoverance,b,2,3\n",
        &[],
        "warning[similar-names]: ratings.csv, C3: the areas `Governance` and `Goverance` differ in one letter
  hint: if they are one, correct the spelling in the sheet",
    );
}

/// A formula whose result was never stored, as programs write it that do not calculate; beside it an error value.
#[test]
fn formulas_without_a_stored_result() {
    let work = Workdir::new("warned-uncached");
    let book = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/layouts/uncached-level.xlsx");
    work.put("book.xlsx", std::fs::read(book).expect("the sample"));
    let run = report(&work, &["book.xlsx", "--format", "json", "-o", "-"]).ok();
    assert_eq!(
        run.stderr.trim_end(),
        "warning[formula-without-value]: book.xlsx, Detail!C3: `=C2-1` has no stored result, left out as invalid
  hint: open and save it in a spreadsheet program; --strict makes this fail
warning[error-value]: book.xlsx, Detail!C5: `#N/A` is an error value, left out as invalid
  hint: correct the formula in the cell"
    );
}
