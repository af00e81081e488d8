use serde_json::{Value as Json, json};

use super::*;

/// The JSON Schema of settings files, from the flags themselves.
fn schema() -> Json {
    let plain = json!({ "type": ["string", "number"] });
    let setting = |name: &str, arg: &Arg| {
        let mut schema = match arg.get_action() {
            ArgAction::SetTrue => json!({ "type": "boolean" }),
            ArgAction::Append if name == "area" => json!({ "anyOf": [
                { "type": "string" },
                { "type": "array", "items": { "type": "string" } },
                { "type": "object", "additionalProperties": {
                    "type": "object",
                    "properties": { "min-level": plain, "max-gap": plain, "min-coverage": plain },
                    "additionalProperties": false
                } }
            ] }),
            ArgAction::Append if TABLES.contains(&name) => json!({ "anyOf": [
                { "type": "string" },
                { "type": "array", "items": { "type": "string" } },
                { "type": "object", "additionalProperties": plain }
            ] }),
            _ => json!({ "anyOf": [plain, { "type": "array", "items": { "type": "string" } }] }),
        };
        schema["description"] = json!(arg.get_help().map(ToString::to_string).unwrap_or_default());
        schema
    };
    let of = |command: &str| -> serde_json::Map<String, Json> {
        known(command).iter().map(|(name, arg)| (name.clone(), setting(name, arg))).collect()
    };
    let mut properties = serde_json::Map::new();
    for command in COMMANDS {
        of(command).into_iter().for_each(|(name, schema)| {
            properties.entry(name).or_insert(schema);
        });
    }
    for command in COMMANDS {
        let about = format!("Settings for `gapwise {command}` only.");
        let own = json!({ "description": about, "type": "object", "properties": of(command), "additionalProperties": false });
        properties.insert(command.to_owned(), own);
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "gapwise.toml",
        "description": "Settings of gapwise: long flags by name, for every command that knows them.",
        "type": "object",
        "properties": properties,
        "additionalProperties": false
    })
}

/// A flag more is a setting more. `UPDATE_EXPECTED=1` writes the file anew.
#[test]
fn the_schema_follows_the_flags() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/gapwise-settings.schema.json");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(path, format!("{:#}\n", schema())).unwrap();
    }
    let kept: Json = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    assert!(kept == schema(), "flags changed: UPDATE_EXPECTED=1 cargo test settings");
    let validator = jsonschema::validator_for(&kept).unwrap();
    let valid = |text: &str| validator.is_valid(&json!(text.parse::<Table>().unwrap()));
    assert!(valid(
        "paper = \"letter\"\nformat = [\"html\", \"json\"]\n[check]\nmin-level = 2\n[check.area]\nTesting = { min-level = 3 }"
    ));
    assert!(!valid("papr = \"letter\"") && !valid("[check]\nmin-levl = 2"));
}
