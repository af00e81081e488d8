//! Areas or subjects with their figures: as rows of a table and of a chart, in words, and the titles that name them.

use super::composer::{Composer, figure};
use super::table::share_of;
use super::{Block, Cell, Column, Figure, Row, Table, Tone, charts};
use crate::analysis::{AreaFigures, Figures};

/// An area or a subject with its figures.
#[derive(Clone)]
pub(super) struct Entry<'a> {
    /// Slug that table and chart share.
    pub(super) item: String,
    pub(super) name: String,
    /// How many steps it stands beneath the highest ones shown.
    pub(super) depth: usize,
    pub(super) figures: &'a Figures,
    /// Where its own part is; empty for none.
    pub(super) href: String,
}

/// Areas as entries, in their order.
pub(super) fn areas<'a>(c: &Composer, areas: &[&'a AreaFigures]) -> Vec<Entry<'a>> {
    let top = areas.iter().map(|area| area.path.len()).min().unwrap_or(0);
    areas
        .iter()
        .map(|area| Entry {
            item: c.area_id(&area.path),
            name: area.name.clone(),
            depth: area.path.len() - top,
            figures: &area.figures,
            href: c.part_href(area),
        })
        .collect()
}

/// The widest gap first; without targets the lowest level first. Unknown ones stand last, equal ones keep their order.
pub(super) fn sort(c: &Composer, entries: &mut [Entry]) {
    match c.targeted {
        true => {
            let gap = |entry: &Entry| entry.figures.gap.unwrap_or(f64::NEG_INFINITY);
            entries.sort_by(|a, b| gap(b).total_cmp(&gap(a)));
        }
        false => {
            let level = |entry: &Entry| entry.figures.current.unwrap_or(f64::INFINITY);
            entries.sort_by(|a, b| level(a).total_cmp(&level(b)));
        }
    }
}

/// What a table or chart of entries is called.
pub(super) struct Names {
    pub(super) id: String,
    pub(super) table_id: String,
    pub(super) title: String,
    pub(super) lead: String,
    pub(super) caption: String,
    /// Head of the first column.
    pub(super) head: String,
}

/// A dumbbell with its twin.
pub(super) fn dumbbell(c: &Composer, names: Names, entries: &[Entry]) -> Figure {
    let mut columns = Vec::new();
    if c.targeted {
        columns.push(c.say("head.gap", &[]));
    }
    columns.push(c.say("head.rated", &[]));
    let rows = entries.iter().map(|entry| charts::entry_row(c, entry)).collect();
    Figure {
        id: names.id,
        title: names.title,
        lead: names.lead,
        alt: alt(c, entries),
        chart: charts::dumbbell(c, columns, rows),
        table: table(c, names.table_id, names.caption, names.head, entries, false),
        print_table: false,
        note: String::new(),
    }
}

/// A dumbbell's numbers in words.
pub(super) fn alt(c: &Composer, entries: &[Entry]) -> String {
    let sentence = |entry: &Entry| {
        let (now, rated) = (c.mean(entry.figures.current), c.rated(entry.figures));
        let args = [("name", entry.name.as_str()), ("now", &now), ("rated", &rated)];
        match c.targeted {
            true => {
                let (target, gap) = (c.mean(entry.figures.target), c.mean_gap(entry.figures.gap));
                c.say("alt.entry", &[args[0], args[1], ("target", &target), ("gap", &gap), args[2]])
            }
            false => c.say("alt.entry-level", &args),
        }
    };
    entries.iter().map(sentence).collect::<Vec<_>>().join(" ")
}

/// A table of entries; the overall row last where `total`.
pub(super) fn table(
    c: &Composer,
    id: String,
    caption: String,
    head: String,
    entries: &[Entry],
    total: bool,
) -> Table {
    let overall = &c.analysis.overall;
    let figures = || entries.iter().map(|entry| entry.figures).chain(total.then_some(overall));
    let differ = |it: &Figures| it.gap.zip(it.shortfall).is_some_and(|(gap, short)| !c.numbers.alike(gap, short));
    let shows = Shows {
        shortfall: figures().any(differ),
        change: c.analysis.previous.is_some() && figures().any(|it| it.change.is_some()),
    };
    let width = share_of(entries.iter().map(|entry| entry.name.as_str()), 14.0, 36.0);
    let mut columns = vec![Column::words("area", head, width)];
    columns.extend(columns_of(c, &shows));
    let mut rows: Vec<Row> = entries
        .iter()
        .map(|entry| {
            // Parts stand beneath their whole, one em a step.
            let name = format!("{}{}", "\u{2003}".repeat(entry.depth), entry.name);
            let head = if entry.depth == 0 { Cell::strong(name) } else { Cell::plain(name) };
            let head = head.linked(entry.href.clone());
            Row::about(&entry.item, std::iter::once(head).chain(cells(c, entry.figures, &shows)).collect())
        })
        .collect();
    if total {
        let head = Cell::strong(c.say("head.overall", &[]));
        rows.push(Row::total(std::iter::once(head).chain(cells(c, overall, &shows)).collect()));
    }
    Table { id, caption, show_caption: false, columns, rows, interactive: entries.len() > 10 }
}

/// Which figures a table shows beside level, target and gap.
struct Shows {
    shortfall: bool,
    change: bool,
}

fn columns_of(c: &Composer, shows: &Shows) -> Vec<Column> {
    let mut columns = vec![Column::numbers("current", c.say("head.now", &[]), 7.0)];
    if c.targeted {
        columns.push(Column::numbers("target", c.say("head.target", &[]), 7.0));
        columns.push(Column::numbers("gap", c.say("head.gap", &[]), 7.0));
        if shows.shortfall {
            columns.push(Column::numbers("shortfall", c.say("head.shortfall", &[]), 9.0));
        }
        columns.push(Column::numbers("percent", c.say("head.percent", &[]), 10.0));
    }
    if shows.change {
        columns.push(Column::numbers("change", c.say("head.change", &[]), 8.0));
    }
    columns.push(Column::numbers("rated", c.say("head.rated", &[]), 10.0));
    columns
}

fn cells(c: &Composer, figures: &Figures, shows: &Shows) -> Vec<Cell> {
    let mut cells = vec![c.current_cell(figures.current)];
    if c.targeted {
        cells.push(c.target_cell(figures.target));
        cells.push(c.gap_cell(figures.gap));
        if shows.shortfall {
            cells.push(figure(c.mean(figures.shortfall), figures.shortfall, Tone::Plain));
        }
        let share = figures.percent_to_target;
        cells.push(figure(c.percent(share), share, Tone::Plain));
    }
    if shows.change {
        cells.push(figure(c.mean_gap(figures.change), figures.change, Tone::Plain));
    }
    cells.push(figure(c.rated(figures), figures.coverage(), Tone::Muted));
    cells
}

/// Titles longer than this many words say the number instead of the names.
const TITLE_WORDS: usize = 7;

/// `Testing is furthest from target`, or of levels without targets, `Testing has the lowest level`; for sorted entries.
pub(super) fn title(c: &Composer, entries: &[Entry]) -> String {
    if c.targeted { furthest(c, entries) } else { lowest(c, entries) }
}

fn furthest(c: &Composer, entries: &[Entry]) -> String {
    let Some(widest) = entries.first().and_then(|entry| entry.figures.gap) else {
        return c.say("title.no-gap-known", &[]);
    };
    if c.numbers.sign(widest) <= 0 {
        let all_known = entries.iter().all(|entry| entry.figures.gap.is_some());
        let all_met = entries.iter().all(|entry| entry.figures.gap.is_none_or(|gap| c.numbers.sign(gap) == 0));
        return match (all_met, all_known) {
            (true, true) => c.say("title.all-at-target", &[]),
            (true, false) => c.say("title.rated-at-target", &[]),
            (false, true) => c.say("title.all-met", &[]),
            (false, false) => c.say("title.rated-met", &[]),
        };
    }
    let alike = |entry: &&Entry| entry.figures.gap.is_some_and(|gap| c.numbers.alike(gap, widest));
    let tied: Vec<&str> = entries.iter().take_while(alike).map(|entry| entry.name.as_str()).collect();
    let words: usize = tied.iter().map(|name| name.split_whitespace().count()).sum();
    let gap = c.numbers.mean(widest);
    match tied[..] {
        [name] if words <= TITLE_WORDS => c.say("title.furthest", &[("name", name)]),
        [a, b] if words <= TITLE_WORDS - 2 => c.say("title.furthest-two", &[("a", a), ("b", b)]),
        [_] => c.words.measure("title.widest", &gap, &[]),
        _ => c.words.measure("title.furthest-many", &gap, &[("count", &tied.len().to_string())]),
    }
}

fn lowest(c: &Composer, entries: &[Entry]) -> String {
    let Some(low) = entries.first().and_then(|entry| entry.figures.current) else {
        return c.say("title.none-rated", &[]);
    };
    let alike = |entry: &&Entry| entry.figures.current.is_some_and(|level| c.numbers.alike(level, low));
    let tied = entries.iter().take_while(alike).count();
    let name = &entries[0].name;
    match tied {
        1 if name.split_whitespace().count() <= TITLE_WORDS => c.say("title.lowest", &[("name", name)]),
        _ => c.say("title.lowest-level", &[("level", &c.numbers.mean(low))]),
    }
}

/// What a careful reader may stumble over where level, target and gap stand side by side.
pub(super) fn remark<'f>(c: &Composer, mut figures: impl Iterator<Item = &'f Figures> + Clone) -> Option<Block> {
    let known = |it: &Figures| Some((it.current?, it.target?, it.gap?));
    let off = |(current, target, gap): (f64, f64, f64)| (target - current - gap).abs() > 1e-9;
    let rounded_off = |(current, target, gap): (f64, f64, f64)| c.numbers.rounding_shows(current, target, gap);
    if figures.clone().filter_map(known).any(off) {
        return Some(Block::Note(c.say("areas.note-sets", &[])));
    }
    let shows = figures.by_ref().filter_map(known).any(rounded_off);
    shows.then(|| Block::Note(c.say("areas.note-rounding", &[])))
}
