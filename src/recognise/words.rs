//! The vocabulary of header cells and answers, read from `words.toml`: folding, and which role a header speaks of.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization as _;

/// What a column can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// What gaps are reported for.
    Area,
    /// One assessed row inside an area.
    Practice,
    /// The practice's id.
    Id,
    /// Who or what is assessed.
    Subject,
    /// The level now.
    Current,
    /// The level wanted.
    Target,
    /// The level at an earlier time.
    Previous,
    /// A word of status in place of a level.
    Status,
    /// The file's own gap; compared, never used.
    Gap,
    /// Weight in means.
    Weight,
    /// What orders first steps.
    Priority,
    /// Who closes the gap.
    Owner,
    /// By when.
    Due,
    /// What the rating rests on.
    Evidence,
    /// What is to be done.
    Action,
    /// Whether the row is in scope.
    Scope,
    /// A yes here means not applicable.
    NotApplicable,
    /// When the row was rated, where rows stand for points in time.
    Time,
    /// Numbers and words beside ratings: risks, counts, averages.
    Aside,
    /// Prose about the practice.
    Description,
}

impl Role {
    /// Its name in messages, flags and the JSON.
    pub fn name(self) -> &'static str {
        match self {
            Role::Area => "area",
            Role::Practice => "practice",
            Role::Id => "id",
            Role::Subject => "subject",
            Role::Current => "current",
            Role::Target => "target",
            Role::Previous => "previous",
            Role::Status => "status",
            Role::Gap => "gap",
            Role::Weight => "weight",
            Role::Priority => "priority",
            Role::Owner => "owner",
            Role::Due => "due",
            Role::Evidence => "evidence",
            Role::Action => "action",
            Role::Scope => "scope",
            Role::NotApplicable => "not-applicable",
            Role::Time => "time",
            Role::Aside => "aside",
            Role::Description => "description",
        }
    }

    /// The roles a user may name with `--column`.
    pub const NAMED: [Role; 18] = [
        Role::Area,
        Role::Practice,
        Role::Id,
        Role::Subject,
        Role::Current,
        Role::Target,
        Role::Previous,
        Role::Status,
        Role::Gap,
        Role::Weight,
        Role::Priority,
        Role::Owner,
        Role::Due,
        Role::Evidence,
        Role::Action,
        Role::Scope,
        Role::NotApplicable,
        Role::Time,
    ];

    /// The role of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMED.into_iter().find(|role| role.name() == name)
    }

    /// Whether the column names what is rated.
    pub fn is_label(self) -> bool {
        matches!(self, Role::Area | Role::Practice | Role::Id | Role::Subject)
    }

    /// Whether the column holds ratings.
    pub fn is_rating(self) -> bool {
        matches!(self, Role::Current | Role::Target | Role::Previous | Role::Status)
    }
}

/// All words, folded.
pub struct Words {
    /// First word of a phrase -> phrases.
    phrases: BTreeMap<String, Vec<Phrase>>,
    vetoes: BTreeMap<Role, Vec<String>>,
    totals: Vec<String>,
    summary_sheets: Vec<String>,
    list_sheets: Vec<String>,
    summary_words: Vec<String>,
    not_applicable: Vec<String>,
    not_assessed: Vec<String>,
    status: BTreeMap<String, f64>,
    competence: BTreeMap<String, f64>,
    times: Times,
}

struct Phrase {
    words: Vec<String>,
    role: Role,
    strength: f64,
}

#[derive(Deserialize)]
struct File {
    roles: BTreeMap<Role, RoleWords>,
    totals: List,
    sheets: Sheets,
    summaries: List,
    answers: Answers,
    times: Times,
}

#[derive(Deserialize)]
struct RoleWords {
    strong: Vec<String>,
    weak: Vec<String>,
    #[serde(default)]
    veto: Vec<String>,
}

#[derive(Deserialize)]
struct List {
    words: Vec<String>,
}

#[derive(Deserialize)]
struct Sheets {
    summaries: Vec<String>,
    lists: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Answers {
    not_applicable: Vec<String>,
    not_assessed: Vec<String>,
    status: BTreeMap<String, f64>,
    competence: BTreeMap<String, f64>,
}

#[derive(Deserialize)]
struct Times {
    months: Vec<String>,
    first: Vec<String>,
    last: Vec<String>,
    units: Vec<String>,
    plans: Vec<String>,
}

/// What a label such as `Q3 2025`, `Phase 2` or `Baseline` says about time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Moment {
    /// A point in time; the number orders points that carry one.
    Point(Option<f64>),
    /// The earliest point: baseline, before.
    First,
    /// A step of a plan.
    Plan,
}

impl Words {
    /// The words that are compiled in; a constant table, parsed once.
    pub fn shipped() -> &'static Words {
        static WORDS: OnceLock<Words> = OnceLock::new();
        WORDS.get_or_init(Self::parsed)
    }

    /// The words that are compiled in and more phrases for roles, each as clear as the clearest of ours.
    pub fn with(more: &[(String, String)]) -> Self {
        let mut words = Self::parsed();
        for (role, phrase) in more {
            let list: Vec<String> = folded(phrase).split(' ').map(str::to_owned).collect();
            if let Some(role) = Role::named(role)
                && !list[0].is_empty()
            {
                words.phrases.entry(list[0].clone()).or_default().push(Phrase { words: list, role, strength: 1.0 });
            }
        }
        words
    }

    fn parsed() -> Self {
        Self::from_file(toml::from_str(include_str!("words.toml")).expect("the word table is parsed in a test"))
    }

    fn from_file(file: File) -> Self {
        let mut phrases: BTreeMap<String, Vec<Phrase>> = BTreeMap::new();
        let mut vetoes = BTreeMap::new();
        for (role, words) in file.roles {
            let groups = [(1.0, words.strong), (0.6, words.weak)];
            for (strength, phrase) in groups.into_iter().flat_map(|(s, list)| list.into_iter().map(move |p| (s, p))) {
                let words: Vec<String> = folded(&phrase).split(' ').map(str::to_owned).collect();
                phrases.entry(words[0].clone()).or_default().push(Phrase { words, role, strength });
            }
            vetoes.insert(role, words.veto.iter().map(|word| folded(word)).collect());
        }
        Self {
            phrases,
            vetoes,
            totals: file.totals.words,
            summary_sheets: file.sheets.summaries,
            list_sheets: file.sheets.lists,
            summary_words: file.summaries.words,
            not_applicable: file.answers.not_applicable,
            not_assessed: file.answers.not_assessed,
            status: file.answers.status,
            competence: file.answers.competence,
            times: file.times,
        }
    }

    /// The roles a header speaks of, each with a strength from 0 to 1, strongest first.
    ///
    /// Strength is that of the phrase found, times 0.5 plus half the share of the header's words it covers: `Target`
    /// says target more clearly than `Target operating model`.
    pub fn header(&self, text: &str) -> Vec<(Role, f64)> {
        let outside = folded(&without_brackets(text));
        if outside.is_empty() {
            return self.plain_header(&folded(text));
        }
        let mut roles = self.plain_header(&outside);
        // `CRM (Current)`, `Score (Target)`: the brackets say in so many words which rating it is.
        let inside = in_brackets(text).map(|inside| self.plain_header(&folded(inside))).unwrap_or_default();
        if let Some((role, strength)) = inside.first().copied().filter(|(role, _)| role.is_rating())
            && (strength >= 0.9 || roles.is_empty())
        {
            roles.retain(|(other, _)| !other.is_rating());
            roles.insert(0, (role, strength.max(0.6)));
            roles.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        }
        roles
    }

    fn plain_header(&self, text: &str) -> Vec<(Role, f64)> {
        let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
        if words.is_empty() || words.len() > 12 {
            return Vec::new();
        }
        // Time and numbers beside a role ("Q1 Actual Score") take nothing from it.
        let telling = words.iter().filter(|word| !self.is_time_word(word)).count().max(1);
        let mut found: BTreeMap<Role, f64> = BTreeMap::new();
        for start in 0..words.len() {
            for phrase in self.phrases.get(words[start]).into_iter().flatten() {
                let fits = words.len() >= start + phrase.words.len()
                    && phrase.words.iter().zip(&words[start..]).all(|(a, b)| a == b);
                if !fits {
                    continue;
                }
                if phrase.role == Role::Weight && telling > phrase.words.len() {
                    continue;
                }
                let share = (phrase.words.len() as f64 / telling as f64).min(1.0);
                let strength = phrase.strength * (0.5 + 0.5 * share);
                let vetoed =
                    share < 1.0 && self.vetoes[&phrase.role].iter().any(|veto| words.contains(&veto.as_str()));
                if !vetoed {
                    let best = found.entry(phrase.role).or_insert(0.0);
                    *best = best.max(strength);
                }
            }
        }
        // German joins its words: `Zielwertung`, `Sollzustand` say target unless the whole is known as something else.
        let joined = |word: &&str| {
            ["ziel", "soll"].iter().any(|start| word.strip_prefix(start).is_some_and(|rest| rest.len() >= 3))
                && !self.phrases.contains_key(*word)
        };
        if found.is_empty() && words.iter().any(joined) {
            found.insert(Role::Target, 0.5 + 0.5 / telling as f64);
        }
        // `No. of findings` counts, whatever is counted.
        if words.len() > 1 && COUNTS.iter().any(|count| text.starts_with(count)) {
            return vec![(Role::Aside, 1.0)];
        }
        let mut roles: Vec<(Role, f64)> = found.into_iter().collect();
        roles.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        roles
    }

    fn is_time_word(&self, word: &str) -> bool {
        word.bytes().all(|byte| byte.is_ascii_digit()) || quarter(word).is_some() || year(word).is_some()
    }

    /// Whether a row's name marks a total: the word alone, or before a colon or the table's own words.
    pub fn is_total(&self, text: &str) -> bool {
        let plain = folded(text);
        self.totals.contains(&plain)
            || (text.trim_end().ends_with(':')
                && self.totals.iter().any(|word| plain.split(' ').next() == Some(word.as_str())))
            || [
                "total ",
                "grand total",
                "overall ",
                "gesamt ",
                "summe ",
                "average ",
                "durchschnitt ",
                "promedio ",
                "moyenne ",
            ]
            .iter()
            .any(|start| plain.starts_with(start))
                && [
                    "score",
                    "maturity",
                    "average",
                    "level",
                    "total",
                    "rating",
                    "reifegrad",
                    "all",
                    "gap",
                    "general",
                    "geral",
                    "madurez",
                    "maturidade",
                    "maturite",
                ]
                .iter()
                .any(|word| plain.split(' ').any(|w| w == *word))
    }

    /// What a total's name says it is the total of: `Testing` in `Average Testing`, `Ø Testing` and `Testing (total)`.
    pub fn total_of(&self, text: &str) -> Option<String> {
        let signed = text.trim().strip_prefix(['Ø', 'ø', '∅', 'Σ', '∑']);
        if let Some(rest) = signed {
            return Some(folded(rest));
        }
        let plain = folded(text);
        let total = |part: &str| self.totals.iter().any(|word| word == part);
        let ends = plain.match_indices(' ').map(|(at, _)| (&plain[..at], &plain[at + 1..]));
        ends.flat_map(|(left, right)| [(left, right), (right, left)])
            .find(|(word, rest)| total(word) && !rest.is_empty())
            .map(|(_, rest)| rest.to_owned())
    }

    /// Whether a sheet's name says that it sums up others.
    pub fn is_summary_sheet(&self, name: &str) -> bool {
        let name = folded(name);
        self.summary_sheets.iter().any(|word| contains_words(&name, word))
    }

    /// Whether a sheet's name says that it holds entries for drop-down lists.
    pub fn is_list_sheet(&self, name: &str) -> bool {
        self.list_sheets.contains(&folded(name))
    }

    /// Whether a header says that its figures are worked out from others.
    pub fn is_summary_header(&self, text: &str) -> bool {
        let text = folded(text);
        self.summary_words.iter().any(|word| contains_words(&text, word))
    }

    /// Whether an answer says that the question does not apply.
    pub fn is_not_applicable(&self, plain: &str) -> bool {
        self.not_applicable.iter().any(|word| word == plain)
    }

    /// Whether an answer says that nobody answered.
    pub fn is_not_assessed(&self, plain: &str) -> bool {
        self.not_assessed.iter().any(|word| word == plain)
    }

    /// The share in place a status word stands for.
    pub fn status(&self, plain: &str) -> Option<f64> {
        self.status.get(plain).copied()
    }

    /// The level of a word of competence, 1 to 4.
    pub fn competence(&self, plain: &str) -> Option<f64> {
        self.competence.get(plain).copied()
    }

    /// What a label says about time; `None` where it says nothing.
    pub fn moment(&self, label: &str) -> Option<Moment> {
        let plain = folded(label);
        if plain.is_empty() {
            return None;
        }
        let words: Vec<&str> = plain.split(' ').collect();
        if self.times.first.iter().any(|first| contains_words(&plain, first)) {
            return Some(Moment::First);
        }
        if self.times.last.contains(&plain) {
            return Some(Moment::Point(Some(f64::INFINITY)));
        }
        let starts = |list: &[String]| {
            list.iter().any(|unit| {
                words.iter().any(|word| {
                    word.strip_prefix(unit.as_str()).is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()))
                })
            }) && plain.bytes().any(|byte| byte.is_ascii_digit())
        };
        if starts(&self.times.plans) {
            return Some(Moment::Plan);
        }
        let year = words.iter().find_map(|word| year(word));
        let part = words.iter().find_map(|word| quarter(word));
        let month = words.iter().find_map(|word| {
            let at = self.times.months.iter().position(|month| month == word)?;
            Some((at % 12 + 1) as f64 / 12.0)
        });
        if year.is_some() || part.is_some() || month.is_some() {
            let key = match (year, part.or(month)) {
                (None, part) => part,
                (Some(year), part) => Some(year + part.unwrap_or(0.0)),
            };
            return Some(Moment::Point(key));
        }
        if starts(&self.times.units) {
            let digits: String = plain.chars().filter(char::is_ascii_digit).collect();
            return Some(Moment::Point(digits.parse().ok()));
        }
        None
    }
}

/// `q3`, `h1`: the share of the year at its end.
fn quarter(word: &str) -> Option<f64> {
    let mut chars = word.chars();
    let (kind, number) = (chars.next()?, chars.next()?.to_digit(10)?);
    match (kind, number, chars.next()) {
        ('q' | 't', 1..=4, None) => Some(f64::from(number) / 4.0),
        ('h', 1..=2, None) => Some(f64::from(number) / 2.0),
        _ => None,
    }
}

/// `2025`, `fy25`, `fy2025`.
fn year(word: &str) -> Option<f64> {
    let (fiscal, digits) = match word.strip_prefix("fy") {
        Some(digits) => (true, digits),
        None => (false, word),
    };
    let number: u32 = digits.parse().ok()?;
    match digits.len() {
        4 if (1980..=2100).contains(&number) => Some(f64::from(number)),
        2 if fiscal => Some(f64::from(2000 + number)),
        _ => None,
    }
}

/// Whether `text` holds the words of `phrase` side by side; both folded.
pub fn contains_words(text: &str, phrase: &str) -> bool {
    text == phrase
        || text.strip_prefix(phrase).is_some_and(|rest| rest.starts_with(' '))
        || text.strip_suffix(phrase).is_some_and(|rest| rest.ends_with(' '))
        || text.contains(&format!(" {phrase} "))
}

/// Text as it is compared: lower case, accents and punctuation off, one blank between words, `camelCase` split.
pub fn folded(text: &str) -> String {
    // Most cells are ASCII, where there is nothing to decompose.
    if text.is_ascii() { folded_from(text.len(), text.chars()) } else { folded_from(text.len(), text.nfkd()) }
}

fn folded_from(length: usize, letters: impl Iterator<Item = char>) -> String {
    let mut out = String::with_capacity(length);
    let mut last_lower = false;
    for c in letters {
        if !c.is_ascii() && unicode_normalization::char::is_combining_mark(c) {
            continue;
        }
        if c.is_alphanumeric() {
            if last_lower && c.is_uppercase() {
                out.push(' ');
            }
            last_lower = c.is_lowercase();
            match c {
                'ß' => out.push_str("ss"),
                c => out.extend(c.to_lowercase()),
            }
        } else {
            last_lower = false;
            if c == '%' {
                out.push_str(" percent ");
            } else if c == '#' {
                out.push_str(" no ");
            } else if c != '\'' && c != '’' {
                out.push(' ');
            }
        }
    }
    // One blank between words, none around them; seldom is there more to do than to look.
    if !out.contains("  ") && !out.starts_with(' ') && !out.ends_with(' ') {
        return out;
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name as it is compared with others that may be the same: folded, without any blank.
pub(crate) fn bare(name: &str) -> String {
    folded(name).replace(' ', "")
}

/// How headers of counts begin, folded.
const COUNTS: [&str; 9] = [
    "no of ",
    "nr of ",
    "number of ",
    "count of ",
    "anzahl ",
    "nombre de ",
    "numero de ",
    "cantidad de ",
    "quantidade de ",
];

/// The text inside the last brackets.
pub fn in_brackets(text: &str) -> Option<&str> {
    let (_, rest) = text.rsplit_once(['(', '['])?;
    let (inside, _) = rest.split_once([')', ']'])?;
    Some(inside.trim()).filter(|inside| !inside.is_empty())
}

/// The text outside round and square brackets.
pub fn without_brackets(text: &str) -> String {
    let mut depth = 0usize;
    text.chars()
        .filter(|c| match c {
            '(' | '[' => {
                depth += 1;
                false
            }
            ')' | ']' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(text: &str) -> Option<Role> {
        Words::shipped().header(text).first().map(|(role, _)| *role)
    }

    /// Headers seen in real files, and what each is.
    #[test]
    fn headers_name_their_role() {
        for (text, role) in [
            ("Current Maturity (0-4)", Role::Current),
            ("Current\nMaturity", Role::Current),
            ("maturityLevel", Role::Current),
            ("Q3 Actual Score", Role::Current),
            ("As-Is", Role::Current),
            ("Ist-Reifegrad", Role::Current),
            ("Nível atual", Role::Current),
            ("Valor TO-BE\n(esperado post-IaC)", Role::Target),
            ("ZIELSTUFE", Role::Target),
            ("Niveau cible", Role::Target),
            ("Target Date", Role::Due),
            ("Target Quarter", Role::Due),
            ("Current Status", Role::Status),
            ("Current State / Evidence", Role::Evidence),
            ("Maturity\nGap", Role::Gap),
            ("Gap Score (Target-Current)", Role::Gap),
            ("Impact\nWeight", Role::Priority),
            ("Weight", Role::Weight),
            ("Gewicht", Role::Weight),
            ("In Scope? ", Role::Scope),
            ("Risk_Score", Role::Aside),
            ("Likelihood (1-5)", Role::Aside),
            ("Function", Role::Area),
            ("Function Description", Role::Description),
            ("Kontroll-ID", Role::Id),
            ("#", Role::Id),
            ("Control_ID", Role::Id),
            ("Application", Role::Subject),
        ] {
            assert_eq!(best(text), Some(role), "{text:?}: {:?}", Words::shipped().header(text));
        }
        assert_eq!(best("Alice"), None);
    }

    #[test]
    fn labels_speak_of_time() {
        let words = Words::shipped();
        assert_eq!(words.moment("Q3 2025"), Some(Moment::Point(Some(2025.75))));
        assert_eq!(words.moment("week10"), Some(Moment::Point(Some(10.0))));
        assert_eq!(words.moment("Baseline"), Some(Moment::First));
        assert_eq!(words.moment("Phase 2"), Some(Moment::Plan));
        assert_eq!(words.moment("Core Banking"), None);
    }
}
