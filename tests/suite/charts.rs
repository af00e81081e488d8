//! Recorded charts as plain text, one of each kind: what is drawn, where, in which ink, as part of which series.

use std::fmt::Write;
use std::fs;

use gapwise::chart::measure::{outside, overlaps};
use gapwise::chart::scene::{Form, Scene};
use gapwise::chart::{Canvas, draw};

#[path = "../../examples/charts/cases.rs"]
#[allow(dead_code, reason = "the example needs all of it")]
mod cases;

const KINDS: [&str; 9] =
    ["dumbbell-subjects", "radar-five", "heat-gap", "states", "priority", "slope", "roadmap", "ladder", "key"];

/// Each kind as it is drawn on paper, compared in full with the file beside the tests. `UPDATE_EXPECTED=1` writes the
/// files anew.
#[test]
fn every_kind_is_drawn_as_expected() {
    let all = cases::all();
    for kind in KINDS {
        let (_, chart) = all.iter().find(|(name, _)| name == kind).expect(kind);
        let scenes = draw(chart, &Canvas::paper(493.2, 690.0));
        let got = scenes.iter().map(told).collect::<Vec<_>>().join("\n");
        let path = format!("{}/tests/expected/chart-{kind}.txt", env!("CARGO_MANIFEST_DIR"));
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            fs::write(&path, &got).unwrap();
        }
        let expected = fs::read_to_string(&path).expect(&path);
        for (number, (got, expected)) in got.lines().zip(expected.lines()).enumerate() {
            assert_eq!(got, expected, "{kind}, line {}", number + 1);
        }
        assert_eq!(got.lines().count(), expected.lines().count(), "{kind}");
    }
}

/// Nothing on anything else and nothing off the canvas, on paper, page and phone.
#[test]
fn no_text_meets_another() {
    for (name, chart) in cases::all() {
        for canvas in [Canvas::paper(493.2, 690.0), Canvas::paper(510.0, 640.0), Canvas::page(), Canvas::phone()] {
            for scene in draw(&chart, &canvas) {
                assert_eq!(overlaps(&scene), [], "{name} on {canvas:?}");
                assert!(outside(&scene).is_empty(), "{name} on {canvas:?}: {:?}", outside(&scene));
            }
        }
    }
}

fn told(scene: &Scene) -> String {
    let mut out = format!("{:.1} by {:.1}\n", scene.width, scene.height);
    for shape in &scene.shapes {
        let form = match &shape.form {
            Form::Path { points, closed } => {
                let points: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
                format!("{} {}", if *closed { "polygon" } else { "line" }, points.join(" "))
            }
            Form::Circle { center: (x, y), radius } => format!("circle {x:.1},{y:.1} radius {radius:.2}"),
            Form::Rect { x, y, width, height } => format!("box {x:.1},{y:.1} {width:.1} by {height:.1}"),
            Form::Text { x, y, text, size, strong, anchor, full } => {
                let weight = if *strong { " semibold" } else { "" };
                let full = full.as_ref().map_or(String::new(), |full| format!(" for {full:?}"));
                format!("text {x:.1},{y:.1} {text:?} {size}{weight} {anchor:?}{full}")
            }
        };
        let fill = shape.fill.map_or(String::new(), |ink| format!(" filled {ink:?}"));
        let stroke = shape.stroke.as_ref().map_or(String::new(), |stroke| {
            let dashed = if stroke.dash.is_empty() { "" } else { " dashed" };
            format!(" lined {:?} {}{dashed}", stroke.ink, stroke.width)
        });
        let item = if shape.item.is_empty() { String::new() } else { format!(" #{}", shape.item) };
        let _ = writeln!(out, "{}{item}: {form}{fill}{stroke}", shape.series);
    }
    out
}
