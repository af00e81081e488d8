//! Folders and disks that refuse: what cannot be read or written is told, and what was there stays as it was.
//!
//! The super-user may read and write everything, so there the program is run as nobody (`setpriv`). A full disk is a
//! small one in memory, mounted for one command (`unshare`). Where either is not permitted, the case is left out and said.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use crate::workdir::{Run, Workdir, run};

const RATINGS: &str = "Area,Current level (0-5),Target level\nTesting,1,3\nData,2,4\n";

fn mode(work: &Workdir, name: &str, mode: u32) {
    fs::set_permissions(work.path().join(name), Permissions::from_mode(mode)).expect("the mode can be set");
}

/// Runs the program as somebody whom modes of files hold back; `None` where that cannot be done.
fn as_nobody(work: &Workdir, args: &[&str]) -> Option<Run> {
    // Where files of no mode can be read, we are the super-user.
    work.put("probe", "");
    mode(work, "probe", 0);
    if fs::read(work.path().join("probe")).is_err() {
        return Some(work.gapwise(args));
    }
    // The program lies where nobody can reach it, in some homes; a copy lies beside the files.
    fs::copy(env!("CARGO_BIN_EXE_gapwise"), work.path().join("gapwise")).expect("the program can be copied");
    let nobody = |args: &[&str]| {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups", "./gapwise"]).args(args);
        command.current_dir(work.path());
        command
    };
    if !nobody(&["--version"]).output().is_ok_and(|it| it.status.success()) {
        eprintln!("left out: the program cannot be run as nobody here");
        return None;
    }
    Some(run(nobody(args)))
}

#[test]
fn what_may_not_be_read_is_told_and_the_rest_goes_on() {
    let work = Workdir::new("disk-unreadable");
    work.put("in/a.csv", RATINGS).put("in/locked/b.csv", RATINGS).put("in/c.csv", RATINGS).put("out/keep", "");
    mode(&work, "in/locked", 0);
    mode(&work, "in/c.csv", 0);
    mode(&work, "out", 0o777);
    let Some(run) = as_nobody(&work, &["report", "in", "in/locked", "--format", "json", "-o", "out", "-q"]) else {
        return;
    };
    run.refused(
        "error[not-readable]: in/locked: permission denied
  hint: check the file's permissions
error[not-readable]: in/locked: permission denied
  hint: check the file's permissions
error[not-readable]: in/c.csv: permission denied
  hint: check the file's permissions",
    );
    mode(&work, "in/locked", 0o755);
    assert!(work.path().join("out/a.json").is_file(), "what could be read is reported");
}

#[test]
fn a_folder_that_may_not_be_written() {
    let work = Workdir::new("disk-read-only");
    work.put("a.csv", RATINGS).put("out/a.json", "the old one").put("top/keep", "");
    mode(&work, "out", 0o555);
    mode(&work, "top", 0o555);
    let Some(run) = as_nobody(&work, &["report", "a.csv", "--format", "json", "-o", "out"]) else { return };
    run.refused(
        "error[not-written]: a.csv: out/a.json: permission denied
  hint: make it writable or write elsewhere: -o DIR",
    );
    assert_eq!(work.text("out/a.json"), "the old one");
    let run = as_nobody(&work, &["report", "a.csv", "--format", "json", "-o", "top/new"]).expect("as before");
    run.refused(
        "error[output-folder]: top/new: the output folder cannot be made: permission denied
  hint: name another: -o DIR",
    );
    let run = as_nobody(&work, &["check", "a.csv", "--min-level", "0", "--junit", "out/gate.xml", "-q"]);
    run.expect("as before").refused(
        "error[not-written]: out/gate.xml: permission denied
  hint: make it writable or write elsewhere: -o DIR",
    );
    let left: Vec<String> =
        work.files().into_iter().filter(|it| it.starts_with("out") || it.starts_with("top")).collect();
    assert_eq!(left, ["out/a.json", "top/keep"], "nothing new, nothing half");
    mode(&work, "out", 0o755);
    mode(&work, "top", 0o755);
}

#[test]
fn a_full_disk_keeps_the_old_file() {
    let work = Workdir::new("disk-full");
    work.put("a.csv", RATINGS).put("disk/keep", "").put("old.html", "the old one");
    let script = format!(
        "mount -t tmpfs -o size=64k none disk || exit 77
         cp old.html disk/a.html
         '{}' report a.csv --format html -o disk -q
         echo \"exit $?\"; ls disk; cat disk/a.html",
        env!("CARGO_BIN_EXE_gapwise")
    );
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "--mount", "sh", "-c", &script]).current_dir(work.path());
    let done = match command.output() {
        Ok(_) => run(command),
        Err(_) => return eprintln!("left out: there is no `unshare` here"),
    };
    if !done.stdout.contains("exit ") {
        return eprintln!("left out: a small disk may not be mounted here: {}", done.stderr.trim());
    }
    let kilobytes: String =
        done.stderr.chars().skip_while(|c| *c != '(').skip(1).take_while(char::is_ascii_digit).collect();
    assert!(kilobytes.parse::<usize>().is_ok_and(|size| size > 64), "{}", done.stderr);
    assert_eq!(
        done.stderr.replace(&format!("({kilobytes} kB"), "(? kB"),
        "error[disk-full]: a.csv: disk/a.html: no space left (? kB needed); the old file is untouched
  hint: free space or write elsewhere: -o DIR\n"
    );
    assert_eq!(done.stdout, "exit 2\na.html\nthe old one");
}

#[test]
fn a_report_never_takes_the_place_of_its_input() {
    let work = Workdir::new("disk-input");
    work.put("a.csv", RATINGS).put("b.csv", RATINGS);
    let run = work.gapwise(&["report", "a.csv", "b.csv", "--format", "csv", "-o", "."]);
    assert_eq!(run.code, 2);
    assert_eq!(
        run.stderr.trim_end(),
        "error[output-is-input]: a.csv: ./a.csv: an input has this name, the report would take its place
  hint: write elsewhere: -o DIR
error[output-is-input]: b.csv: ./b.csv: an input has this name, the report would take its place
  hint: write elsewhere: -o DIR"
    );
    assert_eq!((work.text("a.csv"), work.text("b.csv")), (RATINGS.to_owned(), RATINGS.to_owned()));
}

/// What a killed run left is cleared by the next one; what is held by another, or is no file of ours, stays.
#[test]
fn leftovers_of_a_sudden_end_are_cleared() {
    let work = Workdir::new("disk-leftovers");
    work.put("in/sub/a.csv", RATINGS).put("out/elsewhere/a.html.7.part", "not a folder of this run");
    for file in ["a.json.4711.part", "gone.html.12.part", "held.pdf.13.part", "film.mp4.14.part", "notes.part"] {
        work.put(&format!("out/sub/{file}"), "half");
    }
    let held = fs::File::options().write(true).open(work.path().join("out/sub/held.pdf.13.part")).unwrap();
    held.lock().unwrap();
    work.gapwise(&["report", "in", "--format", "json", "-o", "out"]).ok();
    let left =
        |work: &Workdir| -> Vec<String> { work.files().into_iter().filter(|file| file.ends_with(".part")).collect() };
    let kept =
        ["out/elsewhere/a.html.7.part", "out/sub/film.mp4.14.part", "out/sub/held.pdf.13.part", "out/sub/notes.part"];
    assert_eq!(left(&work), kept);
    drop(held);
    work.gapwise(&["report", "in", "--format", "json", "-o", "out"]).ok();
    assert_eq!(left(&work), [kept[0], kept[1], kept[3]], "nobody writes it any more");
}
