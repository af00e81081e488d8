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
            "high",
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
error[bad-value]: --target: `high` is no number
  hint: --target 3
error[bad-value]: --scale: 5..0 is no scale: the first number must be the smaller one
  hint: --scale 0..5
error[bad-value]: --format: unknown `docx`; known: html, pdf, json, csv, md, xlsx, svg
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
