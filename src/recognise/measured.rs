//! Measured values as one more way to write a level: `42 min` in a row that names a metric of the model.
//!
//! A table is measured where its rows name metrics of the model given, or several metrics of one in the catalogue and
//! a unit stands with their values. A value then stands for the level that the metric's thresholds give it. A bare
//! number is a level, unless its row, its column or a number off the scale beside it says that the column measures.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use super::level::{self, Answer, Form, Found, Names, Why};
use super::words::Words;
use crate::model::matching::{area_of, is_titled, spellings};
use crate::model::{Metric, Model, catalogue, folded, metric};
use crate::sheet::{Cell, Row, Value};

/// Rows looked at to find out whether a table is measured.
const LOOKED_AT: usize = 200;
/// Metrics of one model that make a table measured where nobody named the model; where a title names it, one less.
const ENOUGH: usize = 3;

/// Models of the catalogue that measure anything.
static CATALOGUE: LazyLock<Vec<Candidate>> =
    LazyLock::new(|| catalogue::all().iter().filter_map(Candidate::new).collect());

/// A model with all spellings of its metrics.
#[derive(Clone)]
struct Candidate {
    model: Arc<Model>,
    names: BTreeSet<String>,
}

impl Candidate {
    fn new(model: &Arc<Model>) -> Option<Self> {
        let metrics = model.areas.iter().filter(|area| area.metric.is_some());
        let names: BTreeSet<String> =
            metrics.flat_map(|area| area.aliases.iter().chain([&area.name, &area.id])).map(|it| folded(it)).collect();
        (!names.is_empty()).then(|| Self { model: Arc::clone(model), names })
    }

    fn names(&self, text: &str) -> bool {
        text.chars().count() <= 80 && spellings(text).iter().any(|spelling| self.names.contains(spelling))
    }
}

/// The models whose metrics a table may name.
pub struct Candidates {
    models: Vec<Candidate>,
    /// Whether the user named the model.
    wished: bool,
}

impl Candidates {
    /// The model named by the user alone, else those of the catalogue.
    pub fn new(wished: Option<&Arc<Model>>) -> Self {
        let models = wished.map_or_else(|| CATALOGUE.clone(), |model| Candidate::new(model).into_iter().collect());
        Self { models, wished: wished.is_some() }
    }

    /// Whether the rows below name metrics and this one does not, so that it may be their header.
    pub fn stand_under(&self, head: &Row, below: &[&Row]) -> bool {
        let named = |row: &Row| {
            let mut texts = row.cells.iter().take(12).map(|(_, cell)| cell.shown());
            texts.any(|text| self.models.iter().any(|it| it.names(&text)))
        };
        !self.models.is_empty() && below.iter().filter(|row| named(row)).count() >= 2 && !named(head)
    }
}

/// A table whose rows measure.
pub struct Measured {
    /// The model whose metrics they are.
    pub model: Arc<Model>,
    /// Metrics that the table names.
    pub metrics: usize,
    /// The column that names them, counted from 0.
    pub name: u32,
    /// The column of units.
    pub unit: Option<u32>,
    /// Row -> place of the metric's area in the model, and the unit that the row gives.
    rows: BTreeMap<u32, (usize, Option<String>)>,
    /// Columns in which bare numbers count something.
    counting: BTreeSet<u32>,
}

/// A column of a table as its head stands: its place, its text.
pub type Head = (u32, String);

impl Measured {
    /// Finds out whether a table measures; `titles` are what stands above it and its sheet's name.
    pub fn find(
        candidates: &Candidates,
        heads: &[Head],
        rows: &[&Row],
        titles: impl Fn() -> Vec<String>,
    ) -> Option<Self> {
        let found = candidates.models.iter().filter_map(|it| {
            let name = heads.iter().map(|(col, _)| (named(it, rows, *col), *col));
            let (count, name) = name.max_by_key(|(count, col)| (*count, std::cmp::Reverse(*col)))?;
            (count > 0).then(|| Self::under(it, heads, rows, name))
        });
        let best = found.max_by_key(|it| it.metrics)?;
        let enough = || ENOUGH - usize::from(is_titled(&best.model, &titles()));
        let certain = candidates.wished || (best.metrics >= enough() && best.has_units(heads, rows));
        certain.then_some(best)
    }

    fn under(candidate: &Candidate, heads: &[Head], rows: &[&Row], name: u32) -> Self {
        let model = &candidate.model;
        let mut known: BTreeMap<Vec<String>, Option<usize>> = BTreeMap::new();
        let mut places: BTreeMap<u32, (usize, Option<String>)> = BTreeMap::new();
        let mut above: Option<(usize, Option<String>)> = None;
        for row in rows {
            let text = row.cell(name).map(Cell::shown).unwrap_or_default();
            if !text.is_empty() {
                let outer = row.cells.iter().filter(|(col, _)| *col < name).map(|(_, cell)| cell.shown());
                let path: Vec<String> = outer.filter(|it| !it.is_empty()).chain([text.clone()]).collect();
                let area = *known.entry(path).or_insert_with_key(|path| {
                    area_of(model, path).filter(|area| model.areas[*area].metric.is_some())
                });
                above = area.map(|area| (area, unit_in(&text)));
            }
            // A name left blank is that of the row above.
            places.extend(above.clone().map(|place| (row.index, place)));
        }
        let metrics = places.values().map(|(area, _)| area).collect::<BTreeSet<_>>().len();
        let mut measured =
            Self { model: Arc::clone(model), metrics, name, unit: None, rows: places, counting: BTreeSet::new() };
        measured.unit = heads.iter().map(|(col, _)| *col).find(|col| measured.holds_units(rows, *col));
        for (row, (_, unit)) in &mut measured.rows {
            let cell = measured.unit.and_then(|col| {
                let at = rows.binary_search_by_key(row, |it| it.index).ok()?;
                Some(rows[at].cell(col)?.shown())
            });
            *unit = cell.filter(|text| !text.is_empty()).or(unit.take());
        }
        measured.counting = heads
            .iter()
            .filter(|head| measured.may_measure(head))
            .map(|(col, _)| *col)
            .filter(|col| measured.counts(rows, *col))
            .collect();
        measured
    }

    /// What the model measures in a row.
    pub fn metric(&self, row: u32) -> Option<&Metric> {
        self.model.areas[self.rows.get(&row)?.0].metric.as_ref()
    }

    /// Rows that name a metric, with a column's cells.
    fn cells<'a>(&'a self, rows: &'a [&Row], col: u32) -> impl Iterator<Item = (&'a Metric, &'a Cell)> {
        rows.iter().filter_map(move |row| Some((self.metric(row.index)?, row.cell(col)?)))
    }

    /// Whether a column may hold measured values: neither names nor units, nor what one level asks for.
    fn may_measure(&self, (col, head): &Head) -> bool {
        let of_level = level::number(head).is_some() || self.model.levels.value_of(head).is_some();
        *col != self.name && Some(*col) != self.unit && !of_level
    }

    /// Whether each cell beside a metric is the name of a unit.
    fn holds_units(&self, rows: &[&Row], col: u32) -> bool {
        let mut cells = self.cells(rows, col).filter(|(_, cell)| !cell.shown().is_empty()).peekable();
        cells.peek().is_some()
            && cells.all(|(metric, cell)| {
                let text = cell.shown();
                matches!(cell.value, Value::Text(_))
                    && (folded(&text) == folded(&metric.unit) || metric::is_unit(&text))
            })
    }

    /// Whether values have units, in their cells or beside them.
    fn has_units(&self, heads: &[Head], rows: &[&Row]) -> bool {
        self.unit.is_some()
            || self.rows.values().any(|(_, unit)| unit.is_some())
            || heads.iter().filter(|head| self.may_measure(head)).any(|(col, _)| {
                self.cells(rows, *col).any(|(metric, cell)| metric.level_of(&dressed(cell)).is_some())
            })
    }

    /// Whether a column's bare numbers count something: another cell has a unit, or one is off the model's scale.
    fn counts(&self, rows: &[&Row], col: u32) -> bool {
        self.cells(rows, col).any(|(metric, cell)| match bare(cell) {
            Some(number) => !self.model.scale().holds(number),
            None => metric.level_of(&dressed(cell)).is_some(),
        })
    }

    /// What a cell says where it stands for a measured value; `None` where it is to be read as any other. `now` is
    /// whether it is in a column of levels now, for which a unit beside it speaks.
    pub fn answer(&self, row: u32, cell: &Cell, col: u32, now: bool, words: &Words, names: &Names) -> Option<Answer> {
        let (area, unit) = self.rows.get(&row)?;
        let metric = self.model.areas[*area].metric.as_ref()?;
        let plain = level::answer(Some(cell), words, names);
        let measured = |text: &str| match metric.level_of(text) {
            Some(value) => Answer::Level(Found { value, name: None, form: Form::Measured, of: None }),
            None => {
                Answer::Not(Why::Measured { text: text.to_owned(), wanted: metric.kind, unit: metric.unit.clone() })
            }
        };
        match &cell.value {
            Value::Blank | Value::Error(_) | Value::Bool(_) | Value::Date(_) => return None,
            _ if matches!(plain, Answer::NotAssessed | Answer::NotApplicable) => return None,
            _ => {}
        }
        if bare(cell).is_some() {
            let counts = self.counting.contains(&col) || (now && unit.is_some());
            return counts.then(|| measured(&self.written(row, cell, col, now).unwrap_or_default()));
        }
        let text = dressed(cell);
        if let Some(value) = self.model.levels.value_of(&text) {
            return Some(Answer::Level(Found { value, name: None, form: Form::Name, of: None }));
        }
        match plain {
            _ if metric.level_of(&text).is_some() => Some(measured(&text)),
            // `3 - High`, `Level 3`: a level written out.
            Answer::Level(found) if found.form != Form::Percent && !metric::is_quantity(&text) => {
                Some(Answer::Level(found))
            }
            _ => Some(measured(&text)),
        }
    }

    /// What a cell says with its unit: `42 min`, also where `min` stands in the next column.
    pub fn written(&self, row: u32, cell: &Cell, col: u32, now: bool) -> Option<String> {
        let (_, unit) = self.rows.get(&row)?;
        let counts = bare(cell).is_some() && (self.counting.contains(&col) || (now && unit.is_some()));
        let unit =
            unit.as_deref().or_else(|| self.metric(row).map(|metric| metric.unit.as_str())).filter(|_| counts)?;
        let between = if unit.starts_with('/') { "" } else { " " };
        Some(format!("{}{between}{unit}", cell.shown()))
    }
}

/// How many metrics of a model the cells of a column name.
fn named(candidate: &Candidate, rows: &[&Row], col: u32) -> usize {
    let texts = rows.iter().take(LOOKED_AT).filter_map(|row| row.cell(col)).map(Cell::shown);
    texts.filter(|text| candidate.names(text)).collect::<BTreeSet<_>>().len()
}

/// The unit in the brackets of a name: `Lead time (hours)`.
fn unit_in(name: &str) -> Option<String> {
    let (_, rest) = name.split_once(['(', '['])?;
    let (inside, _) = rest.split_once([')', ']'])?;
    metric::is_unit(inside).then(|| inside.trim().to_owned())
}

/// A cell as a person reads it, with a blank before the sign of a percentage.
fn dressed(cell: &Cell) -> String {
    super::ratings::shown(cell)
}

/// The number of a cell that holds nothing else.
fn bare(cell: &Cell) -> Option<f64> {
    match &cell.value {
        Value::Number(number) if !cell.percent => Some(*number),
        Value::Text(text) => metric::number(text),
        _ => None,
    }
}
