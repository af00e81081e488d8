//! Columns that say now: one, one for each subject, or points in time.

use super::Doubt;
use super::doubts::{asked_for, aspects, points};
use super::rated::Rated;
use super::targets::{further, plan_behind, planned_columns};
use super::{Across, Measure, Measures, Wanted};
use crate::error::column_letters;
use crate::recognise::table::Table;
use crate::recognise::words::{Moment, Role, Words, folded};
use std::collections::BTreeMap;

/// Headers with a current level: one, several subjects, or several points in time.
pub(super) fn levels(table: &Table, words: &Words, currents: &[Rated], targets: &[Rated]) -> Measures {
    let mut reasons = BTreeMap::new();
    let mut doubts = Vec::new();
    let mut by_label: Vec<(String, Vec<Rated>)> = Vec::new();
    for rated in currents {
        let key = folded(&rated.label);
        match by_label.iter_mut().find(|(label, _)| *label == key) {
            Some((_, list)) => list.push(rated.clone()),
            None => by_label.push((key, vec![rated.clone()])),
        }
    }
    // One column a label: the clearest header; numbers before their text twins.
    let mut chosen: Vec<Rated> = Vec::new();
    for (_, mut list) in by_label {
        list.sort_by(|a, b| {
            let numeric = |rated: &Rated| table.columns[rated.index].profile.numbers > 0;
            let filled = |rated: &Rated| table.columns[rated.index].profile.filled > 0;
            filled(b).cmp(&filled(a)).then_with(|| {
                let twins = twins(table, a.index, b.index);
                match (numeric(a), numeric(b)) {
                    (true, false) if twins => std::cmp::Ordering::Less,
                    (false, true) if twins => std::cmp::Ordering::Greater,
                    _ => b.strength.total_cmp(&a.strength).then(a.index.cmp(&b.index)),
                }
            })
        });
        let best = list[0].clone();
        let rivals: Vec<usize> = list[1..]
            .iter()
            .filter(|rival| {
                best.strength - rival.strength < 0.08
                    && table.columns[rival.index].profile.filled > 0
                    && !twins(table, best.index, rival.index)
            })
            .map(|rival| rival.index)
            .collect();
        let runner_up = list.get(1).map_or(String::new(), |rival| {
            let column = &table.columns[rival.index];
            format!("{}: `{}` says it less clearly", column_letters(column.col), column.head)
        });
        reasons.insert(best.index, ("current".to_owned(), reason(table, &best), runner_up));
        if !rivals.is_empty() {
            doubts.push(Doubt { columns: [best.index].into_iter().chain(rivals).collect(), role: Role::Current });
        }
        chosen.push(best);
    }
    chosen.sort_by_key(|rated| rated.index);
    let filled: Vec<Rated> =
        chosen.iter().filter(|rated| table.columns[rated.index].profile.filled > 0).cloned().collect();
    let chosen = if filled.is_empty() { chosen } else { filled };
    let strength = chosen.iter().map(|rated| rated.strength).fold(0.0, f64::max);
    let by_words = chosen.iter().all(|rated| rated.words);
    let make = |layout, measures, across, reasons, doubts| Measures {
        layout,
        measures,
        across,
        by_words,
        strength,
        reasons,
        doubts,
    };
    if chosen.len() == 1 {
        doubts.extend(
            aspects(table, &chosen[0])
                .or_else(|| targets.is_empty().then(|| asked_for(table, &chosen[0])).flatten())
                .or_else(|| points(table, &chosen[0])),
        );
        let (target, steps) = further(table, words, targets, &mut reasons);
        let (target, steps) = match target {
            Some(target) => (Some(target), steps),
            None => plan_behind(table, words, chosen[0].index, &mut reasons),
        };
        let measure = Measure::one(chosen[0].index, (target, steps));
        let layout = if by_words { "status" } else { "long" };
        return make(layout, vec![measure], Across::Nothing, reasons, doubts);
    }
    let moments: Vec<Option<Moment>> = chosen.iter().map(|rated| words.moment(&rated.label)).collect();
    let timed = moments.iter().filter(|moment| moment.is_some()).count();
    let paired = |rated: &Rated| targets.iter().find(|target| folded(&target.label) == folded(&rated.label));
    let pairs = chosen.iter().filter(|rated| paired(rated).is_some()).count();
    // A level now without a time, and levels to the right of it with one: earlier, or a plan? Only the user knows.
    if let Some(now) = chosen.iter().zip(&moments).find_map(|(rated, moment)| moment.is_none().then_some(rated))
        && pairs == 0
        && timed + 1 == chosen.len()
        && moments.iter().all(|moment| matches!(moment, None | Some(Moment::Point(_))))
        && chosen[0].index == now.index
        && targets.iter().all(|target| words.moment(&target.label).is_none())
    {
        doubts.push(Doubt { columns: chosen.iter().map(|rated| rated.index).collect(), role: Role::Current });
    }
    if timed + 1 >= chosen.len() && timed >= 1 {
        let planned = pairs == 0
            && !matches!(moments[0], Some(Moment::Point(_)))
            && moments[1..].iter().all(Option::is_some)
            && targets.iter().any(|target| words.moment(&target.label).is_some())
            && targets.iter().all(|target| chosen.iter().all(|rated| rated.index < target.index));
        if planned {
            // As-Is, phases, To-Be: the first is now, the last is the target, what lies between are steps.
            let now = chosen[0].clone();
            let mut columns: Vec<usize> = chosen[1..].iter().map(|rated| rated.index).collect();
            columns.extend(targets.iter().map(|target| target.index));
            let measure = Measure::one(now.index, planned_columns(table, &columns, &mut reasons));
            reasons.insert(now.index, ("current".to_owned(), "first column of the plan".to_owned(), String::new()));
            return make("plan", vec![measure], Across::Nothing, reasons, Vec::new());
        }
        let plans = moments.iter().filter(|moment| **moment == Some(Moment::Plan)).count();
        if plans + 1 == chosen.len() && pairs == 0 && moments[0] != Some(Moment::Plan) {
            let columns: Vec<usize> = chosen[1..].iter().map(|rated| rated.index).collect();
            let measure = Measure::one(chosen[0].index, planned_columns(table, &columns, &mut reasons));
            return make("plan", vec![measure], Across::Nothing, reasons, doubts);
        }
        let mut order: Vec<usize> = (0..chosen.len()).collect();
        order.sort_by(|a, b| in_time(moments[*a], moments[*b]).then(a.cmp(b)));
        // What says now without a time is later than all that carry one.
        if let Some(at) = order.iter().position(|at| moments[*at].is_none()) {
            let now = order.remove(at);
            order.push(now);
        }
        let points: Vec<(String, usize)> = order
            .iter()
            .map(|at| {
                let rated = &chosen[*at];
                let label = if rated.label.is_empty() { &table.columns[rated.index].head } else { &rated.label };
                (label.clone(), rated.index)
            })
            .collect();
        let now = &chosen[*order.last().unwrap_or(&0)];
        let wanted = match paired(now) {
            Some(target) if table.columns[target.index].profile.filled > 0 => {
                reasons.insert(target.index, ("target".to_owned(), reason(table, target), String::new()));
                (Some(target.index), Vec::new())
            }
            _ if pairs == 0 => further(table, words, targets, &mut reasons),
            _ => (None, Vec::new()),
        };
        let measure = over_time(points, wanted, &mut reasons);
        return make("times", vec![measure], Across::Nothing, reasons, doubts);
    }
    // Several subjects: names in cells of their own, or beside the role with a target each, or three and more.
    let apart = chosen.iter().all(|rated| rated.apart && !rated.label.is_empty());
    let named = chosen.iter().filter(|rated| !rated.label.is_empty()).count();
    let strangers = chosen.iter().all(|rated| words.header(&rated.label).is_empty());
    if apart || (named == chosen.len() && (pairs == chosen.len() || (chosen.len() >= 3 && strangers))) {
        let shared = (pairs == 0).then(|| further(table, words, targets, &mut reasons));
        let measures = chosen
            .iter()
            .map(|rated| {
                let own = paired(rated).map(|target| target.index);
                if let Some(own) = own {
                    reasons.insert(own, ("target".to_owned(), format!("target of `{}`", rated.label), String::new()));
                }
                reasons.insert(
                    rated.index,
                    ("current".to_owned(), format!("current level of `{}`", rated.label), String::new()),
                );
                let (target, steps) = match (&shared, own) {
                    (_, Some(own)) => (Some(own), Vec::new()),
                    (Some((target, steps)), None) => (*target, steps.clone()),
                    (None, None) => (None, Vec::new()),
                };
                Measure { name: Some(rated.label.clone()), ..Measure::one(rated.index, (target, steps)) }
            })
            .collect();
        return make("pairs", measures, Across::Subjects, reasons, doubts);
    }
    // Several columns each speak of a level and nothing says how they differ: the clearest, if it is clear.
    let mut ranked = chosen.clone();
    ranked.sort_by(|a, b| b.strength.total_cmp(&a.strength).then(a.index.cmp(&b.index)));
    // A header that says "current" outweighs one that only says "score"; two that only say "score" are two aspects.
    let clear = table.columns[ranked[0].index].says(Role::Current) >= 0.7;
    let rivals: Vec<usize> = ranked[1..]
        .iter()
        .filter(|rival| {
            (!clear || ranked[0].strength - rival.strength < 0.12) && !twins(table, ranked[0].index, rival.index)
        })
        .map(|rival| rival.index)
        .collect();
    if !rivals.is_empty() {
        doubts.push(Doubt { columns: [ranked[0].index].into_iter().chain(rivals).collect(), role: Role::Current });
    }
    for rated in &ranked[1..] {
        reasons.remove(&rated.index);
    }
    let runner_up = format!(
        "{}: `{}` says it less clearly",
        column_letters(table.columns[ranked[1].index].col),
        table.columns[ranked[1].index].head
    );
    reasons.insert(ranked[0].index, ("current".to_owned(), reason(table, &ranked[0]), runner_up));
    let measure = Measure::one(ranked[0].index, further(table, words, targets, &mut reasons));
    make("long", vec![measure], Across::Nothing, reasons, doubts)
}

/// Points in time, oldest first: the last is now, the others came before.
pub(super) fn over_time(
    mut points: Vec<(String, usize)>,
    wanted: Wanted,
    reasons: &mut BTreeMap<usize, (String, String, String)>,
) -> Measure {
    let now = points.pop().map_or(0, |(_, index)| index);
    for (name, index) in &points {
        let why = format!("an earlier point in time, `{name}`");
        reasons.insert(*index, ("previous".to_owned(), why, String::new()));
    }
    let why = "the latest point in time that holds ratings".to_owned();
    reasons.insert(now, ("current".to_owned(), why, String::new()));
    Measure { earlier: points, ..Measure::one(now, wanted) }
}

/// Order in time: what carries a date by its date, baselines first, others as they stand.
pub(super) fn in_time(a: Option<Moment>, b: Option<Moment>) -> std::cmp::Ordering {
    match (a, b) {
        (Some(Moment::First), Some(Moment::First)) => std::cmp::Ordering::Equal,
        (Some(Moment::First), _) => std::cmp::Ordering::Less,
        (_, Some(Moment::First)) => std::cmp::Ordering::Greater,
        (Some(Moment::Point(Some(a))), Some(Moment::Point(Some(b)))) => a.total_cmp(&b),
        _ => std::cmp::Ordering::Equal,
    }
}

/// Whether two columns say the same in different words: a number and `Tier 4: Adaptive`.
pub(super) fn twins(table: &Table, a: usize, b: usize) -> bool {
    let (a, b) = (table.columns[a].col, table.columns[b].col);
    let mut same = 0;
    for row in table.rows.iter().take(2_000) {
        let number = |col| match row.cell(col).map(|cell| &cell.value) {
            Some(crate::sheet::Value::Number(number)) => Some(*number),
            Some(crate::sheet::Value::Text(text)) => crate::recognise::level::number(text).map(|found| found.value),
            _ => None,
        };
        match (number(a), number(b)) {
            (Some(a), Some(b)) if a == b => same += 1,
            (None, None) => {}
            _ => return false,
        }
    }
    same > 0
}

pub(super) fn reason(table: &Table, rated: &Rated) -> String {
    let column = &table.columns[rated.index];
    let profile = &column.profile;
    let fit = profile.levels + profile.words;
    match profile.filled {
        0 => format!("header `{}`; no cell is filled", column.head),
        filled => format!("header; {fit} of {filled} cells are levels"),
    }
}
