//! Charts as data: a bank's six areas, and what goes wrong elsewhere.

use gapwise::chart::*;

pub fn all() -> Vec<(String, Chart)> {
    let mut all = Vec::new();
    let mut add = |name: &str, chart: Chart| all.push((name.to_owned(), chart));
    add("dumbbell", Chart::Dumbbell(bank()));
    add("dumbbell-change", Chart::Dumbbell(with_change()));
    add("dumbbell-subjects", Chart::Dumbbell(subjects()));
    add("dumbbell-odd", Chart::Dumbbell(odd()));
    add("dumbbell-many", Chart::Dumbbell(many()));
    add("dumbbell-one", Chart::Dumbbell(Dumbbell { rows: bank().rows[..1].to_vec(), ..bank() }));
    add("dumbbell-eleven", Chart::Dumbbell(Dumbbell { axis: plain_axis(0, 10), ..bank() }));
    add("dumbbell-two", Chart::Dumbbell(two_levels()));
    add("heat-gap", Chart::HeatMap(gaps()));
    add("heat-level", Chart::HeatMap(levels()));
    add("heat-hundred", Chart::HeatMap(hundred()));
    add("heat-one", Chart::HeatMap(HeatMap { columns: gaps().columns[..1].to_vec(), ..gaps() }));
    add("states", Chart::States(states()));
    add("radar", Chart::Radar(radar(6)));
    add("radar-twelve", Chart::Radar(radar(12)));
    add("radar-five", Chart::Radar(Radar { panels: radar(5).panels[..1].to_vec(), ..radar(5) }));
    add("radar-overlay", Chart::Radar(overlaid()));
    add("slope", Chart::Slope(slope()));
    add("slope-three", Chart::Slope(three_dates()));
    add("priority", Chart::Priority(priority()));
    add("priority-bars", Chart::Priority(Priority { weights: Vec::new(), ..priority() }));
    add("roadmap", Chart::Roadmap(roadmap()));
    add("ladder", Chart::Ladder(ladder()));
    add("key", Chart::Key(key()));
    all
}

pub fn figure(value: f64) -> Figure {
    Figure { value, text: format!("{value:.1}").replace('-', "−") }
}

pub fn whole(value: f64) -> Figure {
    Figure { value, text: format!("{value}").replace('-', "−") }
}

pub fn axis(levels: &[(f64, &str)]) -> Axis {
    let ticks: Vec<Tick> =
        levels.iter().map(|&(value, name)| Tick { value, text: whole(value).text, name: name.to_owned() }).collect();
    Axis { low: levels[0].0, high: levels[levels.len() - 1].0, ticks }
}

pub fn plain_axis(low: i32, high: i32) -> Axis {
    axis(&(low..=high).map(|value| (f64::from(value), "")).collect::<Vec<_>>())
}

pub fn bank_axis() -> Axis {
    axis(&[
        (-1.0, "Regressive"),
        (0.0, "Repeatable"),
        (1.0, "Consistent"),
        (2.0, "Quantitatively managed"),
        (3.0, "Optimizing"),
    ])
}

fn row(name: &str, current: f64, target: f64, cells: &[&str]) -> DumbbellRow {
    DumbbellRow {
        item: name.to_lowercase().replace(' ', "-"),
        name: name.to_owned(),
        group: String::new(),
        total: false,
        current: Some(figure(current)),
        target: Some(figure(target)),
        previous: None,
        cells: cells.iter().map(|&cell| cell.to_owned()).collect(),
        note: String::new(),
        beside: Beside::default(),
    }
}

pub fn bank() -> Dumbbell {
    Dumbbell {
        axis: bank_axis(),
        now: "now".to_owned(),
        target: "target".to_owned(),
        columns: vec!["Gap".to_owned(), "Rated".to_owned()],
        beside: String::new(),
        rows: vec![
            row("Testing", 0.3, 2.0, &["+1.7", "8 of 9"]),
            row("Environments and Deployment", -0.3, 1.2, &["+1.5", "10 of 10"]),
            row("Release Management and Compliance", 0.9, 1.8, &["+0.9", "10 of 10"]),
            row("Build Management and Continuous Integration", 1.0, 1.8, &["+0.8", "9 of 9"]),
            row("Data Management", 0.6, 1.3, &["+0.7", "7 of 9"]),
            row("Configuration Management", 1.2, 1.5, &["+0.3", "7 of 10"]),
        ],
    }
}

fn with_change() -> Dumbbell {
    let mut chart = bank();
    chart.columns.insert(1, "Change".to_owned());
    for (row, (change, before)) in chart.rows.iter_mut().zip([
        ("−0.2", 0.5),
        ("+0.4", -0.7),
        ("+0.2", 0.7),
        ("+0.5", 0.5),
        ("+0.5", 0.1),
        ("0.0", 1.2),
    ]) {
        row.cells.insert(1, change.to_owned());
        row.previous = Some(before);
    }
    chart.rows.push(DumbbellRow { total: true, ..row("All areas", 0.5, 1.5, &["+1.0", "+0.2", "51 of 57"]) });
    chart
}

fn subjects() -> Dumbbell {
    let rows = [
        ("Core Banking Application", -1.0, 2.0, "+3", "5", Some(0.0)),
        ("Internet Banking Application", -1.0, 2.0, "+3", "5", None),
        ("Mobile Banking Platform (iOS)", -1.0, 2.0, "+3", "4", Some(0.0)),
        ("Mobile Banking Platform (Android)", -1.0, 2.0, "+3", "3", None),
        ("Security Administration System", 1.0, 2.0, "+1", "3", None),
        ("ATM Management Application", 2.0, 2.0, "0", "3", None),
        ("Equity Trading and Analytics Platform", 2.0, 2.0, "0", "3", None),
        ("Risk Management Application", 3.0, 2.0, "−1", "4", None),
    ];
    let rows = rows.map(|(name, current, target, gap, weight, previous)| DumbbellRow {
        current: Some(whole(current)),
        target: Some(whole(target)),
        previous,
        ..row(name, current, target, &[gap, weight])
    });
    Dumbbell { columns: vec!["Gap".to_owned(), "Weight".to_owned()], rows: rows.to_vec(), ..bank() }
}

fn odd() -> Dumbbell {
    let note = "n/a, none of 8 practices rated";
    let long = "A name of one hundred and twenty letters that somebody pasted from a standard, its clause, its title and all of the rest";
    let mut chart = bank();
    chart.rows = vec![
        row(long, 0.3, 2.0, &["+1.7", "8 of 9"]),
        DumbbellRow { target: None, ..row("No target", 3.0, 0.0, &["n/a", "9 of 9"]) },
        DumbbellRow { current: None, note: note.to_owned(), ..row("Release", 0.0, 3.0, &["n/a", "0 of 8"]) },
        DumbbellRow { current: None, note: note.to_owned(), ..row("Low target", 0.0, -1.0, &["n/a", "0 of 8"]) },
        DumbbellRow {
            current: None,
            target: None,
            note: note.to_owned(),
            ..row("Nothing", 0.0, 0.0, &["n/a", "0 of 8"])
        },
        row("At the lowest level", -1.0, -1.0, &["0.0", "8 of 8"]),
        row("At the highest level", 3.0, 3.0, &["0.0", "8 of 8"]),
        row("Surplus", 3.0, -1.0, &["−4.0", "8 of 8"]),
        row("Nearly", 1.95, 2.0, &["+0.1", "8 of 8"]),
        DumbbellRow { previous: Some(0.8), ..row("Diamond at the number", 1.0, 2.0, &["+1.0", "8 of 8"]) },
        DumbbellRow { previous: Some(2.2), ..row("Came down past it", 1.0, 2.0, &["+1.0", "8 of 8"]) },
        row(&"Longest".repeat(17), 1.0, 2.0, &["+1.0", "8 of 8"]),
        row("Управление конфигурацией", 1.0, 2.0, &["+1.0", "8 of 8"]),
        row("構成管理とリリース管理の自動化およびテスト", 1.0, 2.0, &["+1.0", "8 of 8"]),
        row("<b>&\" as typed", 1.0, 2.0, &["+1.0", "8 of 8"]),
    ];
    chart
}

fn many() -> Dumbbell {
    let mut chart = bank();
    chart.rows = (0..40)
        .map(|index| DumbbellRow {
            group: ["Governance", "Design", "Implementation", "Verification", "Operations"][index / 8].to_owned(),
            ..row(&format!("Practice {}", index + 1), f64::from(index as u32 % 5) - 1.0, 2.5, &["+1.0", "8 of 9"])
        })
        .collect();
    chart
}

fn two_levels() -> Dumbbell {
    let mut chart = bank();
    chart.axis = axis(&[
        (0.0, "Not in place at all, nowhere in the organisation"),
        (1.0, "In place everywhere, and proven to be so"),
    ]);
    for row in &mut chart.rows {
        row.current = Some(Figure { value: 0.25, text: "0.25".to_owned() });
        row.target = Some(whole(1.0));
    }
    chart
}

const AREAS: [&str; 6] = [
    "Build Management and Continuous Integration",
    "Environments and Deployment",
    "Release Management and Compliance",
    "Testing",
    "Data Management",
    "Configuration Management",
];

/// An application with its level and target by area (a sign where there is no level), and its means as shown.
type Rated = (&'static str, [Result<(i8, i8), &'static str>; 6], &'static str, &'static str);

const RATINGS: [Rated; 10] = [
    (
        "Core Banking Application",
        [Ok((-1, 1)), Ok((-1, 1)), Ok((1, 2)), Ok((-1, 2)), Ok((0, 1)), Ok((2, 2))],
        "0.0",
        "+1.5",
    ),
    (
        "Internet Banking Application",
        [Ok((1, 2)), Ok((0, 2)), Ok((2, 2)), Ok((-1, 2)), Ok((1, 2)), Ok((0, 1))],
        "0.5",
        "+1.3",
    ),
    (
        "Human Resources Application",
        [Err("n/a"), Ok((-1, 0)), Ok((1, 1)), Err("n/a"), Ok((0, 1)), Ok((0, 1))],
        "0.0",
        "+0.8",
    ),
    (
        "ATM Management Application",
        [Ok((2, 2)), Ok((0, 1)), Ok((0, 2)), Ok((2, 2)), Ok((1, 1)), Err("×")],
        "1.0",
        "+0.6",
    ),
    (
        "Equity Trading and Analytics Platform",
        [Ok((1, 2)), Ok((-1, 1)), Ok((0, 1)), Ok((2, 2)), Err("–"), Err("–")],
        "0.5",
        "+1.0",
    ),
    (
        "Risk Management Application",
        [Ok((2, 2)), Ok((0, 1)), Ok((1, 2)), Ok((3, 2)), Ok((1, 2)), Ok((2, 2))],
        "1.5",
        "+0.3",
    ),
    (
        "Mobile Banking Platform (iOS)",
        [Ok((2, 2)), Ok((-1, 1)), Ok((-1, 1)), Ok((-1, 2)), Ok((1, 1)), Err("–")],
        "0.0",
        "+1.4",
    ),
    (
        "Mobile Banking Platform (Android)",
        [Ok((1, 2)), Ok((0, 2)), Ok((0, 1)), Ok((-1, 2)), Err("×"), Ok((2, 2))],
        "0.4",
        "+1.4",
    ),
    (
        "Purchasing and Inventory Control System",
        [Ok((-1, 1)), Ok((1, 1)), Ok((2, 1)), Err("–"), Ok((0, 1)), Ok((1, 1))],
        "0.6",
        "+0.4",
    ),
    (
        "Security Administration System",
        [Ok((1, 2)), Ok((0, 1)), Ok((2, 3)), Ok((1, 2)), Err("n/a"), Ok((0, 1))],
        "0.8",
        "+1.0",
    ),
];

fn state(sign: &str) -> HeatState {
    match sign {
        "n/a" => HeatState::NotApplicable,
        "×" => HeatState::Invalid,
        _ => HeatState::NotAssessed,
    }
}

fn heat(cell: impl Fn(i8, i8) -> (HeatState, String)) -> HeatMap {
    let rows = RATINGS.map(|(name, cells, level, gap)| HeatRow {
        item: name.to_lowercase().replace(' ', "-"),
        name: name.to_owned(),
        strong: name.starts_with("Core"),
        cells: cells
            .map(|rating| match rating {
                Ok((current, target)) => {
                    let (state, text) = cell(current, target);
                    HeatCell { item: String::new(), state, text }
                }
                Err(sign) => HeatCell { item: String::new(), state: state(sign), text: sign.to_owned() },
            })
            .to_vec(),
        edges: vec![level.to_owned(), gap.to_owned()],
    });
    HeatMap {
        levels: 5,
        columns: AREAS.map(|name| HeatColumn { item: String::new(), name: name.to_owned() }).to_vec(),
        edges: vec!["Level".to_owned(), "Gap".to_owned()],
        rows: rows.to_vec(),
        foot: Some(HeatFoot {
            name: "All applications, weighted".to_owned(),
            cells: ["+0.8", "+1.5", "+0.9", "+1.7", "+0.7", "+0.3"].map(str::to_owned).to_vec(),
            edges: vec!["0.5".to_owned(), "+1.0".to_owned()],
        }),
        legend_title: String::new(),
        legend: Vec::new(),
    }
}

fn missing() -> Vec<LegendEntry> {
    [("–", "not assessed"), ("n/a", "not applicable"), ("×", "invalid")]
        .map(|(sign, name)| LegendEntry { state: state(sign), text: sign.to_owned(), name: name.to_owned() })
        .to_vec()
}

fn gaps() -> HeatMap {
    let cell = |gap: i8| {
        let text = if gap > 0 { format!("+{gap}") } else { whole(f64::from(gap)).text };
        (HeatState::Gap(f64::from(gap) / 4.0), text)
    };
    let mut chart = heat(|current, target| cell(target - current));
    chart.legend_title = "Levels to close".to_owned();
    for (gap, name) in [(4, ""), (3, ""), (2, ""), (1, ""), (0, "at target"), (-1, "above target"), (-2, "")] {
        let (state, text) = cell(gap);
        chart.legend.push(LegendEntry { state, text, name: name.to_owned() });
    }
    chart.legend.extend(missing());
    chart
}

fn levels() -> HeatMap {
    let cell = |level: i8| (HeatState::Level((f64::from(level) + 1.0) / 4.0), whole(f64::from(level)).text);
    let mut chart = heat(|current, _| cell(current));
    for (level, tick) in (-1..).zip(bank_axis().ticks) {
        let (state, text) = cell(level);
        chart.legend.push(LegendEntry { state, text, name: tick.name });
    }
    chart.legend.extend(missing());
    chart
}

fn hundred() -> HeatMap {
    let mut chart = gaps();
    let areas: Vec<HeatColumn> = (0..3).flat_map(|_| chart.columns.clone()).take(15).collect();
    chart.rows = (0..100)
        .map(|index| {
            let row = chart.rows[index % 10].clone();
            let cells = (0..3).flat_map(|_| row.cells.clone()).take(15).collect();
            HeatRow { name: format!("{} {}", row.name, index + 1), cells, ..row }
        })
        .collect();
    if let Some(foot) = &mut chart.foot {
        foot.cells = (0..3).flat_map(|_| foot.cells.clone()).take(15).collect();
    }
    chart.columns = areas;
    chart
}

fn states() -> States {
    let row = |name: &str, counts: [usize; 4]| {
        let [levels, not_assessed, invalid, not_applicable] = counts;
        StatesRow {
            item: String::new(),
            name: name.to_owned(),
            total: name == "All areas",
            levels,
            not_assessed,
            invalid,
            not_applicable,
            rated: format!("{levels} of {}", levels + not_assessed + invalid),
            words: format!("{levels} levels"),
            rest: format!("{not_assessed} not assessed, {invalid} invalid, {not_applicable} n/a"),
        }
    };
    States {
        rows: vec![
            row(AREAS[0], [9, 0, 0, 1]),
            row(AREAS[1], [10, 0, 0, 0]),
            row(AREAS[3], [8, 1, 0, 1]),
            row(AREAS[4], [7, 1, 1, 1]),
            row(AREAS[5], [7, 2, 1, 0]),
            row("Nothing rated", [0, 8, 0, 0]),
            row("No ratings", [0, 0, 0, 0]),
            row("Many", [998, 1, 1, 1]),
            row("All areas", [51, 4, 2, 3]),
        ],
    }
}

fn radar(count: usize) -> Radar {
    let spot = |rating: &Result<(i8, i8), &str>| match rating {
        Ok((current, _)) => Spot::Level(f64::from(*current)),
        Err("n/a") => Spot::NotApplicable,
        Err("×") => Spot::Invalid,
        Err(_) => Spot::NotAssessed,
    };
    let panel = |name: &str, lead: &str, rest: &str, current: Vec<Spot>, target: Vec<Option<f64>>| RadarPanel {
        item: String::new(),
        title: name.to_owned(),
        lead: lead.to_owned(),
        subtitle: rest.to_owned(),
        current: current.into_iter().cycle().take(count).collect(),
        target: target.into_iter().cycle().take(count).collect(),
        overlays: Vec::new(),
    };
    let mean = [1.0, -0.3, 0.9, 0.3, 0.6, 1.2].map(Spot::Level).to_vec();
    let wanted = [1.8, 1.2, 1.8, 2.0, 1.3, 1.5].map(Some).to_vec();
    let mut panels = vec![panel("All applications", "0.5", "now, +1.0 to close, 51 of 57 rated", mean, wanted)];
    for (name, ratings, level, gap) in &RATINGS {
        let target = ratings.iter().map(|rating| rating.ok().map(|(_, target)| f64::from(target))).collect();
        let rest = format!("now, {gap} to close, 6 of 6 rated");
        panels.push(panel(name, level, &rest, ratings.iter().map(spot).collect(), target));
    }
    let sign = |sign: &str, name: &str| Sign { sign: sign.to_owned(), name: name.to_owned() };
    Radar {
        axes: AREAS.iter().cycle().take(count).map(|&name| name.to_owned()).collect(),
        rings: bank_axis().ticks,
        rings_title: "Rings".to_owned(),
        centre: "centre".to_owned(),
        outside: "outside".to_owned(),
        panels,
        now: "level now".to_owned(),
        target: "target".to_owned(),
        missing: "A missing rating breaks the line:".to_owned(),
        signs: Signs {
            not_assessed: sign("–", "not assessed"),
            not_applicable: sign("n/a", "not applicable"),
            invalid: sign("×", "invalid"),
        },
    }
}

fn overlaid() -> Radar {
    let mut chart = radar(6);
    let overlay = |panel: &RadarPanel| Overlay { name: panel.title.clone(), current: panel.current.clone() };
    let others = vec![overlay(&chart.panels[6]), overlay(&chart.panels[9])];
    chart.panels = vec![RadarPanel { overlays: others, target: Vec::new(), ..chart.panels[2].clone() }];
    chart
}

fn slope() -> Slope {
    let line = |name: &str, from: f64, to: f64| SlopeLine {
        item: String::new(),
        name: name.to_owned(),
        values: vec![Some(figure(from)), Some(figure(to))],
        direction: if to > from {
            Move::Up
        } else if to < from {
            Move::Down
        } else {
            Move::Same
        },
        quiet: false,
    };
    Slope {
        axis: bank_axis(),
        dates: vec![
            SlopeDate { day: 0.0, text: "2025-07-31".to_owned() },
            SlopeDate { day: 184.0, text: "2026-01-31".to_owned() },
        ],
        lines: vec![
            line(AREAS[0], 0.5, 1.0),
            line(AREAS[1], -0.7, -0.3),
            line(AREAS[2], 0.7, 0.9),
            line(AREAS[3], 0.5, 0.3),
            line(AREAS[4], 0.1, 0.6),
            line(AREAS[5], 1.2, 1.2),
        ],
    }
}

fn three_dates() -> Slope {
    let mut chart = slope();
    chart.dates.insert(1, SlopeDate { day: 60.0, text: "2025-09-29".to_owned() });
    chart.dates.insert(2, SlopeDate { day: 70.0, text: "2025-10-09".to_owned() });
    for (index, line) in chart.lines.iter_mut().enumerate() {
        let between = figure(0.3 * index as f64 - 0.4);
        line.values.insert(1, (index != 2).then_some(between.clone()));
        line.values.insert(2, Some(between));
    }
    chart.lines[0].values[0] = None;
    chart.lines[4].values[3] = None;
    for index in 0..14 {
        let mut line = chart.lines[index % 6].clone();
        line.name = format!("Area {index} with a long name that says what it is about and more");
        chart.lines.push(line);
    }
    chart
}

fn priority() -> Priority {
    let mut points: Vec<PriorityPoint> = Vec::new();
    let cells: [(f64, f64, usize); 12] = [
        (3.0, 5.0, 2),
        (3.0, 4.0, 1),
        (2.0, 5.0, 1),
        (3.0, 3.0, 1),
        (2.0, 4.0, 4),
        (2.0, 3.0, 2),
        (1.0, 5.0, 3),
        (1.0, 4.0, 6),
        (1.0, 3.0, 9),
        (2.0, 2.0, 2),
        (1.0, 2.0, 1),
        (1.0, 1.0, 3),
    ];
    for (gap, weight, count) in cells {
        for _ in 0..count {
            let rank = points.len() + 1;
            let subject = RATINGS[rank % 10].0;
            points.push(PriorityPoint {
                item: format!("step-{rank}"),
                rank: rank.to_string(),
                name: subject.to_owned(),
                detail: AREAS[rank % 6].to_owned(),
                gap: Figure { value: gap, text: format!("+{gap}") },
                weight,
                prominence: match rank {
                    1..=5 => Prominence::First,
                    12..=14 => Prominence::Quick,
                    _ => Prominence::Rest,
                },
            });
        }
    }
    let bands = |high: i32, sign: &str| {
        (1..=high).map(|to| Band { to: f64::from(to), text: format!("{sign}{to}") }).collect::<Vec<_>>()
    };
    Priority {
        weight_head: "Weight".to_owned(),
        gap_head: "Gap, levels to close".to_owned(),
        gaps: bands(3, "+"),
        weights: bands(5, ""),
        points,
        first_title: "First, by weight × gap".to_owned(),
        quick_title: "Quick wins: one level, highest weight".to_owned(),
        more: "and 15 more".to_owned(),
    }
}

fn roadmap() -> Roadmap {
    let steps = [
        (6, 0, 0, "T. Novak", -47.0, "2025-12-15"),
        (4, 0, 1, "R. Iyer", 59.0, "2026-03-31"),
        (7, 1, 1, "R. Iyer", 59.0, "2026-03-31"),
        (11, 6, 2, "P. Brandt", 59.0, "2026-03-31"),
        (1, 0, 3, "M. Okafor", 150.0, "2026-06-30"),
        (3, 6, 3, "L. Svensson-Bergström and the whole platform team", 242.0, "2026-09-30"),
        (14, 1, 0, "", 242.0, "2026-09-30"),
        (8, 6, 1, "L. Svensson", 334.0, "2026-12-31"),
    ];
    let rows = steps.map(|(rank, subject, area, owner, day, due)| RoadmapRow {
        item: format!("step-{rank}"),
        rank: rank.to_string(),
        name: RATINGS[subject].0.to_owned(),
        detail: AREAS[area].to_owned(),
        from: "−1".to_owned(),
        target: "2".to_owned(),
        owner: if owner.is_empty() { "no owner".to_owned() } else { owner.to_owned() },
        owned: !owner.is_empty(),
        day,
        due: due.to_owned(),
        overdue: if day < 0.0 { "overdue".to_owned() } else { String::new() },
    });
    let span = |from: f64, to: f64, text: &str| Span { from, to, text: text.to_owned() };
    Roadmap {
        what: "Application, area".to_owned(),
        level: "Level".to_owned(),
        owner: "Owner".to_owned(),
        due: "Due".to_owned(),
        to: "to".to_owned(),
        years: vec![span(-122.0, -30.0, "2025"), span(-30.0, 335.0, "2026")],
        quarters: vec![
            span(-122.0, -30.0, "Q4"),
            span(-30.0, 60.0, "Q1"),
            span(60.0, 151.0, "Q2"),
            span(151.0, 243.0, "Q3"),
            span(243.0, 335.0, "Q4"),
        ],
        today: 0.0,
        rows: rows.to_vec(),
        foot: "Overall level, if each dated step reaches its target".to_owned(),
        reached: [(0.0, "0.5"), (59.0, "0.7"), (150.0, "0.8"), (242.0, "0.9"), (334.0, "1.0")]
            .map(|(value, text)| Figure { value, text: text.to_owned() })
            .to_vec(),
    }
}

fn ladder() -> Ladder {
    let summaries = [
        "Done by hand, differently each time; trouble is dealt with after it hurts.",
        "Written down and partly scripted; a result can be produced again.",
        "One automated way of working, used in every environment.",
        "Measured, and the figures keep the process under control.",
        "Teams use the measurements to improve release after release.",
    ];
    let rungs = bank_axis().ticks.into_iter().zip(summaries);
    Ladder {
        rungs: rungs
            .map(|(tick, summary)| Rung {
                value: tick.value,
                text: tick.text,
                name: tick.name,
                summary: summary.to_owned(),
            })
            .collect(),
        current: Some(figure(0.3)),
        target: Some(figure(2.0)),
        gap: "+1.7".to_owned(),
        now_word: "now".to_owned(),
        target_word: "target".to_owned(),
    }
}

fn key() -> Key {
    let entry =
        |sample: Sample, name: &str, words: &str| KeyEntry { sample, name: name.to_owned(), words: words.to_owned() };
    Key {
        axis: bank_axis(),
        current: figure(0.3),
        target: Some(figure(2.0)),
        gap: "+1.7: levels to close".to_owned(),
        now: "Level now".to_owned(),
        now_words: "weighted mean of the ratings".to_owned(),
        wanted: "Target".to_owned(),
        wanted_words: "mean of the targets in the sheet".to_owned(),
        entries: vec![
            entry(Sample::Surplus, "Above target", "dashed line"),
            entry(Sample::AtTarget, "At target", "dot in ring"),
            entry(Sample::Earlier, "Earlier", "level six months before"),
            entry(Sample::Cell(HeatState::NotAssessed, "–".to_owned()), "Not assessed", "nobody rated it"),
            entry(Sample::Cell(HeatState::NotApplicable, "n/a".to_owned()), "Not applicable", "does not count"),
            entry(Sample::Cell(HeatState::Invalid, "×".to_owned()), "Invalid", "the cell holds no level"),
            entry(Sample::Words("8 of 9".to_owned()), "", "rated, of those that apply"),
        ],
    }
}
