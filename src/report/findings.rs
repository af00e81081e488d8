//! The sentences that rules can make about figures. Each is a whole message; words follow the numbers as printed.

use super::composer::Composer;
use super::rule;
use crate::analysis::{AreaFigures, Figures};

/// How many names a sentence holds before it counts the rest.
const NAMES: usize = 7;

/// The sentences of the summary: where things stand, the widest gaps, and up to three of what else a reader must know.
pub(super) fn summary(c: &Composer) -> Vec<String> {
    // A model's own rule leads; the mean stands beside it.
    let mut findings: Vec<String> = rule::sentence(c).into_iter().chain([headline(c)]).collect();
    if c.analysis.overall.current.is_none() {
        return findings;
    }
    findings.extend(if c.targeted { gaps(c) } else { Some(c.say("finding.no-target", &[])) });
    let more = [coverage(&c.analysis.overall, c), unrated(c), change(c), hidden(c), surplus(c)];
    findings.extend(more.into_iter().flatten().take(3));
    findings
}

/// Where everything together stands.
fn headline(c: &Composer) -> String {
    let overall = &c.analysis.overall;
    let areas = c.lead_areas();
    if overall.assessed == 0 {
        return c.words.count("finding.nothing-rated", overall.applicable, &[]);
    }
    let all: Vec<usize> = (0..c.analysis.ratings.len()).collect();
    let who = match (&c.analysis.subjects[..], &areas[..]) {
        ([], [area]) if area.name != NAMELESS => return stand(c, &area.name, &area.figures, &all),
        ([subject], _) => return stand(c, &subject.name, overall, &all),
        ([], [_]) => c.count("phrase.practices", all.len(), &[]),
        ([], _) => c.count("phrase.areas", areas.len(), &[]),
        _ => c.subjects_counted(),
    };
    let args = Standing::of(c, overall, &all);
    let args = args.args(("who", &who));
    match overall.gap.map(|gap| (c.numbers.sign(gap), c.numbers.mean(gap.abs()))) {
        Some((1, gap)) => c.words.measure("group.gap", &gap, &args),
        Some((0, _)) => c.say("group.at", &args),
        Some((_, gap)) => c.words.measure("group.above", &gap, &args),
        None => c.say("group.level", &args),
    }
}

/// The name that stands for all rows of a file without areas.
pub(super) const NAMELESS: &str = "(all)";

/// Where one area or subject stands: `Testing stands at 1.4, between Basic and Managed; target 3.0 (Defined): ...`.
pub(super) fn stand(c: &Composer, name: &str, figures: &Figures, ratings: &[usize]) -> String {
    if figures.applicable == 0 {
        return c.words.count("area.not-applicable", figures.total, &[("name", name)]);
    }
    if figures.assessed == 0 {
        let key = if counts_practices(c) { "area.unrated-practices" } else { "area.unrated-ratings" };
        return c.words.count(key, figures.applicable, &[("name", name)]);
    }
    if figures.current.is_none() {
        return c.say("area.weightless", &[("name", name)]);
    }
    let args = Standing::of(c, figures, ratings);
    let args = args.args(("name", name));
    match figures.gap.map(|gap| (c.numbers.sign(gap), c.numbers.mean(gap.abs()))) {
        Some((1, gap)) => c.words.measure("area.gap", &gap, &args),
        Some((0, _)) => c.say("area.at", &args),
        Some((_, gap)) => c.words.measure("area.above", &gap, &args),
        None => c.say("area.level", &args),
    }
}

/// What the sentences on a standing have in common.
struct Standing {
    level: String,
    target: String,
    rated: String,
}

impl Standing {
    fn of(c: &Composer, figures: &Figures, ratings: &[usize]) -> Self {
        Self {
            level: figures.current.map_or_else(|| c.unknown(), |level| level_phrase(c, level, figures.assessed == 1)),
            target: target_phrase(c, figures, ratings),
            rated: c.rated(figures),
        }
    }

    fn args<'s>(&'s self, name: (&'s str, &'s str)) -> [(&'s str, &'s str); 4] {
        [name, ("level", &self.level), ("target", &self.target), ("rated", &self.rated)]
    }
}

/// A mean level in words. A mean never takes one level's name; a single rating does.
fn level_phrase(c: &Composer, level: f64, single: bool) -> String {
    let shown = c.numbers.mean(level);
    if single {
        return c.named(level, &shown);
    }
    let names: Vec<&str> = c
        .analysis
        .scale
        .levels()
        .windows(2)
        .filter(|pair| pair[0].value < level && level < pair[1].value)
        .flat_map(|pair| pair.iter().filter_map(|level| level.name.as_deref()))
        .collect();
    match names[..] {
        [lower, upper] => c.say("phrase.between", &[("level", &shown), ("lower", lower), ("upper", upper)]),
        _ => shown,
    }
}

/// A target in words, with the level's name where all targets are the same level.
fn target_phrase(c: &Composer, figures: &Figures, ratings: &[usize]) -> String {
    let mut targets = ratings.iter().filter_map(|index| c.analysis.ratings[*index].target);
    match (figures.target, targets.next()) {
        (Some(mean), Some(first)) if targets.all(|target| target == first) => c.named(first, &c.numbers.mean(mean)),
        (target, _) => c.mean(target),
    }
}

/// `The widest gaps are Testing (1.6), Release (1.2) and Data (1.0).`
fn gaps(c: &Composer) -> Option<String> {
    let areas = c.lead_areas();
    let mut open: Vec<(&AreaFigures, f64)> = areas
        .iter()
        .filter_map(|area| area.figures.gap.filter(|gap| c.numbers.sign(*gap) > 0).map(|gap| (*area, gap)))
        .collect();
    open.sort_by(|a, b| b.1.total_cmp(&a.1));
    let all_met = open.is_empty() && areas.iter().any(|area| area.figures.gap.is_some());
    if all_met && !areas.iter().any(|area| falls_short(c, area) > 0) {
        let overall = &c.analysis.overall;
        let missing = overall.applicable - overall.assessed;
        return Some(match missing {
            0 => c.say("finding.all-met", &[]),
            _ => c.words.count("finding.all-met-missing", missing, &[("m", &overall.applicable.to_string())]),
        });
    }
    if open.is_empty() || areas.len() == 1 {
        return None;
    }
    let cut = c.numbers.mean(open[open.len().min(3) - 1].1);
    let tied =
        open.iter().take_while(|(_, gap)| *gap >= open[open.len().min(3) - 1].1 || c.numbers.mean(*gap) == cut);
    let tied = tied.count();
    let names: Vec<String> = open
        .iter()
        .take(tied.min(NAMES))
        .map(|(area, gap)| c.say("phrase.name-number", &[("name", &area.name), ("number", &c.numbers.mean(*gap))]))
        .collect();
    Some(match (names.len(), tied - names.len()) {
        (1, _) => c.say("finding.one-gap", &[("name", &open[0].0.name), ("gap", &c.numbers.mean(open[0].1))]),
        (_, 0) => c.say("finding.gaps", &[("names", &c.words.list(&names))]),
        (_, more) => {
            let names = names.join(&c.say("phrase.comma", &[]));
            c.count("finding.gaps-more", more, &[("names", &names), ("gap", &cut)])
        }
    })
}

/// Ratings of an area that are below their target.
fn falls_short(c: &Composer, area: &AreaFigures) -> usize {
    let short = |index: &&usize| c.analysis.ratings[**index].rank.is_some();
    c.ratings_of(&area.path).iter().filter(short).count()
}

/// Says so where less than half of what applies is rated.
pub(super) fn coverage(figures: &Figures, c: &Composer) -> Option<String> {
    let thin = figures.coverage().is_some_and(|share| share < 0.5);
    thin.then(|| {
        let n = figures.assessed.to_string();
        c.words.count("finding.coverage", figures.applicable, &[("rated", &n)])
    })
}

/// Areas without a level, by name, as no mean holds them.
fn unrated(c: &Composer) -> Option<String> {
    let areas = c.lead_areas();
    let without: Vec<&&AreaFigures> = areas.iter().filter(|area| area.figures.current.is_none()).collect();
    let names: Vec<String> = without.iter().map(|area| area.name.clone()).collect();
    match without[..] {
        [] => None,
        [area] => Some(stand(c, &area.name, &area.figures, &c.ratings_of(&area.path))),
        _ if names.len() <= NAMES => Some(c.say("finding.unrated", &[("names", &c.words.list(&names))])),
        _ => {
            let first = names[..NAMES].join(&c.say("phrase.comma", &[]));
            Some(c.count("finding.unrated-more", names.len() - NAMES, &[("names", &first)]))
        }
    }
}

/// `Up 0.2 since 2025-07-31 (51 ratings in both). Testing alone went down, by 0.2.`
fn change(c: &Composer) -> Option<String> {
    let whole = moved(c, &c.analysis.overall, c.analysis.ratings.iter().filter(|it| known_twice(it)).count())?;
    let areas = c.lead_areas();
    let down: Vec<(&str, f64)> = areas
        .iter()
        .filter_map(|area| area.figures.change.map(|change| (area.name.as_str(), change)))
        .filter(|(_, change)| c.numbers.sign(*change) < 0)
        .collect();
    let which = match down[..] {
        _ if areas.len() == 1 => None,
        [] => None,
        [(name, change)] => {
            Some(c.say("change.one-down", &[("name", name), ("change", &c.numbers.mean(change.abs()))]))
        }
        _ if down.len() <= 3 => {
            let names: Vec<String> = down
                .iter()
                .map(|(name, change)| {
                    c.say("phrase.name-number", &[("name", name), ("number", &c.numbers.mean(change.abs()))])
                })
                .collect();
            Some(c.say("change.some-down", &[("names", &c.words.list(&names))]))
        }
        _ => Some(c.count("change.many-down", down.len(), &[])),
    };
    Some(std::iter::once(whole).chain(which).collect::<Vec<_>>().join(" "))
}

/// Whether a rating has a level now and in the earlier assessment.
pub(super) fn known_twice(rating: &crate::analysis::RatingLine) -> bool {
    rating.current.is_some() && rating.previous.is_some()
}

/// `Up 0.4 since 2025-07-01 (12 ratings in both).`
pub(super) fn moved(c: &Composer, figures: &Figures, both: usize) -> Option<String> {
    let change = figures.change?;
    let since = c.words.date(c.analysis.previous.as_deref()?);
    let by = c.numbers.mean(change.abs());
    let args = [("change", by.as_str()), ("since", &since)];
    Some(match c.numbers.sign(change) {
        1 => c.count("change.up", both, &args),
        -1 => c.count("change.down", both, &args),
        _ => c.count("change.same", both, &args[1..]),
    })
}

/// `On average Data meets its target, yet 2 of 6 practices fall short.`
pub(super) fn hidden_in(c: &Composer, area: &AreaFigures) -> Option<String> {
    let met = area.figures.gap.is_some_and(|gap| c.numbers.sign(gap) <= 0);
    let short = falls_short(c, area);
    (met && short > 0).then(|| {
        let m = area.figures.assessed.to_string();
        let key = if counts_practices(c) { "finding.hidden-practices" } else { "finding.hidden-ratings" };
        c.count(key, short, &[("name", &area.name), ("m", &m)])
    })
}

fn hidden(c: &Composer) -> Option<String> {
    let areas = c.lead_areas();
    let mut found = areas.iter().filter_map(|area| hidden_in(c, area).map(|sentence| (area, sentence)));
    let (first, sentence) = found.next()?;
    let others: Vec<_> = found.map(|(area, _)| *area).collect();
    if others.is_empty() {
        return Some(sentence);
    }
    let all: Vec<&AreaFigures> = std::iter::once(*first).chain(others).collect();
    let short: usize = all.iter().map(|area| falls_short(c, area)).sum();
    let n = all.len().to_string();
    Some(c.count("finding.hidden-many", short, &[("areas", &n)]))
}

fn surplus(c: &Composer) -> Option<String> {
    let areas = c.lead_areas();
    let above: Vec<(&str, f64)> = areas
        .iter()
        .filter_map(|area| area.figures.gap.map(|gap| (area.name.as_str(), gap)))
        .filter(|(_, gap)| c.numbers.sign(*gap) < 0)
        .collect();
    let shown = |gap: f64| c.numbers.mean(gap.abs());
    match above[..] {
        _ if areas.len() == 1 => None,
        [] => None,
        [(name, gap)] => Some(c.words.measure("finding.surplus", &shown(gap), &[("name", name)])),
        _ if above.len() <= 3 => {
            let names: Vec<String> = above
                .iter()
                .map(|(name, gap)| c.say("phrase.name-number", &[("name", name), ("number", &shown(*gap))]))
                .collect();
            Some(c.say("finding.surplus-some", &[("names", &c.words.list(&names))]))
        }
        _ => Some(c.count("finding.surplus-many", above.len(), &[])),
    }
}

/// Whether single ratings are best called practices: there are practices, and each is rated once.
pub(super) fn counts_practices(c: &Composer) -> bool {
    c.practices && !c.compares_subjects()
}
