//! What a Parquet file may claim. The library below makes room by what a file says of its lists, pages and
//! dictionaries, and trusts it; so all of that is looked at first.

use super::thrift::{Cursor, Node};
use super::{broken, unread};
use crate::error::{Problem, quoted, visible};
use crate::sheet::cells::{GRID, too_large};
use crate::sheet::encrypted;

const MAX_SCHEMA: usize = 1_000;
const MAX_NESTING: usize = 10;
/// Rows times columns, blank or not: what is gone through.
const MAX_VISITS: u64 = 50_000_000;
/// The most values in one page, and so in one row of a list.
const MAX_VALUES: i64 = 5_000_000;
const MAX_PAGE: i64 = 64 << 20;
const MAX_UNPACKED: u64 = 256 << 20;

/// Compressions by their number in the format; the first two are read.
const CODECS: [&str; 8] = ["none", "snappy", "gzip", "lzo", "brotli", "lz4", "zstd", "lz4-raw"];

/// Encodings that make room by counts of their own, deep inside a page.
const DELTA_TEXTS: [(i64, &str); 2] = [(6, "DELTA_LENGTH_BYTE_ARRAY"), (7, "DELTA_BYTE_ARRAY")];
const ENCODINGS: [i64; 7] = [0, 2, 3, 4, 5, 8, 9];

/// Checks everything the file says of its sizes.
///
/// # Errors
/// `damaged`, `encrypted`, `too-large`, `parquet-unread`.
pub(super) fn check(bytes: &[u8]) -> Result<(), Problem> {
    let end = bytes.len().checked_sub(8).filter(|end| *end >= 4).ok_or_else(|| broken("it has no end"))?;
    let length = u32::from_le_bytes([bytes[end], bytes[end + 1], bytes[end + 2], bytes[end + 3]]);
    match &bytes[end + 4..] {
        b"PAR1" => {}
        b"PARE" => return Err(encrypted()),
        _ => return Err(broken("it has no end")),
    }
    let start = usize::try_from(length).ok().and_then(|length| end.checked_sub(length)).filter(|start| *start >= 4);
    let start = start.ok_or_else(|| broken("its end claims more bytes than there are"))?;
    let footer = Cursor::new(&bytes[start..end]).structure().ok_or_else(|| broken("its end cannot be read"))?;
    let columns = schema(footer.list(2))?;
    let rows = footer.whole(3).unwrap_or(-1);
    let groups = footer.list(4);
    let told: Option<i64> =
        groups.iter().try_fold(0_i64, |sum, group| sum.checked_add(group.whole(3).filter(|rows| *rows >= 0)?));
    let rows = u64::try_from(rows).ok().filter(|rows| told == i64::try_from(*rows).ok());
    let rows = rows.ok_or_else(|| broken("its counts of rows contradict each other"))?;
    if rows >= u64::from(GRID.0) || rows * columns.max(1) > MAX_VISITS {
        return Err(too_large(format!("the table has {rows} rows of {columns} columns")));
    }
    let mut unpacked = 0;
    for chunk in groups.iter().flat_map(|group| group.list(1)) {
        chunk_of(chunk, &bytes[..start], &mut unpacked)?;
    }
    Ok(())
}

/// How many columns the schema has; refuses one that is deeper than tables of ratings are.
fn schema(elements: &[Node<'_>]) -> Result<u64, Problem> {
    if elements.len() > MAX_SCHEMA {
        return Err(too_large(format!("the table has {} columns, the limit is {MAX_SCHEMA}", elements.len())));
    }
    let contradicts = || broken("its list of columns contradicts itself");
    // How many children are still to come, from the outermost element inwards.
    let mut open: Vec<i64> = Vec::new();
    let mut columns = 0;
    for (index, element) in elements.iter().enumerate() {
        while open.last() == Some(&0) {
            open.pop();
        }
        match open.last_mut() {
            Some(left) => *left -= 1,
            None if index == 0 => {}
            None => return Err(contradicts()),
        }
        let children = element.whole(5).unwrap_or(0);
        if !(0..=elements.len() as i64).contains(&children) {
            return Err(contradicts());
        }
        if children > 0 {
            open.push(children);
        } else {
            columns += 1;
        }
        if open.len() > MAX_NESTING {
            return Err(too_large(format!("the columns are nested deeper than {MAX_NESTING} levels")));
        }
    }
    if elements.is_empty() || open.iter().any(|left| *left > 0) {
        return Err(contradicts());
    }
    Ok(columns)
}

/// One column of one group of rows, page by page.
fn chunk_of(chunk: &Node<'_>, bytes: &[u8], unpacked: &mut u64) -> Result<(), Problem> {
    let about = chunk.get(3).ok_or_else(|| broken("a column has no description"))?;
    let path: Vec<String> = about.list(3).iter().map(name).collect();
    let column = quoted(&path.join("."));
    let codec = about.whole(4).unwrap_or(-1);
    if !(0..=1).contains(&codec) {
        let known = usize::try_from(codec).ok().and_then(|codec| CODECS.get(codec).copied());
        let known = known.unwrap_or("an unknown compression");
        return Err(unread(format!("column {column} is packed with {known}"), "write it with snappy or unpacked"));
    }
    let off = || broken(&format!("column {column} lies outside of the file"));
    let first = about.whole(11).or(about.whole(9)).and_then(|at| usize::try_from(at).ok());
    let length = about.whole(7).and_then(|length| usize::try_from(length).ok());
    let (first, length) = first.zip(length).ok_or_else(off)?;
    let pages = first.checked_add(length).and_then(|end| bytes.get(first..end)).ok_or_else(off)?;
    let mut at = 0;
    while at < pages.len() {
        let mut cursor = Cursor::new(&pages[at..]);
        let page = cursor.structure().ok_or_else(|| broken(&format!("a page of column {column} cannot be read")))?;
        let packed = page.whole(3).and_then(|size| usize::try_from(size).ok()).ok_or_else(off)?;
        at = at.checked_add(cursor.at()).and_then(|at| at.checked_add(packed)).ok_or_else(off)?;
        if at > pages.len() {
            return Err(off());
        }
        page_of(&page, codec == 0, packed, &column, unpacked)?;
    }
    Ok(())
}

fn page_of(page: &Node<'_>, plain: bool, packed: usize, column: &str, unpacked: &mut u64) -> Result<(), Problem> {
    let size = page.whole(2).unwrap_or(-1);
    let told = |what: &str| broken(&format!("a page of column {column} {what}"));
    if !(0..=MAX_PAGE).contains(&size) {
        return Err(too_large(format!("a page of column {column} claims {size} bytes, the limit is {MAX_PAGE}")));
    }
    if plain && size as u64 != packed as u64 {
        return Err(told("claims another size than it has"));
    }
    *unpacked += size.cast_unsigned();
    if *unpacked > MAX_UNPACKED {
        return Err(too_large(format!("the columns hold more than {} MiB", MAX_UNPACKED >> 20)));
    }
    for (id, encoding) in [(5, 2), (7, 2), (8, 4)] {
        let Some(head) = page.get(id) else { continue };
        let values = head.whole(1).unwrap_or(-1);
        // Every word of a dictionary takes a byte at least; repeated values may take none.
        let most = if id == 7 { MAX_VALUES.min(size) } else { MAX_VALUES };
        if !(0..=most).contains(&values) {
            return Err(too_large(format!("a page of column {column} claims {values} values, the limit is {most}")));
        }
        let encoding = head.whole(encoding).unwrap_or(-1);
        if let Some((_, known)) = DELTA_TEXTS.iter().find(|(number, _)| *number == encoding) {
            let hint = "write it with plain or dictionary encoding, as version 1 of the format does";
            return Err(unread(format!("column {column} is encoded as {known}"), hint));
        }
        if !ENCODINGS.contains(&encoding) {
            return Err(told("has an unknown encoding"));
        }
    }
    Ok(())
}

fn name(node: &Node<'_>) -> String {
    match node {
        Node::Bytes(bytes) => visible(&String::from_utf8_lossy(&bytes[..bytes.len().min(100)])),
        _ => String::new(),
    }
}
