//! What the numbers mean: every formula, once.
//!
//! Throughout, `c` is the current level, `t` the target, `b` the level of the earlier assessment, `w` the weight; all
//! sums run over the ratings where each value named in the sum is a level.
//!
//! | figure | of an area, or of a subject's area | overall, or of a subject |
//! | --- | --- | --- |
//! | current | `sum(w*c) / sum(w)` | mean of the top areas' |
//! | target | `sum(w*t) / sum(w)` | mean of the top areas' |
//! | gap | `sum(w*(t-c)) / sum(w)` | mean of the top areas' |
//! | shortfall | `sum(w*max(t-c, 0)) / sum(w)` | mean of the top areas' |
//! | change | `sum(w*(c-b)) / sum(w)` | mean of the top areas' |
//! | percent of scale | `(current - lowest) / (highest - lowest)` | the same |
//! | percent to target | `1 - sum(w*max(t-c, 0)) / sum(w*(t-lowest))` | `1 - shortfall / (target - lowest)` |
//! | progress | `sum(w*(c-b)) / sum(w*(t-b))` | mean change / mean of `t-b` |
//! | rating mean | `sum(c) / n`, unweighted | the same over all ratings |
//!
//! Each mean runs over the areas that have the figure. Where weights sum to 0 or a divisor is 0, the figure is unknown.
//! Sums are exact ([`super::sum`]), so no figure depends on the order of the ratings.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::leaves::{self, Leaf};
use super::sum::ExactSum;
use super::{RatingLine, State};
use crate::model::Scale;

/// The figures of an area, a subject, or all areas together. Unknown is `None`, never 0.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// Mean level now.
    pub current: Option<f64>,
    /// Mean target.
    pub target: Option<f64>,
    /// Mean of `target - current`, in levels; negative above target.
    pub gap: Option<f64>,
    /// Mean of what is missing to target, a surplus counted as 0; at least the gap.
    pub shortfall: Option<f64>,
    /// Where `current` lies on the scale, 0 to 1.
    pub percent_of_scale: Option<f64>,
    /// How much of the way from the lowest level to the target is done, 0 to 1; a surplus earns nothing.
    pub percent_to_target: Option<f64>,
    /// Plain mean of all levels, without weights.
    pub rating_mean: Option<f64>,
    /// Mean of `current - earlier`, in levels.
    pub change: Option<f64>,
    /// Share of the way from the earlier assessment to the target that is done; may be negative or above 1.
    pub progress: Option<f64>,
    /// What the model's own rule says; `None` without a model.
    pub model_level: Option<f64>,
    /// Ratings that are levels.
    pub assessed: u64,
    /// Ratings that apply: all but the not applicable.
    pub applicable: u64,
    /// All ratings.
    pub total: u64,
    /// Ratings that do not apply.
    pub not_applicable: u64,
    /// Ratings that nobody answered.
    pub not_assessed: u64,
    /// Ratings whose cell holds no level.
    pub invalid: u64,
}

impl Figures {
    /// `assessed / applicable`, 0 to 1; `None` where nothing applies.
    pub fn coverage(&self) -> Option<f64> {
        (self.applicable > 0).then(|| self.assessed as f64 / self.applicable as f64)
    }
}

/// An area with its figures, taken over all ratings beneath it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AreaFigures {
    /// Its name as the sheet spells it.
    pub name: String,
    /// Names from the top area down to this one.
    pub path: Vec<String>,
    /// Its figures.
    #[serde(flatten)]
    pub figures: Figures,
}

/// A subject with its figures and those of its areas.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SubjectFigures {
    /// Its name as the sheet spells it.
    pub name: String,
    /// The mean of its top areas.
    #[serde(flatten)]
    pub figures: Figures,
    /// Its areas, flat, parents before their children.
    pub areas: Vec<AreaFigures>,
}

/// All figures of a set of ratings.
#[derive(Clone, Debug, PartialEq)]
pub struct Totals {
    /// All areas together.
    pub overall: Figures,
    /// Every area.
    pub areas: Vec<AreaFigures>,
    /// Every subject.
    pub subjects: Vec<SubjectFigures>,
}

/// Computes all figures; areas and subjects come in the order of their first rating, parents before their children.
pub fn compute(ratings: &[RatingLine], scale: &Scale) -> Totals {
    compute_from(&leaves::leaves(ratings, scale), scale)
}

/// The same from sums; as sums are exact, it does not matter how the ratings were grouped into them.
pub fn compute_from(leaves: &[Leaf], scale: &Scale) -> Totals {
    let mut all = Roll::default();
    let mut subjects: Vec<(String, Roll)> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for leaf in leaves {
        all.add(leaf);
        if let Some(subject) = &leaf.subject {
            let index = *known.entry(subject.clone()).or_insert_with(|| {
                subjects.push((subject.clone(), Roll::default()));
                subjects.len() - 1
            });
            subjects[index].1.add(leaf);
        }
    }
    let (overall, areas) = all.figures(scale);
    let subjects = subjects
        .into_iter()
        .map(|(name, roll)| {
            let (figures, areas) = roll.figures(scale);
            SubjectFigures { name, figures, areas }
        })
        .collect();
    Totals { overall, areas, subjects }
}

/// Sums of one set of ratings by area.
#[derive(Default)]
struct Roll {
    /// Each area's children, as indices, in the order of their first rating; entry 0 is the root.
    areas: Vec<Node>,
    whole: Sums,
}

struct Node {
    path: Vec<String>,
    sums: Sums,
    children: Vec<usize>,
    by_name: BTreeMap<String, usize>,
}

impl Node {
    fn new(path: Vec<String>) -> Self {
        Self { path, sums: Sums::default(), children: Vec::new(), by_name: BTreeMap::new() }
    }
}

impl Roll {
    fn add(&mut self, leaf: &Leaf) {
        self.whole.merge(&leaf.sums);
        if self.areas.is_empty() {
            self.areas.push(Node::new(Vec::new()));
        }
        let mut at = 0;
        for (depth, name) in leaf.path.iter().enumerate() {
            at = match self.areas[at].by_name.get(name) {
                Some(child) => *child,
                None => {
                    let child = self.areas.len();
                    self.areas.push(Node::new(leaf.path[..=depth].to_vec()));
                    self.areas[at].by_name.insert(name.clone(), child);
                    self.areas[at].children.push(child);
                    child
                }
            };
            self.areas[at].sums.merge(&leaf.sums);
        }
    }

    fn figures(&self, scale: &Scale) -> (Figures, Vec<AreaFigures>) {
        let Some(root) = self.areas.first() else { return (Figures::default(), Vec::new()) };
        let mut flat = Vec::new();
        let mut open: Vec<usize> = root.children.iter().rev().copied().collect();
        while let Some(index) = open.pop() {
            let node = &self.areas[index];
            flat.push(AreaFigures {
                name: node.path.last().cloned().unwrap_or_default(),
                path: node.path.clone(),
                figures: node.sums.figures(scale),
            });
            open.extend(node.children.iter().rev());
        }
        let tops: Vec<&Sums> = root.children.iter().map(|index| &self.areas[*index].sums).collect();
        (overall(&tops, &self.whole, scale), flat)
    }
}

/// Exact sums over a set of ratings, each with that of its weights.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sums {
    #[serde(default, skip_serializing_if = "Ratio::is_empty")]
    current: Ratio,
    #[serde(default, skip_serializing_if = "Ratio::is_empty")]
    target: Ratio,
    #[serde(default, skip_serializing_if = "Ratio::is_empty")]
    gap: Ratio,
    #[serde(default, skip_serializing_if = "Ratio::is_empty")]
    shortfall: Ratio,
    /// `w*(t-lowest)` over the ratings with both levels.
    #[serde(default, skip_serializing_if = "Ratio::is_empty")]
    way: Ratio,
    #[serde(default, skip_serializing_if = "Ratio::is_empty")]
    change: Ratio,
    /// `w*(c-b)` and `w*(t-b)` over the ratings with all three.
    #[serde(default, skip_serializing_if = "Ratio::is_empty")]
    done: Ratio,
    #[serde(default, skip_serializing_if = "Ratio::is_empty")]
    to_do: Ratio,
    #[serde(default, skip_serializing_if = "Ratio::is_empty")]
    plain: Ratio,
    /// Levels, not applicable, not assessed, invalid.
    counts: [u64; 4],
}

/// The two sums of a weighted mean.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Ratio {
    sum: ExactSum,
    weight: ExactSum,
}

impl Ratio {
    fn is_empty(&self) -> bool {
        self.weight == ExactSum::default() && self.sum == ExactSum::default()
    }

    fn add(&mut self, weight: f64, value: f64) {
        self.sum.add(weight * value);
        self.weight.add(weight);
    }

    fn merge(&mut self, other: &Self) {
        self.sum.merge(&other.sum);
        self.weight.merge(&other.weight);
    }

    fn mean(&self) -> Option<f64> {
        let weight = self.weight.value();
        (weight > 0.0).then(|| self.sum.value() / weight)
    }
}

impl Sums {
    /// Adds all that other sums hold.
    pub fn merge(&mut self, other: &Self) {
        self.current.merge(&other.current);
        self.target.merge(&other.target);
        self.gap.merge(&other.gap);
        self.shortfall.merge(&other.shortfall);
        self.way.merge(&other.way);
        self.change.merge(&other.change);
        self.done.merge(&other.done);
        self.to_do.merge(&other.to_do);
        self.plain.merge(&other.plain);
        self.counts.iter_mut().zip(other.counts).for_each(|(count, more)| *count += more);
    }

    /// Adds a rating.
    pub fn add(&mut self, rating: &RatingLine, scale: &Scale) {
        let (w, c, t, b) = (rating.weight, rating.current, rating.target, rating.previous);
        self.counts[rating.state as usize] += 1;
        if let Some(c) = c {
            self.current.add(w, c);
            self.plain.add(1.0, c);
        }
        if let Some(t) = t {
            self.target.add(w, t);
        }
        if let (Some(c), Some(t)) = (c, t) {
            self.gap.add(w, t - c);
            self.shortfall.add(w, (t - c).max(0.0));
            self.way.add(w, t - scale.lowest());
        }
        if let (Some(c), Some(b)) = (c, b) {
            self.change.add(w, c - b);
            if let Some(t) = t {
                self.done.add(w, c - b);
                self.to_do.add(w, t - b);
            }
        }
    }

    fn figures(&self, scale: &Scale) -> Figures {
        let current = self.current.mean();
        Figures {
            current,
            target: self.target.mean(),
            gap: self.gap.mean(),
            shortfall: self.shortfall.mean(),
            percent_of_scale: percent_of_scale(current, scale),
            percent_to_target: left(self.shortfall.mean(), self.way.mean()),
            change: self.change.mean(),
            progress: share(self.done.mean(), self.to_do.mean()),
            ..self.counted()
        }
    }

    /// The figures that do not depend on how areas are weighed: the plain mean and the counts.
    fn counted(&self) -> Figures {
        let [assessed, not_applicable, not_assessed, invalid] = self.counts;
        Figures {
            rating_mean: self.plain.mean(),
            assessed,
            applicable: assessed + not_assessed + invalid,
            total: assessed + not_applicable + not_assessed + invalid,
            not_applicable,
            not_assessed,
            invalid,
            ..Figures::default()
        }
    }
}

/// The mean of the top areas, each counted once, over those that have the figure.
fn overall(tops: &[&Sums], whole: &Sums, scale: &Scale) -> Figures {
    let mean = |figure: fn(&Sums) -> &Ratio| {
        let mut ratio = Ratio::default();
        tops.iter().filter_map(|sums| figure(sums).mean()).for_each(|value| ratio.add(1.0, value));
        ratio.mean()
    };
    let current = mean(|sums| &sums.current);
    let target = mean(|sums| &sums.target);
    let shortfall = mean(|sums| &sums.shortfall);
    Figures {
        current,
        target,
        gap: mean(|sums| &sums.gap),
        shortfall,
        percent_of_scale: percent_of_scale(current, scale),
        percent_to_target: left(shortfall, target.map(|target| target - scale.lowest())),
        change: mean(|sums| &sums.change),
        progress: share(mean(|sums| &sums.done), mean(|sums| &sums.to_do)),
        ..whole.counted()
    }
}

fn percent_of_scale(current: Option<f64>, scale: &Scale) -> Option<f64> {
    current.map(|current| (current - scale.lowest()) / scale.span())
}

/// `1 - missing / way`; unknown where the way is 0 (the target is the lowest level).
fn left(missing: Option<f64>, way: Option<f64>) -> Option<f64> {
    share(missing, way).map(|share| 1.0 - share)
}

fn share(part: Option<f64>, whole: Option<f64>) -> Option<f64> {
    let (part, whole) = part.zip(whole)?;
    (whole != 0.0).then(|| part / whole)
}

// `counts` is indexed by state.
const _: () = {
    assert!(State::Level as usize == 0);
    assert!(State::NotApplicable as usize == 1);
    assert!(State::NotAssessed as usize == 2);
    assert!(State::Invalid as usize == 3);
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::line_for_tests;

    /// Ratings as `area subject current target weight previous`; `-` is not assessed, `n/a` not applicable, `x` invalid.
    fn totals(lines: &[&str]) -> Totals {
        let ratings: Vec<RatingLine> = lines.iter().map(|line| line_for_tests(line)).collect();
        compute(&ratings, &Scale::between(-1.0, 3.0).unwrap())
    }

    #[test]
    fn means_are_weighted_and_leave_out_what_is_unknown() {
        let got = totals(&[
            "Testing Core -1 2 3",
            "Testing Web 1 2 1",
            "Testing HR n/a 2 5",
            "Testing ATM - 2 1",
            "Testing Risk x 2 1",
            "Data Core 3 2 1",
            "Data Web 0 2 1",
        ]);
        let testing = &got.areas[0].figures;
        // current (-1*3 + 1*1) / 4, gap (3*3 + 1*1) / 4, way to target (3*3 + 3*1) / 4.
        assert_eq!(testing.current, Some(-0.5));
        assert_eq!((testing.target, testing.gap, testing.shortfall), (Some(2.0), Some(2.5), Some(2.5)));
        assert_eq!(testing.percent_of_scale, Some(0.125));
        assert_eq!(testing.percent_to_target, Some(1.0 - 2.5 / 3.0));
        assert_eq!(testing.rating_mean, Some(0.0));
        assert_eq!((testing.assessed, testing.applicable, testing.total), (2, 4, 5));
        assert_eq!((testing.not_applicable, testing.not_assessed, testing.invalid), (1, 1, 1));

        // A surplus in one rating hides no shortfall in the other.
        let data = &got.areas[1].figures;
        assert_eq!((data.current, data.gap, data.shortfall), (Some(1.5), Some(0.5), Some(1.0)));

        // Overall: both areas count once, whatever they hold.
        assert_eq!(got.overall.current, Some(0.5));
        assert_eq!((got.overall.gap, got.overall.shortfall), (Some(1.5), Some(1.75)));
        assert_eq!(got.overall.rating_mean, Some(0.75));

        let core = &got.subjects[0];
        assert_eq!((core.name.as_str(), core.figures.current, core.figures.gap), ("Core", Some(1.0), Some(1.0)));
        assert_eq!(got.subjects[2].figures.current, None, "HR has nothing that applies");
    }

    #[test]
    fn nothing_rated_is_unknown_and_never_zero() {
        let got = totals(&["Testing Core - 2 1", "Data Core 1 - 1"]);
        assert_eq!(got.areas[0].figures.current, None);
        assert_eq!(got.areas[0].figures.percent_of_scale, None);
        assert_eq!(got.areas[0].figures.target, Some(2.0));
        assert_eq!(got.overall.current, Some(1.0), "the area without a level is left out");
        assert_eq!(got.overall.gap, None);
        let weightless = totals(&["Testing Core 1 2 0"]);
        assert_eq!((weightless.overall.current, weightless.overall.assessed), (None, 1));
    }

    #[test]
    fn a_target_at_the_lowest_level_has_no_way_to_go() {
        let got = totals(&["Testing Core 0 -1 1"]);
        assert_eq!(got.overall.percent_to_target, None);
        assert_eq!((got.overall.gap, got.overall.shortfall), (Some(-1.0), Some(0.0)));
    }

    #[test]
    fn change_runs_over_what_is_known_at_both_times() {
        let got = totals(&["Testing Core 1 3 1 0", "Testing Web 2 2 1 -", "Data Core 0 1 2 1"]);
        assert_eq!(got.areas[0].figures.change, Some(1.0));
        assert_eq!(got.areas[0].figures.progress, Some(1.0 / 3.0));
        assert_eq!(got.areas[1].figures.progress, None, "the target was met before");
        assert_eq!(got.overall.change, Some(0.0));
    }

    #[test]
    fn sub_areas_follow_their_parent_and_count_in_it() {
        let got = totals(&["Build/Tools A 1 2 1", "Run A 3 3 1", "Build/People A 3 3 1"]);
        let names: Vec<_> = got.areas.iter().map(|area| area.path.join("/")).collect();
        assert_eq!(names, ["Build", "Build/Tools", "Build/People", "Run"]);
        assert_eq!(got.areas[0].figures.current, Some(2.0));
        assert_eq!(got.overall.current, Some(2.5), "only top areas count in the whole");
    }
}
