//! An understood table -> one raw rating a cell, with its place; totals, headings and rows out of scope told apart.

use std::collections::BTreeSet;

use super::draft::Draft;
use super::labels;
use super::level::{self, Answer, Names};
use super::measures::{Across, Measure, Source};
use super::table::Column;
use super::words::{Role, Words, folded};
use crate::assessment::LeftOut;
use crate::error::{Place, Problem, quoted};
use crate::sheet::{Row, Value};

/// A rating as the cells say it, before the scale is known.
#[derive(Clone, Debug)]
pub struct Raw {
    /// Areas from the top down; empty where the table names none.
    pub area: Vec<String>,
    pub practice: Option<String>,
    pub id: Option<String>,
    pub subject: Option<String>,
    pub current: Answer,
    pub target: Answer,
    pub steps: Vec<(String, Answer)>,
    pub earlier: Vec<(String, Answer)>,
    pub weight: f64,
    pub priority: Option<f64>,
    pub owner: Option<String>,
    pub due: Option<String>,
    pub evidence: Option<String>,
    pub action: Option<String>,
    /// When it was rated, where rows say so.
    pub when: Option<String>,
    /// The file's own gap, where a number stands there, with its cell.
    pub gap: Option<(f64, Place)>,
    pub written: String,
    pub at: Place,
    pub target_at: Option<Place>,
    pub hidden: bool,
}

/// The ratings of one table and what was seen on the way.
#[derive(Default)]
pub struct Read {
    pub ratings: Vec<Raw>,
    pub left_out: Vec<LeftOut>,
    pub notes: Vec<String>,
    pub problems: Vec<Problem>,
    pub warnings: Vec<Problem>,
    /// First and last row read, numbered from 1.
    pub rows: (u32, u32),
}

/// Reads the ratings of a table.
pub fn read(draft: &Draft, words: &Words, names: &Names) -> Read {
    let mut areas: BTreeSet<String> = BTreeSet::new();
    for row in &draft.table.rows {
        let names = draft.labels.areas.iter().filter_map(|index| labels::text(row, &draft.table.columns[*index]));
        areas.extend(names.map(|name| folded(&name)));
    }
    let names_each = names_each(draft);
    Reader { draft, words, names, areas, names_each }.read()
}

struct Reader<'d, 'a> {
    draft: &'d Draft<'a>,
    words: &'d Words,
    names: &'d Names,
    /// Names in the columns of areas, folded.
    areas: BTreeSet<String>,
    /// Two columns of names and more that nearly every rated row fills.
    names_each: Option<Vec<usize>>,
}

/// The columns of names (area, practice, id) where nine in ten rated rows fill all of them.
fn names_each(draft: &Draft) -> Option<Vec<usize>> {
    let labels = &draft.labels;
    if draft.across == Across::Areas || labels.headings || labels.entities {
        return None;
    }
    let all: Vec<usize> = labels.areas.iter().copied().take(1).chain(labels.practice).chain(labels.id).collect();
    let rated = |row: &&&Row| {
        draft
            .measures
            .iter()
            .flat_map(Measure::columns)
            .any(|index| row.cell(draft.table.columns[index].col).is_some_and(|cell| !cell.shown().is_empty()))
    };
    let rows: Vec<&Row> = draft.table.rows.iter().filter(rated).copied().collect();
    let full = |row: &&&Row| all.iter().all(|index| labels::text(row, &draft.table.columns[*index]).is_some());
    let filled = rows.iter().filter(full).count();
    (all.len() >= 2 && filled >= 4 && filled * 10 >= rows.len() * 7).then_some(all)
}

/// What a row is.
enum Kind {
    Rating,
    Heading(String),
    Total(String),
    Foreign,
}

impl Reader<'_, '_> {
    fn read(&self) -> Read {
        let mut read = Read::default();
        let draft = self.draft;
        let (mut totals, mut foreign, mut unnamed) = (Vec::new(), Vec::new(), Vec::new());
        let mut heading: Option<String> = None;
        let mut above: Vec<Option<String>> = vec![None; draft.labels.areas.len()];
        let mut filled_down = BTreeSet::new();
        let mut subject_above: Option<String> = None;
        let mut out_of_scope = 0usize;
        let kept = self.kept();
        let mut block: Vec<f64> = Vec::new();
        for row in &draft.table.rows {
            let number = row.index + 1;
            if !kept.contains(&row.index) {
                foreign.push(number);
                continue;
            }
            match self.kind(row) {
                Kind::Heading(name) => {
                    heading = Some(name);
                    block.clear();
                    continue;
                }
                Kind::Total(name) => {
                    totals.push((number, name));
                    continue;
                }
                Kind::Foreign => {
                    foreign.push(number);
                    continue;
                }
                Kind::Rating => {}
            }
            if self.half_named(row, &block) {
                totals.push((number, self.first_name(row).unwrap_or_default()));
                continue;
            }
            if self.first_name(row).is_none() && self.sums_up(row, &block) {
                totals.push((number, "the mean above it".to_owned()));
                continue;
            }
            let mut area: Vec<String> = Vec::new();
            let mut changed = false;
            for (at, index) in draft.labels.areas.iter().enumerate() {
                let own = labels::text(row, &draft.table.columns[*index]);
                let ditto = own.as_deref().is_some_and(is_ditto);
                let name = match own.filter(|_| !ditto) {
                    Some(own) => {
                        changed = changed || above[at].as_ref() != Some(&own);
                        above[at] = Some(own.clone());
                        Some(own)
                    }
                    // A new top area does not hand down the sub-area of the one before.
                    None if ditto || (draft.labels.filled_down && !(at > 0 && changed)) => {
                        filled_down.insert(number);
                        above[at].clone()
                    }
                    None => None,
                };
                area.extend(name);
            }
            if changed {
                block.clear();
            }
            block.extend(self.level(row));
            if let Some(heading) = &heading
                && draft.labels.headings
            {
                area.insert(0, heading.clone());
            }
            let cell = |index: Option<usize>| index.and_then(|index| labels::text(row, &draft.table.columns[index]));
            let (practice, id) = (cell(draft.labels.practice), cell(draft.labels.id));
            let subject = match cell(draft.labels.subject) {
                Some(own) if !is_ditto(&own) => {
                    subject_above = Some(own.clone());
                    Some(own)
                }
                // A team on the first row of its block is that of the rows below.
                _ if self.subject_by_block() => subject_above.clone(),
                other => other,
            };
            let named = match draft.labels.headings {
                // A heading names the rows below it only together with a name of their own.
                true => practice.is_some() || id.is_some(),
                false => !area.is_empty() || practice.is_some() || id.is_some() || subject.is_some(),
            };
            if !named || (area.is_empty() && !draft.labels.areas.is_empty() && practice.is_none() && id.is_none()) {
                if self.rated(row) {
                    unnamed.push(number);
                }
                continue;
            }
            if read.rows.0 == 0 {
                read.rows.0 = number;
            }
            read.rows.1 = number;
            let applies = self.applies(row);
            out_of_scope += usize::from(!applies);
            let weight = self.weight(row, &mut read);
            for measure in &draft.measures {
                let (mut area, mut subject) = (area.clone(), subject.clone());
                match (draft.across, &measure.name) {
                    (Across::Subjects, Some(name)) => subject = Some(name.clone()),
                    (Across::Areas, Some(name)) => {
                        subject = subject.or_else(|| area.pop()).or_else(|| id.clone());
                        area = vec![name.clone()];
                    }
                    _ => {}
                }
                let (practice, id) = match draft.across {
                    Across::Areas => (None, None),
                    _ => (practice.clone(), id.clone()),
                };
                let raw = self.rating(row, measure, (area, practice, id, subject), applies, weight);
                read.ratings.push(raw);
            }
        }
        self.tell(&mut read, totals, foreign, unnamed, filled_down, out_of_scope);
        read
    }

    /// Which rows belong to the table: a block behind blank rows that fills far fewer columns is something else.
    fn kept(&self) -> BTreeSet<u32> {
        let table = &self.draft.table;
        let columns: Vec<u32> = self.columns().map(|column| column.col).collect();
        let filled =
            |row: &Row| columns.iter().filter(|col| row.cell(**col).is_some_and(|c| !c.shown().is_empty())).count();
        let mut segments: Vec<Vec<&Row>> = Vec::new();
        let mut last: Option<u32> = None;
        for row in &table.rows {
            match (last, segments.last_mut()) {
                (Some(last), Some(segment)) if row.index == last + 1 => segment.push(row),
                _ => segments.push(vec![row]),
            }
            last = Some(row.index);
        }
        let median = |segment: &[&Row]| {
            let mut counts: Vec<usize> = segment.iter().map(|row| filled(row)).collect();
            counts.sort_unstable();
            counts.get(counts.len() / 2).copied().unwrap_or(0)
        };
        let typical =
            segments.iter().map(|segment| (segment.len().min(20), median(segment))).max().map_or(0, |(_, m)| m);
        let mut kept = BTreeSet::new();
        let mut closed = false;
        for (at, segment) in segments.iter().enumerate() {
            let rated = segment.iter().any(|row| self.rated(row));
            let most = segment.iter().map(|row| filled(row)).max().unwrap_or(0);
            let thin = at > 0 && most * 2 <= typical && typical >= 3;
            if at > 0 && self.heads(segment[0]) {
                break;
            }
            // Numbers where the table has names: a list of something else.
            let named: Vec<&&Row> = segment.iter().filter(|row| self.first_name(row).is_some()).collect();
            let numeric = at > 0
                && !named.is_empty()
                && named.iter().all(|row| self.first_name(row).is_some_and(|name| name.parse::<f64>().is_ok()))
                && self.draft.labels.id.is_none();
            // The first names of a block behind a gap lie outside the table once it has ended in a thin block.
            let foreign = thin || numeric || (closed && !rated);
            if foreign && rated && at > 0 {
                closed = true;
            }
            if !foreign {
                kept.extend(segment.iter().map(|row| row.index));
            }
        }
        kept
    }

    /// Whether a row behind a gap heads another table: texts alone, one of them where levels should stand, and the first
    /// a word for what a column holds.
    fn heads(&self, row: &Row) -> bool {
        let filled: Vec<_> = row.cells.iter().filter(|(_, cell)| !cell.shown().is_empty()).collect();
        let texts = filled.iter().all(|(_, cell)| matches!(cell.value, Value::Text(_)));
        let first = filled.first().map(|(_, cell)| cell.shown()).unwrap_or_default();
        let spoken = self.words.header(&first).first().is_some_and(|(_, strength)| *strength >= 0.9);
        filled.len() >= 2 && texts && spoken && self.rated(row)
    }

    fn columns(&self) -> impl Iterator<Item = &Column> + '_ {
        let table = &self.draft.table;
        self.draft
            .labels
            .columns()
            .chain(self.draft.measures.iter().flat_map(Measure::columns))
            .map(|index| &table.columns[index])
    }

    fn first_name(&self, row: &Row) -> Option<String> {
        let table = &self.draft.table;
        self.draft.labels.columns().find_map(|index| labels::text(row, &table.columns[index]))
    }

    /// Whether any rating cell of the row holds something.
    fn rated(&self, row: &Row) -> bool {
        let table = &self.draft.table;
        self.draft.measures.iter().flat_map(Measure::columns).any(|index| {
            row.cell(table.columns[index].col).is_some_and(|cell| !cell.shown().is_empty() || cell.formula.is_some())
        })
    }

    /// Whether subjects stand on the first rows of blocks: the first row has one, and few others do.
    fn subject_by_block(&self) -> bool {
        let Some(index) = self.draft.labels.subject else { return false };
        let (table, column) = (&self.draft.table, &self.draft.table.columns[index]);
        let first = table.rows.first().is_some_and(|row| labels::text(row, column).is_some());
        first && column.profile.filled * 2 <= table.rows.len()
    }

    /// Whether a rated row has a name in one column where the others have one in each: a mean, a maximum, a benchmark.
    fn half_named(&self, row: &Row, block: &[f64]) -> bool {
        let Some(names) = &self.names_each else { return false };
        if !self.rated(row) {
            return false;
        }
        let table = &self.draft.table;
        let named: Vec<usize> =
            names.iter().copied().filter(|index| labels::text(row, &table.columns[*index]).is_some()).collect();
        let [only] = named[..] else { return false };
        let practice = self.draft.labels.practice == Some(only);
        // A practice without its area may be a slip of the pen; one that is the mean of those above is none.
        !practice || names.len() > 2 || self.sums_up(row, block)
    }

    /// The level now of a row with one measure.
    fn level(&self, row: &Row) -> Option<f64> {
        let [Measure { current: Source::Column(index), .. }] = &self.draft.measures[..] else { return None };
        let cell = row.cell(self.draft.table.columns[*index].col);
        match level::answer(cell, self.words, self.names) {
            Answer::Level(found) => Some(found.value),
            _ => None,
        }
    }

    /// Whether a row without a name holds the mean or the sum of the block above it.
    fn sums_up(&self, row: &Row, block: &[f64]) -> bool {
        let Some(level) = self.level(row) else { return false };
        let sum: f64 = block.iter().sum();
        let near = |other: f64| (level - other).abs() < 0.006;
        block.len() >= 2
            && (near(sum / block.len() as f64) || near((sum / block.len() as f64 * 10.0).round() / 10.0) || near(sum))
    }

    fn kind(&self, row: &Row) -> Kind {
        let (draft, table) = (self.draft, &self.draft.table);
        let first = table
            .columns
            .iter()
            .take_while(|column| {
                !draft.measures.iter().any(|m| m.columns().iter().any(|i| table.columns[*i].col == column.col))
            })
            .find_map(|column| labels::text(row, column))
            .or_else(|| self.first_name(row));
        if draft.labels.headings && draft.labels.heading_rows.contains(&row.index) {
            // The name, rather than the number it carries.
            let practice = draft.labels.practice.and_then(|index| labels::text(row, &table.columns[index]));
            let name = practice.or_else(|| self.first_name(row)).or_else(|| first.clone()).unwrap_or_default();
            return if self.words.is_total(&name) { Kind::Total(name) } else { Kind::Heading(name) };
        }
        let totals = |name: &&String| {
            self.words.is_total(name) || self.words.total_of(name).is_some_and(|area| self.areas.contains(&area))
        };
        if let Some(name) = first.iter().chain(self.first_name(row).iter()).find(totals) {
            return Kind::Total(name.clone());
        }
        // `1 | 2 | 3 | 4` or `(1) | (2) | (3)` under the header numbers the columns of a form.
        if table.rows.first().is_some_and(|first| first.index == row.index) && numbers_columns(row) {
            return Kind::Foreign;
        }
        // `Example | do not delete | 3 | 5` shows how the form is filled in.
        if first.as_ref().is_some_and(|name| is_example(name)) {
            return Kind::Foreign;
        }
        // A formula over cells of its own column sums up rows of this table.
        let sums = draft.measures.iter().find_map(|measure| {
            let Source::Column(index) = measure.current else { return None };
            let col = table.columns[index].col;
            let formula = row.cell(col)?.formula.as_deref()?;
            let (from, to) = labels::sums_up(formula, col)?;
            let over = table
                .rows
                .iter()
                .filter(|other| other.index != row.index && (from..=to).contains(&other.index))
                .count();
            (over >= 2 && !(from..=to).contains(&row.index)).then_some(())
        });
        if sums.is_some() {
            return Kind::Total(first.unwrap_or_default());
        }
        let rated = self.rated(row);
        if !rated {
            let filled = row.cells.iter().filter(|(_, cell)| !cell.shown().is_empty()).count();
            let later = table.rows.iter().rev().find(|other| self.rated(other)).map_or(0, |other| other.index);
            let alone = filled <= 1;
            let long = first.as_ref().is_some_and(|name| name.chars().count() > 60);
            if alone && (row.index > later || long) {
                return Kind::Foreign;
            }
            // The area's name on a row of its own, before its practices.
            let only_area =
                draft.labels.areas.iter().any(|index| labels::text(row, &table.columns[*index]).is_some())
                    && (draft.labels.practice.is_some() || draft.labels.id.is_some())
                    && [draft.labels.practice, draft.labels.id]
                        .into_iter()
                        .flatten()
                        .all(|index| labels::text(row, &table.columns[index]).is_none());
            if only_area && alone {
                return Kind::Rating;
            }
        }
        // The header printed once more.
        let repeated = draft.measures.iter().any(|measure| {
            measure.columns().iter().any(|index| {
                let column = &table.columns[*index];
                !column.head.is_empty()
                    && labels::text(row, column)
                        .is_some_and(|text| text == column.head && level::number(&text).is_none())
            })
        });
        if repeated { Kind::Foreign } else { Kind::Rating }
    }

    /// Whether the row is in scope.
    fn applies(&self, row: &Row) -> bool {
        let value = |role: Role| {
            let index = self.draft.extras.get(&role)?;
            row.cell(self.draft.table.columns[*index].col).map(|cell| &cell.value)
        };
        let says = |value: Option<&Value>| match value {
            Some(Value::Bool(yes)) => Some(*yes),
            Some(Value::Number(number)) => Some(*number != 0.0),
            Some(Value::Text(text)) => {
                let plain = folded(text);
                match plain.as_str() {
                    "yes" | "y" | "ja" | "j" | "si" | "s" | "sim" | "oui" | "o" | "true" | "x" | "in scope"
                    | "applicable" | "anwendbar" | "in" | "wahr" => Some(true),
                    "no" | "n" | "nein" | "nao" | "non" | "false" | "out of scope" | "not applicable" | "n a"
                    | "na" | "nicht anwendbar" | "out" | "falsch" | "excluded" => Some(false),
                    _ => level::is_mark(text).then_some(true),
                }
            }
            _ => None,
        };
        says(value(Role::Scope)) != Some(false) && says(value(Role::NotApplicable)) != Some(true)
    }

    fn weight(&self, row: &Row, read: &mut Read) -> f64 {
        let Some(index) = self.draft.extras.get(&Role::Weight) else { return 1.0 };
        let col = self.draft.table.columns[*index].col;
        let Some(cell) = row.cell(col) else { return 1.0 };
        let place = self.draft.table.sheet.place(row.index, col);
        let number = match &cell.value {
            Value::Blank => return 1.0,
            Value::Number(number) => Some(*number),
            Value::Text(text) if text.trim().is_empty() => return 1.0,
            Value::Text(text) => level::number(text).filter(|found| found.name.is_none()).map(|found| found.value),
            _ => None,
        };
        match number {
            Some(weight) if weight < 0.0 => {
                read.problems.push(
                    Problem::new("negative-weight", format!("the weight {} is below 0", quoted(&cell.shown())))
                        .at(place)
                        .hint("a weight is 0 or more; a blank counts 1"),
                );
                1.0
            }
            Some(weight) => weight,
            None => {
                read.warnings.push(
                    Problem::new("no-weight", format!("{} is no weight, counted as 1", quoted(&cell.shown())))
                        .at(place)
                        .hint("give a number, or --column weight= to leave the column out"),
                );
                1.0
            }
        }
    }

    fn rating(
        &self,
        row: &Row,
        measure: &Measure,
        (area, practice, id, subject): (Vec<String>, Option<String>, Option<String>, Option<String>),
        applies: bool,
        weight: f64,
    ) -> Raw {
        let table = &self.draft.table;
        let answer = |index: usize| self.answer(row, index, false);
        let place = |index: usize| table.sheet.place(row.index, table.columns[index].col);
        let (mut current, at, written) = match &measure.current {
            Source::Column(index) => (self.answer(row, *index, true), place(*index), self.written(row, *index)),
            Source::Marks(marks) => self.marked(row, marks),
        };
        if !applies {
            current = Answer::NotApplicable;
        }
        let extra = |role: Role| {
            let index = self.draft.extras.get(&role)?;
            labels::text(row, &table.columns[*index]).filter(|text| !matches!(text.as_str(), "-" | "–" | "—"))
        };
        let gap = self.draft.extras.get(&Role::Gap).and_then(|index| {
            let col = table.columns[*index].col;
            // In a text file every cell is text.
            let number = match &row.cell(col)?.value {
                Value::Number(number) => Some(*number),
                Value::Text(text) => {
                    level::number(text).filter(|found| found.name.is_none()).map(|found| found.value)
                }
                _ => None,
            };
            Some((number?, table.sheet.place(row.index, col)))
        });
        Raw {
            area,
            practice,
            id,
            subject,
            current,
            target: match measure.target {
                // Out of scope, whatever numbers the row holds; a lone "n/a" leaves the target that stands beside it.
                Some(_) if !applies => Answer::NotApplicable,
                Some(index) => answer(index),
                None => Answer::NotAssessed,
            },
            steps: measure.steps.iter().map(|(name, index)| (name.clone(), answer(*index))).collect(),
            earlier: measure.earlier.iter().map(|(name, index)| (name.clone(), answer(*index))).collect(),
            weight,
            priority: extra(Role::Priority).and_then(|text| priority(&text)),
            owner: extra(Role::Owner),
            due: self.due(row),
            evidence: extra(Role::Evidence),
            action: extra(Role::Action),
            when: extra(Role::Time),
            gap: (self.draft.measures.len() == 1).then_some(gap).flatten(),
            written,
            at,
            target_at: measure.target.map(place),
            hidden: table.sheet.hidden_rows.as_ref().is_some_and(|rows| rows.contains(&row.index)),
        }
    }

    /// What a cell says; a measured value, where its row measures something. `now` is whether it is the level now.
    fn answer(&self, row: &Row, index: usize, now: bool) -> Answer {
        let table = &self.draft.table;
        let col = table.columns[index].col;
        let cell = row.cell(col);
        let measured = table
            .measured
            .as_ref()
            .zip(cell)
            .and_then(|(measured, cell)| measured.answer(row.index, cell, col, now, self.words, self.names));
        measured.unwrap_or_else(|| level::answer(cell, self.words, self.names))
    }

    /// What stands in a cell of levels now, with the unit of its row where it is a measured number.
    fn written(&self, row: &Row, index: usize) -> String {
        let table = &self.draft.table;
        let col = table.columns[index].col;
        let Some(cell) = row.cell(col) else { return String::new() };
        let measured = table.measured.as_ref().and_then(|measured| measured.written(row.index, cell, col, true));
        measured.unwrap_or_else(|| shown(cell))
    }

    fn due(&self, row: &Row) -> Option<String> {
        let index = self.draft.extras.get(&Role::Due)?;
        let cell = row.cell(self.draft.table.columns[*index].col)?;
        match &cell.value {
            Value::Date(date) => Some(date.chars().take(10).collect()),
            _ => labels::text(row, &self.draft.table.columns[*index])
                .filter(|text| !matches!(text.as_str(), "-" | "–" | "—")),
        }
    }

    /// The level that is ticked: the highest, where ticks run up to it.
    fn marked(&self, row: &Row, marks: &[(usize, f64)]) -> (Answer, Place, String) {
        let table = &self.draft.table;
        let ticked: Vec<&(usize, f64)> = marks
            .iter()
            .filter(|(index, _)| labels::text(row, &table.columns[*index]).is_some_and(|text| level::is_mark(&text)))
            .collect();
        let index = ticked.last().map_or(marks[0].0, |(index, _)| *index);
        let place = table.sheet.place(row.index, table.columns[index].col);
        // One tick, or a run from the first level on; anything else contradicts itself.
        let run = ticked.iter().zip(marks).all(|(ticked, mark)| ticked.0 == mark.0);
        let written =
            ticked.iter().map(|(index, _)| table.columns[*index].head.clone()).collect::<Vec<_>>().join(", ");
        let answer = match ticked.last() {
            None => Answer::NotAssessed,
            Some((_, value)) if ticked.len() == 1 || run => {
                Answer::Level(level::Found { value: *value, name: None, form: level::Form::Number, of: None })
            }
            Some(_) => Answer::Not(level::Why::Text(format!("ticks under {written}"))),
        };
        (answer, place, written)
    }

    fn tell(
        &self,
        read: &mut Read,
        totals: Vec<(u32, String)>,
        foreign: Vec<u32>,
        unnamed: Vec<u32>,
        filled_down: BTreeSet<u32>,
        out_of_scope: usize,
    ) {
        let sheet = self.draft.table.sheet;
        let on = sheet.name.as_deref().map(|name| format!("{}, ", quoted(name))).unwrap_or_default();
        let mut leave =
            |what: String, because: String| read.left_out.push(LeftOut { what: format!("{on}{what}"), because });
        if !totals.is_empty() {
            let names: Vec<String> = totals.iter().take(3).map(|(_, name)| quoted(name)).collect();
            leave(
                rows_named(&totals.iter().map(|(row, _)| *row).collect::<Vec<_>>()),
                format!("totals, no ratings: {}", names.join(", ")),
            );
        }
        if !foreign.is_empty() {
            leave(rows_named(&foreign), "not part of the table".to_owned());
        }
        if !unnamed.is_empty() {
            leave(rows_named(&unnamed), "levels without a name for what is rated".to_owned());
            read.warnings.push(
                Problem::new(
                    "no-name",
                    format!("{} hold levels without a name for what is rated, left out", rows_named(&unnamed)),
                )
                .at(self.draft.header_place())
                .hint("name the column of names: --column practice=\"HEADER\", or delete the rows"),
            );
        }
        if !filled_down.is_empty() {
            read.notes
                .push(format!("the area of {} is that of the row above", count(filled_down.len(), "row", "rows")));
        }
        if out_of_scope > 0 {
            read.notes
                .push(format!("{} out of scope, counted as not applicable", count(out_of_scope, "row", "rows")));
        }
    }
}

/// `1 row`, `3 rows`.
pub fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}

/// Whether the cells of a row count up from 1 without a gap, three at least.
fn numbers_columns(row: &Row) -> bool {
    let texts: Vec<String> = row.cells.iter().map(|(_, cell)| cell.shown()).filter(|text| !text.is_empty()).collect();
    let plain = |text: &String| text.trim_matches(['(', ')', '[', ']', ' ', '.']).to_owned();
    texts.len() >= 3 && texts.iter().enumerate().all(|(at, text)| plain(text) == (at + 1).to_string())
}

fn is_example(name: &str) -> bool {
    let plain = folded(name);
    ["example", "beispiel", "exemple", "ejemplo", "exemplo", "pre filled", "prefilled"].contains(&plain.as_str())
}

/// Whether a text says "as above".
fn is_ditto(text: &str) -> bool {
    matches!(
        text.trim().to_lowercase().as_str(),
        "\"" | "''"
            | "\"\""
            | "″"
            | "”"
            | "“"
            | "〃"
            | "ditto"
            | "dto."
            | "dto"
            | "do."
            | "idem"
            | "id."
            | "s.o."
            | "s. o."
    )
}

/// `row 7`, `rows 3 to 6`, `rows 3, 7 and 5 more`.
pub fn rows_named(rows: &[u32]) -> String {
    match rows {
        [] => String::new(),
        [one] => format!("row {one}"),
        [first, .., last] if *last - *first + 1 == rows.len() as u32 => format!("rows {first} to {last}"),
        [first, second] => format!("rows {first} and {second}"),
        [first, second, rest @ ..] => format!("rows {first}, {second} and {} more", rest.len()),
    }
}

/// A cell as a person reads it: percentages as such.
pub(super) fn shown(cell: &crate::sheet::Cell) -> String {
    match (&cell.value, cell.percent) {
        (Value::Number(number), true) => format!("{} %", (number * 1e6).round() / 1e4),
        _ => cell.shown(),
    }
}

/// A priority: a number, or high, medium and low as 3, 2 and 1.
fn priority(text: &str) -> Option<f64> {
    if let Some(found) = level::number(text) {
        return (found.value.is_finite() && found.value >= 0.0).then_some(found.value);
    }
    let plain = folded(text);
    let value = match plain.as_str() {
        "critical" | "very high" | "kritisch" | "sehr hoch" | "critica" | "critico" | "muy alta" | "muito alta"
        | "critique" | "urgent" => 4.0,
        "high" | "h" | "hoch" | "alta" | "alto" | "haute" | "eleve" | "elevee" => 3.0,
        "medium" | "moderate" | "m" | "mittel" | "media" | "medio" | "moyenne" | "moyen" | "normal" => 2.0,
        "low" | "l" | "niedrig" | "gering" | "baja" | "bajo" | "baixa" | "baixo" | "basse" | "faible" => 1.0,
        _ => return None,
    };
    Some(value)
}
