//! Drop-down lists: from the formula that a file gives to the entries that a person chooses from.

use std::collections::BTreeMap;

use super::markup::block;
use super::{Block, DropDown, Sheet};

/// A list longer than this is a catalogue, not a scale.
const MAX_ENTRIES: usize = 1_000;
/// Bounds on the looking up: lists a sheet, rows a list.
const MAX_LISTS: usize = 1_000;
const MAX_ROWS: usize = 5_000;

/// Where the entries of a list come from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    /// They stand in the formula itself.
    Entries(Vec<String>),
    /// In cells: of the named sheet, or of the list's own.
    Cells(Option<String>, [u32; 4]),
    /// In the cells behind a defined name.
    Name(String),
}

impl Source {
    /// The source in Excel's notation: `"a,b,c"`, `$Z$1:$Z$5`, `'My lists'!A1:A9`, `Levels`.
    pub(super) fn excel(formula: &str) -> Option<Self> {
        let formula = formula.trim().trim_start_matches('=');
        if let Some(inner) = formula.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
            return Some(Self::Entries(
                inner.replace("\"\"", "\"").split(',').map(|e| e.trim().to_owned()).collect(),
            ));
        }
        if let Some((sheet, cells)) = formula.rsplit_once('!') {
            return Some(Self::Cells(Some(unquoted(sheet)), corners(block(cells)?)));
        }
        if let Some(block) = block(formula) {
            return Some(Self::Cells(None, corners(block)));
        }
        let is_name = !formula.is_empty() && formula.chars().all(|c| c.is_alphanumeric() || "._\\?".contains(c));
        is_name.then(|| Self::Name(formula.to_owned()))
    }

    /// The source in OpenDocument's notation, the argument of `cell-content-is-in-list`: `"a";"b"`, `[$Lists.$A$1:.$A$9]`.
    pub(super) fn open_document(argument: &str) -> Option<Self> {
        let argument = argument.trim();
        if argument.starts_with('"') {
            let entries = argument.split(';').map(|e| e.trim().trim_matches('"').replace("\"\"", "\"")).collect();
            return Some(Self::Entries(entries));
        }
        let reference = argument.trim_start_matches('[').trim_end_matches(']');
        if let Some(source) = open_document_range(reference) {
            return Some(source);
        }
        if argument.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
            return Some(Self::Entries(argument.split(';').map(|e| e.trim().to_owned()).collect()));
        }
        let is_name = !argument.is_empty() && argument.chars().all(|c| c.is_alphanumeric() || c == '_');
        is_name.then(|| Self::Name(argument.to_owned()))
    }
}

/// The cells of `$Lists.$A$1:.$A$9`, `$'My lists'.A1:A9`, `.B2:.B4`.
pub(super) fn open_document_range(reference: &str) -> Option<Source> {
    let (from, to) = reference.split_once(':').unwrap_or((reference, reference));
    let (sheet, first) = from.rsplit_once('.')?;
    let last = to.rsplit_once('.').map_or(to, |(_, cell)| cell);
    let sheet = unquoted(sheet.trim_start_matches('$'));
    Some(Source::Cells((!sheet.is_empty()).then_some(sheet), corners(block(&format!("{first}:{last}"))?)))
}

fn unquoted(sheet: &str) -> String {
    match sheet.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
        Some(inner) => inner.replace("''", "'"),
        None => sheet.to_owned(),
    }
}

fn corners(block: Block) -> [u32; 4] {
    [block.first.row, block.first.col, block.last.row, block.last.col]
}

/// Looks the entries up and hangs the lists on their sheets. `lists` holds for each sheet the cells and the source,
/// `names` the defined names. A list whose entries cannot be found (a computed one) is left out.
pub(super) fn attach(sheets: &mut [Sheet], lists: Vec<Vec<(Vec<Block>, Source)>>, names: &BTreeMap<String, Source>) {
    for (index, lists) in lists.into_iter().enumerate() {
        let mut by_source: BTreeMap<Source, Vec<Block>> = BTreeMap::new();
        let mut order: Vec<Source> = Vec::new();
        for (cells, source) in lists {
            if !by_source.contains_key(&source) {
                order.push(source.clone());
            }
            by_source.entry(source).or_default().extend(cells);
        }
        let mut found = Vec::new();
        for source in order.into_iter().take(MAX_LISTS) {
            let entries = entries(&source, index, sheets, names);
            if let (Some(entries), Some(cells)) = (entries, by_source.remove(&source)) {
                found.push(DropDown { cells, entries });
            }
        }
        sheets[index].drop_downs = found;
    }
}

fn entries(source: &Source, own: usize, sheets: &[Sheet], names: &BTreeMap<String, Source>) -> Option<Vec<String>> {
    let source = match source {
        Source::Name(name) => names.get(&name.to_lowercase())?,
        source => source,
    };
    let entries: Vec<String> = match source {
        Source::Entries(entries) => entries.clone(),
        Source::Cells(sheet, [top, left, bottom, right]) => {
            let sheet = match sheet {
                Some(name) => sheets.iter().find(|sheet| same_name(sheet, name))?,
                None => &sheets[own],
            };
            let start = sheet.rows.partition_point(|row| row.index < *top);
            let rows = sheet.rows[start..].iter().take_while(|row| row.index <= *bottom).take(MAX_ROWS);
            let cells = rows.flat_map(|row| {
                let first = row.cells.partition_point(|(col, _)| col < left);
                row.cells[first..].iter().take_while(|(col, _)| col <= right)
            });
            cells.map(|(_, cell)| cell.shown()).filter(|shown| !shown.is_empty()).take(MAX_ENTRIES + 1).collect()
        }
        Source::Name(_) => return None,
    };
    (!entries.is_empty() && entries.len() <= MAX_ENTRIES).then_some(entries)
}

fn same_name(sheet: &Sheet, name: &str) -> bool {
    sheet.name.as_deref().is_some_and(|own| own.to_lowercase() == name.to_lowercase())
}
