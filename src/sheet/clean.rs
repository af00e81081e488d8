//! Text as it may be kept: one pass at the border, so that no later step meets a control character or two spellings of
//! one letter.

use std::collections::HashMap;
use std::sync::Arc;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// What stands in place of a control character.
const REPLACEMENT: char = '\u{fffd}';

/// Cleans texts and shares equal ones; counts what it had to replace.
#[derive(Default)]
pub(super) struct Cleaner {
    shared: HashMap<Arc<str>, ()>,
    /// How many characters were replaced so far.
    pub(super) replaced: usize,
}

impl Cleaner {
    /// The clean text, shared with every equal one before it.
    pub(super) fn text(&mut self, raw: &str) -> Arc<str> {
        let (clean, replaced) = clean(raw);
        self.replaced += replaced;
        if let Some((known, ())) = self.shared.get_key_value(&*clean) {
            return Arc::clone(known);
        }
        let new: Arc<str> = clean.into();
        // Long texts seldom repeat; keeping them here would only hold memory.
        if new.len() <= 256 {
            self.shared.insert(Arc::clone(&new), ());
        }
        new
    }
}

/// Line ends become `\n`, other control characters and noncharacters U+FFFD, the rest NFC; with the count of replacements.
pub(super) fn clean(raw: &str) -> (String, usize) {
    let mut replaced = 0;
    let mut text = String::with_capacity(raw.len());
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\t' | '\n' => text.push(c),
            '\r' => {
                if chars.peek() != Some(&'\n') {
                    text.push('\n');
                }
            }
            c if c.is_control() || is_noncharacter(c) => {
                replaced += 1;
                text.push(REPLACEMENT);
            }
            c => text.push(c),
        }
    }
    if is_nfc_quick(text.chars()) != IsNormalized::Yes {
        text = text.nfc().collect();
    }
    (text, replaced)
}

fn is_noncharacter(c: char) -> bool {
    let code = u32::from(c);
    (0xfdd0..=0xfdef).contains(&code) || code & 0xfffe == 0xfffe
}
