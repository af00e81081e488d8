//! Chapter 1, the summary: page 1 alone answers where things stand, what is furthest off, and what comes first.

use super::composer::{Composer, practice_name};
use super::entries::{self, Names};
use super::{Block, Card, Figure, KeyFigure, Line, Section, Table, Tone, area, findings, rule, steps, titles};
use crate::analysis::{AreaFigures, RatingLine};

/// Most rows of the summary's dumbbell: what page 1 has room for.
pub(super) const ROWS: usize = 9;
/// Rows of the table of shortfalls, and cards below it.
const LARGEST: usize = 5;
const CARDS: usize = 3;

pub(super) fn section(c: &Composer) -> Section {
    let mut blocks = vec![Block::Findings(findings::summary(c)), Block::KeyFigures(key_figures(c))];
    blocks.extend(overview(c).map(Block::Figure));
    if !c.shortfalls.is_empty() {
        blocks.push(Block::Heading {
            id: "largest-shortfalls".to_owned(),
            text: titles::largest(c, LARGEST),
            lead: steps::order(c),
        });
        blocks.push(Block::Table(largest(c)));
        blocks.push(Block::Heading {
            id: "first-steps-short".to_owned(),
            text: c.say("steps.title-short", &[]),
            lead: String::new(),
        });
        blocks.push(Block::Cards(cards(c)));
    }
    Section {
        id: "summary".to_owned(),
        nav: c.say("nav.summary", &[]),
        title: String::new(),
        lead: String::new(),
        depth: 1,
        new_page: false,
        paper_only: false,
        blocks,
    }
}

fn key_figures(c: &Composer) -> Vec<KeyFigure> {
    let overall = &c.analysis.overall;
    let key = |label: &str, value: String, note: String, tone: Tone| KeyFigure {
        label: c.say(label, &[]),
        value,
        note,
        tone,
        number: None,
    };
    let level = |number: Option<f64>, key: KeyFigure| KeyFigure { number, ..key };
    let rated = c.say("key.rated", &[("rated", &c.rated(overall))]);
    let leading = rule::key_figure(c);
    let own = leading.is_some();
    let mean = key(if own { "rule.mean-now" } else { "key.now" }, c.mean(overall.current), rated, Tone::Current);
    let mut keys: Vec<KeyFigure> = leading.into_iter().chain([level(overall.current, mean)]).collect();
    if c.targeted {
        let shortfall = c.mean(overall.shortfall);
        let note = c.say("key.gap-note", &[("shortfall", &shortfall)]);
        keys.push(level(overall.target, key("key.target", c.mean(overall.target), targets_short(c), Tone::Target)));
        keys.push(level(overall.gap, key("key.gap", c.mean_gap(overall.gap), note, Tone::Gap)));
        keys.push(key(
            "key.percent",
            c.percent(overall.percent_to_target),
            c.say("key.percent-note", &[]),
            Tone::Strong,
        ));
    } else {
        keys.extend(ends(c));
    }
    match (&c.analysis.previous, overall.change) {
        // Five figures fill the line; how much is rated stands below the mean too.
        (_, None) if own => {}
        (Some(previous), Some(change)) => {
            let since = c.say("key.since", &[("since", &c.words.date(previous))]);
            keys.push(level(Some(change), key("key.change", c.numbers.mean_gap(change), since, Tone::Strong)));
        }
        _ => keys.push(key(
            "key.coverage",
            c.percent(overall.coverage()),
            c.say("key.coverage-note", &[]),
            Tone::Strong,
        )),
    }
    if keys.len() > 5 {
        keys.remove(4);
    }
    keys
}

/// Without targets: the lowest and the highest area.
fn ends(c: &Composer) -> Vec<KeyFigure> {
    let mut areas: Vec<(&AreaFigures, f64)> =
        c.lead_areas().into_iter().filter_map(|area| area.figures.current.map(|level| (area, level))).collect();
    areas.sort_by(|a, b| a.1.total_cmp(&b.1));
    match areas[..] {
        [(lowest, low), .., (highest, high)] => vec![
            KeyFigure {
                label: c.say("key.lowest", &[]),
                value: c.numbers.mean(low),
                note: lowest.name.clone(),
                tone: Tone::Current,
                number: Some(low),
            },
            KeyFigure {
                label: c.say("key.highest", &[]),
                value: c.numbers.mean(high),
                note: highest.name.clone(),
                tone: Tone::Current,
                number: Some(high),
            },
        ],
        _ => Vec::new(),
    }
}

/// Where targets come from, in a few words.
fn targets_short(c: &Composer) -> String {
    match &c.analysis.targets {
        crate::assessment::TargetSource::Given(_) => c.say("key.target-given", &[]),
        crate::assessment::TargetSource::Profile(name) => c.say("key.target-profile", &[("name", name)]),
        _ => c.say("key.target-sheet", &[]),
    }
}

/// The dumbbell of areas by gap; without targets, by level. Of one area: what is inside it.
fn overview(c: &Composer) -> Option<Figure> {
    let areas = c.lead_areas();
    if let [area] = areas[..] {
        return area::inside(c, area, ROWS).map(|inside| inside.figure);
    }
    let mut shown = entries::areas(c, &areas);
    entries::sort(c, &mut shown);
    shown.truncate(ROWS);
    let key = match (c.targeted, areas.len() > shown.len()) {
        (true, false) => "summary.lead-gap",
        (true, true) => "summary.lead-gap-cut",
        (false, false) => "summary.lead-level",
        (false, true) => "summary.lead-level-cut",
    };
    let (low, high) = (c.analysis.scale.lowest(), c.analysis.scale.highest());
    let (low, high) = (c.numbers.level(low), c.numbers.level(high));
    let (n, m, rated) = (shown.len().to_string(), areas.len().to_string(), c.rated(&c.analysis.overall));
    let args = [("low", low.as_str()), ("high", &high), ("rated", &rated), ("n", &n), ("m", &m)];
    let names = Names {
        id: "chart-gaps".to_owned(),
        table_id: "table-gaps".to_owned(),
        title: entries::title(c, &shown),
        lead: c.say(key, &args),
        caption: c.say("summary.table", &[]),
        head: c.say("head.area", &[]),
    };
    Some(entries::dumbbell(c, names, &shown))
}

/// The largest shortfalls by rank.
fn largest(c: &Composer) -> Table {
    let top = &c.shortfalls[..c.shortfalls.len().min(LARGEST)];
    steps::ranked(c, "table-shortfalls", c.say("summary.shortfalls", &[]), top, false)
}

/// The first steps as cards.
fn cards(c: &Composer) -> Vec<Card> {
    c.shortfalls
        .iter()
        .take(CARDS)
        .enumerate()
        .map(|(place, index)| {
            let rating = &c.analysis.ratings[*index];
            let mut lines = Vec::new();
            if let Some(subject) = rating.subject.as_ref().filter(|_| c.compares_subjects()) {
                lines.push(Line::muted(subject.clone()));
            }
            if c.lead_areas().len() > 1 {
                lines.push(Line::muted(rating.area.clone()));
            }
            if rating.measured {
                lines.push(Line::muted(c.say("steps.measured", &[("value", &rating.written)])));
            }
            lines.push(Line::plain(steps::who_and_when(c, rating)));
            Card { number: (place + 1).to_string(), title: step_title(c, rating), lines }
        })
        .collect()
}

/// What is to be done: the action given, else `Raise Testing from −1 to 2`.
fn step_title(c: &Composer, rating: &RatingLine) -> String {
    if let Some(action) = rating.action.as_deref().map(str::trim).filter(|action| !action.is_empty()) {
        return shortened(action, 110);
    }
    let name = practice_name(rating).unwrap_or_else(|| rating.area.clone());
    let name = shortened(&name, 90);
    let (from, to) = (c.now(rating), c.wanted(rating));
    match c.next_level(rating).map(|next| c.numbers.level(next)) {
        Some(next) => c.say("steps.raise-next", &[("name", &name), ("from", &from), ("next", &next), ("to", &to)]),
        None => c.say("steps.raise", &[("name", &name), ("from", &from), ("to", &to)]),
    }
}

/// A text cut at a word with a mark; the whole one stands in the chapter on first steps.
pub(super) fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most).collect();
    let end = cut.rfind(char::is_whitespace).filter(|end| *end * 2 > cut.len()).unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end())
}
