//! OLE compound files. calamine follows chains of sectors without end and takes the first stream of a name, be it that
//! of a workbook pasted into another document. So the workbook's stream is taken out here and handed on in a compound
//! file of our own that holds nothing else. Source: [MS-CFB].

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
    /// Neighbours to both sides, and the first one within.
    left: u32,
    right: u32,
    within: u32,
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
            let number = |at| u32_at(entry, at).unwrap_or(u32::MAX);
            file.entries.push(Entry {
                name,
                left: number(68),
                right: number(72),
                within: number(76),
                start: number(116),
                length: entry_length(entry),
            });
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

    /// Whether the topmost folder holds a stream or folder of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.topmost().iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// The bytes of a stream in the topmost folder; `None` where there is none of this name.
    pub(super) fn stream(&self, name: &str) -> Option<Result<Vec<u8>, Problem>> {
        let topmost = self.topmost();
        let entry = topmost.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))?;
        Some(if entry.length < MINI_LIMIT {
            self.walk(entry.start, Some(entry.length), &self.mini_fat, |id| {
                let start = (id as usize).saturating_mul(64).min(self.mini_stream.len());
                &self.mini_stream[start..(start + 64).min(self.mini_stream.len())]
            })
        } else {
            self.chain(entry.start, Some(entry.length))
        })
    }

    /// The entries of the topmost folder, which form a tree.
    fn topmost(&self) -> Vec<&Entry> {
        let mut found = Vec::new();
        let mut visited = BTreeSet::new();
        let mut open: Vec<u32> = self.entries.first().map(|root| root.within).into_iter().collect();
        while let Some(id) = open.pop() {
            if let Some(entry) = self.entries.get(id as usize)
                && id != 0
                && visited.insert(id)
            {
                open.extend([entry.left, entry.right]);
                found.push(entry);
            }
        }
        found
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

/// A compound file that holds a workbook's stream and nothing else. Sectors of 4,096 bytes keep the whole allocation
/// table within the 109 sectors that the header can name.
pub(super) fn wrap(stream: &[u8]) -> Vec<u8> {
    const SECTOR: usize = 4_096;
    // A shorter stream would have to live in a mini stream; blanks behind the last record mean nothing.
    let length = stream.len().max(MINI_LIMIT as usize);
    let sectors = length.div_ceil(SECTOR) as u32;
    // The table names itself, the directory and the stream.
    let tables = (1..109).find(|tables| tables * 1_024 > tables + sectors).unwrap_or(109);
    let mut header = vec![0; SECTOR];
    header[..8].copy_from_slice(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    for (at, value) in [(24, 0x3e_u16), (26, 4), (28, 0xfffe), (30, 12), (32, 6)] {
        header[at..at + 2].copy_from_slice(&value.to_le_bytes());
    }
    for (at, value) in
        [(40, 1), (44, tables), (48, tables), (56, MINI_LIMIT as u32), (60, END_OF_CHAIN), (68, END_OF_CHAIN)]
    {
        header[at..at + 4].copy_from_slice(&value.to_le_bytes());
    }
    for (index, entry) in (0..).zip(header[76..512].chunks_exact_mut(4)) {
        entry.copy_from_slice(&(if index < tables { index } else { u32::MAX }).to_le_bytes());
    }
    let last = tables + sectors;
    let table = (0..tables * 1_024).map(|id| match id {
        id if id < tables => 0xffff_fffd,
        id if id == tables || id == last => END_OF_CHAIN,
        id if id < last => id + 1,
        _ => u32::MAX,
    });
    let mut bytes = header;
    bytes.extend(table.flat_map(u32::to_le_bytes));
    let mut directory = vec![0; SECTOR];
    // The root's own stream, the mini stream, is never read; its start only must not look like none.
    let entries = [("Root Entry", 5, 0, 0, 1), ("Workbook", 2, tables + 1, length as u64, u32::MAX)];
    for ((name, kind, start, length, within), entry) in entries.into_iter().zip(directory.chunks_exact_mut(128)) {
        for (unit, pair) in name.encode_utf16().zip(entry.chunks_exact_mut(2)) {
            pair.copy_from_slice(&unit.to_le_bytes());
        }
        entry[64] = (name.len() as u8 + 1) * 2;
        entry[66] = kind;
        entry[68..76].fill(0xff);
        entry[76..80].copy_from_slice(&u32::to_le_bytes(within));
        entry[116..120].copy_from_slice(&u32::to_le_bytes(start));
        entry[120..128].copy_from_slice(&u64::to_le_bytes(length));
    }
    bytes.extend(directory);
    bytes.extend(stream);
    bytes.resize((last as usize + 2) * SECTOR, 0);
    bytes
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
