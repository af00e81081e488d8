//! Whole reports as text, and the sentences of each case.

use super::samples::analysis;
use super::*;

/// A report as text: headings, sentences, the cells of tables.
fn outline(report: &Report) -> String {
    let mut out = format!("{}\n", report.title);
    for fact in &report.facts {
        out += &format!("  {}: {}\n", fact.label, fact.value);
    }
    for section in &report.sections {
        let page = if section.new_page { " (new page)" } else { "" };
        out += &format!(
            "\n{} #{} {}: {}{page}\n",
            "=".repeat(section.depth.into()),
            section.id,
            section.nav,
            section.title
        );
        if !section.lead.is_empty() {
            out += &format!("  {}\n", section.lead);
        }
        section.blocks.iter().for_each(|block| outline_block(block, &mut out));
    }
    out
}

fn outline_block(block: &Block, out: &mut String) {
    match block {
        Block::OnPaper(columns) => columns.iter().flatten().for_each(|block| outline_block(block, out)),
        Block::OnPage(block) => outline_block(block, out),
        Block::Heading { id, text, lead } => *out += &format!("-- #{id} {text} / {lead}\n"),
        Block::Findings(sentences) => sentences.iter().for_each(|sentence| *out += &format!("! {sentence}\n")),
        Block::Paragraph(text) => *out += &format!("{text}\n"),
        Block::Note(text) => *out += &format!("note: {text}\n"),
        Block::KeyFigures(keys) => {
            for key in keys {
                *out += &format!("[{}: {} ({})] ", key.label, key.value, key.note);
            }
            *out += "\n";
        }
        Block::Figure(figure) => {
            *out += &format!("figure #{} {} / {}\n  alt: {}\n", figure.id, figure.title, figure.lead, figure.alt);
            outline_table(&figure.table, out);
            if !figure.note.is_empty() {
                *out += &format!("  note: {}\n", figure.note);
            }
        }
        Block::Table(table) => outline_table(table, out),
        Block::Cards(cards) => {
            for card in cards {
                let lines: Vec<&str> = card.lines.iter().map(|line| line.text.as_str()).collect();
                *out += &format!("card {} {} / {}\n", card.number, card.title, lines.join(" / "));
            }
        }
        Block::Lists(lists) => {
            for list in lists {
                *out += &format!("list {} {}\n", list.sign, list.title);
                for entry in &list.entries {
                    let lines: Vec<&str> = entry.iter().map(|line| line.text.as_str()).collect();
                    *out += &format!("  {}\n", lines.join(" / "));
                }
            }
        }
        Block::Ladder(rungs) => {
            for rung in rungs {
                *out += &format!("rung {} {} {}\n", rung.value, rung.name, rung.summary);
            }
        }
    }
}

fn outline_table(table: &Table, out: &mut String) {
    let heads: Vec<&str> = table.columns.iter().map(|column| column.head.as_str()).collect();
    *out += &format!("table #{} {}\n  {}\n", table.id, table.caption, heads.join(" | "));
    for row in &table.rows {
        let cells: Vec<String> = row
            .cells
            .iter()
            .map(|cell| match cell.href.as_str() {
                "" => cell.text.clone(),
                href => format!("{}→{href}", cell.text),
            })
            .collect();
        let total = if row.total { "= " } else { "  " };
        *out += &format!("{total}{}\n", cells.join(" | "));
    }
}

fn full(analysis: &crate::analysis::Analysis) -> Report {
    compose(analysis, &ReportOptions { lang: "en".to_owned(), detail: Detail::Full })
}

#[test]
fn preview() {
    let got = analysis(&[
        "Testing | | Core Banking | -1 | 2 | 5 | 0 | M. Okafor | 2026-06-30 | Automate the payment run",
        "Testing | | Internet Banking | 1 | 2 | 3 | 1",
        "Testing | | Risk | 3 | 2 | 4 | 3 | P. Brandt",
        "Data | | Core Banking | 0 | 1 | 5 | 0 | | 2025-12-15",
        "Data | | Internet Banking | - | 1 | 3",
        "Data | | Risk | x | 1 | 4",
        "Release | | Core Banking | 2 | 2 | 5 | 1",
        "Release | | Internet Banking | n/a | | 3",
        "Release | | Risk | 2 | 2 | 4 | 2",
    ]);
    println!("{}", outline(&full(&got)));
}
