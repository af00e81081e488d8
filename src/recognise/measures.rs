//! Which columns hold the ratings: one current and target a row, one for each subject across, points in time, plans,
//! ticks under levels, words of status.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{Doubt, level_head};
use super::level;
use super::table::{Column, Table};
use super::words::{Moment, Role, Words, folded, without_brackets};
use crate::error::column_letters;

/// Where one rating a row comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// The subject or area it is for; `None` where rows say so themselves.
    pub name: Option<String>,
    /// The level now.
    pub current: Source,
    /// Column of the target.
    pub target: Option<usize>,
    /// Nearer targets: name and column.
    pub steps: Vec<(String, usize)>,
    /// Earlier points in time, oldest first: name and column.
    pub earlier: Vec<(String, usize)>,
}

/// Where a level stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// In a column.
    Column(usize),
    /// As ticks in columns that each stand for a level.
    Marks(Vec<(usize, f64)>),
}

/// What the names of several measures are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Across {
    /// There is one measure a row.
    Nothing,
    /// Subjects stand across.
    Subjects,
    /// Areas stand across.
    Areas,
}

/// The ratings found in a table.
pub struct Measures {
    /// One word for the kind of layout.
    pub layout: &'static str,
    /// The ratings.
    pub measures: Vec<Measure>,
    /// What their names are.
    pub across: Across,
    /// Whether they are words of status.
    pub by_words: bool,
    /// How clearly they are ratings, 0 to 1.
    pub strength: f64,
    /// Why each column is what it is.
    pub reasons: BTreeMap<usize, (String, String, String)>,
    /// Columns that fit as well.
    pub doubts: Vec<Doubt>,
}

impl Measure {
    /// All columns it reads.
    pub fn columns(&self) -> Vec<usize> {
        let mut columns: Vec<usize> = match &self.current {
            Source::Column(index) => vec![*index],
            Source::Marks(marks) => marks.iter().map(|(index, _)| *index).collect(),
        };
        columns.extend(self.target);
        columns.extend(self.steps.iter().map(|(_, index)| *index));
        columns.extend(self.earlier.iter().map(|(_, index)| *index));
        columns
    }

    /// Ratings that are levels.
    pub fn levels(&self, table: &Table) -> usize {
        match &self.current {
            Source::Column(index) => {
                let profile = &table.columns[*index].profile;
                profile.levels + profile.words
            }
            Source::Marks(marks) => marks.iter().map(|(index, _)| table.columns[*index].profile.marks).sum(),
        }
    }
}

/// A column that holds ratings of one kind.
#[derive(Clone, Debug)]
struct Rated {
    index: usize,
    role: Role,
    /// Who or when it is for: the words beside the role's own.
    label: String,
    /// Whether the label stands in a header cell of its own.
    apart: bool,
    strength: f64,
    words: bool,
}

type Forced = BTreeMap<usize, Option<Role>>;

/// Finds the ratings of a table; `None` where it has none.
pub fn find(table: &Table, words: &Words, forced: &Forced) -> Option<Measures> {
    let rated = rated(table, words, forced);
    let currents: Vec<Rated> = of(&rated, Role::Current);
    let targets: Vec<Rated> = of(&rated, Role::Target);
    let previous: Vec<Rated> = of(&rated, Role::Previous);
    // `baseline | week 2 | week 10`: a word for a point in time among others is no word for the level now.
    let timed =
        currents.iter().all(|rated| rated.strength < 0.7 && words.moment(&table.columns[rated.index].head).is_some());
    // One word in one of many like columns decides nothing: `Incident Response` among other areas.
    if let [only] = &currents[..]
        && only.strength < 0.5
        && targets.is_empty()
        && !forced.values().any(|role| *role == Some(Role::Current))
        && let Some(grid) = times_or_grid(table, words, forced, &targets)
        && grid.layout == "grid"
        && grid.measures.len() >= 4
        && grid.measures.iter().any(|measure| measure.current == Source::Column(only.index))
    {
        return Some(grid);
    }
    let series = (timed && !currents.is_empty()).then(|| times_or_grid(table, words, forced, &targets)).flatten();
    let mut found = if let Some(series) = series.filter(|found| found.layout != "grid") {
        Some(series)
    } else if currents.is_empty() {
        times_or_grid(table, words, forced, &targets)
            .or_else(|| marks(table, forced, &targets))
            .or_else(|| status(table, words, &rated, &targets))
            .or_else(|| target_only(table, words, forced, &targets))
            .or_else(|| measured(table, words, forced, &targets))
    } else {
        Some(levels(table, words, &currents, &targets))
    }?;
    for (index, _) in table.columns.iter().enumerate().filter(|(_, column)| unstored(column)) {
        let because = "formulas without a stored result".to_owned();
        found.reasons.entry(index).or_insert(("not read".to_owned(), because, String::new()));
    }
    if found.measures.len() == 1 {
        let earlier: Vec<(String, usize)> =
            previous.iter().map(|rated| (table.columns[rated.index].shown(), rated.index)).collect();
        for (name, index) in &earlier {
            found.reasons.insert(*index, ("previous".into(), format!("header says `{name}`"), String::new()));
        }
        let measure = &mut found.measures[0];
        measure.earlier.splice(0..0, earlier);
    }
    Some(found)
}

fn of(rated: &[Rated], role: Role) -> Vec<Rated> {
    rated.iter().filter(|column| column.role == role).cloned().collect()
}

/// All columns whose header or group speaks of ratings and whose cells can be some.
fn rated(table: &Table, words: &Words, forced: &Forced) -> Vec<Rated> {
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
fn unstored(column: &Column) -> bool {
    let profile = &column.profile;
    profile.uncached > 0 && profile.levels + profile.words + profile.texts == 0
}

/// The words of a header without those that say now or wanted: `competency` of `Current Competency`.
fn noun(head: &str, without: &[&str]) -> Option<String> {
    let plain = folded(head);
    let words: Vec<&str> = plain.split(' ').collect();
    let kept: Vec<&str> = words.iter().copied().filter(|word| !without.contains(word)).collect();
    (kept.len() < words.len()).then(|| kept.join(" "))
}

/// Words that say now, in headers beside a noun.
const NOW: [&str; 16] = [
    "current",
    "actual",
    "present",
    "existing",
    "observed",
    "now",
    "today",
    "ist",
    "aktuell",
    "aktuelle",
    "aktueller",
    "actuelle",
    "actuel",
    "atual",
    "achieved",
    "erreicht",
];

/// Words that say wanted, in headers beside a noun.
const WANTED: [&str; 24] = [
    "target",
    "required",
    "desired",
    "expected",
    "planned",
    "goal",
    "needed",
    "minimum",
    "future",
    "wanted",
    "ziel",
    "soll",
    "gefordert",
    "geforderte",
    "requerido",
    "exigido",
    "deseado",
    "desejado",
    "objetivo",
    "alvo",
    "cible",
    "visee",
    "requis",
    "attendu",
];

/// `Current Competency | Required Competency`, `Maturity Score | Target Maturity Score`: of two columns with the same
/// noun one is what the other asks for, whatever else their headers may mean.
fn counterparts(table: &Table, words: &Words, forced: &Forced, rated: &mut Vec<Rated>) {
    let free = |index: &usize| !forced.contains_key(index);
    let levels = |index: usize| {
        let profile = &table.columns[index].profile;
        profile.filled > 0 && profile.word_share() >= 0.6 && profile.long * 3 <= profile.filled
    };
    let all: Vec<usize> = (0..table.columns.len()).filter(free).filter(|index| levels(*index)).collect();
    for wanted in &all {
        let Some(asked) = noun(&table.columns[*wanted].head, &WANTED).filter(|noun| !noun.is_empty()) else {
            continue;
        };
        // A date, a priority or a gap by its noun is none of these.
        if words.header(&asked).first().is_some_and(|(role, strength)| !role.is_rating() && *strength >= 0.7) {
            continue;
        }
        let same = |index: &&usize| {
            let head = &table.columns[**index].head;
            **index != *wanted
                && table.columns[**index].group == table.columns[*wanted].group
                && (noun(head, &NOW).as_deref() == Some(&asked) || folded(head) == asked)
        };
        let mut found = all.iter().filter(same);
        let (Some(now), None) = (found.next(), found.next()) else { continue };
        for (index, role) in [(*now, Role::Current), (*wanted, Role::Target)] {
            let by_words = table.columns[index].profile.words > table.columns[index].profile.levels;
            let (label, apart) = (table.columns[index].group.clone(), !table.columns[index].group.is_empty());
            let strength = 0.95;
            match rated.iter_mut().find(|rated| rated.index == index) {
                Some(known) if known.role == role => known.strength = known.strength.max(strength),
                Some(known) => *known = Rated { index, role, label, apart, strength, words: by_words },
                None => rated.push(Rated { index, role, label, apart, strength, words: by_words }),
            }
        }
    }
    rated.sort_by_key(|rated| rated.index);
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
    match super::words::in_brackets(head) {
        Some(inside) if kept.is_empty() && super::legend::range_in(head).is_none() && is_name(inside, words) => {
            inside.to_owned()
        }
        _ => kept.join(" "),
    }
}

/// Whether a text in brackets can name someone: letters, and no word of ours.
fn is_name(text: &str, words: &Words) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() >= 2 && words.header(text).is_empty()
}

/// Headers with a current level: one, several subjects, or several points in time.
fn levels(table: &Table, words: &Words, currents: &[Rated], targets: &[Rated]) -> Measures {
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
        let measure =
            Measure { name: None, current: Source::Column(chosen[0].index), target, steps, earlier: Vec::new() };
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
            let (target, steps) = planned_columns(table, &columns, &mut reasons);
            reasons.insert(now.index, ("current".to_owned(), "first column of the plan".to_owned(), String::new()));
            let measure =
                Measure { name: None, current: Source::Column(now.index), target, steps, earlier: Vec::new() };
            return make("plan", vec![measure], Across::Nothing, reasons, Vec::new());
        }
        let plans = moments.iter().filter(|moment| **moment == Some(Moment::Plan)).count();
        if plans + 1 == chosen.len() && pairs == 0 && moments[0] != Some(Moment::Plan) {
            let columns: Vec<usize> = chosen[1..].iter().map(|rated| rated.index).collect();
            let (target, steps) = planned_columns(table, &columns, &mut reasons);
            let measure =
                Measure { name: None, current: Source::Column(chosen[0].index), target, steps, earlier: Vec::new() };
            return make("plan", vec![measure], Across::Nothing, reasons, doubts);
        }
        let mut order: Vec<usize> = (0..chosen.len()).collect();
        order.sort_by(|a, b| in_time(moments[*a], moments[*b]).then(a.cmp(b)));
        // What says now without a time is later than all that carry one.
        if let Some(at) = order.iter().position(|at| moments[*at].is_none()) {
            let now = order.remove(at);
            order.push(now);
        }
        let last = *order.last().unwrap_or(&0);
        let now = &chosen[last];
        let earlier = order[..order.len() - 1]
            .iter()
            .map(|at| {
                let rated = &chosen[*at];
                let name = if rated.label.is_empty() {
                    table.columns[rated.index].head.clone()
                } else {
                    rated.label.clone()
                };
                reasons.insert(
                    rated.index,
                    ("previous".to_owned(), format!("an earlier point in time, `{name}`"), String::new()),
                );
                (name, rated.index)
            })
            .collect();
        let (target, steps) = match paired(now) {
            Some(target) if table.columns[target.index].profile.filled > 0 => {
                reasons.insert(target.index, ("target".to_owned(), reason(table, target), String::new()));
                (Some(target.index), Vec::new())
            }
            _ if pairs == 0 => further(table, words, targets, &mut reasons),
            _ => (None, Vec::new()),
        };
        reasons.insert(
            now.index,
            ("current".to_owned(), "the latest point in time that holds ratings".to_owned(), String::new()),
        );
        let measure = Measure { name: None, current: Source::Column(now.index), target, steps, earlier };
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
                Measure {
                    name: Some(rated.label.clone()),
                    current: Source::Column(rated.index),
                    target,
                    steps,
                    earlier: Vec::new(),
                }
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
    let (target, steps) = further(table, words, targets, &mut reasons);
    let measure =
        Measure { name: None, current: Source::Column(ranked[0].index), target, steps, earlier: Vec::new() };
    make("long", vec![measure], Across::Nothing, reasons, doubts)
}

/// Several aspects of one row side by side (policy defined, control implemented, reported): a column that only its
/// status word names is no clearer than neighbours that hold the same kind of numbers.
fn aspects(table: &Table, chosen: &Rated) -> Option<Doubt> {
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
fn asked_for(table: &Table, chosen: &Rated) -> Option<Doubt> {
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
fn points(table: &Table, chosen: &Rated) -> Option<Doubt> {
    let maximum = |column: &Column| {
        let plain = folded(&column.head);
        let says = ["max", "maximum", "maximal", "possible", "out of", "moglich", "maximo"]
            .iter()
            .any(|word| super::words::contains_words(&plain, word));
        says && column.profile.numbers > 0 && column.profile.distinct() > 1
    };
    let other = table.columns.iter().position(maximum)?;
    (other != chosen.index).then(|| Doubt { columns: vec![chosen.index, other], role: Role::Current })
}

fn reason(table: &Table, rated: &Rated) -> String {
    let column = &table.columns[rated.index];
    let profile = &column.profile;
    let fit = profile.levels + profile.words;
    match profile.filled {
        0 => format!("header `{}`; no cell is filled", column.head),
        filled => format!("header; {fit} of {filled} cells are levels"),
    }
}

/// Order in time: what carries a date by its date, baselines first, others as they stand.
fn in_time(a: Option<Moment>, b: Option<Moment>) -> std::cmp::Ordering {
    match (a, b) {
        (Some(Moment::First), Some(Moment::First)) => std::cmp::Ordering::Equal,
        (Some(Moment::First), _) => std::cmp::Ordering::Less,
        (_, Some(Moment::First)) => std::cmp::Ordering::Greater,
        (Some(Moment::Point(Some(a))), Some(Moment::Point(Some(b)))) => a.total_cmp(&b),
        _ => std::cmp::Ordering::Equal,
    }
}

/// Whether two columns say the same in different words: a number and `Tier 4: Adaptive`.
fn twins(table: &Table, a: usize, b: usize) -> bool {
    let (a, b) = (table.columns[a].col, table.columns[b].col);
    let mut same = 0;
    for row in table.rows.iter().take(2_000) {
        let number = |col| match row.cell(col).map(|cell| &cell.value) {
            Some(crate::sheet::Value::Number(number)) => Some(*number),
            Some(crate::sheet::Value::Text(text)) => super::level::number(text).map(|found| found.value),
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

/// The target among several: the one that asks for most; the others are steps.
fn further(
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
                && let super::level::Answer::Level(found) = super::level::answer(Some(cell), words, &BTreeMap::new())
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
fn plan_behind(
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
fn planned_columns(
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

/// Columns without a word for their role that hold levels: subjects across, or points in time.
fn times_or_grid(table: &Table, words: &Words, forced: &Forced, targets: &[Rated]) -> Option<Measures> {
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
            let (target, steps) = planned_columns(table, &columns[1..], &mut reasons);
            let measure =
                Measure { name: None, current: Source::Column(columns[0]), target, steps, earlier: Vec::new() };
            return Some(Measures {
                layout: "plan",
                measures: vec![measure],
                across: Across::Nothing,
                by_words: false,
                strength: 0.7,
                reasons,
                doubts: Vec::new(),
            });
        }
        let now = columns[*order.last()?];
        let why = "the latest point in time that holds ratings".to_owned();
        reasons.insert(now, ("current".to_owned(), why, String::new()));
        let earlier = order[..order.len() - 1]
            .iter()
            .map(|at| {
                let index = columns[*at];
                reasons.insert(index, ("previous".to_owned(), "an earlier point in time".to_owned(), String::new()));
                (table.columns[index].shown(), index)
            })
            .collect();
        let (target, steps) = further(table, words, targets, &mut reasons);
        let measure = Measure { name: None, current: Source::Column(now), target, steps, earlier };
        return Some(Measures {
            layout: "times",
            measures: vec![measure],
            across: Across::Nothing,
            by_words: false,
            strength: 0.75,
            reasons,
            doubts: Vec::new(),
        });
    }
    // `Policy | Process | Tooling | Overall maturity`: aspects and what they come to, or subjects and their total?
    let mut doubts = Vec::new();
    let overall = table.columns.iter().position(|column| {
        let plain = folded(&column.head);
        let whole =
            ["overall", "total", "gesamt", "global"].iter().any(|word| super::words::contains_words(&plain, word));
        let noun = ["maturity", "level", "reifegrad", "madurez", "maturidade", "maturite"];
        whole
            && noun.iter().any(|word| super::words::contains_words(&plain, word))
            && (column.profile.levels > 0 || column.profile.uncached > 0)
    });
    if let Some(overall) = overall {
        let all: BTreeSet<usize> = columns.iter().copied().chain([overall]).collect();
        doubts.push(Doubt { columns: all.into_iter().collect(), role: Role::Current });
    }
    let (target, steps) = further(table, words, targets, &mut reasons);
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
            Measure {
                name: Some(name(&column.head)),
                current: Source::Column(*index),
                target,
                steps: steps.clone(),
                earlier: Vec::new(),
            }
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

/// Ticks in columns that each stand for a level.
fn marks(table: &Table, forced: &Forced, targets: &[Rated]) -> Option<Measures> {
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
    Some(Measures {
        layout: "marks",
        measures: vec![measure],
        across: Across::Nothing,
        by_words: false,
        strength: 0.7,
        reasons,
        doubts: Vec::new(),
    })
}

/// Words of status in place of levels.
fn status(table: &Table, words: &Words, rated: &[Rated], targets: &[Rated]) -> Option<Measures> {
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
        let quiet = column.best().is_none_or(|(role, strength)| strength < 0.5 || role == Role::Status);
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
    let (target, steps) = further(table, words, targets, &mut reasons);
    let measure = Measure { name: None, current: Source::Column(best.index), target, steps, earlier: Vec::new() };
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

/// One column of measured values without a word for them: `Metric | Value`.
fn measured(table: &Table, words: &Words, forced: &Forced, targets: &[Rated]) -> Option<Measures> {
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
    let (target, steps) = further(table, words, targets, &mut reasons);
    let measure = Measure { name: None, current: Source::Column(index), target, steps, earlier: Vec::new() };
    Some(Measures {
        layout: "long",
        measures: vec![measure],
        across: Across::Nothing,
        by_words: false,
        strength: 0.6,
        reasons,
        doubts: Vec::new(),
    })
}

/// A target and one column of levels without a word for it: `Area | App | Target`.
fn target_only(table: &Table, words: &Words, forced: &Forced, targets: &[Rated]) -> Option<Measures> {
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
    let (target, steps) = further(table, words, targets, &mut reasons);
    let name = (!column.head.is_empty()).then(|| column.head.clone());
    let across = if name.is_some() { Across::Subjects } else { Across::Nothing };
    let measure = Measure { name, current: Source::Column(index), target, steps, earlier: Vec::new() };
    Some(Measures {
        layout: "grid",
        measures: vec![measure],
        across,
        by_words: false,
        strength: 0.55,
        reasons,
        doubts: Vec::new(),
    })
}
