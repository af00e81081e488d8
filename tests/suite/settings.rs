//! The settings file: found beside the spreadsheets, named like flags, refused where it is misspelt.

use crate::workdir::Workdir;

const RATINGS: &str = "Area,Current level (0-5),Target level\nTesting,1,3\nData,2,4\n";

fn work(name: &str, settings: &str) -> Workdir {
    let work = Workdir::new(&format!("settings-{name}"));
    work.put("teams/core/ratings.csv", RATINGS).put("teams/gapwise.toml", settings);
    work
}

#[test]
fn settings_hold_and_flags_win() {
    let settings = "title = \"From the file\"\nformat = [\"json\", \"md\"]\noutput = \"reports\"\n
[check]\nmin-overall = 1\n[check.area]\nTesting = { min-level = 2, max-gap = 1 }\n";
    let work = work("hold", settings);
    work.gapwise(&["report", "teams/core/ratings.csv"]).ok();
    assert_eq!(work.json("teams/reports/ratings.json")["title"], "From the file", "paths stand beside the file");
    work.gapwise(&["report", "teams/core/ratings.csv", "--title", "Typed", "-o", "out"]).ok();
    assert_eq!(work.json("out/ratings.json")["title"], "Typed");
    work.gapwise(&["report", "teams/core/ratings.csv", "--no-config", "-o", "none", "--format", "json"]).ok();
    assert_eq!(work.json("none/ratings.json")["title"], "ratings");

    let run = work.gapwise(&["check", "teams/core/ratings.csv"]);
    assert_eq!(run.code, 1);
    assert!(run.stdout.contains("FAIL  min-level: Testing"), "{}", run.stdout);
    assert!(run.stdout.contains("pass  min-overall"), "{}", run.stdout);
    work.put("mine.toml", "[check]\nmin-overall = 1.5\n");
    work.gapwise(&["check", "teams/core/ratings.csv", "--config", "mine.toml"]).ok();

    let run = work.gapwise(&["report", "teams/core", "--print-settings", "--paper", "letter"]).ok();
    let line = |name: &str| {
        let line = run.stdout.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        line.split("  ").map(str::trim).filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" | ")
    };
    assert_eq!(line("title"), "title | \"From the file\" | teams/gapwise.toml");
    assert_eq!(line("paper"), "paper | \"letter\" | command line");
    assert_eq!(line("detail"), "detail | \"full\" | default");
    assert!(!work.files().iter().any(|file| file.starts_with("gapwise-report")), "printing does nothing else");
}

#[test]
fn settings_that_make_no_sense() {
    let refused = |name: &str, settings: &str, messages: &str| {
        work(name, settings).gapwise(&["check", "teams/core/ratings.csv", "--min-level", "0"]).refused(messages);
    };
    refused(
        "unknown",
        "papr = \"letter\"\n[check]\nmin-levl = 2\n",
        "error[unknown-setting]: teams/gapwise.toml: unknown `min-levl` in [check]
  hint: the nearest is `min-level`
error[unknown-setting]: teams/gapwise.toml: unknown `papr`
  hint: the nearest is `paper`",
    );
    refused(
        "type",
        "strict = \"yes\"\n[check]\narea = { Testing = 3 }\n",
        "error[bad-settings]: teams/gapwise.toml: `area` takes a table of areas: Testing = { min-level = 3 }
  hint: see docs/gapwise-settings.schema.json
error[bad-settings]: teams/gapwise.toml: `strict` takes true or false
  hint: see docs/gapwise-settings.schema.json",
    );
    let run = work("broken", "title = \n").gapwise(&["check", "teams/core/ratings.csv", "--min-level", "0"]);
    assert!(run.stderr.starts_with("error[bad-settings]: teams/gapwise.toml: line 1: "), "{}", run.stderr);
    assert!(run.stderr.ends_with("\n  hint: settings are TOML: paper = \"letter\"\n"), "{}", run.stderr);
    let work = work("missing", "");
    work.gapwise(&["check", "teams/core/ratings.csv", "--config", "nowhere.toml"]).refused(
        "error[bad-settings]: nowhere.toml: no such file or directory
  hint: name another with --config FILE, or --no-config",
    );
}

#[test]
fn completions_and_manual_come_from_the_flags() {
    let work = Workdir::new("settings-manual");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = work.gapwise(&["completions", shell]).ok();
        assert!(run.stdout.contains("min-coverage"), "{shell}");
    }
    let page = work.gapwise(&["man", "check"]).ok().stdout;
    assert!(page.contains(".TH") && page.contains("min\\-coverage"), "{page}");
    work.gapwise(&["man"]).ok();
}
