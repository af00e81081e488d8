//! A model file (TOML) -> [`Model`], or every mistake in it at once, each with its line and column.

mod fields;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::ops::Range;

use toml::de::DeTable;

use self::fields::{Fields, Mistakes, nearest};
use super::{Area, Asked, Confidence, Direction, Kind, Level, Metric, Model, NamedScale, Origin, Practice, Profile};
use super::{Rule, Scale, Stage, Unranked};
use crate::error::{Problem, Problems, Result, quoted};

/// What `format` says in every model file.
pub const FORMAT: &str = "gapwise-model/1";

const KEYS: &[&str] = &[
    "format",
    "id",
    "name",
    "publisher",
    "authors",
    "year",
    "version",
    "source",
    "licence",
    "note",
    "verified",
    "presumed",
    "confidence",
    "criteria_from",
    "aliases",
    "foreign",
    "rule",
    "answer_rule",
    "rule_note",
    "met_from",
    "stages",
    "unranked",
    "level",
    "answer",
    "area",
    "profile",
];
const AREA_KEYS: &[&str] = &[
    "id",
    "name",
    "parent",
    "aliases",
    "summary",
    "origin",
    "weight",
    "maturity_level",
    "criteria",
    "criteria_from",
    "asks_nothing",
    "practices",
    "metric",
];
const ORIGINS: [(&str, Origin); 2] = [("publisher", Origin::Publisher), ("gapwise", Origin::Gapwise)];

/// Reads a model file.
///
/// # Errors
/// All mistakes in the order of the text, each with `line 3, column 7`.
pub fn read(text: &str) -> Result<Model> {
    let mistakes = Mistakes::default();
    let (root, broken) = DeTable::parse_recoverable(text);
    for error in &broken {
        let span = error.span().unwrap_or(0..0);
        let message = error.message().trim().replace('\n', ", ").to_lowercase();
        mistakes.add(&span, Problem::new("bad-model", message).hint("a model file is TOML: docs/models.md"));
    }
    if !broken.is_empty() {
        // What follows a broken line may be read wrongly; mistakes there would be ours.
        return Err(Problems(mistakes.told(text)));
    }
    let model = model(&Fields::new(root.get_ref(), 0..0, String::new(), &mistakes));
    let problems = mistakes.told(text);
    if problems.is_empty() { Ok(model) } else { Err(Problems(problems)) }
}

fn model(file: &Fields) -> Model {
    file.only(KEYS);
    match file.text("format") {
        Some(format) if format != FORMAT => {
            let hint = format!("this version reads format = \"{FORMAT}\"");
            file.wrong(&file.place("format"), format!("unknown format {}", quoted(&format)), Some(hint));
        }
        Some(_) => {}
        None => file.missing("format"),
    }
    let id = file.need("id");
    if !id.is_empty() && !id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-._".contains(c)) {
        let hint = Some("such as `cloud-basics`".to_owned());
        file.wrong(&file.place("id"), "`id` takes small letters, digits and - . _ only", hint);
    }
    let levels = steps(file, "level", None).unwrap_or_else(|| {
        if file.tables("level", "level").is_empty() {
            file.missing("level");
        }
        placeholder()
    });
    let answers = steps(file, "answer", Some(&levels.scale));
    let rule = file.one_of("rule", &Rule::ALL);
    if rule.is_none() && file.text("rule").is_none() {
        file.missing("rule");
    }
    let rule = rule.unwrap_or(Rule::Mean);
    let mut model = Model {
        id,
        name: file.need("name"),
        publisher: file.text("publisher"),
        authors: file.texts("authors"),
        year: file.number("year").map(|year| year as i64),
        version: file.text("version"),
        source: file.text("source"),
        licence: file.text("licence"),
        note: file.text("note"),
        verified: file.text("verified"),
        presumed: file.text("presumed"),
        confidence: file
            .one_of(
                "confidence",
                &[("high", Confidence::High), ("medium", Confidence::Medium), ("low", Confidence::Low)],
            )
            .unwrap_or_default(),
        criteria_from: file.one_of("criteria_from", &ORIGINS).unwrap_or_default(),
        aliases: file.texts("aliases"),
        foreign: file.texts("foreign"),
        levels,
        unranked: unranked(file),
        answers,
        rule,
        answer_rule: file.one_of("answer_rule", &Rule::ALL),
        rule_note: file.text("rule_note"),
        met_from: file.number("met_from"),
        stages: Vec::new(),
        areas: Vec::new(),
        profiles: Vec::new(),
    };
    if let Some(met) = model.met_from
        && !model.rated_on().scale.levels().iter().any(|step| step.value == met)
    {
        file.wrong(&file.place("met_from"), format!("`met_from` is {met}, which is no answer"), None);
    }
    model.stages = stages(file, &model);
    areas(file, &mut model);
    model.profiles = profiles(file, &model);
    model
}

/// A scale to go on with after a mistake, so that the rest of the file is checked too.
fn placeholder() -> NamedScale {
    let scale = Scale::between(0.0, 1.0).expect("0 is below 1");
    NamedScale { scale, aliases: vec![Vec::new(); 2], stands_for: vec![None; 2] }
}

/// `[[level]]` or `[[answer]]`; answers may say which level they stand for.
fn steps(file: &Fields, key: &str, levels: Option<&Scale>) -> Option<NamedScale> {
    let mut read: Vec<(Level, Vec<String>, Option<f64>)> = Vec::new();
    let tables = file.tables(key, key);
    let before = tables.len();
    for step in tables {
        step.only(if levels.is_some() {
            &["value", "name", "aliases", "summary", "level"]
        } else {
            &["value", "name", "aliases", "summary"]
        });
        let Some(value) = step.number("value") else {
            if step.place("value") == step.span {
                step.missing("value");
            }
            continue;
        };
        if read.iter().any(|(level, ..)| level.value == value) {
            step.wrong(&step.place("value"), format!("the {key} {value} stands twice"), None);
            continue;
        }
        let stands_for = step.number("level");
        if let (Some(level), Some(scale)) = (stands_for, levels) {
            must_be_level(&step, &step.place("level"), level, scale);
        }
        let level = Level { value, name: step.text("name"), summary: step.text("summary") };
        read.push((level, step.texts("aliases"), stands_for));
    }
    if before == 0 {
        return None;
    }
    if read.len() < 2 {
        if before < 2 {
            file.wrong(&file.place(key), format!("a scale needs at least two [[{key}]]"), None);
        }
        return None;
    }
    read.sort_by(|a, b| a.0.value.total_cmp(&b.0.value));
    let scale = Scale::new(read.iter().map(|(level, ..)| level.clone()).collect()).ok()?;
    let (aliases, stands_for) = read.into_iter().map(|(_, aliases, stands_for)| (aliases, stands_for)).unzip();
    Some(NamedScale { scale, aliases, stands_for })
}

fn must_be_level(fields: &Fields, at: &Range<usize>, level: f64, scale: &Scale) -> bool {
    let is = scale.levels().iter().any(|step| step.value == level);
    if !is {
        let values: Vec<String> = scale.levels().iter().map(|step| step.value.to_string()).collect();
        let what = if fields.what.is_empty() { String::new() } else { format!(" in {}", fields.what) };
        let hint = format!("levels are {}", values.join(", "));
        fields.wrong(at, format!("{level} is no level of the model{what}"), Some(hint));
    }
    is
}

fn unranked(file: &Fields) -> Option<Unranked> {
    let table = file.table("unranked", "`unranked`".to_owned())?;
    table.only(&["value", "name"]);
    let name = table.text("name").unwrap_or_else(|| "Unranked".to_owned());
    match table.number("value") {
        Some(value) => Some(Unranked { value, name }),
        None => {
            table.missing("value");
            None
        }
    }
}

/// `[stages]`: maturity level = the answer that its areas need.
fn stages(file: &Fields, model: &Model) -> Vec<Stage> {
    let Some(table) = file.table("stages", "`stages`".to_owned()) else { return Vec::new() };
    let mut stages: Vec<Stage> = Vec::new();
    for ((level, at), key, _) in table.by_number() {
        let known = must_be_level(&table, &at, level, model.scale());
        if let Some(needs) = table.number(key).filter(|_| known) {
            stages.push(Stage { level, needs });
        }
    }
    stages.sort_by(|a, b| a.level.total_cmp(&b.level));
    stages
}

fn areas(file: &Fields, model: &mut Model) {
    let tables = file.tables("area", "area");
    if tables.is_empty() {
        file.missing("area");
    }
    let later: Vec<Option<String>> = tables.iter().map(|table| table.text("id")).collect();
    let mut practices: BTreeMap<String, String> = BTreeMap::new();
    for mut table in tables {
        let id = table.need("id");
        if !id.is_empty() {
            table.what = format!("area `{id}`");
        }
        table.only(AREA_KEYS);
        if !id.is_empty() && model.area_by_id(&id).is_some() {
            table.wrong(&table.place("id"), format!("the area id `{id}` stands twice"), None);
        }
        let parent = table.text("parent").and_then(|parent| {
            let found = model.area_by_id(&parent);
            if found.is_none() {
                let hint = if later.iter().flatten().any(|id| *id == parent) {
                    Some("an area stands after the one it lies in".to_owned())
                } else {
                    nearest(&parent, model.areas.iter().map(|area| area.id.as_str()))
                        .map(|near| format!("did you mean `{near}`?"))
                };
                let message = format!("{} is no area before {}", quoted(&parent), table.what);
                table.wrong(&table.place("parent"), message, hint);
            }
            found
        });
        let area = area(&table, id, parent, model, &mut practices);
        model.areas.push(area);
    }
}

fn area(
    table: &Fields,
    id: String,
    parent: Option<usize>,
    model: &Model,
    known: &mut BTreeMap<String, String>,
) -> Area {
    let maturity_level = table.number("maturity_level");
    if let Some(level) = maturity_level {
        must_be_level(table, &table.place("maturity_level"), level, model.scale());
    }
    let mut asks_nothing = Vec::new();
    for (level, at) in table.numbers("asks_nothing") {
        if must_be_level(table, &at, level, model.scale()) {
            asks_nothing.push(level);
        }
    }
    Area {
        name: table.need("name"),
        parent,
        aliases: table.texts("aliases"),
        summary: table.text("summary"),
        origin: table.one_of("origin", &ORIGINS).unwrap_or_default(),
        weight: table.amount("weight", 1.0),
        maturity_level,
        criteria: criteria(table, model.scale()),
        criteria_from: table.one_of("criteria_from", &ORIGINS).unwrap_or(model.criteria_from),
        asks_nothing,
        practices: practices(table, &id, model.scale(), known),
        metric: metric(table, model.scale()),
        id,
    }
}

fn criteria(area: &Fields, scale: &Scale) -> Vec<Asked> {
    let Some(table) = area.table("criteria", format!("the criteria of {}", area.what)) else { return Vec::new() };
    let mut criteria: Vec<Asked> = Vec::new();
    for ((level, at), key, _) in table.by_number() {
        let demands = table.texts(key);
        if must_be_level(&table, &at, level, scale) && !demands.is_empty() {
            criteria.push(Asked { level, demands });
        }
    }
    criteria.sort_by(|a, b| a.level.total_cmp(&b.level));
    criteria
}

fn practices(area: &Fields, id: &str, scale: &Scale, known: &mut BTreeMap<String, String>) -> Vec<Practice> {
    let mut practices = Vec::new();
    for mut table in area.tables("practices", &format!("{}, practice", area.what)) {
        let practice = table.need("id");
        if !practice.is_empty() {
            table.what = format!("practice `{practice}`");
        }
        table.only(&["id", "name", "aliases", "level", "effort", "weight"]);
        if let Some(other) = known.get(&practice).filter(|_| !practice.is_empty()) {
            let message = format!("the practice id `{practice}` stands twice, also in area `{other}`");
            table.wrong(&table.place("id"), message, None);
        }
        let level = table.number("level");
        if let Some(level) = level {
            must_be_level(&table, &table.place("level"), level, scale);
        }
        known.entry(practice.clone()).or_insert_with(|| id.to_owned());
        let effort = table.number("effort").map(|_| table.amount("effort", 0.0));
        practices.push(Practice {
            id: practice,
            name: table.text("name"),
            aliases: table.texts("aliases"),
            level,
            effort,
            weight: table.amount("weight", 1.0),
        });
    }
    practices
}

fn metric(area: &Fields, scale: &Scale) -> Option<Metric> {
    let table = area.table("metric", format!("the metric of {}", area.what))?;
    table.only(&["kind", "unit", "direction", "thresholds", "note"]);
    let kind = table.one_of("kind", &Kind::ALL);
    let direction = table.one_of("direction", &[("higher", Direction::Higher), ("lower", Direction::Lower)]);
    for (key, is) in [("kind", kind.is_some()), ("direction", direction.is_some())] {
        if !is && table.place(key) == table.span {
            table.missing(key);
        }
    }
    let (kind, direction) = kind.zip(direction)?;
    let unit = table.text("unit").unwrap_or_else(|| match kind {
        Kind::Frequency => "per day".to_owned(),
        Kind::Duration => "hours".to_owned(),
        Kind::Percent => "percent".to_owned(),
        Kind::Number => String::new(),
    });
    let mut metric =
        Metric { kind, unit, direction, thresholds: Vec::new(), lowest: scale.lowest(), note: table.text("note") };
    let bounds = table.table("thresholds", format!("the thresholds of {}", area.what))?;
    let mut read = Vec::new();
    for ((level, at), key, value_at) in bounds.by_number() {
        if !must_be_level(&bounds, &at, level, scale) {
            continue;
        }
        let Some(written) = bounds.text(key) else { continue };
        match metric.threshold(level, &written) {
            Ok(threshold) => read.push((threshold, value_at)),
            Err(reason) => {
                let hint = match metric.direction {
                    Direction::Higher => "such as \">= 1/week\" or \">= 80 %\"",
                    Direction::Lower => "such as \"< 1 day\" or \"<= 5 %\"",
                };
                bounds.wrong(&value_at, reason, Some(hint.to_owned()));
            }
        }
    }
    read.sort_by(|a, b| b.0.level.total_cmp(&a.0.level));
    for pair in read.windows(2) {
        let (better, worse) = (&pair[0].0, &pair[1].0);
        let order = better.bound.total_cmp(&worse.bound);
        let wrong = match direction {
            Direction::Higher => order.is_lt(),
            Direction::Lower => order.is_gt(),
        };
        if wrong {
            let message = format!(
                "level {} asks for `{}`, which is less than level {} asks for, `{}`",
                better.level, better.written, worse.level, worse.written
            );
            bounds.wrong(&pair[0].1, message, None);
        }
    }
    metric.thresholds = read.into_iter().map(|(threshold, _)| threshold).collect();
    Some(metric)
}

fn profiles(file: &Fields, model: &Model) -> Vec<Profile> {
    let mut profiles: Vec<Profile> = Vec::new();
    for mut table in file.tables("profile", "profile") {
        let name = table.need("name");
        if !name.is_empty() {
            table.what = format!("profile `{name}`");
        }
        table.only(&["name", "summary", "level", "areas"]);
        if profiles.iter().any(|profile| profile.name == name) && !name.is_empty() {
            table.wrong(&table.place("name"), format!("the profile `{name}` stands twice"), None);
        }
        let level = table.number("level");
        if let Some(level) = level {
            must_be_level(&table, &table.place("level"), level, model.scale());
        }
        let mut areas = Vec::new();
        if let Some(targets) = table.table("areas", table.what.clone()) {
            for (id, at) in targets.keys() {
                let Some(area) = model.area_by_id(id) else {
                    let near = nearest(id, model.areas.iter().map(|area| area.id.as_str()));
                    let hint = near.map(|near| format!("did you mean `{near}`?"));
                    targets.wrong(&at, format!("{} is no area of the model", quoted(id)), hint);
                    continue;
                };
                if let Some(level) = targets.number(id)
                    && must_be_level(&targets, &targets.place(id), level, model.scale())
                {
                    areas.push((area, level));
                }
            }
        }
        profiles.push(Profile { name, summary: table.text("summary"), level, areas });
    }
    profiles
}
