//! Each chart of a report by itself, for slides and documents: plain SVG files that any program can place.

use super::Rendered;
use crate::chart::{self, Canvas, svg};
use crate::report::{Block, Figure, Report};
use crate::theme::Theme;

/// Every chart, named after its place in the report: `-gaps`, `-area-testing`; `-heatmap-2` where one needs several
/// drawings.
pub fn svg(report: &Report, theme: &Theme) -> Vec<Rendered> {
    let blocks = report.sections.iter().flat_map(|section| &section.blocks);
    let figures = blocks.filter_map(|block| match block {
        Block::Figure(figure) => Some(figure),
        _ => None,
    });
    figures.flat_map(|figure| files(figure, theme)).collect()
}

fn files(figure: &Figure, theme: &Theme) -> Vec<Rendered> {
    let name = figure.id.strip_prefix("chart-").unwrap_or(&figure.id);
    let scenes = chart::draw(&figure.chart, &Canvas::page());
    let count = scenes.len();
    let file = |(number, scene): (usize, &chart::Scene)| Rendered {
        suffix: if count > 1 { format!("-{name}-{}", number + 1) } else { format!("-{name}") },
        bytes: svg::standalone(scene, &figure.title, &description(figure), theme).into_bytes(),
        pages: None,
        warnings: Vec::new(),
    };
    scenes.iter().enumerate().map(file).collect()
}

/// What is measured, then the numbers in words.
fn description(figure: &Figure) -> String {
    match figure.lead.is_empty() {
        true => figure.alt.clone(),
        false => format!("{}. {}", figure.lead, figure.alt),
    }
}
