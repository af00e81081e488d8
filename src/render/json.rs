//! The analysis as it is: the document `gapwise/1`, described in `docs/gapwise-1.schema.json`.

use crate::analysis::{Analysis, SCHEMA};
use crate::error::{Problem, Result};

/// The analysis as JSON, indented by two blanks unless it holds sums in place of ratings, with a line feed at its end. Numbers carry full precision, unknown ones
/// are `null`.
pub fn json(analysis: &Analysis) -> Vec<u8> {
    // Sums are for programs alone, and many.
    let sums = !analysis.sums.is_empty() || analysis.ratings.is_empty() && !analysis.inputs.is_empty();
    let bytes = if sums { serde_json::to_vec(analysis) } else { serde_json::to_vec_pretty(analysis) };
    let mut bytes = bytes.expect("plain data with text keys always serialises");
    bytes.push(b'\n');
    bytes
}

/// Whether bytes look like a JSON object, which no spreadsheet does.
pub fn is_document(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut marks = bytes.iter().filter(|byte| !byte.is_ascii_whitespace());
    marks.next() == Some(&b'{') && matches!(marks.next(), Some(b'"' | b'}'))
}

/// Reads a document that [`json()`] wrote.
///
/// # Errors
/// `not-a-result`: it is no JSON, or not `gapwise/1`.
pub fn read(bytes: &[u8]) -> Result<Analysis> {
    #[derive(serde::Deserialize)]
    struct Head {
        schema: Option<String>,
    }
    let hint = "give what `gapwise report --format json` writes";
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let refused = |what: String| Problem::new("not-a-result", what).hint(hint);
    let head: Head = serde_json::from_slice(bytes)
        .map_err(|error| refused(format!("no JSON, line {}: {}", error.line(), reason(&error))))?;
    match head.schema.as_deref() {
        Some(SCHEMA) => {}
        Some(other) => {
            return Err(refused(format!("the schema is {}, not `{SCHEMA}`", crate::error::quoted(other))).into());
        }
        None => return Err(refused(format!("JSON, but no result of gapwise: it has no `schema`: `{SCHEMA}`")).into()),
    }
    serde_json::from_slice(bytes)
        .map_err(|error| refused(format!("broken result, line {}: {}", error.line(), reason(&error))).into())
}

/// The error without its place, which stands before it.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples::{analysis, analysis_of, assessment};
    use serde_json::{Value, json as value};

    const SCHEMA: &str = include_str!("../../docs/gapwise-1.schema.json");

    fn errors(document: &Value) -> Vec<String> {
        let schema: Value = serde_json::from_str(SCHEMA).expect("the schema is JSON");
        let validator = jsonschema::draft202012::new(&schema).expect("the schema is sound");
        validator.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect()
    }

    fn document(analysis: &Analysis) -> Value {
        serde_json::from_slice(&json(analysis)).expect("JSON")
    }

    #[test]
    fn every_kind_of_document_keeps_to_the_schema() {
        let full = analysis(&[
            "Testing/Unit | coverage | Core | -1 | 2 | 5 | 0 | M. Okafor | 2026-06-30 | Automate",
            "Testing/Unit | coverage | Web | n/a | | 2",
            "Testing | flaky tests | Core | x | 2",
            "Data | | Core | - | 1",
        ]);
        let bare = analysis(&["Testing | | | - |"]);
        let mut merged = full.clone();
        merged.inputs = merged.input.take().into_iter().collect();
        merged.ratings[0].file = Some("sample.xlsx".to_owned());
        let mut given = assessment(&["Testing | | | 1 | 3"]);
        given.targets = crate::assessment::TargetSource::Given(3.0);
        given.reading.words.push(("mostly".to_owned(), 0.75));
        let mut given = analysis_of(given);
        given
            .warnings
            .push(crate::error::Problem::new("no-target", "no target column").at("Q4!A1").hint("--target 3"));
        for (name, analysis) in [("full", full), ("bare", bare), ("merged", merged), ("given", given)] {
            let document = document(&analysis);
            assert_eq!(errors(&document), Vec::<String>::new(), "{name}");
            let back: Analysis = serde_json::from_value(document).expect("reads back");
            assert_eq!(back, analysis, "{name}");
        }
    }

    #[test]
    fn the_schema_refuses_what_breaks_the_contract() {
        let good = document(&analysis(&["Testing | | Core | 1 | 2"]));
        let broken: [(&str, &str, Value); 9] = [
            ("another version", "/schema", value!("gapwise/2")),
            ("a mean as text", "/overall/current", value!("1.0")),
            ("an unknown state", "/ratings/0/state", value!("blank")),
            ("no cell", "/ratings/0/at", Value::Null),
            ("a negative weight", "/ratings/0/weight", value!(-1)),
            ("a scale of one level", "/scale", value!([{"value": 1, "name": null}])),
            ("a count that is no whole number", "/overall/assessed", value!(1.5)),
            ("a share above 1", "/overall/percent_of_scale", value!(1.5)),
            ("an empty path", "/areas/0/path", value!([])),
        ];
        for (what, pointer, wrong) in broken {
            let mut document = good.clone();
            *document.pointer_mut(pointer).expect(pointer) = wrong;
            assert!(!errors(&document).is_empty(), "{what} passed");
        }
        for gone in ["schema", "overall", "ratings", "scale", "warnings", "input"] {
            let mut document = good.clone();
            document.as_object_mut().expect("an object").remove(gone);
            assert!(!errors(&document).is_empty(), "without {gone} it passed");
        }
        let mut wider = good.clone();
        wider["ratings"][0]["confidence"] = value!(0.5);
        assert_eq!(errors(&wider), Vec::<String>::new(), "a field more is no break");
    }
}
