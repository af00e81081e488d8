//! Many documents -> one. The result is a function of the set of files, so order and grouping cannot matter.
//!
//! A document is taken apart into its files, whatever it is itself, and all figures are computed anew from ratings or,
//! where these were left out, from exact sums. Files come in the order of folder, name and content.

mod labels;
mod names;
mod parts;

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::{Analysis, Input, Leaf, ModelUsed, RatingLine, figures, leaves, rank, score_anew};
use crate::assessment::{Reading, TargetSource};
use crate::compare::shown;
use crate::error::{Problem, Problems, Result, quoted};
use crate::model::{Level, Scale};
use names::Names;
pub use parts::Origin;
use parts::Part;

/// How documents are merged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MergeOptions {
    /// The title; else the one all files share, else how many there are.
    pub title: Option<String>,
    /// The date; else the latest of the files.
    pub date: Option<String>,
    /// Subjects of one name are one, whichever file they stand in.
    pub join_subjects: bool,
    /// Keep exact sums in place of the ratings.
    pub no_ratings: bool,
}

/// Merges documents, themselves merged or not; a file that comes twice counts once.
///
/// # Errors
/// `nothing-to-merge`, `other-scale`, `other-model`, `same-file-twice`, each naming both files.
pub fn merge(documents: Vec<Analysis>, options: &MergeOptions) -> Result<Analysis> {
    let mut parts: Vec<Part> = documents.into_iter().flat_map(parts::take_apart).collect();
    parts.sort_by(Part::order);
    parts.dedup_by(|a, b| a == b);
    if parts.is_empty() {
        return Err(Problem::new("nothing-to-merge", "there is no result to merge")
            .hint("give what `gapwise report --format json` writes")
            .into());
    }
    let mut problems = twice(&parts);
    let scale = one_scale(&parts).unwrap_or_else(|problem| {
        problems.push(problem);
        parts[0].origin.scale.clone()
    });
    let model = one_model(&parts, &Names::of(&parts, false)).unwrap_or_else(|problem| {
        problems.push(problem);
        None
    });
    if !problems.is_empty() {
        return Err(Problems(problems));
    }
    if options.no_ratings {
        parts.iter_mut().for_each(|part| part.leave_out_ratings(&scale));
    }
    Ok(together(parts, scale, model, options))
}

/// The document without its ratings, with exact sums in their place.
pub fn without_ratings(mut analysis: Analysis) -> Result<Analysis> {
    if analysis.input.is_none() {
        let options = MergeOptions {
            title: Some(analysis.title.clone()),
            date: Some(analysis.date.clone()),
            no_ratings: true,
            join_subjects: parts::joined(&analysis),
        };
        return merge(vec![analysis], &options);
    }
    if analysis.sums.is_empty() {
        analysis.sums = leaves::leaves(&analysis.ratings, &analysis.scale);
    }
    analysis.ratings.clear();
    Ok(analysis)
}

/// The files of a document, each as a document of its own.
pub fn files(analysis: &Analysis) -> Vec<Analysis> {
    parts::take_apart(analysis.clone()).into_iter().map(Part::into_document).collect()
}

fn together(parts: Vec<Part>, scale: Scale, model: Option<ModelUsed>, options: &MergeOptions) -> Analysis {
    let labels = labels::labels(&parts.iter().map(|part| &part.input).collect::<Vec<_>>());
    let joined = options.join_subjects;
    let names = Names::of(&parts, joined);
    let subject = |label: &str, own: Option<&str>| match (own, joined) {
        (Some(own), true) => names.subject(own),
        (Some(own), false) => format!("{label}: {own}"),
        (None, _) => label.to_owned(),
    };
    let (mut ratings, mut sums, mut warnings) = (Vec::new(), Vec::new(), Vec::new());
    for (index, (part, label)) in parts.iter().zip(&labels).enumerate() {
        for rating in &part.ratings {
            let path = names.path(&rating.path);
            ratings.push(RatingLine {
                area: path.last().cloned().unwrap_or_default(),
                path_in_file: (path != rating.path).then(|| rating.path.clone()),
                path,
                subject: Some(subject(label, rating.subject.as_deref())),
                subject_in_file: rating.subject.clone(),
                file: Some(part.input.relative()),
                input: Some(index),
                ..rating.clone()
            });
        }
        let own =
            if part.ratings.is_empty() { part.origin.sums.clone() } else { leaves::leaves(&part.ratings, &scale) };
        sums.extend(own.into_iter().map(|leaf| Leaf {
            path: names.path(&leaf.path),
            subject: Some(subject(label, leaf.subject.as_deref())),
            ..leaf
        }));
        warnings.extend(part.origin.warnings.iter().map(|warning| Problem {
            at: Some(match &warning.at {
                Some(at) => format!("{}, {at}", part.input.relative()),
                None => part.input.relative(),
            }),
            ..warning.clone()
        }));
    }
    rank(&mut ratings);
    if joined {
        warnings.extend(joined_twice(&ratings));
    }
    let mut totals = figures::compute_from(&sums, &scale);
    let mut model = model;
    if let Some(model) = &mut model {
        let whole = parts.iter().all(|part| part.origin.sums.is_empty());
        score_anew(model, &scale, &ratings, whole, &mut totals);
    }
    let origins = || parts.iter().map(|part| &part.origin);
    let all = |text: fn(&Origin) -> Option<&str>| {
        let texts: BTreeSet<Option<&str>> = origins().map(text).collect();
        (texts.len() == 1).then(|| texts.into_iter().next().flatten().map(str::to_owned)).flatten()
    };
    let targets: Vec<&TargetSource> = origins().map(|it| &it.targets).collect();
    let previous: BTreeSet<&str> = origins().filter_map(|it| it.previous.as_deref()).collect();
    let (first, last) = (previous.first().copied(), previous.last().copied());
    let dates = origins().map(|it| it.date.as_str());
    let title = options
        .title
        .clone()
        .or_else(|| all(|it| Some(&it.title)))
        .unwrap_or_else(|| format!("{} assessments", parts.len()));
    let date = options.date.clone().unwrap_or_else(|| dates.max().unwrap_or_default().to_owned());
    Analysis {
        model,
        targets: match targets.iter().all(|it| *it == targets[0]) {
            true => targets[0].clone(),
            false => TargetSource::Sheet,
        },
        subject_word: all(|it| it.subject_word.as_deref()),
        previous: match (first, last) {
            (Some(first), Some(last)) if first != last => Some(format!("{first} to {last}")),
            (first, _) => first.map(str::to_owned),
        },
        added: origins().flat_map(|it| &it.added).map(|item| names.item(item)).collect(),
        dropped: origins().flat_map(|it| &it.dropped).map(|item| names.item(item)).collect(),
        overall: totals.overall,
        areas: totals.areas,
        subjects: totals.subjects,
        ratings,
        warnings,
        reading: Reading { notes: names.notes(), ..reading(&parts) },
        inputs: parts.into_iter().map(Part::into_input).collect(),
        ..Analysis::blank(title, date, scale)
    }
}

/// What is common to the readings; each file's own stands with the file.
fn reading(parts: &[Part]) -> Reading {
    let mut words: Vec<(String, f64)> = Vec::new();
    for (word, value) in parts.iter().flat_map(|part| &part.origin.reading.words) {
        if !words.iter().any(|(known, level)| known == word && level == value) {
            words.push((word.clone(), *value));
        }
    }
    let reasons: BTreeSet<&str> = parts.iter().map(|part| part.origin.reading.scale_because.as_str()).collect();
    Reading {
        scale_because: reasons.into_iter().collect::<Vec<_>>().join("; "),
        scale_guessed: parts.iter().any(|part| part.origin.reading.scale_guessed),
        words,
        ..Reading::default()
    }
}

/// The scale of all files: the same values, and no two names for one level.
fn one_scale(parts: &[Part]) -> std::result::Result<Scale, Problem> {
    let values = |scale: &Scale| scale.levels().iter().map(|level| level.value).collect::<Vec<_>>();
    let first = &parts[0];
    if let Some(other) = parts.iter().find(|part| values(&part.origin.scale) != values(&first.origin.scale)) {
        let (a, b) = (first.input.relative(), other.input.relative());
        let message = format!(
            "{} stands on {}, {} on {}",
            quoted(&a),
            shown(&first.origin.scale),
            quoted(&b),
            shown(&other.origin.scale)
        );
        return Err(
            Problem::new("other-scale", message).hint("merge results of one scale; name it with report --scale")
        );
    }
    let mut levels: Vec<Level> = first.origin.scale.levels().to_vec();
    let mut names: Vec<Option<(String, String)>> = vec![None; levels.len()];
    for part in parts {
        for (place, level) in part.origin.scale.levels().iter().enumerate() {
            match (&names[place], &level.name) {
                (None, Some(name)) => names[place] = Some((name.clone(), part.input.relative())),
                (Some((known, file)), Some(name)) if known != name => {
                    let (at, other) = (level.value, part.input.relative());
                    let message = format!(
                        "level {at} is {} in {} and {} in {}",
                        quoted(known),
                        quoted(file),
                        quoted(name),
                        quoted(&other)
                    );
                    return Err(Problem::new("other-scale", message).hint("merge results of one scale"));
                }
                _ => {}
            }
        }
    }
    for (place, level) in levels.iter_mut().enumerate() {
        level.name = names[place].take().map(|(name, _)| name);
        let summaries = parts.iter().filter_map(|part| part.origin.scale.levels()[place].summary.clone());
        level.summary = summaries.min();
    }
    Scale::new(levels).map_err(|reason| Problem::new("other-scale", reason))
}

fn one_model(parts: &[Part], names: &Names) -> std::result::Result<Option<ModelUsed>, Problem> {
    let mut named = parts.iter().filter_map(|part| Some((part.origin.model.as_ref()?, part.input.relative())));
    let Some((first, file)) = named.next() else { return Ok(None) };
    if let Some((other, at)) = named.find(|(model, _)| model.id != first.id) {
        let message =
            format!("{} is rated against `{}`, {} against `{}`", quoted(&file), first.id, quoted(&at), other.id);
        return Err(Problem::new("other-model", message).hint("merge results of one model"));
    }
    let all = parts.iter().all(|part| part.origin.model.is_some());
    if !all {
        return Ok(None);
    }
    // What a model says of areas is the same in every file; which areas a file has is not.
    let mut whole = ModelUsed { areas: Vec::new(), next: None, ..first.clone() };
    for model in parts.iter().filter_map(|part| part.origin.model.as_ref()) {
        for area in model.areas.iter().map(|area| names.model_area(area)) {
            if !whole.areas.iter().any(|known| known.path == area.path) {
                whole.areas.push(area);
            }
        }
        whole.not_in_sheet.retain(|name| model.not_in_sheet.contains(name));
    }
    whole.areas.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Some(whole))
}

/// Files that come twice and not as the same.
fn twice(parts: &[Part]) -> Vec<Problem> {
    let same = |a: &Input, b: &Input| {
        (&a.folder, &a.file, &a.sha256, &a.sheets) == (&b.folder, &b.file, &b.sha256, &b.sheets)
    };
    let pairs = parts.windows(2).filter(|pair| same(&pair[0].input, &pair[1].input));
    pairs
        .map(|pair| {
            let message = format!("{} comes twice, read in different ways", quoted(&pair[0].input.relative()));
            Problem::new("same-file-twice", message).hint("give each file's result once")
        })
        .collect()
}

/// Where subjects are joined, the same area and practice of a subject may stand in two files.
fn joined_twice(ratings: &[RatingLine]) -> Vec<Problem> {
    let mut files: BTreeMap<&str, BTreeMap<_, BTreeSet<&str>>> = BTreeMap::new();
    for rating in ratings {
        let (subject, file) = (rating.subject.as_deref(), rating.file.as_deref());
        let (Some(subject), Some(file)) = (subject, file) else { continue };
        let item = (&rating.path, &rating.practice_id, &rating.practice);
        files.entry(subject).or_default().entry(item).or_default().insert(file);
    }
    files
        .into_iter()
        .filter_map(|(subject, items)| {
            let double: Vec<_> = items.values().filter(|files| files.len() > 1).collect();
            let names: Vec<String> = double.first()?.iter().map(|file| quoted(file)).collect();
            let (count, names) = (double.len(), names.join(" and "));
            let items = if count == 1 { "1 item is".to_owned() } else { format!("{count} items are") };
            let message = format!("{}: {items} rated in {names}; each rating counts", quoted(subject));
            Some(Problem::new("joined-twice", message).hint("without --join-subjects they stay apart"))
        })
        .collect()
}

#[cfg(test)]
mod tests;
