//! Which way a text runs: as the sentence does, not as its first letter. An English sentence that begins with an Arabic
//! name is English all the same, and the numbers after the name are its own.

/// Stands where a text goes on from left to right; not seen, not read out.
pub const MARK: char = '\u{200e}';

/// Where marks go in a text, as positions before which one stands; none in a text without letters from right to left and
/// in a name of such letters by itself.
pub fn marks(text: &str) -> Vec<usize> {
    if !text.chars().any(from_right) || !is_sentence(text) {
        return Vec::new();
    }
    let mut marks = Vec::new();
    let mut letters = text.char_indices().peekable();
    let first = text.chars().find(|letter| letter.is_alphabetic());
    marks.extend(first.filter(|letter| from_right(*letter)).map(|_| 0));
    while let Some((_, letter)) = letters.next() {
        let Some((next, _)) = letters.peek().copied() else { continue };
        // Words of one name stand together; whatever else follows belongs to the sentence again.
        let goes_on = text[next..].trim_start().chars().next().is_some_and(from_right);
        if from_right(letter) && !goes_on {
            marks.push(next);
        }
    }
    marks
}

/// Whether a text has words of a report's own language, all of which run from left to right: one in small letters.
fn is_sentence(text: &str) -> bool {
    text.split_whitespace().any(|word| word.chars().next().is_some_and(char::is_lowercase))
}

/// Letters of the scripts that run from right to left with the marks on them: Hebrew, Arabic and their neighbours with
/// their later blocks.
fn from_right(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{65f}' | '\u{66d}'..='\u{6ef}' | '\u{6fa}'..='\u{8ff}'
        | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str) -> String {
        let marks = marks(text);
        let one = |(at, letter)| if marks.contains(&at) { format!("|{letter}") } else { String::from(letter) };
        text.char_indices().map(one).collect()
    }

    #[test]
    fn a_sentence_goes_on_behind_a_name_and_a_name_by_itself_is_left_alone() {
        assert_eq!(marked("אבג דה: 1.7 levels to close"), "|אבג דה|: 1.7 levels to close");
        assert_eq!(marked("gaps are אב (1.3), גד (1.2) and ה"), "gaps are אב| (1.3), גד| (1.2) and ה");
        assert_eq!(marked("אבג (UAT)"), "אבג (UAT)");
        assert_eq!(marked("Testing: 1.7 levels to close"), "Testing: 1.7 levels to close");
    }
}
