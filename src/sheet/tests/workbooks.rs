//! `.xlsx`: values, formulas and the evidence around them.

use std::collections::BTreeSet;

use rust_xlsxwriter::{DataValidation, DocProperties, ExcelDateTime, Format, Formula, Workbook as Writer};

use super::*;

#[test]
fn values_keep_their_kind() {
    let mut writer = Writer::new();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let time = Format::new().set_num_format("yyyy-mm-dd hh:mm");
    let hours = Format::new().set_num_format("[h]:mm");
    let percent = Format::new().set_num_format("0%");
    let sign = Format::new().set_num_format("0\"%\"");
    let page = writer.add_worksheet();
    page.set_name("Q3 2025").expect("a name");
    page.write(0, 0, "Café\r\nnoir").expect("writes");
    page.write(0, 1, 2.5).expect("writes");
    page.write(0, 2, true).expect("writes");
    page.write_with_format(0, 3, ExcelDateTime::from_ymd(2026, 1, 31).expect("a date"), &date).expect("writes");
    page.write_with_format(
        0,
        4,
        ExcelDateTime::from_ymd(2026, 1, 31).expect("a date").and_hms(8, 30, 0).expect("a time"),
        &time,
    )
    .expect("writes");
    page.write_with_format(0, 5, 1.5, &hours).expect("writes");
    page.write_with_format(0, 6, 0.6, &percent).expect("writes");
    page.write_with_format(0, 7, 60, &sign).expect("writes");
    page.write_formula(1, 0, Formula::new("=B1*2").set_result("5")).expect("writes");
    page.write_formula(1, 1, Formula::new("=1/0").set_result("#DIV/0!")).expect("writes");
    page.write_with_format(1, 2, -1, &date).expect("writes");
    let bytes = writer.save_to_buffer().expect("saves");

    let sheet = sheet(&bytes);
    assert_eq!(sheet.name.as_deref(), Some("Q3 2025"));
    let value = |name| cell(&sheet, name).value.clone();
    assert_eq!(value("A1"), text("Café\nnoir"));
    assert_eq!(value("B1"), Value::Number(2.5));
    assert_eq!(value("C1"), Value::Bool(true));
    assert_eq!(value("D1"), Value::Date("2026-01-31".to_owned()));
    assert_eq!(value("E1"), Value::Date("2026-01-31T08:30:00".to_owned()));
    assert_eq!(value("F1"), Value::Duration(1.5));
    assert_eq!((value("G1"), cell(&sheet, "G1").percent), (Value::Number(0.6), true));
    assert_eq!((value("H1"), cell(&sheet, "H1").percent), (Value::Number(60.0), false));
    assert_eq!((value("A2"), cell(&sheet, "A2").formula.as_deref()), (Value::Number(5.0), Some("B1*2")));
    assert_eq!(value("B2"), Value::Error("#DIV/0!".to_owned()));
    assert_eq!(value("C2"), Value::Error("#####".to_owned()));
}

#[test]
fn the_evidence_around_cells_is_kept() {
    let mut writer = Writer::new();
    let properties = DocProperties::new().set_title("Gap analysis");
    writer.set_properties(&properties.set_creation_datetime(&ExcelDateTime::from_ymd(2025, 9, 30).expect("a date")));
    let page = writer.add_worksheet().set_name("Ratings").expect("a name");
    page.merge_range(0, 1, 0, 2, "Level", &Format::new()).expect("merges");
    for row in 1..5 {
        page.write(row, 1, row).expect("writes");
    }
    page.write(1, 4, "far").expect("writes");
    page.set_row_hidden(2).expect("hides");
    page.set_row_hidden(900).expect("hides");
    page.set_column_hidden(3).expect("hides");
    let inline = DataValidation::new().allow_list_strings(&["yes", "no"]).expect("a list");
    page.add_data_validation(1, 2, 4, 2, &inline).expect("validates");
    let from_cells = DataValidation::new().allow_list_formula(Formula::new("='My lists'!$B$1:$B$3"));
    page.add_data_validation(1, 1, 4, 1, &from_cells).expect("validates");
    let by_name = DataValidation::new().allow_list_formula(Formula::new("=Levels"));
    page.add_data_validation(1, 4, 1, 4, &by_name).expect("validates");
    let lists = writer.add_worksheet().set_name("My lists").expect("a name");
    lists.set_hidden(true);
    for (row, level) in ["Initial", "Managed", "Defined"].iter().enumerate() {
        lists.write(row as u32, 1, *level).expect("writes");
    }
    writer.define_name("Levels", "='My lists'!$B$2:$B$9").expect("names");
    let bytes = writer.save_to_buffer().expect("saves");

    let book = book(&bytes);
    assert_eq!(book.title.as_deref(), Some("Gap analysis"));
    assert_eq!(book.modified.as_deref(), Some("2025-09-30"));
    assert_eq!(book.sheets.iter().map(|sheet| sheet.visible).collect::<Vec<_>>(), [true, false]);
    let sheet = &book.sheets[0];
    assert_eq!(sheet.hidden_rows, Some(BTreeSet::from([2])));
    assert_eq!(sheet.hidden_columns, Some(BTreeSet::from([3])));
    let merged: Vec<String> = sheet.merges.iter().map(|block| format!("{}:{}", block.first, block.last)).collect();
    assert_eq!(merged, ["B1:C1"]);
    let lists: Vec<String> = sheet
        .drop_downs
        .iter()
        .map(|list| format!("{}:{} {}", list.cells[0].first, list.cells[0].last, list.entries.join("/")))
        .collect();
    assert_eq!(lists, ["B2:B5 Initial/Managed/Defined", "C2:C5 yes/no", "E2:E2 Managed/Defined"]);
}

#[test]
fn lists_of_the_newer_kind_are_found() {
    let sheet = r#"<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><extLst><ext><x14:dataValidations><x14:dataValidation type="list"><x14:formula1><xm:f>"a, ""b"""</xm:f></x14:formula1><xm:sqref>A1 C3:C9</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"#;
    let found = super::sheet(&xlsx_with(sheet, &[])).drop_downs;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].entries, ["a", "\"b\""]);
    assert!(found[0].cells[1].holds(8, 2) && !found[0].cells[1].holds(9, 2));
}

#[test]
fn a_formula_without_result_is_told_from_an_empty_one() {
    let rows = r#"<row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><f>X1&amp;""</f><v></v></c><c r="C1" t="str"><f>D1</f><v></v></c><c r="D1" s="3"/></row>"#;
    let sheet = sheet(&xlsx(rows));
    assert_eq!((&cell(&sheet, "A1").value, cell(&sheet, "A1").formula.as_deref()), (&Value::Blank, Some("1+1")));
    assert_eq!((&cell(&sheet, "B1").value, cell(&sheet, "B1").formula.as_deref()), (&Value::Blank, Some("X1&\"\"")));
    assert_eq!((&cell(&sheet, "C1").value, cell(&sheet, "C1").formula.as_deref()), (&text(""), Some("D1")));
    assert_eq!(sheet.cell(0, 3), None);
}

#[test]
fn shared_formulas_are_translated() {
    let rows = r#"<row r="2"><c r="C2"><f t="shared" ref="C2:C3" si="0">B2-$A$1</f><v>1</v></c></row><row r="3"><c r="C3"><f t="shared" si="0"/><v>2</v></c><c r="D3"><f t="shared" si="4294967295"/></c></row>"#;
    let sheet = sheet(&xlsx(rows));
    assert_eq!(cell(&sheet, "C3").formula.as_deref(), Some("B3-$A$1"));
    assert_eq!(cell(&sheet, "D3").formula.as_deref(), Some(""));
}

#[test]
fn odd_values_become_errors_of_their_cell() {
    let rows = r##"<row r="1"><c r="A1" t="e"><v>#SPILL!</v></c><c r="B1"><v>NaN</v></c><c r="C1"><v>1e309</v></c><c r="D1" t="e"><f>X()</f><v>#CALC!</v></c><c r="E1" t="e"><v>#N/A</v></c><c r="F1"><v>4</v></c></row>"##;
    let sheet = sheet(&xlsx(rows));
    let values: Vec<String> = shown(&sheet);
    assert_eq!(values, ["A1=#SPILL!", "B1=NaN", "C1=inf", "D1=#CALC!", "E1=#N/A", "F1=4"]);
    assert!(["A1", "B1", "C1", "D1", "E1"].iter().all(|name| matches!(cell(&sheet, name).value, Value::Error(_))));
}

#[test]
fn cells_without_places_and_rows_out_of_order_are_sorted() {
    let rows = r#"<row r="9"><c r="B9"><v>9</v></c></row><row r="2"><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"#;
    assert_eq!(shown(&sheet(&xlsx(rows))), ["A2=1", "B2=2", "A3=3", "B9=9"]);
}

#[test]
fn a_cell_that_stands_twice_is_said() {
    let book = book(&xlsx(r#"<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>"#));
    assert_eq!(shown(&book.sheets[0]), ["A1=2"]);
    assert_eq!((&*book.notes[0].code, book.notes[0].at.as_deref()), ("cell-twice", Some("Q3!A1")));
}

#[test]
fn escaped_and_rich_texts_come_as_text() {
    let strings = r#"<sst uniqueCount="2"><si><r><t>Test</t></r><r><t xml:space="preserve"> ing</t></r></si><si><t>a_x000D__x000A_b_x0007_</t></si></sst>"#;
    let sheet = r#"<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>in</t></is></c></row></sheetData></worksheet>"#;
    let book = book(&xlsx_with(sheet, &[("xl/sharedStrings.xml", strings.as_bytes())]));
    assert_eq!(shown(&book.sheets[0]), ["A1=Test ing", "B1=a\nb\u{fffd}", "C1=in"]);
    assert_eq!(book.notes.len(), 1);
}

#[test]
fn empty_and_chart_sheets() {
    let mut writer = Writer::new();
    writer.add_worksheet().set_name("Empty").expect("a name");
    let mut chart = rust_xlsxwriter::Chart::new(rust_xlsxwriter::ChartType::Bar);
    chart.add_series().set_values("Empty!$A$1:$A$3");
    writer.add_chartsheet().insert_chart(0, 0, &chart).expect("inserts");
    writer.add_worksheet().set_name("Data").expect("a name").write(0, 0, 1).expect("writes");
    let book = book(&writer.save_to_buffer().expect("saves"));
    let names: Vec<_> = book.sheets.iter().map(|sheet| (sheet.name.as_deref(), sheet.rows.len())).collect();
    assert_eq!(names, [(Some("Empty"), 0), (Some("Data"), 1)]);
}
