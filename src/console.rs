//! What the terminal shows: colours, messages, padding. Words carry the meaning, colour repeats it.

use std::io::IsTerminal;

use gapwise::error::{Problem, visible};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::cli::Color;

/// What a piece of terminal text is, for its colour.
#[derive(Clone, Copy)]
pub enum Tint {
    /// Names of commands and gaps.
    Bold,
    /// Heads, coverage, hints.
    Muted,
    /// The level now.
    Current,
    /// Targets and warnings.
    Target,
    /// Errors and failed gates.
    Failed,
}

/// Colours text, or not.
#[derive(Clone, Copy)]
pub struct Paint {
    on: bool,
}

impl Paint {
    /// The painter for a stream: `--color` beats NO_COLOR beats what the stream is.
    pub fn new(color: Color, stream: &impl IsTerminal, no_color: bool) -> Self {
        let on = match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => stream.is_terminal() && !no_color,
        };
        Self { on }
    }

    /// The text in its colour.
    pub fn paint(self, tint: Tint, text: &str) -> String {
        if !self.on || text.is_empty() {
            return text.to_owned();
        }
        let code = match tint {
            Tint::Bold => "1",
            Tint::Muted => "2",
            Tint::Current => "36",
            Tint::Target => "33",
            Tint::Failed => "31",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }
}

/// How a problem is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The file was not done.
    Error,
    /// The work went on.
    Warning,
}

/// A problem as it is printed:
///
/// ```text
/// warning[level-out-of-scale]: bank.xlsx, Q3!D14: level `6` is not on 1..5, left out as invalid
///   hint: correct the cell, or name the model with --model ID
/// ```
pub fn message(paint: Paint, severity: Severity, file: Option<&str>, problem: &Problem) -> String {
    let head = match severity {
        Severity::Error => paint.paint(Tint::Failed, &format!("error[{}]", problem.code)),
        Severity::Warning => paint.paint(Tint::Target, &format!("warning[{}]", problem.code)),
    };
    let place = match (file.map(visible), &problem.at) {
        (Some(file), Some(at)) => format!("{file}, {at}: "),
        (Some(file), None) => format!("{file}: "),
        (None, Some(at)) => format!("{at}: "),
        (None, None) => String::new(),
    };
    let hint = problem.hint.as_ref().map(|hint| paint.paint(Tint::Muted, &format!("\n  hint: {hint}")));
    format!("{head}: {place}{}{}", problem.message, hint.unwrap_or_default())
}

/// Prints errors that come before flags are known, without colours.
pub fn plain(problems: &gapwise::error::Problems) {
    let paint = Paint { on: false };
    problems.0.iter().for_each(|problem| eprintln!("{}", message(paint, Severity::Error, None, problem)));
}

/// How many columns of a terminal the text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// The text with blanks behind it up to `columns`, shortened with `…` where it is longer.
pub fn left(text: &str, columns: usize) -> String {
    let text = shortened(text, columns);
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(&text))))
}

/// The text with blanks before it up to `columns`.
pub fn right(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}

/// The text, cut with `…` where it takes more than `columns`.
pub fn shortened(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut taken = 0;
    for c in text.chars() {
        taken += c.width().unwrap_or(0);
        if taken >= columns {
            break;
        }
        out.push(c);
    }
    format!("{}…", out.trim_end())
}

/// Text broken at blanks into lines of at most `columns`.
pub fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(word) <= columns => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// A size for people: `118 kB`, `1.2 MB`.
pub fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}
