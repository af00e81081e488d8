//! Made-up assessments, and the layouts they can be written in.

use std::cmp::Ordering;

use proptest::sample::Index;

use super::{Book, Cell, Sheet};

/// Lowest level, highest level, step.
pub const SCALES: [(f64, f64, f64); 8] = [
    (0.0, 5.0, 1.0),
    (1.0, 5.0, 1.0),
    (0.0, 4.0, 1.0),
    (1.0, 4.0, 1.0),
    (0.0, 3.0, 0.5),
    (-1.0, 3.0, 1.0),
    (0.0, 10.0, 0.1),
    (0.0, 3.0, 1.0),
];

const AREAS: [&str; 12] = [
    "Planning",
    "Governance",
    "Build and Test",
    "Operations",
    "Data",
    "People",
    "Beschaffung",
    "Qualité",
    "Segurança",
    "Release",
    "Risk management",
    "Customer care",
];
const PRACTICES: [&str; 10] = [
    "Goals are written down",
    "Work is reviewed by a second person",
    "Results are measured each month",
    "Records are kept for three years",
    "Roles are named",
    "Changes are announced before they are made",
    "Tools are the same for everyone",
    "Lessons are shared",
    "Suppliers are assessed",
    "Exceptions are approved in writing",
];
const SUBJECTS: [&str; 8] =
    ["Ledger", "Web shop", "Payroll", "Team North", "Plant 2", "Kundenportal", "Data warehouse", "Mobile app"];
const NAMES: [&str; 6] = ["Absent", "Initial", "Managed", "Defined", "Measured", "Optimising"];
const HEADS: [(&str, &str); 9] = [
    ("Current", "Target"),
    ("As-Is", "To-Be"),
    ("Current Maturity", "Target Maturity"),
    ("Current Level", "Target Level"),
    ("Actual Score", "Target Score"),
    ("Ist", "Soll"),
    ("Nível Atual", "Nível Desejado"),
    ("Niveau actuel", "Niveau cible"),
    ("Nivel actual", "Nivel objetivo"),
];

/// The state of a level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum State {
    Level(f64),
    NotApplicable,
    NotAssessed,
    Invalid,
}

/// One rating by what it says.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub area: String,
    pub practice: Option<String>,
    pub subject: Option<String>,
    pub current: State,
    pub target: Option<f64>,
    pub weight: f64,
}

impl Line {
    /// The order by names, for comparing without order.
    pub fn by_name(&self, other: &Self) -> Ordering {
        let key = |line: &Self| (line.area.clone(), line.practice.clone(), line.subject.clone());
        key(self).cmp(&key(other))
    }
}

/// How a sheet lays ratings out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// A row a rating, the area on every row.
    Long,
    /// The same with a subject on every row.
    LongWithSubject,
    /// Current levels alone.
    CurrentOnly,
    /// The area on the first row of its block, blank below.
    AreaOnFirstRow,
    /// The area in merged cells.
    AreaMerged,
    /// The area in heading rows.
    Headings,
    /// A row an area, nothing else.
    RowAnArea,
    /// Areas down, subjects across.
    Grid,
    /// The same with a target column at the end.
    GridWithTarget,
    /// Subjects down, areas across.
    GridTransposed,
    /// Practices down, subjects across.
    PracticesBySubject,
    /// A current and a target column for each subject under merged heads.
    Pairs,
    /// A sheet for each area.
    SheetAnArea,
    /// A sheet for each subject.
    SheetASubject,
    /// A tick in the column of the level.
    Ticks,
}

pub const LAYOUTS: [Layout; 15] = [
    Layout::Long,
    Layout::LongWithSubject,
    Layout::CurrentOnly,
    Layout::AreaOnFirstRow,
    Layout::AreaMerged,
    Layout::Headings,
    Layout::RowAnArea,
    Layout::Grid,
    Layout::GridWithTarget,
    Layout::GridTransposed,
    Layout::PracticesBySubject,
    Layout::Pairs,
    Layout::SheetAnArea,
    Layout::SheetASubject,
    Layout::Ticks,
];

/// How a level stands in its cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// A number.
    Number,
    /// A number kept as text.
    Text,
    /// `2 - Managed`.
    NumberAndName,
    /// `Level 2`.
    Level,
}

pub const ENCODINGS: [Encoding; 4] = [Encoding::Number, Encoding::Text, Encoding::NumberAndName, Encoding::Level];

/// A made-up assessment.
#[derive(Clone, Debug)]
pub struct Assessed {
    scale: (f64, f64, f64),
    areas: Vec<String>,
    subjects: Vec<String>,
    /// Number of practices of each area.
    practices: Vec<usize>,
    cells: Vec<(State, Option<f64>, f64)>,
    heads: (&'static str, &'static str),
    with_ids: bool,
    with_weights: bool,
    scale_in_head: bool,
    title_block: bool,
}

/// Rows and columns of a merged block, first and last each.
type Merge = ((usize, usize), (usize, usize));
type Shape = (usize, usize, Vec<usize>, (f64, f64, f64));
/// A current level or another state, a target level, and a small number for the rest.
pub type Draw = (Result<Option<Index>, State>, Index, u8);

impl Assessed {
    /// Makes the assessment of random draws.
    pub fn new(
        (areas, subjects, practices, scale): Shape,
        cells: &[Draw],
        (seed, with_ids, with_weights, scale_in_head, title_block): (u64, bool, bool, bool, bool),
    ) -> Self {
        let (low, high, step) = scale;
        let steps = ((high - low) / step).round() as usize + 1;
        // Rounded, so that a tenth is the number that a person would type.
        let level = |index: &Index| ((low + index.index(steps) as f64 * step) * 10.0).round() / 10.0;
        let cells = cells.iter().map(|(current, target, extra)| {
            let current = match current {
                Ok(Some(index)) => State::Level(level(index)),
                Ok(None) => State::NotAssessed,
                Err(state) => *state,
            };
            let target = (current != State::NotApplicable).then(|| level(target));
            (current, target, f64::from(extra % 3 + 1))
        });
        let names = |pool: &[&str], count: usize, shift: u64| -> Vec<String> {
            let first = ((seed >> shift) as usize) % pool.len();
            (0..count).map(|index| pool[(first + index) % pool.len()].to_owned()).collect()
        };
        Self {
            scale,
            areas: names(&AREAS, areas, 0),
            subjects: names(&SUBJECTS, subjects, 8),
            practices,
            cells: cells.collect(),
            heads: HEADS[(seed >> 16) as usize % HEADS.len()],
            with_ids,
            with_weights,
            scale_in_head,
            title_block,
        }
    }

    /// The encoding itself where the scale has whole levels, else plain numbers.
    pub fn fitting(&self, encoding: Encoding) -> Encoding {
        match encoding {
            Encoding::NumberAndName if self.scale.2 != 1.0 || self.scale.0 < 0.0 => Encoding::Number,
            Encoding::Level if self.scale.2 != 1.0 || self.scale.0 < 0.0 => Encoding::Text,
            other => other,
        }
    }

    /// The workbook, and the ratings that it says, sorted by name.
    pub fn write(&self, layout: Layout, encoding: Encoding) -> (Book, Vec<Line>) {
        let (sheets, mut lines) = Page { of: self, encoding }.write(layout);
        lines.sort_by(Line::by_name);
        (Book { sheets }, lines)
    }

    fn practice(&self, area: usize, practice: usize) -> String {
        PRACTICES[(area * 3 + practice) % PRACTICES.len()].to_owned()
    }

    fn id(&self, area: usize, practice: usize) -> String {
        format!("{}-{:02}", self.areas[area].chars().next().unwrap_or('X'), area * 10 + practice + 1)
    }

    /// A rating for an area, a practice of it and a subject. Each area and each subject has one that somebody answered: a
    /// name with nothing but blanks beside it cannot be told from a remark.
    fn cell(&self, area: usize, practice: usize, subject: usize) -> (State, Option<f64>, f64) {
        match self.cells[(area * 17 + practice * 5 + subject) % self.cells.len()] {
            (State::NotAssessed, _, weight) if practice == 0 && (area == 0 || subject == 0) => {
                (State::Level(self.scale.0), Some(self.scale.1), weight)
            }
            cell => cell,
        }
    }
}

/// Writes one assessment with one encoding.
struct Page<'a> {
    of: &'a Assessed,
    encoding: Encoding,
}

impl Page<'_> {
    fn write(&self, layout: Layout) -> (Vec<Sheet>, Vec<Line>) {
        match layout {
            Layout::Long | Layout::CurrentOnly | Layout::AreaOnFirstRow | Layout::AreaMerged | Layout::Headings => {
                self.long(layout)
            }
            Layout::LongWithSubject => self.long_with_subject(),
            Layout::RowAnArea => self.row_an_area(),
            Layout::Grid | Layout::GridWithTarget | Layout::GridTransposed => self.grid(layout),
            Layout::PracticesBySubject => self.practices_by_subject(),
            Layout::Pairs => self.pairs(),
            Layout::SheetAnArea => self.sheet_an_area(),
            Layout::SheetASubject => self.sheet_a_subject(),
            Layout::Ticks => self.ticks(),
        }
    }

    fn level(&self, level: f64) -> Cell {
        match self.encoding {
            Encoding::Number => Cell::Number(level),
            Encoding::Text => Cell::text(level.to_string()),
            Encoding::NumberAndName => Cell::text(format!("{level} - {}", NAMES[level as usize])),
            Encoding::Level => Cell::text(format!("Level {level}")),
        }
    }

    fn current(&self, state: State) -> Cell {
        match state {
            State::Level(level) => self.level(level),
            State::NotApplicable => Cell::text("N/A"),
            State::NotAssessed | State::Invalid => Cell::Blank,
        }
    }

    fn target(&self, target: Option<f64>) -> Cell {
        target.map_or_else(|| Cell::text("N/A"), |level| self.level(level))
    }

    fn heads(&self) -> [Cell; 2] {
        let (low, high, _) = self.of.scale;
        let scale = if self.of.scale_in_head { format!(" ({low}-{high})") } else { String::new() };
        // A scale below zero is written with dots: `-1-3` is no one's habit.
        let scale =
            if low < 0.0 { scale.replace(&format!("{low}-{high}"), &format!("{low} to {high}")) } else { scale };
        [Cell::text(format!("{}{scale}", self.of.heads.0)), Cell::text(format!("{}{scale}", self.of.heads.1))]
    }

    /// The sheet, under a title block where the assessment has one.
    fn sheet(&self, name: &str, mut rows: Vec<Vec<Cell>>, merges: &[Merge]) -> Sheet {
        let mut shift = 0;
        if self.of.title_block {
            shift = 3;
            let block = [vec!["Maturity gap analysis".into()], vec!["Prepared for the board".into()], vec![]];
            rows.splice(0..0, block);
        }
        let mut sheet = Sheet::new(name, rows);
        for (rows, columns) in merges {
            sheet.merge((rows.0 + shift, rows.1 + shift), *columns);
        }
        sheet
    }

    fn line(
        &self,
        area: usize,
        practice: Option<String>,
        subject: Option<usize>,
        rated: (State, Option<f64>),
    ) -> Line {
        Line {
            area: self.of.areas[area].clone(),
            practice,
            subject: subject.map(|subject| self.of.subjects[subject].clone()),
            current: rated.0,
            target: rated.1,
            weight: 1.0,
        }
    }

    /// The name by which a practice is known: its id where it has one.
    fn key(&self, area: usize, practice: usize) -> String {
        if self.of.with_ids { self.of.id(area, practice) } else { self.of.practice(area, practice) }
    }

    fn rows(&self) -> impl Iterator<Item = (usize, usize)> {
        (0..self.of.areas.len()).flat_map(|area| (0..self.of.practices[area]).map(move |practice| (area, practice)))
    }

    fn long(&self, layout: Layout) -> (Vec<Sheet>, Vec<Line>) {
        let of = self.of;
        let area_column = layout != Layout::Headings;
        let (with_ids, with_target) = (of.with_ids, layout != Layout::CurrentOnly);
        let with_weights = of.with_weights && layout == Layout::Long;
        let mut head: Vec<Cell> = Vec::new();
        if area_column {
            head.push("Area".into());
        }
        if with_ids {
            head.push("ID".into());
        }
        head.push("Practice".into());
        let [current, target] = self.heads();
        head.push(current);
        if with_target {
            head.push(target);
        }
        if with_weights {
            head.push("Weight".into());
        }
        let (mut rows, mut merges, mut lines) = (vec![head], Vec::new(), Vec::new());
        for (area, practice) in self.rows() {
            let first = practice == 0;
            if first && !area_column {
                rows.push(vec![of.areas[area].clone().into()]);
            }
            if first && layout == Layout::AreaMerged {
                merges.push(((rows.len(), rows.len() + of.practices[area] - 1), (0, 0)));
            }
            let (state, target, weight) = of.cell(area, practice, 0);
            let mut row: Vec<Cell> = Vec::new();
            if area_column {
                let blank = !first && matches!(layout, Layout::AreaOnFirstRow | Layout::AreaMerged);
                row.push(if blank { Cell::Blank } else { of.areas[area].clone().into() });
            }
            if with_ids {
                row.push(of.id(area, practice).into());
            }
            row.push(of.practice(area, practice).into());
            row.push(self.current(state));
            if with_target {
                row.push(self.target(target));
            }
            if with_weights {
                row.push(weight.into());
            }
            rows.push(row);
            let target = if with_target { target } else { None };
            let mut line = self.line(area, Some(self.key(area, practice)), None, (state, target));
            line.weight = if with_weights { weight } else { 1.0 };
            lines.push(line);
        }
        (vec![self.sheet("Ratings", rows, &merges)], lines)
    }

    fn long_with_subject(&self) -> (Vec<Sheet>, Vec<Line>) {
        let [current, target] = self.heads();
        let mut rows = vec![vec!["Application".into(), "Area".into(), "Practice".into(), current, target]];
        let mut lines = Vec::new();
        for subject in 0..self.of.subjects.len() {
            for (area, practice) in self.rows() {
                let (state, target, _) = self.of.cell(area, practice, subject);
                let name = self.of.practice(area, practice);
                let names = [self.of.subjects[subject].clone(), self.of.areas[area].clone(), name.clone()];
                let levels = [self.current(state), self.target(target)];
                rows.push(names.into_iter().map(Cell::from).chain(levels).collect());
                lines.push(self.line(area, Some(name), Some(subject), (state, target)));
            }
        }
        (vec![self.sheet("Ratings", rows, &[])], lines)
    }

    fn row_an_area(&self) -> (Vec<Sheet>, Vec<Line>) {
        let [current, target] = self.heads();
        let mut rows = vec![vec!["Domain".into(), current, target]];
        let mut lines = Vec::new();
        for area in 0..self.of.areas.len() {
            let (state, target, _) = self.of.cell(area, 0, 0);
            rows.push(vec![self.of.areas[area].clone().into(), self.current(state), self.target(target)]);
            lines.push(self.line(area, None, None, (state, target)));
        }
        (vec![self.sheet("Ratings", rows, &[])], lines)
    }

    fn grid(&self, layout: Layout) -> (Vec<Sheet>, Vec<Line>) {
        let of = self.of;
        let (areas, subjects) = (of.areas.len(), of.subjects.len());
        let mut lines = Vec::new();
        let (down, across) = if layout == Layout::GridTransposed { (subjects, areas) } else { (areas, subjects) };
        let corner = if layout == Layout::GridTransposed { "Application" } else { "Area" };
        let names = if layout == Layout::GridTransposed { &of.areas } else { &of.subjects };
        let mut head: Vec<Cell> =
            std::iter::once(corner.into()).chain(names.iter().cloned().map(Cell::from)).collect();
        if layout == Layout::GridWithTarget {
            head.push("Target".into());
        }
        let mut rows = vec![head];
        for row in 0..down {
            let name = if layout == Layout::GridTransposed { &of.subjects[row] } else { &of.areas[row] };
            let mut cells = vec![name.clone().into()];
            // One target a row, and it is a level.
            let target = (0..across).find_map(|col| of.cell(row, 1, col).1).unwrap_or(of.scale.1);
            let target = (layout == Layout::GridWithTarget).then_some(target);
            for col in 0..across {
                let (area, subject) = if layout == Layout::GridTransposed { (col, row) } else { (row, col) };
                let (state, ..) = of.cell(area, 0, subject);
                cells.push(self.current(state));
                // A target beside what does not apply is of no account.
                let target = target.filter(|_| state != State::NotApplicable);
                lines.push(self.line(area, None, Some(subject), (state, target)));
            }
            cells.extend(target.map(|target| self.level(target)));
            rows.push(cells);
        }
        (vec![self.sheet("Ratings", rows, &[])], lines)
    }

    fn practices_by_subject(&self) -> (Vec<Sheet>, Vec<Line>) {
        let of = self.of;
        let subjects = of.subjects.iter().cloned().map(Cell::from);
        let mut rows = vec![["Area".into(), "Practice".into()].into_iter().chain(subjects).collect::<Vec<Cell>>()];
        let mut lines = Vec::new();
        for (area, practice) in self.rows() {
            let name = of.practice(area, practice);
            let mut row: Vec<Cell> = vec![of.areas[area].clone().into(), name.clone().into()];
            for subject in 0..of.subjects.len() {
                let (state, ..) = of.cell(area, practice, subject);
                row.push(self.current(state));
                lines.push(self.line(area, Some(name.clone()), Some(subject), (state, None)));
            }
            rows.push(row);
        }
        (vec![self.sheet("Ratings", rows, &[])], lines)
    }

    fn pairs(&self) -> (Vec<Sheet>, Vec<Line>) {
        let of = self.of;
        let (mut top, mut under): (Vec<Cell>, Vec<Cell>) =
            (vec!["Area".into(), "Practice".into()], vec![Cell::Blank, Cell::Blank]);
        let mut merges = Vec::new();
        for subject in &of.subjects {
            merges.push(((0, 0), (top.len(), top.len() + 1)));
            top.extend([subject.clone().into(), Cell::Blank]);
            under.extend(self.heads());
        }
        let (mut rows, mut lines) = (vec![top, under], Vec::new());
        for (area, practice) in self.rows() {
            let name = of.practice(area, practice);
            let mut row: Vec<Cell> = vec![of.areas[area].clone().into(), name.clone().into()];
            for subject in 0..of.subjects.len() {
                let (state, target, _) = of.cell(area, practice, subject);
                row.extend([self.current(state), self.target(target)]);
                lines.push(self.line(area, Some(name.clone()), Some(subject), (state, target)));
            }
            rows.push(row);
        }
        (vec![self.sheet("Ratings", rows, &merges)], lines)
    }

    fn sheet_an_area(&self) -> (Vec<Sheet>, Vec<Line>) {
        let of = self.of;
        let (mut sheets, mut lines) = (Vec::new(), Vec::new());
        for area in 0..of.areas.len() {
            let [current, target] = self.heads();
            let mut rows = vec![vec!["ID".into(), "Practice".into(), current, target]];
            // Rows of their own, so that the sheets cannot be taken for subjects.
            for practice in 0..of.practices[area] + 1 {
                let (state, target, _) = of.cell(area, practice, 0);
                let names = [of.id(area, practice), format!("{} ({})", of.practice(area, practice), of.areas[area])];
                let levels = [self.current(state), self.target(target)];
                rows.push(names.into_iter().map(Cell::from).chain(levels).collect());
                lines.push(self.line(area, Some(of.id(area, practice)), None, (state, target)));
            }
            sheets.push(self.sheet(&of.areas[area], rows, &[]));
        }
        (sheets, lines)
    }

    fn sheet_a_subject(&self) -> (Vec<Sheet>, Vec<Line>) {
        let of = self.of;
        let (mut sheets, mut lines) = (Vec::new(), Vec::new());
        for (subject, sheet) in of.subjects.iter().enumerate() {
            let [current, target] = self.heads();
            let mut rows = vec![vec!["Area".into(), "Practice".into(), current, target]];
            for (area, practice) in self.rows() {
                let (state, target, _) = of.cell(area, practice, subject);
                let name = of.practice(area, practice);
                let names = [of.areas[area].clone(), name.clone()];
                rows.push(
                    names.into_iter().map(Cell::from).chain([self.current(state), self.target(target)]).collect(),
                );
                lines.push(self.line(area, Some(name), Some(subject), (state, target)));
            }
            sheets.push(self.sheet(sheet, rows, &[]));
        }
        (sheets, lines)
    }

    fn ticks(&self) -> (Vec<Sheet>, Vec<Line>) {
        let of = self.of;
        let levels: Vec<f64> = (of.scale.0.max(0.0) as u32..=of.scale.1.min(5.0) as u32).map(f64::from).collect();
        let heads = levels.iter().map(|level| Cell::text(format!("Level {level}")));
        let mut rows = vec![["Area".into(), "Practice".into()].into_iter().chain(heads).collect::<Vec<Cell>>()];
        let mut lines = Vec::new();
        for (area, practice) in self.rows() {
            let state = match of.cell(area, practice, 0).0 {
                State::Level(level) => State::Level(level.floor().clamp(levels[0], levels[levels.len() - 1])),
                _ => State::NotAssessed,
            };
            let name = of.practice(area, practice);
            let ticks = levels.iter().map(|level| match state == State::Level(*level) {
                true => Cell::text("x"),
                false => Cell::Blank,
            });
            rows.push([of.areas[area].clone().into(), name.clone().into()].into_iter().chain(ticks).collect());
            lines.push(self.line(area, Some(name), None, (state, None)));
        }
        (vec![self.sheet("Ratings", rows, &[])], lines)
    }
}
