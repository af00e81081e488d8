//! The chosen tables -> an [`Assessment`]: scale, states, checks, and how it was read.

use std::collections::BTreeMap;

use super::Wishes;
use super::choose::{Choice, Group, Meaning, combine};
use super::draft::Draft;
use super::legend::Legend;
use super::level::{Answer, Form, Names, Why, name_key};
use super::measures::{Across, Measure, Source};
use super::ratings::{Raw, count};
use super::scale::{self, Chosen, Hints};
use super::words::{Role, Words, folded};
use super::{checks, labels, legend, model, profile, unfold};
use crate::assessment::{
    Assessment, ColumnRead, Earlier, LeftOut, Rating, Reading, Score, Step, TableRead, TargetSource,
};
use crate::error::{Place, Problem, Problems, Result, Warned, column_letters, quoted};
use crate::model::{Level, Model};
use crate::number::NumberStyle;
use crate::sheet::Workbook;

/// Words that stand for levels here: the user's first, then names that a legend gives, where no two legends disagree.
pub fn level_names(legends: &[Legend], answers: Vec<(String, f64)>, wishes: &Wishes) -> Names {
    let mut names: BTreeMap<String, Option<f64>> = BTreeMap::new();
    for level in legends.iter().flat_map(|legend| &legend.levels) {
        let Some(name) = level.name.as_deref().map(folded).filter(|name| !name.is_empty()) else { continue };
        let known = names.entry(name).or_insert(Some(level.value));
        if *known != Some(level.value) {
            *known = None;
        }
    }
    let mut names: Names = names.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    // A number is never a name, and words for "not applicable" keep their meaning.
    let words = Words::shipped();
    names.retain(|name, _| {
        name.parse::<f64>().is_err() && !words.is_not_applicable(name) && !words.is_not_assessed(name)
    });
    for (answer, score) in answers {
        names.entry(answer).or_insert(score);
    }
    if let Some(model) = &wishes.model {
        let rated = model.rated_on();
        for (level, aliases) in rated.scale.levels().iter().zip(&rated.aliases) {
            for name in level.name.iter().chain(aliases).map(|name| folded(name)) {
                if name.parse::<f64>().is_err() && !words.is_not_applicable(&name) {
                    names.entry(name).or_insert(level.value);
                }
            }
        }
    }
    for (word, value) in &wishes.levels {
        names.insert(name_key(word), *value);
    }
    names
}

/// Makes the assessment.
pub fn assess(
    book: &Workbook,
    wishes: &Wishes,
    mut choice: Choice,
    legends: &[Legend],
    words: &Words,
) -> Result<Warned<Assessment>> {
    let mut warnings: Vec<Problem> = book.notes.clone();
    doubts(&choice.group, wishes)?;
    let mut problems = Vec::new();
    let (mut left_out, mut notes) = (Vec::new(), Vec::new());
    for part in &mut choice.group.parts {
        let read = &mut part.read;
        left_out.append(&mut read.left_out);
        for note in std::mem::take(&mut read.notes) {
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
        problems.append(&mut read.problems);
        warnings.append(&mut read.warnings);
    }
    let (mut raws, said) = combine(&mut choice.group, words);
    notes.splice(0..0, said);
    unfold::roles(&mut raws, words, &mut notes);
    unfold::times(&mut raws, words, &mut notes)?;
    warnings.append(&mut choice.warnings);
    raws_areas(&mut raws, &mut notes);
    checks::names(&mut raws, &mut notes, &mut warnings);
    unfilled(&choice.group, &raws, wishes)?;
    let legends: Vec<Legend> = legends.iter().filter(|legend| !within(&choice.group, legend)).cloned().collect();
    let found = model_of(&choice.group, book, wishes, &raws, &legends);
    let mut hints = hints(&choice.group, wishes, &legends, words);
    hints.model = found.as_ref().map(|found| model::scale(found, &raws));
    let chosen = scale::choose(&raws, &hints, &mut warnings)?;
    let judge = Judge { chosen: &chosen };
    let mut ratings: Vec<Rating> = Vec::new();
    for raw in &raws {
        ratings.push(judge.rating(raw, wishes.target));
    }
    judge.warn(&raws, &ratings, &mut warnings, &mut problems);
    checks::own_gap(&raws, &ratings, &mut warnings);
    let mut earlier = judge.earlier(&raws);
    let mut levels: Vec<Vec<Option<f64>>> = earlier.iter_mut().map(|at| std::mem::take(&mut at.levels)).collect();
    checks::twice(&mut ratings, &mut levels, &mut warnings, &mut problems);
    earlier.iter_mut().zip(levels).for_each(|(at, levels)| at.levels = levels);
    if !problems.is_empty() {
        return Err(Problems(problems));
    }
    let filled = match &wishes.profile {
        Some(name) => profile::fill(name, found.as_ref(), &chosen.scale, &mut ratings, &mut notes)?,
        None => 0,
    };
    let targets = match (wishes.target, &wishes.profile) {
        (Some(target), _) => TargetSource::Given(target),
        (None, Some(name)) if filled > 0 => TargetSource::Profile(name.clone()),
        _ if ratings.iter().any(|rating| rating.target.level().is_some()) => TargetSource::Sheet,
        _ => TargetSource::None,
    };
    if targets == TargetSource::None {
        warnings.push(no_target(&choice.group, found.as_ref().map(|found| &*found.model)));
    }
    seen(book, &raws, &mut notes, &mut left_out);
    left_out.extend(choice.left_out.iter().cloned());
    unread(&choice.group, &mut left_out);
    let mut because = reasons(&choice.group);
    let subject_word = subject_word(&choice.group, &ratings);
    let title = title(&choice.group, book, words);
    let reading = Reading {
        model_because: found.as_ref().map_or_else(String::new, |found| found.because.clone()),
        tables: choice
            .group
            .parts
            .iter()
            .map(|part| table_read(&part.draft, part.read.rows, std::mem::take(&mut because)))
            .collect(),
        scale_because: chosen.because.clone(),
        scale_guessed: chosen.guessed,
        words: word_values(&raws, &chosen),
        left_out,
        notes,
    };
    let scale = match &found {
        Some(found) => model::named(chosen.scale, &found.model),
        None => chosen.scale,
    };
    Ok(Warned {
        value: Assessment {
            title,
            scale,
            targets,
            ratings,
            earlier,
            subject_word,
            model: found.map(|found| found.model),
            reading,
        },
        warnings,
    })
}

/// The model named by the user or by what stands in the table and around it.
fn model_of(
    group: &Group,
    book: &Workbook,
    wishes: &Wishes,
    raws: &[Raw],
    legends: &[Legend],
) -> Option<model::Found> {
    let names = legends.iter().flat_map(|legend| &legend.levels).filter_map(|level| level.name.clone());
    let tables = || group.parts.iter().map(|part| &part.draft.table);
    let titles = tables().flat_map(|table| table.titles.iter().cloned());
    let sheets = tables().filter_map(|table| table.sheet.name.as_deref().map(str::to_owned));
    let titles = titles.chain(sheets).chain(book.title.clone()).collect();
    let measured = tables().filter_map(|table| table.measured.as_ref()).max_by_key(|measured| measured.metrics);
    let measured = measured.filter(|_| raws.iter().any(model::measured));
    model::find(wishes.model.as_ref(), measured, raws, names.collect(), titles)
}

/// Refuses a table in which two columns fit a role equally well, unless the user named one.
fn doubts(group: &Group, wishes: &Wishes) -> Result<()> {
    let draft = &group.parts[0].draft;
    let problems: Vec<Problem> = draft
        .doubts
        .iter()
        .filter(|_| !wishes.columns.iter().any(|(role, text)| role == "current" && !text.is_empty()))
        .map(|doubt| {
            let named: Vec<String> = doubt
                .columns
                .iter()
                .map(|index| format!("{} {}", quoted(&draft.table.columns[*index].shown()), draft.letter(*index)))
                .collect();
            let flags: Vec<String> = doubt
                .columns
                .iter()
                .take(2)
                .map(|index| format!("--column current={}", draft.letter(*index)))
                .collect();
            let what = if doubt.role == Role::Status { "status" } else { "current level" };
            Problem::new("two-columns", format!("several columns could be the {what}: {}", named.join(", ")))
                .at(draft.header_place())
                .hint(format!("name the one: {}", flags.join(" or ")))
        })
        .collect();
    if problems.is_empty() { Ok(()) } else { Err(Problems(problems)) }
}

/// Areas where no column gives them: the letters an id begins with, else one for all.
fn raws_areas(raws: &mut [Raw], notes: &mut Vec<String>) {
    let bare: Vec<usize> = raws.iter().enumerate().filter(|(_, raw)| raw.area.is_empty()).map(|(at, _)| at).collect();
    if bare.is_empty() {
        return;
    }
    let prefixes: Vec<Option<String>> = bare
        .iter()
        .map(|at| prefix(raws[*at].id.as_deref().or(raws[*at].practice.as_deref()).unwrap_or("")))
        .collect();
    let kinds: std::collections::BTreeSet<&Option<String>> = prefixes.iter().collect();
    if kinds.len() > 1 && !kinds.contains(&None) {
        notes.push("areas are the letters that ids begin with".to_owned());
        for (at, prefix) in bare.iter().zip(prefixes.clone()) {
            raws[*at].area = prefix.into_iter().collect();
        }
        return;
    }
    notes.push("no area is given: one for all".to_owned());
    for at in bare {
        raws[at].area = vec!["(all)".to_owned()];
    }
}

/// `GV.SC-04` -> `GV`; a number alone (5.10) gives none.
fn prefix(id: &str) -> Option<String> {
    if !labels::begins_with_id(id) {
        return None;
    }
    let letters: String = id.chars().take_while(char::is_ascii_alphabetic).collect();
    (!letters.is_empty() && letters.len() <= 8).then_some(letters)
}

/// Refuses what nobody filled in, and says what stands in the cells instead.
fn unfilled(group: &Group, raws: &[Raw], wishes: &Wishes) -> Result<()> {
    let draft = &group.parts[0].draft;
    let (first, last) = (raws.first().map(|raw| &raw.at), raws.last().map(|raw| &raw.at));
    let block = match (first, last) {
        (Some(first), Some(last)) if first.sheet == last.sheet => Place {
            sheet: first.sheet.clone(),
            first: first.first,
            last: last.first.filter(|last| first.first != Some(*last)),
        }
        .to_string(),
        _ => draft.header_place(),
    };
    let some = |test: &dyn Fn(&Raw) -> bool| raws.iter().filter(|raw| test(raw)).count();
    let levels = some(&|raw| matches!(raw.current, Answer::Level(_)));
    if levels > 0 {
        // Zeros that formulas give on answers nobody gave: a form, not an assessment.
        let zeros = some(&|raw| matches!(&raw.current, Answer::Level(found) if found.value == 0.0));
        let named = wishes.columns.iter().any(|(role, _)| role == "current");
        let formulas = group.parts.iter().all(|part| {
            part.draft.measures.iter().all(|measure| match measure.current {
                Source::Column(index) => {
                    let profile = &part.draft.table.columns[index].profile;
                    profile.formulas * 10 >= profile.filled * 9
                }
                Source::Marks(_) => false,
            })
        });
        if zeros == raws.len() && zeros >= 3 && formulas && !named {
            return Err(Problem::new(
                "blank-template",
                format!("all {zeros} levels are 0 and come from formulas: a form that nobody filled in"),
            )
            .at(block)
            .hint(format!("fill it in; if the zeros are meant: --column current={}", current_letter(draft)))
            .into());
        }
        if definitions(raws) && !named {
            return Err(Problem::new(
                "definitions-only",
                "each area stands here with one level after the other: what levels ask for, not what was rated"
                    .to_owned(),
            )
            .at(block)
            .hint(format!(
                "give the file with the ratings; if these are ratings: --column current={}",
                current_letter(draft)
            ))
            .into());
        }
        return Ok(());
    }
    let formulas = some(&|raw| matches!(raw.current, Answer::Not(Why::Formula(_))));
    let texts = some(&|raw| matches!(raw.current, Answer::Not(Why::Text(_))));
    let unmeasured = some(&|raw| matches!(raw.current, Answer::Not(Why::Measured { .. })));
    let errors = some(&|raw| matches!(raw.current, Answer::Not(Why::Error(_) | Why::Date(_) | Why::Bool)));
    let not_applicable = some(&|raw| raw.current == Answer::NotApplicable);
    let blank = some(&|raw| raw.current == Answer::NotAssessed);
    let parts = [
        (blank, "blank"),
        (not_applicable, "n/a"),
        (formulas, "formulas without a stored result"),
        (texts, "texts that are no level"),
        (unmeasured, "values that do not fit their metric"),
        (errors, "errors, dates or TRUE and FALSE"),
    ];
    let said: Vec<String> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    let problem = Problem::new(
        "nothing-rated",
        format!("no current level in {} ({})", count(raws.len(), "row", "rows"), said.join(", ")),
    )
    .at(block);
    let hint = match (formulas * 2 > raws.len(), texts * 2 > raws.len(), blank + not_applicable == raws.len()) {
        (true, _, _) => "open and save it in a spreadsheet program, so that results are stored".to_owned(),
        (_, true, _) => {
            let word = raws.iter().find_map(|raw| match &raw.current {
                Answer::Not(Why::Text(text)) => Some(text.trim().chars().take(30).collect::<String>()),
                _ => None,
            });
            format!(
                "say what the words are worth: --level \"{}=1\"",
                crate::error::visible(&word.unwrap_or_default())
            )
        }
        (_, _, true) => {
            "the sheet looks like a blank template: fill it in, or --column current=\"HEADER\", or --sheet NAME"
                .to_owned()
        }
        _ => "--column current=\"HEADER\", or --sheet NAME".to_owned(),
    };
    Err(problem.hint(hint).into())
}

/// Whether the rows go through the levels, lowest first, and nearly every area comes by at nearly every level.
fn definitions(raws: &[Raw]) -> bool {
    let levels: Vec<f64> = raws
        .iter()
        .filter_map(|raw| match &raw.current {
            Answer::Level(found) => Some(found.value),
            _ => None,
        })
        .collect();
    let mut kinds = levels.clone();
    kinds.sort_by(f64::total_cmp);
    kinds.dedup();
    let bare =
        raws.iter().all(|raw| raw.target == Answer::NotAssessed && raw.subject.is_none() && raw.owner.is_none());
    if !bare || kinds.len() < 3 || levels.len() < 12 || levels.len() < raws.len() {
        return false;
    }
    let mut by_area: BTreeMap<&Vec<String>, Vec<f64>> = BTreeMap::new();
    for (raw, level) in raws.iter().zip(&levels) {
        by_area.entry(&raw.area).or_default().push(*level);
    }
    let rising = |levels: &[f64]| levels.windows(2).all(|pair| pair[0] <= pair[1]);
    let complete = by_area.values().filter(|own| {
        let mut own_kinds = (*own).clone();
        own_kinds.dedup();
        rising(own) && own_kinds.len() * 10 >= kinds.len() * 8
    });
    (rising(&levels) || by_area.len() > 2) && complete.count() * 10 >= by_area.len() * 8
}

fn current_letter(draft: &Draft) -> String {
    match draft.measures.first().map(|measure| &measure.current) {
        Some(Source::Column(index)) => draft.letter(*index),
        Some(Source::Marks(marks)) => draft.letter(marks[0].0),
        None => "C".to_owned(),
    }
}

/// Whether a legend is made of ratings: it stands among the rows of a table that is read.
fn within(group: &Group, legend: &Legend) -> bool {
    group.parts.iter().any(|part| {
        let table = &part.draft.table;
        let columns = part.draft.measures.iter().flat_map(Measure::columns).chain(part.draft.labels.columns());
        legend.at.sheet == table.sheet.name
            && legend.at.first.is_some_and(|cell| {
                columns.into_iter().any(|index| table.columns[index].col == cell.col)
                    && (part.read.rows.0..=part.read.rows.1).contains(&(cell.row + 1))
            })
    })
}

fn hints<'a>(group: &Group, wishes: &Wishes, legends: &'a [Legend], words: &Words) -> Hints<'a> {
    let (mut headers, mut titles) = (Vec::new(), Vec::new());
    let mut marks = None;
    let mut drop_down = None;
    for part in &group.parts {
        let draft = &part.draft;
        let columns: Vec<usize> = draft.measures.iter().flat_map(Measure::columns).collect();
        for index in &columns {
            let column = &draft.table.columns[*index];
            headers.extend([column.head.clone(), column.group.clone()]);
            let cells = draft.table.rows.iter().take(50).map(|row| row.index);
            for row in cells {
                let list = draft
                    .table
                    .sheet
                    .drop_downs
                    .iter()
                    .find(|list| list.cells.iter().any(|block| block.holds(row, column.col)));
                if let Some(list) = list
                    && drop_down.is_none()
                {
                    let place = draft.table.sheet.place(row, column.col);
                    drop_down = legend::drop_down(&list.entries, place, words);
                }
                if drop_down.is_some() {
                    break;
                }
            }
        }
        for measure in &draft.measures {
            if let Source::Marks(columns) = &measure.current {
                marks = Some(
                    columns
                        .iter()
                        .map(|(index, value)| {
                            let head = &draft.table.columns[*index].head;
                            Level {
                                value: *value,
                                name: super::level::number(head).and_then(|found| found.name),
                                summary: None,
                            }
                        })
                        .collect(),
                );
            }
        }
        titles.extend(draft.table.titles.iter().filter(|title| title.chars().count() <= 120).cloned());
    }
    headers.retain(|header| !header.is_empty());
    headers.dedup();
    let sheets =
        group.parts.iter().map(|part| part.draft.table.sheet.name.as_deref().unwrap_or("").to_owned()).collect();
    Hints { wished: wishes.scale, headers, titles, drop_down, legends, marks, model: None, sheets }
}

/// Turns answers into states on the chosen scale.
struct Judge<'a> {
    chosen: &'a Chosen,
}

impl Judge<'_> {
    fn score(&self, answer: &Answer) -> Score {
        let found = match answer {
            Answer::NotAssessed => return Score::NotAssessed,
            Answer::NotApplicable => return Score::NotApplicable,
            Answer::Not(why) => return Score::Invalid(why.phrase()),
            Answer::Level(found) => found,
        };
        let chosen = self.chosen;
        if chosen.unranked.contains(&found.value) && found.form != Form::Status {
            return Score::NotAssessed;
        }
        let style = NumberStyle::ENGLISH;
        let share = |form| matches!(form, Form::Percent | Form::Status);
        let value = match (found.form, chosen.form) {
            (a, b) if a == b => found.value,
            (Form::Name | Form::Measured, _) | (Form::Number, Form::Name) => found.value,
            // A share on a scale of 0 to 1 or 0 to 100 is the same thing said otherwise.
            (a, _) if share(a) && chosen.scale.lowest() == 0.0 && chosen.scale.highest() == 1.0 => found.value,
            (Form::Percent, _) if chosen.scale.lowest() == 0.0 && chosen.scale.highest() == 100.0 => {
                found.value * 100.0
            }
            (Form::Number, Form::Status | Form::Percent) => found.value,
            (Form::Number, Form::Competence) => found.value,
            (Form::Percent, _) => {
                return Score::Invalid(format!("{} % stands among bare levels", style.level(found.value * 100.0)));
            }
            _ => return Score::Invalid("a word of status stands among levels".to_owned()),
        };
        match chosen.scale.holds(value) {
            true => Score::Level(value),
            false => {
                let (low, high) = (style.level(chosen.scale.lowest()), style.level(chosen.scale.highest()));
                Score::Invalid(format!("level `{}` is not on {low}..{high}", style.level(value)))
            }
        }
    }

    fn rating(&self, raw: &Raw, target: Option<f64>) -> Rating {
        let current = self.score(&raw.current);
        let written = match target {
            Some(target) => Score::Level(target),
            None => self.score(&raw.target),
        };
        let steps = raw
            .steps
            .iter()
            .filter_map(|(name, answer)| Some(Step { name: name.clone(), level: self.score(answer).level()? }))
            .collect();
        Rating {
            area: raw.area.clone(),
            practice_id: raw.id.clone(),
            practice: raw.practice.clone(),
            subject: raw.subject.clone(),
            current,
            target: written,
            steps,
            weight: raw.weight,
            priority: raw.priority,
            owner: raw.owner.clone(),
            due: raw.due.clone(),
            evidence: raw.evidence.clone(),
            action: raw.action.clone(),
            written: raw.written.clone(),
            measured: matches!(&raw.current, Answer::Level(found) if found.form == Form::Measured),
            at: raw.at.clone(),
            target_at: raw.target_at.clone(),
        }
    }

    fn earlier(&self, raws: &[Raw]) -> Vec<Earlier> {
        let names: Vec<String> = raws
            .iter()
            .map(|raw| raw.earlier.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>())
            .max_by_key(Vec::len)
            .unwrap_or_default();
        names
            .into_iter()
            .map(|name| {
                let levels = raws
                    .iter()
                    .map(|raw| {
                        let (_, answer) = raw.earlier.iter().find(|(at, _)| *at == name)?;
                        self.score(answer).level()
                    })
                    .collect();
                Earlier { name, levels }
            })
            .filter(|earlier: &Earlier| earlier.levels.iter().any(Option::is_some))
            .collect()
    }

    /// Warns of each cell that is no level; where they are too many, the reading itself is in doubt.
    fn warn(&self, raws: &[Raw], ratings: &[Rating], warnings: &mut Vec<Problem>, problems: &mut Vec<Problem>) {
        let cells: Vec<(&Answer, &Score, &Place)> = raws
            .iter()
            .zip(ratings)
            .flat_map(|(raw, rating)| {
                let target = rating.target_at.as_ref().map(|at| (&raw.target, &rating.target, at));
                [Some((&raw.current, &rating.current, &rating.at)), target].into_iter().flatten()
            })
            .filter(|(_, score, _)| matches!(score, Score::Invalid(_)))
            .collect();
        let mut told: Vec<&Place> = Vec::new();
        for (answer, score, place) in cells {
            let Score::Invalid(reason) = score else { continue };
            // One target column shared by several subjects is one cell, told once.
            if told.contains(&place) {
                continue;
            }
            told.push(place);
            let (code, hint) = match answer {
                Answer::Level(_) => {
                    ("level-out-of-scale", "correct the cell, or name the scale: --scale LOW..HIGH, or --model ID")
                }
                Answer::Not(Why::Error(_)) => ("error-value", "correct the formula in the cell"),
                Answer::Not(Why::Date(_)) => {
                    ("date-as-level", "give the level as a number; spreadsheet programs turn 3/5 into a date")
                }
                Answer::Not(Why::Formula(_)) => {
                    ("formula-without-value", "open and save it in a spreadsheet program; --strict makes this fail")
                }
                Answer::Not(Why::Measured { wanted, unit, .. }) => {
                    let hint = format!(
                        "give a {} such as `{}`; a bare number counts in {unit}",
                        wanted.noun(),
                        wanted.example()
                    );
                    warnings.push(
                        Problem::new("not-measured", format!("{reason}, left out as invalid")).at(place).hint(hint),
                    );
                    continue;
                }
                _ => {
                    ("no-level", "give one level, or a decimal such as 1.5; a word is worth: --level \"WORD=VALUE\"")
                }
            };
            warnings.push(Problem::new(code, format!("{reason}, left out as invalid")).at(place).hint(hint));
        }
        let current = |rating: &Rating| (rating.current.clone(), rating.at.clone());
        problems.extend(self.mostly_invalid(ratings.iter().map(current), "rating", "ratings", "current"));
        let target = |rating: &Rating| Some((rating.target.clone(), rating.target_at.clone()?));
        problems.extend(self.mostly_invalid(ratings.iter().filter_map(target), "target", "targets", "target"));
    }

    /// The problem that more than a tenth of the cells in a column, three at least, are no level.
    fn mostly_invalid(
        &self,
        cells: impl Iterator<Item = (Score, Place)>,
        one: &str,
        many: &str,
        role: &str,
    ) -> Option<Problem> {
        let mut total = 0;
        let mut invalid = Vec::new();
        for (score, at) in cells {
            total += 1;
            if let Score::Invalid(reason) = score {
                invalid.push((reason, at));
            }
        }
        let (reason, at) = invalid.first().filter(|_| invalid.len() >= 3 && invalid.len() * 10 > total)?;
        let style = NumberStyle::ENGLISH;
        let (low, high) = (style.level(self.chosen.scale.lowest()), style.level(self.chosen.scale.highest()));
        let what = format!(
            "{} of {} are no level on {low}..{high}, the first: {reason}",
            invalid.len(),
            count(total, one, many)
        );
        let hint = format!(
            "the column or scale may be another: --column {role}=\"HEADER\", --scale LOW..HIGH, --level \"WORD=VALUE\""
        );
        Some(Problem::new("mostly-invalid", what).at(at).hint(hint))
    }
}

fn no_target(group: &Group, model: Option<&Model>) -> Problem {
    let draft = &group.parts[0].draft;
    let found: Vec<String> = draft
        .table
        .columns
        .iter()
        .filter(|column| !column.head.is_empty())
        .take(6)
        .map(|column| format!("{} {}", quoted(&column.head), column_letters(column.col)))
        .collect();
    Problem::new("no-target", format!("no target column; found {}", found.join(", "))).at(draft.header_place()).hint(
        match model.and_then(|model| model.profiles.first()) {
            Some(profile) => format!(
                "--column target=\"HEADER\", or one for all: --target LEVEL, or the model's own: --target {}",
                crate::error::visible(&profile.name)
            ),
            None => "--column target=\"HEADER\", or one for all: --target LEVEL".to_owned(),
        },
    )
}

/// What can be seen in the workbook beside the ratings: hidden rows and sheets.
fn seen(book: &Workbook, raws: &[Raw], notes: &mut Vec<String>, left_out: &mut Vec<LeftOut>) {
    let hidden = raws.iter().filter(|raw| raw.hidden).count();
    if hidden > 0 {
        notes.push(format!("{} in hidden rows count", count(hidden, "rating", "ratings")));
    }
    if matches!(book.format, crate::sheet::Format::Xlsb | crate::sheet::Format::Xls | crate::sheet::Format::Ods) {
        notes.push("this format does not tell which rows are hidden".to_owned());
    }
    for sheet in book.sheets.iter().filter(|sheet| !sheet.visible).take(20) {
        let name = sheet.name.as_deref().unwrap_or("");
        if !raws.iter().any(|raw| raw.at.sheet.as_deref() == Some(name)) {
            left_out.push(LeftOut {
                what: format!("sheet {}", quoted(name)),
                because: "hidden; read only for scales".to_owned(),
            });
        }
    }
}

/// Columns of numbers that could be levels and are not read: said, so that nothing is left out in silence.
fn unread(group: &Group, left_out: &mut Vec<LeftOut>) {
    for part in &group.parts {
        let draft = &part.draft;
        for (index, column) in draft.table.columns.iter().enumerate() {
            let profile = &column.profile;
            let levels = profile.numbers > 0 && profile.level_share() >= 0.8 && !column.head.is_empty();
            let used = draft.reasons.get(&index).is_some_and(|(role, _, _)| role != "not read");
            if levels && !used {
                let because = match column.best() {
                    Some((Role::Aside, _)) => "numbers beside the ratings, by its header".to_owned(),
                    Some((role, _)) => format!("its header speaks of {}", role.name()),
                    None => "its header says nothing of a level".to_owned(),
                };
                let what = format!("column {} {}", draft.letter(index), quoted(&column.head));
                if !left_out.iter().any(|entry| entry.what == what) {
                    left_out.push(LeftOut { what, because });
                }
            }
        }
    }
}

fn reasons(group: &Group) -> Vec<String> {
    let mut because = group.parts[0].draft.because.clone();
    if group.meaning != Meaning::One {
        because.push(format!("{} tables of one shape", group.parts.len()));
    }
    because
}

/// A column's header with what stands above it.
pub fn full_head(column: &super::table::Column) -> String {
    match column.group.is_empty() || column.group == column.head {
        true => column.head.clone(),
        false => format!("{} / {}", column.group, column.head),
    }
}

fn table_read(draft: &Draft, rows: (u32, u32), because: Vec<String>) -> TableRead {
    let columns = draft
        .table
        .columns
        .iter()
        .enumerate()
        .map(|(index, column)| {
            let (role, because, runner_up) = draft.reasons.get(&index).cloned().unwrap_or_else(|| {
                let why = match column.best() {
                    Some((role, strength)) if strength >= 0.5 => format!("header speaks of {}", role.name()),
                    _ => String::new(),
                };
                ("not read".to_owned(), why, String::new())
            });
            let head = full_head(column);
            ColumnRead { letter: draft.letter(index), header: head, role, because, runner_up }
        })
        .collect();
    TableRead {
        sheet: draft.table.sheet.name.as_deref().unwrap_or("").to_owned(),
        header_row: draft.table.bottom + 1,
        rows,
        layout: draft.layout.to_owned(),
        because,
        columns,
    }
}

/// The words that were taken for levels, in the order of their first use.
fn word_values(raws: &[Raw], chosen: &Chosen) -> Vec<(String, f64)> {
    let mut words: Vec<(String, f64)> = Vec::new();
    if !matches!(chosen.form, Form::Status | Form::Competence) {
        return words;
    }
    for raw in raws {
        if let Answer::Level(found) = &raw.current
            && matches!(found.form, Form::Status | Form::Competence | Form::Name)
            && !words.iter().any(|(word, _)| *word == raw.written)
        {
            words.push((raw.written.clone(), found.value));
        }
    }
    words
}

/// The word for a subject: the header of its column, where it is a word and not the role's own.
fn subject_word(group: &Group, ratings: &[Rating]) -> Option<String> {
    if !ratings.iter().any(|rating| rating.subject.is_some()) {
        return None;
    }
    let draft = &group.parts[0].draft;
    let index = match draft.across {
        Across::Areas => draft.labels.columns().next(),
        _ => draft.labels.subject,
    };
    index
        .map(|index| draft.table.columns[index].head.clone())
        .filter(|head| !head.is_empty() && head.chars().count() <= 30)
}

/// The title above the table, where the sheet has one, else the document's.
fn title(group: &Group, book: &Workbook, words: &Words) -> Option<String> {
    let part = &group.parts[0];
    let own = part.draft.table.titles.iter().find(|title| {
        let chars = title.chars().count();
        // A label and its value ("Date: 2018-11-29"), a range or an instruction is no title.
        (4..=90).contains(&chars)
            && !title.contains(':')
            && words.header(title).first().is_none_or(|(_, strength)| *strength < 0.9)
            && !title.ends_with('.')
    });
    own.cloned().or_else(|| book.title.clone().filter(|title| title.chars().count() <= 120))
}
