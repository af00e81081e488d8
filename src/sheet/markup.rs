//! What calamine does not tell of a worksheet of `.xlsx`, from the part itself: hidden rows and columns, merged blocks,
//! drop-down lists, which cells show percentages. It goes before calamine, so it also refuses what calamine would
//! misread: cells beyond the grid, row numbers that wrap, overlong texts.

use std::collections::{HashSet, VecDeque};
use std::io::BufRead;

use quick_xml::events::{BytesStart, Event};

use super::cells::{GRID, MAX_CELL_TEXT, too_large};
use super::{Block, damaged, xml};
use crate::error::{CellRef, Problem, column_from_letters, quoted};

/// The error values that calamine knows; newer ones stop it.
const KNOWN_ERRORS: [&str; 7] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];
const MAX_MERGES: usize = 1_000_000;

/// The evidence of one worksheet.
#[derive(Default)]
pub(super) struct Markup {
    /// Ranges of hidden rows, both ends included.
    pub(super) hidden_rows: Vec<(u32, u32)>,
    /// Ranges of hidden columns, both ends included.
    pub(super) hidden_columns: Vec<(u32, u32)>,
    pub(super) merges: Vec<Block>,
    /// Cells with a list of entries, and the formula that gives the entries.
    pub(super) lists: Vec<(Vec<Block>, String)>,
    /// Cells whose number is shown as a percentage.
    pub(super) percent: HashSet<(u32, u32)>,
    /// Places of cells with an error value that calamine does not know, in the order of the part.
    pub(super) odd_errors: VecDeque<(u32, u32)>,
    /// Whether all cells say where they stand.
    pub(super) all_placed: bool,
}

/// Reads a worksheet's part; `percent` tells for each cell style whether it shows percentages.
pub(super) fn read(part: impl BufRead, percent: &[bool]) -> Result<Markup, Problem> {
    let mut scan = Scan { percent, found: Markup { all_placed: true, ..Markup::default() }, ..Scan::default() };
    let mut reader = xml::reader(part);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(element)) => scan.start(&element)?,
            Ok(Event::End(element)) => scan.end(element.local_name().as_ref()),
            Ok(Event::Eof) => return Ok(scan.found),
            Ok(event) => scan.text(&event)?,
            Err(error) => return Err(damaged(format!("the sheet cannot be read ({error})"))),
        }
    }
}

#[derive(Default)]
struct Scan<'a> {
    percent: &'a [bool],
    found: Markup,
    row: u32,
    col: u32,
    /// The place of the cell being read.
    cell: Option<(u32, u32)>,
    is_error: bool,
    text: String,
    /// The cells and the formula of the validation being read, where it is a list.
    list: Option<(String, String)>,
    in_formula: bool,
    in_cells: bool,
}

impl Scan<'_> {
    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), Problem> {
        match element.local_name().as_ref() {
            "row" => {
                if let Some(number) = xml::attribute(element, "r") {
                    self.row = row_number(&number).ok_or_else(|| beyond_grid("row number", &number))?;
                }
                if xml::flag(element, "hidden") {
                    self.found.hidden_rows.push((self.row, self.row));
                }
            }
            "c" => self.start_cell(element)?,
            "col" if xml::flag(element, "hidden") => {
                let bound = |name| xml::attribute(element, name).and_then(|number| number.trim().parse::<u32>().ok());
                if let (Some(first @ 1..), Some(last)) = (bound("min"), bound("max")) {
                    self.found.hidden_columns.push((first - 1, last.min(GRID.1).max(first) - 1));
                }
            }
            "mergeCell" => {
                self.found.merges.extend(xml::attribute(element, "ref").and_then(|reference| block(&reference)));
                if self.found.merges.len() > MAX_MERGES {
                    return Err(too_large(format!("more than {MAX_MERGES} blocks of cells are merged")));
                }
            }
            "dataValidation" if xml::attribute(element, "type").as_deref() == Some("list") => {
                self.list = Some((xml::attribute(element, "sqref").unwrap_or_default(), String::new()));
            }
            "formula1" => self.in_formula = true,
            "sqref" => self.in_cells = true,
            _ => {}
        }
        Ok(())
    }

    fn start_cell(&mut self, element: &BytesStart<'_>) -> Result<(), Problem> {
        let (mut reference, mut style, mut is_error) = (None, None, false);
        for attribute in element.attributes().with_checks(false).filter_map(Result::ok) {
            match attribute.key.as_ref() {
                "r" => reference = Some(attribute.value),
                "s" => style = attribute.value.parse::<usize>().ok(),
                "t" => is_error = attribute.value == "e",
                _ => {}
            }
        }
        let place = match &reference {
            Some(reference) => cell(reference).ok_or_else(|| beyond_grid("cell reference", reference))?,
            None => {
                self.found.all_placed = false;
                (self.row, self.col)
            }
        };
        if place.0 >= GRID.0 || place.1 >= GRID.1 {
            return Err(beyond_grid("cell", &CellRef::new(place.0, place.1).to_string()));
        }
        self.col = place.1 + 1;
        self.cell = Some(place);
        self.is_error = is_error;
        self.text.clear();
        if style.is_some_and(|style| self.percent.get(style) == Some(&true)) {
            self.found.percent.insert(place);
        }
        Ok(())
    }

    fn end(&mut self, local: &str) {
        match local {
            "row" => {
                self.row += 1;
                self.col = 0;
            }
            "c" => {
                if let (Some(place), true) = (self.cell.take(), self.is_error)
                    && !KNOWN_ERRORS.contains(&self.text.as_str())
                {
                    self.found.odd_errors.push_back(place);
                }
            }
            // Only the value of an error cell is of interest; its formula came before it.
            "f" if self.cell.is_some() => self.text.clear(),
            "formula1" => self.in_formula = false,
            "sqref" => self.in_cells = false,
            "dataValidation" => {
                if let Some((cells, formula)) = self.list.take() {
                    let cells: Vec<Block> = cells.split_whitespace().filter_map(block).collect();
                    if !cells.is_empty() && !formula.is_empty() {
                        self.found.lists.push((cells, formula));
                    }
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, event: &Event<'_>) -> Result<(), Problem> {
        match &mut self.list {
            Some((_, formula)) if self.in_formula && !self.in_cells => xml::push_text(event, formula),
            Some((cells, _)) if self.in_cells => xml::push_text(event, cells),
            _ => {}
        }
        if let Some((row, col)) = self.cell {
            xml::push_text(event, &mut self.text);
            if self.text.len() > MAX_CELL_TEXT {
                let cell = CellRef::new(row, col);
                return Err(too_large(format!(
                    "the cell {cell} holds more than {} MiB of text",
                    MAX_CELL_TEXT >> 20
                )));
            }
        }
        Ok(())
    }
}

fn beyond_grid(what: &str, found: &str) -> Problem {
    damaged(format!("the {what} {} lies beyond the grid of a spreadsheet (A1 to XFD1048576)", quoted(found)))
}

fn row_number(digits: &str) -> Option<u32> {
    let number: u32 = digits.parse().ok()?;
    (1..=GRID.0).contains(&number).then(|| number - 1)
}

/// Row and column of `D14` or `$D$14`; `None` beyond the grid.
pub(super) fn cell(reference: &str) -> Option<(u32, u32)> {
    let reference = reference.strip_prefix('$').unwrap_or(reference);
    let letters = reference.find(|c: char| !c.is_ascii_alphabetic())?;
    let (letters, digits) = reference.split_at(letters);
    let digits = digits.strip_prefix('$').unwrap_or(digits);
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some((row_number(digits)?, column_from_letters(letters)?))
}

/// The block of `B2:C4`, `$B$2:$C$4`, `B2`, or whole columns `B:C`; `None` for anything else.
pub(super) fn block(reference: &str) -> Option<Block> {
    let (from, to) = reference.split_once(':').unwrap_or((reference, reference));
    let corner = |text: &str, row: u32| {
        cell(text).or_else(|| column_from_letters(text.strip_prefix('$').unwrap_or(text)).map(|col| (row, col)))
    };
    let (from, to) = (corner(from, 0)?, corner(to, GRID.0 - 1)?);
    Some(Block {
        first: CellRef::new(from.0.min(to.0), from.1.min(to.1)),
        last: CellRef::new(from.0.max(to.0), from.1.max(to.1)),
    })
}
