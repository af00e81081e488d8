//! The verdict as GitHub-flavoured Markdown, for the summary page of a CI job.

use super::{Row, Verdict, expected, found};
use crate::render::markdown::escaped;

/// The most bytes that are written; GitHub refuses a summary of more than 1 MiB as a whole.
const CAP: usize = 900_000;
/// Cells named in a row.
const CELLS: usize = 5;

/// Verdict, what did not pass, and the rest folded away.
pub fn markdown(verdicts: &[Verdict]) -> String {
    let rows: Vec<(&str, &Row)> =
        verdicts.iter().flat_map(|it| it.rows.iter().map(|row| (it.file.as_str(), row))).collect();
    let (passed, failed): (Vec<_>, Vec<_>) = rows.iter().partition(|(_, row)| row.passed);
    let broken = verdicts.iter().filter(|it| !it.errors.is_empty()).count();
    let head = match (failed.len(), broken) {
        (0, 0) => format!("# Gate passed: all {} checks\n\n", rows.len()),
        (0, _) => "# Gate not decided\n\n".to_owned(),
        (n, _) => format!("# Gate not passed: {n} of {} checks failed\n\n", rows.len()),
    };
    let mut out = head;
    for verdict in verdicts {
        for problem in &verdict.errors {
            let at = problem.at.as_ref().map(|at| format!(", {at}")).unwrap_or_default();
            let line = format!("{}{at}: {}", verdict.file, problem.message);
            out.push_str(&format!("- **could not be checked**: {}\n", escaped(&line)));
        }
    }
    if broken > 0 {
        out.push('\n');
    }
    let files = verdicts.len() > 1;
    table(&mut out, &failed, files);
    if !passed.is_empty() {
        out.push_str(&format!("<details><summary>{} checks passed</summary>\n\n", passed.len()));
        table(&mut out, &passed, files);
        out.push_str("</details>\n");
    }
    out
}

fn table(out: &mut String, rows: &[(&str, &Row)], files: bool) {
    if rows.is_empty() {
        return;
    }
    out.push_str(if files { "| File | Check |" } else { "| Check |" });
    out.push_str(" Expected | Found | Where |\n");
    out.push_str(if files { "| --- | --- |" } else { "| --- |" });
    out.push_str(" --- | --- | --- |\n");
    for (index, (file, row)) in rows.iter().enumerate() {
        let mut at = row.at.iter().take(CELLS).cloned().collect::<Vec<_>>().join(", ");
        if row.at.len() > CELLS {
            at.push_str(&format!(" and {} more", row.at.len() - CELLS));
        }
        let mut cells = vec![row.name.clone(), expected(row), found(row), at];
        if files {
            cells.insert(0, (*file).to_owned());
        }
        let cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
        let line = format!("| {} |\n", cells.join(" | "));
        if out.len() + line.len() > CAP / 2 && index > 0 {
            out.push_str(&format!("\n{} more rows are left out.\n", rows.len() - index));
            break;
        }
        out.push_str(&line);
    }
    out.push('\n');
}
