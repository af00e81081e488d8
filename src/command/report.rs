//! `gapwise report`: spreadsheets in, reports out.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use gapwise::analysis::Analysis;
use gapwise::error::{Problem, Problems, Result, Warned};
use gapwise::merge::MergeOptions;
use gapwise::render::Format;
use gapwise::render::RenderOptions;
use gapwise::render::pdf::Paper;
use gapwise::render::pdf::archive::Standard;
use gapwise::report::Detail;
use gapwise::wording::Words;

use super::progress::Progress;
use super::{Terminal, merge, summary};
use crate::batch::sheets::each_sheet;
use crate::batch::state::{self, State};
use crate::batch::{self, Earlier, Input, Made, Order};
use crate::cli::{Cli, ReportArgs, ShapeArgs, bad};
use crate::console::Paint;
use crate::{Exit, console, output};

/// Runs the command.
pub fn run(args: &ReportArgs, cli: &Cli) -> Exit {
    let terminal = Terminal::new(cli);
    let order = match order(args) {
        Ok(order) => order,
        Err(problems) => {
            terminal.errors(None, &problems);
            return Exit::Failed;
        }
    };
    order.noticed.iter().for_each(|warning| terminal.warning(None, warning));
    let (inputs, mut lost) = batch::inputs(&args.inputs, Some(&args.shape.output));
    let sheets = each_sheet(inputs, &order);
    lost.extend(sheets.lost);
    terminal.passed_over(&sheets.passed);
    let inputs = sheets.inputs;
    lost.iter().for_each(|(path, problem)| terminal.error(Some(path), problem));
    let done = match args.shape.output.as_os_str() == "-" {
        true => to_standard_output(&inputs, &order, &terminal),
        false => to_folder(&inputs, &order, args, &terminal),
    };
    if done.failed > 0 || !lost.is_empty() || (args.strict && done.warnings + order.noticed.len() > 0) {
        Exit::Failed
    } else {
        Exit::Done
    }
}

/// Checks all flags, so that every mistake is told at once and before any work.
fn order(args: &ReportArgs) -> Result<Order> {
    let mut problems = Vec::new();
    let wishes = args.reading.wishes().unwrap_or_else(|found| {
        problems.extend(found.0);
        Default::default()
    });
    let shape = shape(&args.shape, args.inputs.len() > 1 || args.many.portfolio).unwrap_or_else(|found| {
        problems.extend(found.0);
        Order::new(today())
    });
    let renamed = args.earlier.renamed().unwrap_or_else(|found| {
        problems.extend(found.0);
        Vec::new()
    });
    if args.jobs == Some(0) {
        problems.push(bad("--jobs", "at least one file must be worked on", "--jobs 2"));
    }
    if !problems.is_empty() {
        return Err(Problems(problems));
    }
    let mut order = Order { wishes, forecast: args.forecast, no_ratings: args.many.no_ratings, ..shape };
    order.earlier = Earlier::load(&args.earlier.previous, renamed, &order)?;
    Ok(order)
}

/// What the flags say about the reports themselves; `many` where there is more than one to write.
///
/// # Errors
/// All flags that make no sense, at once.
pub fn shape(args: &ShapeArgs, many: bool) -> Result<Order> {
    let mut problems = Vec::new();
    let formats = args.formats().unwrap_or_else(|found| {
        problems.extend(found.0);
        Vec::new()
    });
    let date = date(args.date.as_deref()).unwrap_or_else(|found| {
        problems.extend(found.0);
        None
    });
    let paper = match args.paper.as_deref().map(str::to_lowercase).as_deref() {
        None => None,
        Some("a4") => Some(Paper::A4),
        Some("letter") => Some(Paper::Letter),
        Some(other) => {
            problems.push(bad("--paper", format!("unknown `{other}`; known: a4, letter"), "--paper a4"));
            None
        }
    };
    let render = super::theme::looks(&args.looks, paper).unwrap_or_else(|found| {
        problems.extend(found.0);
        Warned { value: RenderOptions::default(), warnings: Vec::new() }
    });
    let standard = match args.pdf_standard.to_lowercase().as_str() {
        "ua-1" => Standard::Ua1,
        "a-2a" => Standard::A2a,
        "a-3a" => Standard::A3a,
        other => {
            let what = format!("unknown `{other}`; known: ua-1, a-2a, a-3a");
            problems.push(bad("--pdf-standard", what, "--pdf-standard a-2a"));
            Standard::Ua1
        }
    };
    let detail = match args.detail.as_str() {
        "full" => Detail::Full,
        "summary" => Detail::Summary,
        other => {
            problems.push(bad("--detail", format!("unknown `{other}`; known: full, summary"), "--detail full"));
            Detail::Full
        }
    };
    if let Some(lang) = args.lang.as_deref().filter(|lang| Words::of(lang).is_none()) {
        let known = Words::languages().collect::<Vec<_>>().join(", ");
        problems.push(bad("--lang", format!("no wording in `{lang}`; known: {known}"), "--lang de"));
    }
    if args.output.as_os_str() == "-" && (formats.len() > 1 || many) {
        let hint = "name one: gapwise report bank.xlsx --format json -o -";
        problems.push(bad("-o", "standard output takes one input and one format", hint));
    }
    if args.output.as_os_str() == "-" && formats.contains(&Format::Svg) {
        problems.push(bad("-o", "svg makes a file for each chart, standard output takes one", "-o DIR"));
    }
    if !problems.is_empty() {
        return Err(Problems(problems));
    }
    let (title, lang) = (args.title.clone(), args.lang.clone());
    let Warned { value: mut render, warnings: noticed } = render;
    render.standard = standard;
    Ok(Order { formats, title, date, render, noticed, detail, lang, ..Order::new(today()) })
}

/// The date of last resort.
pub fn today() -> String {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date().to_string()
}

/// The date given by flag, checked, else by the environment.
///
/// # Errors
/// `bad-value` where it is no day.
pub fn date(flag: Option<&str>) -> Result<Option<String>> {
    match flag {
        Some(text) if text.parse::<jiff::civil::Date>().is_err() || text.len() != 10 => {
            Err(bad("--date", format!("`{text}` is no day"), "--date 2026-01-31").into())
        }
        Some(text) => Ok(Some(text.to_owned())),
        None => source_date(),
    }
}

/// The day of SOURCE_DATE_EPOCH, the custom of reproducible builds: seconds since 1970.
pub fn source_date() -> Result<Option<String>> {
    let Ok(text) = std::env::var("SOURCE_DATE_EPOCH") else { return Ok(None) };
    let day = text
        .trim()
        .parse::<i64>()
        .ok()
        .and_then(|seconds| jiff::Timestamp::from_second(seconds).ok())
        .map(|time| time.to_zoned(jiff::tz::TimeZone::UTC).date().to_string());
    match day {
        Some(day) => Ok(Some(day)),
        None => {
            let problem =
                bad("SOURCE_DATE_EPOCH", format!("`{text}` is no number of seconds"), "unset it, or --date");
            Err(problem.into())
        }
    }
}

/// What a run did.
#[derive(Default)]
struct Done {
    failed: usize,
    warnings: usize,
}

fn to_standard_output(inputs: &[Input], order: &Order, terminal: &Terminal) -> Done {
    let mut done = Done::default();
    if inputs.len() > 1 {
        let hint = "name one: gapwise report bank.xlsx --format json -o -";
        terminal.error(None, &bad("-o", "standard output takes one input and one format", hint));
        return Done { failed: 1, warnings: 0 };
    }
    for input in inputs {
        match batch::make(input, order) {
            Ok(made) => {
                done.warnings += made.analysis.warnings.len();
                let file = input.shown();
                made.analysis.warnings.iter().for_each(|warning| terminal.warning(Some(&file), warning));
                for output in &made.outputs {
                    let mut out = std::io::stdout().lock();
                    if out.write_all(&output.bytes).and_then(|()| out.flush()).is_err() {
                        // The reader went away; it has seen what it wanted.
                        return done;
                    }
                }
            }
            Err(problems) => {
                terminal.errors(Some(&input.shown()), &problems);
                done.failed += 1;
            }
        }
    }
    done
}

fn to_folder(inputs: &[Input], order: &Order, args: &ReportArgs, terminal: &Terminal) -> Done {
    let mut done = Done::default();
    if inputs.is_empty() {
        return done;
    }
    if let Err(problems) = output::make_folder(&args.shape.output) {
        terminal.errors(None, &problems);
        return Done { failed: inputs.len(), warnings: 0 };
    }
    // The portfolio's name comes first, so that it is its own whatever the inputs are called.
    let portfolio = args.many.portfolio.then(|| (PathBuf::new(), "portfolio".to_owned()));
    let taken = usize::from(args.many.portfolio);
    let names = inputs.iter().map(|input| (input.folder.clone(), input.name()));
    let names = output::names(&portfolio.into_iter().chain(names).collect::<Vec<_>>()).split_off(taken);
    let folders: BTreeSet<PathBuf> = names.iter().map(|name| args.shape.output.join(name)).collect();
    let folders: BTreeSet<&Path> = folders.iter().filter_map(|name| name.parent()).collect();
    folders.into_iter().for_each(output::clear);
    let own = own_inputs(inputs);
    let single = inputs.len() == 1 && args.inputs.len() == 1;
    let jobs = batch::jobs(args.jobs);
    let known = if args.many.if_changed { State::load(&args.shape.output) } else { State::default() };
    let mut state = if args.many.if_changed { State::load(&args.shape.output) } else { State::default() };
    let progress = Progress::new(inputs.len(), terminal);
    let (mut rows, mut files, mut parts) = (Vec::new(), 0, Vec::new());
    batch::run(
        inputs,
        jobs,
        |index, input| {
            let start = Instant::now();
            let key = args.many.if_changed.then(|| state::key(input, order)).transpose()?;
            if key.as_ref().is_some_and(|key| known.holds(&args.shape.output, &names[index], key)) {
                let part = args.many.portfolio.then(|| batch::analyse(input, order)).transpose()?;
                return Ok(Told::unchanged(input, part));
            }
            let made = batch::make(input, order)?;
            spare(&own, &args.shape.output, &names[index], &made)?;
            let wrote = write(&args.shape.output.join(&names[index]), &made)?;
            let part = args.many.portfolio.then(|| made.analysis.clone());
            let outputs = made.outputs.iter().map(|output| file_name(&names[index], output)).collect();
            let mut told = Told::new(input, made, wrote, single.then_some(terminal.out));
            told.row.took(start.elapsed());
            Ok(Told { part, made: key.map(|key| (key, outputs)), ..told })
        },
        |index, result: Result<Told>| {
            let input = inputs[index].shown();
            progress.step(|| match result {
                Ok(told) => {
                    if let Some((key, outputs)) = told.made {
                        state.note(&names[index], key, outputs);
                    }
                    parts.extend(told.part);
                    done.warnings += told.warnings.len();
                    told.warnings.iter().for_each(|warning| terminal.warning(Some(&input), warning));
                    terminal.print(&told.summary);
                    told.wrote.iter().for_each(|line| terminal.say(line));
                    files += told.wrote.len();
                    rows.push(told.row);
                }
                Err(problems) => {
                    terminal.errors(Some(&input), &problems);
                    rows.push(summary::Row::failed(&inputs[index].label(), &problems));
                    done.failed += 1;
                }
            })
        },
    );
    progress.done();
    if args.many.if_changed
        && let Err(problems) = state.save(&args.shape.output)
    {
        terminal.errors(None, &problems);
        done.failed += 1;
    }
    if args.many.portfolio && !parts.is_empty() {
        let options = MergeOptions {
            title: order.title.clone(),
            date: order.date.clone(),
            join_subjects: args.many.join_subjects,
            no_ratings: order.no_ratings,
        };
        let portfolio = gapwise::merge::merge(parts, &options);
        let page = |(input, name): (&Input, &PathBuf)| {
            let parts =
                |path: &Path| path.iter().map(|it| it.to_string_lossy().into_owned()).collect::<Vec<_>>().join("/");
            let sheets: Vec<&str> = input.sheet.as_deref().into_iter().collect();
            (merge::page_key(&parts(&input.folder.join(input.file())), &sheets), format!("{}.html", parts(name)))
        };
        let pages = match order.formats.contains(&Format::Html) {
            true => {
                let mut pages = BTreeMap::new();
                for (input, page) in inputs.iter().zip(&names).map(page) {
                    // Two files of one name have no page of their own to lead to.
                    pages.entry(input).and_modify(String::clear).or_insert(page);
                }
                pages
            }
            false => BTreeMap::new(),
        };
        match portfolio.and_then(|it| merge::deliver(it, &pages, order, &args.shape.output, terminal)) {
            Ok(wrote) => files += wrote,
            Err(problems) => {
                terminal.errors(None, &problems);
                done.failed += 1;
            }
        }
    }
    if !single {
        terminal.print(&summary::batch(terminal.out, &rows, files, &args.shape.output));
    } else if done.warnings > 0 {
        terminal.say(&summary::warnings(done.warnings));
    }
    done
}

/// The inputs' files as the disk knows them, whatever way they were named.
fn own_inputs(inputs: &[Input]) -> BTreeSet<PathBuf> {
    inputs.iter().filter_map(|input| input.path.canonicalize().ok()).collect()
}

/// Refuses outputs that would take the place of an input: ratings cannot be made again.
fn spare(own: &BTreeSet<PathBuf>, folder: &Path, name: &Path, made: &Made) -> Result<()> {
    for output in &made.outputs {
        let path = folder.join(file_name(name, output));
        if path.canonicalize().is_ok_and(|there| own.contains(&there)) {
            let what = format!("{}: an input has this name, the report would take its place", path.display());
            return Err(Problem::new("output-is-input", what).hint("write elsewhere: -o DIR").into());
        }
    }
    Ok(())
}

/// What is kept of an input once its files are written: a batch must not hold a thousand analyses.
struct Told {
    summary: String,
    row: summary::Row,
    warnings: Vec<Problem>,
    wrote: Vec<String>,
    /// The numbers, where a portfolio is to be made of them.
    part: Option<Analysis>,
    /// What was made, for the state of the folder: its key and files.
    made: Option<(String, Vec<PathBuf>)>,
}

impl Told {
    /// An input that was passed over.
    fn unchanged(input: &Input, part: Option<Analysis>) -> Self {
        let row = summary::Row::unchanged(&input.label());
        Self { summary: String::new(), row, warnings: Vec::new(), wrote: Vec::new(), part, made: None }
    }

    fn new(input: &Input, made: Made, wrote: Vec<String>, alone: Option<Paint>) -> Self {
        let summary = alone.map(|paint| summary::single(paint, &made.analysis, &made.findings));
        let mut formats: Vec<&str> = made.outputs.iter().map(|output| output.format.ending()).collect();
        formats.dedup();
        let row = summary::Row::made(&input.label(), &made.analysis, &formats.join(", "));
        Self {
            summary: summary.unwrap_or_default(),
            row,
            warnings: made.analysis.warnings,
            wrote,
            part: None,
            made: None,
        }
    }
}

/// The name of an output: the stem, what tells it from others of its format, the ending.
fn file_name(stem: &Path, output: &batch::Output) -> PathBuf {
    let mut path = stem.as_os_str().to_owned();
    path.push(format!("{}.{}", output.suffix, output.format.ending()));
    PathBuf::from(path)
}

/// Writes all formats of one input, each whole or not at all; gives a line about each.
pub fn write(stem: &Path, made: &Made) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    for output in &made.outputs {
        let path = file_name(stem, output);
        output::write(&path, &output.bytes)?;
        let pages = match output.pages {
            Some(1) => ", 1 page".to_owned(),
            Some(pages) => format!(", {pages} pages"),
            None => String::new(),
        };
        lines.push(format!("wrote {}   {}{pages}", path.display(), console::size(output.bytes.len())));
    }
    Ok(lines)
}
