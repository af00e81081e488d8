//! The heat map of the page: a real table whose cells carry the colours, so that it needs no twin, can be searched and
//! copied, and keeps its heads in sight.

use serde::Serialize;

use super::cells::unlike;
use super::text::Text;
use super::view::Shared;
use crate::chart::{HeatMap, HeatState, heat_inks};
use crate::report::Figure;

/// Wider maps are drawn, in parts that fit a sheet of paper, and have a twin.
const MOST_COLUMNS: usize = 12;

/// A heat map as the template places it.
#[derive(Serialize)]
pub(super) struct HeatView {
    id: String,
    /// Id of its caption.
    name: String,
    caption: Text,
    /// Head of the first column.
    corner: Text,
    columns: Vec<Head>,
    edges: Vec<String>,
    /// What the numbers at the edges are, as the keys of table columns have it.
    edge_key: String,
    rows: Vec<HeatRowView>,
    foot: Option<Foot>,
    legend_title: String,
    legend: Vec<Entry>,
}

#[derive(Serialize)]
struct Head {
    item: String,
    name: Text,
}

#[derive(Serialize)]
struct HeatRowView {
    item: String,
    name: Text,
    strong: bool,
    cells: Vec<HeatCellView>,
    edges: Vec<Number>,
}

/// A number without a colour.
#[derive(Serialize)]
struct Number {
    text: String,
    value: Option<String>,
}

#[derive(Serialize)]
struct HeatCellView {
    class: String,
    text: String,
    /// The number, where the text shows less of it.
    value: Option<String>,
}

#[derive(Serialize)]
struct Foot {
    name: Text,
    cells: Vec<Number>,
    edges: Vec<Number>,
}

#[derive(Serialize)]
struct Entry {
    cell: HeatCellView,
    name: Text,
}

/// The map of a figure as a table; `None` where it is too wide for one.
pub(super) fn heat_view(figure: &Figure, map: &HeatMap, shared: &mut Shared) -> Option<HeatView> {
    if map.columns.len() > MOST_COLUMNS {
        return None;
    }
    shared.tables += 1;
    let name = format!("t{}", shared.tables);
    let columns = map
        .columns
        .iter()
        .map(|column| Head { item: shared.palette.item(&column.item), name: Text::new(&column.name) });
    let columns = columns.collect();
    // The twin of the drawing knows the numbers behind the texts.
    let twin = |row: usize, column: usize| figure.table.rows.get(row)?.cells.get(column + 1)?.value;
    let number = |row: usize, column: usize, text: &String| Number {
        value: twin(row, column).and_then(|value| unlike(text, value)),
        text: text.clone(),
    };
    let numbers = |row: usize, from: usize, texts: &[String]| -> Vec<Number> {
        texts.iter().enumerate().map(|(column, text)| number(row, from + column, text)).collect()
    };
    let rows = map.rows.iter().enumerate().map(|(at, row)| {
        let cells = row.cells.iter().enumerate().map(|(column, cell)| HeatCellView {
            value: twin(at, column).and_then(|value| unlike(&cell.text, value)),
            ..cell_view(cell.state, &cell.text, map.levels, shared)
        });
        HeatRowView {
            cells: cells.collect(),
            item: shared.palette.item(&row.item),
            name: Text::new(&row.name),
            strong: row.strong,
            edges: numbers(at, row.cells.len(), &row.edges),
        }
    });
    let rows = rows.collect();
    let legend = map.legend.iter().map(|entry| Entry {
        cell: cell_view(entry.state, &entry.text, map.levels, shared),
        name: Text::new(&entry.name),
    });
    let legend = legend.collect();
    Some(HeatView {
        id: figure.table.id.clone(),
        name,
        caption: Text::new(&figure.table.caption),
        corner: Text::new(figure.table.columns.first().map_or("", |column| &column.head)),
        columns,
        edges: map.edges.clone(),
        edge_key: figure.table.columns.last().map(|column| column.key.clone()).unwrap_or_default(),
        rows,
        foot: map.foot.as_ref().map(|foot| Foot {
            name: Text::new(&foot.name),
            cells: numbers(map.rows.len(), 0, &foot.cells),
            edges: numbers(map.rows.len(), foot.cells.len(), &foot.edges),
        }),
        legend_title: map.legend_title.clone(),
        legend,
    })
}

fn cell_view(state: HeatState, text: &str, levels: usize, shared: &mut Shared) -> HeatCellView {
    let class = match (state, heat_inks(state, levels)) {
        (_, Some((fill, ink))) => {
            let edge = match state {
                HeatState::Gap(share) if share < 0.0 => ";outline:1px dashed var(--ink-current);outline-offset:-2px",
                HeatState::Level(share) if share <= 0.0 => ";box-shadow:inset 0 0 0 1px var(--ink-grid)",
                _ => "",
            };
            let look = format!("background:var(--ink-{});color:var(--ink-{}){edge}", fill.name(), ink.name());
            shared.palette.class(look)
        }
        (HeatState::NotApplicable, _) => "na".to_owned(),
        (HeatState::Invalid, _) => "bad".to_owned(),
        _ => "open".to_owned(),
    };
    HeatCellView { class, text: text.to_owned(), value: None }
}
