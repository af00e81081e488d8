//! The report as the template wants it: finished texts, class names, heading levels, drawings. Nothing is decided in
//! the template but where things stand.

use std::collections::BTreeSet;

use serde::Serialize;

use super::cells::{Looks, TableView, plain_number, table_view};
use super::heat::{HeatView, heat_view};
use super::picture::{Palette, picture};
use super::text::{Text, clean, direction};
use crate::chart::{self, Canvas, Chart};
use crate::report::{
    Block, Card, Fact, Figure, Furniture, KeyFigure, Line, List, PageWords, Report, Row, Rung, Section, Table, Tone,
};

/// Widths the charts are drawn for, with the class that shows or hides them. The wide one has the measures of a sheet
/// of paper, so that the page prints in the same type sizes as the PDF; the narrow one keeps 11 pixels on a screen of
/// 320.
const DRAWINGS: [(&str, Canvas); 2] = [
    ("wide", Canvas { width: 493.2, narrow: false, max_height: f64::INFINITY }),
    ("narrow", Canvas { width: 196.0, narrow: true, max_height: f64::INFINITY }),
];

/// Chapters with more parts than this are not spread out in the navigation; their own tables lead to the parts.
const PARTS_IN_NAVIGATION: usize = 12;

/// The whole page.
#[derive(Serialize)]
pub(super) struct Page {
    lang: String,
    dir: &'static str,
    title: Text,
    date: String,
    generator: String,
    facts: Vec<FactView>,
    navigation: Vec<Entry>,
    sections: Vec<SectionView>,
    furniture: Furniture,
    words: PageWords,
}

#[derive(Serialize)]
struct FactView {
    label: String,
    value: Text,
}

#[derive(Serialize)]
struct Entry {
    id: String,
    name: Text,
    parts: Vec<Entry>,
}

#[derive(Serialize)]
struct SectionView {
    id: String,
    /// Its name where no heading says it.
    label: Option<Text>,
    title: Option<Text>,
    lead: Text,
    /// 2 for `<h2>`.
    level: u8,
    new_page: bool,
    blocks: Vec<BlockView>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum BlockView {
    Heading { id: String, text: Text, lead: Text, level: u8 },
    Findings { lines: Vec<Text> },
    Paragraph { text: Text },
    Note { text: Text },
    KeyFigures { figures: Vec<KeyView> },
    Figure(Box<FigureView>),
    Table { table: TableView },
    Cards { cards: Vec<CardView> },
    Lists { lists: Vec<ListView> },
    Ladder { rungs: Vec<RungView> },
}

#[derive(Serialize)]
struct KeyView {
    label: Text,
    value: Text,
    note: Text,
    class: &'static str,
    number: Option<String>,
}

#[derive(Serialize)]
struct FigureView {
    id: String,
    /// Id of its title.
    name: String,
    title: Text,
    lead: Text,
    /// The numbers in words, for those who do not see the drawings; empty where the table below holds them.
    alt: String,
    /// Whether there is a drawing for small screens; else the table is shown there.
    narrow: bool,
    /// Whether the table is printed beside the drawing, which does not hold all of it.
    printed: bool,
    note: Text,
    level: u8,
    drawings: Vec<Drawing>,
    /// In place of drawings and table.
    heat: Option<HeatView>,
    table: Option<TableView>,
    /// In place of a table: the one that says the same elsewhere on the page.
    elsewhere: Option<String>,
}

#[derive(Serialize)]
struct Drawing {
    class: &'static str,
    /// Ours: made by [`picture`], which escapes every label.
    svg: String,
}

#[derive(Serialize)]
struct CardView {
    number: String,
    title: Text,
    lines: Vec<LineView>,
}

#[derive(Serialize)]
struct LineView {
    text: Text,
    class: &'static str,
}

#[derive(Serialize)]
struct ListView {
    id: String,
    title: Text,
    sign: String,
    entries: Vec<Vec<LineView>>,
}

#[derive(Serialize)]
struct RungView {
    value: String,
    name: Text,
    summary: Text,
}

/// What the parts of one page share, so that names in it stay unique.
#[derive(Default)]
pub(super) struct Shared {
    /// Looks of drawings.
    pub(super) palette: Palette,
    /// Looks of tables.
    pub(super) looks: Looks,
    lists: usize,
    figures: usize,
    /// Tables so far: their captions are named by number.
    pub(super) tables: usize,
    /// Tables that stand on the page by themselves.
    standing: Vec<Standing>,
}

/// A table by its id, its heads and its rows with what they are about.
struct Standing {
    id: String,
    heads: Vec<String>,
    rows: BTreeSet<String>,
}

impl Standing {
    fn of(table: &Table) -> Self {
        let row = |row: &Row| row.cells.iter().fold(row.item.clone(), |all, cell| all + "\0" + &cell.text);
        Self {
            id: table.id.clone(),
            heads: table.columns.iter().map(|column| column.head.clone()).collect(),
            rows: table.rows.iter().map(row).collect(),
        }
    }
}

impl Shared {
    /// The table that says all that this one does.
    fn says(&self, table: &Table) -> Option<String> {
        let wanted = Standing::of(table);
        let same = |one: &&Standing| one.heads == wanted.heads && wanted.rows.is_subset(&one.rows);
        self.standing.iter().find(same).map(|one| one.id.clone())
    }
}

/// The page of a report, and what its drawings and tables look like.
pub(super) fn page(report: &Report) -> (Page, Shared) {
    let shown = || report.sections.iter().filter(|section| !section.paper_only);
    let standing = shown().flat_map(|section| &section.blocks).filter_map(|block| match block {
        Block::Table(table) => Some(Standing::of(table)),
        _ => None,
    });
    let mut shared = Shared { standing: standing.collect(), ..Shared::default() };
    let mut level = 1;
    let sections = shown().map(|section| {
        // No level is skipped on the way down, whatever depth a section claims.
        level = match section.title.is_empty() {
            true => level.min(section.depth),
            false => (section.depth + 1).clamp(2, level + 1),
        };
        section_view(section, level, &mut shared)
    });
    let page = Page {
        lang: report.lang.clone(),
        dir: direction(&report.lang),
        title: Text::plain(&report.title),
        date: report.furniture.date.clone(),
        generator: report.generator.clone(),
        facts: report.facts.iter().map(fact_view).collect(),
        sections: sections.collect(),
        navigation: navigation(&report.sections),
        furniture: report.furniture.clone(),
        words: report.controls.clone(),
    };
    (page, shared)
}

fn fact_view(fact: &Fact) -> FactView {
    FactView { label: fact.label.clone(), value: Text::new(&fact.value) }
}

fn navigation(sections: &[Section]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for section in sections.iter().filter(|section| !section.paper_only) {
        let entry = Entry { id: section.id.clone(), name: Text::new(&section.nav), parts: Vec::new() };
        match entries.last_mut() {
            Some(chapter) if section.depth > 1 => chapter.parts.push(entry),
            _ => entries.push(entry),
        }
    }
    for entry in &mut entries {
        if entry.parts.len() > PARTS_IN_NAVIGATION {
            entry.parts.clear();
        }
    }
    entries
}

fn section_view(section: &Section, level: u8, shared: &mut Shared) -> SectionView {
    let heading = level.max(1);
    SectionView {
        id: section.id.clone(),
        label: section.title.is_empty().then(|| Text::plain(&section.nav)),
        title: (!section.title.is_empty()).then(|| Text::new(&section.title)),
        lead: Text::new(&section.lead),
        level: heading,
        new_page: section.new_page,
        blocks: section.blocks.iter().filter_map(|block| block_view(block, heading + 1, shared)).collect(),
    }
}

fn block_view(block: &Block, level: u8, shared: &mut Shared) -> Option<BlockView> {
    Some(match block {
        Block::Heading { id, text, lead } => {
            BlockView::Heading { id: id.clone(), text: Text::new(text), lead: Text::new(lead), level }
        }
        Block::Findings(lines) => BlockView::Findings { lines: lines.iter().map(|line| Text::new(line)).collect() },
        Block::Paragraph(text) => BlockView::Paragraph { text: Text::new(text) },
        Block::Note(text) => BlockView::Note { text: Text::new(text) },
        Block::KeyFigures(figures) => BlockView::KeyFigures { figures: figures.iter().map(key_view).collect() },
        Block::Figure(figure) => BlockView::Figure(Box::new(figure_view(figure, level, shared))),
        Block::Table(table) => BlockView::Table { table: table_view(table, shared) },
        Block::Cards(cards) => BlockView::Cards { cards: cards.iter().map(card_view).collect() },
        Block::Lists(all) => BlockView::Lists {
            lists: all
                .iter()
                .map(|list| {
                    shared.lists += 1;
                    list_view(list, shared.lists)
                })
                .collect(),
        },
        Block::Ladder(rungs) => BlockView::Ladder { rungs: rungs.iter().map(rung_view).collect() },
        Block::OnPage(block) => return block_view(block, level, shared),
        Block::OnPaper(_) => return None,
    })
}

fn key_view(figure: &KeyFigure) -> KeyView {
    KeyView {
        label: Text::new(&figure.label),
        value: Text::new(&figure.value),
        note: Text::new(&figure.note),
        class: tone_class(figure.tone),
        // Also where the text says it all: so the page knows that it is a level.
        number: figure.number.map(plain_number),
    }
}

fn figure_view(figure: &Figure, level: u8, shared: &mut Shared) -> FigureView {
    shared.figures += 1;
    let name = format!("f{}", shared.figures);
    let tabled = !figure.table.rows.is_empty();
    // On a small screen, a chart without a drawing for it needs a table of its own.
    let small = matches!(figure.chart, Chart::Dumbbell(_) | Chart::Slope(_)) && level <= 3;
    let elsewhere = if tabled && small { shared.says(&figure.table) } else { None };
    let about = match (tabled, &elsewhere) {
        (_, Some(id)) => format!("aria-details=\"{id}\""),
        (true, None) => format!("aria-details=\"{}\"", figure.table.id),
        (false, None) => format!("aria-describedby=\"{}-alt\"", figure.id),
    };
    let heat = match &figure.chart {
        Chart::HeatMap(map) => heat_view(figure, map, shared),
        _ => None,
    };
    let mut drawings = Vec::new();
    for (class, canvas) in DRAWINGS.iter().filter(|_| heat.is_none()) {
        let scenes = chart::draw(&figure.chart, canvas);
        // On a small screen a chart of several parts, one of the many of a chapter's parts, one of nothing but counts
        // and one of many panels give way to their tables.
        let tabled = match &figure.chart {
            Chart::Radar(radar) => radar.panels.len() > 1,
            chart => matches!(chart, Chart::States(_)),
        };
        if canvas.narrow && (scenes.len() > 1 || level > 3 || tabled) {
            continue;
        }
        for scene in scenes {
            drawings.push(Drawing { class, svg: picture(&scene, &name, &about, &mut shared.palette) });
        }
    }
    let elsewhere = elsewhere.filter(|_| drawings.iter().any(|drawing| drawing.class == "narrow"));
    let narrow = drawings.iter().any(|drawing| drawing.class == "narrow") || heat.is_some();
    FigureView {
        id: figure.id.clone(),
        name,
        title: Text::new(&figure.title),
        lead: Text::new(&figure.lead),
        alt: if tabled { String::new() } else { clean(&figure.alt) },
        narrow,
        printed: figure.print_table,
        note: Text::new(&figure.note),
        level,
        drawings,
        table: (tabled && heat.is_none() && elsewhere.is_none()).then(|| table_view(&figure.table, shared)),
        heat,
        elsewhere,
    }
}

fn card_view(card: &Card) -> CardView {
    CardView {
        number: card.number.clone(),
        title: Text::new(&card.title),
        lines: card.lines.iter().map(line_view).collect(),
    }
}

fn line_view(line: &Line) -> LineView {
    LineView { text: Text::new(&line.text), class: tone_class(line.tone) }
}

fn list_view(list: &List, number: usize) -> ListView {
    ListView {
        id: format!("list-{number}"),
        title: Text::new(&list.title),
        sign: list.sign.clone(),
        entries: list.entries.iter().map(|entry| entry.iter().map(line_view).collect()).collect(),
    }
}

fn rung_view(rung: &Rung) -> RungView {
    RungView { value: rung.value.clone(), name: Text::new(&rung.name), summary: Text::new(&rung.summary) }
}

pub(super) fn tone_class(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "",
        Tone::Strong => "strong",
        Tone::Muted => "muted",
        Tone::Current => "current",
        Tone::Target => "target",
        Tone::Gap => "gap",
        Tone::Code => "code",
    }
}
