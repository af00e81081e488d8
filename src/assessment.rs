//! What was rated, as the sheet says it: ratings with their places. Knows nothing of how sheets are laid out.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::error::Place;
use crate::model::{Model, Scale};

/// The ratings of one file and all that was understood around them.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    /// Title in the sheet's title block or the document properties; `None` where there is none.
    pub title: Option<String>,
    /// The scale that the ratings stand on.
    pub scale: Scale,
    /// Where targets come from.
    pub targets: TargetSource,
    /// One entry a rated cell, in the order of the input.
    pub ratings: Vec<Rating>,
    /// Earlier points in time found in the same workbook, oldest first.
    pub earlier: Vec<Earlier>,
    /// The word for a subject in this file, `Application`, as its header says; `None` where there are no subjects.
    pub subject_word: Option<String>,
    /// The maturity model that the file is rated against, where it was named or recognised.
    pub model: Option<Arc<Model>>,
    /// How the file was read, for `inspect` and the report's appendix.
    pub reading: Reading,
}

/// Where the targets come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TargetSource {
    /// The sheet gives them.
    Sheet,
    /// One target for all ratings, given by the user (`--target`).
    Given(f64),
    /// The model's profile of this name gives them where the sheet has none.
    Profile(String),
    /// There are none; a target is never invented.
    None,
}

/// One rated cell with what its row says about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Rating {
    /// Names from the top area down to the one rated, the sheet's own spelling; never empty.
    pub area: Vec<String>,
    /// The practice's id as written (`GV.SC-04`, `5.10`), where there is one.
    pub practice_id: Option<String>,
    /// The practice's name, where there is one.
    pub practice: Option<String>,
    /// Who or what is assessed, where the sheet says it.
    pub subject: Option<String>,
    /// The level now.
    pub current: Score,
    /// The level wanted; [`Score::NotAssessed`] where none is given.
    pub target: Score,
    /// A nearer target kept beside the target (minimum beside desired, earlier phases of a plan), in order.
    pub steps: Vec<Step>,
    /// How much the rating counts in means; 1 where the sheet says nothing. Never negative.
    pub weight: f64,
    /// What orders first steps, where the sheet gives a number for it.
    pub priority: Option<f64>,
    /// Who is to close the gap.
    pub owner: Option<String>,
    /// By when: an ISO date where the cell holds one, else the cell's words.
    pub due: Option<String>,
    /// What the rating rests on.
    pub evidence: Option<String>,
    /// What is to be done.
    pub action: Option<String>,
    /// What stood in the current cell, as a person would read it; empty for a blank.
    pub written: String,
    /// Whether that is a measured value, which the model's thresholds turned into the level.
    pub measured: bool,
    /// The cell of the current level.
    pub at: Place,
    /// The cell of the target level, where there is one.
    pub target_at: Option<Place>,
}

/// A nearer target on the way to the target.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// What the sheet calls it, `Phase 2`, `Minimum target`.
    pub name: String,
    /// The level wanted there.
    pub level: f64,
}

/// The four states of a rating. Unknown is not zero: only [`Score::Level`] carries a number.
#[derive(Clone, Debug, PartialEq)]
pub enum Score {
    /// A level on the scale.
    Level(f64),
    /// The question does not apply: out of scope, `N/A`.
    NotApplicable,
    /// Nobody answered: blank, `-`, `tbd`, unranked.
    NotAssessed,
    /// Something stands there that is no level; the reason is a phrase such as "`6` is not on 1..5".
    Invalid(String),
}

impl Score {
    /// The level, where there is one.
    pub fn level(&self) -> Option<f64> {
        match self {
            Score::Level(level) => Some(*level),
            _ => None,
        }
    }
}

/// The levels of one earlier point in time, by the same ratings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Earlier {
    /// What the sheet calls it, `Q2 2025`, or the date of the earlier file.
    pub name: String,
    /// One entry for each of [`Assessment::ratings`], in their order; `None` where unknown then.
    pub levels: Vec<Option<f64>>,
}

/// How a file was read: what `gapwise inspect` prints and the appendix carries in short.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// One entry a table that was read, in order.
    pub tables: Vec<TableRead>,
    /// Why the scale is what it is, a phrase: "the header says (0-5)".
    pub scale_because: String,
    /// Whether the scale was only seen in the values (design rule 17, last case).
    pub scale_guessed: bool,
    /// Words that were mapped to levels, in the order of their first use.
    pub words: Vec<(String, f64)>,
    /// What was left out and why: "rows 1-3: title block", "sheet `Notes`: no table".
    pub left_out: Vec<LeftOut>,
    /// Why the model is the one it is, a phrase: "6 of 6 area names match"; empty without a model.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub model_because: String,
    /// What was seen in the sheet and is no warning: "12 rows are hidden and count".
    pub notes: Vec<String>,
}

/// One table that was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TableRead {
    /// The sheet's name; empty for a text file.
    pub sheet: String,
    /// Header row (its last line), numbered as in the spreadsheet program, from 1; 0 where the table has none.
    pub header_row: u32,
    /// First and last row of ratings, numbered from 1.
    pub rows: (u32, u32),
    /// `long`, `grid`, `pairs`, `stacked` ...: the kind of layout, one word.
    pub layout: String,
    /// Why this table and not another, phrases.
    pub because: Vec<String>,
    /// The columns in the order of the sheet.
    pub columns: Vec<ColumnRead>,
}

/// What a column was taken for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnRead {
    /// `D`.
    pub letter: String,
    /// The header as it stands, lines joined with a blank; empty where there is none.
    pub header: String,
    /// `area`, `current`, `target` ..., or `not read`.
    pub role: String,
    /// Why, a phrase.
    pub because: String,
    /// The column that came second for this role and why it lost, a phrase; empty where there was none.
    pub runner_up: String,
}

/// Something in the file that is not part of the assessment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LeftOut {
    /// What: "rows 1-3", "sheet `Notes`", "column K".
    pub what: String,
    /// Why, a phrase.
    pub because: String,
}

impl TableRead {
    /// The column letters by role, as the JSON contract shows them; the first column wins where a role has several.
    pub fn columns_by_role(&self) -> BTreeMap<String, String> {
        let mut columns = BTreeMap::new();
        for column in self.columns.iter().filter(|column| column.role != "not read") {
            columns.entry(column.role.clone()).or_insert_with(|| column.letter.clone());
        }
        columns
    }
}
