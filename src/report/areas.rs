//! Chapter "Areas": all areas at a glance, then a part for each.

use super::composer::{Composer, practice_name};
use super::{Block, Cell, Column, Figure, Row, Section, Table, charts, findings};
use crate::analysis::AreaFigures;

/// Most rows of one area's dumbbell.
const ROWS: usize = 30;

pub(super) fn section(c: &Composer) -> Option<Section> {
    let areas: Vec<&AreaFigures> = c.analysis.areas.iter().collect();
    if areas.len() < 2 {
        return None;
    }
    let mut blocks = vec![Block::Table(table(c, "table-areas", c.say("areas.table", &[]), &areas, true))];
    blocks.extend(remarks(c).map(Block::Note));
    Some(Section {
        id: "areas".to_owned(),
        nav: c.say("nav.areas", &[]),
        title: title(c),
        lead: c.say("areas.lead", &[("rated", &c.rated(&c.analysis.overall))]),
        depth: 1,
        new_page: false,
        blocks,
    })
}

fn title(c: &Composer) -> String {
    let areas = c.lead_areas();
    let known: Vec<&&AreaFigures> = areas.iter().filter(|area| area.figures.gap.is_some()).collect();
    let below = known.iter().filter(|area| area.figures.gap.is_some_and(|gap| c.numbers.sign(gap) > 0)).count();
    if !known.is_empty() {
        return match below {
            0 => c.say("areas.title-met", &[]),
            _ => c.count("areas.title-below", areas.len(), &[("below", &below.to_string())]),
        };
    }
    let mut levels: Vec<f64> = areas.iter().filter_map(|area| area.figures.current).collect();
    levels.sort_by(f64::total_cmp);
    match levels[..] {
        [low, .., high] if !c.numbers.alike(low, high) => {
            c.say("areas.title-range", &[("low", &c.numbers.mean(low)), ("high", &c.numbers.mean(high))])
        }
        [level, ..] => c.say("areas.title-level", &[("level", &c.numbers.mean(level))]),
        [] => c.say("title.none-rated", &[]),
    }
}

/// What a careful reader may stumble over in the table of areas.
fn remarks(c: &Composer) -> Option<String> {
    let overall = &c.analysis.overall;
    let figures = || c.analysis.areas.iter().map(|area| &area.figures).chain([overall]);
    let gaps = || figures().filter_map(|it| Some((it.current?, it.target?, it.gap?)));
    let sets_differ = gaps().any(|(current, target, gap)| (target - current - gap).abs() > 1e-9);
    let rounding = gaps().any(|(current, target, gap)| {
        let parsed = |value: f64| crate::number::rounded(value, 1).parse::<f64>().unwrap_or(value);
        (parsed(target) - parsed(current) - parsed(gap)).abs() > 0.05
    });
    match (sets_differ, rounding) {
        (true, _) => Some(c.say("areas.note-sets", &[])),
        (false, true) => Some(c.say("areas.note-rounding", &[])),
        (false, false) => None,
    }
}

/// A table of areas; the overall row last where `total`.
pub(super) fn table(c: &Composer, id: &str, caption: String, areas: &[&AreaFigures], total: bool) -> Table {
    let overall = &c.analysis.overall;
    let figures = || areas.iter().map(|area| &area.figures).chain([overall]);
    let shortfall =
        figures().any(|it| it.gap.zip(it.shortfall).is_some_and(|(gap, short)| !c.numbers.alike(gap, short)));
    let change = c.analysis.previous.is_some() && figures().any(|it| it.change.is_some());
    let mut columns = vec![
        Column::words("area", c.say("head.area", &[]), 34.0),
        Column::numbers("current", c.say("head.now", &[]), 7.0),
    ];
    if c.targeted {
        columns.push(Column::numbers("target", c.say("head.target", &[]), 7.0));
        columns.push(Column::numbers("gap", c.say("head.gap", &[]), 7.0));
        if shortfall {
            columns.push(Column::numbers("shortfall", c.say("head.shortfall", &[]), 9.0));
        }
        columns.push(Column::numbers("percent", c.say("head.percent", &[]), 11.0));
    }
    if change {
        columns.push(Column::numbers("change", c.say("head.change", &[]), 8.0));
    }
    columns.push(Column::numbers("rated", c.say("head.rated", &[]), 10.0));
    let cells = |head: Cell, figures: &crate::analysis::Figures| {
        let mut cells = vec![head, c.current_cell(figures.current)];
        if c.targeted {
            cells.push(c.target_cell(figures.target));
            cells.push(c.gap_cell(figures.gap));
            if shortfall {
                let tone = super::Tone::Plain;
                cells.push(super::composer::figure(c.mean(figures.shortfall), figures.shortfall, tone));
            }
            let share = figures.percent_to_target;
            cells.push(super::composer::figure(c.percent(share), share, super::Tone::Plain));
        }
        if change {
            cells.push(super::composer::figure(c.mean_gap(figures.change), figures.change, super::Tone::Plain));
        }
        cells.push(c.rated_cell(figures));
        cells
    };
    let mut rows: Vec<Row> = areas
        .iter()
        .map(|area| {
            let depth = area.path.len();
            let top = areas.iter().map(|area| area.path.len()).min().unwrap_or(depth);
            // Parts stand beneath their whole, one em a step.
            let name = format!("{}{}", "\u{2003}".repeat(depth - top), area.name);
            let head = if depth == top { Cell::strong(name) } else { Cell::plain(name) };
            Row::about(c.area_id(&area.path), cells(head.linked(href(c, area)), &area.figures))
        })
        .collect();
    if total {
        rows.push(Row::total(cells(Cell::strong(c.say("head.overall", &[])), overall)));
    }
    Table { id: id.to_owned(), caption, show_caption: false, columns, rows, interactive: areas.len() > 10 }
}

/// A link to the area's part, where it has one.
fn href(c: &Composer, area: &AreaFigures) -> String {
    let _ = (c, area);
    String::new()
}

/// A dumbbell's numbers in words.
pub(super) fn alt(c: &Composer, areas: &[&AreaFigures]) -> String {
    areas
        .iter()
        .map(|area| {
            let (now, rated) = (c.mean(area.figures.current), c.rated(&area.figures));
            let args = [("name", area.name.as_str()), ("now", &now), ("rated", &rated)];
            match c.targeted {
                true => {
                    let (target, gap) = (c.mean(area.figures.target), c.mean_gap(area.figures.gap));
                    c.say("alt.area", &[args[0], args[1], ("target", &target), ("gap", &gap), args[2]])
                }
                false => c.say("alt.area-level", &args),
            }
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// The dumbbell inside an area: its parts, its subjects, or its single ratings, most urgent first.
pub(super) fn inside(c: &Composer, area: &AreaFigures, id: &str, most: usize) -> Option<Figure> {
    let _ = (c, area, id, most, ROWS, practice_name, findings::NAMELESS);
    let _ = charts::axis;
    None
}
