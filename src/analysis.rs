//! Ratings -> numbers. The result is the JSON output; the page and the paper only show it.
//!
//! [`figures`] holds every formula, [`sum`] the exact addition that makes results independent of order. Nothing here
//! knows sheets or wording.

pub mod figures;
pub mod forecast;
pub mod history;
pub mod leaves;
mod model;
pub mod scoring;
pub mod sum;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::assessment::{Assessment, Rating, Reading, Score, Step, TargetSource};
use crate::error::{Problem, Warned};
pub use crate::merge::Origin;
use crate::model::Scale;
pub use figures::{AreaFigures, Figures, SubjectFigures};
pub use forecast::Forecast;
pub use history::{Item, Renamed, TimePoint};
pub use leaves::Leaf;
pub(crate) use model::score_anew;
pub use model::{Demands, LevelAbsent, ModelArea, ModelUsed, Next, Raise};

/// The name and version of the JSON contract.
pub const SCHEMA: &str = "gapwise/1";

/// The result of one file, or of several merged: the JSON document `gapwise/1`.
///
/// Numbers are unrounded; an unknown is `null`, never 0.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Analysis {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// Title of the report.
    pub title: String,
    /// Date of the report, ISO.
    pub date: String,
    /// The program and its version, `gapwise 0.1.0`.
    pub generator: String,
    /// The file that was read; absent in a merged document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub input: Option<Input>,
    /// The files of a merged document.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<Input>,
    /// The recognised model; `null` where there is none.
    pub model: Option<ModelUsed>,
    /// The scale that the ratings stand on, lowest level first.
    pub scale: Scale,
    /// Where targets come from.
    pub targets: TargetSource,
    /// The word for a subject in this file (`Application`); `null` where the file has none.
    pub subject_word: Option<String>,
    /// Name of the earlier assessment that change and progress refer to; `null` where there is none.
    pub previous: Option<String>,
    /// The earlier points in time, oldest first; the last one is `previous`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<TimePoint>,
    /// Where the trend leads, where it was asked for: an extrapolation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forecast: Option<Forecast>,
    /// Ratings that the earlier assessment did not have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub added: Vec<Item>,
    /// Ratings that only the earlier assessment had.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dropped: Vec<Item>,
    /// Names that changed since, as the user said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub renamed: Vec<Renamed>,
    /// All areas together (design: the mean of the top areas).
    pub overall: Figures,
    /// Areas, flat, parents before their children, in the order of the input.
    pub areas: Vec<AreaFigures>,
    /// Subjects in the order of the input; empty where the file has none.
    pub subjects: Vec<SubjectFigures>,
    /// Every rating with its cell, in the order of the input.
    pub ratings: Vec<RatingLine>,
    /// Exact sums in place of the ratings, where these were left out of the document.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sums: Vec<Leaf>,
    /// What was noticed while reading.
    pub warnings: Vec<Problem>,
    /// How the file was read.
    pub reading: Reading,
}

impl Analysis {
    /// A document about nothing yet.
    pub(crate) fn blank(title: String, date: String, scale: Scale) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            title,
            date,
            generator: concat!("gapwise ", env!("CARGO_PKG_VERSION")).to_owned(),
            input: None,
            inputs: Vec::new(),
            model: None,
            scale,
            targets: TargetSource::None,
            subject_word: None,
            previous: None,
            history: Vec::new(),
            forecast: None,
            added: Vec::new(),
            dropped: Vec::new(),
            renamed: Vec::new(),
            overall: Figures::default(),
            areas: Vec::new(),
            subjects: Vec::new(),
            ratings: Vec::new(),
            sums: Vec::new(),
            warnings: Vec::new(),
            reading: Reading::default(),
        }
    }
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Input {
    /// Base name.
    pub file: String,
    /// SHA-256 of its bytes, hex.
    pub sha256: String,
    /// The sheets that hold ratings.
    pub sheets: Vec<SheetUsed>,
    /// Its folder below the one that was worked on, parts joined with `/`; absent where it stood in that one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folder: Option<String>,
    /// In a merged document, what the file's own document said beside its ratings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Box<Origin>>,
}

impl Input {
    /// Folder and file.
    pub fn relative(&self) -> String {
        self.folder.as_ref().map_or_else(|| self.file.clone(), |folder| format!("{folder}/{}", self.file))
    }
}

/// A sheet that holds ratings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetUsed {
    /// Its name; empty for a text file.
    pub name: String,
    /// Its header row, numbered from 1.
    pub header_row: u32,
    /// Column letter by role: `{"area": "B", "current": "D"}`.
    pub columns: BTreeMap<String, String>,
}

/// One rating with its gap and its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RatingLine {
    /// Name of the area rated (the last of `path`).
    pub area: String,
    /// Names from the top area down.
    pub path: Vec<String>,
    /// Name of the practice, else its id; `null` for an area rated as a whole.
    pub practice: Option<String>,
    /// The practice's id, where there is one.
    pub practice_id: Option<String>,
    /// Who or what is rated; `null` where the file does not say.
    pub subject: Option<String>,
    /// The level now; `null` unless `state` is `level`.
    pub current: Option<f64>,
    /// The level wanted; `null` unless `target_state` is `level`.
    pub target: Option<f64>,
    /// `target - current` in levels; `null` unless both are levels.
    pub gap: Option<f64>,
    /// Weight in means.
    pub weight: f64,
    /// State of `current`.
    pub state: State,
    /// State of `target`.
    pub target_state: State,
    /// Why the current level is invalid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The level in the earlier assessment.
    pub previous: Option<f64>,
    /// Nearer targets on the way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
    /// The file's own priority number.
    pub priority: Option<f64>,
    /// What first steps are ordered by: the priority where given, else weight x gap; `null` without a shortfall.
    pub urgency: Option<f64>,
    /// Place among the shortfalls by urgency, from 1; `null` without a shortfall.
    pub rank: Option<u32>,
    /// Who is to close the gap.
    pub owner: Option<String>,
    /// By when, as ISO date or in the sheet's words.
    pub due: Option<String>,
    /// What the rating rests on.
    pub evidence: Option<String>,
    /// What is to be done.
    pub action: Option<String>,
    /// What stood in the current cell.
    pub written: String,
    /// Whether that is a measured value, for which `current` is the level by the model's thresholds.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub measured: bool,
    /// The cell of the current level: `CD!D14`.
    pub at: String,
    /// The cell of the target; `null` where it has none.
    pub target_at: Option<String>,
    /// The file, in a merged document, with its folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Its place in `inputs`, in a merged document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub input: Option<usize>,
    /// The area as the file spells it, in a merged document, where another file spells it otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path_in_file: Option<Vec<String>>,
    /// The subject as the file names it, in a merged document, where subjects are kept apart by file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject_in_file: Option<String>,
}

/// The state of a rating.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// A level on the scale.
    Level,
    /// Does not apply.
    NotApplicable,
    /// Nobody answered.
    NotAssessed,
    /// No level; left out of every mean.
    Invalid,
}

/// What the caller knows about a report that is not in the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Base name of the file.
    pub file: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// The title, where the user gave one; else the sheet's, else the file's stem.
    pub title: Option<String>,
    /// The date of the report, ISO.
    pub date: String,
}

/// Computes every number of an assessment.
pub fn analyse(read: &Warned<Assessment>, frame: &Frame) -> Analysis {
    let assessment = &read.value;
    let mut ratings: Vec<RatingLine> = assessment.ratings.iter().map(|rating| line(rating, None)).collect();
    rank(&mut ratings);
    let mut totals = figures::compute(&ratings, &assessment.scale);
    let mut warnings = read.warnings.clone();
    let model = assessment.model.as_ref().map(|model| {
        let because = &assessment.reading.model_because;
        model::apply(model, because, &assessment.scale, &ratings, &mut totals, &mut warnings)
    });
    let title = frame.title.clone().or_else(|| assessment.title.clone()).unwrap_or_else(|| stem(&frame.file));
    let mut analysis = Analysis {
        input: Some(Input {
            file: frame.file.clone(),
            sha256: frame.sha256.clone(),
            sheets: assessment
                .reading
                .tables
                .iter()
                .map(|table| SheetUsed {
                    name: table.sheet.clone(),
                    header_row: table.header_row,
                    columns: table.columns_by_role(),
                })
                .collect(),
            folder: None,
            origin: None,
        }),
        model,
        targets: assessment.targets.clone(),
        subject_word: assessment.subject_word.clone(),
        overall: totals.overall,
        areas: totals.areas,
        subjects: totals.subjects,
        ratings,
        warnings,
        reading: assessment.reading.clone(),
        ..Analysis::blank(title, frame.date.clone(), assessment.scale.clone())
    };
    let points: Vec<_> = assessment.earlier.iter().map(|it| (it.name.clone(), it.levels.clone())).collect();
    history::set(&mut analysis, &points);
    analysis
}

fn line(rating: &Rating, previous: Option<f64>) -> RatingLine {
    let (current, target) = (rating.current.level(), rating.target.level());
    let gap = current.zip(target).map(|(current, target)| target - current);
    let short = gap.filter(|gap| *gap > 0.0);
    RatingLine {
        area: rating.area.last().cloned().unwrap_or_default(),
        path: rating.area.clone(),
        practice: rating.practice.clone().or_else(|| rating.practice_id.clone()),
        practice_id: rating.practice_id.clone(),
        subject: rating.subject.clone(),
        current,
        target,
        gap,
        weight: rating.weight,
        state: state(&rating.current),
        target_state: state(&rating.target),
        reason: match &rating.current {
            Score::Invalid(reason) => Some(reason.clone()),
            _ => None,
        },
        previous,
        steps: rating.steps.clone(),
        priority: rating.priority,
        urgency: short.map(|gap| rating.priority.unwrap_or(rating.weight * gap)),
        rank: None,
        owner: rating.owner.clone(),
        due: rating.due.clone(),
        evidence: rating.evidence.clone(),
        action: rating.action.clone(),
        written: rating.written.clone(),
        measured: rating.measured,
        at: rating.at.to_string(),
        target_at: rating.target_at.as_ref().map(ToString::to_string),
        file: None,
        input: None,
        path_in_file: None,
        subject_in_file: None,
    }
}

fn state(score: &Score) -> State {
    match score {
        Score::Level(_) => State::Level,
        Score::NotApplicable => State::NotApplicable,
        Score::NotAssessed => State::NotAssessed,
        Score::Invalid(_) => State::Invalid,
    }
}

/// Numbers the shortfalls by urgency, greatest first; equal ones by gap, then in the order of the input.
pub(crate) fn rank(ratings: &mut [RatingLine]) {
    let mut order: Vec<usize> = (0..ratings.len()).filter(|index| ratings[*index].urgency.is_some()).collect();
    let key = |index: usize| (ratings[index].urgency.unwrap_or(0.0), ratings[index].gap.unwrap_or(0.0));
    order.sort_by(|a, b| {
        let ((urgency_a, gap_a), (urgency_b, gap_b)) = (key(*a), key(*b));
        urgency_b.total_cmp(&urgency_a).then(gap_b.total_cmp(&gap_a)).then(a.cmp(b))
    });
    for (place, index) in order.into_iter().enumerate() {
        ratings[index].rank = u32::try_from(place + 1).ok();
    }
}

/// The file's name without its ending.
pub fn stem(file: &str) -> String {
    match file.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem.to_owned(),
        _ => file.to_owned(),
    }
}

/// A rating from `area subject current target weight previous`, levels also as `-`, `n/a` or `x`.
#[cfg(test)]
pub(crate) fn line_for_tests(text: &str) -> RatingLine {
    let words: Vec<&str> = text.split_whitespace().collect();
    let score = |word: Option<&&str>| match word {
        None | Some(&"-") => Score::NotAssessed,
        Some(&"n/a") => Score::NotApplicable,
        Some(&"x") => Score::Invalid("`x` is no level".to_owned()),
        Some(number) => Score::Level(number.parse().expect("a number")),
    };
    let rating = Rating {
        area: words[0].split('/').map(str::to_owned).collect(),
        practice_id: None,
        practice: None,
        subject: Some(words[1].to_owned()),
        current: score(words.get(2)),
        target: score(words.get(3)),
        steps: Vec::new(),
        weight: words.get(4).map_or(1.0, |weight| weight.parse().expect("a number")),
        priority: None,
        owner: None,
        due: None,
        evidence: None,
        action: None,
        written: words[2].to_owned(),
        measured: false,
        at: crate::error::Place::cell(&None, 0, 0),
        target_at: None,
    };
    line(&rating, score(words.get(5)).level())
}
