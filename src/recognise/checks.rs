//! What can be wrong with ratings that were read: names that nearly agree, ratings given twice, own gaps that differ.

use std::collections::BTreeMap;

use super::ratings::{Raw, count};
use super::words::{bare, folded};
use crate::assessment::{Rating, Score};
use crate::error::{Place, Problem, quoted};
use crate::number::NumberStyle;

/// Joins names that differ only in blanks, case or punctuation; warns of names that nearly agree.
pub fn names(raws: &mut [Raw], notes: &mut Vec<String>, warnings: &mut Vec<Problem>) {
    let mut first: BTreeMap<(usize, String), String> = BTreeMap::new();
    let mut joined: BTreeMap<String, String> = BTreeMap::new();
    let mut one = |slot: usize, name: &mut String| {
        let key = bare(name);
        // A name of signs alone has nothing to compare.
        if key.is_empty() {
            return;
        }
        let known = first.entry((slot, key)).or_insert_with(|| name.clone());
        if known != name {
            joined.insert(name.clone(), known.clone());
            *name = known.clone();
        }
    };
    for raw in raws.iter_mut() {
        for (depth, name) in raw.area.iter_mut().enumerate() {
            one(depth, name);
        }
        if let Some(subject) = &mut raw.subject {
            one(99, subject);
        }
    }
    for (from, to) in joined {
        notes.push(format!("{} is read as {}", quoted(&from), quoted(&to)));
    }
    let mut areas: Vec<(String, Place)> = Vec::new();
    for raw in raws.iter() {
        for name in &raw.area {
            if areas.len() < 500 && !areas.iter().any(|(known, _)| known == name) {
                areas.push((name.clone(), raw.at.clone()));
            }
        }
    }
    for (at, (a, _)) in areas.iter().enumerate() {
        for (b, place) in &areas[at + 1..] {
            if nearly(&bare(a), &bare(b)) && !numbered(&folded(a), &folded(b)) {
                warnings.push(
                    Problem::new(
                        "similar-names",
                        format!("the areas {} and {} differ in one letter", quoted(a), quoted(b)),
                    )
                    .at(place)
                    .hint("if they are one, correct the spelling in the sheet"),
                );
            }
        }
    }
}

/// One letter too many, too few, other or swapped, in names long enough for that to be a slip; digits tell names apart.
fn nearly(a: &str, b: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    a.chars().count().min(b.chars().count()) >= 6 && digits(a) == digits(b) && strsim::osa_distance(a, b) == 1
}

/// `Plant A` and `Plant B`: names that a letter or number of their own tells apart.
fn numbered(a: &str, b: &str) -> bool {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    a.len() == b.len() && a.iter().zip(&b).any(|(a, b)| a != b && a.chars().count().max(b.chars().count()) <= 2)
}

/// Ratings given twice: the same level counts once, different levels are an error that names both cells.
pub fn twice(
    ratings: &mut Vec<Rating>,
    earlier: &mut [Vec<Option<f64>>],
    warnings: &mut Vec<Problem>,
    problems: &mut Vec<Problem>,
) {
    let mut seen: BTreeMap<(Vec<String>, String, Option<String>), usize> = BTreeMap::new();
    let mut drop: Vec<usize> = Vec::new();
    let mut differing: Vec<Problem> = Vec::new();
    for (index, rating) in ratings.iter().enumerate() {
        let practice = rating.practice_id.as_deref().or(rating.practice.as_deref());
        let name = match (practice, &rating.subject) {
            (Some(practice), _) => practice.trim().to_lowercase(),
            (None, Some(_)) => String::new(),
            // Without either each row is a practice of its own.
            (None, None) => continue,
        };
        let key = (rating.area.clone(), name, rating.subject.clone());
        let Some(first) = seen.get(&key).copied() else {
            seen.insert(key, index);
            continue;
        };
        let before = &ratings[first];
        let what = [rating.area.last(), practice.map(str::to_owned).as_ref(), rating.subject.as_ref()]
            .into_iter()
            .flatten()
            .map(|name| quoted(name))
            .collect::<Vec<_>>()
            .join(" / ");
        let places = format!("{} and {}", before.at, rating.at);
        match (&before.current, &rating.current) {
            (Score::Level(a), Score::Level(b)) if a != b => {
                let style = NumberStyle::ENGLISH;
                differing.push(
                    Problem::new("duplicate", format!("{what} rated {} and {}", style.level(*a), style.level(*b)))
                        .at(places)
                        .hint("delete one; if another column names who was rated, or when: --column subject=\"HEADER\", --column time=\"HEADER\""),
                );
            }
            (Score::Level(_), Score::Level(_)) => {
                warnings.push(
                    Problem::new("repeated-rating", format!("{what} rated twice with the same level, counted once"))
                        .at(places)
                        .hint("delete one row"),
                );
                drop.push(index);
            }
            // Two rows of which one is not rated are two entries, not one said twice.
            _ => {}
        }
    }
    // A column that tells rows apart was missed: said once, not for each pair.
    if differing.len() > MOST_TOLD {
        let more = count(differing.len() - 1, "more pair", "more pairs");
        differing.truncate(1);
        differing[0].message.push_str(&format!(", and {more} of ratings like these"));
    }
    problems.append(&mut differing);
    for index in drop.into_iter().rev() {
        ratings.remove(index);
        earlier.iter_mut().for_each(|levels| {
            levels.remove(index);
        });
    }
}

/// Pairs of ratings that differ, told one by one; more than these have one cause.
const MOST_TOLD: usize = 5;

/// Compares the file's own gap with target - current; the sheet may count it the other way round throughout.
pub fn own_gap(raws: &[Raw], ratings: &[Rating], warnings: &mut Vec<Problem>) {
    let gaps: Vec<(f64, f64, &Place)> = raws
        .iter()
        .zip(ratings)
        .filter_map(|(raw, rating)| {
            let (own, place) = raw.gap.as_ref()?;
            Some((*own, rating.target.level()? - rating.current.level()?, place))
        })
        .collect();
    let wrong = |sign: f64| -> Vec<&(f64, f64, &Place)> {
        gaps.iter().filter(|(own, gap, _)| (own * sign - gap).abs() > 0.051).collect()
    };
    let (as_is, reversed) = (wrong(1.0), wrong(-1.0));
    let differing = if reversed.len() < as_is.len() { reversed } else { as_is };
    let Some((own, gap, place)) = differing.first() else { return };
    let style = NumberStyle::ENGLISH;
    let more = match differing.len() {
        1 => String::new(),
        n => format!("; {} differ", count(n, "cell", "cells")),
    };
    warnings.push(
        Problem::new(
            "own-gap-differs",
            format!("the sheet says {}, target - current is {}{more}", style.level(*own), style.level(*gap)),
        )
        .at(place)
        .hint("the report uses its own; correct or delete the column"),
    );
}
