//! The first sheet: how to fill in the workbook, the scale, and what the model is.

use rust_xlsxwriter::XlsxError;

use super::Frame;
use crate::model::{Confidence, NamedScale};
use crate::workbook::style::Cells;

const WIDTHS: [f64; 3] = [22.0, 26.0, 72.0];

pub(super) fn write(mut cells: Cells, frame: &Frame) -> Result<(), XlsxError> {
    let style = &frame.style;
    cells.widths(WIDTHS);
    cells.text(0, 0, &frame.title, &style.title);
    cells.height(0, 28.0);
    cells.text(1, 0, &frame.say("template.guide-lead"), &style.lead);
    let mut row = 3;
    cells.text(row, 0, &frame.say("template.how"), &style.heading);
    let measured = frame.measured();
    let mut steps = vec![match (measured, frame.on_levels()) {
        (true, _) => frame.say("template.step-measure"),
        (false, true) => frame.say("template.step-level"),
        (false, false) => frame.say("template.step-answer"),
    }];
    steps.push(frame.fill("template.step-missing", &[("word", &frame.not_applicable)]));
    for key in ["template.step-target", "template.step-rest", "template.step-summary", "template.step-report"] {
        steps.push(frame.say(key));
    }
    for (number, step) in (1..).zip(&steps) {
        row += 1;
        wide(&mut cells, frame, row, &format!("{number}."), step);
    }
    row = scale(&mut cells, frame, row + 2, "template.levels", &frame.model.levels);
    if let (Some(answers), false) = (&frame.model.answers, frame.on_levels()) {
        row = scale(&mut cells, frame, row + 1, "template.answers", answers);
    }
    about(&mut cells, frame, row + 1);
    cells.print(&frame.title, false, false);
    cells.done()
}

/// A label and text over the columns beside it.
fn wide(cells: &mut Cells, frame: &Frame, row: u32, label: &str, text: &str) {
    let style = &frame.style;
    cells.text(row, 0, label, &style.lead);
    cells.with(|sheet| sheet.merge_range(row, 1, row, 2, text, &style.plain).map(drop));
    cells.fit(row, [(text, WIDTHS[1] + WIDTHS[2])]);
}

/// The steps of a scale, lowest first; gives the row behind it.
fn scale(cells: &mut Cells, frame: &Frame, row: u32, title: &str, steps: &NamedScale) -> u32 {
    let style = &frame.style;
    cells.text(row, 0, &frame.say(title), &style.head);
    cells.text(row, 1, &frame.say("head.name"), &style.head);
    let explained = steps.scale.levels().iter().any(|level| level.summary.is_some());
    let meaning = if explained { frame.say("head.meaning") } else { String::new() };
    cells.text(row, 2, &meaning, &style.head);
    let mut row = row + 1;
    for level in steps.scale.levels() {
        let summary = level.summary.as_deref().unwrap_or_default();
        cells.number(
            row,
            0,
            Some(level.value),
            "",
            &style.level.clone().set_align(rust_xlsxwriter::FormatAlign::Left),
        );
        cells.text(row, 1, level.name.as_deref().unwrap_or_default(), &style.name);
        cells.text(row, 2, summary, &style.text);
        cells.fit(row, [(summary, WIDTHS[2])]);
        row += 1;
    }
    row
}

/// Where the model comes from, what may be done with it, and how far this file follows it.
fn about(cells: &mut Cells, frame: &Frame, mut row: u32) {
    let model = frame.model;
    cells.text(row, 0, &frame.say("template.about"), &frame.style.heading);
    let confidence = frame.say(match model.confidence {
        Confidence::High => "template.confidence-high",
        Confidence::Medium => "template.confidence-medium",
        Confidence::Low => "template.confidence-low",
    });
    let criteria = frame.say(match model.criteria_from {
        crate::model::Origin::Publisher => "template.criteria-publisher",
        crate::model::Origin::Gapwise => "template.criteria-gapwise",
    });
    let facts = [
        ("template.model", Some(format!("{} ({})", model.name, model.id))),
        ("template.publisher", model.publisher.clone()),
        ("template.version", model.version.clone()),
        ("template.source", model.source.clone()),
        ("template.licence", model.licence.clone()),
        ("template.rule", model.rule_note.clone()),
        ("template.note", model.note.clone()),
        ("template.confidence", Some(format!("{confidence} {criteria}"))),
        ("template.verified", model.verified.clone()),
        ("template.presumed", model.presumed.clone()),
    ];
    for (key, text) in facts {
        if let Some(text) = text {
            row += 1;
            wide(cells, frame, row, &frame.say(key), &text);
        }
    }
}
