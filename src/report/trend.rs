//! Levels at three points in time or more: a line an area, and the same numbers as a table.

use super::change::day;
use super::composer::{Composer, figure};
use super::{Cell, Column, Figure, Row, Table, Tone, charts};
use crate::analysis::AreaFigures;
use crate::chart::{Chart, Move, Slope, SlopeDate, SlopeLine};

/// Lines of the chart that carry a label.
const LABELLED: usize = 12;

/// The chart of all points in time, today's last.
pub(super) fn figure_of(c: &Composer, areas: &[&AreaFigures]) -> Figure {
    let names: Vec<&str> =
        c.analysis.history.iter().map(|point| point.name.as_str()).chain([c.analysis.date.as_str()]).collect();
    let levels: Vec<Vec<Option<f64>>> = areas.iter().map(|area| levels(c, area)).collect();
    let moved = |levels: &[Option<f64>]| {
        let mut known = levels.iter().flatten();
        known.next().zip(known.next_back()).map(|(first, last)| last - first)
    };
    let mut widest: Vec<f64> = levels.iter().map(|levels| moved(levels).unwrap_or(0.0).abs()).collect();
    widest.sort_by(|a, b| b.total_cmp(a));
    let quiet_below = widest.get(LABELLED).copied().unwrap_or(-1.0);
    let lines = areas.iter().zip(&levels).map(|(area, levels)| SlopeLine {
        item: c.area_id(&area.path),
        name: area.name.clone(),
        values: levels.iter().map(|level| charts::mean(c, *level)).collect(),
        direction: match moved(levels).map_or(0, |moved| c.numbers.sign(moved)) {
            1 => Move::Up,
            -1 => Move::Down,
            _ => Move::Same,
        },
        quiet: moved(levels).unwrap_or(0.0).abs() <= quiet_below,
    });
    let sentences = areas.iter().zip(&levels).map(|(area, levels)| {
        let (first, last) = (levels.first().copied().flatten(), levels.last().copied().flatten());
        let (then, now) = (c.mean(first), c.mean(last));
        c.say("alt.slope", &[("name", &area.name), ("before", &then), ("now", &now)])
    });
    let title = c.say("moves.trend", &[("n", &names.len().to_string())]);
    Figure {
        id: "chart-trend".to_owned(),
        title: title.clone(),
        lead: c.say("moves.trend-lead", &[]),
        alt: sentences.collect::<Vec<_>>().join(" "),
        chart: Chart::Slope(Slope { axis: charts::axis(c), dates: dates(c, &names), lines: lines.collect() }),
        table: table(c, areas, &names, &levels, title),
        print_table: true,
        note: String::new(),
    }
}

/// An area's level at each point in time, today's last.
fn levels(c: &Composer, area: &AreaFigures) -> Vec<Option<f64>> {
    let then = c.analysis.history.iter().map(|point| point.areas.iter().find(|it| it.path == area.path)?.current);
    then.chain([area.figures.current]).collect()
}

/// True distances in time where all names are dates in order, else equal ones.
fn dates(c: &Composer, names: &[&str]) -> Vec<SlopeDate> {
    let days: Option<Vec<f64>> = names.iter().map(|name| day(name)).collect();
    let days = days.filter(|days| days.windows(2).all(|pair| pair[0] < pair[1]));
    let text = |index: usize| c.words.date(names[index]);
    (0..names.len())
        .map(|index| SlopeDate { day: days.as_ref().map_or(index as f64, |days| days[index]), text: text(index) })
        .collect()
}

fn table(
    c: &Composer,
    areas: &[&AreaFigures],
    names: &[&str],
    levels: &[Vec<Option<f64>>],
    caption: String,
) -> Table {
    let mut columns = vec![Column::words("area", c.say("head.area", &[]), 32.0)];
    columns.extend(names.iter().map(|name| Column::numbers("level", c.words.date(name), 10.0)));
    let row = |name: &str, levels: &[Option<f64>]| {
        let cells = levels.iter().map(|level| figure(c.mean(*level), *level, Tone::Plain));
        [Cell::strong(name)].into_iter().chain(cells).collect::<Vec<Cell>>()
    };
    let mut rows: Vec<Row> = areas
        .iter()
        .zip(levels)
        .map(|(area, levels)| Row::about(c.area_id(&area.path), row(&area.name, levels)))
        .collect();
    let overall = c.analysis.history.iter().map(|point| point.current).chain([c.analysis.overall.current]);
    rows.push(Row::total(row(&c.say("head.overall", &[]), &overall.collect::<Vec<_>>())));
    Table { id: "table-trend".to_owned(), caption, show_caption: false, columns, rows, interactive: false }
}
