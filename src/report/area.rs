//! The part on one area: where it stands, what is inside, what is missing.

use super::composer::Composer;
use super::entries::{self, Entry, Names};
use super::{Block, Column, Figure, Section, Table, Tone, charts, coverage, findings, model, rows, summary, titles};
use crate::analysis::{AreaFigures, Figures, RatingLine};

/// Most rows of the dumbbell inside an area.
const ROWS: usize = 30;
/// Most shortfalls listed.
const SHORTFALLS: usize = 8;
/// Most names in each list of what is not rated.
const NAMES: usize = 6;

/// A part for each lead area; a single one is a chapter of its own.
pub(super) fn sections(c: &Composer) -> Vec<Section> {
    let areas = c.lead_areas();
    if !c.has_parts() {
        return Vec::new();
    }
    areas.iter().enumerate().filter_map(|(place, area)| section(c, area, place + 1, areas.len())).collect()
}

/// Whether every shortfall has a row of its own in one of the parts' pictures, with what is to be done beside it.
pub(super) fn all_drawn(c: &Composer) -> bool {
    let areas = c.lead_areas();
    let drawn = |area: &&AreaFigures| inside(c, area, ROWS).is_some_and(|inside| inside.shows_ratings);
    areas.len() > 1 && c.has_parts() && areas.iter().all(drawn)
}

fn section(c: &Composer, area: &AreaFigures, place: usize, of: usize) -> Option<Section> {
    let ratings = c.ratings_of(&area.path);
    let figure = inside(c, area, ROWS);
    let levels_shown = figure.as_ref().is_some_and(|figure| figure.shows_ratings);
    // The only area's picture stands in the summary already, where it is small enough.
    let figure = figure.filter(|_| of > 1 || inside(c, area, summary::ROWS).is_none());
    let mut blocks = vec![Block::Paragraph(sentences(c, area, &ratings))];
    let inside = |index: &usize| c.analysis.ratings[*index].path.starts_with(&area.path);
    let all: Vec<usize> = c.shortfalls.iter().copied().filter(inside).collect();
    // Where the picture has a row for each rating, paper shows beside it what the page lists below.
    let drawn = levels_shown && figure.is_some();
    blocks.extend(figure.map(|inside| match drawn {
        true => Block::Figure(Figure { chart: charts::with_steps(c, inside.figure.chart, &all), ..inside.figure }),
        false => Block::Figure(inside.figure),
    }));
    blocks.extend(model::asks(c, area));
    let mut listed = Vec::new();
    let acted = |index: &usize| c.analysis.ratings[*index].action.is_some();
    let levels = !levels_shown;
    if ratings.len() > 1 && (levels || says_more(c, &all)) || all.iter().any(acted) {
        let about = About { area: c.parts_of(area).len() > 1, subject: true, levels };
        listed.extend(shortfalls_of(c, &c.area_id(&area.path), &area.name, &all, about));
    }
    let out = coverage::lists(c, &ratings, NAMES, false);
    if !out.is_empty() {
        listed.push(Block::Lists(out));
    }
    blocks.extend(listed.into_iter().map(|block| if drawn { Block::OnPage(Box::new(block)) } else { block }));
    if of == 1 && blocks.len() == 1 {
        return None;
    }
    Some(Section {
        id: c.area_id(&area.path),
        nav: area.name.clone(),
        title: title(c, &area.name, &area.figures),
        lead: match of {
            1 => String::new(),
            _ => c.say("part.lead", &[("n", &place.to_string()), ("m", &of.to_string())]),
        },
        depth: if of == 1 { 1 } else { 2 },
        new_page: false,
        paper_only: false,
        blocks,
    })
}

/// `Testing: 1.7 levels to close`.
pub(super) fn title(c: &Composer, name: &str, figures: &Figures) -> String {
    let name = [("name", name)];
    let Some(level) = figures.current else { return c.say("part.unrated", &name) };
    match figures.gap.map(|gap| (c.numbers.sign(gap), c.numbers.mean(gap.abs()))) {
        Some((1, gap)) => c.words.measure("part.gap", &gap, &name),
        Some((0, _)) => c.say("part.at", &name),
        Some((_, gap)) => c.words.measure("part.above", &gap, &name),
        None => c.say("part.level", &[name[0], ("level", &c.numbers.mean(level))]),
    }
}

/// Where the area stands, how it moved, what a mean would hide.
fn sentences(c: &Composer, area: &AreaFigures, ratings: &[usize]) -> String {
    let both = ratings.iter().filter(|index| findings::known_twice(&c.analysis.ratings[**index])).count();
    let stand = findings::stand(c, &area.name, &area.figures, ratings);
    let more = [
        findings::moved(c, &area.figures, both),
        findings::hidden_in(c, area),
        findings::coverage(&area.figures, c).filter(|_| area.figures.assessed > 0),
    ];
    std::iter::once(stand).chain(more.into_iter().flatten()).collect::<Vec<_>>().join(" ")
}

/// What is drawn inside an area, and whether each rating has its own row there.
pub(super) struct Inside {
    pub(super) figure: Figure,
    shows_ratings: bool,
}

/// The dumbbell inside an area: its parts, its subjects, or its single ratings, most urgent first. `None` where there
/// is one row or more than `most`.
pub(super) fn inside(c: &Composer, area: &AreaFigures, most: usize) -> Option<Inside> {
    let parts = c.parts_of(area);
    let ratings = c.ratings_of(&area.path);
    if parts.len() > 1 {
        let entries = entries::areas(c, &parts);
        return of_entries(c, area, entries, c.say("head.area", &[]), c.say("part.by-part", &[]), most);
    }
    let subjects = c.analysis.subjects.iter().filter_map(|subject| {
        let inside = subject.areas.iter().find(|it| it.path == area.path)?;
        Some(Entry {
            item: format!("{}-{}", c.area_id(&area.path), c.subject_id(&subject.name)),
            name: subject.name.clone(),
            depth: 0,
            figures: &inside.figures,
            href: String::new(),
        })
    });
    let subjects: Vec<Entry> = subjects.collect();
    if subjects.len() > 1 && ratings.len() > subjects.len() {
        let lead = c.say("part.by-subject", &[("noun", &c.noun().one)]);
        return of_entries(c, area, subjects, c.subject_head(), lead, most);
    }
    (2..=most).contains(&ratings.len()).then(|| of_ratings(c, area, ratings))
}

fn of_entries(
    c: &Composer,
    area: &AreaFigures,
    mut entries: Vec<Entry>,
    head: String,
    lead: String,
    most: usize,
) -> Option<Inside> {
    entries::sort(c, &mut entries);
    if entries.len() > most {
        return None;
    }
    let names = Names {
        id: format!("chart-{}", c.area_id(&area.path)),
        table_id: format!("table-{}", c.area_id(&area.path)),
        title: entries::title(c, &entries),
        lead,
        caption: c.say("part.table", &[("name", &area.name)]),
        head,
    };
    Some(Inside { figure: entries::dumbbell(c, names, &entries), shows_ratings: false })
}

fn of_ratings(c: &Composer, area: &AreaFigures, mut ratings: Vec<usize>) -> Inside {
    let urgency = |index: &usize| {
        let rating = &c.analysis.ratings[*index];
        (rating.current.is_none(), rating.rank.unwrap_or(u32::MAX))
    };
    let gap = |index: &usize| c.analysis.ratings[*index].gap.unwrap_or(f64::NEG_INFINITY);
    ratings.sort_by(|a, b| urgency(a).cmp(&urgency(b)).then(gap(b).total_cmp(&gap(a))));
    let (about, texts) = rows::about(c, &ratings, false);
    let mut columns = about;
    columns.extend(rows::level_columns(c).into_iter().take(if c.targeted { 3 } else { 1 }));
    if c.weighted {
        columns.push(Column::numbers("weight", c.say("head.weight", &[]), 6.0));
    }
    let numbers = ratings
        .iter()
        .map(|index| {
            let mut cells = rows::levels(c, *index);
            cells.truncate(if c.targeted { 3 } else { 1 });
            cells.extend(c.weighted.then(|| rows::weight(c, &c.analysis.ratings[*index])));
            cells
        })
        .collect();
    let id = c.area_id(&area.path);
    let previous = c
        .analysis
        .previous
        .as_ref()
        .filter(|_| ratings.iter().any(|index| findings::known_twice(&c.analysis.ratings[*index])));
    let chart_rows = ratings.iter().map(|index| charts::rating_row(c, *index, c.label(&c.analysis.ratings[*index])));
    let mut heads = Vec::new();
    heads.extend(c.targeted.then(|| c.say("head.gap", &[])));
    heads.extend(c.weighted.then(|| c.say("head.weight", &[])));
    let figure = Figure {
        id: format!("chart-{id}"),
        title: titles::of_ratings(c, &ratings),
        lead: match previous {
            Some(previous) => c.say("part.lead-ratings-previous", &[("previous", &c.words.date(previous))]),
            None => c.say("part.lead-ratings", &[]),
        },
        alt: ratings.iter().map(|index| alt(c, &c.analysis.ratings[*index])).collect::<Vec<_>>().join(" "),
        chart: charts::dumbbell(c, heads, chart_rows.collect()),
        table: Table {
            id: format!("table-{id}"),
            caption: c.say("part.table", &[("name", &area.name)]),
            show_caption: false,
            columns,
            rows: rows::rows(c, &ratings, texts, numbers),
            interactive: false,
        },
        print_table: false,
        note: String::new(),
    };
    Inside { figure, shows_ratings: true }
}

/// One rating in words.
fn alt(c: &Composer, rating: &RatingLine) -> String {
    let name = c.label(rating);
    let (now, target) = (c.now(rating), c.wanted(rating));
    match (rating.current, rating.gap) {
        (None, _) => c.say("alt.rating-state", &[("name", &name), ("state", &c.state(rating.state))]),
        (Some(_), Some(gap)) => {
            let gap = c.numbers.gap(gap);
            c.say("alt.rating", &[("name", &name), ("now", &now), ("target", &target), ("gap", &gap)])
        }
        (Some(_), None) => c.say("alt.rating-level", &[("name", &name), ("now", &now)]),
    }
}

/// Whether the table of these shortfalls would say more than the dumbbell above it: somebody entered what is to be done,
/// who does it, or by when.
pub(super) fn says_more(c: &Composer, all: &[usize]) -> bool {
    all.iter().take(SHORTFALLS).any(|index| {
        let rating = &c.analysis.ratings[*index];
        rating.action.is_some() || rating.owner.is_some() || rating.due.is_some()
    })
}

/// What the rows of [`shortfalls_of`] say beside what is to be done.
#[derive(Clone, Copy)]
pub(super) struct About {
    /// The area of each rating.
    pub(super) area: bool,
    /// The subject of each rating, where the file compares several.
    pub(super) subject: bool,
    /// Level, target and gap of each rating.
    pub(super) levels: bool,
}

/// The largest of some shortfalls, given by rank, with what is to be done; nothing where there are none.
pub(super) fn shortfalls_of(c: &Composer, id: &str, name: &str, all: &[usize], about: About) -> Vec<Block> {
    if all.is_empty() {
        return Vec::new();
    }
    let levels_shown = !about.levels;
    let line = |index: &usize| &c.analysis.ratings[*index];
    let shown = &all[..all.len().min(SHORTFALLS)];
    let (actions, owners, dates) = (
        shown.iter().any(|index| line(index).action.is_some()),
        shown.iter().any(|index| line(index).owner.is_some()),
        shown.iter().any(|index| line(index).due.is_some()),
    );
    let (mut columns, mut texts) = rows::about(c, shown, about.area);
    if let Some(place) = columns.iter().position(|column| column.key == "subject").filter(|_| !about.subject) {
        columns.remove(place);
        for row in &mut texts {
            row.remove(place);
            row[0].tone = Tone::Strong;
        }
    }
    if !levels_shown {
        columns.extend(rows::level_columns(c));
    }
    if actions {
        columns.push(Column::words("action", c.say("head.action", &[]), 36.0));
    }
    if owners {
        columns.push(Column::words("owner", c.say("head.owner", &[]), 14.0));
    }
    if dates {
        columns.push(Column::words("due", c.say("head.due", &[]), 11.0));
    }
    let more = shown
        .iter()
        .map(|index| {
            let rating = line(index);
            let mut cells = if levels_shown { Vec::new() } else { rows::levels(c, *index) };
            cells.extend(actions.then(|| rows::given(c, rating.action.as_deref(), "steps.no-action")));
            cells.extend(owners.then(|| rows::given(c, rating.owner.as_deref(), "steps.no-owner")));
            let due = rating.due.as_deref().map(|due| c.words.date(due));
            cells.extend(dates.then(|| rows::given(c, due.as_deref(), "steps.no-date")));
            cells
        })
        .collect();
    let text = match all.len() > SHORTFALLS {
        true => c.count("part.shortfalls-cut", all.len(), &[("shown", &SHORTFALLS.to_string())]),
        false => c.count("part.shortfalls", all.len(), &[]),
    };
    vec![
        Block::Heading { id: format!("shortfalls-{id}"), text, lead: String::new() },
        Block::Table(Table {
            id: format!("table-shortfalls-{id}"),
            caption: c.say("part.shortfalls-table", &[("name", name)]),
            show_caption: false,
            columns,
            rows: rows::rows(c, shown, texts, more),
            interactive: false,
        }),
    ]
}
