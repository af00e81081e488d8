//! `.ods`: one pass over `content.xml`, straight into sparse rows.
//!
//! calamine reads this format too, but only into whole ranges, which a few repeat counts blow up, without percentages,
//! error values, merged blocks and hidden rows, and not at all where the XML is indented. A guard that bounds and
//! supplements it would have to read all of the part anyway, so this does, once. Source: OpenDocument 1.2, part 1.

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::cells::{Budget, Cells, GRID, MAX_SHEETS, spread, too_large};
use super::drop_downs::{self, Source, open_document_range};
use super::ods_cell::{self, Content};
use super::package::Package;
use super::{Block, Cell, Properties, Sheet, Value, damaged, encrypted, xml};
use crate::error::{CellRef, Place, Problem};

/// Reads the sheets of a document whose package has been checked.
pub(super) fn sheets(package: &mut Package<'_>, budget: &mut Budget) -> Result<Vec<Sheet>, Problem> {
    if let Some(manifest) = package.part("META-INF/manifest.xml")
        && !xml::texts(manifest, &["encryption-data"]).is_empty()
    {
        return Err(encrypted());
    }
    let part = package.part("content.xml").ok_or_else(|| damaged("the part `content.xml` is missing"))?;
    let mut reader = xml::reader(part);
    let mut document = Document::default();
    document.read(&mut reader, budget)?;
    let Document { mut sheets, lists, validations, names, .. } = document;
    let resolved = lists.into_iter().map(|lists| {
        lists.into_iter().filter_map(|(name, cells)| Some((cells, validations.get(&name)?.clone()))).collect()
    });
    let resolved = resolved.collect();
    drop_downs::attach(&mut sheets, resolved, &names);
    Ok(sheets)
}

/// The document properties.
pub(super) fn properties(package: &mut Package<'_>) -> Properties {
    let Some(part) = package.part("meta.xml") else { return Properties::default() };
    Properties::from_texts(&xml::texts(part, &["date", "title", "language"]), "date")
}

#[derive(Default)]
struct Document {
    sheets: Vec<Sheet>,
    /// For each sheet, the cells that carry a validation, by its name.
    lists: Vec<BTreeMap<String, Vec<Block>>>,
    validations: BTreeMap<String, Source>,
    names: BTreeMap<String, Source>,
    /// Table styles that hide their sheet.
    hiding: BTreeSet<String>,
}

impl Document {
    fn read<R: BufRead>(&mut self, reader: &mut Reader<R>, budget: &mut Budget) -> Result<(), Problem> {
        let mut buffer = Vec::new();
        let mut style = String::new();
        loop {
            buffer.clear();
            match reader.read_event_into(&mut buffer).map_err(broken)? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "style" => style = xml::attribute(&element, "name").unwrap_or_default(),
                    "table-properties" if xml::attribute(&element, "display").as_deref() == Some("false") => {
                        self.hiding.insert(style.clone());
                    }
                    "content-validation" => self.validation(&element),
                    "named-range" => self.name(&element),
                    // Old states and caches of other documents hold tables too.
                    "tracked-changes" | "dde-links" | "table-template" => skip(reader, &element)?,
                    "table" => {
                        self.sheet(reader, &element, budget)?;
                    }
                    _ => {}
                },
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn validation(&mut self, element: &BytesStart<'_>) {
        let condition = xml::attribute(element, "condition").unwrap_or_default();
        let list = condition.split_once("cell-content-is-in-list(").and_then(|(_, rest)| rest.strip_suffix(')'));
        let name = xml::attribute(element, "name");
        if let (Some(name), Some(source)) = (name, list.and_then(Source::open_document)) {
            self.validations.insert(name, source);
        }
    }

    fn name(&mut self, element: &BytesStart<'_>) {
        let range = xml::attribute(element, "cell-range-address");
        if let (Some(name), Some(range)) = (xml::attribute(element, "name"), range)
            && let Some(source) = open_document_range(&range)
        {
            self.names.insert(name.to_lowercase(), source);
        }
    }

    fn sheet<R: BufRead>(
        &mut self,
        reader: &mut Reader<R>,
        element: &BytesStart<'_>,
        budget: &mut Budget,
    ) -> Result<(), Problem> {
        if self.sheets.len() == MAX_SHEETS {
            return Err(too_large(format!("the workbook has more than {MAX_SHEETS} sheets")));
        }
        let name = Some(budget.cleaner.text(&xml::attribute(element, "name").unwrap_or_default()));
        let mut table = Table::default();
        self.table(reader, &mut table, budget).map_err(|problem| problem.at(Place::sheet(&name)))?;
        let mut sheet = Sheet {
            rows: table.cells.into_rows(budget, &name),
            name,
            visible: xml::attribute(element, "style-name").is_none_or(|style| !self.hiding.contains(&style)),
            merges: table.merges,
            hidden_rows: None,
            hidden_columns: None,
            drop_downs: Vec::new(),
        };
        sheet.hidden_rows = Some(spread(table.hidden_rows, sheet.height()));
        sheet.hidden_columns = Some(spread(table.hidden_columns, sheet.width()));
        self.sheets.push(sheet);
        self.lists.push(table.validated);
        Ok(())
    }

    fn table<R: BufRead>(
        &mut self,
        reader: &mut Reader<R>,
        table: &mut Table,
        budget: &mut Budget,
    ) -> Result<(), Problem> {
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match reader.read_event_into(&mut buffer).map_err(broken)? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "table-column" => table.column(&element),
                    "table-row" => {
                        table.row(reader, &element, budget)?;
                    }
                    "named-range" => self.name(&element),
                    // Groups of rows and columns are looked through; drawings and forms hold no cells.
                    "shapes" | "forms" | "table-source" | "scenario" => skip(reader, &element)?,
                    _ => {}
                },
                Event::End(element) if element.local_name().as_ref() == "table" => return Ok(()),
                Event::Eof => return Err(damaged("the sheet is cut short")),
                _ => {}
            }
        }
    }
}

#[derive(Default)]
struct Table {
    cells: Cells,
    merges: Vec<Block>,
    hidden_rows: Vec<(u32, u32)>,
    hidden_columns: Vec<(u32, u32)>,
    validated: BTreeMap<String, Vec<Block>>,
    next_row: u32,
    next_column: u32,
}

impl Table {
    fn column(&mut self, element: &BytesStart<'_>) {
        let end = self.next_column.saturating_add(count(element, "number-columns-repeated"));
        if is_hidden(element) {
            self.hidden_columns.push((self.next_column, end - 1));
        }
        self.next_column = end;
    }

    fn row<R: BufRead>(
        &mut self,
        reader: &mut Reader<R>,
        element: &BytesStart<'_>,
        budget: &mut Budget,
    ) -> Result<(), Problem> {
        // Whatever a count claims, a cell behind it stands beyond the grid and is refused there.
        let first = self.next_row.min(GRID.0);
        let end = first.saturating_add(count(element, "number-rows-repeated"));
        self.next_row = end;
        if is_hidden(element) {
            self.hidden_rows.push((first, end - 1));
        }
        let mut cells: Vec<(u32, u32, Cell)> = Vec::new();
        let mut col: u32 = 0;
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match reader.read_event_into(&mut buffer).map_err(broken)? {
                Event::Start(element) => {
                    let is_cell = match element.local_name().as_ref() {
                        "table-cell" => true,
                        "covered-table-cell" => false,
                        _ => {
                            skip(reader, &element)?;
                            continue;
                        }
                    };
                    let next = col.saturating_add(count(&element, "number-columns-repeated"));
                    if let Some(name) = xml::attribute(&element, "content-validation-name") {
                        self.validate(name, [first, col, end - 1, next - 1]);
                    }
                    if is_cell {
                        self.merge(&element, first, col);
                        let at = CellRef::new(first, col);
                        let Content { value, formula, percent } = ods_cell::read(reader, &element, budget, at)?;
                        if value != Value::Blank || formula.is_some() {
                            cells.push((col, next, Cell { value, formula, percent }));
                        }
                    } else {
                        // What lies under a merged block cannot be seen.
                        skip(reader, &element)?;
                    }
                    col = next.min(GRID.1);
                }
                Event::End(element) if element.local_name().as_ref() == "table-row" => break,
                Event::Eof => return Err(damaged("the sheet is cut short")),
                _ => {}
            }
        }
        if cells.is_empty() {
            return Ok(());
        }
        for row in first..end {
            for (col, next, cell) in &cells {
                for col in *col..*next {
                    self.cells.push(budget, row, col, cell.clone())?;
                }
            }
        }
        Ok(())
    }

    fn merge(&mut self, element: &BytesStart<'_>, row: u32, col: u32) {
        let (rows, columns) = (count(element, "number-rows-spanned"), count(element, "number-columns-spanned"));
        if rows > 1 || columns > 1 {
            let last = CellRef::new(row.saturating_add(rows - 1), col.saturating_add(columns - 1));
            let last = CellRef::new(last.row.min(GRID.0 - 1), last.col.min(GRID.1 - 1));
            self.merges.push(Block { first: CellRef::new(row, col), last });
        }
    }

    /// Notes cells with a validation; blocks that go on from the row above grow.
    fn validate(&mut self, name: String, [top, left, bottom, right]: [u32; 4]) {
        let (bottom, right) = (bottom.min(GRID.0 - 1), right.min(GRID.1 - 1));
        let blocks = self.validated.entry(name).or_default();
        match blocks.last_mut() {
            Some(block) if block.first.col == left && block.last.col == right && block.last.row + 1 == top => {
                block.last.row = bottom;
            }
            _ => blocks.push(Block { first: CellRef::new(top, left), last: CellRef::new(bottom, right) }),
        }
    }
}

/// A repeat count or span: 1 where it is not said or makes no sense.
fn count(element: &BytesStart<'_>, local: &str) -> u32 {
    xml::attribute(element, local).and_then(|count| count.parse().ok()).unwrap_or(1).max(1)
}

fn is_hidden(element: &BytesStart<'_>) -> bool {
    matches!(xml::attribute(element, "visibility").as_deref(), Some("collapse" | "filter"))
}

/// Passes over an element and all within.
pub(super) fn skip<R: BufRead>(reader: &mut Reader<R>, element: &BytesStart<'_>) -> Result<(), Problem> {
    reader.read_to_end_into(element.name(), &mut Vec::new()).map(|_| ()).map_err(broken)
}

pub(super) fn broken(error: quick_xml::Error) -> Problem {
    damaged(format!("the part `content.xml` cannot be read ({error})"))
}
