//! What the reader will see, in order, as plain data: sentences, tables, charts. Numbers are already words here.
//!
//! One [`Report`] feeds the page, the paper and the job summary, so no two of them can disagree. Renderers place these
//! blocks; they add no wording of their own.

mod appendix;
mod area;
mod areas;
mod change;
mod charts;
mod compose;
mod composer;
mod coverage;
mod dress;
mod entries;
mod findings;
mod forecast;
mod guide;
mod ids;
mod ladder;
mod method;
mod model;
mod portfolio;
mod priority;
mod profiles;
mod roadmap;
mod rows;
mod rule;
#[cfg(test)]
pub(crate) mod samples;
mod steps;
mod subject;
mod subjects;
mod summary;
mod table;
#[cfg(test)]
mod tests;
mod titles;
mod trend;

use serde::Serialize;

use crate::chart::Chart;
use crate::wording::Words;

pub use compose::{ReportOptions, compose};
pub use composer::{Detail, Numbers};
pub use dress::dress;
pub use portfolio::{Portfolio, PortfolioRow, portfolio};

/// A whole report.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The title, the client's words.
    pub title: String,
    /// Language of the wording, BCP 47: `en`.
    pub lang: String,
    /// The date of the report, ISO.
    pub date: String,
    /// The program and its version.
    pub generator: String,
    /// Labelled facts below the title: subjects, model, scale, targets, date, file.
    pub facts: Vec<Fact>,
    /// Chapters in order; the first is the summary, which fits one page.
    pub sections: Vec<Section>,
    /// Words that a renderer needs around the content.
    pub furniture: Furniture,
    /// Words of the page's controls.
    pub controls: PageWords,
    /// The lowest and the highest level, where all figures stand on one scale.
    pub scale: Option<(f64, f64)>,
}

impl Report {
    /// The sentences of the summary.
    pub fn findings(&self) -> Vec<String> {
        let blocks = self.sections.iter().flat_map(|section| &section.blocks);
        blocks
            .filter_map(|block| match block {
                Block::Findings(sentences) => Some(sentences.clone()),
                _ => None,
            })
            .next()
            .unwrap_or_default()
    }
}

/// Words around the content: running heads, repeated table heads, controls of the page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Furniture {
    /// The report's date in the language's form.
    pub date: String,
    /// How the report may be passed on (`Confidential`); empty for no mark.
    pub classification: String,
    /// `Contents`.
    pub contents: String,
    /// Foot of a page with `{n}` and `{m}`: `page {n} of {m}`.
    pub page: String,
    /// Above the repeated head of a table that goes on: `continued`.
    pub continued: String,
    /// `Skip to content`.
    pub skip: String,
    /// Link below a chart to its table: `Table`.
    pub table: String,
    /// `Data`: heading above the downloads.
    pub data: String,
    /// `Ratings as CSV`.
    pub csv: String,
    /// `Analysis as JSON`.
    pub json: String,
}

impl Furniture {
    /// The words of a language, for a report of this ISO date.
    fn of(words: &Words, date: &str) -> Self {
        let say = |key: &str| words.say(key, &[]);
        Self {
            date: words.date(date),
            classification: String::new(),
            contents: say("furniture.contents"),
            page: words.say("furniture.page", &[("n", "{n}"), ("m", "{m}")]),
            continued: say("furniture.continued"),
            skip: say("furniture.skip"),
            table: say("furniture.table"),
            data: say("furniture.data"),
            csv: say("furniture.csv"),
            json: say("furniture.json"),
        }
    }
}

/// Words of the page's controls, which paper does not have.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PageWords {
    /// The decimal mark: `.`.
    pub decimal: String,
    /// What stands behind a percentage: ` %`.
    pub percent: String,
    /// What stands for an unknown figure: `n/a`.
    pub unknown: String,
    /// `Target`.
    pub target: String,
    /// First choice of a filter: `All`.
    pub all: String,
    /// Label of the search field: `Find`.
    pub find: String,
    /// What a filter leaves, with `{n}` and `{m}`: `{n} of {m} rows`.
    pub rows: String,
    /// In place of rows where nothing fits: `No row fits.`
    pub no_rows: String,
    /// Takes all filters off: `Show all`.
    pub reset: String,
    /// Puts the rows shown on the clipboard: `Copy rows`.
    pub copy: String,
    /// Puts the address of this view on the clipboard: `Copy link`.
    pub link: String,
    /// Said after either: `Copied`.
    pub copied: String,
    /// Saves a drawing as a vector picture: `SVG`.
    pub svg: String,
    /// Saves a drawing as a bitmap: `PNG`.
    pub png: String,
    /// Opens the scenario: `What if`.
    pub what_if: String,
    /// Explains the scenario's controls.
    pub what_if_lead: String,
    /// In the scenario's bar, with `{n}`, for one target: `{n} target changed`.
    pub changed_one: String,
    /// The same for several: `{n} targets changed`.
    pub changed_many: String,
    /// In the scenario's bar: `Not part of the assessment; nothing is saved.`
    pub not_assessed: String,
    /// Leaves the scenario: `Back to the assessment`.
    pub back: String,
    /// Under a changed figure, with `{v}`: `{v} as assessed`.
    pub as_assessed: String,
    /// Moves a target down, with `{name}`: `Lower the target of {name}`.
    pub lower: String,
    /// Moves a target up, with `{name}`: `Raise the target of {name}`.
    pub raise: String,
    /// Saves the rows shown: `CSV`.
    pub csv: String,
    /// Brings the rows of a long table that are not shown yet, with `{n}`: `All {n} rows`.
    pub more: String,
    /// What figures are given in: `Figures in`.
    pub figures_in: String,
    /// The first choice for that: `levels`.
    pub levels: String,
    /// The second: `percent of the scale`.
    pub of_scale: String,
    /// The finding of a scenario, with `{target}`, `{gap}` and `{list}`: `In this scenario: target {target} …`.
    pub in_scenario: String,
    /// The same where no area falls short, with `{target}`.
    pub in_scenario_met: String,
}

impl PageWords {
    /// The words in a language.
    pub fn of(words: &Words) -> Self {
        let say = |key: &str| words.say(key, &[]);
        let name = |key: &str| words.say(key, &[("name", "{name}")]);
        Self {
            decimal: words.numbers().decimal.to_string(),
            percent: if words.numbers().blank_before_percent { "\u{a0}%".to_owned() } else { "%".to_owned() },
            unknown: say("sign.not-applicable"),
            target: say("head.target"),
            all: say("page.all"),
            find: say("page.find"),
            rows: words.say("page.rows", &[("n", "{n}"), ("m", "{m}")]),
            no_rows: say("page.no-rows"),
            reset: say("page.reset"),
            copy: say("page.copy"),
            link: say("page.link"),
            copied: say("page.copied"),
            svg: say("page.svg"),
            png: say("page.png"),
            what_if: say("page.what-if"),
            what_if_lead: say("page.what-if-lead"),
            changed_one: words.measure("page.changed", "1", &[]),
            changed_many: words.measure("page.changed", "{n}", &[]),
            not_assessed: say("page.not-assessed"),
            back: say("page.back"),
            as_assessed: words.say("page.as-assessed", &[("v", "{v}")]),
            lower: name("page.lower"),
            raise: name("page.raise"),
            csv: say("page.csv"),
            more: words.say("page.more", &[("n", "{n}")]),
            figures_in: say("page.figures-in"),
            levels: say("page.levels"),
            of_scale: say("page.of-scale"),
            in_scenario: words
                .say("page.in-scenario", &[("target", "{target}"), ("gap", "{gap}"), ("list", "{list}")]),
            in_scenario_met: words.say("page.in-scenario-met", &[("target", "{target}")]),
        }
    }
}

/// A label and what stands beside it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fact {
    /// `Scale`.
    pub label: String,
    /// `−1 Regressive to 3 Optimizing`.
    pub value: String,
}

/// A chapter.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Stable and unique: `summary`, `area-testing`.
    pub id: String,
    /// Its short name in navigation, contents and running head: `Summary`.
    pub nav: String,
    /// The heading, a finding: `Testing: 1.7 levels to close`. Empty for the summary, which stands under the title.
    pub title: String,
    /// One line under the heading that says what is measured; may be empty.
    pub lead: String,
    /// 1 for a chapter, 2 for a part of the chapter before it (an area below "Areas").
    pub depth: u8,
    /// Whether it starts on a new page on paper.
    pub new_page: bool,
    /// Whether the page leaves it out: its tables sort and filter, and show the same without a drawing a row.
    pub paper_only: bool,
    /// Its content.
    pub blocks: Vec<Block>,
}

/// A piece of content.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "a report holds some hundred blocks, each made once")]
pub enum Block {
    /// A heading inside the section (one level below the section's), with an optional subtitle line.
    Heading {
        /// Stable and unique.
        id: String,
        /// The heading.
        text: String,
        /// What is measured; may be empty.
        lead: String,
    },
    /// Sentences of the summary in large type, the first one strong.
    Findings(Vec<String>),
    /// A paragraph.
    Paragraph(String),
    /// A remark in small type.
    Note(String),
    /// A row of key figures.
    KeyFigures(Vec<KeyFigure>),
    /// A chart with its table twin.
    Figure(Figure),
    /// A table.
    Table(Table),
    /// Cards side by side, three a row: first steps, what the figures mean.
    Cards(Vec<Card>),
    /// Several short lists side by side, at most three a row: what was not assessed, invalid, not applicable.
    Lists(Vec<List>),
    /// The scale as a ladder, highest level first.
    Ladder(Vec<Rung>),
    /// A block that paper leaves out, since a picture there says the same.
    OnPage(Box<Block>),
    /// Blocks for paper alone, which cannot unfold: in columns of equal width beside each other where there are several.
    OnPaper(Vec<Vec<Block>>),
}

impl Block {
    /// The block as the page shows it.
    pub fn on_page(&self) -> &Block {
        match self {
            Block::OnPage(block) => block.on_page(),
            block => block,
        }
    }
}

/// One large number with its label above and a note below.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct KeyFigure {
    /// `Level now`.
    pub label: String,
    /// `0.5`.
    pub value: String,
    /// `51 of 57 rated`.
    pub note: String,
    /// How the value is coloured.
    pub tone: Tone,
    /// The number unrounded, where the value is a level or a difference of levels.
    pub number: Option<f64>,
}

/// A chart with what makes it readable without eyes.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Stable and unique: `chart-gaps`.
    pub id: String,
    /// The finding: `Testing is furthest from target`.
    pub title: String,
    /// Measure, order, scale, coverage.
    pub lead: String,
    /// The numbers in words, for those who do not see the picture.
    pub alt: String,
    /// What is drawn.
    pub chart: Chart,
    /// The same data as a table: on the page folded below the chart, on paper left to the section's own tables
    /// unless `print_table`.
    pub table: Table,
    /// Whether paper shows the table too (its numbers stand nowhere else).
    pub print_table: bool,
    /// A remark below; may be empty.
    pub note: String,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Table {
    /// Stable and unique: `table-areas`.
    pub id: String,
    /// What it shows; read out by screen readers, printed only where `show_caption`.
    pub caption: String,
    /// Whether the caption is printed (a heading above says it otherwise).
    pub show_caption: bool,
    /// Columns from left to right; the first is the row's head.
    pub columns: Vec<Column>,
    /// Rows from top to bottom, each with as many cells as there are columns.
    pub rows: Vec<Row>,
    /// Whether the page may offer sorting and filtering on it.
    pub interactive: bool,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Column {
    /// Its head.
    pub head: String,
    /// Numbers stand right, words left.
    pub right: bool,
    /// Share of the width relative to the other columns, about the number of letters it needs.
    pub share: f64,
    /// The machine name of what it holds (`gap`, `area`, `cell`), for sorting, filters and exports.
    pub key: String,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// Stable and unique where something links to it: `cell-Q3-D14`; empty for none.
    pub id: String,
    /// The slug of what the row is about, shared with the chart's `item`; empty for none.
    pub item: String,
    /// A total, set apart by a rule.
    pub total: bool,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// A cell of a table; never empty on paper.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cell {
    /// What is shown.
    pub text: String,
    /// How it is coloured and set.
    pub tone: Tone,
    /// What it is sorted by, unrounded; `None` sorts last or by text.
    pub value: Option<f64>,
    /// A place in this report it leads to (`#area-testing`); empty for none.
    pub href: String,
}

/// How a text is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// Running text.
    #[default]
    Plain,
    /// Semibold.
    Strong,
    /// Secondary.
    Muted,
    /// A level now.
    Current,
    /// A target.
    Target,
    /// A gap: semibold.
    Gap,
    /// A cell, a code, a hash.
    Code,
}

/// A card: a number, a headline, lines below.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Card {
    /// `1`; may be empty.
    pub number: String,
    /// The headline.
    pub title: String,
    /// Lines below it.
    pub lines: Vec<Line>,
}

/// A line of a card or list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// The text.
    pub text: String,
    /// How it is set.
    pub tone: Tone,
}

/// A titled list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct List {
    /// `Not assessed, 4`.
    pub title: String,
    /// The sign of the state it lists (`–`, `×`, `n/a`); empty for none.
    pub sign: String,
    /// Entries, each of one or more lines.
    pub entries: Vec<Vec<Line>>,
}

/// A rung of the scale's ladder.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rung {
    /// `2`.
    pub value: String,
    /// `Quantitatively managed`; may be empty.
    pub name: String,
    /// What it means; may be empty.
    pub summary: String,
}
