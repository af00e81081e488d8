//! Tables: columns as wide as their content asks for, rows that stay whole, heads that are repeated.

use std::rc::Rc;

use super::columns;
use super::flow::{Flow, HAIR, LABEL, Linked, NOTE, strong, toned};
use super::mark::{Again, Block, Column, Owner, Part, Piece};
use super::pages::mm;
use super::text::{Line, Style, Wrap};
use super::tree::{NodeId, Role};
use crate::report::{Row, Table, Tone};
use crate::theme::{Ink, Look};

/// Thickness of the rule below a head.
const RULE: f64 = 0.6;
/// Tables with more rows than this are set tighter.
const LONG: usize = 15;

/// Tables with more rows than this are set in small type.
const LISTING: usize = 40;
/// A table no higher than this share of a page is not broken.
const SMALL: f64 = 0.3;
/// From this many columns on, these stand below each other where a table is about what is to be done.
const MANY: usize = 8;
const STACKED: [(&str, &str); 3] = [("subject", "area"), ("practice", "area"), ("owner", "due")];

/// Where the columns of a table stand.
struct Grid {
    /// Left edge and width of each column.
    columns: Vec<(f64, f64)>,
    /// Whether each column stands below the one before it instead of beside it.
    below: Vec<bool>,
    style: Style,
    pad: f64,
}

/// Adds a table.
pub fn table(flow: &mut Flow<'_>, table: &Table) {
    if table.columns.is_empty() {
        return;
    }
    let grid = Grid::new(table, flow.width(), flow.theme.look);
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
    let start = flow.pieces.len();
    for (number, row) in table.rows.iter().enumerate() {
        flow.anchor(&row.id);
        // Three rows stay with the heading, two on the last page; a total is never parted from what it adds up.
        let keep = number + 1 < count && (number < 2 || number + 2 == count || table.rows[number + 1].total);
        self::row(flow, row, table, &grid, body, (&again, keep, number + 1 == count));
    }
    let height: f64 = flow.pieces[start..].iter().map(|piece| piece.height).sum();
    if height <= flow.sheet.body_height() * SMALL {
        flow.pieces[start..].split_last_mut().into_iter().flat_map(|(_, rows)| rows).for_each(|row| row.keep = true);
    }
}

fn head(flow: &mut Flow<'_>, table: &Table, grid: &Grid, row: NodeId) -> (f64, Block) {
    let heads: Vec<Rc<Vec<Line>>> = table
        .columns
        .iter()
        .zip(&grid.columns)
        .map(|(column, (_, width))| flow.shaper.lines(&column.head, NOTE, *width, Wrap::Even))
        .collect();
    let starts = starts(&grid.below, &heads);
    let tallest = starts.iter().zip(&heads).map(|(start, lines)| start + lines.len()).max().unwrap_or(0).max(1);
    let mut block = Block::default();
    for (place, ((column, lines), (x, width))) in table.columns.iter().zip(&heads).zip(&grid.columns).enumerate() {
        let cell = flow.tree.add(row, Role::ColumnHead);
        // Heads of several lines stand on the same last line.
        let stack = place..=(place + 1..heads.len()).take_while(|next| grid.below[*next]).last().unwrap_or(place);
        let lines_below: usize = heads[stack].iter().map(|lines| lines.len()).sum();
        let top = mm(0.6) + NOTE.line_height() * (tallest - lines_below) as f64;
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

/// The line that each cell of a row starts on: those below others start where the others end.
fn starts(below: &[bool], cells: &[Rc<Vec<Line>>]) -> Vec<usize> {
    let mut end = 0;
    below
        .iter()
        .zip(cells)
        .map(|(below, lines)| {
            let start = if *below { end } else { 0 };
            end = start + lines.len();
            start
        })
        .collect()
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
        let (style, mut ink) = toned(cell.tone, if cell.tone == Tone::Code { NOTE } else { grid.style });
        if grid.below[place] {
            ink = Ink::Muted;
        }
        let wrap = if place == 0 { Wrap::Even } else { Wrap::Full };
        let (indent, text) = indented(&cell.text);
        let lines = flow.shaper.lines(text, style, grid.columns[place].1 - indent * style.size, wrap);
        let role = if place == 0 && row_heads(table) { Role::RowHead } else { Role::TD };
        cells.push((flow.tree.add(node, role), lines, style, ink, (column.right, indent), cell));
    }
    let line = grid.style.line_height();
    let starts = starts(&grid.below, &cells.iter().map(|cell| Rc::clone(&cell.1)).collect::<Vec<_>>());
    let tallest = starts.iter().zip(&cells).map(|(start, cell)| start + cell.1.len()).max().unwrap_or(0).max(1);
    // A row taller than most of a page is the one thing that has to break.
    let at_most = ((flow.sheet.body_height() * 0.8 / line) as usize).max(1);
    let strips = tallest.div_ceil(at_most);
    for strip in 0..strips {
        let mut block = Block::default();
        if row.total && strip == 0 {
            block.rule(0.0, 0.0, flow.width(), Ink::Axis, RULE);
        }
        let mut height: f64 = line;
        for (place, (node, lines, style, ink, (right, indent), cell)) in cells.iter().enumerate() {
            let (from, to) = (strip * at_most, (strip + 1) * at_most);
            let inside = |line: usize| line.saturating_sub(starts[place]).min(lines.len());
            let part = &lines[inside(from)..inside(to)];
            let above = starts[place].saturating_sub(from) as f64 * line;
            let (x, width) = grid.columns[place];
            let (x, width) = (x + indent * style.size, width - indent * style.size);
            // Small type stands on the same baseline as the rest of its row.
            let top = above + grid.pad + grid.style.baseline() - style.baseline();
            let own = if place == 0 { flow.part(&row.item) } else { None };
            let anchor = flow.target(&cell.href).or(own);
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

/// The steps that a name stands in from the left, written as em spaces before it, and the name.
fn indented(text: &str) -> (f64, &str) {
    let name = text.trim_start_matches('\u{2003}');
    ((text.chars().count() - name.chars().count()) as f64, name)
}

/// Whether rows have heads: not where those would be more than what they are heads of, as in a table of one row.
fn row_heads(table: &Table) -> bool {
    let (rows, columns) = (table.rows.len(), table.columns.len());
    rows + columns <= rows * (columns - 1)
}

impl Grid {
    fn new(table: &Table, width: f64, look: Look) -> Self {
        let below = below(table);
        let small = table.rows.len() > LISTING || below.contains(&true);
        let style = match (table.rows.len() > LISTING, small) {
            (true, _) => Style { leading: 1.3, ..NOTE },
            (false, true) => NOTE,
            (false, false) => LABEL,
        };
        let close = table.rows.len() > LONG || look == Look::Ledger;
        let pad = match (table.rows.len() > LISTING, close) {
            (true, _) => mm(0.5),
            (false, true) => mm(0.65),
            (false, false) => mm(0.95),
        };
        let (widths, gap) = columns::widths(table, &below, style, width);
        let mut x = 0.0;
        let slots: Vec<(f64, f64)> = widths
            .into_iter()
            .map(|width| {
                let column = (x, width);
                x += width + gap;
                column
            })
            .collect();
        let mut slot = 0;
        let columns = below
            .iter()
            .enumerate()
            .map(|(place, below)| {
                slot += usize::from(place > 0 && !below);
                slots[slot]
            })
            .collect();
        Self { columns, below, style, pad }
    }
}

/// Which columns stand below the one before: in wide tables of what is to be done, where beside each other every text
/// would break into a tower of words.
fn below(table: &Table) -> Vec<bool> {
    let key = |place: usize| table.columns[place].key.as_str();
    let wide = table.columns.len() >= MANY && table.columns.iter().any(|column| column.key == "due");
    let mut below = vec![false; table.columns.len()];
    for place in 1..below.len() {
        below[place] = wide && !below[place - 1] && STACKED.contains(&(key(place - 1), key(place)));
    }
    below
}
