//! Titles about single ratings, as findings.

use super::composer::Composer;
use crate::analysis::RatingLine;

/// `4 of the 5 largest shortfalls are in Testing`, by area, else by subject.
pub(super) fn largest(c: &Composer, most: usize) -> String {
    let shown = c.shortfalls.len().min(most);
    let top: Vec<&RatingLine> = c.shortfalls[..shown].iter().map(|index| &c.analysis.ratings[*index]).collect();
    if shown < most {
        return c.count("title.shortfalls", shown, &[]);
    }
    let leads = c.lead_areas();
    let depth = leads.first().map_or(1, |area| area.path.len());
    let by_area = commonest(&top, |rating| rating.path.get(depth - 1)).filter(|_| leads.len() > 1);
    let by_subject = commonest(&top, |rating| rating.subject.as_ref()).filter(|_| c.compares_subjects());
    let n = shown.to_string();
    match (by_area, by_subject) {
        (Some((name, count)), _) if count == shown => c.say("title.largest-all", &[("n", &n), ("name", name)]),
        (Some((name, count)), _) if count >= 3 => {
            c.say("title.largest-in", &[("count", &count.to_string()), ("n", &n), ("name", name)])
        }
        (_, Some((name, count))) if count >= 3 => {
            c.say("title.largest-of", &[("count", &count.to_string()), ("n", &n), ("name", name)])
        }
        _ => c.say("title.largest", &[("n", &n)]),
    }
}

/// The commonest name and how often it stands, the first of equals.
fn commonest<'r>(
    ratings: &[&'r RatingLine],
    name: impl Fn(&'r RatingLine) -> Option<&'r String>,
) -> Option<(&'r str, usize)> {
    let names: Vec<&String> = ratings.iter().filter_map(|rating| name(rating)).collect();
    let often = |wanted: &String| names.iter().filter(|name| **name == wanted).count();
    names.iter().map(|name| (name.as_str(), often(name))).rev().max_by_key(|(_, count)| *count)
}

/// `4 applications are 3 levels short`, for ratings by urgency; without targets, `Levels run from −1 to 3`.
pub(super) fn of_ratings(c: &Composer, ratings: &[usize]) -> String {
    let lines = || ratings.iter().map(|index| &c.analysis.ratings[*index]);
    let widest = lines().filter_map(|rating| rating.gap).max_by(f64::total_cmp);
    match widest {
        Some(widest) if widest > 0.0 => {
            let shown = c.numbers.level(widest);
            let alike: Vec<&RatingLine> =
                lines().filter(|it| it.gap.is_some_and(|gap| c.numbers.level(gap) == shown)).collect();
            match alike[..] {
                [one] => c.words.measure("title.one-short", &shown, &[("name", &c.label(one))]),
                _ => {
                    let who = ratings_counted(c, alike.len());
                    c.words.measure("title.some-short", &shown, &[("who", &who)])
                }
            }
        }
        Some(_) => c.say("title.none-short", &[]),
        None => {
            let mut levels: Vec<f64> = lines().filter_map(|rating| rating.current).collect();
            levels.sort_by(f64::total_cmp);
            match levels[..] {
                [low, .., high] if low < high => {
                    let (low, high) = (c.numbers.level(low), c.numbers.level(high));
                    c.say("title.levels-run", &[("low", &low), ("high", &high)])
                }
                [level, ..] => c.say("title.levels-same", &[("level", &c.numbers.level(level))]),
                [] => c.say("title.none-rated", &[]),
            }
        }
    }
}

/// `4 applications`, `4 practices`, `4 ratings`: what a count of ratings inside an area is a count of.
pub(super) fn ratings_counted(c: &Composer, n: usize) -> String {
    if c.practices && c.compares_subjects() {
        return c.count("phrase.ratings", n, &[]);
    }
    if c.practices {
        return c.count("phrase.practices", n, &[]);
    }
    let noun = c.noun();
    let noun = if n == 1 { &noun.one } else { &noun.other };
    match c.compares_subjects() {
        true => c.say("phrase.counted", &[("n", &n.to_string()), ("noun", noun)]),
        false => c.count("phrase.ratings", n, &[]),
    }
}
