//! Columns whose header or group speaks of ratings and whose cells can be some, each with what is left of its words.

use super::Forced;
use super::counterparts::counterparts;
use crate::recognise::table::{Column, Table, level_head};
use crate::recognise::words::{Role, Words, folded, without_brackets};

/// A column that holds ratings of one kind.
#[derive(Clone, Debug)]
pub(super) struct Rated {
    pub index: usize,
    pub role: Role,
    /// Who or when it is for: the words beside the role's own.
    pub label: String,
    /// Whether the label stands in a header cell of its own.
    pub apart: bool,
    pub strength: f64,
    pub words: bool,
}

pub(super) fn of(rated: &[Rated], role: Role) -> Vec<Rated> {
    rated.iter().filter(|column| column.role == role).cloned().collect()
}

/// All columns whose header or group speaks of ratings and whose cells can be some.
pub(super) fn rated(table: &Table, words: &Words, forced: &Forced) -> Vec<Rated> {
    let named: Vec<Role> = forced.values().filter_map(|role| *role).collect();
    let mut out = Vec::new();
    for (index, column) in table.columns.iter().enumerate() {
        if let Some(role) = forced.get(&index) {
            if let Some(role) = role.filter(|role| role.is_rating()) {
                let by_words = column.profile.words > column.profile.levels;
                let role = if role == Role::Status { Role::Current } else { role };
                let label = remainder(&column.head, role, words, &column.group);
                out.push(Rated {
                    index,
                    role,
                    label,
                    apart: !column.group.is_empty(),
                    strength: 1.0,
                    words: by_words,
                });
            }
            continue;
        }
        // Ticks under `Level 2` are read together with those under the other levels.
        if level_head(column).is_some() && column.profile.marks * 10 >= column.profile.filled * 8 {
            continue;
        }
        let Some((role, strength, label, apart)) = spoken(column, words) else { continue };
        // A header of prose over several columns heads none of them as a level.
        let prose = column.best().is_some_and(|(role, _)| !role.is_rating());
        if prose && table.columns.iter().filter(|other| other.head == column.head).count() > 1 {
            continue;
        }
        // The user's word for a role leaves no room for ours.
        if named.contains(&role) || (role == Role::Status && named.contains(&Role::Current)) {
            continue;
        }
        let profile = &column.profile;
        let prose = profile.long * 3 > profile.filled.max(1);
        let blank = profile.filled == 0;
        let by_words = profile.words > profile.levels;
        let fits = match role {
            Role::Status => profile.word_share() >= 0.6 && !prose,
            _ => {
                profile.level_share() >= 0.5
                    || (profile.word_share() >= 0.6 && strength >= 0.5)
                    || (profile.level_share() >= 0.25 && strength >= 0.75)
            }
        };
        let dates = profile.dates * 2 > profile.filled.max(1);
        if prose || dates || (!fits && !blank) {
            continue;
        }
        // "Status" over numbers is a level.
        let role = if role == Role::Status && profile.levels > profile.words && profile.numbers > 0 {
            Role::Current
        } else {
            role
        };
        let share = if blank { 0.0 } else { profile.word_share() };
        out.push(Rated { index, role, label, apart, strength: strength * (0.5 + 0.5 * share), words: by_words });
    }
    counterparts(table, words, forced, &mut out);
    // Scores that formulas would work out of the answers beside them, had anybody stored them.
    let answered = out.iter().any(|rated| rated.role == Role::Status && table.columns[rated.index].profile.words > 0);
    if answered {
        out.retain(|rated| rated.role != Role::Current || !unstored(&table.columns[rated.index]));
    }
    // Words of status beside true levels are a twin or a progress note, never the rating.
    if out
        .iter()
        .any(|rated| rated.role == Role::Current && !rated.words && table.columns[rated.index].profile.levels > 0)
    {
        out.retain(|rated| {
            rated.role != Role::Current || !rated.words || table.columns[rated.index].profile.levels > 0
        });
    }
    out
}

/// Whether a column holds formulas without a stored result and nothing else.
pub(super) fn unstored(column: &Column) -> bool {
    let profile = &column.profile;
    profile.uncached > 0 && profile.levels + profile.words + profile.texts == 0
}

/// The rating role of a column by its header and what stands above it, with its label.
fn spoken(column: &Column, words: &Words) -> Option<(Role, f64, String, bool)> {
    // Numbers are no prose: `Note` over them is a mark, `Current state` a level.
    let profile = &column.profile;
    let numbers = profile.numbers > 0 && profile.level_share() >= 0.8;
    let prose = |role: Role| {
        matches!(
            role,
            Role::Evidence
                | Role::Action
                | Role::Description
                | Role::Owner
                | Role::Subject
                | Role::Area
                | Role::Practice
        )
    };
    let rating = |roles: &[(Role, f64)]| {
        let roles = || roles.iter().copied().filter(|(role, _)| !(numbers && prose(*role)));
        let (_, top) = roles().next()?;
        // The rating must be what the header says most clearly.
        let (role, strength) = roles().find(|(role, strength)| role.is_rating() && *strength >= top - 0.01)?;
        (strength >= 0.3).then_some((role, strength))
    };
    let head = rating(&column.roles);
    let above = words.header(&column.group);
    let group = rating(&above);
    // `Risk` over `Current | Target`: both are risks.
    if above.first().is_some_and(|(role, strength)| matches!(role, Role::Aside | Role::Priority) && *strength >= 0.7)
    {
        return None;
    }
    let rest = |text: &str, role| remainder(text, role, words, "");
    match (head, group) {
        (Some((role, strength)), None) => {
            let apart = !column.group.is_empty();
            let label = if apart { column.group.clone() } else { rest(&column.head, role) };
            Some((role, strength, label, apart))
        }
        (None, Some((role, strength))) => {
            let other = column.roles.iter().any(|(role, strength)| *strength >= 0.75 && !role.is_label());
            (!other && !column.head.is_empty()).then(|| (role, strength, column.head.clone(), true))
        }
        (Some((head, weak)), Some((group, strong))) => {
            if head == group || (weak < 0.65 && strong > weak) {
                Some((group, strong, rest(&column.head, head), false)).map(|(role, strength, label, _)| {
                    let label = if label.is_empty() { column.head.clone() } else { label };
                    (role, strength, label, true)
                })
            } else {
                Some((head, weak, column.group.clone(), true))
            }
        }
        (None, None) => None,
    }
}

/// The words of a header beside those of its role: `Q1` in `Q1 Actual Score`, `Core Banking` in `Core Banking - current`.
fn remainder(head: &str, role: Role, words: &Words, group: &str) -> String {
    if !group.is_empty() {
        return group.to_owned();
    }
    let kept: Vec<&str> = without_brackets(head)
        .split(|c: char| c.is_whitespace() || matches!(c, '_' | '-' | '–' | '—' | ':' | '/' | '|'))
        .filter(|word| !word.is_empty())
        .map(|word| {
            // The slice outlives the temporary: find it again in the header.
            let at = head.find(word).unwrap_or(0);
            &head[at..at + word.len()]
        })
        .filter(|word| {
            let plain = folded(word);
            let of_role = words.header(word).iter().any(|(r, _)| *r == role)
                || [
                    "state",
                    "level",
                    "score",
                    "maturity",
                    "rating",
                    "tier",
                    "value",
                    "is",
                    "be",
                    "as",
                    "to",
                    "ist",
                    "soll",
                    "reifegrad",
                    "implementation",
                    "profile",
                    "total",
                ]
                .contains(&plain.as_str());
            !of_role
        })
        .collect();
    // `Current (CRM)`: the name stands in the brackets; a scale there is none.
    match crate::recognise::words::in_brackets(head) {
        Some(inside)
            if kept.is_empty() && crate::recognise::legend::range_in(head).is_none() && is_name(inside, words) =>
        {
            inside.to_owned()
        }
        _ => kept.join(" "),
    }
}

/// Whether a text in brackets can name someone: letters, and no word of ours.
fn is_name(text: &str, words: &Words) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() >= 2 && words.header(text).is_empty()
}
