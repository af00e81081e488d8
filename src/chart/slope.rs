//! Slope: what changed? A line an area between two or more dates on a true time axis.

use serde::Serialize;

use super::marks;
use super::surface::{MM, Paint, Ruler, Surface, Type};
use super::{Axis, Canvas, Figure, Scene, spread};
use crate::theme::Ink;

/// Levels at two or more dates.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Slope {
    /// The whole scale.
    pub axis: Axis,
    /// The dates, oldest first.
    pub dates: Vec<SlopeDate>,
    /// The lines, in the order of the input.
    pub lines: Vec<SlopeLine>,
}

/// A date of an assessment.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SlopeDate {
    /// Days on any count; only distances matter.
    pub day: f64,
    /// As printed: `2025-07-31`.
    pub text: String,
}

/// A line.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SlopeLine {
    /// Slug of the area.
    pub item: String,
    /// Its name.
    pub name: String,
    /// The level at each date.
    pub values: Vec<Option<Figure>>,
    /// Which way it went between the first and the last level.
    pub direction: Move,
    /// Whether it is drawn grey and without a label, as one of too many.
    pub quiet: bool,
}

/// Which way a level went, as printed (equal after rounding is the same).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Move {
    /// It rose.
    Up,
    /// It held.
    Same,
    /// It fell.
    Down,
}

/// Height of the scale.
const HEIGHT: f64 = 80.0 * MM;

/// Least distance of two labels.
const APART: f64 = 4.1 * MM;

/// Length of the line from a mark to its label, and the ground before and after it.
const LEADER: (f64, f64) = (2.0 * MM, 2.5);

/// Most labelled lines; the rest is grey.
const MOST_LABELS: usize = 12;

/// Draws the lines with labels at both ends.
pub(super) fn draw(chart: &Slope, canvas: &Canvas) -> Vec<Scene> {
    let lines: Vec<Line<'_>> = lines(chart);
    if chart.dates.len() < 2 || lines.is_empty() {
        return Vec::new();
    }
    let layout = Layout::new(chart, canvas, &lines);
    let on = Surface::new(canvas.width);
    layout.scale(&on);
    let (named, quiet): (Vec<_>, Vec<_>) = lines.iter().partition(|line| line.named);
    for line in quiet.iter().chain(&named) {
        layout.line(&on, line);
    }
    layout.labels(&on, &named);
    vec![on.finish(layout.bottom + 6.0)]
}

/// A line that has at least one level.
struct Line<'a> {
    data: &'a SlopeLine,
    /// Index of the date and level, oldest first.
    points: Vec<(usize, &'a Figure)>,
    named: bool,
}

fn lines(chart: &Slope) -> Vec<Line<'_>> {
    let mut labels = 0;
    let mut lines = Vec::new();
    for data in &chart.lines {
        let known = data.values.iter().take(chart.dates.len()).enumerate();
        let points: Vec<_> =
            known.filter_map(|(date, figure)| figure.as_ref().map(|figure| (date, figure))).collect();
        if points.is_empty() {
            continue;
        }
        let named = !data.quiet && labels < MOST_LABELS;
        labels += usize::from(named);
        lines.push(Line { data, points, named });
    }
    lines
}

struct Layout<'a> {
    chart: &'a Slope,
    canvas: Canvas,
    /// Position of each date.
    dates: Vec<f64>,
    values: Ruler,
    top: f64,
    bottom: f64,
    /// Right edge of the numbers at the right end, and left edge of the names after them.
    number: f64,
    name: f64,
}

impl<'a> Layout<'a> {
    fn new(chart: &'a Slope, canvas: &Canvas, lines: &[Line<'_>]) -> Layout<'a> {
        let set = Type::label(Ink::Text).strong();
        let figures = lines.iter().flat_map(|line| line.points.iter().map(|(_, figure)| figure.text.as_str()));
        let wide = set.widest(figures);
        let scale = Type::small(Ink::Muted);
        let beside = LEADER.0 + 2.0 * LEADER.1 + marks::DOT;
        let ticks = match canvas.narrow {
            true => scale.widest(chart.axis.ticks.iter().map(|tick| tick.text.as_str())),
            false => scale.widest(
                chart.axis.ticks.iter().map(|tick| named(tick)).collect::<Vec<_>>().iter().map(String::as_str),
            ),
        };
        let left = ticks.min(canvas.width * 0.22) + 4.0 * MM + wide + beside;
        let span = match canvas.narrow {
            true => canvas.width * 0.26,
            false => (canvas.width * if chart.dates.len() > 2 { 0.36 } else { 0.265 }).max(110.0),
        };
        let days: Vec<f64> = chart.dates.iter().map(|date| date.day).collect();
        let first = days.iter().copied().fold(f64::INFINITY, f64::min);
        let last = days.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let time = Ruler::new(first, last, left, left + span);
        let ordered = days.windows(2).all(|pair| pair[0] < pair[1]);
        // Dates that do not ascend cannot stand on a time axis; they stand at even distances.
        let even = Ruler::new(0.0, (days.len() - 1) as f64, left, left + span);
        let dates = (days.iter().enumerate())
            .map(|(index, day)| if ordered { time.at(*day) } else { even.at(index as f64) })
            .collect();
        let top = 20.0;
        let needed = lines.iter().filter(|line| line.named).count() as f64 * if canvas.narrow { 22.0 } else { APART };
        let height = HEIGHT.max(needed).min((canvas.max_height - top - 8.0).max(60.0));
        let number = left + span + beside + wide;
        Layout {
            chart,
            canvas: *canvas,
            dates,
            values: Ruler::new(chart.axis.low, chart.axis.high, top + height, top),
            top,
            bottom: top + height,
            number,
            name: number + 2.0 * MM,
        }
    }

    /// Levels, their names and the dates.
    fn scale(&self, on: &Surface) {
        let (left, right) = (self.dates[0], self.dates[self.dates.len() - 1]);
        let set = Type::small(Ink::Muted);
        let room = if self.canvas.narrow { self.canvas.width } else { self.canvas.width * 0.22 };
        let mut lowest = f64::INFINITY;
        for tick in &self.chart.axis.ticks {
            let y = self.values.at(tick.value);
            on.mark("grid", "").line(&[(left - 4.0, y), (right + 4.0, y)], &Paint::line(Ink::Grid, 0.5));
            if lowest - y >= set.leading() {
                let text = if self.canvas.narrow { tick.text.clone() } else { named(tick) };
                on.mark("axis", "").clipped(0.0, set.centred(y), &text, set, room);
                lowest = y;
            }
        }
        for x in &self.dates {
            on.mark("axis", "").line(&[(*x, self.top - 2.0), (*x, self.bottom + 2.0)], &Paint::line(Ink::Axis, 0.75));
        }
        let last = self.dates.len() - 1;
        let mut taken: Vec<(f64, f64)> = Vec::new();
        let order = [last, 0].into_iter().chain(1..last);
        for index in order {
            let set = match index {
                index if index == last => Type::label(Ink::Text).strong(),
                0 => Type::label(Ink::Muted).strong(),
                _ => Type::small(Ink::Muted),
            };
            let text = &self.chart.dates[index].text;
            let width = set.width(text);
            let mut x = (self.dates[index] - width / 2.0).clamp(0.0, (self.canvas.width - width).max(0.0));
            if index == 0 {
                x = x.min(taken[0].0 - width - 5.0).max(0.0);
            }
            if taken.iter().any(|(from, to)| x < to + 3.0 && from < &(x + width + 3.0)) {
                continue;
            }
            taken.push((x, x + width));
            on.mark("date", "").text(x, 9.0, text, set);
        }
    }

    fn line(&self, on: &Surface, line: &Line<'_>) {
        let item = line.data.item.as_str();
        let places: Vec<(f64, f64)> =
            line.points.iter().map(|(date, figure)| (self.dates[*date], self.values.at(figure.value))).collect();
        let (series, paint) = match line.data.direction {
            _ if !line.named => ("quiet", Paint::line(Ink::Grid, 1.0)),
            Move::Up => ("up", Paint::line(Ink::Current, 1.2)),
            Move::Same => ("same", Paint::line(Ink::Previous, 1.2)),
            Move::Down => ("down", Paint::line(Ink::Text, 2.0).dash(&[3.5, 2.0])),
        };
        on.mark(series, item);
        if places.len() > 1 {
            on.line(&places, &paint);
        }
        if !line.named {
            return;
        }
        for ((date, _), place) in line.points.iter().zip(&places) {
            if date + 1 == self.dates.len() {
                marks::dot(on, item, *place);
            } else {
                marks::diamond(on, item, *place);
            }
        }
    }

    fn labels(&self, on: &Surface, lines: &[&Line<'_>]) {
        let number = Type::label(Ink::Muted).strong();
        let first: Vec<_> =
            (lines.iter()).filter(|line| line.points[0].0 == 0).map(|line| (line, line.points[0].1, APART)).collect();
        let x = self.dates[0];
        for ((line, figure, _), (from, to)) in first.iter().zip(self.spread(&first)) {
            let near = x - marks::DIAMOND - LEADER.1 / 2.0;
            let far = near - LEADER.0;
            on.mark("leader", &line.data.item).line(&[(near, from), (far, to)], &Paint::line(Ink::Previous, 0.6));
            on.mark("previous", &line.data.item);
            on.text(far - LEADER.1, number.centred(to), &figure.text, number.end());
        }
        let names: Vec<_> = lines.iter().map(|line| (line, self.name_type(line), self.name_lines(line))).collect();
        let last: Vec<_> = (names.iter())
            .map(|(line, set, lines)| {
                let figure = line.points[line.points.len() - 1].1;
                (line, figure, APART.max(lines.len() as f64 * set.leading() + 1.5))
            })
            .collect();
        let x = self.dates[self.dates.len() - 1];
        for ((line, set, lines), ((_, figure, _), (from, to))) in
            names.iter().zip(last.iter().zip(self.spread(&last)))
        {
            let item = line.data.item.as_str();
            let known = line.points[line.points.len() - 1].0 + 1 == self.dates.len();
            if known {
                let near = x + marks::DOT + LEADER.1 / 2.0;
                let far = near + LEADER.0;
                on.mark("leader", item).line(&[(near, from), (far, to)], &Paint::line(Ink::Previous, 0.6));
                let set = Type { ink: Ink::Current, ..number };
                on.mark("current", item).text(self.number, set.centred(to), &figure.text, set.end());
            }
            on.mark("name", item).lines(self.name, set.block(to, lines.len()), lines, *set, &line.data.name);
        }
    }

    fn name_type(&self, line: &Line<'_>) -> Type {
        let known = line.points[line.points.len() - 1].0 + 1 == self.dates.len();
        let ink = if line.data.direction == Move::Same || !known { Ink::Muted } else { Ink::Text };
        let set = if self.canvas.narrow { Type::small(ink) } else { Type::label(ink) };
        set.strong_if(line.data.direction == Move::Down)
    }

    fn name_lines(&self, line: &Line<'_>) -> Vec<String> {
        let room = self.canvas.width - self.name;
        self.name_type(line).wrap(&line.data.name, room, if self.canvas.narrow { 2 } else { 1 })
    }

    /// For labels of some height: where their marks are and where they stand, in the order given.
    fn spread<L>(&self, labels: &[(L, &Figure, f64)]) -> Vec<(f64, f64)> {
        let mut order: Vec<usize> = (0..labels.len()).collect();
        let mark = |index: usize| self.values.at(labels[index].1.value);
        order.sort_by(|&one, &other| mark(one).total_cmp(&mark(other)));
        let boxes: Vec<(f64, f64)> =
            order.iter().map(|&index| (mark(index) - labels[index].2 / 2.0, labels[index].2)).collect();
        let mut placed = vec![(0.0, 0.0); labels.len()];
        for (&index, start) in order.iter().zip(spread::apart(&boxes, self.top - 6.0, self.bottom + 6.0)) {
            placed[index] = (mark(index), start + labels[index].2 / 2.0);
        }
        placed
    }
}

fn named(tick: &super::Tick) -> String {
    format!("{} {}", tick.text, tick.name).trim_end().to_owned()
}
