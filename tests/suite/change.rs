//! Against earlier assessments: the same change in every output, and what is refused.

use serde_json::Value;

use crate::tools::tool;
use crate::workdir::{Workdir, sample};

fn mean(value: f64) -> String {
    format!("{value:.1}").replace('-', "−").replace("−0.0", "0.0")
}

/// Each area's level before, level now and change, as printed; none lies on the edge of rounding.
fn expected(json: &Value) -> Vec<(String, [String; 3])> {
    json["areas"]
        .as_array()
        .unwrap()
        .iter()
        .map(|area| {
            let (now, change) = (area["current"].as_f64().unwrap(), area["change"].as_f64().unwrap());
            let sign = if mean(change).contains('−') || mean(change) == "0.0" { "" } else { "+" };
            let cells = [mean(now - change), mean(now), format!("{sign}{}", mean(change))];
            (area["name"].as_str().unwrap().to_owned(), cells)
        })
        .collect()
}

/// Whether the parts stand in the text in this order.
fn in_order(text: &str, parts: &[String]) -> bool {
    let mut rest = text;
    parts.iter().all(|part| match rest.find(part.as_str()) {
        Some(at) => {
            rest = &rest[at + part.len()..];
            true
        }
        None => false,
    })
}

#[test]
fn the_bank_moved_by_the_same_in_every_output() {
    let work = Workdir::new("change-bank");
    let (now, before) = (sample("first-federated-bank-cd.xlsx"), sample("first-federated-bank-cd-2025-07.xlsx"));
    work.gapwise(&["report", &now, "--previous", &before, "-o", ".", "--format", "html,pdf,json,md"]).ok();
    let json = work.json("first-federated-bank-cd.json");
    let rows = expected(&json);
    // By hand from the two workbooks: weights 5 to 1, Testing of the core and the trading platform fell by a level.
    let changes: Vec<&str> = rows.iter().map(|(_, cells)| cells[2].as_str()).collect();
    assert_eq!(changes, ["+0.6", "+0.3", "+0.2", "−0.1", "0.0", "+0.4"]);
    assert_eq!(json["previous"], json["history"][0]["name"]);

    let paper =
        tool("pdftotext", &["-layout", "first-federated-bank-cd.pdf", "-"], work.path()).map(|run| run.stdout);
    let (page, short) = (work.text("first-federated-bank-cd.html"), work.text("first-federated-bank-cd.md"));
    let start = page.find("<table id=\"table-change\"").expect("the page has the table");
    let page = &page[start..start + page[start..].find("</table>").unwrap()];
    for (name, cells) in &rows {
        let row: Vec<String> = [name.clone()].into_iter().chain(cells.clone()).collect();
        assert!(page.split("<tr").any(|line| in_order(line, &row)), "{row:?} on the page");
        assert!(short.lines().any(|line| line.starts_with("| ") && in_order(line, &row)), "{row:?} in Markdown");
        if let Some(paper) = &paper {
            let first = name.split(' ').next().unwrap();
            let found = paper.lines().any(|line| line.trim_start().starts_with(first) && in_order(line, cells));
            assert!(found, "{row:?} on paper");
        }
    }
    for text in [Some(&short), paper.as_ref()].into_iter().flatten() {
        assert!(text.contains("Went down: 2 ratings"), "what got worse is told apart");
    }
}

const NOW: &str = "Application,Area,Current level,Target level
Core,Testing,2,3
Core,Data,1,3
Core,Release,1,3
";

#[test]
fn new_dropped_and_renamed_stand_apart() {
    let work = Workdir::new("change-names");
    work.put("now.csv", NOW).put("then.csv", NOW.replace("Testing,2", "Tests,1").replace("Release,1", "Finance,0"));
    let args =
        ["report", "now.csv", "--previous", "then.csv", "-o", "out", "--format", "json,md", "--scale", "-1..3"];
    let run = work.gapwise(&args).ok();
    assert!(
        run.stderr.starts_with(
            "warning[perhaps-renamed]: now.csv: `Tests` was dropped and `Testing` is new; they are taken for two
  hint: if they are one: --rename \"Tests=Testing\"\n"
        ),
        "{}",
        run.stderr
    );
    let names = |json: &Value, list: &str| -> Vec<String> {
        let items = json[list].as_array().cloned().unwrap_or_default();
        items.iter().map(|item| item["path"][0].as_str().unwrap().to_owned()).collect()
    };
    let json = work.json("out/now.json");
    assert_eq!(names(&json, "added"), ["Testing", "Release"]);
    assert_eq!(names(&json, "dropped"), ["Tests", "Finance"]);
    assert_eq!(json["overall"]["change"], 0.0, "new and dropped ratings change nothing");
    let short = work.text("out/now.md");
    assert!(short.contains(": 2 ratings\n\n| Area | Application | Level | Cell |"), "{short}");

    let renamed: Vec<&str> = args.into_iter().chain(["--rename", "Tests=Testing"]).collect();
    work.gapwise(&renamed).ok();
    let json = work.json("out/now.json");
    assert_eq!(
        (names(&json, "added"), names(&json, "dropped")),
        (vec!["Release".to_owned()], vec!["Finance".to_owned()])
    );
    assert_eq!(json["overall"]["change"], 0.5);
    assert_eq!(json["renamed"], serde_json::json!([{ "old": "Tests", "new": "Testing" }]));
}

#[test]
fn three_points_in_time_make_a_trend() {
    let work = Workdir::new("change-trend");
    work.put("now.csv", NOW).put("one.csv", NOW.replace(",2,", ",0,")).put("two.csv", NOW.replace(",2,", ",1,"));
    let report = |file: &str, date: &str, more: &[&str]| {
        let base = ["report", file, "--date", date, "-o", "out", "--format", "json,md", "--scale", "-1..3"];
        work.gapwise(&base.into_iter().chain(more.iter().copied()).collect::<Vec<_>>()).ok()
    };
    report("one.csv", "2025-01-31", &[]);
    report("two.csv", "2025-07-31", &[]);
    report("now.csv", "2026-01-31", &["--previous", "out/one.json", "--previous", "out/two.json"]);
    let json = work.json("out/now.json");
    assert_eq!(json["previous"], "2025-07-31");
    let line: Vec<_> = json["history"].as_array().unwrap().iter().map(|it| &it["areas"][0]["current"]).collect();
    assert_eq!(line, [0.0, 1.0]);
    let short = work.text("out/now.md");
    assert!(short.contains("| Area | 2025-01-31 | 2025-07-31 | 2026-01-31 |"), "{short}");
    assert!(short.contains("| Testing | 0.0 | 1.0 | 2.0 |"), "{short}");
}

/// A forecast is made only when it is asked for, says that it is one, and says no date where the points give none.
#[test]
fn where_the_trend_leads_only_when_asked() {
    let work = Workdir::new("change-forecast");
    work.put("now.csv", NOW);
    for (file, date, testing, data) in [("one", "2025-01-31", "0", "2"), ("two", "2025-07-31", "1", "1")] {
        let rows = NOW.replace("Testing,2", &format!("Testing,{testing}")).replace("Data,1", &format!("Data,{data}"));
        work.put(&format!("{file}.csv"), rows);
        let file = format!("{file}.csv");
        let args = ["report", &file, "--date", date, "-o", ".", "--format", "json", "--scale", "-1..3", "-q"];
        work.gapwise(&args).ok();
    }
    let report = |more: &[&str]| {
        let base = ["report", "now.csv", "--date", "2026-01-31", "--scale", "-1..3", "-q", "-o", "out", "--format"];
        work.gapwise(&base.into_iter().chain(more.iter().copied()).collect::<Vec<_>>()).ok()
    };
    let previous = ["--previous", "one.json", "--previous", "two.json"];
    report(&[&["json"], &previous[..]].concat());
    assert_eq!(work.json("out/now.json").get("forecast"), None, "nobody asked");

    report(&[&["json,md,html,pdf", "--forecast"], &previous[..]].concat());
    let forecast = work.json("out/now.json")["forecast"].clone();
    assert_eq!((&forecast["from"], &forecast["points"]), (&"2025-01-31".into(), &3.into()));
    // By hand, days 0, 181, 365 and levels 0, 1, 2: slope 365 / 66614 a day, level 3 after 547.01 days.
    let areas = forecast["areas"].as_array().unwrap();
    assert_eq!((&areas[0]["reached"], areas[0].get("because")), (&"2026-08-02".into(), None));
    assert!((areas[0]["per_year"].as_f64().unwrap() - 365.25 * 365.0 / 66_614.0).abs() < 1e-9);
    assert_eq!((&areas[1]["reached"], &areas[1]["because"]), (&Value::Null, &"not-rising".into()));
    let short = work.text("out/now.md");
    for text in [
        "Forecast: a straight line through 3 points in time",
        "neither plan nor promise",
        "| Testing | 2.0 | 3.0 | +2.0 | 2026-08 |",
        "| Data | 1.0 | 3.0 | −1.0 | not rising |",
    ] {
        assert!(short.contains(text), "{text} in {short}");
    }
    assert!(work.text("out/now.html").contains("<table id=\"table-forecast\""));
    if let Some(paper) = tool("pdftotext", &["-layout", "out/now.pdf", "-"], work.path()) {
        assert!(paper.stdout.contains("neither plan nor promise") && paper.stdout.contains("2026-08"));
    }
    for (lang, text) in [
        ("de", "Prognose: eine Gerade durch 3 Zeitpunkte"),
        ("fr", "Prévision : une droite par 3 dates"),
        ("es", "Pronóstico: una recta por 3 fechas"),
        ("pt", "Previsão: uma reta por 3 datas"),
    ] {
        report(&[&["md", "--forecast", "--lang", lang], &previous[..]].concat());
        assert!(work.text("out/now.md").contains(text), "{text}");
    }
    let refused = |more: &[&str]| {
        let base =
            ["report", "now.csv", "--date", "2025-07-31", "--scale", "-1..3", "--format", "json", "--forecast"];
        work.gapwise(&base.into_iter().chain(more.iter().copied()).collect::<Vec<_>>()).ok().stderr
    };
    assert!(refused(&["--previous", "one.json"]).starts_with(
        "warning[no-forecast]: now.csv: a forecast needs 3 points in time, there are 2
  hint: give earlier assessments, oldest first: --previous FILE --previous FILE\n"
    ),);
    assert!(refused(&previous).starts_with(
        "warning[no-forecast]: now.csv: a forecast needs points in time in order; 2025-07-31 comes after 2025-07-31
  hint: give earlier assessments oldest first; the date of the report: --date\n"
    ),);
    assert_eq!(work.json("gapwise-report/now.json").get("forecast"), None);
}

#[test]
fn earlier_files_that_do_not_fit() {
    let work = Workdir::new("change-refused");
    work.put("now.csv", NOW).put("else.csv", "Area,Current level,Target level\nGovernance,1,3\n");
    let report = |previous: &str, more: &[&str]| {
        let base = ["report", "now.csv", "--scale", "-1..3", "--previous", previous];
        work.gapwise(&base.into_iter().chain(more.iter().copied()).collect::<Vec<_>>())
    };
    report("else.csv", &[]).refused(
        "error[nothing-matches]: now.csv: else.csv: none of its ratings is about what this file rates: there `Governance`, here `Testing`
  hint: names that changed: --rename \"OLD=NEW\"",
    );
    report("nowhere.xlsx", &[]).refused(
        "error[not-found]: nowhere.xlsx: no such file or folder
  hint: check the path; several files and folders may be given",
    );
    report("else.csv", &["--rename", "Governance"]).refused(
        "error[bad-value]: --rename: `Governance` names no two names
  hint: --rename \"Old=New\"",
    );
    // The earlier result of another scale, and of another model.
    work.gapwise(&["report", "now.csv", "--scale", "-1..3", "--format", "json", "-o", "."]).ok();
    let mut json = work.json("now.json");
    json["scale"] = serde_json::json!([{ "value": 0, "name": null }, { "value": 5, "name": null }]);
    work.put("scale.json", json.to_string());
    report("scale.json", &[]).refused(
        "error[other-scale]: now.csv: scale.json: its scale is 0..5, this file's -1..3
  hint: where both stand on one scale, name it: --scale LOW..HIGH",
    );
    let mut json = work.json("now.json");
    let model = |id: &str| serde_json::json!({ "id": id, "name": id, "rule": "mean", "version": "1", "source": "s", "areas": [] });
    json["model"] = model("one");
    work.put("today.json", json.to_string());
    json["model"] = model("other");
    work.put("model.json", json.to_string());
    work.gapwise(&["report", "today.json", "--previous", "model.json"]).refused(
        "error[other-model]: today.json: model.json: rated against the model `other`, this file against `one`
  hint: compare assessments of one model; where both are of one, name it: --model ID",
    );
    assert!(!work.files().iter().any(|file| file.starts_with("gapwise-report/now")), "nothing is written");
}
