//! What the model says: what a level means in an area, what the next one asks for, and where the model comes from.

use super::composer::Composer;
use super::{Block, Line, List, Tone, ladder, rule};
use crate::analysis::{AreaFigures, Demands, LevelAbsent, Raise};

/// Most entries of the set that reaches the next level; the JSON has them all.
const MOST: usize = 12;

/// Most areas inside one whose demands are printed.
const INSIDE: usize = 6;

/// In an area with a shortfall: what its level means, and what the next one asks for; of an area that the model asks
/// nothing of as a whole, the same for the areas inside, largest shortfall first.
pub(super) fn asks(c: &Composer, area: &AreaFigures) -> Vec<Block> {
    if let Some((now, next, own)) = step(c, area) {
        let list = |key: &str, asked: &Demands| List {
            title: c.say(key, &[("level", &name(c, asked))]),
            sign: String::new(),
            entries: entries(asked),
        };
        let lists = now.map(|now| list("part.model-now", now)).into_iter().chain([list("part.model-next", next)]);
        let figure = ladder::figure(c, area, &name(c, next)).filter(|_| !by_rule(c));
        return ladder::beside(figure, with_origin(c, lists.collect(), own));
    }
    let mut inside: Vec<&AreaFigures> = c
        .analysis
        .areas
        .iter()
        .filter(|it| it.path.len() > area.path.len() && it.path.starts_with(&area.path))
        .collect();
    inside.sort_by(|a, b| b.figures.shortfall.unwrap_or(0.0).total_cmp(&a.figures.shortfall.unwrap_or(0.0)));
    let mut any_own = false;
    let lists: Vec<List> = inside
        .into_iter()
        .filter_map(|it| step(c, it).map(|step| (it, step)))
        .take(INSIDE)
        .map(|(it, (_, next, own))| {
            any_own |= own;
            let asks = c.say("part.model-next", &[("level", &name(c, next))]);
            let head = vec![Line { text: asks, tone: Tone::Muted }];
            let entries = std::iter::once(head).chain(entries(next)).collect();
            List { title: it.name.clone(), sign: String::new(), entries }
        })
        .collect();
    with_origin(c, lists, any_own)
}

fn entries(asked: &Demands) -> Vec<Vec<Line>> {
    asked.asks.iter().map(|demand| vec![Line::plain(demand.clone())]).collect()
}

fn with_origin(c: &Composer, lists: Vec<List>, own: bool) -> Vec<Block> {
    if lists.is_empty() {
        return Vec::new();
    }
    let note = own.then(|| Block::Note(c.say("part.model-own", &[])));
    std::iter::once(Block::Lists(lists)).chain(note).collect()
}

/// What an area's level means, what the next one asks for, and whether that is our reading; `None` without a shortfall
/// or where the model says nothing.
fn step<'a>(c: &'a Composer, area: &AreaFigures) -> Option<(Option<&'a Demands>, &'a Demands, bool)> {
    let model = c.analysis.model.as_ref()?;
    let open = area.figures.shortfall.is_none_or(|shortfall| c.numbers.sign(shortfall) > 0);
    let own = model.areas.iter().find(|own| own.path == area.path).filter(|_| open)?;
    let (low, high) = own.levels.first().zip(own.levels.last())?;
    let by_rule = by_rule(c);
    let level = if by_rule { area.figures.model_level } else { area.figures.current };
    let scale = &c.analysis.scale;
    // Where the sheet numbers its levels in another way, the model's demands would stand beside the wrong ones.
    let same = by_rule || (scale.highest() == high.value && scale.holds(low.value));
    let level = level.filter(|_| same && model.rule != "percent")?;
    let now = own.levels.iter().rfind(|asked| asked.value <= level);
    let next = own.levels.iter().find(|asked| asked.value > level)?;
    Some((now, next, own.own))
}

/// Whether the model's own rule, which is no mean, says which level is reached.
fn by_rule(c: &Composer) -> bool {
    let rule = c.analysis.model.as_ref().map_or("", |model| model.rule.as_str());
    matches!(rule, "samm" | "staged" | "minimum" | "tiers" | "thresholds")
}

/// `1 Consistent`.
fn name(c: &Composer, asked: &Demands) -> String {
    let shown = c.numbers.level(asked.value);
    match &asked.name {
        Some(name) => c.say("phrase.level-and-name", &[("level", &shown), ("name", name)]),
        None => shown,
    }
}

/// For rules that are no mean: the smallest set whose raise reaches the next level.
pub(super) fn next(c: &Composer) -> Vec<Block> {
    let Some(next) = c.analysis.model.as_ref().and_then(|model| model.next.as_ref()) else { return Vec::new() };
    if next.raise.is_empty() {
        return Vec::new();
    }
    let shown = c.numbers.level(next.level);
    let level = match &next.name {
        Some(name) => rule::numbered(c, &shown, name),
        None => shown,
    };
    let entry = |raise: &Raise| {
        let from = raise.from.map_or_else(|| c.unknown(), |from| c.numbers.level(from));
        let what = match &raise.subject {
            Some(subject) => format!("{}, {subject}", raise.what),
            None => raise.what.clone(),
        };
        let to = c.numbers.level(raise.to);
        let args = [("what", what.as_str()), ("from", &from), ("to", &to)];
        vec![Line::plain(match raise.effort.map(|effort| c.numbers.level(effort)) {
            Some(effort) => c.say("steps.model-raise-effort", &[args[0], args[1], args[2], ("effort", &effort)]),
            None => c.say("steps.model-raise", &args),
        })]
    };
    let mut blocks = vec![Block::Lists(vec![List {
        title: c.count("steps.model-next", next.raise.len(), &[("level", &level)]),
        sign: String::new(),
        entries: next.raise.iter().take(MOST).map(entry).collect(),
    }])];
    if next.raise.len() > MOST {
        blocks.push(Block::Note(c.count("steps.more", next.raise.len() - MOST, &[])));
    }
    blocks
}

/// Where the model comes from, whose its rule is, what is presumed, what the sheet lacks.
pub(super) fn sources(c: &Composer) -> Vec<Block> {
    let Some(model) = &c.analysis.model else { return Vec::new() };
    let name = match &model.publisher {
        Some(publisher) => format!("{} ({publisher})", model.name),
        None => model.name.clone(),
    };
    let mut notes = vec![match model.because.is_empty() {
        true => c.say("method.model", &[("name", &name)]),
        false => c.say("method.model-because", &[("name", &name), ("because", &model.because)]),
    }];
    if let Some(note) = &model.rule_note {
        notes.push(c.say("method.model-rule", &[("rule", &model.rule), ("note", note)]));
    }
    if let Some(level) = c.analysis.overall.model_level.filter(|_| model.rule != "mean") {
        notes.push(match model.rule.as_str() {
            "percent" => c.say("method.model-level", &[("level", &c.numbers.percent(level))]),
            _ => c.say("method.model-level", &[("level", &c.numbers.mean(level))]),
        });
    }
    match model.level_absent {
        Some(LevelAbsent::NoRatings) => notes.push(c.say("method.model-no-ratings", &[])),
        Some(LevelAbsent::OwnModel) => notes.push(c.say("method.model-own-merged", &[])),
        None => {}
    }
    let given = [
        ("method.model-source", &model.source),
        ("method.model-licence", &model.licence),
        ("method.model-presumed", &model.presumed),
    ];
    for (key, text) in given {
        notes.extend(text.as_ref().map(|text| c.say(key, &[("text", text)])));
    }
    if !model.not_in_sheet.is_empty() {
        notes.push(c.say("method.model-missing", &[("areas", &c.words.list(&model.not_in_sheet))]));
    }
    let heading =
        Block::Heading { id: "model".to_owned(), text: c.say("method.model-title", &[]), lead: String::new() };
    vec![heading, Block::Note(notes.join(" "))]
}
