//! The first sheet: what it is, what was found, the figures, the areas by gap with their chart, the scale.

use rust_xlsxwriter::XlsxError;

use super::areas::{Figure, area_cell, overall_cell};
use super::{Frame, Look};
use crate::theme::Ink;
use crate::workbook::chart;
use crate::workbook::style::{Cells, color};

const NAME: u16 = 0;
const CURRENT: u16 = 1;
const TARGET: u16 = 2;
const GAP: u16 = 3;
const RATED: u16 = 4;
/// The column that the chart begins in, behind a narrow empty one.
const CHART: u16 = 6;
/// More rows than this are no chart any more.
const MAX_BARS: usize = 30;

pub(super) fn write(mut cells: Cells, frame: &Frame) -> Result<(), XlsxError> {
    let (style, analysis) = (&frame.style, frame.analysis);
    cells.widths([44.0, 10.0, 10.0, 10.0, 12.0, 3.0]);
    cells.text(0, NAME, &analysis.title, &style.title);
    cells.height(0, 28.0);
    let mut row = 1;
    for fact in &frame.report.facts {
        cells.text(row, NAME, &fact.label, &style.lead);
        cells.text(row, CURRENT, &fact.value, &style.lead);
        row += 1;
    }
    row += 1;
    for sentence in frame.report.findings() {
        cells.text(row, NAME, &sentence, &style.lead.clone().set_font_color(color(Ink::Text)));
        row += 1;
    }
    row = figures(&mut cells, frame, row + 1);
    row = areas(&mut cells, frame, row + 1);
    scale(&mut cells, frame, row + 1);
    cells.print(&analysis.title, true, frame.letter);
    cells.with(|sheet| {
        sheet.set_print_fit_to_pages(1, 1);
        Ok(())
    });
    cells.done()
}

/// The figures of all areas together, each with what it means.
fn figures(cells: &mut Cells, frame: &Frame, row: u32) -> u32 {
    let (style, overall) = (&frame.style, &frame.analysis.overall);
    cells.text(row, NAME, &frame.say("head.overall"), &style.head);
    for col in CURRENT..=RATED {
        cells.text(row, col, "", &style.head);
    }
    let scale = &frame.analysis.scale;
    let current = overall_cell(frame, Figure::Current);
    let share = format!("=IFERROR(({current}-({}))/{},\"{}\")", scale.lowest(), scale.span(), frame.unknown());
    let cell = |figure| format!("={}", overall_cell(frame, figure));
    let coverage = format!(
        "=IFERROR({}/{},\"{}\")",
        overall_cell(frame, Figure::Assessed),
        overall_cell(frame, Figure::Applicable),
        frame.unknown()
    );
    let mut lines = vec![("key.now", cell(Figure::Current), overall.current, Look::Mean)];
    if frame.targets {
        lines.extend([
            ("key.target", cell(Figure::Target), overall.target, Look::Mean),
            ("key.gap", cell(Figure::Gap), overall.gap, Look::Gap),
            ("head.shortfall", cell(Figure::Shortfall), overall.shortfall, Look::Mean),
            ("key.percent", cell(Figure::Percent), overall.percent_to_target, Look::Percent),
        ]);
    }
    lines.push(("xlsx.percent-of-scale", share, overall.percent_of_scale, Look::Percent));
    lines.push(("key.coverage", coverage, overall.coverage(), Look::Percent));
    let mut row = row;
    for (key, formula, result, look) in lines {
        row += 1;
        cells.text(row, NAME, &frame.say(key), &style.name);
        frame.figure(cells, (row, CURRENT), true, formula, result, look);
    }
    row + 1
}

/// The top areas, widest gap first (lowest level first without targets), and their chart.
fn areas(cells: &mut Cells, frame: &Frame, row: u32) -> u32 {
    let (style, analysis) = (&frame.style, frame.analysis);
    let mut tops = frame.tops();
    let figures = |index: usize| &analysis.areas[index].figures;
    tops.sort_by(|a, b| {
        let key = |index: usize| match frame.targets {
            true => figures(index).gap.unwrap_or(f64::NEG_INFINITY),
            false => -figures(index).current.unwrap_or(f64::INFINITY),
        };
        // What has no level comes last, and is no bar.
        figures(*a).current.is_none().cmp(&figures(*b).current.is_none()).then(key(*b).total_cmp(&key(*a)))
    });
    cells.text(row, NAME, &frame.say("xlsx.by-gap"), &style.head);
    for (col, key) in [(CURRENT, "xlsx.current"), (TARGET, "head.target"), (GAP, "head.gap"), (RATED, "head.rated")] {
        cells.text(row, col, &frame.say(key), &style.head_number);
    }
    let first = row + 1;
    let mut row = row;
    for index in &tops {
        row += 1;
        let area = &analysis.areas[*index];
        cells.text(row, NAME, &area.name, &style.name);
        let mut put = |col, figure, result, look| {
            let formula = format!("={}", area_cell(frame, *index, figure));
            frame.figure(cells, (row, col), true, formula, result, look);
        };
        put(CURRENT, Figure::Current, area.figures.current, Look::Mean);
        put(TARGET, Figure::Target, area.figures.target, Look::Mean);
        put(GAP, Figure::Gap, area.figures.gap, Look::Gap);
        let rated = [("n", area.figures.assessed.to_string()), ("m", area.figures.applicable.to_string())];
        let rated = frame.fill("phrase.n-of-m", &rated.each_ref().map(|(name, text)| (*name, text.as_str())));
        cells.text(row, RATED, &rated, &style.count);
    }
    let bars = tops.iter().filter(|index| figures(**index).current.is_some()).count();
    if (1..=MAX_BARS).contains(&bars) {
        // Text would be drawn as 0, so targets are drawn where all have one.
        let targeted = tops[..bars].iter().all(|index| figures(*index).target.is_some());
        let target = targeted.then(|| (TARGET, frame.say("head.target")));
        let bars = chart::Bars {
            sheet: &frame.sheets.summary,
            title: &frame.say("xlsx.chart"),
            rows: (first, first + u32::try_from(bars).unwrap_or(1) - 1),
            names: NAME,
            current: (CURRENT, frame.say("xlsx.current")),
            target,
            scale: (analysis.scale.lowest(), analysis.scale.highest()),
        };
        let chart = chart::bars(&bars);
        cells.with(|sheet| sheet.insert_chart(1, CHART, &chart).map(drop));
    }
    row + 1
}

/// The scale, lowest level first.
fn scale(cells: &mut Cells, frame: &Frame, row: u32) {
    let style = &frame.style;
    cells.text(row, NAME, &frame.say("fact.scale"), &style.head);
    cells.text(row, CURRENT, &frame.say("head.level"), &style.head_number);
    for (row, level) in (row + 1..).zip(frame.analysis.scale.levels()) {
        let name = level.name.as_deref().unwrap_or("");
        cells.text(row, NAME, name, &style.name);
        cells.number(row, CURRENT, Some(level.value), "", &style.level);
        if let Some(summary) = &level.summary {
            cells.text(row, TARGET, summary, &style.lead);
        }
    }
}
