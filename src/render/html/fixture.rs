//! Reports made by hand, with every kind of block, for the tests of the page.

use crate::analysis::{Analysis, Frame, analyse};
use crate::assessment::{Assessment, Earlier, Rating, Reading, Score, TargetSource};
use crate::chart::{Axis, Chart, Dumbbell, DumbbellRow, Figure as Number, Tick};
use crate::error::{Place, Warned};
use crate::model::{Level, Scale};
use crate::report::{
    Block, Card, Cell, Column, Fact, Figure, Furniture, KeyFigure, Line, List, Report, ReportOptions, Row, Rung,
    Section, Table, Tone, compose,
};

/// An assessment of six areas by ten applications with every state in it, as `compose` tells it.
pub(super) fn composed(name: &dyn Fn(&str) -> String) -> (Report, Analysis) {
    let names = ["Regressive", "Repeatable", "Consistent", "Quantitatively managed", "Optimizing"];
    let levels = names.iter().enumerate().map(|(index, name)| Level {
        value: index as f64 - 1.0,
        name: Some((*name).into()),
        summary: Some(format!("What {} means in one line of words.", name.to_lowercase())),
    });
    let applications = [
        "Core Banking Application",
        "Internet Banking Application",
        "Human Resources Application",
        "ATM Management Application",
        "Equity Trading and Analytics Platform",
        "Risk Management Application",
        "Mobile Banking Platform (iOS)",
        "Mobile Banking Platform (Android)",
        "Purchasing and Inventory Control System",
        "Security Administration System",
    ];
    let sheet = Some(std::sync::Arc::from("Q4"));
    let mut ratings = Vec::new();
    for (row, application) in applications.iter().enumerate() {
        for (col, (area, now, target, _)) in AREAS.iter().enumerate() {
            let index = row * 6 + col;
            let level = (now + ((index * 7) % 5) as f64 - 2.0).round().clamp(-1.0, 3.0);
            let current = match index {
                13 | 40 | 51 => Score::NotAssessed,
                22 | 47 => Score::Invalid("`5` is not on -1..3".into()),
                12 | 15 => Score::NotApplicable,
                _ => Score::Level(level),
            };
            let open = level < target.round();
            ratings.push(Rating {
                area: vec![name(area)],
                practice_id: None,
                practice: None,
                subject: Some(name(application)),
                current,
                target: Score::Level(target.round()),
                steps: Vec::new(),
                weight: (index % 5 + 1) as f64,
                priority: None,
                owner: (open && index % 3 > 0).then(|| name("M. Okafor")),
                due: (open && index % 4 > 1).then(|| format!("2026-0{}-30", index % 4 + 4)),
                evidence: Some(name("Build logs of the last quarter")),
                action: open.then(|| name("Automate the acceptance tests of the payment run")),
                written: "1".into(),
                measured: false,
                at: Place::cell(&sheet, index as u32 + 4, 2),
                target_at: None,
            });
        }
    }
    let earlier = ratings.iter().enumerate().map(|(index, rating)| {
        rating.current.level().map(|level| (level - [0.0, 1.0, 0.0, -1.0, 1.0][index % 5]).clamp(-1.0, 3.0))
    });
    let assessment = Assessment {
        title: Some(name("Continuous delivery at First Federated Bank")),
        scale: Scale::new(levels.collect()).expect("a scale"),
        targets: TargetSource::Sheet,
        earlier: vec![Earlier { name: "2025-07-31".into(), levels: earlier.collect() }],
        ratings,
        model: None,
        subject_word: Some("Application".into()),
        reading: Reading::default(),
    };
    let frame = Frame {
        file: name("bank-cd.xlsx"),
        sha256: "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef".into(),
        title: None,
        date: "2026-01-31".into(),
    };
    let analysis = analyse(&Warned { value: assessment, warnings: Vec::new() }, &frame);
    (compose(&analysis, &ReportOptions::default()), analysis)
}

/// Names, levels and targets of the areas.
const AREAS: [(&str, f64, f64, &str); 6] = [
    ("Testing", 0.3, 2.0, "8 of 9"),
    ("Environments and Deployment", -0.3, 1.2, "10 of 10"),
    ("Release Management and Compliance", 0.9, 1.8, "10 of 10"),
    ("Build Management and Continuous Integration", 1.0, 1.8, "9 of 9"),
    ("Data Management", 0.6, 1.3, "7 of 9"),
    ("Configuration Management", 1.2, 1.5, "7 of 10"),
];

/// A report of six areas and `rows` ratings, every text of a spreadsheet passed through `name`.
pub(super) fn report(rows: usize, name: &dyn Fn(&str) -> String) -> Report {
    Report {
        title: name("Continuous delivery at First Federated Bank"),
        lang: "en".into(),
        date: "2026-01-31".into(),
        generator: "Gapwise 0.1.0".into(),
        facts: [
            ("Assessed", name("10 applications in 6 areas")),
            ("Model", "Continuous Delivery (Humble & Farley)".into()),
            ("Scale", "−1 Regressive to 3 Optimizing".into()),
            ("Date", "2026-01-31, compared with 2025-07-31".into()),
            ("File", name("bank-cd.xlsx, sheet Q4")),
        ]
        .into_iter()
        .map(|(label, value)| Fact { label: label.into(), value })
        .collect(),
        sections: vec![summary(name), how_to_read(), areas(), testing(name), method(name), ratings(rows, name)],
        furniture: furniture(),
        controls: crate::report::PageWords::of(&crate::wording::Words::english()),
    }
}

fn furniture() -> Furniture {
    Furniture {
        date: "2026-01-31".into(),
        classification: String::new(),
        contents: "Contents".into(),
        page: "page {n} of {m}".into(),
        continued: "continued".into(),
        skip: "Skip to content".into(),
        table: "Table".into(),
        data: "Data".into(),
        csv: "Ratings as CSV".into(),
        json: "Analysis as JSON".into(),
    }
}

fn section(id: &str, nav: &str, title: &str, depth: u8, blocks: Vec<Block>) -> Section {
    Section {
        id: id.into(),
        nav: nav.into(),
        title: title.into(),
        lead: if title.is_empty() { String::new() } else { "Levels, targets and gaps.".into() },
        depth,
        new_page: depth == 1 && !title.is_empty(),
        paper_only: false,
        blocks,
    }
}

fn summary(name: &dyn Fn(&str) -> String) -> Section {
    let figures = [
        ("Level now", "0.5", "51 of 57 rated", Tone::Current),
        ("Target", "1.5", "from the sheet", Tone::Target),
        ("Gap", "+1.0", "levels; shortfall 1.0", Tone::Plain),
        ("Percent to target", "59\u{a0}%", "a surplus earns nothing", Tone::Plain),
        ("Change", "+0.2", "since 2025-07-31", Tone::Plain),
    ];
    let blocks = vec![
        Block::Findings(vec![
            format!("{} stand at 0.5, between Repeatable and Consistent; target 1.5.", name("The ten applications")),
            "The widest gaps are Testing (1.7), Environments and Deployment (1.5) and Data Management (0.9).".into(),
            "Up 0.2 since 2025-07-31 (51 ratings in both); Testing alone is down, by 0.2.".into(),
        ]),
        Block::KeyFigures(
            figures
                .into_iter()
                .map(|(label, value, note, tone)| KeyFigure {
                    label: label.into(),
                    value: value.into(),
                    note: note.into(),
                    tone,
                })
                .collect(),
        ),
        Block::Figure(gaps(name)),
    ];
    section("summary", "Summary", "", 1, blocks)
}

fn gaps(name: &dyn Fn(&str) -> String) -> Figure {
    let names = [("−1", "Regressive"), ("0", ""), ("1", ""), ("2", ""), ("3", "Optimizing")];
    let number = |value: f64| Some(Number { value, text: format!("{value:.1}").replace('-', "−") });
    let chart = Chart::Dumbbell(Dumbbell {
        axis: Axis {
            low: -1.0,
            high: 3.0,
            ticks: names
                .iter()
                .enumerate()
                .map(|(i, (text, word))| Tick { value: i as f64 - 1.0, text: (*text).into(), name: (*word).into() })
                .collect(),
        },
        now: "now".into(),
        target: "target".into(),
        columns: vec!["Gap".into(), "Rated".into()],
        beside: String::new(),
        rows: AREAS
            .iter()
            .map(|(area, now, target, rated)| DumbbellRow {
                item: slug(area),
                name: name(area),
                group: String::new(),
                total: false,
                current: number(*now),
                target: number(*target),
                previous: None,
                cells: vec![format!("+{:.1}", target - now), (*rated).into()],
                note: String::new(),
                beside: Default::default(),
            })
            .collect(),
    });
    Figure {
        id: "chart-gaps".into(),
        title: format!("{} is furthest from target", name("Testing")),
        lead: "Mean level by area, sorted by gap. Weighted; scale −1 to 3; rated of applicable.".into(),
        alt: "Testing 0.3 to 2.0; Environments and Deployment −0.3 to 1.2.".into(),
        chart,
        table: area_table("table-gaps", name),
        print_table: false,
        note: "Gaps are computed before rounding.".into(),
    }
}

fn slug(name: &str) -> String {
    name.to_lowercase().replace(' ', "-")
}

fn column(head: &str, right: bool, key: &str) -> Column {
    Column { head: head.into(), right, share: head.len() as f64, key: key.into() }
}

fn cell(text: impl Into<String>, tone: Tone) -> Cell {
    Cell { text: text.into(), tone, value: None, href: String::new() }
}

fn area_table(id: &str, name: &dyn Fn(&str) -> String) -> Table {
    let rows = AREAS.iter().map(|(area, now, target, rated)| Row {
        id: String::new(),
        item: slug(area),
        total: false,
        cells: vec![
            Cell { href: "#area-testing".into(), ..cell(name(area), Tone::Strong) },
            Cell { value: Some(now + 0.01), ..cell(format!("{now:.1}").replace('-', "−"), Tone::Current) },
            Cell { value: Some(*target), ..cell(format!("{target:.1}"), Tone::Target) },
            Cell { value: Some(target - now), ..cell(format!("+{:.1}", target - now), Tone::Gap) },
            cell(*rated, Tone::Muted),
        ],
    });
    let total = Row {
        id: String::new(),
        item: String::new(),
        total: true,
        cells: ["All areas", "0.5", "1.5", "+1.0", "51 of 57"].map(|text| cell(text, Tone::Strong)).to_vec(),
    };
    Table {
        id: id.into(),
        caption: "Areas by gap".into(),
        show_caption: false,
        columns: vec![
            column("Area", false, "area"),
            column("Level", true, "current"),
            column("Target", true, "target"),
            column("Gap", true, "gap"),
            column("Rated", true, "rated"),
        ],
        rows: rows.chain([total]).collect(),
        interactive: true,
    }
}

fn how_to_read() -> Section {
    let rungs = [
        ("3", "Optimizing", "Focus on process improvement."),
        ("2", "Quantitatively managed", "Process measured and controlled."),
        ("1", "Consistent", "Automated processes applied across the whole application lifecycle."),
        ("0", "Repeatable", "Process documented and partly automated."),
        ("−1", "Regressive", "Processes unrepeatable, poorly controlled, and reactive."),
    ];
    let ladder =
        rungs.map(|(value, name, summary)| Rung { value: value.into(), name: name.into(), summary: summary.into() });
    section("how-to-read", "How to read", "How to read this report", 1, vec![Block::Ladder(ladder.to_vec())])
}

fn areas() -> Section {
    let blocks = vec![
        Block::Paragraph("Six areas are assessed; the table leads to each.".into()),
        Block::Table(area_table("table-areas", &str::to_owned)),
    ];
    section("areas", "Areas", "Five of six areas fall short", 1, blocks)
}

fn testing(name: &dyn Fn(&str) -> String) -> Section {
    let card = |number: &str, title: &str| Card {
        number: number.into(),
        title: name(title),
        lines: vec![
            Line { text: name("Core Banking Application, Testing"), tone: Tone::Muted },
            Line { text: "−1 to 2, weight 5".into(), tone: Tone::Plain },
            Line { text: "M. Okafor, due 2026-06-30".into(), tone: Tone::Plain },
        ],
    };
    let blocks = vec![
        Block::Heading {
            id: "testing-steps".into(),
            text: "Three steps close most of it".into(),
            lead: "By weight × gap.".into(),
        },
        Block::Cards(vec![
            card("1", "Automate the acceptance tests of the payment run"),
            card("2", "Move the regression suite from hand to pipeline"),
            card("3", "Add unit and interface tests to every story"),
        ]),
    ];
    section("area-testing", "Testing", "Testing: 1.7 levels to close", 2, blocks)
}

fn method(name: &dyn Fn(&str) -> String) -> Section {
    let list = |title: &str, sign: &str| List {
        title: title.into(),
        sign: sign.into(),
        entries: (14..17)
            .map(|row| {
                vec![
                    Line { text: name("Human Resources Application, Testing"), tone: Tone::Plain },
                    Line { text: format!("Q4!C{row}"), tone: Tone::Code },
                ]
            })
            .collect(),
    };
    let blocks = vec![
        Block::Paragraph("The level of an area is the weighted mean of its ratings that are levels.".into()),
        Block::Lists(vec![list("Not assessed, 3", "–"), list("Invalid, 3", "×"), list("Not applicable, 3", "n/a")]),
        Block::Note("sha256 5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef".into()),
    ];
    section("method", "Method", "How the figures are made", 1, blocks)
}

fn ratings(rows: usize, name: &dyn Fn(&str) -> String) -> Section {
    let states = ["level", "level", "level", "not assessed", "invalid", "not applicable"];
    let rating = |index: usize| {
        let state = states[index % 7 % 6];
        let rated = state == "level";
        let level = (index % 4) as f64 - 1.0;
        let number = |value: f64, text: String, tone| match rated {
            true => Cell { value: Some(value), ..cell(text, tone) },
            false => cell("n/a", Tone::Muted),
        };
        Row {
            id: format!("cell-Q4-C{}", index + 5),
            item: slug(AREAS[index % 6].0),
            total: false,
            cells: vec![
                cell(name(&format!("Application {:02}", index / 6 + 1)), Tone::Strong),
                cell(name(AREAS[index % 6].0), Tone::Plain),
                number(level, format!("{level}").replace('-', "−"), Tone::Current),
                number(2.0, "2".into(), Tone::Target),
                number(2.0 - level, format!("{:+}", 2.0 - level), Tone::Gap),
                cell((index % 5 + 1).to_string(), Tone::Plain),
                cell(state, Tone::Muted),
                cell(name("no owner given"), Tone::Muted),
                cell(format!("Q4!C{}", index + 5), Tone::Code),
            ],
        }
    };
    let table = Table {
        id: "table-ratings".into(),
        caption: "Every rating with its cell".into(),
        show_caption: false,
        columns: vec![
            column("Application", false, "subject"),
            column("Area", false, "area"),
            column("Level", true, "current"),
            column("Target", true, "target"),
            column("Gap", true, "gap"),
            column("Weight", true, "weight"),
            column("State", false, "state"),
            column("Owner", false, "owner"),
            column("Cell", false, "cell"),
        ],
        rows: (0..rows).map(rating).collect(),
        interactive: true,
    };
    section("ratings", "All ratings", &format!("All {rows} ratings"), 1, vec![Block::Table(table)])
}
