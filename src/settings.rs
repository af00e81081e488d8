//! `gapwise.toml`: settings kept beside the spreadsheets. Each is a flag by its long name, so that both are read and
//! checked by the same code; a flag that was typed wins.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, CommandFactory, FromArgMatches};
use gapwise::compare::nearest;
use gapwise::error::{Problem, Problems, Result, quoted};
use toml::{Table, Value};

use crate::cli::Cli;

/// The name that is looked for.
pub const FILE: &str = "gapwise.toml";
/// Commands that settings are for.
const COMMANDS: [&str; 4] = ["report", "check", "merge", "inspect"];
/// Flags that make no sense in a file.
const NEVER: [&str; 7] = ["help", "version", "config", "no-config", "print-settings", "inputs", "input"];
/// Settings written as a table of names and values.
const TABLES: [&str; 4] = ["column", "level", "rename", "area"];

/// A command line with its settings file laid under it.
pub struct Parsed {
    /// The arguments in force.
    pub cli: Cli,
    /// What `--print-settings` prints, where it was asked for.
    pub print: Option<String>,
}

/// Reads the command line and the settings file that is the nearest to the first input.
///
/// # Errors
/// Those of the settings file. A command line that makes no sense ends the program, as clap has it.
pub fn parse() -> Result<Parsed> {
    let argv: Vec<OsString> = std::env::args_os().collect();
    let matches = Cli::command().get_matches_from(&argv);
    let Some((command, typed)) = matches.subcommand().filter(|(name, _)| COMMANDS.contains(name)) else {
        return Ok(Parsed { cli: cli(&matches), print: None });
    };
    let file = match matches.get_flag("no_config") {
        true => None,
        false => match matches.get_one::<PathBuf>("config") {
            Some(path) => Some(path.clone()),
            None => find(typed),
        },
    };
    let laid = file.as_deref().map(|file| lay(file, command, typed)).transpose()?.unwrap_or_default();
    let place = argv.iter().position(|arg| arg == command).map_or(argv.len(), |place| place + 1);
    let mut all = argv.clone();
    all.splice(place..place, laid.values().flatten().cloned());
    let matches = Cli::command().get_matches_from(&all);
    let print = matches.get_flag("print_settings").then(|| {
        let (_, own) = matches.subcommand().expect("the same command as before");
        printed(command, own, &laid, file.as_deref())
    });
    Ok(Parsed { cli: cli(&matches), print })
}

fn cli(matches: &ArgMatches) -> Cli {
    Cli::from_arg_matches(matches).unwrap_or_else(|error| error.exit())
}

/// The settings file in the folder of the first input, or the nearest above.
fn find(typed: &ArgMatches) -> Option<PathBuf> {
    let input = ["inputs", "input"].iter().find_map(|id| typed.try_get_many::<PathBuf>(id).ok().flatten()?.next());
    let start = match input {
        Some(path) if path.is_dir() => path.clone(),
        Some(path) => path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_path_buf(),
        None => PathBuf::from("."),
    };
    let start = start.canonicalize().ok()?;
    start.ancestors().map(|folder| folder.join(FILE)).find(|file| file.is_file())
}

/// The arguments of a command, by long name.
fn known(command: &str) -> BTreeMap<String, Arg> {
    let mut cli = Cli::command();
    cli.build();
    let found = cli.find_subcommand(command).cloned().unwrap_or_default();
    let args = found.get_arguments().filter_map(|arg| Some((arg.get_long()?.to_owned(), arg.clone())));
    args.filter(|(name, _)| !NEVER.contains(&name.as_str())).collect()
}

/// Turns the settings that this command knows and nobody typed into arguments, by setting.
fn lay(file: &Path, command: &str, typed: &ArgMatches) -> Result<BTreeMap<String, Vec<OsString>>> {
    let shown = shown(file);
    let refused = |code: &'static str, what: String| Problem::new(code, format!("{shown}: {what}"));
    let text = fs::read_to_string(file).map_err(|error| {
        refused("bad-settings", crate::output::reason(&error)).hint("name another with --config FILE, or --no-config")
    })?;
    let table: Table = text.parse().map_err(|error: toml::de::Error| {
        let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
        let reason = error.message().lines().next().unwrap_or_default().to_owned();
        refused("bad-settings", format!("line {line}: {reason}")).hint("settings are TOML: paper = \"letter\"")
    })?;
    let every: BTreeMap<&str, BTreeMap<String, Arg>> = COMMANDS.iter().map(|name| (*name, known(name))).collect();
    let anywhere: Vec<&str> = every.values().flat_map(BTreeMap::keys).map(String::as_str).chain(COMMANDS).collect();
    let mut problems = Vec::new();
    let mut laid = BTreeMap::new();
    let mut take = |key: &str, value: &Value, table: Option<&str>| {
        let owner = table.unwrap_or(command);
        let Some(arg) = every[owner].get(key) else {
            if table.is_none() && anywhere.contains(&key) {
                return;
            }
            let place = table.map(|table| format!(" in [{table}]")).unwrap_or_default();
            let problem = refused("unknown-setting", format!("unknown {}{place}", quoted(key)));
            let names: Vec<&str> = match table {
                Some(table) => every[table].keys().map(String::as_str).collect(),
                None => anywhere.clone(),
            };
            problems.push(match nearest(key, names.into_iter()) {
                Some(near) => problem.hint(format!("the nearest is {}", quoted(near))),
                None => problem.hint("settings are named like the long flags, see --help"),
            });
            return;
        };
        // A general `format` names reports; `check` and `inspect` have formats of their own.
        let other = table.is_none() && key == "format" && ["check", "inspect"].contains(&command);
        if other || owner != command || typed.value_source(arg.get_id().as_str()) == Some(ValueSource::CommandLine) {
            return;
        }
        match arguments(key, arg, value, file.parent().unwrap_or(Path::new("."))) {
            Ok(arguments) => {
                laid.insert(key.to_owned(), arguments);
            }
            Err(wanted) => {
                let what = format!("{} takes {wanted}", quoted(key));
                problems.push(refused("bad-settings", what).hint("see docs/gapwise-settings.schema.json"));
            }
        }
    };
    for (key, value) in &table {
        match (COMMANDS.iter().find(|name| *name == key), value) {
            (Some(name), Value::Table(own)) => own.iter().for_each(|(key, value)| take(key, value, Some(name))),
            (Some(_), _) => take(key, value, Some("report")),
            (None, _) => take(key, value, None),
        }
    }
    if problems.is_empty() { Ok(laid) } else { Err(Problems(problems)) }
}

/// A setting as arguments; the error says what it takes.
fn arguments(key: &str, arg: &Arg, value: &Value, folder: &Path) -> std::result::Result<Vec<OsString>, &'static str> {
    let one = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Float(number) => Some(number.to_string()),
        Value::Datetime(date) => Some(date.to_string()),
        _ => None,
    };
    let flag = |text: String| {
        let is_path = arg.get_value_parser().type_id() == clap::builder::ValueParser::path_buf().type_id();
        let beside = folder.join(&text);
        // What a file names stands beside the file, wherever the program is run.
        let text = match text != "-" && (is_path || !TABLES.contains(&key) && beside.is_file()) {
            true => beside.display().to_string(),
            false => text,
        };
        OsString::from(format!("--{key}={text}"))
    };
    let repeats = matches!(arg.get_action(), ArgAction::Append);
    match (value, arg.get_action()) {
        (Value::Boolean(true), ArgAction::SetTrue) => Ok(vec![format!("--{key}").into()]),
        (Value::Boolean(false), ArgAction::SetTrue) => Ok(Vec::new()),
        (_, ArgAction::SetTrue) => Err("true or false"),
        (Value::Table(table), _) if key == "area" => {
            let areas = table.iter().map(|(name, rules)| {
                let rules = rules.as_table()?.iter().map(|(rule, value)| Some(format!("{rule}={}", one(value)?)));
                Some(flag(format!("{name}:{}", rules.collect::<Option<Vec<_>>>()?.join(","))))
            });
            areas.collect::<Option<_>>().ok_or("a table of areas: Testing = { min-level = 3 }")
        }
        (Value::Table(table), _) if TABLES.contains(&key) => {
            let pairs = table.iter().map(|(name, value)| Some(flag(format!("{name}={}", one(value)?))));
            pairs.collect::<Option<_>>().ok_or("a table of names and values")
        }
        (Value::Array(list), _) => {
            let texts = list.iter().map(one).collect::<Option<Vec<_>>>().ok_or("a list of texts")?;
            Ok(if repeats { texts.into_iter().map(flag).collect() } else { vec![flag(texts.join(","))] })
        }
        (value, _) => one(value).map(|text| vec![flag(text)]).ok_or("a text or a number"),
    }
}

/// Every setting in force, a line each: name, value, where it comes from.
fn printed(
    command: &str,
    matches: &ArgMatches,
    laid: &BTreeMap<String, Vec<OsString>>,
    file: Option<&Path>,
) -> String {
    let rows: Vec<[String; 3]> = known(command)
        .into_iter()
        .map(|(name, arg)| {
            let id = arg.get_id().as_str();
            let values: Vec<String> = match arg.get_action() {
                ArgAction::SetTrue => vec![matches.get_flag(id).to_string()],
                _ => {
                    let raw = matches.try_get_raw(id).ok().flatten();
                    raw.map(|raw| raw.map(|it| format!("{:?}", it.to_string_lossy())).collect()).unwrap_or_default()
                }
            };
            let source = match (laid.contains_key(&name), matches.value_source(id)) {
                (true, _) => file.map(shown).unwrap_or_default(),
                (false, Some(ValueSource::CommandLine)) => "command line".to_owned(),
                _ => "default".to_owned(),
            };
            let value = if values.is_empty() { "not set".to_owned() } else { values.join(", ") };
            [name, value, source]
        })
        .collect();
    let wide = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let (names, values) = (wide(0), wide(1).min(60));
    rows.iter().map(|[name, value, source]| format!("{name:names$}  {value:values$}  {source}\n")).collect()
}

/// The file, below the working folder where it is.
fn shown(file: &Path) -> String {
    let here = std::env::current_dir().and_then(|it| it.canonicalize()).unwrap_or_default();
    file.strip_prefix(&here).unwrap_or(file).display().to_string()
}

#[cfg(test)]
mod tests;
