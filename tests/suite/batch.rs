//! Batches: which files are found, what goes on after a bad one, what is passed over, and what a sudden end leaves.

use std::process::Stdio;
use std::time::Instant;

use crate::workdir::{Workdir, without_times};
use crate::write;

fn csv(level: usize) -> String {
    format!("Area,Current level (0-5),Target level\nTesting,{level},3\nData,2,4\nRelease,3,3\n")
}

#[test]
fn folders_are_searched_and_what_is_no_input_is_passed_over() {
    let work = Workdir::new("batch-find");
    for file in
        ["a.csv", "sub/b.csv", "sub/deep/C.CSV", "ignored/d.csv", "sub/~$b.csv", ".hidden/e.csv", "out/old.csv"]
    {
        work.put(&format!("in/{file}"), csv(1));
    }
    work.put("in/.gitignore", "ignored/\n").put("in/notes.txt", "no spreadsheet");
    work.put("in/sub/gapwise-report/f.csv", csv(1));
    let made = |args: &[&str], out: &str| -> Vec<String> {
        let fixed = ["report", "--format", "json", "-o", out];
        work.gapwise(&fixed.into_iter().chain(args.iter().copied()).collect::<Vec<_>>()).ok();
        work.files().into_iter().filter(|file| file.starts_with(out) && file.ends_with(".json")).collect()
    };
    assert_eq!(made(&["in"], "in/out"), ["in/out/a.json", "in/out/sub/b.json", "in/out/sub/deep/C.json"]);
    assert_eq!(made(&["in/s*/*.csv"], "one"), ["one/sub/b.json"]);
    assert_eq!(made(&["in/**/b.csv", "in/a.csv"], "two"), ["two/a.json", "two/sub/b.json"]);
    assert_eq!(made(&["in/ignored/d.csv"], "three"), ["three/d.json"], "a file that is named is taken");
    work.gapwise(&["report", "in/*.ods"]).refused(
        "error[no-match]: in/*.ods: no spreadsheet matches this pattern
  hint: `*` matches within a name, `**` over folders",
    );
}

#[test]
fn two_hundred_files_with_seven_bad_ones() {
    let work = Workdir::new("batch-200");
    for n in 0..200 {
        let text = if n % 29 == 1 { String::new() } else { csv(n % 6) };
        work.put(&format!("in/team-{n:03}.csv"), text);
    }
    let run = work.gapwise(&["report", "in", "--format", "json", "-o", "out", "--portfolio"]);
    assert_eq!(run.code, 2);
    assert_eq!(work.files().iter().filter(|file| file.starts_with("out/team-")).count(), 193);
    assert_eq!(run.stderr.matches("error[empty-file]").count(), 7);
    assert_eq!(work.json("out/portfolio.json")["inputs"].as_array().unwrap().len(), 193);
    let end = "\n193 of 200 inputs reported, 194 files written to out; 7 could not be reported\n";
    assert!(run.stdout.ends_with(end), "{}", run.stdout);
    let shown = without_times(&run.stdout);
    let start = shown.find("\nfile").unwrap();
    assert!(
        shown[start..].starts_with(
            "
file             areas    now  target    gap       rated  warnings     time   outcome
in/team-000.csv      3    1.7     3.3   +1.7      3 of 3         0      ? s   json
in/team-001.csv    n/a    n/a     n/a    n/a         n/a       n/a            not reported: empty file
in/team-002.csv      3    2.3     3.3   +1.0      3 of 3         0      ? s   json
"
        ),
        "{}",
        &shown[start..start + 500]
    );
}

#[test]
fn only_what_changed_is_made_again() {
    let work = Workdir::new("batch-changed");
    for (file, level) in [("in/a.csv", 1), ("in/b.csv", 2)] {
        work.put(file, csv(level));
    }
    let unchanged = |more: &[&str]| {
        let fixed = ["report", "in", "--format", "json,md", "-o", "out", "--if-changed"];
        let run = work.gapwise(&fixed.into_iter().chain(more.iter().copied()).collect::<Vec<_>>()).ok();
        run.stdout.matches("unchanged\n").count()
    };
    assert_eq!(unchanged(&[]), 0);
    assert_eq!(unchanged(&[]), 2);
    work.put("in/b.csv", csv(3));
    assert_eq!(unchanged(&[]), 1, "other content");
    assert_eq!(work.json("out/b.json")["areas"][0]["current"], 3.0);
    assert_eq!(unchanged(&["--title", "Q3"]), 0, "other settings");
    std::fs::remove_file(work.path().join("out/a.md")).unwrap();
    assert_eq!(unchanged(&["--title", "Q3"]), 1, "an output is gone");
    assert!(work.files().contains(&"out/a.md".to_owned()));
}

/// Ends the program at fifty moments of its work; whatever has its final name is whole.
#[test]
fn a_sudden_end_leaves_whole_files_only() {
    let work = Workdir::new("batch-killed");
    for n in 0..8 {
        work.put(&format!("in/team-{n:02}.csv"), csv(n % 6));
    }
    let start = || {
        let mut command = work.command(&["report", "in", "--format", "json,html", "-o", "out", "--quiet"]);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    // The moments lie within the time that the whole work takes here and now.
    let whole = Instant::now();
    assert!(start().wait().unwrap().success());
    let whole = whole.elapsed();
    std::fs::remove_dir_all(work.path().join("out")).unwrap();
    let mut seen = 0;
    for round in 0..50u32 {
        let mut child = start();
        std::thread::sleep(whole * (1 + round * 37 % 50) / 51);
        // SIGKILL: nothing can be tidied up.
        let _ = child.kill();
        child.wait().unwrap();
        for file in work.files().iter().filter(|file| file.starts_with("out/")) {
            match file.rsplit_once('.').unwrap().1 {
                "json" => assert_eq!(work.json(file)["schema"], "gapwise/1"),
                "html" => assert!(work.text(file).trim_end().ends_with("</html>"), "{file} is cut off"),
                "part" => continue,
                other => panic!("{file}: what is {other}?"),
            }
            seen += 1;
        }
        if round % 10 == 9 {
            std::fs::remove_dir_all(work.path().join("out")).unwrap();
        }
    }
    assert!(seen > 0, "some files were finished in time");
}

#[test]
fn places_that_cannot_be_written() {
    let work = Workdir::new("batch-places");
    work.put("in/a.csv", csv(1)).put("in/b.csv", csv(2)).put("out", "a file");
    work.gapwise(&["report", "in", "-o", "out"]).refused(
        "error[output-folder]: out: the output folder cannot be made: a file has this name
  hint: name another: -o DIR",
    );
    assert_eq!(work.text("out"), "a file");
    work.put("rules.csv", csv(1));
    work.gapwise(&["check", "rules.csv", "--min-level", "0", "--junit", "out/gate.xml", "--quiet"]).refused(
        "error[output-folder]: out: the output folder cannot be made: a file has this name
  hint: name another: -o DIR",
    );
    // A full disk, where the system has one to try on.
    if std::path::Path::new("/dev/full").exists() {
        work.gapwise(&["check", "rules.csv", "--min-level", "0", "--sarif", "/dev/full", "--quiet"]).refused(
            "error[output-not-a-file]: /dev/full: the name belongs to a link or a device
  hint: remove it or write elsewhere: -o DIR",
        );
    }
}

#[test]
fn every_sheet_that_holds_an_assessment_is_a_report_of_its_own() {
    let work = Workdir::new("batch-sheets");
    let book = write::sketch::book(
        "== Read me
How we rate
From 0 (absent) to 5 (leading).
== Security
Control area | Current maturity | Target maturity | Owner
Access | 1 | 4 | CISO
Logging | 2 | 4 | CISO
Patching | 3 | 4 | CISO
== Delivery 2026
Team | Testing | Releasing | Monitoring
Alder | 3 | 5 | 2
Birch | 2 | 1 | 0
== Blank
Area | Current level | Target level
Testing | |
Data | |
",
    );
    work.put("bank.xlsx", write::xlsx::bytes(&book)).put("plain.csv", csv(2));
    // One table is read and the other told of.
    let one = work.gapwise(&["report", "bank.xlsx", "-o", "one", "-f", "json"]).ok();
    assert!(
        one.stderr.contains(
            "warning[other-table]: bank.xlsx, 'Delivery 2026'!A1: a second table of ratings is left out, 6 levels
  hint: to read that one: --sheet \"Delivery 2026\"; a report of each sheet: --sheet all"
        ),
        "{}",
        one.stderr
    );
    let all =
        ["report", "--sheet", "all", "bank.xlsx", "plain.csv", "--scale", "0..5", "--portfolio", "-f", "json,html"];
    let run = work.gapwise(&[&all[..], &["-o", "out"]].concat()).ok();
    let passed: Vec<&str> = run.stderr.lines().filter(|line| line.starts_with("passed over")).collect();
    assert_eq!(
        passed,
        [
            "passed over bank.xlsx: no table of ratings was found on `Read me`: no row names an area and a level",
            "passed over bank.xlsx, Blank!A1: no current level: `Current level` B is blank in 2 rows",
        ]
    );
    let outputs: Vec<String> = work.files().into_iter().filter(|file| file.starts_with("out/")).collect();
    let stems = ["bank-Delivery-2026", "bank-Security", "plain", "portfolio"];
    let wanted: Vec<String> =
        stems.iter().flat_map(|stem| ["html", "json"].map(|end| format!("out/{stem}.{end}"))).collect();
    assert_eq!(outputs, wanted);
    let delivery = work.json("out/bank-Delivery-2026.json");
    assert_eq!(delivery["title"], "bank: Delivery 2026");
    assert_eq!(delivery["subjects"].as_array().map(Vec::len), Some(2));
    assert_eq!(work.json("out/bank-Security.json")["overall"]["gap"], 2.0);
    // The portfolio holds both sheets and leads to the page of each.
    let portfolio = work.json("out/portfolio.json");
    assert_eq!(portfolio["inputs"].as_array().map(Vec::len), Some(3));
    let page = work.text("out/portfolio.html");
    assert!(page.contains("bank-Delivery-2026.html") && page.contains("bank-Security.html"), "{page}");
    // A gate holds each sheet against the rules.
    let gate = work.gapwise(&["check", "--sheet", "all", "bank.xlsx", "--scale", "0..5", "--min-overall", "2.1"]);
    assert_eq!(gate.code, 1, "{}", gate.stderr);
    // A workbook of which no sheet is an assessment says why of each.
    let blank = "== Notes\nNothing here\n== Form\nArea | Current level\nTesting |\nData |\n";
    work.put("blank.xlsx", write::xlsx::bytes(&write::sketch::book(blank)));
    work.gapwise(&["report", "--sheet", "all", "blank.xlsx"]).refused(
        "error[no-table]: blank.xlsx: no table of ratings was found on `Notes`: no row names an area and a level
  hint: name the header: --header-row N, and the level: --column current=C
error[nothing-rated]: blank.xlsx, Form!A1: no current level: `Current level` B is blank in 2 rows
  hint: a form that nobody filled in? else name the column or sheet that holds the levels: --column current=\"HEADER\", --sheet NAME",
    );
}
