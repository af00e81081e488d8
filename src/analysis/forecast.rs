//! When a target would be reached if the pace of the past went on: a straight line through the levels at three points
//! in time or more, fitted by least squares. An extrapolation, made only where it is asked for.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Analysis, Figures};
use crate::error::{Problem, quoted};

/// Fewer points than this make no trend.
const FEWEST: usize = 3;
/// Targets further ahead than this get no date, in days: ten years.
const FARTHEST: f64 = 3_652.0;
const DAYS_A_YEAR: f64 = 365.25;

/// A straight line through the points in time, for all areas together and for each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Forecast {
    /// Always `least-squares`.
    pub method: String,
    /// The first point in time, ISO.
    pub from: String,
    /// The last one: the date of the report.
    pub to: String,
    /// How many there are.
    pub points: usize,
    /// All areas together.
    pub overall: Outlook,
    /// The areas, in their order.
    pub areas: Vec<AreaOutlook>,
}

/// Where a line leads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outlook {
    /// At how many points the level is known.
    pub points: usize,
    /// The slope, in levels a year; `null` with fewer than three points.
    pub per_year: Option<f64>,
    /// The day on which the line reaches the target; `null` where it is not said.
    pub reached: Option<String>,
    /// Why no day is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<Refusal>,
}

/// An area and where its line leads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AreaOutlook {
    /// Names from the top area down.
    pub path: Vec<String>,
    /// The outlook.
    #[serde(flatten)]
    pub outlook: Outlook,
}

/// Why no day is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// The level is known at fewer than three points in time.
    TooFewPoints,
    /// There is no target, or no level today.
    NoTarget,
    /// The level is at the target or beyond.
    AlreadyReached,
    /// The line is level or falls.
    NotRising,
    /// The line was at the target before today, the level is not.
    BelowItsLine,
    /// More than ten years ahead.
    TooFar,
}

/// Puts a forecast into the analysis, or a warning that says why there is none.
pub fn set(analysis: &mut Analysis) {
    match days(analysis) {
        Ok(days) => analysis.forecast = Some(forecast(analysis, &days)),
        Err(problem) => analysis.warnings.push(problem),
    }
}

/// The points in time as dates, the report's own last.
fn days(analysis: &Analysis) -> Result<Vec<Date>, Problem> {
    let refused = |what: String, hint: &str| Problem::new("no-forecast", what).hint(hint);
    let count = analysis.history.len() + 1;
    if count < FEWEST {
        let what = format!("a forecast needs {FEWEST} points in time, there are {count}");
        let what = if count == 1 { what.replace("are 1", "is 1") } else { what };
        return Err(refused(what, "give earlier assessments, oldest first: --previous FILE --previous FILE"));
    }
    let mut days: Vec<Date> = Vec::new();
    let names = analysis.history.iter().map(|point| point.name.as_str()).chain([analysis.date.as_str()]);
    for name in names {
        let Some(day) = day(name) else {
            let what = format!("a forecast needs dates; the point in time {} has none", quoted(name));
            return Err(refused(
                what,
                "name it by date or quarter (2025-07-31, Q3 2025), or give it as --previous FILE",
            ));
        };
        if let Some(before) = days.last().filter(|before| **before >= day) {
            let what = format!("a forecast needs points in time in order; {day} comes after {before}");
            return Err(refused(what, "give earlier assessments oldest first; the date of the report: --date"));
        }
        days.push(day);
    }
    Ok(days)
}

/// `2025-07-31`, or the last day of `Q3 2025`, `2025-Q3`, `2025/Q3`.
fn day(name: &str) -> Option<Date> {
    let name = name.trim();
    if let Ok(day) = name.parse::<Date>() {
        return Some(day);
    }
    let parts: Vec<&str> = name.split([' ', '-', '/']).filter(|part| !part.is_empty()).collect();
    let [a, b] = parts[..] else { return None };
    let (quarter, year) = if a.starts_with(['Q', 'q']) { (a, b) } else { (b, a) };
    let quarter: i8 = quarter.strip_prefix(['Q', 'q'])?.parse().ok().filter(|quarter| (1..=4).contains(quarter))?;
    let year: i16 = year.parse().ok().filter(|year| (1_900..=2_999).contains(year))?;
    Some(Date::new(year, quarter * 3, 1).ok()?.last_of_month())
}

fn forecast(analysis: &Analysis, days: &[Date]) -> Forecast {
    let since = |day: &Date| {
        let span = day.since((jiff::Unit::Day, days[0])).map_or(0, |span| span.get_days());
        f64::from(span)
    };
    let times: Vec<f64> = days.iter().map(since).collect();
    let overall = analysis.history.iter().map(|point| point.current);
    let areas = analysis.areas.iter().map(|area| {
        let then = analysis.history.iter().map(|point| point.areas.iter().find(|it| it.path == area.path)?.current);
        AreaOutlook { path: area.path.clone(), outlook: outlook(&times, then, &area.figures, days[0]) }
    });
    Forecast {
        method: "least-squares".to_owned(),
        from: days[0].to_string(),
        to: days[days.len() - 1].to_string(),
        points: days.len(),
        overall: outlook(&times, overall, &analysis.overall, days[0]),
        areas: areas.collect(),
    }
}

fn outlook(times: &[f64], then: impl Iterator<Item = Option<f64>>, figures: &Figures, first: Date) -> Outlook {
    let levels = then.chain([figures.current]);
    let points: Vec<(f64, f64)> =
        times.iter().zip(levels).filter_map(|(time, level)| Some((*time, level?))).collect();
    let line = if points.len() < FEWEST { None } else { line(&points) };
    let today = times.last().copied().unwrap_or_default();
    let reached = (|| {
        let (slope, at_start) = line.ok_or(Refusal::TooFewPoints)?;
        let (current, target) = figures.current.zip(figures.target).ok_or(Refusal::NoTarget)?;
        if current >= target {
            return Err(Refusal::AlreadyReached);
        }
        if slope <= 0.0 {
            return Err(Refusal::NotRising);
        }
        let time = ((target - at_start) / slope).ceil();
        if time <= today {
            return Err(Refusal::BelowItsLine);
        }
        if time - today > FARTHEST {
            return Err(Refusal::TooFar);
        }
        let day = jiff::Span::new().try_days(time as i64).and_then(|span| first.checked_add(span));
        day.map(|day| day.to_string()).map_err(|_| Refusal::TooFar)
    })();
    Outlook {
        points: points.len(),
        per_year: line.map(|(slope, _)| slope * DAYS_A_YEAR),
        because: reached.as_ref().err().copied(),
        reached: reached.ok(),
    }
}

/// Slope a day and level at time 0 of the line with the least squares of distances:
/// slope = sum((t - mean t) * (x - mean x)) / sum((t - mean t)^2), level at 0 = mean x - slope * mean t.
fn line(points: &[(f64, f64)]) -> Option<(f64, f64)> {
    let count = points.len() as f64;
    let time = points.iter().map(|(time, _)| time).sum::<f64>() / count;
    let level = points.iter().map(|(_, level)| level).sum::<f64>() / count;
    let spread: f64 = points.iter().map(|(t, _)| (t - time) * (t - time)).sum();
    let rise: f64 = points.iter().map(|(t, x)| (t - time) * (x - level)).sum();
    (spread > 0.0).then(|| (rise / spread, level - rise / spread * time))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_the_one_of_the_textbook() {
        // By hand: means 2 and 4, sum of products 2 + 0 + 1 = 3, of squares 1 + 0 + 1 = 2.
        assert_eq!(line(&[(1.0, 2.0), (2.0, 5.0), (3.0, 5.0)]), Some((1.5, 1.0)));
        assert_eq!(line(&[(1.0, 2.0), (1.0, 5.0)]), None);
    }

    #[test]
    fn names_that_are_dates() {
        let shown = |name| day(name).map(|day| day.to_string());
        assert_eq!(shown("2025-07-31").as_deref(), Some("2025-07-31"));
        assert_eq!(shown("Q3 2025").as_deref(), Some("2025-09-30"));
        assert_eq!(shown("2024-Q1").as_deref(), Some("2024-03-31"));
        for name in ["Baseline", "2025", "Q5 2025", "Q3", "Week 12", "31.7.2025"] {
            assert_eq!(shown(name), None, "{name}");
        }
    }

    #[test]
    fn a_day_is_said_only_where_the_line_gives_one() {
        let first: Date = "2025-01-01".parse().expect("a day");
        let times = [0.0, 100.0, 200.0];
        let told = |then: [Option<f64>; 2], current: f64, target: Option<f64>| {
            let figures = Figures { current: Some(current), target, ..Figures::default() };
            let outlook = outlook(&times, then.into_iter(), &figures, first);
            (outlook.reached, outlook.because)
        };
        // A hundredth of a level a day: two levels more take 200 days after day 200.
        assert_eq!(told([Some(0.0), Some(1.0)], 2.0, Some(4.0)), (Some("2026-02-05".to_owned()), None));
        for (then, current, target, because) in [
            ([None, Some(1.0)], 2.0, Some(4.0), Refusal::TooFewPoints),
            ([Some(0.0), Some(1.0)], 2.0, None, Refusal::NoTarget),
            ([Some(0.0), Some(1.0)], 4.0, Some(4.0), Refusal::AlreadyReached),
            ([Some(2.0), Some(2.0)], 2.0, Some(4.0), Refusal::NotRising),
            ([Some(2.0), Some(1.0)], 1.0, Some(4.0), Refusal::NotRising),
            ([Some(0.0), Some(3.0)], 2.0, Some(2.1), Refusal::BelowItsLine),
            ([Some(1.0), Some(1.01)], 1.02, Some(4.0), Refusal::TooFar),
        ] {
            assert_eq!(told(then, current, target), (None, Some(because)));
        }
    }
}
