//! Numbers as words: rounding, signs and decimal marks, the same in every output.

/// How a language writes numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberStyle {
    /// `.` or `,`.
    pub decimal: char,
    /// Whether a blank stands before `%`.
    pub blank_before_percent: bool,
}

impl NumberStyle {
    /// The style of English.
    pub const ENGLISH: Self = Self { decimal: '.', blank_before_percent: true };

    /// A mean level, always with one decimal: `0.5`, `−0.3`, `2.0`.
    pub fn mean(self, value: f64) -> String {
        self.mean_to(value, 1)
    }

    /// A mean level with this many decimals.
    pub fn mean_to(self, value: f64, decimals: usize) -> String {
        self.signed(&rounded(value, decimals), false)
    }

    /// A single level as it was given, whole numbers without decimals: `−1`, `2`, `1.5`; at most two decimals.
    pub fn level(self, value: f64) -> String {
        let two = rounded(value, 2);
        let short = match two.contains('.') {
            true => two.trim_end_matches('0').trim_end_matches('.'),
            false => &two,
        };
        self.signed(short, false)
    }

    /// A mean gap with its sign: `+1.7`, `−0.5`, `0.0`.
    pub fn mean_gap(self, value: f64) -> String {
        self.mean_gap_to(value, 1)
    }

    /// A mean gap with its sign and this many decimals.
    pub fn mean_gap_to(self, value: f64, decimals: usize) -> String {
        self.signed(&rounded(value, decimals), true)
    }

    /// A single gap with its sign: `+3`, `0`, `−1`.
    pub fn gap(self, value: f64) -> String {
        let level = self.level(value);
        match level.starts_with('−') || level == "0" {
            true => level,
            false => format!("+{level}"),
        }
    }

    /// A share of 1 as whole percent: `59 %`.
    pub fn percent(self, share: f64) -> String {
        let blank = if self.blank_before_percent { "\u{a0}" } else { "" };
        format!("{}{blank}%", self.signed(&rounded(share * 100.0, 0), false))
    }

    fn signed(self, text: &str, plus: bool) -> String {
        let zero = !text.contains(|c: char| ('1'..='9').contains(&c));
        let (minus, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text),
        };
        let sign = match (minus && !zero, plus && !zero) {
            (true, _) => "−",
            (_, true) => "+",
            _ => "",
        };
        format!("{sign}{}", digits.replace('.', &self.decimal.to_string()))
    }
}

/// Rounds half away from zero on the shortest decimal form of a finite number: 0.35 -> `0.4`, -0.25 -> `-0.3`.
///
/// Binary rounding would make 0.35 (stored as 0.34999...) 0.3; a reader who checks with pencil expects 0.4.
pub fn rounded(value: f64, decimals: usize) -> String {
    let text = format!("{}", value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut digits: Vec<u8> = whole.bytes().collect();
    digits.extend(fraction.bytes().chain(std::iter::repeat(b'0')).take(decimals));
    if fraction.as_bytes().get(decimals).is_some_and(|digit| *digit >= b'5') {
        carry(&mut digits);
    }
    let mut out = String::from_utf8(digits).expect("digits are ASCII");
    if decimals > 0 {
        out.insert(out.len() - decimals, '.');
    }
    let zero = !out.contains(|c: char| ('1'..='9').contains(&c));
    if value < 0.0 && !zero { format!("-{out}") } else { out }
}

fn carry(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        if *digit < b'9' {
            *digit += 1;
            return;
        }
        *digit = b'0';
    }
    digits.insert(0, b'1');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_is_half_away_from_zero_on_the_decimal_form() {
        for (value, decimals, text) in [
            (0.35, 1, "0.4"),
            (0.34999999, 1, "0.3"),
            (-0.25, 1, "-0.3"),
            (-0.04, 1, "0.0"),
            (2.0, 1, "2.0"),
            (9.96, 1, "10.0"),
            (99.5, 0, "100"),
            (1e21, 1, "1000000000000000000000.0"),
            (1.005, 2, "1.01"),
        ] {
            assert_eq!(rounded(value, decimals), text, "{value} to {decimals}");
        }
    }

    #[test]
    fn signs_and_marks() {
        let english = NumberStyle::ENGLISH;
        assert_eq!(english.mean(-0.3), "−0.3");
        assert_eq!(english.mean_gap(1.66), "+1.7");
        assert_eq!(english.mean_gap(-0.01), "0.0");
        assert_eq!(english.level(-1.0), "−1");
        assert_eq!(english.level(1.50), "1.5");
        assert_eq!(english.gap(0.0), "0");
        assert_eq!(english.gap(3.0), "+3");
        assert_eq!(english.percent(0.586), "59\u{a0}%");
        assert_eq!(NumberStyle { decimal: ',', ..english }.mean(1.25), "1,3");
    }
}
