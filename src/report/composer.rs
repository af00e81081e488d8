//! What every chapter needs at hand: the analysis, the wording, ids, and the shape of the file (targets, subjects,
//! practices, weights).

use std::collections::BTreeMap;

use super::ids::{Ids, cell_slug, slug};
use super::{Cell, Tone};
use crate::analysis::{Analysis, AreaFigures, Figures, RatingLine, State};
use crate::number::{NumberStyle, rounded};
use crate::wording::{Arg, Noun, Words};

/// How much a report tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// Everything, down to each rating.
    #[default]
    Full,
    /// Without a part for each area and without the list of all ratings.
    Summary,
}

/// Numbers as the report prints them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbers {
    style: NumberStyle,
    /// Decimals of a mean: 1, or 2 where the whole scale is one level wide and one decimal would hide most of it.
    decimals: usize,
}

impl Numbers {
    /// The numbers of an analysis in a language's style.
    pub fn of(analysis: &Analysis, style: NumberStyle) -> Self {
        Self { style, decimals: if analysis.scale.span() <= 1.0 { 2 } else { 1 } }
    }

    /// A mean level: `0.5`.
    pub fn mean(self, value: f64) -> String {
        self.style.mean_to(value, self.decimals)
    }

    /// A mean gap or change with its sign: `+1.7`.
    pub fn mean_gap(self, value: f64) -> String {
        self.style.mean_gap_to(value, self.decimals)
    }

    /// A single level: `−1`, `1.5`.
    pub fn level(self, value: f64) -> String {
        self.style.level(value)
    }

    /// A single gap with its sign: `+3`.
    pub fn gap(self, value: f64) -> String {
        self.style.gap(value)
    }

    /// A share of 1 in percent.
    pub fn percent(self, share: f64) -> String {
        self.style.percent(share)
    }

    /// -1, 0 or 1: the sign of a mean as it is printed, so that words and numbers agree.
    pub fn sign(self, value: f64) -> i8 {
        match self.mean_gap(value).chars().next() {
            Some('−') => -1,
            Some('+') => 1,
            _ => 0,
        }
    }

    /// Whether the printed target less the printed level is not the printed gap.
    pub(super) fn rounding_shows(self, current: f64, target: f64, gap: f64) -> bool {
        let printed = |value: f64| rounded(value, self.decimals).parse::<f64>().unwrap_or(value);
        let step = 0.1f64.powi(self.decimals as i32);
        (printed(target) - printed(current) - printed(gap)).abs() > step / 2.0
    }

    /// Whether two means print alike.
    pub fn alike(self, a: f64, b: f64) -> bool {
        self.mean(a) == self.mean(b)
    }
}

/// More lead areas than this get no part of their own.
const MOST_PARTS: usize = 40;

/// The composer of one report.
pub(super) struct Composer<'a> {
    pub(super) analysis: &'a Analysis,
    pub(super) words: Words,
    pub(super) numbers: Numbers,
    pub(super) detail: Detail,
    /// Id of each area, in the order of `analysis.areas`.
    area_ids: BTreeMap<&'a [String], String>,
    subject_ids: BTreeMap<&'a str, String>,
    /// Id of each rating's row in the appendix, in the order of `analysis.ratings`.
    cell_ids: Vec<String>,
    /// Whether any rating has a target.
    pub(super) targeted: bool,
    /// Whether weights differ.
    pub(super) weighted: bool,
    /// Whether the file ranks by a priority of its own.
    pub(super) prioritised: bool,
    /// Whether there are practices.
    pub(super) practices: bool,
    /// Indices of the shortfalls by rank.
    pub(super) shortfalls: Vec<usize>,
}

/// More levels than this are a measure and no steps one after the other.
const STEPS: usize = 10;

impl<'a> Composer<'a> {
    pub(super) fn new(analysis: &'a Analysis, words: Words, detail: Detail) -> Self {
        let mut ids = Ids::default();
        let area_ids = analysis
            .areas
            .iter()
            .map(|area| (&area.path[..], ids.give("area", &slug(&area.path.join(" ")))))
            .collect();
        let subject_ids =
            analysis.subjects.iter().map(|it| (it.name.as_str(), ids.give("subject", &slug(&it.name)))).collect();
        let cell_ids = analysis.ratings.iter().map(|rating| ids.give("cell", &cell_slug(&rating.at))).collect();
        let mut shortfalls: Vec<usize> =
            (0..analysis.ratings.len()).filter(|index| analysis.ratings[*index].rank.is_some()).collect();
        shortfalls.sort_by_key(|index| analysis.ratings[*index].rank);
        Self {
            analysis,
            numbers: Numbers::of(analysis, words.numbers()),
            words,
            detail,
            area_ids,
            subject_ids,
            cell_ids,
            targeted: analysis.ratings.iter().any(|rating| rating.target.is_some()),
            weighted: analysis.ratings.windows(2).any(|pair| pair[0].weight != pair[1].weight),
            prioritised: analysis.ratings.iter().any(|rating| rating.priority.is_some()),
            practices: analysis.ratings.iter().any(|rating| rating.practice.is_some()),
            shortfalls,
        }
    }

    pub(super) fn say(&self, key: &str, args: &[Arg]) -> String {
        self.words.say(key, args)
    }

    pub(super) fn count(&self, key: &str, n: usize, args: &[Arg]) -> String {
        self.words.count(key, n as u64, args)
    }

    /// The id of an area: `area-testing`.
    pub(super) fn area_id(&self, path: &[String]) -> String {
        self.area_ids.get(path).cloned().unwrap_or_default()
    }

    /// The id of a subject: `subject-core-banking`.
    pub(super) fn subject_id(&self, name: &str) -> String {
        self.subject_ids.get(name).cloned().unwrap_or_default()
    }

    /// The id of a rating's row in the appendix: `cell-Q3-D14`.
    pub(super) fn cell_id(&self, rating: usize) -> String {
        self.cell_ids[rating].clone()
    }

    /// A link to a rating's row in the appendix; empty where the appendix is left out.
    pub(super) fn cell_href(&self, rating: usize) -> String {
        match self.detail {
            Detail::Full => format!("#{}", self.cell_ids[rating]),
            Detail::Summary => String::new(),
        }
    }

    /// The areas that the report leads with: the top areas; beneath a single top area its parts.
    pub(super) fn lead_areas(&self) -> Vec<&'a AreaFigures> {
        let depth = |wanted: usize| -> Vec<&'a AreaFigures> {
            self.analysis.areas.iter().filter(|area| area.path.len() == wanted).collect()
        };
        match (depth(1), depth(2)) {
            (tops, parts) if tops.len() == 1 && parts.len() > 1 => parts,
            (tops, _) => tops,
        }
    }

    /// Whether each lead area has a part of its own: some hold more than one rating, and they are not too many to leaf
    /// through.
    pub(super) fn has_parts(&self) -> bool {
        let leads = self.lead_areas();
        self.detail == Detail::Full
            && leads.len() <= MOST_PARTS
            && leads.iter().any(|area| area.figures.total > 1 && area.figures.assessed > 0)
    }

    /// A link to the area's own part; empty where it has none.
    pub(super) fn part_href(&self, area: &AreaFigures) -> String {
        let lead = self.lead_areas().first().is_some_and(|lead| lead.path.len() == area.path.len());
        if lead && self.has_parts() { format!("#{}", self.area_id(&area.path)) } else { String::new() }
    }

    /// The areas right beneath one.
    pub(super) fn parts_of(&self, area: &AreaFigures) -> Vec<&'a AreaFigures> {
        let depth = area.path.len();
        let beneath = |it: &&AreaFigures| it.path.len() == depth + 1 && it.path.starts_with(&area.path);
        self.analysis.areas.iter().filter(beneath).collect()
    }

    /// Indices of the ratings of an area and all beneath it, in the order of the input.
    pub(super) fn ratings_of(&self, path: &[String]) -> Vec<usize> {
        (0..self.analysis.ratings.len())
            .filter(|index| self.analysis.ratings[*index].path.starts_with(path))
            .collect()
    }

    /// Whether the file names two subjects or more.
    pub(super) fn compares_subjects(&self) -> bool {
        self.analysis.subjects.len() >= 2
    }

    /// The noun for what is assessed.
    pub(super) fn noun(&self) -> &Noun {
        self.words.noun(self.analysis.subject_word.as_deref())
    }

    /// `10 applications`.
    pub(super) fn subjects_counted(&self) -> String {
        let count = self.analysis.subjects.len();
        let noun = self.noun();
        let noun = if count == 1 { &noun.one } else { &noun.other };
        self.say("phrase.counted", &[("n", &count.to_string()), ("noun", noun)])
    }

    /// Head of a column of subjects: the sheet's own word, else the general one.
    pub(super) fn subject_head(&self) -> String {
        match self.analysis.subject_word.as_deref().map(str::trim) {
            Some(word) if !word.is_empty() && word.chars().count() <= 30 => word.to_owned(),
            _ => self.say("head.subject", &[]),
        }
    }

    /// `n/a`.
    pub(super) fn unknown(&self) -> String {
        self.say("sign.not-applicable", &[])
    }

    /// A mean level, or `n/a`.
    pub(super) fn mean(&self, value: Option<f64>) -> String {
        value.map_or_else(|| self.unknown(), |value| self.numbers.mean(value))
    }

    /// A mean gap with its sign, or `n/a`.
    pub(super) fn mean_gap(&self, value: Option<f64>) -> String {
        value.map_or_else(|| self.unknown(), |value| self.numbers.mean_gap(value))
    }

    /// A percentage, or `n/a`.
    pub(super) fn percent(&self, share: Option<f64>) -> String {
        share.map_or_else(|| self.unknown(), |share| self.numbers.percent(share))
    }

    /// `51 of 57`.
    pub(super) fn rated(&self, figures: &Figures) -> String {
        match figures.applicable {
            0 => self.unknown(),
            all => self.say("phrase.n-of-m", &[("n", &figures.assessed.to_string()), ("m", &all.to_string())]),
        }
    }

    /// The sign of a state: a level's own text is not known here, so [`State::Level`] has none.
    pub(super) fn sign(&self, state: State) -> String {
        match state {
            State::Level => String::new(),
            State::NotAssessed => self.say("sign.not-assessed", &[]),
            State::NotApplicable => self.say("sign.not-applicable", &[]),
            State::Invalid => self.say("sign.invalid", &[]),
        }
    }

    /// The name of a state: `not assessed`.
    pub(super) fn state(&self, state: State) -> String {
        match state {
            State::Level => self.say("state.level", &[]),
            State::NotAssessed => self.say("state.not-assessed", &[]),
            State::NotApplicable => self.say("state.not-applicable", &[]),
            State::Invalid => self.say("state.invalid", &[]),
        }
    }

    /// The level now of a rating as printed: the level or the sign of its state.
    pub(super) fn now(&self, rating: &RatingLine) -> String {
        rating.current.map_or_else(|| self.sign(rating.state), |level| self.numbers.level(level))
    }

    /// The target of a rating as printed.
    pub(super) fn wanted(&self, rating: &RatingLine) -> String {
        match (rating.target, rating.target_state) {
            (Some(level), _) => self.numbers.level(level),
            (None, State::Invalid) => self.sign(State::Invalid),
            (None, _) => self.unknown(),
        }
    }

    /// The level to reach first where the target lies further off: the sheet's own nearer target, else the next single
    /// level of the scale; `None` where one step leads to the target, or levels are too many to be steps.
    pub(super) fn next_level(&self, rating: &RatingLine) -> Option<f64> {
        let (now, target) = rating.current.zip(rating.target)?;
        let scale = self.analysis.scale.levels();
        let steps = rating.steps.iter().map(|step| step.level).find(|level| *level > now);
        let next =
            || scale.iter().map(|level| level.value).find(|value| *value > now).filter(|_| scale.len() <= STEPS);
        steps.or_else(next).filter(|next| *next < target)
    }

    /// What a rating is about, without its area: subject and practice; the area where there is neither.
    pub(super) fn label(&self, rating: &RatingLine) -> String {
        match (&rating.subject, practice_name(rating)) {
            (Some(subject), Some(practice)) if self.compares_subjects() => {
                self.say("phrase.pair", &[("a", &practice), ("b", subject)])
            }
            (_, Some(practice)) => practice,
            (Some(subject), None) => subject.clone(),
            (None, None) => rating.area.clone(),
        }
    }

    /// A level's name in brackets behind its number where it has one: `2 (Managed)`.
    pub(super) fn named(&self, level: f64, shown: &str) -> String {
        match self.analysis.scale.name_of(level) {
            Some(name) => self.say("phrase.level-named", &[("level", shown), ("name", name)]),
            None => shown.to_owned(),
        }
    }

    /// `−1 Regressive`, or the bare number where the level has no name.
    pub(super) fn level_and_name(&self, level: f64) -> String {
        let shown = self.numbers.level(level);
        match self.analysis.scale.name_of(level) {
            Some(name) => self.say("phrase.level-and-name", &[("level", &shown), ("name", name)]),
            None => shown,
        }
    }

    /// Cell of a mean level now.
    pub(super) fn current_cell(&self, value: Option<f64>) -> Cell {
        figure(self.mean(value), value, Tone::Current)
    }

    /// Cell of a mean target.
    pub(super) fn target_cell(&self, value: Option<f64>) -> Cell {
        figure(self.mean(value), value, Tone::Target)
    }

    /// Cell of a mean gap.
    pub(super) fn gap_cell(&self, value: Option<f64>) -> Cell {
        figure(self.mean_gap(value), value, Tone::Gap)
    }
}

/// `GV.SC-04 Suppliers are known`: id and name of a practice, the id once.
pub(super) fn practice_name(rating: &RatingLine) -> Option<String> {
    practice_name_of(rating.practice_id.as_deref(), rating.practice.as_deref())
}

/// A practice by its id and name, as far as there are any.
pub(super) fn practice_name_of(id: Option<&str>, name: Option<&str>) -> Option<String> {
    match (id, name) {
        (Some(id), Some(name)) if id != name && !name.starts_with(id) => Some(format!("{id} {name}")),
        (_, Some(name)) => Some(name.to_owned()),
        (Some(id), None) => Some(id.to_owned()),
        (None, None) => None,
    }
}

/// A cell with a number behind it; unknown ones are muted.
pub(super) fn figure(text: String, value: Option<f64>, tone: Tone) -> Cell {
    let tone = if value.is_none() { Tone::Muted } else { tone };
    Cell { text, tone, value, href: String::new() }
}
