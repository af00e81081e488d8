//! The verdict as SARIF 2.1.0 (OASIS), for services that list findings of tools.
//!
//! A result is a check that did not pass. It points at the file; the cells stand in the message and as logical
//! locations, for a workbook has no lines. The fingerprint holds over new rows and new values: file, rule and area make
//! it, so that the same gap stays the same finding.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::annotations::line_of;
use super::{Kind, Row, Verdict};

/// Results are cut there; GitHub shows 5,000 of a run.
const MOST: usize = 5_000;
/// Cells named in a message.
const CELLS: usize = 20;

/// The document.
pub fn sarif(verdicts: &[Verdict]) -> String {
    let failed = verdicts.iter().flat_map(|it| it.failed().map(|row| result(&it.file, row)));
    let broken: Vec<Value> =
        verdicts.iter().flat_map(|it| it.errors.iter().map(move |e| (it, e))).map(notification).collect();
    let document = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "gapwise",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": Kind::ALL.map(rule),
            }},
            "columnKind": "unicodeCodePoints",
            "invocations": [{ "executionSuccessful": broken.is_empty(), "toolExecutionNotifications": broken }],
            "results": failed.take(MOST).collect::<Vec<_>>(),
        }],
    });
    format!("{document:#}\n")
}

fn rule(kind: Kind) -> Value {
    let text = match kind {
        Kind::MinLevel => "An area's mean level is at least the one asked for.",
        Kind::MaxGap => "An area's mean gap to its target is at most the one allowed.",
        Kind::MinOverall => "The mean level of all areas is at least the one asked for.",
        Kind::MinCoverage => "Of the ratings that apply, at least the share asked for was given.",
        Kind::MaxInvalid => "At most so many cells hold no level.",
        Kind::NoRegression => "No area is below its level in the earlier assessment.",
        Kind::NoOverdue => "No gap is open past its date.",
        Kind::Baseline => "No rating is below its level in the baseline.",
    };
    json!({ "id": kind.name(), "shortDescription": { "text": text }, "defaultConfiguration": { "level": "error" } })
}

fn result(file: &str, row: &Row) -> Value {
    let mut text = row.message.clone();
    if !row.at.is_empty() {
        let shown = row.at.iter().take(CELLS).cloned().collect::<Vec<_>>().join(", ");
        let more = row.at.len().saturating_sub(CELLS);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        text.push_str(&format!(" ({shown}{more})"));
    }
    let mut place = json!({ "artifactLocation": { "uri": uri(file) } });
    if let Some(line) = row.at.first().and_then(|at| line_of(file, at)) {
        place["region"] = json!({ "startLine": line });
    }
    let mut location = json!({ "physicalLocation": place });
    if !row.at.is_empty() {
        let cells = row.at.iter().take(CELLS).map(|at| json!({ "fullyQualifiedName": at, "kind": "element" }));
        location["logicalLocations"] = cells.collect();
    }
    json!({
        "ruleId": row.rule.name(),
        "ruleIndex": Kind::ALL.iter().position(|kind| *kind == row.rule),
        "level": "error",
        "message": { "text": text },
        "locations": [location],
        "partialFingerprints": { "gapwise/v1": fingerprint(file, row) },
        "properties": { "expected": row.expected, "found": row.found, "area": row.area },
    })
}

fn notification((verdict, problem): (&Verdict, &crate::error::Problem)) -> Value {
    let at = problem.at.as_ref().map(|at| format!("{at}: ")).unwrap_or_default();
    json!({
        "level": "error",
        "message": { "text": format!("{at}{}", problem.message) },
        "descriptor": { "id": problem.code },
        "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri(&verdict.file) } } }],
    })
}

fn fingerprint(file: &str, row: &Row) -> String {
    let what = format!("{file}\n{}\n{}", row.name, row.area.as_deref().unwrap_or_default());
    let hash = Sha256::digest(what.as_bytes());
    hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// A relative path as a URI reference; what is no letter, digit or path mark is escaped (RFC 3986).
fn uri(file: &str) -> String {
    let mut out = String::new();
    for byte in file.replace('\\', "/").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}
