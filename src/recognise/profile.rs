//! Targets that a model's named profile gives, where the sheet has none; what the sheet says is never overwritten.

use super::model::Found;
use super::ratings::count;
use crate::assessment::{Rating, Score};
use crate::error::{Problem, quoted};
use crate::model::matching::{area_of, practices_by_id};
use crate::model::{Scale, folded};

/// Fills blank targets of what applies; gives their number.
///
/// # Errors
/// `no-profile`: there is no model, it has no such profile, or the profile says nothing of what stands on this scale.
pub fn fill(
    name: &str,
    found: Option<&Found>,
    scale: &Scale,
    ratings: &mut [Rating],
    notes: &mut Vec<String>,
) -> Result<usize, Problem> {
    let no = |message: String, hint: &str| Problem::new("no-profile", format!("--target: {message}")).hint(hint);
    let Some(found) = found else {
        let message = format!("{} is no level, and no model is known that may have it as a profile", quoted(name));
        return Err(no(message, "--target 3, or name the model too: --model ID|FILE"));
    };
    let model = &found.model;
    let Some(profile) = model.profile(name) else {
        let known: Vec<String> = model.profiles.iter().map(|profile| quoted(&profile.name)).collect();
        let has = match known.is_empty() {
            true => "it has none".to_owned(),
            false => format!("it has {}", known.join(", ")),
        };
        let message = format!("{} has no target profile {}; {has}", model.name, quoted(name));
        return Err(no(message, "--target 3, or add a [[profile]] to the model's file"));
    };
    let practices = practices_by_id(model);
    let practice_of = |rating: &Rating| {
        let id = rating.practice_id.as_ref().or(rating.practice.as_ref())?;
        practices.get(&folded(id)).copied()
    };
    let naming = ratings.iter().filter(|rating| practice_of(rating).is_some()).count();
    let answered = model.is_answered(scale, naming, ratings.len());
    let (low, high) = (model.scale().lowest(), model.scale().highest());
    let spans = scale.holds(low) && scale.holds(high);
    if !answered && !spans {
        let message = format!("the profile {} stands on another scale than the ratings", quoted(&profile.name));
        return Err(no(message, "--scale LOW..HIGH with the ends of the model's scale, or --target 3"));
    }
    let (mut filled, mut given, mut none) = (0, 0, 0);
    for rating in ratings.iter_mut().filter(|rating| rating.current != Score::NotApplicable) {
        if rating.target != Score::NotAssessed {
            given += 1;
            continue;
        }
        let known = practice_of(rating);
        let area = known.map(|(area, _)| area).or_else(|| area_of(model, &rating.area));
        let practice = known.map(|(_, practice)| practice);
        match area.and_then(|area| model.target(profile, area, practice, answered)) {
            Some(level) => {
                rating.target = Score::Level(level);
                rating.target_at = None;
                filled += 1;
            }
            None => none += 1,
        }
    }
    let mut said = vec![format!(
        "the profile {} of {} gives {}",
        quoted(&profile.name),
        model.name,
        count(filled, "target", "targets")
    )];
    if given > 0 {
        said.push(format!("{} as the sheet says", count(given, "target stays", "targets stay")));
    }
    if none > 0 {
        said.push(format!("for {} it wants nothing", count(none, "rating", "ratings")));
    }
    notes.push(said.join("; "));
    Ok(filled)
}
