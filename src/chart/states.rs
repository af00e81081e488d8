//! States: how sure is it? A bar an area, cut into levels, not assessed, invalid and not applicable.

use serde::Serialize;

use super::cell::{self, Area};
use super::surface::{MM, Paint, SMALL, Surface, Type};
use super::{Canvas, Scene, split};
use crate::theme::Ink;

/// Bars of counts, all of one length: each shows shares of its own row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct States {
    /// The rows.
    pub rows: Vec<StatesRow>,
}

/// A bar.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StatesRow {
    /// Slug of the area.
    pub item: String,
    /// Its name.
    pub name: String,
    /// Whether this is the row of all areas, ruled off from the rest; its words are always printed.
    pub total: bool,
    /// Ratings that are levels.
    pub levels: usize,
    /// Ratings not assessed.
    pub not_assessed: usize,
    /// Ratings that are invalid.
    pub invalid: usize,
    /// Ratings that do not apply.
    pub not_applicable: usize,
    /// Right of the bar: `9 of 9`.
    pub rated: String,
    /// Words under the left end: `51 levels`.
    pub words: String,
    /// Words under the right end, `4 not assessed, 2 invalid, 3 n/a`, also printed where a part is too short for its
    /// count.
    pub rest: String,
}

/// Most rows of a scene.
const MOST_ROWS: usize = 40;

/// Height of a row and of its bar.
const ROW: f64 = 6.4 * MM;
const BAR: f64 = 4.6 * MM;

/// Ground between two parts of a bar.
const SEAM: f64 = 1.0;

/// Least width of a part, so that one of a thousand still shows.
const LEAST: f64 = 3.0;

/// A part narrower than this share of the bar carries no number.
const NARROW: f64 = 0.06;

/// Draws the bars, split into scenes where they are many.
pub(super) fn draw(chart: &States, canvas: &Canvas) -> Vec<Scene> {
    if chart.rows.is_empty() {
        return Vec::new();
    }
    let layout = Layout::new(chart, canvas);
    let heights: Vec<f64> = chart.rows.iter().map(|row| layout.row_height(row)).collect();
    split::split(&heights, &vec![""; heights.len()], canvas.max_height - 2.0, MOST_ROWS)
        .into_iter()
        .map(|range| layout.scene(&chart.rows[range]))
        .collect()
}

struct Layout {
    canvas: Canvas,
    names: f64,
    /// Left edge and width of the bars.
    bar: (f64, f64),
}

/// A part of a bar.
struct Part {
    kind: Kind,
    count: usize,
    x: f64,
    width: f64,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Levels,
    NotAssessed,
    Invalid,
    NotApplicable,
}

impl Part {
    fn shows_its_number(&self, bar: f64) -> bool {
        let text = Type::label(Ink::Text).strong().width(&self.count.to_string());
        self.width >= bar * NARROW && self.width >= text + 5.0
    }
}

impl Layout {
    fn new(chart: &States, canvas: &Canvas) -> Layout {
        let set = Type::label(Ink::Text).strong();
        let rated = set.widest(chart.rows.iter().map(|row| row.rated.as_str()));
        if canvas.narrow {
            return Layout { canvas: *canvas, names: canvas.width - rated - 4.0 * MM, bar: (0.0, canvas.width) };
        }
        let widest = set.widest(chart.rows.iter().map(|row| row.name.as_str()));
        let names = widest.min(canvas.width * 0.38);
        let left = names + 3.0 * MM;
        Layout {
            canvas: *canvas,
            names,
            bar: (left, (canvas.width - rated.max(15.0 * MM) - 5.0 * MM - left).max(40.0)),
        }
    }

    fn name_lines(&self, row: &StatesRow) -> Vec<String> {
        self.name_type(row).wrap(&row.name, self.names, 3)
    }

    fn name_type(&self, row: &StatesRow) -> Type {
        Type::label(Ink::Text).strong_if(row.total || self.canvas.narrow)
    }

    /// The words under the bar, each with its share of the lines.
    fn words(&self, row: &StatesRow) -> Vec<(bool, String)> {
        let explained = row.total || self.parts(row).iter().any(|part| !part.shows_its_number(self.bar.1));
        if !explained || (row.words.is_empty() && row.rest.is_empty()) {
            return Vec::new();
        }
        let set = Type::small(Ink::Muted);
        if set.width(&row.words) + set.width(&row.rest) + 8.0 <= self.bar.1 {
            return vec![(false, row.words.clone()), (true, row.rest.clone())];
        }
        let both: Vec<&str> =
            [&row.words, &row.rest].into_iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
        set.wrap(&both.join(", "), self.bar.1, 3).into_iter().map(|line| (false, line)).collect()
    }

    fn words_height(&self, row: &StatesRow) -> f64 {
        let words = self.words(row);
        let lines = if words.iter().any(|(right, _)| *right) { 1 } else { words.len() };
        lines as f64 * Type::small(Ink::Muted).leading()
    }

    fn row_height(&self, row: &StatesRow) -> f64 {
        // A row without a name has its count on that line all the same.
        let names = self.name_lines(row).len().max(1) as f64 * self.name_type(row).leading();
        let words = self.words_height(row);
        let over = if row.total { 6.0 } else { 0.0 };
        match self.canvas.narrow {
            true => names + 3.0 + BAR + words + 9.0 + over,
            false => ROW.max(names + 2.0).max(BAR + words + 6.0 * f64::from(u8::from(words > 0.0))) + over,
        }
    }

    fn scene(&self, rows: &[StatesRow]) -> Scene {
        let on = Surface::new(self.canvas.width);
        let mut y = 0.0;
        for row in rows {
            self.row(&on, row, y);
            y += self.row_height(row);
        }
        on.finish(y + 1.0)
    }

    fn row(&self, on: &Surface, row: &StatesRow, mut top: f64) {
        let item = row.item.as_str();
        if row.total {
            on.mark("rule", "")
                .line(&[(0.0, top + 2.0), (self.canvas.width, top + 2.0)], &Paint::line(Ink::Axis, 0.75));
            top += 6.0;
        }
        let lines = self.name_lines(row);
        let set = self.name_type(row);
        let rated = Type::label(Ink::Text).strong().end();
        let names = lines.len().max(1) as f64 * set.leading();
        let bar_top = match self.canvas.narrow {
            true => top + names + 3.0,
            false => top + (ROW.max(names + 2.0) - BAR) / 2.0,
        };
        let middle = bar_top + BAR / 2.0;
        let (name_at, rated_at) = match self.canvas.narrow {
            true => (top + SMALL, top + SMALL),
            false => (set.block(middle, lines.len()), rated.centred(middle)),
        };
        on.mark("name", item).lines(0.0, name_at, &lines, set, &row.name);
        on.mark("rated", item).text(self.canvas.width, rated_at, &row.rated, rated);
        for part in self.parts(row) {
            self.part(on, item, &part, bar_top);
        }
        let words = Type::small(Ink::Muted);
        let mut y = bar_top + BAR + 2.0 + words.size * 0.8;
        on.mark("note", item);
        for (right, line) in self.words(row) {
            if right {
                on.text(self.bar.0 + self.bar.1, y - words.leading(), &line, words.end());
            } else {
                on.text(self.bar.0, y, &line, words);
                y += words.leading();
            }
        }
    }

    fn part(&self, on: &Surface, item: &str, part: &Part, y: f64) {
        let area = Area { x: part.x, y, width: part.width, height: BAR };
        let text = part.count.to_string();
        let shown = part.shows_its_number(self.bar.1);
        let set = Type::label(Ink::Text).strong();
        let middle = set.centred(y + BAR / 2.0);
        match part.kind {
            Kind::Levels => {
                cell::fill(on.mark("level", item), &area, Ink::Level(5));
                if shown {
                    on.text(area.x + 1.4 * MM, middle, &text, Type { ink: Ink::OnDark, ..set });
                }
                return;
            }
            Kind::NotAssessed => {
                cell::hatch(on.mark("not-assessed", item), &area);
                if shown {
                    cell::patch(on, &area, &text, set);
                }
            }
            Kind::Invalid => cell::dark_edge(on.mark("invalid", item), &area),
            Kind::NotApplicable => cell::grey_edge(on.mark("not-applicable", item), &area),
        }
        if shown {
            let set = if part.kind == Kind::NotApplicable { Type::label(Ink::Muted) } else { set };
            on.text(area.x + area.width / 2.0, middle, &text, set.middle());
        }
    }

    /// The parts of a bar: shares of its length, none too short to be seen.
    fn parts(&self, row: &StatesRow) -> Vec<Part> {
        let counts = [
            (Kind::Levels, row.levels),
            (Kind::NotAssessed, row.not_assessed),
            (Kind::Invalid, row.invalid),
            (Kind::NotApplicable, row.not_applicable),
        ];
        let present: Vec<(Kind, usize)> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
        let total: f64 = present.iter().map(|(_, count)| *count as f64).sum();
        let room = self.bar.1 - SEAM * present.len().saturating_sub(1) as f64;
        let mut widths: Vec<f64> =
            present.iter().map(|(_, count)| (*count as f64 / total * room).max(LEAST)).collect();
        let over = widths.iter().sum::<f64>() - room;
        if let Some(widest) = widths.iter_mut().max_by(|one, other| one.total_cmp(other)) {
            *widest -= over;
        }
        let mut x = self.bar.0;
        let mut parts = Vec::new();
        for ((kind, count), width) in present.into_iter().zip(widths) {
            parts.push(Part { kind, count, x, width });
            x += width + SEAM;
        }
        parts
    }
}
