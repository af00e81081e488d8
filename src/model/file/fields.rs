//! Tables of a TOML file read key by key, with every mistake kept beside its line and column.

use std::cell::RefCell;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::error::{Problem, quoted};

/// Problems with the place in the text where each stands, in bytes.
#[derive(Default)]
pub struct Mistakes(RefCell<Vec<(usize, Problem)>>);

impl Mistakes {
    /// Keeps a problem at a place.
    pub fn add(&self, at: &Range<usize>, problem: Problem) {
        self.0.borrow_mut().push((at.start, problem));
    }

    /// All problems in the order of the text, each with `line 3, column 7`.
    pub fn told(self, text: &str) -> Vec<Problem> {
        let mut found = self.0.into_inner();
        found.sort_by_key(|(at, _)| *at);
        found.into_iter().map(|(at, problem)| problem.at(line_and_column(text, at))).collect()
    }
}

/// `line 3, column 7`, both from 1, columns in characters.
fn line_and_column(text: &str, at: usize) -> String {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    format!("line {line}, column {column}")
}

/// One table: `what` names it in messages, "area `testing`".
pub struct Fields<'a> {
    table: &'a DeTable<'a>,
    /// Where the table stands.
    pub span: Range<usize>,
    /// How messages name it; empty for the file as a whole.
    pub what: String,
    mistakes: &'a Mistakes,
}

/// A value with its place.
pub type Placed<T> = (T, Range<usize>);

impl<'a> Fields<'a> {
    /// A table as it was parsed.
    pub fn new(table: &'a DeTable<'a>, span: Range<usize>, what: String, mistakes: &'a Mistakes) -> Self {
        Self { table, span, what, mistakes }
    }

    /// Keeps a mistake.
    pub fn wrong(&self, at: &Range<usize>, message: impl Into<String>, hint: Option<String>) {
        let mut problem = Problem::new("bad-model", message);
        problem.hint = hint;
        self.mistakes.add(at, problem);
    }

    /// Tells of every key that none of `known` is, with the nearest one.
    pub fn only(&self, known: &[&str]) {
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            if known.contains(&name) {
                continue;
            }
            let place = if self.what.is_empty() { "a model file".to_owned() } else { self.what.clone() };
            let hint = match nearest(name, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known here: {}", known.join(", ")),
            };
            self.wrong(&key.span(), format!("{} is no key of {place}", quoted(name)), Some(hint));
        }
    }

    fn value(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.table.get(key)
    }

    fn kind(&self, key: &str, value: &Spanned<DeValue>, wanted: &str) {
        let is = match value.get_ref() {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.wrong(&value.span(), format!("`{key}` is {wanted}, not {is}"), None);
    }

    /// Where a key's value stands; the table itself where it is missing.
    pub fn place(&self, key: &str) -> Range<usize> {
        self.value(key).map_or_else(|| self.span.clone(), Spanned::span)
    }

    /// A text.
    pub fn text(&self, key: &str) -> Option<String> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            _ => {
                self.kind(key, value, "a text");
                None
            }
        }
    }

    /// A text that must be there.
    pub fn need(&self, key: &str) -> String {
        if let Some(text) = self.text(key) {
            return text;
        }
        match self.value(key) {
            None => self.missing(key),
            Some(value) if value.get_ref().is_str() => {
                self.wrong(&value.span(), format!("`{key}` is empty"), None);
            }
            Some(_) => {}
        }
        String::new()
    }

    /// Tells that a key is missing.
    pub fn missing(&self, key: &str) {
        let what = if self.what.is_empty() { "the model" } else { &self.what };
        self.wrong(&self.span, format!("{what} has no `{key}`"), None);
    }

    /// A number.
    pub fn number(&self, key: &str) -> Option<f64> {
        let value = self.value(key)?;
        let number = as_number(value.get_ref());
        if number.is_none() {
            self.kind(key, value, "a number");
        }
        number
    }

    /// A number of 0 or more; `otherwise` where it is not given.
    pub fn amount(&self, key: &str, otherwise: f64) -> f64 {
        match self.number(key) {
            Some(number) if number < 0.0 => {
                self.wrong(&self.place(key), format!("`{key}` is {number}, below 0"), None);
                otherwise
            }
            number => number.unwrap_or(otherwise),
        }
    }

    /// A word of a set, with the set for the hint.
    pub fn one_of<T: Copy>(&self, key: &str, set: &[(&str, T)]) -> Option<T> {
        let word = self.text(key)?;
        let found = set.iter().find(|(name, _)| *name == word);
        if found.is_none() {
            let names: Vec<&str> = set.iter().map(|(name, _)| *name).collect();
            let hint = match nearest(&word, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known: {}", names.join(", ")),
            };
            self.wrong(&self.place(key), format!("`{key}` has no value {}", quoted(&word)), Some(hint));
        }
        found.map(|(_, value)| *value)
    }

    /// A list of texts; one text counts as a list of one.
    pub fn texts(&self, key: &str) -> Vec<String> {
        self.value(key).map_or_else(Vec::new, |value| self.text_list(key, value))
    }

    fn text_list(&self, key: &str, value: &Spanned<DeValue>) -> Vec<String> {
        match value.get_ref() {
            DeValue::String(text) => vec![text.trim().to_owned()],
            DeValue::Array(items) => items
                .iter()
                .filter_map(|item| match item.get_ref() {
                    DeValue::String(text) => Some(text.trim().to_owned()),
                    _ => {
                        self.kind(key, item, "a list of texts");
                        None
                    }
                })
                .collect(),
            _ => {
                self.kind(key, value, "a list of texts");
                Vec::new()
            }
        }
    }

    /// A list of numbers.
    pub fn numbers(&self, key: &str) -> Vec<Placed<f64>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            self.kind(key, value, "a list of numbers");
            return Vec::new();
        };
        let read = |item: &Spanned<DeValue>| match as_number(item.get_ref()) {
            Some(number) => Some((number, item.span())),
            None => {
                self.kind(key, item, "a list of numbers");
                None
            }
        };
        items.iter().filter_map(read).collect()
    }

    /// A table.
    pub fn table(&self, key: &str, what: String) -> Option<Fields<'a>> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::Table(table) => Some(Fields::new(table, value.span(), what, self.mistakes)),
            _ => {
                self.kind(key, value, "a table");
                None
            }
        }
    }

    /// A list of tables (`[[area]]`, or `[{ … }]`), named "area 3" until they have a better name.
    pub fn tables(&self, key: &str, what: &str) -> Vec<Fields<'a>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            self.kind(key, value, "a list of tables");
            return Vec::new();
        };
        let read = |(index, item): (usize, &'a Spanned<DeValue<'a>>)| match item.get_ref() {
            DeValue::Table(table) => {
                Some(Fields::new(table, item.span(), format!("{what} {}", index + 1), self.mistakes))
            }
            _ => {
                self.kind(key, item, "a list of tables");
                None
            }
        };
        items.iter().enumerate().filter_map(read).collect()
    }

    /// The entries of this table whose keys are numbers (`"-1" = …`), with the places of the keys.
    pub fn by_number(&self) -> Vec<(Placed<f64>, &'a str, Range<usize>)> {
        let mut entries = Vec::new();
        for key in self.table.keys() {
            let name: &'a str = key.get_ref().as_ref();
            match name.trim().parse::<f64>() {
                Ok(number) if number.is_finite() => {
                    entries.push(((number, key.span()), name, self.place(name)));
                }
                _ => self.wrong(
                    &key.span(),
                    format!("{} is no level in {}", quoted(name), self.what),
                    Some("keys are the values of levels: \"2\" = …".to_owned()),
                ),
            }
        }
        entries
    }

    /// The keys of this table as they stand, with their places.
    pub fn keys(&self) -> Vec<Placed<&'a str>> {
        self.table.keys().map(|key| (key.get_ref().as_ref(), key.span())).collect()
    }
}

fn as_number(value: &DeValue) -> Option<f64> {
    let number = match value {
        DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str().parse::<f64>().ok()?,
        DeValue::Float(float) => float.as_str().parse::<f64>().ok()?,
        _ => return None,
    };
    number.is_finite().then_some(number)
}

/// The nearest of some names, where one is near enough to be meant.
pub fn nearest<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let lower = name.to_lowercase();
    known
        .map(|candidate| (strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= candidate.chars().count().div_ceil(3).min(4))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}
