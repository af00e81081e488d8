//! Chapter "Method": what the figures mean, how the file was read, and every remark on it.

use super::composer::{Composer, Detail};
use super::{Block, Card, Cell, Column, Line, Row, Section, Table, model, table};
use crate::assessment::TableRead;

/// Most warnings printed; a file with more has one cause behind them.
const MOST: usize = 60;

pub(super) fn section(c: &Composer) -> Section {
    let overall = &c.analysis.overall;
    let mut blocks = vec![heading(c, "figures-meaning", "method.figures"), Block::Cards(figures(c))];
    blocks.extend(means_differ(c).map(Block::Note));
    blocks.extend(model::sources(c));
    blocks.extend(reading(c));
    blocks.extend(warnings(c));
    blocks.extend(sources(c).into_iter().map(Block::Note));
    let args = [("n", overall.assessed.to_string()), ("m", overall.applicable.to_string())];
    Section {
        id: "method".to_owned(),
        nav: c.say("nav.method", &[]),
        title: c.say("method.title", &[("n", &args[0].1), ("m", &args[1].1)]),
        lead: c.say("method.lead", &[]),
        depth: 1,
        new_page: false,
        paper_only: false,
        blocks,
    }
}

fn heading(c: &Composer, id: &str, key: &str) -> Block {
    Block::Heading { id: id.to_owned(), text: c.say(key, &[]), lead: String::new() }
}

/// What each figure means, its formula in words.
fn figures(c: &Composer) -> Vec<Card> {
    let card = |title: &str, text: &str| Card {
        number: String::new(),
        title: c.say(title, &[]),
        lines: vec![Line::plain(c.say(text, &[]))],
    };
    let mut cards = vec![match c.weighted {
        true => card("method.level", "method.level-weighted"),
        false => card("method.level", "method.level-plain"),
    }];
    if c.targeted {
        cards.push(card("method.gap", "method.gap-text"));
    }
    cards.push(card("method.overall", "method.overall-text"));
    if c.targeted {
        cards.push(card("method.percent", "method.percent-text"));
    }
    if c.analysis.previous.is_some() {
        cards.push(card("method.change", "method.change-text"));
    }
    if c.analysis.forecast.is_some() {
        cards.push(card("forecast.method", "forecast.method-text"));
    }
    cards.push(card("method.coverage", "method.coverage-text"));
    cards.push(card("method.rounding", "method.rounding-text"));
    cards
}

/// Why the overall level and the mean of all ratings differ, where they visibly do.
fn means_differ(c: &Composer) -> Option<String> {
    let overall = &c.analysis.overall;
    let (level, mean) = overall.current.zip(overall.rating_mean)?;
    (!c.numbers.alike(level, mean)).then(|| {
        let args = [("mean", c.numbers.mean(mean)), ("level", c.numbers.mean(level))];
        let args = [("mean", args[0].1.as_str()), ("level", args[1].1.as_str())];
        match c.weighted {
            true => c.say("method.means-differ-weighted", &args),
            false => c.say("method.means-differ", &args),
        }
    })
}

/// How the file was read: its columns, words taken for levels, what was left out and noticed.
fn reading(c: &Composer) -> Vec<Block> {
    let reading = &c.analysis.reading;
    let mut blocks = Vec::new();
    for (place, read) in reading.tables.iter().enumerate() {
        blocks.push(Block::Heading {
            id: format!("reading-{}", place + 1),
            text: match reading.tables.len() {
                1 => c.say("method.read", &[]),
                _ => c.say("method.read-part", &[("n", &(place + 1).to_string())]),
            },
            lead: place_of(c, read),
        });
        if !read.columns.is_empty() {
            blocks.push(Block::Table(columns(c, read, place)));
        }
    }
    if !reading.scale_because.is_empty() {
        let key = if reading.scale_guessed { "method.scale-guessed" } else { "method.scale" };
        let (low, high) = (c.analysis.scale.lowest(), c.analysis.scale.highest());
        let args = [("low", c.numbers.level(low)), ("high", c.numbers.level(high))];
        blocks.push(Block::Note(
            c.say(key, &[("low", &args[0].1), ("high", &args[1].1), ("because", &reading.scale_because)]),
        ));
    }
    if !reading.words.is_empty() {
        blocks.push(heading(c, "words-read", "method.words"));
        blocks.push(Block::Table(words_read(c)));
    }
    if !reading.left_out.is_empty() {
        blocks.push(heading(c, "left-out", "method.left-out"));
        blocks.push(Block::Table(left_out(c)));
    }
    blocks.extend(reading.notes.iter().map(|note| Block::Note(sentence(note))));
    blocks
}

/// `bank.xlsx, sheet Q4, header in row 4, ratings in rows 5 to 64`.
fn place_of(c: &Composer, read: &TableRead) -> String {
    let file = c.analysis.input.as_ref().map_or("", |input| input.file.as_str());
    let (first, last) = (read.rows.0.to_string(), read.rows.1.to_string());
    let header = read.header_row.to_string();
    let args = [
        ("file", file),
        ("sheet", read.sheet.as_str()),
        ("header", header.as_str()),
        ("first", first.as_str()),
        ("last", last.as_str()),
    ];
    match (read.sheet.is_empty(), read.header_row) {
        (true, 0) => c.say("method.place-headless", &args),
        (true, _) => c.say("method.place", &args),
        (false, 0) => c.say("method.place-sheet-headless", &args),
        (false, _) => c.say("method.place-sheet", &args),
    }
}

fn columns(c: &Composer, read: &TableRead, place: usize) -> Table {
    let rows = read
        .columns
        .iter()
        .map(|column| {
            let unread = column.role == "not read";
            let role = if unread { c.say("method.not-read", &[]) } else { column.role.clone() };
            Row::of(vec![
                Cell::code(column.letter.clone()),
                match column.header.trim() {
                    "" => Cell::muted(c.say("method.no-header", &[])),
                    header => Cell::strong(header),
                },
                if unread { Cell::muted(role) } else { Cell::plain(role) },
                Cell::muted(or_none(c, &column.because)),
            ])
        })
        .collect();
    Table {
        id: format!("table-reading-{}", place + 1),
        caption: c.say("method.read-table", &[]),
        show_caption: false,
        columns: vec![
            Column::words("column", c.say("head.column", &[]), 6.0),
            Column::words("header", c.say("head.header", &[]), 24.0),
            Column::words("role", c.say("head.role", &[]), 12.0),
            Column::words("because", c.say("head.because", &[]), 45.0),
        ],
        rows,
        interactive: false,
    }
}

/// A phrase of the reader, or a dash where it gave none; no cell is empty.
fn or_none(c: &Composer, text: &str) -> String {
    match text.trim() {
        "" => c.say("phrase.nothing", &[]),
        text => text.to_owned(),
    }
}

fn words_read(c: &Composer) -> Table {
    let words = &c.analysis.reading.words;
    Table {
        id: "table-words".to_owned(),
        caption: c.say("method.words", &[]),
        show_caption: false,
        columns: vec![
            Column::words(
                "word",
                c.say("head.word", &[]),
                table::share_of(words.iter().map(|(word, _)| word.as_str()), 10.0, 40.0),
            ),
            Column::numbers("value", c.say("head.level", &[]), 8.0),
        ],
        rows: words
            .iter()
            .map(|(word, level)| {
                let level = super::composer::figure(c.numbers.level(*level), Some(*level), super::Tone::Current);
                Row::of(vec![Cell::strong(word.clone()), level])
            })
            .collect(),
        interactive: false,
    }
}

fn left_out(c: &Composer) -> Table {
    let rows = c
        .analysis
        .reading
        .left_out
        .iter()
        .map(|it| Row::of(vec![Cell::strong(it.what.clone()), Cell::plain(or_none(c, &it.because))]))
        .collect();
    Table {
        id: "table-left-out".to_owned(),
        caption: c.say("method.left-out", &[]),
        show_caption: false,
        columns: vec![
            Column::words("what", c.say("head.what", &[]), 24.0),
            Column::words("because", c.say("head.because", &[]), 60.0),
        ],
        rows,
        interactive: false,
    }
}

fn warnings(c: &Composer) -> Vec<Block> {
    let warnings = &c.analysis.warnings;
    if warnings.is_empty() {
        return vec![Block::Note(c.say("method.no-warnings", &[]))];
    }
    let rows = warnings
        .iter()
        .take(MOST)
        .map(|warning| {
            Row::of(vec![
                Cell::code(warning.code.to_string()),
                match &warning.at {
                    Some(at) => Cell::code(at.clone()),
                    None => Cell::muted(c.say("method.whole-file", &[])),
                },
                Cell::plain(warning.message.clone()),
            ])
        })
        .collect();
    let mut blocks = vec![
        Block::Heading {
            id: "warnings".to_owned(),
            text: c.count("method.warnings", warnings.len(), &[]),
            lead: String::new(),
        },
        Block::Table(Table {
            id: "table-warnings".to_owned(),
            caption: c.say("method.warnings-table", &[]),
            show_caption: false,
            columns: vec![
                Column::words("code", c.say("head.code", &[]), 20.0),
                Column::words("cell", c.say("head.cell", &[]), 14.0),
                Column::words("message", c.say("head.message", &[]), 54.0),
            ],
            rows,
            interactive: false,
        }),
    ];
    if warnings.len() > MOST {
        blocks.push(Block::Note(c.count("method.more-warnings", warnings.len() - MOST, &[])));
    }
    blocks
}

/// Files with their hashes, and the program.
fn sources(c: &Composer) -> Vec<String> {
    let mut notes = Vec::new();
    if c.detail == Detail::Summary {
        notes.push(c.say("method.short", &[]));
    }
    let inputs: Vec<_> = c.analysis.input.iter().chain(&c.analysis.inputs).collect();
    notes
        .extend(inputs.iter().map(|input| c.say("method.source", &[("file", &input.file), ("hash", &input.sha256)])));
    notes.push(c.say("method.generator", &[("generator", &c.analysis.generator), ("schema", &c.analysis.schema)]));
    notes
}

/// A phrase as a sentence: its first letter large, a full stop at its end.
fn sentence(phrase: &str) -> String {
    let phrase = phrase.trim();
    let mut letters = phrase.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    let stop = if phrase.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}
