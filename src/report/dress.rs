//! A theme on a report: who it is from, own words first, chapters chosen and ordered.

use std::collections::BTreeSet;

use super::{Block, Fact, Report, Section, Table};
use crate::theme::{Passage, SECTIONS, Theme};
use crate::wording::Words;

/// Dresses a report in a theme.
pub fn dress(report: &mut Report, theme: &Theme) {
    let words = Words::of(&report.lang).unwrap_or_else(Words::english);
    let facts = [
        ("fact.organisation", &theme.organisation),
        ("fact.author", &theme.author),
        ("fact.classification", &theme.classification),
    ];
    for (label, value) in facts {
        if let Some(value) = value {
            report.facts.push(Fact { label: words.say(label, &[]), value: value.clone() });
        }
    }
    report.furniture.classification = theme.classification.clone().unwrap_or_default();
    if !theme.introduction.is_empty() {
        let at = report.sections.len().min(1);
        report.sections.insert(at, introduction(theme, &words));
    }
    if let Some(order) = &theme.sections {
        choose(report, order);
    }
}

fn introduction(theme: &Theme, words: &Words) -> Section {
    let name = words.say("nav.introduction", &[]);
    // A text that begins with a heading has named the chapter itself.
    let (title, rest) = match &theme.introduction[..] {
        [Passage::Heading(title), rest @ ..] => (title.clone(), rest),
        all => (name.clone(), all),
    };
    let blocks = rest.iter().enumerate().map(|(number, passage)| match passage {
        Passage::Heading(text) => {
            Block::Heading { id: format!("introduction-{}", number + 1), text: text.clone(), lead: String::new() }
        }
        Passage::Text(text) => Block::Paragraph(text.clone()),
    });
    let blocks = blocks.collect();
    Section {
        id: "introduction".to_owned(),
        nav: name,
        title,
        lead: String::new(),
        depth: 1,
        new_page: false,
        paper_only: false,
        blocks,
    }
}

/// Keeps the chapters named, each with its parts, in the order named; links to what is left out become plain text.
fn choose(report: &mut Report, order: &[String]) {
    let mut chapters: Vec<Vec<Section>> = Vec::new();
    for section in std::mem::take(&mut report.sections) {
        match chapters.last_mut() {
            Some(chapter) if section.depth > 1 => chapter.push(section),
            _ => chapters.push(vec![section]),
        }
    }
    for id in order {
        if let Some(at) = chapters.iter().position(|chapter| chapter[0].id == *id) {
            report.sections.extend(chapters.remove(at));
        }
    }
    // Chapters that no theme can name, those of a portfolio, stay.
    report.sections.extend(chapters.into_iter().filter(|it| !SECTIONS.contains(&it[0].id.as_str())).flatten());
    let ids = ids(&report.sections);
    for table in report.sections.iter_mut().flat_map(|section| &mut section.blocks).filter_map(table) {
        for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
            if cell.href.strip_prefix('#').is_some_and(|id| !ids.contains(id)) {
                cell.href.clear();
            }
        }
    }
}

fn table(block: &mut Block) -> Option<&mut Table> {
    match block {
        Block::OnPage(block) => table(block),
        Block::Table(table) => Some(table),
        Block::Figure(figure) => Some(&mut figure.table),
        _ => None,
    }
}

fn ids(sections: &[Section]) -> BTreeSet<String> {
    let mut ids: BTreeSet<String> = sections.iter().map(|section| section.id.clone()).collect();
    for block in sections.iter().flat_map(|section| &section.blocks) {
        let table = match block.on_page() {
            Block::Heading { id, .. } => {
                ids.insert(id.clone());
                continue;
            }
            Block::Figure(figure) => {
                ids.insert(figure.id.clone());
                &figure.table
            }
            Block::Table(table) => table,
            _ => continue,
        };
        ids.insert(table.id.clone());
        ids.extend(table.rows.iter().map(|row| row.id.clone()));
    }
    ids
}
