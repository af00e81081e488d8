//! A workbook to fill in: model -> a guide, a sheet to rate in, a summary with a chart. `report` reads it back.
//!
//! The sheet to rate in is one long table. Each cell of the columns Current and Target has a list of the levels, written
//! "value - name", and the word for not applicable; a metric takes the measured number instead. What each level asks for
//! stands beside the cell. Gaps and the summary are formulas; they read the words through a hidden sheet of figures, so
//! that no formula depends on how a country writes decimals.

mod csv;
mod figures;
mod guide;
mod rate;
mod summary;

use rust_xlsxwriter::{Workbook, XlsxError};

use super::style::{self, Cells, Style};
use crate::error::{Problem, Result};
use crate::model::{Model, NamedScale, Practice};
use crate::wording::{Arg, Words};

/// What the workbook is to be.
#[derive(Clone, Debug, Default)]
pub struct TemplateOptions {
    /// Who or what is rated; empty for one assessment of the whole.
    pub subjects: Vec<String>,
    /// The day written into the file, ISO; never the clock's.
    pub date: String,
}

/// The most rows to rate in one workbook.
const MAX_ROWS: usize = 20_000;

/// A workbook to rate in; the same model and options give the same bytes.
///
/// # Errors
/// `too-large` where subjects and model make more rows than a person can rate.
pub fn xlsx(model: &Model, options: &TemplateOptions) -> Result<Vec<u8>> {
    let frame = Frame::new(model, options)?;
    let mut book = style::workbook(&frame.title, &options.date, &frame.generator);
    write(&mut book, &frame).and_then(|()| book.save_to_buffer()).map_err(|fault| style::fault(&fault))
}

/// The sheet to rate in as CSV, with a mark that makes spreadsheet programs read it as UTF-8.
///
/// # Errors
/// As [`xlsx`].
pub fn csv(model: &Model, options: &TemplateOptions) -> Result<Vec<u8>> {
    Ok(csv::csv(&Frame::new(model, options)?))
}

fn write(book: &mut Workbook, frame: &Frame) -> std::result::Result<(), XlsxError> {
    let names = [&frame.sheets.guide, &frame.sheets.rate, &frame.sheets.summary, &frame.sheets.figures];
    for name in names {
        // A formula whose result is the empty text is stored with it, not with 0.
        book.add_worksheet().set_name(name)?.set_formula_result_default("");
    }
    guide::write(Cells::new(book.worksheet_from_name(&frame.sheets.guide)?), frame)?;
    rate::write(Cells::new(book.worksheet_from_name(&frame.sheets.rate)?), frame)?;
    summary::write(Cells::new(book.worksheet_from_name(&frame.sheets.summary)?), frame)?;
    figures::write(Cells::new(book.worksheet_from_name(&frame.sheets.figures)?), frame)?;
    Ok(())
}

/// What every sheet needs to know.
struct Frame<'a> {
    model: &'a Model,
    words: Words,
    style: Style,
    title: String,
    generator: String,
    sheets: SheetNames,
    lines: Vec<Line<'a>>,
    /// How deep the rated areas lie: the number of columns with areas.
    depth: usize,
    /// `value - name` of each step that is answered, highest last, with its value.
    entries: Vec<(String, f64)>,
    /// The word for not applicable, the last of each list.
    not_applicable: String,
    subjects: bool,
}

struct SheetNames {
    guide: String,
    rate: String,
    summary: String,
    figures: String,
}

/// One row to rate.
struct Line<'a> {
    /// Places of the areas in the model, from the top down.
    path: Vec<usize>,
    practice: Option<&'a Practice>,
    subject: Option<&'a str>,
}

impl<'a> Frame<'a> {
    fn new(model: &'a Model, options: &'a TemplateOptions) -> Result<Self> {
        let words = Words::for_templates();
        let name = |key: &str| style::shorten(&words.say(key, &[]), 31);
        let sheets = SheetNames {
            guide: name("template.guide"),
            rate: name("template.rate"),
            summary: name("template.summary"),
            figures: name("template.figures"),
        };
        let lines = lines(model, &options.subjects);
        if lines.len() > MAX_ROWS {
            let message = format!("{} rows to rate, the limit is {MAX_ROWS}", lines.len());
            return Err(Problem::new("too-large", message).hint("make a workbook for fewer --subjects").into());
        }
        let rated_on = rated_on(model).scale.levels();
        let entry = |value: f64, name: Option<&str>| match name {
            Some(name) => format!("{value} - {name}"),
            None => value.to_string(),
        };
        Ok(Self {
            model,
            style: Style::default(),
            title: words.say("template.title", &[("model", &model.name)]),
            generator: concat!("gapwise ", env!("CARGO_PKG_VERSION")).to_owned(),
            sheets,
            depth: lines.iter().map(|line| line.path.len()).max().unwrap_or(1),
            lines,
            entries: rated_on.iter().map(|level| (entry(level.value, level.name.as_deref()), level.value)).collect(),
            not_applicable: words.say("template.not-applicable", &[]),
            subjects: !options.subjects.is_empty(),
            words,
        })
    }

    fn say(&self, key: &str) -> String {
        self.words.say(key, &[])
    }

    fn fill(&self, key: &str, args: &[Arg]) -> String {
        self.words.say(key, args)
    }

    /// What stands where a number is unknown.
    fn unknown(&self) -> &'static str {
        ""
    }

    /// The scale that the summary's means stand on: what is answered, or the levels where numbers are measured.
    fn summed(&self) -> &crate::model::Scale {
        match self.measured() {
            true => self.model.scale(),
            false => &rated_on(self.model).scale,
        }
    }

    /// Whether anything is measured instead of chosen.
    fn measured(&self) -> bool {
        self.lines.iter().any(|line| line.metric(self.model).is_some())
    }

    /// Whether areas are answered with the model's levels, so that a criterion and a choice go together.
    fn on_levels(&self) -> bool {
        std::ptr::eq(rated_on(self.model), &self.model.levels)
    }

    /// The heads of the columns of criteria: the levels, as the lists write them where levels are chosen.
    fn criteria_heads(&self) -> Vec<(f64, String)> {
        let levels = self.model.scale().levels().iter().filter(|level| {
            // A level that no row asks anything for has nothing to show.
            self.lines.iter().any(|line| {
                let bound = |metric: &crate::model::Metric| metric.thresholds.iter().any(|t| t.level == level.value);
                line.area().is_some_and(|area| !self.model.asks(area, level.value).is_empty())
                    || line.metric(self.model).is_some_and(bound)
            })
        });
        levels
            .map(|level| match level.name.as_deref() {
                Some(name) => (level.value, format!("{} - {name}", level.value)),
                None => (level.value, level.value.to_string()),
            })
            .collect()
    }

    /// What a level asks for in the area of a row, one demand a line.
    fn criteria(&self, line: &Line, level: f64) -> String {
        let demands = line.area().map_or(&[][..], |area| self.model.asks(area, level));
        match demands {
            [one] => one.clone(),
            many => many.iter().map(|demand| format!("\u{2022} {demand}")).collect::<Vec<_>>().join("\n"),
        }
    }

    /// The top areas with anything to rate.
    fn tops(&self) -> Vec<usize> {
        self.model.children(None).filter(|area| self.lines.iter().any(|line| line.path.contains(area))).collect()
    }

    /// The rows of the sheet to rate in, counted from 0.
    fn rows(&self) -> impl Iterator<Item = (u32, &Line<'a>)> {
        (rate::FIRST..).zip(&self.lines)
    }

    /// The subjects, each once, in the order given.
    fn subject_names(&self) -> Vec<&'a str> {
        let mut names: Vec<&str> = Vec::new();
        for name in self.lines.iter().filter_map(|line| line.subject) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    fn last_row(&self) -> u32 {
        rate::FIRST + u32::try_from(self.lines.len().max(1)).unwrap_or(1) - 1
    }
}

impl Line<'_> {
    /// The place of the rated area.
    fn area(&self) -> Option<usize> {
        self.path.last().copied()
    }

    /// What is measured in this row, where it is not chosen from a list.
    fn metric<'m>(&self, model: &'m Model) -> Option<&'m crate::model::Metric> {
        model.areas[self.area()?].metric.as_ref()
    }

    /// The weight that the model gives the row.
    fn weight(&self, model: &Model) -> f64 {
        let area = self.area().map_or(1.0, |area| model.areas[area].weight);
        self.practice.map_or(area, |practice| practice.weight)
    }
}

/// The scale of the lists. Answers that have a rule of their own are another way to keep the same model; its levels lead.
fn rated_on(model: &Model) -> &NamedScale {
    if model.answer_rule.is_some() { &model.levels } else { model.rated_on() }
}

/// What there is to rate: each practice, or the area as a whole where it has none or where the model's rule runs over
/// areas; all of it again for each subject.
fn lines<'a>(model: &'a Model, subjects: &'a [String]) -> Vec<Line<'a>> {
    let mut once = Vec::new();
    for (index, area) in model.areas.iter().enumerate() {
        let whole = model.is_leaf(index) && (area.practices.is_empty() || !model.stages.is_empty());
        if whole || area.metric.is_some() {
            once.push((model.path(index), None));
        } else {
            once.extend(area.practices.iter().map(|practice| (model.path(index), Some(practice))));
        }
    }
    let line = |subject| {
        move |(path, practice): &(Vec<usize>, Option<&'a Practice>)| Line {
            path: path.clone(),
            practice: *practice,
            subject,
        }
    };
    match subjects.is_empty() {
        true => once.iter().map(line(None)).collect(),
        false => subjects.iter().flat_map(|subject| once.iter().map(line(Some(subject.as_str())))).collect(),
    }
}
