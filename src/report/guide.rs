//! Chapter "How to read": the scale, one row of a chart explained, and the signs.

use super::composer::Composer;
use super::{Block, Cell, Column, Figure, Row, Rung, Section, Table, charts};
use crate::analysis::{AreaFigures, State};
use crate::chart::{Chart, HeatState, Key, KeyEntry, Sample};

/// The chapter; `None` where nothing is rated.
pub(super) fn section(c: &Composer) -> Option<Section> {
    let mut blocks = Vec::new();
    blocks.extend(key(c).map(Block::Figure));
    let levels = c.analysis.scale.levels();
    if levels.iter().any(|level| level.summary.is_some()) {
        blocks.push(Block::Ladder(
            levels
                .iter()
                .rev()
                .map(|level| Rung {
                    value: c.numbers.level(level.value),
                    name: level.name.clone().unwrap_or_default(),
                    summary: level.summary.clone().unwrap_or_default(),
                })
                .collect(),
        ));
    }
    if blocks.is_empty() {
        return None;
    }
    Some(Section {
        id: "how-to-read".to_owned(),
        nav: c.say("nav.guide", &[]),
        title: c.say("guide.title", &[]),
        lead: String::new(),
        depth: 1,
        new_page: false,
        paper_only: false,
        blocks,
    })
}

/// The row explained: the area with the widest gap, else the first with a level.
fn example<'a>(c: &Composer<'a>) -> Option<&'a AreaFigures> {
    let areas = c.lead_areas();
    let gap = |area: &&AreaFigures| area.figures.gap.filter(|gap| c.numbers.sign(*gap) > 0);
    let widest = areas
        .iter()
        .copied()
        .filter(|area| gap(area).is_some())
        .rev()
        .max_by(|a, b| gap(a).unwrap_or(0.0).total_cmp(&gap(b).unwrap_or(0.0)));
    widest.or_else(|| areas.into_iter().find(|area| area.figures.current.is_some()))
}

fn key(c: &Composer) -> Option<Figure> {
    let area = example(c)?;
    let figures = &area.figures;
    let current = charts::mean(c, figures.current)?;
    let gap = match figures.gap {
        Some(gap) if c.numbers.sign(gap) > 0 => {
            c.words.measure("guide.to-close", &c.numbers.mean(gap), &[("gap", &c.numbers.mean_gap(gap))])
        }
        _ => String::new(),
    };
    let entries = entries(c);
    let table = twin(c, &entries);
    let chart = Key {
        axis: charts::axis(c),
        current,
        // A line without a gap to name would only crowd its ends.
        target: charts::mean(c, figures.target).filter(|_| !gap.is_empty()),
        gap,
        now: c.say("key.now", &[]),
        now_words: c.say(if c.weighted { "guide.now-weighted" } else { "guide.now" }, &[]),
        wanted: c.say("key.target", &[]),
        wanted_words: match c.analysis.targets {
            crate::assessment::TargetSource::Given(_) => c.say("guide.target-given", &[]),
            crate::assessment::TargetSource::Profile(_) => c.say("guide.target-profile", &[]),
            _ => c.say("guide.target", &[]),
        },
        entries,
    };
    Some(Figure {
        id: "chart-key".to_owned(),
        title: c.say("guide.row", &[("name", &area.name)]),
        lead: c.say("guide.row-lead", &[]),
        alt: alt(c, area, &chart),
        chart: Chart::Key(chart),
        table,
        print_table: false,
        note: String::new(),
    })
}

/// The signs that this report holds.
fn entries(c: &Composer) -> Vec<KeyEntry> {
    let overall = &c.analysis.overall;
    let entry = |sample: Sample, name: &str, words: &str| KeyEntry {
        sample,
        name: c.say(name, &[]),
        words: c.say(words, &[]),
    };
    let sign = |state: HeatState, of: State| Sample::Cell(state, c.sign(of));
    let mut entries = Vec::new();
    if c.targeted {
        entries.push(entry(Sample::Surplus, "guide.surplus", "guide.surplus-words"));
        entries.push(entry(Sample::AtTarget, "guide.at-target", "guide.at-target-words"));
    }
    if let Some(previous) = &c.analysis.previous {
        entries.push(KeyEntry {
            sample: Sample::Earlier,
            name: c.say("guide.earlier", &[]),
            words: c.say("guide.earlier-words", &[("previous", &c.words.date(previous))]),
        });
    }
    entries.push(entry(
        sign(HeatState::NotAssessed, State::NotAssessed),
        "guide.not-assessed",
        "guide.not-assessed-words",
    ));
    entries.push(entry(
        sign(HeatState::NotApplicable, State::NotApplicable),
        "guide.not-applicable",
        "guide.not-applicable-words",
    ));
    entries.push(entry(sign(HeatState::Invalid, State::Invalid), "guide.invalid", "guide.invalid-words"));
    entries.push(KeyEntry {
        sample: Sample::Words(c.rated(overall)),
        name: c.say("guide.rated", &[]),
        words: c.say("guide.rated-words", &[]),
    });
    entries
}

fn alt(c: &Composer, area: &AreaFigures, key: &Key) -> String {
    let low = c.level_and_name(c.analysis.scale.lowest());
    let high = c.level_and_name(c.analysis.scale.highest());
    let args = [("name", area.name.as_str()), ("low", &low), ("high", &high), ("now", &key.current.text)];
    match &key.target {
        Some(target) => c.say("alt.key", &[args[0], args[1], args[2], args[3], ("target", &target.text)]),
        None => c.say("alt.key-level", &args),
    }
}

/// The signs as a table.
fn twin(c: &Composer, entries: &[KeyEntry]) -> Table {
    let rows = entries
        .iter()
        .map(|entry| {
            let sign = match &entry.sample {
                Sample::Cell(_, sign) | Sample::Words(sign) => sign.clone(),
                Sample::Surplus => c.say("guide.surplus-sign", &[]),
                Sample::AtTarget => c.say("guide.at-target-sign", &[]),
                Sample::Earlier => c.say("guide.earlier-sign", &[]),
            };
            Row::of(vec![Cell::strong(sign), Cell::plain(&entry.name), Cell::muted(&entry.words)])
        })
        .collect();
    Table {
        id: "table-signs".to_owned(),
        caption: c.say("guide.signs", &[]),
        show_caption: false,
        columns: vec![
            Column::words("sign", c.say("head.sign", &[]), 14.0),
            Column::words("name", c.say("head.name", &[]), 18.0),
            Column::words("meaning", c.say("head.meaning", &[]), 40.0),
        ],
        rows,
        interactive: false,
    }
}
