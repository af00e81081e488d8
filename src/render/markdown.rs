//! A short form in Markdown for the summary page of a CI job: the verdict, the areas, the largest shortfalls, and the
//! rest folded away.

use crate::report::{Block, Report, Table};

/// The most bytes that are written; GitHub refuses a summary of more than 1 MiB as a whole.
const CAP: usize = 900_000;
/// The most rows of a table.
const ROWS: usize = 100;
/// The most letters of a cell.
const LETTERS: usize = 200;

/// The report's short form as GitHub-flavoured Markdown, at most 900 kB; what does not fit is left out as a whole.
pub fn markdown(report: &Report) -> Vec<u8> {
    let mut parts = vec![format!("# {}\n", escaped(&report.title))];
    let facts = report.facts.iter().map(|fact| format!("{}: {}", escaped(&fact.label), escaped(&fact.value)));
    parts.push(format!("{}\n", facts.collect::<Vec<_>>().join(" · ")));
    for (place, sentence) in report.findings().iter().enumerate() {
        let sentence = escaped(sentence);
        parts.push(if place == 0 { format!("**{sentence}**\n") } else { format!("{sentence}\n") });
    }
    // One area alone has no table of areas; its picture's twin says the same.
    for ids in [&["table-areas", "table-gaps"][..], &["table-shortfalls"]] {
        parts.extend(ids.iter().find_map(|id| find(report, id)).map(|found| headed(&found)));
    }
    parts.extend(find(report, "table-rule").map(|found| headed(&found)));
    for id in ["table-change", "table-went-down", "table-added", "table-dropped"] {
        parts.extend(find(report, id).map(|found| headed(&found)));
    }
    // A forecast without its caution would be taken for a plan.
    parts.extend(find(report, "table-forecast").map(|found| headed(&found)));
    parts.extend(find(report, "table-forecast").map(|found| format!("{}\n", escaped(found.lead))));
    for id in ["table-trend", "table-steps", "table-warnings"] {
        parts.extend(find(report, id).map(|found| folded(&found)));
    }
    let mut out = String::new();
    for part in parts {
        if out.len() + part.len() < CAP {
            out.push_str(&part);
            out.push('\n');
        }
    }
    out.into_bytes()
}

/// A table and the heading it stands under.
struct Found<'a> {
    heading: &'a str,
    /// What stands below the heading.
    lead: &'a str,
    table: &'a Table,
}

/// The table of this id, be it in the text or the twin of a chart.
fn find<'a>(report: &'a Report, id: &str) -> Option<Found<'a>> {
    for section in &report.sections {
        let (mut heading, mut lead) = (section.title.as_str(), section.lead.as_str());
        for block in &section.blocks {
            match block.on_page() {
                Block::Heading { text, lead: below, .. } => (heading, lead) = (text, below),
                Block::Table(table) if table.id == id => return Some(Found { heading, lead, table }),
                Block::Figure(figure) if figure.table.id == id => {
                    return Some(Found { heading: &figure.title, lead: &figure.lead, table: &figure.table });
                }
                _ => {}
            }
        }
    }
    None
}

fn headed(found: &Found) -> String {
    format!("## {}\n\n{}", escaped(found.heading), rows(found.table))
}

fn folded(found: &Found) -> String {
    // Inside HTML Markdown starts again after a blank line.
    format!("<details><summary>{}</summary>\n\n{}\n</details>\n", escaped(found.heading), rows(found.table))
}

fn rows(table: &Table) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut out = line(table.columns.iter().map(|column| escaped(&column.head)).collect());
    let rules = table.columns.iter().map(|column| if column.right { "---:" } else { "---" }.to_owned());
    out.push_str(&line(rules.collect()));
    // The total stays, also under rows that are left out.
    let cut = table.rows.len().saturating_sub(ROWS);
    let (totals, plain): (Vec<_>, Vec<_>) = table.rows.iter().partition(|row| row.total);
    let shown = plain.len().saturating_sub(cut);
    for row in &plain[..shown] {
        out.push_str(&line(row.cells.iter().map(|cell| escaped(cell.text.trim())).collect()));
    }
    if cut > 0 {
        out.push_str(&line(table.columns.iter().map(|_| "…".to_owned()).collect()));
    }
    for row in totals {
        out.push_str(&line(row.cells.iter().map(|cell| format!("**{}**", escaped(cell.text.trim()))).collect()));
    }
    out
}

/// A client's text as Markdown shows it: one line, no markup, no mention of anybody.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (place, c) in text.chars().enumerate() {
        if place == LETTERS {
            out.push('…');
            break;
        }
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // A blank of no width keeps a name from being called.
            '@' => out.push_str("@&#8203;"),
            '#' => out.push_str("&#35;"),
            '|' | '`' | '*' | '_' | '[' | ']' | '\\' | '~' | '$' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analysis;
    use crate::report::samples::{analysis, analysis_of, assessment};
    use crate::report::{Detail, ReportOptions, compose};

    fn text(analysis: &Analysis) -> String {
        let report = compose(analysis, &ReportOptions { lang: "en".to_owned(), detail: Detail::Full });
        String::from_utf8(markdown(&report)).expect("UTF-8")
    }

    #[test]
    fn verdict_areas_shortfalls_and_folded_rest() {
        let mut read = assessment(&[
            "Testing | | Core | -1 | 2 | | | @okafor | 2026-06-30",
            "Testing | | Web | 1 | 2",
            "Data_Base | | Core | 1 | 1",
            "Data_Base | | Web | x | 1",
        ]);
        read.ratings[0].action = Some("Automate `run|all` <b>".to_owned());
        let mut warned = analysis_of(read);
        warned.title = "Bank\n# | <script>".to_owned();
        warned.warnings.push(crate::error::Problem::new("no-level", "`x` is no level").at("Q4!C8"));
        let expected = "\
# Bank &#35; \\| &lt;script&gt;

Assessed: 2 applications in 2 areas · Scale: −1 Regressive to 3 Optimizing · Targets: from the sheet, one for each rating · Date: 2026-01-31 · File: sample.xlsx, sheet Q4

**The 2 applications stand at 0.5, between Repeatable and Consistent; target 1.5: 1.0 levels to close, 3 of 4 rated.**

Testing alone has a gap (2.0).

## 1 of 2 areas are below target

| Area | Now | Target | Gap | To target | Rated |
| --- | ---: | ---: | ---: | ---: | ---: |
| Testing | 0.0 | 2.0 | +2.0 | 33\u{a0}% | 2 of 2 |
| Data\\_Base | 1.0 | 1.0 | 0.0 | 100\u{a0}% | 1 of 2 |
| **All areas** | **0.5** | **1.5** | **+1.0** | **60\u{a0}%** | **3 of 4** |

## The 2 shortfalls

| Rank | Application | Area | Now | Target | Gap |
| ---: | --- | --- | ---: | ---: | ---: |
| 1 | Core | Testing | −1 | 2 | +3 |
| 2 | Web | Testing | 1 | 2 | +1 |

<details><summary>2 shortfalls; 1 with an owner</summary>

| Rank | Application | Area | Now | Next | Target | Gap | Next action | Owner | Due |
| ---: | --- | --- | ---: | ---: | ---: | ---: | --- | --- | --- |
| 1 | Core | Testing | −1 | 0 | 2 | +3 | Automate \\`run\\|all\\` &lt;b&gt; | @&#8203;okafor | 2026-06-30 |
| 2 | Web | Testing | 1 | 2 | 2 | +1 | none given | no owner given | no date given |

</details>

<details><summary>1 warning</summary>

| Code | Cell | What was seen |
| --- | --- | --- |
| no-level | Q4!C8 | \\`x\\` is no level |

</details>

";
        assert_eq!(text(&warned), expected);
    }

    #[test]
    fn the_cap_holds_whatever_the_names_are() {
        let name = "@".repeat(5_000);
        let lines: Vec<String> = (0..600).map(|n| format!("{name}{n} | | | 0 | 3")).collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let got = text(&analysis(&lines));
        assert!(got.len() < CAP && got.contains('…'));
        assert!(got.contains("**All areas**"), "the total stays");
    }
}
