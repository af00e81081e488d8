//! The model that the table is rated against: the one named, else the one that its names point to.

use std::sync::Arc;

use super::level::{Answer, Form, Why};
use super::measured::Measured;
use super::ratings::Raw;
use crate::model::matching::{self, Evidence};
use crate::model::{Level, Model, Scale};

/// A model with the reason for it.
pub struct Found {
    pub model: Arc<Model>,
    pub because: String,
}

/// The model named with `--model`, else the one whose metrics are measured, else the one that areas, ids, levels and
/// titles point to.
pub fn find(
    wished: Option<&Arc<Model>>,
    measured: Option<&Measured>,
    raws: &[Raw],
    levels: Vec<String>,
    titles: Vec<String>,
) -> Option<Found> {
    if let Some(model) = wished {
        return Some(Found { model: Arc::clone(model), because: "named with --model".to_owned() });
    }
    if let Some(measured) = measured {
        let because = format!("{} of its metrics are measured", measured.metrics);
        return Some(Found { model: Arc::clone(&measured.model), because });
    }
    let found = matching::find(&Evidence {
        areas: distinct(raws.iter().flat_map(|raw| &raw.area)),
        ids: distinct(raws.iter().filter_map(|raw| raw.id.as_ref())),
        levels,
        titles,
    })?;
    Some(Found { model: found.model, because: found.because })
}

/// Whether a rating is a measured value, one that can be read or one that cannot.
pub fn measured(raw: &Raw) -> bool {
    match &raw.current {
        Answer::Level(found) => found.form == Form::Measured,
        Answer::Not(why) => matches!(why, Why::Measured { .. }),
        _ => false,
    }
}

fn distinct<'a>(names: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    names.filter(|name| seen.insert(name.as_str())).cloned().collect()
}

/// The model's scale that the ratings stand on: its answers where all of them fit there, else its levels; with the
/// model's name and its mark for what nobody rated.
pub fn scale(found: &Found, raws: &[Raw]) -> (Scale, String, Option<f64>) {
    let model = &found.model;
    let unranked = model.unranked.as_ref().map(|mark| mark.value);
    let fits = |scale: &Scale| {
        raws.iter().all(|raw| match &raw.current {
            Answer::Level(level) => scale.holds(level.value) || Some(level.value) == unranked,
            _ => true,
        })
    };
    let scale = match &model.answers {
        Some(answers) if fits(&answers.scale) && !raws.iter().any(measured) => &answers.scale,
        _ => model.scale(),
    };
    (scale.clone(), model.name.clone(), unranked)
}

/// A scale with the model's names and summaries where its levels are the model's and have none of their own.
pub fn named(scale: Scale, model: &Model) -> Scale {
    let known = [Some(&model.levels), model.answers.as_ref()];
    let same = |other: &&crate::model::NamedScale| {
        let (own, other) = (scale.levels(), other.scale.levels());
        own.len() == other.len() && own.iter().zip(other).all(|(a, b)| a.value == b.value)
    };
    let Some(other) = known.into_iter().flatten().find(same) else { return scale };
    let levels = scale.levels().iter().zip(other.scale.levels()).map(|(own, theirs)| Level {
        value: own.value,
        name: own.name.clone().or_else(|| theirs.name.clone()),
        summary: own.summary.clone().or_else(|| theirs.summary.clone()),
    });
    Scale::new(levels.collect()).unwrap_or(scale)
}
