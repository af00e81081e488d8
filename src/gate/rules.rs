//! The rules of a gate as values, and how they are written: `2`, `90%`, `Testing:min-level=3,max-gap=0`.

/// A threshold: a level, a gap in levels, or a share of 1.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Threshold(pub f64);

/// All rules of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rules {
    /// What holds for every area; its coverage for the whole.
    pub every: AreaRules,
    /// `--min-overall`.
    pub min_overall: Option<Threshold>,
    /// `--max-invalid`.
    pub max_invalid: Option<u64>,
    /// `--no-regression`.
    pub no_regression: bool,
    /// `--no-overdue`.
    pub no_overdue: bool,
    /// `--area`: thresholds of single areas, which take the place of the general ones; the last one given wins.
    pub areas: Vec<(String, AreaRules)>,
    /// `--allow-not-assessed`: areas that may be unknown.
    pub allow_not_assessed: Vec<String>,
}

/// Rules about an area.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct AreaRules {
    /// Its level is at least this.
    pub min_level: Option<Threshold>,
    /// Its gap is at most this.
    pub max_gap: Option<Threshold>,
    /// At least this share of its applicable ratings are levels.
    pub min_coverage: Option<Threshold>,
}

impl Rules {
    /// Whether there is nothing to check.
    pub fn is_empty(&self) -> bool {
        *self == Self { allow_not_assessed: self.allow_not_assessed.clone(), ..Self::default() }
    }
}

impl AreaRules {
    /// Sets the rule of this name.
    ///
    /// # Errors
    /// A phrase: the name is none, or its value makes no sense.
    pub fn set(&mut self, rule: &str, value: &str) -> Result<(), String> {
        match rule {
            "min-level" => self.min_level = Some(level(value)?),
            "max-gap" => self.max_gap = Some(level(value)?),
            "min-coverage" => self.min_coverage = Some(share(value)?),
            other => {
                return Err(format!("unknown rule `{other}`; known: min-level, max-gap, min-coverage"));
            }
        }
        Ok(())
    }

    /// Reads `NAME:min-level=3,max-gap=0`; the name may hold colons.
    ///
    /// # Errors
    /// A phrase that says what is wrong.
    pub fn parse(text: &str) -> Result<(String, Self), String> {
        let Some((name, rules)) = text.rsplit_once(':') else {
            return Err(format!("`{text}` gives no rule after the area's name"));
        };
        let mut own = Self::default();
        for rule in rules.split(',') {
            match rule.split_once('=') {
                Some((rule, value)) => own.set(rule.trim(), value.trim())?,
                None => return Err(format!("`{}` gives no threshold", rule.trim())),
            }
        }
        match name.trim() {
            "" => Err(format!("`{text}` names no area")),
            name => Ok((name.to_owned(), own)),
        }
    }
}

/// A level or gap as typed.
///
/// # Errors
/// A phrase: it is no plain number.
pub fn level(text: &str) -> Result<Threshold, String> {
    let plain = text.trim().replace('−', "-");
    let digits = plain.strip_prefix(['-', '+']).unwrap_or(&plain);
    match digits.chars().all(|c| c.is_ascii_digit() || c == '.').then(|| plain.parse()) {
        Some(Ok(number)) => Ok(Threshold(number)),
        _ => Err(format!("`{text}` is no number")),
    }
}

/// A share as typed: `90%`, or `90`.
///
/// # Errors
/// A phrase: it is no number, not within 0 and 100, or could be meant as a share of 1.
pub fn share(text: &str) -> Result<Threshold, String> {
    let (number, sign) = match text.trim().strip_suffix('%') {
        Some(number) => (number.trim(), true),
        None => (text.trim(), false),
    };
    let Threshold(percent) = level(number).map_err(|_| format!("`{text}` is no percentage"))?;
    if !(0.0..=100.0).contains(&percent) {
        return Err(format!("`{text}` is not within 0 % and 100 %"));
    }
    if !sign && percent > 0.0 && percent <= 1.0 {
        return Err(format!("`{text}` could be {number} % or {} %", percent * 100.0));
    }
    Ok(Threshold(percent / 100.0))
}

/// The last day that a date in words covers, ISO: `2026-06-30`, `2026-06`, `Q2 2026`, `2026`; `None` for other words.
pub fn last_day(due: &str) -> Option<String> {
    use jiff::civil::Date;
    let due = due.trim();
    let due = due.split_once('T').map_or(due, |(day, _)| day);
    if let Ok(day) = due.parse::<Date>() {
        return Some(day.to_string());
    }
    let upper = due.to_uppercase();
    let words: Vec<&str> = upper.split([' ', '-', '/']).filter(|word| !word.is_empty()).collect();
    let year = |word: &str| word.parse::<i16>().ok().filter(|_| word.len() == 4);
    let quarter = |word: &str| word.strip_prefix('Q')?.parse::<i8>().ok().filter(|it| (1..=4).contains(it));
    let (year, month) = match words[..] {
        [one] => (year(one)?, 12),
        [one, two] => match (year(one), year(two)) {
            (Some(year), None) => {
                (year, quarter(two).map(|it| it * 3).or_else(|| two.parse().ok().filter(|it| (1..=12).contains(it)))?)
            }
            (None, Some(year)) => (year, quarter(one)? * 3),
            _ => return None,
        },
        _ => return None,
    };
    Some(Date::new(year, month, 1).ok()?.last_of_month().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_as_typed() {
        let (name, rules) = AreaRules::parse("Run: nights:min-level=3, max-gap=-1,min-coverage=90%").unwrap();
        assert_eq!(name, "Run: nights");
        assert_eq!((rules.min_level, rules.max_gap), (Some(Threshold(3.0)), Some(Threshold(-1.0))));
        assert_eq!(rules.min_coverage, Some(Threshold(0.9)));
        for (text, reason) in [
            ("Testing", "`Testing` gives no rule after the area's name"),
            ("Testing:min-level", "`min-level` gives no threshold"),
            ("Testing:min-levl=3", "unknown rule `min-levl`; known: min-level, max-gap, min-coverage"),
            (":min-level=3", "`:min-level=3` names no area"),
            ("Testing:min-level=three", "`three` is no number"),
            ("Testing:min-coverage=0.9", "`0.9` could be 0.9 % or 90 %"),
            ("Testing:min-coverage=120%", "`120%` is not within 0 % and 100 %"),
        ] {
            assert_eq!(AreaRules::parse(text).unwrap_err(), reason);
        }
    }

    #[test]
    fn dates_as_people_write_them() {
        for (due, day) in [
            ("2026-06-30", Some("2026-06-30")),
            ("2026-06-30T10:00:00", Some("2026-06-30")),
            ("2026-02", Some("2026-02-28")),
            ("Q2 2026", Some("2026-06-30")),
            ("2026-q4", Some("2026-12-31")),
            ("2026", Some("2026-12-31")),
            ("soon", None),
            ("Q5 2026", None),
            ("13 2026", None),
        ] {
            assert_eq!(last_day(due).as_deref(), day, "{due}");
        }
    }
}
