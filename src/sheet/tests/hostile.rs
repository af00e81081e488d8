//! Files built to exhaust, to deceive or to crash: each ends with a message, and fast.

use super::*;

#[test]
fn far_corners_cost_nothing() {
    let rows = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>"#;
    assert_eq!(shown(&sheet(&xlsx(rows))), ["A1=1", "XFD1048576=2"]);
}

#[test]
fn places_beyond_the_grid_are_refused() {
    for (rows, found) in [
        (r#"<row r="1"><c r="XFE1"><v>1</v></c></row>"#, "the cell reference `XFE1`"),
        (r#"<row r="1"><c r="A1048577"><v>1</v></c></row>"#, "the cell reference `A1048577`"),
        (r#"<row r="2"><c r="A4294967298"><v>1</v></c></row>"#, "the cell reference `A4294967298`"),
        (r#"<row r="4294967298"><c><v>1</v></c></row>"#, "the row number `4294967298`"),
        (r#"<row r="0"><c><v>1</v></c></row>"#, "the row number `0`"),
    ] {
        let problem = problem(&xlsx(rows));
        assert_eq!((&*problem.code, problem.at.as_deref()), ("damaged", Some("Q3")));
        assert_eq!(problem.message, format!("{found} lies beyond the grid of a spreadsheet (A1 to XFD1048576)"));
    }
}

#[test]
fn a_claimed_count_reserves_nothing() {
    let sheet = "<worksheet><sheetData/></worksheet>";
    for strings in [
        r#"<sst uniqueCount="4294967295"/>"#.to_owned(),
        format!("<!--{}--><x:sst x:uniqueCount=\"1\" uniqueCount='4294967295'/>", " ".repeat(3_000)),
    ] {
        let bytes = xlsx_with(sheet, &[("xl/SharedStrings.xml", strings.as_bytes())]);
        assert!(refusal(&bytes).starts_with("damaged: the part `xl/sharedstrings.xml` claims 4294967295 texts"));
    }
}

#[test]
fn bombs_are_not_unpacked() {
    let zeros = vec![b' '; 100 << 20];
    let bytes = xlsx_with("<worksheet><sheetData/></worksheet>", &[("xl/comments1.xml", &zeros)]);
    assert!(
        refusal(&bytes)
            .starts_with("too-large: the part `xl/comments1.xml` unpacks to more than 200 times its size (")
    );
    // Many parts, each within its ratio.
    let names: Vec<String> = (0..80).map(|i| format!("xl/part{i}.xml")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &zeros[..4 << 20])).collect();
    let bytes = xlsx_with("<worksheet><sheetData/></worksheet>", &parts);
    assert_eq!(refusal(&bytes), "too-large: the parts of the file unpack to more than 256 MiB");
}

#[test]
fn too_many_parts_are_refused() {
    let names: Vec<String> = (0..20_001).map(|i| format!("xl/{i}")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert_eq!(refusal(&zip(&parts)), "too-large: the file has 20001 parts, the limit is 20000");
}

#[test]
fn doubled_parts_are_refused() {
    let decoy = b"<worksheet><sheetData/></worksheet>";
    let sheet = "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>";
    let bytes = xlsx_with(sheet, &[("XL/worksheets/Sheet1.xml", decoy)]);
    assert_eq!(refusal(&bytes), "damaged: the part `XL/worksheets/Sheet1.xml` stands in the file twice");
    // Exactly one name, which a writer would refuse to write twice.
    let mut bytes = xlsx_with(sheet, &[("xl/worksheets/sheet2.xml", decoy)]);
    let name = b"xl/worksheets/sheet2.xml";
    while let Some(at) = bytes.windows(name.len()).position(|window| window == name) {
        bytes[at + 19] = b'1';
    }
    assert_eq!(refusal(&bytes), "damaged: a part of the file stands in it twice");
}

#[test]
fn one_text_in_many_cells_is_counted_each_time() {
    let strings = format!("<sst uniqueCount=\"1\"><si><t>{}</t></si></sst>", "x".repeat(1 << 20));
    let cells: String =
        (1..=300).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>")).collect();
    let sheet = format!("<worksheet><sheetData>{cells}</sheetData></worksheet>");
    // Padding keeps the part of the texts within the ratio.
    let noise: String = (0..80_000_u32).map(|i| format!("{:x}", i.wrapping_mul(2_654_435_761))).collect();
    let bytes = xlsx_with(&sheet, &[("xl/sharedStrings.xml", format!("{strings}<!--{noise}-->").as_bytes())]);
    assert_eq!(refusal(&bytes), "too-large: the cells hold more than 256 MiB of text");
}

#[test]
fn an_overlong_text_is_refused() {
    let rows = format!("<row r=\"7\"><c r=\"B7\" t=\"str\"><v>{}</v></c></row>", "x".repeat((1 << 20) + 1));
    assert_eq!(refusal(&xlsx(&rows)), "too-large: the cell B7 holds more than 1 MiB of text");
}

#[test]
fn sheets_that_share_a_part_are_refused() {
    let workbook =
        r#"<workbook xmlns:r="r"><sheets><sheet name="A" r:id="s1"/><sheet name="B" r:id="s1"/></sheets></workbook>"#;
    let bytes = zip(&[
        ("_rels/.rels", RELATIONS.as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", SHEET_RELATIONS.as_bytes()),
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData/></worksheet>"),
    ]);
    assert_eq!(refusal(&bytes), "damaged: the sheets `A` and `B` have one name or content");
}

#[test]
fn entities_of_a_file_are_never_expanded() {
    let sheet = r#"<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row><c t="str"><v>&a;&b;</v></c></row></sheetData></worksheet>"#;
    assert!(refusal(&xlsx_with(sheet, &[])).starts_with("damaged: the sheet cannot be read"));
}

#[test]
fn every_cut_and_many_a_flip_ends_with_a_message() {
    let mut writer = rust_xlsxwriter::Workbook::new();
    let page = writer.add_worksheet();
    for row in 0..20 {
        page.write(row, 0, format!("Practice {row}")).expect("writes");
        page.write(row, 1, row % 5).expect("writes");
    }
    let sound = writer.save_to_buffer().expect("saves");
    for cut in (0..sound.len()).step_by(97) {
        assert!(read("cut", &sound[..cut]).is_err(), "cut at {cut}");
    }
    for at in (0..sound.len()).step_by(31) {
        let mut flipped = sound.clone();
        flipped[at] ^= 0x55;
        let _ = read("flipped", &flipped);
    }
}

#[test]
fn a_sheet_cut_short_is_named() {
    let sheet = r#"<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2"#;
    let problem = problem(&xlsx_with(sheet, &[]));
    assert_eq!((&*problem.code, problem.at.as_deref()), ("damaged", Some("Q3")));
    assert!(problem.message.starts_with("the sheet cannot be read behind A1 ("), "{}", problem.message);
}
