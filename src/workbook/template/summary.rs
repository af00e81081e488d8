//! The sheet that follows while ratings are filled in: level, target and gap by area, what is still to rate, a chart.

use rust_xlsxwriter::{ConditionalFormatDataBar, ConditionalFormatDataBarDirection, FormatAlign, XlsxError};

use super::figures::{Figures, range};
use super::{Frame, figures, rate};
use crate::theme::Ink;
use crate::workbook::chart;
use crate::workbook::style::{self, Cells, cell, color};

const NAME: u16 = 0;
pub(super) const NOW: u16 = 1;
pub(super) const TARGET: u16 = 2;
const GAP: u16 = 3;
const RATED: u16 = 4;
const ROWS: u16 = 5;
const CHART: u16 = 7;
pub(super) const FIRST: u32 = 4;
/// More bars than this are no chart any more.
const MAX_BARS: usize = 30;

pub(super) fn write(mut cells: Cells, frame: &Frame) -> Result<(), XlsxError> {
    let style = &frame.style;
    cells.text(0, NAME, &frame.sheets.summary, &style.title);
    cells.height(0, 28.0);
    cells.text(1, NAME, &frame.say("template.summary-lead"), &style.lead);
    cells.widths([44.0, 13.0, 15.0, 13.0, 8.0, 9.0, 3.0]);
    let model = frame.model;
    let tops = frame.tops();
    heads(&mut cells, frame, FIRST - 1, "head.area");
    let mut row = FIRST;
    for area in &tops {
        line(&mut cells, frame, row, *area, 0);
        row += 1;
    }
    overall(&mut cells, frame, row);
    if tops.len() <= MAX_BARS {
        // An answer is no level: the axis is the scale that is answered on.
        let scale = frame.summed();
        let bars = chart::Bars {
            sheet: &frame.sheets.figures,
            title: &frame.say("xlsx.chart"),
            rows: figures::chart_rows(frame),
            names: figures::CHART,
            current: (figures::CHART + 1, frame.say("xlsx.current")),
            target: Some((figures::CHART + 2, frame.say("head.target"))),
            scale: (scale.lowest(), scale.highest()),
        };
        let chart = chart::bars(&bars);
        cells.with(|sheet| sheet.insert_chart(FIRST - 1, CHART, &chart).map(drop));
    }
    row += 2;
    // Areas that are rated as a whole stand on the sheet to rate in; here are those with practices beneath.
    let each = frame.lines.len() / frame.subject_names().len().max(1);
    let several = |area: usize| frame.lines[..each].iter().filter(|line| line.path.contains(&area)).count() > 1;
    let detailed: Vec<usize> = (0..model.areas.len()).filter(|area| several(*area)).collect();
    if detailed.len() > tops.len() {
        heads(&mut cells, frame, row, "template.sub-area");
        for area in detailed {
            row += 1;
            line(&mut cells, frame, row, area, u8::try_from(model.path(area).len() - 1).unwrap_or(9));
        }
        row += 2;
    }
    subjects(&mut cells, frame, row);
    cells.freeze(FIRST, 1, FIRST - 1);
    cells.print(&frame.title, true, false);
    cells.done()
}

fn heads(cells: &mut Cells, frame: &Frame, row: u32, first: &str) {
    cells.text(row, NAME, &frame.say(first), &frame.style.head);
    let heads = [
        (NOW, "template.now"),
        (TARGET, "template.mean-target"),
        (GAP, "template.mean-gap"),
        (RATED, "head.rated"),
        (ROWS, "template.rows"),
    ];
    for (col, key) in heads {
        cells.text(row, col, &frame.say(key), &frame.style.head_number);
    }
}

/// The rows of an area and of all below it, and those of one subject where one is asked for.
fn rows_of(frame: &Frame, area: usize) -> (String, usize) {
    let model = frame.model;
    let last =
        (area..model.areas.len()).take_while(|index| model.path(*index).contains(&area)).last().unwrap_or(area);
    let numbers = range(frame, Figures::Area);
    let count = frame.lines.iter().filter(|line| line.path.contains(&area)).count();
    (format!("({numbers}>={})*({numbers}<={})", area + 1, last + 1), count)
}

fn line(cells: &mut Cells, frame: &Frame, row: u32, area: usize, depth: u8) {
    let style = &frame.style;
    let name = &frame.model.areas[area].name;
    let look = if depth == 0 {
        style.name.clone()
    } else {
        style.text.clone().set_align(FormatAlign::Left).set_indent(depth)
    };
    cells.text(row, NAME, name, &look);
    cells.fit(row, [(name.as_str(), 44.0 - 2.0 * f64::from(depth))]);
    let (rows, count) = rows_of(frame, area);
    figures(cells, frame, row, &rows, count);
    // How much of the area is rated, as a bar behind the number.
    let bar = ConditionalFormatDataBar::new()
        .set_fill_color(color(Ink::Level(2)))
        .set_solid_fill(true)
        .set_direction(ConditionalFormatDataBarDirection::LeftToRight)
        .set_minimum(rust_xlsxwriter::ConditionalFormatType::Number, 0)
        .set_maximum(rust_xlsxwriter::ConditionalFormatType::Number, u32::try_from(count).unwrap_or(1));
    cells.with(|sheet| sheet.add_conditional_format(row, RATED, row, RATED, &bar).map(drop));
}

/// The figures of some rows of ratings: means, gap, how many are rated and how many apply.
fn figures(cells: &mut Cells, frame: &Frame, row: u32, rows: &str, count: usize) {
    let (style, nothing) = (&frame.style, frame.unknown());
    let (now, wanted, weight) =
        (range(frame, Figures::Now), range(frame, Figures::Wanted), range(frame, Figures::Weight));
    // A gap needs both levels, so it is no difference of the two means.
    let both = format!("{rows}*ISNUMBER({now})*ISNUMBER({wanted})");
    let gap = format!(
        "=IFERROR((SUMPRODUCT({both},{weight},{wanted})-SUMPRODUCT({both},{weight},{now}))/SUMPRODUCT({both},{weight}),\"{nothing}\")"
    );
    let lines = [
        (NOW, mean(rows, &now, &weight, nothing), &style.mean),
        (TARGET, mean(rows, &wanted, &weight, nothing), &style.mean),
        (GAP, gap, &style.gap),
    ];
    for (col, text, format) in lines {
        cells.formula(row, col, style::formula(text, None, nothing), format);
    }
    let rated = format!("=SUMPRODUCT({rows}*ISNUMBER({now}))");
    cells.formula(row, RATED, style::formula(rated, Some(0.0), ""), &style.count);
    let apply = format!("={count}-SUMPRODUCT({rows}*({}=\"{}\"))", out(frame), frame.not_applicable);
    cells.formula(row, ROWS, style::formula(apply, Some(count as f64), ""), &style.count);
}

/// The choices as words, to see what does not apply.
fn out(frame: &Frame) -> String {
    let columns = rate::columns(frame);
    let col = rate::place(&columns, rate::Kind::Current);
    style::area(&frame.sheets.rate, (rate::FIRST, col), (frame.last_row(), col))
}

fn mean(rows: &str, value: &str, weight: &str, nothing: &str) -> String {
    format!(
        "=IFERROR(SUMPRODUCT({rows}*ISNUMBER({value}),{weight},{value})/SUMPRODUCT({rows}*ISNUMBER({value}),{weight}),\"{nothing}\")"
    )
}

/// The mean of the top areas above, over those that have the figure.
fn overall(cells: &mut Cells, frame: &Frame, row: u32) {
    let (style, nothing) = (&frame.style, frame.unknown());
    cells.text(row, NAME, &frame.say("head.overall"), &style.name);
    let column = |col: u16| format!("{}:{}", cell(FIRST, col), cell(row - 1, col));
    for (col, format) in [(NOW, &style.mean), (TARGET, &style.mean), (GAP, &style.gap)] {
        let mean = format!("=IFERROR(AVERAGE({}),\"{nothing}\")", column(col));
        cells.formula(row, col, style::formula(mean, None, nothing), format);
    }
    let sum = |col: u16| format!("=SUM({})", column(col));
    cells.formula(row, RATED, style::formula(sum(RATED), Some(0.0), ""), &style.count);
    cells.formula(row, ROWS, style::formula(sum(ROWS), Some(frame.lines.len() as f64), ""), &style.count);
}

/// A row a subject, over all its ratings.
fn subjects(cells: &mut Cells, frame: &Frame, row: u32) {
    let names = frame.subject_names();
    if names.is_empty() {
        return;
    }
    heads(cells, frame, row, "head.subject");
    let each = frame.lines.len() / names.len();
    for ((number, name), row) in (1..).zip(&names).zip(row + 1..) {
        cells.text(row, NAME, name, &frame.style.name);
        cells.fit(row, [(*name, 44.0)]);
        figures(cells, frame, row, &format!("({}={number})", range(frame, Figures::Subject)), each);
    }
}
