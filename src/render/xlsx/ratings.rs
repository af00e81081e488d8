//! The sheet of ratings: one row each, the gap as a formula, and at the right edge the numbers that the other sheets'
//! formulas find the rows by.

use std::collections::BTreeMap;

use rust_xlsxwriter::{ConditionalFormatFormula, Format, FormatAlign, XlsxError};

use super::Frame;
use crate::analysis::{Analysis, RatingLine, State};
use crate::theme::Ink;
use crate::workbook::style::{self, Cells, cell, color};

/// The first row of ratings, counted from 0; its head stands above.
pub(super) const FIRST: u32 = 3;
/// Widths of columns, in characters: names, sentences, owners.
const AREA: f64 = 26.0;
const TEXT: f64 = 36.0;
const OWNER: f64 = 20.0;

/// Which column holds what, counted from 0; columns that would be empty are left out.
pub(super) struct Columns {
    depth: u16,
    id: Option<u16>,
    practice: Option<u16>,
    subject: Option<u16>,
    pub(super) current: u16,
    pub(super) target: u16,
    pub(super) gap: u16,
    pub(super) weight: u16,
    previous: Option<u16>,
    pub(super) state: u16,
    owner: Option<u16>,
    due: Option<u16>,
    action: Option<u16>,
    evidence: Option<u16>,
    written: Option<u16>,
    file: Option<u16>,
    at: u16,
    pub(super) area_number: u16,
    pub(super) subject_number: u16,
}

impl Columns {
    pub(super) fn of(analysis: &Analysis) -> Self {
        let ratings = &analysis.ratings;
        let depth = ratings.iter().map(|rating| rating.path.len()).max().unwrap_or(1).clamp(1, 100);
        let depth = u16::try_from(depth).unwrap_or(100);
        let mut next = depth;
        let mut take = || {
            next += 1;
            next - 1
        };
        let mut if_any = |holds: fn(&RatingLine) -> bool| ratings.iter().any(holds).then(&mut take);
        let id = if_any(|rating| rating.practice_id.is_some());
        let practice = if_any(|rating| named(rating).is_some());
        let subject = if_any(|rating| rating.subject.is_some());
        let mut always = || if_any(|_| true).unwrap_or(depth);
        let (current, target, gap, weight) = (always(), always(), always(), always());
        let previous = if_any(|rating| rating.previous.is_some());
        let state = if_any(|_| true).unwrap_or(depth);
        let owner = if_any(|rating| rating.owner.is_some());
        let due = if_any(|rating| rating.due.is_some());
        let action = if_any(|rating| rating.action.is_some());
        let evidence = if_any(|rating| rating.evidence.is_some());
        let written = if_any(|rating| rating.measured || rating.state == State::Invalid);
        let file = if_any(|rating| rating.file.is_some());
        let mut always = || if_any(|_| true).unwrap_or(depth);
        Self {
            depth,
            id,
            practice,
            subject,
            current,
            target,
            gap,
            weight,
            previous,
            state,
            owner,
            due,
            action,
            evidence,
            written,
            file,
            at: always(),
            area_number: always(),
            subject_number: always(),
        }
    }
}

/// The practice's name, unless it is only its id again.
fn named(rating: &RatingLine) -> Option<&str> {
    rating.practice.as_deref().filter(|name| Some(*name) != rating.practice_id.as_deref())
}

/// The cells of a column that hold ratings, for formulas on other sheets.
pub(super) fn range(frame: &Frame, col: u16) -> String {
    let last = FIRST + u32::try_from(frame.analysis.ratings.len().max(1)).unwrap_or(u32::MAX) - 1;
    style::area(&frame.sheets.ratings, (FIRST, col), (last, col))
}

pub(super) fn write(mut cells: Cells, frame: &Frame) -> Result<(), XlsxError> {
    let (columns, style, analysis) = (&frame.columns, &frame.style, frame.analysis);
    cells.text(0, 0, &frame.sheets.ratings, &style.title);
    cells.height(0, 28.0);
    cells.text(1, 0, &frame.say("xlsx.ratings-lead"), &style.lead);
    heads(&mut cells, frame);
    let numbers: BTreeMap<&[String], usize> =
        analysis.areas.iter().zip(1..).map(|(area, number)| (area.path.as_slice(), number)).collect();
    let subjects: BTreeMap<&str, usize> =
        analysis.subjects.iter().zip(1..).map(|(subject, number)| (subject.name.as_str(), number)).collect();
    for (row, rating) in (FIRST..).zip(&analysis.ratings) {
        line(&mut cells, frame, row, rating);
        let number = |number: Option<&usize>| number.map(|number| *number as f64);
        let area = number(numbers.get(rating.path.as_slice()));
        cells.number(row, columns.area_number, area, "", &style.code);
        let subject = number(rating.subject.as_deref().and_then(|name| subjects.get(name)));
        cells.number(row, columns.subject_number, subject, "", &style.code);
    }
    let last = FIRST + u32::try_from(analysis.ratings.len().max(1)).unwrap_or(1) - 1;
    colours(&mut cells, frame, last);
    cells.with(|sheet| sheet.autofilter(FIRST - 1, 0, last, columns.at).map(drop));
    cells.freeze(FIRST, columns.depth.min(1), FIRST - 1);
    cells.print(&analysis.title, true, frame.letter);
    // The numbers serve formulas; whoever wants to see them opens the group.
    cells.with(|sheet| sheet.group_columns_collapsed(columns.area_number, columns.subject_number).map(drop));
    cells.with(|sheet| sheet.set_print_area(0, 0, last, columns.at).map(drop));
    cells.done()
}

fn heads(cells: &mut Cells, frame: &Frame) {
    let (columns, style) = (&frame.columns, &frame.style);
    let mut head = |col: Option<u16>, text: String, width: f64, format: &Format| {
        if let Some(col) = col {
            cells.text(FIRST - 1, col, &text, format);
            cells.with(|sheet| sheet.set_column_width(col, width).map(drop));
        }
    };
    for depth in 0..columns.depth {
        let text = match depth {
            0 => frame.say("head.area"),
            _ => frame.fill("xlsx.area-within", &[("n", &(depth + 1).to_string())]),
        };
        head(Some(depth), text, AREA, &style.head);
    }
    let subject = frame.words.noun(frame.analysis.subject_word.as_deref()).one.clone();
    let subject = subject.chars().take(1).flat_map(char::to_uppercase).chain(subject.chars().skip(1)).collect();
    head(columns.id, frame.say("xlsx.id"), 12.0, &style.head);
    head(columns.practice, frame.say("head.practice"), TEXT, &style.head);
    head(columns.subject, subject, AREA, &style.head);
    head(Some(columns.current), frame.say("xlsx.current"), 9.0, &style.head_number);
    head(Some(columns.target), frame.say("head.target"), 9.0, &style.head_number);
    head(Some(columns.gap), frame.say("head.gap"), 9.0, &style.head_number);
    head(Some(columns.weight), frame.say("head.weight"), 9.0, &style.head_number);
    head(columns.previous, frame.say("xlsx.previous"), 10.0, &style.head_number);
    head(
        Some(columns.state),
        frame.say("head.state"),
        14.0,
        &style.head.clone().set_align(FormatAlign::Left).set_indent(1),
    );
    head(columns.owner, frame.say("head.owner"), OWNER, &style.head);
    head(columns.due, frame.say("head.due"), 12.0, &style.head);
    head(columns.action, frame.say("head.action"), TEXT, &style.head);
    head(columns.evidence, frame.say("xlsx.evidence"), TEXT, &style.head);
    head(columns.written, frame.say("xlsx.written"), 16.0, &style.head);
    head(columns.file, frame.say("head.file"), OWNER, &style.head);
    head(Some(columns.at), frame.say("head.cell"), 16.0, &style.head);
    head(Some(columns.area_number), frame.say("xlsx.area-number"), 9.0, &style.head_number);
    head(Some(columns.subject_number), frame.say("xlsx.subject-number"), 9.0, &style.head_number);
}

fn line(cells: &mut Cells, frame: &Frame, row: u32, rating: &RatingLine) {
    let (columns, style) = (&frame.columns, &frame.style);
    cells.fit(row, rating.path.iter().map(|name| (name.as_str(), AREA)).chain(wide(rating)));
    for depth in 0..columns.depth {
        let name = rating.path.get(usize::from(depth)).map_or("", String::as_str);
        cells.text(row, depth, name, if depth == 0 { &style.name } else { &style.text });
    }
    let mut text = |col: Option<u16>, text: Option<&str>, format: &Format| {
        if let Some(col) = col {
            cells.text(row, col, text.unwrap_or_default(), format);
        }
    };
    text(columns.id, rating.practice_id.as_deref(), &style.code);
    text(columns.practice, named(rating), &style.text);
    text(columns.subject, rating.subject.as_deref(), &style.text);
    text(Some(columns.state), Some(&state(frame, rating.state)), &style.word);
    text(columns.owner, rating.owner.as_deref(), &style.text);
    text(columns.action, rating.action.as_deref(), &style.text);
    text(columns.evidence, rating.evidence.as_deref(), &style.text);
    let written = (rating.measured || rating.state == State::Invalid).then_some(rating.written.as_str());
    text(columns.written, written, &style.text);
    text(columns.file, rating.file.as_deref(), &style.text);
    text(Some(columns.at), Some(&rating.at), &style.code);
    cells.number(row, columns.current, rating.current, &sign(frame, rating.state), &style.level);
    cells.number(row, columns.target, rating.target, &sign(frame, rating.target_state), &style.level);
    let (current, target) = (cell(row, columns.current), cell(row, columns.target));
    let nothing = frame.say("phrase.nothing");
    let gap = format!("=IF(AND(ISNUMBER({current}),ISNUMBER({target})),{target}-{current},\"{nothing}\")");
    cells.formula(row, columns.gap, style::formula(gap, rating.gap, &nothing), &style.level_gap);
    cells.number(row, columns.weight, Some(rating.weight), "", &style.level);
    if let Some(previous) = columns.previous {
        cells.number(row, previous, rating.previous, "", &style.level);
    }
    if let Some(due) = columns.due {
        cells.day(row, due, rating.due.as_deref().unwrap_or_default(), style);
    }
}

/// The texts of a row that may take several lines, with the widths of their columns.
fn wide(rating: &RatingLine) -> impl Iterator<Item = (&str, f64)> {
    let texts = [
        (named(rating), TEXT),
        (rating.subject.as_deref(), AREA),
        (rating.action.as_deref(), TEXT),
        (rating.evidence.as_deref(), TEXT),
        (rating.owner.as_deref(), OWNER),
        (rating.file.as_deref(), OWNER),
    ];
    texts.into_iter().filter_map(|(text, width)| Some((text?, width)))
}

pub(super) fn state(frame: &Frame, state: State) -> String {
    frame.say(match state {
        State::Level => "state.level",
        State::NotApplicable => "state.not-applicable",
        State::NotAssessed => "state.not-assessed",
        State::Invalid => "state.invalid",
    })
}

fn sign(frame: &Frame, state: State) -> String {
    match state {
        State::Level => String::new(),
        State::NotApplicable => frame.say("sign.not-applicable"),
        State::NotAssessed => frame.say("sign.not-assessed"),
        State::Invalid => frame.say("sign.invalid"),
    }
}

fn colours(cells: &mut Cells, frame: &Frame, last: u32) {
    let columns = &frame.columns;
    gaps(cells, frame, (FIRST, columns.gap), (last, columns.gap));
    ramp(cells, frame, (FIRST, columns.current), (last, columns.current));
}

/// The gap ramp on a block of gaps; its darkest step is the widest gap the scale allows.
pub(super) fn gaps(cells: &mut Cells, frame: &Frame, first: (u32, u16), last: (u32, u16)) {
    let (at, span) = (cell(first.0, first.1), frame.analysis.scale.span());
    let steps = (1..=4u8).rev().map(|step| (format!(">{}", span * f64::from(step - 1) / 4.0), Ink::Gap(step)));
    fills(cells, &at, first, last, steps.chain([("<0".to_owned(), Ink::Surplus(1))]));
}

/// The level ramp on a block of levels.
pub(super) fn ramp(cells: &mut Cells, frame: &Frame, first: (u32, u16), last: (u32, u16)) {
    let (at, scale) = (cell(first.0, first.1), &frame.analysis.scale);
    let from = |step: u8| scale.lowest() + scale.span() * (f64::from(step) - 0.5) / 6.0;
    let steps = (0..=6u8).rev().map(|step| (format!(">={}", from(step)), Ink::Level(step)));
    fills(cells, &at, first, last, steps);
}

/// Fills the numbers of a block by the first test they pass.
fn fills(
    cells: &mut Cells,
    at: &str,
    first: (u32, u16),
    last: (u32, u16),
    tests: impl IntoIterator<Item = (String, Ink)>,
) {
    for (test, fill) in tests {
        let look = Format::new().set_background_color(color(fill)).set_font_color(color(fill.text_on().0));
        let rule = ConditionalFormatFormula::new()
            .set_rule(format!("=AND(ISNUMBER({at}),{at}{test})").as_str())
            .set_format(look)
            .set_stop_if_true(true);
        cells.with(|sheet| sheet.add_conditional_format(first.0, first.1, last.0, last.1, &rule).map(drop));
    }
}
