//! What a file is, told from its content: an ending says only what someone called it.

use super::Format;
use super::ooxml::workbook_part;
use super::package::Package;

/// What the first bytes say.
pub(super) enum Kind {
    /// Nothing, or blanks only.
    Empty,
    /// A zip archive, as `.xlsx`, `.xlsb` and `.ods` are.
    Zip,
    /// An OLE compound file, as `.xls` is.
    Ole,
    /// A table of a query engine.
    Parquet,
    /// Text, by all signs.
    Text,
    /// Something that is read by other programs; the words for "the content is ...".
    Other(&'static str),
}

/// The words for a bare stream of records, before files were compound.
pub(super) const OLD_EXCEL: &str = "an Excel file from before 1997, too old to read";

/// Bytes that a kind of file begins with, and the words for it.
const BEGINNINGS: [(&[u8], &str); 17] = [
    (b"%PDF", "PDF"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II*\x00", "a picture (TIFF)"),
    (b"MM\x00*", "a picture (TIFF)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"SQLite format 3", "a database (SQLite)"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"\x09\x00\x04\x00", OLD_EXCEL),
    (b"\x09\x02\x06\x00", OLD_EXCEL),
    (b"\x09\x04\x06\x00", OLD_EXCEL),
    (b"\x09\x08", OLD_EXCEL),
];

/// Tells what the bytes are.
pub(super) fn kind(bytes: &[u8]) -> Kind {
    if bytes.starts_with(b"PK\x03\x04") {
        return Kind::Zip;
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        return Kind::Ole;
    }
    if bytes.starts_with(b"PAR1") {
        return Kind::Parquet;
    }
    if let Some((_, what)) = BEGINNINGS.iter().find(|(beginning, _)| bytes.starts_with(beginning)) {
        return Kind::Other(what);
    }
    let head = &bytes[..bytes.len().min(4096)];
    // Markup may come as UTF-16; its letters are ASCII either way.
    let letters: Vec<u8> = head.iter().copied().filter(|b| b.is_ascii() && *b != 0).collect();
    let head = String::from_utf8_lossy(&letters).to_ascii_lowercase();
    let head = head.trim_start();
    if head.is_empty()
        && bytes.iter().all(|b| b.is_ascii_whitespace() || matches!(b, 0xef | 0xbb | 0xbf | 0xfe | 0xff))
    {
        return Kind::Empty;
    }
    if head.starts_with("<!doctype html") || head.starts_with("<html") || head.starts_with("<table") {
        return Kind::Other("HTML");
    }
    if head.starts_with("<?xml") || head.starts_with("<!doctype") {
        return Kind::Other(if head.contains("urn:schemas-microsoft-com:office:spreadsheet") {
            "an Excel 2003 XML file"
        } else if head.contains("office:document") {
            "a flat OpenDocument file"
        } else if head.contains("<html") {
            "HTML"
        } else if head.contains("<svg") {
            "a picture (SVG)"
        } else {
            "XML"
        });
    }
    if head.starts_with("mime-version:") {
        return Kind::Other("a web archive");
    }
    if head.starts_with(['{', '[']) && serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok() {
        return Kind::Other("JSON");
    }
    Kind::Text
}

/// The spreadsheet format of a zip archive, else the words for what it is.
pub(super) fn zipped(package: &mut Package<'_>) -> Result<Format, &'static str> {
    let workbook = workbook_part(package).to_ascii_lowercase();
    if package.has(&workbook) && workbook.ends_with(".bin") {
        return Ok(Format::Xlsb);
    }
    for (part, what) in [
        ("word/document.xml", "a Word document"),
        ("ppt/presentation.xml", "a PowerPoint presentation"),
        ("visio/document.xml", "a Visio drawing"),
        ("index/document.iwa", "an Apple iWork file"),
        ("index.apxl", "an Apple iWork file"),
    ] {
        if package.has(part) {
            return Err(what);
        }
    }
    if package.has("xl/workbook.bin") {
        return Ok(Format::Xlsb);
    }
    if package.has(&workbook) || package.has_prefix("xl/") {
        return Ok(Format::Xlsx);
    }
    let mut mime = String::new();
    if let Some(mut part) = package.part("mimetype") {
        // As many bytes as the longest type that counts; the rest, if any, is of no interest.
        let mut bytes = [0; 80];
        let length = std::io::Read::read(&mut part, &mut bytes).unwrap_or(0);
        mime = String::from_utf8_lossy(&bytes[..length]).into_owned();
    }
    match mime.trim() {
        mime if mime.starts_with("application/vnd.oasis.opendocument.spreadsheet") => Ok(Format::Ods),
        mime if mime.starts_with("application/vnd.oasis.opendocument.text") => Err("a text document (OpenDocument)"),
        mime if mime.starts_with("application/vnd.oasis.opendocument.presentation") => {
            Err("a presentation (OpenDocument)")
        }
        "application/epub+zip" => Err("a book (EPUB)"),
        _ => Err("a zip archive without a workbook"),
    }
}
