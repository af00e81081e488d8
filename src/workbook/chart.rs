//! The bar chart of written workbooks: an area a row, current level and target, over the whole scale.

use rust_xlsxwriter::{
    Chart, ChartAxisCrossing, ChartAxisLabelPosition, ChartFont, ChartFormat, ChartLegendPosition, ChartLine,
    ChartSolidFill, ChartType,
};

use super::style::color;
use crate::theme::Ink;

/// What a bar chart shows.
pub struct Bars<'a> {
    /// The sheet that holds the numbers.
    pub sheet: &'a str,
    /// Its title, also read out in place of the picture.
    pub title: &'a str,
    /// First and last row, counted from 0.
    pub rows: (u32, u32),
    /// The column of names.
    pub names: u16,
    /// The column of current levels and its name.
    pub current: (u16, String),
    /// The column of targets and its name.
    pub target: Option<(u16, String)>,
    /// Lowest and highest level.
    pub scale: (f64, f64),
}

/// A bar an area and series, from the scale's lowest level to its highest.
pub fn bars(bars: &Bars) -> Chart {
    let font = |size: f64| {
        let mut font = ChartFont::new();
        font.set_size(size).set_color(color(Ink::Text));
        font
    };
    let (first, last) = bars.rows;
    let mut chart = Chart::new(ChartType::Bar);
    let mut series = |col: u16, name: &str, fill: &mut ChartFormat| {
        chart
            .add_series()
            .set_name(name)
            .set_categories((bars.sheet, first, bars.names, last, bars.names))
            .set_values((bars.sheet, first, col, last, col))
            .set_format(fill)
            .set_gap(60)
            .set_overlap(0);
    };
    let mut solid = ChartFormat::new();
    solid.set_solid_fill(ChartSolidFill::new().set_color(color(Ink::Current)));
    series(bars.current.0, &bars.current.1, &mut solid);
    if let Some((col, name)) = &bars.target {
        let mut open = ChartFormat::new();
        open.set_solid_fill(ChartSolidFill::new().set_color(color(Ink::Paper)));
        open.set_border(ChartLine::new().set_color(color(Ink::Target)).set_width(1.5));
        series(*col, name, &mut open);
    }
    // Of a bar chart, x is the axis of values. The first area stands on top; bars begin at the lowest level, not at 0.
    chart.y_axis().set_reverse().set_font(&font(9.0)).set_label_position(ChartAxisLabelPosition::Low);
    chart.y_axis().set_crossing(ChartAxisCrossing::Max);
    let (low, high) = bars.scale;
    chart.x_axis().set_min(low).set_max(high).set_font(&font(9.0));
    chart.x_axis().set_crossing(ChartAxisCrossing::Min);
    chart.x_axis().set_major_gridlines_line(ChartLine::new().set_color(color(Ink::Grid)));
    if (2.0..=10.0).contains(&(high - low)) && (high - low).fract() == 0.0 {
        chart.x_axis().set_major_unit(1.0);
    }
    chart.title().set_name(bars.title).set_font(&font(12.0));
    chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&font(9.0));
    chart.set_alt_text(bars.title);
    let each = if bars.target.is_some() { 34 } else { 24 };
    chart.set_width(640).set_height(160 + (last + 1).saturating_sub(first) * each);
    chart
}
