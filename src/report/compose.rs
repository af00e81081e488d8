//! Analysis -> report: which chapters there are, in which order.

use super::composer::{Composer, Detail};
use super::{Fact, Furniture, PageWords, Report, Section, appendix, area, areas, change, coverage, guide};
use super::{method, priority, profiles, roadmap, steps, subject, subjects, summary};
use crate::analysis::Analysis;
use crate::assessment::TargetSource;
use crate::wording::Words;

/// What the reader wants of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportOptions {
    /// Language of the wording, BCP 47; a language without a table gives English.
    pub lang: String,
    /// How much it tells.
    pub detail: Detail,
}

/// Composes the report of an analysis. Never fails: what the analysis does not know is left out or said to be unknown.
pub fn compose(analysis: &Analysis, options: &ReportOptions) -> Report {
    let words = Words::of(&options.lang).unwrap_or_else(Words::english);
    let c = Composer::new(analysis, words, options.detail);
    let chapters = [Some(summary::section(&c)), guide::section(&c), areas::section(&c)];
    let mut sections: Vec<Section> = chapters.into_iter().flatten().collect();
    sections.extend(area::sections(&c));
    if let Some(chapter) = subjects::section(&c) {
        sections.push(chapter);
        sections.extend(subject::sections(&c));
    }
    let chapters = [
        profiles::section(&c),
        priority::section(&c),
        steps::section(&c),
        roadmap::section(&c),
        change::section(&c),
        coverage::section(&c),
        Some(method::section(&c)),
        appendix::section(&c),
    ];
    sections.extend(chapters.into_iter().flatten());
    Report {
        title: analysis.title.clone(),
        lang: c.words.lang().to_owned(),
        date: analysis.date.clone(),
        generator: analysis.generator.clone(),
        facts: facts(&c),
        sections,
        furniture: Furniture::of(&c.words, &analysis.date),
        controls: PageWords::of(&c.words),
        scale: Some((analysis.scale.lowest(), analysis.scale.lowest() + analysis.scale.span())),
    }
}

/// The labelled facts below the title.
fn facts(c: &Composer) -> Vec<Fact> {
    let analysis = c.analysis;
    let fact = |label: &str, value: String| Fact { label: c.say(label, &[]), value };
    let mut facts = vec![fact("fact.assessed", assessed(c))];
    if let Some(model) = &analysis.model {
        facts.push(fact("fact.model", model.name.clone()));
    }
    let (low, high) = (analysis.scale.lowest(), analysis.scale.highest());
    let scale = [("low", c.level_and_name(low)), ("high", c.level_and_name(high))];
    facts.push(fact("fact.scale", c.say("fact.scale-value", &[("low", &scale[0].1), ("high", &scale[1].1)])));
    facts.push(fact("fact.targets", targets(c)));
    let date = c.words.date(&analysis.date);
    facts.push(fact(
        "fact.date",
        match &analysis.previous {
            Some(previous) => c.say("fact.date-compared", &[("date", &date), ("previous", &c.words.date(previous))]),
            None => date,
        },
    ));
    facts.push(file(c));
    facts
}

/// `10 applications in 6 areas`.
fn assessed(c: &Composer) -> String {
    let analysis = c.analysis;
    let areas = c.lead_areas();
    let subject = match &analysis.subjects[..] {
        [] => None,
        [one] => Some(one.name.clone()),
        _ => Some(c.subjects_counted()),
    };
    let practices = c.count("phrase.practices", analysis.ratings.len(), &[]);
    match (subject, areas.len()) {
        (Some(subject), 1) => c.say("fact.subject-area", &[("subject", &subject), ("area", &areas[0].name)]),
        (Some(subject), n) => c.count("fact.in-areas", n, &[("what", &subject)]),
        (None, 1) if c.practices => c.say("fact.subject-area", &[("subject", &practices), ("area", &areas[0].name)]),
        (None, n) if c.practices => c.count("fact.in-areas", n, &[("what", &practices)]),
        (None, 1) => areas[0].name.clone(),
        (None, n) => c.count("phrase.areas", n, &[]),
    }
}

/// Where targets come from, and which one where all are the same.
fn targets(c: &Composer) -> String {
    let mut all = c.analysis.ratings.iter().filter_map(|rating| rating.target);
    let same = all.next().filter(|first| all.all(|target| target == *first));
    let named = |level: f64| c.named(level, &c.numbers.level(level));
    match (&c.analysis.targets, same) {
        (TargetSource::Profile(name), _) => {
            let in_sheet = c.analysis.ratings.iter().any(|it| it.target.is_some() && it.target_at.is_some());
            let key = if in_sheet { "fact.target-sheet-profile" } else { "fact.target-profile" };
            c.say(key, &[("name", name)])
        }
        (TargetSource::Given(level), _) => c.say("fact.target-given", &[("target", &named(*level))]),
        (TargetSource::Sheet, Some(level)) => c.say("fact.target-same", &[("target", &named(level))]),
        (TargetSource::Sheet, None) if c.targeted => c.say("fact.target-sheet", &[]),
        _ => c.say("fact.target-none", &[]),
    }
}

/// The file with its sheets, or the number of files.
fn file(c: &Composer) -> Fact {
    let files: Vec<String> = match &c.analysis.input {
        Some(input) => {
            let sheets: Vec<String> =
                input.sheets.iter().map(|sheet| sheet.name.clone()).filter(|name| !name.is_empty()).collect();
            let value = match sheets.len() {
                0 => input.file.clone(),
                1..=3 => c.count(
                    "fact.file-sheets",
                    sheets.len(),
                    &[("file", &input.file), ("sheets", &c.words.list(&sheets))],
                ),
                n => c.count("fact.file-many-sheets", n, &[("file", &input.file)]),
            };
            return Fact { label: c.say("fact.file", &[]), value };
        }
        None => c.analysis.inputs.iter().map(|input| input.file.clone()).collect(),
    };
    let value = match files.len() {
        0 => c.unknown(),
        1..=3 => c.words.list(&files),
        n => c.count("fact.many-files", n, &[]),
    };
    Fact { label: c.say("fact.files", &[]), value }
}
