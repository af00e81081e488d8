//! The part on one subject: where it stands in each area, what is to be done about it, what is missing.

use super::composer::{Composer, Detail};
use super::entries::{self, Entry};
use super::{Block, Figure, Section, Table, area, charts, coverage, findings};
use crate::analysis::{AreaFigures, SubjectFigures};

/// More subjects than this get no part of their own.
const MOST: usize = 40;
/// Most names in each list of what is not rated.
const NAMES: usize = 6;

/// A part for each subject; none where the report is short, or where each would hold one row only.
pub(super) fn sections(c: &Composer) -> Vec<Section> {
    let subjects = &c.analysis.subjects;
    let fits = (2..=MOST).contains(&subjects.len()) && c.lead_areas().len() > 1;
    if c.detail != Detail::Full || !fits {
        return Vec::new();
    }
    subjects.iter().enumerate().map(|(place, subject)| section(c, subject, place + 1)).collect()
}

fn section(c: &Composer, subject: &SubjectFigures, place: usize) -> Section {
    let own = |index: &usize| c.analysis.ratings[*index].subject.as_deref() == Some(subject.name.as_str());
    let ratings: Vec<usize> = (0..c.analysis.ratings.len()).filter(own).collect();
    let all: Vec<usize> = c.shortfalls.iter().copied().filter(own).collect();
    let id = c.subject_id(&subject.name);
    let mut blocks = vec![Block::Paragraph(findings::stand(c, &subject.name, &subject.figures, &ratings))];
    let figure = inside(c, subject, &ratings);
    let levels_shown = figure.as_ref().is_some_and(|(_, single)| *single);
    // Where the picture has a row for each rating, it says what to do and what is missing too.
    blocks.extend(figure.map(|(figure, single)| match single {
        true => Block::Figure(Figure { chart: charts::with_steps(c, figure.chart, &all), ..figure }),
        false => Block::Figure(figure),
    }));
    if !levels_shown {
        let about = area::About { area: true, subject: false, levels: true };
        blocks.extend(area::shortfalls_of(c, &id, &subject.name, &all, about));
        let out = coverage::lists(c, &ratings, NAMES, true);
        if !out.is_empty() {
            blocks.push(Block::Lists(out));
        }
    }
    let (n, m) = (place.to_string(), c.analysis.subjects.len().to_string());
    Section {
        id,
        nav: subject.name.clone(),
        title: area::title(c, &subject.name, &subject.figures),
        lead: c.say("subjects.part-lead", &[("noun", &c.subject_head()), ("n", &n), ("m", &m)]),
        depth: 2,
        new_page: false,
        paper_only: true,
        blocks,
    }
}

/// The dumbbell of the subject's areas, widest gap first, and whether each row is a single rating, which is printed as
/// the level it is.
fn inside(c: &Composer, subject: &SubjectFigures, ratings: &[usize]) -> Option<(Figure, bool)> {
    let leads = c.lead_areas();
    let areas: Vec<&AreaFigures> =
        subject.areas.iter().filter(|area| leads.iter().any(|lead| lead.path == area.path)).collect();
    if areas.len() < 2 {
        return None;
    }
    let id = c.subject_id(&subject.name);
    let mut entries: Vec<Entry> = areas
        .iter()
        .map(|area| Entry {
            item: format!("{id}-{}", c.area_id(&area.path)),
            name: area.name.clone(),
            depth: 0,
            figures: &area.figures,
            href: String::new(),
        })
        .collect();
    entries::sort(c, &mut entries);
    let names = entries::Names {
        id: format!("chart-{id}"),
        table_id: format!("table-{id}"),
        title: entries::title(c, &entries),
        lead: c.say("subjects.part-figure", &[]),
        caption: c.say("part.table", &[("name", &subject.name)]),
        head: c.say("head.area", &[]),
    };
    let figure = entries::dumbbell(c, names, &entries);
    let single = areas.iter().all(|area| area.figures.total == 1);
    if !single {
        return Some((figure, false));
    }
    let mut heads = Vec::new();
    heads.extend(c.targeted.then(|| c.say("head.gap", &[])));
    heads.extend(c.weighted.then(|| c.say("head.weight", &[])));
    let of = |entry: &Entry| ratings.iter().copied().find(|index| c.analysis.ratings[*index].area == entry.name);
    let rows = entries.iter().filter_map(|entry| Some(charts::rating_row(c, of(entry)?, entry.name.clone())));
    let figure = Figure {
        lead: c.say("part.lead-ratings", &[]),
        chart: charts::dumbbell(c, heads, rows.collect()),
        table: Table { interactive: false, ..figure.table },
        ..figure
    };
    Some((figure, true))
}
