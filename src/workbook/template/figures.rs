//! The hidden sheet behind the formulas: the list of choices with their values, and each row's choice as a number.
//!
//! Its rows are those of the sheet to rate in. It has no heads, so that nobody takes it for a table of ratings.

use rust_xlsxwriter::XlsxError;

use super::{Frame, rate, summary};
use crate::model::{Direction, Metric};
use crate::workbook::style::{self, Cells};

const ENTRY: u16 = 0;
const VALUE: u16 = 1;
const NOW: u16 = 3;
const WANTED: u16 = 4;
const WEIGHT: u16 = 5;
const AREA: u16 = 6;
const SUBJECT: u16 = 7;
/// What the chart draws: names, levels, targets. An unknown is #N/A there, which is drawn as nothing and not as 0.
pub(super) const CHART: u16 = 9;

fn at(frame: &Frame, row: u32, col: u16) -> String {
    style::area(&frame.sheets.figures, (row, col), (row, col)).replace('$', "")
}

/// The cell with a row's current level as a number.
pub(super) fn now(frame: &Frame, row: u32) -> String {
    at(frame, row, NOW)
}

/// The cell with a row's target as a number.
pub(super) fn wanted(frame: &Frame, row: u32) -> String {
    at(frame, row, WANTED)
}

/// A column of numbers over all rows to rate.
#[derive(Clone, Copy)]
pub(super) enum Figures {
    Now = NOW as isize,
    Wanted = WANTED as isize,
    Weight = WEIGHT as isize,
    Area = AREA as isize,
    Subject = SUBJECT as isize,
}

pub(super) fn range(frame: &Frame, figures: Figures) -> String {
    let col = figures as u16;
    style::area(&frame.sheets.figures, (rate::FIRST, col), (frame.last_row(), col))
}

fn last_entry(frame: &Frame) -> u32 {
    rate::FIRST + u32::try_from(frame.entries.len()).unwrap_or(0)
}

/// The rows that the chart draws.
pub(super) fn chart_rows(frame: &Frame) -> (u32, u32) {
    let count = u32::try_from(frame.tops().len().max(1)).unwrap_or(1);
    (rate::FIRST, rate::FIRST + count - 1)
}

/// The list of choices, the word for not applicable last, as a formula for drop-downs.
pub(super) fn list(frame: &Frame) -> String {
    format!("={}", style::area(&frame.sheets.figures, (rate::FIRST, ENTRY), (last_entry(frame), ENTRY)))
}

pub(super) fn write(mut cells: Cells, frame: &Frame) -> Result<(), XlsxError> {
    let style = &frame.style;
    cells.text(0, ENTRY, &frame.say("template.figures-lead"), &style.lead);
    for (row, (entry, value)) in (rate::FIRST..).zip(&frame.entries) {
        cells.text(row, ENTRY, entry, &style.plain);
        cells.number(row, VALUE, Some(*value), "", &style.plain);
    }
    cells.text(last_entry(frame), ENTRY, &frame.not_applicable, &style.plain);
    let columns = rate::columns(frame);
    let place = |kind| rate::place(&columns, kind);
    let rated = |row: u32, kind| {
        let col = place(kind);
        style::area(&frame.sheets.rate, (row, col), (row, col)).replace('$', "")
    };
    let unknown = frame.unknown();
    let subjects = frame.subject_names();
    for (row, line) in frame.rows() {
        let current = rated(row, rate::Kind::Current);
        let now = match line.metric(frame.model) {
            Some(metric) => measured(frame, metric, &current),
            None => chosen(frame, &current),
        };
        let put = |cells: &mut Cells, col, text: String| {
            cells.formula(row, col, style::formula(text, None, unknown), &style.plain);
        };
        put(&mut cells, NOW, now);
        put(&mut cells, WANTED, chosen(frame, &rated(row, rate::Kind::Target)));
        let weight = rated(row, rate::Kind::Weight);
        let given = line.weight(frame.model);
        let weight = format!("=IF(ISNUMBER({weight}),{weight},1)");
        cells.formula(row, WEIGHT, style::formula(weight, Some(given), ""), &style.plain);
        cells.number(row, AREA, line.area().map(|area| (area + 1) as f64), "", &style.plain);
        let subject = line.subject.and_then(|name| subjects.iter().position(|known| *known == name));
        cells.number(row, SUBJECT, subject.map(|index| (index + 1) as f64), "", &style.plain);
    }
    for ((row, area), place) in (rate::FIRST..).zip(frame.tops()).zip(summary::FIRST..) {
        cells.text(row, CHART, &frame.model.areas[area].name, &style.plain);
        for (col, from) in [(CHART + 1, summary::NOW), (CHART + 2, summary::TARGET)] {
            let figure = style::area(&frame.sheets.summary, (place, from), (place, from));
            let text = format!("=IF(ISNUMBER({figure}),{figure},NA())");
            cells.formula(row, col, style::formula(text, None, "#N/A"), &style.plain);
        }
    }
    cells.sheet.set_hidden(true);
    cells.done()
}

/// The value of a choice: looked up in the list, or a bare number as it is.
fn chosen(frame: &Frame, at: &str) -> String {
    let list = |col| style::area(&frame.sheets.figures, (rate::FIRST, col), (last_entry(frame) - 1, col));
    let unknown = frame.unknown();
    format!(
        "=IF(ISNUMBER({at}),{at},IF({at}=\"\",\"{unknown}\",IFERROR(INDEX({},MATCH({at},{},0)),IFERROR(VALUE({at}),\"{unknown}\"))))",
        list(VALUE),
        list(ENTRY)
    )
}

/// The level of a measured number: the best one whose bound it meets.
fn measured(frame: &Frame, metric: &Metric, at: &str) -> String {
    // What a bare 1 in the metric's unit is in the unit of the bounds.
    let sign = if metric.direction == Direction::Higher { ">=" } else { "<=" };
    let factor = metric.threshold(metric.lowest, &format!("{sign} 1")).map_or(1.0, |one| one.bound);
    let mut level = metric.lowest.to_string();
    for threshold in metric.thresholds.iter().rev() {
        let sign = match (metric.direction, threshold.included) {
            (Direction::Higher, true) => ">=",
            (Direction::Higher, false) => ">",
            (Direction::Lower, true) => "<=",
            (Direction::Lower, false) => "<",
        };
        level = format!("IF({at}*{factor}{sign}{},{},{level})", threshold.bound, threshold.level);
    }
    let unknown = frame.unknown();
    format!("=IF(ISNUMBER({at}),{level},\"{unknown}\")")
}
