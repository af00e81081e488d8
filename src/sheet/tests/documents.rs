//! `.ods`: values, evidence and counts that lie.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{Data, Ods, Reader as _};

use super::*;
use crate::sheet::Format;

const MIMETYPE: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
const MANIFEST: &[u8] = b"<manifest:manifest><manifest:file-entry/></manifest:manifest>";

fn ods_parts(head: &str, body: &str, meta: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:automatic-styles>{head}</office:automatic-styles><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    );
    zip(&[
        ("mimetype", MIMETYPE),
        ("META-INF/manifest.xml", MANIFEST),
        ("meta.xml", meta.as_bytes()),
        ("content.xml", content.as_bytes()),
    ])
}

/// A document of one sheet with these rows.
fn ods(rows: &str) -> Vec<u8> {
    ods_parts("", &format!("<table:table table:name=\"Q3\">{rows}</table:table>"), "")
}

const PLAIN: &str = r#"<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="16384"/></table:table-row><table:table-row><table:table-cell/><table:table-cell office:value-type="string"><text:p>Area</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="2.5"><text:p>2,5</text:p></table:table-cell><table:table-cell office:value-type="boolean" office:boolean-value="true"/></table:table-row><table:table-row table:number-rows-repeated="3"><table:table-cell/><table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="1"/></table:table-row><table:table-row table:number-rows-repeated="1048570"><table:table-cell table:style-name="ce1" table:number-columns-repeated="16384"/></table:table-row>"#;

#[test]
fn values_stand_where_another_reader_puts_them() {
    let bytes = ods(PLAIN);
    let ours = sheet(&bytes);
    let expected = ["B3=Area", "C3=2.5", "D3=TRUE", "B4=1", "C4=1", "B5=1", "C5=1", "B6=1", "C6=1"];
    assert_eq!(shown(&ours), expected);

    let mut other: Ods<_> = Ods::new(Cursor::new(&bytes[..])).expect("calamine reads it");
    let range = other.worksheet_range("Q3").expect("has the sheet");
    let (top, left) = range.start().expect("is not empty");
    for (row, col, data) in range.used_cells() {
        let value = ours.value(top + row as u32, left + col as u32);
        let same = match (data, value) {
            (Data::String(theirs), Value::Text(own)) => **theirs == **own,
            (Data::Float(theirs), Value::Number(own)) => theirs == own,
            (Data::Bool(theirs), Value::Bool(own)) => theirs == own,
            _ => false,
        };
        assert!(same, "{data:?} is not {value:?}");
    }
    assert_eq!(range.used_cells().count(), expected.len());
}

#[test]
fn every_kind_of_value_and_formula() {
    let rows = r##"<table:table-row>
        <table:table-cell office:value-type="percentage" office:value="0.6" calcext:value-type="percentage"><text:p>60 %</text:p></table:table-cell>
        <table:table-cell office:value-type="date" office:date-value="2026-01-31T00:00:00"/>
        <table:table-cell office:value-type="time" office:time-value="PT36H00M00S"/>
        <table:table-cell table:formula="of:=[.A1]-[$'My lists'.$B$2:.B9];&quot;[.x];&quot;" office:value-type="float" office:value="3"/>
        <table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>
        <table:table-cell table:formula="of:=X()" office:value-type="string"><text:p>Err:508</text:p></table:table-cell>
        <table:table-cell table:formula="of:=[.A2]" office:value-type="string" office:string-value=""/>
        <table:table-cell table:formula="of:=[.A2]"/>
        <table:table-cell office:value-type="float" office:value="inf"/>
        <table:table-cell office:value-type="string"><office:annotation><text:p>note</text:p></office:annotation>
          <text:p>two  <text:span>words
          </text:span><text:s text:c="2"/>x</text:p><text:p>b<text:line-break/>c<text:tab/>d&amp;&#228;</text:p></table:table-cell>
      </table:table-row>"##;
    let sheet = sheet(&ods(rows));
    let value = |name| cell(&sheet, name).value.clone();
    let formula = |name| cell(&sheet, name).formula.as_deref();
    assert_eq!((value("A1"), cell(&sheet, "A1").percent), (Value::Number(0.6), true));
    assert_eq!(value("B1"), Value::Date("2026-01-31".to_owned()));
    assert_eq!(value("C1"), Value::Duration(1.5));
    assert_eq!((value("D1"), formula("D1")), (Value::Number(3.0), Some("A1-'My lists'!$B$2:B9,\"[.x];\"")));
    assert_eq!((value("E1"), formula("E1")), (Value::Error("#DIV/0!".to_owned()), Some("1/0")));
    assert_eq!(value("F1"), Value::Error("Err:508".to_owned()));
    assert_eq!((value("G1"), formula("G1")), (text(""), Some("A2")));
    assert_eq!((value("H1"), formula("H1")), (Value::Blank, Some("A2")));
    assert_eq!(value("I1"), Value::Error("inf".to_owned()));
    assert_eq!(value("J1"), text("two words   x\nb\nc\td&ä"));
}

#[test]
fn the_evidence_around_cells_is_kept() {
    let head = r#"<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>"#;
    let body = r#"<table:content-validations><table:content-validation table:name="v1" table:condition="of:cell-content-is-in-list(&quot;yes&quot;;&quot;no&quot;)"/><table:content-validation table:name="v2" table:condition="of:cell-content-is-in-list([$Lists.$A$1:.$A$9])"/></table:content-validations>
      <table:table table:name="Ratings" table:style-name="ta1"><table:shapes><draw:frame><text:p>logo</text:p></draw:frame></table:shapes>
        <table:table-column/><table:table-column-group><table:table-column table:number-columns-repeated="2" table:visibility="collapse"/></table:table-column-group><table:table-column table:number-columns-repeated="16381"/>
        <table:table-header-rows><table:table-row><table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="1" office:value-type="string"><text:p>Level</text:p></table:table-cell><table:covered-table-cell office:value-type="string"><text:p>unseen</text:p></table:covered-table-cell></table:table-row></table:table-header-rows>
        <table:table-row table:visibility="filter"><table:table-cell table:content-validation-name="v1" table:number-columns-repeated="2"/><table:table-cell table:content-validation-name="v2" office:value-type="float" office:value="2"/></table:table-row>
        <table:table-row><table:table-cell table:content-validation-name="v1" table:number-columns-repeated="2"/><table:table-cell office:value-type="float" office:value="3"/></table:table-row>
        <table:table-row table:visibility="collapse" table:number-rows-repeated="1048573"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
      </table:table>
      <table:table table:name="Lists" table:style-name="ta2"><table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string"><text:p>Level</text:p></table:table-cell></table:table-row></table:table>
      <table:dde-links><table:dde-link><table:table><table:table-row><table:table-cell office:value-type="float" office:value="9"/></table:table-row></table:table></table:dde-link></table:dde-links>"#;
    let meta = "<office:document-meta><office:meta><dc:title>Gaps</dc:title><dc:date>2025-09-30T10:00:00</dc:date><dc:language>de-DE</dc:language></office:meta></office:document-meta>";
    let book = book(&ods_parts(head, body, meta));
    assert_eq!(book.format, Format::Ods);
    assert_eq!(
        (book.title.as_deref(), book.modified.as_deref(), book.language.as_deref()),
        (Some("Gaps"), Some("2025-09-30"), Some("de-DE"))
    );
    let names: Vec<_> = book.sheets.iter().map(|sheet| (sheet.name.as_deref(), sheet.visible)).collect();
    assert_eq!(names, [(Some("Ratings"), true), (Some("Lists"), false)]);
    let sheet = &book.sheets[0];
    assert_eq!(shown(sheet), ["A1=Level", "C2=2", "C3=3"]);
    assert_eq!(sheet.hidden_rows, Some(BTreeSet::from([1])));
    assert_eq!(sheet.hidden_columns, Some(BTreeSet::from([1, 2])));
    assert_eq!(sheet.merges.len(), 1);
    assert!(sheet.merges[0].holds(0, 1) && !sheet.merges[0].holds(1, 0));
    let lists: Vec<String> = sheet
        .drop_downs
        .iter()
        .map(|list| format!("{}:{} {}", list.cells[0].first, list.cells[0].last, list.entries.join("/")))
        .collect();
    assert_eq!(lists, ["A2:B3 yes/no", "C2:C2 Level/Level"]);
}

#[test]
fn repeats_that_exhaust_are_refused() {
    let everywhere = r#"<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row>"#;
    assert_eq!(refusal(&ods(everywhere)), "too-large: more than 5000000 cells are filled");
    let blanks = r#"<table:table-row><table:table-cell office:value-type="string"><text:p><text:s text:c="2000000000"/></text:p></table:table-cell></table:table-row>"#;
    assert_eq!(refusal(&ods(blanks)), "too-large: the cell A1 holds more than 1 MiB of text");
    let beyond = r#"<table:table-row table:number-rows-repeated="4294967295"/><table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row>"#;
    assert!(refusal(&ods(beyond)).starts_with("damaged: a cell stands in row "));
}

#[test]
fn a_locked_document_says_so() {
    let manifest = b"<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let bytes = zip(&[("mimetype", MIMETYPE), ("META-INF/manifest.xml", manifest), ("content.xml", b"\x01\x02")]);
    assert_eq!(refusal(&bytes), "encrypted: locked by a password, no sheet can be read");
}

#[test]
fn a_document_cut_short_is_named() {
    let content = r#"<office:body><table:table table:name="Q3"><table:table-row><table:table-cell office:value-type="string"><text:p>x"#;
    let bytes =
        zip(&[("mimetype", MIMETYPE), ("META-INF/manifest.xml", MANIFEST), ("content.xml", content.as_bytes())]);
    let problem = problem(&bytes);
    assert_eq!(
        (&*problem.code, problem.at.as_deref(), &*problem.message),
        ("damaged", Some("Q3"), "the sheet is cut short")
    );
}
