//! How wide the columns of a table are: as their content asks for, and so that rows stay short.

use super::flow::{NOTE, toned};
use super::pages::mm;
use super::text::Style;
use crate::report::{self, Table, Tone};

/// What a column asks for.
#[derive(Clone, Copy, Debug)]
struct Need {
    /// Its longest word.
    least: f64,
    /// Its longest text in one line.
    most: f64,
    /// Whether it takes what is left over, and how much of it.
    share: f64,
}

impl Need {
    /// Makes room for a column that stands below.
    fn widen(&mut self, other: Need) {
        self.least = self.least.max(other.least);
        self.most = self.most.max(other.most);
        self.share = self.share.max(other.share);
    }
}

fn need(table: &Table, place: usize, style: Style) -> Need {
    let column: &report::Column = &table.columns[place];
    let mut need = Need { least: 0.0, most: 0.0, share: if column.right { 0.0 } else { column.share.max(1.0) } };
    let mut take = |text: &str, style: Style| {
        for line in text.lines() {
            need.most = need.most.max(style.width(line));
            for word in line.split_whitespace() {
                need.least = need.least.max(style.width(word));
            }
        }
    };
    take(&column.head, NOTE);
    for cell in table.rows.iter().filter_map(|row| row.cells.get(place)) {
        let style = if cell.tone == Tone::Code { NOTE } else { style };
        take(&cell.text, toned(cell.tone, style).0);
    }
    // A hair, as kerning may widen a text too.
    Need { least: need.least + 0.5, most: need.most + 0.5, ..need }
}

/// Shares a width out between the columns: fairly at first, then so that rows become shorter.
pub fn widths(table: &Table, below: &[bool], style: Style, width: f64) -> (Vec<f64>, f64) {
    let mut needs: Vec<Need> = Vec::new();
    for (place, below) in below.iter().enumerate() {
        let need = need(table, place, style);
        match needs.last_mut().filter(|_| *below) {
            Some(above) => above.widen(need),
            None => needs.push(need),
        }
    }
    let count = needs.len() as f64;
    let gap = if count > 6.0 { mm(2.2) } else { mm(4.5) };
    let width = width - gap * (count - 1.0);
    let mut widths = fair(&needs, width);
    if needs.iter().map(|need| need.most).sum::<f64>() > width {
        shorten(&mut widths, &needs, &words(table, below, style));
    }
    (widths, gap)
}

/// Rows that are looked at when columns are weighed against each other.
const SAMPLE: usize = 80;
/// Steps by which a column gives width to another, in points.
const STEPS: [f64; 4] = [24.0, 12.0, 6.0, 3.0];

/// The widths of the words of each text in a cell, one list for each text that stands in it.
type Words = Vec<Vec<f64>>;

/// What each column holds in each row: a column of cells, each with the texts that stand below each other in it.
fn words(table: &Table, below: &[bool], style: Style) -> Vec<Vec<Words>> {
    let step = table.rows.len().div_ceil(SAMPLE).max(1);
    let rows: Vec<&report::Row> = table.rows.iter().step_by(step).collect();
    let mut columns: Vec<Vec<Words>> = Vec::new();
    for (place, below) in below.iter().enumerate() {
        if !below {
            columns.push(vec![Vec::new(); rows.len()]);
        }
        let Some(column) = columns.last_mut() else { continue };
        for (cell, row) in column.iter_mut().zip(&rows) {
            let Some(content) = row.cells.get(place) else { continue };
            let set = toned(content.tone, if content.tone == Tone::Code { NOTE } else { style }).0;
            let blank = set.width(" ");
            cell.push(content.text.split_whitespace().map(|word| set.width(word) + blank).collect());
        }
    }
    columns
}

/// About how many lines a cell takes in a column of this width.
fn lines(cell: &Words, width: f64) -> usize {
    let text = |words: &Vec<f64>| {
        let (mut lines, mut at) = (1, 0.0);
        for word in words {
            if at > 0.0 && at + word > width + 2.0 {
                lines += 1;
                at = 0.0;
            }
            at += word;
        }
        lines
    };
    cell.iter().map(text).sum()
}

/// Moves width from column to column as long as that makes the table shorter.
fn shorten(widths: &mut [f64], needs: &[Need], words: &[Vec<Words>]) {
    let count = |column: usize, width: f64| -> Vec<usize> {
        words[column].iter().map(|cell| lines(cell, width)).collect::<Vec<_>>()
    };
    let mut taken: Vec<Vec<usize>> = (0..widths.len()).map(|column| count(column, widths[column])).collect();
    let height = |taken: &[&Vec<usize>]| -> usize {
        (0..taken.first().map_or(0, |column| column.len()))
            .map(|row| taken.iter().map(|column| column[row]).max().unwrap_or(0))
            .sum()
    };
    let mut best = height(&taken.iter().collect::<Vec<_>>());
    for _ in 0..24 {
        let mut found = None;
        for (from, to) in (0..widths.len()).flat_map(|from| (0..widths.len()).map(move |to| (from, to))) {
            for step in STEPS {
                if from == to || widths[from] - step < needs[from].least || widths[to] >= needs[to].most {
                    continue;
                }
                let (less, more) = (count(from, widths[from] - step), count(to, widths[to] + step));
                let after: Vec<&Vec<usize>> = (0..widths.len())
                    .map(|column| match column {
                        column if column == from => &less,
                        column if column == to => &more,
                        column => &taken[column],
                    })
                    .collect();
                let lines = height(&after);
                if lines < best {
                    best = lines;
                    found = Some((from, to, step));
                }
            }
        }
        let Some((from, to, step)) = found else { return };
        widths[from] -= step;
        widths[to] += step;
        taken[from] = count(from, widths[from]);
        taken[to] = count(to, widths[to]);
    }
}

/// Shares a width out: to each what it asks for if there is enough, the rest to columns of words; else short columns
/// keep their width and long ones wrap; else all shrink alike.
fn fair(needs: &[Need], width: f64) -> Vec<f64> {
    let most: f64 = needs.iter().map(|need| need.most).sum();
    let least: f64 = needs.iter().map(|need| need.least).sum();
    if most <= width {
        let shares: f64 = needs.iter().map(|need| need.share).sum();
        let spare = width - most;
        return match shares > 0.0 {
            true => needs.iter().map(|need| need.most + spare * need.share / shares).collect(),
            false => needs.iter().enumerate().map(|(n, need)| need.most + if n == 0 { spare } else { 0.0 }).collect(),
        };
    }
    if least >= width {
        // Long words have to break; numbers and their heads do not, as long as they leave half of the width.
        let numbers: f64 = needs.iter().filter(|need| need.share == 0.0).map(|need| need.least).sum();
        let kept = numbers.min(width / 2.0);
        let (number, word) = (kept / numbers.max(1.0), (width - kept) / (least - numbers).max(1.0));
        return needs.iter().map(|need| need.least * if need.share == 0.0 { number } else { word }).collect();
    }
    let mut fixed: Vec<Option<f64>> = vec![None; needs.len()];
    loop {
        let taken: f64 = fixed.iter().flatten().sum();
        let open = || needs.iter().zip(&fixed).enumerate().filter(|(_, (_, fixed))| fixed.is_none());
        let weights: f64 = open().map(|(_, (need, _))| need.most.sqrt()).sum();
        let each = (width - taken) / weights;
        let roomy = open().find(|(_, (need, _))| need.most <= each * need.most.sqrt());
        let tight = open().find(|(_, (need, _))| need.least > each * need.most.sqrt());
        let settled = match (roomy, tight) {
            (_, Some((place, (need, _)))) => Some((place, need.least)),
            (Some((place, (need, _))), None) => Some((place, need.most)),
            (None, None) => None,
        };
        match settled {
            Some((place, width)) => fixed[place] = Some(width),
            None => {
                let open = |(need, fixed): (&Need, &Option<f64>)| fixed.unwrap_or(each * need.most.sqrt());
                return needs.iter().zip(&fixed).map(open).collect();
            }
        }
    }
}
