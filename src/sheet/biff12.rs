//! The records of an `.xlsb` workbook that calamine passes over: percentages, hidden rows and columns, merged blocks.
//! On the way it refuses records that are longer than their part and rows beyond the grid. Source: [MS-XLSB].

use std::collections::{BTreeMap, HashSet};
use std::io::Read;

use super::cells::GRID;
use super::ole::{u16_at, u32_at};
use super::ooxml::{is_percent, relations};
use super::package::{Package, is_media};
use super::{Block, damaged};
use crate::error::{CellRef, Problem, visible};

/// A cell of 32,767 characters with a formula stays below this.
const MAX_CELL: usize = 128 << 10;
/// References to other sheets, twelve bytes each.
const MAX_REFERENCES: usize = 64 << 10;
const MAX_NAME: u32 = 255;

/// What one sheet's records tell.
#[derive(Default)]
pub(super) struct SheetRecords {
    /// Cells whose number is shown as a percentage.
    pub(super) percent: HashSet<(u32, u32)>,
    /// Ranges of hidden rows, both ends included.
    pub(super) hidden_rows: Vec<(u32, u32)>,
    /// Ranges of hidden columns, both ends included.
    pub(super) hidden_columns: Vec<(u32, u32)>,
    pub(super) merges: Vec<Block>,
}

/// Looks through a sheet's part; `percent` tells for each cell style whether it shows percentages.
pub(super) fn scan(package: &mut Package<'_>, name: &str, percent: &[bool]) -> Result<SheetRecords, Problem> {
    let mut found = SheetRecords::default();
    let mut row = 0;
    for record in Records(&bytes(package, name)?) {
        let (kind, data) = record?;
        let number = |at| u32_at(data, at).unwrap_or(0);
        if kind <= 0x000b && data.len() > MAX_CELL {
            return Err(overlong());
        }
        match kind {
            0x0000 => {
                row = number(0);
                if row >= GRID.0 {
                    return Err(damaged(format!("row {} lies beyond the grid of a spreadsheet", u64::from(row) + 1)));
                }
                if data.get(11).is_some_and(|flags| flags & 0x10 != 0) {
                    found.hidden_rows.push((row, row));
                }
            }
            // Cells that may hold a number: as such, or as the result of a formula.
            0x0002 | 0x0005 | 0x0009 => {
                let style = (number(4) & 0x00ff_ffff) as usize;
                if percent.get(style) == Some(&true) {
                    found.percent.insert((row, number(0)));
                }
            }
            0x003c if u16_at(data, 16).is_some_and(|flags| flags & 1 != 0) => {
                found.hidden_columns.push((number(0), number(4).max(number(0))));
            }
            0x00b0 => {
                let [top, bottom, left, right] = [number(0), number(4), number(8), number(12)];
                if top <= bottom && left <= right && bottom < GRID.0 && right < GRID.1 {
                    found.merges.push(Block { first: CellRef::new(top, left), last: CellRef::new(bottom, right) });
                }
            }
            _ => {}
        }
    }
    Ok(found)
}

/// The name of each sheet's part, in the order of the workbook's list.
pub(super) fn sheet_parts(package: &mut Package<'_>) -> Result<Vec<String>, Problem> {
    let targets: BTreeMap<String, String> = relations(package, "xl/_rels/workbook.bin.rels")
        .into_iter()
        .map(|relation| (relation.id, format!("xl/{}", relation.target)))
        .collect();
    let mut parts = Vec::new();
    for record in Records(&bytes(package, "xl/workbook.bin")?) {
        let (kind, data) = record?;
        // Formulas repeat the names of sheets and of cells.
        let name = match kind {
            0x009c => wide(data, 8).and_then(|id| u32_at(data, 12 + 2 * id.encode_utf16().count())),
            0x0027 => u32_at(data, 9),
            _ => None,
        };
        if name.is_some_and(|length| length > MAX_NAME) || kind == 0x016a && data.len() > MAX_REFERENCES {
            return Err(overlong());
        }
        // A sheet without relation is a macro module and holds no cells.
        if kind == 0x009c && u32_at(data, 8) != Some(u32::MAX) {
            parts.push(wide(data, 8).and_then(|id| targets.get(&id).cloned()).unwrap_or_default());
        }
    }
    Ok(parts)
}

/// For each cell style, whether it shows numbers as percentages.
pub(super) fn percent_styles(package: &mut Package<'_>) -> Result<Vec<bool>, Problem> {
    if !package.has("xl/styles.bin") {
        return Ok(Vec::new());
    }
    let mut formats: BTreeMap<u16, bool> = BTreeMap::from([(9, true), (10, true)]);
    let mut styles = Vec::new();
    let mut of_cells = false;
    for record in Records(&bytes(package, "xl/styles.bin")?) {
        let (kind, data) = record?;
        match kind {
            0x002c => {
                let format = wide(data, 2).is_some_and(|text| is_percent(&text));
                formats.insert(u16_at(data, 0).unwrap_or(0), format);
            }
            0x0269 => of_cells = true,
            0x026a => of_cells = false,
            0x002f if of_cells => {
                let format = u16_at(data, 2).unwrap_or(0);
                styles.push(formats.get(&format) == Some(&true));
            }
            _ => {}
        }
    }
    Ok(styles)
}

fn overlong() -> Problem {
    damaged("a part of the file holds a name or a cell longer than any program writes")
}

fn bytes(package: &mut Package<'_>, name: &str) -> Result<Vec<u8>, Problem> {
    let missing = || damaged(format!("the part `{}` is missing", visible(name)));
    let mut part = package.part(name).filter(|_| !is_media(name)).ok_or_else(missing)?;
    let mut bytes = Vec::new();
    part.read_to_end(&mut bytes).map_err(|_| damaged(format!("the part `{}` cannot be unpacked", visible(name))))?;
    Ok(bytes)
}

/// A text of two-byte characters behind their number.
fn wide(data: &[u8], at: usize) -> Option<String> {
    let length = usize::try_from(u32_at(data, at)?).ok()?.checked_mul(2)?;
    let units = data.get(at + 4..)?.get(..length)?;
    let units: Vec<u16> = units.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    Some(String::from_utf16_lossy(&units))
}

/// Records of kind, length and data; kind and length come in groups of seven bits, two and four at most.
struct Records<'a>(&'a [u8]);

impl<'a> Records<'a> {
    fn number(&mut self, groups: usize) -> Option<usize> {
        let mut number = 0;
        for group in 0..groups {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= usize::from(byte & 0x7f) << (7 * group);
            if byte & 0x80 == 0 {
                break;
            }
        }
        Some(number)
    }

    fn record(&mut self) -> Option<(usize, &'a [u8])> {
        let (kind, length) = (self.number(2)?, self.number(4)?);
        let (data, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some((kind, data))
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Result<(usize, &'a [u8]), Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let record = self.record();
        if record.is_none() {
            self.0 = &[];
        }
        Some(record.ok_or_else(|| damaged("a part of the file is cut short or damaged")))
    }
}
