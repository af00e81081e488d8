//! What must hold for every chart, whatever the data: no text on another, nothing off the canvas, every row drawn.

use proptest::prelude::*;

use super::measure::{bounds, outside, overlaps};
use super::scene::{Form, Shape};
use super::*;
use crate::theme::Ink;

const LONG: &str = "A name of one hundred and twenty letters that somebody pasted from a standard, its clause, its title and \
                    all of the rest";

fn names() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("Testing".to_owned()),
        Just("Build Management and Continuous Integration".to_owned()),
        Just(LONG.to_owned()),
        Just("Longest".repeat(17)),
        Just("Управление конфигурацией".to_owned()),
        Just("構成管理とリリース管理の自動化およびテスト".to_owned()),
        Just("إدارة التغيير".to_owned()),
        Just("<b>&\" x".to_owned()),
        "[a-zA-Z /-]{1,40}",
    ]
}

/// Scales: whole and fractional, from below zero, two levels and eleven, with and without names.
fn axes() -> impl Strategy<Value = Axis> {
    let steps = prop_oneof![Just(1.0), Just(0.25)];
    (-2_i32..2, 2_usize..12, steps, prop_oneof![Just(""), Just("Regressive"), Just(LONG)]).prop_map(
        |(first, count, step, name)| {
            let tick = |index: usize| {
                let value = f64::from(first) + step * index as f64;
                Tick { value, text: format!("{value}").replace('-', "−"), name: name.to_owned() }
            };
            let ticks: Vec<Tick> = (0..count).map(tick).collect();
            Axis { low: ticks[0].value, high: ticks[count - 1].value, ticks }
        },
    )
}

fn canvases() -> impl Strategy<Value = Canvas> {
    prop_oneof![
        Just(Canvas::paper(493.2, 690.0)),
        Just(Canvas::paper(740.0, 420.0)),
        Just(Canvas::page()),
        Just(Canvas::phone()),
    ]
}

fn figure(axis: &Axis, share: f64) -> Figure {
    let value = axis.low + share * (axis.high - axis.low);
    Figure { value, text: format!("{value:.1}").replace('-', "−") }
}

/// A share of the way along a scale; the ends and the middle are common, as ratings are.
fn shares() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.0), Just(0.5), Just(1.0), 0.0..=1.0_f64]
}

fn dumbbells() -> impl Strategy<Value = Chart> {
    let row =
        (names(), proptest::option::of(shares()), proptest::option::of(shares()), proptest::option::of(shares()));
    (axes(), proptest::collection::vec(row, 1..50), any::<(bool, bool)>()).prop_map(
        |(axis, rows, (grouped, steps))| {
            let rows = (rows.into_iter().enumerate())
                .map(|(index, (name, current, target, previous))| DumbbellRow {
                    item: format!("row-{index}"),
                    name,
                    group: if grouped { format!("Function {}", index / 7) } else { String::new() },
                    total: index == 6,
                    current: current.map(|share| figure(&axis, share)),
                    target: target.map(|share| figure(&axis, share)),
                    previous: previous.map(|share| figure(&axis, share).value),
                    cells: vec!["+1.7".to_owned(), "−0.2".to_owned(), "10 of 10".to_owned()],
                    note: "n/a, none of 8 practices rated".to_owned(),
                    beside: match index % 3 {
                        0 if steps => {
                            Beside { what: LONG.to_owned(), who: "no owner given, due 2026-06-30".to_owned() }
                        }
                        1 if steps => Beside { what: String::new(), who: "Core banking delivery lead".to_owned() },
                        _ => Beside::default(),
                    },
                })
                .collect();
            let beside = "Next action · Owner · Due".to_owned();
            let columns = ["Gap", "Change", "Rated"].map(str::to_owned).to_vec();
            Chart::Dumbbell(Dumbbell {
                axis,
                now: "now".to_owned(),
                target: "target".to_owned(),
                columns,
                beside,
                rows,
            })
        },
    )
}

fn states() -> impl Strategy<Value = HeatState> {
    prop_oneof![
        shares().prop_map(HeatState::Level),
        (-1.0..=1.0_f64).prop_map(HeatState::Gap),
        Just(HeatState::Gap(0.0)),
        Just(HeatState::NotAssessed),
        Just(HeatState::NotApplicable),
        Just(HeatState::Invalid),
    ]
}

fn heat_maps() -> impl Strategy<Value = Chart> {
    (proptest::collection::vec(names(), 1..20), proptest::collection::vec(names(), 1..60), states(), 2_usize..12)
        .prop_map(|(columns, rows, state, levels)| {
            let edges = ["Level", "Gap"].map(str::to_owned).to_vec();
            let cell = HeatCell { item: String::new(), state, text: "+1.5".to_owned() };
            let legend = LegendEntry { state, text: "+1.5".to_owned(), name: "not applicable".to_owned() };
            Chart::HeatMap(HeatMap {
                levels,
                rows: (rows.into_iter())
                    .map(|name| HeatRow {
                        item: name.clone(),
                        name,
                        strong: false,
                        cells: vec![cell.clone(); columns.len()],
                        edges: vec!["0.3".to_owned(), "+1.5".to_owned()],
                    })
                    .collect(),
                foot: Some(HeatFoot {
                    name: "Gap, weighted mean".to_owned(),
                    cells: vec!["+0.8".to_owned(); columns.len()],
                    edges: edges.clone(),
                }),
                columns: columns.into_iter().map(|name| HeatColumn { item: name.clone(), name }).collect(),
                edges,
                legend_title: "Levels to close".to_owned(),
                legend: vec![legend; 9],
            })
        })
}

fn state_bars() -> impl Strategy<Value = Chart> {
    let count = prop_oneof![Just(0_usize), 0..12_usize, 500..2000_usize];
    let row = (names(), [count.clone(), count.clone(), count.clone(), count], any::<bool>());
    proptest::collection::vec(row, 1..60).prop_map(|rows| {
        let rows = rows.into_iter().map(|(name, [levels, not_assessed, invalid, not_applicable], total)| StatesRow {
            item: String::new(),
            name,
            total,
            levels,
            not_assessed,
            invalid,
            not_applicable,
            rated: format!("{levels} of {}", levels + not_assessed + invalid),
            words: format!("{levels} levels"),
            rest: format!("{not_assessed} not assessed, {invalid} invalid, {not_applicable} n/a"),
        });
        Chart::States(States { rows: rows.collect() })
    })
}

fn radars() -> impl Strategy<Value = Chart> {
    let spot = prop_oneof![
        3 => shares().prop_map(Some),
        1 => Just(None),
    ];
    (axes(), proptest::collection::vec((names(), spot), 3..14), proptest::collection::vec(names(), 1..14)).prop_map(
        |(axis, axes, panels)| {
            let level = |share: f64| figure(&axis, share).value;
            let current: Vec<Spot> = axes
                .iter()
                .map(|(_, share)| share.map_or(Spot::NotApplicable, |share| Spot::Level(level(share))))
                .collect();
            let target = axes.iter().map(|(_, share)| share.map(|share| level(1.0 - share))).collect::<Vec<_>>();
            let sign = |sign: &str| Sign { sign: sign.to_owned(), name: "not assessed".to_owned() };
            Chart::Radar(Radar {
                rings: axis.ticks.clone(),
                rings_title: "Rings".to_owned(),
                centre: "centre".to_owned(),
                outside: "outside".to_owned(),
                panels: (panels.into_iter())
                    .map(|title| RadarPanel {
                        item: String::new(),
                        title,
                        lead: "0.5".to_owned(),
                        subtitle: "now, +1.0 to close, 51 of 57 rated".to_owned(),
                        current: current.clone(),
                        target: target.clone(),
                        overlays: Vec::new(),
                    })
                    .collect(),
                axes: axes.into_iter().map(|(name, _)| name).collect(),
                now: "level now".to_owned(),
                target: "target".to_owned(),
                missing: "A missing rating breaks the line:".to_owned(),
                signs: Signs { not_assessed: sign("–"), not_applicable: sign("n/a"), invalid: sign("×") },
            })
        },
    )
}

fn slopes() -> impl Strategy<Value = Chart> {
    let value = proptest::option::weighted(0.9, shares());
    let line = (
        names(),
        proptest::collection::vec(value, 5),
        prop_oneof![Just(Move::Up), Just(Move::Same), Just(Move::Down)],
    );
    (axes(), 2_usize..5, proptest::collection::vec(line, 1..20)).prop_map(|(axis, dates, lines)| {
        let lines = lines.into_iter().map(|(name, shares, direction)| SlopeLine {
            item: String::new(),
            name,
            values: shares.iter().map(|share| share.map(|share| figure(&axis, share))).take(dates).collect(),
            direction,
            quiet: false,
        });
        Chart::Slope(Slope {
            lines: lines.collect(),
            dates: (0..dates)
                .map(|date| SlopeDate { day: (date * date) as f64 * 90.0, text: format!("202{date}-07-31") })
                .collect(),
            axis,
        })
    })
}

fn priorities() -> impl Strategy<Value = Chart> {
    let bands =
        |count: usize| (1..=count).map(|to| Band { to: to as f64, text: format!("+{to}") }).collect::<Vec<_>>();
    let point = (names(), 0.1..5.0_f64, 0.1..5.0_f64);
    (proptest::collection::vec(point, 1..120), 1_usize..7, 1_usize..6).prop_map(move |(points, gaps, weights)| {
        let points = points.into_iter().enumerate().map(|(index, (name, gap, weight))| PriorityPoint {
            item: String::new(),
            rank: (index + 1).to_string(),
            detail: name.clone(),
            name,
            gap: Figure { value: gap, text: format!("+{gap:.1}") },
            weight,
            prominence: match index {
                0..5 => Prominence::First,
                5..8 => Prominence::Quick,
                _ => Prominence::Rest,
            },
        });
        Chart::Priority(Priority {
            weight_head: "Weight".to_owned(),
            gap_head: "Gap, levels to close".to_owned(),
            gaps: bands(gaps),
            weights: bands(weights),
            points: points.collect(),
            first_title: "First, by weight × gap".to_owned(),
            quick_title: "Quick wins: one level, highest weight".to_owned(),
            more: "and more".to_owned(),
        })
    })
}

fn roadmaps() -> impl Strategy<Value = Chart> {
    (proptest::collection::vec((names(), names(), 0.0..1.0_f64), 1..60), 1_usize..24).prop_map(|(rows, quarters)| {
        let days = quarters as f64 * 91.0;
        let span =
            |from: usize, to: usize, text: String| Span { from: from as f64 * 91.0, to: to as f64 * 91.0, text };
        let rows = rows.into_iter().enumerate().map(|(index, (name, owner, share))| RoadmapRow {
            item: String::new(),
            rank: (index + 1).to_string(),
            detail: if index % 3 == 0 { String::new() } else { name.clone() },
            name,
            from: "−1".to_owned(),
            target: "2".to_owned(),
            owner,
            owned: true,
            day: share * days,
            due: "2026-01-31".to_owned(),
            overdue: if share < 0.2 { "overdue".to_owned() } else { String::new() },
        });
        Chart::Roadmap(Roadmap {
            what: "Application, area".to_owned(),
            level: "Level".to_owned(),
            owner: "Owner".to_owned(),
            due: "Due".to_owned(),
            to: "to".to_owned(),
            years: (0..quarters)
                .step_by(4)
                .map(|from| span(from, (from + 4).min(quarters), "2026".to_owned()))
                .collect(),
            quarters: (0..quarters).map(|from| span(from, from + 1, format!("Q{}", from % 4 + 1))).collect(),
            today: days * 0.2,
            rows: rows.collect(),
            foot: "Overall level, if each dated step reaches its target".to_owned(),
            reached: (0..6)
                .map(|step| Figure { value: f64::from(step) / 5.0 * days, text: "0.7".to_owned() })
                .collect(),
        })
    })
}

fn ladders_and_keys() -> impl Strategy<Value = Chart> {
    let shared = (axes(), names(), proptest::option::of(shares()), proptest::option::of(shares()));
    (shared, any::<bool>()).prop_map(|((axis, words, current, target), ladder)| {
        let target = target.map(|share| figure(&axis, share));
        if ladder {
            let rung = |tick: &Tick| Rung {
                value: tick.value,
                text: tick.text.clone(),
                name: tick.name.clone(),
                summary: words.clone(),
            };
            return Chart::Ladder(Ladder {
                rungs: axis.ticks.iter().map(rung).collect(),
                current: current.map(|share| figure(&axis, share)),
                target,
                gap: "+1.7".to_owned(),
                now_word: "now".to_owned(),
                target_word: "target".to_owned(),
            });
        }
        let entry = |sample| KeyEntry { sample, name: "Above target".to_owned(), words: words.clone() };
        Chart::Key(Key {
            current: figure(&axis, current.unwrap_or(0.3)),
            target,
            axis,
            gap: "+1.7: levels to close".to_owned(),
            now: "Level now".to_owned(),
            now_words: words.clone(),
            wanted: "Target".to_owned(),
            wanted_words: "mean of the targets in the sheet".to_owned(),
            entries: [Sample::Surplus, Sample::AtTarget, Sample::Earlier, Sample::Words("8 of 9".to_owned())]
                .map(entry)
                .to_vec(),
        })
    })
}

fn sound(chart: &Chart, canvas: &Canvas) -> Result<(), TestCaseError> {
    let scenes = draw(chart, canvas);
    for scene in &scenes {
        prop_assert!(overlaps(scene).is_empty(), "overlap on {canvas:?}: {:?}", overlaps(scene));
        prop_assert!(outside(scene).is_empty(), "outside on {canvas:?}: {:?}", outside(scene));
        prop_assert!(scene.shapes.iter().all(legible), "text too small");
        let svg = svg::svg(scene, "title", "description", "id");
        prop_assert!(!svg.contains("style="));
        let edges = scene.shapes.iter().map(bounds);
        prop_assert!(
            edges.flat_map(|it| [it.left, it.top, it.right, it.bottom]).all(f64::is_finite),
            "a mark without a place"
        );
    }
    prop_assert!(scenes == draw(chart, canvas), "the same data must give the same drawing");
    Ok(())
}

fn legible(shape: &Shape) -> bool {
    !matches!(&shape.form, Form::Text { size, .. } if *size < 7.5)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 32,
        // The same cases each time; another number finds others.
        rng_seed: proptest::test_runner::RngSeed::Fixed(6),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn dumbbells_are_sound(chart in dumbbells(), canvas in canvases()) {
        sound(&chart, &canvas)?;
    }

    #[test]
    fn heat_maps_are_sound(chart in heat_maps(), canvas in canvases()) {
        sound(&chart, &canvas)?;
    }

    #[test]
    fn states_are_sound(chart in state_bars(), canvas in canvases()) {
        sound(&chart, &canvas)?;
    }

    #[test]
    fn radars_are_sound(chart in radars(), canvas in canvases()) {
        sound(&chart, &canvas)?;
    }

    #[test]
    fn slopes_are_sound(chart in slopes(), canvas in canvases()) {
        sound(&chart, &canvas)?;
    }

    #[test]
    fn priorities_are_sound(chart in priorities(), canvas in canvases()) {
        sound(&chart, &canvas)?;
    }

    #[test]
    fn roadmaps_are_sound(chart in roadmaps(), canvas in canvases()) {
        sound(&chart, &canvas)?;
    }

    #[test]
    fn ladders_and_keys_are_sound(chart in ladders_and_keys(), canvas in canvases()) {
        sound(&chart, &canvas)?;
    }
}

fn row(name: &str, current: Option<f64>, target: Option<f64>) -> DumbbellRow {
    let figure = |value: f64| Figure { value, text: format!("{value}") };
    DumbbellRow {
        item: name.to_lowercase(),
        name: name.to_owned(),
        group: String::new(),
        total: false,
        current: current.map(figure),
        target: target.map(figure),
        previous: None,
        cells: vec!["+1".to_owned()],
        note: "n/a, none rated".to_owned(),
        beside: Beside::default(),
    }
}

fn dumbbell(low: f64, high: f64, rows: Vec<DumbbellRow>) -> Dumbbell {
    let tick = |value: f64| Tick { value, text: format!("{value}"), name: String::new() };
    Dumbbell {
        axis: Axis { low, high, ticks: vec![tick(low), tick(high)] },
        now: "now".to_owned(),
        target: "target".to_owned(),
        columns: vec!["Gap".to_owned()],
        beside: String::new(),
        rows,
    }
}

/// Middles of the dots and rings of an item.
fn centers(scene: &Scene, item: &str, ink: Ink) -> Vec<f64> {
    let inked = |shape: &&Shape| {
        shape.item == item
            && (shape.fill == Some(ink) || shape.stroke.as_ref().is_some_and(|stroke| stroke.ink == ink))
    };
    let circle = |shape: &Shape| if let Form::Circle { center, .. } = shape.form { Some(center.0) } else { None };
    scene.shapes.iter().filter(inked).filter_map(circle).collect()
}

#[test]
fn marks_stand_where_the_scale_puts_them() {
    let rows = vec![
        row("Low", Some(-1.0), Some(1.0)),
        row("High", Some(3.0), Some(1.0)),
        row("Unrated", None, Some(1.0)),
        row("Free", Some(1.0), None),
    ];
    let scenes = draw(&Chart::Dumbbell(dumbbell(-1.0, 3.0, rows)), &Canvas::paper(493.2, 700.0));
    let [scene] = scenes.as_slice() else { panic!("one scene") };
    let (low, high) = (centers(scene, "low", Ink::Current)[0], centers(scene, "high", Ink::Current)[0]);
    let middle = centers(scene, "low", Ink::Target)[0];
    assert!((middle - (low + high) / 2.0).abs() <= 0.1, "{low} {middle} {high}");
    assert_eq!(centers(scene, "free", Ink::Current), [middle]);
    assert!(centers(scene, "unrated", Ink::Current).is_empty(), "unrated is never drawn as a level");
    let dashed = |item: &str| {
        scene
            .shapes
            .iter()
            .any(|shape| shape.item == item && shape.stroke.as_ref().is_some_and(|it| !it.dash.is_empty()))
    };
    assert!(dashed("high") && !dashed("low"), "only a surplus is dashed");
}

#[test]
fn many_rows_are_split_and_none_is_lost() {
    let rows: Vec<DumbbellRow> = (0..71).map(|index| row(&format!("Row{index}"), Some(1.0), Some(2.0))).collect();
    let scenes = draw(&Chart::Dumbbell(dumbbell(0.0, 3.0, rows)), &Canvas::paper(493.2, 700.0));
    assert_eq!(scenes.len(), 3);
    for index in 0..71 {
        let drawn =
            scenes.iter().filter(|scene| !centers(scene, &format!("row{index}"), Ink::Current).is_empty()).count();
        assert_eq!(drawn, 1, "row {index}");
    }
    for scene in &scenes {
        assert!(scene.height <= 700.0);
        assert!(scene.shapes.iter().any(|shape| shape.series == "axis"), "each part has its scale");
    }
}

#[test]
fn broken_ranges_neither_hang_nor_vanish() {
    for (low, high) in [(0.0, 0.0), (f64::NAN, 1.0), (0.0, f64::INFINITY), (3.0, -1.0), (f64::MIN, f64::MAX)] {
        let rows = vec![row("One", Some(f64::NAN), Some(1e300)), row("Two", Some(0.5), Some(0.5))];
        let scenes = draw(&Chart::Dumbbell(dumbbell(low, high, rows)), &Canvas::page());
        assert_eq!(scenes.len(), 1, "{low}..{high}");
        assert!(outside(&scenes[0]).is_empty(), "{low}..{high}: {:?}", outside(&scenes[0]));
    }
}

#[test]
fn a_gap_has_the_ink_of_its_size() {
    let cell = |state| {
        let heat = HeatMap {
            levels: 5,
            columns: vec![HeatColumn { item: String::new(), name: "Testing".to_owned() }],
            edges: Vec::new(),
            rows: vec![HeatRow {
                item: String::new(),
                name: "Core".to_owned(),
                strong: false,
                cells: vec![HeatCell { item: "c".to_owned(), state, text: "1".to_owned() }],
                edges: Vec::new(),
            }],
            foot: None,
            legend_title: String::new(),
            legend: Vec::new(),
        };
        let scenes = draw(&Chart::HeatMap(heat), &Canvas::page());
        scenes[0].shapes.iter().find(|shape| shape.item == "c").and_then(|shape| shape.fill)
    };
    for (share, ink) in
        [(1.0, Ink::Gap(4)), (0.75, Ink::Gap(3)), (0.1, Ink::Gap(1)), (0.0, Ink::Zero), (-0.5, Ink::Surplus(2))]
    {
        assert_eq!(cell(HeatState::Gap(share)), Some(ink), "{share}");
    }
    for (share, step) in [(0.0, 0), (0.25, 1), (0.5, 2), (0.75, 3), (1.0, 5)] {
        assert_eq!(cell(HeatState::Level(share)), Some(Ink::Level(step)), "{share}");
    }
    assert_eq!(cell(HeatState::NotAssessed), None);
}
