//! Tables of the page. What most cells of a column look like is said once, in the style sheet; a cell carries a class
//! only where it differs, which makes a page of thousands of cells a third smaller.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::text::Text;
use super::view::{Shared, tone_class};
use crate::report::{Cell, Column, Row, Table, Tone};

/// Classes of cells and what they look like. Several may meet in one cell; later ones win.
const LOOKS: [(&str, &str); 10] = [
    ("plain", ""),
    ("n", "text-align:end;white-space:nowrap"),
    ("keep", "white-space:nowrap"),
    ("long", "overflow-wrap:anywhere"),
    ("strong", "font-weight:600"),
    ("muted", "color:var(--ink-muted);font-weight:400"),
    ("current", "color:var(--ink-current);font-weight:600"),
    ("target", "color:var(--ink-target-text)"),
    ("gap", "font-weight:600"),
    ("code", "font-size:.93em;overflow-wrap:anywhere"),
];

/// The kinds of tables on a page by the looks of their columns: `k0`, `k1` ...
#[derive(Default)]
pub(super) struct Looks {
    kinds: BTreeMap<Vec<String>, usize>,
    widths: BTreeMap<u8, ()>,
}

impl Looks {
    fn kind(&mut self, columns: Vec<String>) -> String {
        let next = self.kinds.len();
        format!("k{}", self.kinds.entry(columns).or_insert(next))
    }

    /// The rules of all kinds, looks and widths met so far.
    pub(super) fn stylesheet(&self) -> String {
        let mut css = String::new();
        for (class, look) in LOOKS.iter().filter(|(_, look)| !look.is_empty()) {
            // Stretches of columns, by the kinds of tables that have them.
            let mut places: BTreeMap<(usize, usize), Vec<String>> = BTreeMap::new();
            for (columns, kind) in &self.kinds {
                let mut from = 0;
                for stretch in columns.chunk_by(|a, b| has(a, class) == has(b, class)) {
                    let to = from + stretch.len();
                    // The head of a row is an element of its own.
                    let parts = if from == 0 { vec![(0, 1), (1, to)] } else { vec![(from, to)] };
                    for (from, to) in parts.into_iter().filter(|(from, to)| from < to && has(&stretch[0], class)) {
                        let to = if to == columns.len() { usize::MAX } else { to };
                        places.entry((from, if from == 0 { 1 } else { to })).or_default().push(format!(".k{kind}"));
                    }
                    from += stretch.len();
                }
            }
            let columns = places.into_iter().map(|((from, to), kinds)| {
                let cell = match (from, to) {
                    (0, _) => "tbody th".to_owned(),
                    (1, usize::MAX) => "td".to_owned(),
                    (_, usize::MAX) => format!("td:nth-child(n+{})", from + 1),
                    _ if to == from + 1 => format!("td:nth-child({to})"),
                    (1, _) => format!("td:nth-child(-n+{to})"),
                    _ => format!("td:nth-child(n+{}):nth-child(-n+{to})", from + 1),
                };
                let kinds = if kinds.len() == 1 { kinds.concat() } else { format!(":is({})", kinds.join(",")) };
                format!(",{kinds} {cell}:not([class])")
            });
            write!(css, "tbody .{class}{}{{{look}}}", columns.collect::<String>()).expect(MEMORY);
        }
        for width in self.widths.keys() {
            write!(css, ".w{width}{{width:{width}%}}").expect(MEMORY);
        }
        css
    }
}

/// Keys of columns of levels and of differences of levels, which the page can also show as percent of the scale.
const SCALED: [&str; 7] = ["current", "target", "before", "level", "gap", "shortfall", "change"];

fn has(look: &str, class: &str) -> bool {
    look.split(' ').any(|one| one == class)
}

/// Letters across after which a table wants more room than a small screen has.
const ROOMY: f64 = 72.0;

const MEMORY: &str = "writing to a string cannot fail";

/// A table as the template places it.
#[derive(Serialize)]
pub(super) struct TableView {
    id: String,
    /// Id of its caption.
    name: String,
    kind: String,
    caption: Text,
    show_caption: bool,
    interactive: bool,
    /// Whether it wants more room than a small screen has, and rather scrolls sideways.
    roomy: bool,
    widths: Vec<Width>,
    columns: Vec<ColumnView>,
    pub(super) rows: Vec<RowView>,
}

/// Neighbouring columns of one width.
#[derive(Serialize)]
struct Width {
    /// Percent of the table's width, as a class: the policy forbids style attributes.
    percent: u8,
    columns: usize,
}

#[derive(Serialize)]
struct ColumnView {
    head: Text,
    /// What the column is about, where the script wants to know.
    key: Option<String>,
    right: bool,
}

#[derive(Serialize)]
pub(super) struct RowView {
    id: String,
    item: String,
    total: bool,
    cells: Vec<CellView>,
}

#[derive(Serialize)]
struct CellView {
    text: Text,
    /// Its class, quoted where there are several; empty where it looks like its column.
    class: String,
    /// What it is sorted by, where the text alone does not say it.
    value: Option<String>,
    href: Option<String>,
}

pub(super) fn table_view(table: &Table, shared: &mut Shared) -> TableView {
    let total: f64 = table.columns.iter().map(column_width).sum();
    let looks: Vec<Vec<String>> = table.rows.iter().map(|row| row_looks(row, table)).collect();
    let common: Vec<String> = (0..table.columns.len()).map(|column| most(&looks, column)).collect();
    let rows = table.rows.iter().zip(&looks).map(|(row, looks)| {
        let cells = row.cells.iter().enumerate().map(|(place, cell)| {
            let class = if common.get(place) == Some(&looks[place]) { "" } else { &looks[place] };
            let key = table.columns.get(place).map_or("", |column| column.key.as_str());
            cell_view(cell, class, table.interactive || SCALED.contains(&key))
        });
        RowView { id: row.id.clone(), item: shared.palette.item(&row.item), total: row.total, cells: cells.collect() }
    });
    let columns = table.columns.iter().map(|column| ColumnView {
        head: Text::new(&column.head),
        key: (table.interactive || SCALED.contains(&column.key.as_str())).then(|| column.key.clone()),
        right: column.right,
    });
    let columns = columns.collect();
    let mut widths: Vec<Width> = Vec::new();
    for column in &table.columns {
        let percent = (100.0 * column_width(column) / total).round().clamp(1.0, 100.0) as u8;
        match widths.last_mut() {
            Some(last) if last.percent == percent => last.columns += 1,
            _ => widths.push(Width { percent, columns: 1 }),
        }
    }
    shared.looks.widths.extend(widths.iter().map(|width| (width.percent, ())));
    shared.tables += 1;
    TableView {
        id: table.id.clone(),
        name: format!("t{}", shared.tables),
        caption: Text::new(&table.caption),
        show_caption: table.show_caption,
        interactive: table.interactive,
        roomy: total > ROOMY,
        widths,
        columns,
        rows: rows.collect(),
        kind: shared.looks.kind(common),
    }
}

/// The look that most cells of a column have, the first of several.
fn most(looks: &[Vec<String>], column: usize) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let all = || looks.iter().filter_map(|row| row.get(column));
    all().for_each(|look| *counts.entry(look).or_default() += 1);
    let top = counts.values().max().copied().unwrap_or(0);
    all().find(|look| counts.get(look.as_str()) == Some(&top)).cloned().unwrap_or_else(|| "plain".to_owned())
}

fn row_looks(row: &Row, table: &Table) -> Vec<String> {
    let look = |(place, cell): (usize, &Cell)| {
        let right = table.columns.get(place).is_some_and(|column| column.right);
        // The first column is strong anyway.
        let tone = if place == 0 && cell.tone == Tone::Strong { Tone::Plain } else { cell.tone };
        let classes = [
            if right { "n" } else { "" },
            tone_class(tone),
            if Text::has_long_word(&cell.text) { "long" } else { "" },
            if !right && is_date_or_code(&cell.text) { "keep" } else { "" },
        ];
        let classes: Vec<&str> = classes.into_iter().filter(|class| !class.is_empty()).collect();
        if classes.is_empty() { "plain".to_owned() } else { classes.join(" ") }
    };
    row.cells.iter().enumerate().map(look).collect()
}

/// Letters a column needs with the room between columns; no column starves beside one of long texts.
fn column_width(column: &Column) -> f64 {
    let share = if column.share.is_finite() { column.share } else { 0.0 };
    share.clamp(4.0, 60.0) + 2.0
}

fn cell_view(cell: &Cell, class: &str, exact: bool) -> CellView {
    CellView {
        class: if class.contains(' ') { format!("\"{class}\"") } else { class.to_owned() },
        value: cell.value.filter(|_| exact).and_then(|value| unlike(&cell.text, value)),
        href: is_ours(&cell.href).then(|| cell.href.clone()),
        text: Text::plain(&cell.text),
    }
}

/// Whether a text is one short word with hyphens, which must not break: `2026-06-30`, `GV.SC-04`.
fn is_date_or_code(text: &str) -> bool {
    text.len() <= 16 && text.contains('-') && !text.contains(char::is_whitespace)
}

/// The number to carry beside a text that shows less of it.
pub(super) fn unlike(text: &str, value: f64) -> Option<String> {
    let plain = plain_number(value);
    (shown_number(text).map(plain_number).as_deref() != Some(&plain)).then_some(plain)
}

/// The number a text shows, `−1` or `+1.7`, as the script reads it.
fn shown_number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('+').unwrap_or(text).replace('−', "-");
    let plain = digits.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '-');
    plain.then(|| digits.parse().ok()).flatten()
}

/// Five decimals: enough to sort by, and to round a percentage the way the whole number would.
pub(super) fn plain_number(value: f64) -> String {
    format!("{}", (value * 1e5).round() / 1e5)
}

/// Only places in this page, and pages beside it as [`crate::report::portfolio`] writes their addresses, are linked: no
/// text of a spreadsheet can become an address.
fn is_ours(href: &str) -> bool {
    match href.strip_prefix('#') {
        Some(id) => !id.is_empty() && id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':')),
        None => {
            href.ends_with(".html")
                && !href.starts_with('/')
                && href.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.~/%".contains(&b))
        }
    }
}
