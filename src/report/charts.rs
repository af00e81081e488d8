//! Figures of the analysis as data of charts.

use super::composer::Composer;
use super::entries::Entry;
use super::steps;
use crate::analysis::{Figures, RatingLine, State};
use crate::chart::{Axis, Beside, Chart, Dumbbell, DumbbellRow, Figure, Tick};

/// The whole scale as an axis.
pub(super) fn axis(c: &Composer) -> Axis {
    let scale = &c.analysis.scale;
    Axis { low: scale.lowest(), high: scale.highest(), ticks: ticks(c) }
}

/// The levels, lowest first.
pub(super) fn ticks(c: &Composer) -> Vec<Tick> {
    c.analysis
        .scale
        .levels()
        .iter()
        .map(|level| Tick {
            value: level.value,
            text: c.numbers.level(level.value),
            name: level.name.clone().unwrap_or_default(),
        })
        .collect()
}

/// A mean as a chart places and prints it.
pub(super) fn mean(c: &Composer, value: Option<f64>) -> Option<Figure> {
    value.map(|value| Figure { value, text: c.numbers.mean(value) })
}

/// A single level as a chart places and prints it.
pub(super) fn level(c: &Composer, value: Option<f64>) -> Option<Figure> {
    value.map(|value| Figure { value, text: c.numbers.level(value) })
}

/// A dumbbell of rows, with the columns right of it.
pub(super) fn dumbbell(c: &Composer, columns: Vec<String>, rows: Vec<DumbbellRow>) -> Chart {
    Chart::Dumbbell(Dumbbell {
        axis: axis(c),
        now: c.say("chart.now", &[]),
        target: c.say("chart.target", &[]),
        columns,
        beside: String::new(),
        rows,
    })
}

/// Puts beside each of these ratings' rows what is to be done, by whom and by when, as far as anybody said so for one of
/// them.
pub(super) fn with_steps(c: &Composer, chart: Chart, shortfalls: &[usize]) -> Chart {
    let Chart::Dumbbell(mut chart) = chart else { return chart };
    let ratings = || shortfalls.iter().map(|index| &c.analysis.ratings[*index]);
    let who = ratings().any(|rating| rating.owner.is_some() || rating.due.is_some());
    let mut heads = Vec::new();
    heads.extend(ratings().any(|rating| rating.action.is_some()).then(|| c.say("head.action", &[])));
    heads.extend(ratings().any(|rating| rating.owner.is_some()).then(|| c.say("head.owner", &[])));
    heads.extend(ratings().any(|rating| rating.due.is_some()).then(|| c.say("head.due", &[])));
    chart.beside = heads.join(" · ");
    for index in shortfalls {
        let (item, rating) = (c.cell_id(*index), &c.analysis.ratings[*index]);
        if let Some(row) = chart.rows.iter_mut().find(|row| row.item == item) {
            row.beside.what = rating.action.clone().unwrap_or_default();
            row.beside.who = if who { steps::who_and_when(c, rating) } else { String::new() };
        }
    }
    Chart::Dumbbell(chart)
}

/// The row of an area or a subject: gap, where a target is known, and `n of m`.
pub(super) fn entry_row(c: &Composer, entry: &Entry) -> DumbbellRow {
    let figures = entry.figures;
    let mut cells = Vec::new();
    if c.targeted {
        cells.push(c.mean_gap(figures.gap));
    }
    cells.push(c.rated(figures));
    DumbbellRow {
        item: entry.item.clone(),
        name: entry.name.clone(),
        group: String::new(),
        total: false,
        current: mean(c, figures.current),
        target: mean(c, figures.target),
        previous: previous(c, figures.current, figures.change),
        cells,
        note: match figures.current {
            Some(_) => String::new(),
            None => missing(c, figures.applicable),
        },
        beside: Beside::default(),
    }
}

/// The level before, where the change is known and prints as one.
pub(super) fn previous(c: &Composer, current: Option<f64>, change: Option<f64>) -> Option<f64> {
    let (current, change) = current.zip(change)?;
    (c.numbers.sign(change) != 0).then_some(current - change)
}

/// Words in the plot of a row without a level.
fn missing(c: &Composer, applicable: u64) -> String {
    match applicable {
        0 => c.say("chart.none-applies", &[]),
        n => c.words.count("chart.none-rated", n, &[]),
    }
}

/// A rating's row: gap, where a target is known, and weight, where weights differ.
pub(super) fn rating_row(c: &Composer, index: usize, name: String) -> DumbbellRow {
    let rating: &RatingLine = &c.analysis.ratings[index];
    let mut cells = Vec::new();
    if c.targeted {
        cells.push(rating.gap.map_or_else(|| c.unknown(), |gap| c.numbers.gap(gap)));
    }
    if c.weighted {
        cells.push(c.numbers.level(rating.weight));
    }
    DumbbellRow {
        item: c.cell_id(index),
        name,
        group: String::new(),
        total: false,
        current: level(c, rating.current),
        target: level(c, rating.target),
        previous: rating.previous.filter(|before| Some(*before) != rating.current),
        cells,
        note: if rating.current.is_none() { c.state(rating.state) } else { String::new() },
        beside: Beside::default(),
    }
}

/// The state that stands for figures without a level: what its ratings are, first the ones to worry about.
pub(super) fn state_of(figures: Option<&Figures>) -> State {
    match figures {
        None => State::NotApplicable,
        Some(figures) if figures.current.is_some() => State::Level,
        Some(figures) if figures.applicable == 0 => State::NotApplicable,
        Some(figures) if figures.not_assessed == 0 && figures.invalid > 0 => State::Invalid,
        Some(_) => State::NotAssessed,
    }
}
