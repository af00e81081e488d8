//! Sentences by language: message tables with plural forms, name lists and dates. Knows nothing of reports.
//!
//! A message is a whole sentence or a whole phrase with `{names}` to fill in; no sentence is put together from pieces, as
//! word order and endings differ between languages. The tables are `wording/<language>.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::number::NumberStyle;

/// The language tables that are compiled in: code and text.
const TABLES: [(&str, &str); 1] = [("en", include_str!("wording/en.toml"))];

/// The wording of one language.
#[derive(Clone, Debug)]
pub struct Words {
    lang: &'static str,
    numbers: NumberStyle,
    date: String,
    messages: BTreeMap<String, Message>,
    nouns: Vec<Noun>,
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
}

/// A placeholder's name and what it is filled with.
pub type Arg<'a> = (&'a str, &'a str);

impl Words {
    /// The wording of a language by its BCP 47 code, `en` or `en-GB`; `None` where it has no table.
    pub fn of(lang: &str) -> Option<Self> {
        let primary = lang.split(['-', '_']).next().unwrap_or_default().to_lowercase();
        let (lang, text) = TABLES.iter().find(|(code, _)| *code == primary)?;
        let table: Table = toml::from_str(text).expect("the tables are parsed in a test");
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
            date: table.numbers.date,
            messages,
            nouns: table.nouns,
        })
    }

    /// English, which every other language falls back to.
    pub fn english() -> Self {
        Self::of("en").expect("the English table is compiled in")
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
            Some(Message::Plural { one, .. }) if is_one(shown) => one,
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

    /// The noun for what is assessed that a sheet's header names (`Application`, `Teams`), else the general one.
    pub fn noun(&self, header: Option<&str>) -> &Noun {
        let wanted = header.unwrap_or_default().trim().to_lowercase();
        let known = self.nouns.iter().find(|noun| noun.one == wanted || noun.other == wanted);
        known.unwrap_or(&self.nouns[0])
    }
}

/// English: the form `one` belongs to the bare number 1.
fn is_one(shown: &str) -> bool {
    shown == "1"
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

    #[test]
    fn plural_forms_name_the_same_placeholders() {
        let names = |pattern: &str| -> BTreeSet<String> {
            pattern
                .split('{')
                .skip(1)
                .filter_map(|part| part.split_once('}'))
                .map(|(name, _)| name.to_owned())
                .collect()
        };
        for (key, message) in Words::english().messages {
            if let Message::Plural { one, other } = message {
                let (mut one, mut other) = (names(&one), names(&other));
                one.insert("n".to_owned());
                other.insert("n".to_owned());
                assert_eq!(one, other, "{key}");
            }
        }
    }
}
