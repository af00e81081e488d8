//! Staged levels: the highest level that is met together with all lower ones.
//!
//! Three ways, which the model's file decides:
//! - practices belong to levels (C2M2): level N holds when every practice of levels up to N is answered with the cut-off
//!   or more;
//! - areas belong to levels (CMMI, TMMi): of an area, the lowest of its answers (the continuous view); overall, level N
//!   holds when every area assigned to levels up to N has what N needs (the staged view);
//! - neither: ratings are levels, and the lowest one holds for all.
//!
//! Not applicable is skipped; not assessed blocks, and so does a practice or area that the model has and the file lacks.

use super::{Placed, Scoring, beneath, common, floored};
use crate::analysis::{RatingLine, State};
use crate::model::matching::area_of;

/// What keeps a level from being reached.
#[derive(Clone, Debug, PartialEq)]
pub struct Blocker<'a> {
    /// The rating; `None` where the file has no row for it.
    pub rating: Option<&'a RatingLine>,
    /// What it is called in the model, where the model names it.
    pub name: Option<String>,
    /// What it must be raised to.
    pub needs: f64,
    /// How much work that is, where the model says.
    pub effort: Option<f64>,
}

/// The staged level of an area, or of everything where `path` is empty.
pub fn level(scoring: &Scoring, path: &[String], ratings: &[Placed]) -> Option<f64> {
    if scoring.answered && by_area(scoring) && !path.is_empty() {
        return continuous(scoring, ratings);
    }
    let mut reached = scoring.model.scale().lowest();
    if !scoring.answered {
        let open = |placed: &Placed| matches!(placed.rating.state, State::NotAssessed | State::Invalid);
        if ratings.iter().any(open) {
            return Some(scoring.scale.lowest());
        }
        return super::lowest(ratings).map(|level| floored(scoring.scale, level));
    }
    for step in &scoring.model.scale().levels()[1..] {
        if !blockers(scoring, path, ratings, step.value).is_empty() {
            break;
        }
        reached = step.value;
    }
    Some(reached)
}

/// The capability of one area: its lowest answer; unknown where something is not assessed.
fn continuous(scoring: &Scoring, ratings: &[Placed]) -> Option<f64> {
    let open = |placed: &Placed| matches!(placed.rating.state, State::NotAssessed | State::Invalid);
    if ratings.iter().any(open) {
        return Some(scoring.scale.lowest());
    }
    super::lowest(ratings).map(|level| floored(scoring.scale, level))
}

/// Whether areas, not practices, are assigned to levels.
pub fn by_area(scoring: &Scoring) -> bool {
    scoring.model.areas.iter().any(|area| area.maturity_level.is_some())
}

/// Everything that keeps a level from being reached, in the order of the file, then of the model.
pub fn blockers<'a>(scoring: &Scoring<'a>, path: &[String], ratings: &[Placed<'a>], level: f64) -> Vec<Blocker<'a>> {
    let model = scoring.model;
    let stage = |placed: &Placed| -> Option<f64> {
        if !scoring.answered {
            return Some(level);
        }
        let own = placed.practice.and_then(|practice| practice.level).filter(|_| !by_area(scoring));
        own.or_else(|| placed.area.and_then(|area| assigned(scoring, area)))
    };
    let needs = if scoring.answered { model.needs(level) } else { level };
    let mut blockers: Vec<Blocker> = ratings
        .iter()
        .filter(|placed| placed.rating.state != State::NotApplicable)
        .filter(|placed| stage(placed).is_some_and(|stage| stage <= level))
        .filter(|placed| placed.rating.current.is_none_or(|answer| answer < needs))
        .map(|placed| Blocker {
            rating: Some(placed.rating),
            name: placed.practice.and_then(|practice| practice.name.clone()),
            needs,
            effort: placed.practice.and_then(|practice| practice.effort),
        })
        .collect();
    if !scoring.answered {
        return blockers;
    }
    let root = match path.is_empty() {
        true => None,
        false => match area_of(model, path).or_else(|| common(model, ratings)) {
            Some(area) => Some(area),
            // The model does not know this area, so it cannot miss anything in it.
            None => return blockers,
        },
    };
    let lies_in = |area: usize| root.is_none_or(|root| model.path(area).contains(&root));
    if by_area(scoring) {
        for (index, area) in model.areas.iter().enumerate().filter(|(index, _)| lies_in(*index)) {
            let missing = area.maturity_level.is_some_and(|stage| stage <= level)
                && !ratings.iter().any(|placed| placed.area.is_some_and(|at| model.path(at).contains(&index)));
            if missing {
                blockers.push(Blocker { rating: None, name: Some(area.name.clone()), needs, effort: None });
            }
        }
        return blockers;
    }
    for (area, practice) in model.practices().filter(|(area, _)| lies_in(*area)) {
        let missing = practice.level.is_some_and(|stage| stage <= level)
            && !ratings.iter().any(|placed| placed.practice.is_some_and(|it| it.id == practice.id));
        if missing {
            let name = practice.name.clone().unwrap_or_else(|| model.areas[area].name.clone());
            let name = format!("{} {name}", practice.id);
            blockers.push(Blocker { rating: None, name: Some(name), needs, effort: practice.effort });
        }
    }
    blockers
}

/// The maturity level that an area, or the nearest one around it, is assigned to.
fn assigned(scoring: &Scoring, area: usize) -> Option<f64> {
    scoring.model.path(area).into_iter().rev().find_map(|index| scoring.model.areas[index].maturity_level)
}

/// What keeps the ratings of any rule without a mean from a level: those below it.
pub fn below<'a>(path: &[String], placed: &[Placed<'a>], level: f64) -> Vec<Blocker<'a>> {
    beneath(path, placed)
        .into_iter()
        .filter(|placed| placed.rating.current.is_some_and(|current| current < level))
        .map(|placed| Blocker {
            rating: Some(placed.rating),
            name: placed.practice.and_then(|practice| practice.name.clone()),
            needs: level,
            effort: placed.practice.and_then(|practice| practice.effort),
        })
        .collect()
}
