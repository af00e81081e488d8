//! Where tables stand on a sheet: header rows, columns with what stands below them, rows, titles above.

use std::collections::{BTreeMap, BTreeSet};

use super::level::{self, Answer, Form, Names};
use super::measured::{Candidates, Measured};
use super::words::{Role, Words, folded};
use crate::sheet::{Cell, Row, Sheet, Value};

/// Header rows looked at on one sheet; more are repetitions of no use.
const MOST_HEADERS: usize = 300;
/// Columns looked at in one table.
const MOST_COLUMNS: usize = 400;

/// A table as it stands: a header over columns and rows, not yet understood.
pub struct Table<'a> {
    /// Its sheet.
    pub sheet: &'a Sheet,
    /// Position of the sheet in the workbook.
    pub sheet_index: usize,
    /// First row of the header, counted from 0.
    pub top: u32,
    /// Last row of the header.
    pub bottom: u32,
    /// Its columns from left to right.
    pub columns: Vec<Column>,
    /// Its rows below the header that hold something.
    pub rows: Vec<&'a Row>,
    /// Texts standing above the header and below the table before, top down.
    pub titles: Vec<String>,
    /// What its rows measure, where they name metrics of a model.
    pub measured: Option<Measured>,
}

/// A column of a table.
pub struct Column {
    /// Counted from 0.
    pub col: u32,
    /// Its header, lines joined; empty where there is none.
    pub head: String,
    /// What stands above the header over this column: `Core Banking` over `Current`; empty where nothing does.
    pub group: String,
    /// Roles the header speaks of, strongest first.
    pub roles: Vec<(Role, f64)>,
    /// What stands below.
    pub profile: Profile,
}

/// What stands in a column below its header.
#[derive(Default)]
pub struct Profile {
    /// Cells that hold something.
    pub filled: usize,
    /// Answers that are levels as a number, a percentage or a name.
    pub levels: usize,
    /// Answers that are words of status or competence.
    pub words: usize,
    /// Answers that say not applicable or not assessed in so many words.
    pub absent: usize,
    /// Bare numbers and percentages, also those that a text file writes as text.
    pub numbers: usize,
    /// Dates.
    pub dates: usize,
    /// TRUE and FALSE.
    pub bools: usize,
    /// Texts.
    pub texts: usize,
    /// Texts longer than 40 characters.
    pub long: usize,
    /// Ticks and crosses.
    pub marks: usize,
    /// Error values.
    pub errors: usize,
    /// Formulas.
    pub formulas: usize,
    /// Formulas without a stored result.
    pub uncached: usize,
    /// Numbers shown as a percentage.
    pub percents: usize,
    /// Smallest and greatest number.
    pub range: Option<(f64, f64)>,
    /// How often each short text or number stands there, folded; at most a thousand kinds.
    pub kinds: BTreeMap<String, usize>,
}

impl Profile {
    /// Cells that a rating column may hold, of all filled.
    pub fn level_share(&self) -> f64 {
        share(self.levels + self.absent, self.filled)
    }

    /// The same with status words.
    pub fn word_share(&self) -> f64 {
        share(self.levels + self.words + self.absent, self.filled)
    }

    /// Different values.
    pub fn distinct(&self) -> usize {
        self.kinds.len()
    }

    /// Whether it holds words (and no prose, numbers or dates) in most of its cells.
    pub fn is_words(&self) -> bool {
        self.texts * 2 > self.filled
    }

    /// Counts a cell; `measured` is what it says where it measures something.
    fn take(&mut self, cell: &Cell, measured: Option<Answer>, words: &Words, names: &Names) {
        if cell.formula.is_some() {
            self.formulas += 1;
        }
        match &cell.value {
            Value::Blank => {
                if cell.formula.is_some() {
                    self.uncached += 1;
                }
                return;
            }
            Value::Number(number) => {
                self.numbers += 1;
                let (low, high) = self.range.unwrap_or((*number, *number));
                self.range = Some((low.min(*number), high.max(*number)));
                self.percents += usize::from(cell.percent);
            }
            Value::Text(text) => {
                if text.trim().is_empty() {
                    return;
                }
                // Text files write numbers as text: `3` is a number in both.
                match (&measured, level::number(text)) {
                    (Some(Answer::Level(found)), _) if found.form == Form::Measured => self.numbers += 1,
                    (_, Some(found)) if found.name.is_none() => self.numbers += 1,
                    _ => self.texts += 1,
                }
                self.long += usize::from(text.chars().count() > 40);
                self.marks += usize::from(level::is_mark(text));
            }
            Value::Bool(_) => self.bools += 1,
            Value::Date(_) | Value::Duration(_) => self.dates += 1,
            Value::Error(_) => self.errors += 1,
        }
        self.filled += 1;
        match measured.unwrap_or_else(|| level::answer(Some(cell), words, names)) {
            Answer::Level(found) => match found.form {
                Form::Status | Form::Competence => self.words += 1,
                Form::Number | Form::Percent | Form::Name | Form::Measured => {
                    self.levels += 1;
                    if matches!(cell.value, Value::Text(_)) {
                        let (low, high) = self.range.unwrap_or((found.value, found.value));
                        self.range = Some((low.min(found.value), high.max(found.value)));
                    }
                }
            },
            Answer::NotApplicable | Answer::NotAssessed => self.absent += 1,
            Answer::Not(_) => {}
        }
        if self.kinds.len() < 1_000 {
            let shown = cell.shown();
            let short: String = shown.chars().take(80).collect();
            *self.kinds.entry(folded(&short)).or_insert(0) += 1;
        }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

impl Column {
    /// How strongly the header speaks of a role.
    pub fn says(&self, role: Role) -> f64 {
        self.roles.iter().find(|(r, _)| *r == role).map_or(0.0, |(_, strength)| *strength)
    }

    /// The role its header speaks of most.
    pub fn best(&self) -> Option<(Role, f64)> {
        self.roles.first().copied()
    }

    /// Its header for messages.
    pub fn shown(&self) -> String {
        match self.head.is_empty() {
            true => crate::error::column_letters(self.col),
            false => self.head.clone(),
        }
    }
}

/// Where the user says the header is.
#[derive(Clone, Copy)]
pub struct At(pub Option<u32>);

/// All tables of a sheet, top down.
pub fn find<'a>(
    sheet: &'a Sheet,
    sheet_index: usize,
    words: &Words,
    names: &Names,
    metrics: &Candidates,
    at: At,
) -> Vec<Table<'a>> {
    let finder = Finder { sheet, words, names, metrics };
    let headers = match at.0 {
        Some(row) => vec![finder.around(row)],
        None => finder.headers(),
    };
    let mut tables = Vec::new();
    for (index, (top, bottom)) in headers.iter().enumerate() {
        let end = headers.get(index + 1).map_or(u32::MAX, |(next, _)| *next);
        let after = headers[..index].last().map_or(0, |(_, bottom)| bottom + 1);
        for columns in finder.blocks(*top, *bottom, end) {
            tables.extend(finder.table(sheet_index, (*top, *bottom), end, after, columns));
        }
    }
    tables
}

struct Finder<'a, 'w> {
    sheet: &'a Sheet,
    words: &'w Words,
    names: &'w Names,
    metrics: &'w Candidates,
}

impl<'a> Finder<'a, '_> {
    /// The header rows (first, last) of the sheet's tables, top down.
    fn headers(&self) -> Vec<(u32, u32)> {
        let rows = &self.sheet.rows;
        let mut found: Vec<(u32, u32)> = Vec::new();
        let mut known: BTreeSet<Vec<String>> = BTreeSet::new();
        for (index, row) in rows.iter().enumerate() {
            if found.len() >= MOST_HEADERS {
                break;
            }
            if found.last().is_some_and(|(_, bottom)| row.index <= *bottom) {
                continue;
            }
            let texts = head_texts(row);
            if texts < 1 || texts * 2 < row.cells.len().min(40) {
                continue;
            }
            let signature: Vec<String> = signature(row);
            let repeated = known.contains(&signature);
            // A row that answers under the header above is data, however much its words sound like a header.
            let above = found.last().and_then(|(_, bottom)| rows.iter().find(|row| row.index == *bottom));
            if !repeated && above.is_some_and(|head| self.is_data(head, row)) {
                continue;
            }
            // Far down a long table only rows that look like a header by their words are asked further.
            let title = if row.cells.len() > 3 { 2 } else { 1 };
            let apart = index == 0 || rows[index - 1].index + 1 < row.index || filled(&rows[index - 1]) <= title;
            // Below a header a row full of words is data, whatever its words; another header stands apart.
            let may_start = found.is_empty() || apart;
            let by_words = may_start && (self.speaks(row) || self.rates_below(index));
            let looked_at = may_start && (index < 200 || apart);
            if !(repeated
                || by_words
                || (looked_at && (self.stands_over_levels(index) || self.stands_over_metrics(index))))
            {
                continue;
            }
            let bottom = self.bottom(index);
            let mut top = row.index;
            if bottom == top {
                top = self.top(index, top);
            }
            if let Some(last) = found.last_mut()
                && last.1 >= top
            {
                top = last.1 + 1;
            }
            known.insert(signature);
            found.push((top.min(bottom), bottom));
        }
        found
    }

    /// The header that ends in the row the user names.
    fn around(&self, row: u32) -> (u32, u32) {
        match self.sheet.rows.binary_search_by_key(&row, |r| r.index) {
            Ok(index) => (self.top(index, row), row),
            Err(_) => (row, row),
        }
    }

    /// Whether the row's words are those of a header: a rating and something that names what is rated.
    fn speaks(&self, row: &Row) -> bool {
        let mut labels = 0;
        let mut ratings = 0;
        let mut roles = BTreeSet::new();
        let mut wordy = 0;
        let rising = rising_levels(row);
        for (_, cell) in row.cells.iter().take(MOST_COLUMNS) {
            let Value::Text(text) = &cell.value else { continue };
            if text.chars().count() > 80 || text.trim_end().ends_with(':') {
                wordy += 1;
                continue;
            }
            // `Level 2` is an answer, unless levels head columns one after the other.
            if !rising && level::number(text).is_some_and(|found| found.form == level::Form::Number) {
                continue;
            }
            if let Some((role, strength)) = self.words.header(text).first()
                && *strength >= 0.55
            {
                labels += usize::from(role.is_label());
                ratings += usize::from(role.is_rating());
                roles.insert(*role);
            }
        }
        wordy <= 1
            && ((labels >= 1 && ratings >= 1 && roles.len() >= 2)
                || (ratings >= 2 && roles.len() >= 2)
                || roles.len() >= 3)
    }

    /// Whether a clear word for a rating stands over answers, whatever the words beside it are: `Marco | Estado`.
    fn rates_below(&self, index: usize) -> bool {
        let row = &self.sheet.rows[index];
        let below: Vec<&Row> = self.sheet.rows[index + 1..].iter().take(6).collect();
        let clear = |cell: &Cell| {
            let roles = self.words.header(&cell.shown());
            roles.first().is_some_and(|(role, strength)| role.is_rating() && *strength >= 0.9)
        };
        head_texts(row) >= 2
            && below.len() >= 2
            && row.cells.iter().take(MOST_COLUMNS).filter(|(_, cell)| clear(cell)).any(|(col, _)| {
                let answers: Vec<Answer> = below
                    .iter()
                    .filter_map(|row| row.cell(*col))
                    .map(|cell| level::answer(Some(cell), self.words, self.names))
                    .collect();
                let levels = answers.iter().filter(|answer| matches!(answer, Answer::Level(_))).count();
                levels >= 2 && levels * 2 >= answers.len()
            })
    }

    /// Whether two or more names stand over columns of levels, with something to name the rows at their left.
    fn stands_over_levels(&self, index: usize) -> bool {
        let row = &self.sheet.rows[index];
        let below: Vec<&Row> = self.sheet.rows[index + 1..].iter().take(6).collect();
        if below.len() < 2 {
            return false;
        }
        let over = |col: u32| {
            let answers: Vec<Answer> = below
                .iter()
                .filter_map(|row| row.cell(col))
                .map(|cell| level::answer(Some(cell), self.words, self.names))
                .collect();
            let levels = answers.iter().filter(|answer| matches!(answer, Answer::Level(_))).count();
            levels >= 1 && levels * 2 >= answers.len()
        };
        let mut levels = 0;
        let mut first = u32::MAX;
        for (col, cell) in row.cells.iter().take(MOST_COLUMNS) {
            let named = match &cell.value {
                // `N/A`, `-` and `tbd` are answers and head no column.
                Value::Text(text) => {
                    !text.trim().is_empty()
                        && text.chars().count() <= 60
                        && matches!(level::text_answer(text, self.words, self.names), Answer::Not(_))
                }
                Value::Number(number) => (1980.0..2100.0).contains(number) && number.fract() == 0.0,
                Value::Date(_) => true,
                _ => false,
            };
            if named && over(*col) {
                levels += 1;
                first = first.min(*col);
            }
        }
        let labelled = below.iter().any(|row| {
            row.cells.iter().any(|(col, cell)| {
                *col < first
                    && matches!(&cell.value, Value::Text(t) if level::number(t).is_none() && !t.trim().is_empty())
            })
        });
        levels >= 2 && labelled
    }

    /// Whether names of two or more columns stand over rows that name metrics.
    fn stands_over_metrics(&self, index: usize) -> bool {
        let row = &self.sheet.rows[index];
        let below: Vec<&Row> = self.sheet.rows[index + 1..].iter().take(6).collect();
        head_texts(row) >= 2 && self.metrics.stand_under(row, &below)
    }

    /// The last row of a header that starts in this row: the next one where that one still names columns.
    fn bottom(&self, index: usize) -> u32 {
        let rows = &self.sheet.rows;
        let row = &rows[index];
        let Some(next) = rows.get(index + 1).filter(|next| next.index == row.index + 1) else { return row.index };
        if self.speaks(next) && !signature_repeats(next) && !self.answers(row, next) {
            // `Area | App 1 | | App 2 |` over `| Current | Target | Current | Target`, or two rows that both speak.
            let merged = self.sheet.merges.iter().any(|m| m.first.row == row.index && m.last.col > m.first.col);
            // A text file knows no merges: there the lower row names columns that the upper one leaves blank.
            let fills = next.cells.iter().any(|(col, cell)| !cell.shown().is_empty() && row.cell(*col).is_none());
            let leads = fills || merged;
            if leads {
                return next.index;
            }
        }
        // `Area | Current | | Target |` over `| App 1 | App 2 | App 1 | App 2`.
        let ratings: Vec<u32> = row
            .cells
            .iter()
            .filter(|(_, cell)| self.words.header(&cell.shown()).first().is_some_and(|(role, _)| role.is_rating()))
            .map(|(col, _)| *col)
            .collect();
        let under = next
            .cells
            .iter()
            .filter(|(col, cell)| {
                ratings.first().is_some_and(|first| col >= first)
                    && matches!(&cell.value, Value::Text(t) if matches!(level::text_answer(t, self.words, self.names), Answer::Not(_)))
            })
            .count();
        let spanning = ratings.iter().any(|col| {
            self.sheet.merges.iter().any(|m| m.holds(row.index, *col) && m.last.col > m.first.col)
                || (row.cell(col + 1).is_none() && next.cell(col + 1).is_some())
        });
        if ratings.len() >= 2 && under >= 2 && spanning && self.label_blank(next, ratings[0]) {
            return next.index;
        }
        row.index
    }

    /// Whether a row answers under all ratings that the row above names: `Level 0` under `Current` is data.
    fn answers(&self, head: &Row, row: &Row) -> bool {
        let mut ratings = self.rating_heads(head).peekable();
        ratings.peek().is_some() && ratings.all(|col| self.word_answers(row, col))
    }

    /// Whether a row answers under any rating of the header above, in words or with a number that can be a level; beside
    /// it may stand prose, as under `Target state`.
    fn is_data(&self, head: &Row, row: &Row) -> bool {
        let number = |col: u32| {
            row.cell(col).is_some_and(|cell| matches!(&cell.value, Value::Number(number) if number.abs() <= 100.0))
        };
        // `2024` heads a column.
        let year =
            |col: u32| row.cell(col).is_some_and(|cell| cell.shown().parse::<f64>().is_ok_and(|it| it > 100.0));
        self.rating_heads(head).any(|col| number(col) || (!year(col) && self.word_answers(row, col)))
    }

    /// The columns whose head in this row speaks of a rating.
    fn rating_heads<'r>(&'r self, head: &'r Row) -> impl Iterator<Item = u32> + 'r {
        let rates = |cell: &Cell| self.words.header(&cell.shown()).first().is_some_and(|(role, _)| role.is_rating());
        head.cells.iter().filter(move |(_, cell)| rates(cell)).map(|(col, _)| *col)
    }

    /// Whether a text in this column of the row is an answer.
    fn word_answers(&self, row: &Row, col: u32) -> bool {
        row.cell(col).is_some_and(|cell| {
            matches!(&cell.value, Value::Text(text) if !text.trim().is_empty()
                && !matches!(level::text_answer(text, self.words, self.names), Answer::Not(_)))
        })
    }

    /// Whether nothing but merged labels stands left of the ratings in a second header row.
    fn label_blank(&self, row: &Row, before: u32) -> bool {
        row.cells.iter().filter(|(col, cell)| *col < before && !cell.shown().is_empty()).count() <= 1
    }

    /// The first row of a header whose last row this is: the row above where it names groups of columns.
    fn top(&self, index: usize, bottom: u32) -> u32 {
        if index == 0 {
            return bottom;
        }
        let above = &self.sheet.rows[index - 1];
        if above.index + 1 != bottom {
            return bottom;
        }
        let texts = head_texts(above);
        if texts == 0 || texts != above.cells.iter().filter(|(_, cell)| !cell.shown().is_empty()).count() {
            return bottom;
        }
        let long = above.cells.iter().any(|(_, cell)| cell.shown().chars().count() > 60);
        let wide =
            self.sheet.merges.iter().filter(|m| m.first.row == above.index && m.last.col > m.first.col).count();
        let row = &self.sheet.rows[index];
        // A single text, or one merged over the whole width, is a title; two or more are groups.
        if long || texts < 2 || (wide == 1 && texts == 1) {
            return bottom;
        }
        // Groups stand over named columns, and there are fewer of them.
        if texts <= row.cells.len() { above.index } else { bottom }
    }

    /// The columns of a header, split where a second table stands beside the first.
    fn blocks(&self, top: u32, bottom: u32, end: u32) -> Vec<Vec<u32>> {
        let mut used: BTreeMap<u32, (bool, usize)> = BTreeMap::new();
        let mut height = 0usize;
        for row in self.rows(bottom, end) {
            height += 1;
            for (col, cell) in row.cells.iter().take(MOST_COLUMNS) {
                if cell.value != Value::Blank || cell.formula.is_some() {
                    used.entry(*col).or_default().1 += 1;
                }
            }
        }
        for row in self.sheet.rows.iter().filter(|row| (top..=bottom).contains(&row.index)) {
            for (col, cell) in row.cells.iter().take(MOST_COLUMNS) {
                if !cell.shown().is_empty() {
                    used.entry(*col).or_default().0 = true;
                }
            }
        }
        // Columns without a header count where they hold something in a good part of the rows.
        let columns: Vec<u32> = used
            .iter()
            .filter(|(_, (headed, filled))| *headed || *filled * 10 >= height.max(1))
            .map(|(col, _)| *col)
            .take(MOST_COLUMNS)
            .collect();
        let mut blocks: Vec<Vec<u32>> = Vec::new();
        for col in columns {
            match blocks.last_mut() {
                Some(block) if block.last().is_some_and(|last| last + 1 == col) => block.push(col),
                _ => blocks.push(vec![col]),
            }
        }
        // A block that names its rows and rates them is a table of its own; any other belongs to the one before it.
        let complete = |block: &[u32]| {
            let roles: Vec<Role> = block
                .iter()
                .filter_map(|col| self.words.header(&self.text(bottom, *col)).first().map(|(role, _)| *role))
                .collect();
            roles.iter().any(|role| role.is_label()) && roles.iter().any(|role| role.is_rating())
        };
        // So is one behind blank columns that begins with names of its own in fewer rows.
        let rows_of = |col: u32| -> Vec<u32> {
            self.rows(bottom, end)
                .filter(|row| row.cell(col).is_some_and(|c| !c.shown().is_empty()))
                .map(|row| row.index)
                .collect()
        };
        let words_in = |col: u32| {
            let texts = self
                .rows(bottom, end)
                .filter_map(|row| row.cell(col))
                .filter(|cell| matches!(&cell.value, Value::Text(t) if matches!(level::text_answer(t, self.words, self.names), Answer::Not(_))))
                .count();
            texts >= 1 && texts * 2 >= rows_of(col).len()
        };
        let helper = |left: &[u32], block: &[u32]| {
            let (own, main) = (rows_of(block[0]).len(), rows_of(left[0]).len());
            words_in(block[0]) && own * 10 <= main * 7 && block.len() >= 2
        };
        let mut joined: Vec<Vec<u32>> = Vec::new();
        for block in blocks {
            match joined.last_mut() {
                Some(last) if (complete(&block) && complete(last)) || helper(last, &block) => joined.push(block),
                Some(last) => last.extend(block),
                None => joined.push(block),
            }
        }
        joined
    }

    fn rows(&self, bottom: u32, end: u32) -> impl Iterator<Item = &'a Row> + use<'a> {
        let start = self.sheet.rows.partition_point(|row| row.index <= bottom);
        self.sheet.rows[start..].iter().take_while(move |row| row.index < end)
    }

    /// The text of a header cell; of a block's first cell where cells are merged downwards.
    fn text(&self, row: u32, col: u32) -> String {
        let own = self.sheet.cell(row, col).map(Cell::shown).unwrap_or_default();
        let text = match own.is_empty() {
            false => own,
            true => self
                .sheet
                .merges
                .iter()
                .find(|m| m.holds(row, col))
                .and_then(|m| self.sheet.cell(m.first.row, m.first.col))
                .map(Cell::shown)
                .unwrap_or_default(),
        };
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn table(
        &self,
        sheet_index: usize,
        (top, bottom): (u32, u32),
        end: u32,
        after: u32,
        columns: Vec<u32>,
    ) -> Option<Table<'a>> {
        let (first, last) = (*columns.first()?, *columns.last()?);
        let rows: Vec<&Row> = self
            .rows(bottom, end)
            .filter(|row| {
                row.cells.iter().any(|(col, cell)| (first..=last).contains(col) && cell.value != Value::Blank)
            })
            .collect();
        let titles = self.titles(top, after, first, last);
        let heads: Vec<(u32, String)> = columns.iter().map(|col| (*col, self.text(bottom, *col))).collect();
        let measured = Measured::find(self.metrics, &heads, &rows, || {
            titles.iter().cloned().chain(self.sheet.name.as_deref().map(str::to_owned)).collect()
        });
        let mut profiles: BTreeMap<u32, Profile> = columns.iter().map(|col| (*col, Profile::default())).collect();
        for row in &rows {
            for (col, cell) in &row.cells {
                if let Some(profile) = profiles.get_mut(col) {
                    let measured = measured
                        .as_ref()
                        .and_then(|it| it.answer(row.index, cell, *col, false, self.words, self.names));
                    profile.take(cell, measured, self.words, self.names);
                }
            }
        }
        let groups = self.groups(top, bottom, &columns);
        let columns = columns
            .iter()
            .zip(groups.into_iter().zip(heads))
            .map(|(col, (group, (_, mut head)))| {
                let mut group = group;
                if head.is_empty() && top < bottom {
                    // A label that stands in the upper row only.
                    head = std::mem::take(&mut group);
                }
                let roles = self.words.header(&head);
                let profile = profiles.remove(col).unwrap_or_default();
                Column { col: *col, head, group, roles, profile }
            })
            .collect();
        Some(Table { sheet: self.sheet, sheet_index, top, bottom, columns, rows, titles, measured })
    }

    /// What stands over each column in the rows of the header above its last one.
    fn groups(&self, top: u32, bottom: u32, columns: &[u32]) -> Vec<String> {
        if top == bottom {
            return vec![String::new(); columns.len()];
        }
        let upper = bottom - 1;
        let mut carried = String::new();
        columns
            .iter()
            .map(|col| {
                let own = self.text(upper, *col);
                let merge = self.sheet.merges.iter().find(|m| m.holds(upper, *col));
                if !own.is_empty() {
                    // A text in a cell that is not merged stretches to the next one.
                    carried = match merge {
                        Some(m) if m.last.col > m.first.col || m.last.row > m.first.row => String::new(),
                        _ => own.clone(),
                    };
                    return own;
                }
                if merge.is_some() { String::new() } else { carried.clone() }
            })
            .collect()
    }

    /// Texts above the header, at most ten rows up and below the table before, top down.
    fn titles(&self, top: u32, after: u32, first: u32, last: u32) -> Vec<String> {
        let from = after.max(top.saturating_sub(10));
        let mut titles: Vec<(u32, String)> = Vec::new();
        for row in self.sheet.rows.iter().filter(|row| (from..top).contains(&row.index)) {
            let texts: Vec<String> = row
                .cells
                .iter()
                .filter(|(col, _)| (first..=last).contains(col))
                .map(|(_, cell)| cell.shown())
                .filter(|text| !text.is_empty())
                .collect();
            // A row of many cells belongs to a table.
            if texts.len() <= 2 && !texts.is_empty() {
                titles.push((row.index, texts.join(" ")));
            } else if texts.len() > 2 {
                titles.clear();
            }
        }
        titles.into_iter().map(|(_, text)| text).collect()
    }
}

/// Whether a header stands for a level by itself: `Level 2`, `L3`, `3`, `2 - Managed`.
pub fn level_head(column: &Column) -> Option<f64> {
    let found = level::number(&column.head)?;
    (found.form == level::Form::Number && found.value.abs() <= 10.0).then_some(found.value)
}

/// Cells of a row that hold something.
fn filled(row: &Row) -> usize {
    row.cells.iter().take(MOST_COLUMNS).filter(|(_, cell)| cell.value != Value::Blank).count()
}

/// Texts in a row that can head a column.
fn head_texts(row: &Row) -> usize {
    row.cells
        .iter()
        .take(MOST_COLUMNS)
        .filter(|(_, cell)| matches!(&cell.value, Value::Text(text) if !text.trim().is_empty()))
        .count()
}

/// Whether three or more levels stand in the row, each higher than the one before: the heads of a rubric or of ticks.
fn rising_levels(row: &Row) -> bool {
    let levels: Vec<f64> = row
        .cells
        .iter()
        .take(MOST_COLUMNS)
        .filter_map(|(_, cell)| match &cell.value {
            Value::Text(text) => level::number(text).filter(|found| found.form == level::Form::Number),
            _ => None,
        })
        .map(|found| found.value)
        .collect();
    levels.len() >= 3 && levels.windows(2).all(|pair| pair[0] < pair[1])
}

fn signature(row: &Row) -> Vec<String> {
    row.cells
        .iter()
        .take(MOST_COLUMNS)
        .map(|(_, cell)| folded(&cell.shown()))
        .filter(|text| !text.is_empty())
        .collect()
}

/// Whether a row holds one text many times, as a second header row under groups does; never a header by itself.
fn signature_repeats(row: &Row) -> bool {
    let all = signature(row);
    let kinds: BTreeSet<&String> = all.iter().collect();
    all.len() > 3 && kinds.len() == 1
}
