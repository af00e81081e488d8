//! Targets: the furthest of several, and what lies between it and now.

use super::levels::{in_time, reason, twins};
use super::rated::Rated;
use crate::recognise::table::Table;
use crate::recognise::words::{Moment, Words};
use std::collections::BTreeMap;

/// The target among several: the one that asks for most; the others are steps.
pub(super) fn further(
    table: &Table,
    words: &Words,
    targets: &[Rated],
    reasons: &mut BTreeMap<usize, (String, String, String)>,
) -> (Option<usize>, Vec<(String, usize)>) {
    let mut filled: Vec<&Rated> =
        targets.iter().filter(|target| table.columns[target.index].profile.filled > 0).collect();
    // Text twins of a number say nothing new.
    let all = filled.clone();
    filled.retain(|target| {
        !all.iter().any(|other| {
            let profile = |rated: &Rated| table.columns[rated.index].profile.numbers;
            other.index != target.index && profile(other) > profile(target) && twins(table, other.index, target.index)
        })
    });
    // A header that only hints loses against one that says target.
    let best = filled.iter().map(|target| target.strength).fold(0.0, f64::max);
    filled.retain(|target| target.strength > best - 0.3);
    let mean = |index: usize| {
        let mut sum = (0.0, 0usize);
        for row in &table.rows {
            if let Some(cell) = row.cell(table.columns[index].col)
                && let crate::recognise::level::Answer::Level(found) =
                    crate::recognise::level::answer(Some(cell), words, &BTreeMap::new())
            {
                sum = (sum.0 + found.value, sum.1 + 1);
            }
        }
        if sum.1 == 0 { f64::NEG_INFINITY } else { sum.0 / sum.1 as f64 }
    };
    filled.sort_by(|a, b| {
        let timed = |rated: &Rated| words.moment(&rated.label);
        match (timed(a), timed(b)) {
            (Some(a), Some(b)) => in_time(Some(a), Some(b)),
            _ => mean(a.index).total_cmp(&mean(b.index)),
        }
        .then(a.index.cmp(&b.index))
    });
    let Some(last) = filled.pop() else { return (None, Vec::new()) };
    let why = match filled.is_empty() {
        true => reason(table, last),
        false => "the furthest of several targets".to_owned(),
    };
    reasons.insert(last.index, ("target".to_owned(), why, String::new()));
    let steps = filled
        .iter()
        .map(|step| {
            let name = table.columns[step.index].head.clone();
            reasons.insert(step.index, ("step".to_owned(), "a nearer target".to_owned(), String::new()));
            (name, step.index)
        })
        .collect();
    (Some(last.index), steps)
}

/// `Current | Phase 1 | Phase 2`: columns of a plan behind the current level.
pub(super) fn plan_behind(
    table: &Table,
    words: &Words,
    current: usize,
    reasons: &mut BTreeMap<usize, (String, String, String)>,
) -> (Option<usize>, Vec<(String, usize)>) {
    let columns: Vec<usize> = table
        .columns
        .iter()
        .enumerate()
        .filter(|(index, column)| {
            *index > current
                && column.profile.level_share() >= 0.8
                && column.profile.levels > 0
                && words.moment(&column.head) == Some(Moment::Plan)
        })
        .map(|(index, _)| index)
        .collect();
    if columns.is_empty() { (None, Vec::new()) } else { planned_columns(table, &columns, reasons) }
}

/// The last column of a plan is the target, the others its steps; a column equal to the one before it is a copy.
pub(super) fn planned_columns(
    table: &Table,
    columns: &[usize],
    reasons: &mut BTreeMap<usize, (String, String, String)>,
) -> (Option<usize>, Vec<(String, usize)>) {
    let mut kept: Vec<usize> = Vec::new();
    for index in columns {
        match kept.last() {
            Some(last) if twins(table, *last, *index) => {
                reasons.insert(
                    *index,
                    ("not read".to_owned(), "repeats the column before it".to_owned(), String::new()),
                );
            }
            _ => kept.push(*index),
        }
    }
    let Some(target) = kept.pop() else { return (None, Vec::new()) };
    reasons.insert(target, ("target".to_owned(), "the last column of the plan".to_owned(), String::new()));
    let steps = kept
        .into_iter()
        .map(|index| {
            reasons.insert(index, ("step".to_owned(), "a step of the plan".to_owned(), String::new()));
            (table.columns[index].shown(), index)
        })
        .collect();
    (Some(target), steps)
}
