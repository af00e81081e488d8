//! `gapwise completions` and `gapwise man`: both made of the flags themselves.

use std::io::Write;

use clap::CommandFactory;

use crate::cli::manual::{CompletionsArgs, ManArgs};
use crate::cli::{Cli, bad};
use crate::{Exit, console};

/// Prints the completion script of a shell.
pub fn completions(args: &CompletionsArgs) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "gapwise", &mut script);
    print(&script)
}

/// Prints the manual page of the program or of one command.
pub fn man(args: &ManArgs) -> Exit {
    let mut cli = Cli::command();
    cli.build();
    let page = match &args.command {
        None => cli,
        Some(name) => match cli.find_subcommand(name) {
            Some(command) => command.clone(),
            None => {
                let known: Vec<&str> = cli.get_subcommands().map(clap::Command::get_name).collect();
                let problem = bad("man", format!("no command `{name}`; known: {}", known.join(", ")), "gapwise man");
                console::plain(&problem.into());
                return Exit::Failed;
            }
        },
    };
    let mut text = Vec::new();
    // Writing to memory cannot fail.
    let _ = clap_mangen::Man::new(page).render(&mut text);
    print(&text)
}

/// A reader that went away has seen what it wanted.
fn print(bytes: &[u8]) -> Exit {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(bytes).and_then(|()| out.flush());
    Exit::Done
}
