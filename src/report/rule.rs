//! What the model's own rule says, where it is no mean: the sentence and figure that lead, the table beside the means.

use super::composer::{Composer, figure};
use super::{Block, Cell, Column, KeyFigure, Row, Table, Tone};
use crate::analysis::{AreaFigures, Figures, ModelUsed, RatingLine};

/// More areas than this are told by their top ones alone.
const MOST: usize = 60;

/// The model whose rule leads: one that has a level of its own beside the mean.
pub(super) fn leading<'a>(c: &Composer<'a>) -> Option<(&'a ModelUsed, f64)> {
    let analysis = c.analysis;
    let model = analysis.model.as_ref()?;
    let own = !matches!(model.rule.as_str(), "mean" | "weighted-mean");
    Some((model, analysis.overall.model_level.filter(|_| own)?))
}

/// The first sentence of the summary: the level by the rule.
pub(super) fn sentence(c: &Composer) -> Option<String> {
    let (model, level) = leading(c)?;
    let shown = whole(c, model, level, true);
    let args = [("model", model.name.as_str()), ("level", &shown)];
    let target = model.level_at_target.filter(|target| *target != level).map(|target| whole(c, model, target, true));
    Some(match (model.rule.as_str(), target) {
        ("tiers", _) => c.say("rule.tiers", &[args[1], ("tiers", &counts(c))]),
        (rule, Some(target)) => {
            let args = [args[0], args[1], ("target", target.as_str())];
            match model.percent_to_target {
                Some(share) => {
                    let share = c.numbers.percent(share);
                    c.say("rule.level-percent", &[args[0], args[1], args[2], ("percent", &share)])
                }
                None => c.say(keys(rule).target, &args),
            }
        }
        (rule, None) => c.say(keys(rule).level, &args),
    })
}

/// The key figure that leads.
pub(super) fn key_figure(c: &Composer) -> Option<KeyFigure> {
    let (model, level) = leading(c)?;
    let name = level_name(c, model, level, true).filter(|_| is_step(model));
    Some(KeyFigure {
        label: c.say(keys(&model.rule).figure, &[]),
        value: whole(c, model, level, false),
        note: name.unwrap_or_else(|| c.say("rule.key-note", &[])),
        // The page's what-if takes the strong figure for the percentage to target, and may show the same number.
        tone: Tone::Plain,
        number: None,
    })
}

/// The level by the rule of each area beside its mean; for tiers, how many ratings stand at each.
pub(super) fn table(c: &Composer) -> Vec<Block> {
    let Some((model, _)) = leading(c) else { return Vec::new() };
    let tiers = model.rule == "tiers";
    let steps: Vec<f64> =
        if tiers { c.analysis.scale.levels().iter().map(|level| level.value).collect() } else { vec![] };
    let mut columns = vec![
        Column::words("area", c.say("head.area", &[]), 34.0),
        Column::words("rule-level", c.say(keys(&model.rule).figure, &[]), 18.0),
    ];
    columns.extend(steps.iter().map(|step| Column::numbers("tier", c.level_and_name(*step), 12.0)));
    columns.push(Column::numbers("current", c.say("rule.mean", &[]), 8.0));
    let row = |name: Cell, figures: &Figures, ratings: &[&RatingLine], all: bool| {
        let level = figures.model_level.map_or_else(|| c.unknown(), |level| shown(c, model, level, (true, all)));
        let mut cells = vec![name, Cell::strong(level)];
        cells.extend(steps.iter().map(|step| {
            let n = standing(c, ratings, *step);
            figure(n.to_string(), Some(n as f64), if n == 0 { Tone::Muted } else { Tone::Plain })
        }));
        cells.push(figure(c.mean(figures.current), figures.current, Tone::Current));
        cells
    };
    let areas: Vec<&AreaFigures> = match tiers {
        true => c.lead_areas(),
        false if c.analysis.areas.len() > MOST => c.lead_areas(),
        false => c.analysis.areas.iter().collect(),
    };
    let mut rows: Vec<Row> = areas
        .into_iter()
        .map(|area| {
            let own: Vec<&RatingLine> =
                c.ratings_of(&area.path).into_iter().map(|index| &c.analysis.ratings[index]).collect();
            let indent = "\u{2003}".repeat(area.path.len() - 1);
            Row::about(
                c.area_id(&area.path),
                row(Cell::plain(format!("{indent}{}", area.name)), &area.figures, &own, false),
            )
        })
        .collect();
    let all: Vec<&RatingLine> = c.analysis.ratings.iter().collect();
    rows.push(Row::total(row(Cell::strong(c.say("head.overall", &[])), &c.analysis.overall, &all, true)));
    vec![
        Block::Heading {
            id: "by-rule".to_owned(),
            text: c.say("rule.title", &[("rule", &c.say(keys(&model.rule).name, &[]))]),
            lead: c.say("rule.lead", &[("model", &model.name)]),
        },
        Block::Table(Table {
            id: "table-rule".to_owned(),
            caption: c.say("rule.table", &[]),
            show_caption: false,
            columns,
            rows,
            interactive: false,
        }),
    ]
}

/// `12 at 1, 30 at 2`.
fn counts(c: &Composer) -> String {
    let all: Vec<&RatingLine> = c.analysis.ratings.iter().collect();
    let parts: Vec<String> = c
        .analysis
        .scale
        .levels()
        .iter()
        .map(|level| {
            let n = standing(c, &all, level.value).to_string();
            c.say("rule.tier-count", &[("level", &c.numbers.level(level.value)), ("n", &n)])
        })
        .collect();
    c.words.list(&parts)
}

/// How many ratings have reached a step and not the next one.
fn standing(c: &Composer, ratings: &[&RatingLine], step: f64) -> usize {
    let next = c.analysis.scale.levels().iter().map(|level| level.value).find(|value| *value > step);
    let stands = |level: f64| level >= step && next.is_none_or(|next| level < next);
    ratings.iter().filter(|rating| rating.current.is_some_and(stands)).count()
}

/// The level of everything by the rule as printed.
fn whole(c: &Composer, model: &ModelUsed, level: f64, named: bool) -> String {
    shown(c, model, level, (named, true))
}

/// A level by the rule as printed, with its name where it has one and `named`; that of everything where `whole`.
fn shown(c: &Composer, model: &ModelUsed, level: f64, (named, whole): (bool, bool)) -> String {
    match model.rule.as_str() {
        "percent" => c.numbers.percent(level),
        "samm" => c.numbers.mean(level),
        _ => {
            let number = c.numbers.level(level);
            match level_name(c, model, level, whole).filter(|_| named) {
                Some(name) => numbered(c, &number, &name),
                None => number,
            }
        }
    }
}

/// A level's number with its name; a name that ends in its number, `MIL2`, says both.
pub(super) fn numbered(c: &Composer, number: &str, name: &str) -> String {
    match name.strip_suffix(number).is_some_and(|letters| letters.chars().all(char::is_alphabetic)) {
        true => name.to_owned(),
        false => c.say("phrase.level-and-name", &[("level", number), ("name", name)]),
    }
}

/// Whether the rule gives whole levels.
fn is_step(model: &ModelUsed) -> bool {
    !matches!(model.rule.as_str(), "percent" | "samm")
}

fn level_name(c: &Composer, model: &ModelUsed, level: f64, whole: bool) -> Option<String> {
    let own = !model.levels.is_empty() && (whole || !model.areas_on_scale);
    match own {
        false => c.analysis.scale.name_of(level).map(str::to_owned),
        true => model.levels.iter().find(|own| own.value == level)?.name.clone(),
    }
}

/// The messages about a rule.
struct Keys {
    name: &'static str,
    figure: &'static str,
    level: &'static str,
    target: &'static str,
}

fn keys(rule: &str) -> Keys {
    let lowest = |name| Keys { name, figure: "rule.key-lowest", level: "rule.lowest", target: "rule.lowest-target" };
    match rule {
        "staged" => Keys {
            name: "rule.name-staged",
            figure: "rule.key-staged",
            level: "rule.staged",
            target: "rule.staged-target",
        },
        "tiers" => Keys { figure: "rule.key-tiers", ..lowest("rule.name-tiers") },
        "samm" => Keys {
            name: "rule.name-samm",
            figure: "rule.key-level",
            level: "rule.level",
            target: "rule.level-target",
        },
        "percent" => Keys {
            name: "rule.name-percent",
            figure: "rule.key-percent",
            level: "rule.percent",
            target: "rule.percent-target",
        },
        "thresholds" => lowest("rule.name-thresholds"),
        _ => lowest("rule.name-minimum"),
    }
}
