//! Part of the chapter "Change", where it was asked for: when each target would be reached at the pace so far.

use super::composer::{Composer, figure};
use super::{Block, Cell, Column, Row, Table, Tone};
use crate::analysis::forecast::{Outlook, Refusal};
use crate::analysis::{AreaFigures, Figures};

/// Heading and table; nothing where no forecast was asked for.
pub(super) fn blocks(c: &Composer, areas: &[&AreaFigures]) -> Vec<Block> {
    let Some(forecast) = &c.analysis.forecast else { return Vec::new() };
    let cells = |name: &str, figures: &Figures, outlook: &Outlook| {
        vec![
            Cell::strong(name),
            c.current_cell(figures.current),
            c.target_cell(figures.target),
            figure(c.mean_gap(outlook.per_year), outlook.per_year, Tone::Gap),
            reached(c, outlook),
        ]
    };
    let mut rows: Vec<Row> = areas
        .iter()
        .filter_map(|area| {
            let own = forecast.areas.iter().find(|it| it.path == area.path)?;
            Some(Row::about(c.area_id(&area.path), cells(&area.name, &area.figures, &own.outlook)))
        })
        .collect();
    rows.push(Row::total(cells(&c.say("head.overall", &[]), &c.analysis.overall, &forecast.overall)));
    let (from, to) = (c.words.date(&forecast.from), c.words.date(&forecast.to));
    let title = c.say("forecast.title", &[("n", &forecast.points.to_string())]);
    vec![
        Block::Heading {
            id: "forecast".to_owned(),
            text: title.clone(),
            lead: c.say("forecast.lead", &[("from", &from), ("to", &to)]),
        },
        Block::Table(Table {
            id: "table-forecast".to_owned(),
            caption: title,
            show_caption: false,
            columns: vec![
                Column::words("area", c.say("head.area", &[]), 32.0),
                Column::numbers("current", c.say("head.now", &[]), 7.0),
                Column::numbers("target", c.say("head.target", &[]), 7.0),
                Column::numbers("pace", c.say("forecast.pace", &[]), 11.0),
                Column::words("reached", c.say("forecast.reached", &[]), 24.0),
            ],
            rows,
            interactive: false,
        }),
    ]
}

/// The month, as a day would look surer than it is; else why there is none.
fn reached(c: &Composer, outlook: &Outlook) -> Cell {
    let because = match (&outlook.reached, outlook.because) {
        (Some(day), _) => return Cell::plain(day.get(..7).unwrap_or(day).to_owned()),
        (None, Some(because)) => because,
        (None, None) => return Cell::muted(c.unknown()),
    };
    Cell::muted(c.say(
        match because {
            Refusal::TooFewPoints => "forecast.too-few-points",
            Refusal::NoTarget => "forecast.no-target",
            Refusal::AlreadyReached => "forecast.already-reached",
            Refusal::NotRising => "forecast.not-rising",
            Refusal::BelowItsLine => "forecast.below-its-line",
            Refusal::TooFar => "forecast.too-far",
        },
        &[],
    ))
}
