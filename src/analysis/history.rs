//! Levels at earlier points in time: the line that a report draws when there are three points or more, and what came
//! or went between two assessments.

use serde::{Deserialize, Serialize};

use super::figures::{self, Figures};
use super::{Analysis, RatingLine, State};

/// An earlier point in time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimePoint {
    /// Its name or date, `2025-07-31`.
    pub name: String,
    /// Overall level then, over the ratings of today that were levels then.
    pub current: Option<f64>,
    /// How many these were.
    pub assessed: u64,
    /// The areas' levels then, in the order of the areas.
    pub areas: Vec<AreaThen>,
}

/// An area at an earlier point in time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AreaThen {
    /// Names from the top area down.
    pub path: Vec<String>,
    /// Its level then.
    pub current: Option<f64>,
}

/// What a rating is about, where the rating itself is only in one of two assessments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Names from the top area down.
    pub path: Vec<String>,
    /// The practice's id, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub practice_id: Option<String>,
    /// The practice.
    pub practice: Option<String>,
    /// The subject.
    pub subject: Option<String>,
    /// The level in the assessment that has it.
    pub level: Option<f64>,
    /// Its cell there.
    pub at: String,
}

impl Item {
    /// The item of a rating.
    pub fn of(rating: &RatingLine) -> Self {
        Self {
            path: rating.path.clone(),
            practice_id: rating.practice_id.clone(),
            practice: rating.practice.clone(),
            subject: rating.subject.clone(),
            level: rating.current,
            at: rating.at.clone(),
        }
    }
}

/// A name that changed, as the user said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renamed {
    /// The name in the earlier assessment.
    pub old: String,
    /// The name today.
    pub new: String,
}

/// The earlier levels of every rating put in: `levels[k][i]` is the level of rating `i` at point `k`, oldest first.
///
/// The last point is the one that change and progress refer to.
pub fn set(analysis: &mut Analysis, points: &[(String, Vec<Option<f64>>)]) {
    let Some((name, last)) = points.last() else { return };
    analysis.previous = Some(name.clone());
    for (index, rating) in analysis.ratings.iter_mut().enumerate() {
        rating.previous = last.get(index).copied().flatten();
    }
    let totals = figures::compute(&analysis.ratings, &analysis.scale);
    take_change(&mut analysis.overall, &totals.overall);
    analysis.areas.iter_mut().zip(&totals.areas).for_each(|(area, new)| take_change(&mut area.figures, &new.figures));
    for (subject, new) in analysis.subjects.iter_mut().zip(&totals.subjects) {
        take_change(&mut subject.figures, &new.figures);
        subject.areas.iter_mut().zip(&new.areas).for_each(|(area, new)| take_change(&mut area.figures, &new.figures));
    }
    analysis.history = points.iter().map(|(name, levels)| point(analysis, name, levels)).collect();
}

/// Change and progress only: the other figures may hold what a model says.
fn take_change(figures: &mut Figures, new: &Figures) {
    figures.change = new.change;
    figures.progress = new.progress;
}

fn point(analysis: &Analysis, name: &str, levels: &[Option<f64>]) -> TimePoint {
    let then: Vec<RatingLine> = analysis
        .ratings
        .iter()
        .enumerate()
        .map(|(index, rating)| {
            let current = levels.get(index).copied().flatten();
            let state = if current.is_some() { State::Level } else { State::NotAssessed };
            RatingLine { current, state, previous: None, ..rating.clone() }
        })
        .collect();
    let totals = figures::compute(&then, &analysis.scale);
    TimePoint {
        name: name.to_owned(),
        current: totals.overall.current,
        assessed: totals.overall.assessed,
        areas: totals
            .areas
            .into_iter()
            .map(|area| AreaThen { path: area.path, current: area.figures.current })
            .collect(),
    }
}
