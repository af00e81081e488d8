//! Text of a spreadsheet on its way into the page: what it may not do to the text around it.

use serde::Serialize;

/// Letters in a row after which a word may break anywhere, since it would push a column or the page apart.
const LONG_WORD: usize = 28;

/// A text as the template places it.
#[derive(Serialize)]
pub(super) struct Text {
    /// Its parts up to the last ISO date in it.
    pub dated: Vec<Dated>,
    /// What is shown, after those parts.
    pub text: String,
    /// Whether it holds right-to-left letters and is set apart from what surrounds it.
    pub isolate: bool,
}

/// An ISO date, which must not break at its hyphens, and the text before it.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Dated {
    pub before: String,
    pub date: String,
}

impl Text {
    pub(super) fn new(text: &str) -> Text {
        let whole = Text::plain(text);
        let mut dated = Vec::new();
        let mut rest = whole.text.as_str();
        while let Some(at) = date_in(rest) {
            let (before, date) = rest.split_at(at);
            dated.push(Dated { before: before.to_owned(), date: date[..DATE].to_owned() });
            rest = &date[DATE..];
        }
        Text { text: rest.to_owned(), isolate: whole.isolate, dated }
    }

    /// The text of a cell, whose column sees to its dates.
    pub(super) fn plain(text: &str) -> Text {
        let text = clean(text);
        let dated = Vec::new();
        let right = text.chars().any(right_to_left);
        // A sentence of ours around a name keeps its own direction; the name in it is set apart.
        match right && text.chars().any(left_to_right) {
            true => Text { isolate: false, text: runs_apart(&text), dated },
            false => Text { isolate: right, text, dated },
        }
    }

    /// Whether a text holds a word too long for a column.
    pub(super) fn has_long_word(text: &str) -> bool {
        text.split_whitespace().any(|word| word.chars().nth(LONG_WORD).is_some())
    }
}

/// Letters of an ISO date.
const DATE: usize = 10;

/// Where the first ISO date of a text begins.
fn date_in(text: &str) -> Option<usize> {
    text.as_bytes().windows(DATE).position(|window| {
        window.iter().enumerate().all(|(place, byte)| match place {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        })
    })
}

/// The text without characters that HTML does not allow, and without direction marks that nobody closes: those would
/// turn round whatever follows on the line.
pub(super) fn clean(text: &str) -> String {
    let keep_marks = balanced(text);
    text.chars()
        .map(|c| match c {
            '\t' | '\n' => c,
            c if c.is_control() || matches!(c as u32 & 0xfffe, 0xfffe) => '\u{fffd}',
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' if !keep_marks => '\u{fffd}',
            c => c,
        })
        .collect()
}

fn balanced(text: &str) -> bool {
    let mut open = Vec::new();
    for c in text.chars() {
        match c {
            '\u{202a}' | '\u{202b}' | '\u{202d}' | '\u{202e}' => open.push('\u{202c}'),
            '\u{2066}'..='\u{2068}' => open.push('\u{2069}'),
            '\u{202c}' | '\u{2069}' if open.pop() != Some(c) => return false,
            _ => {}
        }
    }
    open.is_empty()
}

/// Each run of right-to-left words between isolates, so that numbers and commas beside it stay where they belong.
fn runs_apart(text: &str) -> String {
    if text.contains(|c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(start) = rest.find(right_to_left) {
        let (before, run) = rest.split_at(start);
        let stop = run.find(|c: char| !right_to_left(c) && !c.is_whitespace()).unwrap_or(run.len());
        let (run, after) = run.split_at(run[..stop].trim_end().len());
        out.extend([before, "\u{2068}", run, "\u{2069}"]);
        rest = after;
    }
    out + rest
}

fn left_to_right(c: char) -> bool {
    c.is_alphabetic() && !right_to_left(c)
}

fn right_to_left(c: char) -> bool {
    matches!(u32::from(c), 0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfeff | 0x10800..=0x10fff | 0x1e800..=0x1efff)
}

/// Every text of a page, one after the other; of drawings what stands between their tags.
pub(super) fn shown(page: &serde_json::Value) -> String {
    let mut all = String::new();
    gather(page, &mut all);
    all
}

fn gather(value: &serde_json::Value, all: &mut String) {
    match value {
        serde_json::Value::String(text) if text.starts_with("<svg") => {
            text.split('<').filter_map(|part| part.split_once('>')).for_each(|(_, shown)| all.push_str(shown));
        }
        serde_json::Value::String(text) => {
            all.push_str(text);
            all.push('\n');
        }
        serde_json::Value::Array(values) => values.iter().for_each(|value| gather(value, all)),
        serde_json::Value::Object(fields) => fields.values().for_each(|value| gather(value, all)),
        _ => {}
    }
}

/// Languages written from right to left.
pub(super) fn direction(lang: &str) -> &'static str {
    let base = lang.split('-').next().unwrap_or(lang);
    if ["ar", "fa", "he", "ps", "sd", "ug", "ur", "yi"].contains(&base) { "rtl" } else { "ltr" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_nobody_closes_become_visible() {
        assert_eq!(clean("a\u{202e}b"), "a\u{fffd}b");
        assert_eq!(clean("a\u{2069}b\u{2067}"), "a\u{fffd}b\u{fffd}");
        assert_eq!(clean("\u{2068}a\u{2069}"), "\u{2068}a\u{2069}");
        assert_eq!(clean("a\0\u{1b}\u{9f}\u{ffff}\tb"), "a\u{fffd}\u{fffd}\u{fffd}\u{fffd}\tb");
    }

    #[test]
    fn only_right_to_left_text_is_set_apart() {
        assert!(Text::new("בדיקות 3").isolate);
        assert!(!Text::new("Tests <b>").isolate);
        let sentence = Text::new("Widest: בדיקות יחידה (2.0), נתונים (1.7)");
        assert!(!sentence.isolate);
        let dated = Text::new("from 2025-07-31 to 2026-01-31, 2026-1");
        let parts = [("from ", "2025-07-31"), (" to ", "2026-01-31")];
        assert_eq!(
            dated.dated,
            parts.map(|(before, date)| Dated { before: before.to_owned(), date: date.to_owned() })
        );
        assert_eq!(dated.text, ", 2026-1");
        assert_eq!(sentence.text, "Widest: \u{2068}בדיקות יחידה\u{2069} (2.0), \u{2068}נתונים\u{2069} (1.7)");
    }
}
