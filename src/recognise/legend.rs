//! Scales that the workbook itself explains: a list of levels with names, a sentence `0 = none, 1 = ad hoc`, a
//! drop-down list, level texts as column headers.

use std::collections::BTreeMap;

use super::level;
use super::words::{Words, folded};
use crate::error::Place;
use crate::model::Level;
use crate::sheet::{Sheet, Value, Workbook};

/// A scale found in the workbook.
#[derive(Clone, Debug, PartialEq)]
pub struct Legend {
    /// Its levels, lowest first.
    pub levels: Vec<Level>,
    /// Marks for "nobody rated it" that stand among the levels with a number of their own: -2 Unranked.
    pub unranked: Vec<f64>,
    /// Where it stands.
    pub at: Place,
}

impl Legend {
    /// Whether a value is a level of it, halves between its ends included, or its mark for unranked.
    pub fn fits(&self, value: f64) -> bool {
        let (low, high) = (self.levels[0].value, self.levels[self.levels.len() - 1].value);
        (low..=high).contains(&value) || self.unranked.contains(&value)
    }

    /// From entries in order; `None` where they are no scale: fewer than two named levels, values not rising, names twice.
    fn from_entries(mut entries: Vec<Level>, at: Place, words: &Words, fewest: usize) -> Option<Self> {
        if entries.windows(2).all(|pair| pair[0].value > pair[1].value) {
            entries.reverse();
        }
        if !entries.windows(2).all(|pair| pair[0].value < pair[1].value) {
            return None;
        }
        // Two columns of levels side by side (`Level 4 | Level 2`) are ratings: a level is no other level's name.
        let named_after_another = |level: &Level| {
            let name = level.name.as_deref().and_then(level::number);
            name.is_some_and(|name| name.value != level.value)
        };
        if entries.iter().any(named_after_another) {
            return None;
        }
        let names: Vec<String> = entries.iter().filter_map(|level| level.name.as_deref().map(folded)).collect();
        let mut kinds = names.clone();
        kinds.sort();
        kinds.dedup();
        if kinds.len() < names.len() {
            return None;
        }
        let (unranked, levels): (Vec<Level>, Vec<Level>) = entries
            .into_iter()
            .partition(|level| level.name.as_deref().is_some_and(|name| words.is_not_assessed(&folded(name))));
        // A level "None" at the bottom of 0, 1, 2 is a level all the same: only a mark below the rest is unranked.
        let gap = unranked.len() == 1
            && levels.first().is_some_and(|first| unranked[0].value < first.value)
            && unranked[0].name.as_deref().is_some_and(|name| !["none"].contains(&folded(name).as_str()));
        let (levels, unranked) = match gap {
            true => (levels, unranked.iter().map(|level| level.value).collect()),
            false => {
                let mut all: Vec<Level> = levels.into_iter().chain(unranked).collect();
                all.sort_by(|a, b| a.value.total_cmp(&b.value));
                (all, Vec::new())
            }
        };
        (levels.len() >= fewest && levels.len() <= 21).then_some(Self { levels, unranked, at })
    }
}

/// All scales that the workbook explains, those of visible sheets first.
pub fn find(book: &Workbook, words: &Words) -> Vec<Legend> {
    let mut legends = Vec::new();
    let mut sheets: Vec<&Sheet> = book.sheets.iter().collect();
    sheets.sort_by_key(|sheet| !sheet.visible);
    for sheet in sheets {
        columns(sheet, words, &mut legends);
        sentences(sheet, words, &mut legends);
        headers(sheet, words, &mut legends);
    }
    for sheet in &book.sheets {
        for list in sheet.drop_downs.iter().take(200) {
            let place = list.cells.first().map_or(Place::sheet(&sheet.name), |block| {
                Place::cell(&sheet.name, block.first.row, block.first.col)
            });
            if let Some(legend) = drop_down(&list.entries, place, words)
                && !legends.iter().any(|known: &Legend| known.levels == legend.levels)
            {
                legends.push(legend);
            }
        }
    }
    legends.truncate(60);
    legends
}

/// A scale from the entries of a drop-down list, numbers or numbers with names.
pub fn drop_down(entries: &[String], at: Place, words: &Words) -> Option<Legend> {
    let levels: Vec<Level> = entries
        .iter()
        .filter(|entry| {
            let plain = folded(entry);
            !words.is_not_applicable(&plain) && !words.is_not_assessed(&plain) && !entry.trim().is_empty()
        })
        .map(|entry| {
            let found = level::number(entry)?;
            (found.form == level::Form::Number).then_some(Level {
                value: found.value,
                name: found.name,
                summary: None,
            })
        })
        .collect::<Option<_>>()?;
    Legend::from_entries(levels, at, words, 2)
}

/// Answers that the workbook itself turns into scores: texts with a number from 0 to 10 beside each, three or more
/// below each other, on hidden sheets and on sheets that hold lists. An answer with two scores has none.
pub fn scored_answers(book: &Workbook, words: &Words) -> Vec<(String, f64)> {
    let mut scores: BTreeMap<String, Option<f64>> = BTreeMap::new();
    let lists =
        book.sheets.iter().filter(|sheet| !sheet.visible || words.is_list_sheet(sheet.name.as_deref().unwrap_or("")));
    for sheet in lists {
        for col in 0..sheet.width().min(60) {
            let mut run: Vec<(String, f64, u32)> = Vec::new();
            let mut flush = |run: &mut Vec<(String, f64, u32)>| {
                if run.len() >= 3 {
                    for (text, number, _) in run.iter() {
                        let known = scores.entry(text.clone()).or_insert(Some(*number));
                        if *known != Some(*number) {
                            *known = None;
                        }
                    }
                }
                run.clear();
            };
            for row in sheet.rows.iter().take(2_000) {
                let text = match row.cell(col).map(|cell| &cell.value) {
                    Some(Value::Text(text)) if level::number(text).is_none() => folded(text),
                    _ => String::new(),
                };
                let number = match row.cell(col + 1).map(|cell| &cell.value) {
                    Some(Value::Number(number)) if (0.0..=10.0).contains(number) => Some(*number),
                    _ => None,
                };
                match number {
                    Some(number) if !text.is_empty() => {
                        if run.last().is_some_and(|(_, _, last)| last + 1 != row.index) {
                            flush(&mut run);
                        }
                        run.push((text, number, row.index));
                    }
                    _ => flush(&mut run),
                }
            }
            flush(&mut run);
        }
    }
    // Single words such as "no" and "partial" keep the meaning they have everywhere.
    scores
        .into_iter()
        .filter_map(|(text, score)| Some((text, score?)))
        .filter(|(text, _)| text.contains(' '))
        .collect()
}

/// Words of which one must stand over a column of levels or in its sheet's name.
const ABOUT_LEVELS: [&str; 24] = [
    "level",
    "levels",
    "scale",
    "score",
    "scores",
    "maturity",
    "rating",
    "ratings",
    "tier",
    "tiers",
    "stage",
    "legend",
    "stufe",
    "stufen",
    "reifegrad",
    "reifegrade",
    "skala",
    "legende",
    "nivel",
    "niveis",
    "niveles",
    "escala",
    "niveau",
    "echelle",
];

/// Words that make a list of numbers something else.
const ABOUT_OTHERS: [&str; 14] = [
    "likelihood",
    "impact",
    "risk",
    "severity",
    "probability",
    "priority",
    "weight",
    "effort",
    "min",
    "max",
    "phase",
    "step",
    "risiko",
    "prioritat",
];

fn about(text: &str, list: &[&str]) -> bool {
    folded(text).split(' ').any(|word| list.contains(&word))
}

/// Rows of number and name below each other.
fn columns(sheet: &Sheet, words: &Words, legends: &mut Vec<Legend>) {
    let named = about(sheet.name.as_deref().unwrap_or(""), &ABOUT_LEVELS);
    let width = sheet.width().min(60);
    for col in 0..width {
        let mut start = 0;
        while start < sheet.rows.len() && start < 3_000 {
            let run = run_from(sheet, start, col);
            if run.len() < 2 {
                start += 1;
                continue;
            }
            let next = start + run.len();
            let first = sheet.rows[start].index;
            // The header of the list stands in the row above or one further up.
            let head = sheet.rows[..start]
                .iter()
                .rev()
                .take(2)
                .filter(|row| row.index + 2 >= first)
                .flat_map(|row| row.cells.iter().filter(|(c, _)| (col..=col + 1).contains(c)))
                .map(|(_, cell)| cell.shown())
                .find(|text| !text.is_empty())
                .unwrap_or_default();
            let combined = run.iter().all(|level| level.0);
            let levels: Vec<Level> = run.into_iter().map(|(_, level)| level).collect();
            let speaks = (about(&head, &ABOUT_LEVELS) && !about(&head, &ABOUT_OTHERS))
                || (named && !about(&head, &ABOUT_OTHERS));
            let fewest = if named && !combined { 2 } else { 3 };
            if speaks
                && levels.len() <= 15
                && let Some(legend) = Legend::from_entries(levels, sheet.place(first, col), words, fewest)
            {
                legends.push(legend);
            }
            start = next;
        }
    }
}

/// The longest run of rows from `start` in which the column holds a number with a short text to its right, or both in
/// one cell (then the flag is set).
fn run_from(sheet: &Sheet, start: usize, col: u32) -> Vec<(bool, Level)> {
    let mut run: Vec<(bool, Level)> = Vec::new();
    let mut last: Option<u32> = None;
    for row in sheet.rows[start..].iter().take(30) {
        if last.is_some_and(|last| row.index != last + 1) {
            break;
        }
        let Some(cell) = row.cell(col) else { break };
        let text_at = |at: u32| match row.cell(at).map(|cell| &cell.value) {
            Some(Value::Text(text)) if !text.trim().is_empty() => Some(text.trim().replace('\n', " ")),
            _ => None,
        };
        let beside = text_at(col + 1);
        let found = match &cell.value {
            Value::Number(number) if !cell.percent => {
                beside.clone().filter(|name| name.chars().count() <= 40).map(|name| {
                    (
                        false,
                        Level {
                            value: *number,
                            name: Some(name),
                            summary: text_at(col + 2).filter(|text| text.chars().count() <= 300),
                        },
                    )
                })
            }
            Value::Text(text) => {
                level::number(text).filter(|found| found.form == level::Form::Number).and_then(|found| {
                    let name = found.name.or_else(|| beside.clone().filter(|name| name.chars().count() <= 40))?;
                    let combined = level::number(text).is_some_and(|found| found.name.is_some());
                    let summary =
                        if combined { beside } else { text_at(col + 2) }.filter(|text| text.chars().count() <= 300);
                    Some((combined, Level { value: found.value, name: Some(name), summary }))
                })
            }
            _ => None,
        };
        let Some(found) = found else { break };
        if found.1.value.abs() > 100.0 || run.last().is_some_and(|(kind, _)| *kind != found.0) {
            break;
        }
        last = Some(row.index);
        run.push(found);
    }
    run
}

/// `0 = Not performed, 1 = Ad hoc, 2 = Defined` in one cell.
fn sentences(sheet: &Sheet, words: &Words, legends: &mut Vec<Legend>) {
    for row in sheet.rows.iter().take(200) {
        for (col, cell) in row.cells.iter().take(60) {
            let Value::Text(text) = &cell.value else { continue };
            if text.len() > 2_000 || !text.contains(['=', ':', '-', '–', '—']) {
                continue;
            }
            if let Some(legend) = sentence(text, sheet.place(row.index, *col), words) {
                legends.push(legend);
            }
        }
    }
}

fn sentence(text: &str, at: Place, words: &Words) -> Option<Legend> {
    let parts: Vec<&str> = text.split([',', ';', '|', '\n', '•', '·']).map(str::trim).collect();
    let levels: Vec<Level> = parts
        .iter()
        .filter_map(|part| {
            // "Maturity scale: 0 = none": what stands before the number is no part of it.
            let start = part
                .char_indices()
                .find(|(at, c)| c.is_ascii_digit() && (*at == 0 || part[..*at].ends_with([' ', '-', '−', '(', ':'])))?
                .0;
            let start = if part[..start].ends_with(['-', '−']) {
                start - part[..start].chars().last()?.len_utf8()
            } else {
                start
            };
            let found = level::number(part[start..].trim_end_matches(['.', ')']))?;
            let name = found.name.filter(|name| name.chars().count() <= 40)?;
            (found.form == level::Form::Number && part[start..].contains(['=', ':', '-', '–', '—']))
                .then_some(Level { value: found.value, name: Some(name), summary: None })
        })
        .collect();
    if levels.len() < 3 || levels.len() * 2 < parts.len() {
        return None;
    }
    Legend::from_entries(levels, at, words, 3)
}

/// `1 Initial | 2 Managed | 3 Defined` side by side in a row: rubric columns.
fn headers(sheet: &Sheet, words: &Words, legends: &mut Vec<Legend>) {
    for row in sheet.rows.iter().take(60) {
        let mut run: Vec<(u32, Level)> = Vec::new();
        let flush = |run: &mut Vec<(u32, Level)>, legends: &mut Vec<Legend>| {
            let levels: Vec<Level> = run.iter().map(|(_, level)| level.clone()).collect();
            if levels.len() >= 3
                && let Some(legend) = Legend::from_entries(levels, sheet.place(row.index, run[0].0), words, 3)
            {
                legends.push(legend);
            }
            run.clear();
        };
        for (col, cell) in row.cells.iter().take(100) {
            let found = match &cell.value {
                Value::Text(text) => {
                    level::number(text).filter(|found| found.name.is_some() && found.form == level::Form::Number)
                }
                _ => None,
            };
            match found {
                Some(found) if run.last().is_none_or(|(last, _)| last + 1 == *col) => {
                    run.push((*col, Level { value: found.value, name: found.name, summary: None }));
                }
                _ => flush(&mut run, legends),
            }
        }
        flush(&mut run, legends);
    }
}

/// A range in a header or title: `Maturity (0-4)`, `[1..5]`, `scale 1 to 5`.
pub fn range_in(text: &str) -> Option<(f64, f64)> {
    let mut inside: Vec<String> = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find(['(', '[']) {
        let after = &rest[open + 1..];
        let Some(close) = after.find([')', ']']) else { break };
        inside.push(after[..close].to_owned());
        rest = &after[close + 1..];
    }
    if about(text, &ABOUT_LEVELS) && inside.is_empty() {
        // "Rating 1-5", "Reifegrad 0 bis 4": without brackets only behind a word about levels.
        let from = text.find(|c: char| c.is_ascii_digit())?;
        let from = if text[..from].ends_with(['-', '−']) { from - 1 } else { from };
        inside.push(text.get(from..)?.to_owned());
    }
    inside.iter().find_map(|text| range(text))
}

/// `0-4`, `1–5`, `0..5`, `0 to 10`, `-1 to 3`.
fn range(text: &str) -> Option<(f64, f64)> {
    let plain = text.trim().replace(['−', '–', '—'], "-").replace("..", "-").to_lowercase();
    let plain = [" to ", " bis ", " a ", " à ", " até ", " hasta ", "/"]
        .iter()
        .fold(plain, |text, word| text.replace(word, "-"));
    let plain: String = plain.chars().filter(|c| !c.is_whitespace() && !matches!(c, '%' | '+')).collect();
    let plain = plain.trim_start_matches(|c: char| c.is_alphabetic() || c == ':' || c == '=');
    let (negative, body) = match plain.strip_prefix('-') {
        Some(body) => (-1.0, body),
        None => (1.0, plain),
    };
    let (low, high) = body.split_once('-')?;
    let high: String = high.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    let low = negative * low.parse::<f64>().ok()?;
    let high = high.parse::<f64>().ok()?;
    (low < high && high - low <= 100.0 && low >= -10.0).then_some((low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_in_headers() {
        assert_eq!(range_in("Current Maturity (0-4)"), Some((0.0, 4.0)));
        assert_eq!(range_in("Maturity\n(1–5)"), Some((1.0, 5.0)));
        assert_eq!(range_in("Score [0..10]"), Some((0.0, 10.0)));
        assert_eq!(range_in("Score (-2 to +2)"), Some((-2.0, 2.0)));
        assert_eq!(range_in("Level (-1 to 3)"), Some((-1.0, 3.0)));
        assert_eq!(range_in("Reifegrad 0 bis 4"), Some((0.0, 4.0)));
        assert_eq!(range_in("Score Q3"), None);
        assert_eq!(range_in("Priority (H/M/L)"), None);
        assert_eq!(range_in("Current level"), None);
    }

    #[test]
    fn a_sentence_explains_a_scale() {
        let text = "0 = Not Performed, 1 = Ad Hoc, 2 = Repeatable, 3 = Defined, 4 = Managed";
        let legend = sentence(text, Place::sheet(&None), Words::shipped()).expect("a scale");
        assert_eq!(legend.levels.len(), 5);
        assert_eq!(legend.levels[1].name.as_deref(), Some("Ad Hoc"));
        let text = "-2 = Unranked; -1 = Regressive; 0 = Repeatable; 1 = Consistent";
        let legend = sentence(text, Place::sheet(&None), Words::shipped()).expect("a scale");
        assert_eq!((legend.levels.len(), legend.unranked), (3, vec![-2.0]));
    }
}
