//! Which model a sheet is rated against, by what stands in it; and which area of the model a name means.
//!
//! A model is taken only on evidence that a chance likeness does not give, and with a lead over the next one: names of
//! areas that cover the sheet and the model, ids of practices, with names of levels and titles in support. "Testing"
//! alone says nothing; three areas that the model has and a title that names it do.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Model, Practice, folded};

/// What a sheet says about its model; all in the sheet's own spelling, each once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// Names of areas at every depth.
    pub areas: Vec<String>,
    /// Ids of practices.
    pub ids: Vec<String>,
    /// Names of levels.
    pub levels: Vec<String>,
    /// Names of sheets, title lines, the document's title.
    pub titles: Vec<String>,
}

/// A model that a sheet matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// The model.
    pub model: Arc<Model>,
    /// Why, a phrase: "6 of 6 area names and 5 level names match".
    pub because: String,
    /// The next best model and why it lost, a phrase; empty where none came near.
    pub runner_up: String,
}

/// How well one model fits.
struct Fit {
    areas: usize,
    of: usize,
    ids: usize,
    levels: usize,
    titled: bool,
    points: f64,
    enough: bool,
}

/// How far the best must be ahead: points, where four are a full match of areas or ids.
const LEAD: f64 = 0.75;

/// The model of the catalogue that a sheet is rated against, if the evidence is strong and clear.
pub fn find(evidence: &Evidence) -> Option<Match> {
    find_among(super::catalogue::all(), evidence)
}

/// The same among given models.
pub fn find_among(models: &[Arc<Model>], evidence: &Evidence) -> Option<Match> {
    let mut fits: Vec<(Fit, &Arc<Model>)> = models.iter().map(|model| (fit(model, evidence), model)).collect();
    fits.sort_by(|a, b| b.0.points.total_cmp(&a.0.points));
    let (best, model) = fits.first()?;
    let next = fits.get(1).filter(|(fit, _)| fit.points > 0.5);
    if !best.enough || next.is_some_and(|(next, _)| best.points < next.points + LEAD) {
        return None;
    }
    let runner_up = next.map_or_else(String::new, |(next, other)| {
        format!("{}: {}", other.name, next.phrase().unwrap_or_else(|| "little matches".to_owned()))
    });
    Some(Match { model: Arc::clone(model), because: best.phrase().unwrap_or_default(), runner_up })
}

impl Match {
    /// The model's area that the last of these names means, seen from the top area down.
    pub fn area_of(&self, path: &[String]) -> Option<usize> {
        area_of(&self.model, path)
    }
}

impl Fit {
    /// `6 of 6 area names and 5 level names match`.
    fn phrase(&self) -> Option<String> {
        let mut parts = Vec::new();
        if self.areas > 0 {
            parts.push(format!("{} of {} area names", self.areas, self.of));
        }
        if self.ids > 0 {
            parts.push(format!("{} practice ids", self.ids));
        }
        if self.levels > 0 {
            parts.push(format!("{} level names", self.levels));
        }
        if self.titled {
            parts.push("the title".to_owned());
        }
        let last = parts.pop()?;
        Some(if parts.is_empty() {
            format!("{last} match")
        } else {
            format!("{} and {last} match", parts.join(", "))
        })
    }
}

fn fit(model: &Model, evidence: &Evidence) -> Fit {
    let names: Vec<Vec<String>> = evidence.areas.iter().map(|name| spellings(name)).collect();
    let mut met: BTreeSet<usize> = BTreeSet::new();
    let mut areas = 0;
    let mut sure = 0.0;
    // Names of one word (People, Process, Data) are everybody's.
    let mut worded = 0;
    for (names, written) in names.iter().zip(&evidence.areas) {
        let found = (0..model.areas.len()).filter_map(|index| Some((likeness(model, index, names)?, index)));
        let found: Vec<(f64, usize)> = found.collect();
        if let Some(best) = found.iter().map(|(likeness, _)| *likeness).max_by(f64::total_cmp) {
            areas += 1;
            sure += best;
            worded += usize::from(folded(written).contains(' '));
            met.extend(found.iter().map(|(_, index)| *index));
        }
    }
    let of = names.len();
    let titled = is_titled(model, &evidence.titles);
    let known: BTreeSet<String> = model
        .practices()
        .flat_map(|(_, practice)| practice.aliases.iter().chain([&practice.id]))
        .map(|id| folded(id))
        .collect();
    // Bare numbers (5.10) are in many lists; they speak only where the title does.
    let telling = |id: &str| titled || id.chars().any(char::is_alphabetic);
    let ids = evidence.ids.iter().map(|id| folded(id)).filter(|id| telling(id) && known.contains(id)).count();
    let levels = evidence.levels.iter().filter(|name| model.levels.value_of(name).is_some()).count();
    let share = |hits: usize, of: usize| if of == 0 { 0.0 } else { hits as f64 / of as f64 };
    let (area_share, id_share) = (share(areas, of), share(ids, evidence.ids.len()));
    let level_share = share(levels, model.scale().levels().len()).min(1.0);
    let named_levels = levels >= 3 && level_share >= 0.6;
    let tops = cover(&met, model.children(None));
    let leaves = cover(&met, (0..model.areas.len()).filter(|index| model.is_leaf(*index)));
    let foreign: BTreeSet<String> = model.foreign.iter().map(|name| folded(name)).collect();
    let strangers = names.iter().filter(|names| names.iter().any(|name| foreign.contains(name))).count();
    let vague = worded == 0 && ids < 3 && !titled && !named_levels && tops.max(leaves) < 1.0;
    let enough = (areas >= 4 && area_share >= 0.7 && tops.max(leaves) >= 0.6)
        || (ids >= 5 && id_share >= 0.6)
        || ((titled || named_levels) && areas >= 3 && area_share >= 0.5)
        || (titled && areas >= 2 && areas == of);
    let enough = enough && !vague && strangers < 2;
    let covered = if of == 0 { 0.0 } else { sure / of as f64 };
    let points = 3.0 * covered
        + tops.max(leaves)
        + if ids >= 3 { 4.0 * id_share } else { 0.0 }
        + if named_levels { level_share } else { 0.0 }
        + if titled { 2.0 } else { 0.0 };
    Fit { areas, of, ids, levels, titled, points, enough }
}

/// Whether a title names a model.
pub(crate) fn is_titled(model: &Model, titles: &[String]) -> bool {
    let titles: Vec<String> = titles.iter().map(|title| format!(" {} ", folded(title))).collect();
    model.aliases.iter().chain([&model.name]).map(|name| folded(name)).any(|name| {
        let telling = name.contains(' ') || name.chars().count() >= 4;
        telling && titles.iter().any(|title| title.contains(&format!(" {name} ")))
    })
}

fn cover(met: &BTreeSet<usize>, set: impl Iterator<Item = usize>) -> f64 {
    let (mut hits, mut of) = (0usize, 0usize);
    for index in set {
        of += 1;
        hits += usize::from(met.contains(&index));
    }
    if of == 0 { 0.0 } else { hits as f64 / of as f64 }
}

/// How an area's name is met: by its own name or id, or by another spelling.
fn likeness(model: &Model, area: usize, names: &[String]) -> Option<f64> {
    let area = &model.areas[area];
    if names.contains(&folded(&area.name)) || names.contains(&folded(&area.id)) {
        return Some(1.0);
    }
    area.aliases.iter().any(|alias| names.contains(&folded(alias))).then_some(0.8)
}

/// What a name may be compared by: as a whole, without a bracketed part, that part alone, without a leading number.
pub(crate) fn spellings(name: &str) -> Vec<String> {
    let mut spellings = vec![folded(name)];
    if let Some((before, rest)) = name.split_once('(') {
        let (inside, after) = rest.split_once(')').unwrap_or((rest, ""));
        spellings.extend([folded(&format!("{before} {after}")), folded(inside)]);
    }
    let unnumbered = name.trim_start_matches(|c: char| c.is_ascii_digit() || " .)-–:".contains(c));
    spellings.push(folded(unnumbered));
    if let Some((id, rest)) = name.split_once([':', '–', '-']) {
        spellings.extend([folded(id), folded(rest)]);
    }
    spellings.retain(|spelling| !spelling.is_empty());
    spellings.dedup();
    spellings
}

/// The practices of a model with their areas, by the ids and other spellings they are known by.
pub fn practices_by_id(model: &Model) -> BTreeMap<String, (usize, &Practice)> {
    let mut practices = BTreeMap::new();
    for (area, practice) in model.practices() {
        for id in practice.aliases.iter().chain([&practice.id]) {
            practices.entry(folded(id)).or_insert((area, practice));
        }
    }
    practices
}

/// The model's area that the last of these names means, seen from the top area down: of several that share the name,
/// the one that lies in an area named before.
pub fn area_of(model: &Model, path: &[String]) -> Option<usize> {
    let names: Vec<Vec<String>> = path.iter().map(|name| spellings(name)).collect();
    let (last, above) = names.split_last()?;
    let around = |index: usize| {
        let outer = model.path(index);
        let outer = &outer[..outer.len() - 1];
        above.iter().filter(|names| outer.iter().any(|area| likeness(model, *area, names).is_some())).count()
    };
    (0..model.areas.len())
        .filter_map(|index| Some((around(index), likeness(model, index, last)?, index)))
        .max_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(b.2.cmp(&a.2)))
        .map(|(_, _, index)| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(list: &[&str]) -> Vec<String> {
        list.iter().map(|text| (*text).to_owned()).collect()
    }

    fn of_areas(list: &[&str]) -> Option<Match> {
        find(&Evidence { areas: texts(list), ..Evidence::default() })
    }

    #[test]
    fn a_model_is_found_by_its_areas_in_any_spelling() {
        let found = of_areas(&[
            "1. Build Management & Continuous Integration",
            "ENVIRONMENTS AND DEPLOYMENT",
            "Release management & compliance",
            "Testing",
            "Data Management",
            "Configuration management (CM)",
        ])
        .expect("a model");
        assert_eq!(found.model.id, "cd-humble-farley");
        assert_eq!(found.because, "6 of 6 area names match");
        assert_eq!(
            found.area_of(&texts(&["4 Testing"])).map(|area| found.model.areas[area].id.as_str()),
            Some("testing")
        );
        let iac = of_areas(&["Development", "Continuous Integration", "Provisioning", "Management", "Observability"]);
        assert_eq!(iac.map(|found| found.model.id.clone()).as_deref(), Some("iac"));
    }

    /// CSF 1.1 has five of the six functions of 2.0, SAMM 1.5 functions and practices that 2 renamed.
    #[test]
    fn another_version_is_another_model() {
        assert_eq!(of_areas(&["Identify", "Protect", "Detect", "Respond", "Recover"]), None);
        let whole = of_areas(&["Govern", "Identify", "Protect", "Detect", "Respond", "Recover"]);
        assert_eq!(whole.map(|found| found.model.id.clone()).as_deref(), Some("nist-csf-2.0"));
        let categories = ["ID.AM", "ID.BE", "ID.GV", "ID.RA", "ID.RM", "ID.SC", "PR.AC", "PR.AT", "PR.DS", "PR.IP"];
        assert_eq!(of_areas(&categories), None);
        assert_eq!(of_areas(&["Governance", "Construction", "Verification", "Deployment"]), None);
        let practices = ["Strategy & Metrics", "Policy & Compliance", "Threat Assessment", "Design Review"];
        let more = ["Security Requirements", "Education & Guidance", "Code Review", "Environment Hardening"];
        assert_eq!(of_areas(&[practices, more].concat()), None);
    }

    #[test]
    fn thin_evidence_names_no_model() {
        assert_eq!(of_areas(&["Testing"]), None);
        assert_eq!(of_areas(&["Testing", "Data", "CI"]), None);
        assert_eq!(of_areas(&["People", "Process", "Technology"]), None);
        assert_eq!(of_areas(&["Sales", "Testing", "Support", "Hiring", "Data Management", "Legal"]), None);
        for generic in [
            &["People", "Process", "Technology", "Governance", "Policy"][..],
            &["Identity", "Devices", "Networks", "Data"],
            &["Build", "Test", "Deploy", "Operate", "Monitor", "Culture"],
            &["Testing", "Data management", "Release", "Security", "Monitoring", "Architecture"],
            &["Continuous Integration", "Continuous Delivery", "Continuous Testing", "Monitoring", "Culture"],
            &["Incident Management", "Change Management", "Configuration Management", "Release Management"],
            &["Leadership", "Planning", "Support", "Operation", "Performance evaluation", "Improvement"],
            &["Strategy", "Culture", "Organization", "Technology", "Data", "Customer"],
            &["Access Control", "Asset Management", "Incident Response", "Risk Assessment", "Training", "Audit"],
            &["Deployment frequency", "Lead time", "Availability", "Customer satisfaction"],
        ] {
            assert_eq!(of_areas(generic), None, "{generic:?}");
        }
        let titled = Evidence { areas: texts(&["Sales"]), titles: texts(&["DORA metrics"]), ..Evidence::default() };
        assert_eq!(find(&titled), None);
        let levels = Evidence { levels: texts(&["Regressive", "Repeatable", "Consistent"]), ..Evidence::default() };
        assert_eq!(find(&levels), None);
    }
}
