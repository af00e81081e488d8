//! The files a page is made of: those compiled in, or a user's own in their place, tried out before any work begins.

use serde::Serialize;
use tera::{Context, Tera};

use super::{Downloads, html, squeezed};
use crate::error::{Problem, Problems, Result};
use crate::report::{
    Block, Card, Cell, Column, Fact, Figure, Furniture, KeyFigure, Line, List, PageWords, Report, Row, Rung, Section,
    Table, Tone,
};
use crate::theme::{Look, Theme};
use crate::wording::Words;

/// The `.html` at its end is what keeps tera's escaping on.
const PAGE: &str = "report.html";
const STYLE: &str = "report.css";
/// The parts of the script, which share one scope.
const SCRIPTS: [&str; 4] = ["report.js", "units.js", "what-if.js", "pictures.js"];
/// All parts in short, as `tests/browser/squeeze.mjs` makes it; its first line names what it was made from.
const SHORT: &str = include_str!("../../../templates/page.min.js");

/// Template, style sheet and script of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Templates {
    page: String,
    pub(super) style: String,
    scripts: [String; 4],
    /// Whether one of the scripts is the user's own.
    own_script: bool,
}

impl Default for Templates {
    fn default() -> Self {
        Self {
            page: include_str!("../../../templates/report.html").to_owned(),
            style: include_str!("../../../templates/report.css").to_owned(),
            scripts: [
                include_str!("../../../templates/report.js"),
                include_str!("../../../templates/units.js"),
                include_str!("../../../templates/what-if.js"),
                include_str!("../../../templates/pictures.js"),
            ]
            .map(str::to_owned),
            own_script: false,
        }
    }
}

/// What a look adds to the style sheet.
pub(super) fn look(look: Look) -> &'static str {
    match look {
        Look::Plain => "",
        Look::Ledger => include_str!("../../../templates/looks/ledger.css"),
        Look::Slate => include_str!("../../../templates/looks/slate.css"),
    }
}

impl Templates {
    /// Names of the files that can be put in place of ours.
    pub const FILES: [&str; 6] = [PAGE, STYLE, SCRIPTS[0], SCRIPTS[1], SCRIPTS[2], SCRIPTS[3]];

    /// The files that `own` has, ours for the others. The page is tried on a small report, so that a name that does not
    /// exist is told now.
    ///
    /// # Errors
    /// `template` with file, line and what is wrong; `no-template` where `own` has none of the files.
    pub fn with(own: &dyn Fn(&str) -> Option<String>) -> Result<Self> {
        let mut all = Self::default();
        let mut found = false;
        all.own_script = SCRIPTS.iter().any(|name| own(name).is_some());
        let files = [(PAGE, &mut all.page), (STYLE, &mut all.style)];
        for (name, slot) in files.into_iter().chain(SCRIPTS.into_iter().zip(&mut all.scripts)) {
            if let Some(text) = own(name) {
                *slot = text;
                found = true;
            }
        }
        if !found {
            let known = Self::FILES.join(", ");
            return Err(Problem::new("no-template", format!("none of {known} in this folder")).into());
        }
        let downloads = Downloads { csv: "a\n", json: "{}" };
        html(&sample(), &downloads, &Theme::default(), &all)?;
        Ok(all)
    }

    /// The whole script: the parts in one scope, the view of the address restored last.
    pub(super) fn script(&self) -> String {
        if !self.own_script {
            return SHORT.split_once('\n').map_or(SHORT, |(_, script)| script.trim_end()).to_owned();
        }
        let parts = self.scripts.each_ref().map(|part| squeezed(part)).join("\n");
        format!("(() => {{\n\"use strict\";\n{parts}\nrestoreAll();\n}})();")
    }

    pub(super) fn render(&self, document: &impl Serialize) -> Result<String> {
        let told = |error: &tera::Error| {
            let text = error.to_string();
            let lines: Vec<&str> = text.lines().map(str::trim_end).filter(|line| !line.trim().is_empty()).collect();
            Problems::from(
                Problem::new("template", lines.join("\n    "))
                    .hint("compare with the file that comes with the program: templates/report.html"),
            )
        };
        let mut tera = Tera::new();
        tera.add_raw_template(PAGE, &self.page).map_err(|error| told(&error))?;
        let context = Context::from_serialize(document).map_err(|error| told(&error))?;
        tera.render(PAGE, &context).map_err(|error| told(&error))
    }
}

/// A report with one of everything, to try a template on.
fn sample() -> Report {
    let text = || "x".to_owned();
    let line = || Line { text: text(), tone: Tone::Strong };
    let cell = || Cell { text: text(), tone: Tone::Code, value: Some(1.0), href: "#summary".to_owned() };
    let table = || Table {
        id: "table".to_owned(),
        caption: text(),
        show_caption: true,
        columns: vec![Column { head: text(), right: true, share: 8.0, key: text() }; 2],
        rows: vec![Row { id: text(), item: text(), total: true, cells: vec![cell(), cell()] }],
        interactive: true,
    };
    let figure = Figure {
        id: "figure".to_owned(),
        title: text(),
        lead: text(),
        alt: text(),
        chart: crate::chart::Chart::States(crate::chart::States { rows: Vec::new() }),
        table: table(),
        print_table: true,
        note: text(),
    };
    let blocks = vec![
        Block::Heading { id: "heading".to_owned(), text: text(), lead: text() },
        Block::Findings(vec![text()]),
        Block::Paragraph(text()),
        Block::Note(text()),
        Block::KeyFigures(vec![KeyFigure {
            label: text(),
            value: text(),
            note: text(),
            tone: Tone::Plain,
            number: Some(1.0),
        }]),
        Block::Figure(figure),
        Block::Table(table()),
        Block::Cards(vec![Card { number: text(), title: text(), lines: vec![line()] }]),
        Block::Lists(vec![List { title: text(), sign: text(), entries: vec![vec![line()]] }]),
        Block::Ladder(vec![Rung { value: text(), name: text(), summary: text() }]),
    ];
    let section = |id: &str, depth: u8, blocks: Vec<Block>| Section {
        id: id.to_owned(),
        nav: text(),
        title: text(),
        lead: text(),
        depth,
        new_page: true,
        paper_only: false,
        blocks,
    };
    Report {
        title: text(),
        lang: "en".to_owned(),
        date: "2026-01-31".to_owned(),
        generator: text(),
        facts: vec![Fact { label: text(), value: text() }],
        sections: vec![section("summary", 1, blocks), section("part", 2, Vec::new())],
        furniture: Furniture {
            date: text(),
            classification: text(),
            contents: text(),
            page: text(),
            continued: text(),
            skip: text(),
            table: text(),
            data: text(),
            csv: text(),
            json: text(),
        },
        controls: PageWords::of(&Words::english()),
        scale: Some((1.0, 5.0)),
    }
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn the_short_script_is_made_from_the_sources() {
        let sources = Templates::default().scripts.join("\n");
        let hash = Sha256::digest(sources.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        assert_eq!(SHORT.lines().next(), Some(format!("// {hash}").as_str()), "run node tests/browser/squeeze.mjs");
    }
}
