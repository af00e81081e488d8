//! Bytes of text -> characters, saying so where the encoding had to be assumed.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::error::Problem;

/// The text; `None` where the bytes are no text.
pub(super) fn text<'a>(bytes: &'a [u8], notes: &mut Vec<Problem>) -> Option<Cow<'a, str>> {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => {
            let (text, _, lossy) = encoding.decode(bytes);
            if lossy {
                let name = encoding.name();
                assumed(notes, format!("some bytes are no {name} and were replaced by U+FFFD"));
            }
            text
        }
        None => match utf16(bytes) {
            Some(encoding) => {
                assumed(notes, format!("the text says nothing of its encoding, read as {}", encoding.name()));
                encoding.decode_without_bom_handling(bytes).0
            }
            None => eight_bit(bytes, notes),
        },
    };
    is_text(&text).then_some(text)
}

/// UTF-16 without a mark: most characters of a table are ASCII, so every second byte is zero.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), head.len() / 2);
    if pairs == 0 {
        None
    } else if odd * 2 > pairs && even * 20 < pairs {
        Some(UTF_16LE)
    } else if even * 2 > pairs && odd * 20 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn eight_bit<'a>(bytes: &'a [u8], notes: &mut Vec<Problem>) -> Cow<'a, str> {
    if let Some(text) = UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        return text;
    }
    // A few bad bytes among many sound sequences: the file is UTF-8 and was damaged on its way.
    let lossy = UTF_8.decode_without_bom_handling(bytes).0;
    let bad = lossy.chars().filter(|c| *c == '\u{fffd}').count();
    let sound = lossy.chars().filter(|c| !c.is_ascii() && *c != '\u{fffd}').count();
    if bad * 4 < sound {
        assumed(notes, "some bytes are no UTF-8 and were replaced by U+FFFD".to_owned());
        return lossy;
    }
    assumed(notes, "the text is not UTF-8, read as Windows-1252".to_owned());
    WINDOWS_1252.decode_without_bom_handling(bytes).0
}

fn assumed(notes: &mut Vec<Problem>, message: String) {
    notes.push(Problem::new("encoding-assumed", message).hint("save it as CSV UTF-8"));
}

/// No character zero, and few other controls.
fn is_text(text: &str) -> bool {
    let head = text.chars().take(65_536);
    let (mut all, mut controls) = (0usize, 0usize);
    for c in head {
        all += 1;
        controls += usize::from(c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}'));
    }
    // A stray one may stand in a short text.
    (controls <= 4 || controls * 20 <= all) && !text.contains('\0')
}
