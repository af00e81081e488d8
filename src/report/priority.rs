//! Chapter "What first": the shortfalls in a grid of weight by gap, with the quick wins named.

use super::composer::{Composer, practice_name};
use super::{Block, Figure, Section, Table, steps, titles};
use crate::analysis::RatingLine;
use crate::chart::{self, Band, Chart, Priority, PriorityPoint, Prominence};
use crate::number::rounded;

/// How many are named as first, and as quick wins at most.
const FIRST: usize = 5;
const QUICK: usize = 5;
/// Most rows and columns of the grid.
const BANDS: usize = 5;
/// With fewer shortfalls than this the list alone says it all.
const FEWEST: usize = 6;

/// The chapter; `None` where ranks do not follow weight × gap, or there is little to rank.
pub(super) fn section(c: &Composer) -> Option<Section> {
    if !c.weighted || c.prioritised || c.shortfalls.len() < FEWEST {
        return None;
    }
    let lines: Vec<&RatingLine> = c.shortfalls.iter().map(|index| &c.analysis.ratings[*index]).collect();
    let heaviest = lines.iter().map(|line| line.weight).max_by(f64::total_cmp)?;
    let quick: Vec<usize> = (FIRST..lines.len())
        .filter(|place| lines[*place].weight == heaviest && lines[*place].gap.is_some_and(|gap| gap <= 1.0))
        .take(QUICK)
        .collect();
    let points = lines.iter().zip(&c.shortfalls).enumerate().filter_map(|(place, (line, index))| {
        let subject = line.subject.clone().filter(|_| c.compares_subjects());
        let name = practice_name(line).or(subject).unwrap_or_else(|| line.area.clone());
        let detail = if name == line.area { String::new() } else { line.area.clone() };
        let prominence = match place {
            _ if quick.contains(&place) => Prominence::Quick,
            0..FIRST => Prominence::First,
            _ => Prominence::Rest,
        };
        let gap = chart::Figure { value: line.gap?, text: c.numbers.gap(line.gap?) };
        let rank = line.rank?.to_string();
        Some(PriorityPoint { item: c.cell_id(*index), rank, name, detail, gap, weight: line.weight, prominence })
    });
    let points: Vec<PriorityPoint> = points.collect();
    let gaps = bands(points.iter().map(|point| point.gap.value), |value| c.numbers.gap(value), c);
    let weights = bands(points.iter().map(|point| point.weight), |value| c.numbers.level(value), c);
    let heaviest = c.numbers.level(heaviest);
    let named = points.iter().filter(|point| point.prominence != Prominence::Rest);
    let alt = named.map(|point| {
        let place = match point.detail.is_empty() {
            true => point.name.clone(),
            false => c.say("phrase.pair", &[("a", &point.name), ("b", &point.detail)]),
        };
        let weight = c.numbers.level(point.weight);
        c.say(
            "alt.priority",
            &[("rank", &point.rank), ("name", &place), ("gap", &point.gap.text), ("weight", &weight)],
        )
    });
    let title = match quick.len() {
        0 => c.say("priority.none", &[]),
        n => c.count("priority.title", n, &[("weight", &heaviest)]),
    };
    let figure = Figure {
        id: "chart-priority".to_owned(),
        title: titles::largest(c, FIRST),
        lead: c.say("priority.lead", &[]),
        alt: alt.collect::<Vec<_>>().join(" "),
        table: Table {
            interactive: false,
            ..steps::ranked(
                c,
                "table-priority",
                c.say("priority.table", &[]),
                &c.shortfalls[..c.shortfalls.len().min(FIRST)],
                false,
            )
        },
        chart: Chart::Priority(Priority {
            weight_head: c.say("head.weight", &[]),
            gap_head: c.say("priority.gap", &[]),
            gaps,
            weights,
            points,
            first_title: c.say("priority.first", &[]),
            quick_title: c.say("priority.quick", &[("weight", &heaviest)]),
            more: String::new(),
        }),
        print_table: false,
        note: String::new(),
    };
    Some(Section {
        id: "priority".to_owned(),
        nav: c.say("nav.priority", &[]),
        title,
        lead: String::new(),
        depth: 1,
        new_page: false,
        paper_only: true,
        blocks: vec![Block::Figure(figure)],
    })
}

/// Bands for values: one each where they are few, else as even as the values allow.
fn bands(values: impl Iterator<Item = f64>, text: impl Fn(f64) -> String, c: &Composer) -> Vec<Band> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.dedup_by(|a, b| rounded(*a, 6) == rounded(*b, 6));
    if values.len() <= BANDS {
        return values.into_iter().map(|value| Band { to: value, text: text(value) }).collect();
    }
    let size = values.len().div_ceil(BANDS);
    values
        .chunks(size)
        .map(|chunk| {
            let (low, high) = (chunk[0], chunk[chunk.len() - 1]);
            let words = match chunk.len() {
                1 => text(high),
                _ => c.say("priority.band", &[("low", &text(low)), ("high", &text(high))]),
            };
            Band { to: high, text: words }
        })
        .collect()
}
