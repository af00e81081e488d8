//! The cases of the gallery: assessments that are hard to set in type, made up.

use gapwise::assessment::{Assessment, Rating, Reading, Score, TargetSource};
use gapwise::error::Place;
use gapwise::model::{Level, Scale};

/// A case by name, with the language of its report.
pub struct Case {
    pub name: &'static str,
    pub lang: &'static str,
    pub assessment: Assessment,
}

const LONG: &str = "A name of one hundred and twenty letters that somebody pasted from a standard, its clause, its title \
                    and all of the rest";

/// Everything but the sample bank.
pub fn all() -> Vec<Case> {
    let case = |name, lang, assessment| Case { name, lang, assessment };
    let areas = |count: usize| -> Vec<String> {
        (1..=count).map(|n| format!("Area {n} {}", WORDS[n % WORDS.len()])).collect()
    };
    let subjects = |count: usize| -> Vec<String> {
        (1..=count).map(|n| format!("System {n} {}", WORDS[(n * 5) % WORDS.len()])).collect()
    };
    let six: Vec<String> = names(&["Build", "Deploy", "Test", "Data", "Operate", "Secure"]);
    let five: Vec<String> = names(&["Payments", "Lending", "Cards", "Treasury", "Mobile"]);
    vec![
        case("one-of-each", "en", Table::new(&names(&["Testing"]), &names(&["Core banking"])).made()),
        case("forty-by-hundred", "en", Table::new(&areas(40), &subjects(100)).made()),
        case("german", "de", Table::new(&names(&GERMAN_AREAS), &names(&GERMAN_SUBJECTS)).word("Anwendung").made()),
        case("right-to-left", "en", Table::new(&names(&RTL_AREAS), &names(&RTL_SUBJECTS)).made()),
        case("long-names", "en", Table::new(&long(8), &long(7)).made()),
        case(
            "nothing-to-close",
            "en",
            Table::new(&six, &five).level(|_, _| 2.0).target(|_, _, now| Some(now)).made(),
        ),
        case("no-target", "en", Table::new(&six, &five).target(|_, _, _| None).made()),
        case("not-assessed", "en", Table::new(&six, &five).missing(|_, _| true).made()),
        case(
            "below-zero",
            "en",
            Table::new(&six, &five).scale(-1, 3, 1.0).level(|a, s| [-1.0, 0.0, 1.0][(a + s) % 3]).made(),
        ),
        case(
            "fractions",
            "en",
            Table::new(&six, &five).scale(0, 4, 0.25).level(|a, s| 0.25 * ((a + 2 * s) % 5) as f64).made(),
        ),
        case("two-levels", "en", Table::new(&six, &five).scale(0, 1, 1.0).level(|a, s| ((a + s) % 2) as f64).made()),
        case(
            "eleven-levels",
            "en",
            Table::new(&six, &five).scale(0, 10, 1.0).level(|a, s| ((a * 3 + s) % 9) as f64).made(),
        ),
        case(
            "surplus",
            "en",
            Table::new(&six, &five).level(|_, _| 4.0).target(|a, s, _| Some(1.0 + ((a + s) % 3) as f64)).made(),
        ),
        case("practices", "en", Table::new(&six, &[]).practices(9).made()),
    ]
}

const WORDS: [&str; 7] =
    ["", "delivery", "management", "of changes", "and its suppliers", "in production", "testing"];

const GERMAN_AREAS: [&str; 5] = [
    "Konfigurationsverwaltung",
    "Abnahmetestautomatisierung",
    "Datenschutzfolgenabschätzung und Verarbeitungsverzeichnis",
    "Bereitstellungsumgebungen",
    "Softwarelieferkettensicherheitsüberprüfung",
];
const GERMAN_SUBJECTS: [&str; 4] =
    ["Kernbankanwendung", "Kreditantragsbearbeitung", "Wertpapierhandelsplattform", "Zahlungsverkehrsabwicklung"];
const RTL_AREAS: [&str; 4] = ["إدارة التغيير", "اختبار القبول (UAT)", "ניהול תצורה", "בדיקות 24/7"];
const RTL_SUBJECTS: [&str; 3] = ["الخدمات المصرفية", "הלוואות", "Payments"];

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn long(count: usize) -> Vec<String> {
    (1..=count).map(|n| format!("{n} {LONG}")).collect()
}

type OfPlace<T> = Box<dyn Fn(usize, usize) -> T>;

/// A table of ratings, area by subject, with what differs from case to case.
struct Table {
    areas: Vec<String>,
    subjects: Vec<String>,
    practices: usize,
    word: &'static str,
    scale: (i32, i32, f64),
    level: OfPlace<f64>,
    target: Box<dyn Fn(usize, usize, f64) -> Option<f64>>,
    missing: OfPlace<bool>,
}

impl Table {
    fn new(areas: &[String], subjects: &[String]) -> Self {
        Self {
            areas: areas.to_vec(),
            subjects: subjects.to_vec(),
            practices: 0,
            word: "System",
            scale: (0, 5, 1.0),
            level: Box::new(|area, subject| ((area * 7 + subject * 3) % 4) as f64),
            target: Box::new(|area, subject, _| Some(3.0 + ((area + subject) % 2) as f64)),
            missing: Box::new(|area, subject| (area * 5 + subject) % 17 == 16),
        }
    }

    fn word(self, word: &'static str) -> Self {
        Self { word, ..self }
    }

    fn practices(self, practices: usize) -> Self {
        Self { practices, ..self }
    }

    /// Levels from `low` to `high` in steps; targets are the highest level unless set after this.
    fn scale(self, low: i32, high: i32, step: f64) -> Self {
        Self { scale: (low, high, step), target: Box::new(move |_, _, _| Some(f64::from(high))), ..self }
    }

    fn level(self, level: impl Fn(usize, usize) -> f64 + 'static) -> Self {
        Self { level: Box::new(level), ..self }
    }

    fn target(self, target: impl Fn(usize, usize, f64) -> Option<f64> + 'static) -> Self {
        Self { target: Box::new(target), ..self }
    }

    fn missing(self, missing: impl Fn(usize, usize) -> bool + 'static) -> Self {
        Self { missing: Box::new(missing), ..self }
    }

    fn made(self) -> Assessment {
        let (low, high, step) = self.scale;
        let count = (f64::from(high - low) / step).round() as usize;
        let value = |place: usize| f64::from(low) + step * place as f64;
        let named = |place: usize| match place {
            0 => Some("Initial".to_owned()),
            _ if place == count => Some("Optimizing".to_owned()),
            _ => None,
        };
        let levels =
            (0..=count).map(|place| Level { value: value(place), name: named(place), summary: None }).collect();
        let columns = self.subjects.len().max(self.practices);
        let mut ratings = Vec::new();
        for (area, name) in self.areas.iter().enumerate() {
            for column in 0..columns {
                let now = (self.level)(area, column);
                let score = if (self.missing)(area, column) { Score::NotAssessed } else { Score::Level(now) };
                let target = (self.target)(area, column, now).map_or(Score::NotAssessed, Score::Level);
                let places = (area + column, column % 3);
                let practice = (self.practices > 0).then(|| format!("Practice {} of {name}", column + 1));
                ratings.push(Rating {
                    area: vec![name.clone()],
                    practice_id: None,
                    practice,
                    subject: self.subjects.get(column).cloned(),
                    current: score,
                    target,
                    steps: Vec::new(),
                    weight: 1.0 + (places.0 % 4) as f64,
                    priority: None,
                    owner: (places.1 != 0).then(|| format!("Owner {}", places.0 % 5 + 1)),
                    due: (places.1 == 2).then(|| format!("2026-{:02}-28", places.0 % 12 + 1)),
                    evidence: None,
                    action: (places.1 == 1)
                        .then(|| "Write down who does what, and review it every quarter".to_owned()),
                    written: now.to_string(),
                    measured: false,
                    at: Place::cell(&Some("Ratings".into()), ratings.len() as u32 + 1, 3),
                    target_at: None,
                });
            }
        }
        let targeted = ratings.iter().any(|rating| rating.target.level().is_some());
        Assessment {
            title: None,
            model: None,
            scale: Scale::new(levels).expect("the levels ascend"),
            targets: if targeted { TargetSource::Sheet } else { TargetSource::None },
            subject_word: (!self.subjects.is_empty()).then(|| self.word.to_owned()),
            ratings,
            earlier: Vec::new(),
            reading: Reading::default(),
        }
    }
}
