//! Radar: what is the shape of the profile? One large panel with the names of the axes, then small ones.

use serde::Serialize;

use super::scene::Anchor;
use super::surface::{MM, Paint, Ruler, Surface, Type};
use super::{Canvas, Scene, Sign, Signs, Tick, spread};
use crate::theme::Ink;

/// Profiles over the same axes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Radar {
    /// Names of the axes, clockwise from the top; a radar wants 5 to 12.
    pub axes: Vec<String>,
    /// The levels, lowest first: the first is the centre, the last the outer ring.
    pub rings: Vec<Tick>,
    /// Head of the list of rings: `Rings`.
    pub rings_title: String,
    /// Word beside the lowest level in that list: `centre`.
    pub centre: String,
    /// Word beside the highest: `outside`.
    pub outside: String,
    /// The panels; the first is drawn large, with the names of the axes.
    pub panels: Vec<RadarPanel>,
    /// Key of the line of current levels: `level now`.
    pub now: String,
    /// Key of the line of targets: `target`.
    pub target: String,
    /// Words before the signs: `A missing rating breaks the line:`.
    pub missing: String,
    /// The signs of states that are no level.
    pub signs: Signs,
}

/// One profile.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RadarPanel {
    /// Slug of the subject.
    pub item: String,
    /// Its name.
    pub title: String,
    /// The number that opens the line under the title, in the ink of the current level: `0.5`.
    pub lead: String,
    /// The rest of that line: `now, +1.0 to close, 51 of 57 rated`.
    pub subtitle: String,
    /// The level on each axis.
    pub current: Vec<Spot>,
    /// The target on each axis; empty where there is none at all.
    pub target: Vec<Option<f64>>,
    /// Up to two more subjects over the same axes.
    pub overlays: Vec<Overlay>,
}

/// A second or third subject in the same panel.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Overlay {
    /// Its name.
    pub name: String,
    /// Its level on each axis.
    pub current: Vec<Spot>,
}

/// What stands on an axis.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Spot {
    /// A level.
    Level(f64),
    /// Nobody rated it.
    NotAssessed,
    /// Does not count here.
    NotApplicable,
    /// The cell holds no level.
    Invalid,
}

/// Ground between two panels.
const GUTTER: f64 = 5.0 * MM;

/// Width and dash of the line of targets.
const TARGET: (f64, [f64; 2]) = (1.1, [4.0, 3.0]);

/// Width of the line of levels, and the radius of its dots.
const LEVEL: (f64, f64) = (1.35, 2.0);

/// Distance of two lines of a list.
const LINE: f64 = 12.0;

/// Room above and below the outer ring of a small panel, for the signs of missing ratings.
const AROUND: f64 = 13.0;

/// Ground under a row of panels.
const BELOW: f64 = 4.0;

/// Draws the panels in a grid of thirds, the first one large, split into scenes where they are many.
pub(super) fn draw(chart: &Radar, canvas: &Canvas) -> Vec<Scene> {
    if chart.axes.len() < 3 || chart.rings.is_empty() || chart.panels.is_empty() {
        return Vec::new();
    }
    let layout = Layout::fitting(chart, canvas);
    let rows = layout.rows();
    let mut scenes = Vec::new();
    let mut page: Vec<Row<'_>> = Vec::new();
    let mut used = layout.legend(None, 0.0);
    for row in rows {
        if !page.is_empty() && used + row.height > canvas.max_height {
            scenes.push(layout.scene(&std::mem::take(&mut page), false));
            used = layout.legend(None, 0.0);
        }
        used += row.height;
        page.push(row);
    }
    scenes.push(layout.scene(&page, true));
    scenes
}

/// Panels beside each other.
struct Row<'a> {
    panels: Vec<&'a RadarPanel>,
    /// Whether the first of them is the large one.
    large: bool,
    height: f64,
}

struct Layout<'a> {
    chart: &'a Radar,
    canvas: Canvas,
    /// Panels beside each other, and the width of one.
    columns: usize,
    panel: f64,
    /// Outer radius of small panels and of the large one.
    radius: (f64, f64),
    /// Width of the large panel.
    large: f64,
}

/// How small a small panel may be drawn so that all stand on one page, as shares of the usual radius.
const SMALLER: [f64; 4] = [1.0, 0.94, 0.88, 0.82];

impl<'a> Layout<'a> {
    /// The largest layout that stands on one page; the usual one where none does.
    fn fitting(chart: &'a Radar, canvas: &Canvas) -> Layout<'a> {
        let fits = |layout: &Layout<'a>| {
            let rows: f64 = layout.rows().iter().map(|row| row.height).sum();
            rows + layout.legend(None, 0.0) < canvas.max_height
        };
        let layouts = SMALLER.map(|share| Layout::new(chart, canvas, share));
        let at = layouts.iter().position(fits).unwrap_or(0);
        layouts.into_iter().nth(at).unwrap_or_else(|| Layout::new(chart, canvas, 1.0))
    }

    fn new(chart: &'a Radar, canvas: &Canvas, share: f64) -> Layout<'a> {
        let columns = if canvas.narrow { 2 } else { 3 };
        let panel = (canvas.width - GUTTER * (columns - 1) as f64) / columns as f64;
        // Many names round the ring need a longer ring to stand at, and then the whole width.
        let crowded = canvas.narrow || chart.axes.len() > 8 || chart.panels.len() == 1;
        let large = if crowded { canvas.width } else { 2.0 * panel + GUTTER };
        let small_radius = share * if canvas.narrow { panel * 0.36 } else { panel * 0.32 };
        let radius = match (canvas.narrow, chart.axes.len() > 8 || chart.panels.len() == 1) {
            (true, _) => canvas.width * 0.21,
            (_, true) => panel * 0.45,
            _ => small_radius,
        };
        Layout { chart, canvas: *canvas, columns, panel, radius: (small_radius, radius), large }
    }

    fn rows(&self) -> Vec<Row<'a>> {
        let (first, others) = self.chart.panels.split_at(1);
        let beside = if self.large < self.canvas.width { others.len().min(1) } else { 0 };
        let mut rows = vec![self.row(first.iter().chain(&others[..beside]).collect(), true)];
        for panels in others[beside..].chunks(self.columns) {
            rows.push(self.row(panels.iter().collect(), false));
        }
        rows
    }

    fn row(&self, panels: Vec<&'a RadarPanel>, large: bool) -> Row<'a> {
        let heads = panels.iter().enumerate().map(|(index, panel)| {
            let width = if large && index == 0 { self.large } else { self.panel };
            self.head_height(panel, width)
        });
        let head = heads.fold(0.0, f64::max);
        let small = head + 2.0 * (AROUND + self.radius.0) + BELOW;
        let height = if large { small.max(head + self.large_height(panels[0])) } else { small };
        Row { panels, large, height }
    }

    /// Height of title, line under it and names of overlaid subjects.
    fn head_height(&self, panel: &RadarPanel, width: f64) -> f64 {
        let (title, small) = (Type::label(Ink::Text).strong(), Type::small(Ink::Muted));
        let lines = title.wrap(&panel.title, width, 2).len().max(1) as f64;
        let under =
            self.subtitle(panel, width).len() + if panel.overlays.is_empty() { 0 } else { panel.overlays.len() + 1 };
        7.0 + lines * title.leading() + under as f64 * small.leading()
    }

    /// The line under the title; what opens it comes in another ink and takes the place of its own width.
    fn subtitle(&self, panel: &RadarPanel, width: f64) -> Vec<String> {
        let whole = format!("{} {}", panel.lead, panel.subtitle);
        Type::small(Ink::Muted).wrap(whole.trim(), width - 2.0, 2)
    }

    fn large_height(&self, panel: &RadarPanel) -> f64 {
        let names = self.names(panel);
        let lists = self.lists_height(&names);
        let ring = names.bottom - names.top + 14.0;
        if self.canvas.narrow { ring + lists + 14.0 } else { ring.max(lists + 12.0) }
    }

    /// Height of the list of rings and of the names of numbered axes under it.
    fn lists_height(&self, names: &Names) -> f64 {
        let axes = if names.numbered { self.chart.axes.len() as f64 * LINE + 6.0 } else { 0.0 };
        (self.chart.rings.len() + 1) as f64 * LINE + axes
    }

    fn scene(&self, rows: &[Row<'_>], last: bool) -> Scene {
        let on = Surface::new(self.canvas.width);
        let mut y = 0.5;
        for row in rows {
            let mut x = 0.0;
            for (index, panel) in row.panels.iter().enumerate() {
                let large = row.large && index == 0;
                let width = if large { self.large } else { self.panel };
                self.panel(&on, panel, (x, y, width, row), large);
                x += width + GUTTER;
            }
            y += row.height;
        }
        if last {
            y += self.legend(Some(&on), y);
        }
        on.finish(y + 1.0)
    }

    fn panel(&self, on: &Surface, panel: &RadarPanel, (x, y, width, row): (f64, f64, f64, &Row<'_>), large: bool) {
        let item = panel.item.as_str();
        on.mark("rule", "").line(&[(x, y), (x + width, y)], &Paint::line(Ink::Axis, 0.5));
        let title = Type::label(Ink::Text).strong();
        let lines = title.wrap(&panel.title, width, 2);
        let mut at = y + 3.0 + title.leading() * 0.9;
        on.mark("title", item).lines(x, at, &lines, title, &panel.title);
        at += (lines.len().max(1) - 1) as f64 * title.leading();
        let small = Type::small(Ink::Muted);
        for (index, line) in self.subtitle(panel, width).iter().enumerate() {
            at += small.leading() * if index == 0 { 1.15 } else { 1.0 };
            let rest = line.strip_prefix(panel.lead.as_str()).filter(|_| index == 0 && !panel.lead.is_empty());
            match rest {
                Some(rest) => {
                    let lead = small.strong();
                    on.mark("current", item).text(x, at, &panel.lead, Type { ink: Ink::Current, ..lead });
                    on.mark("subtitle", item).text(
                        x + lead.width(&panel.lead) + small.width(" "),
                        at,
                        rest.trim_start(),
                        small,
                    );
                }
                None => on.mark("subtitle", item).text(x, at, line, small),
            }
        }
        if !panel.overlays.is_empty() {
            self.overlay_names(on, panel, x, at, width);
        }
        let head = self.head_height(panel, width);
        if large {
            self.large(on, panel, (x, y + head, width));
            return;
        }
        let center = (x + width / 2.0, y + row.height - BELOW - AROUND - self.radius.0);
        self.shape(on, panel, center, self.radius.0);
        for (axis, spot) in panel.current.iter().enumerate() {
            if let Some((sign, set)) = self.sign(*spot) {
                let (dx, dy) = self.direction(axis);
                let reach = self.radius.0 + 8.0;
                let at = (center.0 + dx * reach, center.1 + dy * reach);
                on.mark("missing", item).text(at.0, set.centred(at.1), &sign.sign, set.middle());
            }
        }
    }

    /// Lines and names of subjects drawn over each other.
    fn overlay_names(&self, on: &Surface, panel: &RadarPanel, x: f64, mut at: f64, width: f64) {
        let names =
            std::iter::once(panel.title.as_str()).chain(panel.overlays.iter().map(|overlay| overlay.name.as_str()));
        for (index, name) in names.enumerate().take(3) {
            let set = Type::small(Ink::Text);
            at += set.leading() + if index == 0 { 3.0 } else { 0.0 };
            let y = at - set.size * 0.36;
            on.mark("overlay", "").line(&[(x, y), (x + 18.0, y)], &overlay_paint(index));
            on.clipped(x + 22.0, at, name, Type { ink: overlay_ink(index), ..set }, width - 22.0);
        }
    }

    /// The large panel: names round the shape, and the list of rings.
    fn large(&self, on: &Surface, panel: &RadarPanel, (x, y, width): (f64, f64, f64)) {
        let names = self.names(panel);
        let radius = self.radius.1;
        let middle = self.name_room() + radius + 6.0;
        let center = (x + middle, y + 4.0 - names.top);
        self.shape(on, panel, center, radius);
        let set = Type::small(Ink::Text).strong();
        for (name, full) in names.list.iter().zip(&self.chart.axes) {
            let first = center.1 + name.top + set.size * 0.8;
            let set = Type { anchor: name.anchor, ..set };
            on.mark("axis-name", "").lines(center.0 + name.x, first, &name.lines, set, full);
        }
        if self.canvas.narrow {
            self.lists(on, &names, (x, center.1 + names.bottom + 8.0, width));
        } else {
            let left = middle + radius + self.name_room() + 6.0;
            // Beside the middle of the ring, but not below the panel.
            let lists = self.lists_height(&names);
            let top = (center.1 - lists / 2.0).min(y + self.large_height(panel) - lists - 6.0).max(y);
            self.lists(on, &names, (x + left, top, width - left));
        }
    }

    /// The list of rings, and the names of numbered axes.
    fn lists(&self, on: &Surface, names: &Names, (x, y, width): (f64, f64, f64)) {
        let (text, muted) = (Type::small(Ink::Text), Type::small(Ink::Muted));
        let number = text.strong().widest(self.chart.rings.iter().map(|ring| ring.text.as_str()));
        let left = x + number.max(text.strong().width("12")) + 5.0;
        let mut at = y + 8.0;
        on.mark("rings", "").text(left, at, &self.chart.rings_title, muted);
        let last = self.chart.rings.len() - 1;
        for (index, ring) in self.chart.rings.iter().enumerate().rev() {
            at += LINE;
            on.text(left - 5.0, at, &ring.text, text.strong().end());
            let place = match index {
                0 => self.chart.centre.as_str(),
                index if index == last => self.chart.outside.as_str(),
                _ => "",
            };
            let room = x + width - left - if place.is_empty() { 0.0 } else { muted.width(place) + 5.0 };
            let name = crate::font::clip(&ring.name, text.size, false, room);
            let after = left + if name.is_empty() { 0.0 } else { text.width(&name) + 5.0 };
            on.lines(left, at, &[name], text, &ring.name);
            on.text(after, at, place, muted);
        }
        if names.numbered {
            at += 6.0;
            on.mark("axis-name", "");
            for (axis, name) in self.chart.axes.iter().enumerate() {
                at += LINE;
                on.text(left - 5.0, at, &(axis + 1).to_string(), text.strong().end());
                on.clipped(left, at, name, text, x + width - left);
            }
        }
    }

    /// Room for a name beside the ring of the large panel.
    fn name_room(&self) -> f64 {
        match self.canvas.narrow {
            true => self.canvas.width / 2.0 - self.radius.1 - 6.0,
            false => (self.large * 0.34 - self.radius.1 - 6.0).clamp(50.0, 110.0),
        }
    }

    /// The names of the axes round the large panel; numbers where the names do not find room.
    fn names(&self, panel: &RadarPanel) -> Names {
        let signed = |text: &dyn Fn(usize) -> String| -> Vec<String> {
            let sign = |axis: usize| panel.current.get(axis).and_then(|spot| self.sign(*spot));
            let with = |axis| sign(axis).map_or(text(axis), |(sign, _)| format!("{} {}", text(axis), sign.sign));
            (0..self.chart.axes.len()).map(with).collect()
        };
        let names = signed(&|axis| self.chart.axes[axis].clone());
        let most: &[usize] = if self.canvas.narrow && self.chart.axes.len() > 8 { &[] } else { &[4, 3, 2] };
        let placed = most.iter().find_map(|&lines| self.placed(&names, lines));
        let numbered = placed.is_none();
        let list = placed.or_else(|| self.placed(&signed(&|axis| (axis + 1).to_string()), 1)).unwrap_or_default();
        let radius = self.radius.1;
        let top = list.iter().map(|name| name.top).fold(-radius, f64::min);
        let bottom = list.iter().map(|name| name.top + name.height).fold(radius, f64::max);
        Names { list, numbered, top, bottom }
    }

    /// Texts of at most `most` lines round the centre of the ring, clear of ring and of each other; none where they do
    /// not all fit.
    fn placed(&self, texts: &[String], most: usize) -> Option<Vec<Name>> {
        let set = Type::small(Ink::Text).strong();
        let radius = self.radius.1;
        let room = self.name_room();
        let mut names: Vec<Name> = (texts.iter().enumerate())
            .map(|(axis, text)| {
                let (dx, dy) = self.direction(axis);
                let upright = dx.abs() < 0.1;
                let lines = set.wrap(text, if upright { (2.0 * room).min(130.0) } else { room }, most);
                let height = lines.len() as f64 * set.leading();
                let (top, anchor) = match (upright, dy < 0.0) {
                    (true, true) => (-radius - 4.0 - height, Anchor::Middle),
                    (true, false) => (radius + 5.0, Anchor::Middle),
                    _ if dx > 0.0 => (dy * (radius + 4.0) - height / 2.0, Anchor::Start),
                    _ => (dy * (radius + 4.0) - height / 2.0, Anchor::End),
                };
                Name { lines, x: 0.0, top, height, anchor }
            })
            .collect();
        let low = -radius - 3.0;
        let high = if texts.len().is_multiple_of(2) { radius + 4.0 } else { radius + 24.0 };
        for (side, anchor) in [(-1.0, Anchor::End), (1.0, Anchor::Start)] {
            let mut order: Vec<usize> = (0..names.len()).filter(|&index| names[index].anchor == anchor).collect();
            order.sort_by(|&one, &other| names[one].top.total_cmp(&names[other].top));
            let wanted: Vec<(f64, f64)> =
                order.iter().map(|&index| (names[index].top, names[index].height + 2.0)).collect();
            if wanted.iter().map(|(_, height)| height).sum::<f64>() > high - low {
                return None;
            }
            for (&index, top) in order.iter().zip(spread::apart(&wanted, low, high)) {
                let name = &mut names[index];
                name.top = top;
                // The ring is nearest to the name where its box is nearest to the middle.
                let nearest = if top > 0.0 { top } else { (top + name.height).min(0.0) };
                let reach = radius + 6.0;
                name.x = side * (reach * reach - nearest * nearest).max(36.0).sqrt();
            }
        }
        Some(names)
    }

    /// Rings, spokes, target and levels.
    fn shape(&self, on: &Surface, panel: &RadarPanel, center: (f64, f64), radius: f64) {
        let count = self.chart.axes.len();
        let (low, high) = (self.chart.rings[0].value, self.chart.rings[self.chart.rings.len() - 1].value);
        let ruler = Ruler::new(low, high, 0.0, radius);
        let at = |axis: usize, distance: f64| {
            let (dx, dy) = self.direction(axis);
            (center.0 + dx * distance, center.1 + dy * distance)
        };
        on.mark("grid", "");
        for (index, ring) in self.chart.rings.iter().enumerate().skip(1) {
            let ink = if index + 1 == self.chart.rings.len() { Ink::Axis } else { Ink::Grid };
            let corners: Vec<_> = (0..count).map(|axis| at(axis, ruler.at(ring.value))).collect();
            on.polygon(&corners, &Paint::line(ink, 0.5));
        }
        for axis in 0..count {
            on.line(&[center, at(axis, radius)], &Paint::line(Ink::Grid, 0.5));
        }
        let item = panel.item.as_str();
        let places = |values: &[Option<f64>]| -> Vec<Option<(f64, f64)>> {
            (0..count)
                .map(|axis| values.get(axis).copied().flatten().map(|value| at(axis, ruler.at(value))))
                .collect()
        };
        let target = places(&panel.target);
        outline(on.mark("target", item), &target, &Paint::line(Ink::Target, TARGET.0).dash(&TARGET.1), None);
        for (index, overlay) in panel.overlays.iter().enumerate().take(2) {
            let series = if index == 0 { "second" } else { "third" };
            outline(on.mark(series, ""), &places(&levels(&overlay.current)), &overlay_paint(index + 1), None);
        }
        let current = places(&levels(&panel.current));
        let alone = panel.overlays.is_empty();
        let fill = alone.then(|| Paint::fill(Ink::Current).opacity(0.12));
        outline(on.mark("current", item), &current, &Paint::line(Ink::Current, LEVEL.0), fill.as_ref());
        for place in current.into_iter().flatten() {
            on.circle(place, LEVEL.1, &Paint::fill(Ink::Current));
        }
    }

    /// Where an axis points, from the top clockwise, y downward.
    fn direction(&self, axis: usize) -> (f64, f64) {
        let (sin, cos) = (std::f64::consts::TAU * axis as f64 / self.chart.axes.len() as f64).sin_cos();
        (sin, -cos)
    }

    fn sign(&self, spot: Spot) -> Option<(&'a Sign, Type)> {
        let signs = &self.chart.signs;
        let strong = Type::label(Ink::Text).strong();
        match spot {
            Spot::Level(_) => None,
            Spot::NotAssessed => Some((&signs.not_assessed, strong)),
            Spot::NotApplicable => Some((&signs.not_applicable, Type::small(Ink::Muted))),
            Spot::Invalid => Some((&signs.invalid, strong)),
        }
    }

    /// What the lines and signs mean; gives the height it takes, and draws nothing where there is no surface.
    fn legend(&self, on: Option<&Surface>, top: f64) -> f64 {
        let (text, muted) = (Type::small(Ink::Text), Type::small(Ink::Muted));
        let any = |wanted: Spot| self.chart.panels.iter().any(|panel| panel.current.contains(&wanted));
        let targets = self.chart.panels.iter().any(|panel| panel.target.iter().any(Option::is_some));
        let mut entries: Vec<Entry<'_>> = vec![(Some(Sample::Now), "", self.chart.now.as_str())];
        if targets {
            entries.push((Some(Sample::Target), "", &self.chart.target));
        }
        let signs = &self.chart.signs;
        let missing: Vec<&Sign> = [
            (Spot::NotAssessed, &signs.not_assessed),
            (Spot::Invalid, &signs.invalid),
            (Spot::NotApplicable, &signs.not_applicable),
        ]
        .into_iter()
        .filter_map(|(spot, sign)| any(spot).then_some(sign))
        .collect();
        if !missing.is_empty() {
            entries.push((None, "", &self.chart.missing));
        }
        entries.extend(missing.iter().map(|sign| (None, sign.sign.as_str(), sign.name.as_str())));
        if let Some(on) = on {
            on.mark("rule", "")
                .line(&[(0.0, top + 2.0), (self.canvas.width, top + 2.0)], &Paint::line(Ink::Hairline, 0.5));
        }
        let (mut x, mut y) = (0.0, 16.0);
        for (sample, sign, name) in entries {
            let before = if sample.is_some() {
                24.0
            } else if sign.is_empty() {
                0.0
            } else {
                text.strong().width(sign) + 4.0
            };
            let width = before + text.width(name);
            if x > 0.0 && x + width > self.canvas.width {
                (x, y) = (0.0, y + 13.0);
            }
            if let Some(on) = on {
                let line = top + y - text.size * 0.36;
                on.mark("legend", "");
                match sample {
                    Some(Sample::Now) => {
                        on.line(&[(x, line), (x + 20.0, line)], &Paint::line(Ink::Current, LEVEL.0));
                        on.circle((x + 10.0, line), LEVEL.1, &Paint::fill(Ink::Current));
                    }
                    Some(Sample::Target) => {
                        on.line(&[(x, line), (x + 20.0, line)], &Paint::line(Ink::Target, TARGET.0).dash(&TARGET.1));
                    }
                    None => on.text(x, top + y, sign, text.strong()),
                }
                on.clipped(
                    x + before,
                    top + y,
                    name,
                    if sign.is_empty() { text } else { muted },
                    self.canvas.width - before,
                );
            }
            x += width + 5.0 * MM;
        }
        y + 5.0
    }
}

/// A sample or a sign, and what it means.
type Entry<'a> = (Option<Sample>, &'a str, &'a str);

/// A line in the legend.
enum Sample {
    Now,
    Target,
}

/// The names round the ring, and how far above and below its centre they reach.
struct Names {
    list: Vec<Name>,
    /// Whether they are numbers, to be explained in a list.
    numbered: bool,
    top: f64,
    bottom: f64,
}

/// The name of an axis, its box measured from the centre of the ring.
struct Name {
    lines: Vec<String>,
    x: f64,
    top: f64,
    height: f64,
    anchor: Anchor,
}

fn levels(spots: &[Spot]) -> Vec<Option<f64>> {
    spots.iter().map(|spot| if let Spot::Level(level) = spot { Some(*level) } else { None }).collect()
}

fn overlay_ink(index: usize) -> Ink {
    [Ink::Current, Ink::Second, Ink::Third][index.min(2)]
}

fn overlay_paint(index: usize) -> Paint {
    let line = Paint::line(overlay_ink(index), LEVEL.0);
    match index {
        0 => line,
        1 => line.dash(&[5.0, 2.5]),
        _ => line.dash(&[1.2, 2.0]),
    }
}

/// The line through the places, broken where one is missing; filled only where it is closed.
fn outline(on: &Surface, places: &[Option<(f64, f64)>], line: &Paint, fill: Option<&Paint>) {
    let whole: Vec<(f64, f64)> = places.iter().copied().flatten().collect();
    if whole.len() == places.len() {
        if let Some(fill) = fill {
            on.polygon(&whole, fill);
        }
        on.polygon(&whole, line);
        return;
    }
    // From the first gap round, so that a run across the top stays in one piece.
    let start = places.iter().position(Option::is_none).unwrap_or(0);
    let mut run: Vec<(f64, f64)> = Vec::new();
    for step in 0..=places.len() {
        match places[(start + step) % places.len()] {
            Some(place) => run.push(place),
            None => {
                if run.len() > 1 {
                    on.line(&run, line);
                }
                run.clear();
            }
        }
    }
}
