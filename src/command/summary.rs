//! What a run tells on the terminal: one file's figures as a small chart, or a row for each file of a batch.

use std::path::Path;

use gapwise::analysis::{Analysis, AreaFigures, Figures};
use gapwise::error::{Problems, visible};
use gapwise::number::NumberStyle;

use crate::console::{Paint, Tint, left, right, shortened, width, wrapped};

/// Columns of a terminal we count on.
const COLUMNS: usize = 100;
/// The longest name of an area before it is shortened.
const NAME: usize = 34;
const STYLE: NumberStyle = NumberStyle::ENGLISH;

/// The figures of one file: title, findings, a row an area with a dumbbell, first steps.
pub fn single(paint: Paint, analysis: &Analysis, findings: &[String]) -> String {
    let mut out = String::new();
    let title = shortened(&visible(&analysis.title), COLUMNS - 16);
    out.push_str(&format!(
        "\n{}   {}\n\n",
        paint.paint(Tint::Bold, &title),
        paint.paint(Tint::Muted, &analysis.date)
    ));
    for sentence in findings {
        for line in wrapped(&visible(sentence), COLUMNS - 4) {
            out.push_str(&format!("  {line}\n"));
        }
    }
    out.push('\n');
    areas(&mut out, paint, analysis);
    first_steps(&mut out, paint, analysis);
    out
}

fn areas(out: &mut String, paint: Paint, analysis: &Analysis) {
    let mut tops: Vec<&AreaFigures> = analysis.areas.iter().filter(|area| area.path.len() == 1).collect();
    // Widest gap first; areas without one last, in the order of the input.
    tops.sort_by(|a, b| {
        let gap = |area: &AreaFigures| area.figures.gap.unwrap_or(f64::NEG_INFINITY);
        gap(b).total_cmp(&gap(a))
    });
    let hidden = tops.len().saturating_sub(30);
    tops.truncate(30);
    let names = tops.iter().map(|area| width(&visible(&area.name))).chain([9]).max().unwrap_or(9).min(NAME);
    let strip = Strip::new(analysis, COLUMNS.saturating_sub(names + 37));
    let head = format!(
        "  {} {} {} {} {}   {}",
        left("area", names),
        right("now", 6),
        right("target", 7),
        right("gap", 6),
        right("rated", 10),
        strip.axis()
    );
    out.push_str(&paint.paint(Tint::Muted, head.trim_end()));
    out.push('\n');
    let mut row = |name: &str, figures: &Figures| {
        let rated = format!("{} of {}", figures.assessed, figures.applicable);
        let line = format!(
            "  {} {} {} {} {}   {}",
            left(name, names),
            paint.paint(Tint::Current, &right(&text(figures.current, NumberStyle::mean), 6)),
            paint.paint(Tint::Target, &right(&text(figures.target, NumberStyle::mean), 7)),
            paint.paint(Tint::Bold, &right(&text(figures.gap, NumberStyle::mean_gap), 6)),
            paint.paint(Tint::Muted, &right(&rated, 10)),
            strip.row(paint, figures)
        );
        out.push_str(line.trim_end());
        out.push('\n');
    };
    tops.iter().for_each(|area| row(&visible(&area.name), &area.figures));
    row("all areas", &analysis.overall);
    if hidden > 0 {
        out.push_str(&paint.paint(Tint::Muted, &format!("  and {hidden} more areas in the report\n")));
    }
    let key = match analysis.overall.target {
        Some(_) => "● now   ○ target",
        None => "● now",
    };
    out.push_str(&format!("  {}{}\n", " ".repeat(names + 35), paint.paint(Tint::Muted, key)));
}

fn first_steps(out: &mut String, paint: Paint, analysis: &Analysis) {
    let mut ranked: Vec<_> = analysis.ratings.iter().filter(|rating| rating.rank.is_some()).collect();
    if ranked.is_empty() {
        return;
    }
    ranked.sort_by_key(|rating| rating.rank);
    let weighed = ranked.iter().any(|rating| rating.weight != 1.0 || rating.priority.is_some());
    let order = if weighed { "weight x gap" } else { "gap" };
    let shown = ranked.len().min(3);
    out.push_str(&paint.paint(Tint::Muted, &format!("\n  first steps, {shown} of {}, by {order}\n", ranked.len())));
    let rows: Vec<[String; 4]> = ranked
        .iter()
        .take(3)
        .map(|rating| {
            let who: Vec<&str> = [rating.subject.as_deref(), Some(rating.area.as_str()), rating.practice.as_deref()]
                .into_iter()
                .flatten()
                .collect();
            let level = |level: Option<f64>| text(level, NumberStyle::level);
            [
                shortened(&visible(&who.join(", ")), 50),
                format!("{} to {}", level(rating.current), level(rating.target)),
                shortened(&visible(rating.owner.as_deref().unwrap_or("no owner given")), 20),
                rating.due.as_ref().map_or("no date given".to_owned(), |due| format!("due {}", visible(due))),
            ]
        })
        .collect();
    let wide = |column: usize| rows.iter().map(|row| width(&row[column])).max().unwrap_or(0);
    for (index, row) in rows.iter().enumerate() {
        let [who, step, owner, due] = row;
        out.push_str(&format!(
            "  {}  {}   {}   {}   {due}\n",
            index + 1,
            left(who, wide(0)),
            left(step, wide(1)),
            left(owner, wide(2))
        ));
    }
    out.push('\n');
}

fn text(value: Option<f64>, format: fn(NumberStyle, f64) -> String) -> String {
    value.map_or("n/a".to_owned(), |value| format(STYLE, value))
}

/// The scale as a line of characters.
struct Strip {
    low: f64,
    span: f64,
    /// Characters between the two ends.
    length: usize,
    ticks: Vec<f64>,
}

impl Strip {
    fn new(analysis: &Analysis, length: usize) -> Self {
        let scale = &analysis.scale;
        let levels: Vec<f64> = scale.levels().iter().map(|level| level.value).collect();
        // Labels need room: at most one tick in five characters.
        let every = (levels.len() * 5).div_ceil(length.max(5)).max(1);
        let ticks = levels.iter().copied().step_by(every).collect();
        Self { low: scale.lowest(), span: scale.span(), length: length.saturating_sub(4).max(12), ticks }
    }

    fn column(&self, value: f64) -> usize {
        let share = ((value - self.low) / self.span).clamp(0.0, 1.0);
        (share * self.length as f64).round() as usize
    }

    fn axis(&self) -> String {
        let mut line = vec![' '; self.length + 4];
        for tick in &self.ticks {
            let label = STYLE.level(*tick);
            let start = self.column(*tick).saturating_sub(usize::from(label.starts_with('−')));
            for (offset, c) in label.chars().enumerate().filter(|(offset, _)| start + offset < self.length + 4) {
                line[start + offset] = c;
            }
        }
        line.into_iter().collect()
    }

    fn row(&self, paint: Paint, figures: &Figures) -> String {
        let mut line = vec![' '; self.length + 1];
        self.ticks.iter().for_each(|tick| line[self.column(*tick)] = '·');
        let (now, target) = (figures.current.map(|c| self.column(c)), figures.target.map(|t| self.column(t)));
        if let (Some(now), Some(target)) = (now, target) {
            let bar = if target >= now { '─' } else { '╌' };
            line[now.min(target)..=now.max(target)].fill(bar);
        }
        if let Some(target) = target {
            line[target] = '○';
        }
        if let Some(now) = now {
            line[now] = if target == Some(now) { '◉' } else { '●' };
        }
        line.into_iter()
            .map(|c| match c {
                '●' | '◉' => paint.paint(Tint::Current, &c.to_string()),
                '○' | '─' | '╌' => paint.paint(Tint::Target, &c.to_string()),
                '·' => paint.paint(Tint::Muted, "·"),
                c => c.to_string(),
            })
            .collect()
    }
}

/// `3 warnings`.
pub fn warnings(count: usize) -> String {
    if count == 1 { "1 warning".to_owned() } else { format!("{count} warnings") }
}

/// One file of a batch.
pub struct Row {
    file: String,
    figures: Option<Figures>,
    areas: usize,
    warnings: usize,
    outcome: String,
    took: Option<std::time::Duration>,
    failed: bool,
}

impl Row {
    /// A file that was reported.
    pub fn made(file: &str, analysis: &Analysis, formats: &str) -> Self {
        let no_target = if analysis.overall.target.is_none() { "; no target given" } else { "" };
        Self {
            file: visible(file),
            figures: Some(analysis.overall.clone()),
            areas: analysis.areas.len(),
            took: None,
            failed: false,
            warnings: analysis.warnings.len(),
            outcome: format!("{formats}{no_target}"),
        }
    }

    /// A file that could not be.
    pub fn failed(file: &str, problems: &Problems) -> Self {
        let mut codes: Vec<String> = problems.0.iter().map(|problem| problem.code.replace('-', " ")).collect();
        codes.dedup();
        Self {
            file: visible(file),
            figures: None,
            areas: 0,
            took: None,
            failed: true,
            warnings: 0,
            outcome: format!("not reported: {}", codes.join(", ")),
        }
    }

    /// A file that was passed over, as nothing has changed.
    pub fn unchanged(file: &str) -> Self {
        let outcome = "unchanged".to_owned();
        Self { file: visible(file), figures: None, areas: 0, took: None, failed: false, warnings: 0, outcome }
    }

    /// How long the file took.
    pub fn took(&mut self, time: std::time::Duration) {
        self.took = Some(time);
    }
}

/// The table at the end of a batch.
pub fn batch(paint: Paint, rows: &[Row], files: usize, folder: &Path) -> String {
    let names = rows.iter().map(|row| width(&row.file)).chain([4]).max().unwrap_or(4).min(44);
    let line = |cells: [&str; 9]| {
        let [file, areas, now, target, gap, rated, warnings, time, outcome] = cells;
        format!(
            "{} {} {} {} {} {} {} {}   {outcome}",
            left(file, names),
            right(areas, 6),
            right(now, 6),
            right(target, 7),
            right(gap, 6),
            right(rated, 11),
            right(warnings, 9),
            right(time, 8)
        )
    };
    let mut out = String::from("\n");
    let head = line(["file", "areas", "now", "target", "gap", "rated", "warnings", "time", "outcome"]);
    out.push_str(&paint.paint(Tint::Muted, &head));
    out.push('\n');
    for row in rows {
        match &row.figures {
            Some(figures) => {
                let rated = format!("{} of {}", figures.assessed, figures.applicable);
                out.push_str(&line([
                    &row.file,
                    &row.areas.to_string(),
                    &text(figures.current, NumberStyle::mean),
                    &text(figures.target, NumberStyle::mean),
                    &text(figures.gap, NumberStyle::mean_gap),
                    &rated,
                    &row.warnings.to_string(),
                    &row.took.map_or(String::new(), |took| format!("{:.1} s", took.as_secs_f64())),
                    &row.outcome,
                ]));
            }
            None => {
                let blank = if row.failed { "n/a" } else { "" };
                let text = line([&row.file, blank, blank, blank, blank, blank, blank, "", &row.outcome]);
                out.push_str(&if row.failed { paint.paint(Tint::Failed, &text) } else { text });
            }
        }
        out.push('\n');
    }
    let reported = rows.iter().filter(|row| row.figures.is_some()).count();
    let failed = rows.iter().filter(|row| row.failed).count();
    let kept = match rows.len() - reported - failed {
        0 => String::new(),
        n => format!(", {n} unchanged"),
    };
    let written = if files == 1 { "1 file".to_owned() } else { format!("{files} files") };
    let rest = match failed {
        0 => String::new(),
        1 => "; 1 could not be reported".to_owned(),
        _ => format!("; {failed} could not be reported"),
    };
    out.push_str(&format!(
        "\n{reported} of {} inputs reported{kept}, {written} written to {}{rest}\n",
        rows.len(),
        folder.display()
    ));
    out
}
