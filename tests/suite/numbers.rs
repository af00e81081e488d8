//! The numbers by another route: a plain computation over the text sample, written against the formulas of the README
//! and sharing nothing with the program.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::workdir::{Workdir, sample};

struct Row {
    area: String,
    subject: String,
    current: Option<f64>,
    target: Option<f64>,
    weight: f64,
    applies: bool,
}

/// The sample's rows; -2 is unranked there, `n/a` does not apply, a blank was not assessed.
fn rows() -> Vec<Row> {
    let mut reader = csv::Reader::from_path(sample("first-federated-bank-cd.csv")).unwrap();
    reader
        .records()
        .map(|record| {
            let record = record.unwrap();
            Row {
                subject: record[0].to_owned(),
                area: record[1].to_owned(),
                current: record[2].parse().ok().filter(|level| *level >= -1.0),
                target: record[3].parse().ok(),
                weight: record[4].parse().unwrap(),
                applies: &record[2] != "n/a",
            }
        })
        .collect()
}

/// Weighted mean of what `value` gives.
fn mean(rows: &[&Row], value: impl Fn(&Row) -> Option<f64>) -> Option<f64> {
    let known: Vec<(f64, f64)> = rows.iter().filter_map(|row| Some((row.weight, value(row)?))).collect();
    let weight: f64 = known.iter().map(|(weight, _)| weight).sum();
    (weight > 0.0).then(|| known.iter().map(|(weight, value)| weight * value).sum::<f64>() / weight)
}

const NAMES: [&str; 4] = ["current", "target", "gap", "shortfall"];

fn four(rows: &[&Row]) -> [Option<f64>; 4] {
    let gap = |row: &Row| Some(row.target? - row.current?);
    [
        mean(rows, |row| row.current),
        mean(rows, |row| row.target),
        mean(rows, gap),
        mean(rows, |row| gap(row).map(|gap| gap.max(0.0))),
    ]
}

/// The mean of the areas, each counted once.
fn over_areas(rows: &[&Row]) -> [Option<f64>; 4] {
    let mut areas: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        areas.entry(&row.area).or_default().push(row);
    }
    let figures: Vec<[Option<f64>; 4]> = areas.values().map(|rows| four(rows)).collect();
    std::array::from_fn(|index| {
        let known: Vec<f64> = figures.iter().filter_map(|figures| figures[index]).collect();
        (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64)
    })
}

#[track_caller]
fn same(figures: &Value, expected: [Option<f64>; 4], rows: &[&Row], what: &str) {
    for (name, expected) in NAMES.into_iter().zip(expected) {
        match (figures[name].as_f64(), expected) {
            (Some(got), Some(expected)) => {
                assert!((got - expected).abs() < 1e-9, "{what}, {name}: {got}, {expected}")
            }
            (got, expected) => assert_eq!(got, expected, "{what}, {name}"),
        }
    }
    let count = |keep: fn(&Row) -> bool| rows.iter().filter(|row| keep(row)).count();
    assert_eq!(figures["assessed"], count(|row| row.current.is_some()), "{what}");
    assert_eq!(figures["applicable"], count(|row| row.applies), "{what}");
    assert_eq!(figures["total"], rows.len(), "{what}");
}

#[test]
fn area_subject_and_overall_agree_with_a_plain_computation() {
    let work = Workdir::new("numbers");
    work.gapwise(&["report", &sample("first-federated-bank-cd.csv"), "--format", "json", "--scale", "-1..3"]).ok();
    let json = work.json("gapwise-report/first-federated-bank-cd.json");
    let rows = rows();
    let all: Vec<&Row> = rows.iter().collect();
    assert!(all.iter().any(|row| row.current > row.target), "the sample holds a surplus");
    same(&json["overall"], over_areas(&all), &all, "overall");
    for area in json["areas"].as_array().unwrap() {
        let rows: Vec<&Row> = rows.iter().filter(|row| area["name"] == row.area).collect();
        same(area, four(&rows), &rows, &row_name(area));
    }
    for subject in json["subjects"].as_array().unwrap() {
        let rows: Vec<&Row> = rows.iter().filter(|row| subject["name"] == row.subject).collect();
        same(subject, over_areas(&rows), &rows, &row_name(subject));
        for area in subject["areas"].as_array().unwrap() {
            let rows: Vec<&Row> = rows.iter().copied().filter(|row| area["name"] == row.area).collect();
            same(area, four(&rows), &rows, &row_name(area));
        }
    }
    assert_eq!(json["areas"].as_array().unwrap().len(), 6);
    assert_eq!(json["subjects"].as_array().unwrap().len(), 10);
}

fn row_name(figures: &Value) -> String {
    figures["name"].as_str().unwrap().to_owned()
}

/// The four files of one assessment hold the same ratings, so they give the same numbers.
#[test]
fn every_file_format_gives_the_same_numbers() {
    let work = Workdir::new("formats");
    let read = |file: &str| {
        work.gapwise(&["report", &sample(file), "--format", "json", "--scale", "-1..3", "-o", file]).ok();
        let stem = file.rsplit_once('.').unwrap().0;
        work.json(&format!("{file}/{stem}.json"))
    };
    let xlsx = read("first-federated-bank-cd.xlsx");
    for file in ["first-federated-bank-cd.csv", "first-federated-bank-cd.ods"] {
        let other = read(file);
        for part in ["overall", "areas", "subjects"] {
            assert_eq!(xlsx[part], other[part], "{file}, {part}");
        }
    }
}
