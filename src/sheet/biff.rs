//! The records of an `.xls` workbook, looked through before calamine lays out whole ranges by what they claim: how far
//! the cells of a sheet spread, how much text they share. On the way it finds what calamine leaves out: percentages,
//! hidden rows and columns. Source: [MS-XLS].

use std::collections::{BTreeMap, HashSet};

use super::cells::{MAX_SHEETS, too_large};
use super::ole::{u16_at, u32_at};
use super::ooxml::is_percent;
use super::{damaged, encrypted};
use crate::error::Problem;

/// Positions between the first and the last used cell, over all sheets: calamine makes room for each.
const MAX_SPREAD: u64 = 8_000_000;
/// What the `Dimensions` record may claim: the whole grid of the format.
const GRID: u64 = 65_536 * 256;
const MAX_TEXT: u64 = 256 << 20;

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000a;
const CONTINUE: u16 = 0x003c;

/// What one sheet's records tell.
#[derive(Default)]
pub(super) struct SheetRecords {
    /// Cells that hold a formula.
    pub(super) formulas: HashSet<(u32, u32)>,
    /// Cells whose number is shown as a percentage.
    pub(super) percent: HashSet<(u32, u32)>,
    /// Ranges of hidden rows, both ends included.
    pub(super) hidden_rows: Vec<(u32, u32)>,
    /// Ranges of hidden columns, both ends included.
    pub(super) hidden_columns: Vec<(u32, u32)>,
}

/// Looks through the workbook stream; one entry for each sheet in the order of the file.
pub(super) fn scan(stream: &[u8]) -> Result<Vec<SheetRecords>, Problem> {
    let globals = globals(stream)?;
    if globals.sheets.len() > MAX_SHEETS {
        return Err(too_large(format!(
            "the workbook has {} sheets, the limit is {MAX_SHEETS}",
            globals.sheets.len()
        )));
    }
    let mut used = Used::default();
    globals.sheets.iter().map(|start| sheet(stream.get(*start..).unwrap_or_default(), &globals, &mut used)).collect()
}

#[derive(Default)]
struct Globals {
    /// Where each sheet's records begin.
    sheets: Vec<usize>,
    /// For each cell format, whether it shows percentages.
    percent: Vec<bool>,
    /// Characters of each shared text.
    texts: Vec<u32>,
}

/// What all sheets need together.
#[derive(Default)]
struct Used {
    positions: u64,
    text: u64,
}

fn globals(stream: &[u8]) -> Result<Globals, Problem> {
    let mut globals = Globals::default();
    let mut formats: BTreeMap<u16, bool> = BTreeMap::from([(9, true), (10, true)]);
    let mut styles = Vec::new();
    let mut records = Records(stream);
    let mut version = 0x0600;
    while let Some((kind, data)) = records.next() {
        match kind {
            BOF => version = u16_at(data, 0).unwrap_or(version),
            0x002f => return Err(encrypted()),
            0x0085 => globals.sheets.extend(u32_at(data, 0).map(|start| start as usize)),
            0x041e => {
                let text = if version >= 0x0600 { data.get(5..) } else { data.get(3..) };
                // The signs that matter are ASCII, so the zeros of two-byte characters can go.
                let text: String =
                    text.unwrap_or_default().iter().filter(|b| **b != 0).map(|b| char::from(*b)).collect();
                formats.insert(u16_at(data, 0).unwrap_or(0), is_percent(&text));
            }
            0x00e0 => styles.push(u16_at(data, 2).unwrap_or(0)),
            0x00fc => {
                let mut segments = vec![data];
                while let Some(data) = records.next_continue() {
                    segments.push(data);
                }
                globals.texts = shared_texts(&segments);
            }
            EOF => break,
            _ => {}
        }
    }
    globals.percent = styles.iter().map(|format| formats.get(format) == Some(&true)).collect();
    Ok(globals)
}

fn sheet(stream: &[u8], globals: &Globals, used: &mut Used) -> Result<SheetRecords, Problem> {
    let mut found = SheetRecords::default();
    let mut corners: Option<[u16; 4]> = None;
    let mut depth = 0;
    for (kind, data) in Records(stream) {
        match kind {
            BOF => depth += 1,
            EOF => depth -= 1,
            // Charts within a sheet have records of their own.
            _ if depth > 1 => continue,
            _ => {}
        }
        if depth <= 0 {
            break;
        }
        let (Some(row), Some(col)) = (u16_at(data, 0), u16_at(data, 2)) else { continue };
        let mut last_col = col;
        match kind {
            0x0200 => {
                claimed(data)?;
                continue;
            }
            0x0208 => {
                if u16_at(data, 12).is_some_and(|flags| flags & 0x20 != 0) {
                    found.hidden_rows.push((row.into(), row.into()));
                }
                continue;
            }
            0x007d => {
                // Here the first two numbers are columns.
                if u16_at(data, 8).is_some_and(|flags| flags & 1 != 0) {
                    found.hidden_columns.push((row.into(), col.into()));
                }
                continue;
            }
            0x00bd => last_col = u16_at(data, data.len().saturating_sub(2)).unwrap_or(col),
            0x00fd => {
                let index = u32_at(data, 6).unwrap_or(u32::MAX) as usize;
                // Three bytes of UTF-8 at most for a unit of UTF-16.
                used.text += u64::from(globals.texts.get(index).copied().unwrap_or(0)) * 3;
            }
            0x0203 | 0x0204 | 0x0205 | 0x00d6 | 0x027e | 0x0006 => {}
            _ => continue,
        }
        let shows_percent =
            |at| u16_at(data, at).is_some_and(|style| globals.percent.get(usize::from(style)) == Some(&true));
        if kind == 0x0006 {
            found.formulas.insert((row.into(), col.into()));
        }
        match kind {
            0x0203 | 0x027e | 0x0006 if shows_percent(4) => {
                found.percent.insert((row.into(), col.into()));
            }
            0x00bd => {
                let columns = (col..=last_col).enumerate().filter(|(index, _)| shows_percent(4 + 6 * index));
                found.percent.extend(columns.map(|(_, col)| (row.into(), col.into())));
            }
            _ => {}
        }
        let [top, left, bottom, right] = corners.unwrap_or([row, col, row, last_col]);
        corners = Some([top.min(row), left.min(col), bottom.max(row), right.max(last_col)]);
    }
    if let Some([top, left, bottom, right]) = corners {
        used.positions += (u64::from(bottom - top) + 1) * (u64::from(right.max(left) - left) + 1);
    }
    if used.positions > MAX_SPREAD {
        return Err(too_large(format!("the cells spread over more than {MAX_SPREAD} positions of the .xls sheets"))
            .hint("save the file as .xlsx"));
    }
    if used.text > MAX_TEXT {
        return Err(too_large(format!("the cells hold more than {} MiB of text", MAX_TEXT >> 20)));
    }
    Ok(found)
}

/// Refuses a claim beyond the grid: calamine makes room for as many cells as it says.
fn claimed(data: &[u8]) -> Result<(), Problem> {
    let span = |from: Option<u64>, to: Option<u64>| to.unwrap_or(0).saturating_sub(from.unwrap_or(0)).max(1);
    let short = |at| u16_at(data, at).map(u64::from);
    let long = |at| u32_at(data, at).map(u64::from);
    // A first column beyond the grid is taken as 0.
    let positions = match data.len() {
        10 => span(short(0), short(2)).saturating_mul(span(Some(0), short(6))),
        _ => span(long(0), long(4)).saturating_mul(span(Some(0), short(10))),
    };
    if positions > GRID { Err(damaged("a sheet claims to be greater than the grid of its format")) } else { Ok(()) }
}

/// The characters of each shared text; the list ends where the records make no sense.
fn shared_texts(segments: &[&[u8]]) -> Vec<u32> {
    let mut texts = Vec::new();
    let mut walk = Walk { segments, data: segments[0].get(8..).unwrap_or_default(), next: 1 };
    while !walk.data.is_empty() || walk.advance() {
        let (Some(length), Some(&flags)) = (u16_at(walk.data, 0), walk.data.get(2)) else { break };
        let mut at = 3;
        let mut behind = 0;
        if flags & 8 != 0 {
            behind += usize::from(u16_at(walk.data, at).unwrap_or(0)) * 4;
            at += 2;
        }
        if flags & 4 != 0 {
            behind += u32_at(walk.data, at).unwrap_or(0) as usize;
            at += 4;
        }
        walk.data = walk.data.get(at..).unwrap_or_default();
        if !walk.characters(length.into(), flags) || !walk.skip(behind) {
            break;
        }
        texts.push(length.into());
    }
    texts
}

/// A position in data that is split over records.
struct Walk<'a> {
    segments: &'a [&'a [u8]],
    data: &'a [u8],
    next: usize,
}

impl Walk<'_> {
    fn advance(&mut self) -> bool {
        let Some(data) = self.segments.get(self.next) else { return false };
        self.data = data;
        self.next += 1;
        true
    }

    fn characters(&mut self, mut left: usize, mut flags: u8) -> bool {
        loop {
            let width = if flags & 1 != 0 { 2 } else { 1 };
            let here = left.min(self.data.len() / width);
            self.data = &self.data[here * width..];
            left -= here;
            if left == 0 {
                return true;
            }
            // A text that goes on in the next record says anew how wide its characters are.
            if !self.advance() || self.data.is_empty() {
                return false;
            }
            flags = self.data[0];
            self.data = &self.data[1..];
        }
    }

    fn skip(&mut self, mut bytes: usize) -> bool {
        loop {
            let here = bytes.min(self.data.len());
            self.data = &self.data[here..];
            bytes -= here;
            if bytes == 0 {
                return true;
            }
            if !self.advance() {
                return false;
            }
        }
    }
}

struct Records<'a>(&'a [u8]);

impl<'a> Records<'a> {
    fn next_continue(&mut self) -> Option<&'a [u8]> {
        (u16_at(self.0, 0)? == CONTINUE).then(|| self.next())?.map(|(_, data)| data)
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (kind, length) = (u16_at(self.0, 0)?, u16_at(self.0, 2)?);
        let data = self.0.get(4..4 + usize::from(length))?;
        self.0 = &self.0[4 + usize::from(length)..];
        Some((kind, data))
    }
}
