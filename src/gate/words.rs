//! A row in words, for people at a terminal and in CI.

use super::{Kind, Row};
use crate::number::NumberStyle;

const STYLE: NumberStyle = NumberStyle::ENGLISH;

/// What the row asks for: `at least 2`, `at most +1`.
pub fn expected(row: &Row) -> String {
    let figure = figure(row, row.expected);
    match row.rule {
        Kind::MinLevel | Kind::MinOverall | Kind::MinCoverage => format!("at least {figure}"),
        Kind::MaxGap | Kind::MaxInvalid => format!("at most {figure}"),
        Kind::NoRegression => format!("not below {figure}"),
        Kind::NoOverdue => "none".to_owned(),
        Kind::Baseline => "none worse".to_owned(),
    }
}

/// What was found: `0.63`, or `unknown`.
pub fn found(row: &Row) -> String {
    match (row.found, row.rule) {
        (None, _) => "unknown".to_owned(),
        (Some(found), Kind::Baseline) if found > 0.0 => format!("{} worse", figure(row, found)),
        (Some(_), Kind::Baseline) => "none worse".to_owned(),
        (Some(found), _) => figure(row, found),
    }
}

/// Figures are printed with enough digits to see on which side of the threshold they lie.
fn figure(row: &Row, value: f64) -> String {
    match row.rule {
        Kind::MinCoverage => precise(row, |digits| {
            let text = crate::number::rounded(value * 100.0, digits);
            format!("{} %", trimmed(text))
        }),
        Kind::MaxInvalid | Kind::NoOverdue | Kind::Baseline => STYLE.level(value),
        Kind::MaxGap => precise(row, |digits| trimmed(STYLE.mean_gap_to(value, digits))),
        _ => precise(row, |digits| trimmed(STYLE.mean_to(value, digits))),
    }
}

fn precise(row: &Row, print: impl Fn(usize) -> String) -> String {
    let Some(found) = row.found else { return print(1) };
    let scale = if row.rule == Kind::MinCoverage { 100.0 } else { 1.0 };
    let digits = |digits: usize| crate::number::rounded(found * scale, digits);
    let same = |at: usize| digits(at) == crate::number::rounded(row.expected * scale, at);
    let least = if row.rule == Kind::MinCoverage { 0 } else { 2 };
    let apart = (found - row.expected).abs() > super::FORGIVEN;
    print((least..6).find(|at| !apart || !same(*at)).unwrap_or(6))
}

/// Without zeros at the end: `2.00` -> `2`.
fn trimmed(text: String) -> String {
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

/// The row in a sentence: "Testing: level 0.63, expected at least 2".
pub fn sentence(row: &Row) -> String {
    let who = row.area.as_deref().unwrap_or("all areas");
    let what = match row.rule {
        Kind::MinLevel | Kind::MinOverall => "level",
        Kind::MaxGap => "gap",
        Kind::MinCoverage => "coverage",
        Kind::MaxInvalid => "invalid ratings",
        Kind::NoRegression => "level",
        Kind::Baseline => "ratings",
        Kind::NoOverdue => "gaps open past their date",
    };
    let allowed = if row.allowed { ", allowed by name" } else { "" };
    if row.found.is_none() {
        if row.area.is_none() && matches!(row.rule, Kind::MinLevel | Kind::MaxGap | Kind::NoRegression) {
            return format!("no area could be checked, expected {}", expected(row));
        }
        let why = match row.rule {
            Kind::MaxGap => "gap unknown (a level or a target is missing)".to_owned(),
            _ => format!("{what} unknown"),
        };
        return format!("{who}: {why}, expected {}{allowed}", expected(row));
    }
    format!("{who}: {what} {}, expected {}", found(row), expected(row))
}

/// The sentence of a comparison, with the ratings that have no level any more.
pub(super) fn regression(row: &Row, lost: usize) -> String {
    let sentence = sentence(row);
    match lost {
        0 => sentence,
        1 => format!("{sentence}; 1 rating lost its level"),
        n => format!("{sentence}; {n} ratings lost their level"),
    }
}

/// The sentence of a baseline row: what fell, what was lost, what was taken out.
pub(super) fn ratchet(row: &Row, fell: usize, lost: usize, dropped: usize) -> String {
    let count = |n: usize, one: &str, many: &str| match n {
        0 => None,
        1 => Some(format!("1 rating {one}")),
        n => Some(format!("{n} ratings {many}")),
    };
    let worse: Vec<String> = [
        count(fell, "fell", "fell"),
        count(lost, "lost its level", "lost their level"),
        count(dropped, "was taken out", "were taken out"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let who = row.area.as_deref().unwrap_or_default();
    match worse.is_empty() {
        true => format!("{who}: nothing got worse"),
        false => format!("{who}: {}", worse.join(", ")),
    }
}
