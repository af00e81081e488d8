//! Which columns hold the ratings: one current and target a row, one for each subject across, points in time, plans,
//! ticks under levels, words of status.

mod across;
mod counterparts;
mod doubts;
mod levels;
mod rated;
mod status;
mod targets;

use std::collections::BTreeMap;

use across::{measured, target_only, times_or_grid};
use levels::levels;
use rated::{Rated, of, rated, unstored};
use status::{marks, status};

use super::table::Table;
use super::words::{Role, Words};

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

/// Two columns that fit one role equally well.
#[derive(Clone, Debug, PartialEq)]
pub struct Doubt {
    /// The columns.
    pub columns: Vec<usize>,
    /// What they could be.
    pub role: Role,
}

impl Measures {
    /// One measure for every row, in numbers, and no doubt about it.
    fn of_rows(
        layout: &'static str,
        measure: Measure,
        strength: f64,
        reasons: BTreeMap<usize, (String, String, String)>,
    ) -> Self {
        let (measures, across) = (vec![measure], Across::Nothing);
        Self { layout, measures, across, by_words: false, strength, reasons, doubts: Vec::new() }
    }
}

impl Measure {
    /// A measure of every row: one column, and what is wanted.
    fn one(current: usize, (target, steps): Wanted) -> Self {
        Self { name: None, current: Source::Column(current), target, steps, earlier: Vec::new() }
    }

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

/// Column of the target, and nearer ones with their names.
type Wanted = (Option<usize>, Vec<(String, usize)>);

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
