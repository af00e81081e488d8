//! Table rows about single ratings: what each is about, its levels, what people entered.

use super::composer::{Composer, figure, practice_name};
use super::table::share_of;
use super::{Cell, Column, Row, Tone};
use crate::analysis::RatingLine;

/// The columns and cells that say what a rating is about: practice, subject, area, as far as they differ, and
/// the value measured.
pub(super) fn about(c: &Composer, ratings: &[usize], with_area: bool) -> (Vec<Column>, Vec<Vec<Cell>>) {
    let lines: Vec<&RatingLine> = ratings.iter().map(|index| &c.analysis.ratings[*index]).collect();
    let area = || ("area", c.say("head.area", &[]), lines.iter().map(|it| Some(it.area.clone())).collect());
    let mut texts: Vec<(&str, String, Vec<Option<String>>)> = Vec::new();
    if c.practices {
        let practices = lines.iter().map(|rating| practice_name(rating)).collect();
        texts.push(("practice", c.say("head.practice", &[]), practices));
    }
    if c.compares_subjects() {
        texts.push(("subject", c.subject_head(), lines.iter().map(|rating| rating.subject.clone()).collect()));
    }
    if texts.is_empty() || with_area && c.analysis.areas.len() > 1 {
        texts.push(area());
    }
    if lines.iter().any(|rating| rating.measured) {
        let nothing = || c.say("phrase.nothing", &[]);
        let measured = |rating: &&RatingLine| if rating.measured { rating.written.clone() } else { nothing() };
        let column = lines.iter().map(|rating| Some(measured(rating))).collect();
        texts.push(("measured", c.say("head.measured", &[]), column));
    }
    let columns = texts
        .iter()
        .map(|(key, head, column)| {
            let share = share_of(column.iter().flatten().map(String::as_str), 10.0, 34.0);
            Column::words(key, head.clone(), share)
        })
        .collect();
    let rows = (0..lines.len())
        .map(|row| {
            let cell = |(place, (_, _, column)): (usize, &(&str, String, Vec<Option<String>>))| match &column[row] {
                Some(text) if place == 0 => Cell::strong(text.clone()),
                Some(text) => Cell::plain(text.clone()),
                None => Cell::muted(c.unknown()),
            };
            texts.iter().enumerate().map(cell).collect()
        })
        .collect();
    (columns, rows)
}

/// The cells of a rating's level (leading to its row in the appendix), target and gap.
pub(super) fn levels(c: &Composer, index: usize) -> Vec<Cell> {
    let rating = &c.analysis.ratings[index];
    let gap = rating.gap.map_or_else(|| c.unknown(), |gap| c.numbers.gap(gap));
    vec![
        figure(c.now(rating), rating.current, Tone::Current).linked(c.cell_href(index)),
        figure(c.wanted(rating), rating.target, Tone::Target),
        figure(gap, rating.gap, Tone::Gap),
    ]
}

/// The heads of [`levels`].
pub(super) fn level_columns(c: &Composer) -> Vec<Column> {
    vec![
        Column::numbers("current", c.say("head.now", &[]), 5.0),
        Column::numbers("target", c.say("head.target", &[]), 6.0),
        Column::numbers("gap", c.say("head.gap", &[]), 5.0),
    ]
}

/// The cell of a rating's weight.
pub(super) fn weight(c: &Composer, rating: &RatingLine) -> Cell {
    figure(c.numbers.level(rating.weight), Some(rating.weight), Tone::Plain)
}

/// A text somebody entered, or the words of a key that say nobody did.
pub(super) fn given(c: &Composer, text: Option<&str>, absent: &str) -> Cell {
    match text.map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => Cell::plain(text),
        None => Cell::muted(c.say(absent, &[])),
    }
}

/// Rows about ratings, each sharing the slug of its mark in a chart.
pub(super) fn rows(c: &Composer, ratings: &[usize], about: Vec<Vec<Cell>>, more: Vec<Vec<Cell>>) -> Vec<Row> {
    ratings
        .iter()
        .zip(about.into_iter().zip(more))
        .map(|(index, (about, more))| Row::about(c.cell_id(*index), about.into_iter().chain(more).collect()))
        .collect()
}
