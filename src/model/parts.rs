//! What a maturity model is made of.

use serde::Serialize;

use super::{Metric, Scale};

/// A maturity model: a scale, areas, what each level asks for in each area, and a scoring rule.
///
/// `id` and `name` come first, also in JSON. Everything that is optional in the file is optional here.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Model {
    /// Short and stable, `cd-humble-farley`: what `--model` takes.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Year of the version at hand.
    pub year: Option<i64>,
    /// The version at hand, in words.
    pub version: Option<String>,
    /// Where it can be read.
    pub source: Option<String>,
    /// What may be reused of it, in words.
    pub licence: Option<String>,
    /// What a reader of its figures should know: how sheets write its scale, what it is not meant for.
    pub note: Option<String>,
    /// What of this file was read in the source.
    pub verified: Option<String>,
    /// What of it was not, and is presumed.
    pub presumed: Option<String>,
    /// How far the file can be taken for the publisher's model.
    pub confidence: Confidence,
    /// Whose the criteria are, unless an area says otherwise.
    pub criteria_from: Origin,
    /// Other names, as titles and sheet names spell them.
    pub aliases: Vec<String>,
    /// Names of areas that only another model or version has: a sheet with two of them is not taken for this one.
    pub foreign: Vec<String>,
    /// Its levels, lowest first.
    pub levels: NamedScale,
    /// A mark below the scale for what nobody rated.
    pub unranked: Option<Unranked>,
    /// What is answered in the cells, where that is not a level (SAMM, C2M2).
    pub answers: Option<NamedScale>,
    /// How ratings become a level.
    pub rule: Rule,
    /// The rule where ratings stand on the answers and it differs (percent in place instead of a mean of levels).
    pub answer_rule: Option<Rule>,
    /// Whose the rule is and why, in words.
    pub rule_note: Option<String>,
    /// The lowest answer that counts as met, for a staged rule.
    pub met_from: Option<f64>,
    /// What a maturity level needs of the areas assigned to it and to lower ones, where levels differ in that.
    pub stages: Vec<Stage>,
    /// Areas, parents before their children.
    pub areas: Vec<Area>,
    /// Sets of targets by name.
    pub profiles: Vec<Profile>,
}

/// How far a file can be taken for the publisher's model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Structure and demands were read in the source.
    High,
    /// The structure was read; parts were filled in from elsewhere or from memory.
    #[default]
    Medium,
    /// Mostly presumed.
    Low,
}

/// Whose something is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// The publisher's, retold in our own words.
    #[default]
    Publisher,
    /// Ours; the publisher says nothing of the kind.
    Gapwise,
}

/// A scale whose steps have other spellings.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NamedScale {
    /// The steps, lowest first.
    #[serde(rename = "levels")]
    pub scale: Scale,
    /// Other spellings of each step's name, in the order of the steps.
    pub aliases: Vec<Vec<String>>,
    /// The level that each step stands for, where it is not the step's own value (scores 1 to 10 in five bands).
    pub stands_for: Vec<Option<f64>>,
}

/// A mark for what nobody rated; no level.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Unranked {
    /// The number that sheets put there.
    pub value: f64,
    /// Its name.
    pub name: String,
}

/// How ratings become a level. What each computes is written in `analysis::scoring`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// The plain mean, rolled up area by area.
    Mean,
    /// The mean by the weights of practices and areas, the sheet's or else the model's.
    WeightedMean,
    /// The lowest one.
    Minimum,
    /// OWASP SAMM: sums of answers in streams, means above.
    Samm,
    /// The highest level that is met together with all lower ones.
    Staged,
    /// The share that is in place, 0 to 1.
    Percent,
    /// How many stand where; the lowest leads.
    Tiers,
    /// Metrics placed by thresholds; the lowest leads.
    Thresholds,
}

/// What a maturity level needs of the areas assigned to it and to lower levels.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Stage {
    /// The maturity level.
    pub level: f64,
    /// The answer that each of those areas needs.
    pub needs: f64,
}

/// An area; areas nest through `parent`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Area {
    /// Unique in the model.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Place of the area it lies in among [`Model::areas`]; always before this one.
    pub parent: Option<usize>,
    /// Other spellings.
    pub aliases: Vec<String>,
    /// What it is about, in one line.
    pub summary: Option<String>,
    /// Whether the publisher knows this area.
    pub origin: Origin,
    /// How much it counts beside its siblings.
    pub weight: f64,
    /// The maturity level it is assigned to, in staged models of areas (CMMI, TMMi).
    pub maturity_level: Option<f64>,
    /// What each level asks for, lowest level first.
    pub criteria: Vec<Asked>,
    /// Whose those demands are.
    pub criteria_from: Origin,
    /// Levels for which the model asks for nothing here.
    pub asks_nothing: Vec<f64>,
    /// What is assessed in it, one by one.
    pub practices: Vec<Practice>,
    /// What is measured in it, where a measured value gives the level.
    pub metric: Option<Metric>,
}

/// What a level asks for in an area.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Asked {
    /// The level.
    pub level: f64,
    /// The demands, in the imperative or as statements, without a full stop.
    pub demands: Vec<String>,
}

/// One thing that is assessed in an area.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Practice {
    /// Unique in the model: `GV.OC-01`.
    pub id: String,
    /// What it is, shortly.
    pub name: Option<String>,
    /// Other ids and spellings.
    pub aliases: Vec<String>,
    /// The level it belongs to, in models where each practice stands for one.
    pub level: Option<f64>,
    /// How much work it is, in any one unit.
    pub effort: Option<f64>,
    /// How much it counts beside the others.
    pub weight: f64,
}

/// Targets by name: `baseline`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Profile {
    /// What `--target` takes.
    pub name: String,
    /// Whom it is for.
    pub summary: Option<String>,
    /// The target where nothing else is said.
    pub level: Option<f64>,
    /// Targets of single areas (and all beneath them), by the area's place.
    pub areas: Vec<(usize, f64)>,
}

impl NamedScale {
    /// The value of a step by its name or another spelling, whatever the case.
    pub fn value_of(&self, name: &str) -> Option<f64> {
        let name = super::folded(name);
        let spelt = |text: &str| super::folded(text) == name;
        self.scale.levels().iter().zip(&self.aliases).find_map(|(level, aliases)| {
            let named = level.name.as_deref().is_some_and(spelt) || aliases.iter().any(|alias| spelt(alias));
            (named && !name.is_empty()).then_some(level.value)
        })
    }
}

impl Model {
    /// Its levels as a plain scale.
    pub fn scale(&self) -> &Scale {
        &self.levels.scale
    }

    /// What stands in the cells of a sheet made for it: the answers where it has them, else the levels.
    pub fn rated_on(&self) -> &NamedScale {
        self.answers.as_ref().unwrap_or(&self.levels)
    }

    /// The places of the areas directly beneath one; the top areas for `None`.
    pub fn children(&self, parent: Option<usize>) -> impl Iterator<Item = usize> + '_ {
        (0..self.areas.len()).filter(move |index| self.areas[*index].parent == parent)
    }

    /// Whether nothing lies beneath an area.
    pub fn is_leaf(&self, area: usize) -> bool {
        self.children(Some(area)).next().is_none()
    }

    /// The places from the top area down to one, itself included.
    pub fn path(&self, area: usize) -> Vec<usize> {
        let mut path = vec![area];
        let mut at = area;
        while let Some(parent) = self.areas[at].parent {
            path.push(parent);
            at = parent;
        }
        path.reverse();
        path
    }

    /// The place of an area by its id.
    pub fn area_by_id(&self, id: &str) -> Option<usize> {
        self.areas.iter().position(|area| area.id == id)
    }

    /// All practices with the place of their area.
    pub fn practices(&self) -> impl Iterator<Item = (usize, &Practice)> + '_ {
        self.areas
            .iter()
            .enumerate()
            .flat_map(|(index, area)| area.practices.iter().map(move |practice| (index, practice)))
    }

    /// What a level asks for in an area; empty where the model says nothing.
    pub fn asks(&self, area: usize, level: f64) -> &[String] {
        let asked = self.areas[area].criteria.iter().find(|asked| asked.level == level);
        asked.map_or(&[], |asked| &asked.demands)
    }

    /// Levels of areas without sub-areas that have neither criteria nor a word that the model asks for nothing: what
    /// is left to write. Areas that are measured need none.
    pub fn unwritten(&self) -> Vec<(&Area, f64)> {
        let leaves = (0..self.areas.len()).filter(|index| self.is_leaf(*index)).map(|index| &self.areas[index]);
        leaves
            .filter(|area| area.metric.is_none())
            .flat_map(|area| self.scale().levels().iter().map(move |level| (area, level.value)))
            .filter(|(area, level)| {
                !area.asks_nothing.contains(level) && !area.criteria.iter().any(|asked| asked.level == *level)
            })
            .collect()
    }
}

impl Rule {
    /// All rules with the words that files use.
    pub const ALL: [(&'static str, Self); 8] = [
        ("mean", Self::Mean),
        ("weighted-mean", Self::WeightedMean),
        ("minimum", Self::Minimum),
        ("samm", Self::Samm),
        ("staged", Self::Staged),
        ("percent", Self::Percent),
        ("tiers", Self::Tiers),
        ("thresholds", Self::Thresholds),
    ];

    /// The word that files and the JSON use.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, rule)| *rule == self).map_or("mean", |(word, _)| word)
    }
}
