//! An assessment against earlier ones: matched by area, practice and subject, never by guess.
//!
//! Spelling is forgiven as far as blanks and capitals go. A name that changed is told apart from one that came or went
//! only where the user says so ([`Renamed`]); a near name is named in a warning.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::history::{self, Item, Renamed};
use crate::analysis::{Analysis, RatingLine, State};
use crate::error::{Problem, Problems, Result, quoted};
use crate::model::Scale;
use crate::number::NumberStyle;

/// How alike two names must be to be named as perhaps the same, 0 to 1.
const ALIKE: f64 = 0.5;

/// An earlier assessment.
#[derive(Clone, Debug, PartialEq)]
pub struct Past {
    /// Its file, for messages.
    pub file: String,
    /// Its date.
    pub name: String,
    scale: Scale,
    model: Option<String>,
    items: Vec<Item>,
    invalid: u64,
}

impl Past {
    /// The ratings of an analysis as an earlier assessment; `file` names it in messages.
    pub fn of(analysis: &Analysis, file: &str) -> Self {
        Self {
            file: file.to_owned(),
            name: analysis.date.clone(),
            scale: analysis.scale.clone(),
            model: analysis.model.as_ref().map(|model| model.id.clone()),
            items: analysis.ratings.iter().map(Item::of).collect(),
            invalid: analysis.overall.invalid,
        }
    }

    /// How many of its ratings held no level at all.
    pub fn invalid(&self) -> u64 {
        self.invalid
    }

    /// Only the ratings that came from this file, where the earlier document is a merged one.
    #[must_use]
    pub fn only(analysis: &Analysis, file: &str, input: &str) -> Self {
        let mut past = Self::of(analysis, file);
        if analysis.input.is_none() {
            let kept = || analysis.ratings.iter().filter(|it| it.file.as_deref().is_none_or(|it| it == input));
            past.items = kept().map(Item::of).collect();
            past.invalid = kept().filter(|it| it.state == State::Invalid).count() as u64;
        }
        past
    }
}

/// Compares an analysis with earlier assessments, oldest first: change and progress refer to the last one.
///
/// Fills the ratings' earlier levels, what follows from them in every figure, the line through all points, and what is
/// new or was dropped since the last one.
///
/// # Errors
/// `other-scale`, `other-model`, `nothing-matches`, `unknown-name` of a rename.
pub fn compare(analysis: &mut Analysis, pasts: &[Past], renamed: &[Renamed]) -> Result<()> {
    if pasts.is_empty() {
        return Ok(());
    }
    let mut problems: Vec<Problem> = pasts.iter().filter_map(|past| unlike(analysis, past)).collect();
    problems.extend(renamed.iter().flat_map(|rename| unknown(analysis, pasts, rename)));
    if !problems.is_empty() {
        return Err(Problems(problems));
    }
    let mut points = Vec::new();
    let mut last = Matched::default();
    for past in pasts {
        last = matched(analysis, past, renamed);
        if last.added.len() == analysis.ratings.len() && !past.items.is_empty() {
            problems.push(nothing(analysis, past));
        }
        points.push((past.name.clone(), std::mem::take(&mut last.levels)));
    }
    if !problems.is_empty() {
        return Err(Problems(problems));
    }
    history::set(analysis, &points);
    analysis.renamed = renamed.to_vec();
    analysis.added = last.added.iter().map(|index| Item::of(&analysis.ratings[*index])).collect();
    analysis.dropped = last.dropped;
    let hints = near(analysis);
    analysis.warnings.extend(hints);
    Ok(())
}

/// One earlier assessment laid over the ratings of today.
#[derive(Default)]
struct Matched {
    /// The level then, for each rating.
    levels: Vec<Option<f64>>,
    /// Ratings that were not asked for then.
    added: Vec<usize>,
    dropped: Vec<Item>,
}

/// Area, practice, subject and the how-many-th of its kind.
type Key = (Vec<String>, Option<String>, Option<String>, usize);

fn matched(analysis: &Analysis, past: &Past, renamed: &[Renamed]) -> Matched {
    let names: BTreeMap<String, String> =
        renamed.iter().map(|rename| (folded(&rename.old), folded(&rename.new))).collect();
    let today = |text: &str| {
        let text = folded(text);
        names.get(&text).cloned().unwrap_or(text)
    };
    let mut by_id = BTreeMap::new();
    let mut by_name = BTreeMap::new();
    let (mut ids, mut practices) = (Count::default(), Count::default());
    for (index, item) in past.items.iter().enumerate() {
        let path: Vec<String> = item.path.iter().map(|name| today(name)).collect();
        let subject = item.subject.as_deref().map(today);
        if let Some(id) = item.practice_id.as_deref().map(today) {
            by_id.insert(ids.key(path.clone(), Some(id), subject.clone()), index);
        }
        by_name.insert(practices.key(path, item.practice.as_deref().map(today), subject), index);
    }
    let (mut ids, mut practices) = (Count::default(), Count::default());
    let mut used = BTreeSet::new();
    let mut found = Matched::default();
    for (index, rating) in analysis.ratings.iter().enumerate() {
        let path: Vec<String> = rating.path.iter().map(|name| folded(name)).collect();
        let subject = rating.subject.as_deref().map(folded);
        let id = rating.practice_id.as_deref().map(folded);
        let id = id.map(|id| ids.key(path.clone(), Some(id), subject.clone()));
        let name = practices.key(path, rating.practice.as_deref().map(folded), subject);
        let before = id.and_then(|key| by_id.get(&key)).or_else(|| by_name.get(&name)).copied();
        // An id and a name could lead to the same earlier rating; it counts for the first only.
        match before.filter(|before| used.insert(*before)) {
            Some(before) => found.levels.push(past.items[before].level),
            None => {
                found.levels.push(None);
                found.added.push(index);
            }
        }
    }
    let gone = past.items.iter().enumerate().filter(|(index, _)| !used.contains(index));
    found.dropped = gone.map(|(_, item)| item.clone()).collect();
    found
}

/// Area, practice and subject.
type About = (Vec<String>, Option<String>, Option<String>);

/// Numbers ratings that nothing tells apart in the order they stand.
#[derive(Default)]
struct Count(BTreeMap<About, usize>);

impl Count {
    fn key(&mut self, path: Vec<String>, practice: Option<String>, subject: Option<String>) -> Key {
        let seen = self.0.entry((path.clone(), practice.clone(), subject.clone())).or_default();
        *seen += 1;
        (path, practice, subject, *seen)
    }
}

/// A name without regard to capitals and blanks.
pub fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn unlike(analysis: &Analysis, past: &Past) -> Option<Problem> {
    if let (Some(now), Some(then)) = (&analysis.model, &past.model)
        && now.id != *then
    {
        let message = format!("{}: rated against the model `{then}`, this file against `{}`", past.file, now.id);
        return Some(
            Problem::new("other-model", message)
                .hint("compare assessments of one model; where both are of one, name it: --model ID"),
        );
    }
    let values = |scale: &Scale| scale.levels().iter().map(|level| level.value).collect::<Vec<_>>();
    (values(&analysis.scale) != values(&past.scale)).then(|| {
        let message =
            format!("{}: its scale is {}, this file's {}", past.file, shown(&past.scale), shown(&analysis.scale));
        Problem::new("other-scale", message).hint("where both stand on one scale, name it: --scale LOW..HIGH")
    })
}

/// `−1..3`, as flags write it: `-1..3`.
pub(crate) fn shown(scale: &Scale) -> String {
    let level = |value| NumberStyle::ENGLISH.level(value).replace('−', "-");
    format!("{}..{}", level(scale.lowest()), level(scale.highest()))
}

fn nothing(analysis: &Analysis, past: &Past) -> Problem {
    let name = |it: Option<&Item>| it.and_then(|it| it.path.last()).map(|it| quoted(it)).unwrap_or_default();
    let now = analysis.ratings.first().map(Item::of);
    let message = format!(
        "{}: none of its ratings is about what this file rates: there {}, here {}",
        past.file,
        name(past.items.first()),
        name(now.as_ref())
    );
    Problem::new("nothing-matches", message).hint("names that changed: --rename \"OLD=NEW\"")
}

/// Every name of an item, for renames.
fn names(item: &Item) -> impl Iterator<Item = &String> {
    item.path.iter().chain(&item.practice_id).chain(&item.practice).chain(&item.subject)
}

fn unknown(analysis: &Analysis, pasts: &[Past], rename: &Renamed) -> Vec<Problem> {
    let now: Vec<Item> = analysis.ratings.iter().map(Item::of).collect();
    let then: Vec<&String> = pasts.iter().flat_map(|past| &past.items).flat_map(names).collect();
    let now: Vec<&String> = now.iter().flat_map(names).collect();
    let check = |name: &str, known: &[&String], whose: &str| {
        (!known.iter().any(|it| folded(it) == folded(name))).then(|| {
            let message = format!("--rename: {} is no name in {whose}", quoted(name));
            let problem = Problem::new("unknown-name", message);
            match nearest(name, known.iter().map(|it| it.as_str())) {
                Some(near) => problem.hint(format!("the nearest is {}", quoted(near))),
                None => {
                    problem.hint("--rename \"OLD=NEW\" takes areas, practices and subjects as the files spell them")
                }
            }
        })
    };
    [check(&rename.old, &then, "the earlier assessment"), check(&rename.new, &now, "this file")]
        .into_iter()
        .flatten()
        .collect()
}

/// The known name that is most like a given one, where any is alike at all.
pub fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let name = folded(name);
    let mut best: Option<(f64, &str)> = None;
    for other in known {
        let short = folded(other);
        let inside = !name.is_empty() && (short.contains(&name) || !short.is_empty() && name.contains(&short));
        let alike = strsim::normalized_damerau_levenshtein(&name, &short).max(if inside { 0.5 } else { 0.0 });
        if alike >= 0.4 && best.is_none_or(|(most, _)| alike > most) {
            best = Some((alike, other));
        }
    }
    best.map(|(_, other)| other)
}

/// Warnings about areas and subjects that came and went under names that are alike.
fn near(analysis: &Analysis) -> Vec<Problem> {
    let mut told = BTreeSet::new();
    let mut problems = Vec::new();
    let today: BTreeSet<String> = analysis
        .ratings
        .iter()
        .map(Item::of)
        .flat_map(|it| names(&it).map(|it| folded(it)).collect::<Vec<_>>())
        .collect();
    let before: BTreeSet<String> = analysis.dropped.iter().flat_map(names).map(|it| folded(it)).collect();
    let gone: Vec<&String> = analysis
        .dropped
        .iter()
        .flat_map(|it| it.path.iter().chain(&it.subject))
        .filter(|it| !today.contains(&folded(it)))
        .collect();
    let new: Vec<&String> = analysis
        .added
        .iter()
        .flat_map(|it| it.path.iter().chain(&it.subject))
        .filter(|it| !before.contains(&folded(it)))
        .collect();
    for old in gone {
        if !told.insert(folded(old)) {
            continue;
        }
        let alike = |it: &&String| strsim::normalized_damerau_levenshtein(&folded(old), &folded(it));
        let best = new.iter().copied().filter(|it| alike(it) >= ALIKE).max_by(|a, b| alike(a).total_cmp(&alike(b)));
        if let Some(new) = best {
            let message = format!("{} was dropped and {} is new; they are taken for two", quoted(old), quoted(new));
            problems.push(
                Problem::new("perhaps-renamed", message).hint(format!("if they are one: --rename \"{old}={new}\"")),
            );
        }
    }
    problems
}

/// Whether a rating had a level that is not known any more.
pub fn lost(rating: &RatingLine) -> bool {
    rating.previous.is_some() && matches!(rating.state, State::NotAssessed | State::Invalid)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples::analysis;

    fn past(lines: &[&str], date: &str) -> Past {
        let mut analysis = analysis(lines);
        analysis.date = date.to_owned();
        Past::of(&analysis, "before.json")
    }

    #[test]
    fn what_moved_came_and_went() {
        let mut now = analysis(&[
            "Testing | Unit tests | Core | 1 | 3",
            "Testing | Flaky tests | Core | 0 | 2",
            "Data | | Core | 2 | 2",
            "Data | | Web | - | 2",
        ]);
        let before = past(
            &[
                "testing | unit  TESTS | Core | 0 | 3",
                "Data | | Core | 3 | 2",
                "Data | | Web | 1 | 2",
                "Release | | Core | 1 | 2",
            ],
            "2025-07-31",
        );
        compare(&mut now, &[before], &[]).unwrap();
        assert_eq!(now.previous.as_deref(), Some("2025-07-31"));
        let levels: Vec<_> = now.ratings.iter().map(|it| it.previous).collect();
        assert_eq!(levels, [Some(0.0), None, Some(3.0), Some(1.0)]);
        assert_eq!((now.areas[0].figures.change, now.areas[1].figures.change), (Some(1.0), Some(-1.0)));
        assert_eq!(now.areas[0].figures.progress, Some(1.0 / 3.0));
        assert_eq!(now.added.iter().map(|it| it.practice.as_deref()).collect::<Vec<_>>(), [Some("Flaky tests")]);
        assert_eq!(now.dropped.iter().map(|it| it.path[0].as_str()).collect::<Vec<_>>(), ["Release"]);
        assert!(lost(&now.ratings[3]) && !lost(&now.ratings[0]));
    }

    #[test]
    fn a_rename_is_said_and_never_guessed() {
        let lines = ["Testing | | Core | 1 | 3", "Data | | Core | 2 | 3"];
        let before = past(&["Tests | | Core | 0 | 3", "Data | | Core | 2 | 3"], "2025-07-31");
        let mut now = analysis(&lines);
        compare(&mut now, std::slice::from_ref(&before), &[]).unwrap();
        assert_eq!(now.ratings[0].previous, None);
        assert_eq!(now.warnings[0].message, "`Tests` was dropped and `Testing` is new; they are taken for two");
        assert_eq!(now.warnings[0].hint.as_deref(), Some("if they are one: --rename \"Tests=Testing\""));

        let rename = Renamed { old: "Tests".to_owned(), new: "Testing".to_owned() };
        let mut now = analysis(&lines);
        compare(&mut now, std::slice::from_ref(&before), &[rename]).unwrap();
        assert_eq!((now.ratings[0].previous, now.warnings.len()), (Some(0.0), 0));
        assert_eq!((now.added.len(), now.dropped.len(), now.renamed.len()), (0, 0, 1));

        let wrong = Renamed { old: "Testign".to_owned(), new: "Testing".to_owned() };
        let problems = compare(&mut analysis(&lines), &[before], &[wrong]).unwrap_err();
        assert_eq!(problems.0[0].message, "--rename: `Testign` is no name in the earlier assessment");
        assert_eq!(problems.0[0].hint.as_deref(), Some("the nearest is `Tests`"));
    }

    #[test]
    fn three_points_make_a_line() {
        let mut now = analysis(&["Testing | | Core | 2 | 3", "Data | | Core | 1 | 3"]);
        let first = past(&["Testing | | Core | 0 | 3"], "2025-01-31");
        let second = past(&["Testing | | Core | 1 | 3", "Data | | Core | 1 | 3"], "2025-07-31");
        compare(&mut now, &[first, second], &[]).unwrap();
        let line: Vec<_> = now.history.iter().map(|it| (it.name.as_str(), it.current, it.assessed)).collect();
        assert_eq!(line, [("2025-01-31", Some(0.0), 1), ("2025-07-31", Some(1.0), 2)]);
        assert_eq!(now.history[0].areas[1].current, None, "unknown then, and no 0");
        assert_eq!(now.overall.change, Some(0.5));
    }

    #[test]
    fn another_scale_or_subject_matter_is_refused() {
        let mut other = analysis(&["Testing | | Core | 1 | 3"]);
        other.scale = Scale::between(0.0, 5.0).unwrap();
        let mut now = analysis(&["Testing | | Core | 1 | 3"]);
        let problems = compare(&mut now, &[Past::of(&other, "july.json")], &[]).unwrap_err();
        assert_eq!(problems.0[0].message, "july.json: its scale is 0..5, this file's -1..3");
        let stranger = past(&["Governance | | HQ | 1 | 3"], "2025-07-31");
        let problems = compare(&mut now, &[stranger], &[]).unwrap_err();
        assert_eq!(
            problems.0[0].message,
            "before.json: none of its ratings is about what this file rates: there `Governance`, here `Testing`"
        );
    }
}
