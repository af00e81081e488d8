//! Tables: columns as wide as their content asks for, rows that stay whole, heads that are repeated.

use std::rc::Rc;

use super::flow::{Flow, HAIR, LABEL, Linked, NOTE, strong, toned};
use super::mark::{Again, Block, Column, Owner, Part, Piece};
use super::pages::mm;
use super::text::{Line, Style, Wrap};
use super::tree::{NodeId, Role};
use crate::report::{self, Row, Table, Tone};
use crate::theme::Ink;

/// Thickness of the rule below a head.
const RULE: f64 = 0.6;
/// Tables with more rows than this are set tighter.
const LONG: usize = 15;

/// Where the columns of a table stand.
struct Grid {
    /// Left edge and width of each column.
    columns: Vec<(f64, f64)>,
    style: Style,
    pad: f64,
}

/// Adds a table.
pub fn table(flow: &mut Flow<'_>, table: &Table) {
    if table.columns.is_empty() {
        return;
    }
    let grid = Grid::new(table, flow.width());
    let node = flow.tree.add_described(flow.sect, Role::Table, &table.caption);
    flow.anchor(&table.id);
    if table.show_caption && !table.caption.is_empty() {
        let caption = flow.tree.add(node, Role::Caption);
        let lines = flow.shaper.lines(&table.caption, strong(LABEL), flow.width(), Wrap::Full);
        let mut block = Block::default();
        let place = Column::left(0.0, 0.0, flow.width());
        let height = block.text(Owner::Node(caption), &lines, strong(LABEL), Ink::Text, place);
        flow.push(mm(4.0), height, true, block);
        flow.then(mm(0.5));
    }
    let head = flow.tree.add(node, Role::THead);
    let head = flow.tree.add(head, Role::TR);
    let (height, block) = self::head(flow, table, &grid, head);
    let again = Rc::new(again(flow, height, &block));
    flow.push(mm(3.0), height, !table.rows.is_empty(), block);
    let body = flow.tree.add(node, Role::TBody);
    let count = table.rows.len();
    for (number, row) in table.rows.iter().enumerate() {
        flow.anchor(&row.id);
        // Three rows stay with the heading, two on the last page; a total is never parted from what it adds up.
        let keep = number + 1 < count && (number < 2 || number + 2 == count || table.rows[number + 1].total);
        self::row(flow, row, table, &grid, body, (&again, keep, number + 1 == count));
    }
}

fn head(flow: &mut Flow<'_>, table: &Table, grid: &Grid, row: NodeId) -> (f64, Block) {
    let heads: Vec<Rc<Vec<Line>>> = table
        .columns
        .iter()
        .zip(&grid.columns)
        .map(|(column, (_, width))| flow.shaper.lines(&column.head, NOTE, *width, Wrap::Even))
        .collect();
    let tallest = heads.iter().map(|lines| lines.len()).max().unwrap_or(0).max(1);
    let mut block = Block::default();
    for ((column, lines), (x, width)) in table.columns.iter().zip(&heads).zip(&grid.columns) {
        let cell = flow.tree.add(row, Role::ColumnHead);
        // Heads of several lines stand on the same last line.
        let top = mm(0.6) + NOTE.line_height() * (tallest - lines.len()) as f64;
        let place = Column { x: *x, top, width: *width, right: column.right };
        block.text(Owner::Node(cell), lines, NOTE, Ink::Muted, place);
    }
    let height = mm(0.6) + NOTE.line_height() * tallest as f64 + mm(1.1);
    block.rule(0.0, height, flow.width(), Ink::Axis, RULE);
    (height, block)
}

/// The head as it stands on later pages, below a word that says so. All of it repeats what was read out already, so it
/// is decoration to a screen reader; the running head above names the chapter to the eye.
fn again(flow: &mut Flow<'_>, height: f64, head: &Block) -> Again {
    let mut block = Block::default();
    let mut top = 0.0;
    let name = flow.words.continued.clone();
    if !name.is_empty() {
        let line = flow.shaper.clipped(&name, NOTE, flow.width());
        let place = Column::left(0.0, 0.0, flow.width());
        top = block.text(Owner::Layout, &[line], NOTE, Ink::Muted, place) + mm(1.0);
    }
    let parts = head.parts.iter().map(|part| Part { owner: Owner::Layout, marks: part.marks.clone() });
    block.absorb(Block { parts: parts.collect(), ..Block::default() }, 0.0, top);
    Again { height: top + height, block }
}

fn row(
    flow: &mut Flow<'_>,
    row: &Row,
    table: &Table,
    grid: &Grid,
    body: NodeId,
    (again, keep, last): (&Rc<Again>, bool, bool),
) {
    let mut cells = Vec::new();
    let node = flow.tree.add(body, Role::TR);
    for (place, (column, cell)) in table.columns.iter().zip(&row.cells).enumerate() {
        let (style, ink) = toned(cell.tone, if cell.tone == Tone::Code { NOTE } else { grid.style });
        let wrap = if place == 0 { Wrap::Even } else { Wrap::Full };
        let lines = flow.shaper.lines(&cell.text, style, grid.columns[place].1, wrap);
        let role = if place == 0 { Role::RowHead } else { Role::TD };
        cells.push((flow.tree.add(node, role), lines, style, ink, column.right, cell));
    }
    let line = grid.style.line_height();
    let tallest = cells.iter().map(|cell| cell.1.len()).max().unwrap_or(0).max(1);
    // A row taller than most of a page is the one thing that has to break.
    let at_most = ((flow.sheet.body_height() * 0.8 / line) as usize).max(1);
    let strips = tallest.div_ceil(at_most);
    for strip in 0..strips {
        let mut block = Block::default();
        if row.total && strip == 0 {
            block.rule(0.0, 0.0, flow.width(), Ink::Axis, RULE);
        }
        let mut height: f64 = line;
        for (place, (node, lines, style, ink, right, cell)) in cells.iter().enumerate() {
            let part = lines.get(strip * at_most..lines.len().min((strip + 1) * at_most)).unwrap_or_default();
            let (x, width) = grid.columns[place];
            // Small type stands on the same baseline as the rest of its row.
            let top = grid.pad + grid.style.baseline() - style.baseline();
            let anchor = flow.target(&cell.href);
            let text = Linked { lines: part, text: &cell.text, style: *style, ink: *ink, anchor };
            if part.is_empty() {
                continue;
            }
            let column = Column { x, top, width, right: *right };
            height = height.max(flow.linked(&mut block, *node, &text, column) + top - grid.pad);
        }
        let height = height + 2.0 * grid.pad;
        if strip + 1 == strips {
            let ink = if last { Ink::Grid } else { Ink::Hairline };
            block.rule(0.0, height, flow.width(), ink, HAIR);
        }
        let keep = keep && strip + 1 == strips;
        flow.push_piece(0.0, Piece { height, keep, block, again: Some(Rc::clone(again)), ..Piece::default() });
    }
}

/// What a column asks for.
#[derive(Clone, Copy, Debug)]
struct Need {
    /// Its longest word.
    least: f64,
    /// Its longest text in one line.
    most: f64,
    /// Whether it takes what is left over, and how much of it.
    share: f64,
}

impl Grid {
    fn new(table: &Table, width: f64) -> Self {
        let style = LABEL;
        let pad = if table.rows.len() > LONG { mm(0.65) } else { mm(0.95) };
        let count = table.columns.len() as f64;
        let gap = if count > 8.0 { mm(3.0) } else { mm(4.5) };
        let needs: Vec<Need> = (0..table.columns.len()).map(|place| need(table, place, style)).collect();
        let mut x = 0.0;
        let columns = widths(&needs, width - gap * (count - 1.0))
            .into_iter()
            .map(|width| {
                let column = (x, width);
                x += width + gap;
                column
            })
            .collect();
        Self { columns, style, pad }
    }
}

fn need(table: &Table, place: usize, style: Style) -> Need {
    let column: &report::Column = &table.columns[place];
    let mut need = Need { least: 0.0, most: 0.0, share: if column.right { 0.0 } else { column.share.max(1.0) } };
    let mut take = |text: &str, style: Style| {
        for line in text.lines() {
            need.most = need.most.max(style.width(line));
            for word in line.split_whitespace() {
                need.least = need.least.max(style.width(word));
            }
        }
    };
    take(&column.head, NOTE);
    for cell in table.rows.iter().filter_map(|row| row.cells.get(place)) {
        let style = if cell.tone == Tone::Code { NOTE } else { style };
        take(&cell.text, toned(cell.tone, style).0);
    }
    // A hair, as kerning may widen a text too.
    Need { least: need.least + 0.5, most: need.most + 0.5, ..need }
}

/// Shares a width out: to each what it asks for if there is enough, the rest to columns of words; else short columns
/// keep their width and long ones wrap; else all shrink alike.
fn widths(needs: &[Need], width: f64) -> Vec<f64> {
    let most: f64 = needs.iter().map(|need| need.most).sum();
    let least: f64 = needs.iter().map(|need| need.least).sum();
    if most <= width {
        let shares: f64 = needs.iter().map(|need| need.share).sum();
        let spare = width - most;
        return match shares > 0.0 {
            true => needs.iter().map(|need| need.most + spare * need.share / shares).collect(),
            false => needs.iter().enumerate().map(|(n, need)| need.most + if n == 0 { spare } else { 0.0 }).collect(),
        };
    }
    if least >= width {
        return needs.iter().map(|need| need.least * width / least).collect();
    }
    let mut fixed: Vec<Option<f64>> = vec![None; needs.len()];
    loop {
        let taken: f64 = fixed.iter().flatten().sum();
        let open = || needs.iter().zip(&fixed).enumerate().filter(|(_, (_, fixed))| fixed.is_none());
        let weights: f64 = open().map(|(_, (need, _))| need.most.sqrt()).sum();
        let each = (width - taken) / weights;
        let roomy = open().find(|(_, (need, _))| need.most <= each * need.most.sqrt());
        let tight = open().find(|(_, (need, _))| need.least > each * need.most.sqrt());
        let settled = match (roomy, tight) {
            (_, Some((place, (need, _)))) => Some((place, need.least)),
            (Some((place, (need, _))), None) => Some((place, need.most)),
            (None, None) => None,
        };
        match settled {
            Some((place, width)) => fixed[place] = Some(width),
            None => {
                let open = |(need, fixed): (&Need, &Option<f64>)| fixed.unwrap_or(each * need.most.sqrt());
                return needs.iter().zip(&fixed).map(open).collect();
            }
        }
    }
}
