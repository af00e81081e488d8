//! Workflow commands of GitHub Actions: `::error file=a.csv,line=14,title=..::text`.
//!
//! GitHub shows 10 of a kind for each step, so nine are sent and the tenth counts the rest.

use super::{Row, Verdict};

/// How many are sent before the rest is counted.
const MOST: usize = 9;

/// One line a check that did not pass and a file that could not be checked.
///
/// A `line` is given only where the file is text: in a workbook a cell has none.
pub fn annotations(verdicts: &[Verdict]) -> String {
    let mut lines = Vec::new();
    for verdict in verdicts {
        for problem in &verdict.errors {
            let at = problem.at.as_deref().into_iter().collect::<Vec<_>>();
            lines.push(command(&verdict.file, &at, &problem.code, &problem.message));
        }
        lines.extend(verdict.failed().map(|row| failed(&verdict.file, row)));
    }
    let rest = lines.len().saturating_sub(MOST);
    if rest > 1 {
        lines.truncate(MOST);
        lines.push(format!("::error title=gapwise check::and {rest} more in the summary"));
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

fn failed(file: &str, row: &Row) -> String {
    let at: Vec<&str> = row.at.iter().map(String::as_str).collect();
    let cells = match at.len() {
        0 => String::new(),
        1..=5 => format!(" ({})", at.join(", ")),
        n => format!(" ({} and {} more)", at[..5].join(", "), n - 5),
    };
    command(file, &at, &row.name, &format!("{}{cells}", row.message))
}

fn command(file: &str, at: &[&str], title: &str, text: &str) -> String {
    let line = at.first().and_then(|at| line_of(file, at)).map(|line| format!(",line={line}")).unwrap_or_default();
    format!("::error file={}{line},title={}::{}", property(file), property(title), data(text))
}

/// The row of a cell in a text file: `D14` -> 14.
pub(super) fn line_of(file: &str, at: &str) -> Option<u32> {
    let text = [".csv", ".tsv", ".tab"].iter().any(|end| file.to_lowercase().ends_with(end));
    let digits = at.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    (text && !at.contains('!')).then(|| digits.parse().ok()).flatten()
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
