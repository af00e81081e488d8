//! Measured values in place of levels: by the thresholds of the model, in the words and units of the sheet.

use crate::workdir::Workdir;

/// Level and text of each rating, with its cell.
fn ratings(json: &serde_json::Value) -> Vec<(String, Option<f64>, String)> {
    let line = |rating: &serde_json::Value| {
        let text = |key: &str| rating[key].as_str().unwrap_or_default().to_owned();
        (text("written"), rating["current"].as_f64(), text("at"))
    };
    json["ratings"].as_array().unwrap().iter().map(line).collect()
}

fn rated(list: &[(&str, f64, &str)]) -> Vec<(String, Option<f64>, String)> {
    list.iter().map(|(text, level, at)| ((*text).to_owned(), Some(*level), (*at).to_owned())).collect()
}

/// The bounds are those of the report of 2024; the model is found by what is measured, in each layout.
#[test]
fn values_become_levels_by_the_published_thresholds() {
    let work = Workdir::new("measured");
    work.put(
        "units.csv",
        "\
Service,Metric,Unit,Current,Target
Web shop,Deployment frequency,per week,3,4 - Elite
Web shop,Lead time for changes,hours,20,4
Web shop,Change failure rate,%,12,4
Web shop,MTTR,minutes,420,4
Billing,Deployment frequency,,monthly,3
Billing,Lead time for changes,days,9,3
Billing,Change failure rate,,\"7,5 %\",3
Billing,MTTR,,N/A,
",
    );
    work.put(
        "teams.csv",
        "\
Metric,Team A,Team B
Deployment frequency,3/week,on demand
Lead time for changes (days),4,0.5
Change failure rate (%),12,3
Time to restore service,42 min,2 h
",
    );
    work.gapwise(&["report", "units.csv", "teams.csv", "--format", "json,md,csv,html", "-o", "out"]).ok();
    let json = work.json("out/units.json");
    let mut expected = rated(&[
        ("3 per week", 3.0, "D2"),
        ("20 hours", 4.0, "D3"),
        ("12 %", 2.0, "D4"),
        ("420 minutes", 3.0, "D5"),
        ("monthly", 2.0, "D6"),
        ("9 days", 2.0, "D7"),
        ("7,5 %", 3.0, "D8"),
    ]);
    expected.push(("N/A".to_owned(), None, "D9".to_owned()));
    assert_eq!(ratings(&json), expected);
    assert_eq!(json["model"]["id"], "dora");
    assert_eq!(json["model"]["because"], "4 of its metrics are measured");
    assert_eq!(json["overall"]["model_level"], 2.0, "the lowest metric leads");
    assert_eq!(json["scale"][3]["name"], "Elite");
    assert_eq!(json["input"]["sheets"][0]["columns"]["unit"], "C");
    assert_eq!(
        ratings(&work.json("out/teams.json")),
        rated(&[
            ("3/week", 3.0, "B2"),
            ("on demand", 4.0, "C2"),
            ("4 days", 3.0, "B3"),
            ("0.5 days", 4.0, "C3"),
            ("12 %", 2.0, "B4"),
            ("3 %", 4.0, "C4"),
            ("42 min", 4.0, "B5"),
            ("2 h", 3.0, "C5"),
        ])
    );
    // What was measured stands beside the level wherever ratings are shown.
    let row = "| 1 | Web shop | Change failure rate | 12 % | 2 | 4 | +2 |";
    assert!(work.text("out/units.md").contains(row), "{}", work.text("out/units.md"));
    assert!(work.text("out/units.csv").contains("Web shop,2,4,2,1,level,level,12 %,"));
    assert!(work.text("out/units.html").contains("420 minutes"));
}

/// A value that is none of its metric's is never a level, however much it looks like one.
#[test]
fn a_value_that_does_not_fit_its_metric_is_invalid() {
    let work = Workdir::new("measured-wrong");
    let rows = "\
Deployment frequency,3/week,
Change lead time,5 d,
Change fail rate,3 d,3
Failed deployment recovery time,42 min,
";
    work.put("one.csv", format!("Area,Current,Target\n{rows}"));
    let said = work.gapwise(&["report", "one.csv", "--format", "json", "-o", "out"]).ok();
    assert_eq!(
        said.stderr.split("wrote").next().unwrap(),
        "\
warning[not-measured]: one.csv, B4: `3 d` is no percentage, left out as invalid
  hint: give a percentage such as `12 %`; a bare number counts in percent
"
    );
    assert_eq!(work.json("out/one.json")["ratings"][2]["state"], "invalid");
    // Levels as levels: without a unit anywhere nothing is taken for a measured value.
    let levels = "\
Area,Current,Target
Deployment frequency,3,4
Change lead time,2,4
Change fail rate,1 - Low,4
Failed deployment recovery time,4,4
";
    work.put("levels.csv", levels);
    work.gapwise(&["report", "levels.csv", "--format", "json", "-o", "out", "--model", "dora"]).ok();
    assert_eq!(
        ratings(&work.json("out/levels.json")),
        rated(&[("3", 3.0, "B2"), ("2", 2.0, "B3"), ("1 - Low", 1.0, "B4"), ("4", 4.0, "B5")])
    );
    // With another model nothing is measured.
    let run = work.gapwise(&["report", "one.csv", "--format", "json", "-o", "out", "--model", "iac"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("error[mostly-invalid]"), "{}", run.stderr);
}
