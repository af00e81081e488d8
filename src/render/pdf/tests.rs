//! Placed pages as plain data: what lies where, that nothing lies on anything else, that no page is nearly empty.

use std::fmt::Write;
use std::fs;

use super::mark::{Document, Mark, Owner, Page};
use super::pages::Sheet;
use super::text::Line;
use super::tree::{NodeId, ROOT, Role, Tree};
use super::*;
use crate::analysis::{Frame, analyse};
use crate::error::Warned;
use crate::report::{Detail, ReportOptions, compose};

#[path = "../../../examples/gallery/cases.rs"]
#[allow(missing_docs, dead_code, reason = "the example is their home")]
mod cases;

/// A page with less than this share of its height used is nearly empty.
const NEARLY_EMPTY: f64 = 0.25;

/// The placed pages of each case of the gallery, the bank's first.
fn gallery() -> Vec<(&'static str, Document, Tree)> {
    let bank = fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/samples/first-federated-bank-cd.xlsx")).unwrap();
    let book = crate::sheet::read("first-federated-bank-cd.xlsx", &bank).unwrap();
    let bank = crate::recognise::recognise(&book, &Default::default()).unwrap();
    let others = cases::all().into_iter().filter(|case| case.name != "forty-by-hundred");
    let others = others.map(|case| (case.name, case.lang, Warned { value: case.assessment, warnings: Vec::new() }));
    let mut all = Vec::new();
    for (name, lang, read) in [("bank", "en", bank)].into_iter().chain(others) {
        let frame = Frame {
            file: format!("{name}.xlsx"),
            sha256: "0".repeat(64),
            title: Some("A report".to_owned()),
            date: "2026-01-31".to_owned(),
        };
        let options = ReportOptions { lang: lang.to_owned(), detail: Detail::Full };
        let report = compose(&analyse(&read, &frame), &options);
        let mut shaper = text::Shaper::new(&[]).unwrap();
        let (document, tree) = laid_out(&report, Paper::A4, &Theme::default(), &mut shaper);
        all.push((name, document, tree));
    }
    all
}

/// Left, upper, right and lower edge of a line of text.
fn edges(x: f64, y: f64, line: &Line) -> [f64; 4] {
    let size = line.runs.iter().map(|run| run.size).fold(0.0, f64::max);
    [x, y - size * crate::font::CAP_HEIGHT, x + line.width, y + size * crate::font::DESCENT]
}

fn said(line: &Line) -> String {
    line.runs.iter().map(|run| run.text.as_str()).collect()
}

fn texts(page: &Page) -> impl Iterator<Item = (Owner, [f64; 4], &Line)> {
    page.block.parts.iter().flat_map(|part| {
        part.marks.iter().filter_map(|mark| match mark {
            Mark::Text { x, y, line, .. } => Some((part.owner, edges(*x, *y, line), line)),
            _ => None,
        })
    })
}

#[test]
fn nothing_is_cut_and_nothing_lies_on_anything_else() {
    for (name, document, _) in gallery() {
        for (number, page) in document.pages.iter().enumerate() {
            let all: Vec<_> = texts(page).collect();
            for (place, (_, one, line)) in all.iter().enumerate() {
                let inside = one[0] >= Sheet::MARGIN - 1.0
                    && one[2] <= document.width - Sheet::MARGIN + 1.0
                    && one[1] >= 0.0
                    && one[3] <= document.height;
                assert!(inside, "{name}, page {}: {:?} leaves the page at {one:?}", number + 1, said(line));
                for (_, other, over) in &all[place + 1..] {
                    let apart = one[2] <= other[0] + 0.5
                        || other[2] <= one[0] + 0.5
                        || one[3] <= other[1] + 0.5
                        || other[3] <= one[1] + 0.5;
                    assert!(apart, "{name}, page {}: {:?} lies on {:?}", number + 1, said(line), said(over));
                }
            }
        }
    }
}

#[test]
fn no_page_but_the_last_is_nearly_empty() {
    for (name, document, _) in gallery() {
        let sheet = Paper::A4.sheet();
        for (number, page) in document.pages.iter().enumerate().take(document.pages.len() - 1) {
            let content = texts(page).filter(|(owner, ..)| matches!(owner, Owner::Node(_)));
            let lowest = content.map(|(_, edges, _)| edges[3]).fold(0.0, f64::max);
            let filled = (lowest - sheet.top(number)) / sheet.body_height();
            assert!(filled > NEARLY_EMPTY, "{name}, page {} of {}: {filled:.2}", number + 1, document.pages.len());
        }
    }
}

/// What lies where on the pages of the bank's report, block by block, compared in full with the file beside the tests.
/// `UPDATE_EXPECTED=1` writes it anew.
#[test]
fn the_pages_hold_what_they_are_expected_to() {
    let (name, document, tree) = gallery().swap_remove(0);
    let got = told(&document, &tree);
    let path = format!("{}/tests/expected/pages-{name}.txt", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(&path, &got).unwrap();
    }
    let expected = fs::read_to_string(&path).expect(&path);
    for (number, (got, expected)) in got.lines().zip(expected.lines()).enumerate() {
        assert_eq!(got, expected, "line {}", number + 1);
    }
    assert_eq!(got.lines().count(), expected.lines().count());
}

/// The node that a reader would point at: the heading, paragraph, picture, list or row of a table that a text is in.
fn block_of(tree: &Tree, mut node: NodeId) -> NodeId {
    while !matches!(tree.nodes[tree.nodes[node].parent].role, Role::Sect | Role::TBody | Role::THead | Role::Toc)
        && tree.nodes[node].parent != ROOT
    {
        node = tree.nodes[node].parent;
    }
    node
}

fn told(document: &Document, tree: &Tree) -> String {
    let mut out = String::new();
    for (number, page) in document.pages.iter().enumerate() {
        let _ = writeln!(out, "page {}", number + 1);
        // A block with its upper and lower edge, and what it says.
        let mut blocks: Vec<(NodeId, f64, f64, Vec<String>)> = Vec::new();
        for (owner, edges, line) in texts(page) {
            let Owner::Node(node) = owner else { continue };
            let node = block_of(tree, node);
            match blocks.iter_mut().find(|(id, ..)| *id == node) {
                Some((_, top, bottom, said_so_far)) => {
                    (*top, *bottom) = (top.min(edges[1]), bottom.max(edges[3]));
                    said_so_far.push(said(line));
                }
                None => blocks.push((node, edges[1], edges[3], vec![said(line)])),
            }
        }
        for (node, top, bottom, texts) in blocks {
            let role = tree.nodes[node].role;
            let _ = writeln!(out, "  {top:5.1} to {bottom:5.1}  {}: {}", role.name(), texts.join(" | "));
        }
    }
    out
}
