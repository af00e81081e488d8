//! Chapter 1, the summary: page 1 alone answers where things stand, what is furthest off, and what comes first.

use super::composer::{Composer, practice_name};
use super::{
    Block, Card, Cell, Column, Figure, KeyFigure, Line, Row, Section, Table, Tone, areas, charts, findings, steps,
};
use crate::analysis::{AreaFigures, RatingLine};

/// Most rows of the summary's dumbbell: what page 1 has room for.
const ROWS: usize = 9;
/// Rows of the table of shortfalls, and cards below it.
const LARGEST: usize = 5;
const CARDS: usize = 3;

pub(super) fn section(c: &Composer) -> Section {
    let mut blocks = vec![Block::Findings(findings::summary(c)), Block::KeyFigures(key_figures(c))];
    blocks.extend(overview(c).map(Block::Figure));
    if !c.shortfalls.is_empty() {
        blocks.push(Block::Heading {
            id: "largest-shortfalls".to_owned(),
            text: largest_title(c),
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
    };
    let rated = c.say("key.rated", &[("rated", &c.rated(overall))]);
    let mut keys = vec![key("key.now", c.mean(overall.current), rated, Tone::Current)];
    if c.targeted {
        let shortfall = c.mean(overall.shortfall);
        keys.push(key("key.target", c.mean(overall.target), targets_short(c), Tone::Target));
        keys.push(key(
            "key.gap",
            c.mean_gap(overall.gap),
            c.say("key.gap-note", &[("shortfall", &shortfall)]),
            Tone::Gap,
        ));
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
        (Some(previous), Some(change)) => keys.push(key(
            "key.change",
            c.numbers.mean_gap(change),
            c.say("key.since", &[("since", &c.words.date(previous))]),
            Tone::Strong,
        )),
        _ => keys.push(key(
            "key.coverage",
            c.percent(overall.coverage()),
            c.say("key.coverage-note", &[]),
            Tone::Strong,
        )),
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
            },
            KeyFigure {
                label: c.say("key.highest", &[]),
                value: c.numbers.mean(high),
                note: highest.name.clone(),
                tone: Tone::Current,
            },
        ],
        _ => Vec::new(),
    }
}

/// Where targets come from, in a few words.
fn targets_short(c: &Composer) -> String {
    match c.analysis.targets {
        crate::assessment::TargetSource::Given(_) => c.say("key.target-given", &[]),
        _ => c.say("key.target-sheet", &[]),
    }
}

/// The dumbbell of areas by gap; without targets, by level. Of one area: its ratings, where it has several.
fn overview(c: &Composer) -> Option<Figure> {
    let mut areas = c.lead_areas();
    if areas.len() < 2 {
        return areas.first().and_then(|area| areas::inside(c, area, "chart-gaps", ROWS));
    }
    match c.targeted {
        true => areas.sort_by(|a, b| by_gap(b).total_cmp(&by_gap(a))),
        false => areas.sort_by(|a, b| by_level(a).total_cmp(&by_level(b))),
    }
    let all = areas.len();
    areas.truncate(ROWS);
    let rated = c.rated(&c.analysis.overall);
    let key = match (c.targeted, all > areas.len()) {
        (true, false) => "summary.lead-gap",
        (true, true) => "summary.lead-gap-cut",
        (false, false) => "summary.lead-level",
        (false, true) => "summary.lead-level-cut",
    };
    let (low, high) = (c.analysis.scale.lowest(), c.analysis.scale.highest());
    let mut columns = Vec::new();
    if c.targeted {
        columns.push(c.say("head.gap", &[]));
    }
    columns.push(c.say("head.rated", &[]));
    Some(Figure {
        id: "chart-gaps".to_owned(),
        title: if c.targeted { furthest(c, &areas) } else { lowest(c, &areas) },
        lead: c.say(
            key,
            &[
                ("low", &c.numbers.level(low)),
                ("high", &c.numbers.level(high)),
                ("rated", &rated),
                ("n", &areas.len().to_string()),
                ("m", &all.to_string()),
            ],
        ),
        alt: areas::alt(c, &areas),
        chart: charts::dumbbell(c, columns, areas.iter().map(|area| charts::area_row(c, area)).collect()),
        table: areas::table(c, "table-gaps", c.say("summary.table", &[]), &areas, false),
        print_table: false,
        note: String::new(),
    })
}

/// Unknown gaps stand last.
fn by_gap(area: &AreaFigures) -> f64 {
    area.figures.gap.unwrap_or(f64::NEG_INFINITY)
}

fn by_level(area: &AreaFigures) -> f64 {
    area.figures.current.unwrap_or(f64::INFINITY)
}

/// Titles longer than this many words say the number instead of the names.
const TITLE_WORDS: usize = 7;

/// `Testing is furthest from target`, for areas sorted by gap.
fn furthest(c: &Composer, areas: &[&AreaFigures]) -> String {
    let Some(widest) = areas.first().and_then(|area| area.figures.gap) else {
        return c.say("title.no-gap-known", &[]);
    };
    if c.numbers.sign(widest) <= 0 {
        return match areas.iter().any(|area| area.figures.gap.is_none()) {
            true => c.say("title.rated-at-target", &[]),
            false => c.say("title.all-at-target", &[]),
        };
    }
    let tied: Vec<&str> = areas
        .iter()
        .take_while(|area| area.figures.gap.is_some_and(|gap| c.numbers.alike(gap, widest)))
        .map(|area| area.name.as_str())
        .collect();
    let words: usize = tied.iter().map(|name| name.split_whitespace().count()).sum();
    match tied[..] {
        [name] if words <= TITLE_WORDS => c.say("title.furthest", &[("name", name)]),
        [a, b] if words <= TITLE_WORDS - 2 => c.say("title.furthest-two", &[("a", a), ("b", b)]),
        [_] => c.words.measure("title.widest", &c.numbers.mean(widest), &[]),
        _ => c.words.count("title.furthest-many", tied.len() as u64, &[("gap", &c.numbers.mean(widest))]),
    }
}

/// `Testing has the lowest level`, for areas sorted by level.
fn lowest(c: &Composer, areas: &[&AreaFigures]) -> String {
    let Some(low) = areas.first().and_then(|area| area.figures.current) else {
        return c.say("title.none-rated", &[]);
    };
    let alike = |area: &&&AreaFigures| area.figures.current.is_some_and(|level| c.numbers.alike(level, low));
    let tied = areas.iter().take_while(alike).count();
    let name = &areas[0].name;
    match tied {
        1 if name.split_whitespace().count() <= TITLE_WORDS => c.say("title.lowest", &[("name", name)]),
        _ => c.say("title.lowest-level", &[("level", &c.numbers.mean(low))]),
    }
}

/// `4 of the 5 largest shortfalls are in Testing`, by area, else by subject.
fn largest_title(c: &Composer) -> String {
    let shown = c.shortfalls.len().min(LARGEST);
    let top: Vec<&RatingLine> = c.shortfalls[..shown].iter().map(|index| &c.analysis.ratings[*index]).collect();
    let n = shown.to_string();
    if shown < LARGEST {
        return c.words.count("title.shortfalls", shown as u64, &[]);
    }
    let most = |name: &dyn Fn(&RatingLine) -> Option<String>| -> Option<(String, usize)> {
        let names: Vec<String> = top.iter().filter_map(|rating| name(rating)).collect();
        names
            .iter()
            .map(|name| (name.clone(), names.iter().filter(|other| *other == name).count()))
            .rev()
            .max_by_key(|(_, count)| *count)
    };
    let lead_depth = c.lead_areas().first().map_or(1, |area| area.path.len());
    let by_area = most(&|rating| rating.path.get(lead_depth - 1).cloned()).filter(|_| c.lead_areas().len() > 1);
    let by_subject = most(&|rating| rating.subject.clone()).filter(|_| c.compares_subjects());
    match (by_area, by_subject) {
        (Some((name, count)), _) if count == shown => c.say("title.largest-all", &[("n", &n), ("name", &name)]),
        (Some((name, count)), _) if count >= 3 => {
            c.say("title.largest-in", &[("count", &count.to_string()), ("n", &n), ("name", &name)])
        }
        (_, Some((name, count))) if count >= 3 => {
            c.say("title.largest-of", &[("count", &count.to_string()), ("n", &n), ("name", &name)])
        }
        _ => c.say("title.largest", &[("n", &n)]),
    }
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
    c.say("steps.raise", &[("name", &shortened(&name, 90)), ("from", &c.now(rating)), ("to", &c.wanted(rating))])
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
