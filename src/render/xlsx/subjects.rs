//! The sheet of subjects: a block each for level, target, gap and shortfall, a row a subject, a column a top area, and
//! each subject's own mean beside them.

use rust_xlsxwriter::XlsxError;

use super::{Frame, Look, ratings};
use crate::analysis::{Figures, SubjectFigures};
use crate::workbook::style::{Cells, cell};

const NAME: u16 = 0;
const OVERALL: u16 = 1;
const FIRST_AREA: u16 = 2;
const NAME_WIDTH: f64 = 38.0;
const AREA_WIDTH: f64 = 16.0;

/// One block of the sheet.
struct Block {
    key: &'static str,
    look: Look,
    figure: fn(&Figures) -> Option<f64>,
}

const BLOCKS: [Block; 4] = [
    Block { key: "xlsx.current", look: Look::Mean, figure: |figures| figures.current },
    Block { key: "head.target", look: Look::Mean, figure: |figures| figures.target },
    Block { key: "head.gap", look: Look::Gap, figure: |figures| figures.gap },
    Block { key: "head.shortfall", look: Look::Mean, figure: |figures| figures.shortfall },
];

pub(super) fn write(mut cells: Cells, frame: &Frame) -> Result<(), XlsxError> {
    let (style, subjects) = (&frame.style, &frame.analysis.subjects);
    // Wider sheets than this do not exist; the last areas then stand on the sheet of areas only.
    let tops: Vec<usize> = frame.tops().into_iter().take(16_000).collect();
    let blocks = if frame.targets { &BLOCKS[..] } else { &BLOCKS[..1] };
    let live = frame.live(subjects.len().saturating_mul(tops.len()).saturating_mul(blocks.len() * 2));
    cells.text(0, NAME, &frame.sheets.subjects, &style.title);
    cells.height(0, 28.0);
    cells.text(1, NAME, &frame.say(if live { "xlsx.subjects-lead" } else { "xlsx.results-only" }), &style.lead);
    let last_col = FIRST_AREA + u16::try_from(tops.len()).unwrap_or(1) - 1;
    let heads: Vec<(&str, f64)> =
        tops.iter().map(|top| (frame.analysis.areas[*top].name.as_str(), AREA_WIDTH)).collect();
    let mut row = 3;
    for block in blocks {
        cells.text(row, NAME, &frame.say(block.key), &style.head);
        cells.text(row, OVERALL, &frame.say("head.overall"), &style.head_number);
        for (col, top) in (FIRST_AREA..).zip(&tops) {
            cells.text(row, col, &frame.analysis.areas[*top].name, &style.head_number);
        }
        cells.fit(row, heads.iter().copied());
        let first = row + 1;
        for (number, subject) in (1..).zip(subjects) {
            row += 1;
            line(&mut cells, frame, row, (number, subject), &tops, block, live);
        }
        if block.key == "xlsx.current" || block.key == "head.target" {
            ratings::ramp(&mut cells, frame, (first, OVERALL), (row, last_col));
        } else {
            ratings::gaps(&mut cells, frame, (first, OVERALL), (row, last_col));
        }
        row += 2;
    }
    cells.widths([NAME_WIDTH, 11.0].into_iter().chain(tops.iter().map(|_| AREA_WIDTH)));
    cells.freeze(3, 1, 2);
    cells.print(&frame.analysis.title, true, frame.letter);
    cells.done()
}

fn line(
    cells: &mut Cells,
    frame: &Frame,
    row: u32,
    (number, subject): (usize, &SubjectFigures),
    tops: &[usize],
    block: &Block,
    live: bool,
) {
    cells.text(row, NAME, &subject.name, &frame.style.name);
    cells.fit(row, [(subject.name.as_str(), NAME_WIDTH)]);
    let unknown = frame.unknown();
    for (col, top) in (FIRST_AREA..).zip(tops) {
        let path = &frame.analysis.areas[*top].path;
        let figures = subject.areas.iter().find(|area| area.path == *path).map(|area| &area.figures);
        let formula = match live {
            true => formula(frame, number, frame.spans[*top], block.key, &unknown),
            false => String::new(),
        };
        frame.figure(cells, (row, col), live, formula, figures.and_then(block.figure), block.look);
    }
    let last = FIRST_AREA + u16::try_from(tops.len()).unwrap_or(1) - 1;
    let mean = format!("=IFERROR(AVERAGE({}:{}),\"{unknown}\")", cell(row, FIRST_AREA), cell(row, last));
    frame.figure(cells, (row, OVERALL), live, mean, (block.figure)(&subject.figures), block.look);
}

/// The mean over one subject's ratings in one area and all below it.
fn formula(frame: &Frame, subject: usize, (from, to): (usize, usize), key: &str, unknown: &str) -> String {
    let columns = &frame.columns;
    let area = ratings::range(frame, columns.area_number);
    let rows = match from == to {
        true => format!("({area}={from})"),
        false => format!("({area}>={from})*({area}<={to})"),
    };
    let rows = format!("({}={subject})*{rows}", ratings::range(frame, columns.subject_number));
    let value = ratings::range(
        frame,
        match key {
            "xlsx.current" => columns.current,
            "head.target" => columns.target,
            _ => columns.gap,
        },
    );
    let weight = ratings::range(frame, columns.weight);
    let known = format!("{rows}*ISNUMBER({value})");
    let counted = if key == "head.shortfall" { format!("{known}*({value}>0)") } else { known.clone() };
    format!("=IFERROR(SUMPRODUCT({counted},{weight},{value})/SUMPRODUCT({known},{weight}),\"{unknown}\")")
}
