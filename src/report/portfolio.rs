//! Many reports on one page: a row each, sorted by gap, with its areas as small multiples below and a link to each.
//!
//! A portfolio is a [`Report`] like any other, so page, paper and Markdown come from the renderers there are. It adds no
//! figures of its own: every number is the overall or an area's figure of one analysis.

use super::composer::{Numbers, figure};
use super::ids::{Ids, slug};
use super::table::share_of;
use super::{Block, Cell, Column, Fact, Figure, Furniture, KeyFigure, PageWords, Report, Row, Section, Table, Tone};
use crate::analysis::{Analysis, Figures};
use crate::chart::{Axis, Chart, Dumbbell, DumbbellRow, Figure as Number, Tick};
use crate::number::NumberStyle;
use crate::wording::Words;

/// Several analyses to stand side by side.
#[derive(Clone, Debug)]
pub struct Portfolio<'a> {
    /// Its title, the client's words.
    pub title: String,
    /// Language of the wording, BCP 47; a language without a table gives English.
    pub lang: String,
    /// Its date, ISO.
    pub date: String,
    /// The reports, in the order that ties keep.
    pub rows: Vec<PortfolioRow<'a>>,
}

/// One report of a portfolio.
#[derive(Clone, Debug)]
pub struct PortfolioRow<'a> {
    /// How it is called: its title, or its file where titles repeat.
    pub name: String,
    /// Its page, relative to the portfolio's, parts parted by `/`: `teams/bank.html`. Empty for none.
    pub page: String,
    /// Its numbers.
    pub analysis: &'a Analysis,
}

/// Most areas of a report among the small multiples.
const AREAS: usize = 6;
/// Most reports among the small multiples; the table holds them all.
const MULTIPLES: usize = 40;

/// Composes the portfolio.
pub fn portfolio(portfolio: &Portfolio) -> Report {
    let words = Words::of(&portfolio.lang).unwrap_or_else(Words::english);
    let mut ids = Ids::default();
    let mut entries: Vec<Entry> = portfolio
        .rows
        .iter()
        .map(|row| Entry {
            id: ids.give("report", &slug(&row.name)),
            row,
            numbers: Numbers::of(row.analysis, words.numbers()),
        })
        .collect();
    let targeted = entries.iter().any(|entry| entry.overall().gap.is_some());
    sort(&mut entries, targeted);
    let shared = entries.windows(2).all(|pair| pair[0].row.analysis.scale == pair[1].row.analysis.scale);
    let view = View { words, entries, targeted, shared };
    let mut blocks = vec![Block::Findings(view.findings()), Block::KeyFigures(view.key_figures())];
    if !view.entries.is_empty() {
        blocks.push(Block::Figure(view.overview()));
        blocks.push(Block::Table(view.table()));
        blocks.extend(view.areas().map(Block::Figure));
    }
    Report {
        title: portfolio.title.clone(),
        lang: view.words.lang().to_owned(),
        date: portfolio.date.clone(),
        generator: concat!("gapwise ", env!("CARGO_PKG_VERSION")).to_owned(),
        facts: view.facts(&portfolio.date),
        sections: vec![Section {
            id: "portfolio".to_owned(),
            nav: view.say("portfolio.nav", &[]),
            title: String::new(),
            lead: String::new(),
            depth: 1,
            new_page: false,
            paper_only: false,
            blocks,
        }],
        furniture: Furniture::of(&view.words, &portfolio.date),
        controls: PageWords::of(&view.words),
        scale: None,
    }
}

struct Entry<'a> {
    id: String,
    row: &'a PortfolioRow<'a>,
    numbers: Numbers,
}

impl Entry<'_> {
    fn overall(&self) -> &Figures {
        &self.row.analysis.overall
    }
}

/// The widest gap first; without targets the lowest share of the scale. Unknown ones last, ties in the order given.
fn sort(entries: &mut [Entry], targeted: bool) {
    let key = |entry: &Entry| match targeted {
        true => entry.overall().gap.map_or(f64::INFINITY, |gap| -gap),
        false => entry.overall().percent_of_scale.unwrap_or(f64::INFINITY),
    };
    entries.sort_by(|a, b| key(a).total_cmp(&key(b)));
}

struct View<'a> {
    words: Words,
    entries: Vec<Entry<'a>>,
    targeted: bool,
    /// Whether all reports stand on one scale.
    shared: bool,
}

impl View<'_> {
    fn say(&self, key: &str, args: &[(&str, &str)]) -> String {
        self.words.say(key, args)
    }

    fn unknown(&self) -> String {
        self.say("sign.not-applicable", &[])
    }

    fn n_of_m(&self, n: u64, m: u64) -> String {
        self.say("phrase.n-of-m", &[("n", &n.to_string()), ("m", &m.to_string())])
    }

    fn rated(&self, figures: &Figures) -> String {
        if figures.applicable == 0 { self.unknown() } else { self.n_of_m(figures.assessed, figures.applicable) }
    }

    fn total_rated(&self) -> (u64, u64) {
        let sum = |of: fn(&Figures) -> u64| self.entries.iter().map(|entry| of(entry.overall())).sum();
        (sum(|it| it.assessed), sum(|it| it.applicable))
    }

    fn facts(&self, date: &str) -> Vec<Fact> {
        let fact = |label: &str, value: String| Fact { label: self.say(label, &[]), value };
        let reports = self.words.count("portfolio.reports", self.entries.len() as u64, &[]);
        let mut facts = vec![fact("fact.assessed", reports)];
        if let Some(first) = self.entries.first().filter(|_| self.shared) {
            let scale = &first.row.analysis.scale;
            let level = |value: f64| {
                let shown = first.numbers.level(value);
                match scale.name_of(value) {
                    Some(name) => self.say("phrase.level-and-name", &[("level", &shown), ("name", name)]),
                    None => shown,
                }
            };
            let (low, high) = (level(scale.lowest()), level(scale.highest()));
            facts.push(fact("fact.scale", self.say("fact.scale-value", &[("low", &low), ("high", &high)])));
        }
        facts.push(fact("fact.date", self.words.date(date)));
        facts
    }

    /// How many there are, how sure they are, which is furthest off.
    fn findings(&self) -> Vec<String> {
        let (n, m) = self.total_rated();
        let reports = self.words.count("portfolio.reports", self.entries.len() as u64, &[]);
        let mut findings = vec![self.say("portfolio.stand", &[("reports", &reports), ("rated", &self.n_of_m(n, m))])];
        let widest = self.entries.first().and_then(|entry| Some((entry, entry.overall().gap?)));
        match widest {
            Some((entry, gap)) if entry.numbers.sign(gap) > 0 => findings.push(self.words.measure(
                "portfolio.widest",
                &entry.numbers.mean(gap),
                &[("name", &entry.row.name)],
            )),
            Some(_) => findings.push(self.say("portfolio.met", &[])),
            None if !self.entries.is_empty() && !self.targeted => {
                findings.push(self.say("portfolio.no-target", &[]));
            }
            None => {}
        }
        findings
    }

    fn key_figures(&self) -> Vec<KeyFigure> {
        let (n, m) = self.total_rated();
        let key = |label: &str, value: String, note: String, tone: Tone| KeyFigure {
            label: self.say(label, &[]),
            value,
            note,
            tone,
            number: None,
        };
        let coverage = match m {
            0 => self.unknown(),
            m => self.words.numbers().percent(n as f64 / m as f64),
        };
        let mut keys = vec![
            key("portfolio.key-reports", self.entries.len().to_string(), String::new(), Tone::Strong),
            key("key.coverage", coverage, self.say("key.rated", &[("rated", &self.n_of_m(n, m))]), Tone::Strong),
        ];
        let widest = self.entries.first().and_then(|entry| Some((entry, entry.overall().gap?)));
        if let Some((entry, gap)) = widest {
            keys.push(key("portfolio.key-widest", entry.numbers.mean_gap(gap), entry.row.name.clone(), Tone::Gap));
        }
        keys
    }

    /// A row a report.
    fn overview(&self) -> Figure {
        let rows = self
            .entries
            .iter()
            .map(|entry| self.chart_row(entry, entry.overall(), &entry.id, &entry.row.name, ""))
            .collect();
        let first = &self.entries[0];
        let title = match first.overall().gap {
            Some(gap) if first.numbers.sign(gap) > 0 => self.say("title.furthest", &[("name", &first.row.name)]),
            Some(_) => self.say("portfolio.met-title", &[]),
            None => self.say("portfolio.levels-title", &[]),
        };
        Figure {
            id: "chart-reports".to_owned(),
            title,
            lead: self.lead("portfolio.lead", "portfolio.lead-mixed"),
            alt: self.alt(),
            chart: self.dumbbell(rows),
            // The table stands open below, as its rows lead to the reports.
            table: Table { id: "table-chart-reports".to_owned(), rows: Vec::new(), ..self.table() },
            print_table: false,
            note: String::new(),
        }
    }

    fn lead(&self, shared: &str, mixed: &str) -> String {
        if self.shared { self.say(shared, &[]) } else { self.say(mixed, &[]) }
    }

    fn alt(&self) -> String {
        let sentence = |entry: &Entry| {
            let shown = |value: Option<f64>| value.map_or_else(|| self.unknown(), |it| entry.numbers.mean(it));
            let figures = entry.overall();
            let gap = figures.gap.map_or_else(|| self.unknown(), |gap| entry.numbers.mean_gap(gap));
            let (now, target) = (shown(figures.current), shown(figures.target));
            let args = [("name", entry.row.name.as_str()), ("now", &now), ("target", &target), ("gap", &gap)];
            self.say("alt.entry", &[args[0], args[1], args[2], args[3], ("rated", &self.rated(figures))])
        };
        self.entries.iter().map(sentence).collect::<Vec<_>>().join(" ")
    }

    /// The areas of each report with the widest gaps, one group a report.
    fn areas(&self) -> Option<Figure> {
        let mut rows = Vec::new();
        let mut table = Vec::new();
        for entry in self.entries.iter().take(MULTIPLES) {
            let analysis = entry.row.analysis;
            let mut areas: Vec<_> = analysis.areas.iter().filter(|area| area.path.len() == 1).collect();
            let gap = |figures: &Figures| figures.gap.unwrap_or(f64::NEG_INFINITY);
            areas.sort_by(|a, b| gap(&b.figures).total_cmp(&gap(&a.figures)));
            for area in areas.into_iter().take(AREAS) {
                rows.push(self.chart_row(entry, &area.figures, &entry.id, &area.name, &entry.row.name));
                let mut cells = vec![Cell::strong(&entry.row.name), Cell::plain(&area.name)];
                cells.extend(self.figures(entry, &area.figures));
                table.push(Row::about(&entry.id, cells));
            }
        }
        if rows.len() <= self.entries.len() {
            return None;
        }
        let most = AREAS.to_string();
        let mut columns = vec![self.report_column(), Column::words("area", self.say("head.area", &[]), 24.0)];
        columns.extend(self.figure_columns());
        Some(Figure {
            id: "chart-report-areas".to_owned(),
            title: self.say("portfolio.areas", &[]),
            lead: self.say("portfolio.areas-lead", &[("n", &most)]),
            alt: self.say("portfolio.areas", &[]),
            chart: self.dumbbell(rows),
            table: Table {
                id: "table-report-areas".to_owned(),
                caption: self.say("portfolio.areas", &[]),
                show_caption: false,
                columns,
                rows: table,
                interactive: true,
            },
            print_table: false,
            note: if self.shared { String::new() } else { self.say("portfolio.lead-mixed", &[]) },
        })
    }

    fn dumbbell(&self, rows: Vec<DumbbellRow>) -> Chart {
        let mut columns = Vec::new();
        if self.targeted {
            columns.push(self.say("head.gap", &[]));
        }
        columns.push(self.say("head.rated", &[]));
        Chart::Dumbbell(Dumbbell {
            axis: self.axis(),
            now: self.say("chart.now", &[]),
            target: self.say("chart.target", &[]),
            columns,
            beside: String::new(),
            rows,
        })
    }

    /// The scale of all reports; where they differ, shares of each one's own.
    fn axis(&self) -> Axis {
        match self.entries.first().filter(|_| self.shared) {
            Some(first) => {
                let scale = &first.row.analysis.scale;
                let tick = |level: &crate::model::Level| Tick {
                    value: level.value,
                    text: first.numbers.level(level.value),
                    name: level.name.clone().unwrap_or_default(),
                };
                Axis { low: scale.lowest(), high: scale.highest(), ticks: scale.levels().iter().map(tick).collect() }
            }
            None => {
                let tick = |step: u8| {
                    let value = f64::from(step) / 4.0;
                    Tick { value, text: self.words.numbers().percent(value), name: String::new() }
                };
                Axis { low: 0.0, high: 1.0, ticks: (0..=4).map(tick).collect() }
            }
        }
    }

    fn chart_row(&self, entry: &Entry, figures: &Figures, item: &str, name: &str, group: &str) -> DumbbellRow {
        let scale = &entry.row.analysis.scale;
        let place = |value: Option<f64>| {
            value.map(|value| {
                let value_there = if self.shared { value } else { (value - scale.lowest()) / scale.span() };
                Number { value: value_there, text: entry.numbers.mean(value) }
            })
        };
        let mut cells = Vec::new();
        if self.targeted {
            cells.push(figures.gap.map_or_else(|| self.unknown(), |gap| entry.numbers.mean_gap(gap)));
        }
        cells.push(self.rated(figures));
        DumbbellRow {
            item: item.to_owned(),
            name: name.to_owned(),
            group: group.to_owned(),
            total: false,
            current: place(figures.current),
            target: place(figures.target),
            previous: None,
            cells,
            note: match (figures.current, figures.applicable) {
                (Some(_), _) => String::new(),
                (None, 0) => self.say("chart.none-applies", &[]),
                (None, n) => self.words.count("chart.none-rated", n, &[]),
            },
            beside: Default::default(),
        }
    }

    fn report_column(&self) -> Column {
        let width = share_of(self.entries.iter().map(|entry| entry.row.name.as_str()), 14.0, 36.0);
        Column::words("report", self.say("portfolio.report", &[]), width)
    }

    fn changed(&self) -> bool {
        self.entries.iter().any(|entry| entry.overall().change.is_some())
    }

    fn figure_columns(&self) -> Vec<Column> {
        let number = |key: &str, head: &str, share: f64| Column::numbers(key, self.say(head, &[]), share);
        let mut columns = vec![number("current", "head.now", 7.0)];
        if self.targeted {
            columns.push(number("target", "head.target", 7.0));
            columns.push(number("gap", "head.gap", 7.0));
            columns.push(number("percent", "head.percent", 10.0));
        }
        if self.changed() {
            columns.push(number("change", "head.change", 8.0));
        }
        columns.push(number("rated", "head.rated", 11.0));
        columns
    }

    fn figures(&self, entry: &Entry, it: &Figures) -> Vec<Cell> {
        let style: NumberStyle = self.words.numbers();
        let shown = |value: Option<f64>, print: &dyn Fn(f64) -> String, tone: Tone| {
            figure(value.map_or_else(|| self.unknown(), print), value, tone)
        };
        let mean = |value: f64| entry.numbers.mean(value);
        let gap = |value: f64| entry.numbers.mean_gap(value);
        let percent = |value: f64| style.percent(value);
        let mut cells = vec![shown(it.current, &mean, Tone::Current)];
        if self.targeted {
            cells.push(shown(it.target, &mean, Tone::Target));
            cells.push(shown(it.gap, &gap, Tone::Gap));
            cells.push(shown(it.percent_to_target, &percent, Tone::Plain));
        }
        if self.changed() {
            cells.push(shown(it.change, &gap, Tone::Plain));
        }
        cells.push(figure(self.rated(it), it.coverage(), Tone::Muted));
        cells
    }

    fn table(&self) -> Table {
        let mut columns = vec![self.report_column()];
        columns.extend(self.figure_columns());
        if !self.shared {
            columns.push(Column::words("scale", self.say("fact.scale", &[]), 9.0));
        }
        let rows = self.entries.iter().map(|entry| {
            let mut cells = vec![Cell::strong(&entry.row.name).linked(address(&entry.row.page))];
            cells.extend(self.figures(entry, entry.overall()));
            if !self.shared {
                let scale = &entry.row.analysis.scale;
                let (low, high) = (entry.numbers.level(scale.lowest()), entry.numbers.level(scale.highest()));
                cells.push(Cell::muted(self.say("fact.scale-value", &[("low", &low), ("high", &high)])));
            }
            Row { id: entry.id.clone(), ..Row::about(&entry.id, cells) }
        });
        Table {
            id: "table-reports".to_owned(),
            caption: self.say("portfolio.table", &[]),
            show_caption: false,
            columns,
            rows: rows.collect(),
            interactive: true,
        }
    }
}

/// A relative path as an address: what an address cannot hold is escaped, and nothing in it can lead elsewhere.
fn address(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => out.push(byte as char),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out.trim_start_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples::analysis;

    fn row<'a>(name: &str, page: &str, analysis: &'a Analysis) -> PortfolioRow<'a> {
        PortfolioRow { name: name.to_owned(), page: page.to_owned(), analysis }
    }

    fn of(rows: Vec<PortfolioRow>) -> Report {
        portfolio(&Portfolio { title: "All".into(), lang: "en".into(), date: "2026-01-31".into(), rows })
    }

    fn table(report: &Report) -> Vec<Vec<String>> {
        let tables = report.sections[0].blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        });
        let rows = tables.flat_map(|table| &table.rows);
        rows.map(|row| row.cells.iter().map(|cell| cell.text.clone()).collect()).collect()
    }

    #[test]
    fn a_row_a_report_widest_gap_first_unknown_last() {
        let near = analysis(&["Testing | | Core | 2 | 3 | | 1", "Data | | Core | 2 | 2"]);
        let far = analysis(&["Testing | | Core | 0 | 3", "Data | | Core | -1 | 2"]);
        let none = analysis(&["Testing | | Core | - | 3"]);
        let report =
            of(vec![row("None", "", &none), row("Near", "a/near.html", &near), row("Far", "far.html", &far)]);
        assert_eq!(
            table(&report),
            [
                ["Far", "−0.5", "2.5", "+3.0", "14\u{a0}%", "n/a", "2 of 2"],
                ["Near", "2.0", "2.5", "+0.5", "86\u{a0}%", "+1.0", "2 of 2"],
                ["None", "n/a", "3.0", "n/a", "n/a", "n/a", "0 of 1"],
            ]
        );
        assert_eq!(
            report.findings(),
            ["3 reports: 4 of 5 applicable ratings are levels.", "Far has the most to close: 3.0 levels."]
        );
    }

    #[test]
    fn addresses_lead_nowhere_else() {
        assert_eq!(address("teams/First Bank.html"), "teams/First%20Bank.html");
        assert_eq!(address("javascript:alert(1)"), "javascript%3Aalert%281%29");
        assert_eq!(address("//evil.example/é"), "evil.example/%C3%A9");
    }
}
