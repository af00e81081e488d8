//! `gapwise check`: spreadsheets against rules; the exit code is the verdict.

use std::path::Path;

use gapwise::analysis::Analysis;
use gapwise::compare::Past;
use gapwise::error::{Problem, Problems, Result};
use gapwise::gate::{self, Rules, Verdict};
use gapwise::recognise::Wishes;
use serde_json::json;

use super::{Terminal, report, verdict};
use crate::batch::sheets::each_sheet;
use crate::batch::{self, Earlier, Input, Order};
use crate::cli::check::{CheckArgs, Service};
use crate::cli::{Cli, bad};
use crate::{Exit, output};

/// Everything a run checks with.
struct Plan {
    order: Order,
    rules: Rules,
    baseline: Option<(String, Analysis)>,
}

/// Runs the command.
pub fn run(args: &CheckArgs, cli: &Cli) -> Exit {
    let terminal = Terminal::new(cli);
    let plan = match plan(args) {
        Ok(plan) => plan,
        Err(problems) => {
            terminal.errors(None, &problems);
            return Exit::Failed;
        }
    };
    let (inputs, mut lost) = batch::inputs(&args.inputs, None);
    let sheets = each_sheet(inputs, &plan.order);
    lost.extend(sheets.lost);
    terminal.passed_over(&sheets.passed);
    let inputs = sheets.inputs;
    lost.iter().for_each(|(path, problem)| terminal.error(Some(path), problem));
    let mut verdicts: Vec<Verdict> = Vec::new();
    let mut warnings = 0;
    batch::run(
        &inputs,
        batch::jobs(args.jobs),
        |_, input| {
            let analysis = batch::analyse(input, &plan.order)?;
            let rows = rows(&analysis, input, &plan)?;
            Ok((rows, analysis.warnings))
        },
        |index, result: Result<(Vec<gate::Row>, Vec<Problem>)>| {
            let file = inputs[index].label();
            verdicts.push(match result {
                Ok((rows, found)) => {
                    warnings += found.len();
                    found.iter().for_each(|warning| terminal.warning(Some(&file), warning));
                    Verdict::of(&file, rows)
                }
                Err(problems) => {
                    terminal.errors(Some(&file), &problems);
                    Verdict::none(&file, &problems)
                }
            });
        },
    );
    let text = match args.format.as_str() {
        "json" => as_json(&verdicts),
        "md" => gate::markdown(&verdicts),
        _ => verdict::table(terminal.out, &verdicts),
    };
    if !inputs.is_empty() {
        terminal.print(&text);
    }
    if args.annotations == Some(Service::Github) {
        eprint!("{}", gate::annotations(&verdicts));
    }
    let mut failed = !lost.is_empty() || verdicts.iter().any(|it| !it.errors.is_empty());
    for (path, text) in [(&args.junit, gate::junit as fn(&[Verdict]) -> String), (&args.sarif, gate::sarif)] {
        if let Some(path) = path
            && let Err(problems) = write(path, &text(&verdicts))
        {
            terminal.errors(None, &problems);
            failed = true;
        }
    }
    match (failed || args.strict && warnings > 0, verdicts.iter().all(|it| it.passed)) {
        (true, _) => Exit::Failed,
        (false, false) => Exit::NotPassed,
        (false, true) => Exit::Done,
    }
}

/// Checks all flags at once, and reads what the inputs are held against.
fn plan(args: &CheckArgs) -> Result<Plan> {
    let mut problems = Vec::new();
    let mut keep = |found: Problems| problems.extend(found.0);
    let wishes = args.reading.wishes().unwrap_or_else(|found| {
        keep(found);
        Wishes::default()
    });
    let rules = args.rules.rules().unwrap_or_else(|found| {
        keep(found);
        Rules::default()
    });
    let renamed = args.earlier.renamed().unwrap_or_else(|found| {
        keep(found);
        Vec::new()
    });
    let date = report::date(args.date.as_deref()).unwrap_or_else(|found| {
        keep(found);
        None
    });
    if !["table", "json", "md"].contains(&args.format.as_str()) {
        keep(bad("--format", format!("unknown `{}`; known: table, json, md", args.format), "--format json").into());
    }
    if args.jobs == Some(0) {
        keep(bad("--jobs", "at least one file must be worked on", "--jobs 2").into());
    }
    if !problems.is_empty() {
        return Err(Problems(problems));
    }
    let mut order = Order { wishes, date, ..Order::new(report::today()) };
    order.earlier = Earlier::load(&args.earlier.previous, renamed, &order)?;
    let baseline = args.rules.baseline.as_deref().map(|path| batch::document(path, &order)).transpose()?;
    Ok(Plan { order, rules, baseline })
}

fn rows(analysis: &Analysis, input: &Input, plan: &Plan) -> Result<Vec<gate::Row>> {
    let mut rows = gate::check(analysis, &plan.rules)?;
    if let Some((file, baseline)) = &plan.baseline {
        rows.extend(gate::ratchet(analysis, &Past::only(baseline, file, &input.file()))?);
    }
    Ok(rows)
}

fn as_json(verdicts: &[Verdict]) -> String {
    let rows: Vec<serde_json::Value> = verdicts
        .iter()
        .flat_map(|verdict| {
            verdict.rows.iter().map(|row| {
                let mut row = json!(row);
                row["file"] = json!(verdict.file);
                row
            })
        })
        .collect();
    let files = verdicts.iter().map(|it| json!({ "file": it.file, "passed": it.passed, "errors": it.errors }));
    let document = json!({
        "schema": "gapwise-check/1",
        "passed": verdicts.iter().all(|it| it.passed),
        "files": files.collect::<Vec<_>>(),
        "rows": rows,
    });
    format!("{document:#}\n")
}

fn write(path: &Path, text: &str) -> Result<()> {
    output::write(path, text.as_bytes())
}
