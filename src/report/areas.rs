//! Chapter "Areas": all areas at a glance.

use super::composer::Composer;
use super::{Block, Section, entries, rule};
use crate::analysis::AreaFigures;

pub(super) fn section(c: &Composer) -> Option<Section> {
    let areas: Vec<&AreaFigures> = c.analysis.areas.iter().collect();
    if areas.len() < 2 {
        return None;
    }
    let entries = entries::areas(c, &areas);
    let (caption, head) = (c.say("areas.table", &[]), c.say("head.area", &[]));
    let table = entries::table(c, "table-areas".to_owned(), caption, head, &entries, true);
    let mut blocks = vec![Block::Table(table)];
    let figures = areas.iter().map(|area| &area.figures).chain([&c.analysis.overall]);
    blocks.extend(entries::remark(c, figures));
    blocks.extend(rule::table(c));
    Some(Section {
        id: "areas".to_owned(),
        nav: c.say("nav.areas", &[]),
        title: title(c),
        lead: c.say("areas.lead", &[("rated", &c.rated(&c.analysis.overall))]),
        depth: 1,
        new_page: false,
        paper_only: false,
        blocks,
    })
}

/// `4 of 6 areas are below target`; without targets, `Levels run from −0.3 to 1.2`.
fn title(c: &Composer) -> String {
    let areas = c.lead_areas();
    let gaps: Vec<f64> = areas.iter().filter_map(|area| area.figures.gap).collect();
    if !gaps.is_empty() {
        return match gaps.iter().filter(|gap| c.numbers.sign(**gap) > 0).count() {
            0 => c.say("areas.title-met", &[]),
            below => c.count("areas.title-below", areas.len(), &[("below", &below.to_string())]),
        };
    }
    range(c, &areas)
}

/// `Levels run from −0.3 to 1.2`.
pub(super) fn range(c: &Composer, areas: &[&AreaFigures]) -> String {
    let mut levels: Vec<f64> = areas.iter().filter_map(|area| area.figures.current).collect();
    levels.sort_by(f64::total_cmp);
    match levels[..] {
        [low, .., high] if !c.numbers.alike(low, high) => {
            c.say("areas.title-range", &[("low", &c.numbers.mean(low)), ("high", &c.numbers.mean(high))])
        }
        [level, ..] => c.say("areas.title-level", &[("level", &c.numbers.mean(level))]),
        [] => c.say("title.none-rated", &[]),
    }
}
