//! Sentences by language: message tables with plural forms, name lists and dates. Knows nothing of reports.
//!
//! A message is a whole sentence or a whole phrase with `{names}` to fill in; no sentence is put together from pieces, as
//! word order and endings differ between languages. The tables are `wording/<language>.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::number::NumberStyle;

/// The language tables that are compiled in: code and text.
const TABLES: [(&str, &str); 5] = [
    ("en", include_str!("wording/en.toml")),
    ("de", include_str!("wording/de.toml")),
    ("fr", include_str!("wording/fr.toml")),
    ("es", include_str!("wording/es.toml")),
    ("pt", include_str!("wording/pt.toml")),
];

/// The wording of one language.
#[derive(Clone, Debug)]
pub struct Words {
    lang: &'static str,
    numbers: NumberStyle,
    plural: Plural,
    date: String,
    messages: BTreeMap<String, Message>,
    nouns: Vec<Noun>,
}

/// Which numbers, as they are shown, take the form `one`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Plural {
    /// The bare 1: "1 level" but "1.0 levels" (English, German).
    OneAlone,
    /// 1 however it is written: "1,0 nivel" (Spanish).
    EqualOne,
    /// Everything below 2: "1,6 niveau" (French, Portuguese).
    BelowTwo,
}

impl Plural {
    fn is_one(self, shown: &str) -> bool {
        let amount = || shown.trim_start_matches(['+', '−']).replace(',', ".").parse::<f64>().ok();
        match self {
            Self::OneAlone => shown == "1",
            Self::EqualOne => amount() == Some(1.0),
            Self::BelowTwo => amount().is_some_and(|amount| amount < 2.0),
        }
    }
}

/// A message: the same for every number, or one form a plural category.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Message {
    Plain(String),
    Plural { one: String, other: String },
}

/// A noun for what is assessed, in the forms that sentences need.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Noun {
    /// `application`.
    pub one: String,
    /// `applications`.
    pub other: String,
    /// As a heading: `Applications`.
    pub title: String,
    /// Further words that a sheet may have for it.
    #[serde(default)]
    also: Vec<String>,
}

impl Noun {
    /// Whether the word, in small letters, is one of its forms.
    fn is_meant_by(&self, word: &str) -> bool {
        [&self.one, &self.other].into_iter().chain(&self.also).any(|known| known.to_lowercase() == word)
    }
}

/// The shape of a language file.
#[derive(Deserialize)]
struct Table {
    numbers: Numbers,
    nouns: Vec<Noun>,
    messages: BTreeMap<String, BTreeMap<String, Message>>,
}

#[derive(Deserialize)]
struct Numbers {
    decimal: char,
    blank_before_percent: bool,
    date: String,
    plural: Plural,
}

/// A placeholder's name and what it is filled with.
pub type Arg<'a> = (&'a str, &'a str);

impl Words {
    /// The wording of a language by its BCP 47 code, `en` or `en-GB`; `None` where it has no table.
    pub fn of(lang: &str) -> Option<Self> {
        let primary = lang.trim().split(['-', '_']).next().unwrap_or_default().to_lowercase();
        let (lang, text) = TABLES.iter().find(|(code, _)| *code == primary)?;
        let table = parsed(text);
        let messages = table
            .messages
            .into_iter()
            .flat_map(|(chapter, entries)| {
                entries.into_iter().map(move |(name, message)| (format!("{chapter}.{name}"), message))
            })
            .collect();
        Some(Self {
            lang,
            numbers: NumberStyle {
                decimal: table.numbers.decimal,
                blank_before_percent: table.numbers.blank_before_percent,
            },
            plural: table.numbers.plural,
            date: table.numbers.date,
            messages,
            nouns: table.nouns,
        })
    }

    /// The codes of all languages there are tables for.
    pub fn languages() -> impl Iterator<Item = &'static str> {
        TABLES.into_iter().map(|(code, _)| code)
    }

    /// English, which every other language falls back to.
    pub fn english() -> Self {
        Self::of("en").expect("the English table is compiled in")
    }

    /// English with the words of workbooks to fill in, which no other language has so far.
    pub fn for_templates() -> Self {
        let mut words = Self::english();
        let table: BTreeMap<String, BTreeMap<String, Message>> =
            toml::from_str(include_str!("wording/template.toml")).expect("the table is parsed in a test");
        for (chapter, entries) in table {
            words.messages.extend(entries.into_iter().map(|(name, message)| (format!("{chapter}.{name}"), message)));
        }
        words
    }

    /// The language's code: `en`.
    pub fn lang(&self) -> &'static str {
        self.lang
    }

    /// How the language writes numbers.
    pub fn numbers(&self) -> NumberStyle {
        self.numbers
    }

    /// A message with its placeholders filled.
    pub fn say(&self, key: &str, args: &[Arg]) -> String {
        match self.messages.get(key) {
            Some(Message::Plain(pattern) | Message::Plural { other: pattern, .. }) => fill(pattern, args),
            None => missing(key),
        }
    }

    /// A message in the plural form for a count, which fills `{n}`.
    pub fn count(&self, key: &str, n: u64, args: &[Arg]) -> String {
        self.measure(key, &n.to_string(), args)
    }

    /// A message in the plural form for a number as it is shown (`1.0` takes another form than `1`), which fills `{n}`.
    pub fn measure(&self, key: &str, shown: &str, args: &[Arg]) -> String {
        let pattern = match self.messages.get(key) {
            Some(Message::Plain(pattern)) => pattern,
            Some(Message::Plural { one, .. }) if self.plural.is_one(shown) => one,
            Some(Message::Plural { other, .. }) => other,
            None => return missing(key),
        };
        let mut all = vec![("n", shown)];
        all.extend_from_slice(args);
        fill(pattern, &all)
    }

    /// `A`, `A and B`, `A, B and C`.
    pub fn list(&self, names: &[String]) -> String {
        let Some((last, before)) = names.split_last() else { return String::new() };
        let Some((first, between)) = before.split_first() else { return last.clone() };
        let head = between
            .iter()
            .fold(first.clone(), |head, name| self.say("phrase.list-comma", &[("head", &head), ("name", name)]));
        self.say("phrase.list-last", &[("head", &head), ("name", last)])
    }

    /// A date in the language's form; a text that is no ISO date stays as it is.
    pub fn date(&self, text: &str) -> String {
        let parts: Vec<&str> = text.split('-').collect();
        match parts[..] {
            [year, month, day]
                if (year.len(), month.len(), day.len()) == (4, 2, 2)
                    && parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit())) =>
            {
                fill(&self.date, &[("year", year), ("month", month), ("day", day)])
            }
            _ => text.to_owned(),
        }
    }

    /// The noun for what is assessed that a sheet's header names (`Application`, `Teams`), in whatever language the sheet
    /// is; else the general one.
    pub fn noun(&self, header: Option<&str>) -> &Noun {
        let wanted = header.unwrap_or_default().trim().to_lowercase();
        if wanted.is_empty() {
            return &self.nouns[0];
        }
        let place = |nouns: &[Noun]| nouns.iter().position(|noun| noun.is_meant_by(&wanted));
        let known = place(&self.nouns).or_else(|| {
            let others = TABLES.iter().filter(|(code, _)| *code != self.lang);
            others.filter_map(|(_, text)| place(&parsed(text).nouns)).next()
        });
        &self.nouns[known.unwrap_or(0)]
    }
}

fn parsed(text: &str) -> Table {
    toml::from_str(text).expect("the tables are parsed in a test")
}

/// A key that no table has is a mistake of ours: the tests stop on it, a reader sees the key.
fn missing(key: &str) -> String {
    debug_assert!(false, "no message `{key}`");
    key.to_owned()
}

/// Puts the arguments into the pattern, in one pass, so that braces in a client's text stay what they are.
fn fill(pattern: &str, args: &[Arg]) -> String {
    let mut out = String::with_capacity(pattern.len() + 32);
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            rest = after;
            break;
        };
        match args.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => out.push_str(value),
            None => debug_assert!(false, "nothing fills {{{name}}} of `{pattern}`"),
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::Path;

    #[test]
    fn lists_dates_plurals_and_braces() {
        let words = Words::english();
        let names = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(words.list(&names("A")), "A");
        assert_eq!(words.list(&names("A B")), "A and B");
        assert_eq!(words.list(&names("A B C D")), "A, B, C and D");
        assert_eq!(words.list(&[]), "");
        assert_eq!(words.date("2026-01-31"), "2026-01-31");
        assert_eq!(words.date("end of Q3"), "end of Q3");
        assert_eq!(fill("{name} of {m}", &[("name", "{m}"), ("m", "9")]), "{m} of 9");
        assert_eq!(words.noun(Some("Teams")).one, "team");
        assert_eq!(words.noun(Some("Kostenstelle")).other, "subjects");
        assert!(Words::of("en-GB").is_some() && Words::of("tlh").is_none());
    }

    /// Every key that stands in the code as `"chapter.name"`.
    fn keys_in(folder: &Path, chapters: &BTreeSet<&str>, found: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).expect("the sources are there") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                keys_in(&path, chapters, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = std::fs::read_to_string(&path).expect("readable");
                let keys = text.split('"').filter(|literal| {
                    literal.split_once('.').is_some_and(|(chapter, name)| {
                        chapters.contains(chapter)
                            && !name.is_empty()
                            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
                    })
                });
                found.extend(keys.map(str::to_owned));
            }
        }
    }

    #[test]
    fn every_word_of_the_templates_is_used_and_there() {
        let there: BTreeSet<String> = Words::for_templates().messages.into_keys().collect();
        let there = there.into_iter().filter(|key| key.starts_with("template.")).collect::<BTreeSet<_>>();
        let mut used = BTreeSet::new();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        keys_in(&folder, &BTreeSet::from(["template"]), &mut used);
        used.remove("template.toml");
        assert_eq!(there, used);
    }

    #[test]
    fn every_key_is_used_and_every_used_key_is_there() {
        for (lang, _) in TABLES {
            let words = Words::of(lang).expect("its table parses");
            let there: BTreeSet<String> = words.messages.keys().cloned().collect();
            let chapters: BTreeSet<&str> = there.iter().filter_map(|key| key.split('.').next()).collect();
            let mut used = BTreeSet::new();
            keys_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &chapters, &mut used);
            let unused: Vec<_> = there.difference(&used).collect();
            let unknown: Vec<_> = used.difference(&there).collect();
            assert!(unused.is_empty() && unknown.is_empty(), "{lang}: unused {unused:?}, unknown {unknown:?}");
        }
    }

    /// The names of a pattern's placeholders.
    fn placeholders(pattern: &str) -> BTreeSet<String> {
        let parts = pattern.split('{').skip(1).filter_map(|part| part.split_once('}'));
        parts.map(|(name, _)| name.to_owned()).collect()
    }

    #[test]
    fn every_language_has_every_message_with_the_same_placeholders() {
        let english = Words::english();
        for lang in Words::languages() {
            let words = Words::of(lang).expect("its table parses");
            let keys = |words: &Words| words.messages.keys().cloned().collect::<BTreeSet<_>>();
            let (there, wanted) = (keys(&words), keys(&english));
            let missing: Vec<_> = wanted.difference(&there).collect();
            assert!(missing.is_empty(), "{lang} lacks {missing:?}");
            assert!(there.is_subset(&wanted), "{lang} has more: {:?}", there.difference(&wanted));
            assert_eq!(
                words.nouns.len(),
                english.nouns.len(),
                "{lang}: the nouns of all languages stand side by side"
            );
            for (key, message) in &words.messages {
                let names = |message: &Message| match message {
                    Message::Plain(text) => vec![placeholders(text)],
                    Message::Plural { one, other } => vec![placeholders(one), placeholders(other)],
                };
                let all = names(&english.messages[key]).pop().expect("a message has a form");
                for mut form in names(message) {
                    let mut all = all.clone();
                    // The number may be left to a word, as in "the one rating".
                    if matches!(message, Message::Plural { .. }) {
                        form.insert("n".to_owned());
                        all.insert("n".to_owned());
                    }
                    assert_eq!(form, all, "{lang}: {key}");
                }
            }
        }
    }

    /// Words that two languages or more truly share.
    const SHARED: &[&str] = &[
        "CSV",
        "SVG",
        "PNG",
        "Name",
        "{subject} in {area}",
        "Code",
        "Date",
        "n/a",
        "Rang",
        "Responsable",
        "página {n} de {m}",
        "Copiado",
        "Áreas",
        "{n} área",
        "{n} áreas",
        "{n} de {m}",
        "Área",
        "Déficit",
        "Peso",
        "Motivo",
        "Código",
        "Significado",
        "Antes",
        "Modelo",
        "Escala",
        "de {low} a {high}",
        "Conjunto",
        "Organisation",
        "Introduction",
        "Classification",
    ];

    #[test]
    fn no_sentence_is_left_in_another_language() {
        let all: Vec<Words> = Words::languages().filter_map(Words::of).collect();
        let forms = |message: &Message| match message {
            Message::Plain(text) => vec![text.clone()],
            Message::Plural { one, other } => vec![one.clone(), other.clone()],
        };
        let mut alike = Vec::new();
        for (place, words) in all.iter().enumerate() {
            for other in &all[place + 1..] {
                for (key, message) in &words.messages {
                    let theirs = forms(&other.messages[key]);
                    let same = forms(message).into_iter().filter(|text| {
                        let words_in_it = placeholders(text)
                            .iter()
                            .fold(text.clone(), |text, name| text.replace(&format!("{{{name}}}"), ""));
                        words_in_it.contains(char::is_alphabetic)
                            && theirs.contains(text)
                            && !SHARED.contains(&text.as_str())
                    });
                    alike.extend(same.map(|text| format!("{key} in {} and {}: {text}", words.lang, other.lang)));
                }
            }
        }
        assert!(alike.is_empty(), "{}", alike.join("\n"));
    }

    #[test]
    fn plurals_follow_the_language() {
        let level = |lang: &str, shown: &str| {
            let words = Words::of(lang).expect("a table");
            words.measure("part.gap", shown, &[("name", "X")])
        };
        assert_eq!(level("en", "1"), "X: 1 level to close");
        assert_eq!(level("en", "1.0"), "X: 1.0 levels to close");
        assert_eq!(level("de", "1"), "X: 1 Stufe offen");
        assert_eq!(level("de", "1,0"), "X: 1,0 Stufen offen");
        assert_eq!(level("fr", "1,6"), "X\u{a0}: 1,6 niveau à combler");
        assert_eq!(level("fr", "2,0"), "X\u{a0}: 2,0 niveaux à combler");
        assert_eq!(level("es", "1,0"), "X: falta 1,0 nivel");
        assert_eq!(level("es", "0,6"), "X: faltan 0,6 niveles");
        assert_eq!(level("pt", "1,6"), "X: falta 1,6 nível");
    }

    #[test]
    fn a_sheet_in_one_language_has_its_noun_in_a_report_in_another() {
        let german = Words::of("de-AT").expect("a table");
        assert_eq!(german.noun(Some("Applications")).other, "Anwendungen");
        assert_eq!(german.noun(Some("Équipe")).other, "Teams");
        assert_eq!(Words::english().noun(Some("Geschäftsbereich")).one, "business unit");
        assert_eq!(german.date("2026-01-31"), "31.01.2026");
        assert_eq!(Words::of("fr").expect("a table").date("2026-01-31"), "31/01/2026");
    }
}
