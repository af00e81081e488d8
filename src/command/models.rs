//! `gapwise models`: the catalogue, one model in full, a skeleton for a model of one's own, and its check.

use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use gapwise::error::{Problem, Problems, Result};
use gapwise::model::{Model, catalogue, describe, file};

use super::Terminal;
use crate::cli::{Cli, ModelsArgs, bad};
use crate::{Exit, output};

/// What `gapwise models new` prints: a small model with a comment on every key.
const SKELETON: &str = include_str!("../../models/skeleton.toml");

/// Runs the command.
pub fn run(args: &ModelsArgs, cli: &Cli) -> Exit {
    let terminal = Terminal::new(cli);
    match text(args) {
        Ok(text) => {
            terminal.print(&text);
            Exit::Done
        }
        Err(problems) => {
            terminal.errors(None, &problems);
            Exit::Failed
        }
    }
}

fn text(args: &ModelsArgs) -> Result<String> {
    let format = args.format.as_deref();
    let unknown = |format: &str, known: &str| {
        Problems::from(bad("--format", format!("unknown `{format}`; known: {known}"), "--format json"))
    };
    match (args.id.as_deref(), args.file.as_deref()) {
        (Some("new"), None) => Ok(SKELETON.to_owned()),
        (Some("check"), Some(path)) => {
            let model = read(path)?;
            Ok(format!("{}: {} is a model of {}\n", path.display(), model.name, describe::counts(&model)))
        }
        (Some("check"), None) => {
            Err(bad("models check", "names no file", "gapwise models check my-model.toml").into())
        }
        (None, _) => match format.unwrap_or("text") {
            "text" => Ok(table()),
            "json" => Ok(json(&catalogue::all().iter().map(|model| describe::Entry::of(model)).collect::<Vec<_>>())),
            other => Err(unknown(other, "text, json")),
        },
        (Some(id), None) => {
            let model = load(id)?;
            match format.unwrap_or("md") {
                "md" | "text" => Ok(describe::markdown(&model)),
                "html" => Ok(describe::html(&model)),
                "json" => Ok(json(&*model)),
                "toml" => match catalogue::text(&model.id) {
                    Some(text) if !id.ends_with(".toml") => Ok(text.to_owned()),
                    _ => std::fs::read_to_string(id).map_err(|error| unreadable(Path::new(id), &error)),
                },
                other => Err(unknown(other, "md, html, json, toml")),
            }
        }
        (Some(_), Some(path)) => {
            let hint = "gapwise models check FILE, or gapwise models ID";
            Err(bad("models", format!("`{}` is one name too many", path.display()), hint).into())
        }
    }
}

/// JSON with line breaks.
fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string_pretty(value).expect("models hold no maps with keys that are no text") + "\n"
}

/// The catalogue: id, name, publisher, levels, areas, rule.
fn table() -> String {
    let rows: Vec<[String; 5]> = catalogue::all()
        .iter()
        .map(|model| {
            let scale = model.scale();
            let levels = format!("{}..{}", scale.lowest(), scale.highest());
            let areas = model.children(None).count().to_string();
            [model.id.clone(), levels, areas, model.rule.word().to_owned(), model.name.clone()]
        })
        .collect();
    let heads = ["ID", "LEVELS", "AREAS", "RULE", "NAME"].map(str::to_owned);
    let wide = |column: usize| {
        std::iter::once(&heads).chain(&rows).map(|row| row[column].chars().count()).max().unwrap_or_default()
    };
    let widths = [wide(0), wide(1), wide(2), wide(3)];
    let mut text = String::new();
    for [id, levels, areas, rule, name] in std::iter::once(&heads).chain(&rows) {
        let [a, b, c, d] = widths;
        let _ = writeln!(text, "{id:<a$}  {levels:<b$}  {areas:>c$}  {rule:<d$}  {name}");
    }
    text
}

/// A model by its id in the catalogue, or from a file: what ends in `.toml` or holds a separator is a path.
///
/// # Errors
/// `no-model`; `not-readable`; every mistake in the file, with its line and column.
pub fn load(name: &str) -> Result<Arc<Model>> {
    let is_path = name.to_lowercase().ends_with(".toml") || name.contains(['/', std::path::MAIN_SEPARATOR]);
    if is_path { read(Path::new(name)).map(Arc::new) } else { catalogue::get(name) }
}

/// A model from a file; messages name the file before the line.
fn read(path: &Path) -> Result<Model> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
    file::read(&text).map_err(|Problems(found)| {
        let named = |mut problem: Problem| {
            problem.at = Some(problem.at.map_or_else(|| shown.to_string(), |at| format!("{shown}, {at}")));
            problem
        };
        Problems(found.into_iter().map(named).collect())
    })
}

fn unreadable(path: &Path, error: &std::io::Error) -> Problems {
    let reason = match error.kind() {
        std::io::ErrorKind::NotFound => "no such file".to_owned(),
        std::io::ErrorKind::InvalidData => "is no text in UTF-8".to_owned(),
        _ => output::reason(error),
    };
    let problem = Problem::new("not-readable", reason).at(path.display());
    problem.hint("--model takes an id of gapwise models or the path of a .toml file").into()
}
