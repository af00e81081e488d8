//! The verdict of a gate as a table on the terminal.

use gapwise::error::visible;
use gapwise::gate::{self, Row, Verdict};

use crate::console::{Paint, Tint, left, shortened, width};

/// Cells named in a row.
const CELLS: usize = 3;
/// The longest name before it is shortened.
const NAME: usize = 44;

/// A row a check, what did not pass first, and a line that counts.
pub fn table(paint: Paint, verdicts: &[Verdict]) -> String {
    let mut out = String::new();
    let wide = |text: fn(&Row) -> String, head: usize, most: usize| {
        let texts = verdicts.iter().flat_map(|it| &it.rows).map(|row| width(&text(row)));
        texts.chain([head]).max().unwrap_or(head).min(most)
    };
    let names = wide(|row| visible(&row.name), 5, NAME);
    let (expected, found) = (wide(gate::expected, 8, 30), wide(gate::found, 5, 20));
    for verdict in verdicts {
        if verdict.rows.is_empty() {
            continue;
        }
        out.push('\n');
        if verdicts.len() > 1 {
            out.push_str(&format!("{}\n", paint.paint(Tint::Bold, &visible(&verdict.file))));
        }
        let head = format!(
            "  {}  {}  {}  where",
            left("check", names + 6),
            left("expected", expected),
            left("found", found)
        );
        out.push_str(&format!("{}\n", paint.paint(Tint::Muted, &head)));
        let (passed, failed): (Vec<&Row>, Vec<&Row>) = verdict.rows.iter().partition(|row| row.passed);
        for row in failed.into_iter().chain(passed) {
            let mark = if row.passed { "pass" } else { "FAIL" };
            let mut at = row.at.iter().take(CELLS).map(|at| visible(at)).collect::<Vec<_>>().join(", ");
            if row.at.len() > CELLS {
                at.push_str(&format!(" and {} more", row.at.len() - CELLS));
            }
            if row.allowed {
                at = "allowed by name".to_owned();
            }
            let name = shortened(&visible(&row.name), NAME);
            let line = format!(
                "  {mark}  {}  {}  {}  {at}",
                left(&name, names),
                left(&gate::expected(row), expected),
                left(&gate::found(row), found)
            );
            let line = line.trim_end();
            out.push_str(&if row.passed { line.to_owned() } else { paint.paint(Tint::Failed, line) });
            out.push('\n');
        }
    }
    let rows = verdicts.iter().map(|it| it.rows.len()).sum::<usize>();
    let failed = verdicts.iter().map(|it| it.failed().count()).sum::<usize>();
    let broken = verdicts.iter().filter(|it| !it.errors.is_empty()).count();
    let checks = if rows == 1 { "1 check".to_owned() } else { format!("{rows} checks") };
    let files = match (verdicts.len(), broken) {
        (1, _) => String::new(),
        (all, 0) => format!(" in {all} files"),
        (all, _) => format!(" in {} of {all} files", all - broken),
    };
    let verdict = match (failed, rows) {
        (_, 0) => "nothing was checked".to_owned(),
        (0, _) => format!("passed: {checks}{files}"),
        _ => format!("not passed: {failed} of {checks}{files} failed"),
    };
    let broken = match broken {
        0 => String::new(),
        1 => "; 1 file could not be checked".to_owned(),
        n => format!("; {n} files could not be checked"),
    };
    out.push_str(&format!("\n{verdict}{broken}\n"));
    out
}
