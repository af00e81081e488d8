//! Rows that say what other tables say with columns: `Current` and `Target` as names of rows, and a point in time in
//! each row.

use std::collections::{BTreeMap, BTreeSet};

use super::choose::key;
use super::level::Answer;
use super::ratings::Raw;
use super::words::{Moment, Role, Words};
use crate::error::{Problem, quoted};

/// Lays rows named `Current` and `Target` side by side: the data behind many a radar chart.
pub fn roles(raws: &mut Vec<Raw>, words: &Words, notes: &mut Vec<String>) {
    // Where the names of rows may stand, and what is left of a rating without them.
    type Part = (fn(&Raw) -> Option<String>, fn(&mut Raw));
    let parts: [Part; 3] = [
        (|raw| raw.subject.clone(), |raw| raw.subject = None),
        (|raw| raw.practice.clone(), |raw| raw.practice = None),
        (
            |raw| raw.area.last().filter(|_| raw.subject.is_some()).cloned(),
            |raw| raw.area = raw.subject.take().into_iter().collect(),
        ),
    ];
    for (name, without) in parts {
        let said: Vec<Option<Role>> = raws.iter().map(|raw| name(raw).and_then(|name| role(&name, words))).collect();
        let has = |role: Role| said.contains(&Some(role));
        if said.is_empty() || said.contains(&None) || !has(Role::Current) || !has(Role::Target) {
            continue;
        }
        let mut made: Vec<Raw> = Vec::new();
        let mut at: BTreeMap<String, usize> = BTreeMap::new();
        let mut wanted: BTreeMap<String, Raw> = BTreeMap::new();
        for (mut raw, said) in std::mem::take(raws).into_iter().zip(said) {
            without(&mut raw);
            match said {
                Some(Role::Current) => {
                    at.insert(key(&raw), made.len());
                    made.push(raw);
                }
                Some(Role::Target) => {
                    wanted.insert(key(&raw), raw);
                }
                _ => {}
            }
        }
        for (key, target) in wanted {
            if let Some(raw) = at.get(&key).and_then(|at| made.get_mut(*at)) {
                raw.target = target.current;
                raw.target_at = Some(target.at);
            }
        }
        notes.push("rows hold the levels now and the levels wanted; they are read as one rating each".to_owned());
        *raws = made;
        return;
    }
}

/// What the name of a row says, where it says nothing else.
fn role(name: &str, words: &Words) -> Option<Role> {
    let (role, strength) = words.header(name).first().copied()?;
    let rows = matches!(role, Role::Current | Role::Target | Role::Previous | Role::Gap);
    (rows && strength >= 0.9).then_some(role)
}

/// Makes points in time of rows that carry one each and name the same again and again: the latest is now.
///
/// # Errors
/// `points-in-time` where the rows of one point cannot be told apart.
pub fn times(raws: &mut Vec<Raw>, words: &Words, notes: &mut Vec<String>) -> Result<(), Problem> {
    let mut whens: Vec<String> = Vec::new();
    for raw in raws.iter() {
        match &raw.when {
            None => return Ok(()),
            Some(when) if !whens.contains(when) => whens.push(when.clone()),
            Some(_) => {}
        }
        if whens.len() > MOST {
            return Ok(());
        }
    }
    let keys: BTreeSet<String> = raws.iter().map(key).collect();
    if whens.len() < 2 || keys.len() == raws.len() {
        return Ok(());
    }
    let told: BTreeSet<(String, &String)> =
        raws.iter().filter_map(|raw| Some((key(raw), raw.when.as_ref()?))).collect();
    if told.len() < raws.len() {
        // The same areas at each point, and nothing that names what is rated in them.
        let areas = |when: &String| -> BTreeSet<&Vec<String>> {
            raws.iter().filter(|raw| raw.when.as_ref() == Some(when)).map(|raw| &raw.area).collect()
        };
        if whens.iter().all(|when| areas(when) == areas(&whens[0])) {
            let listed: Vec<String> = whens.iter().take(4).map(|when| quoted(when)).collect();
            return Err(Problem::new(
                "points-in-time",
                format!("rows stand for {} points in time ({}), and those of one cannot be told apart", whens.len(), listed.join(", ")),
            )
            .at(raws[0].at.to_string())
            .hint("name the column that tells them apart: --column practice=\"HEADER\"; to leave the times out: --column time="));
        }
        return Ok(());
    }
    order(&mut whens, words);
    let now = whens.pop().unwrap_or_default();
    notes.push(format!("rows carry points in time; {} is the latest", quoted(&now)));
    let mut made: Vec<Raw> = Vec::new();
    let mut at: BTreeMap<String, usize> = BTreeMap::new();
    let mut past: BTreeMap<(String, String), Answer> = BTreeMap::new();
    // The latest row of each stands for it; what is not rated any more stays, as not assessed.
    for raw in std::mem::take(raws) {
        let key = key(&raw);
        let when = raw.when.clone().unwrap_or_default();
        if when != now {
            past.insert((key.clone(), when.clone()), raw.current.clone());
        }
        match at.get(&key) {
            Some(place) if when == now => made[*place] = raw,
            Some(_) => {}
            None => {
                at.insert(key, made.len());
                made.push(raw);
            }
        }
    }
    for raw in &mut made {
        if raw.when.as_ref() != Some(&now) {
            raw.current = Answer::NotAssessed;
        }
        for when in &whens {
            let answer = past.get(&(key(raw), when.clone())).cloned().unwrap_or(Answer::NotAssessed);
            raw.earlier.push((when.clone(), answer));
        }
    }
    *raws = made;
    Ok(())
}

/// More kinds of entries than this are no points in time of one assessment.
const MOST: usize = 24;

/// Oldest first: by the time that labels speak of, dates as they are written, else as they stand.
fn order(whens: &mut [String], words: &Words) {
    let at = |when: &String| match words.moment(when) {
        Some(Moment::First) => Some(f64::NEG_INFINITY),
        Some(Moment::Point(Some(at))) => Some(at),
        _ => when.trim().parse().ok(),
    };
    let day = |when: &String| when.len() >= 10 && when.as_bytes().get(4) == Some(&b'-');
    if whens.iter().all(day) {
        whens.sort();
    } else if whens.iter().all(|when| at(when).is_some()) {
        whens.sort_by(|a, b| at(a).partial_cmp(&at(b)).unwrap_or(std::cmp::Ordering::Equal));
    }
}
