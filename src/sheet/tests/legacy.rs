//! `.xls` and `.xlsb`, written record by record.

use std::collections::BTreeSet;

use super::*;
use crate::sheet::Format;

const END: u32 = 0xffff_fffe;

/// A compound file of one stream, long enough to live in sectors of its own, with this allocation for the stream.
fn compound(name: &str, stream: &[u8], next: impl Fn(u32, u32) -> u32) -> Vec<u8> {
    let mut stream = stream.to_vec();
    stream.resize(stream.len().max(4_096).next_multiple_of(512), 0);
    let sectors = (stream.len() / 512) as u32;
    let mut header = vec![0; 512];
    header[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    for (at, value) in [(24, 0x3e_u16), (26, 3), (28, 0xfffe), (30, 9), (32, 6)] {
        header[at..at + 2].copy_from_slice(&value.to_le_bytes());
    }
    // One sector of allocations (0), the directory (1), the stream from 2 on.
    for (at, value) in [(44, 1_u32), (48, 1), (56, 4_096), (60, END), (64, 0), (68, END), (76, 0)] {
        header[at..at + 4].copy_from_slice(&value.to_le_bytes());
    }
    header[80..].fill(0xff);
    let mut table = vec![0xffff_fffd_u32, END];
    table.extend((2..2 + sectors).map(|id| next(id, 2 + sectors)));
    table.resize(128, 0xffff_ffff);
    let mut directory = vec![0; 512];
    for (index, (name, kind, start, length)) in
        [("Root Entry", 5, END, 0), (name, 2, 2, stream.len() as u32)].into_iter().enumerate()
    {
        let entry = &mut directory[index * 128..][..128];
        for (unit, pair) in name.encode_utf16().zip(entry.chunks_exact_mut(2)) {
            pair.copy_from_slice(&unit.to_le_bytes());
        }
        entry[66] = kind;
        entry[116..120].copy_from_slice(&u32::to_le_bytes(start));
        entry[120..124].copy_from_slice(&length.to_le_bytes());
    }
    let table: Vec<u8> = table.into_iter().flat_map(u32::to_le_bytes).collect();
    [header, table, directory, stream].concat()
}

fn in_order(id: u32, end: u32) -> u32 {
    if id + 1 == end { END } else { id + 1 }
}

fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat()
}

fn words(words: &[u16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// A BIFF8 stream: a text, a number as percentage, a formula, hidden row 2 and column C, and more records of the sheet.
fn biff(globals: &[Vec<u8>], more: &[Vec<u8>]) -> Vec<u8> {
    let begin = record(0x0809, &words(&[0x0600, 5, 0, 0, 0, 0, 0, 0]));
    let style = |format| record(0x00e0, &[words(&[0, format]), vec![0; 16]].concat());
    let strings = record(0x00fc, &[&[1, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0][..], b"Area"].concat());
    let mut head = [begin.clone(), globals.concat(), style(0), style(10), strings].concat();
    let name = [&[0, 0, 2, 0][..], b"Q3"].concat();
    let start = head.len() + 4 + 4 + name.len() + 4;
    head.extend(record(0x0085, &[&(start as u32).to_le_bytes()[..], &name].concat()));
    head.extend(record(0x000a, &[]));
    let number = |row, col, style, number: f64| {
        record(0x0203, &[words(&[row, col, style]), number.to_le_bytes().to_vec()].concat())
    };
    // B2 - A1
    let tokens = [&[0x44][..], &words(&[1, 0xc001]), &[0x44], &words(&[0, 0xc000]), &[0x04]].concat();
    let formula =
        [words(&[1, 2, 0]), 2.0_f64.to_le_bytes().to_vec(), vec![0; 6], words(&[tokens.len() as u16]), tokens]
            .concat();
    let sheet = [
        begin,
        record(0x007d, &words(&[2, 2, 0, 0, 1, 0])),
        record(0x0208, &words(&[1, 0, 3, 0, 0, 0, 0x20, 0])),
        record(0x00fd, &[words(&[0, 0, 0]), vec![0; 4]].concat()),
        number(0, 1, 1, 0.6),
        number(1, 1, 0, 3.0),
        record(0x0006, &formula),
        more.concat(),
        record(0x00e5, &words(&[1, 3, 4, 0, 1])),
        record(0x000a, &[]),
    ];
    [head, sheet.concat()].concat()
}

fn xls(globals: &[Vec<u8>], more: &[Vec<u8>]) -> Vec<u8> {
    compound("Workbook", &biff(globals, more), in_order)
}

#[test]
fn xls_values_and_evidence() {
    let book = book(&xls(&[], &[]));
    assert_eq!(book.format, Format::Xls);
    let sheet = &book.sheets[0];
    assert_eq!(shown(sheet), ["A1=Area", "B1=0.6", "B2=3", "C2=2"]);
    assert!(cell(sheet, "B1").percent && !cell(sheet, "B2").percent);
    assert_eq!(cell(sheet, "C2").formula.as_deref(), Some("B2-A1"));
    assert_eq!(sheet.hidden_rows, Some(BTreeSet::from([1])));
    assert_eq!(sheet.hidden_columns, Some(BTreeSet::from([2])));
    assert!(sheet.merges[0].holds(4, 1));
}

#[test]
fn sector_chains_that_loop_end() {
    let stream = biff(&[], &[]);
    let loops = compound("Workbook", &stream, |id, end| if id + 1 == end { 2 } else { id + 1 });
    assert_eq!(sheet(&loops).rows.len(), 2, "the length ends the chain first");
    let cut = "damaged: the content is an OLE file (.xls), cut short or damaged";
    assert_eq!(refusal(&compound("Workbook", &stream, |id, _| id)), cut);
    // The directory has no length that would end it: 1,024 bytes keep a careless reader busy for ever.
    let mut directory = compound("Workbook", &stream, in_order);
    directory[512 + 4..512 + 8].copy_from_slice(&1_u32.to_le_bytes());
    assert_eq!(refusal(&directory), cut);
    let mut table = compound("Workbook", &stream, in_order);
    table[68..72].copy_from_slice(&0_u32.to_le_bytes());
    table[512 + 508..1_024].copy_from_slice(&0_u32.to_le_bytes());
    assert_eq!(refusal(&table), cut);
}

#[test]
fn xls_claims_and_spreads_have_limits() {
    let far = record(0x0203, &[words(&[65_535, 255, 0]), 1.0_f64.to_le_bytes().to_vec()].concat());
    assert_eq!(
        refusal(&xls(&[], &[far])),
        "too-large: the cells spread over more than 8000000 positions of the .xls sheets"
    );
    let claim = record(0x0200, &[&[0; 4][..], &[0xff; 4], &[0; 2], &[0xff; 2], &[0; 2]].concat());
    assert_eq!(refusal(&xls(&[], &[claim])), "damaged: a sheet claims to be greater than the grid of its format");
}

#[test]
fn locked_and_other_compound_files() {
    let locked = "encrypted: locked by a password, no sheet can be read";
    assert_eq!(refusal(&xls(&[record(0x002f, &[0, 0, 1, 2, 3, 4])], &[])), locked);
    assert_eq!(refusal(&compound("EncryptedPackage", b"x", in_order)), locked);
    assert_eq!(refusal(&compound("WordDocument", b"x", in_order)), "not-a-workbook: the content is a Word document");
}

#[test]
fn a_contradiction_is_a_problem_and_no_crash() {
    // A sheet that begins behind the end of the stream.
    let mut bytes = xls(&[], &[]);
    let name = bytes.windows(4).position(|window| window == b"\0\x02\0Q").expect("the sheet's name");
    bytes[name - 5..name - 1].copy_from_slice(&u32::MAX.to_le_bytes());
    assert_eq!(problem(&bytes).code, "damaged");
}

/// A record of `.xlsb`: kind and length in groups of seven bits.
fn part(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut bytes = if kind < 0x80 { vec![kind as u8] } else { vec![(kind & 0x7f) as u8 | 0x80, (kind >> 7) as u8] };
    assert!(data.len() < 0x80);
    bytes.push(data.len() as u8);
    bytes.extend(data);
    bytes
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    [(units.len() as u32).to_le_bytes().to_vec(), words(&units)].concat()
}

#[test]
fn xlsb_values_and_formulas() {
    let sheet_entry = [vec![0; 4], vec![1, 0, 0, 0], wide("rId1"), wide("Q3")].concat();
    let workbook = [part(0x0083, &[]), part(0x009c, &sheet_entry), part(0x0090, &[]), part(0x0084, &[])].concat();
    let head = |col: u32| [col.to_le_bytes(), [0; 4]].concat();
    let text = [head(0), wide("Area")].concat();
    let number = [head(1), 2.5_f64.to_le_bytes().to_vec()].concat();
    // 1 + 1, with the result 2
    let tokens = [0x1e, 1, 0, 0x1e, 1, 0, 0x03];
    let rest = [&[0, 0][..], &[7, 0, 0, 0], &tokens, &[0; 4]].concat();
    let formula = [head(2), 2.0_f64.to_le_bytes().to_vec(), rest.clone()].concat();
    let failed = [head(3), vec![0x07], rest].concat();
    let page = [
        part(0x0081, &[]),
        part(0x0094, &[0; 16]),
        part(0x0091, &[]),
        part(0x0000, &[&4_u32.to_le_bytes()[..], &[0; 13]].concat()),
        part(0x0006, &text),
        part(0x0005, &number),
        part(0x0009, &formula),
        part(0x000b, &failed),
        part(0x0092, &[]),
        part(0x0082, &[]),
    ]
    .concat();
    let relations = SHEET_RELATIONS.replace("s1", "rId1").replace("sheet1.xml", "sheet1.bin");
    let bytes = zip(&[
        ("_rels/.rels", RELATIONS.replace("workbook.xml", "workbook.bin").as_bytes()),
        ("xl/workbook.bin", &workbook),
        ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.bin", &page),
    ]);
    let book = book(&bytes);
    assert_eq!(book.format, Format::Xlsb);
    assert_eq!(shown(&book.sheets[0]), ["A5=Area", "B5=2.5", "C5=2", "D5=#ERROR!"]);
    assert_eq!(cell(&book.sheets[0], "C5").formula.as_deref(), Some("1+1"));
    assert_eq!(book.sheets[0].hidden_rows, None);
}
