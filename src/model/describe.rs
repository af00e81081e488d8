//! A model in full, for people: Markdown, and a plain page of the same.

use std::fmt::Write;

use serde::Serialize;

use super::{Confidence, Model, Origin};

/// A line of the catalogue.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entry<'a> {
    /// What `--model` takes.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Who publishes it.
    pub publisher: Option<&'a str>,
    /// Year of the version at hand.
    pub year: Option<i64>,
    /// The scoring rule.
    pub rule: &'a str,
    /// Lowest and highest level.
    pub levels: [f64; 2],
    /// Areas at every depth.
    pub areas: usize,
    /// Practices.
    pub practices: usize,
}

impl<'a> Entry<'a> {
    /// The line of a model.
    pub fn of(model: &'a Model) -> Self {
        Self {
            id: &model.id,
            name: &model.name,
            publisher: model.publisher.as_deref(),
            year: model.year,
            rule: model.rule.word(),
            levels: [model.scale().lowest(), model.scale().highest()],
            areas: model.areas.len(),
            practices: model.practices().count(),
        }
    }
}

/// `3 levels, 6 areas and 12 practices`.
pub fn counts(model: &Model) -> String {
    let count = |n: usize, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
    let levels = count(model.scale().levels().len(), "level");
    let areas = count(model.areas.len(), "area");
    match model.practices().count() {
        0 => format!("{levels} and {areas}"),
        n => format!("{levels}, {areas} and {}", count(n, "practice")),
    }
}

/// The model as Markdown.
pub fn markdown(model: &Model) -> String {
    let mut text = format!("# {}\n\n", model.name);
    let year = model.year.map(|year| year.to_string());
    let confidence = match model.confidence {
        Confidence::High => "high",
        Confidence::Medium => "medium",
        Confidence::Low => "low",
    };
    let facts = [
        ("Id", Some(&model.id)),
        ("Publisher", model.publisher.as_ref()),
        ("Year", year.as_ref()),
        ("Version", model.version.as_ref()),
        ("Source", model.source.as_ref()),
        ("Licence", model.licence.as_ref()),
        ("Note", model.note.as_ref()),
        ("Read in the source", model.verified.as_ref()),
        ("Presumed", model.presumed.as_ref()),
    ];
    for (label, value) in facts {
        if let Some(value) = value {
            let _ = writeln!(text, "- {label}: {value}");
        }
    }
    let _ = writeln!(text, "- Confidence: {confidence}");
    let note = model.rule_note.as_ref().map_or_else(String::new, |note| format!(". {note}"));
    let _ = writeln!(text, "- Rule: {}{note}", model.rule.word());
    if model.criteria_from == Origin::Gapwise {
        text.push_str("- The demands below are Gapwise's own reading, not the publisher's\n");
    }
    for (title, steps) in [("Levels", Some(&model.levels)), ("Answers", model.answers.as_ref())] {
        let Some(steps) = steps else { continue };
        let _ = write!(text, "\n## {title}\n\n| value | name | meaning |\n| ---: | --- | --- |\n");
        for step in steps.scale.levels() {
            let (name, meaning) = (step.name.as_deref().unwrap_or(""), step.summary.as_deref().unwrap_or(""));
            let _ = writeln!(text, "| {} | {} | {} |", step.value, cell(name), cell(meaning));
        }
    }
    text.push_str("\n## Areas\n");
    for (index, area) in model.areas.iter().enumerate() {
        let depth = (model.path(index).len() + 2).min(6);
        let _ = write!(text, "\n{} {}\n\n", "#".repeat(depth), area.name);
        if let Some(summary) = &area.summary {
            let _ = writeln!(text, "{summary}\n");
        }
        for asked in &area.criteria {
            let name = model.scale().name_of(asked.level).map_or_else(String::new, |name| format!(" {name}"));
            let _ = writeln!(text, "- {}{name}: {}", asked.level, asked.demands.join("; "));
        }
        if let Some(metric) = &area.metric {
            for threshold in &metric.thresholds {
                let name = model.scale().name_of(threshold.level).map_or_else(String::new, |name| format!(" {name}"));
                let _ = writeln!(text, "- {}{name}: {}", threshold.level, threshold.written);
            }
        }
        for practice in &area.practices {
            let level = practice.level.map_or_else(String::new, |level| format!(" (level {level})"));
            let _ = writeln!(text, "- `{}` {}{level}", practice.id, practice.name.as_deref().unwrap_or(""));
        }
    }
    text
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// The model as a page without anything from elsewhere.
pub fn html(model: &Model) -> String {
    let options = pulldown_cmark::Options::ENABLE_TABLES;
    // A user's own file may hold anything; tags in it are shown, never run.
    let text = markdown(model).replace('&', "&amp;").replace('<', "&lt;");
    let mut body = String::new();
    pulldown_cmark::html::push_html(&mut body, pulldown_cmark::Parser::new_ext(&text, options));
    let title = model.name.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>body{{font:16px/1.5 \
         system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1c2330;background:#fff}}\
         table{{border-collapse:collapse}}td,th{{border-bottom:1px solid #c9ced6;padding:.3rem .6rem;text-align:left;\
         vertical-align:top}}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )
}
