//! `gapwise new`: a model in, a workbook to fill in out.

use std::io::Write;

use gapwise::error::{Problem, Problems, Result};
use gapwise::model::Model;
use gapwise::workbook::template::{self, TemplateOptions};

use super::{Terminal, models};
use crate::cli::{Cli, NewArgs, bad};
use crate::{Exit, console, output};

/// Runs the command.
pub fn run(args: &NewArgs, cli: &Cli) -> Exit {
    let terminal = Terminal::new(cli);
    match make(args, &terminal) {
        Ok(()) => Exit::Done,
        Err(problems) => {
            terminal.errors(None, &problems);
            Exit::Failed
        }
    }
}

/// What the workbook is written as.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Xlsx,
    Csv,
}

fn make(args: &NewArgs, terminal: &Terminal) -> Result<()> {
    let mut problems = Vec::new();
    let mut keep = |result: Result<()>| problems.extend(result.err().map(|found| found.0).unwrap_or_default());
    let (mut model, mut kind, mut subjects, mut date) = (None, Kind::Xlsx, Vec::new(), String::new());
    keep(models::load(&args.model).map(|found| model = Some(found)));
    keep(asked(args).map(|found| kind = found));
    keep(names(args.subjects.as_deref()).map(|found| subjects = found));
    keep(day(args).map(|found| date = found));
    let (Some(model), true) = (model, problems.is_empty()) else { return Err(Problems(problems)) };
    let to_screen = args.output.as_os_str() == "-";
    if !to_screen && !args.force && args.output.exists() {
        let path = args.output.display().to_string();
        let hint = "it may hold ratings: write elsewhere, or over it with --force";
        return Err(Problem::new("file-exists", "is there already").at(path).hint(hint).into());
    }
    let bytes = bytes(&model, kind, &TemplateOptions { subjects, date })?;
    if to_screen {
        let mut out = std::io::stdout().lock();
        // A reader that went away has seen what it wanted.
        let _ = out.write_all(&bytes).and_then(|()| out.flush());
        return Ok(());
    }
    output::write(&args.output, &bytes)?;
    terminal.say(&format!("wrote {}   {}", args.output.display(), console::size(bytes.len())));
    Ok(())
}

fn bytes(model: &Model, kind: Kind, options: &TemplateOptions) -> Result<Vec<u8>> {
    match kind {
        Kind::Xlsx => template::xlsx(model, options),
        Kind::Csv => template::csv(model, options),
    }
}

/// The format asked for, by flag or by the file's ending.
fn asked(args: &NewArgs) -> Result<Kind> {
    let ending = args.output.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let word = args.format.as_ref().map(|word| word.trim().to_lowercase()).or(ending);
    match (word.as_deref(), &args.format) {
        (Some("xlsx") | None, _) => Ok(Kind::Xlsx),
        (Some("csv"), _) => Ok(Kind::Csv),
        (Some(word), Some(_)) => {
            Err(bad("--format", format!("unknown `{word}`; known: xlsx, csv"), "--format xlsx").into())
        }
        (Some(word), None) => {
            let hint = "-o assessment.xlsx, or say what it is: --format xlsx";
            Err(bad("-o", format!("cannot write `.{word}`; known: .xlsx, .csv"), hint).into())
        }
    }
}

/// The subjects, each once.
fn names(list: Option<&str>) -> Result<Vec<String>> {
    let Some(list) = list else { return Ok(Vec::new()) };
    let names: Vec<String> =
        list.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
    let hint = "--subjects \"Web shop,Billing\"";
    if names.is_empty() {
        return Err(bad("--subjects", "names nobody", hint).into());
    }
    let twice = names.iter().enumerate().find(|(index, name)| names[..*index].contains(name));
    match twice {
        Some((_, name)) => Err(bad("--subjects", format!("`{name}` stands twice"), hint).into()),
        None => Ok(names),
    }
}

/// The day written into the workbook.
fn day(args: &NewArgs) -> Result<String> {
    if let Some(text) = &args.date {
        if text.parse::<jiff::civil::Date>().is_err() || text.len() != 10 {
            return Err(bad("--date", format!("`{text}` is no day"), "--date 2026-01-31").into());
        }
        return Ok(text.clone());
    }
    match super::report::source_date()? {
        Some(date) => Ok(date),
        None => Ok(jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date().to_string()),
    }
}
