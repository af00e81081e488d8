//! The ratings as CSV: one row each, with its gap, for spreadsheets and scripts.

use crate::analysis::{Analysis, RatingLine, State};

/// The columns, in order; scripts go by their names.
const COLUMNS: [&str; 18] = [
    "area",
    "path",
    "practice_id",
    "practice",
    "subject",
    "current",
    "target",
    "gap",
    "weight",
    "state",
    "target_state",
    "written",
    "owner",
    "due",
    "evidence",
    "action",
    "file",
    "at",
];

/// The ratings as CSV with a header, UTF-8, lines ended by CR LF (RFC 4180). Numbers carry full precision with `-` as
/// minus, an unknown is blank; `path` names the areas from the top down, joined with ` > `.
///
/// A text that a spreadsheet program would run as a formula gets a leading `'`.
pub fn csv(analysis: &Analysis) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let file = analysis.input.as_ref().map(|input| input.file.as_str());
    let rows = analysis.ratings.iter().map(|rating| record(rating, file));
    writer
        .write_record(COLUMNS)
        .and_then(|()| rows.into_iter().try_for_each(|row| writer.write_record(row)))
        .expect("rows of one length go into memory");
    writer.into_inner().expect("memory takes every flush")
}

fn record(rating: &RatingLine, file: Option<&str>) -> Vec<String> {
    let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    let words = |text: &Option<String>| text.as_deref().map(text_cell).unwrap_or_default();
    vec![
        text_cell(&rating.area),
        text_cell(&rating.path.join(" > ")),
        words(&rating.practice_id),
        words(&rating.practice),
        words(&rating.subject),
        number(rating.current),
        number(rating.target),
        number(rating.gap),
        number(Some(rating.weight)),
        state(rating.state).to_owned(),
        state(rating.target_state).to_owned(),
        // A negative level is a number and nothing that runs.
        match rating.written.parse::<f64>().is_ok_and(f64::is_finite) {
            true => rating.written.clone(),
            false => text_cell(&rating.written),
        },
        words(&rating.owner),
        words(&rating.due),
        words(&rating.evidence),
        words(&rating.action),
        text_cell(rating.file.as_deref().or(file).unwrap_or_default()),
        text_cell(&rating.at),
    ]
}

/// The state's name in the JSON.
fn state(state: State) -> &'static str {
    match state {
        State::Level => "level",
        State::NotApplicable => "not-applicable",
        State::NotAssessed => "not-assessed",
        State::Invalid => "invalid",
    }
}

/// Disarms what Excel, LibreOffice and others take for a formula: a leading `=`, `+`, `-`, `@`, tab or line break, also
/// in full width.
fn text_cell(text: &str) -> String {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples::{analysis_of, assessment};

    #[test]
    fn one_row_a_rating_and_nothing_that_runs() {
        let mut hostile = assessment(&[
            "Testing/=cmd() | +1 practice | @Core | -0.1 | 2 | 5 | | -M. Okafor | 2026-06-30 | Say \"no, thanks\"",
            "Testing/＝SUM(A1) | \u{442}\u{435}\u{441}\u{442} | Web | n/a |",
            "Data | | Web | x | 1",
        ]);
        hostile.ratings[1].practice_id = Some("5.10".to_owned());
        hostile.ratings[2].evidence = Some("two\nlines".to_owned());
        let text = String::from_utf8(csv(&analysis_of(hostile))).expect("UTF-8");
        let expected = [
            "area,path,practice_id,practice,subject,current,target,gap,weight,state,target_state,written,owner,due,evidence,action,file,at",
            "'=cmd(),Testing > =cmd(),,'+1 practice,'@Core,-0.1,2,2.1,5,level,level,-0.1,'-M. Okafor,2026-06-30,,\"Say \"\"no, thanks\"\"\",sample.xlsx,Q4!C5",
            "'＝SUM(A1),Testing > ＝SUM(A1),5.10,\u{442}\u{435}\u{441}\u{442},Web,,,,1,not-applicable,not-assessed,n/a,,,,,sample.xlsx,Q4!C6",
            "Data,Data,,,Web,,1,,1,invalid,level,x,,,\"two\nlines\",,sample.xlsx,Q4!C7",
            "",
        ];
        assert_eq!(text, expected.join("\r\n"));
        for start in ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "＝1"] {
            assert_eq!(text_cell(start), format!("'{start}"));
        }
        assert_eq!(text_cell("a=b"), "a=b");
    }
}
