//! Several tables -> the one assessment: tables of one shape belong together, summaries give way to detail, and two
//! equally good readings that differ are a question to the user.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::Draft;
use super::level::{Answer, Names};
use super::measures::Across;
use super::ratings::{self, Raw, Read};
use super::words::{Moment, Role, Words, folded};
use crate::assessment::LeftOut;
use crate::error::{Problem, quoted, visible};

/// Tables of one shape, understood as one.
pub struct Group<'a> {
    /// The tables with their ratings, in the order of the workbook.
    pub parts: Vec<Part<'a>>,
    /// What telling the tables apart means.
    pub meaning: Meaning,
    /// Ratings that are levels.
    pub levels: usize,
    score: f64,
}

impl Group<'_> {
    fn rows(&self) -> usize {
        self.parts.iter().map(|part| part.read.ratings.len()).sum()
    }
}

/// One table of a group.
pub struct Part<'a> {
    /// How it was understood.
    pub draft: Draft<'a>,
    /// Its ratings.
    pub read: Read,
    /// What it is called: its sheet, or the title above it.
    pub label: String,
}

/// What several tables of one shape are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// One table.
    One,
    /// An area each.
    Areas,
    /// A subject each.
    Subjects,
    /// One list on several sheets.
    Pieces,
    /// Now, and later steps of a plan.
    Plan,
    /// Points in time.
    Times,
    /// Levels now in one, targets in the other.
    CurrentAndTarget,
}

/// Groups drafts of one shape.
pub fn group<'a>(drafts: Vec<Draft<'a>>, words: &Words, names: &Names) -> Vec<Group<'a>> {
    let mut groups: Vec<Vec<Part<'a>>> = Vec::new();
    for draft in drafts {
        let read = ratings::read(&draft, words, names);
        if read.ratings.is_empty() {
            continue;
        }
        let part = Part { draft, read, label: String::new() };
        match groups.iter_mut().find(|group| belongs(&group[0].draft, &part.draft)) {
            Some(group) => group.push(part),
            None => groups.push(vec![part]),
        }
    }
    let mut groups: Vec<Group> = groups.into_iter().flat_map(|parts| make(parts, words)).collect();
    groups.sort_by(|a, b| b.score.total_cmp(&a.score));
    groups
}

fn belongs(a: &Draft, b: &Draft) -> bool {
    let same = a.shape() == b.shape() && a.by_words == b.by_words;
    if copies(a, b) {
        return false;
    }
    let (x, y) = (a.heads(), b.heads());
    let shared = x.intersection(&y).count();
    // The ratings may be headed in other words, as long as all that stands beside them is headed alike.
    let alike = shared * 2 >= x.union(&y).count() || (a.beside() == b.beside() && a.beside().len() >= 2);
    let apart = a.table.sheet_index != b.table.sheet_index || a.table.top != b.table.top || alike;
    // Names across may differ from sheet to sheet; what names and rates the rows may not.
    same && apart && (alike || (a.layout == "grid" && shared >= 1))
}

/// Whether one table stands on a copy of the other's sheet: `Assessment (2)`, `Copy of Assessment`.
fn copies(a: &Draft, b: &Draft) -> bool {
    let name = |draft: &Draft| draft.table.sheet.name.as_deref().unwrap_or("").trim().to_owned();
    let (x, y) = (name(a), name(b));
    let of = |copy: &str, own: &str| {
        let numbered = copy.strip_prefix(own).is_some_and(|rest| {
            rest.trim()
                .strip_prefix('(')
                .and_then(|rest| rest.strip_suffix(')'))
                .is_some_and(|n| n.parse::<u8>().is_ok())
        });
        let own = folded(own);
        let copy = folded(copy);
        numbered
            || ["copy of", "kopie von", "copia de", "copie de", "old", "backup", "alt"]
                .iter()
                .any(|word| copy == format!("{word} {own}") || copy == format!("{own} {word}"))
    };
    !x.is_empty() && x != y && (of(&x, &y) || of(&y, &x))
}

/// Whether two groups hold the same ratings cell by cell.
fn identical(a: &Group, b: &Group) -> bool {
    let all = |group: &Group| -> BTreeMap<String, (Answer, Answer)> {
        let raws = group.parts.iter().flat_map(|part| &part.read.ratings);
        raws.map(|raw| (key(raw), (raw.current.clone(), raw.target.clone()))).collect()
    };
    all(a) == all(b)
}

fn make<'a>(mut parts: Vec<Part<'a>>, words: &Words) -> Vec<Group<'a>> {
    // A blank table among filled ones is a form nobody filled in; one where nothing applies was filled in.
    let answered = |part: &Part| {
        levels(&part.read) > 0 || part.read.ratings.iter().any(|raw| raw.current == Answer::NotApplicable)
    };
    if parts.iter().any(|part| levels(&part.read) > 0) {
        parts.retain(answered);
    }
    label(&mut parts);
    let meaning = meaning(&parts, words);
    let total: usize = parts.iter().map(|part| levels(&part.read)).sum();
    let best = parts.iter().map(|part| part.draft.score).fold(f64::NEG_INFINITY, f64::max);
    let most = parts.iter().map(|part| levels(&part.read)).max().unwrap_or(0);
    let more = 7.0 * ((1.0 + total as f64).log2().min(9.0) - (1.0 + most as f64).log2().min(9.0));
    let named = if matches!(meaning, Meaning::Areas) { 8.0 } else { 0.0 };
    let planned = if matches!(meaning, Meaning::Plan | Meaning::CurrentAndTarget) { 12.0 } else { 0.0 };
    vec![Group { parts, meaning, levels: total, score: best + more + named + planned }]
}

/// Ratings that are levels.
pub fn levels(read: &Read) -> usize {
    read.ratings.iter().filter(|raw| matches!(raw.current, Answer::Level(_))).count()
}

/// Names each part by what tells it from the others: its sheet, else the title above it.
fn label(parts: &mut [Part]) {
    let sheets: BTreeSet<usize> = parts.iter().map(|part| part.draft.table.sheet_index).collect();
    let stacked = sheets.len() < parts.len();
    let titles: Vec<Option<String>> = parts.iter().map(|part| part.draft.table.titles.last().cloned()).collect();
    let told: BTreeSet<&Option<String>> = titles.iter().collect();
    for (at, part) in parts.iter_mut().enumerate() {
        let sheet = part.draft.table.sheet.name.as_deref().unwrap_or("").trim().to_owned();
        let title = titles[at].clone().unwrap_or_default();
        part.label = match (stacked, told.len() > 1) {
            (true, true) if sheets.len() == 1 => title,
            (true, true) if !title.is_empty() => format!("{sheet}: {title}"),
            _ => sheet,
        };
    }
    // `Capability area: Tracks` on one, `Capability area: Depots` on the next: what differs is the name.
    let common = parts.first().and_then(|part| part.label.split_once(':').map(|(word, _)| word.to_owned()));
    if let Some(word) = common {
        let rest = |label: &str| {
            let (own, rest) = label.split_once(':')?;
            (own == word && !rest.trim().is_empty()).then(|| rest.trim().to_owned())
        };
        if parts.len() > 1 && parts.iter().all(|part| rest(&part.label).is_some()) {
            parts.iter_mut().for_each(|part| part.label = rest(&part.label).unwrap_or_default());
        }
    }
}

/// The value behind a word such as `Team:` or `Capability area:` in the titles above a table.
fn titled(part: &Part, words: &Words, role: Role) -> Option<String> {
    part.draft.table.titles.iter().find_map(|title| {
        let (word, value) = title.split_once(':')?;
        let says = words.header(word).first().is_some_and(|(said, strength)| *said == role && *strength >= 0.5);
        let value = value.trim();
        (says && !value.is_empty() && value.chars().count() <= 60).then(|| value.to_owned())
    })
}

fn meaning(parts: &[Part], words: &Words) -> Meaning {
    if parts.len() < 2 {
        return Meaning::One;
    }
    let moments: Vec<Option<Moment>> = parts.iter().map(|part| words.moment(&part.label)).collect();
    let says = |part: &Part, role: Role| {
        words.header(&part.label).iter().any(|(r, strength)| *r == role && *strength >= 0.45)
    };
    let plans = moments.iter().filter(|moment| **moment == Some(Moment::Plan)).count();
    if plans > 0 && plans + 1 == parts.len() && moments[0] != Some(Moment::Plan) {
        return Meaning::Plan;
    }
    if parts.len() == 2
        && says(&parts[0], Role::Current) != says(&parts[1], Role::Current)
        && (says(&parts[0], Role::Target) != says(&parts[1], Role::Target))
    {
        return Meaning::CurrentAndTarget;
    }
    if moments.iter().all(Option::is_some) && plans == 0 {
        return Meaning::Times;
    }
    let keys: Vec<BTreeSet<String>> = parts.iter().map(|part| part.read.ratings.iter().map(key).collect()).collect();
    let shared = keys[1..].iter().map(|other| keys[0].intersection(other).count()).max().unwrap_or(0);
    let overlap = shared * 2 >= keys.iter().map(BTreeSet::len).min().unwrap_or(0).max(1);
    let areas = parts.iter().all(|part| {
        !part.draft.labels.areas.is_empty() || part.draft.labels.headings || part.draft.across == Across::Areas
    });
    let subjects =
        parts.iter().any(|part| part.draft.labels.subject.is_some() || part.draft.across != Across::Nothing);
    match (areas, overlap) {
        (_, true) if !subjects => Meaning::Subjects,
        (false, _) => Meaning::Areas,
        _ => Meaning::Pieces,
    }
}

/// What identifies a rating within its table.
pub fn key(raw: &Raw) -> String {
    // A running number names nothing beside a name: each sheet counts from 1.
    let id = raw.id.as_deref().filter(|id| raw.practice.is_none() || id.parse::<f64>().is_err());
    let practice = id.or(raw.practice.as_deref()).unwrap_or("");
    let area = raw.area.join("/");
    folded(&format!("{area} | {practice} | {}", raw.subject.as_deref().unwrap_or("")))
}

/// What was chosen.
pub struct Choice<'a> {
    /// The assessment's tables.
    pub group: Group<'a>,
    /// Other tables, with the reason why they are not it.
    pub left_out: Vec<LeftOut>,
    /// Tables left out that hold so much that the user should know.
    pub warnings: Vec<Problem>,
}

impl Choice<'_> {
    /// Says which tables on the sheets read hold no ratings.
    pub fn tell_aside(&mut self, aside: &[(usize, String)]) {
        let own = |sheet: usize| self.group.parts.iter().any(|part| part.draft.table.sheet_index == sheet);
        let told: Vec<LeftOut> = aside
            .iter()
            .filter(|(sheet, _)| own(*sheet))
            .take(10)
            .map(|(_, place)| LeftOut {
                what: format!("the table under {place}"),
                because: "it holds no ratings".to_owned(),
            })
            .collect();
        self.left_out.extend(told);
    }
}

/// Picks the group that is the assessment.
///
/// # Errors
/// `several-tables` where two unlike groups are equally good.
pub fn choose<'a>(groups: Vec<Group<'a>>) -> Result<Option<Choice<'a>>, Problem> {
    let mut groups = groups.into_iter();
    let Some(mut best) = groups.next() else { return Ok(None) };
    let mut rest: Vec<Group> = groups.collect();
    // A long form in which nothing is rated yet is what the file is about, not a short list beside it.
    if let Some(at) =
        rest.iter().position(|other| other.levels == 0 && other.rows() >= 20 && other.rows() >= best.levels * 10)
    {
        std::mem::swap(&mut best, &mut rest[at]);
    }
    // Detail wins over a summary of it, however well the summary is laid out; averages are none, however many they are.
    let detail =
        |other: &Group| !other.parts[0].draft.averages && other.levels > best.levels && sums_up(&best, other);
    if best.levels > 0
        && let Some(at) = rest.iter().position(detail)
    {
        std::mem::swap(&mut best, &mut rest[at]);
    }
    let (mut left_out, mut warnings) = (Vec::new(), Vec::new());
    // A sheet that is called an old, a planned, a sample one beside another of its shape is no subject of its own.
    if best.meaning == Meaning::Subjects && best.levels > 0 {
        let sheet = |part: &Part| part.draft.table.sheet.name.clone().unwrap_or_default();
        let real = best.parts.iter().any(|part| !SAMPLES.contains(&folded(&sheet(part)).as_str()));
        best.parts.retain(|part| {
            let sample = real && SAMPLES.contains(&folded(&sheet(part)).as_str());
            if sample {
                let what = format!("the table under {}", part.draft.header_place());
                left_out.push(LeftOut { what, because: "its sheet's name says that it is a sample".to_owned() });
            }
            !sample
        });
        if best.parts.len() == 1 {
            best.meaning = Meaning::One;
        }
        let doubtful = best.parts.iter().find(|part| {
            let name = folded(&sheet(part));
            name.split(' ').any(|word| VERSIONS.contains(&word))
                && name.split(' ').all(|word| VERSIONS.contains(&word) || FORMS.contains(&word))
        });
        if let (Some(part), true) = (doubtful, best.parts.len() > 1) {
            let names: Vec<String> = best.parts.iter().take(6).map(|part| quoted(&sheet(part))).collect();
            let what = format!(
                "sheets of one shape, and their names do not say whether they are subjects: {}",
                names.join(", ")
            );
            return Err(Problem::new("several-tables", what).at(part.draft.header_place()).hint(format!(
                "name the sheet that holds: --sheet \"{}\"; --sheet all makes a report of each",
                visible(&sheet(part))
            )));
        }
    }
    for other in &rest {
        // Which of two copies holds, where they differ?
        if copies(&best.parts[0].draft, &other.parts[0].draft) && !identical(&best, other) && other.levels > 0 {
            return Err(rivals(&best, other));
        }
        if sums_up(other, &best) {
            leave(&mut left_out, other, "repeats or sums up what the main table holds");
            continue;
        }
        let close = other.score > best.score - 9.0 && other.levels * 2 >= best.levels && other.levels >= 2;
        if close && best.levels > 0 {
            return Err(rivals(&best, other));
        }
        if best.levels > 0 && other.levels >= 3 && other.levels * 3 >= best.levels {
            warnings.push(beside(other));
        }
        leave(
            &mut left_out,
            other,
            "another table; the main one names its ratings more clearly or holds more of them",
        );
    }
    Ok(Some(Choice { group: best, left_out, warnings }))
}

/// Names of sheets that show how a form is filled in.
const SAMPLES: [&str; 12] = [
    "example",
    "examples",
    "sample",
    "demo",
    "demo data",
    "template",
    "beispiel",
    "muster",
    "vorlage",
    "ejemplo",
    "exemple",
    "exemplo",
];

/// Words in names of sheets that tell versions and raters apart rather than those who are rated.
const VERSIONS: [&str; 40] = [
    "archive",
    "archiv",
    "archived",
    "old",
    "alt",
    "backup",
    "draft",
    "entwurf",
    "final",
    "new",
    "neu",
    "copy",
    "kopie",
    "copia",
    "copie",
    "original",
    "before",
    "after",
    "pre",
    "post",
    "vorher",
    "nachher",
    "antes",
    "despues",
    "depois",
    "avant",
    "apres",
    "v1",
    "v2",
    "v3",
    "self",
    "auditor",
    "validated",
    "reviewed",
    "planned",
    "geplant",
    "now",
    "erstbewertung",
    "folgebewertung",
    "reassessment",
];

/// Words that say that a sheet holds ratings and nothing of whose.
const FORMS: [&str; 12] = [
    "assessment",
    "assessments",
    "rating",
    "ratings",
    "scores",
    "data",
    "sheet",
    "bewertung",
    "evaluacion",
    "avaliacao",
    "evaluation",
    "results",
];

fn leave(left_out: &mut Vec<LeftOut>, group: &Group, because: &str) {
    for part in group.parts.iter().take(5) {
        left_out.push(LeftOut {
            what: format!("the table under {}", part.draft.header_place()),
            because: because.to_owned(),
        });
    }
}

/// Says that a table is left out which holds about as much as the one read.
fn beside(other: &Group) -> Problem {
    let draft = &other.parts[0].draft;
    let sheet = visible(draft.table.sheet.name.as_deref().unwrap_or(""));
    let hint = match sheet.is_empty() {
        true => format!("to read that one: --header-row {}", draft.table.bottom + 1),
        false => format!("to read that one: --sheet \"{sheet}\"; a report of each sheet: --sheet all"),
    };
    Problem::new("other-table", format!("a second table of ratings is left out, {} levels", other.levels))
        .at(draft.header_place())
        .hint(hint)
}

fn rivals(best: &Group, other: &Group) -> Problem {
    let (a, b) = (&best.parts[0].draft, &other.parts[0].draft);
    let describe = |group: &Group, draft: &Draft| {
        let heads: Vec<String> = draft
            .reasons
            .iter()
            .filter(|(_, (role, _, _))| {
                ["area", "practice", "subject", "current", "target", "status"].contains(&role.as_str())
            })
            .map(|(index, (role, _, _))| format!("{role} {}", quoted(&draft.table.columns[*index].shown())))
            .take(5)
            .collect();
        format!("{} levels under {} ({})", group.levels, draft.header_place(), heads.join(", "))
    };
    let sheet = |draft: &Draft| visible(draft.table.sheet.name.as_deref().unwrap_or(""));
    let hint = match sheet(a) == sheet(b) {
        true => {
            format!("name the header: --header-row {} or --header-row {}", a.table.bottom + 1, b.table.bottom + 1)
        }
        false => format!(
            "name the sheet: --sheet \"{}\" or --sheet \"{}\"; --sheet all makes a report of each",
            sheet(a),
            sheet(b)
        ),
    };
    Problem::new(
        "several-tables",
        format!("two tables could be the assessment: {}; {}", describe(best, a), describe(other, b)),
    )
    .at(format!("{} and {}", a.header_place(), b.header_place()))
    .hint(hint)
}

/// Whether what `small` names and rates stands in `large` too, in detail or word for word.
fn sums_up(small: &Group, large: &Group) -> bool {
    let named = |raw: &Raw| -> Vec<String> {
        raw.area.iter().chain(&raw.practice).chain(&raw.id).chain(&raw.subject).map(|name| folded(name)).collect()
    };
    let value = |raw: &Raw| match &raw.current {
        Answer::Level(found) => Some(found.value),
        _ => None,
    };
    let mut known: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for part in &large.parts {
        if matches!(large.meaning, Meaning::Areas | Meaning::Subjects) {
            known.entry(folded(&part.label)).or_default().extend(part.read.ratings.iter().filter_map(value));
        }
        for raw in &part.read.ratings {
            for name in named(raw) {
                known.entry(name).or_default().extend(value(raw));
            }
        }
    }
    let all: Vec<&Raw> = small.parts.iter().flat_map(|part| &part.read.ratings).collect();
    let rated: Vec<&&Raw> = all.iter().filter(|raw| value(raw).is_some()).collect();
    if rated.is_empty() {
        return small.levels == 0;
    }
    let names = rated.iter().filter(|raw| named(raw).iter().any(|name| known.contains_key(name))).count();
    let equal = rated
        .iter()
        .filter(|raw| {
            named(raw).iter().filter_map(|name| known.get(name)).any(|values| {
                let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
                value(raw).is_some_and(|own| (own - mean).abs() < 0.06 || values.contains(&own))
            })
        })
        .count();
    // Fewer rows with known names: a summary, stale or not. As many rows: only where the levels agree, or where they
    // are averages by their sheet's own word.
    let fewer = small.levels < large.levels && small.levels <= large.levels.max(2) * 2 / 3;
    (names * 10 >= rated.len() * 7 && (fewer || small.parts[0].draft.averages))
        || (equal * 10 >= rated.len() * 8 && small.levels <= large.levels)
}

/// The ratings of a group as one list, with the points in time that its tables are.
pub fn combine(group: &mut Group, words: &Words) -> (Vec<Raw>, Vec<String>) {
    let mut notes = Vec::new();
    let take = |part: &mut Part| std::mem::take(&mut part.read.ratings);
    let labels: Vec<String> = group.parts.iter().map(|part| part.label.clone()).collect();
    let listed = || labels.iter().map(|label| quoted(label)).collect::<Vec<_>>().join(", ");
    match group.meaning {
        Meaning::One | Meaning::Pieces => {
            if group.parts.len() > 1 {
                notes.push(format!("{} tables of one shape are read as one list: {}", labels.len(), listed()));
            }
            (group.parts.iter_mut().flat_map(take).collect(), notes)
        }
        Meaning::Areas => {
            notes.push(format!("each table is an area: {}", listed()));
            let raws = group.parts.iter_mut().flat_map(|part| {
                let label = titled(part, words, Role::Area).unwrap_or_else(|| part.label.clone());
                take(part).into_iter().map(move |mut raw| {
                    raw.area.insert(0, label.clone());
                    raw
                })
            });
            (raws.collect(), notes)
        }
        Meaning::Subjects => {
            notes.push(format!("each table is a subject: {}", listed()));
            let mut raws = Vec::new();
            for part in &mut group.parts {
                let name = titled(part, words, Role::Subject).unwrap_or_else(|| part.label.clone());
                raws.extend(take(part).into_iter().map(|mut raw| {
                    raw.subject = Some(name.clone());
                    raw
                }));
            }
            (raws, notes)
        }
        Meaning::Plan => {
            notes.push(format!("the first table is now, the others are a plan, the last its target: {}", listed()));
            let mut raws = take(&mut group.parts[0]);
            let last = group.parts.len() - 1;
            for (at, name) in labels.iter().enumerate().skip(1) {
                let later: BTreeMap<String, Raw> =
                    take(&mut group.parts[at]).into_iter().map(|raw| (key(&raw), raw)).collect();
                for raw in &mut raws {
                    let found = later.get(&key(raw));
                    match (at == last, found) {
                        (true, Some(found)) => {
                            raw.target = found.current.clone();
                            raw.target_at = Some(found.at.clone());
                        }
                        (false, Some(found)) => raw.steps.push((name.clone(), found.current.clone())),
                        (_, None) => {}
                    }
                }
            }
            (raws, notes)
        }
        Meaning::CurrentAndTarget => {
            let says = |label: &str| {
                words.header(label).iter().find(|(role, _)| *role == Role::Target).map_or(0.0, |(_, s)| *s)
            };
            let target = usize::from(says(&labels[1]) >= says(&labels[0]));
            notes.push(format!(
                "levels now stand in {}, targets in {}",
                quoted(&labels[1 - target]),
                quoted(&labels[target])
            ));
            let wanted: BTreeMap<String, Raw> =
                take(&mut group.parts[target]).into_iter().map(|raw| (key(&raw), raw)).collect();
            let mut raws = take(&mut group.parts[1 - target]);
            for raw in &mut raws {
                if let Some(found) = wanted.get(&key(raw)) {
                    raw.target = found.current.clone();
                    raw.target_at = Some(found.at.clone());
                }
            }
            (raws, notes)
        }
        Meaning::Times => {
            let mut order: Vec<usize> = (0..group.parts.len()).collect();
            let at = |index: usize| match words.moment(&labels[index]) {
                Some(Moment::First) => f64::NEG_INFINITY,
                Some(Moment::Point(Some(at))) => at,
                _ => index as f64,
            };
            order.sort_by(|a, b| at(*a).total_cmp(&at(*b)).then(a.cmp(b)));
            let now = order.pop().unwrap_or(0);
            notes.push(format!("the tables are points in time; {} is the latest", quoted(&labels[now])));
            let mut raws = take(&mut group.parts[now]);
            for index in order {
                let earlier: BTreeMap<String, Answer> =
                    take(&mut group.parts[index]).into_iter().map(|raw| (key(&raw), raw.current)).collect();
                for raw in &mut raws {
                    let answer = earlier.get(&key(raw)).cloned().unwrap_or(Answer::NotAssessed);
                    raw.earlier.push((labels[index].clone(), answer));
                }
            }
            (raws, notes)
        }
    }
}
