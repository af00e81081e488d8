//! The commands, one file each; they talk to the disk, the clock and the terminal.

pub mod check;
pub mod inspect;
pub mod manual;
pub mod merge;
pub mod models;
pub mod new;
mod progress;
pub mod report;
mod summary;
pub mod theme;
mod verdict;

use std::io::{IsTerminal, Write};

use gapwise::error::{Problem, Problems};

use crate::cli::Cli;
use crate::console::{Paint, Severity, message};

/// The two streams of a command.
pub struct Terminal {
    /// Colours for standard output.
    pub out: Paint,
    err: Paint,
    quiet: bool,
}

impl Terminal {
    /// The terminal as flags and environment want it.
    pub fn new(cli: &Cli) -> Self {
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self {
            out: Paint::new(cli.color, &std::io::stdout(), no_color),
            err: Paint::new(cli.color, &std::io::stderr(), no_color),
            quiet: cli.quiet,
        }
    }

    /// Prints what was asked for; nothing when quiet. A reader that went away ends the output quietly.
    pub fn print(&self, text: &str) {
        if !self.quiet {
            let _ = std::io::stdout().lock().write_all(text.as_bytes());
        }
    }

    /// Prints errors, always.
    pub fn errors(&self, file: Option<&str>, problems: &Problems) {
        problems.0.iter().for_each(|problem| self.error(file, problem));
    }

    /// Prints an error, always.
    pub fn error(&self, file: Option<&str>, problem: &Problem) {
        self.note(&message(self.err, Severity::Error, file, problem), true);
    }

    /// Prints a warning, unless quiet.
    pub fn warning(&self, file: Option<&str>, problem: &Problem) {
        self.note(&message(self.err, Severity::Warning, file, problem), false);
    }

    /// Says which sheets were passed over, and why, unless quiet.
    pub fn passed_over(&self, sheets: &[(String, Problem)]) {
        for (file, problem) in sheets {
            let at = problem.at.as_ref().map(|at| format!(", {at}")).unwrap_or_default();
            self.say(&format!("passed over {file}{at}: {}", problem.message));
        }
    }

    /// Prints a line about the work, unless quiet.
    pub fn say(&self, line: &str) {
        self.note(line, false);
    }

    fn note(&self, line: &str, always: bool) {
        if always || !self.quiet {
            let _ = writeln!(std::io::stderr().lock(), "{line}");
        }
    }

    /// Whether people watch standard error.
    pub fn watched(&self) -> bool {
        !self.quiet && std::io::stderr().is_terminal()
    }
}
