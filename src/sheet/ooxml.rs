//! `.xlsx` and `.xlsm`: cells through calamine's stream, what it does not tell from the parts themselves.

use std::collections::{BTreeMap, HashMap};
use std::io::Cursor;
use std::sync::Arc;

use calamine::{
    DataRef, Reader, SheetType, SheetVisible, Style, Xlsx, XlsxError, XlsxFormulaMetadata, expand_shared_formula,
};
use quick_xml::events::Event;

use super::cells::{Budget, Cells, MAX_SHEETS, spread, too_large};
use super::drop_downs::{self, Source};
use super::markup::{self, Markup};
use super::package::{Package, is_media};
use super::{Cell, Properties, Sheet, Value, damaged, xml};
use crate::error::{CellRef, Place, Problem, quoted, visible};

/// Reads the sheets of a workbook whose package has been checked.
pub(super) fn sheets(bytes: &[u8], package: &mut Package<'_>, budget: &mut Budget) -> Result<Vec<Sheet>, Problem> {
    let parts = worksheet_parts(package)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let listed = book.sheets_metadata().to_vec();
    if listed.len() > MAX_SHEETS {
        return Err(too_large(format!("the workbook has {} sheets, the limit is {MAX_SHEETS}", listed.len())));
    }
    if listed.len() != parts.len() {
        return Err(damaged("the list of sheets cannot be read"));
    }
    let mut sheets = Vec::new();
    let mut lists = Vec::new();
    let mut seen = BTreeMap::new();
    let mut shared = HashMap::new();
    for (entry, part) in listed.into_iter().zip(parts) {
        if entry.typ != SheetType::WorkSheet {
            continue;
        }
        let name = budget.cleaner.text(&entry.name);
        let at = Place::sheet(&Some(Arc::clone(&name)));
        for key in [entry.name.to_lowercase(), format!("part {}", part.to_ascii_lowercase())] {
            if let Some(first) = seen.insert(key, Arc::clone(&name)) {
                return Err(damaged(format!(
                    "the sheets {} and {} have one name or content",
                    quoted(&first),
                    quoted(&name)
                )));
            }
        }
        let percent = percent_styles(&mut book, &entry.name).map_err(|error| broken(&error).at(&at))?;
        let markup = match package.part(&part).filter(|_| !is_media(&part)) {
            Some(part) => markup::read(part, &percent).map_err(|problem| problem.at(&at))?,
            None => return Err(damaged(format!("the part `{}` of the sheet is missing", visible(&part))).at(&at)),
        };
        let cells = cells(&mut book, &entry.name, &markup, budget, &mut shared).map_err(|problem| problem.at(&at))?;
        let name = Some(name);
        let rows = cells.into_rows(budget, &name);
        let mut sheet = Sheet {
            name,
            visible: entry.visible == SheetVisible::Visible,
            rows,
            merges: markup.merges,
            hidden_rows: None,
            hidden_columns: None,
            drop_downs: Vec::new(),
        };
        sheet.hidden_rows = Some(spread(markup.hidden_rows, sheet.height()));
        sheet.hidden_columns = Some(spread(markup.hidden_columns, sheet.width()));
        sheets.push(sheet);
        lists.push(
            markup.lists.into_iter().filter_map(|(cells, text)| Some((cells, Source::excel(&text)?))).collect(),
        );
    }
    let names =
        book.defined_names().iter().filter_map(|(name, text)| Some((name.to_lowercase(), Source::excel(text)?)));
    drop_downs::attach(&mut sheets, lists, &names.collect());
    Ok(sheets)
}

fn cells(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    markup: &Markup,
    budget: &mut Budget,
    shared: &mut HashMap<(usize, usize), Arc<str>>,
) -> Result<Cells, Problem> {
    let mut cells = Cells::default();
    let mut odd_errors = markup.odd_errors.iter();
    let mut masters: BTreeMap<usize, (String, (u32, u32))> = BTreeMap::new();
    let mut last = None;
    let mut reader = book.worksheet_cells_reader(name).map_err(|error| broken(&error))?;
    loop {
        let record = match reader.next_cell_with_formula_metadata() {
            Ok(Some(record)) => record,
            Ok(None) => return Ok(cells),
            // Newer error values (#SPILL!, #CALC!) stop calamine at the cell; the next call goes on behind it.
            Err(XlsxError::CellError(text)) if markup.all_placed => {
                let (row, col) = *odd_errors.next().ok_or_else(|| damaged("an error value cannot be read"))?;
                let value = Value::Error(budget.text(&text)?.to_string());
                cells.push(budget, row, col, Cell { value, formula: None, percent: false })?;
                continue;
            }
            Err(error) => {
                let behind = last.map_or(String::new(), |(row, col)| format!(" behind {}", CellRef::new(row, col)));
                return Err(damaged(format!("the sheet cannot be read{behind} ({})", visible(&error.to_string()))));
            }
        };
        last = Some(record.pos);
        let formula = match record.formula {
            None => None,
            Some(XlsxFormulaMetadata::Normal { formula }) => Some(formula),
            Some(XlsxFormulaMetadata::Shared { shared_index, formula, .. }) => {
                masters.insert(shared_index, (formula.clone(), record.pos));
                Some(formula)
            }
            Some(XlsxFormulaMetadata::SharedDerived { shared_index }) => Some(
                masters
                    .get(&shared_index)
                    .and_then(|(formula, start)| expand_shared_formula(formula, *start, record.pos).ok())
                    .unwrap_or_default(),
            ),
            Some(_) => Some(String::new()),
        };
        let value = match record.value {
            DataRef::SharedString(text) => budget.shared_text(text, shared)?,
            other => budget.value(other)?,
        };
        let (row, col) = record.pos;
        let percent = matches!(value, Value::Number(_)) && markup.percent.contains(&(row, col));
        let formula = formula.map(|text| budget.text(&text)).transpose()?;
        cells.push(budget, row, col, Cell { value, formula, percent })?;
    }
}

/// For each cell style, whether it shows numbers as percentages.
fn percent_styles(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<Vec<bool>, XlsxError> {
    let shows_percent = |style: &Style| style.number_format.as_ref().is_some_and(|f| is_percent(&f.format_code));
    Ok(book.worksheet_cells_reader(sheet)?.styles().iter().map(shows_percent).collect())
}

/// Whether a number format multiplies by 100: a `%` outside quotes and not behind a backslash.
pub(super) fn is_percent(format: &str) -> bool {
    let mut quoted = false;
    let mut chars = format.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => quoted = !quoted,
            // A backslash shows the next character as it is, `_` leaves its width blank, `*` repeats it.
            '\\' | '_' | '*' if !quoted => {
                chars.next();
            }
            '%' if !quoted => return true,
            _ => {}
        }
    }
    false
}

fn broken(error: &XlsxError) -> Problem {
    match error {
        XlsxError::Password => super::encrypted(),
        error => damaged(format!("the workbook cannot be read ({})", visible(&error.to_string()))),
    }
}

/// The name of each sheet's part, in the order of the workbook's list (the order of calamine's).
fn worksheet_parts(package: &mut Package<'_>) -> Result<Vec<String>, Problem> {
    let workbook = workbook_part(package);
    let (folder, file) = workbook.rsplit_once('/').unwrap_or(("", &workbook));
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let targets: BTreeMap<String, String> = relations(package, &format!("{folder}_rels/{file}.rels"))
        .into_iter()
        .map(|relation| {
            let target = relation.target;
            (relation.id, target.strip_prefix('/').map_or_else(|| format!("{folder}{target}"), str::to_owned))
        })
        .collect();
    let part =
        package.part(&workbook).ok_or_else(|| damaged(format!("the part `{}` is missing", visible(&workbook))))?;
    let mut reader = xml::reader(part);
    let mut buffer = Vec::new();
    let mut parts = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(element)) if element.local_name().as_ref() == "sheet" => {
                let target = xml::attribute(&element, "id").and_then(|id| targets.get(&id).cloned());
                parts.push(target.unwrap_or_default());
            }
            Ok(Event::Eof) => return Ok(parts),
            Ok(_) => {}
            Err(error) => return Err(damaged(format!("the part `{}` cannot be read ({error})", visible(&workbook)))),
        }
    }
}

/// The name of the workbook's own part; what a package without relations calls it by habit.
pub(super) fn workbook_part(package: &mut Package<'_>) -> String {
    relations(package, "_rels/.rels")
        .into_iter()
        .rev()
        .find(|relation| relation.kind.ends_with("/relationships/officeDocument"))
        .map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.target.trim_start_matches('/').to_owned())
}

struct Relation {
    id: String,
    kind: String,
    target: String,
}

fn relations(package: &mut Package<'_>, name: &str) -> Vec<Relation> {
    let Some(part) = package.part(name) else { return Vec::new() };
    let mut reader = xml::reader(part);
    let mut buffer = Vec::new();
    let mut relations = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(element)) if element.local_name().as_ref() == "Relationship" => {
                let value = |name| xml::attribute(&element, name).unwrap_or_default();
                relations.push(Relation { id: value("Id"), kind: value("Type"), target: value("Target") });
            }
            Ok(Event::Eof) | Err(_) => return relations,
            Ok(_) => {}
        }
    }
}

/// The document properties of the package.
pub(super) fn properties(package: &mut Package<'_>) -> Properties {
    let core = relations(package, "_rels/.rels")
        .into_iter()
        .find(|relation| relation.kind.ends_with("/core-properties"))
        .map_or_else(|| "docProps/core.xml".to_owned(), |relation| relation.target);
    let Some(part) = package.part(&core) else { return Properties::default() };
    Properties::from_texts(&xml::texts(part, &["modified", "title", "language"]), "modified")
}
