use super::*;
use crate::model::catalogue;

/// The example of docs/models.md, which people copy.
pub(crate) fn example() -> &'static str {
    let manual = include_str!("../../../docs/models.md");
    let (_, rest) = manual.split_once("```toml\n").expect("an example");
    rest.split_once("```").expect("its end").0
}

#[test]
fn the_manual_s_example_is_a_model() {
    let model = read(example()).expect("the example is read");
    assert_eq!((model.id.as_str(), model.rule), ("cloud-basics", Rule::Mean));
    let names: Vec<_> = model.areas.iter().map(|area| (area.name.as_str(), area.parent)).collect();
    assert_eq!(names, [("Running", None), ("Backup", Some(0)), ("Recovery time", Some(0))]);
    assert_eq!(model.asks(1, 3.0), ["Try out restores every quarter", "Measure how long they take"]);
    assert_eq!(model.areas[2].metric.as_ref().and_then(|metric| metric.level_of("42 min")), Some(3.0));
    let targets: Vec<_> = (0..3).map(|area| model.profile_target(&model.profiles[0], area)).collect();
    assert_eq!(targets, [Some(2.0), Some(3.0), Some(2.0)]);
    assert_eq!(model.levels.value_of("level 1"), Some(1.0));
    assert!(model.unwritten().is_empty());
}

#[test]
fn the_schema_for_editors_takes_every_model_and_refuses_an_unknown_key() {
    let schema = serde_json::from_str(include_str!("../../../docs/gapwise-model.schema.json")).expect("JSON");
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    let as_json =
        |text: &str| serde_json::to_value(toml::from_str::<toml::Value>(text).expect("TOML")).expect("JSON");
    for text in catalogue::all().iter().filter_map(|model| catalogue::text(&model.id)).chain([example()]) {
        let found: Vec<String> = schema.iter_errors(&as_json(text)).map(|error| error.to_string()).collect();
        assert!(found.is_empty(), "{}: {found:?}", text.lines().nth(2).unwrap_or_default());
    }
    assert!(!schema.is_valid(&as_json(&example().replace("weight = 2", "wieght = 2"))));
}

/// Every mistake of the example with one thing changed, as `place: message (hint)`.
fn told(from: &str, to: &str) -> Vec<String> {
    let text = example();
    assert!(text.contains(from), "{from}");
    let problems = read(&text.replacen(from, to, 1)).expect_err("a mistake").0;
    let line = |it: Problem| {
        let hint = it.hint.map_or_else(String::new, |hint| format!(" ({hint})"));
        format!("{}: {}{hint}", it.at.unwrap_or_default(), it.message)
    };
    problems.into_iter().map(line).collect()
}

#[test]
fn broken_files_are_told_in_full() {
    let cases: [(&str, &str, &[&str]); 10] = [
        (
            "rule = \"mean\" ",
            "rule = \"maen\" ",
            &["line 16, column 8: `rule` has no value `maen` (did you mean `mean`?)"],
        ),
        (
            "weight = 2",
            "wieght = 2",
            &["line 44, column 1: `wieght` is no key of area `run-backup` (did you mean `weight`?)"],
        ),
        (
            "parent = \"run\"  ",
            "parent = \"rum\"  ",
            &["line 42, column 10: `rum` is no area before area `run-backup` (did you mean `run`?)"],
        ),
        (
            "\"3\" = [\"Try",
            "\"4\" = [\"Try",
            &[
                "line 52, column 1: 4 is no level of the model in the criteria of area `run-backup` (levels are 1, 2, 3)",
            ],
        ),
        ("year = 2026", "year = \"2026\"", &["line 6, column 8: `year` is a number, not a text"]),
        ("name = \"Running\"", "name = 7", &["line 36, column 8: `name` is a text, not a number"]),
        (
            "\"2\" = \"<= 1 day\"",
            "\"2\" = \">= 1 day\"",
            &[
                "line 62, column 40: `>= 1 day` goes against the metric's direction, which wants <= or < (such as \"< 1 day\" \
               or \"<= 5 %\")",
            ],
        ),
        (
            "{ id = \"B2\"",
            "{ id = \"B1\"",
            &["line 47, column 10: the practice id `B1` stands twice, also in area `run-backup`"],
        ),
        ("name = \"Cloud basics\"\n", "", &["line 1, column 1: the model has no `name`"]),
        (
            "areas = { run-backup = 3 }",
            "areas = { run-bakup = 9, run = 9 }",
            &[
                "line 67, column 11: `run-bakup` is no area of the model (did you mean `run-backup`?)",
                "line 67, column 32: 9 is no level of the model in profile `baseline` (levels are 1, 2, 3)",
            ],
        ),
    ];
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(from, to, expected)| told(from, to) != *expected)
        .map(|(from, to, expected)| {
            format!("{from} -> {to}\n  got      {:?}\n  expected {expected:?}", told(from, to))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
