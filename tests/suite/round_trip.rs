//! Random assessments, written in each layout and encoding and read back: the same ratings, or a stop with a message,
//! never other numbers. `ROUND_TRIPS=5000` tries more of them, other ones each time.

use std::collections::BTreeMap;

use gapwise::assessment::{Assessment, Score};
use gapwise::recognise::{Wishes, recognise};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::write::assessed::{Assessed, ENCODINGS, Encoding, LAYOUTS, Layout, Line, SCALES, State};
use crate::write::{Book, biff12, text, xlsx};

/// The file formats that tests can write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Xlsx,
    Xlsb,
    Comma,
    Semicolon,
    Tab,
    Utf16,
    Windows1252,
}

const FORMATS: [Format; 7] =
    [Format::Xlsx, Format::Xlsb, Format::Comma, Format::Semicolon, Format::Tab, Format::Utf16, Format::Windows1252];

fn file(book: &Book, format: Format) -> Vec<u8> {
    let sheet = &book.sheets[0];
    match format {
        Format::Xlsx => xlsx::bytes(book),
        Format::Xlsb => biff12::bytes(book),
        Format::Comma => text::table(sheet, text::COMMA).into_bytes(),
        Format::Semicolon => text::table(sheet, text::SEMICOLON).into_bytes(),
        Format::Tab => text::table(sheet, text::TAB).into_bytes(),
        Format::Utf16 => text::utf16(&text::table(sheet, text::TAB)),
        Format::Windows1252 => text::windows_1252(&text::table(sheet, text::SEMICOLON)).expect("Latin letters"),
    }
}

/// What was read, in the terms of what was written.
pub fn lines(assessment: &Assessment) -> Vec<Line> {
    let state = |score: &Score| match score {
        Score::Level(level) => State::Level(*level),
        Score::NotApplicable => State::NotApplicable,
        Score::NotAssessed => State::NotAssessed,
        Score::Invalid(_) => State::Invalid,
    };
    let mut lines: Vec<Line> = assessment
        .ratings
        .iter()
        .map(|rating| Line {
            area: rating.area.join(" / "),
            practice: rating.practice_id.clone().or(rating.practice.clone()),
            subject: rating.subject.clone(),
            current: state(&rating.current),
            // Whether a target stands beside what does not apply is of no account.
            target: rating.target.level().filter(|_| rating.current != Score::NotApplicable),
            weight: rating.weight,
        })
        .collect();
    lines.sort_by(Line::by_name);
    lines
}

fn assessed() -> impl Strategy<Value = Assessed> {
    let state = prop_oneof![
        16 => any::<Index>().prop_map(Some).prop_map(Ok),
        2 => Just(Err(State::NotApplicable)),
        3 => Just(Err(State::NotAssessed)),
    ];
    let shape = (2..6_usize, 2..5_usize, proptest::collection::vec(1..4_usize, 6), select(&SCALES[..]));
    let cells = proptest::collection::vec((state, any::<Index>(), 0..4_u8), 100);
    let style = (any::<u64>(), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (shape, cells, style).prop_map(|(shape, cells, style)| Assessed::new(shape, &cells, style))
}

fn case() -> impl Strategy<Value = (Assessed, Layout, Encoding, Format)> {
    (assessed(), select(&LAYOUTS[..]), select(&ENCODINGS[..]), select(&FORMATS[..]))
}

#[test]
fn written_and_read_back() {
    let wider: Option<u32> = std::env::var("ROUND_TRIPS").ok().and_then(|cases| cases.parse().ok());
    let mut runner = match wider {
        Some(_) => TestRunner::default(),
        None => TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha)),
    };
    let (mut told, mut wrong) = (BTreeMap::<String, Told>::new(), BTreeMap::<String, Vec<String>>::new());
    for _ in 0..wider.unwrap_or(600) {
        let mut tree = case().new_tree(&mut runner).expect("a case can be made");
        let layout = format!("{:?}", tree.current().1);
        let told = told.entry(layout.clone()).or_default();
        match outcome(tree.current()) {
            Outcome::Same => told.same += 1,
            Outcome::NotWritten => {}
            Outcome::Stopped(message) => {
                assert!(message.len() > 10, "a stop needs a message: {message}");
                told.stopped.push(message);
            }
            Outcome::Other(mut difference) => {
                let wrong = wrong.entry(layout).or_default();
                for _ in 0..if wrong.len() < 2 { 300 } else { 0 } {
                    let smaller = tree.simplify();
                    match outcome(tree.current()) {
                        _ if !smaller => break,
                        Outcome::Other(again) => difference = again,
                        _ if tree.complicate() => {}
                        _ => break,
                    }
                }
                wrong.push(difference);
            }
        }
    }
    for (layout, Told { same, stopped }) in &told {
        println!("{layout}: {same} read, {} stopped", stopped.len());
        stopped.iter().take(2).for_each(|message| println!("    {message}"));
    }
    let wrong = wrong.iter().map(|(layout, cases)| {
        let first: String = cases.iter().take(2).map(|case| format!("{case}\n")).collect();
        format!("{layout}: {} read as other ratings\n{first}", cases.len())
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for (layout, Told { same, stopped }) in &told {
        assert!(*same > 4 * stopped.len(), "{layout}: {same} read, {} stopped: {:?}", stopped.len(), stopped.first());
    }
}

#[derive(Default)]
struct Told {
    same: usize,
    stopped: Vec<String>,
}

enum Outcome {
    Same,
    Stopped(String),
    Other(String),
    /// A text file holds one sheet.
    NotWritten,
}

fn outcome((assessed, layout, encoding, format): (Assessed, Layout, Encoding, Format)) -> Outcome {
    let encoding = assessed.fitting(encoding);
    let (book, wanted) = assessed.write(layout, encoding);
    if book.sheets.len() > 1 && !matches!(format, Format::Xlsx | Format::Xlsb) {
        return Outcome::NotWritten;
    }
    let read = gapwise::sheet::read("made.file", &file(&book, format));
    match read.and_then(|book| recognise(&book, &Wishes::default())) {
        Err(problems) => Outcome::Stopped(problems.to_string()),
        Ok(read) => match lines(&read.value) {
            found if found == wanted => Outcome::Same,
            found => Outcome::Other(format!("{encoding:?} in {format:?}\n{}", unlike(&book, &wanted, &found))),
        },
    }
}

/// The first differences between what was written and what was read, and the table.
fn unlike(book: &Book, wanted: &[Line], found: &[Line]) -> String {
    let lost = wanted.iter().filter(|line| !found.contains(line)).map(|line| format!("  - {line:?}"));
    let new = found.iter().filter(|line| !wanted.contains(line)).map(|line| format!("  + {line:?}"));
    let mut lines: Vec<String> = lost.take(6).chain(new.take(6)).collect();
    for sheet in book.sheets.iter().take(2) {
        lines.push(format!("== {}", sheet.name));
        lines.extend(text::table(sheet, text::TAB).lines().map(|line| line.replace('\t', " | ")));
    }
    lines.join("\n")
}
