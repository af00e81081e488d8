//! Scales and maturity models as data: levels, areas, what each level asks for, practices, metrics, a scoring rule.
//!
//! [`Scale`] is what ratings stand on, whoever made it. A [`Model`] is a file of its own ([`mod@file`]): the ones in
//! [`catalogue`] are compiled in, a user's own is read the same way. `docs/models.md` explains the format.

pub mod catalogue;
pub mod describe;
pub mod file;
pub mod matching;
pub(crate) mod metric;
mod parts;
mod profile;

use serde::{Deserialize, Serialize};

pub use metric::{Direction, Kind, Metric, Threshold};
pub use parts::{Area, Asked, Confidence, Model, NamedScale, Origin, Practice, Profile, Rule, Stage, Unranked};

/// One step of a scale.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Level {
    /// Its value; may be negative or fractional.
    pub value: f64,
    /// Its name, `Optimizing`; `None` where the scale is bare numbers.
    pub name: Option<String>,
    /// What it means, in one line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
}

/// Ordered levels, lowest first, at least two, all values finite and different.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Level>", into = "Vec<Level>")]
pub struct Scale {
    levels: Vec<Level>,
}

impl Scale {
    /// A scale of these levels, sorted by value.
    ///
    /// # Errors
    /// A sentence that says what is wrong: fewer than two levels, a value twice, or a value that is no finite number.
    pub fn new(mut levels: Vec<Level>) -> std::result::Result<Self, String> {
        if let Some(level) = levels.iter().find(|level| !level.value.is_finite()) {
            return Err(format!("the level value {} is no finite number", level.value));
        }
        levels.sort_by(|a, b| a.value.total_cmp(&b.value));
        if let Some(pair) = levels.windows(2).find(|pair| pair[0].value == pair[1].value) {
            return Err(format!("the level {} stands twice", pair[0].value));
        }
        if levels.len() < 2 {
            return Err("a scale needs at least two levels".to_owned());
        }
        Ok(Self { levels })
    }

    /// Whole-number levels from `low` to `high` without names; both ends are always levels, also where they are fractions.
    ///
    /// # Errors
    /// A sentence where `low` is not below `high`, an end is not finite, or there would be more than 1,001 levels.
    pub fn between(low: f64, high: f64) -> std::result::Result<Self, String> {
        if !(low.is_finite() && high.is_finite() && low < high) {
            return Err(format!("{low}..{high} is no scale: the first number must be the smaller one"));
        }
        if high - low > 1_000.0 {
            return Err(format!("{low}..{high} is too wide for a scale: at most 1,000 levels"));
        }
        let mut values = vec![low];
        let mut value = low.floor() + 1.0;
        while value < high {
            values.push(value);
            value += 1.0;
        }
        values.push(high);
        Self::new(values.into_iter().map(|value| Level { value, name: None, summary: None }).collect())
    }

    /// The levels, lowest first.
    pub fn levels(&self) -> &[Level] {
        &self.levels
    }

    /// The lowest level's value.
    pub fn lowest(&self) -> f64 {
        self.levels[0].value
    }

    /// The highest level's value.
    pub fn highest(&self) -> f64 {
        self.levels[self.levels.len() - 1].value
    }

    /// `highest - lowest`, always positive.
    pub fn span(&self) -> f64 {
        self.highest() - self.lowest()
    }

    /// Whether a value lies on the scale, its ends included; levels between two steps (1.5) do.
    pub fn holds(&self, value: f64) -> bool {
        (self.lowest()..=self.highest()).contains(&value)
    }

    /// The name of the level with exactly this value.
    pub fn name_of(&self, value: f64) -> Option<&str> {
        self.levels.iter().find(|level| level.value == value)?.name.as_deref()
    }
}

impl TryFrom<Vec<Level>> for Scale {
    type Error = String;

    fn try_from(levels: Vec<Level>) -> std::result::Result<Self, String> {
        Self::new(levels)
    }
}

impl From<Scale> for Vec<Level> {
    fn from(scale: Scale) -> Self {
        scale.levels
    }
}

/// A name as it is compared: lower case, `&` as `and`, everything but letters and digits as one blank.
pub fn folded(name: &str) -> String {
    let lower = name.to_lowercase().replace('&', " and ");
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}
