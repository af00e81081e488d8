//! Columns that could as well hold the rating: only the user knows.

use super::Doubt;
use super::rated::Rated;
use crate::recognise::table::{Column, Table};
use crate::recognise::words::{Role, folded};

/// Several aspects of one row side by side (policy defined, control implemented, reported): a column that only its
/// status word names is no clearer than neighbours that hold the same kind of numbers.
pub(super) fn aspects(table: &Table, chosen: &Rated) -> Option<Doubt> {
    let own = &table.columns[chosen.index];
    if own.says(Role::Status) == 0.0 || own.says(Role::Current) >= 0.45 {
        return None;
    }
    let like = |index: &usize| {
        let column = &table.columns[*index];
        let profile = &column.profile;
        profile.numbers > 0
            && profile.level_share() >= 0.9
            && profile.range == own.profile.range
            && column.best().is_none_or(|(role, strength)| strength < 0.5 || role == Role::Status || role.is_label())
    };
    let before = (0..chosen.index).rev().take_while(like);
    let after = (chosen.index + 1..table.columns.len()).take_while(like);
    let mut columns: Vec<usize> = before.chain([chosen.index]).chain(after).collect();
    columns.sort_unstable();
    (columns.len() > 1).then_some(Doubt { columns, role: Role::Current })
}

/// `Level | Valid` with Pass and Fail in the second: the level may be that of the requirement, and the answer the rating.
pub(super) fn asked_for(table: &Table, chosen: &Rated) -> Option<Doubt> {
    if !["level", "tier", "stufe", "nivel", "niveau"].contains(&folded(&table.columns[chosen.index].head).as_str()) {
        return None;
    }
    let answers = |column: &Column| {
        let profile = &column.profile;
        column.says(Role::Status) >= 0.3
            && profile.words * 2 > profile.filled
            && profile.word_share() >= 0.9
            && profile.filled * 10 >= table.rows.len() * 8
    };
    let other = table.columns.iter().position(answers)?;
    Some(Doubt { columns: vec![chosen.index, other], role: Role::Current })
}

/// `Points | Max. points` with another maximum in each row: shares of their own, no levels of one scale.
pub(super) fn points(table: &Table, chosen: &Rated) -> Option<Doubt> {
    let maximum = |column: &Column| {
        let plain = folded(&column.head);
        let says = ["max", "maximum", "maximal", "possible", "out of", "moglich", "maximo"]
            .iter()
            .any(|word| crate::recognise::words::contains_words(&plain, word));
        says && column.profile.numbers > 0 && column.profile.distinct() > 1
    };
    let other = table.columns.iter().position(maximum)?;
    (other != chosen.index).then(|| Doubt { columns: vec![chosen.index, other], role: Role::Current })
}
