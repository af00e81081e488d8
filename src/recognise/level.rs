//! What one cell says about a level: a number, a number with a name, a word, a mark, or something that is no level.

use std::collections::BTreeMap;

use super::words::{Words, folded};
use crate::error::quoted;
use crate::model::Kind;
use crate::sheet::{Cell, Value};

/// What a cell says.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Nothing stands there, or a sign for it (`-`, `tbd`).
    NotAssessed,
    /// It does not apply.
    NotApplicable,
    /// A level.
    Level(Found),
    /// Something else stands there.
    Not(Why),
}

/// A level as found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Its value.
    pub value: f64,
    /// The name written beside the number: `Repeatable` in `2 - Repeatable`.
    pub name: Option<String>,
    /// How it is written.
    pub form: Form,
    /// Of how many, where the cell says so: 5 in `3/5` and `★★★☆☆`.
    pub of: Option<f64>,
}

/// How a level is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// A bare number, or one after a word such as `Level`.
    Number,
    /// A share: 60 %, with a value of 0.6.
    Percent,
    /// The name of a level that a legend or the user gives.
    Name,
    /// A word of status or a sign, worth a share in place from 0 to 1.
    Status,
    /// A word of competence.
    Competence,
    /// A measured value, placed by the model's thresholds.
    Measured,
}

/// Why a cell is no level.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// An error value.
    Error(String),
    /// A date or duration.
    Date(String),
    /// TRUE or FALSE.
    Bool,
    /// A formula without a stored result.
    Formula(String),
    /// A text.
    Text(String),
    /// No value that the metric of its row can measure.
    Measured { text: String, wanted: Kind, unit: String },
}

impl Why {
    /// The reason as a phrase.
    pub fn phrase(&self) -> String {
        match self {
            Why::Error(error) => format!("{} is an error value", quoted(error)),
            Why::Date(date) => format!("{} is a date", quoted(date)),
            Why::Bool => "TRUE or FALSE is no level".to_owned(),
            Why::Formula(formula) => format!("{} has no stored result", quoted(&format!("={formula}"))),
            Why::Text(text) => format!("{} is no level", quoted(text)),
            Why::Measured { text, wanted, .. } => format!("{} is no {}", quoted(text), wanted.noun()),
        }
    }
}

/// The names that stand for levels in this workbook: folded name -> value.
pub type Names = BTreeMap<String, f64>;

/// The name under which a word is known: folded; a sign such as `◑`, which folding takes off, as it stands.
pub fn name_key(text: &str) -> String {
    let plain = folded(text);
    if plain.is_empty() { text.trim().to_owned() } else { plain }
}

/// Reads one cell; `None` and a blank say nobody answered.
pub fn answer(cell: Option<&Cell>, words: &Words, names: &Names) -> Answer {
    let Some(cell) = cell else { return Answer::NotAssessed };
    match &cell.value {
        Value::Blank => match &cell.formula {
            Some(formula) => Answer::Not(Why::Formula(formula.to_string())),
            None => Answer::NotAssessed,
        },
        Value::Number(number) => {
            let form = if cell.percent { Form::Percent } else { Form::Number };
            Answer::Level(Found { value: settled(*number), name: None, form, of: None })
        }
        Value::Text(text) => text_answer(text, words, names),
        Value::Bool(_) => Answer::Not(Why::Bool),
        Value::Date(date) => Answer::Not(Why::Date(date.clone())),
        Value::Duration(days) => Answer::Not(Why::Date(format!("{days} days"))),
        // `#N/A` typed or computed stands for "no answer found": an error all the same, never a level.
        Value::Error(error) => Answer::Not(Why::Error(error.clone())),
    }
}

/// A number a hair's breadth off a short decimal, as sums of fractions leave it, is that decimal.
fn settled(number: f64) -> f64 {
    let rounded = (number * 1e9).round() / 1e9;
    if (number - rounded).abs() < 1e-12 { rounded + 0.0 } else { number }
}

/// Reads a text as an answer.
pub fn text_answer(text: &str, words: &Words, names: &Names) -> Answer {
    let trimmed = text.trim().trim_matches('\u{a0}').trim();
    if trimmed.is_empty() || trimmed.chars().all(|c| matches!(c, '-' | '–' | '—' | '?' | '.' | '_' | '*' | '…' | '/'))
    {
        return Answer::NotAssessed;
    }
    if trimmed.chars().count() > 200 {
        return Answer::Not(Why::Text(text.to_owned()));
    }
    let plain = folded(trimmed);
    if let Some(value) = names.get(&name_key(trimmed)) {
        return level(*value, None, Form::Name);
    }
    // `Not applicable - outsourced` says why.
    let reasoned = trimmed.split_once([',', ';', ':', '–', '—']).or_else(|| trimmed.split_once(" - "));
    let reasoned = reasoned.is_some_and(|(word, _)| words.is_not_applicable(&folded(word)));
    if words.is_not_applicable(&plain) || reasoned || trimmed.eq_ignore_ascii_case("n/a") {
        return Answer::NotApplicable;
    }
    if words.is_not_assessed(&plain) {
        return Answer::NotAssessed;
    }
    if let Some(found) = number(trimmed) {
        return Answer::Level(found);
    }
    if let Some(found) = stars(trimmed) {
        return Answer::Level(found);
    }
    if let Some(value) = sign(trimmed) {
        return level(value, None, Form::Status);
    }
    if let Some(value) = words.status(&plain) {
        return level(value, None, Form::Status);
    }
    if let Some(value) = words.competence(&plain) {
        return level(value, None, Form::Competence);
    }
    // A sign before or behind the word: `✓ Implemented`, `Partial (see notes)`.
    let outside = folded(&super::words::without_brackets(trimmed));
    if outside != plain {
        if let Some(value) = names.get(&outside) {
            return level(*value, None, Form::Name);
        }
        if let Some(value) = words.status(&outside) {
            return level(value, None, Form::Status);
        }
        if words.is_not_applicable(&outside) {
            return Answer::NotApplicable;
        }
    }
    Answer::Not(Why::Text(text.to_owned()))
}

fn level(value: f64, name: Option<String>, form: Form) -> Answer {
    Answer::Level(Found { value, name, form, of: None })
}

/// A row of stars: as many as are full; the empty ones say of how many.
fn stars(text: &str) -> Option<Found> {
    let signs: Vec<char> = text.chars().filter(|c| !c.is_whitespace() && *c != '\u{fe0f}').collect();
    let full = signs.iter().filter(|c| matches!(c, '★' | '⭐')).count();
    let empty = signs.iter().filter(|c| **c == '☆').count();
    let of = (empty > 0).then_some(signs.len() as f64);
    (!signs.is_empty() && full + empty == signs.len() && signs.len() <= 10).then_some(Found {
        value: full as f64,
        name: None,
        form: Form::Number,
        of,
    })
}

/// Harvey balls, ticks and crosses that stand for a share.
fn sign(text: &str) -> Option<f64> {
    let mut chars = text.chars().filter(|c| !c.is_whitespace() && *c != '\u{fe0f}');
    let first = chars.next()?;
    if chars.next().is_some() {
        return None;
    }
    match first {
        '○' | '◯' | '⚪' => Some(0.0),
        '◔' => Some(0.25),
        '◑' | '◐' | '◒' | '◓' => Some(0.5),
        '◕' => Some(0.75),
        '●' | '⬤' | '⚫' => Some(1.0),
        '✓' | '✔' | '☑' | '✅' => Some(1.0),
        '✗' | '✘' | '❌' | '✕' | '☐' => Some(0.0),
        _ => None,
    }
}

/// Whether a text is a mark: a tick or a cross put into a level's column.
pub fn is_mark(text: &str) -> bool {
    matches!(
        text.trim().trim_end_matches('\u{fe0f}').to_lowercase().as_str(),
        "x" | "✓" | "✔" | "☑" | "✅" | "●" | "✗" | "✘" | "⬤" | "yes" | "ja" | "y" | "•"
    )
}

/// Words that stand before a level's number.
const BEFORE: [&str; 22] = [
    "level",
    "lvl",
    "maturity level",
    "tier",
    "stage",
    "stufe",
    "reifegrad",
    "reifestufe",
    "grad",
    "nivel",
    "niveau",
    "score",
    "ml",
    "l",
    "mil",
    "rating",
    "degre",
    "grado",
    "grau",
    "niv",
    "estagio",
    "step",
];

/// A number in any of the forms people write levels in; `None` where the text is something else.
///
/// `2`, `-1`, `−1`, `2,5`, `3.0`, `60 %`, `Level 3`, `Tier 3: Repeatable`, `2 - Repeatable`, `0 – Non-existent`,
/// `1 Initial`, `Reifegrad1`, `(2) Managed`, `1+` (half a level more), `3/5`, `Managed (2)`.
pub fn number(text: &str) -> Option<Found> {
    let text = text.trim();
    let plain = text.replace(['−', '﹣', '－'], "-");
    // `~80 %`, `≥ 3`: about, at least.
    let bare = plain.trim_start_matches(['(', '[', '~', '≈', '≥', '>', ' ']).trim_start();
    // Words before the number.
    let lower = bare.to_lowercase();
    let mut rest = bare;
    let mut worded = false;
    for word in BEFORE {
        if let Some(after) = lower.strip_prefix(word) {
            let cut = after.trim_start_matches([' ', '\u{a0}', ':', '.', '#', '-', '_']);
            if cut.starts_with(|c: char| c.is_ascii_digit())
                && let Some(tail) = bare.get(bare.len() - cut.len()..)
            {
                // A word glued to a minus, `level -1`, keeps the sign.
                let gap = &after[..after.len() - cut.len()];
                rest = if gap.ends_with(" -") { bare.get(bare.len() - cut.len() - 1..)? } else { tail };
                worded = true;
                break;
            }
        }
    }
    let digits_end = numeral(rest)?;
    let (numeral, tail) = rest.split_at(digits_end);
    let mut value: f64 = numeral.replace(',', ".").parse().ok()?;
    if !value.is_finite() || value.abs() > 1e6 {
        return None;
    }
    let mut tail = tail.trim_start_matches([')', ']']);
    let mut form = Form::Number;
    if tail == "+" {
        return Some(Found { value: value + 0.5, name: None, form, of: None });
    }
    let trimmed = tail.trim_start();
    if let Some(after) = trimmed.strip_prefix('%') {
        value = settled(value / 100.0);
        form = Form::Percent;
        tail = after;
    } else if let Some(after) = trimmed
        .strip_prefix('/')
        .or_else(|| ["of ", "von ", "out of ", "de ", "sur "].iter().find_map(|word| trimmed.strip_prefix(word)))
    {
        // `3/5`: of how many says something about the scale, not about the level. `3/5/2024` is something else.
        let after = after.trim();
        let of: f64 = after.parse().ok()?;
        // `12/2026` is a month.
        let share = of >= value && of > 0.0 && of <= 100.0 && numeral.len() <= 4;
        return share.then_some(Found { value, name: None, form, of: Some(of) });
    }
    let tail = tail.trim();
    if tail.is_empty() {
        return Some(Found { value: value + 0.0, name: None, form, of: None });
    }
    if form == Form::Percent {
        return None;
    }
    // `3 (2026)`, `3 by 2027`: by when.
    if is_when(tail) {
        return Some(Found { value: value + 0.0, name: None, form, of: None });
    }
    // A name behind: after a dash, colon, dot, equals sign or bracket, or a blank and a letter.
    let name =
        tail.trim_start_matches(['-', '–', '—', ':', '.', '=', '(', ')', '|', '/', ' ']).trim_end_matches(')').trim();
    let separated = tail.starts_with(['-', '–', '—', ':', '.', '=', '(', '|']);
    let named = name.chars().next().is_some_and(char::is_alphabetic);
    let short = name.chars().count() <= 60;
    let glued = rest[digits_end..].starts_with(|c: char| c.is_alphabetic());
    // `1-2`, `3.4.1`, `5 of 7 done`, `2nd`, `30 days` are no levels.
    if value.abs() > 100.0 || !named || !short || glued || (!separated && !worded && is_unit(name)) {
        return None;
    }
    Some(Found { value: value + 0.0, name: Some(name.to_owned()), form, of: None })
}

/// Whether what stands behind a level says by when it is to be reached: a year, in brackets or behind a word.
fn is_when(tail: &str) -> bool {
    let plain = folded(tail);
    let words: Vec<&str> = plain.split(' ').collect();
    let (before, last) = words.split_at(words.len() - 1);
    let year =
        last.first().is_some_and(|word| word.len() == 4 && word.starts_with("20") && word.parse::<u32>().is_ok());
    let quarter = |word: &str| word.len() == 2 && word.starts_with(['q', 'h']);
    let says =
        ["by", "until", "till", "in", "bis", "ab", "para", "hasta", "ate", "end", "mid", "ende", "fin", "dici"];
    year && (!before.is_empty() || tail.starts_with(['(', '[']))
        && before.iter().all(|word| says.contains(word) || quarter(word))
}

/// Words that make a number a quantity and not a level.
fn is_unit(name: &str) -> bool {
    let word = folded(name);
    let first = word.split(' ').next().unwrap_or_default().to_owned();
    [
        "day", "days", "week", "weeks", "month", "months", "year", "years", "hour", "hours", "min", "minutes", "of",
        "out", "x", "times", "tage", "wochen", "monate", "stunden", "jahre", "dias", "semanas", "meses", "jours",
        "mois", "eur", "usd", "per", "pro", "and", "or", "to", "bis",
    ]
    .contains(&first.as_str())
}

/// Length of the numeral at the start: sign, digits, one decimal mark with digits behind it.
fn numeral(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = usize::from(matches!(bytes.first(), Some(b'-' | b'+')));
    let start = at;
    while bytes.get(at).is_some_and(u8::is_ascii_digit) {
        at += 1;
    }
    if at == start || at - start > 9 {
        return None;
    }
    if matches!(bytes.get(at), Some(b'.' | b',')) && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) {
        let mut end = at + 1;
        while bytes.get(end).is_some_and(u8::is_ascii_digit) {
            end += 1;
        }
        // `5.1.2` is an id.
        if bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
            return None;
        }
        at = end;
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<f64> {
        match text_answer(text, Words::shipped(), &Names::new()) {
            Answer::Level(found) => Some(found.value),
            _ => None,
        }
    }

    #[test]
    fn levels_as_people_write_them() {
        for (text, value) in [
            ("2", 2.0),
            (" 3 ", 3.0),
            ("-1", -1.0),
            ("−1", -1.0),
            ("2,5", 2.5),
            ("2.5", 2.5),
            ("2 - Repeatable", 2.0),
            ("0 – Non-existent", 0.0),
            ("-1 - Regressive", -1.0),
            ("Level 3", 3.0),
            ("Level 1 - Initial", 1.0),
            ("Level -1", -1.0),
            ("Tier 3: Repeatable", 3.0),
            ("1 Initial", 1.0),
            ("Reifegrad1", 1.0),
            ("L2", 2.0),
            ("(2) Managed", 2.0),
            ("1+", 1.5),
            ("0+", 0.5),
            ("60 %", 0.6),
            ("45%", 0.45),
            ("3/5", 3.0),
            ("3 (2026)", 3.0),
            ("2 by 2027", 2.0),
            ("4 (by Q3 2026)", 4.0),
            ("Stufe 3 von 5", 3.0),
            ("~80%", 0.8),
            ("≥ 99.9 %", 0.999),
            ("Partially Implemented", 0.5),
            ("Nicht umgesetzt", 0.0),
            ("SIM", 1.0),
            ("NÃO", 0.0),
            ("◑", 0.5),
            ("●", 1.0),
            ("★★★☆", 3.0),
            ("★★★★★", 5.0),
            ("Expert", 4.0),
        ] {
            assert_eq!(read(text), Some(value), "{text}");
        }
    }

    #[test]
    fn what_is_no_level() {
        for text in [
            "1-2",
            "3.4.1",
            "30 days",
            "2nd",
            "high",
            "3/5/2024",
            "12/2026",
            "1e309",
            "inf",
            "NaN",
            "0x10",
            "C / P / N",
            "1–5",
            "99999999999",
        ] {
            assert!(
                matches!(text_answer(text, Words::shipped(), &Names::new()), Answer::Not(_)),
                "{text}: {:?}",
                text_answer(text, Words::shipped(), &Names::new())
            );
        }
        for text in ["", " ", "-", "–", "tbd", "?", "None", "Not verified"] {
            assert_eq!(text_answer(text, Words::shipped(), &Names::new()), Answer::NotAssessed, "{text}");
        }
        for text in ["N/A", "n/a", "NA", "Not Applicable", "entfällt", "no aplica"] {
            assert_eq!(text_answer(text, Words::shipped(), &Names::new()), Answer::NotApplicable, "{text}");
        }
    }
}
