//! Targets that a model has under a name: the level wanted of each area, and what that level needs of each answer.

use super::{Model, Practice, Profile, Scale};

impl Model {
    /// A set of targets by its name, whatever the case.
    pub fn profile(&self, name: &str) -> Option<&Profile> {
        self.profiles.iter().find(|profile| super::folded(&profile.name) == super::folded(name))
    }

    /// The level that a profile wants of an area: its own, else the one of the nearest area around it, else the
    /// profile's general level.
    pub fn profile_target(&self, profile: &Profile, area: usize) -> Option<f64> {
        let own = |area: &usize| profile.areas.iter().find(|(index, _)| index == area).map(|(_, level)| *level);
        self.path(area).iter().rev().find_map(own).or(profile.level)
    }

    /// The target of one rating: that level, or, where ratings are answers, the answer that the level needs of what is
    /// answered; `None` where it needs nothing of it.
    pub fn target(&self, profile: &Profile, area: usize, practice: Option<&Practice>, answered: bool) -> Option<f64> {
        let level = self.profile_target(profile, area)?;
        if !answered {
            return Some(level);
        }
        let assigned = || self.path(area).into_iter().rev().find_map(|index| self.areas[index].maturity_level);
        let stage = assigned().or_else(|| practice.and_then(|practice| practice.level))?;
        (stage <= level).then(|| self.needs(level))
    }

    /// The answer that counts as reaching a level: its stage's, else the cut-off, else the highest answer.
    pub fn needs(&self, level: f64) -> f64 {
        let stage = self.stages.iter().find(|stage| stage.level == level);
        stage.map(|stage| stage.needs).or(self.met_from).unwrap_or(self.rated_on().scale.highest())
    }

    /// Whether ratings on a scale are answers and no levels: where the scale is that of the answers; where answers and
    /// levels share it (C2M2, 0 to 3), if most ratings name a practice of the model.
    pub fn is_answered(&self, scale: &Scale, naming_practices: usize, ratings: usize) -> bool {
        let ends = |other: &Scale| (other.lowest(), other.highest()) == (scale.lowest(), scale.highest());
        let answers = self.answers.as_ref().map(|answers| &answers.scale);
        answers.is_some_and(|answers| ends(answers) && (!ends(self.scale()) || 2 * naming_practices > ratings))
    }
}
