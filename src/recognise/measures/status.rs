//! Ratings that are no numbers: ticks under levels, words of status.

use super::Doubt;
use super::rated::{Rated, of};
use super::targets::further;
use super::{Across, Forced, Measure, Measures, Source};
use crate::error::column_letters;
use crate::recognise::table::{Table, level_head};
use crate::recognise::words::{Role, Words, folded};
use std::collections::BTreeMap;

/// Ticks in columns that each stand for a level.
pub(super) fn marks(table: &Table, forced: &Forced, targets: &[Rated]) -> Option<Measures> {
    let columns: Vec<(usize, f64)> = table
        .columns
        .iter()
        .enumerate()
        .filter(|(index, _)| !forced.contains_key(index))
        .filter_map(|(index, column)| Some((index, level_head(column)?)))
        .filter(|(index, _)| {
            let profile = &table.columns[*index].profile;
            profile.filled == 0 || profile.marks * 10 >= profile.filled * 8
        })
        .collect();
    let marks: usize = columns.iter().map(|(index, _)| table.columns[*index].profile.marks).sum();
    if columns.len() < 3 || marks < 2 || columns.windows(2).any(|pair| pair[0].1 >= pair[1].1) {
        return None;
    }
    let mut reasons: BTreeMap<usize, (String, String, String)> = columns
        .iter()
        .map(|(index, value)| (*index, ("current".to_owned(), format!("ticks for level {value}"), String::new())))
        .collect();
    let (target, steps) = further(table, Words::shipped(), targets, &mut reasons);
    let measure = Measure { name: None, current: Source::Marks(columns), target, steps, earlier: Vec::new() };
    Some(Measures::of_rows("marks", measure, 0.7, reasons))
}

/// Words of status in place of levels.
pub(super) fn status(table: &Table, words: &Words, rated: &[Rated], targets: &[Rated]) -> Option<Measures> {
    let mut candidates: Vec<Rated> = of(rated, Role::Status);
    candidates.retain(|rated| table.columns[rated.index].profile.filled > 0);
    if candidates.is_empty() {
        // Without a header that says so: a column that holds nothing but words of status, two kinds at least.
        candidates = table
            .columns
            .iter()
            .enumerate()
            .filter(|(_, column)| {
                let profile = &column.profile;
                column.roles.first().is_none_or(|(_, strength)| *strength < 0.5)
                    && profile.words >= 3
                    && profile.words + profile.absent == profile.filled
                    && profile.distinct() >= 3
            })
            .map(|(index, _)| Rated {
                index,
                role: Role::Status,
                label: String::new(),
                apart: false,
                strength: 0.4,
                words: true,
            })
            .collect();
    }
    candidates.sort_by(|a, b| {
        let words = |rated: &Rated| table.columns[rated.index].profile.words;
        b.strength.total_cmp(&a.strength).then(words(b).cmp(&words(a))).then(a.index.cmp(&b.index))
    });
    let best = candidates.first()?.clone();
    let rivals: Vec<usize> = candidates[1..]
        .iter()
        .filter(|rival| best.strength - rival.strength < 0.05 && !same_words(table, best.index, rival.index))
        .map(|rival| rival.index)
        .collect();
    // Neighbours with answers of the same kind under heads that say nothing: several questions a row.
    let like = |index: &usize| {
        let column = &table.columns[*index];
        let profile = &column.profile;
        // Names of systems may sound like a role of ours: `Mobile App`, `Data Lake`.
        let quiet = column.best().is_none_or(|(role, strength)| {
            strength < 0.5 || role == Role::Status || role.is_label() || role == Role::Due
        });
        quiet
            && profile.words > 0
            && profile.words + profile.absent == profile.filled
            && !same_words(table, best.index, *index)
    };
    let before = (0..best.index).rev().take_while(like);
    let after = (best.index + 1..table.columns.len()).take_while(like);
    let clear = table.columns[best.index].says(Role::Status) >= 0.7;
    let mut columns: Vec<usize> = rivals.into_iter().chain(before.chain(after).filter(|_| !clear)).collect();
    let mut doubts = Vec::new();
    if !columns.is_empty() {
        columns.push(best.index);
        columns.sort_unstable();
        columns.dedup();
        doubts.push(Doubt { columns, role: Role::Status });
    }
    let column = &table.columns[best.index];
    let fit = column.profile.words + column.profile.levels;
    let why = format!("{fit} of {} cells are words of status", column.profile.filled);
    let runner_up = candidates.get(1).map_or(String::new(), |rival| {
        format!(
            "{}: `{}` says it less clearly",
            column_letters(table.columns[rival.index].col),
            table.columns[rival.index].head
        )
    });
    let mut reasons = BTreeMap::from([(best.index, ("status".to_owned(), why, runner_up))]);
    let measure = Measure::one(best.index, further(table, words, targets, &mut reasons));
    let strength = best.strength * 0.55;
    Some(Measures {
        layout: "status",
        measures: vec![measure],
        across: Across::Nothing,
        by_words: true,
        strength,
        reasons,
        doubts,
    })
}

fn same_words(table: &Table, a: usize, b: usize) -> bool {
    let (a, b) = (table.columns[a].col, table.columns[b].col);
    let text = |row: &crate::sheet::Row, col| row.cell(col).map(|cell| folded(&cell.shown())).unwrap_or_default();
    table.rows.iter().take(2_000).all(|row| text(row, a) == text(row, b))
}
