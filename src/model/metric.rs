//! Metrics: a measured value as a sheet writes it ("42 min", "3/week", "12 %") -> a level.
//!
//! Frequencies are compared in times a day, durations in hours, shares in percent. A month counts 30.4375 days
//! (365.25 / 12), as the answers of DORA's own check do.

use serde::Serialize;

/// What is measured and where the levels begin.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Metric {
    /// What the value is.
    pub kind: Kind,
    /// The unit of a bare number: `hours`, `per week`, `percent`; any word for a plain number.
    pub unit: String,
    /// Which way is better.
    pub direction: Direction,
    /// Levels with what they need, best first; what meets none is at the lowest level.
    pub thresholds: Vec<Threshold>,
    /// The lowest level of the model.
    pub lowest: f64,
    /// Whose thresholds these are, of which year.
    pub note: Option<String>,
}

/// What a measured value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// How often.
    Frequency,
    /// How long.
    Duration,
    /// Which share of a whole.
    Percent,
    /// Anything counted.
    Number,
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
}

/// What a level needs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Threshold {
    /// The level.
    pub level: f64,
    /// The bound, in times a day, hours, percent or as it is.
    pub bound: f64,
    /// Whether the bound itself suffices.
    pub included: bool,
    /// As the file writes it: `>= 1/week`.
    pub written: String,
}

/// A measured value: the number, and whether it lies just below (-1) or just above (1) it, as "less than an hour" does.
type Measured = (f64, i8);

impl Metric {
    /// The level of a measured value as a sheet writes it; `None` where it is no such value.
    pub fn level_of(&self, text: &str) -> Option<f64> {
        let measured = self.measure(text)?;
        let met = self.thresholds.iter().find(|threshold| self.meets(measured, threshold));
        Some(met.map_or(self.lowest, |threshold| threshold.level))
    }

    fn meets(&self, (value, side): Measured, threshold: &Threshold) -> bool {
        let order = value.total_cmp(&threshold.bound).then(side.cmp(&0));
        match self.direction {
            Direction::Higher => order.is_gt() || (threshold.included && order.is_eq()),
            Direction::Lower => order.is_lt() || (threshold.included && order.is_eq()),
        }
    }

    /// What a text measures. Of a range ("between a day and a week") the worse end counts, its own bound excluded.
    fn measure(&self, text: &str) -> Option<Measured> {
        let text = text.trim().to_lowercase().replace(['−', '–', '—'], "-");
        let text = text.strip_prefix("between ").or_else(|| text.strip_prefix("from ")).unwrap_or(&text);
        for between in [" and ", " to ", " - ", "..", "-"] {
            if let Some((one, other)) = text.split_once(between)
                && let Some(ends) = self.range(one, other)
            {
                return Some(ends);
            }
        }
        self.single(text)
    }

    fn range(&self, one: &str, other: &str) -> Option<Measured> {
        let (other, _) = self.single(other)?;
        let (one, _) = self.single(one).or_else(|| {
            // "1 to 7 days": the unit stands once.
            let number: String = one.trim().chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
            (number == one.trim()).then(|| number.parse().ok()).flatten().map(|number| (number, 0))
        })?;
        Some(match self.direction {
            Direction::Higher => (one.min(other), 1),
            Direction::Lower => (one.max(other), -1),
        })
    }

    fn single(&self, text: &str) -> Option<Measured> {
        let (text, side) = sided(text.trim());
        let value = match self.kind {
            Kind::Frequency => frequency(text, &self.unit)?,
            Kind::Duration => duration(text, &self.unit)?,
            Kind::Percent => percent(text)?,
            Kind::Number => number(text.trim_end_matches(self.unit.to_lowercase().as_str()))?,
        };
        (value >= 0.0).then_some((value, side))
    }

    /// Reads a threshold as files write it: `>= 1/week`, `< 1 day`, `<= 5 %`.
    ///
    /// # Errors
    /// A phrase that says what is wrong.
    pub fn threshold(&self, level: f64, written: &str) -> std::result::Result<Threshold, String> {
        let text = written.trim();
        let (rest, higher, included) = [
            (">=", Direction::Higher, true),
            ("<=", Direction::Lower, true),
            (">", Direction::Higher, false),
            ("<", Direction::Lower, false),
        ]
        .iter()
        .find_map(|(sign, way, included)| Some((text.strip_prefix(sign)?, *way, *included)))
        .ok_or_else(|| format!("`{written}` begins with none of >=, >, <=, <"))?;
        if higher != self.direction {
            let wants = if self.direction == Direction::Higher { ">= or >" } else { "<= or <" };
            return Err(format!("`{written}` goes against the metric's direction, which wants {wants}"));
        }
        let (bound, _) = self
            .single(&rest.trim().to_lowercase())
            .ok_or_else(|| format!("`{}` is no {}", rest.trim(), self.kind.word()))?;
        Ok(Threshold { level, bound, included, written: written.to_owned() })
    }
}

impl Kind {
    /// All kinds with the words that files use.
    pub const ALL: [(&'static str, Self); 4] = [
        ("frequency", Self::Frequency),
        ("duration", Self::Duration),
        ("percent", Self::Percent),
        ("number", Self::Number),
    ];

    /// The word that files use.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("number", |(word, _)| word)
    }

    /// What a reader calls it.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Percent => "percentage",
            other => other.word(),
        }
    }

    /// How one is written.
    pub fn example(self) -> &'static str {
        match self {
            Self::Frequency => "3/week",
            Self::Duration => "42 min",
            Self::Percent => "12 %",
            Self::Number => "7",
        }
    }
}

/// Whether a text is a quantity with its unit, of whatever kind: `42 min`, `3/week`, `12 %`.
pub(crate) fn is_quantity(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    let (text, _) = sided(&text);
    number(text).is_none() && (duration(text, "").is_some() || frequency(text, "").is_some() || is_share(text))
}

/// Whether a text names a unit of time, of frequency or of shares.
pub(crate) fn is_unit(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    let quantity = || format!("1 {text}");
    !text.starts_with(|c: char| c.is_ascii_digit())
        && (unit_of_time(&text).is_some() || frequency(&quantity(), "").is_some() || is_share(&quantity()))
}

fn is_share(text: &str) -> bool {
    number(text).is_none() && percent(text).is_some()
}

/// "less than one hour" -> "one hour", just below it.
fn sided(text: &str) -> (&str, i8) {
    const BELOW: [&str; 5] = ["less than ", "under ", "below ", "fewer than ", "<"];
    const ABOVE: [&str; 5] = ["more than ", "over ", "above ", "longer than ", ">"];
    for (words, side) in [(BELOW, -1), (ABOVE, 1)] {
        if let Some(rest) = words.iter().find_map(|word| text.strip_prefix(word)) {
            // `<=` and `>=` hold the bound itself.
            return match rest.strip_prefix('=') {
                Some(rest) => (rest.trim(), 0),
                None => (rest.trim(), side),
            };
        }
    }
    for sign in ["~", "ca. ", "about ", "approx. ", "≈"] {
        if let Some(rest) = text.strip_prefix(sign) {
            return (rest.trim(), 0);
        }
    }
    (text, 0)
}

const HOURS_A_MONTH: f64 = 730.5;

/// The hours of a unit of time.
fn unit_of_time(word: &str) -> Option<f64> {
    Some(match word.trim_end_matches('.') {
        "s" | "sec" | "secs" | "second" | "seconds" | "sekunde" | "sekunden" | "seconde" | "secondes" | "segundo"
        | "segundos" => 1.0 / 3600.0,
        "m" | "min" | "mins" | "minute" | "minutes" | "minuten" | "minuto" | "minutos" => 1.0 / 60.0,
        "h" | "hr" | "hrs" | "hour" | "hours" | "std" | "stunde" | "stunden" | "heure" | "heures" | "hora"
        | "horas" => 1.0,
        "d" | "day" | "days" | "tag" | "tage" | "tagen" | "jour" | "jours" | "j" | "día" | "días" | "dia"
        | "dias" => 24.0,
        "w" | "wk" | "wks" | "week" | "weeks" | "woche" | "wochen" | "semaine" | "semaines" | "semana"
        | "semanas" => 168.0,
        "mo" | "month" | "months" | "monat" | "monate" | "monaten" | "mois" | "mes" | "meses" | "mês" => {
            HOURS_A_MONTH
        }
        "q" | "quarter" | "quarters" | "quartal" | "quartale" | "trimestre" | "trimestres" => 3.0 * HOURS_A_MONTH,
        "y" | "yr" | "yrs" | "year" | "years" | "jahr" | "jahre" | "jahren" | "an" | "ans" | "año" | "años"
        | "ano" | "anos" => 12.0 * HOURS_A_MONTH,
        _ => return None,
    })
}

/// A duration in hours: "42 min", "1 h 30 min", "one day"; a bare number has the metric's unit.
fn duration(text: &str, unit: &str) -> Option<f64> {
    if let Some(bare) = number(text) {
        return Some(bare * unit_of_time(&unit.to_lowercase())?);
    }
    let mut hours = 0.0;
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (count, after) = counted(rest)?;
        let end = after.find(|c: char| !c.is_alphabetic() && c != '.').unwrap_or(after.len());
        hours += count * unit_of_time(&after[..end])?;
        rest = after[end..].trim_start();
    }
    Some(hours)
}

/// A frequency in times a day: "3/week", "2 per day", "weekly", "on demand"; a bare number has the metric's unit.
fn frequency(text: &str, unit: &str) -> Option<f64> {
    let word = match text {
        "on demand" | "on-demand" | "continuously" | "bei bedarf" | "à la demande" | "bajo demanda"
        | "sob demanda" => {
            return Some(f64::INFINITY);
        }
        "hourly" | "stündlich" => 1.0,
        "daily" | "täglich" | "quotidien" | "quotidienne" | "diario" | "diaria" | "diário" | "diária" => 24.0,
        "weekly" | "wöchentlich" | "hebdomadaire" | "semanal" => 168.0,
        "biweekly" | "fortnightly" | "zweiwöchentlich" | "quincenal" | "quinzenal" => 336.0,
        "monthly" | "monatlich" | "mensuel" | "mensuelle" | "mensual" | "mensal" => HOURS_A_MONTH,
        "quarterly" | "vierteljährlich" | "trimestriel" | "trimestrielle" | "trimestral" => 3.0 * HOURS_A_MONTH,
        "yearly" | "annually" | "jährlich" | "annuel" | "annuelle" | "anual" => 12.0 * HOURS_A_MONTH,
        _ => 0.0,
    };
    if word > 0.0 {
        return Some(24.0 / word);
    }
    if let Some(rest) = text.strip_prefix("every ").or_else(|| text.strip_prefix("once every ")) {
        let hours = duration(rest, "").or_else(|| unit_of_time(rest))?;
        return (hours > 0.0).then(|| 24.0 / hours);
    }
    if let Some(bare) = number(text) {
        let unit = unit.to_lowercase();
        let time = unit.rsplit([' ', '/']).next().unwrap_or_default();
        return Some(bare * 24.0 / unit_of_time(time)?);
    }
    let (times, period) =
        ["per ", "/", "pro ", "par ", "por ", " a ", " an ", "each ", "je "].iter().find_map(|sign| {
            let (times, period) = text.split_once(sign)?;
            let times =
                times.trim().trim_end_matches("times").trim_end_matches("mal").trim_end_matches(['x', '×']).trim();
            let times = match times {
                "once" => 1.0,
                "twice" => 2.0,
                "several" | "multiple" | "many" => f64::INFINITY,
                other => match number(other) {
                    Some(number) => number,
                    // "3 deployments per week": what is counted stands between.
                    None => counted(other).filter(|(_, what)| what.chars().all(|c| c.is_alphabetic() || c == ' '))?.0,
                },
            };
            Some((times, period))
        })?;
    let hours = unit_of_time(period.trim()).or_else(|| duration(period, ""))?;
    (hours > 0.0).then(|| times * 24.0 / hours)
}

/// A share in percent; a bare number is taken for percent.
fn percent(text: &str) -> Option<f64> {
    // "12 % of changes": of what stands behind.
    let bare = text.split_once('%').filter(|(_, of)| of.chars().all(|c| c.is_alphabetic() || c == ' '));
    let bare = bare.map_or(text, |(bare, _)| bare).trim_end();
    let bare = ["percent", "prozent", "pour cent", "por ciento", "por cento"]
        .iter()
        .find_map(|it| bare.strip_suffix(it))
        .unwrap_or(bare);
    number(bare).filter(|value| *value <= 100.0)
}

/// The count at the start of a text and what follows.
fn counted(text: &str) -> Option<(f64, &str)> {
    const WORDS: [(&str, f64); 7] =
        [("one ", 1.0), ("an ", 1.0), ("a ", 1.0), ("two ", 2.0), ("three ", 3.0), ("four ", 4.0), ("six ", 6.0)];
    if let Some((word, count)) = WORDS.iter().find(|(word, _)| text.starts_with(word)) {
        return Some((*count, text[word.len()..].trim_start()));
    }
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(text.len());
    Some((number(&text[..end])?, text[end..].trim_start()))
}

/// A plain decimal number, with a point or a comma.
pub(crate) fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let plain = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',');
    plain.then(|| text.replace(',', ".").parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metric(kind: Kind, unit: &str, direction: Direction, thresholds: &[(f64, &str)]) -> Metric {
        let mut metric = Metric { kind, unit: unit.into(), direction, thresholds: vec![], lowest: 1.0, note: None };
        for (level, written) in thresholds {
            metric.thresholds.push(metric.threshold(*level, written).expect("a threshold"));
        }
        metric
    }

    /// The published bounds of 2024 (Accelerate State of DevOps Report 2024, performance levels): deployment frequency
    /// and change lead time.
    #[test]
    fn measured_values_find_their_published_cluster() {
        let often = metric(
            Kind::Frequency,
            "per day",
            Direction::Higher,
            &[(4.0, "> 1/day"), (3.0, ">= 1/week"), (2.0, ">= 1/month")],
        );
        for (text, level) in [
            ("on demand", 4.0),
            ("several a day", 4.0),
            ("3/day", 4.0),
            ("once per hour to once per day", 4.0),
            ("1", 3.0),
            ("daily", 3.0),
            ("3/week", 3.0),
            ("3 deployments per week", 3.0),
            ("between once a day and once a week", 3.0),
            ("every 2 weeks", 2.0),
            ("2x per month", 2.0),
            ("once per week to once per month", 2.0),
            ("quarterly", 1.0),
            ("less than once per six months", 1.0),
        ] {
            assert_eq!(often.level_of(text), Some(level), "{text}");
        }
        let long = metric(
            Kind::Duration,
            "hours",
            Direction::Lower,
            &[(4.0, "< 1 day"), (3.0, "<= 1 week"), (2.0, "<= 1 month")],
        );
        for (text, level) in [
            ("42 min", 4.0),
            ("1 h 30 min", 4.0),
            ("less than one day", 4.0),
            ("1 day", 3.0),
            ("24", 3.0),
            ("1-7 days", 3.0),
            ("one day to one week", 3.0),
            ("2 weeks", 2.0),
            ("more than six months", 1.0),
        ] {
            assert_eq!(long.level_of(text), Some(level), "{text}");
        }
        let failing = metric(Kind::Percent, "percent", Direction::Lower, &[(4.0, "<= 5 %"), (3.0, "<= 10 %")]);
        assert_eq!(failing.level_of("5%"), Some(4.0));
        assert_eq!(failing.level_of("12 %"), Some(1.0));
        assert_eq!(failing.level_of("7,5"), Some(3.0));
        for no_value in ["", "fast", "soon per week", "120 %", "-3"] {
            assert_eq!(failing.level_of(no_value), None, "{no_value}");
        }
        assert_eq!(often.level_of("42 min"), None);
        assert_eq!(
            often.threshold(2.0, "< 1/month").unwrap_err(),
            "`< 1/month` goes against the metric's direction, which wants >= or >"
        );
    }
}
