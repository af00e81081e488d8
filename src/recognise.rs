//! Cells -> ratings. Says what it understood and why; never guesses in silence.
//!
//! Recognition weighs evidence instead of asking for a template:
//!
//! 1. `words` knows header words and answers in five languages; `level` reads one cell.
//! 2. `legend` finds the scales a workbook explains.
//! 3. `table` finds tables: header rows, columns with what stands below, titles above; `measured` which of their rows
//!    name a model's metrics, so that `42 min` is one more way to write a level.
//! 4. `draft` understands one table: `measures` finds the ratings, `labels` what names them.
//! 5. `ratings` reads each table's rows; `choose` puts tables of one shape together and picks the assessment.
//! 6. `scale` finds the scale; `assess` makes ratings of it all; `checks` looks for mistakes.
//!
//! Where two readings are equally good and differ, the file is refused with both of them and the flag that decides.

mod assess;
mod checks;
mod choose;
mod draft;
mod labels;
mod legend;
mod level;
pub mod mapping;
mod measured;
mod measures;
mod model;
mod profile;
mod ratings;
mod refuse;
mod roman;
mod scale;
mod table;
mod unfold;
mod words;

pub(crate) use words::bare;

use crate::assessment::Assessment;
use crate::error::{Problem, Problems, Result, Warned, visible};
use crate::sheet::{Sheet, Workbook};

use draft::Draft;
use words::{Role, Words, folded};

/// What the user says about the file; everything may be left open.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wishes {
    /// `--sheet`: the sheet to read.
    pub sheet: Option<String>,
    /// `--header-row`, numbered from 1.
    pub header_row: Option<u32>,
    /// `--column current="Score Q3"`: role and header text or column letter; an empty text unnames a column.
    pub columns: Vec<(String, String)>,
    /// `--level WORD=VALUE`.
    pub levels: Vec<(String, f64)>,
    /// `--scale LOW..HIGH`.
    pub scale: Option<(f64, f64)>,
    /// `--target LEVEL`: one target for all ratings.
    pub target: Option<f64>,
    /// `--target NAME`: a set of targets of the model, for what the sheet gives no target.
    pub profile: Option<String>,
    /// `--model ID|FILE`: the model that decides, whatever the names in the sheet look like.
    pub model: Option<std::sync::Arc<crate::model::Model>>,
    /// More header words: role and phrase, from a mapping file.
    pub words: Vec<(String, String)>,
    /// The header a mapping was made for: column letter and text; another header stops the file.
    pub header: Vec<(String, String)>,
}

impl Wishes {
    /// These wishes, and those of a mapping where these say nothing.
    #[must_use]
    pub fn over(mut self, mapping: Wishes) -> Self {
        let named: Vec<String> = self.columns.iter().map(|(role, _)| role.clone()).collect();
        self.columns.extend(mapping.columns.into_iter().filter(|(role, _)| !named.contains(role)));
        let worth: Vec<String> = self.levels.iter().map(|(word, _)| word.clone()).collect();
        self.levels.extend(mapping.levels.into_iter().filter(|(word, _)| !worth.contains(word)));
        self.sheet = self.sheet.or(mapping.sheet);
        self.header_row = self.header_row.or(mapping.header_row);
        self.scale = self.scale.or(mapping.scale);
        if self.profile.is_none() {
            self.target = self.target.or(mapping.target);
        }
        self.words.extend(mapping.words);
        self.header.extend(mapping.header);
        self
    }
}

/// Finds the ratings of a workbook.
///
/// # Errors
/// All problems that stop the file: `sheet-not-found`, `column-not-found`, `bad-value`, `no-table`,
/// `no-level-column`, `several-tables`, `two-columns`, `nothing-rated`, `blank-template`, `negative-weight`,
/// `duplicate`, `mostly-invalid`, `layout-changed`.
pub fn recognise(book: &Workbook, wishes: &Wishes) -> Result<Warned<Assessment>> {
    let own;
    let words = match wishes.words.is_empty() {
        true => Words::shipped(),
        false => {
            own = Words::with(&wishes.words);
            &own
        }
    };
    let named = named_columns(wishes)?;
    let sheets = sheets(book, wishes)?;
    let legends = legend::find(book, words);
    let answers = legend::scored_answers(book, words).into_iter().chain(roman::names(book)).collect();
    let names = assess::level_names(&legends, answers, wishes);
    let metrics = measured::Candidates::new(wishes.model.as_ref());
    let at = table::At(wishes.header_row.map(|row| row - 1));
    let mut tables = Vec::new();
    for (index, sheet) in &sheets {
        tables.extend(table::find(sheet, *index, words, &names, &metrics, at));
    }
    let seen = refuse::Seen::of(&tables);
    // A changed layout explains all that follows from it, so it is told first and alone.
    if let Some(problem) = mapping::changed(&tables, &wishes.header) {
        return Err(problem.into());
    }
    let missing = missing_columns(&tables, &named);
    if !missing.is_empty() && !tables.is_empty() {
        return Err(Problems(missing));
    }
    let given: Vec<(Role, String)> = named.iter().filter(|(_, text)| !text.is_empty()).cloned().collect();
    let unread: Vec<Role> = named.iter().filter(|(_, text)| text.is_empty()).map(|(role, _)| *role).collect();
    let mut aside = Vec::new();
    let mut drafts: Vec<Draft> = Vec::new();
    for table in tables {
        let first = table.columns.first().map_or(0, |column| column.col);
        let place = (table.sheet_index, table.sheet.place(table.bottom, first).to_string());
        match draft::understand(table, words, &given) {
            Some(draft) => drafts.push(draft),
            None => aside.push(place),
        }
    }
    if given.is_empty() && wishes.header_row.is_none() {
        drafts.retain(|draft| !draft.is_legend(&legends));
    }
    for draft in &mut drafts {
        draft.extras.retain(|role, _| !unread.contains(role));
        if unread.contains(&Role::Target) {
            draft.measures.iter_mut().for_each(|measure| measure.target = None);
        }
    }
    // Tables that hold the columns the user named come before all others.
    if !given.is_empty() {
        let holds = |draft: &Draft| given.iter().all(|(_, text)| draft::column_named(&draft.table, text).is_some());
        if drafts.iter().any(holds) {
            drafts.retain(holds);
        }
    }
    let groups = choose::group(drafts, words, &names);
    let Some(mut choice) = choose::choose(groups)? else {
        return Err(refuse::no_table(book, &sheets, &seen).into());
    };
    choice.tell_aside(&aside);
    assess::assess(book, wishes, choice, &legends, words)
}

/// The sheets to look at: the one asked for, else all that can be seen, else the hidden ones.
fn sheets<'a>(book: &'a Workbook, wishes: &Wishes) -> Result<Vec<(usize, &'a Sheet)>> {
    let all: Vec<(usize, &Sheet)> = book.sheets.iter().enumerate().collect();
    let name = |sheet: &Sheet| sheet.name.as_deref().unwrap_or("").to_owned();
    let Some(wish) = &wishes.sheet else {
        let visible: Vec<(usize, &Sheet)> = all.iter().copied().filter(|(_, sheet)| sheet.visible).collect();
        return Ok(if visible.is_empty() { all } else { visible });
    };
    let exact = all.iter().find(|(_, sheet)| name(sheet) == *wish);
    let close = || all.iter().find(|(_, sheet)| folded(&name(sheet)) == folded(wish) && !folded(wish).is_empty());
    if let Some(found) = exact.or_else(close) {
        return Ok(vec![*found]);
    }
    let has: Vec<String> = all.iter().take(12).map(|(_, sheet)| format!("`{}`", visible(&name(sheet)))).collect();
    let nearest = all
        .iter()
        .map(|(_, sheet)| name(sheet))
        .max_by(|a, b| strsim::jaro_winkler(a, wish).total_cmp(&strsim::jaro_winkler(b, wish)))
        .unwrap_or_default();
    let problem = match all.iter().any(|(_, sheet)| sheet.name.is_some()) {
        true => Problem::new("sheet-not-found", format!("no sheet `{}`; has {}", visible(wish), has.join(", ")))
            .hint(format!("did you mean --sheet \"{}\"?", visible(&nearest))),
        false => Problem::new("sheet-not-found", format!("no sheet `{}`: a text file has no sheets", visible(wish)))
            .hint("leave --sheet out"),
    };
    Err(problem.into())
}

/// The roles and headers of `--column`, checked.
fn named_columns(wishes: &Wishes) -> Result<Vec<(Role, String)>> {
    let mut named = Vec::new();
    let mut problems = Vec::new();
    for (role, text) in &wishes.columns {
        match Role::named(role) {
            Some(role) => named.push((role, text.clone())),
            None => {
                let known: Vec<&str> = Role::NAMED.iter().map(|role| role.name()).collect();
                problems.push(
                    Problem::new(
                        "bad-value",
                        format!("--column: unknown role `{}`; known: {}", visible(role), known.join(", ")),
                    )
                    .hint("--column current=\"Score Q3\""),
                );
            }
        }
    }
    if problems.is_empty() { Ok(named) } else { Err(Problems(problems)) }
}

/// Named columns that no table has.
fn missing_columns(tables: &[table::Table], named: &[(Role, String)]) -> Vec<Problem> {
    named
        .iter()
        .filter(|(_, text)| !text.is_empty() && tables.iter().all(|table| draft::column_named(table, text).is_none()))
        .map(|(role, text)| {
            let heads: Vec<&str> = tables
                .iter()
                .flat_map(|table| &table.columns)
                .map(|column| column.head.as_str())
                .filter(|head| !head.is_empty())
                .collect();
            let nearest = heads
                .iter()
                .max_by(|a, b| strsim::jaro_winkler(a, text).total_cmp(&strsim::jaro_winkler(b, text)))
                .copied()
                .unwrap_or_default();
            let shown: Vec<String> = heads.iter().take(10).map(|head| crate::error::quoted(head)).collect();
            Problem::new(
                "column-not-found",
                format!("--column {}: no column `{}`; found {}", role.name(), visible(text), shown.join(", ")),
            )
            .hint(format!("did you mean --column {}=\"{}\"?", role.name(), visible(nearest)))
        })
        .collect()
}
