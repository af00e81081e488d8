//! OLE compound files: a walk over every chain of sectors that calamine will follow, since a chain that loops would
//! keep it busy for ever. Source: [MS-CFB].

use std::collections::BTreeSet;

use super::damaged;
use crate::error::Problem;

const END_OF_CHAIN: u32 = 0xffff_fffe;
/// Sector numbers from here on are marks, not sectors.
const FIRST_MARK: u32 = 0xffff_fffa;
/// Streams shorter than this live in the mini stream.
const MINI_LIMIT: u64 = 4_096;

/// A compound file whose directory has been walked.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini_stream: Vec<u8>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    length: u64,
}

impl<'a> Compound<'a> {
    /// Walks header, allocation tables and directory.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Problem> {
        let sector = match u16_at(bytes, 30) {
            Some(9) => 512,
            Some(12) => 4_096,
            _ => return Err(broken()),
        };
        let mut file = Self {
            bytes,
            sector,
            fat: Vec::new(),
            mini_fat: Vec::new(),
            mini_stream: Vec::new(),
            entries: Vec::new(),
        };
        for id in file.fat_sectors()? {
            let table = file.sector(id);
            file.fat.extend(table.chunks_exact(4).filter_map(|entry| u32_at(entry, 0)));
        }
        let number = |at| u32_at(bytes, at).ok_or_else(broken);
        let directory = file.chain(number(48)?, None)?;
        let entry_length = |entry: &[u8]| {
            let (low, high) = (u32_at(entry, 120).unwrap_or(0), u32_at(entry, 124).unwrap_or(0));
            // Version 3 leaves the upper half undefined.
            if sector == 512 { u64::from(low) } else { u64::from(high) << 32 | u64::from(low) }
        };
        for entry in directory.chunks_exact(128) {
            let units: Vec<u16> =
                entry[..64].chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
            let name = String::from_utf16_lossy(units.split(|unit| *unit == 0).next().unwrap_or_default());
            file.entries.push(Entry { name, start: u32_at(entry, 116).unwrap_or(0), length: entry_length(entry) });
        }
        let Some(root) = file.entries.first() else { return Err(broken()) };
        let mini_sectors = u64::from(number(64)?);
        if mini_sectors > 0 {
            file.mini_stream = file.chain(root.start, Some(root.length))?;
            let table = file.chain(number(60)?, Some(mini_sectors * sector as u64))?;
            file.mini_fat = table.chunks_exact(4).filter_map(|entry| u32_at(entry, 0)).collect();
        }
        Ok(file)
    }

    /// Whether there is a stream or folder of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entry(name).is_some()
    }

    /// A stream's bytes; `None` where there is none of this name.
    pub(super) fn stream(&self, name: &str) -> Option<Result<Vec<u8>, Problem>> {
        let entry = self.entry(name)?;
        Some(if entry.length < MINI_LIMIT {
            self.walk(entry.start, Some(entry.length), &self.mini_fat, |id| {
                let start = (id as usize).saturating_mul(64).min(self.mini_stream.len());
                &self.mini_stream[start..(start + 64).min(self.mini_stream.len())]
            })
        } else {
            self.chain(entry.start, Some(entry.length))
        })
    }

    fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// The sectors that hold the allocation table: 109 in the header, more in a chain of their own.
    fn fat_sectors(&self) -> Result<Vec<u32>, Problem> {
        let header = self.bytes.get(76..512).ok_or_else(broken)?;
        let mut ids: Vec<u32> = header.chunks_exact(4).filter_map(|id| u32_at(id, 0)).collect();
        let mut next = u32_at(self.bytes, 68).ok_or_else(broken)?;
        let mut visited = BTreeSet::new();
        while next < FIRST_MARK {
            if !visited.insert(next) {
                return Err(broken());
            }
            ids.extend(self.sector(next).chunks_exact(4).filter_map(|id| u32_at(id, 0)));
            next = ids.pop().ok_or_else(broken)?;
        }
        ids.retain(|id| *id < FIRST_MARK);
        let distinct: BTreeSet<u32> = ids.iter().copied().collect();
        if distinct.len() != ids.len() {
            return Err(broken());
        }
        Ok(ids)
    }

    fn sector(&self, id: u32) -> &'a [u8] {
        // The header takes the room of one sector (of 512 bytes, the rest of a greater one is blank).
        let start = (id as usize).saturating_add(1).saturating_mul(self.sector).min(self.bytes.len());
        &self.bytes[start..start.saturating_add(self.sector).min(self.bytes.len())]
    }

    fn chain(&self, start: u32, length: Option<u64>) -> Result<Vec<u8>, Problem> {
        self.walk(start, length, &self.fat, |id| self.sector(id))
    }

    /// Follows a chain to its end or to `length` bytes, never twice to one sector.
    fn walk<'s>(
        &self,
        start: u32,
        length: Option<u64>,
        table: &[u32],
        sector: impl Fn(u32) -> &'s [u8],
    ) -> Result<Vec<u8>, Problem> {
        let mut bytes = Vec::new();
        let mut visited = BTreeSet::new();
        let mut id = start;
        while id != END_OF_CHAIN {
            let data = sector(id);
            if data.is_empty() || !visited.insert(id) {
                return Err(broken());
            }
            bytes.extend_from_slice(data);
            if length.is_some_and(|length| bytes.len() as u64 >= length) {
                break;
            }
            id = table.get(id as usize).copied().ok_or_else(broken)?;
        }
        if let Some(length) = length.and_then(|length| usize::try_from(length).ok()) {
            bytes.truncate(length);
        }
        Ok(bytes)
    }
}

fn broken() -> Problem {
    damaged("the content is an OLE file (.xls), cut short or damaged")
}

/// A number of two bytes.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

/// A number of four bytes.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
