//! Batches: which files are found, what goes on after a bad one, what is passed over, and what a sudden end leaves.

use std::process::Stdio;
use std::time::Duration;

use crate::workdir::{Workdir, without_times};

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
    for n in 0..24 {
        work.put(&format!("in/team-{n:02}.csv"), csv(n % 6));
    }
    let mut seen = 0;
    for round in 0..50u64 {
        let mut command = work.command(&["report", "in", "--format", "json,html", "-o", "out", "--quiet"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(5 + round * 37 % 160));
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
