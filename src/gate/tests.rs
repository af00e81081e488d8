use super::*;
use crate::compare::Past;
use crate::report::samples::analysis;

fn rules(lines: &[&str]) -> Rules {
    let mut rules = Rules::default();
    for line in lines {
        match line.split_once(' ').unwrap_or((line, "")) {
            ("area", text) => rules.areas.push(AreaRules::parse(text).unwrap()),
            ("allow", name) => rules.allow_not_assessed.push(name.to_owned()),
            ("min-overall", value) => rules.min_overall = Some(level(value).unwrap()),
            ("max-invalid", value) => rules.max_invalid = value.parse().ok(),
            ("no-regression", _) => rules.no_regression = true,
            ("no-overdue", _) => rules.no_overdue = true,
            (rule, value) => rules.every.set(rule, value).unwrap(),
        }
    }
    rules
}

/// Each row as `+ sentence` or `- sentence (cells)`.
fn rows(lines: &[&str], rule: &[&str]) -> Vec<String> {
    shown(&check(&analysis(lines), &rules(rule)).unwrap())
}

fn shown(rows: &[Row]) -> Vec<String> {
    rows.iter()
        .map(|row| match row.passed {
            true => format!("+ {}", row.message),
            false => format!("- {} {:?}", row.message, row.at),
        })
        .collect()
}

#[test]
fn areas_against_levels_and_gaps() {
    let lines = ["Testing | | Core | 1 | 2", "Testing | | Web | 2 | 2", "Data | | Core | 2 | 2"];
    assert_eq!(
        rows(&lines, &["min-level 2", "max-gap 0.5"]),
        [
            "- Testing: level 1.5, expected at least 2 [\"Q4!C5\"]",
            "+ Data: level 2, expected at least 2",
            "+ Testing: gap +0.5, expected at most +0.5",
            "+ Data: gap 0, expected at most +0.5",
        ]
    );
    // An area's own threshold takes the place of the general one, either way.
    assert_eq!(
        rows(&lines, &["min-level 2", "area testing:min-level=1.5,min-coverage=100%", "area Data:min-level=2.5"]),
        [
            "+ Testing: level 1.5, expected at least 1.5",
            "- Data: level 2, expected at least 2.5 [\"Q4!C7\"]",
            "+ Testing: coverage 100 %, expected at least 100 %",
        ]
    );
}

#[test]
fn a_figure_just_below_the_threshold_shows_it() {
    let lines = ["Testing | | Core | 2 | 3", "Testing | | Web | 2 | 3", "Testing | | HR | 1.99 | 3"];
    assert_eq!(rows(&lines, &["min-level 2"]), ["- Testing: level 1.997, expected at least 2 [\"Q4!C7\"]"]);
}

#[test]
fn the_unknown_never_passes() {
    let lines = ["Testing | | Core | - | 2", "Data | | Core | 2 | -", "Run | | Core | n/a | 2"];
    assert_eq!(
        rows(&lines, &["min-level 2", "max-gap 1"]),
        [
            "- Testing: level unknown, expected at least 2 [\"Q4!C5\"]",
            "+ Data: level 2, expected at least 2",
            "- Testing: gap unknown (a level or a target is missing), expected at most +1 [\"Q4!C5\"]",
            "- Data: gap unknown (a level or a target is missing), expected at most +1 []",
        ],
        "where nothing applies nothing is checked"
    );
    assert_eq!(
        rows(&lines, &["min-level 2", "allow Testing"])[0],
        "+ Testing: level unknown, expected at least 2, allowed by name"
    );
    assert_eq!(
        rows(&["Run | | Core | n/a | 2"], &["min-level 2", "min-overall 1", "min-coverage 50%"]),
        [
            "- no area could be checked, expected at least 2 []",
            "- all areas: level unknown, expected at least 1 []",
            "- all areas: coverage unknown, expected at least 50 % []",
        ]
    );
}

#[test]
fn coverage_invalid_cells_and_dates() {
    let lines = [
        "Testing | | Core | 1 | 2 | 1 | | Ann | 2026-01-30",
        "Testing | | Web | 2 | 2 | 1 | | Ann | 2025-01-30",
        "Testing | | HR | - | 2 | 1 | | Ann | Q4 2025",
        "Testing | | Risk | x | 2 | 1 | | Ann | soon",
        "Testing | | Law | 1 | 2 | 1 | | Ann | 2026-01-31",
    ];
    assert_eq!(
        rows(&lines, &["min-coverage 90%", "max-invalid 0", "no-overdue"]),
        [
            "- all areas: coverage 60 %, expected at least 90 % [\"Q4!C7\", \"Q4!C8\"]",
            "- all areas: invalid ratings 1, expected at most 0 [\"Q4!C8\"]",
            "- all areas: gaps open past their date 3, expected none [\"Q4!C5\", \"Q4!C7\", \"Q4!C8\"]",
        ]
    );
}

#[test]
fn a_lost_level_is_a_regression() {
    let lines = [
        "Testing | | Core | 2 | 3 | 1 | 1",
        "Testing | | Web | - | 3 | 1 | 2",
        "Data | | Core | 1 | 3 | 1 | 2",
        "Run | | Core | 1 | 3",
        "Law | | Core | n/a | 3 | 1 | 2",
    ];
    assert_eq!(
        rows(&lines, &["no-regression"]),
        [
            "- Testing: level 2, expected not below 1; 1 rating lost its level [\"Q4!C6\"]",
            "- Data: level 1, expected not below 2 [\"Q4!C7\"]",
        ]
    );
}

#[test]
fn against_a_baseline_no_rating_may_fall() {
    let before =
        ["Testing | | Core | 1 | 3", "Testing | | Web | 2 | 3", "Data | | Core | 1 | 3", "Run | | Core | 1 | 3"];
    let now = analysis(&[
        "Testing | | Core | 3 | 3",
        "Testing | | Web | 1 | 3",
        "Data | | Core | 1 | 3",
        "New | | Core | 0 | 3",
    ]);
    let rows = ratchet(&now, &Past::of(&analysis(&before), "base.json")).unwrap();
    assert_eq!(
        shown(&rows),
        [
            "- Testing: 1 rating fell [\"Q4!C6\"]",
            "+ Data: nothing got worse",
            "- Run: 1 rating was taken out []",
            "+ all areas: invalid ratings 0, expected at most 0",
        ]
    );
}

#[test]
fn rules_that_do_not_fit_the_file_are_told_all_at_once() {
    let lines = ["Testing | | Core | 1 | 2", "Data | | Core | 1 | 2"];
    let wrong =
        rules(&["min-level 7", "max-gap 5", "area Testng:min-level=2", "area Finance:max-gap=9", "no-regression"]);
    let problems = check(&analysis(&lines), &wrong).unwrap_err();
    let texts: Vec<String> = problems
        .0
        .iter()
        .map(|it| format!("{}: {} ({})", it.code, it.message, it.hint.as_deref().unwrap_or("")))
        .collect();
    assert_eq!(
        texts,
        [
            "unknown-area: --area: no area `Testng` (the nearest is `Testing`)",
            "unknown-area: --area: no area `Finance` (areas of this file: `Testing`, `Data`)",
            "off-scale: --min-level: 7 is not on the scale -1..3 (a threshold is a level; where the scale was read wrong: --scale LOW..HIGH)",
            "off-scale: --max-gap: no gap can be 5 on the scale -1..3, at most 4 (a gap is counted in levels)",
            "off-scale: --area `Finance`: max-gap: no gap can be 9 on the scale -1..3, at most 4 (a gap is counted in levels)",
            "no-previous: --no-regression: there is no earlier assessment to compare with (name it: --previous FILE)",
        ]
    );
}
