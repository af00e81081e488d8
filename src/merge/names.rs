//! One spelling for names that differ only in blanks, case or punctuation, as within one file: that of the first file
//! that has the name. Files come in a fixed order, so it is a function of the set of them.

use std::collections::{BTreeMap, BTreeSet};

use super::parts::Part;
use crate::analysis::{Item, ModelArea};
use crate::error::quoted;
use crate::recognise::bare;

/// The spelling of areas and subjects in a merged document.
#[derive(Default)]
pub(super) struct Names {
    /// By the bare names from the top area down, the last name as it is spelled.
    areas: BTreeMap<Vec<String>, String>,
    /// By bare name; empty where subjects stay apart.
    subjects: BTreeMap<String, String>,
    /// Names that are spelled otherwise in some file, and the spelling taken.
    joined: BTreeSet<(String, String)>,
}

impl Names {
    /// The spelling of all files' names; of subjects too where these are joined.
    pub(super) fn of(parts: &[Part], subjects: bool) -> Self {
        let mut names = Self::default();
        for part in parts {
            let ratings = part.ratings.iter().map(|it| (&it.path, &it.subject));
            let sums = part.origin.sums.iter().map(|it| (&it.path, &it.subject));
            for (path, subject) in ratings.chain(sums) {
                names.note(path);
                if let Some(subject) = subject.as_ref().filter(|_| subjects) {
                    let known = names.subjects.entry(key(subject)).or_insert_with(|| subject.clone());
                    if known != subject {
                        names.joined.insert((subject.clone(), known.clone()));
                    }
                }
            }
        }
        names
    }

    fn note(&mut self, path: &[String]) {
        let mut keys = Vec::new();
        for name in path {
            keys.push(key(name));
            let known = self.areas.entry(keys.clone()).or_insert_with(|| name.clone());
            if known != name {
                self.joined.insert((name.clone(), known.clone()));
            }
        }
    }

    /// An area's names as the merged document spells them.
    pub(super) fn path(&self, path: &[String]) -> Vec<String> {
        let mut keys = Vec::new();
        let spelled = path.iter().map(|name| {
            keys.push(key(name));
            self.areas.get(&keys).unwrap_or(name).clone()
        });
        spelled.collect()
    }

    /// A subject's name as the merged document spells it.
    pub(super) fn subject(&self, name: &str) -> String {
        self.subjects.get(&key(name)).map_or_else(|| name.to_owned(), Clone::clone)
    }

    /// What came or went, with its area so spelled.
    pub(super) fn item(&self, item: &Item) -> Item {
        Item { path: self.path(&item.path), ..item.clone() }
    }

    /// What a model says of an area, the area so spelled.
    pub(super) fn model_area(&self, area: &ModelArea) -> ModelArea {
        ModelArea { path: self.path(&area.path), ..area.clone() }
    }

    /// What was joined, a phrase a spelling.
    pub(super) fn notes(&self) -> Vec<String> {
        self.joined.iter().map(|(from, to)| format!("{} is read as {}", quoted(from), quoted(to))).collect()
    }
}

/// A name of signs alone has nothing to compare but itself.
fn key(name: &str) -> String {
    match bare(name) {
        key if key.is_empty() => name.to_owned(),
        key => key,
    }
}
