//! The command line: arguments as typed -> settings, checked once.

pub mod check;
pub mod earlier;
pub mod manual;
pub mod many;
pub mod merge;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use gapwise::error::{Problem, Problems, Result};
use gapwise::recognise::Wishes;
use gapwise::render::Format;

/// Turns a maturity gap analysis kept in a spreadsheet into a report.
///
/// Exit codes: 0 done, 1 a gate did not pass, 2 something could not be done (bad input, bad flag, disk).
#[derive(Parser, Debug)]
#[command(name = "gapwise", version, max_term_width = 100)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Colours on the terminal; NO_COLOR is honoured by `auto`
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub color: Color,
    /// Settings, in place of the nearest gapwise.toml from the input's folder upward
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,
    /// Read no settings file
    #[arg(long, global = true)]
    pub no_config: bool,
    /// Print every setting in force and where it comes from, and do nothing
    #[arg(long, global = true)]
    pub print_settings: bool,
    /// Print errors only
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

/// The commands.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Read spreadsheets of ratings and write reports
    Report(ReportArgs),
    /// Hold spreadsheets against rules; the exit code is the verdict
    Check(check::CheckArgs),
    /// Make one portfolio of several results, in any order and grouping the same
    Merge(merge::MergeArgs),
    /// Print a script that completes commands and flags in a shell
    Completions(manual::CompletionsArgs),
    /// Print the manual page
    Man(manual::ManArgs),
    /// Show how a spreadsheet was understood: sheet, header, columns, scale, what was left out
    Inspect(InspectArgs),
    /// Make a workbook to fill in for a maturity model; `report` reads it back
    New(NewArgs),
    /// List themes, or write a theme file to start from
    #[command(subcommand)]
    Theme(ThemeCommand),
    /// List the maturity models that come with the program, or show one in full
    Models(ModelsArgs),
}

/// When to colour.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// `gapwise report`.
#[derive(Args, Debug)]
pub struct ReportArgs {
    /// Spreadsheets (.xlsx .xlsm .xlsb .xls .ods .csv .tsv) or folders of them; `-` is standard input
    #[arg(required_unless_present = "print_settings", value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub shape: ShapeArgs,
    /// Exit with 2 when there were warnings; the reports are written all the same
    #[arg(long)]
    pub strict: bool,
    /// How many files to work on at once; as many as there are processors unless given
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
    #[command(flatten)]
    pub many: many::ManyArgs,
    #[command(flatten)]
    pub earlier: earlier::EarlierArgs,
    /// Say when targets would be reached at the pace so far; needs three points in time
    #[arg(long)]
    pub forecast: bool,
    #[command(flatten)]
    pub reading: ReadingArgs,
}

/// What reports look like and where they go, the same for `report` and `merge`.
#[derive(Args, Debug)]
pub struct ShapeArgs {
    /// Folder for the reports; `-` writes one report to standard output
    #[arg(long, short, value_name = "DIR", default_value = "gapwise-report")]
    pub output: PathBuf,
    /// What to write, separated by commas: html, pdf, json, csv, md, xlsx, svg, parquet
    #[arg(long, short, value_name = "LIST", default_value = "html,pdf")]
    pub format: String,
    /// Title of the report, instead of the sheet's own
    #[arg(long)]
    pub title: Option<String>,
    /// Date of the report, 2026-01-31; else SOURCE_DATE_EPOCH, the date inside the workbook, or today
    #[arg(long)]
    pub date: Option<String>,
    /// Paper of the PDF: a4 unless the theme says otherwise
    #[arg(long, value_name = "a4|letter")]
    pub paper: Option<String>,
    /// What the PDF is made to: ua-1, or for archives a-2a, a-3a (with the JSON attached, which report reads back)
    #[arg(long, value_name = "ua-1|a-2a|a-3a", default_value = "ua-1")]
    pub pdf_standard: String,
    /// How much: full, or summary (no part for each area)
    #[arg(long, value_name = "full|summary", default_value = "full")]
    pub detail: String,
    /// Language of the report: en, de, fr, es, pt; else the workbook's own, else English
    #[arg(long, value_name = "CODE")]
    pub lang: Option<String>,
    #[command(flatten)]
    pub looks: LooksArgs,
}

/// How reports look.
#[derive(Args, Debug)]
pub struct LooksArgs {
    /// A theme: plain, ledger, slate, or a theme file (`gapwise theme new` writes one)
    #[arg(long, value_name = "NAME|FILE")]
    pub theme: Option<PathBuf>,
    /// A font for scripts beyond Latin, Greek and Cyrillic; repeatable, first match first
    #[arg(long, value_name = "FILE")]
    pub font: Vec<PathBuf>,
    /// A folder with own files of the page (report.html, report.css, report.js) in place of the built-in ones
    #[arg(long, value_name = "DIR")]
    pub templates: Option<PathBuf>,
}

/// `gapwise theme`.
#[derive(Subcommand, Debug)]
pub enum ThemeCommand {
    /// List the themes that come with the program
    List,
    /// Write a commented theme file to start from
    New {
        /// Where to write it; `-` is standard output
        #[arg(long, short, value_name = "FILE", default_value = "theme.toml")]
        output: PathBuf,
    },
}

/// `gapwise inspect`.
#[derive(Args, Debug)]
pub struct InspectArgs {
    /// A spreadsheet; `-` is standard input
    #[arg(value_name = "INPUT")]
    pub input: PathBuf,
    /// `text` for people, `json` for programs
    #[arg(long, short, value_name = "text|json", default_value = "text")]
    pub format: String,
    /// Write the mapping file that reads this layout again; `-` is standard output
    #[arg(long, value_name = "FILE")]
    pub write_mapping: Option<PathBuf>,
    #[command(flatten)]
    pub reading: ReadingArgs,
}

/// `gapwise new`.
#[derive(Args, Debug)]
pub struct NewArgs {
    /// Id of a model of the catalogue, or a model file of your own (.toml)
    #[arg(value_name = "MODEL")]
    pub model: String,
    /// The file to write, .xlsx or .csv; `-` is standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: PathBuf,
    /// Who or what is rated, separated by commas: "Web shop,Billing"
    #[arg(long, value_name = "LIST")]
    pub subjects: Option<String>,
    /// xlsx or csv, where the file's name does not say it
    #[arg(long, short, value_name = "xlsx|csv")]
    pub format: Option<String>,
    /// Date written into the workbook, 2026-01-31; else SOURCE_DATE_EPOCH, or today
    #[arg(long)]
    pub date: Option<String>,
    /// Write over a file that is there; it may hold ratings
    #[arg(long)]
    pub force: bool,
}

/// `gapwise models`.
#[derive(Args, Debug)]
pub struct ModelsArgs {
    /// A model's id or file (.toml), shown in full; `new` prints a skeleton, `check FILE` tells every mistake
    #[arg(value_name = "ID|new|check")]
    pub id: Option<String>,
    /// The file to check
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// text or json for the list; md, html, json or toml for one model
    #[arg(long, short, value_name = "FORMAT")]
    pub format: Option<String>,
}

/// What the user says about the spreadsheet; all of it can be left out.
#[derive(Args, Debug)]
pub struct ReadingArgs {
    /// The sheet to read; `all`: a report of every sheet that holds an assessment
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// The row of the header, as the spreadsheet numbers it
    #[arg(long, value_name = "N")]
    pub header_row: Option<u32>,
    /// Which column is what: ROLE=HEADER or ROLE=LETTER, such as current="Score Q3"; repeatable
    #[arg(long, value_name = "ROLE=HEADER")]
    pub column: Vec<String>,
    /// One target for all ratings, or a target profile of the model for what has none
    #[arg(long, value_name = "LEVEL|NAME", allow_hyphen_values = true)]
    pub target: Option<String>,
    /// The scale the ratings stand on, such as 0..5
    #[arg(long, value_name = "LOW..HIGH", allow_hyphen_values = true)]
    pub scale: Option<String>,
    /// The maturity model it is rated against: an id of `gapwise models`, or a file of your own (.toml)
    #[arg(long, value_name = "ID|FILE")]
    pub model: Option<String>,
    /// A mapping file: how one layout is read; `inspect --write-mapping` makes one
    #[arg(long, value_name = "FILE")]
    pub mapping: Option<PathBuf>,
    /// What a word is worth: Largely=3; repeatable
    #[arg(long, value_name = "WORD=VALUE")]
    pub level: Vec<String>,
}

impl ReadingArgs {
    /// The wishes these flags express.
    ///
    /// # Errors
    /// All flags that make no sense, at once.
    pub fn wishes(&self) -> Result<Wishes> {
        let mut problems = Vec::new();
        let mut keep = |result: std::result::Result<(), Problem>| problems.extend(result.err());
        let mut wishes = Wishes { sheet: self.sheet.clone(), header_row: self.header_row, ..Wishes::default() };
        if self.header_row == Some(0) {
            keep(Err(bad("--header-row", "rows are numbered from 1", "--header-row 3")));
        }
        for text in &self.column {
            keep(match text.split_once('=') {
                Some((role, header)) if !role.trim().is_empty() => {
                    wishes.columns.push((role.trim().to_lowercase(), header.trim().to_owned()));
                    Ok(())
                }
                _ => Err(bad("--column", format!("`{text}` names no role"), "--column current=\"Score Q3\"")),
            });
        }
        for text in &self.level {
            keep(match text.rsplit_once('=').and_then(|(word, value)| Some((word.trim(), number(value)?))) {
                Some((word, value)) if !word.is_empty() => {
                    wishes.levels.push((word.to_owned(), value));
                    Ok(())
                }
                _ => Err(bad("--level", format!("`{text}` gives no word a value"), "--level \"Largely=3\"")),
            });
        }
        if let Some(text) = &self.target {
            wishes.target = number(text);
            if wishes.target.is_none() {
                match text.trim() {
                    "" => keep(Err(bad("--target", "it is blank", "--target 3"))),
                    name => wishes.profile = Some(name.to_owned()),
                }
            }
        }
        if let Some(name) = &self.model {
            match crate::command::models::load(name) {
                Ok(model) => wishes.model = Some(model),
                Err(found) => found.0.into_iter().for_each(|problem| keep(Err(problem))),
            }
        }
        if let Some(text) = &self.scale {
            wishes.scale = text.split_once("..").and_then(|(low, high)| Some((number(low)?, number(high)?)));
            match wishes.scale {
                Some((low, high)) => {
                    if let Err(reason) = gapwise::model::Scale::between(low, high) {
                        keep(Err(bad("--scale", reason, "--scale 0..5")));
                    }
                }
                None => keep(Err(bad("--scale", format!("`{text}` is no scale"), "--scale 0..5"))),
            }
        }
        if let Some(path) = &self.mapping {
            match read_mapping(path) {
                Ok(mapping) => wishes = wishes.over(mapping),
                Err(found) => problems.extend(found.0),
            }
        }
        done(wishes, problems)
    }
}

impl ShapeArgs {
    /// The formats asked for, each once, in the order given.
    ///
    /// # Errors
    /// The unknown ones, all at once.
    pub fn formats(&self) -> Result<Vec<Format>> {
        let mut formats: Vec<Format> = Vec::new();
        let mut problems = Vec::new();
        for word in self.format.split(',').map(str::trim).filter(|word| !word.is_empty()) {
            match Format::ALL.into_iter().find(|format| format.ending() == word.to_lowercase()) {
                Some(format) if formats.contains(&format) => {}
                Some(format) => match format.built_in() {
                    Ok(()) => formats.push(format),
                    Err(problem) => problems.push(problem),
                },
                None => {
                    let hint = match word {
                        "docx" | "doc" | "odt" | "word" => "for a word processor: --format md",
                        _ => "several are separated by commas: --format html,pdf",
                    };
                    problems.push(bad("--format", format!("unknown `{word}`; known: {}", Format::known()), hint));
                }
            }
        }
        if formats.is_empty() && problems.is_empty() {
            problems.push(bad("--format", "names no format", format!("known: {}", Format::known())));
        }
        done(formats, problems)
    }
}

/// The wishes of a mapping file; its name goes before the places of its mistakes.
fn read_mapping(path: &std::path::Path) -> Result<Wishes> {
    let shown = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| {
        bad("--mapping", format!("`{shown}` cannot be read: {}", crate::output::reason(&error)), "check the path")
    })?;
    gapwise::recognise::mapping::read(&text).map_err(|found| {
        let named = |mut problem: Problem| {
            problem.at = Some(problem.at.map_or_else(|| shown.clone(), |at| format!("{shown}, {at}")));
            problem
        };
        Problems(found.0.into_iter().map(named).collect())
    })
}

/// A flag with a value that makes no sense.
pub fn bad(flag: &str, what: impl std::fmt::Display, hint: impl Into<String>) -> Problem {
    Problem::new("bad-value", format!("{flag}: {what}")).hint(hint)
}

fn done<T>(value: T, problems: Vec<Problem>) -> Result<T> {
    if problems.is_empty() { Ok(value) } else { Err(Problems(problems)) }
}

/// A plain decimal number; `inf`, `NaN` and exponents are words here.
fn number(text: &str) -> Option<f64> {
    let text = text.trim().replace('−', "-");
    let digits = text.strip_prefix('-').unwrap_or(&text);
    let plain = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    plain.then(|| text.parse().ok()).flatten()
}
