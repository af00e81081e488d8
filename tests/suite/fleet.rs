//! Many files: one portfolio of them, whatever way it is made.

use serde_json::Value;

use crate::workdir::{Workdir, sample};

/// Three teams in folders of their own.
fn teams(name: &str) -> Workdir {
    let work = Workdir::new(name);
    let rows = |levels: [&str; 3]| {
        let [testing, data, release] = levels;
        format!(
            "Area,Current level (0-5),Target level,Weight\nTesting,{testing},3,0.1\nTesting,1.5,4,0.7\nData,{data},3,1\nRelease,{release},4,0.3\n"
        )
    };
    work.put("teams/core/scores.csv", rows(["1", "2", "3"]));
    work.put("teams/web/scores.csv", rows(["0.3", "", "2.7"]));
    work.put("teams/atm.csv", rows(["4", "1.1", "n/a"]));
    work
}

const DATE: [&str; 2] = ["--date", "2026-01-31"];

#[test]
fn merged_in_any_order_it_is_the_portfolio_of_one_run() {
    let work = teams("fleet-merge");
    let run = |args: &[&str]| work.gapwise(&args.iter().copied().chain(DATE).collect::<Vec<_>>()).ok();
    run(&["report", "teams", "--format", "json", "-o", "all", "--portfolio"]);
    let [a, b, c] = ["all/atm.json", "all/core/scores.json", "all/web/scores.json"];
    let merge = |args: &[&str]| {
        let base = ["merge", "--format", "json", "-o"];
        run(&base.into_iter().chain(args.iter().copied()).collect::<Vec<_>>());
    };
    merge(&["ab", a, b]);
    merge(&["abc", "ab/portfolio.json", c]);
    merge(&["cab", c, a, b]);
    let once = work.text("all/portfolio.json");
    assert!(work.text("abc/portfolio.json") == once && work.text("cab/portfolio.json") == once, "to the last bit");

    let json: Value = serde_json::from_str(&once).unwrap();
    let names: Vec<&str> =
        json["subjects"].as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["atm", "core/scores", "web/scores"]);
    assert_eq!(json["inputs"].as_array().unwrap().len(), 3);
    assert_eq!(json["input"], Value::Null);
    // Without ratings the sums do.
    run(&["report", "teams", "--format", "json", "-o", "bare", "--no-ratings"]);
    let bare = ["bare/web/scores.json", "bare/atm.json", "bare/core/scores.json"];
    assert_eq!(work.json(bare[0])["ratings"], serde_json::json!([]));
    merge(&["sums", bare[0], bare[1], bare[2]]);
    let sums = work.json("sums/portfolio.json");
    for part in ["overall", "areas", "subjects"] {
        assert_eq!(sums[part], json[part], "{part}");
    }
    let schema: Value = serde_json::from_str(include_str!("../../docs/gapwise-1.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for document in [json, sums, work.json(bare[0])] {
        let errors: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
}

#[test]
fn a_portfolio_is_a_report_too() {
    let work = Workdir::new("fleet-portfolio");
    let files = [sample("first-federated-bank-cd.xlsx"), sample("first-federated-bank-cd-2025-07.xlsx")];
    work.gapwise(&["report", &files[0], &files[1], "--format", "json", "-o", "."]).ok();
    let names = ["first-federated-bank-cd.json", "first-federated-bank-cd-2025-07.json"];
    let run = work.gapwise(&["merge", names[0], names[1], "--format", "html,pdf,json,csv,md", "-o", "out"]).ok();
    assert!(run.stderr.contains("wrote out/portfolio.pdf"), "{}", run.stderr);
    let json = work.json("out/portfolio.json");
    assert_eq!(json["subjects"].as_array().unwrap().len(), 20, "ten applications in each file");
    work.gapwise(&["merge", names[0], names[1], "--format", "json", "-o", "joined", "--join-subjects"]).ok();
    assert_eq!(work.json("joined/portfolio.json")["subjects"].as_array().unwrap().len(), 10);
}

#[test]
fn what_cannot_be_merged() {
    let work = teams("fleet-refused");
    work.put("other.csv", "Area,Current level (1-4),Target level\nTesting,1,3\nData,2,3\n").put("empty.json", "");
    work.gapwise(&["report", "teams/atm.csv", "other.csv", "--format", "json", "-o", "."]).ok();
    work.gapwise(&["merge", "other.json", "atm.json"]).refused(
        "error[other-scale]: `atm.csv` stands on 0..5, `other.csv` on 1..4
  hint: merge results of one scale; name it with report --scale",
    );
    work.gapwise(&["merge", "atm.json", "empty.json", "nowhere.json", "other.csv"]).refused(
        "error[not-a-result]: empty.json: the file is empty
  hint: give what `gapwise report --format json` writes
error[not-found]: nowhere.json: no such file or folder
  hint: check the path; several files and folders may be given
error[not-a-result]: other.csv: no JSON, line 1: expected value
  hint: give what `gapwise report --format json` writes",
    );
    assert!(!work.files().iter().any(|file| file.starts_with("gapwise-report")), "nothing is written");
}

/// The script for an engine of others, where that engine is installed (PyPI: ray).
#[test]
fn the_fleet_script_gives_the_same_portfolio() {
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let has = std::process::Command::new(&python).args(["-c", "import ray"]).output();
    if !has.is_ok_and(|it| it.status.success()) {
        eprintln!("left out: Ray is not installed");
        return;
    }
    let work = Workdir::new("fleet-ray");
    for (folder, file) in [("a", "first-federated-bank-cd.xlsx"), ("b", "first-federated-bank-cd-2025-07.xlsx")] {
        work.put(&format!("in/{folder}/{file}"), std::fs::read(sample(file)).unwrap());
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/fleet/fleet.py");
    let mut command = std::process::Command::new(python);
    command.current_dir(work.path()).arg(script).args(["in", "ray.json", "--files-a-task", "1"]).args(DATE);
    crate::workdir::run({
        command.args(["--gapwise", env!("CARGO_BIN_EXE_gapwise")]);
        command
    })
    .ok();
    let once = ["report", "in", "--portfolio", "--no-ratings", "--format", "json", "-o", "once"];
    work.gapwise(&once.into_iter().chain(DATE).collect::<Vec<_>>()).ok();
    assert!(work.text("ray.json") == work.text("once/portfolio.json"), "to the last bit");
}
