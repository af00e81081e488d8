//! Text: encodings, separators, rows as a spreadsheet program numbers them.

use super::*;
use crate::sheet::Format;

fn separator(bytes: &[u8]) -> char {
    match book(bytes).format {
        Format::Text { separator } => char::from(separator),
        other => panic!("is {other:?}"),
    }
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn encodings_with_a_mark_are_decoded_silently() {
    let plain = "Bereich;Stufe\nPrüfung;3\n";
    for bytes in [
        plain.as_bytes().to_vec(),
        [b"\xef\xbb\xbf", plain.as_bytes()].concat(),
        [b"\xff\xfe".to_vec(), utf16(plain, u16::to_le_bytes)].concat(),
        [b"\xfe\xff".to_vec(), utf16(plain, u16::to_be_bytes)].concat(),
    ] {
        let book = book(&bytes);
        assert_eq!(book.notes, []);
        assert_eq!(shown(&book.sheets[0]), ["A1=Bereich", "B1=Stufe", "A2=Prüfung", "B2=3"]);
    }
}

#[test]
fn an_assumed_encoding_is_said() {
    let cases: [(Vec<u8>, &str, &str); 3] = [
        (b"Pr\xfcfung,3\n".to_vec(), "Prüfung", "the text is not UTF-8, read as Windows-1252"),
        (
            utf16("Prüfung,3\n", u16::to_le_bytes),
            "Prüfung",
            "the text says nothing of its encoding, read as UTF-16LE",
        ),
        (
            "éèêëàâ\u{fc}x"
                .replace('x', "\u{7f}")
                .into_bytes()
                .into_iter()
                .map(|b| if b == 0x7f { 0xff } else { b })
                .collect(),
            "éèêëàâü\u{fffd}",
            "some bytes are no UTF-8 and were replaced by U+FFFD",
        ),
    ];
    for (bytes, first, message) in cases {
        let book = book(&bytes);
        assert_eq!(cell(&book.sheets[0], "A1").value, text(first));
        assert_eq!(book.notes.len(), 1);
        assert_eq!((&*book.notes[0].code, &*book.notes[0].message), ("encoding-assumed", message));
    }
}

#[test]
fn the_separator_is_the_one_that_cuts_evenly() {
    assert_eq!(separator(b"Area,Level\nTesting,3\n"), ',');
    assert_eq!(separator(b"Area;Level\nTesting;3,5\nDesign;2,5\n"), ';');
    assert_eq!(separator(b"Area\tLevel\nTesting, unit\t3\n"), '\t');
    assert_eq!(separator(b"Area|Level\nTesting|3\n"), '|');
    assert_eq!(separator(b"Note\nprose, more prose, still prose\nand, another\n"), ',');
    // A title above the table, prose with commas within.
    assert_eq!(separator(b"Assessment, 2025\n\nId;Text;Level\n1;a, b, c;2\n2;d, e;3\n3;f;1\n"), ';');
    // A quoted field hides what it holds.
    assert_eq!(separator(b"\"a;b;c\",1\n\"d;e;f\",2\n"), ',');
    assert_eq!(separator(b"sep=|\na,b|c,d\n"), '|');
}

#[test]
fn the_line_that_names_the_separator_is_no_row() {
    let bytes = b"sep=;\r\nArea;Level\r\nTesting;3\r\n";
    assert_eq!(separator(bytes), ';');
    assert_eq!(shown(&sheet(bytes)), ["A1=Area", "B1=Level", "A2=Testing", "B2=3"]);
}

#[test]
fn rows_are_records_and_blank_lines_count() {
    let bytes = b"\r\n\r\nArea,Level,Note\r\n\"two\r\nlines\",3\r\n\r\nDesign,,x,y\r\n\"\",\r\nLast,1";
    let sheet = sheet(bytes);
    assert_eq!(
        shown(&sheet),
        ["A3=Area", "B3=Level", "C3=Note", "A4=two\nlines", "B4=3", "A6=Design", "C6=x", "D6=y", "A8=Last", "B8=1"]
    );
    assert_eq!(shown(&super::sheet(b"a\rb\r\rc")), ["A1=a", "A2=b", "A4=c"]);
}

#[test]
fn quotes_close_or_stop_the_file() {
    assert_eq!(shown(&sheet(b"\"say \"\"hi\"\"\",a \"b\" c,\"x\"y\n")), ["A1=say \"hi\"", "B1=a \"b\" c", "C1=xy"]);
    let problem = problem(b"Area,Level\n\nTesting,\"3\nDesign,2\n");
    assert_eq!((&*problem.code, problem.at.as_deref()), ("unclosed-quote", Some("B3")));
}

#[test]
fn cells_stay_text_and_formulas_have_no_result() {
    let sheet = sheet(b"5.10,007,TRUE,NaN,=B1-A1,=\"0012\",-,=\n");
    assert_eq!(shown(&sheet), ["A1=5.10", "B1=007", "C1=TRUE", "D1=NaN", "E1=", "F1=0012", "G1=-", "H1=="]);
    assert_eq!(cell(&sheet, "A1").value, text("5.10"));
    assert_eq!(cell(&sheet, "E1").value, Value::Blank);
    assert_eq!(cell(&sheet, "E1").formula.as_deref(), Some("B1-A1"));
    assert_eq!(cell(&sheet, "F1").formula, None);
    assert!(sheet.hidden_rows.is_some_and(|rows| rows.is_empty()));
}

#[test]
fn text_is_cleaned_once() {
    let book = book("Cafe\u{301},a\u{1}b\u{85}c,\u{202e}x\n".as_bytes());
    assert_eq!(shown(&book.sheets[0]), ["A1=Café", "B1=a\u{fffd}b\u{fffd}c", "C1=\u{202e}x"]);
    assert_eq!((&*book.notes[0].code, book.notes.len()), ("control-characters", 1));
    assert_eq!(book.notes[0].message, "control characters in cells, replaced by U+FFFD: 2");
}

#[test]
fn only_a_header_is_a_sheet_with_one_row() {
    assert_eq!(sheet(b"Area,Level").rows.len(), 1);
}

#[test]
fn records_and_cells_have_limits() {
    let wide = ",".repeat(16_384);
    assert_eq!(refusal(wide.as_bytes()), "too-large: row 1 has more than 16384 columns");
    assert_eq!(sheet(&[&b"x"[..], ",".repeat(16_383).as_bytes()].concat()).width(), 1);
    let long = format!("a,b\nc,{}\n", "x".repeat((1 << 20) + 1));
    assert_eq!(refusal(long.as_bytes()), "too-large: the cell B2 holds more than 1 MiB of text");
    let tall = "\n".repeat(1_048_577);
    assert_eq!(refusal(format!("a{tall}").as_bytes()), "too-large: the file has more than 1048576 rows");
}
