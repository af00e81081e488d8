//! The one typeface of every output, and how wide its text is.
//!
//! Page, paper and charts show the same bundled font, so a label measured here fits everywhere. Digits are tabular in
//! the font itself (see `templates/fonts/make.py`), which makes plain advance widths enough; kerning only ever makes
//! text narrower than measured by a hair.

mod web;

use std::sync::OnceLock;

use ttf_parser::Face;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// Name of the family, as CSS and the font files call it.
pub const FAMILY: &str = "Gapwise Sans";

/// Regular weight, OpenType, for paper: Latin, Greek and Cyrillic.
pub const REGULAR: &[u8] = include_bytes!("../templates/fonts/gapwise-regular.otf");

/// Semibold weight, OpenType, for paper.
pub const SEMIBOLD: &[u8] = include_bytes!("../templates/fonts/gapwise-semibold.otf");

/// The two weights as woff2 for a page that shows this text: regular and semibold with their CSS weight.
pub fn web(text: &str) -> [(u16, Vec<u8>); 2] {
    [(400, web::woff2(REGULAR, text)), (600, web::woff2(SEMIBOLD, text))]
}

/// Height of capitals and digits as a share of the size; half of it centres a line on its middle.
pub const CAP_HEIGHT: f64 = 0.727;

/// Reach of ascenders above the baseline as a share of the size.
pub const ASCENT: f64 = 0.76;

/// Reach of descenders below the baseline as a share of the size.
pub const DESCENT: f64 = 0.21;

/// Whether a font file can be used.
///
/// # Errors
/// Why not.
pub fn check(bytes: &[u8]) -> Result<(), String> {
    Face::parse(bytes, 0).map(|_| ()).map_err(|error| format!("no font that can be read ({error})"))
}

const ELLIPSIS: &str = "…";

/// Width in points of one line of text set at `size` points.
pub fn width(text: &str, size: f64, strong: bool) -> f64 {
    let advances = advances(strong);
    let of = |letter: char| match advances.common.get(letter as usize) {
        Some(advance) => *advance,
        None => advance(&advances.face, letter),
    };
    text.chars().map(of).sum::<f64>() * size
}

/// Breaks a text into lines of even length, none wider than `max_width` points.
///
/// Lines break at blanks and after `-`, `/`, `–` and `—`; a word too long for a line breaks between letters as a reader
/// sees them. Where more than `max_lines` would be needed, the last one ends in `…`. An empty text has no lines.
pub fn wrap(text: &str, size: f64, strong: bool, max_width: f64, max_lines: usize) -> Vec<String> {
    let pieces = pieces(text, size, strong, max_width);
    let mut lines = fill(&pieces, max_width);
    let max_lines = max_lines.max(1);
    if lines.len() > max_lines {
        let rest: String = pieces[lines[max_lines - 1].start..].iter().map(Piece::joined).collect();
        let mut short: Vec<String> = lines[..max_lines - 1].iter().map(|line| line.text.clone()).collect();
        short.push(shorten(rest.trim_end(), size, strong, max_width, true));
        return short;
    }
    let (mut narrow, mut wide) = (max_width / 2.0_f64.powi(6), max_width);
    for _ in 0..12 {
        let middle = (narrow + wide) / 2.0;
        let tried = fill(&pieces, middle);
        if tried.len() == lines.len() && tried.iter().all(|line| line.width <= middle) {
            (wide, lines) = (middle, tried);
        } else {
            narrow = middle;
        }
    }
    lines.into_iter().map(|line| line.text).collect()
}

/// The text in one line no wider than `max_width` points, its end replaced by `…` where it is longer.
pub fn clip(text: &str, size: f64, strong: bool, max_width: f64) -> String {
    shorten(&words(text).collect::<Vec<_>>().join(" "), size, strong, max_width, false)
}

/// A part of a text that a line break never cuts.
struct Piece {
    text: String,
    width: f64,
    /// Width of the blank after it; none after a hyphen or inside a broken word.
    blank: f64,
}

impl Piece {
    fn joined(&self) -> String {
        if self.blank > 0.0 { format!("{} ", self.text) } else { self.text.clone() }
    }
}

/// A line, and the first of its pieces.
struct Line {
    start: usize,
    text: String,
    width: f64,
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| letter.is_whitespace() && letter != '\u{a0}' && letter != '\u{202f}')
        .filter(|word| !word.is_empty())
}

fn pieces(text: &str, size: f64, strong: bool, max_width: f64) -> Vec<Piece> {
    let space = width(" ", size, strong);
    let mut pieces = Vec::new();
    for word in words(text) {
        for part in parts(word) {
            let mut piece = Piece { text: String::new(), width: 0.0, blank: 0.0 };
            for grapheme in part.graphemes(true) {
                let wide = width(grapheme, size, strong);
                if !piece.text.is_empty() && piece.width + wide > max_width {
                    pieces.push(std::mem::replace(&mut piece, Piece { text: String::new(), width: 0.0, blank: 0.0 }));
                }
                piece.text.push_str(grapheme);
                piece.width += wide;
            }
            pieces.push(piece);
        }
        if let Some(last) = pieces.last_mut() {
            last.blank = space;
        }
    }
    pieces
}

/// A word cut behind each `-` and its like; not within a number or a date, `2026-06-30`.
fn parts(word: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut before) = (0, ' ');
    let mut letters = word.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        let number = before.is_ascii_digit() && next.is_some_and(|next| next.is_ascii_digit());
        if matches!(letter, '-' | '/' | '‐' | '–' | '—') && !number {
            parts.push(&word[start..at + letter.len_utf8()]);
            start = at + letter.len_utf8();
        }
        before = letter;
    }
    if start < word.len() {
        parts.push(&word[start..]);
    }
    parts
}

/// Fills lines one after the other.
fn fill(pieces: &[Piece], max_width: f64) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut blank = 0.0;
    for (start, piece) in pieces.iter().enumerate() {
        match lines.last_mut() {
            Some(line) if line.width + blank + piece.width <= max_width => {
                if blank > 0.0 {
                    line.text.push(' ');
                }
                line.text.push_str(&piece.text);
                line.width += blank + piece.width;
            }
            _ => lines.push(Line { start, text: piece.text.clone(), width: piece.width }),
        }
        blank = piece.blank;
    }
    lines
}

/// Cuts `text` to `max_width` with an ellipsis, always where `more` text follows it.
fn shorten(text: &str, size: f64, strong: bool, max_width: f64, more: bool) -> String {
    if !more && width(text, size, strong) <= max_width {
        return text.to_owned();
    }
    let room = max_width - width(ELLIPSIS, size, strong);
    let mut short = String::new();
    let mut used = 0.0;
    for grapheme in text.graphemes(true) {
        used += width(grapheme, size, strong);
        if used > room {
            break;
        }
        short.push_str(grapheme);
    }
    format!("{}{ELLIPSIS}", short.trim_end_matches([' ', '-', ',', '/']))
}

/// Advances of one weight: those of the common scripts at hand, the rest looked up in the font.
struct Advances {
    common: Vec<f64>,
    face: Face<'static>,
}

/// Latin, Greek and Cyrillic end here.
const COMMON: u32 = 0x530;

fn advances(strong: bool) -> &'static Advances {
    static WEIGHTS: OnceLock<[Advances; 2]> = OnceLock::new();
    let weights = WEIGHTS.get_or_init(|| {
        [REGULAR, SEMIBOLD].map(|bytes| {
            let face = Face::parse(bytes, 0).expect("the bundled fonts are sound");
            let common = (0..COMMON).map(|code| char::from_u32(code).map_or(0.0, |letter| advance(&face, letter)));
            Advances { common: common.collect(), face }
        })
    });
    &weights[usize::from(strong)]
}

/// Advance of a letter in ems. Letters that the font lacks come from the reader's fonts and are taken as wide as such
/// letters are at most.
fn advance(face: &Face<'_>, letter: char) -> f64 {
    if let Some(glyph) = face.glyph_index(letter) {
        let units = face.glyph_hor_advance(glyph).unwrap_or_default();
        return f64::from(units) / f64::from(face.units_per_em());
    }
    match letter {
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' => 0.0,
        '\u{ad}' | '\u{feff}' => 0.0,
        letter if letter.is_control() || is_combining_mark(letter) => 0.0,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f000}'..='\u{3fffd}' => 1.0,
        _ => 0.6,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn digits_are_tabular() {
        for strong in [false, true] {
            for digit in '0'..='9' {
                assert_eq!(width(&digit.to_string(), 10.0, strong), width("0", 10.0, strong), "{digit}");
            }
        }
    }

    #[test]
    fn the_signs_of_the_charts_are_in_the_font() {
        for strong in [false, true] {
            for sign in "−×÷≤≥±≈✓•●○◆–—…“”‘’€→ÄőșΩдЖ".chars() {
                assert!(advances(strong).face.glyph_index(sign).is_some(), "{sign} is missing");
            }
        }
    }

    #[test]
    fn the_web_fonts_are_small() {
        for (weight, file) in web("Überblick: Ä, e\u{301}, Ω") {
            assert!(file.starts_with(b"wOF2") && file.len() < 8_000, "{weight}: {} bytes", file.len());
        }
    }

    #[test]
    fn lines_are_even() {
        let lines = wrap("Build Management and Continuous Integration", 8.5, false, 150.0, 3);
        assert_eq!(lines, ["Build Management and", "Continuous Integration"]);
        assert_eq!(wrap("Testing", 8.5, false, 150.0, 3), ["Testing"]);
        assert!(wrap("  ", 8.5, false, 150.0, 3).is_empty());
        assert_eq!(wrap("due 2026-06-30", 8.5, false, 60.0, 3), ["due", "2026-06-30"]);
    }

    #[test]
    fn long_words_break_between_letters_and_end_in_an_ellipsis() {
        let lines = wrap(&"m".repeat(120), 8.5, false, 100.0, 3);
        assert_eq!(lines.len(), 3);
        assert!(lines[2].ends_with('…'), "{lines:?}");
        assert_eq!(wrap("Infrastructure-as-code", 8.5, false, 60.0, 3)[0], "Infrastructure-".trim());
        assert_eq!(clip("Configuration Management", 8.5, false, 60.0), "Configuratio…");
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_asked(text in "\\PC{0,60}", room in 20.0..200.0_f64, max in 1_usize..5) {
            let lines = wrap(&text, 8.5, false, room, max);
            prop_assert!(lines.len() <= max);
            for line in &lines {
                let one_letter = line.graphemes(true).count() == 1;
                prop_assert!(one_letter || width(line, 8.5, false) <= room + 1e-6, "{line:?}");
            }
            let kept: String = lines.concat().split_whitespace().collect();
            let whole: String = text.split_whitespace().collect();
            prop_assert!(kept == whole || kept.ends_with('…'));
        }
    }
}
