//! What a file is, is told from its content.

use super::*;
use crate::sheet::Format;

#[test]
fn other_kinds_are_named() {
    let cases: [(&[u8], &str); 14] = [
        (b"", "empty-file: the file is empty"),
        (b"\xef\xbb\xbf \r\n", "empty-file: the file is empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "not-a-workbook: the content is PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not-a-workbook: the content is a picture (PNG)"),
        (b"\n<!DOCTYPE html><html>", "not-a-workbook: the content is HTML"),
        (b"<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">", "not-a-workbook: the content is an Excel 2003 XML file"),
        (b"<?xml version=\"1.0\"?><office:document office:mimetype=\"x\">", "not-a-workbook: the content is a flat OpenDocument file"),
        (b"\x09\x02\x06\x00\x00\x00\x10\x00", "not-a-workbook: the content is an Excel file from before 1997, too old to read"),
        (b"PK\x05\x06\0\0\0\0", "not-a-workbook: the content is an empty zip archive"),
        (b"[{\"level\": 3}]", "not-a-workbook: the content is JSON"),
        (b"a,b\0c,d", "not-a-workbook: the content is binary data"),
        (b"\x7fELF\x02\x01\x01\0\0\0", "not-a-workbook: the content is binary data"),
        (b"PK\x03\x04 and then nothing of a zip", "damaged: the content is a zip archive, cut short or damaged (invalid Zip archive: Could not find EOCD)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "damaged: the content is an OLE file (.xls), cut short or damaged"),
    ];
    for (bytes, expected) in cases {
        assert_eq!(refusal(bytes), expected);
    }
}

#[test]
fn other_archives_are_named() {
    let word = zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<document/>")]);
    assert_eq!(refusal(&word), "not-a-workbook: the content is a Word document");
    let pictures = zip(&[("a.png", b"\x89PNG")]);
    assert_eq!(refusal(&pictures), "not-a-workbook: the content is a zip archive without a workbook");
    let letter = zip(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<x/>")]);
    assert_eq!(refusal(&letter), "not-a-workbook: the content is a text document (OpenDocument)");
}

#[test]
fn the_hint_says_what_to_give() {
    let hint = problem(b"%PDF-1.7").hint.expect("a hint");
    assert_eq!(hint, "give .xlsx, .xls, .xlsb, .ods or .csv; for piped text: gapwise report -");
    let hint = problem(b"\x09\x00\x04\x00").hint.expect("a hint");
    assert_eq!(hint, "open it in a spreadsheet program and save it as .xlsx");
}

#[test]
fn text_under_another_name_is_text() {
    let book = read("matrix.xlsx", b"Area,Level\nTesting,3\n").expect("text reads");
    assert_eq!(book.format, Format::Text { separator: b',' });
    assert_eq!(book.file, "matrix.xlsx");
    assert_eq!(book.sha256, "e545169b466ad093fe319008a14a5d2087a88e6344740157a8d9a9e374c1d8b8");
}
