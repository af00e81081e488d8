//! Holds an analysis against rules: each check is a row that passed or did not, with the cells that decide it.
//!
//! What is unknown never passes: an area without a level fails a rule about levels, unless it is allowed by name. An
//! area where nothing applies is not checked, for there is nothing to hold the rule against; where this leaves a rule
//! without any area, the rule fails. Figures are compared as they are, unrounded; 1e-9 is forgiven, so that a mean of
//! 0.1, 0.2 and 0.3 reaches 0.2.

mod annotations;
mod junit;
mod markdown;
mod ratchet;
mod rules;
mod sarif;
mod words;

use serde::Serialize;

use crate::analysis::{Analysis, AreaFigures, Figures, RatingLine, State};
use crate::compare::{folded, lost, nearest, shown};
use crate::error::{Problem, Problems, Result, quoted};
use crate::model::Scale;
pub use annotations::annotations;
pub use junit::junit;
pub use markdown::markdown;
pub use ratchet::ratchet;
pub use rules::{AreaRules, Rules, Threshold, level, share};
pub use sarif::sarif;
pub use words::{expected, found, sentence};

/// What is forgiven between a figure and its threshold.
const FORGIVEN: f64 = 1e-9;

/// Which rule a row checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// An area's level.
    MinLevel,
    /// An area's gap.
    MaxGap,
    /// The level of all areas together.
    MinOverall,
    /// The share of the applicable ratings that are levels.
    MinCoverage,
    /// How many ratings hold no level at all.
    MaxInvalid,
    /// An area's level against an earlier assessment.
    NoRegression,
    /// How many gaps are open past their date.
    NoOverdue,
    /// An area against the baseline.
    Baseline,
}

impl Kind {
    /// Every kind, in the order they are checked.
    pub const ALL: [Self; 8] = [
        Self::MinLevel,
        Self::MaxGap,
        Self::MinOverall,
        Self::MinCoverage,
        Self::MaxInvalid,
        Self::NoRegression,
        Self::NoOverdue,
        Self::Baseline,
    ];

    /// The name of its flag, without the dashes.
    pub fn name(self) -> &'static str {
        match self {
            Self::MinLevel => "min-level",
            Self::MaxGap => "max-gap",
            Self::MinOverall => "min-overall",
            Self::MinCoverage => "min-coverage",
            Self::MaxInvalid => "max-invalid",
            Self::NoRegression => "no-regression",
            Self::NoOverdue => "no-overdue",
            Self::Baseline => "baseline",
        }
    }
}

/// One check and its verdict.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// `min-level: Testing`; different for every row of a file.
    pub name: String,
    /// The rule.
    pub rule: Kind,
    /// The area, names from the top joined with ` / `; `null` where the rule is about the whole.
    pub area: Option<String>,
    /// The threshold: a level, a share of 1, a count.
    pub expected: f64,
    /// The figure held against it; `null` where it is unknown.
    pub found: Option<f64>,
    /// Whether the check passed.
    pub passed: bool,
    /// Whether it passed only because the unknown is allowed by name.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub allowed: bool,
    /// Cells that keep it from passing.
    pub at: Vec<String>,
    /// The check in a sentence.
    pub message: String,
}

/// The rows of one file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Verdict {
    /// The file as the user named it.
    pub file: String,
    /// Whether every row passed; `false` where the file could not be checked.
    pub passed: bool,
    /// One row a check.
    pub rows: Vec<Row>,
    /// What kept the file from being checked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Problem>,
}

impl Verdict {
    /// The verdict over these rows.
    pub fn of(file: &str, rows: Vec<Row>) -> Self {
        Self { file: file.to_owned(), passed: rows.iter().all(|row| row.passed), rows, errors: Vec::new() }
    }

    /// A file that could not be checked.
    pub fn none(file: &str, problems: &Problems) -> Self {
        Self { file: file.to_owned(), passed: false, rows: Vec::new(), errors: problems.0.clone() }
    }

    /// The rows that did not pass.
    pub fn failed(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| !row.passed)
    }
}

/// Checks an analysis against rules.
///
/// # Errors
/// `unknown-area`, `off-scale`, `no-previous`: rules that cannot be applied to this file, all at once.
pub fn check(analysis: &Analysis, rules: &Rules) -> Result<Vec<Row>> {
    let problems = rules_that_do_not_fit(analysis, rules);
    if !problems.is_empty() {
        return Err(Problems(problems));
    }
    let mut rows = Vec::new();
    by_area(&mut rows, analysis, rules, Kind::MinLevel, |area| area.min_level);
    by_area(&mut rows, analysis, rules, Kind::MaxGap, |area| area.max_gap);
    let overall = &analysis.overall;
    let everywhere: Vec<&RatingLine> = analysis.ratings.iter().collect();
    if let Some(Threshold(wanted)) = rules.min_overall {
        let passed = at_least(overall.current, wanted);
        let at = if passed { Vec::new() } else { cells(&everywhere, |it| below(it, wanted)) };
        rows.push(row(Kind::MinOverall, None, wanted, overall.current, passed, at));
    }
    if let Some(Threshold(wanted)) = rules.every.min_coverage {
        rows.push(coverage(None, overall, &everywhere, wanted));
    }
    by_area(&mut rows, analysis, rules, Kind::MinCoverage, |area| area.min_coverage);
    if let Some(most) = rules.max_invalid {
        let at = cells(&everywhere, |it| it.state == State::Invalid);
        let passed = overall.invalid <= most;
        let at = if passed { Vec::new() } else { at };
        rows.push(row(Kind::MaxInvalid, None, most as f64, Some(overall.invalid as f64), passed, at));
    }
    if rules.no_regression {
        no_regression(&mut rows, analysis);
    }
    if rules.no_overdue {
        let late = cells(&everywhere, |it| overdue(it, &analysis.date));
        rows.push(row(Kind::NoOverdue, None, 0.0, Some(late.len() as f64), late.is_empty(), late));
    }
    Ok(rows)
}

/// The name of an area in rows: `Build / Tools`.
fn path(names: &[String]) -> String {
    names.join(" / ")
}

fn row(rule: Kind, area: Option<&str>, expected: f64, found: Option<f64>, passed: bool, at: Vec<String>) -> Row {
    let name = match area {
        Some(area) => format!("{}: {area}", rule.name()),
        None => rule.name().to_owned(),
    };
    let mut row = Row {
        name,
        rule,
        area: area.map(str::to_owned),
        expected,
        found,
        passed,
        allowed: false,
        at,
        message: String::new(),
    };
    row.message = sentence(&row);
    row
}

fn at_least(found: Option<f64>, wanted: f64) -> bool {
    found.is_some_and(|found| found >= wanted - FORGIVEN)
}

fn at_most(found: Option<f64>, wanted: f64) -> bool {
    found.is_some_and(|found| found <= wanted + FORGIVEN)
}

fn below(rating: &RatingLine, wanted: f64) -> bool {
    match rating.state {
        State::Level => !at_least(rating.current, wanted),
        State::NotApplicable => false,
        State::NotAssessed | State::Invalid => true,
    }
}

fn unknown(rating: &RatingLine) -> bool {
    matches!(rating.state, State::NotAssessed | State::Invalid)
}

fn cells(ratings: &[&RatingLine], which: impl Fn(&RatingLine) -> bool) -> Vec<String> {
    ratings.iter().filter(|it| which(it)).map(|it| it.at.clone()).collect()
}

fn beneath<'a>(analysis: &'a Analysis, area: &AreaFigures) -> Vec<&'a RatingLine> {
    analysis.ratings.iter().filter(|it| it.path.starts_with(&area.path)).collect()
}

/// Rows of a rule that is about each area, with the areas' own thresholds.
fn by_area(
    rows: &mut Vec<Row>,
    analysis: &Analysis,
    rules: &Rules,
    kind: Kind,
    threshold: fn(&AreaRules) -> Option<Threshold>,
) {
    // The general coverage rule is about the whole, so only an area's own one counts here.
    let general = if kind == Kind::MinCoverage { None } else { threshold(&rules.every) };
    let (mut asked, mut checked) = (false, false);
    for area in &analysis.areas {
        let own = rules.areas.iter().rev().find_map(|(name, own)| threshold(own).filter(|_| meant(name, area)));
        let Some(Threshold(wanted)) = own.or(general) else { continue };
        asked = true;
        if area.figures.applicable == 0 {
            continue;
        }
        checked = true;
        let (name, figures, ratings) = (path(&area.path), &area.figures, beneath(analysis, area));
        let mut new = match kind {
            Kind::MinCoverage => coverage(Some(&name), figures, &ratings, wanted),
            Kind::MaxGap => {
                let passed = at_most(figures.gap, wanted);
                let over = |it: &RatingLine| unknown(it) || it.gap.is_some_and(|gap| gap > wanted + FORGIVEN);
                let at = if passed { Vec::new() } else { cells(&ratings, over) };
                row(kind, Some(&name), wanted, figures.gap, passed, at)
            }
            _ => {
                let passed = at_least(figures.current, wanted);
                let at = if passed { Vec::new() } else { cells(&ratings, |it| below(it, wanted)) };
                row(kind, Some(&name), wanted, figures.current, passed, at)
            }
        };
        let allowed = rules.allow_not_assessed.iter().any(|name| meant(name, area));
        if !new.passed && new.found.is_none() && allowed {
            (new.passed, new.allowed) = (true, true);
            new.message = sentence(&new);
        }
        rows.push(new);
    }
    if asked && !checked {
        let wanted = general.map_or(0.0, |threshold| threshold.0);
        rows.push(row(kind, None, wanted, None, false, Vec::new()));
    }
}

fn coverage(area: Option<&str>, figures: &Figures, ratings: &[&RatingLine], wanted: f64) -> Row {
    let found = figures.coverage();
    let passed = at_least(found, wanted);
    let at = if passed { Vec::new() } else { cells(ratings, unknown) };
    row(Kind::MinCoverage, area, wanted, found, passed, at)
}

/// Each area over the ratings known at both times; a level that is not known any more fails too.
fn no_regression(rows: &mut Vec<Row>, analysis: &Analysis) {
    let before = rows.len();
    for area in &analysis.areas {
        let ratings = beneath(analysis, area);
        let gone: Vec<&RatingLine> = ratings.iter().copied().filter(|it| lost(it)).collect();
        let both = ratings.iter().any(|it| it.current.is_some() && it.previous.is_some());
        // An area that is new, or that applies no longer, cannot have got worse.
        if !both && gone.is_empty() {
            continue;
        }
        let then = area.figures.current.zip(area.figures.change).map(|(current, change)| current - change);
        let expected = then.unwrap_or_else(|| mean(&gone));
        let passed = gone.is_empty() && area.figures.change.is_some_and(|change| change >= -FORGIVEN);
        let fell = |it: &RatingLine| lost(it) || it.current.zip(it.previous).is_some_and(|(now, then)| now < then);
        let at = if passed { Vec::new() } else { cells(&ratings, fell) };
        let found = if both { area.figures.current } else { None };
        let mut new = row(Kind::NoRegression, Some(&path(&area.path)), expected, found, passed, at);
        new.message = words::regression(&new, gone.len());
        rows.push(new);
    }
    if rows.len() == before {
        rows.push(row(Kind::NoRegression, None, 0.0, None, false, Vec::new()));
    }
}

fn mean(ratings: &[&RatingLine]) -> f64 {
    let levels: Vec<f64> = ratings.iter().filter_map(|it| it.previous).collect();
    levels.iter().sum::<f64>() / levels.len().max(1) as f64
}

/// A gap that is open past its date; a date that nobody can read is taken for past, as it never passes unknown.
fn overdue(rating: &RatingLine, today: &str) -> bool {
    let open = rating.gap.is_none_or(|gap| gap > FORGIVEN) && rating.state != State::NotApplicable;
    match (open, rating.due.as_deref().map(str::trim).filter(|due| !due.is_empty())) {
        (true, Some(due)) => rules::last_day(due).is_none_or(|day| day.as_str() < today),
        _ => false,
    }
}

/// Whether a name in a rule means this area: its own name or its whole path.
fn meant(name: &str, area: &AreaFigures) -> bool {
    let name = folded(name);
    name == folded(&area.name) || name == folded(&path(&area.path)) || name == folded(&area.path.join("/"))
}

fn rules_that_do_not_fit(analysis: &Analysis, rules: &Rules) -> Vec<Problem> {
    let mut problems = Vec::new();
    let named = rules.areas.iter().map(|(name, _)| ("--area", name));
    for (flag, name) in named.chain(rules.allow_not_assessed.iter().map(|name| ("--allow-not-assessed", name))) {
        if analysis.areas.iter().any(|area| meant(name, area)) {
            continue;
        }
        let problem = Problem::new("unknown-area", format!("{flag}: no area {}", quoted(name)));
        let known = analysis.areas.iter().map(|area| area.name.as_str());
        problems.push(match nearest(name, known) {
            Some(near) => problem.hint(format!("the nearest is {}", quoted(near))),
            None => {
                let all: Vec<String> = analysis.areas.iter().take(8).map(|area| quoted(&area.name)).collect();
                problem.hint(format!("areas of this file: {}", all.join(", ")))
            }
        });
    }
    let scale = &analysis.scale;
    let levels = [("--min-level", rules.every.min_level), ("--min-overall", rules.min_overall)];
    problems.extend(levels.into_iter().filter_map(|(flag, level)| off_scale(flag, level?.0, scale)));
    problems.extend(rules.every.max_gap.and_then(|gap| too_wide("--max-gap", gap.0, scale)));
    for (name, own) in &rules.areas {
        let flag = format!("--area {}", quoted(name));
        problems.extend(own.min_level.and_then(|level| off_scale(&format!("{flag}: min-level"), level.0, scale)));
        problems.extend(own.max_gap.and_then(|gap| too_wide(&format!("{flag}: max-gap"), gap.0, scale)));
    }
    if rules.no_regression && analysis.previous.is_none() {
        let problem = Problem::new("no-previous", "--no-regression: there is no earlier assessment to compare with");
        problems.push(problem.hint("name it: --previous FILE"));
    }
    problems
}

fn off_scale(flag: &str, level: f64, scale: &Scale) -> Option<Problem> {
    (!scale.holds(level)).then(|| {
        let problem = Problem::new("off-scale", format!("{flag}: {level} is not on the scale {}", shown(scale)));
        problem.hint("a threshold is a level; where the scale was read wrong: --scale LOW..HIGH")
    })
}

fn too_wide(flag: &str, gap: f64, scale: &Scale) -> Option<Problem> {
    (gap.abs() > scale.span()).then(|| {
        let span = scale.span();
        let what = format!("{flag}: no gap can be {gap} on the scale {}, at most {span}", shown(scale));
        Problem::new("off-scale", what).hint("a gap is counted in levels")
    })
}

#[cfg(test)]
mod tests;
