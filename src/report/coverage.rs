//! Chapter "Coverage": how sure the figures are, and what is in none of them.

use super::composer::{Composer, figure};
use super::{Block, Cell, Column, Figure, Line, List, Row, Section, Table, Tone};
use crate::analysis::{AreaFigures, Figures, RatingLine, State};
use crate::chart::{Chart, States, StatesRow};

/// Most names in each list on paper.
const NAMES: usize = 12;

/// The chapter; `None` where every rating is a level, which the method says.
pub(super) fn section(c: &Composer) -> Option<Section> {
    let overall = &c.analysis.overall;
    if overall.assessed == overall.total {
        return None;
    }
    let all: Vec<usize> = (0..c.analysis.ratings.len()).collect();
    let areas = c.lead_areas();
    let mut blocks = Vec::new();
    if areas.len() > 1 {
        blocks.push(Block::Figure(states(c, &areas)));
    }
    blocks.push(Block::Heading {
        id: "out-of-every-mean".to_owned(),
        text: c.say("coverage.out", &[]),
        lead: String::new(),
    });
    blocks.push(Block::Lists(lists(c, &all, NAMES, areas.len() > 1)));
    Some(Section {
        id: "coverage".to_owned(),
        nav: c.say("nav.coverage", &[]),
        title: c
            .say("coverage.title", &[("n", &overall.assessed.to_string()), ("m", &overall.applicable.to_string())]),
        lead: c.say("coverage.lead", &[]),
        depth: 1,
        new_page: false,
        paper_only: false,
        blocks,
    })
}

/// The stacked bars of rating states, a row an area and one for all.
fn states(c: &Composer, areas: &[&AreaFigures]) -> Figure {
    let overall = &c.analysis.overall;
    let rows = areas.iter().map(|area| (c.area_id(&area.path), area.name.clone(), &area.figures, false)).chain([(
        String::new(),
        c.say("head.overall", &[]),
        overall,
        true,
    )]);
    let chart_rows = rows.clone().map(|(item, name, figures, total)| StatesRow {
        item,
        name,
        total,
        levels: figures.assessed as usize,
        not_assessed: figures.not_assessed as usize,
        invalid: figures.invalid as usize,
        not_applicable: figures.not_applicable as usize,
        rated: c.rated(figures),
        words: c.words.count("coverage.levels", figures.assessed, &[]),
        rest: rest(c, figures),
    });
    let cell = |n: u64| figure(n.to_string(), Some(n as f64), Tone::Plain);
    let table_rows = rows.clone().map(|(item, name, figures, total)| Row {
        id: String::new(),
        item,
        total,
        cells: vec![
            Cell::strong(name),
            cell(figures.assessed),
            cell(figures.not_assessed),
            cell(figures.invalid),
            cell(figures.not_applicable),
            figure(c.rated(figures), figures.coverage(), Tone::Muted),
        ],
    });
    let sentences = rows.clone().map(|(_, name, figures, _)| {
        let levels = c.words.count("coverage.levels", figures.assessed, &[]);
        match rest(c, figures) {
            rest if rest.is_empty() => c.say("alt.states-all", &[("name", &name), ("levels", &levels)]),
            rest => c.say("alt.states", &[("name", &name), ("levels", &levels), ("rest", &rest)]),
        }
    });
    let head = |key: &str| Column::numbers("count", c.say(key, &[]), 10.0);
    Figure {
        id: "chart-states".to_owned(),
        title: most_missing(c, areas),
        lead: c.say("coverage.lead-states", &[]),
        alt: sentences.collect::<Vec<_>>().join(" "),
        chart: Chart::States(States { rows: chart_rows.collect() }),
        table: Table {
            id: "table-states".to_owned(),
            caption: c.say("coverage.table", &[]),
            show_caption: false,
            columns: vec![
                Column::words("area", c.say("head.area", &[]), 34.0),
                head("head.levels"),
                head("head.not-assessed"),
                head("head.invalid"),
                head("head.not-applicable"),
                Column::numbers("rated", c.say("head.rated", &[]), 10.0),
            ],
            rows: table_rows.collect(),
            interactive: false,
        },
        print_table: false,
        note: String::new(),
    }
}

/// `4 not assessed, 2 invalid, 3 n/a`; empty where all are levels.
fn rest(c: &Composer, figures: &Figures) -> String {
    let parts: Vec<String> = [
        ("coverage.not-assessed", figures.not_assessed),
        ("coverage.invalid", figures.invalid),
        ("coverage.not-applicable", figures.not_applicable),
    ]
    .into_iter()
    .filter(|(_, n)| *n > 0)
    .map(|(key, n)| c.words.count(key, n, &[]))
    .collect();
    parts.join(&c.say("phrase.comma", &[]))
}

/// `Configuration Management has the most unrated cells`.
fn most_missing(c: &Composer, areas: &[&AreaFigures]) -> String {
    let missing = |area: &AreaFigures| area.figures.applicable - area.figures.assessed;
    let most = areas.iter().map(|area| missing(area)).max().unwrap_or(0);
    let with: Vec<&&AreaFigures> = areas.iter().filter(|area| missing(area) == most).collect();
    match (most, &with[..]) {
        (0, _) => c.say("coverage.none-missing", &[]),
        (_, [area]) => c.say("coverage.most-missing", &[("name", &area.name)]),
        (_, several) => {
            let count = several.len().to_string();
            c.words.count("coverage.most-missing-many", most, &[("count", &count)])
        }
    }
}

/// What is out of every mean, a list a state, each cut after `most` names.
pub(super) fn lists(c: &Composer, ratings: &[usize], most: usize, with_area: bool) -> Vec<List> {
    [State::NotAssessed, State::Invalid, State::NotApplicable]
        .into_iter()
        .filter_map(|state| {
            let all: Vec<usize> =
                ratings.iter().filter(|index| c.analysis.ratings[**index].state == state).copied().collect();
            if all.is_empty() {
                return None;
            }
            let mut entries: Vec<Vec<Line>> =
                all.iter().take(most).map(|index| entry(c, &c.analysis.ratings[*index], with_area)).collect();
            if all.len() > most {
                let key = match c.detail {
                    super::Detail::Full => "coverage.more",
                    super::Detail::Summary => "coverage.more-short",
                };
                entries.push(vec![Line::muted(c.count(key, all.len() - most, &[]))]);
            }
            let key = match state {
                State::Invalid => "coverage.list-invalid",
                State::NotApplicable => "coverage.list-not-applicable",
                _ => "coverage.list-not-assessed",
            };
            Some(List { title: c.count(key, all.len(), &[]), sign: c.sign(state), entries })
        })
        .collect()
}

/// What a rating is about, and below it its area, its cell and what stood there.
fn entry(c: &Composer, rating: &RatingLine, with_area: bool) -> Vec<Line> {
    let label = c.label(rating);
    let with_area = with_area && label != rating.area;
    let args =
        [("area", rating.area.as_str()), ("cell", &rating.at), ("reason", rating.reason.as_deref().unwrap_or(""))];
    let place = match (with_area, &rating.reason) {
        (true, Some(_)) => c.say("coverage.area-cell-reason", &args),
        (true, None) => c.say("coverage.area-cell", &args[..2]),
        (false, Some(_)) => c.say("coverage.cell-reason", &args[1..]),
        (false, None) => rating.at.clone(),
    };
    vec![Line::plain(label), Line::muted(place)]
}
