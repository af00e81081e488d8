//! Dumbbell: where are the gaps? A row an area, the level now and the target joined by a line.

use serde::Serialize;

use super::beside::{self, Beside};
use super::marks;
use super::surface::{MM, Paint, Ruler, SMALL, Surface, Type};
use super::{Axis, Canvas, Figure, Scene, split};
use crate::theme::Ink;

/// Rows of level and target on one scale.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dumbbell {
    /// The whole scale.
    pub axis: Axis,
    /// Word over the first dot: `now`.
    pub now: String,
    /// Word over the first ring: `target`.
    pub target: String,
    /// Heads of the columns right of the plot, `Gap`, `Change`, `Rated`; the first is set semibold and the only one
    /// that a narrow drawing shows.
    pub columns: Vec<String>,
    /// Head of what stands beside the rows on paper: `Next action · Owner · Due`.
    pub beside: String,
    /// The rows, in the order they are drawn.
    pub rows: Vec<DumbbellRow>,
}

/// A row of a dumbbell.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DumbbellRow {
    /// Slug that links the row to its table.
    pub item: String,
    /// Full name.
    pub name: String,
    /// Name of the parent area; rows of one group stand together under it. Empty for none.
    pub group: String,
    /// Whether this is the row of all areas, ruled off from the rest.
    pub total: bool,
    /// The level now.
    pub current: Option<Figure>,
    /// The target.
    pub target: Option<Figure>,
    /// Level at the earlier assessment, drawn where it differs.
    pub previous: Option<f64>,
    /// Text for each of [`Dumbbell::columns`].
    pub cells: Vec<String>,
    /// What stands in the plot where there is no level now: `n/a, none of 8 practices rated`.
    pub note: String,
    /// What is to be done about it, beside the row on paper; the page has it in a table.
    pub beside: Beside,
}

/// Most rows of a scene; more are split and the axis is repeated.
const MOST_ROWS: usize = 30;

/// Distance of a number from the centre of its mark.
const BESIDE: f64 = 2.5 * MM;

/// Greatest width of a number; nobody rates in twelve digits, but a cell may hold them.
const LONGEST: f64 = 16.0 * MM;

/// Height of the words `now` and `target` over the first row.
const WORDS: f64 = 4.2 * MM;

/// Height of the strip of marks under a name in a narrow drawing.
const STRIP: f64 = 21.0;

/// Draws the rows, split into scenes where they are many.
pub(super) fn draw(chart: &Dumbbell, canvas: &Canvas) -> Vec<Scene> {
    if chart.rows.is_empty() {
        return Vec::new();
    }
    let layout = Layout::new(chart, canvas);
    let groups: Vec<&str> = chart.rows.iter().map(|row| row.group.as_str()).collect();
    let opens = |index: usize| !groups[index].is_empty() && (index == 0 || groups[index - 1] != groups[index]);
    let heights: Vec<f64> = (chart.rows.iter().enumerate())
        .map(|(index, row)| layout.row_height(row) + if opens(index) { GROUP } else { 0.0 })
        .collect();
    split::split(&heights, &groups, canvas.max_height - layout.head - GROUP - SMALL, MOST_ROWS)
        .into_iter()
        .map(|range| layout.scene(&chart.rows[range]))
        .collect()
}

/// A number beside a mark.
struct Label {
    /// Left end of the text.
    left: f64,
    width: f64,
    text: String,
    ink: Ink,
}

/// Where the parts stand, the same in every scene.
struct Layout<'a> {
    chart: &'a Dumbbell,
    canvas: Canvas,
    /// Width of the names.
    names: f64,
    /// Ends of the axis.
    axis: (f64, f64),
    /// Right edges of the columns.
    columns: Vec<f64>,
    /// Height of everything over the first row.
    head: f64,
    /// Least height of a row.
    least: f64,
    /// Left edge and width of what stands beside the rows; `None` where nothing does.
    beside: Option<(f64, f64)>,
}

impl<'a> Layout<'a> {
    fn new(chart: &'a Dumbbell, canvas: &Canvas) -> Layout<'a> {
        let narrow = canvas.narrow;
        let roomy = canvas.max_height.is_infinite();
        let besides = chart.rows.iter().map(|row| &row.beside);
        let beside = if narrow || roomy { None } else { beside::column(besides, canvas.width) };
        let right = beside.map_or(canvas.width, |(left, _)| left - 5.0 * MM);
        let columns = columns(chart, canvas, right);
        let plot_end = columns.first().map_or(right, |(_, left)| left - 5.0 * MM);
        let widest = Type::label(Ink::Text).strong().widest(chart.rows.iter().map(|row| row.name.as_str()));
        let share = if beside.is_some() { 0.24 } else { 0.3 };
        let names = if narrow { 0.0 } else { widest.min(canvas.width * share) };
        let mut layout = Layout {
            chart,
            canvas: *canvas,
            names,
            axis: if narrow { (2.5 * MM, canvas.width - 2.5 * MM) } else { (names + 4.0 * MM, plot_end) },
            columns: columns.iter().map(|(right, _)| *right).collect(),
            head: 0.0,
            least: if roomy { 25.0 } else { 7.0 * MM },
            beside,
        };
        let bounds = if narrow { (0.0, canvas.width) } else { (names + 2.0 * MM, plot_end) };
        layout.make_room(bounds);
        if !narrow && chart.rows.iter().any(|row| layout.name_lines(row).len() > 1) {
            layout.least = layout.least.max(8.6 * MM);
        }
        let numbers = marks::axis_head_height(&chart.axis, layout.axis, layout.reach());
        let grouped = chart.rows.first().is_some_and(|row| !row.group.is_empty());
        layout.head = if narrow || grouped { numbers + 5.0 } else { numbers + 1.5 + WORDS };
        layout
    }

    /// Moves the ends of the axis inwards until the numbers beside the marks stay within `bounds`.
    fn make_room(&mut self, bounds: (f64, f64)) {
        for _ in 0..4 {
            let ruler = self.ruler();
            let labels = self.chart.rows.iter().flat_map(|row| labels(row, &ruler));
            let (left, right) = labels
                .fold(bounds, |(left, right), label| (left.min(label.left), right.max(label.left + label.width)));
            self.axis.0 += bounds.0 - left;
            self.axis.1 -= right - bounds.1;
        }
        if self.axis.1 - self.axis.0 < 20.0 {
            self.axis = bounds;
        }
    }

    fn ruler(&self) -> Ruler {
        Ruler::new(self.chart.axis.low, self.chart.axis.high, self.axis.0, self.axis.1)
    }

    /// The room for the names of the lowest and the highest level.
    fn reach(&self) -> (f64, f64) {
        if self.canvas.narrow { (0.0, self.canvas.width) } else { self.axis }
    }

    fn name_type(&self, row: &DumbbellRow) -> Type {
        Type::label(Ink::Text).strong_if(row.total || self.canvas.narrow)
    }

    fn name_lines(&self, row: &DumbbellRow) -> Vec<String> {
        let set = self.name_type(row);
        let room = match self.canvas.narrow {
            true => self.canvas.width - set.strong().width(row.cells.first().map_or("", String::as_str)) - 4.0 * MM,
            false => self.names,
        };
        set.wrap(&row.name, room, 3)
    }

    fn row_height(&self, row: &DumbbellRow) -> f64 {
        // A row without a name has its gap on that line all the same.
        let text = self.name_lines(row).len().max(1) as f64 * self.name_type(row).leading();
        match self.canvas.narrow {
            true => text + STRIP + 7.5,
            false => {
                let beside = self.beside.map_or(0.0, |(_, width)| row.beside.height(width));
                self.least.max(text + 4.0).max(beside + 5.0)
            }
        }
    }

    fn scene(&self, rows: &[DumbbellRow]) -> Scene {
        let on = Surface::new(self.canvas.width);
        let ruler = self.ruler();
        let first = rows.iter().position(|row| row.current.is_some() || row.target.is_some());
        let mut y = self.head;
        let tops: Vec<(f64, f64)> = rows
            .iter()
            .enumerate()
            .map(|(index, row)| {
                if !row.group.is_empty() && (index == 0 || rows[index - 1].group != row.group) {
                    y += GROUP;
                }
                let extra = if first == Some(index) && self.canvas.narrow { SMALL } else { 0.0 };
                let top = y;
                y += self.row_height(row) + extra;
                (top, y)
            })
            .collect();
        if !self.canvas.narrow {
            let numbers = marks::axis_head_height(&self.chart.axis, self.axis, self.reach());
            marks::grid(&on, &self.chart.axis, &ruler, numbers + 1.5, y);
        }
        self.rules(&on, rows, &tops);
        self.heads(&on);
        for (index, (row, &(top, bottom))) in rows.iter().zip(&tops).enumerate() {
            self.row(&on, row, &ruler, top, bottom);
            if first == Some(index) && (index == 0 || self.canvas.narrow) {
                let baseline = match self.canvas.narrow {
                    true => bottom - STRIP / 2.0 - 4.0 - marks::AROUND - 1.5,
                    false => top - 3.0,
                };
                self.words(&on, row, &ruler, baseline);
            }
        }
        on.finish(y + 0.5)
    }

    /// Lines between the rows, and the heads of groups.
    fn rules(&self, on: &Surface, rows: &[DumbbellRow], tops: &[(f64, f64)]) {
        let rule = |y: f64, ink: Ink| on.line(&[(0.0, y), (self.canvas.width, y)], &Paint::line(ink, 0.5));
        on.mark("rule", "");
        for (index, (row, &(top, bottom))) in rows.iter().zip(tops).enumerate() {
            let grouped = !row.group.is_empty() && (index == 0 || rows[index - 1].group != row.group);
            if grouped {
                if index == 0 {
                    rule(top - GROUP, Ink::Grid);
                }
                let set = Type::small(Ink::Muted).strong();
                let room = if self.canvas.narrow { self.canvas.width } else { self.axis.0 - 4.0 };
                let width = set.width(&row.group).min(room);
                marks::halo(on, 0.0, top - 4.0, width, set);
                on.mark("group", "").clipped(0.0, top - 4.0, &row.group, set, room);
                on.mark("rule", "");
            }
            rule(
                top,
                if row.total {
                    Ink::Axis
                } else if index == 0 {
                    Ink::Grid
                } else {
                    Ink::Hairline
                },
            );
            rule(bottom, Ink::Hairline);
        }
    }

    fn heads(&self, on: &Surface) {
        marks::axis_head(on, &self.chart.axis, self.axis, self.reach());
        if self.canvas.narrow {
            return;
        }
        let numbers = marks::axis_head_height(&self.chart.axis, self.axis, self.reach());
        on.mark("head", "");
        for (head, right) in self.chart.columns.iter().zip(&self.columns) {
            on.text(*right, numbers - 1.0, head, Type::small(Ink::Muted).end());
        }
        if let Some((left, width)) = self.beside {
            on.clipped(left, numbers - 1.0, &self.chart.beside, Type::small(Ink::Muted), width);
        }
    }

    fn row(&self, on: &Surface, row: &DumbbellRow, ruler: &Ruler, top: f64, bottom: f64) {
        let item = row.item.as_str();
        let lines = self.name_lines(row);
        let set = self.name_type(row);
        let middle = if self.canvas.narrow { bottom - STRIP / 2.0 - 4.0 } else { (top + bottom) / 2.0 };
        let name_at = match self.canvas.narrow {
            true => top + 4.5 + set.size * 0.727,
            false => set.block(middle, lines.len()),
        };
        on.mark("name", item).lines(0.0, name_at, &lines, set, &row.name);
        for (index, (text, right)) in row.cells.iter().zip(&self.columns).enumerate() {
            let set = Type::label(if index == 0 { Ink::Text } else { Ink::Muted }).end().strong_if(index == 0);
            let y = if self.canvas.narrow { name_at } else { set.centred(middle) };
            on.mark(if index == 0 { "gap-text" } else { "cell" }, item).text(*right, y, text, set);
        }
        if self.canvas.narrow {
            marks::grid(on, &self.chart.axis, ruler, middle - 6.5, middle + 6.5);
        }
        self.marks(on, row, ruler, middle);
        if let Some(column) = self.beside {
            row.beside.draw(on, item, column, middle);
        }
    }

    fn marks(&self, on: &Surface, row: &DumbbellRow, ruler: &Ruler, y: f64) {
        let item = row.item.as_str();
        let set = Type::label(Ink::Text).strong();
        let target = row.target.as_ref().map(|target| ruler.at(target.value));
        let Some(current) = row.current.as_ref() else {
            self.note(on, row, ruler, y);
            return;
        };
        let at = ruler.at(current.value);
        for label in labels(row, ruler) {
            marks::halo(on, label.left, set.centred(y), label.width, set);
            let series = if label.ink == Ink::Current { "current" } else { "target" };
            on.mark(series, item).text(label.left, set.centred(y), &label.text, Type { ink: label.ink, ..set });
        }
        if let Some(target) = target {
            marks::connector(on, item, at, target, y);
        }
        if let Some(previous) = row.previous.filter(|previous| *previous != current.value) {
            marks::diamond(on, item, (ruler.at(previous), y));
        }
        match target {
            Some(target) if (target - at).abs() < 0.3 => marks::dot_in_ring(on, item, (at, y)),
            Some(target) => {
                marks::ring(on, item, (target, y));
                marks::dot(on, item, (at, y));
            }
            None => marks::dot(on, item, (at, y)),
        }
    }

    /// Words in place of a level, beside the ring of the target where both fit.
    fn note(&self, on: &Surface, row: &DumbbellRow, ruler: &Ruler, y: f64) {
        let item = row.item.as_str();
        let (set, number) = (Type::small(Ink::Muted), Type::label(Ink::TargetText).strong());
        let width = set.width(&row.note);
        let mut x = self.axis.0 + 3.0;
        if let (Some(target), Some(label)) = (&row.target, labels(row, ruler).first()) {
            let (ring, after) = (ruler.at(target.value), label.left + label.width + 6.0);
            let before_it = x + width + marks::AROUND + 3.0 <= ring;
            if before_it || after + width <= self.axis.1 {
                marks::halo(on, label.left, number.centred(y), label.width, number);
                marks::ring(on, item, (ring, y));
                on.mark("target", item).text(label.left, number.centred(y), &label.text, number);
                x = if before_it { x } else { after };
            }
        }
        let room = self.axis.1 - x;
        marks::halo(on, x, set.centred(y), width.min(room), set);
        on.mark("note", item).clipped(x, set.centred(y), &row.note, set, room);
    }

    /// `now` and `target` over the marks of the first row.
    fn words(&self, on: &Surface, row: &DumbbellRow, ruler: &Ruler, baseline: f64) {
        let set = Type::small(Ink::Text).strong();
        let word = |figure: &Option<Figure>, text: &'a str, ink: Ink| {
            figure.as_ref().map(|figure| (ruler.at(figure.value), text, ink))
        };
        let now = word(&row.current, &self.chart.now, Ink::Current);
        let target = word(&row.target, &self.chart.target, Ink::TargetText);
        let mut words: Vec<(f64, &str, Ink)> = now.into_iter().chain(target).collect();
        words.sort_by(|one, other| one.0.total_cmp(&other.0));
        let widths: Vec<f64> = words.iter().map(|(_, text, _)| set.width(text)).collect();
        let mut lefts: Vec<f64> = words.iter().zip(&widths).map(|((x, _, _), width)| x - width / 2.0).collect();
        if let [left, right] = lefts.as_mut_slice() {
            let short = (*left + widths[0] + 4.0 - *right).max(0.0);
            *left -= short / 2.0;
            *right += short / 2.0;
        }
        // Both move where one would leave the canvas, so that they stay apart.
        let ends = lefts.iter().zip(&widths).map(|(left, width)| left + width);
        let over = ends.fold(0.0, |over: f64, end| over.max(end - self.canvas.width));
        let under = lefts.iter().fold(0.0, |under: f64, left| under.min(*left - over));
        lefts.iter_mut().for_each(|left| *left -= over + under);
        for ((_, text, ink), (left, width)) in words.into_iter().zip(lefts.into_iter().zip(widths)) {
            marks::halo(on, left, baseline, width, set);
            on.mark(if ink == Ink::Current { "current" } else { "target" }, "");
            on.text(left, baseline, text, Type { ink, ..set });
        }
    }
}

/// Height of the head of a group.
const GROUP: f64 = 15.0;

/// Right edge and left edge of each column that fits, left to right.
fn columns(chart: &Dumbbell, canvas: &Canvas, right: f64) -> Vec<(f64, f64)> {
    if canvas.narrow {
        return chart.columns.iter().take(1).map(|_| (canvas.width, canvas.width)).collect();
    }
    let mut widths: Vec<f64> = Vec::new();
    for (index, head) in chart.columns.iter().enumerate() {
        let cells = chart.rows.iter().filter_map(|row| row.cells.get(index)).map(String::as_str);
        let set = Type::label(Ink::Text).strong_if(index == 0);
        let wide = set.widest(cells).max(Type::small(Ink::Muted).width(head));
        if widths.iter().sum::<f64>() + wide > canvas.width * 0.4 {
            break;
        }
        widths.push(if index == 0 { wide } else { wide.max(10.0 * MM) + 5.0 * MM });
    }
    let mut right = right;
    let mut edges = Vec::new();
    for width in widths.into_iter().rev() {
        edges.push((right, right - width));
        right -= width;
    }
    edges.reverse();
    edges
}

/// The numbers beside the marks of a row, outside of them and clear of the diamond.
fn labels(row: &DumbbellRow, ruler: &Ruler) -> Vec<Label> {
    let set = Type::label(Ink::Text).strong();
    let diamond = row
        .previous
        .filter(|previous| row.current.as_ref().is_some_and(|current| current.value != *previous))
        .map(|previous| ruler.at(previous));
    let place = |figure: &Figure, ink: Ink, beside: f64, right: bool| {
        let text = crate::font::clip(&figure.text, set.size, set.strong, LONGEST);
        let (x, width) = (ruler.at(figure.value), set.width(&text));
        let mut left = if right { x + beside } else { x - beside - width };
        if let Some(diamond) = diamond {
            let reach = marks::DIAMOND + 2.0;
            if left < diamond + reach && diamond - reach < left + width {
                left = if right { diamond + reach } else { diamond - reach - width };
            }
        }
        Label { left, width, text, ink }
    };
    match (&row.current, &row.target) {
        (Some(current), Some(target)) => {
            let (now, wanted) = (ruler.at(current.value), ruler.at(target.value));
            if (now - wanted).abs() < 0.3 {
                vec![place(current, Ink::Current, BESIDE + 0.6 * MM, false)]
            } else {
                let surplus = now > wanted;
                vec![place(current, Ink::Current, BESIDE, surplus), place(target, Ink::TargetText, BESIDE, !surplus)]
            }
        }
        (Some(current), None) => vec![place(current, Ink::Current, BESIDE, true)],
        (None, Some(target)) => vec![place(target, Ink::TargetText, BESIDE, true)],
        (None, None) => Vec::new(),
    }
}
