//! Where an area stands on the scale, beside what the next level asks for: paper has room for it on the area's page.

use super::composer::Composer;
use super::entries::{self, Entry};
use super::{Block, Cell, Column, Figure, Row, Table, charts};
use crate::analysis::AreaFigures;
use crate::chart::{Chart, Ladder, Rung};

/// Scales with more levels than this would make a ladder of a page.
const LEVELS: usize = 6;

/// The ladder of an area on the whole scale, its next level named in the title; `None` where the scale is too long.
pub(super) fn figure(c: &Composer, area: &AreaFigures, next: &str) -> Option<Figure> {
    let levels = c.analysis.scale.levels();
    let named = levels.iter().all(|level| level.name.is_some());
    if levels.len() > LEVELS || !named {
        return None;
    }
    let id = c.area_id(&area.path);
    let rungs: Vec<Rung> = levels
        .iter()
        .map(|level| Rung {
            value: level.value,
            text: c.numbers.level(level.value),
            name: level.name.clone().unwrap_or_default(),
            summary: level.summary.clone().unwrap_or_default(),
        })
        .collect();
    let entry =
        Entry { item: id.clone(), name: area.name.clone(), depth: 0, figures: &area.figures, href: String::new() };
    let rows = rungs.iter().rev().map(|rung| {
        Row::of(vec![Cell::strong(rung.text.clone()), Cell::plain(rung.name.clone()), Cell::muted(&rung.summary)])
    });
    Some(Figure {
        id: format!("ladder-{id}"),
        title: c.say("part.ladder", &[("level", next)]),
        lead: c.say("part.ladder-lead", &[("rated", &c.rated(&area.figures))]),
        alt: entries::alt(c, std::slice::from_ref(&entry)),
        table: Table {
            id: format!("table-ladder-{id}"),
            caption: c.say("guide.signs", &[]),
            show_caption: false,
            columns: vec![
                Column::numbers("level", c.say("head.level", &[]), 6.0),
                Column::words("name", c.say("head.name", &[]), 18.0),
                Column::words("meaning", c.say("head.meaning", &[]), 40.0),
            ],
            rows: rows.collect(),
            interactive: false,
        },
        chart: Chart::Ladder(Ladder {
            rungs,
            current: charts::mean(c, area.figures.current),
            target: charts::mean(c, area.figures.target),
            gap: area.figures.gap.map(|gap| c.numbers.mean_gap(gap)).unwrap_or_default(),
            now_word: c.say("chart.now", &[]),
            target_word: c.say("chart.target", &[]),
        }),
        print_table: false,
        note: String::new(),
    })
}

/// Puts the ladder beside what is asked for, on paper; the page keeps the lists alone.
pub(super) fn beside(figure: Option<Figure>, asks: Vec<Block>) -> Vec<Block> {
    let Some(figure) = figure else { return asks };
    let columns = vec![vec![Block::Figure(figure)], asks.clone()];
    let page = asks.into_iter().map(|block| Block::OnPage(Box::new(block)));
    page.chain([Block::OnPaper(columns)]).collect()
}
