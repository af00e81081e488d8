//! Columns of levels whose headers say nothing of ratings: subjects or areas across, points in time, measured values.

use super::Doubt;
use super::levels::{in_time, over_time};
use super::rated::Rated;
use super::targets::{further, planned_columns};
use super::{Across, Forced, Measure, Measures};
use crate::recognise::level;
use crate::recognise::table::{Table, level_head};
use crate::recognise::words::{Moment, Role, Words, contains_words, folded, without_brackets};
use std::collections::{BTreeMap, BTreeSet};

/// Columns without a word for their role that hold levels: subjects across, or points in time.
pub(super) fn times_or_grid(table: &Table, words: &Words, forced: &Forced, targets: &[Rated]) -> Option<Measures> {
    let columns: Vec<usize> = table
        .columns
        .iter()
        .enumerate()
        .filter(|(index, column)| {
            let profile = &column.profile;
            !forced.contains_key(index)
                && !targets.iter().any(|target| target.index == *index)
                && !column.head.is_empty()
                // Under `Ready`, `Partial`, `Not ready` stand counts, no levels.
                && words.status(&folded(&column.head)).is_none()
                && profile.levels > 0
                && profile.level_share() >= 0.6
                && profile.range.is_some_and(|(low, high)| low >= -10.0 && high <= 100.0)
                && profile.dates == 0
                // A subject's name may hold a word of ours ("Data Platform Service"), a clear role is none.
                && column.best().is_none_or(|(role, strength)| {
                    // Numbers are no owner, date or text, whatever a subject's name sounds like; they may be a
                    // risk or weight.
                    let beside = matches!(role, Role::Gap | Role::Aside | Role::Weight | Role::Priority | Role::Id | Role::Time);
                    !beside || strength < 0.85
                })
                && level_head(column).is_none()
                && (level::number(&column.head).is_none() || words.moment(&column.head).is_some())
        })
        .map(|(index, _)| index)
        .collect();
    if columns.is_empty() {
        return None;
    }
    let columns = with_absent(table, forced, columns);
    if columns.len() < 2 || counts(table, &columns) {
        return None;
    }
    // Left of them something must name the rows.
    let named =
        table.columns[..columns[0]].iter().any(|column| column.profile.is_words() || column.says(Role::Id) > 0.0);
    if !named {
        return None;
    }
    let mut reasons = BTreeMap::new();
    let moment = |index: &usize| words.moment(&table.columns[*index].head);
    // Two points in time or more are a series by themselves, whatever numbers stand beside it.
    let timed: Vec<usize> = columns.iter().copied().filter(|index| moment(index).is_some()).collect();
    let points = timed.iter().filter(|index| matches!(moment(index), Some(Moment::Point(_)))).count();
    let columns = if points >= 2 { timed } else { columns };
    let moments: Vec<Option<Moment>> = columns.iter().map(moment).collect();
    if moments.iter().all(Option::is_some) {
        let mut order: Vec<usize> = (0..columns.len()).collect();
        order.sort_by(|a, b| in_time(moments[*a], moments[*b]).then(a.cmp(b)));
        let plans = moments[1..].iter().all(|moment| *moment == Some(Moment::Plan));
        if plans && moments[0] == Some(Moment::First) {
            reasons.insert(columns[0], ("current".to_owned(), "the start of a plan".to_owned(), String::new()));
            let measure = Measure::one(columns[0], planned_columns(table, &columns[1..], &mut reasons));
            return Some(Measures::of_rows("plan", measure, 0.7, reasons));
        }
        let points = order.iter().map(|at| (table.columns[columns[*at]].shown(), columns[*at])).collect();
        let wanted = further(table, words, targets, &mut reasons);
        let measure = over_time(points, wanted, &mut reasons);
        return Some(Measures::of_rows("times", measure, 0.75, reasons));
    }
    // `Policy | Process | Tooling | Overall maturity`: aspects and what they come to, or subjects and their total?
    let mut doubts = Vec::new();
    let overall = table.columns.iter().position(|column| {
        let plain = folded(&column.head);
        let whole = ["overall", "total", "gesamt", "global"].iter().any(|word| contains_words(&plain, word));
        let noun = ["maturity", "level", "reifegrad", "madurez", "maturidade", "maturite"];
        whole
            && noun.iter().any(|word| contains_words(&plain, word))
            && (column.profile.levels > 0 || column.profile.uncached > 0)
    });
    if let Some(overall) = overall {
        let all: BTreeSet<usize> = columns.iter().copied().chain([overall]).collect();
        doubts.push(Doubt { columns: all.into_iter().collect(), role: Role::Current });
    }
    let wanted = further(table, words, targets, &mut reasons);
    // `Rate your team [Planning] | Rate your team [Testing]`: what differs is the name.
    let outside: BTreeSet<String> =
        columns.iter().map(|index| without_brackets(&table.columns[*index].head).trim().to_owned()).collect();
    let name = |head: &str| {
        let inside = head.split_once(['[', '(']).and_then(|(_, rest)| rest.rsplit_once([']', ')']));
        match inside {
            Some((inside, "")) if outside.len() == 1 && columns.len() > 1 => inside.trim().to_owned(),
            _ => head.to_owned(),
        }
    };
    let measures = columns
        .iter()
        .map(|index| {
            let column = &table.columns[*index];
            let why = format!("{} of {} cells are levels", column.profile.levels, column.profile.filled);
            reasons.insert(*index, ("current".to_owned(), why, String::new()));
            Measure { name: Some(name(&column.head)), ..Measure::one(*index, wanted.clone()) }
        })
        .collect();
    Some(Measures {
        layout: "grid",
        measures,
        across: Across::Subjects,
        by_words: false,
        strength: 0.7,
        reasons,
        doubts,
    })
}

/// Whether another column holds the sum of these in every row: they count something.
fn counts(table: &Table, columns: &[usize]) -> bool {
    let number =
        |row: &crate::sheet::Row, index: usize| match row.cell(table.columns[index].col).map(|cell| &cell.value) {
            Some(crate::sheet::Value::Number(number)) => Some(*number),
            Some(crate::sheet::Value::Text(text)) => level::number(text).map(|found| found.value),
            _ => None,
        };
    let sums = |total: usize, parts: &[usize]| {
        let rows: Vec<(f64, f64)> = table
            .rows
            .iter()
            .take(500)
            .filter_map(|row| Some((number(row, total)?, parts.iter().filter_map(|part| number(row, *part)).sum())))
            .collect();
        rows.len() >= 2 && rows.iter().all(|(total, sum)| *total > 0.0 && (total - sum).abs() < 1e-6)
    };
    let without = |total: usize| columns.iter().copied().filter(|index| *index != total).collect::<Vec<_>>();
    columns.len() >= 3 && (0..table.columns.len()).any(|total| sums(total, &without(total)))
}

/// The columns of a grid, and those among and right beside them in which every answer says "not applicable": a subject
/// to whom nothing applies is one all the same.
fn with_absent(table: &Table, forced: &Forced, columns: Vec<usize>) -> Vec<usize> {
    let absent = |at: usize| {
        table.columns.get(at).is_some_and(|column| {
            let profile = &column.profile;
            let clear = column.best().is_some_and(|(_, strength)| strength >= 0.85);
            profile.filled >= 1
                && profile.absent == profile.filled
                && !clear
                && !column.head.is_empty()
                && !forced.contains_key(&at)
        })
    };
    let (mut first, mut last) = (columns[0], columns[columns.len() - 1]);
    while first > 0 && absent(first - 1) {
        first -= 1;
    }
    while absent(last + 1) {
        last += 1;
    }
    (first..=last).filter(|at| columns.contains(at) || absent(*at)).collect()
}

/// A target and one column of levels without a word for it: `Area | App | Target`.
pub(super) fn target_only(table: &Table, words: &Words, forced: &Forced, targets: &[Rated]) -> Option<Measures> {
    if targets.is_empty() {
        return None;
    }
    let columns: Vec<usize> = table
        .columns
        .iter()
        .enumerate()
        .filter(|(index, column)| {
            !forced.contains_key(index)
                && !targets.iter().any(|target| target.index == *index)
                && column.profile.levels > 0
                && column.profile.level_share() >= 0.8
                && column.best().is_none_or(|(role, _)| role == Role::Subject)
        })
        .map(|(index, _)| index)
        .collect();
    let [index] = columns[..] else { return None };
    let mut reasons = BTreeMap::new();
    let column = &table.columns[index];
    let why = format!("{} of {} cells are levels, beside a target", column.profile.levels, column.profile.filled);
    reasons.insert(index, ("current".to_owned(), why, String::new()));
    let wanted = further(table, words, targets, &mut reasons);
    let name = (!column.head.is_empty()).then(|| column.head.clone());
    let across = if name.is_some() { Across::Subjects } else { Across::Nothing };
    let measure = Measure { name, ..Measure::one(index, wanted) };
    Some(Measures { across, ..Measures::of_rows("grid", measure, 0.55, reasons) })
}

/// One column of measured values without a word for them: `Metric | Value`.
pub(super) fn measured(table: &Table, words: &Words, forced: &Forced, targets: &[Rated]) -> Option<Measures> {
    let measured = table.measured.as_ref()?;
    let columns: Vec<usize> = table
        .columns
        .iter()
        .enumerate()
        .filter(|(index, column)| {
            !forced.contains_key(index)
                && !targets.iter().any(|target| target.index == *index)
                && ![Some(measured.name), measured.unit].contains(&Some(column.col))
                && level_head(column).is_none()
                && column.profile.levels > 0
                && column.profile.level_share() >= 0.6
                && column.best().is_none_or(|(role, strength)| strength < 0.5 || role.is_rating())
        })
        .map(|(index, _)| index)
        .collect();
    let [index] = columns[..] else { return None };
    let why = "the values of the metrics beside them".to_owned();
    let mut reasons = BTreeMap::from([(index, ("current".to_owned(), why, String::new()))]);
    let measure = Measure::one(index, further(table, words, targets, &mut reasons));
    Some(Measures::of_rows("long", measure, 0.6, reasons))
}
