//! `gapwise inspect`: how a spreadsheet was understood, decision by decision.

use gapwise::assessment::{Assessment, Score, TableRead};
use gapwise::error::{Problem, Result, Warned, visible};
use gapwise::number::NumberStyle;
use gapwise::sheet::Workbook;
use serde_json::json;

use super::Terminal;
use crate::Exit;
use crate::batch::Input;
use crate::cli::{Cli, InspectArgs, bad};
use crate::console::{Paint, Tint, left, right, shortened, width};

/// Rows of the sheet shown below the header.
const ROWS: usize = 5;
/// Columns of a terminal we count on.
const TERMINAL: usize = 100;

/// Runs the command.
pub fn run(args: &InspectArgs, cli: &Cli) -> Exit {
    let terminal = Terminal::new(cli);
    let input = Input { path: args.input.clone(), folder: Default::default(), sheet: None };
    match read(args, &input) {
        Ok((book, read)) => {
            read.warnings.iter().for_each(|warning| terminal.warning(Some(&input.shown()), warning));
            if let Some(path) = &args.write_mapping {
                let mapping = gapwise::recognise::mapping::write(&read.value);
                if path.as_os_str() == "-" {
                    terminal.print(&mapping);
                } else if let Err(problems) = crate::output::write(path, mapping.as_bytes()) {
                    terminal.errors(None, &problems);
                    return Exit::Failed;
                } else {
                    terminal.say(&format!("wrote {}", path.display()));
                }
                return Exit::Done;
            }
            let text = match args.format.as_str() {
                "json" => format!("{:#}\n", as_json(&book, &read)),
                _ => as_text(terminal.out, &book, &read.value),
            };
            terminal.print(&text);
            Exit::Done
        }
        Err(problems) => {
            terminal.errors(Some(&input.shown()), &problems);
            Exit::Failed
        }
    }
}

fn read(args: &InspectArgs, input: &Input) -> Result<(Workbook, Warned<Assessment>)> {
    let wishes = args.reading.wishes()?;
    if !["text", "json"].contains(&args.format.as_str()) {
        return Err(bad("--format", format!("unknown `{}`; known: text, json", args.format), "--format json").into());
    }
    if input.path.is_dir() {
        return Err(Problem::new("is-folder", "this is a folder").hint("inspect reads one file").into());
    }
    let book = gapwise::sheet::read(&input.file(), &input.bytes()?)?;
    let read = gapwise::recognise::recognise(&book, &wishes)?;
    Ok((book, read))
}

fn as_json(book: &Workbook, read: &Warned<Assessment>) -> serde_json::Value {
    let (reading, counts) = (&read.value.reading, counts(&read.value));
    json!({
        "schema": "gapwise-inspect/1",
        "file": book.file,
        "sha256": book.sha256,
        "sheets": book.sheets.iter().map(|sheet| sheet.name.as_deref().unwrap_or("")).collect::<Vec<_>>(),
        "scale": read.value.scale,
        "targets": read.value.targets,
        "reading": reading,
        "ratings": read.value.ratings.len(),
        "levels": counts[0],
        "not_applicable": counts[1],
        "not_assessed": counts[2],
        "invalid": counts[3],
        "warnings": read.warnings,
    })
}

fn counts(assessment: &Assessment) -> [usize; 4] {
    let mut counts = [0; 4];
    for rating in &assessment.ratings {
        counts[match rating.current {
            Score::Level(_) => 0,
            Score::NotApplicable => 1,
            Score::NotAssessed => 2,
            Score::Invalid(_) => 3,
        }] += 1;
    }
    counts
}

fn as_text(paint: Paint, book: &Workbook, assessment: &Assessment) -> String {
    let mut out = String::from("\n");
    let reading = &assessment.reading;
    let mut fact = |label: &str, value: String| {
        out.push_str(&format!("{} {}\n", paint.paint(Tint::Muted, &left(label, 8)), visible(&value)));
    };
    for table in reading.tables.iter().take(12) {
        let at = book.sheets.iter().position(|sheet| sheet.name.as_deref() == Some(&table.sheet));
        if let Some(at) = at {
            fact("sheet", format!("{}, {} of {}", table.sheet, at + 1, book.sheets.len()));
        }
        let header = match table.header_row {
            0 => "none".to_owned(),
            row => format!("row {row}"),
        };
        fact("header", format!("{header}, over rows {} to {}; layout: {}", table.rows.0, table.rows.1, table.layout));
        if !table.because.is_empty() {
            fact("because", table.because.join("; "));
        }
    }
    if reading.tables.len() > 12 {
        fact("", format!("and {} more tables of the same shape", reading.tables.len() - 12));
    }
    let level = |value: f64| {
        let name = assessment.scale.name_of(value).map(|name| format!(" {name}")).unwrap_or_default();
        format!("{}{name}", NumberStyle::ENGLISH.level(value))
    };
    let scale = &assessment.scale;
    let because = &reading.scale_because;
    fact("scale", format!("{} .. {}: {because}", level(scale.lowest()), level(scale.highest())));
    if !reading.words.is_empty() {
        let words: Vec<String> = reading
            .words
            .iter()
            .map(|(word, value)| format!("{word} = {}", NumberStyle::ENGLISH.level(*value)))
            .collect();
        fact("words", words.join(", "));
    }
    if let Some(table) = reading.tables.first() {
        picture(&mut out, paint, book, table);
        columns(&mut out, paint, table);
    }
    if !reading.left_out.is_empty() || !reading.notes.is_empty() {
        out.push_str(&format!("\n{}\n", paint.paint(Tint::Muted, "left out and noted")));
        for entry in &reading.left_out {
            out.push_str(&format!("{}  {}\n", left(&visible(&entry.what), 26), visible(&entry.because)));
        }
        reading.notes.iter().for_each(|note| out.push_str(&format!("{}\n", visible(note))));
    }
    first_ratings(&mut out, paint, assessment);
    let [levels, not_applicable, not_assessed, invalid] = counts(assessment);
    out.push_str(&format!(
        "\n{} ratings: {levels} levels, {not_assessed} not assessed, {invalid} invalid, {not_applicable} n/a\n",
        assessment.ratings.len()
    ));
    let other = "otherwise: --sheet NAME, --header-row N, --column target=\"HEADER\", --scale LOW..HIGH\n";
    out.push_str(&paint.paint(Tint::Muted, other));
    out
}

/// The corner of the table as it stands in the sheet, with the meaning of each column above it.
fn picture(out: &mut String, paint: Paint, book: &Workbook, table: &TableRead) {
    let Some(sheet) = book.sheets.iter().find(|sheet| sheet.name.as_deref().unwrap_or("") == table.sheet) else {
        return;
    };
    let shown: Vec<_> = table
        .columns
        .iter()
        .filter_map(|column| Some((column, gapwise::error::column_from_letters(&column.letter)?)))
        .take(8)
        .collect();
    let header = table.header_row.checked_sub(1);
    let first = table.rows.0.saturating_sub(1);
    let rows: Vec<u32> = header
        .into_iter()
        .chain(sheet.rows.iter().map(|row| row.index).filter(|row| *row >= first).take(ROWS))
        .collect();
    let text = |row: u32, col: u32| {
        sheet.cell(row, col).map(|cell| visible(&cell.shown().replace('\n', " "))).unwrap_or_default()
    };
    let full: Vec<usize> = shown
        .iter()
        .map(|(column, col)| {
            let cells = rows.iter().map(|row| width(&text(*row, *col))).max().unwrap_or(0);
            cells.max(width(&column.role)).max(3)
        })
        .collect();
    // The widest columns give way first, all to the same width.
    let gutter = 5;
    let taken = |most: usize| gutter + full.iter().map(|width| (*width).min(most) + 3).sum::<usize>();
    let most = (8..=40).rev().find(|most| taken(*most) <= TERMINAL).unwrap_or(8);
    let widths: Vec<usize> = full.iter().map(|width| (*width).min(most)).collect();
    let mut line = |head: &str, cells: Vec<String>, tint: Option<Tint>| {
        let line = format!("{} │ {}", right(head, gutter - 1), cells.join(" │ "));
        let line = line.trim_end();
        out.push_str(&tint.map_or(line.to_owned(), |tint| paint.paint(tint, line)));
        out.push('\n');
    };
    line("", shown.iter().zip(&widths).map(|((c, _), w)| left(&c.role, *w)).collect(), Some(Tint::Current));
    line("", shown.iter().zip(&widths).map(|((c, _), w)| left(&c.letter, *w)).collect(), Some(Tint::Muted));
    let rule: Vec<String> = widths.iter().map(|width| "─".repeat(width + 2)).collect();
    out.push_str(&format!("{}┼{}\n", "─".repeat(gutter), rule.join("┼")));
    let mut line = |head: &str, cells: Vec<String>| {
        out.push_str(format!("{} │ {}", right(head, gutter - 1), cells.join(" │ ")).trim_end());
        out.push('\n');
    };
    for row in &rows {
        let cells = shown.iter().zip(&widths).map(|((_, col), w)| left(&text(*row, *col), *w)).collect();
        line(&(row + 1).to_string(), cells);
    }
}

fn columns(out: &mut String, paint: Paint, table: &TableRead) {
    let wide = |texts: Vec<usize>, most: usize| texts.into_iter().max().unwrap_or(0).clamp(8, most);
    let role = wide(table.columns.iter().map(|column| width(&column.role)).collect(), 14);
    let header = wide(table.columns.iter().map(|column| width(&column.header)).collect(), 26);
    let because = wide(table.columns.iter().map(|column| width(&column.because)).collect(), 48);
    let head = format!(
        "\ncolumn   {}  {}  {}  runner-up, and why not",
        left("header", header),
        left("read as", role),
        left("because", because)
    );
    out.push_str(&paint.paint(Tint::Muted, &head));
    out.push('\n');
    for column in &table.columns {
        let line = format!(
            "{}   {}  {}  {}  {}",
            left(&column.letter, 6),
            left(&visible(&column.header), header),
            left(&column.role, role),
            left(&visible(&column.because), because),
            if column.runner_up.is_empty() { "none".to_owned() } else { visible(&column.runner_up) }
        );
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

fn first_ratings(out: &mut String, paint: Paint, assessment: &Assessment) {
    out.push_str(&format!("\n{}\n", paint.paint(Tint::Muted, "first ratings")));
    let score = |score: &Score| match score {
        Score::Level(level) => NumberStyle::ENGLISH.level(*level),
        Score::NotApplicable => "n/a".to_owned(),
        Score::NotAssessed => "not assessed".to_owned(),
        Score::Invalid(_) => "invalid".to_owned(),
    };
    let first = || assessment.ratings.iter().take(ROWS);
    let wide = first().map(|rating| width(&rating.at.to_string())).max().unwrap_or(0);
    for rating in first() {
        let who: Vec<&str> = rating
            .subject
            .iter()
            .chain(&rating.area)
            .chain(&rating.practice_id)
            .chain(&rating.practice)
            .map(String::as_str)
            .collect();
        let at = rating.at.to_string();
        out.push_str(&format!(
            "{}  {}  now {}, target {}\n",
            left(&at, wide),
            left(&shortened(&visible(&who.join(", ")), 60), 60),
            score(&rating.current),
            score(&rating.target)
        ));
    }
}
