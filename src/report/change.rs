//! Chapter "Change": what moved since the earlier assessment.

use super::composer::{Composer, figure, practice_name_of};
use super::{Block, Cell, Column, Figure, Row, Section, Table, Tone, charts, findings, forecast, rows, trend};
use crate::analysis::{AreaFigures, Figures, Item, RatingLine};
use crate::chart::{Chart, Move, Slope, SlopeDate, SlopeLine};

/// Lines of the slope chart that carry a label.
const LABELLED: usize = 12;
/// Most ratings listed as gone down.
const MOST: usize = 12;

/// The chapter; `None` where no earlier level is known.
pub(super) fn section(c: &Composer) -> Option<Section> {
    let previous = c.words.date(c.analysis.previous.as_deref()?);
    c.analysis.overall.change?;
    let mut areas = c.lead_areas();
    let both: Vec<usize> =
        (0..c.analysis.ratings.len()).filter(|it| findings::known_twice(&c.analysis.ratings[*it])).collect();
    let mut blocks = Vec::new();
    match c.analysis.history.len() {
        2.. => blocks.push(Block::Figure(trend::figure_of(c, &areas))),
        _ if areas.len() > 1 => blocks.push(Block::Figure(slope(c, &areas, &previous))),
        _ => {}
    }
    let change = |area: &AreaFigures| area.figures.change.unwrap_or(f64::INFINITY);
    areas.sort_by(|a, b| change(a).total_cmp(&change(b)));
    if areas.len() > 1 {
        blocks.push(Block::Heading {
            id: "change-by-area".to_owned(),
            text: furthest(c, &areas),
            lead: c.say("moves.table-lead", &[]),
        });
    }
    blocks.push(Block::Table(table(c, &areas, &previous)));
    blocks.extend(forecast::blocks(c, &areas));
    blocks.extend(went_down(c, &both));
    blocks.extend(items(c, "added", &c.analysis.added, &previous));
    blocks.extend(items(c, "dropped", &c.analysis.dropped, &previous));
    blocks.push(Block::Note(counts(c, &both)));
    Some(Section {
        id: "change".to_owned(),
        nav: c.say("nav.change", &[]),
        title: title(c, &areas),
        lead: c.count(
            "moves.lead",
            both.len(),
            &[("previous", &previous), ("date", &c.words.date(&c.analysis.date))],
        ),
        depth: 1,
        new_page: false,
        paper_only: false,
        blocks,
    })
}

/// `5 areas held or rose; Testing went down`.
fn title(c: &Composer, areas: &[&AreaFigures]) -> String {
    let known: Vec<(&str, i8)> = areas
        .iter()
        .filter_map(|area| area.figures.change.map(|change| (area.name.as_str(), c.numbers.sign(change))))
        .collect();
    let down: Vec<&str> = known.iter().filter(|(_, sign)| *sign < 0).map(|(name, _)| *name).collect();
    let up = known.iter().filter(|(_, sign)| *sign > 0).count();
    let kept = known.len() - down.len();
    if let ([(_, sign)], [_]) = (&known[..], areas) {
        return match sign {
            1 => c.say("moves.up", &[]),
            -1 => c.say("moves.down", &[]),
            _ => c.say("moves.same", &[]),
        };
    }
    match (down.len(), up) {
        (0, 0) => c.say("moves.all-same", &[]),
        (0, _) => c.count("moves.none-down", up, &[("m", &known.len().to_string())]),
        (1, _) if kept > 0 => c.count("moves.one-down", kept, &[("name", down[0])]),
        _ => c.count("moves.some-down", down.len(), &[("m", &known.len().to_string())]),
    }
}

/// `Data has come furthest: 40 % of the way`.
fn furthest(c: &Composer, areas: &[&AreaFigures]) -> String {
    let progress = |area: &&AreaFigures| area.figures.progress.filter(|share| *share > 0.0);
    let best = areas.iter().filter_map(|area| progress(area).map(|share| (area, share))).rev();
    match best.max_by(|a, b| a.1.total_cmp(&b.1)) {
        Some((area, share)) => c.say("moves.furthest", &[("name", &area.name), ("share", &c.numbers.percent(share))]),
        None => c.say("moves.table", &[]),
    }
}

/// The level before: the level now less the change.
fn before(figures: &Figures) -> Option<f64> {
    figures.current.zip(figures.change).map(|(current, change)| current - change)
}

fn slope(c: &Composer, areas: &[&AreaFigures], previous: &str) -> Figure {
    let named = c.analysis.previous.as_deref().unwrap_or_default();
    // Names that are no dates stand at equal distances.
    let (first, last) = day(named).zip(day(&c.analysis.date)).filter(|(a, b)| a < b).unwrap_or((0.0, 1.0));
    let mut moved: Vec<f64> = areas.iter().map(|area| area.figures.change.unwrap_or(0.0).abs()).collect();
    moved.sort_by(|a, b| b.total_cmp(a));
    let quiet_below = moved.get(LABELLED).copied().unwrap_or(-1.0);
    let lines = areas.iter().map(|area| {
        let change = area.figures.change;
        SlopeLine {
            item: c.area_id(&area.path),
            name: area.name.clone(),
            values: vec![charts::mean(c, before(&area.figures)), charts::mean(c, area.figures.current)],
            direction: match change.map_or(0, |change| c.numbers.sign(change)) {
                1 => Move::Up,
                -1 => Move::Down,
                _ => Move::Same,
            },
            quiet: change.unwrap_or(0.0).abs() <= quiet_below,
        }
    });
    let sentences = areas.iter().map(|area| {
        let (then, now) = (c.mean(before(&area.figures)), c.mean(area.figures.current));
        c.say("alt.slope", &[("name", &area.name), ("before", &then), ("now", &now)])
    });
    Figure {
        id: "chart-change".to_owned(),
        title: c.say("moves.chart", &[("previous", previous)]),
        lead: c.say("moves.chart-lead", &[]),
        alt: sentences.collect::<Vec<_>>().join(" "),
        chart: Chart::Slope(Slope {
            axis: charts::axis(c),
            dates: vec![
                SlopeDate { day: first, text: previous.to_owned() },
                SlopeDate { day: last, text: c.words.date(&c.analysis.date) },
            ],
            lines: lines.collect(),
        }),
        table: Table { id: "table-slope".to_owned(), ..table(c, areas, previous) },
        print_table: false,
        note: String::new(),
    }
}

/// Days since an early date, for distances in time; `None` where the text is no date.
pub(super) fn day(text: &str) -> Option<f64> {
    let date: jiff::civil::Date = text.parse().ok()?;
    let days = date.since((jiff::Unit::Day, jiff::civil::date(1970, 1, 1))).ok()?;
    Some(f64::from(days.get_days()))
}

fn table(c: &Composer, areas: &[&AreaFigures], previous: &str) -> Table {
    let mut columns = vec![
        Column::words("area", c.say("head.area", &[]), 32.0),
        Column::numbers("before", previous.to_owned(), 10.0),
        Column::numbers("current", c.words.date(&c.analysis.date), 10.0),
        Column::numbers("change", c.say("head.change", &[]), 8.0),
    ];
    if c.targeted {
        columns.push(Column::numbers("target", c.say("head.target", &[]), 7.0));
        columns.push(Column::numbers("progress", c.say("head.progress", &[]), 9.0));
    }
    for key in ["head.down", "head.same", "head.up"] {
        columns.push(Column::numbers("count", c.say(key, &[]), 6.0));
    }
    let cells = |name: &str, figures: &Figures, ratings: &[&RatingLine]| {
        let then = before(figures);
        let mut cells = vec![
            Cell::strong(name),
            figure(c.mean(then), then, Tone::Plain),
            c.current_cell(figures.current),
            figure(c.mean_gap(figures.change), figures.change, Tone::Gap),
        ];
        if c.targeted {
            cells.push(c.target_cell(figures.target));
            cells.push(figure(c.percent(figures.progress), figures.progress, Tone::Plain));
        }
        for wanted in [-1, 0, 1] {
            let n = ratings.iter().filter(|rating| direction(rating) == Some(wanted)).count();
            cells.push(figure(n.to_string(), Some(n as f64), Tone::Muted));
        }
        cells
    };
    let all: Vec<&RatingLine> = c.analysis.ratings.iter().collect();
    let mut rows: Vec<Row> = areas
        .iter()
        .map(|area| {
            let inside: Vec<&RatingLine> = all.iter().filter(|it| it.path.starts_with(&area.path)).copied().collect();
            Row::about(c.area_id(&area.path), cells(&area.name, &area.figures, &inside))
        })
        .collect();
    rows.push(Row::total(cells(&c.say("head.overall", &[]), &c.analysis.overall, &all)));
    Table {
        id: "table-change".to_owned(),
        caption: c.say("moves.table", &[]),
        show_caption: false,
        columns,
        rows,
        interactive: false,
    }
}

/// -1, 0 or 1 for a rating known at both times.
fn direction(rating: &RatingLine) -> Option<i8> {
    let (now, then) = rating.current.zip(rating.previous)?;
    Some(now.total_cmp(&then) as i8)
}

/// The ratings that fell, the deepest first.
fn went_down(c: &Composer, both: &[usize]) -> Vec<Block> {
    let fall = |index: &usize| {
        let rating = &c.analysis.ratings[*index];
        rating.previous.unwrap_or(0.0) - rating.current.unwrap_or(0.0)
    };
    let mut down: Vec<usize> = both.iter().filter(|index| fall(index) > 0.0).copied().collect();
    if down.is_empty() {
        return Vec::new();
    }
    down.sort_by(|a, b| fall(b).total_cmp(&fall(a)));
    let all = down.len();
    down.truncate(MOST);
    let (mut columns, texts) = rows::about(c, &down, true);
    columns.push(Column::numbers("before", c.say("head.before", &[]), 7.0));
    columns.push(Column::numbers("current", c.say("head.now", &[]), 6.0));
    let levels = down
        .iter()
        .map(|index| {
            let rating = &c.analysis.ratings[*index];
            let then = rating.previous.map_or_else(|| c.unknown(), |level| c.numbers.level(level));
            let now = figure(c.now(rating), rating.current, Tone::Current);
            vec![figure(then, rating.previous, Tone::Plain), now.linked(c.cell_href(*index))]
        })
        .collect();
    vec![
        Block::Heading {
            id: "went-down".to_owned(),
            text: match all > MOST {
                true => c.count("moves.went-down-cut", all, &[("shown", &MOST.to_string())]),
                false => c.count("moves.went-down", all, &[]),
            },
            lead: String::new(),
        },
        Block::Table(Table {
            id: "table-went-down".to_owned(),
            caption: c.say("moves.went-down-table", &[]),
            show_caption: false,
            columns,
            rows: rows::rows(c, &down, texts, levels),
            interactive: false,
        }),
    ]
}

/// Ratings that only one of the two assessments has, in the order of their file.
fn items(c: &Composer, kind: &str, items: &[Item], previous: &str) -> Vec<Block> {
    if items.is_empty() {
        return Vec::new();
    }
    let shown = &items[..items.len().min(MOST)];
    let mut columns = vec![Column::words("area", c.say("head.area", &[]), 30.0)];
    let practices = shown.iter().any(|item| item.practice.is_some());
    let subjects = shown.iter().any(|item| item.subject.is_some());
    if practices {
        columns.push(Column::words("practice", c.say("head.practice", &[]), 30.0));
    }
    if subjects {
        columns.push(Column::words("subject", c.subject_head(), 24.0));
    }
    columns.push(Column::numbers("current", c.say("head.level", &[]), 6.0));
    columns.push(Column::words("at", c.say("head.cell", &[]), 12.0));
    let text = |text: Option<String>| text.map_or_else(|| Cell::muted(c.unknown()), Cell::plain);
    let rows = shown.iter().map(|item| {
        let mut cells = vec![Cell::strong(item.path.join(" / "))];
        if practices {
            cells.push(text(practice_name_of(item.practice_id.as_deref(), item.practice.as_deref())));
        }
        if subjects {
            cells.push(text(item.subject.clone()));
        }
        let level = item.level.map_or_else(|| c.unknown(), |level| c.numbers.level(level));
        cells.push(figure(level, item.level, Tone::Plain));
        cells.push(Cell::code(item.at.clone()));
        Row::of(cells)
    });
    let args = [("previous", previous), ("shown", &shown.len().to_string())];
    let (all, cut, lead) = match kind {
        "added" => ("moves.added", "moves.added-cut", "moves.added-lead"),
        _ => ("moves.dropped", "moves.dropped-cut", "moves.dropped-lead"),
    };
    let title = c.count(if shown.len() < items.len() { cut } else { all }, items.len(), &args);
    vec![
        Block::Heading { id: kind.to_owned(), text: title.clone(), lead: c.say(lead, &[]) },
        Block::Table(Table {
            id: format!("table-{kind}"),
            caption: title,
            show_caption: false,
            columns,
            rows: rows.collect(),
            interactive: false,
        }),
    ]
}

/// How many ratings rose, held, fell, are new or gone.
fn counts(c: &Composer, both: &[usize]) -> String {
    let moved =
        |wanted: i8| both.iter().filter(|index| direction(&c.analysis.ratings[**index]) == Some(wanted)).count();
    let ratings = &c.analysis.ratings;
    let new = ratings.iter().filter(|it| it.current.is_some() && it.previous.is_none()).count();
    let unrated = ratings.iter().filter(|it| it.current.is_none() && it.previous.is_some()).count();
    let gone = unrated + c.analysis.dropped.len();
    let texts = [moved(1), moved(0), moved(-1), new, gone].map(|n| n.to_string());
    c.say(
        "moves.counts",
        &[("up", &texts[0]), ("same", &texts[1]), ("down", &texts[2]), ("new", &texts[3]), ("gone", &texts[4])],
    )
}
