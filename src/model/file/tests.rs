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
