//! The ratchet: against a baseline nothing may get worse, rating by rating.

use std::collections::BTreeMap;

use super::{FORGIVEN, Kind, Row, cells, row, words};
use crate::analysis::{Analysis, RatingLine};
use crate::compare::{Past, compare, folded, lost};
use crate::error::Result;

/// Rows for each area of the baseline: no rating below its level there, none lost, none taken out.
///
/// An area passes when each of its ratings is at least where it was; a rise in one never makes up for a fall in
/// another. Ratings that are not applicable any more are no fall.
///
/// # Errors
/// Those of [`compare`]: another scale, another model, nothing that matches.
pub fn ratchet(analysis: &Analysis, baseline: &Past) -> Result<Vec<Row>> {
    let mut now = analysis.clone();
    compare(&mut now, std::slice::from_ref(baseline), &analysis.renamed)?;
    // What had no level then is no loss.
    now.dropped.retain(|item| item.level.is_some());
    let top = |path: &[String]| folded(path.first().map(String::as_str).unwrap_or_default());
    let mut rows = Vec::new();
    for area in now.areas.iter().filter(|area| area.path.len() == 1) {
        let ratings: Vec<&RatingLine> = now.ratings.iter().filter(|it| it.path.starts_with(&area.path)).collect();
        let dropped = now.dropped.iter().filter(|it| top(&it.path) == top(&area.path)).count();
        rows.extend(area_row(&area.name, &ratings, dropped));
    }
    // Areas that are gone as a whole.
    let mut gone: BTreeMap<&str, usize> = BTreeMap::new();
    for item in &now.dropped {
        let name = item.path.first().map(String::as_str).unwrap_or_default();
        if !now.areas.iter().any(|area| top(&area.path) == top(&item.path)) {
            *gone.entry(name).or_default() += 1;
        }
    }
    for (name, count) in gone {
        rows.extend(area_row(name, &[], count));
    }
    let (before, after) = (baseline.invalid(), analysis.overall.invalid);
    let invalid: Vec<&RatingLine> = analysis.ratings.iter().collect();
    let at = cells(&invalid, |it| it.state == crate::analysis::State::Invalid);
    let passed = after <= before;
    let mut new =
        row(Kind::MaxInvalid, None, before as f64, Some(after as f64), passed, if passed { vec![] } else { at });
    new.name = "baseline: invalid ratings".to_owned();
    rows.push(new);
    Ok(rows)
}

/// The row of one area: how many ratings are worse than in the baseline.
fn area_row(name: &str, ratings: &[&RatingLine], dropped: usize) -> Option<Row> {
    let both = ratings.iter().any(|it| it.current.is_some() && it.previous.is_some());
    let fell = |it: &RatingLine| it.current.zip(it.previous).is_some_and(|(now, then)| now < then - FORGIVEN);
    let falls = ratings.iter().filter(|it| fell(it)).count();
    let gone = ratings.iter().filter(|it| lost(it)).count();
    let worse = falls + gone + dropped;
    if !both && worse == 0 {
        return None;
    }
    let at = cells(ratings, |it| fell(it) || lost(it));
    let mut new = row(Kind::Baseline, Some(name), 0.0, Some(worse as f64), worse == 0, at);
    new.message = words::ratchet(&new, falls, gone, dropped);
    Some(new)
}
