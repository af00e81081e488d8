//! What of a model an analysis carries: enough for the report to say what levels mean and what the next one asks for,
//! also where the analysis is read back from JSON and the model's file is elsewhere.

use serde::{Deserialize, Serialize};

use super::figures::Totals;
use super::scoring::{self, Placed, Scoring, beneath, floored, staged};
use super::{RatingLine, State};
use crate::error::{Problem, quoted};
use crate::model::catalogue;
use crate::model::matching::area_of;
use crate::model::{Area, Asked, Confidence, Level, Model, Origin, Rule, Scale};

/// The model a file was rated against.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ModelUsed {
    /// `cd-humble-farley`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The scoring rule that `model_level` follows: `mean`.
    pub rule: String,
    /// Why it is this model, a phrase: "6 of 6 area names match".
    #[serde(skip_serializing_if = "String::is_empty")]
    pub because: String,
    /// Who publishes it, with the year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// The version at hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Where it can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// What may be reused of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// Whose the rule is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule_note: Option<String>,
    /// What of the model's file is presumed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub presumed: Option<String>,
    /// `high`, `medium`, `low`: how far the file can be taken for the publisher's model.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub confidence: String,
    /// Areas of the sheet that the model knows, in the sheet's order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<ModelArea>,
    /// Areas of the model that the sheet lacks: not assessed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_in_sheet: Vec<String>,
    /// The levels that `model_level` stands on, where these are not the ones that ratings stand on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<Level>,
    /// Whether areas stand on the scale of the ratings all the same, and only the whole on `levels` (CMMI, TMMi).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub areas_on_scale: bool,
    /// `model_level` of everything if each target is met; absent where it says nothing new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level_at_target: Option<f64>,
    /// How much of that way is done, by the rule's own levels of practices: `1 - sum(max(t-c, 0)) / sum(t)` (SAMM).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent_to_target: Option<f64>,
    /// Why there is no `model_level`, in a merged document that cannot have one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level_absent: Option<LevelAbsent>,
    /// For rules that are no mean: the next level and the smallest set that reaches it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<Next>,
}

/// Why a merged document has no level by the model's rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LevelAbsent {
    /// Ratings were left out of a document, and sums do not tell what a rule needs.
    NoRatings,
    /// The model is a user's own, whose file a merged document does not hold.
    OwnModel,
}

/// An area of the sheet as the model knows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelArea {
    /// Its place in the sheet, names from the top down.
    pub path: Vec<String>,
    /// The model's id for it.
    pub id: String,
    /// Whether the demands are Gapwise's own and not the publisher's.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub own: bool,
    /// What each level asks for, lowest first.
    pub levels: Vec<Demands>,
}

/// What a level asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Demands {
    /// The level.
    pub value: f64,
    /// Its name in the model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The demands.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asks: Vec<String>,
}

/// The next level by the model's rule and all that must be raised for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Next {
    /// The level now, by the rule.
    pub from: f64,
    /// The next one.
    pub level: f64,
    /// Its name.
    pub name: Option<String>,
    /// The smallest set of ratings whose raise reaches it, least work first.
    pub raise: Vec<Raise>,
}

/// One rating to raise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Raise {
    /// Area and practice, in the sheet's words; the model's where the sheet has no row for it.
    pub what: String,
    /// Who is rated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// What it is rated now; `null` where it is not assessed.
    pub from: Option<f64>,
    /// What it must be.
    pub to: f64,
    /// How much work that is, in the model's unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effort: Option<f64>,
    /// Its cell; absent where the sheet has no row for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
}

/// Fills `model_level` and describes the model; warns of areas that the model lacks.
pub(super) fn apply(
    model: &Model,
    because: &str,
    scale: &Scale,
    ratings: &[RatingLine],
    totals: &mut Totals,
    warnings: &mut Vec<Problem>,
) -> ModelUsed {
    let placed = scoring::place(model, ratings);
    let scoring = Scoring::new(model, scale, &placed);
    scoring::fill(&scoring, &placed, totals);
    let known: Vec<Option<usize>> = totals.areas.iter().map(|area| area_of(model, &area.path)).collect();
    warnings.extend(unknown(model, totals, &known));
    let year = model.year.map(|year| year.to_string());
    let publisher = [model.publisher.clone(), year].into_iter().flatten().collect::<Vec<_>>().join(", ");
    ModelUsed {
        id: model.id.clone(),
        name: model.name.clone(),
        rule: scoring.rule.word().to_owned(),
        because: because.to_owned(),
        publisher: Some(publisher).filter(|text| !text.is_empty()),
        version: model.version.clone(),
        source: model.source.clone(),
        licence: model.licence.clone(),
        rule_note: model.rule_note.clone(),
        presumed: model.presumed.clone(),
        confidence: match model.confidence {
            Confidence::High => "high",
            Confidence::Medium => "medium",
            Confidence::Low => "low",
        }
        .to_owned(),
        areas: areas(model, totals, &known),
        not_in_sheet: missing(model, &placed, &known),
        levels: own_levels(&scoring),
        areas_on_scale: scoring.rule == Rule::Staged && scoring.answered && staged::by_area(&scoring),
        level_at_target: at_target(&scoring, ratings, None),
        percent_to_target: percent_to_target(&scoring, ratings, &placed),
        level_absent: None,
        next: next(&scoring, totals, &placed),
    }
}

/// Scores anew by the rule of the model that a document names, for documents that are put together or taken apart:
/// what the rule said of one file says nothing of several. `whole` is whether no rating was left out.
pub(crate) fn score_anew(
    used: &mut ModelUsed,
    scale: &Scale,
    ratings: &[RatingLine],
    whole: bool,
    totals: &mut Totals,
) {
    (used.level_at_target, used.percent_to_target, used.level_absent, used.next) = (None, None, None, None);
    let shipped =
        catalogue::get(&used.id).ok().filter(|model| model.name == used.name && model.source == used.source);
    let Some(model) = shipped else {
        used.level_absent = Some(LevelAbsent::OwnModel);
        return;
    };
    if !whole {
        used.level_absent = Some(LevelAbsent::NoRatings);
        return;
    }
    let placed = scoring::place(&model, ratings);
    let scoring = Scoring::new(&model, scale, &placed);
    scoring::fill(&scoring, &placed, totals);
    used.rule = scoring.rule.word().to_owned();
    used.levels = own_levels(&scoring);
    used.level_at_target = at_target(&scoring, ratings, None);
    used.percent_to_target = percent_to_target(&scoring, ratings, &placed);
    used.next = next(&scoring, totals, &placed);
}

fn areas(model: &Model, totals: &Totals, known: &[Option<usize>]) -> Vec<ModelArea> {
    let described = totals.areas.iter().zip(known).filter_map(|(area, index)| {
        let own = &model.areas[(*index)?];
        // What is met and what comes next, and the ends, by which a reader sees on which numbers the levels stand.
        let level = area.figures.model_level.or(area.figures.current);
        let near = |value: f64| level.is_none_or(|level| (value - level).abs() <= 1.0);
        let asked = asked(own);
        let ends = [asked.first(), asked.last()].map(|end| end.map(|asked| asked.level));
        let kept = asked.iter().filter(|asked| near(asked.level) || ends.contains(&Some(asked.level)));
        let levels = kept.map(|asked| Demands {
            value: asked.level,
            name: model.scale().name_of(asked.level).filter(|_| near(asked.level)).map(str::to_owned),
            asks: if near(asked.level) { asked.demands.clone() } else { Vec::new() },
        });
        Some(ModelArea {
            path: area.path.clone(),
            id: own.id.clone(),
            own: own.criteria_from == Origin::Gapwise || own.origin == Origin::Gapwise,
            levels: levels.collect(),
        })
    });
    described.collect()
}

/// The model's levels where a rule turns answers into them.
fn own_levels(scoring: &Scoring) -> Vec<Level> {
    let (own, rated) = (scoring.model.scale(), scoring.scale);
    let turned = scoring.answered && matches!(scoring.rule, Rule::Samm | Rule::Staged);
    let bare = |level: &Level| Level { summary: None, ..level.clone() };
    if turned && own != rated { own.levels().iter().map(bare).collect() } else { Vec::new() }
}

/// The level by the rule if each rating that has a target met it; of one area of the model, or of everything.
fn at_target(scoring: &Scoring, ratings: &[RatingLine], area: Option<usize>) -> Option<f64> {
    let with_target = ratings.iter().any(|rating| rating.target.is_some() && rating.state != State::NotApplicable);
    if matches!(scoring.rule, Rule::Mean | Rule::WeightedMean) || !with_target {
        return None;
    }
    let met: Vec<RatingLine> = ratings
        .iter()
        .map(|rating| match rating.target.filter(|_| rating.state != State::NotApplicable) {
            Some(target) => {
                let met = rating.current.map_or(target, |current| current.max(target));
                RatingLine { current: Some(met), state: State::Level, ..rating.clone() }
            }
            None => rating.clone(),
        })
        .collect();
    let placed = scoring::place(scoring.model, &met);
    match area {
        None => scoring.level(&[], &placed),
        Some(area) => scoring.of_area(area, &placed),
    }
}

/// SAMM: the way to the targets that is done, over its practices.
fn percent_to_target(scoring: &Scoring, ratings: &[RatingLine], placed: &[Placed]) -> Option<f64> {
    if scoring.rule != Rule::Samm || !scoring.answered {
        return None;
    }
    let model = scoring.model;
    // Practices hold streams and nothing deeper.
    let practices = (0..model.areas.len())
        .filter(|area| !model.is_leaf(*area) && model.children(Some(*area)).all(|stream| model.is_leaf(stream)));
    let (mut left, mut way) = (0.0, 0.0);
    for practice in practices {
        let now = scoring.of_area(practice, placed);
        let target = at_target(scoring, ratings, Some(practice));
        if let (Some(now), Some(target)) = (now, target) {
            left += (target - now).max(0.0);
            way += target;
        }
    }
    (way > 0.0).then(|| 1.0 - left / way)
}

/// What levels ask for in an area, lowest first: the criteria, or the bounds of what is measured there.
fn asked(area: &Area) -> Vec<Asked> {
    let Some(metric) = area.metric.as_ref().filter(|_| area.criteria.is_empty()) else {
        return area.criteria.clone();
    };
    let bounds = metric.thresholds.iter().rev().map(|bound| Asked {
        level: bound.level,
        demands: vec![bound.written.replace(">=", "≥").replace("<=", "≤")],
    });
    let lowest = Asked { level: metric.lowest, demands: Vec::new() };
    std::iter::once(lowest).chain(bounds).collect()
}

/// Areas of the model of which the sheet has neither the area itself, nor one inside it, nor one of its practices. An
/// area around one that is missing as a whole stands for all inside.
fn missing(model: &Model, placed: &[Placed], known: &[Option<usize>]) -> Vec<String> {
    let there: Vec<usize> = known.iter().flatten().copied().chain(placed.iter().filter_map(|it| it.area)).collect();
    let seen =
        |index: usize| there.iter().any(|at| model.path(*at).contains(&index) || model.path(index).contains(at));
    (0..model.areas.len())
        .filter(|index| !seen(*index))
        .filter(|index| model.areas[*index].parent.is_none_or(seen))
        .map(|index| model.areas[index].name.clone())
        .collect()
}

/// The warning about areas of the sheet that the model lacks; those inside an area it knows are the sheet's own detail.
fn unknown(model: &Model, totals: &Totals, known: &[Option<usize>]) -> Option<Problem> {
    let known_at =
        |path: &[String]| totals.areas.iter().zip(known).any(|(area, index)| area.path == path && index.is_some());
    let strange: Vec<String> = totals
        .areas
        .iter()
        .zip(known)
        .filter(|(area, index)| index.is_none() && area.path.len() == 1)
        .filter(|(area, _)| !totals.areas.iter().any(|it| it.path.starts_with(&area.path) && known_at(&it.path)))
        .map(|(area, _)| quoted(&area.name))
        .collect();
    if strange.is_empty() {
        return None;
    }
    let shown = strange.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
    let more = if strange.len() > 5 { format!(" and {} more", strange.len() - 5) } else { String::new() };
    let verb = if strange.len() == 1 { "is no area" } else { "are no areas" };
    let problem =
        Problem::new("area-not-in-model", format!("{shown}{more} {verb} of {}; kept as they are", model.name));
    Some(problem.hint("gapwise models ID lists its areas; --model decides on another one"))
}

/// The next level for the whole, where the rule is no mean.
fn next(scoring: &Scoring, totals: &Totals, placed: &[Placed]) -> Option<Next> {
    let from = totals.overall.model_level?;
    let (scale, staged) = match scoring.rule {
        Rule::Staged => (scoring.model.scale(), true),
        Rule::Minimum | Rule::Tiers | Rule::Thresholds => (scoring.scale, false),
        _ => return None,
    };
    let from = floored(scale, from);
    let level = scale.levels().iter().map(|step| step.value).find(|value| *value > from)?;
    let blockers = match staged {
        true => staged::blockers(scoring, &[], placed, level),
        false => staged::below(&[], &beneath(&[], placed), level),
    };
    let mut raise: Vec<Raise> = blockers
        .into_iter()
        .map(|blocker| Raise {
            what: what(blocker.rating, blocker.name),
            subject: blocker.rating.and_then(|rating| rating.subject.clone()),
            from: blocker.rating.and_then(|rating| rating.current),
            to: blocker.needs,
            effort: blocker.effort,
            at: blocker.rating.map(|rating| rating.at.clone()),
        })
        .collect();
    let way = |raise: &Raise| raise.to - raise.from.unwrap_or(scale.lowest());
    raise.sort_by(|a, b| {
        let effort = |raise: &Raise| raise.effort.unwrap_or(f64::INFINITY);
        effort(a).total_cmp(&effort(b)).then(way(a).total_cmp(&way(b)))
    });
    Some(Next { from, level, name: scale.name_of(level).map(str::to_owned), raise })
}

fn what(rating: Option<&RatingLine>, name: Option<String>) -> String {
    let Some(rating) = rating else { return name.unwrap_or_default() };
    debug_assert!(rating.state != State::NotApplicable);
    match (&rating.practice_id, &rating.practice) {
        (Some(id), Some(practice)) if id != practice => format!("{id} {practice}"),
        (Some(id), _) => name.map_or_else(|| id.clone(), |name| format!("{id} {name}")),
        (None, Some(practice)) => format!("{}: {practice}", rating.area),
        (None, None) => rating.area.clone(),
    }
}
