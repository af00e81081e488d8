//! `gapwise check`: the rules as flags.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use gapwise::error::{Problem, Problems, Result};
use gapwise::gate::{self, AreaRules, Rules};

use super::earlier::EarlierArgs;
use super::{ReadingArgs, bad};

/// `gapwise check`.
#[derive(Args, Debug)]
pub struct CheckArgs {
    /// Spreadsheets, folders of them, or JSON of a report; `-` is standard input
    #[arg(required_unless_present = "print_settings", value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub rules: RuleArgs,
    #[command(flatten)]
    pub earlier: EarlierArgs,
    /// `table` for people, `json` for programs, `md` for the summary of a CI job
    #[arg(long, short, value_name = "table|json|md", default_value = "table")]
    pub format: String,
    /// Write the verdict as JUnit XML too
    #[arg(long, value_name = "FILE")]
    pub junit: Option<PathBuf>,
    /// Write what did not pass as SARIF 2.1.0 too
    #[arg(long, value_name = "FILE")]
    pub sarif: Option<PathBuf>,
    /// Annotate files in a CI service, on standard error
    #[arg(long, value_enum, value_name = "SERVICE")]
    pub annotations: Option<Service>,
    /// The day that due dates are held against, 2026-01-31; else SOURCE_DATE_EPOCH, the date inside the workbook, or today
    #[arg(long)]
    pub date: Option<String>,
    /// Exit with 2 when there were warnings
    #[arg(long)]
    pub strict: bool,
    /// How many files to work on at once; as many as there are processors unless given
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
    #[command(flatten)]
    pub reading: ReadingArgs,
}

/// The rules.
#[derive(Args, Debug, Default)]
#[command(next_help_heading = "Rules")]
pub struct RuleArgs {
    /// Each area's level is at least this
    #[arg(long, value_name = "LEVEL", allow_hyphen_values = true)]
    pub min_level: Option<String>,
    /// Each area's gap is at most this many levels
    #[arg(long, value_name = "GAP", allow_hyphen_values = true)]
    pub max_gap: Option<String>,
    /// The level of all areas together is at least this
    #[arg(long, value_name = "LEVEL", allow_hyphen_values = true)]
    pub min_overall: Option<String>,
    /// Of all ratings that apply, at least this share was given
    #[arg(long, value_name = "P%")]
    pub min_coverage: Option<String>,
    /// At most this many cells hold no level
    #[arg(long, value_name = "N")]
    pub max_invalid: Option<u64>,
    /// No area is below its level in the earlier assessment (--previous, or in the workbook itself)
    #[arg(long)]
    pub no_regression: bool,
    /// No gap is open past its due date
    #[arg(long)]
    pub no_overdue: bool,
    /// Rules for one area, in place of the general ones: "Testing:min-level=3,max-gap=1,min-coverage=90%"; repeatable
    #[arg(long, value_name = "NAME:RULES")]
    pub area: Vec<String>,
    /// An area that may be unknown, which no rule lets pass otherwise; repeatable
    #[arg(long, value_name = "NAME")]
    pub allow_not_assessed: Vec<String>,
    /// Nothing may be worse than in this JSON of an earlier report: no rating lower, lost or taken out
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
}

/// A CI service.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// GitHub Actions.
    Github,
}

impl RuleArgs {
    /// The rules these flags express.
    ///
    /// # Errors
    /// All flags that make no sense, at once; `no-rules` where there is none.
    pub fn rules(&self) -> Result<Rules> {
        let mut problems = Vec::new();
        let mut rules = Rules {
            max_invalid: self.max_invalid,
            no_regression: self.no_regression,
            no_overdue: self.no_overdue,
            allow_not_assessed: self.allow_not_assessed.clone(),
            ..Rules::default()
        };
        let every = [
            ("min-level", &self.min_level, "--min-level 2"),
            ("max-gap", &self.max_gap, "--max-gap 1"),
            ("min-coverage", &self.min_coverage, "--min-coverage 90%"),
        ];
        for (rule, value, hint) in every {
            if let Some(value) = value
                && let Err(reason) = rules.every.set(rule, value)
            {
                problems.push(bad(&format!("--{rule}"), reason, hint));
            }
        }
        if let Some(value) = &self.min_overall {
            match gate::level(value) {
                Ok(level) => rules.min_overall = Some(level),
                Err(reason) => problems.push(bad("--min-overall", reason, "--min-overall 2")),
            }
        }
        for text in &self.area {
            match AreaRules::parse(text) {
                Ok(own) => rules.areas.push(own),
                Err(reason) => {
                    problems.push(bad("--area", reason, "--area \"Testing:min-level=3,max-gap=1\""));
                }
            }
        }
        if problems.is_empty() && rules.is_empty() && self.baseline.is_none() {
            let problem = Problem::new("no-rules", "there is no rule to check");
            problems.push(problem.hint("give one: --min-level 2, --max-gap 1, --min-coverage 90%, --baseline FILE"));
        }
        if problems.is_empty() { Ok(rules) } else { Err(Problems(problems)) }
    }
}
