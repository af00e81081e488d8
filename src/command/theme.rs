//! `gapwise theme`, and the flags that say how reports look: names and files -> render options.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use gapwise::error::{Problem, Problems, Result, Warned};
use gapwise::render::RenderOptions;
use gapwise::render::html::Templates;
use gapwise::render::pdf::Paper;
use gapwise::theme::{self, NAMED, TEMPLATE, Theme};

use super::Terminal;
use crate::cli::{Cli, LooksArgs, ThemeCommand};
use crate::{Exit, output};

/// Runs the command.
pub fn run(command: &ThemeCommand, cli: &Cli) -> Exit {
    let terminal = Terminal::new(cli);
    match command {
        ThemeCommand::List => {
            let lines: Vec<String> = NAMED.iter().map(|(name, what, _)| format!("{name:<8} {what}\n")).collect();
            terminal.print(&lines.concat());
            Exit::Done
        }
        ThemeCommand::New { output } if output.as_os_str() == "-" => {
            terminal.print(TEMPLATE);
            Exit::Done
        }
        ThemeCommand::New { output } => {
            let shown = output.display().to_string();
            if output.exists() {
                let problem = Problem::new("exists", "a file of this name is there already")
                    .hint("name another: gapwise theme new -o bank.toml");
                terminal.error(Some(&shown), &problem);
                return Exit::Failed;
            }
            match output::write(output, TEMPLATE.as_bytes()) {
                Ok(()) => {
                    terminal.say(&format!("wrote {shown}"));
                    Exit::Done
                }
                Err(problems) => {
                    terminal.errors(Some(&shown), &problems);
                    Exit::Failed
                }
            }
        }
    }
}

/// Theme, fonts, templates and paper as the flags say.
///
/// # Errors
/// Every mistake in the theme file, fonts that cannot be read, templates that do not work; each message names its file.
pub fn looks(args: &LooksArgs, paper: Option<Paper>) -> Result<Warned<RenderOptions>> {
    let mut problems = Vec::new();
    let mut warnings = Vec::new();
    let mut theme = match args.theme.as_deref().map(chosen) {
        None => Theme::default(),
        Some(Ok(found)) => {
            warnings = found.warnings;
            found.value
        }
        Some(Err(found)) => {
            problems.extend(found.0);
            Theme::default()
        }
    };
    let mut fonts = Vec::new();
    for path in &args.font {
        match font(path) {
            Ok(bytes) => fonts.push(bytes),
            Err(problem) => problems.push(problem),
        }
    }
    fonts.append(&mut theme.fonts);
    theme.fonts = fonts;
    let templates = args.templates.as_deref().map_or_else(|| Ok(Templates::default()), own).unwrap_or_else(|found| {
        problems.extend(found.0);
        Templates::default()
    });
    if !problems.is_empty() {
        return Err(Problems(problems));
    }
    let paper = paper.or(theme.paper).unwrap_or_default();
    let value =
        RenderOptions { paper, theme: Arc::new(theme), templates: Arc::new(templates), ..RenderOptions::default() };
    Ok(Warned { value, warnings })
}

/// A theme by name, else by file.
fn chosen(named: &Path) -> Result<Warned<Theme>> {
    if let Some(theme) = named.to_str().and_then(theme::named) {
        return Ok(Warned { value: theme, warnings: Vec::new() });
    }
    let text = fs::read_to_string(named).map_err(|error| {
        let names: Vec<&str> = NAMED.iter().map(|(name, ..)| *name).collect();
        let message = format!("--theme: `{}`: {}", named.display(), output::reason(&error));
        Problem::new("bad-theme", message)
            .hint(format!("a theme file, or one of {}; gapwise theme new writes a file", names.join(", ")))
    })?;
    let folder = named.parent().unwrap_or(Path::new(""));
    let open = |name: &str| fs::read(folder.join(name)).map_err(|error| output::reason(&error));
    let all = |found: Vec<Problem>| found.into_iter().map(|it| of(named, it)).collect();
    match theme::read(&text, &open) {
        Ok(found) => Ok(Warned { value: found.value, warnings: all(found.warnings) }),
        Err(found) => Err(Problems(all(found.0))),
    }
}

/// A problem with its file before its place.
fn of(path: &Path, problem: Problem) -> Problem {
    let at = problem.at.map_or_else(|| path.display().to_string(), |at| format!("{}, {at}", path.display()));
    Problem { at: Some(at), ..problem }
}

fn font(path: &Path) -> std::result::Result<Vec<u8>, Problem> {
    let problem = |reason: String| Problem::new("bad-font", format!("--font: `{}`: {reason}", path.display()));
    let bytes = fs::read(path).map_err(|error| problem(output::reason(&error)))?;
    match gapwise::font::check(&bytes) {
        Ok(()) => Ok(bytes),
        Err(reason) => Err(problem(reason).hint("TrueType and OpenType fonts are read (.ttf, .otf, .ttc)")),
    }
}

fn own(folder: &Path) -> Result<Templates> {
    let read = |name: &str| fs::read_to_string(folder.join(name)).ok();
    Templates::with(&read).map_err(|found| Problems(found.0.into_iter().map(|it| of(folder, it)).collect()))
}
