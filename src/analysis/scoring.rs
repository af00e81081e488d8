//! What a model's own rule says of ratings, beside the plain figures: `model_level`.
//!
//! | rule | formula | source |
//! | --- | --- | --- |
//! | mean | mean of the parts by the sheet's weights, area by area; overall the mean of the top areas | the models name none; custom |
//! | weighted mean | `sum(w*x) / sum(w)` of the parts, `w` the sheet's weight, else the model's | the user's model |
//! | minimum | the lowest rating | the user's model |
//! | samm | stream = sum of its answers at levels 1 to 3; practice = mean of streams; function = mean of practices; overall = mean of functions | OWASP SAMM 2, Toolbox 2.0 |
//! | staged | highest level met together with all lower ones ([`staged`]) | C2M2 2.1, CMMI-DEV 1.3, TMMi |
//! | percent | mean of `(x - lowest) / (highest - lowest)` of the answers, 0 to 1 | DSOMM; custom for CIS and Annex A |
//! | tiers | the lowest tier reached; the distribution stands beside it | NIST CSF 2.0 ranks no means |
//! | thresholds | the lowest metric's level | DORA; its clusters give no arithmetic |
//!
//! Not applicable is skipped everywhere. Not assessed is left out of means, minimum, tiers and thresholds and blocks a
//! staged level. Nothing here touches names or the four plain figures.

pub mod staged;

use super::figures::Totals;
use super::sum::ExactSum;
use super::{RatingLine, State};
use crate::model::matching::{area_of, practices_by_id};
use crate::model::{Model, Practice, Rule, Scale, folded};

/// A rating with its places in the model.
#[derive(Clone, Copy)]
pub struct Placed<'a> {
    /// The rating.
    pub rating: &'a RatingLine,
    /// The model's area that it lies in.
    pub area: Option<usize>,
    /// The model's practice that it rates.
    pub practice: Option<&'a Practice>,
}

/// The model as it applies to a file: which rule, on which steps.
#[derive(Clone, Copy)]
pub struct Scoring<'a> {
    /// The model.
    pub model: &'a Model,
    /// The scale that the ratings stand on.
    pub scale: &'a Scale,
    /// Whether the ratings are answers, not levels.
    pub answered: bool,
    /// The rule that applies.
    pub rule: Rule,
}

impl<'a> Scoring<'a> {
    /// Decides on what the ratings stand, and so by which rule they are scored.
    pub fn new(model: &'a Model, scale: &'a Scale, placed: &[Placed]) -> Self {
        let practices = placed.iter().filter(|placed| placed.practice.is_some()).count();
        let answered = model.is_answered(scale, practices, placed.len());
        let rule = if answered { model.answer_rule.unwrap_or(model.rule) } else { model.rule };
        Self { model, scale, answered, rule }
    }

    /// The level of an area or of everything (`path` empty) over the ratings beneath it; `None` where nothing is known.
    pub fn level(&self, path: &[String], ratings: &[Placed]) -> Option<f64> {
        if !ratings.iter().any(|placed| placed.rating.current.is_some()) {
            return None;
        }
        match self.rule {
            Rule::Mean => self.rolled(path.len(), ratings, false),
            Rule::WeightedMean => self.rolled(path.len(), ratings, true),
            Rule::Samm if self.answered => self.samm(path, ratings),
            Rule::Samm => self.rolled(path.len(), ratings, false),
            Rule::Minimum | Rule::Thresholds => lowest(ratings),
            Rule::Tiers => lowest(ratings).map(|level| floored(self.scale, level)),
            Rule::Percent => mean(
                ratings
                    .iter()
                    .filter_map(|placed| placed.rating.current)
                    .map(|level| (1.0, (level - self.scale.lowest()) / self.scale.span())),
            ),
            Rule::Staged => staged::level(self, path, ratings),
        }
    }

    /// The level that a rating stands for.
    fn worth(&self, level: f64) -> f64 {
        let Some(answers) = self.model.answers.as_ref().filter(|_| self.answered) else { return level };
        let mut steps = answers.scale.levels().iter().zip(&answers.stands_for);
        let stands_for = steps.rfind(|(step, _)| step.value <= level).and_then(|(_, level)| *level);
        stands_for.unwrap_or(level)
    }

    /// Means of means: the ratings of an area itself, and each area beneath it as one.
    fn rolled(&self, depth: usize, ratings: &[Placed], weighted: bool) -> Option<f64> {
        let mut parts: Vec<(f64, f64)> = Vec::new();
        let (own, beneath): (Vec<Placed>, Vec<Placed>) =
            ratings.iter().partition(|placed| placed.rating.path.len() <= depth);
        for placed in own {
            if let Some(level) = placed.rating.current {
                let sheet = placed.rating.weight;
                let model = placed.practice.map_or(1.0, |practice| practice.weight);
                let weight = if weighted && sheet == 1.0 { model } else { sheet };
                parts.push((weight, self.worth(level)));
            }
        }
        for (path, group) in by_area(depth, &beneath) {
            if let Some(level) = self.rolled(depth + 1, &group, weighted) {
                let area = area_of(self.model, &path).filter(|_| weighted);
                parts.push((area.map_or(1.0, |area| self.model.areas[area].weight), level));
            }
        }
        mean(parts.into_iter())
    }

    /// OWASP SAMM: sums in streams, means above, on the model's own tree; several subjects each by themselves, then their
    /// mean.
    fn samm(&self, path: &[String], ratings: &[Placed]) -> Option<f64> {
        let subjects = by_subject(ratings);
        let root =
            if path.is_empty() { None } else { area_of(self.model, path).or_else(|| common(self.model, ratings)) };
        mean(subjects.iter().filter_map(|(_, group)| self.samm_of(root, group)).map(|level| (1.0, level)))
    }

    /// SAMM's level of one area of the model, the mean over subjects; unknown for other rules.
    pub fn of_area(&self, area: usize, placed: &[Placed]) -> Option<f64> {
        let beneath: Vec<Placed> = placed
            .iter()
            .filter(|it| it.area.is_some_and(|at| self.model.path(at).contains(&area)))
            .copied()
            .collect();
        let groups = by_subject(&beneath);
        mean(groups.iter().filter_map(|(_, group)| self.samm_of(Some(area), group)).map(|level| (1.0, level)))
    }

    fn samm_of(&self, area: Option<usize>, ratings: &[Placed]) -> Option<f64> {
        let inner: Vec<usize> = self.model.children(area).collect();
        if !inner.is_empty() {
            return mean(inner.into_iter().filter_map(|child| self.samm_of(Some(child), ratings)).map(|x| (1.0, x)));
        }
        let answers: Vec<&Placed> = ratings
            .iter()
            .filter(|placed| placed.area == area && placed.practice.is_some_and(|it| it.level.is_some()))
            .filter(|placed| placed.rating.state != State::NotApplicable)
            .collect();
        if !answers.iter().any(|placed| placed.rating.current.is_some()) {
            return None;
        }
        let mut sum = ExactSum::default();
        answers.iter().filter_map(|placed| placed.rating.current).for_each(|answer| sum.add(answer));
        Some(sum.value())
    }
}

/// The ratings with their places in a model.
pub fn place<'a>(model: &'a Model, ratings: &'a [RatingLine]) -> Vec<Placed<'a>> {
    let practices = practices_by_id(model);
    let mut areas: std::collections::BTreeMap<&[String], Option<usize>> = std::collections::BTreeMap::new();
    ratings
        .iter()
        .map(|rating| {
            let id = rating.practice_id.as_ref().or(rating.practice.as_ref()).map(|id| folded(id));
            let known = id.and_then(|id| practices.get(&id)).copied();
            let area = *areas.entry(&rating.path).or_insert_with(|| area_of(model, &rating.path));
            let area = known.map(|(area, _)| area).or(area);
            Placed { rating, area, practice: known.map(|(_, practice)| practice) }
        })
        .collect()
}

/// Fills `model_level` of everything.
pub fn fill(scoring: &Scoring, placed: &[Placed], totals: &mut Totals) {
    totals.overall.model_level = scoring.level(&[], placed);
    for area in &mut totals.areas {
        area.figures.model_level = scoring.level(&area.path, &beneath(&area.path, placed));
    }
    for subject in &mut totals.subjects {
        let of = |placed: &&Placed| placed.rating.subject.as_ref() == Some(&subject.name);
        let own: Vec<Placed> = placed.iter().filter(of).copied().collect();
        subject.figures.model_level = scoring.level(&[], &own);
        for area in &mut subject.areas {
            area.figures.model_level = scoring.level(&area.path, &beneath(&area.path, &own));
        }
    }
}

/// Groups of ratings by subject, in the order of their first rating.
fn by_subject<'a>(ratings: &[Placed<'a>]) -> Vec<(Option<&'a str>, Vec<Placed<'a>>)> {
    let mut subjects: Vec<(Option<&str>, Vec<Placed>)> = Vec::new();
    for placed in ratings {
        let subject = placed.rating.subject.as_deref();
        match subjects.iter_mut().find(|(known, _)| *known == subject) {
            Some((_, group)) => group.push(*placed),
            None => subjects.push((subject, vec![*placed])),
        }
    }
    subjects
}

/// The ratings of an area and all beneath it.
pub fn beneath<'a>(path: &[String], placed: &[Placed<'a>]) -> Vec<Placed<'a>> {
    placed.iter().filter(|placed| placed.rating.path.starts_with(path)).copied().collect()
}

/// Groups of ratings by the area at a depth, in the order of their first rating.
fn by_area<'a>(depth: usize, ratings: &[Placed<'a>]) -> Vec<(Vec<String>, Vec<Placed<'a>>)> {
    let mut groups: Vec<(Vec<String>, Vec<Placed>)> = Vec::new();
    for placed in ratings {
        let path = &placed.rating.path[..=depth];
        match groups.iter_mut().find(|(known, _)| known == path) {
            Some((_, group)) => group.push(*placed),
            None => groups.push((path.to_vec(), vec![*placed])),
        }
    }
    groups
}

/// The innermost area of the model that holds all ratings that have one.
fn common(model: &Model, ratings: &[Placed]) -> Option<usize> {
    let mut paths = ratings.iter().filter_map(|placed| placed.area).map(|area| model.path(area));
    let first = paths.next()?;
    let shared = paths.fold(first, |shared, path| {
        shared.into_iter().zip(path).take_while(|(a, b)| a == b).map(|(a, _)| a).collect()
    });
    shared.last().copied()
}

fn lowest(ratings: &[Placed]) -> Option<f64> {
    ratings.iter().filter_map(|placed| placed.rating.current).min_by(f64::total_cmp)
}

/// The highest step of a scale that a level has reached.
pub fn floored(scale: &Scale, level: f64) -> f64 {
    let reached = scale.levels().iter().rev().find(|step| step.value <= level);
    reached.map_or(scale.lowest(), |step| step.value)
}

/// The weighted mean of `(weight, value)`; exact sums, so the order does not matter.
fn mean(values: impl Iterator<Item = (f64, f64)>) -> Option<f64> {
    let (mut sum, mut weight) = (ExactSum::default(), ExactSum::default());
    for (w, value) in values {
        sum.add(w * value);
        weight.add(w);
    }
    (weight.value() > 0.0).then(|| sum.value() / weight.value())
}

#[cfg(test)]
mod tests;
