//! Which columns name what is rated: areas (one column or nested), practice and id, subject; section headings.

use std::collections::{BTreeMap, BTreeSet};

use super::table::{Column, Table, level_head};
use super::words::{Role, Words, folded};
use crate::sheet::{Row, Value};

/// What names the rows of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Labels {
    /// Columns of areas from the top down; empty where areas come from elsewhere.
    pub areas: Vec<usize>,
    /// Column of the practice's name.
    pub practice: Option<usize>,
    /// Column of the practice's id.
    pub id: Option<usize>,
    /// Column of the subject.
    pub subject: Option<usize>,
    /// Areas stand in rows of their own above their practices.
    pub headings: bool,
    /// Rows that are headings, numbered from 0, where `headings`.
    pub heading_rows: BTreeSet<u32>,
    /// Each row is an entity, and so an area.
    pub entities: bool,
    /// Area cells left blank below the first row of a block are taken from above.
    pub filled_down: bool,
}

type Forced = BTreeMap<usize, Option<Role>>;

/// Finds the columns that name the rows.
pub fn find(table: &Table, words: &Words, used: &BTreeSet<usize>, forced: &Forced) -> Labels {
    let chosen = |role: Role| forced.iter().find(|(_, r)| **r == Some(role)).map(|(index, _)| *index);
    let free = |index: &usize| !used.contains(index) && !forced.contains_key(index);
    let names: Vec<usize> = (0..table.columns.len())
        .filter(free)
        .filter(|index| {
            let column = &table.columns[*index];
            can_name(column) && !asks(column) && !answers(column) && !weighs(column)
        })
        .collect();
    let mut labels = Labels {
        practice: chosen(Role::Practice),
        id: chosen(Role::Id),
        subject: chosen(Role::Subject),
        ..Labels::default()
    };
    let rows = table.rows.len();
    // Ids first: they look like names and numbers alike.
    if labels.id.is_none() {
        labels.id = best(table, &names, Role::Id, |column| {
            let profile = &column.profile;
            let lettered = profile
                .kinds
                .keys()
                .filter(|kind| kind.contains(' ') || kind.chars().any(char::is_alphabetic))
                .count();
            0.4 * share(profile.distinct(), profile.filled) + 0.4 * share(lettered, profile.distinct())
        });
        // A bare count of the rows is no id where the rows are named otherwise: it is kept only beside nothing better.
    }
    if labels.subject.is_none() {
        // Numbers name nobody: `Team size`.
        let worded: Vec<usize> =
            names.iter().copied().filter(|index| table.columns[*index].profile.texts > 0).collect();
        labels.subject =
            best(table, &worded, Role::Subject, |column| if column.profile.filled * 2 > rows { 0.2 } else { 0.0 })
                .filter(|index| Some(*index) != labels.id);
    }
    let mut areas: Vec<usize> = match chosen(Role::Area) {
        Some(_) => forced.iter().filter(|(_, r)| **r == Some(Role::Area)).map(|(index, _)| *index).collect(),
        None => names
            .iter()
            .copied()
            .filter(|index| Some(*index) != labels.id && Some(*index) != labels.subject)
            .filter(|index| {
                let column = &table.columns[*index];
                let strongest = column.best().map_or(0.0, |(_, strength)| strength);
                let says = column.says(Role::Area);
                says >= 0.3
                    && says >= strongest - 0.12
                    && (column.profile.long * 3 <= column.profile.filled || within(column))
                    && covers(table, column, used)
            })
            .collect(),
    };
    if labels.practice.is_none() {
        let left: Vec<usize> = names
            .iter()
            .copied()
            .filter(|index| Some(*index) != labels.id && Some(*index) != labels.subject && !areas.contains(index))
            .collect();
        labels.practice = best(table, &left, Role::Practice, |column| {
            0.2 * share(column.profile.distinct(), column.profile.filled)
        })
        .or_else(|| described(table, &left));
    }
    if chosen(Role::Area).is_none() {
        narrow(table, &mut areas, &mut labels);
    }
    labels.areas = areas;
    // What comes again and again beside names that do not is no id of theirs: `Framework ref`.
    if let (Some(id), Some(practice), None) = (labels.id, labels.practice, chosen(Role::Id)) {
        let differ = |index: usize| {
            let profile = &table.columns[index].profile;
            profile.distinct() * 10 >= profile.filled * 8
        };
        if differ(practice) && !differ(id) && !labels.areas.is_empty() {
            labels.id = None;
        }
    }
    if chosen(Role::Area).is_none() {
        coarser(table, &names, used, &mut labels);
    }
    // One column of names that all differ, with headings among them: the headings are the areas.
    if let ([only], None, None) = (&labels.areas[..], labels.practice, chosen(Role::Area))
        && (labels.id.is_none() || all_differ(table, *only))
    {
        let alone = Labels { practice: Some(*only), id: labels.id, subject: labels.subject, ..Labels::default() };
        let rows = heading_rows(table, words, used, &alone, &[]);
        if !rows.is_empty() {
            labels = Labels { headings: true, heading_rows: rows, ..alone };
            return labels;
        }
    }
    // Sub-areas in a column, with headings among the rows: the headings are the areas above them.
    if !labels.areas.is_empty()
        && labels.areas.iter().all(|index| within(&table.columns[*index]))
        && (labels.practice.is_some() || labels.id.is_some())
    {
        let rows = heading_rows(table, words, used, &labels, &[]);
        labels.headings = !rows.is_empty();
        labels.heading_rows = rows;
    }
    if labels.areas.is_empty() {
        without_areas(table, words, &names, &mut labels, used);
    }
    // Beside areas, a column of names that all differ is the practice, whatever it is called.
    if !labels.areas.is_empty() && labels.practice.is_none() && labels.id.is_none() && !labels.entities {
        let first = used.iter().next().copied().unwrap_or(usize::MAX);
        labels.practice = names.iter().copied().find(|index| {
            let column = &table.columns[*index];
            let profile = &column.profile;
            *index < first
                && !labels.areas.contains(index)
                && labels.subject != Some(*index)
                && column.best().is_none_or(|(_, strength)| strength < 0.5)
                && profile.is_words()
                && profile.filled * 10 >= rows * 7
                && profile.distinct() * 10 >= profile.filled * 8
        });
    }
    if let Some(top) = labels.areas.first() {
        let column = &table.columns[*top];
        let unnamed = rows.saturating_sub(column.profile.filled);
        let first = table.rows.first().is_some_and(|row| text(row, column).is_some());
        labels.filled_down = unnamed > 0 && first;
    }
    labels
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Whether a column can name things: words, or numbers that are ids.
fn can_name(column: &Column) -> bool {
    let profile = &column.profile;
    profile.filled > 0
        && profile.dates == 0
        && (profile.texts * 2 >= profile.filled
            || column.best().is_some_and(|(role, strength)| role.is_label() && strength >= 0.5))
}

/// Whether a column says what one level asks for, `0 - No MLOps` over sentences: it names nothing.
fn asks(column: &Column) -> bool {
    level_head(column).is_some() && column.profile.long * 2 >= column.profile.filled
}

/// Whether numbers stand under a header that says weight beside another word: `Area weight` is no area.
fn weighs(column: &Column) -> bool {
    let weight = ["weight", "gewicht", "gewichtung", "peso", "poids"];
    column.profile.numbers * 2 > column.profile.filled
        && folded(&column.head).split(' ').any(|word| weight.contains(&word))
}

/// Whether a column holds words of status under a header that says so: `Status of the action` names no action.
fn answers(column: &Column) -> bool {
    let profile = &column.profile;
    let said = column.says(Role::Status) >= 0.5 && profile.words > 0 && profile.word_share() >= 0.6;
    // Nothing but words of status, whatever the header is called: a system that was rated.
    said || (profile.words >= 3 && profile.words * 10 >= profile.filled * 9 && profile.distinct() >= 2)
}

/// Whether a header says by itself that its column lies within another column of areas: `Sub-area`.
fn within(column: &Column) -> bool {
    let head = folded(&column.head);
    [
        "sub area",
        "sub category",
        "subcategory",
        "sub domain",
        "subdomain",
        "sub process",
        "sub function",
        "sub theme",
        "sub topic",
        "teilbereich",
        "unterkategorie",
        "unterbereich",
        "teilprozess",
        "subcategoria",
        "subdominio",
        "subarea",
        "sous categorie",
        "sous domaine",
        "sous processus",
    ]
    .iter()
    .any(|start| head.starts_with(start))
}

/// Whether a column of areas names the rated rows: most of them, or the first of each block.
fn covers(table: &Table, column: &Column, used: &BTreeSet<usize>) -> bool {
    let rated: Vec<&&Row> = table
        .rows
        .iter()
        .filter(|row| {
            used.iter().any(|index| row.cell(table.columns[*index].col).is_some_and(|cell| !cell.shown().is_empty()))
        })
        .collect();
    let named = rated.iter().filter(|row| text(row, column).is_some()).count();
    let first = table.rows.first().is_some_and(|row| text(row, column).is_some())
        || rated.first().is_some_and(|row| text(row, column).is_some());
    named * 10 >= rated.len() * 7 || first
}

/// The column that says a role best; `bonus` weighs what stands below.
fn best(table: &Table, names: &[usize], role: Role, bonus: impl Fn(&Column) -> f64) -> Option<usize> {
    let mut found: Option<(f64, usize)> = None;
    for index in names {
        let column = &table.columns[*index];
        let says = column.says(role);
        let strongest = column.best().map_or(0.0, |(_, strength)| strength);
        if says < 0.3 || says < strongest - 0.05 {
            continue;
        }
        let value = says + bonus(column);
        if found.is_none_or(|(best, _)| value > best + 1e-9) {
            found = Some((value, *index));
        }
    }
    found.map(|(_, index)| index)
}

/// A description stands in for the practice's name where there is nothing else.
fn described(table: &Table, left: &[usize]) -> Option<usize> {
    left.iter().copied().find(|index| {
        let column = &table.columns[*index];
        column.says(Role::Description) >= 0.5 && column.profile.distinct() * 2 > column.profile.filled
    })
}

/// Of several columns of areas: the coarser stands on top; one that names each row anew is the practice.
fn narrow(table: &Table, areas: &mut Vec<usize>, labels: &mut Labels) {
    if areas.len() > 1 {
        let varied: Vec<usize> =
            areas.iter().copied().filter(|index| table.columns[*index].profile.distinct() > 1).collect();
        // `Area | Sub-area` is a tree, also where it has but one top.
        if !varied.is_empty() && !areas.iter().any(|index| within(&table.columns[*index])) {
            *areas = varied;
        }
    }
    let rows = table.rows.len().max(1);
    let unique = |index: usize| {
        let profile = &table.columns[index].profile;
        profile.distinct() * 10 >= profile.filled * 9 && profile.filled * 10 >= rows * 8 && profile.filled > 2
    };
    areas.sort_by(|a, b| {
        let kinds = |index: &usize| table.columns[*index].profile.distinct();
        kinds(a).cmp(&kinds(b)).then(a.cmp(b))
    });
    // What says that it lies within another lies below it, though its names come again in each.
    areas.sort_by_key(|index| within(&table.columns[*index]));
    while areas.len() > 1
        && unique(areas[areas.len() - 1])
        && !areas.iter().any(|index| within(&table.columns[*index]))
    {
        let Some(last) = areas.pop() else { break };
        let numbered =
            table.columns[last].profile.kinds.keys().all(|kind| kind.starts_with(|c: char| c.is_ascii_digit()));
        match labels.id {
            None if numbered => labels.id = Some(last),
            _ => labels.practice = labels.practice.or(Some(last)),
        }
    }
    // Columns that say the same in other words (code and name of one area) are one.
    let mut kept: Vec<usize> = Vec::new();
    for index in areas.iter().copied() {
        let same = kept.iter().position(|other| one_to_one(table, *other, index));
        let coded = |index: usize| {
            table.columns[index].profile.kinds.keys().all(|kind| kind.chars().count() <= 5 && !kind.contains(' '))
        };
        match same {
            // The name says more than the code.
            Some(at) if coded(kept[at]) && !coded(index) => kept[at] = index,
            Some(_) => {}
            None if kept.len() < 2 || within(&table.columns[index]) => kept.push(index),
            None => {}
        }
    }
    *areas = kept;
    // `Capability | Practice` where practices repeat and capabilities do not.
    if let ([area], Some(practice)) = (&areas[..], labels.practice)
        && unique(*area)
        && !unique(practice)
        && table.columns[practice].profile.filled * 10 >= rows * 8
        && table.columns[practice].says(Role::Area) > 0.0
    {
        (labels.practice, *areas) = (Some(*area), vec![practice]);
    }
}

/// Whether a column names nearly every row, each by another name.
fn all_differ(table: &Table, index: usize) -> bool {
    let profile = &table.columns[index].profile;
    profile.distinct() * 10 >= profile.filled * 9 && profile.filled * 10 >= table.rows.len() * 7 && profile.filled > 4
}

/// One column of areas that names each row anew, and left of it one whose few names come again and again: that one
/// holds the areas, whatever its header says, and the other the practices.
fn coarser(table: &Table, names: &[usize], used: &BTreeSet<usize>, labels: &mut Labels) {
    let fine = match (&labels.areas[..], labels.practice) {
        ([area], None) => *area,
        ([], Some(practice)) => practice,
        _ => return,
    };
    let (area, rows) = (fine, table.rows.len());
    if !all_differ(table, area) || labels.entities {
        return;
    }
    let left = names.iter().copied().find(|index| {
        let column = &table.columns[*index];
        let profile = &column.profile;
        *index < area
            && !used.contains(index)
            && ![labels.id, labels.subject].contains(&Some(*index))
            && profile.is_words()
            && profile.long * 3 <= profile.filled
            && profile.filled * 10 >= rows * 9
            && (2..=profile.filled / 2).contains(&profile.distinct())
            && column.best().is_none_or(|(role, strength)| strength < 0.5 || role.is_label())
    });
    if let Some(left) = left {
        (labels.areas, labels.practice) = (vec![left], Some(area));
    }
}

fn one_to_one(table: &Table, a: usize, b: usize) -> bool {
    let (mut forth, mut back) = (BTreeMap::new(), BTreeMap::new());
    let (mut above_a, mut above_b) = (None, None);
    for row in &table.rows {
        // Names on the first row of a block hold for the rows below it.
        above_a = text(row, &table.columns[a]).or(above_a);
        above_b = text(row, &table.columns[b]).or(above_b);
        let (Some(x), Some(y)) = (above_a.clone(), above_b.clone()) else { continue };
        if forth.entry(x.clone()).or_insert_with(|| y.clone()) != &y
            || back.entry(y).or_insert_with(|| x.clone()) != &x
        {
            return false;
        }
    }
    !forth.is_empty()
}

/// The text of a cell as a name.
pub fn text(row: &Row, column: &Column) -> Option<String> {
    let cell = row.cell(column.col)?;
    let shown = match &cell.value {
        Value::Error(_) => return None,
        _ => cell.shown(),
    };
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    (!shown.is_empty()).then_some(shown)
}

/// No column says area: headings between the rows, else the rows themselves.
fn without_areas(table: &Table, words: &Words, names: &[usize], labels: &mut Labels, used: &BTreeSet<usize>) {
    let unknown: Vec<usize> = names
        .iter()
        .copied()
        .filter(|index| {
            let column = &table.columns[*index];
            let strongest = column.best().map_or(0.0, |(_, strength)| strength);
            let profile = &column.profile;
            let rated = used.iter().next().copied().unwrap_or(usize::MAX);
            // Answers such as yes and no name nothing; names stand before what they name.
            strongest < 0.3
                && profile.is_words()
                && profile.long * 3 <= profile.filled
                && profile.words * 2 < profile.filled
                && *index < rated
        })
        .collect();
    // Headings stand in the column of names, or in one left of it that only they fill.
    let named = labels.practice.or(labels.id).or(unknown.first().copied());
    if let Some(index) = named {
        let rows = heading_rows(table, words, used, labels, &unknown);
        if !rows.is_empty() {
            labels.headings = true;
            labels.heading_rows = rows;
            if labels.practice.is_none() {
                // Beside ids the first other column of names is the practice's.
                let beside = unknown.iter().copied().find(|other| labels.id != Some(*other));
                labels.practice = if labels.id == Some(index) { beside } else { Some(index) };
            }
            return;
        }
    }
    let repeated = |index: &usize| {
        let profile = &table.columns[*index].profile;
        profile.distinct() * 10 < profile.filled * 9
            || (profile.filled * 10 <= table.rows.len() * 7 && profile.filled >= 2)
    };
    // Ids that begin with different letters make areas; an unknown column does not outweigh them.
    let before = labels.practice.into_iter().chain(labels.id).min().unwrap_or(usize::MAX);
    let blocks = |index: &usize| {
        let profile = &table.columns[*index].profile;
        *index < before.max(2) && profile.distinct() >= 2 && profile.distinct() * 2 <= table.rows.len()
    };
    let unknown_area = unknown.iter().copied().any(|index| repeated(&index) && blocks(&index));
    if !unknown_area && labels.id.is_some_and(|index| prefixes(table, index) > 1) {
        return;
    }
    if let Some(index) = unknown.iter().copied().find(repeated).filter(|index| Some(*index) != labels.practice) {
        labels.areas = vec![index];
        if labels.practice.is_none() {
            labels.practice = unknown.iter().copied().find(|other| *other != index && !repeated(other));
        }
        return;
    }
    match (labels.subject, labels.practice, labels.id) {
        // One row a team or application: each is an area.
        (Some(subject), None, None) => {
            labels.areas = vec![subject];
            labels.subject = None;
            labels.entities = true;
        }
        (_, None, None) => {
            if let Some(index) = unknown.first() {
                labels.areas = vec![*index];
                labels.entities = true;
            }
        }
        // An id and an unknown name beside it: the name is the practice's.
        (_, None, Some(_)) => labels.practice = unknown.first().copied(),
        _ => {}
    }
}

/// How many different letters the ids of a column begin with.
fn prefixes(table: &Table, index: usize) -> usize {
    let letters: BTreeSet<String> = table
        .rows
        .iter()
        .filter_map(|row| text(row, &table.columns[index]))
        .filter(|id| begins_with_id(id))
        .map(|id| id.chars().take_while(char::is_ascii_alphabetic).collect::<String>())
        .filter(|letters| !letters.is_empty())
        .collect();
    letters.len()
}

/// Rows that name an area for the rows below: nothing but a name stands there, or, where practices carry ids, a name
/// without one and a level that sums up the rows below.
fn heading_rows(
    table: &Table,
    words: &Words,
    used: &BTreeSet<usize>,
    labels: &Labels,
    unknown: &[usize],
) -> BTreeSet<u32> {
    let label_columns: Vec<usize> = [labels.id, labels.practice]
        .into_iter()
        .flatten()
        .chain(unknown.iter().copied())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let rated: Vec<u32> = used.iter().map(|index| table.columns[*index].col).collect();
    let filled = |row: &Row, cols: &[u32]| {
        cols.iter()
            .filter(|col| row.cell(**col).is_some_and(|cell| !cell.shown().is_empty() || cell.formula.is_some()))
            .count()
    };
    let all: Vec<u32> = table.columns.iter().map(|column| column.col).collect();
    let mut bare = BTreeSet::new();
    for row in &table.rows {
        let named = label_columns.iter().filter(|index| text(row, &table.columns[**index]).is_some()).count();
        if named >= 1
            && filled(row, &rated) == 0
            && filled(row, &all) == named
            && named <= 2
            && filled(row, &all) <= 2
        {
            let wide = all.len() > 2 || table.sheet.merges.iter().any(|m| m.first.row == row.index);
            let name = label_columns.iter().find_map(|index| text(row, &table.columns[*index])).unwrap_or_default();
            if (wide || named == 1) && !words.is_total(&name) && name.chars().count() <= 120 {
                bare.insert(row.index);
            }
        }
    }
    // A heading has rated rows below it, and the first row of the table is one.
    let first_rated = table.rows.iter().find(|row| filled(row, &rated) > 0).map(|row| row.index);
    let leads = bare.iter().next().is_some_and(|first| first_rated.is_some_and(|rated| *first < rated));
    let followed =
        table.rows.windows(2).filter(|pair| bare.contains(&pair[0].index) && filled(pair[1], &rated) > 0).count();
    if leads && followed >= 1 && followed * 2 >= bare.len() {
        return bare;
    }
    scored_headings(table, &label_columns, &rated)
}

/// Headings with a level of their own: in the column of names some begin with an id and some do not, and each of
/// these is followed by some that do.
fn scored_headings(table: &Table, labels: &[usize], rated: &[u32]) -> BTreeSet<u32> {
    let none = BTreeSet::new();
    for index in labels {
        let column = &table.columns[*index];
        let named: Vec<(u32, String)> =
            table.rows.iter().filter_map(|row| Some((row.index, text(row, column)?))).collect();
        let with_id: Vec<bool> = named.iter().map(|(_, name)| begins_with_id(name)).collect();
        let ids = with_id.iter().filter(|id| **id).count();
        if ids >= 3 && ids < named.len() && ids * 2 >= named.len() && !with_id[0] {
            return named.iter().zip(&with_id).filter(|(_, id)| !**id).map(|((row, _), _)| *row).collect();
        }
    }
    // Formulas that work out a mean of cells below in their own column.
    let mut sums = BTreeSet::new();
    for (at, row) in table.rows.iter().enumerate() {
        let over_below = rated.iter().any(|col| {
            row.cell(*col).and_then(|cell| cell.formula.as_deref()).is_some_and(|formula| {
                sums_up(formula, *col).is_some_and(|(first, last)| first > row.index && last >= first)
            })
        });
        if over_below && table.rows.get(at + 1).is_some() {
            sums.insert(row.index);
        }
    }
    if sums.len() >= 2 && table.rows.first().is_some_and(|row| sums.contains(&row.index)) { sums } else { none }
}

/// `I.1 - Depth`, `GV.OC-01`, `5.1 Policies`, `A.8.2`: an id of letters or numbers with a digit and a mark inside.
pub fn begins_with_id(text: &str) -> bool {
    let first = text.split([' ', '\u{a0}', ':']).next().unwrap_or_default();
    let digits = first.chars().any(|c| c.is_ascii_digit());
    let marked = first.contains(['.', '-']) || first.chars().next().is_some_and(char::is_alphabetic);
    digits
        && marked
        && first.len() <= 20
        && first.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '&'))
}

/// The rows (counted from 0) that an AVERAGE or SUM of a formula covers in a column.
pub fn sums_up(formula: &str, col: u32) -> Option<(u32, u32)> {
    let upper = formula.to_uppercase();
    if !["AVERAGE", "SUM", "SUBTOTAL", "MEDIAN", "AGGREGATE"].iter().any(|name| upper.contains(name)) {
        return None;
    }
    let letters = crate::error::column_letters(col);
    let plain = upper.replace('$', "");
    let mut rest = plain.as_str();
    while let Some(at) = rest.find(&letters) {
        let before = rest[..at].chars().next_back();
        let after = &rest[at + letters.len()..];
        let first: String = after.chars().take_while(char::is_ascii_digit).collect();
        let tail = &after[first.len()..];
        if !first.is_empty()
            && before.is_none_or(|c| !c.is_ascii_alphanumeric() && c != '!')
            && let Some(tail) = tail.strip_prefix(':')
            && let Some(tail) = tail.strip_prefix(&letters)
        {
            let last: String = tail.chars().take_while(char::is_ascii_digit).collect();
            if let (Ok(first), Ok(last)) = (first.parse::<u32>(), last.parse::<u32>()) {
                return Some((first.saturating_sub(1), last.saturating_sub(1)));
            }
        }
        rest = after;
    }
    None
}

impl Labels {
    /// All columns used.
    pub fn columns(&self) -> impl Iterator<Item = usize> + '_ {
        self.areas.iter().copied().chain(self.practice).chain(self.id).chain(self.subject)
    }

    /// Whether the rows name subjects and the areas stand across: the corner says so.
    pub fn rows_are_subjects(&self, table: &Table) -> bool {
        if self.practice.is_some() || self.headings {
            return false;
        }
        let says = |index: usize, role: Role| table.columns[index].says(role);
        let areas = self.areas.iter().any(|index| says(*index, Role::Area) >= 0.5);
        let corner =
            self.subject.into_iter().chain(self.areas.iter().copied()).chain(self.id).any(|index| {
                says(index, Role::Subject) >= 0.5 || folded(&table.columns[index].head).starts_with("org")
            });
        corner && !areas
    }

    /// Writes down why each column names what it does.
    pub fn reasons(&self, table: &Table, reasons: &mut BTreeMap<usize, (String, String, String)>) {
        let rows = table.rows.len();
        let mut put = |index: usize, role: Role| {
            let profile = &table.columns[index].profile;
            let said = if table.columns[index].says(role) >= 0.3 { "header; " } else { "" };
            let why = format!("{said}{} names in {} of {rows} rows", profile.distinct(), profile.filled);
            reasons.insert(index, (role.name().to_owned(), why, String::new()));
        };
        self.areas.iter().for_each(|index| put(*index, Role::Area));
        self.practice.into_iter().for_each(|index| put(index, Role::Practice));
        self.id.into_iter().for_each(|index| put(index, Role::Id));
        self.subject.into_iter().for_each(|index| put(index, Role::Subject));
    }
}
