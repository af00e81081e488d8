//! Layouts and encodings that real gap analyses come in, each a file of `tests/layouts` beside its answer.
//!
//! A new one is two files and no code: `NAME` and `NAME.expected.json`, worked out by hand. Workbooks may also be drawn as
//! text, `sketches/NAME.txt` (see [`crate::write::sketch`]); `WRITE_LAYOUTS=1 cargo test --test suite layouts::` writes
//! them. What an answer may say:
//!
//! - `about`: what the sample is about and why its numbers are what they are; `args`: flags for the program
//! - `areas`: current, target, gap and number of levels of every top area; sub-areas as `"Function / Category"`
//! - `percent_of_scale`: the same as a share of the scale, where two scales would be right
//! - `changes`: change of areas against the earlier assessment; `subjects`: number of levels of every subject
//! - `scale`: lowest and highest level; `ratings`, `levels`, `not_applicable`, `not_assessed`, `invalid`: how many
//! - `ids`, `due`, `practices`: of the ratings, in order; `weights` likewise
//! - `warnings`: the codes of all warnings, in order, each once
//! - `error` alone: the code of the message that refuses the file

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::workdir::Workdir;
use crate::write::{biff12, sketch, xlsx};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/layouts")
}

/// The names of the files in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder can be read").map(|entry| entry.expect("an entry"));
    let files = entries.filter(|entry| entry.path().is_file());
    let mut names: Vec<String> = files.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn every_layout_is_read_as_its_answer_says() {
    let work = Workdir::new("layouts");
    let only = std::env::var("LAYOUT").unwrap_or_default();
    let (answers, samples): (Vec<_>, Vec<_>) =
        names(&folder()).into_iter().partition(|name| name.ends_with(".expected.json"));
    let mut wrong = Vec::new();
    for answer in &answers {
        let sample = answer.trim_end_matches(".expected.json");
        if !samples.iter().any(|name| name == sample) {
            wrong.push(format!("{answer}: there is no {sample}"));
        }
    }
    for sample in samples.iter().filter(|name| name.contains(&only)) {
        let answer = folder().join(format!("{sample}.expected.json"));
        let Ok(answer) = fs::read(&answer) else {
            wrong.push(format!("{sample}: no {sample}.expected.json beside it"));
            continue;
        };
        let answer: Value = serde_json::from_slice(&answer).unwrap_or_else(|error| panic!("{sample}: {error}"));
        let differences = differences(&work, sample, &answer);
        if !differences.is_empty() {
            wrong.push(format!("{sample}\n    {}", differences.join("\n    ")));
        }
    }
    assert!(wrong.is_empty(), "{} of {} layouts:\n{}", wrong.len(), samples.len(), wrong.join("\n"));
}

/// Whoever changes a sketch writes its workbook anew.
#[test]
fn drawn_workbooks_are_what_their_sketches_say() {
    for name in names(&folder().join("sketches")) {
        let workbook = name.strip_suffix(".txt").expect("a sketch ends in .txt");
        let text = fs::read_to_string(folder().join("sketches").join(&name)).expect("a sketch is text");
        let bytes = match workbook.rsplit_once('.') {
            Some((_, "xlsx")) => xlsx::bytes(&sketch::book(&text)),
            Some((_, "xlsb")) => biff12::bytes(&sketch::book(&text)),
            _ => panic!("{name}: a sketch is named after a workbook: NAME.xlsx.txt or NAME.xlsb.txt"),
        };
        let path = folder().join(workbook);
        if std::env::var_os("WRITE_LAYOUTS").is_some() {
            fs::write(&path, &bytes).expect("the workbook can be written");
        }
        assert!(fs::read(&path).is_ok_and(|found| found == bytes), "{workbook} differs from its sketch");
    }
}

fn differences(work: &Workdir, sample: &str, answer: &Value) -> Vec<String> {
    let path = folder().join(sample).display().to_string();
    let mut args = vec!["report", &path, "--format", "json", "--date", "2026-01-31", "-o", "-", "--color", "never"];
    args.extend(texts(&answer["args"]));
    let run = work.gapwise(&args);
    if let Some(code) = answer["error"].as_str() {
        let found = run.stderr.starts_with(&format!("error[{code}]: ")) && run.code == 2 && run.stdout.is_empty();
        return if found { vec![] } else { vec![format!("error {code} expected:\n{}{}", run.stdout, run.stderr)] };
    }
    let Ok(got) = serde_json::from_str::<Value>(&run.stdout) else {
        return vec![format!("exit {}: {}", run.code, run.stderr.trim_end())];
    };
    let mut wrong = Vec::new();
    for (key, want) in answer.as_object().expect("an answer is an object") {
        match key.as_str() {
            "about" | "args" => {}
            "scale" => {
                let values: Vec<f64> =
                    list(&got["scale"]).iter().filter_map(|level| level["value"].as_f64()).collect();
                let ends = [values.first(), values.last()].map(|end| end.copied().unwrap_or(f64::NAN));
                if !near(&Value::from(ends[0]), &want[0]) || !near(&Value::from(ends[1]), &want[1]) {
                    wrong.push(format!("scale {}..{} where {want} is right", ends[0], ends[1]));
                }
            }
            "areas" => areas(&got, want, &mut wrong),
            "percent_of_scale" => single(&got["areas"], want, "percent_of_scale", &mut wrong),
            "changes" => single(&got["areas"], want, "change", &mut wrong),
            "subjects" => single(&got["subjects"], want, "assessed", &mut wrong),
            "ratings" | "levels" | "not_applicable" | "not_assessed" | "invalid" => {
                let field = match key.as_str() {
                    "ratings" => "total",
                    "levels" => "assessed",
                    other => other,
                };
                same(key, &got["overall"][field], want, &mut wrong);
            }
            "ids" => same(key, &column(&got, "practice_id"), want, &mut wrong),
            "practices" => same(key, &column(&got, "practice"), want, &mut wrong),
            "due" => same(key, &column(&got, "due"), want, &mut wrong),
            "weights" => same(key, &column(&got, "weight"), want, &mut wrong),
            "warnings" => {
                let mut codes: Vec<Value> = Vec::new();
                for warning in list(&got["warnings"]) {
                    if !codes.contains(&warning["code"]) {
                        codes.push(warning["code"].clone());
                    }
                }
                same(key, &codes.into(), want, &mut wrong);
            }
            other => wrong.push(format!("the answer speaks of `{other}`, which nothing compares")),
        }
    }
    for (key, field) in
        [("not_applicable", "not_applicable"), ("not_assessed", "not_assessed"), ("invalid", "invalid")]
    {
        if answer.get(key).is_none() {
            same(key, &got["overall"][field], &Value::from(0), &mut wrong);
        }
    }
    wrong
}

/// Compares the figures of areas; every top area must be among those expected.
fn areas(got: &Value, want: &Value, wrong: &mut Vec<String>) {
    let want = want.as_object().expect("areas by name");
    let found: Vec<(String, &Value)> = list(&got["areas"]).iter().map(|area| (path(area), area)).collect();
    for (name, figures) in want {
        let Some((_, area)) = found.iter().find(|(path, _)| path == name) else {
            wrong.push(format!("area `{name}` is missing"));
            continue;
        };
        for (index, field) in ["current", "target", "gap", "assessed"].into_iter().enumerate() {
            if !near(&area[field], &figures[index]) {
                wrong.push(format!("{name}: {field} {} where {} is right", area[field], figures[index]));
            }
        }
    }
    for (name, _) in found.iter().filter(|(name, area)| list(&area["path"]).len() == 1 && !want.contains_key(name)) {
        wrong.push(format!("area `{name}` is none"));
    }
}

/// Compares one figure of areas or subjects by name.
fn single(found: &Value, want: &Value, field: &str, wrong: &mut Vec<String>) {
    let found = list(found);
    for (name, figure) in want.as_object().expect("figures by name") {
        match found.iter().find(|entry| path(entry) == *name) {
            None => wrong.push(format!("`{name}` is missing")),
            Some(entry) if !near(&entry[field], figure) => {
                wrong.push(format!("{name}: {field} {} where {figure} is right", entry[field]));
            }
            Some(_) => {}
        }
    }
    if field == "assessed" && found.len() != want.as_object().map_or(0, |want| want.len()) {
        wrong.push(format!("{} subjects: {}", found.len(), found.iter().map(path).collect::<Vec<_>>().join(", ")));
    }
}

fn path(entry: &Value) -> String {
    match list(&entry["path"]) {
        [] => entry["name"].as_str().unwrap_or_default().to_owned(),
        names => names.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" / "),
    }
}

fn column(got: &Value, field: &str) -> Value {
    list(&got["ratings"]).iter().map(|rating| rating[field].clone()).collect()
}

fn same(key: &str, got: &Value, want: &Value, wrong: &mut Vec<String>) {
    if got != want {
        wrong.push(format!("{key}: {got} where {want} is right"));
    }
}

fn near(got: &Value, want: &Value) -> bool {
    match (got.as_f64(), want.as_f64()) {
        (Some(got), Some(want)) => (got - want).abs() < 1e-9,
        (None, None) => true,
        _ => false,
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn texts(value: &Value) -> impl Iterator<Item = &str> {
    list(value).iter().filter_map(Value::as_str)
}
