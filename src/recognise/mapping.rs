//! Mapping files: how one layout is read, written down once, so that a team need not say it again and a changed layout
//! stops the run instead of changing the numbers.
//!
//! A mapping is TOML:
//!
//! ```toml
//! sheet = "Q3"
//! header-row = 5
//! scale = "-1..3"
//!
//! [columns]           # role = header text or letter
//! area = "Area"
//! current = "Current level"
//!
//! [levels]            # what words are worth
//! "Largely" = 3
//!
//! [words]             # more header words for a role
//! current = ["Einstufung"]
//!
//! [header]            # the header the mapping was made for; another one stops the run
//! A = "Area"
//! C = "Current level"
//! ```

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;

use super::words::Role;
use super::{Wishes, table::Table};
use crate::assessment::{Assessment, TableRead, TargetSource};
use crate::error::{Problem, Result, column_letters, quoted, visible};
use crate::number::NumberStyle;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    sheet: Option<String>,
    header_row: Option<u32>,
    scale: Option<String>,
    target: Option<f64>,
    #[serde(default)]
    columns: BTreeMap<String, String>,
    #[serde(default)]
    levels: BTreeMap<String, f64>,
    #[serde(default)]
    words: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    header: BTreeMap<String, String>,
}

const KEYS: [&str; 8] = ["sheet", "header-row", "scale", "target", "columns", "levels", "words", "header"];

/// Reads a mapping file into wishes.
///
/// # Errors
/// `bad-mapping` with line and column, and the nearest known key where one is unknown.
pub fn read(text: &str) -> Result<Wishes> {
    let file: File = toml::from_str(text).map_err(|error| {
        let at = error.span().map(|span| place(text, span.start));
        let message = error.message().lines().next().unwrap_or_default().to_lowercase();
        let mut problem = Problem::new("bad-mapping", message.clone());
        problem.at = at;
        let unknown = message.split('`').nth(1).filter(|_| message.starts_with("unknown field"));
        match unknown {
            Some(key) => {
                let nearest = KEYS.iter().max_by(|a, b| strsim::jaro(a, key).total_cmp(&strsim::jaro(b, key)));
                problem.hint(format!("did you mean `{}`?", nearest.unwrap_or(&"columns")))
            }
            None => problem.hint("`gapwise inspect FILE --write-mapping -` shows a mapping that is right"),
        }
    })?;
    let mut problems = Vec::new();
    let known: Vec<&str> = Role::NAMED.iter().map(|role| role.name()).collect();
    for role in file.columns.keys().chain(file.words.keys()) {
        if Role::named(role).is_none() {
            let nearest = known.iter().max_by(|a, b| strsim::jaro(a, role).total_cmp(&strsim::jaro(b, role)));
            problems.push(
                Problem::new("bad-mapping", format!("unknown role {}; known: {}", quoted(role), known.join(", ")))
                    .hint(format!("did you mean `{}`?", nearest.unwrap_or(&"current"))),
            );
        }
    }
    let scale = match file.scale.as_deref().map(|text| (text, scale(text))) {
        Some((_, Some(scale))) => Some(scale),
        Some((text, None)) => {
            problems
                .push(Problem::new("bad-mapping", format!("{} is no scale", quoted(text))).hint("scale = \"0..5\""));
            None
        }
        None => None,
    };
    if file.header_row == Some(0) {
        problems.push(Problem::new("bad-mapping", "rows are numbered from 1").hint("header-row = 5"));
    }
    if !problems.is_empty() {
        return Err(crate::error::Problems(problems));
    }
    Ok(Wishes {
        sheet: file.sheet,
        header_row: file.header_row,
        columns: file.columns.into_iter().collect(),
        levels: file.levels.into_iter().collect(),
        scale,
        target: file.target,
        words: file
            .words
            .into_iter()
            .flat_map(|(role, words)| words.into_iter().map(move |word| (role.clone(), word)))
            .collect(),
        header: file.header.into_iter().collect(),
        ..Wishes::default()
    })
}

fn scale(text: &str) -> Option<(f64, f64)> {
    let (low, high) = text.split_once("..")?;
    let number = |text: &str| text.trim().replace('−', "-").parse::<f64>().ok().filter(|number| number.is_finite());
    let (low, high) = (number(low)?, number(high)?);
    (low < high).then_some((low, high))
}

/// `line 3, column 7`.
fn place(text: &str, at: usize) -> String {
    let before = text.get(..at).unwrap_or(text);
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    format!("line {}, column {column}", before.matches('\n').count() + 1)
}

/// Writes the mapping that reads a file again as it was read.
pub fn write(assessment: &Assessment) -> String {
    let reading = &assessment.reading;
    let mut out = String::from(
        "# How gapwise reads this layout. Keep it beside the spreadsheet and give it with --mapping FILE.\n",
    );
    let Some(table) = reading.tables.first() else { return out };
    let text = |text: &str| toml::Value::from(text).to_string();
    if reading.tables.len() > 1 {
        let _ = writeln!(
            out,
            "# {} tables of one shape were found and are read together; header and columns are those of the first.",
            reading.tables.len()
        );
    } else {
        if !table.sheet.is_empty() {
            let _ = writeln!(out, "sheet = {}", text(&table.sheet));
        }
        let _ = writeln!(out, "header-row = {}", table.header_row);
    }
    let scale = &assessment.scale;
    let plain = |value: f64| NumberStyle::ENGLISH.level(value).replace('−', "-");
    let _ = writeln!(out, "# The scale: {}.", visible(&reading.scale_because));
    let named = scale.levels().iter().any(|level| level.name.is_some());
    let comment = if named && !reading.scale_guessed { "# " } else { "" };
    let _ = writeln!(out, "{comment}scale = \"{}..{}\"", plain(scale.lowest()), plain(scale.highest()));
    if let TargetSource::Given(target) = assessment.targets {
        let _ = writeln!(out, "target = {target}");
    }
    out.push_str("\n[columns]\n# Role = header text or column letter; an empty text leaves a column unread.\n");
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for column in &table.columns {
        *counts.entry(column.role.as_str()).or_insert(0) += 1;
    }
    let headers = |header: &str| table.columns.iter().filter(|column| column.header == header).count();
    for column in table.columns.iter().filter(|column| Role::named(&column.role).is_some()) {
        // Several columns of one role (subjects across, points in time) are found by their place under the header.
        let plain = ["long", "status"].contains(&table.layout.as_str())
            && !table.columns.iter().any(|column| ["step", "previous"].contains(&column.role.as_str()));
        let rating = Role::named(&column.role).is_some_and(Role::is_rating);
        let several = counts.get(column.role.as_str()).copied().unwrap_or(0) > 1 || (rating && !plain);
        // Other tables of the assessment may head the same column in other words.
        let elsewhere = |other: &TableRead| other.columns.iter().any(|own| own.header == column.header);
        let by_letter = column.header.is_empty()
            || headers(&column.header) > 1
            || column.header.contains(" / ")
            || !reading.tables.iter().all(elsewhere);
        let name = if by_letter { &column.letter } else { &column.header };
        let _ = writeln!(
            out,
            "{}{} = {}  # {}{}",
            if several { "# " } else { "" },
            column.role,
            text(name),
            column.letter,
            if column.because.is_empty() { String::new() } else { format!(": {}", visible(&column.because)) },
        );
    }
    if !reading.words.is_empty() {
        out.push_str("\n[levels]\n# What the words are worth.\n");
        for (word, value) in &reading.words {
            let _ = writeln!(out, "{} = {value:?}", text(word));
        }
    }
    out.push_str("\n[header]\n# The header this mapping was made for. Where a file's header differs, the run stops and says what changed.\n");
    for column in table.columns.iter().filter(|column| !column.header.is_empty()) {
        let _ = writeln!(out, "{} = {}", column.letter, text(&column.header));
    }
    out
}

/// What changed since the mapping was made, in the table that is nearest to it.
pub(super) fn changed(tables: &[Table], header: &[(String, String)]) -> Option<Problem> {
    let same = |table: &&Table| {
        let heads: Vec<String> = table.columns.iter().map(super::assess::full_head).collect();
        header.iter().filter(|(_, head)| heads.contains(head)).count()
    };
    // The first of several equally near ones: `max_by_key` would take the last.
    compare(tables.iter().rev().max_by_key(same)?, header)
}

/// Compares a table's header with the one a mapping was made for.
fn compare(table: &Table, header: &[(String, String)]) -> Option<Problem> {
    if header.is_empty() {
        return None;
    }
    let now: BTreeMap<String, String> = table
        .columns
        .iter()
        .map(|column| (column_letters(column.col), super::assess::full_head(column)))
        .filter(|(_, head)| !head.is_empty())
        .collect();
    let then: BTreeMap<String, String> = header.iter().cloned().collect();
    let mut changes = Vec::new();
    let columns: std::collections::BTreeSet<&String> = then.keys().chain(now.keys()).collect();
    for letter in columns {
        match (then.get(letter), now.get(letter)) {
            (Some(was), Some(is)) if was != is => {
                changes.push(format!("{letter} was {}, is {}", quoted(was), quoted(is)))
            }
            (Some(was), None) => changes.push(format!("{letter} was {}, is gone", quoted(was))),
            (None, Some(is)) => changes.push(format!("{letter} {} is new", quoted(is))),
            _ => {}
        }
    }
    if changes.is_empty() {
        return None;
    }
    let more = if changes.len() > 8 { format!(" and {} more", changes.len() - 8) } else { String::new() };
    changes.truncate(8);
    let first = table.columns.first().map_or(0, |column| column.col);
    Some(
        Problem::new(
            "layout-changed",
            format!("the header is not the one the mapping was made for: {}{more}", changes.join("; ")),
        )
        .at(table.sheet.place(table.bottom, first))
        .hint("check the columns, then make the mapping anew: gapwise inspect FILE --write-mapping MAPPING"),
    )
}
