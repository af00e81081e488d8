//! The sheet of areas: the formulas of the analysis over the ratings, and the row of all areas together.

use rust_xlsxwriter::{FormatAlign, XlsxError};

use super::{Frame, Look, ratings};
use crate::analysis::Figures;
use crate::workbook::style::{self, Cells, cell};

/// The first row of areas, counted from 0.
const FIRST: u32 = 3;
const CURRENT: u16 = 1;
const TARGET: u16 = 2;
const GAP: u16 = 3;
const SHORTFALL: u16 = 4;
const PERCENT: u16 = 5;
const ASSESSED: u16 = 6;
const APPLICABLE: u16 = 7;
const MEAN: u16 = 8;
const TOP: u16 = 9;
const FROM: u16 = 10;
const TO: u16 = 11;

/// The cell of a figure of all areas together, for the summary.
pub(super) fn overall_cell(frame: &Frame, figure: Figure) -> String {
    reference(frame, overall_row(frame), figure)
}

/// The cell of a figure of the area at this place in the list.
pub(super) fn area_cell(frame: &Frame, index: usize, figure: Figure) -> String {
    reference(frame, FIRST + u32::try_from(index).unwrap_or(0), figure)
}

fn reference(frame: &Frame, row: u32, figure: Figure) -> String {
    style::area(&frame.sheets.areas, (row, figure as u16), (row, figure as u16)).replace('$', "")
}

/// A column that other sheets refer to.
#[derive(Clone, Copy)]
pub(super) enum Figure {
    Current = CURRENT as isize,
    Target = TARGET as isize,
    Gap = GAP as isize,
    Shortfall = SHORTFALL as isize,
    Percent = PERCENT as isize,
    Assessed = ASSESSED as isize,
    Applicable = APPLICABLE as isize,
}

fn overall_row(frame: &Frame) -> u32 {
    FIRST + u32::try_from(frame.analysis.areas.len()).unwrap_or(0)
}

pub(super) fn write(mut cells: Cells, frame: &Frame) -> Result<(), XlsxError> {
    let (style, analysis) = (&frame.style, frame.analysis);
    let live = frame.live(analysis.areas.len().saturating_mul(10));
    cells.text(0, 0, &frame.sheets.areas, &style.title);
    cells.height(0, 28.0);
    cells.text(1, 0, &frame.say(if live { "xlsx.areas-lead" } else { "xlsx.results-only" }), &style.lead);
    cells.text(FIRST - 1, 0, &frame.say("head.area"), &style.head);
    let heads = [
        (CURRENT, "xlsx.current"),
        (TARGET, "head.target"),
        (GAP, "head.gap"),
        (SHORTFALL, "head.shortfall"),
        (PERCENT, "head.percent"),
        (ASSESSED, "head.rated"),
        (APPLICABLE, "xlsx.applicable"),
        (MEAN, "xlsx.rating-mean"),
        (TOP, "xlsx.counts"),
        (FROM, "xlsx.from"),
        (TO, "xlsx.to"),
    ];
    for (col, key) in heads {
        cells.text(FIRST - 1, col, &frame.say(key), &style.head_number);
    }
    cells.widths([44.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 11.0, 11.0, 9.0, 7.0, 7.0]);
    for (index, area) in analysis.areas.iter().enumerate() {
        let row = FIRST + u32::try_from(index).unwrap_or(0);
        let level = u8::try_from(area.path.len() - 1).unwrap_or(15).min(15);
        let name = if level == 0 {
            style.name.clone()
        } else {
            style.text.clone().set_align(FormatAlign::Left).set_indent(level)
        };
        cells.text(row, 0, &area.name, &name);
        cells.fit(row, [(area.name.as_str(), 44.0 - 2.0 * f64::from(level))]);
        let (from, to) = frame.spans[index];
        cells.number(row, FROM, Some(from as f64), "", &style.count);
        cells.number(row, TO, Some(to as f64), "", &style.count);
        cells.number(row, TOP, (level == 0).then_some(1.0), "", &style.count);
        area_row(&mut cells, frame, row, live, &area.figures);
    }
    overall(&mut cells, frame, live);
    let last = overall_row(frame);
    ratings::ramp(&mut cells, frame, (FIRST, CURRENT), (last, CURRENT));
    cells.with(|sheet| sheet.group_columns_collapsed(FROM, TO).map(drop));
    cells.with(|sheet| sheet.set_print_area(0, 0, last, TOP).map(drop));
    cells.freeze(FIRST, 1, FIRST - 1);
    cells.print(&analysis.title, true, frame.letter);
    cells.done()
}

/// The ratings that formulas run over: their columns and the condition that picks an area's rows.
struct Over {
    rows: String,
    current: String,
    target: String,
    gap: String,
    weight: String,
}

impl Over {
    fn area(frame: &Frame, row: u32) -> Self {
        let columns = &frame.columns;
        let number = ratings::range(frame, columns.area_number);
        Self {
            rows: format!("({number}>={})*({number}<={})", cell(row, FROM), cell(row, TO)),
            current: ratings::range(frame, columns.current),
            target: ratings::range(frame, columns.target),
            gap: ratings::range(frame, columns.gap),
            weight: ratings::range(frame, columns.weight),
        }
    }

    /// `sum(w*x) / sum(w)` over the rows where `known` is a number. Text in the columns counts as 0 behind a comma.
    fn mean(&self, known: &str, value: &str, unknown: &str) -> String {
        let Self { rows, weight, .. } = self;
        format!(
            "=IFERROR(SUMPRODUCT({rows}*ISNUMBER({known}),{weight},{value})/SUMPRODUCT({rows}*ISNUMBER({known}),{weight}),\"{unknown}\")"
        )
    }
}

fn area_row(cells: &mut Cells, frame: &Frame, row: u32, live: bool, figures: &Figures) {
    let unknown = frame.unknown();
    let over = Over::area(frame, row);
    let Over { rows, current, target, gap, weight } = &over;
    let mut put = |col: u16, formula: String, result: Option<f64>, look: Look| {
        frame.figure(cells, (row, col), live, formula, result, look);
    };
    put(CURRENT, over.mean(current, current, &unknown), figures.current, Look::Mean);
    put(TARGET, over.mean(target, target, &unknown), figures.target, Look::Mean);
    put(GAP, over.mean(gap, gap, &unknown), figures.gap, Look::Gap);
    let short = format!("SUMPRODUCT({rows}*ISNUMBER({gap})*({gap}>0),{weight},{gap})");
    let both = format!("SUMPRODUCT({rows}*ISNUMBER({gap}),{weight})");
    put(SHORTFALL, format!("=IFERROR({short}/{both},\"{unknown}\")"), figures.shortfall, Look::Mean);
    let lowest = frame.analysis.scale.lowest();
    let way = format!("(SUMPRODUCT({rows}*ISNUMBER({gap}),{weight},{target})-({lowest})*{both})");
    put(PERCENT, format!("=IFERROR(1-{short}/{way},\"{unknown}\")"), figures.percent_to_target, Look::Percent);
    let count = |number: u64| Some(number as f64);
    put(ASSESSED, format!("=SUMPRODUCT({rows}*ISNUMBER({current}))"), count(figures.assessed), Look::Count);
    let state = ratings::range(frame, frame.columns.state);
    let out = ratings::state(frame, crate::analysis::State::NotApplicable);
    put(APPLICABLE, format!("=SUMPRODUCT({rows}*({state}<>\"{out}\"))"), count(figures.applicable), Look::Count);
    let plain = format!(
        "=IFERROR(SUMPRODUCT({rows}*ISNUMBER({current}),{current})/SUMPRODUCT({rows}*ISNUMBER({current})),\"{unknown}\")"
    );
    put(MEAN, plain, figures.rating_mean, Look::Mean);
}

/// The mean of the top areas, over those that have the figure.
fn overall(cells: &mut Cells, frame: &Frame, live: bool) {
    let (row, figures, unknown) = (overall_row(frame), &frame.analysis.overall, frame.unknown());
    let column = |col: u16| format!("{}:{}", cell(FIRST, col), cell(row - 1, col));
    cells.text(row, 0, &frame.say("head.overall"), &frame.style.name);
    let top = column(TOP);
    let mean = |col: u16| {
        let values = column(col);
        format!(
            "=IFERROR(SUMPRODUCT(--ISNUMBER({values}),{top},{values})/SUMPRODUCT(--ISNUMBER({values}),{top}),\"{unknown}\")"
        )
    };
    let mut put = |col: u16, formula: String, result: Option<f64>, look: Look| {
        frame.figure(cells, (row, col), live, formula, result, look);
    };
    put(CURRENT, mean(CURRENT), figures.current, Look::Mean);
    put(TARGET, mean(TARGET), figures.target, Look::Mean);
    put(GAP, mean(GAP), figures.gap, Look::Gap);
    put(SHORTFALL, mean(SHORTFALL), figures.shortfall, Look::Mean);
    let lowest = frame.analysis.scale.lowest();
    let percent = format!("=IFERROR(1-{}/({}-({lowest})),\"{unknown}\")", cell(row, SHORTFALL), cell(row, TARGET));
    put(PERCENT, percent, figures.percent_to_target, Look::Percent);
    for (col, number) in [(ASSESSED, figures.assessed), (APPLICABLE, figures.applicable)] {
        let formula = format!("=SUMPRODUCT({top},{})", column(col));
        put(col, formula, Some(number as f64), Look::Count);
    }
    let current = ratings::range(frame, frame.columns.current);
    put(MEAN, format!("=IFERROR(AVERAGE({current}),\"{unknown}\")"), figures.rating_mean, Look::Mean);
    for col in [TOP, FROM, TO] {
        cells.text(row, col, "", &frame.style.count);
    }
}
