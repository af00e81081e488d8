//! The appendix: every rating with its cell.

use super::composer::{Composer, Detail, practice_name};
use super::table::share_of;
use super::{Block, Cell, Column, Row, Section, Table, rows};
use crate::analysis::{RatingLine, State};

pub(super) fn section(c: &Composer) -> Option<Section> {
    if c.detail == Detail::Summary || c.analysis.ratings.is_empty() {
        return None;
    }
    Some(Section {
        id: "appendix".to_owned(),
        nav: c.say("nav.appendix", &[]),
        title: c.count("appendix.title", c.analysis.ratings.len(), &[]),
        lead: c.say("appendix.lead", &[]),
        depth: 1,
        new_page: false,
        paper_only: false,
        blocks: vec![Block::Table(table(c))],
    })
}

fn table(c: &Composer) -> Table {
    let ratings = &c.analysis.ratings;
    let nested = ratings.iter().any(|rating| rating.path.len() > 1);
    let subjects = !c.analysis.subjects.is_empty();
    let files = ratings.iter().any(|rating| rating.file.is_some());
    let area = |rating: &RatingLine| match nested {
        true => rating.path.join(&c.say("phrase.path", &[])),
        false => rating.area.clone(),
    };
    let width = |text: &dyn Fn(&RatingLine) -> Option<String>| {
        let texts: Vec<String> = ratings.iter().filter_map(text).collect();
        share_of(texts.iter().map(String::as_str), 8.0, 34.0)
    };
    let mut columns = vec![Column::words("area", c.say("head.area", &[]), width(&|it| Some(area(it))))];
    if c.practices {
        columns.push(Column::words("practice", c.say("head.practice", &[]), width(&practice_name)));
    }
    if subjects {
        columns.push(Column::words("subject", c.subject_head(), width(&|it| it.subject.clone())));
    }
    let measured = ratings.iter().any(|rating| rating.measured);
    if measured {
        let written = width(&|it| it.measured.then(|| it.written.clone()));
        columns.push(Column::words("measured", c.say("head.measured", &[]), written));
    }
    columns.extend(rows::level_columns(c).into_iter().take(if c.targeted { 3 } else { 1 }));
    if c.weighted {
        columns.push(Column::numbers("weight", c.say("head.weight", &[]), 6.0));
    }
    columns.push(Column::words("state", c.say("head.state", &[]), 13.0));
    if files {
        columns.push(Column::words("file", c.say("head.file", &[]), width(&|it| it.file.clone())));
    }
    columns.push(Column::words("cell", c.say("head.cell", &[]), width(&|it| Some(it.at.clone())).min(18.0)));
    let rows = (0..ratings.len())
        .map(|index| {
            let rating = &ratings[index];
            let known = |text: Option<String>| match text {
                Some(text) => Cell::plain(text),
                None => Cell::muted(c.unknown()),
            };
            let mut cells = vec![Cell::plain(area(rating))];
            if c.practices {
                cells.push(known(practice_name(rating)));
            }
            if subjects {
                cells.push(known(rating.subject.clone()));
            }
            if measured {
                cells.push(match rating.measured {
                    true => Cell::plain(rating.written.clone()),
                    false => Cell::muted(c.say("phrase.nothing", &[])),
                });
            }
            let levels = rows::levels(c, index).into_iter().map(|cell| cell.linked(String::new()));
            cells.extend(levels.take(if c.targeted { 3 } else { 1 }));
            if c.weighted {
                cells.push(rows::weight(c, rating));
            }
            cells.push(match rating.state {
                State::Level => Cell::muted(c.state(State::Level)),
                state => Cell::plain(c.state(state)),
            });
            if files {
                cells.push(known(rating.file.clone()));
            }
            cells.push(Cell::code(rating.at.clone()));
            Row { id: c.cell_id(index), ..Row::about(c.cell_id(index), cells) }
        })
        .collect();
    Table {
        id: "table-ratings".to_owned(),
        caption: c.say("appendix.table", &[]),
        show_caption: false,
        columns,
        rows,
        interactive: true,
    }
}
