//! Chapter "Subjects": who is behind where.

use super::composer::{Composer, figure};
use super::entries::{self, Entry};
use super::table::share_of;
use super::{Block, Cell, Column, Figure, Row, Section, Table, Tone, charts};
use crate::analysis::{AreaFigures, Figures, State, SubjectFigures};
use crate::chart::{Chart, HeatCell, HeatColumn, HeatFoot, HeatMap, HeatRow, HeatState, LegendEntry};

/// The chapter; `None` where the file compares nothing.
pub(super) fn section(c: &Composer) -> Option<Section> {
    let areas = c.lead_areas();
    if !c.compares_subjects() || areas.len() < 2 {
        return None;
    }
    let entries: Vec<Entry> = c
        .analysis
        .subjects
        .iter()
        .map(|subject| Entry {
            item: c.subject_id(&subject.name),
            name: subject.name.clone(),
            depth: 0,
            figures: &subject.figures,
            href: String::new(),
        })
        .collect();
    let caption = c.say("subjects.table", &[("noun", &c.noun().one)]);
    let blocks = vec![
        Block::Figure(heat_map(c, &areas)),
        Block::Heading {
            id: "subjects-overall".to_owned(),
            text: caption.clone(),
            lead: c.say("subjects.table-lead", &[]),
        },
        Block::Table(entries::table(c, "table-subjects".to_owned(), caption, c.subject_head(), &entries, false)),
    ];
    Some(Section {
        id: "subjects".to_owned(),
        nav: c.noun().title.clone(),
        title: title(c),
        lead: c.say(
            if c.targeted { "subjects.lead" } else { "subjects.lead-level" },
            &[("noun", &c.noun().one), ("rated", &c.rated(&c.analysis.overall))],
        ),
        depth: 1,
        new_page: false,
        paper_only: false,
        blocks,
    })
}

/// The subjects that stand out: the widest gap, or without targets the lowest level.
fn leaders<'a>(c: &Composer<'a>) -> Vec<&'a SubjectFigures> {
    let subjects = &c.analysis.subjects;
    let off = |it: &SubjectFigures| match c.targeted {
        true => it.figures.gap.filter(|gap| c.numbers.sign(*gap) > 0),
        false => it.figures.current.map(|level| -level),
    };
    let Some(most) = subjects.iter().filter_map(off).max_by(f64::total_cmp) else { return Vec::new() };
    subjects.iter().filter(|it| off(it).is_some_and(|value| c.numbers.alike(value, most))).collect()
}

/// `Core Banking Application has the most to close`.
fn title(c: &Composer) -> String {
    let leaders = leaders(c);
    match (c.targeted, &leaders[..]) {
        (true, []) if c.analysis.subjects.iter().any(|it| it.figures.gap.is_some()) => {
            c.say("subjects.none-short", &[])
        }
        (_, []) => c.say("subjects.nothing-known", &[]),
        (true, [one]) => c.say("subjects.most", &[("name", &one.name)]),
        (false, [one]) => c.say("title.lowest", &[("name", &one.name)]),
        (true, [a, b]) => c.say("subjects.most-two", &[("a", &a.name), ("b", &b.name)]),
        (true, several) => c.count("subjects.most-many", several.len(), &[("nouns", &c.noun().other)]),
        (false, several) => c.count("subjects.lowest-many", several.len(), &[("nouns", &c.noun().other)]),
    }
}

/// Levels, subject by area, with the mean gaps (else levels) at the edges.
fn heat_map(c: &Composer, areas: &[&AreaFigures]) -> Figure {
    let analysis = c.analysis;
    let single = analysis
        .subjects
        .iter()
        .all(|subject| areas.iter().all(|area| inside(subject, area).is_none_or(|figures| figures.total == 1)));
    let leaders: Vec<&str> = leaders(c).iter().map(|it| it.name.as_str()).collect();
    let edge = |figures: &Figures| if c.targeted { c.mean_gap(figures.gap) } else { c.mean(figures.current) };
    let rows: Vec<HeatRow> = analysis
        .subjects
        .iter()
        .map(|subject| HeatRow {
            item: c.subject_id(&subject.name),
            name: subject.name.clone(),
            strong: leaders.len() == 1 && leaders[0] == subject.name,
            cells: areas.iter().map(|area| cell(c, subject, area, single)).collect(),
            edges: vec![edge(&subject.figures)],
        })
        .collect();
    let absent = analysis.subjects.iter().any(|subject| areas.iter().any(|area| inside(subject, area).is_none()));
    let edge_head = c.say(if c.targeted { "head.gap" } else { "head.level" }, &[]);
    let foot = match (c.targeted, c.weighted) {
        (true, true) => "subjects.foot-gap-weighted",
        (true, false) => "subjects.foot-gap",
        (false, true) => "subjects.foot-level-weighted",
        (false, false) => "subjects.foot-level",
    };
    let chart = HeatMap {
        levels: analysis.scale.levels().len(),
        columns: areas
            .iter()
            .map(|area| HeatColumn { item: c.area_id(&area.path), name: area.name.clone() })
            .collect(),
        edges: vec![edge_head.clone()],
        legend_title: String::new(),
        legend: legend(c, &rows),
        foot: Some(HeatFoot {
            name: c.say(foot, &[]),
            cells: areas.iter().map(|area| edge(&area.figures)).collect(),
            edges: vec![edge(&analysis.overall)],
        }),
        rows,
    };
    Figure {
        id: "chart-heatmap".to_owned(),
        title: c.say("subjects.map", &[("noun", &c.noun().one)]),
        lead: c.say("subjects.map-lead", &[]),
        alt: alt(c, areas, &chart),
        table: twin(c, areas, &chart, edge_head),
        chart: Chart::HeatMap(chart),
        print_table: false,
        note: if absent { c.say("subjects.absent", &[]) } else { String::new() },
    }
}

fn inside<'a>(subject: &'a SubjectFigures, area: &AreaFigures) -> Option<&'a Figures> {
    subject.areas.iter().find(|it| it.path == area.path).map(|it| &it.figures)
}

fn cell(c: &Composer, subject: &SubjectFigures, area: &AreaFigures, single: bool) -> HeatCell {
    let figures = inside(subject, area);
    let (state, text) = match (charts::state_of(figures), figures.and_then(|it| it.current)) {
        (_, Some(level)) => {
            let share = (level - c.analysis.scale.lowest()) / c.analysis.scale.span();
            let text = if single { c.numbers.level(level) } else { c.numbers.mean(level) };
            (HeatState::Level(share), text)
        }
        (State::NotApplicable, None) => (HeatState::NotApplicable, c.sign(State::NotApplicable)),
        (State::Invalid, None) => (HeatState::Invalid, c.sign(State::Invalid)),
        (_, None) => (HeatState::NotAssessed, c.sign(State::NotAssessed)),
    };
    HeatCell { item: format!("{}-{}", c.area_id(&area.path), c.subject_id(&subject.name)), state, text }
}

/// A sample of each level (of the ends and the middle where they are many) and of each other state on the map.
fn legend(c: &Composer, rows: &[HeatRow]) -> Vec<LegendEntry> {
    let scale = &c.analysis.scale;
    let levels = scale.levels();
    let shown: Vec<usize> = match levels.len() {
        n if n <= 7 => (0..n).collect(),
        n => vec![0, n / 2, n - 1],
    };
    let mut legend: Vec<LegendEntry> = shown
        .into_iter()
        .map(|place| LegendEntry {
            state: HeatState::Level((levels[place].value - scale.lowest()) / scale.span()),
            text: c.numbers.level(levels[place].value),
            name: levels[place].name.clone().unwrap_or_default(),
        })
        .collect();
    for (state, of) in [
        (HeatState::NotAssessed, State::NotAssessed),
        (HeatState::NotApplicable, State::NotApplicable),
        (HeatState::Invalid, State::Invalid),
    ] {
        if rows.iter().any(|row| row.cells.iter().any(|cell| cell.state == state)) {
            legend.push(LegendEntry { state, text: c.sign(of), name: c.state(of) });
        }
    }
    legend
}

/// Each row in words, as far as ears can follow: the row's edge and its cells, for up to twelve subjects.
fn alt(c: &Composer, areas: &[&AreaFigures], map: &HeatMap) -> String {
    let most = 12;
    let mut sentences: Vec<String> = map
        .rows
        .iter()
        .take(most)
        .map(|row| {
            let cells: Vec<String> = areas
                .iter()
                .zip(&row.cells)
                .map(|(area, cell)| c.say("phrase.name-is", &[("name", &area.name), ("value", &cell.text)]))
                .collect();
            let cells = cells.join(&c.say("phrase.comma", &[]));
            let key = if c.targeted { "alt.heat-gap" } else { "alt.heat-level" };
            c.say(key, &[("name", &row.name), ("edge", &row.edges[0]), ("cells", &cells)])
        })
        .collect();
    if map.rows.len() > most {
        sentences.push(c.count("alt.more-rows", map.rows.len() - most, &[]));
    }
    sentences.join(" ")
}

fn twin(c: &Composer, areas: &[&AreaFigures], map: &HeatMap, edge_head: String) -> Table {
    let mut columns = vec![Column::words(
        "subject",
        c.subject_head(),
        share_of(map.rows.iter().map(|row| row.name.as_str()), 14.0, 30.0),
    )];
    columns.extend(areas.iter().map(|area| Column::numbers("level", area.name.clone(), 8.0)));
    columns.push(Column::numbers(if c.targeted { "gap" } else { "level" }, edge_head, 7.0));
    let tone = |state: HeatState| if matches!(state, HeatState::Level(_)) { Tone::Current } else { Tone::Muted };
    let mut rows: Vec<Row> = c
        .analysis
        .subjects
        .iter()
        .zip(&map.rows)
        .map(|(subject, row)| {
            let cells = areas.iter().zip(&row.cells).map(|(area, cell)| {
                let value = inside(subject, area).and_then(|figures| figures.current);
                figure(cell.text.clone(), value, tone(cell.state))
            });
            let value = if c.targeted { subject.figures.gap } else { subject.figures.current };
            let edge = figure(row.edges[0].clone(), value, Tone::Gap);
            Row::about(&row.item, std::iter::once(Cell::strong(&row.name)).chain(cells).chain([edge]).collect())
        })
        .collect();
    if let Some(foot) = &map.foot {
        let of = |figures: &Figures| if c.targeted { figures.gap } else { figures.current };
        let values = areas.iter().map(|area| of(&area.figures)).chain([of(&c.analysis.overall)]);
        let texts = foot.cells.iter().chain(&foot.edges);
        let numbers = texts.zip(values).map(|(text, value)| figure(text.clone(), value, Tone::Gap));
        rows.push(Row::total(std::iter::once(Cell::strong(&foot.name)).chain(numbers).collect()));
    }
    Table {
        id: "table-heatmap".to_owned(),
        caption: c.say("subjects.map", &[("noun", &c.noun().one)]),
        show_caption: false,
        columns,
        rows,
        interactive: false,
    }
}
