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
    }
}

pub fn bank() -> Dumbbell {
    Dumbbell {
        axis: bank_axis(),
        now: "now".to_owned(),
        target: "target".to_owned(),
        columns: vec!["Gap".to_owned(), "Rated".to_owned()],
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
