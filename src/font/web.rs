//! The typeface as the page carries it: the letters of that very page, their kerning, as woff2.
//!
//! A page travels by mail, so it holds the hundred glyphs it shows rather than the thousands of the font. Kerning comes
//! from the font's own table of classes and is written as the plain pairs that meet in the text.

use std::collections::{BTreeMap, BTreeSet};

use brotli::enc::BrotliEncoderParams;
use brotli::enc::backward_references::BrotliEncoderMode;
use subsetter::GlyphRemapper;
use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};
use ttf_parser::opentype_layout::LayoutTable;
use ttf_parser::{Face, GlyphId, Tag};
use unicode_normalization::UnicodeNormalization;

/// What a reader may type into the page, and the numbers that a script may put there.
const ALWAYS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 +−-.,:%–×…()";

/// The tables that the format names by number.
const KNOWN: [&[u8; 4]; 28] = [
    b"cmap", b"head", b"hhea", b"hmtx", b"maxp", b"name", b"OS/2", b"post", b"cvt ", b"fpgm", b"glyf", b"loca",
    b"prep", b"CFF ", b"VORG", b"EBDT", b"EBLC", b"gasp", b"hdmx", b"kern", b"LTSH", b"PCLT", b"VDMX", b"vhea",
    b"vmtx", b"BASE", b"GDEF", b"GPOS",
];

const SOUND: &str = "the bundled fonts are sound";

/// The part of a bundled font that shows a text. Letters that the font lacks come from the reader's own fonts.
pub(super) fn woff2(font: &[u8], text: &str) -> Vec<u8> {
    let face = Face::parse(font, 0).expect(SOUND);
    let mut glyphs = GlyphRemapper::new();
    // Both forms of an accented letter, one sign or two: browsers join the two where the font has the one.
    let letters: BTreeSet<char> = ALWAYS.chars().chain(text.chars()).chain(text.nfc()).collect();
    let map: BTreeMap<char, u16> =
        letters.into_iter().filter_map(|letter| Some((letter, glyphs.remap(face.glyph_index(letter)?.0)))).collect();
    let cut = subsetter::subset(font, 0, &glyphs).expect(SOUND);
    let raw = ttf_parser::RawFace::parse(&cut, 0).expect(SOUND);
    let mut tables: BTreeMap<[u8; 4], Vec<u8>> = BTreeMap::new();
    for record in raw.table_records {
        let data = raw.table(record.tag).unwrap_or_default().to_vec();
        tables.insert(record.tag.to_bytes(), data);
    }
    let os2 = face.raw_face().table(Tag::from_bytes(b"OS/2")).expect(SOUND);
    tables.insert(*b"OS/2", os2.to_vec());
    if let Some(names) = face.raw_face().table(Tag::from_bytes(b"name")).and_then(names) {
        tables.insert(*b"name", names);
    }
    tables.insert(*b"cmap", cmap(&map));
    let pairs = kerning(&face, text, &map);
    if !pairs.is_empty() {
        tables.insert(*b"GPOS", positions(&pairs));
    }
    packed(&tables)
}

/// Of the font's names those that it must carry: copyright, family, style, full name, PostScript name and licence.
fn names(table: &[u8]) -> Option<Vec<u8>> {
    let number = |at: usize| Some(u16::from_be_bytes(table.get(at..at + 2)?.try_into().ok()?));
    let strings = usize::from(number(4)?);
    let (mut records, mut texts) = (Vec::new(), Vec::new());
    for record in 0..usize::from(number(2)?) {
        let field = |place: usize| number(6 + 12 * record + 2 * place);
        if !matches!(field(3)?, 0 | 1 | 2 | 4 | 6 | 13) {
            continue;
        }
        let (length, from) = (usize::from(field(4)?), strings + usize::from(field(5)?));
        numbers(&mut records, &[field(0)?, field(1)?, field(2)?, field(3)?, length as u16, texts.len() as u16]);
        texts.extend(table.get(from..from + length)?);
    }
    let count = (records.len() / 12) as u16;
    let mut kept = Vec::new();
    numbers(&mut kept, &[0, count, 6 + 12 * count]);
    Some([kept, records, texts].concat())
}

/// Letters to glyphs, in ranges of letters whose glyphs follow one another.
fn cmap(map: &BTreeMap<char, u16>) -> Vec<u8> {
    let mut ranges: Vec<(u16, u16, u16)> = Vec::new();
    for (letter, glyph) in map {
        let Ok(code) = u16::try_from(u32::from(*letter)) else { continue };
        match ranges.last_mut() {
            Some((first, last, start)) if *last + 1 == code && *start + (code - *first) == *glyph => *last = code,
            _ => ranges.push((code, code, *glyph)),
        }
    }
    ranges.push((0xffff, 0xffff, 0));
    let count = ranges.len() as u16;
    let mut table = Vec::new();
    numbers(&mut table, &[0, 1, 3, 1, 0, 12, 4, 16 + 8 * count, 0, 2 * count]);
    numbers(&mut table, &search(count, 2));
    ranges.iter().for_each(|(_, last, _)| numbers(&mut table, &[*last]));
    numbers(&mut table, &[0]);
    ranges.iter().for_each(|(first, _, _)| numbers(&mut table, &[*first]));
    ranges.iter().for_each(|(first, _, glyph)| numbers(&mut table, &[glyph.wrapping_sub(*first)]));
    ranges.iter().for_each(|_| numbers(&mut table, &[0]));
    table
}

/// What two letters that meet in the text move together or apart, by their new glyphs.
fn kerning(face: &Face, text: &str, map: &BTreeMap<char, u16>) -> BTreeMap<(u16, u16), i16> {
    let Some(positions) = face.tables().gpos else { return BTreeMap::new() };
    let letters = || text.chars().zip(text.chars().skip(1));
    let met: BTreeSet<(char, char)> = letters().filter(|(a, b)| map.contains_key(a) && map.contains_key(b)).collect();
    let kern = |(a, b): &(char, char)| {
        let moved = pair(&positions, face.glyph_index(*a)?, face.glyph_index(*b)?);
        (moved != 0).then(|| ((map[a], map[b]), moved))
    };
    met.iter().filter_map(kern).collect()
}

/// The first adjustment of each lookup that knows the pair counts.
fn pair(positions: &LayoutTable, left: GlyphId, right: GlyphId) -> i16 {
    let kern = Tag::from_bytes(b"kern");
    let features = positions.features.into_iter().filter(|feature| feature.tag == kern);
    let lookups: BTreeSet<u16> = features.flat_map(|feature| feature.lookup_indices).collect();
    let of = |index: u16| {
        let lookup = positions.lookups.get(index)?;
        lookup.subtables.into_iter::<PositioningSubtable>().find_map(|table| match table {
            PositioningSubtable::Pair(PairAdjustment::Format1 { coverage, sets }) => {
                Some(sets.get(coverage.get(left)?)?.get(right)?.0.x_advance)
            }
            PositioningSubtable::Pair(PairAdjustment::Format2 { coverage, classes, matrix }) => {
                coverage.get(left)?;
                Some(matrix.get((classes.0.get(left), classes.1.get(right)))?.0.x_advance)
            }
            _ => None,
        })
    };
    lookups.into_iter().filter_map(of).sum()
}

/// More pairs than this do not fit the table; no page shows so many.
const MOST_PAIRS: usize = 10_000;

/// The pairs as the one lookup of a positioning table, for every script. (Browsers drop the plain `kern` table of a font
/// with such outlines.)
fn positions(pairs: &BTreeMap<(u16, u16), i16>) -> Vec<u8> {
    let mut sets: BTreeMap<u16, Vec<u16>> = BTreeMap::new();
    for ((left, right), moved) in pairs.iter().take(MOST_PAIRS) {
        sets.entry(*left).or_default().extend([*right, moved.cast_unsigned()]);
    }
    let count = sets.len() as u16;
    let mut table = Vec::new();
    // Scripts, the default one with the default language; features; lookups; the lookup of pairs.
    numbers(&mut table, &[1, 0, 10, 30, 44]);
    numbers(&mut table, &[1]);
    table.extend(b"DFLT");
    numbers(&mut table, &[8, 4, 0, 0, 0xffff, 1, 0]);
    numbers(&mut table, &[1]);
    table.extend(b"kern");
    numbers(&mut table, &[8, 0, 1, 0]);
    numbers(&mut table, &[1, 4, 2, 0, 1, 8]);
    // Pairs by their left glyph, which the coverage lists; only the advance of the left one changes.
    let coverage = 10 + 2 * count;
    numbers(&mut table, &[1, coverage, 4, 0, count]);
    let mut at = coverage + 4 + 2 * count;
    for set in sets.values() {
        numbers(&mut table, &[at]);
        at += 2 + 2 * set.len() as u16;
    }
    numbers(&mut table, &[1, count]);
    sets.keys().for_each(|left| numbers(&mut table, &[*left]));
    for set in sets.values() {
        numbers(&mut table, &[set.len() as u16 / 2]);
        numbers(&mut table, set);
    }
    table
}

/// The three numbers that some readers search such a table by.
fn search(count: u16, size: u16) -> [u16; 3] {
    let steps = count.max(1).ilog2() as u16;
    let range = size * (1 << steps);
    [range, steps, size * count - range]
}

fn numbers(table: &mut Vec<u8>, numbers: &[u16]) {
    numbers.iter().for_each(|number| table.extend(number.to_be_bytes()));
}

/// The tables as a woff2 file.
fn packed(tables: &BTreeMap<[u8; 4], Vec<u8>>) -> Vec<u8> {
    let mut directory = Vec::new();
    for (tag, data) in tables {
        match KNOWN.iter().position(|known| *known == tag) {
            Some(number) => directory.push(number as u8),
            None => directory.extend([&[63], &tag[..]].concat()),
        }
        length(&mut directory, data.len());
    }
    let data: Vec<u8> = tables.values().flatten().copied().collect();
    let mut packed = Vec::new();
    let how = BrotliEncoderParams {
        quality: 11,
        lgwin: 16,
        mode: BrotliEncoderMode::BROTLI_MODE_FONT,
        size_hint: data.len(),
        ..BrotliEncoderParams::default()
    };
    brotli::BrotliCompress(&mut &data[..], &mut packed, &how).expect("writing to memory cannot fail");
    let whole = tables.values().fold(12 + 16 * tables.len(), |sum, table| sum + table.len().next_multiple_of(4));
    let all = 48 + directory.len() + packed.len();
    let mut file = b"wOF2OTTO".to_vec();
    file.extend((all.next_multiple_of(4) as u32).to_be_bytes());
    numbers(&mut file, &[tables.len() as u16, 0]);
    file.extend((whole as u32).to_be_bytes());
    file.extend((packed.len() as u32).to_be_bytes());
    numbers(&mut file, &[1, 0]);
    file.extend([0; 20]);
    file.extend(directory);
    file.extend(packed);
    file.resize(file.len().next_multiple_of(4), 0);
    file
}

/// A length in groups of seven bits, the highest first.
fn length(out: &mut Vec<u8>, value: usize) {
    let groups = (1..5).filter(|group| value >> (7 * group) > 0).count();
    for group in (0..=groups).rev() {
        let more = if group > 0 { 0x80 } else { 0 };
        out.push((value >> (7 * group) & 0x7f) as u8 | more);
    }
}
