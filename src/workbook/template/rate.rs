//! The sheet to rate in.

use rust_xlsxwriter::{
    ConditionalFormatFormula, DataValidation, DataValidationErrorStyle, DataValidationRule, Format, FormatAlign,
    FormatBorder, Formula, XlsxError,
};

use super::{Frame, Line, figures};
use crate::theme::Ink;
use crate::workbook::style::{self, Cells, cell, color};

/// The row of the heads, counted from 0.
pub(super) const HEAD: u32 = 3;
/// The first row to rate.
pub(super) const FIRST: u32 = HEAD + 1;
/// A list written into the cell's rule takes this much text; a longer one is kept on the sheet of figures.
const MAX_LIST: usize = 255;

/// A column of the sheet.
pub(super) struct Column {
    pub(super) kind: Kind,
    pub(super) head: String,
    width: f64,
}

/// What a column holds.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// The name of the area at this depth.
    Area(usize),
    Id,
    Practice,
    /// The level that a practice belongs to.
    AskedAt,
    Unit,
    Subject,
    Current,
    Target,
    Gap,
    /// What this level asks for.
    Criteria(f64),
    Weight,
    Owner,
    Due,
    Evidence,
    Action,
}

/// The columns, in order. What a level asks for stands right of the choice, what is filled in afterwards behind it.
pub(super) fn columns(frame: &Frame) -> Vec<Column> {
    let column = |kind, head: String, width| Column { kind, head, width };
    let has = |holds: fn(&Line) -> bool| frame.lines.iter().any(holds);
    let mut columns = Vec::new();
    for depth in 0..frame.depth {
        let key = ["template.area", "template.sub-area", "template.part"][depth.min(2)];
        columns.push(column(Kind::Area(depth), frame.say(key), if frame.depth == 1 { 26.0 } else { 22.0 }));
    }
    if has(|line| line.practice.is_some()) {
        columns.push(column(Kind::Id, frame.say("template.id"), 12.0));
        columns.push(column(Kind::Practice, frame.say("template.practice"), 34.0));
        if has(|line| line.practice.is_some_and(|practice| practice.level.is_some())) {
            columns.push(column(Kind::AskedAt, frame.say("template.asked-at"), 10.0));
        }
    }
    if frame.measured() {
        columns.push(column(Kind::Unit, frame.say("template.unit"), 14.0));
    }
    if frame.subjects {
        columns.push(column(Kind::Subject, frame.say("head.subject"), 20.0));
    }
    columns.push(column(Kind::Current, frame.say("template.current"), 17.0));
    columns.push(column(Kind::Target, frame.say("template.target"), 17.0));
    columns.push(column(Kind::Gap, frame.say("head.gap"), 7.0));
    for (level, head) in frame.criteria_heads() {
        columns.push(column(Kind::Criteria(level), head, 32.0));
    }
    columns.extend([
        column(Kind::Weight, frame.say("head.weight"), 8.0),
        column(Kind::Owner, frame.say("head.owner"), 16.0),
        column(Kind::Due, frame.say("template.due"), 12.0),
        column(Kind::Evidence, frame.say("template.evidence"), 28.0),
        column(Kind::Action, frame.say("head.action"), 28.0),
    ]);
    columns
}

impl Column {
    /// What stands in this column of a row before anybody rated.
    pub(super) fn text(&self, frame: &Frame, line: &Line) -> String {
        let model = frame.model;
        match self.kind {
            Kind::Area(depth) => line.path.get(depth).map(|area| model.areas[*area].name.clone()).unwrap_or_default(),
            Kind::Id => line.practice.map(|practice| practice.id.clone()).unwrap_or_default(),
            Kind::Practice => line.practice.and_then(|practice| practice.name.clone()).unwrap_or_default(),
            Kind::AskedAt => {
                let level = line.practice.and_then(|practice| practice.level);
                let name = level.and_then(|level| model.scale().name_of(level));
                // A name that carries its own number (MIL2, IG1) says enough; a long one would not fit.
                match (level, name) {
                    (_, Some(name)) if name.chars().count() <= 5 => name.to_owned(),
                    (Some(level), _) => level.to_string(),
                    _ => String::new(),
                }
            }
            Kind::Unit => line.metric(model).map(|metric| metric.unit.clone()).unwrap_or_default(),
            Kind::Subject => line.subject.unwrap_or_default().to_owned(),
            Kind::Criteria(level) => match line.metric(model) {
                Some(metric) => {
                    let bound = metric.thresholds.iter().find(|threshold| threshold.level == level);
                    bound.map(|threshold| threshold.written.clone()).unwrap_or_default()
                }
                None => frame.criteria(line, level),
            },
            Kind::Weight => line.weight(model).to_string(),
            Kind::Current | Kind::Target | Kind::Gap | Kind::Owner | Kind::Due | Kind::Evidence | Kind::Action => {
                String::new()
            }
        }
    }
}

/// The place of a column.
pub(super) fn place(columns: &[Column], kind: Kind) -> u16 {
    let index = columns.iter().position(|column| column.kind == kind).unwrap_or(0);
    u16::try_from(index).unwrap_or(0)
}

pub(super) fn write(mut cells: Cells, frame: &Frame) -> Result<(), XlsxError> {
    let columns = columns(frame);
    let style = &frame.style;
    cells.text(0, 0, &frame.title, &style.title);
    cells.height(0, 28.0);
    let lead = match (frame.measured(), frame.on_levels()) {
        (true, _) => "template.rate-lead-measured",
        (false, true) => "template.rate-lead",
        (false, false) => "template.rate-lead-answers",
    };
    cells.text(1, 0, &frame.say(lead), &style.lead);
    heads(&mut cells, &columns, frame);
    let looks = Looks::new(style);
    for (row, line) in frame.rows() {
        let texts: Vec<String> = columns.iter().map(|column| column.text(frame, line)).collect();
        cells.fit(row, texts.iter().zip(&columns).map(|(text, column)| (text.as_str(), column.width)));
        for ((col, column), text) in (0..).zip(&columns).zip(&texts) {
            match column.kind {
                Kind::Area(0) => cells.text(row, col, text, &style.name),
                Kind::Id | Kind::AskedAt | Kind::Unit => {
                    cells.text(row, col, text, &style.code.clone().set_text_wrap())
                }
                Kind::Current if line.metric(frame.model).is_some() => cells.text(row, col, "", &looks.measured),
                Kind::Current | Kind::Target => cells.text(row, col, "", &looks.choice),
                Kind::Gap => gap(&mut cells, frame, row, col),
                Kind::Weight => cells.number(row, col, Some(line.weight(frame.model)), "", &looks.number),
                Kind::Due => cells.text(row, col, "", &looks.date),
                Kind::Owner | Kind::Evidence | Kind::Action => cells.text(row, col, "", &looks.entry),
                Kind::Criteria(_) => cells.text(row, col, text, &looks.criteria),
                _ => cells.text(row, col, text, &style.text),
            }
        }
    }
    lists(&mut cells, &columns, frame);
    colours(&mut cells, &columns, frame);
    let last = frame.last_row();
    let last_col = u16::try_from(columns.len()).unwrap_or(1) - 1;
    cells.with(|sheet| sheet.autofilter(HEAD, 0, last, last_col).map(drop));
    // What a row is and how it is rated stay in sight; what levels ask for scrolls beside it.
    let kept = place(&columns, Kind::Gap) + 1;
    cells.freeze(FIRST, if wide(&columns, kept) { 1 } else { kept }, HEAD);
    cells.print(&frame.title, true, false);
    let pages = if columns.iter().map(|column| column.width).sum::<f64>() > 200.0 { 2 } else { 1 };
    cells.with(|sheet| {
        sheet.set_print_fit_to_pages(pages, 0).set_active(true);
        sheet.set_selection(FIRST, place(&columns, Kind::Current), FIRST, place(&columns, Kind::Current)).map(drop)
    });
    cells.done()
}

/// Whether the first columns would fill a screen, so that freezing them all would leave no room to scroll.
fn wide(columns: &[Column], first: u16) -> bool {
    columns.iter().take(usize::from(first)).map(|column| column.width).sum::<f64>() > 115.0
}

/// Formats of cells that are filled in: a pale ground says so.
struct Looks {
    choice: Format,
    measured: Format,
    entry: Format,
    number: Format,
    date: Format,
    criteria: Format,
}

impl Looks {
    fn new(style: &style::Style) -> Self {
        let open = |format: &Format| {
            let grid = color(Ink::Grid);
            let format = format.clone().set_background_color(color(Ink::Zero)).set_border_left(FormatBorder::Thin);
            format.set_border_left_color(grid).set_border_right(FormatBorder::Thin).set_border_right_color(grid)
        };
        Self {
            // As text, or a program takes the choice `-1 - Regressive` for a formula.
            choice: open(&style.text).set_bold().set_num_format("@"),
            measured: open(&style.level).set_bold(),
            entry: open(&style.text),
            number: open(&style.level),
            date: open(&style.date),
            criteria: style.text.clone().set_align(FormatAlign::Left).set_indent(1),
        }
    }
}

fn heads(cells: &mut Cells, columns: &[Column], frame: &Frame) {
    let style = &frame.style;
    cells.fit(HEAD, columns.iter().map(|column| (column.head.as_str(), column.width - 2.0)));
    let criteria =
        style.head.clone().set_background_color(color(Ink::Level(5))).set_align(FormatAlign::Left).set_indent(1);
    for (col, column) in (0..).zip(columns) {
        let format = match column.kind {
            Kind::Gap | Kind::Weight => &style.head_number,
            Kind::Criteria(_) => &criteria,
            _ => &style.head,
        };
        cells.text(HEAD, col, &column.head, format);
    }
    cells.widths(columns.iter().map(|column| column.width));
    let first = columns.iter().position(|column| matches!(column.kind, Kind::Criteria(_)));
    if let Some(first) = first.and_then(|first| u16::try_from(first).ok()) {
        cells.text(
            HEAD - 1,
            first,
            &frame.say("template.criteria"),
            &style.lead.clone().set_bold().set_align(FormatAlign::Left).set_indent(1),
        );
    }
}

/// Target minus current, in levels, through the sheet of figures.
fn gap(cells: &mut Cells, frame: &Frame, row: u32, col: u16) {
    let (current, target) = (figures::now(frame, row), figures::wanted(frame, row));
    let nothing = frame.unknown();
    let text = format!("=IF(AND(ISNUMBER({current}),ISNUMBER({target})),{target}-{current},\"{nothing}\")");
    cells.formula(row, col, style::formula(text, None, nothing), &frame.style.level_gap);
}

/// Lists of levels, bounds of numbers, and what each says when something else is typed.
fn lists(cells: &mut Cells, columns: &[Column], frame: &Frame) {
    let (current, target) = (place(columns, Kind::Current), place(columns, Kind::Target));
    let list = list(frame);
    let last = frame.last_row();
    cells.with(|sheet| sheet.add_data_validation(FIRST, target, last, target, &list).map(drop));
    // Runs of rows that are chosen from the list, and single rows that are measured.
    let mut run: Option<(u32, u32)> = None;
    for (row, line) in frame.rows() {
        match line.metric(frame.model) {
            None => run = Some((run.map_or(row, |(first, _)| first), row)),
            Some(metric) => {
                if let Some((first, last)) = run.take() {
                    cells.with(|sheet| sheet.add_data_validation(first, current, last, current, &list).map(drop));
                }
                let unit = frame.fill("template.measured", &[("unit", &metric.unit)]);
                cells.with(|sheet| {
                    let number = DataValidation::new()
                        .allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0))
                        .set_input_title(style::shorten(&frame.say("template.current"), 32))?
                        .set_input_message(style::shorten(&unit, 255))?
                        .set_error_title(style::shorten(&frame.say("template.wrong-number"), 32))?
                        .set_error_message(style::shorten(&unit, 255))?
                        .set_error_style(DataValidationErrorStyle::Warning);
                    sheet.add_data_validation(row, current, row, current, &number).map(drop)
                });
            }
        }
    }
    if let Some((first, last)) = run {
        cells.with(|sheet| sheet.add_data_validation(first, current, last, current, &list).map(drop));
    }
    let weight = place(columns, Kind::Weight);
    cells.with(|sheet| {
        let number = DataValidation::new()
            .allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0))
            .set_error_title(style::shorten(&frame.say("template.wrong-number"), 32))?
            .set_error_message(style::shorten(&frame.say("template.wrong-weight"), 255))?;
        sheet.add_data_validation(FIRST, weight, last, weight, &number).map(drop)
    });
}

/// The list of levels and the word for not applicable.
fn list(frame: &Frame) -> DataValidation {
    let mut entries: Vec<&str> = frame.entries.iter().map(|(entry, _)| entry.as_str()).collect();
    entries.push(&frame.not_applicable);
    let length: usize = entries.iter().map(|entry| entry.chars().count() + 1).sum();
    let fits = length <= MAX_LIST && !entries.iter().any(|entry| entry.contains(','));
    let rule = match fits {
        true => DataValidation::new().allow_list_strings(&entries).ok(),
        false => None,
    };
    let rule = rule.unwrap_or_else(|| DataValidation::new().allow_list_formula(Formula::new(figures::list(frame))));
    let titled = rule.clone().set_error_title(style::shorten(&frame.say("template.wrong-level"), 32));
    let said = titled.and_then(|rule| rule.set_error_message(style::shorten(&frame.say("template.choose"), 255)));
    said.unwrap_or(rule)
}

/// The level ramp on the choices, the gap ramp on the gaps, and a mark on the criteria of the chosen level.
fn colours(cells: &mut Cells, columns: &[Column], frame: &Frame) {
    let last = frame.last_row();
    let scale = &super::rated_on(frame.model).scale;
    for kind in [Kind::Current, Kind::Target] {
        let col = place(columns, kind);
        for (entry, value) in &frame.entries {
            let share = (value - scale.lowest()) / scale.span();
            let step = (share * 6.0).round().clamp(0.0, 6.0);
            fill(
                cells,
                (FIRST, col),
                (last, col),
                &format!("{}=\"{}\"", absolute_col(FIRST, col), entry.replace('"', "\"\"")),
                Ink::Level(step as u8),
            );
        }
    }
    let gap = place(columns, Kind::Gap);
    let at = cell(FIRST, gap);
    let span = frame.summed().span();
    for step in (1..=4u8).rev() {
        let above = span * f64::from(step - 1) / 4.0;
        fill(cells, (FIRST, gap), (last, gap), &format!("AND(ISNUMBER({at}),{at}>{above})"), Ink::Gap(step));
    }
    fill(cells, (FIRST, gap), (last, gap), &format!("AND(ISNUMBER({at}),{at}<0)"), Ink::Surplus(1));
    let criteria: Vec<u16> = (0..)
        .zip(columns)
        .filter(|(_, column)| matches!(column.kind, Kind::Criteria(_)))
        .map(|(col, _)| col)
        .collect();
    if let (true, Some(from), Some(to)) = (frame.on_levels(), criteria.first(), criteria.last()) {
        let head = format!("{}${}", style::column(*from), HEAD + 1);
        for (kind, ink) in [(Kind::Current, Ink::Level(1)), (Kind::Target, Ink::Gap(1))] {
            let chosen = absolute_col(FIRST, place(columns, kind));
            fill(cells, (FIRST, *from), (last, *to), &format!("{head}={chosen}"), ink);
        }
    }
}

/// `$E5`: the column fixed, the row of the cell at hand.
fn absolute_col(row: u32, col: u16) -> String {
    format!("${}{}", style::column(col), row + 1)
}

fn fill(cells: &mut Cells, first: (u32, u16), last: (u32, u16), test: &str, ink: Ink) {
    let look = Format::new().set_background_color(color(ink)).set_font_color(color(ink.text_on().0));
    let rule = ConditionalFormatFormula::new().set_rule(format!("={test}").as_str()).set_format(look);
    let rule = rule.set_stop_if_true(true);
    cells.with(|sheet| sheet.add_conditional_format(first.0, first.1, last.0, last.1, &rule).map(drop));
}
