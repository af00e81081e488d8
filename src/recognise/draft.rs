//! A table -> what its columns mean, with the evidence. Several drafts compete; `choose` picks.

use std::collections::{BTreeMap, BTreeSet};

use super::labels::{self, Labels};
use super::legend::Legend;
use super::measures::{self, Across, Doubt, Measure, Measures};
use super::table::{Column, Table};
use super::words::{Role, Words, folded};
use crate::error::{column_from_letters, column_letters};

/// How a table was understood.
pub struct Draft<'a> {
    /// The table.
    pub table: Table<'a>,
    /// What kind of layout: `long`, `grid`, `pairs`, `marks`, `status`, `times`, `plan`.
    pub layout: &'static str,
    /// What names the rows.
    pub labels: Labels,
    /// Its ratings: one a row, or one for each subject across.
    pub measures: Vec<Measure>,
    /// What the measures' names are.
    pub across: Across,
    /// Whether the ratings are status words.
    pub by_words: bool,
    /// The columns beside the ratings, by role.
    pub extras: BTreeMap<Role, usize>,
    /// Whether its sheet calls itself a summary and its columns averages.
    pub averages: bool,
    /// How well the table fits what a gap analysis is; greater is better.
    pub score: f64,
    /// Why this table, phrases.
    pub because: Vec<String>,
    /// Why a column is what it is: column -> (role, reason, runner-up).
    pub reasons: BTreeMap<usize, (String, String, String)>,
    /// Columns that could as well hold the current level.
    pub doubts: Vec<Doubt>,
}

/// What the user says about columns: role and header or letter.
pub type Named = [(Role, String)];

/// Understands a table; `None` where it holds no ratings at all.
pub fn understand<'a>(table: Table<'a>, words: &Words, named: &Named) -> Option<Draft<'a>> {
    let forced = forced(&table, named);
    let measures = measures::find(&table, words, &forced)?;
    let Measures { layout, measures, across, by_words, strength, reasons, doubts } = measures;
    let used: BTreeSet<usize> = measures.iter().flat_map(Measure::columns).chain(forced.keys().copied()).collect();
    let mut labels = labels::find(&table, words, &used, &without_unit(&table, &forced));
    metrics_are_areas(&table, &used, &forced, &mut labels);
    let mut across = across;
    if across == Across::Subjects {
        if labels.rows_are_subjects(&table) {
            // `Team | Testing | Release | Data`: who is rated stands at the left, areas stand across.
            across = Across::Areas;
            labels.subject = labels.subject.or(labels.areas.first().copied());
            labels.areas.clear();
        } else {
            labels.subject = None;
        }
    }
    let mut extras = BTreeMap::new();
    let taken: BTreeSet<usize> = used.iter().copied().chain(labels.columns()).collect();
    let mut reasons = reasons;
    labels.reasons(&table, &mut reasons);
    for role in [
        Role::Weight,
        Role::Priority,
        Role::Owner,
        Role::Due,
        Role::Evidence,
        Role::Action,
        Role::Scope,
        Role::NotApplicable,
        Role::Time,
        Role::Gap,
    ] {
        if let Some(index) = extra(&table, role, &taken, &extras, &forced) {
            reasons.entry(index).or_insert_with(|| (role.name().to_owned(), "header".to_owned(), String::new()));
            extras.insert(role, index);
        }
    }
    for (index, role) in &forced {
        let reason = (role.map_or("not read", Role::name).to_owned(), "you named it".to_owned(), String::new());
        reasons.insert(*index, reason);
    }
    if let Some(measured) = &table.measured {
        let at = |col: u32| table.columns.iter().position(|column| column.col == col);
        if let Some(index) = measured.unit.and_then(at).filter(|index| !taken.contains(index)) {
            let why = "units of the metrics beside them".to_owned();
            reasons.insert(index, ("unit".to_owned(), why, String::new()));
        }
    }
    let mut draft = Draft {
        table,
        layout,
        labels,
        measures,
        across,
        by_words,
        extras,
        averages: false,
        score: 0.0,
        because: Vec::new(),
        reasons,
        doubts,
    };
    draft.weigh(words, strength);
    Some(draft)
}

/// The columns the user named, and that of units, which names nothing.
fn without_unit(table: &Table, forced: &BTreeMap<usize, Option<Role>>) -> BTreeMap<usize, Option<Role>> {
    let unit = table.measured.as_ref().and_then(|measured| measured.unit);
    let unit = table.columns.iter().position(|column| Some(column.col) == unit);
    let mut forced = forced.clone();
    if let Some(unit) = unit {
        forced.entry(unit).or_insert(None);
    }
    forced
}

/// Names of metrics are areas, whatever their column is called.
fn metrics_are_areas(
    table: &Table,
    used: &BTreeSet<usize>,
    forced: &BTreeMap<usize, Option<Role>>,
    labels: &mut Labels,
) {
    let name = table.measured.as_ref().map(|measured| measured.name);
    let Some(name) = table.columns.iter().position(|column| Some(column.col) == name) else { return };
    if labels.areas.contains(&name) || used.contains(&name) || forced.contains_key(&name) {
        return;
    }
    for role in [&mut labels.practice, &mut labels.id, &mut labels.subject] {
        *role = role.filter(|index| *index != name);
    }
    labels.entities = false;
    labels.areas.push(name);
}

/// The columns the user named: index -> role, or `None` for "not read".
fn forced(table: &Table, named: &Named) -> BTreeMap<usize, Option<Role>> {
    let mut forced = BTreeMap::new();
    for (role, text) in named {
        if let Some(index) = column_named(table, text) {
            forced.insert(index, Some(*role));
        }
    }
    forced
}

/// The column of a header or letter: the header as a person reads it, blanks, case and punctuation aside.
pub fn column_named(table: &Table, text: &str) -> Option<usize> {
    let plain = folded(text);
    let by = |test: &dyn Fn(&Column) -> bool| table.columns.iter().position(test);
    by(&|column| column.head == text)
        .or_else(|| by(&|column| !plain.is_empty() && folded(&column.head) == plain))
        .or_else(|| by(&|column| !plain.is_empty() && folded(&format!("{} {}", column.group, column.head)) == plain))
        .or_else(|| {
            let col = column_from_letters(text)?;
            by(&|column| column.col == col)
        })
}

/// The best column for a role beside the ratings.
fn extra(
    table: &Table,
    role: Role,
    taken: &BTreeSet<usize>,
    extras: &BTreeMap<Role, usize>,
    forced: &BTreeMap<usize, Option<Role>>,
) -> Option<usize> {
    if let Some((index, _)) = forced.iter().find(|(_, r)| **r == Some(role)) {
        return Some(*index);
    }
    let mut best: Option<(f64, usize)> = None;
    for (index, column) in table.columns.iter().enumerate() {
        if taken.contains(&index) || forced.contains_key(&index) || extras.values().any(|used| *used == index) {
            continue;
        }
        let profile = &column.profile;
        let mut says = column.says(role);
        let mut strongest = column.best().map_or(0.0, |(_, strength)| strength);
        // Dates under "Target" are when, before any column of quarters.
        let when = column.says(Role::Time) >= 0.9 && column.says(Role::Time) > says;
        if role == Role::Due
            && !when
            && profile.dates * 2 > profile.filled
            && says.max(column.says(Role::Target)) >= 0.45
        {
            (says, strongest) = (1.5, 0.0);
        }
        let fits = match role {
            Role::Weight => profile.numbers + profile.errors > 0 || profile.levels > 0,
            Role::Gap => profile.levels > 0,
            // One point in time says nothing that tells rows apart.
            Role::Time => profile.distinct() >= 2,
            Role::Scope => profile.words + profile.bools + profile.absent + profile.texts > 0,
            Role::NotApplicable => profile.bools + profile.marks + profile.words + profile.texts > 0,
            _ => profile.filled > 0,
        };
        if says >= 0.45 && says >= strongest - 1e-9 && fits && best.is_none_or(|(strength, _)| says > strength) {
            best = Some((says, index));
        }
    }
    best.map(|(_, index)| index)
}

impl Draft<'_> {
    /// Ratings that are levels.
    pub fn levels(&self) -> usize {
        self.measures.iter().map(|measure| measure.levels(&self.table)).sum()
    }

    /// Whether any measure has a target.
    pub fn has_target(&self) -> bool {
        self.measures.iter().any(|measure| measure.target.is_some())
    }

    /// Whether the table is a list of levels and not one of ratings.
    pub fn is_legend(&self, legends: &[Legend]) -> bool {
        let [measure] = &self.measures[..] else { return false };
        let measures::Source::Column(index) = measure.current else { return false };
        let column = &self.table.columns[index];
        // Where something is named left of the levels and texts stand right of them, the texts are no names of levels.
        let named = self.table.columns[..index].iter().any(|column| {
            column.profile.is_words()
                && [Role::Practice, Role::Area, Role::Subject].iter().any(|role| column.says(*role) >= 0.5)
        });
        if named {
            return false;
        }
        let at = |legend: &Legend| {
            legend.at.sheet == self.table.sheet.name
                && legend.at.first.is_some_and(|cell| {
                    cell.col == column.col
                        && cell.row > self.table.bottom
                        && self.table.rows.iter().any(|row| row.index == cell.row)
                })
        };
        measure.target.is_none()
            && legends
                .iter()
                .any(|legend| at(legend) && legend.levels.len() + legend.unranked.len() >= column.profile.levels)
    }

    /// `Q3!A3` style place of the header for messages.
    pub fn header_place(&self) -> String {
        let col = self.table.columns.first().map_or(0, |column| column.col);
        self.table.sheet.place(self.table.bottom, col).to_string()
    }

    /// Scores the draft: clear words, a target, names for what is rated, many ratings; less for what sums up others.
    fn weigh(&mut self, words: &Words, strength: f64) {
        let levels = self.levels();
        let rows = self.table.rows.len();
        let mut score = strength * 45.0;
        self.because.push(format!("{levels} ratings in {rows} rows"));
        if self.has_target() {
            score += 12.0;
            self.because.push("with targets".to_owned());
        }
        if !self.labels.areas.is_empty() || self.across == Across::Areas || self.labels.headings {
            score += 10.0;
        }
        score += if self.labels.practice.is_some() || self.labels.id.is_some() { 4.0 } else { 0.0 };
        score += if self.labels.subject.is_some() { 3.0 } else { 0.0 };
        score += 7.0 * (1.0 + levels as f64).log2().min(9.0);
        if levels == 0 {
            score -= 40.0;
        }
        let name = self.table.sheet.name.as_deref().unwrap_or("");
        if words.is_summary_sheet(name) {
            score -= 12.0;
            self.because.push(format!("its sheet's name `{}` speaks of a summary", crate::error::visible(name)));
        }
        if words.is_list_sheet(name) {
            score -= 30.0;
            self.because.push(format!("its sheet's name `{}` speaks of lists", crate::error::visible(name)));
        }
        let sums = self
            .table
            .columns
            .iter()
            .filter(|column| words.is_summary_header(&column.head) && !column.profile.is_words())
            .count()
            + usize::from(self.table.columns.iter().any(|column| folded(&column.head) == "row labels"));
        // A sheet that calls itself a summary and its columns averages is one, filled or not.
        let averaged = self.table.columns.iter().any(|column| words.is_summary_header(&column.head));
        self.averages = averaged && words.is_summary_sheet(name);
        if self.averages {
            score -= 60.0;
        }
        if sums > 0 {
            score -= 18.0;
            self.because.push("its headers speak of averages".to_owned());
        }
        self.score = score;
    }

    /// What two tables must share to be parts of one: the roles of their columns, whatever their words.
    pub fn shape(&self) -> (Vec<String>, &'static str) {
        let mut roles: Vec<String> = self
            .reasons
            .values()
            .map(|(role, _, _)| role.clone())
            .filter(|role| {
                ["area", "practice", "id", "subject", "current", "target", "status"].contains(&role.as_str())
            })
            .collect();
        roles.sort();
        roles.dedup();
        (roles, self.layout)
    }

    /// The names of the columns beside the ratings, folded.
    pub fn beside(&self) -> BTreeSet<String> {
        let used: BTreeSet<usize> = self.measures.iter().flat_map(Measure::columns).collect();
        let columns = self.table.columns.iter().enumerate().filter(|(index, _)| !used.contains(index));
        columns.map(|(_, column)| folded(&column.head)).filter(|head| !head.is_empty()).collect()
    }

    /// The names of the columns, folded, for comparing tables.
    pub fn heads(&self) -> BTreeSet<String> {
        self.table.columns.iter().map(|column| folded(&column.head)).filter(|head| !head.is_empty()).collect()
    }

    /// The letter of a column.
    pub fn letter(&self, index: usize) -> String {
        column_letters(self.table.columns[index].col)
    }
}
