//! A small OpenDocument spreadsheet, written by hand: one sheet of text, numbers and dates.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// The rows as an `.ods` file with one sheet; cells that are whole numbers or days are stored as such.
pub fn spreadsheet(rows: &[Vec<String>]) -> Vec<u8> {
    let mut content = String::from(concat!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content "#,
        r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" "#,
        r#"xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" "#,
        r#"xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3">"#,
        r#"<office:body><office:spreadsheet><table:table table:name="CD">"#,
    ));
    for row in rows {
        content.push_str("<table:table-row>");
        row.iter().for_each(|cell| content.push_str(&xml(cell)));
        content.push_str("</table:table-row>");
    }
    content.push_str("</table:table></office:spreadsheet></office:body></office:document-content>");
    let meta = concat!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-meta "#,
        r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" "#,
        r#"xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" "#,
        r#"xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"><office:meta>"#,
        "<dc:title>Continuous Delivery at First Federated Bank</dc:title>",
        "<dc:date>2026-01-31T09:00:00</dc:date><dc:language>en-GB</dc:language></office:meta></office:document-meta>",
    );
    let manifest = concat!(
        r#"<?xml version="1.0" encoding="UTF-8"?>"#,
        r#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">"#,
        r#"<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>"#,
        r#"<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>"#,
        r#"<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>"#,
    );
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // The type comes first and uncompressed, so that it can be told from the first bytes.
    let stored = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default());
    let deflated = stored.compression_method(CompressionMethod::Deflated);
    let parts = [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet", stored),
        ("content.xml", &content, deflated),
        ("meta.xml", meta, deflated),
        ("META-INF/manifest.xml", manifest, deflated),
    ];
    for (name, text, options) in parts {
        zip.start_file(name, options).expect("a vector takes every byte");
        zip.write_all(text.as_bytes()).expect("a vector takes every byte");
    }
    zip.finish().expect("a vector takes every byte").into_inner()
}

fn xml(cell: &str) -> String {
    let text = cell.replace('&', "&amp;").replace('<', "&lt;");
    let day = cell.len() == 10 && cell.as_bytes()[4] == b'-' && cell.as_bytes()[7] == b'-';
    let kind = match cell {
        "" => return "<table:table-cell/>".to_owned(),
        _ if cell.parse::<i32>().is_ok() => format!(r#"office:value-type="float" office:value="{cell}""#),
        _ if day => format!(r#"office:value-type="date" office:date-value="{cell}""#),
        _ => r#"office:value-type="string""#.to_owned(),
    };
    format!("<table:table-cell {kind}><text:p>{text}</text:p></table:table-cell>")
}
