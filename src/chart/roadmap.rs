//! Roadmap: by when? Dated steps from the report's date to their due dates, in columns of text and of quarters.

use serde::Serialize;

use super::marks;
use super::surface::{LABEL, MM, Paint, Ruler, Surface, Type};
use super::{Canvas, Figure, Scene, split};
use crate::theme::Ink;

/// Dated steps. Times are days on any count, the same for all.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Roadmap {
    /// Head of the names: `Application, area`.
    pub what: String,
    /// Head of the levels: `Level`.
    pub level: String,
    /// Head of the owners: `Owner`.
    pub owner: String,
    /// Head of the due dates: `Due`.
    pub due: String,
    /// The word between two levels: `to`.
    pub to: String,
    /// Years, each over its quarters.
    pub years: Vec<Span>,
    /// Quarters; they span the time axis.
    pub quarters: Vec<Span>,
    /// The report's date.
    pub today: f64,
    /// The steps, by due date.
    pub rows: Vec<RoadmapRow>,
    /// What the row under the quarters says: `Overall level, if each dated step reaches its target`; empty for none.
    pub foot: String,
    /// The overall level reached by a day.
    pub reached: Vec<Figure>,
}

/// A stretch of time with its name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Span {
    /// First day.
    pub from: f64,
    /// Day after the last.
    pub to: f64,
    /// As printed: `Q1`.
    pub text: String,
}

/// A dated step.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RoadmapRow {
    /// Slug of the rating or area.
    pub item: String,
    /// Its rank: `6`; empty for none.
    pub rank: String,
    /// Who: the subject, or the area where there is none.
    pub name: String,
    /// Where: the area, or empty.
    pub detail: String,
    /// Level now, as printed; empty where unknown.
    pub from: String,
    /// Level wanted, as printed.
    pub target: String,
    /// Owner as entered, or words that none was given.
    pub owner: String,
    /// Whether an owner was given; else the words are muted.
    pub owned: bool,
    /// The due date as a day.
    pub day: f64,
    /// The due date as printed.
    pub due: String,
    /// The word `overdue` where it is; empty where it is not.
    pub overdue: String,
}

/// Most rows of a scene.
const MOST_ROWS: usize = 40;

/// Least rows of a last scene.
const LEAST_ROWS: usize = 5;

/// Least height of a row, and of the strip of time under the words of a narrow row.
const ROW: f64 = 6.9 * MM;
const STRIP: f64 = 16.0;

/// Height of the heads.
const HEAD: f64 = 26.0;

/// Draws the steps, split into scenes where they are many.
pub(super) fn draw(chart: &Roadmap, canvas: &Canvas) -> Vec<Scene> {
    let (Some(first), Some(last)) = (chart.quarters.first(), chart.quarters.last()) else { return Vec::new() };
    if chart.rows.is_empty() {
        return Vec::new();
    }
    let layout = Layout::new(chart, canvas, (first.from, last.to));
    let heights: Vec<f64> = chart.rows.iter().map(|row| layout.row_height(row)).collect();
    let rows = split::filled(&heights, canvas.max_height - HEAD - layout.foot_height(), MOST_ROWS, LEAST_ROWS);
    let last = rows.len() - 1;
    rows.into_iter().enumerate().map(|(index, range)| layout.scene(&chart.rows[range], index == last)).collect()
}

struct Layout<'a> {
    chart: &'a Roadmap,
    canvas: Canvas,
    /// Left edges of name, level, owner and due date.
    columns: [f64; 4],
    time: Ruler,
    /// Ends of the time axis.
    ends: (f64, f64),
}

impl<'a> Layout<'a> {
    fn new(chart: &'a Roadmap, canvas: &Canvas, (from, to): (f64, f64)) -> Layout<'a> {
        let ranked = chart.rows.iter().any(|row| !row.rank.is_empty());
        let rank = Type::label(Ink::Muted).widest(chart.rows.iter().map(|row| row.rank.as_str()));
        let name = if ranked { rank + 2.2 * MM } else { 0.0 };
        let ends = match canvas.narrow {
            true => (marks::RING + 1.0, canvas.width - marks::RING - 1.0),
            false => (canvas.width * 0.725, canvas.width - marks::RING - 1.0),
        };
        // Levels and dates are short and alike; owners get what they leave.
        let label = Type::label(Ink::Text);
        let levels = (chart.rows.iter())
            .map(|row| label.strong().width(&format!("{}{}", row.from, row.target)) + label.width(&chart.to) + 6.0)
            .fold(Type::small(Ink::Muted).width(&chart.level), f64::max)
            .min(canvas.width * 0.1);
        let due = label.widest(chart.rows.iter().map(|row| row.due.as_str()));
        let due = due.max(Type::small(Ink::Muted).width(&chart.due)).min(canvas.width * 0.12);
        let small = Type::small(Ink::Text);
        let names = (chart.rows.iter())
            .map(|row| small.strong().width(&row.name).max(small.width(&row.detail)))
            .fold(small.width(&chart.what), f64::max)
            .min(canvas.width * 0.4 - name);
        let level = name + names + 3.0 * MM;
        let owner = level + levels + 3.0 * MM;
        Layout {
            chart,
            canvas: *canvas,
            columns: [name, level, owner, ends.0 - due - 3.0 * MM],
            time: Ruler::new(from, to, ends.0, ends.1),
            ends,
        }
    }

    /// Room of a column of text.
    fn room(&self, column: usize) -> f64 {
        let next = self.columns.get(column + 1).copied().unwrap_or(self.ends.0);
        next - self.columns[column] - 2.0 * MM
    }

    fn row_height(&self, row: &RoadmapRow) -> f64 {
        if !self.canvas.narrow {
            return ROW;
        }
        let name = Type::label(Ink::Text).strong();
        let lines = name.wrap(&row.name, self.canvas.width - self.columns[0], 2).len();
        let small = Type::small(Ink::Text).leading();
        let detail = if row.detail.is_empty() { 0.0 } else { small };
        6.0 + lines as f64 * name.leading() + detail + small + STRIP
    }

    fn foot_height(&self) -> f64 {
        match (self.chart.foot.is_empty(), self.canvas.narrow) {
            (true, _) => 1.0,
            (false, false) => 20.0,
            (false, true) => 32.0,
        }
    }

    fn scene(&self, rows: &[RoadmapRow], last: bool) -> Scene {
        let on = Surface::new(self.canvas.width);
        let bottom = HEAD + rows.iter().map(|row| self.row_height(row)).sum::<f64>();
        if !self.canvas.narrow {
            self.time_grid(&on, HEAD - 11.0, bottom);
        }
        self.heads(&on);
        let mut y = HEAD;
        for row in rows {
            let height = self.row_height(row);
            let ink = if y == HEAD { Ink::Axis } else { Ink::Hairline };
            on.mark("rule", "").line(&[(0.0, y), (self.canvas.width, y)], &Paint::line(ink, 0.6));
            let strip = if self.canvas.narrow { y + height - STRIP / 2.0 } else { y + height / 2.0 };
            if self.canvas.narrow {
                self.time_grid(&on, strip - 6.0, strip + 6.0);
                self.words_above(&on, row, y);
            } else {
                self.words_beside(&on, row, strip);
            }
            self.bar(&on, row, strip);
            y += height;
        }
        on.mark("rule", "").line(&[(0.0, y), (self.canvas.width, y)], &Paint::line(Ink::Axis, 0.6));
        if !self.canvas.narrow {
            let x = self.time.at(self.chart.today);
            on.mark("today", "").line(&[(x, HEAD), (x, y)], &Paint::line(Ink::Text, 1.25));
        }
        if last {
            self.foot(&on, y);
            y += self.foot_height();
        }
        on.finish(y + 1.0)
    }

    fn time_grid(&self, on: &Surface, top: f64, bottom: f64) {
        on.mark("grid", "");
        let starts = self.chart.quarters.iter().map(|quarter| quarter.from);
        for day in starts.chain(self.chart.quarters.last().map(|quarter| quarter.to)) {
            let x = self.time.at(day);
            on.line(&[(x, top), (x, bottom)], &Paint::line(Ink::Grid, 0.5));
        }
        if self.canvas.narrow {
            let x = self.time.at(self.chart.today);
            on.mark("today", "").line(&[(x, top), (x, bottom)], &Paint::line(Ink::Text, 1.25));
        }
    }

    fn heads(&self, on: &Surface) {
        let set = Type::small(Ink::Muted);
        on.mark("head", "");
        if !self.canvas.narrow {
            let heads = [&self.chart.what, &self.chart.level, &self.chart.owner, &self.chart.due];
            for (column, head) in heads.into_iter().enumerate() {
                on.clipped(self.columns[column], HEAD - 6.0, head, set, self.room(column));
            }
        }
        for (spans, y) in [(&self.chart.years, 8.0), (&self.chart.quarters, HEAD - 6.0)] {
            let place = |span: &Span| (self.time.at(span.from), self.time.at(span.to));
            let room = |span: &Span| place(span).1 - place(span).0 - 2.0;
            let fits = spans.iter().filter(|span| set.width(&span.text) <= room(span)).count();
            // Half the quarters labelled would look like a mistake; a short first year would not.
            if spans.len() > 4 && fits < spans.len() && y > 8.0 {
                continue;
            }
            for span in spans.iter().filter(|span| set.width(&span.text) <= room(span)) {
                let (from, to) = place(span);
                on.text((from + to) / 2.0, y, &span.text, set.middle());
            }
        }
    }

    /// From level to level, at a left edge; gives its right edge.
    fn levels(&self, on: &Surface, row: &RoadmapRow, x: f64, y: f64, size: f64) -> f64 {
        let set = Type { size, ..Type::label(Ink::Current).strong() };
        let gap = 3.0;
        let mut x = x;
        if !row.from.is_empty() {
            on.mark("current", &row.item).text(x, y, &row.from, set);
            x += set.width(&row.from) + gap;
        }
        let to = Type { ink: Ink::Muted, strong: false, ..set };
        on.mark("cell", &row.item).text(x, y, &self.chart.to, to);
        x += to.width(&self.chart.to) + gap;
        on.mark("target", &row.item).text(x, y, &row.target, Type { ink: Ink::TargetText, ..set });
        x + set.width(&row.target)
    }

    fn words_beside(&self, on: &Surface, row: &RoadmapRow, middle: f64) {
        let item = row.item.as_str();
        let (label, small) = (Type::label(Ink::Text), Type::small(Ink::Text));
        on.mark("rank", item).text(
            self.columns[0] - 2.2 * MM,
            label.centred(middle),
            &row.rank,
            Type { ink: Ink::Muted, ..label }.end(),
        );
        let room = self.room(0);
        if row.detail.is_empty() {
            let lines = small.strong().wrap(&row.name, room, 2);
            on.mark("name", item).lines(
                self.columns[0],
                small.block(middle, lines.len()),
                &lines,
                small.strong(),
                &row.name,
            );
        } else {
            let first = small.block(middle, 2);
            on.mark("name", item).clipped(self.columns[0], first, &row.name, small.strong(), room);
            on.mark("detail", item).clipped(
                self.columns[0],
                first + small.leading(),
                &row.detail,
                Type::small(Ink::Muted),
                room,
            );
        }
        self.levels(on, row, self.columns[1], label.centred(middle), LABEL);
        let owner = if row.owned { label } else { Type::label(Ink::Muted) };
        if owner.width(&row.owner) <= self.room(2) {
            on.mark("owner", item).text(self.columns[2], owner.centred(middle), &row.owner, owner);
        } else {
            let owner = Type { size: small.size, ..owner };
            let lines = owner.wrap(&row.owner, self.room(2), 2);
            on.mark("owner", item).lines(
                self.columns[2],
                owner.block(middle, lines.len()),
                &lines,
                owner,
                &row.owner,
            );
        }
        if row.overdue.is_empty() {
            on.mark("due", item).clipped(self.columns[3], label.centred(middle), &row.due, label, self.room(3));
        } else {
            let first = small.block(middle, 2);
            on.mark("due", item).clipped(self.columns[3], first, &row.due, small, self.room(3));
            on.clipped(self.columns[3], first + small.leading(), &row.overdue, small.strong(), self.room(3));
        }
    }

    /// The words of a narrow row: name, detail, and level, owner and date in one line.
    fn words_above(&self, on: &Surface, row: &RoadmapRow, top: f64) {
        let item = row.item.as_str();
        let (name, small) = (Type::label(Ink::Text).strong(), Type::small(Ink::Text));
        let x = self.columns[0];
        let room = self.canvas.width - x;
        let mut y = top + 5.0 + name.size * 0.75;
        on.mark("rank", item).text(x - 2.2 * MM, y, &row.rank, Type::label(Ink::Muted).end());
        let lines = name.wrap(&row.name, room, 2);
        on.mark("name", item).lines(x, y, &lines, name, &row.name);
        y += (lines.len().max(1) - 1) as f64 * name.leading();
        if !row.detail.is_empty() {
            y += small.leading();
            on.mark("detail", item).clipped(x, y, &row.detail, Type::small(Ink::Muted), room);
        }
        y += small.leading() + 0.5;
        let mut at = self.levels(on, row, x, y, small.size) + 3.0 * MM;
        let due = if row.overdue.is_empty() { row.due.clone() } else { format!("{} {}", row.due, row.overdue) };
        let set = small.strong_if(!row.overdue.is_empty());
        let width = set.width(&due).min(self.canvas.width - at);
        let owner = if row.owned { small } else { Type::small(Ink::Muted) };
        let left = self.canvas.width - width - at - 3.0 * MM;
        if left > 20.0 {
            on.mark("owner", item).clipped(at, y, &row.owner, owner, left);
            at += owner.width(&row.owner).min(left) + 3.0 * MM;
        }
        on.mark("due", item).clipped(at, y, &due, set, self.canvas.width - at + 0.1);
    }

    fn bar(&self, on: &Surface, row: &RoadmapRow, y: f64) {
        let (today, due) = (self.time.at(self.chart.today), self.time.at(row.day));
        if row.day < self.chart.today {
            let line = Paint::line(Ink::Text, marks::LINE).dash(&marks::SURPLUS);
            on.mark("overdue", &row.item).line(&[(due + marks::RING, y), (today.max(due + marks::RING), y)], &line);
        } else if due - today > marks::RING {
            on.mark("planned", &row.item)
                .line(&[(today, y), (due - marks::RING, y)], &Paint::line(Ink::Target, marks::LINE));
        }
        marks::ring(on, &row.item, (due, y));
    }

    /// The overall level reached, under the time axis; numbers that would meet the one before are left out.
    fn foot(&self, on: &Surface, y: f64) {
        if self.chart.foot.is_empty() {
            return;
        }
        let set = Type::label(Ink::Text).strong();
        let room = if self.canvas.narrow { self.canvas.width } else { self.ends.0 - self.columns[0] - 12.0 };
        let x = if self.canvas.narrow { 0.0 } else { self.columns[0] };
        on.mark("total", "").clipped(
            x,
            y + 13.0,
            &self.chart.foot,
            if self.canvas.narrow { Type::small(Ink::Text).strong() } else { set },
            room,
        );
        let baseline = if self.canvas.narrow { y + 27.0 } else { y + 13.0 };
        let mut taken: Vec<(f64, f64)> = Vec::new();
        let order = [0].into_iter().chain((1..self.chart.reached.len()).rev());
        for index in order.filter(|index| *index < self.chart.reached.len()) {
            let figure = &self.chart.reached[index];
            let width = set.width(&figure.text);
            let left = (self.time.at(figure.value) - width / 2.0).min(self.canvas.width - width).max(0.0);
            if taken.iter().any(|(from, to)| left < to + 2.5 && *from < left + width + 2.5) {
                continue;
            }
            taken.push((left, left + width));
            let ink = if index == 0 { Ink::Current } else { Ink::Text };
            on.mark("total", "").text(left, baseline, &figure.text, Type { ink, ..set });
        }
    }
}
