//! Chapter "Profiles": the shape over the areas, of all together and of each subject.

use super::composer::{Composer, figure};
use super::table::share_of;
use super::{Block, Cell, Column, Figure, Row, Section, Table, Tone, areas, charts};
use crate::analysis::{AreaFigures, Figures, State, SubjectFigures};
use crate::chart::{Chart, Radar, RadarPanel, Sign, Signs, Spot};

/// A shape wants at least this many axes, and bears at most this many.
const AXES: std::ops::RangeInclusive<usize> = 5..=12;
/// Most small panels; more cannot be compared at a glance.
const PANELS: usize = 12;

/// The chapter; `None` where there are too few or too many axes.
pub(super) fn section(c: &Composer) -> Option<Section> {
    let areas = c.lead_areas();
    if !AXES.contains(&areas.len()) || c.analysis.overall.assessed == 0 {
        return None;
    }
    let subjects: &[SubjectFigures] = match c.analysis.subjects.len() {
        2..=PANELS => &c.analysis.subjects,
        _ => &[],
    };
    let title = title(c, &areas, subjects);
    let (low, high) = (c.analysis.scale.lowest(), c.analysis.scale.highest());
    let ends = [c.level_and_name(low), c.level_and_name(high)];
    let lead = c.say("profiles.lead", &[("low", &ends[0]), ("high", &ends[1])]);
    Some(Section {
        id: "profiles".to_owned(),
        nav: c.say("nav.profiles", &[]),
        title: title.clone(),
        lead: String::new(),
        depth: 1,
        new_page: false,
        paper_only: false,
        blocks: vec![Block::Figure(radar(c, &areas, subjects, lead))],
    })
}

/// `Testing varies most: from −1 to 3`, over the subjects; of one profile, the range of the areas.
fn title(c: &Composer, areas: &[&AreaFigures], subjects: &[SubjectFigures]) -> String {
    let spread = |area: &&AreaFigures| {
        let mut levels: Vec<f64> = subjects.iter().filter_map(|subject| inside(subject, area)?.current).collect();
        levels.sort_by(f64::total_cmp);
        match levels[..] {
            [low, .., high] if high > low => Some((area.name.clone(), low, high)),
            _ => None,
        }
    };
    let widest = areas.iter().filter_map(spread).rev().max_by(|a, b| (a.2 - a.1).total_cmp(&(b.2 - b.1)));
    match widest {
        Some((name, low, high)) => {
            let (low, high) = (c.numbers.level(low), c.numbers.level(high));
            c.say("profiles.varies", &[("name", &name), ("low", &low), ("high", &high)])
        }
        None => areas::range(c, areas),
    }
}

fn inside<'a>(subject: &'a SubjectFigures, area: &AreaFigures) -> Option<&'a Figures> {
    subject.areas.iter().find(|it| it.path == area.path).map(|it| &it.figures)
}

fn spot(figures: Option<&Figures>) -> Spot {
    match (charts::state_of(figures), figures.and_then(|it| it.current)) {
        (_, Some(level)) => Spot::Level(level),
        (State::NotApplicable, None) => Spot::NotApplicable,
        (State::Invalid, None) => Spot::Invalid,
        (_, None) => Spot::NotAssessed,
    }
}

fn radar(c: &Composer, areas: &[&AreaFigures], subjects: &[SubjectFigures], lead: String) -> Figure {
    let all: Vec<Option<&Figures>> = areas.iter().map(|area| Some(&area.figures)).collect();
    let together = match c.compares_subjects() {
        true => c.say("profiles.all", &[("nouns", &c.noun().other)]),
        false => c.say("head.overall", &[]),
    };
    let mut panels = vec![panel(c, "all".to_owned(), together, &c.analysis.overall, &all)];
    for subject in subjects {
        let figures: Vec<Option<&Figures>> = areas.iter().map(|area| inside(subject, area)).collect();
        panels.push(panel(c, c.subject_id(&subject.name), subject.name.clone(), &subject.figures, &figures));
    }
    let sign = |state: State| Sign { sign: c.sign(state), name: c.state(state) };
    let chart = Radar {
        axes: areas.iter().map(|area| area.name.clone()).collect(),
        rings: charts::ticks(c),
        rings_title: c.say("profiles.rings", &[]),
        centre: c.say("profiles.centre", &[]),
        outside: c.say("profiles.outside", &[]),
        now: c.say("profiles.now", &[]),
        target: c.say("chart.target", &[]),
        missing: c.say("profiles.missing", &[]),
        signs: Signs {
            not_assessed: sign(State::NotAssessed),
            not_applicable: sign(State::NotApplicable),
            invalid: sign(State::Invalid),
        },
        panels,
    };
    Figure {
        id: "chart-profiles".to_owned(),
        title: match subjects.is_empty() {
            true => c.say("profiles.shape", &[]),
            false => c.say("profiles.shapes", &[("noun", &c.noun().one)]),
        },
        lead,
        alt: chart.panels.iter().map(|panel| alt(c, &chart, panel)).collect::<Vec<_>>().join(" "),
        table: twin(c, &chart),
        chart: Chart::Radar(chart),
        print_table: false,
        note: c.say("profiles.note", &[]),
    }
}

fn panel(c: &Composer, item: String, title: String, whole: &Figures, areas: &[Option<&Figures>]) -> RadarPanel {
    let rated = c.rated(whole);
    let subtitle = match whole.gap.map(|gap| (c.numbers.sign(gap), c.numbers.mean(gap.abs()))) {
        Some((1, gap)) => c.words.measure("profiles.to-close", &gap, &[("rated", &rated)]),
        Some((0, _)) => c.say("profiles.at-target", &[("rated", &rated)]),
        Some((_, gap)) => c.words.measure("profiles.above", &gap, &[("rated", &rated)]),
        None => c.say("profiles.rated", &[("rated", &rated)]),
    };
    RadarPanel {
        item,
        title,
        lead: c.mean(whole.current),
        subtitle,
        current: areas.iter().map(|figures| spot(*figures)).collect(),
        target: match c.targeted {
            true => areas.iter().map(|figures| figures.and_then(|it| it.target)).collect(),
            false => Vec::new(),
        },
        overlays: Vec::new(),
    }
}

/// What a spot prints in the table twin and in words.
fn shown(c: &Composer, spot: Spot) -> (String, Option<f64>) {
    match spot {
        Spot::Level(level) => (c.numbers.mean(level), Some(level)),
        Spot::NotAssessed => (c.sign(State::NotAssessed), None),
        Spot::NotApplicable => (c.sign(State::NotApplicable), None),
        Spot::Invalid => (c.sign(State::Invalid), None),
    }
}

fn alt(c: &Composer, radar: &Radar, panel: &RadarPanel) -> String {
    let cells: Vec<String> = radar
        .axes
        .iter()
        .zip(&panel.current)
        .map(|(name, spot)| c.say("phrase.name-is", &[("name", name), ("value", &shown(c, *spot).0)]))
        .collect();
    c.say("alt.profile", &[("name", &panel.title), ("cells", &cells.join(&c.say("phrase.comma", &[])))])
}

/// A row an area, a column a panel.
fn twin(c: &Composer, radar: &Radar) -> Table {
    let mut columns = vec![Column::words(
        "area",
        c.say("head.area", &[]),
        share_of(radar.axes.iter().map(String::as_str), 14.0, 30.0),
    )];
    columns.extend(radar.panels.iter().map(|panel| Column::numbers("level", panel.title.clone(), 8.0)));
    let rows = radar
        .axes
        .iter()
        .enumerate()
        .map(|(axis, name)| {
            let cells = radar.panels.iter().map(|panel| {
                let (text, value) = shown(c, panel.current[axis]);
                figure(text, value, Tone::Current)
            });
            Row::of(std::iter::once(Cell::strong(name)).chain(cells).collect())
        })
        .collect();
    Table {
        id: "table-profiles".to_owned(),
        caption: c.say("profiles.table", &[]),
        show_caption: false,
        columns,
        rows,
        interactive: false,
    }
}
