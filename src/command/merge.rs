//! `gapwise merge`: results in, one portfolio out.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use gapwise::analysis::Analysis;
use gapwise::error::{Problem, Problems, Result};
use gapwise::merge::MergeOptions;
use gapwise::render::Format;
use gapwise::report::{Portfolio, PortfolioRow};

use super::{Terminal, report, summary};
use crate::batch::{self, Input, Made, Order, Output};
use crate::cli::Cli;
use crate::cli::merge::MergeArgs;
use crate::{Exit, output};

/// The name of what is written.
const NAME: &str = "portfolio";

/// Runs the command.
pub fn run(args: &MergeArgs, cli: &Cli) -> Exit {
    let terminal = Terminal::new(cli);
    let mut order = match report::shape(&args.shape, false) {
        Ok(order) => order,
        Err(problems) => {
            terminal.errors(None, &problems);
            return Exit::Failed;
        }
    };
    order.noticed.iter().for_each(|warning| terminal.warning(None, warning));
    let mut documents = Vec::new();
    let mut failed = false;
    for path in files(&args.inputs) {
        match read(&path) {
            Ok(document) => documents.push(document),
            Err(problems) => {
                terminal.errors(Some(&path.display().to_string()), &problems);
                failed = true;
            }
        }
    }
    // A portfolio that leaves out what could not be read would look whole.
    if failed {
        return Exit::Failed;
    }
    let options = MergeOptions {
        title: order.title.take(),
        date: order.date.take(),
        join_subjects: args.join_subjects,
        no_ratings: args.no_ratings,
    };
    let done = gapwise::merge::merge(documents, &options).and_then(|portfolio| {
        portfolio.warnings.iter().for_each(|warning| terminal.warning(None, warning));
        deliver(portfolio, &BTreeMap::new(), &order, &args.shape.output, &terminal)
    });
    match done {
        Ok(_) => Exit::Done,
        Err(problems) => {
            terminal.errors(None, &problems);
            Exit::Failed
        }
    }
}

/// What leads to the page of an input: the file with its folder, and the sheet where each sheet has a page.
pub fn page_key(relative: &str, sheets: &[&str]) -> String {
    let sheets: String = sheets.iter().map(|sheet| format!("\n{sheet}")).collect();
    format!("{relative}{sheets}")
}

/// Writes a portfolio in all formats ordered; gives how many files that were.
///
/// `pages` leads from an input's [`page_key`] to its own page beside the portfolio's.
///
/// # Errors
/// Those of the disk.
pub fn deliver(
    portfolio: Analysis,
    pages: &BTreeMap<String, String>,
    order: &Order,
    folder: &Path,
    terminal: &Terminal,
) -> Result<usize> {
    let made = make(portfolio, pages, order)?;
    if folder.as_os_str() == "-" {
        for output in &made.outputs {
            let mut out = std::io::stdout().lock();
            // A reader that went away has seen what it wanted.
            let _ = out.write_all(&output.bytes).and_then(|()| out.flush());
        }
        return Ok(made.outputs.len());
    }
    output::make_folder(folder)?;
    output::clear(folder);
    let wrote = report::write(&folder.join(NAME), &made)?;
    terminal.print(&summary::single(terminal.out, &made.analysis, &made.findings));
    wrote.iter().for_each(|line| terminal.say(line));
    Ok(wrote.len())
}

/// Page, paper and Markdown set the files side by side; the other formats hold the merged numbers.
fn make(portfolio: Analysis, pages: &BTreeMap<String, String>, order: &Order) -> Result<Made> {
    let side_by_side =
        |format: &Format| !matches!(format, Format::Json | Format::Csv | Format::Xlsx | Format::Parquet);
    let (shown, data): (Vec<Format>, Vec<Format>) = order.formats.iter().partition(|it| side_by_side(it));
    let files = gapwise::merge::files(&portfolio);
    let mut titles: BTreeMap<&str, usize> = BTreeMap::new();
    files.iter().for_each(|file| *titles.entry(&file.title).or_default() += 1);
    let rows = files.iter().map(|file| {
        let relative = file.input.as_ref().map(gapwise::analysis::Input::relative).unwrap_or_default();
        let used = file.input.iter().flat_map(|input| &input.sheets).map(|sheet| sheet.name.as_str());
        let by_sheet = pages.get(&page_key(&relative, &used.collect::<Vec<_>>()));
        let page = by_sheet.or_else(|| pages.get(&relative)).cloned().unwrap_or_default();
        let name = if titles[file.title.as_str()] > 1 { relative } else { file.title.clone() };
        PortfolioRow { name, page, analysis: file }
    });
    let mut report = gapwise::report::portfolio(&Portfolio {
        title: portfolio.title.clone(),
        lang: order.lang.clone().unwrap_or_default(),
        date: portfolio.date.clone(),
        rows: rows.collect(),
    });
    gapwise::report::dress(&mut report, &order.render.theme);
    let json = String::from_utf8(gapwise::render::json::json(&portfolio)).expect("JSON is UTF-8");
    let mut made = batch::render(portfolio, None, &Order { formats: data, ..order.clone() })?;
    for format in shown {
        for rendered in gapwise::render::portfolio(format, &report, &json, &order.render)? {
            let (suffix, bytes, pages) = (rendered.suffix, rendered.bytes, rendered.pages);
            made.outputs.push(Output { format, suffix, bytes, pages });
        }
    }
    made.findings = report.findings();
    Ok(made)
}

/// Files as they are; in folders, all that end in `.json`, to any depth, in a fixed order.
fn files(paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let walk = ignore::WalkBuilder::new(path).sort_by_file_name(Ord::cmp).follow_links(false).build();
        let found = walk.flatten().map(ignore::DirEntry::into_path);
        files.extend(found.filter(|it| it.is_file() && it.extension().is_some_and(|end| end == "json")));
    }
    files
}

fn read(path: &Path) -> Result<Analysis> {
    let input = Input { path: path.to_path_buf(), folder: PathBuf::new(), sheet: None };
    let bytes = input.bytes()?;
    if bytes.is_empty() {
        let problem = Problem::new("not-a-result", "the file is empty");
        return Err(Problems::from(problem.hint("give what `gapwise report --format json` writes")));
    }
    match batch::document_of(&bytes)? {
        Some(document) => Ok(document),
        None => gapwise::render::json::read(&bytes),
    }
}
