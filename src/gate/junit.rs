//! The verdict as JUnit XML, which CI services show as tests: a suite a file, a test case a check.
//!
//! There is no one standard; this keeps to what Jenkins, GitLab and Azure read: counts on suites, `failure` for a check
//! that did not pass, `error` for a file that could not be checked, and a different name for every case, because GitLab
//! drops repeats.

use super::{Row, Verdict};

/// The document; `date` is the report's, so that the same input gives the same bytes.
pub fn junit(verdicts: &[Verdict]) -> String {
    let failures: usize = verdicts.iter().map(|it| it.failed().count()).sum();
    let errors: usize = verdicts.iter().filter(|it| !it.errors.is_empty()).count();
    let tests = verdicts.iter().map(cases).sum::<usize>();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str(&format!(
        "<testsuites name=\"gapwise check\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" time=\"0\">\n"
    ));
    for verdict in verdicts {
        let file = attribute(&verdict.file);
        out.push_str(&format!(
            "  <testsuite name=\"{file}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"0\" time=\"0\">\n",
            cases(verdict),
            verdict.failed().count(),
            usize::from(!verdict.errors.is_empty())
        ));
        if !verdict.errors.is_empty() {
            let text: Vec<String> = verdict
                .errors
                .iter()
                .map(|problem| {
                    let at = problem.at.as_ref().map(|at| format!("{at}: ")).unwrap_or_default();
                    format!("{at}{}", problem.message)
                })
                .collect();
            out.push_str(&format!(
                "    <testcase classname=\"{file}\" name=\"{}\" time=\"0\">\n      <error message=\"{}\" type=\"{}\">{}</error>\n    </testcase>\n",
                attribute(&format!("{}: can be checked", verdict.file)),
                attribute(&text[0]),
                attribute(&verdict.errors[0].code),
                escaped(&text.join("\n"))
            ));
        }
        verdict.rows.iter().for_each(|row| case(&mut out, verdict, row));
        out.push_str("  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

fn cases(verdict: &Verdict) -> usize {
    verdict.rows.len() + usize::from(!verdict.errors.is_empty())
}

fn case(out: &mut String, verdict: &Verdict, row: &Row) {
    let file = attribute(&verdict.file);
    // The file goes into the name too: some services look at the name alone.
    let name = attribute(&format!("{}: {}", verdict.file, row.name));
    out.push_str(&format!("    <testcase classname=\"{file}\" name=\"{name}\" file=\"{file}\" time=\"0\""));
    if row.passed {
        out.push_str("/>\n");
        return;
    }
    let at = if row.at.is_empty() { String::new() } else { format!("\n{}", row.at.join("\n")) };
    out.push_str(&format!(
        ">\n      <failure message=\"{}\" type=\"{}\">{}</failure>\n    </testcase>\n",
        attribute(&row.message),
        row.rule.name(),
        escaped(&format!("{}{at}", row.message))
    ));
}

/// Text for XML 1.0, which has no way to carry most control characters.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

fn attribute(text: &str) -> String {
    escaped(text).replace('\n', "&#10;").replace('\t', "&#9;")
}
