//! The program: arguments, disk, clock and terminal around the library.

mod batch;
mod cli;
mod command;
mod console;
mod output;
mod settings;

use std::process::ExitCode;

/// What the program ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    /// Everything was done.
    Done,
    /// A gate did not pass.
    NotPassed,
    /// Something could not be done.
    Failed,
}

fn main() -> ExitCode {
    // A panic in one file is caught and told as that file's error; its trace helps nobody at a terminal.
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        std::panic::set_hook(Box::new(|_| {}));
    }
    let parsed = match settings::parse() {
        Ok(parsed) => parsed,
        Err(problems) => {
            console::plain(&problems);
            return ExitCode::from(2);
        }
    };
    if let Some(text) = &parsed.print {
        print!("{text}");
        return ExitCode::SUCCESS;
    }
    let cli = parsed.cli;
    let exit = match &cli.command {
        cli::Command::Report(args) => command::report::run(args, &cli),
        cli::Command::Check(args) => command::check::run(args, &cli),
        cli::Command::Merge(args) => command::merge::run(args, &cli),
        cli::Command::Completions(args) => command::manual::completions(args),
        cli::Command::Man(args) => command::manual::man(args),
        cli::Command::Models(args) => command::models::run(args, &cli),
        cli::Command::Inspect(args) => command::inspect::run(args, &cli),
        cli::Command::New(args) => command::new::run(args, &cli),
        cli::Command::Theme(command) => command::theme::run(command, &cli),
    };
    match exit {
        Exit::Done => ExitCode::SUCCESS,
        Exit::NotPassed => ExitCode::from(1),
        Exit::Failed => ExitCode::from(2),
    }
}
