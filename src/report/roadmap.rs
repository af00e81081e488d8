//! Chapter "Roadmap": by when? The shortfalls with a due date on a time axis, and the level reached if each is closed.

use jiff::civil::{Date, date};

use super::change::day;
use super::composer::{Composer, practice_name};
use super::{Block, Figure, Section, steps};
use crate::analysis::RatingLine;
use crate::analysis::figures::compute;
use crate::chart::{self, Chart, Roadmap, RoadmapRow, Span};

/// Most steps drawn; the chapter on first steps has the others.
const MOST: usize = 40;
/// More quarters than this are drawn as years.
const QUARTERS: usize = 14;

/// A step with its date.
struct Step {
    index: usize,
    due: Date,
}

/// The chapter; `None` where no shortfall has a date that can be read, or the report has none to start from.
pub(super) fn section(c: &Composer) -> Option<Section> {
    let today: Date = c.analysis.date.parse().ok()?;
    let mut dated: Vec<Step> = c
        .shortfalls
        .iter()
        .filter_map(|index| {
            Some(Step { index: *index, due: c.analysis.ratings[*index].due.as_deref()?.parse().ok()? })
        })
        .collect();
    dated.sort_by_key(|step| (step.due, c.analysis.ratings[step.index].rank));
    let last = dated.last()?.due;
    let (all, undated) = (dated.len(), c.shortfalls.len() - dated.len());
    let reached = |until: Date| level_by(c, &dated, until);
    let now = c.analysis.overall.current;
    let then = reached(last);
    let title = match now.zip(then).filter(|(now, then)| !c.numbers.alike(*now, *then)) {
        Some((now, then)) => {
            let (now, then) = (c.numbers.mean(now), c.numbers.mean(then));
            c.count("roadmap.title", all, &[("from", &now), ("to", &then), ("due", &c.words.date(&last.to_string()))])
        }
        None => c.count("roadmap.title-flat", all, &[]),
    };
    let overdue = dated.iter().filter(|step| step.due < today).count();
    let shown = &dated[..all.min(MOST)];
    let (years, quarters) = spans(c, today.min(dated[0].due), last.max(today));
    let mut points: Vec<Date> = vec![today];
    points.extend(dated.iter().map(|step| step.due).filter(|due| *due > today));
    points.dedup();
    let reached_points: Vec<chart::Figure> = points
        .iter()
        .filter_map(|until| {
            // Up to today nothing but what is overdue could have been reached, and that is not.
            let level = if *until == today { now } else { reached(*until) };
            Some(chart::Figure { value: count(*until)?, text: c.numbers.mean(level?) })
        })
        .collect();
    let figure = Figure {
        id: "chart-roadmap".to_owned(),
        title,
        lead: c.say("roadmap.lead", &[("date", &c.words.date(&c.analysis.date))]),
        alt: shown.iter().map(|step| alt(c, &c.analysis.ratings[step.index])).collect::<Vec<_>>().join(" "),
        chart: Chart::Roadmap(Roadmap {
            what: what(c),
            level: c.say("head.level", &[]),
            owner: c.say("head.owner", &[]),
            due: c.say("head.due", &[]),
            to: c.say("roadmap.to", &[]),
            years,
            quarters,
            today: count(today)?,
            rows: shown.iter().filter_map(|step| row(c, step, today)).collect(),
            foot: c.say("roadmap.foot", &[]),
            reached: reached_points,
        }),
        table: steps::ranked(
            c,
            "table-roadmap",
            c.say("roadmap.table", &[]),
            &shown.iter().map(|step| step.index).collect::<Vec<_>>(),
            true,
        ),
        print_table: false,
        note: c.say("roadmap.note", &[]),
    };
    let mut blocks = vec![Block::Figure(figure)];
    if all > MOST {
        blocks.push(Block::Note(c.count("roadmap.more", all - MOST, &[])));
    }
    if undated > 0 {
        blocks.push(Block::Paragraph(c.count("roadmap.undated", undated, &[])));
    }
    Some(Section {
        id: "roadmap".to_owned(),
        nav: c.say("nav.roadmap", &[]),
        title: match overdue {
            0 => c.count("roadmap.dated", all, &[("m", &c.shortfalls.len().to_string())]),
            late => c.count("roadmap.overdue", late, &[("m", &c.shortfalls.len().to_string())]),
        },
        lead: c.say("roadmap.chapter", &[]),
        depth: 1,
        new_page: false,
        paper_only: true,
        blocks,
    })
}

/// The overall level if each step due until a day reaches its target, by the same rules as today's level.
fn level_by(c: &Composer, dated: &[Step], until: Date) -> Option<f64> {
    let mut ratings = c.analysis.ratings.clone();
    for step in dated.iter().filter(|step| step.due <= until) {
        ratings[step.index].current = ratings[step.index].target;
    }
    compute(&ratings, &c.analysis.scale).overall.current
}

fn row(c: &Composer, step: &Step, today: Date) -> Option<RoadmapRow> {
    let rating = &c.analysis.ratings[step.index];
    let subject = rating.subject.clone().filter(|_| c.compares_subjects());
    let practice = practice_name(rating);
    let (name, detail) = match (subject, practice) {
        (Some(subject), Some(practice)) => (practice, subject),
        (Some(subject), None) => (subject, rating.area.clone()),
        (None, Some(practice)) => (practice, rating.area.clone()),
        (None, None) => (rating.area.clone(), String::new()),
    };
    Some(RoadmapRow {
        item: c.cell_id(step.index),
        rank: rating.rank.map(|rank| rank.to_string()).unwrap_or_default(),
        name,
        detail,
        from: c.now(rating),
        target: c.wanted(rating),
        owner: rating.owner.clone().unwrap_or_else(|| c.say("steps.no-owner", &[])),
        owned: rating.owner.is_some(),
        day: count(step.due)?,
        due: c.words.date(&step.due.to_string()),
        overdue: if step.due < today { c.say("roadmap.late", &[]) } else { String::new() },
    })
}

/// Head of the names: what stands in bold, and below it.
fn what(c: &Composer) -> String {
    let practice = || c.say("head.practice", &[]);
    let (a, b) = match (c.compares_subjects(), c.practices) {
        (true, true) => (practice(), c.subject_head()),
        (true, false) => (c.subject_head(), c.say("head.area", &[])),
        (false, true) => (practice(), c.say("head.area", &[])),
        (false, false) => return c.say("head.area", &[]),
    };
    c.say("phrase.pair", &[("a", &a), ("b", &b)])
}

fn alt(c: &Composer, rating: &RatingLine) -> String {
    let name = match rating.subject.is_some() || rating.practice.is_some() {
        true => c.say("phrase.pair", &[("a", &c.label(rating)), ("b", &rating.area)]),
        false => rating.area.clone(),
    };
    let (from, to, who) = (c.now(rating), c.wanted(rating), steps::who_and_when(c, rating));
    c.say("alt.step", &[("name", &name), ("from", &from), ("to", &to), ("who", &who)])
}

fn count(day_of: Date) -> Option<f64> {
    day(&day_of.to_string())
}

/// Quarters from one day to another with their years above; years alone where quarters would be many.
fn spans(c: &Composer, from: Date, to: Date) -> (Vec<Span>, Vec<Span>) {
    let quarter = |day: Date| i32::from(day.year()) * 4 + (i32::from(day.month()) - 1) / 3;
    let first = |quarter: i32| {
        let year = i16::try_from(quarter.div_euclid(4)).ok()?;
        count(date(year.clamp(1, 9998), 1, 1)).and(count(date(
            year.clamp(1, 9998),
            i8::try_from(quarter.rem_euclid(4) * 3 + 1).ok()?,
            1,
        )))
    };
    let span = |from: i32, to: i32, text: String| Some(Span { from: first(from)?, to: first(to)?, text });
    let (start, end) = (quarter(from), quarter(to) + 1);
    let year_of = |quarter: i32| quarter.div_euclid(4);
    let years = |start: i32, end: i32| -> Vec<Span> {
        (year_of(start)..=year_of(end - 1))
            .filter_map(|year| span((year * 4).max(start), (year * 4 + 4).min(end), year.to_string()))
            .collect()
    };
    if (end - start) as usize > QUARTERS {
        return (Vec::new(), years(year_of(start) * 4, year_of(end - 1) * 4 + 4));
    }
    let quarters = (start..end)
        .filter_map(|quarter| {
            let number = (quarter.rem_euclid(4) + 1).to_string();
            span(quarter, quarter + 1, c.say("roadmap.quarter", &[("n", &number)]))
        })
        .collect();
    (years(start, end), quarters)
}
