//! Mapping files: the one that `inspect` writes reads a layout as it was read; a changed header stops the run.

use std::fs;

use serde_json::Value;

use crate::workdir::{Workdir, sample};

/// Figures and ratings, without how they were found.
fn read(work: &Workdir, file: &str, args: &[&str]) -> Option<Value> {
    let mut all = vec!["report", file, "--format", "json", "-o", "-", "--date", "2026-01-31"];
    all.extend(args);
    let run = work.gapwise(&all);
    (run.code == 0).then(|| {
        let json: Value = serde_json::from_str(&run.stdout).expect("JSON");
        serde_json::json!([json["overall"], json["areas"], json["subjects"], json["ratings"], json["scale"]])
    })
}

/// Our samples, and every layout that the tests of recognition know.
#[test]
fn a_written_mapping_reads_the_same_ratings() {
    let work = Workdir::new("mapping");
    let mut files: Vec<String> = ["cd.xlsx", "cd.csv", "iac.xlsx", "iac.csv", "cd.ods"]
        .map(|end| sample(&format!("first-federated-bank-{end}")))
        .to_vec();
    let layouts = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/layouts");
    for entry in fs::read_dir(layouts).into_iter().flatten().flatten() {
        let path = entry.path().display().to_string();
        if !path.ends_with(".json") && !path.ends_with(".md") {
            files.push(path);
        }
    }
    files.sort();
    let mut tried = 0;
    for file in &files {
        let Some(plain) = read(&work, file, &[]) else { continue };
        work.gapwise(&["inspect", file, "--write-mapping", "layout.toml"]).ok();
        let mapped = read(&work, file, &["--mapping", "layout.toml"]);
        assert_eq!(mapped.as_ref(), Some(&plain), "{file}:\n{}", work.text("layout.toml"));
        tried += 1;
    }
    assert!(tried >= 5, "{tried} files could be read");
}

#[test]
fn a_changed_header_stops_the_run_and_says_what_changed() {
    let work = Workdir::new("mapping-changed");
    work.put("q1.csv", "Area,Owner,Current (0-5),Target\nTesting,Ann,1,2\nData,Ben,2,3\n");
    work.put("q2.csv", "Area,Current (0-5),Wanted,Target\nTesting,1,3,2\nData,2,3,3\n");
    work.gapwise(&["inspect", "q1.csv", "--write-mapping", "layout.toml"]).ok();
    work.gapwise(&["report", "q1.csv", "--mapping", "layout.toml", "--format", "json"]).ok();
    let run = work.gapwise(&["report", "q2.csv", "--mapping", "layout.toml", "--format", "json", "-o", "two"]);
    assert_eq!(
        (run.code, run.stderr.trim_end()),
        (
            2,
            "error[layout-changed]: q2.csv, A1: the header is not the one the mapping was made for: B was `Owner`, is `Current (0-5)`; C was `Current (0-5)`, is `Wanted`
  hint: check the columns, then make the mapping anew: gapwise inspect FILE --write-mapping MAPPING"
        )
    );
}

#[test]
fn a_mapping_teaches_words_and_levels() {
    let work = Workdir::new("mapping-words");
    work.put("ratings.csv", "Zone,Einstufung heute,Wunsch\nTesting,mau,gut\nData,gut,gut\n");
    work.put(
        "words.toml",
        "[words]\narea = [\"Zone\"]\ncurrent = [\"Einstufung heute\"]\ntarget = [\"Wunsch\"]\n\n[levels]\nmau = 1\ngut = 3\n",
    );
    work.gapwise(&["report", "ratings.csv", "--mapping", "words.toml", "--format", "json"]).ok();
    let json = work.json("gapwise-report/ratings.json");
    let levels: Vec<(&Value, &Value)> =
        json["ratings"].as_array().expect("ratings").iter().map(|r| (&r["current"], &r["target"])).collect();
    assert_eq!(levels, [(&Value::from(1.0), &Value::from(3.0)), (&Value::from(3.0), &Value::from(3.0))]);
}

#[test]
fn mistakes_in_a_mapping_are_told_with_their_place() {
    let work = Workdir::new("mapping-mistakes");
    work.put("ratings.csv", "Area,Current (0-5),Target\nTesting,1,2\nData,2,3\n");
    for (mapping, message) in [
        (
            "sheet = \"Q3\"\ncolums = 3\n",
            "error[bad-mapping]: m.toml, line 2, column 1: unknown field `colums`, expected one of `sheet`, `header-row`, `scale`, `target`, `columns`, `levels`, `words`, `header`
  hint: did you mean `columns`?",
        ),
        (
            "scale = \"5..0\"\n[columns]\ncurent = \"C\"\n",
            "error[bad-mapping]: m.toml: unknown role `curent`; known: area, practice, id, subject, current, target, previous, status, gap, weight, priority, owner, due, evidence, action, scope, not-applicable, time
  hint: did you mean `current`?
error[bad-mapping]: m.toml: `5..0` is no scale
  hint: scale = \"0..5\"",
        ),
    ] {
        work.put("m.toml", mapping);
        let run = work.gapwise(&["report", "ratings.csv", "--mapping", "m.toml"]);
        assert_eq!((run.code, run.stderr.trim_end()), (2, message));
    }
}
