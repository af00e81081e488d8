//! Chapter "First steps": every shortfall, ranked, with owner and date.

use super::composer::Composer;
use super::{Block, Column, Section, Table, Tone, area, composer, model, rows};
use crate::analysis::RatingLine;

/// Most rows; the appendix has them all.
const MOST: usize = 40;
/// Most rows on paper where the parts on the areas have them all beside their pictures.
const FIRST: usize = 10;

pub(super) fn section(c: &Composer) -> Option<Section> {
    let all = c.shortfalls.len();
    if all == 0 {
        return None;
    }
    let shown = &c.shortfalls[..all.min(MOST)];
    let table = |shown: &[usize]| Block::Table(ranked(c, "table-steps", c.say("steps.table", &[]), shown, true));
    let mut blocks = vec![table(shown)];
    if all > MOST {
        blocks.push(Block::Note(c.count("steps.more", all - MOST, &[])));
    }
    if all > FIRST && area::all_drawn(c) {
        let more = Block::Note(c.count("steps.more-beside", all - FIRST, &[]));
        blocks = blocks.into_iter().map(|block| Block::OnPage(Box::new(block))).collect();
        blocks.push(Block::OnPaper(vec![vec![table(&c.shortfalls[..FIRST]), more]]));
    }
    blocks.extend(model::next(c));
    Some(Section {
        id: "first-steps".to_owned(),
        nav: c.say("nav.steps", &[]),
        title: title(c),
        lead: order(c),
        depth: 1,
        new_page: false,
        paper_only: false,
        blocks,
    })
}

/// How many shortfalls there are and how many have an owner.
fn title(c: &Composer) -> String {
    let owned = c.shortfalls.iter().filter(|index| c.analysis.ratings[**index].owner.is_some()).count();
    match owned {
        0 => c.count("steps.title-unowned", c.shortfalls.len(), &[]),
        _ => c.count("steps.title-owned", c.shortfalls.len(), &[("owned", &owned.to_string())]),
    }
}

/// What the ranks follow.
pub(super) fn order(c: &Composer) -> String {
    match (c.prioritised, c.weighted) {
        (true, _) => c.say("steps.by-priority", &[]),
        (false, true) => c.say("steps.by-weight", &[]),
        (false, false) => c.say("steps.by-gap", &[]),
    }
}

/// Shortfalls with their ranks; with owner and date where `people`.
pub(super) fn ranked(c: &Composer, id: &str, caption: String, ratings: &[usize], people: bool) -> Table {
    let mut columns = vec![Column::numbers("rank", c.say("head.rank", &[]), 3.0)];
    let (about, texts) = rows::about(c, ratings, true);
    columns.extend(about);
    let next = people && ratings.iter().any(|index| c.next_level(&c.analysis.ratings[*index]).is_some());
    columns.extend(rows::level_columns(c));
    if next {
        let at = columns.len() - 2;
        columns.insert(at, Column::numbers("level", c.say("head.next-level", &[]), 5.0));
    }
    if c.weighted {
        columns.push(Column::numbers("weight", c.say("head.weight", &[]), 6.0));
    }
    if c.prioritised {
        columns.push(Column::numbers("priority", c.say("head.priority", &[]), 6.0));
    }
    let actions = people && ratings.iter().any(|index| c.analysis.ratings[*index].action.is_some());
    if actions {
        columns.push(Column::words("action", c.say("head.action", &[]), 34.0));
    }
    if people {
        columns.push(Column::words("owner", c.say("head.owner", &[]), 14.0));
        columns.push(Column::words("due", c.say("head.due", &[]), 11.0));
    }
    let about = ratings
        .iter()
        .zip(texts)
        .map(|(index, texts)| {
            let rank = c.analysis.ratings[*index].rank.unwrap_or_default();
            let head = composer::figure(rank.to_string(), Some(f64::from(rank)), Tone::Muted);
            std::iter::once(head).chain(texts).collect()
        })
        .collect();
    let numbers = ratings
        .iter()
        .map(|index| {
            let rating = &c.analysis.ratings[*index];
            let mut cells = rows::levels(c, *index);
            if next {
                let level = c.next_level(rating).or(rating.target);
                let shown = level.map_or_else(|| c.unknown(), |level| c.numbers.level(level));
                cells.insert(1, composer::figure(shown, level, Tone::Plain));
            }
            if c.weighted {
                cells.push(rows::weight(c, rating));
            }
            if c.prioritised {
                let priority = rating.priority.map_or_else(|| c.unknown(), |priority| c.numbers.level(priority));
                cells.push(composer::figure(priority, rating.priority, Tone::Plain));
            }
            if actions {
                cells.push(rows::given(c, rating.action.as_deref(), "steps.no-action"));
            }
            if people {
                cells.push(rows::given(c, rating.owner.as_deref(), "steps.no-owner"));
                cells.push(rows::given(
                    c,
                    rating.due.as_deref().map(|due| c.words.date(due)).as_deref(),
                    "steps.no-date",
                ));
            }
            cells
        })
        .collect();
    Table {
        id: id.to_owned(),
        caption,
        show_caption: false,
        columns,
        rows: rows::rows(c, ratings, about, numbers),
        interactive: people && ratings.len() > 10,
    }
}

/// `M. Okafor, due 2026-06-30`; what nobody entered is said, never made up.
pub(super) fn who_and_when(c: &Composer, rating: &RatingLine) -> String {
    let due = rating.due.as_deref().map(|due| c.words.date(due));
    match (rating.owner.as_deref(), due.as_deref()) {
        (Some(owner), Some(due)) => c.say("steps.owner-due", &[("owner", owner), ("due", due)]),
        (Some(owner), None) => c.say("steps.owner-undated", &[("owner", owner)]),
        (None, Some(due)) => c.say("steps.unowned-due", &[("due", due)]),
        (None, None) => c.say("steps.unowned-undated", &[]),
    }
}
