//! The analysis as a workbook: a summary with a chart, the areas, the subjects, every rating.
//!
//! Gaps and means are formulas over the ratings, so that whoever doubts a number can follow it, or change a rating and see
//! what follows; each carries the analysis's own result. Where there would be too many for a spreadsheet program to
//! recalculate at ease, the sheets hold the results alone.

mod areas;
mod ratings;
mod subjects;
mod summary;

use rust_xlsxwriter::{Workbook, XlsxError};

use super::pdf::Paper;
use crate::analysis::Analysis;
use crate::error::{Problem, Result};
use crate::report::Report;
use crate::wording::{Arg, Words};
use crate::workbook::style::{self, Cells, Style};

/// The most ratings that one sheet takes with its head.
const MAX_RATINGS: usize = 1_000_000;
/// The most steps (formulas x ratings) that recalculating may take; above it, results stand without their formulas.
const MAX_STEPS: usize = 50_000_000;

/// The analysis as a workbook; the same analysis gives the same bytes.
///
/// # Errors
/// `too-large` for more ratings than a sheet has rows.
pub fn xlsx(analysis: &Analysis, report: &Report, paper: Paper) -> Result<Vec<u8>> {
    if analysis.ratings.len() > MAX_RATINGS {
        let message =
            format!("{} ratings do not fit into a workbook; a sheet takes {MAX_RATINGS}", analysis.ratings.len());
        return Err(Problem::new("too-large", message).hint("--format csv takes any number").into());
    }
    let mut book = style::workbook(&analysis.title, &analysis.date, &analysis.generator);
    write(&mut book, &Frame::new(analysis, report, paper))
        .and_then(|()| book.save_to_buffer())
        .map_err(|fault| style::fault(&fault))
}

fn write(book: &mut Workbook, frame: &Frame) -> std::result::Result<(), XlsxError> {
    let names = &frame.sheets;
    let mut sheet = |name: &str| book.add_worksheet().set_name(name).map(|_| ());
    sheet(&names.summary)?;
    sheet(&names.areas)?;
    if frame.has_subjects() {
        sheet(&names.subjects)?;
    }
    sheet(&names.ratings)?;
    summary::write(Cells::new(book.worksheet_from_name(&names.summary)?), frame)?;
    areas::write(Cells::new(book.worksheet_from_name(&names.areas)?), frame)?;
    if frame.has_subjects() {
        subjects::write(Cells::new(book.worksheet_from_name(&names.subjects)?), frame)?;
    }
    ratings::write(Cells::new(book.worksheet_from_name(&names.ratings)?), frame)
}

/// What every sheet needs to know.
struct Frame<'a> {
    analysis: &'a Analysis,
    report: &'a Report,
    words: Words,
    style: Style,
    sheets: SheetNames,
    /// Whether any rating has a target.
    targets: bool,
    letter: bool,
    columns: ratings::Columns,
    /// For each area, the numbers (from 1) of itself and its last descendant: areas are listed parents first.
    spans: Vec<(usize, usize)>,
}

struct SheetNames {
    summary: String,
    areas: String,
    subjects: String,
    ratings: String,
}

impl<'a> Frame<'a> {
    fn new(analysis: &'a Analysis, report: &'a Report, paper: Paper) -> Self {
        let words = Words::of(&report.lang).unwrap_or_else(Words::english);
        let name = |key: &str| style::shorten(&words.say(key, &[]), 31);
        let sheets = SheetNames {
            summary: name("xlsx.summary"),
            areas: name("xlsx.areas"),
            subjects: name("xlsx.subjects"),
            ratings: name("xlsx.ratings"),
        };
        Self {
            analysis,
            report,
            style: Style::default(),
            sheets,
            targets: analysis.ratings.iter().any(|rating| rating.target.is_some()),
            letter: paper == Paper::Letter,
            columns: ratings::Columns::of(analysis),
            spans: spans(analysis),
            words,
        }
    }

    fn say(&self, key: &str) -> String {
        self.words.say(key, &[])
    }

    fn fill(&self, key: &str, args: &[Arg]) -> String {
        self.words.say(key, args)
    }

    fn has_subjects(&self) -> bool {
        !self.analysis.subjects.is_empty()
    }

    /// What stands where a number is unknown.
    fn unknown(&self) -> String {
        self.say("sign.not-applicable")
    }

    /// Whether this many formulas over all ratings can be recalculated at ease.
    fn live(&self, formulas: usize) -> bool {
        formulas.saturating_mul(self.analysis.ratings.len()) <= MAX_STEPS
    }

    /// Writes a formula with its result, or the result alone where formulas would be too many.
    fn figure(
        &self,
        cells: &mut Cells,
        at: (u32, u16),
        live: bool,
        formula: String,
        result: Option<f64>,
        look: Look,
    ) {
        let format = match look {
            Look::Mean => &self.style.mean,
            Look::Gap => &self.style.gap,
            Look::Percent => &self.style.percent,
            Look::Count => &self.style.count,
        };
        match live {
            true => cells.formula(at.0, at.1, style::formula(formula, result, &self.unknown()), format),
            false => cells.number(at.0, at.1, result, &self.unknown(), format),
        }
    }

    /// Where each top area stands in the list of areas.
    fn tops(&self) -> Vec<usize> {
        let areas = self.analysis.areas.iter().enumerate();
        areas.filter(|(_, area)| area.path.len() == 1).map(|(index, _)| index).collect()
    }
}

/// How a figure is shown.
#[derive(Clone, Copy)]
enum Look {
    Mean,
    Gap,
    Percent,
    Count,
}

/// The numbers, from 1, of each area and of its last descendant.
fn spans(analysis: &Analysis) -> Vec<(usize, usize)> {
    let areas = &analysis.areas;
    let mut spans: Vec<(usize, usize)> = (1..=areas.len()).map(|number| (number, number)).collect();
    // The ancestors of the area at hand, outermost first.
    let mut open: Vec<usize> = Vec::new();
    for (index, area) in areas.iter().enumerate() {
        open.truncate(area.path.len().saturating_sub(1));
        open.iter().for_each(|above| spans[*above].1 = index + 1);
        open.push(index);
    }
    spans
}
