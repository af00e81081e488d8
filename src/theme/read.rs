//! A theme file -> a [`Theme`]. Every mistake is told with line and column and the nearest name that exists, all at once.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Ink, Logo, Look, Paper, Rgb, SECTIONS, Theme, contrast, introduction, named};
use crate::error::{Problem, Problems, Result, Warned, quoted};

/// What a theme file may say.
const KEYS: [&str; 14] = [
    "based-on",
    "look",
    "logo",
    "organisation",
    "author",
    "classification",
    "cover",
    "sections",
    "introduction",
    "introduction-file",
    "paper",
    "fonts",
    "colours",
    "name",
];

/// Opens a file that a theme names, relative to the theme; the reason where it cannot.
pub type Open<'a> = &'a dyn Fn(&str) -> std::result::Result<Vec<u8>, String>;

/// Reads a theme file; warns of colours that cannot be told apart and of what a logo or an introduction loses.
///
/// # Errors
/// `bad-theme` for every mistake, each with its line and column.
pub fn read(text: &str, open: Open) -> Result<Warned<Theme>> {
    let mut reader = Reader { text, open, theme: Theme::default(), problems: Vec::new(), warnings: Vec::new() };
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        reader.mistake(&span, error.message().replace('\n', ", "));
    }
    if reader.problems.is_empty() {
        reader.table(table.get_ref());
    }
    let Reader { theme, mut problems, mut warnings, .. } = reader;
    if !problems.is_empty() {
        // A table hands out its keys in their own order; a reader goes down the file.
        problems.sort_by_key(|(start, _)| *start);
        return Err(Problems(problems.into_iter().map(|(_, problem)| problem).collect()));
    }
    warnings.extend(contrast::warnings(&theme));
    Ok(Warned { value: theme, warnings })
}

struct Reader<'a> {
    text: &'a str,
    open: Open<'a>,
    theme: Theme,
    /// With where in the text they are.
    problems: Vec<(usize, Problem)>,
    warnings: Vec<Problem>,
}

type Value<'a> = Spanned<DeValue<'a>>;

impl Reader<'_> {
    fn place(&self, span: &Range<usize>) -> String {
        let before = &self.text[..span.start.min(self.text.len())];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        format!("line {line}, column {column}")
    }

    fn mistake(&mut self, span: &Range<usize>, message: impl Into<String>) -> &mut Problem {
        let problem = Problem::new("bad-theme", message).at(self.place(span));
        self.problems.push((span.start, problem));
        &mut self.problems.last_mut().expect("one was just added").1
    }

    fn unknown(&mut self, span: &Range<usize>, what: &str, given: &str, known: &[&str]) {
        let hint = match nearest(given, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known: {}", known.join(", ")),
        };
        self.mistake(span, format!("unknown {what} {}", quoted(given))).hint = Some(hint);
    }

    fn table(&mut self, table: &DeTable) {
        // What it is based on comes first, whatever the order of the file.
        if let Some((_, value)) = table.iter().find(|(key, _)| key.get_ref() == "based-on") {
            let names: Vec<&str> = super::NAMED.iter().map(|(name, ..)| *name).collect();
            if let Some(name) = self.words(value) {
                match named(&name) {
                    Some(base) => self.theme = base,
                    None => self.unknown(&value.span(), "theme", &name, &names),
                }
            }
        }
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "based-on" | "name" => {}
                "look" => self.look(value),
                "logo" => self.logo(value),
                "organisation" => self.theme.organisation = self.words(value),
                "author" => self.theme.author = self.words(value),
                "classification" => self.theme.classification = self.words(value),
                "cover" => match value.get_ref().as_bool() {
                    Some(cover) => self.theme.cover = cover,
                    None => self.wrong(value, "true or false"),
                },
                "sections" => self.sections(value),
                "introduction" => {
                    if let Some(text) = self.words(value) {
                        self.introduction(&text);
                    }
                }
                "introduction-file" => {
                    if let Some(bytes) = self.words(value).and_then(|name| self.file(value, &name)) {
                        match String::from_utf8(bytes) {
                            Ok(text) => self.introduction(&text),
                            Err(_) => {
                                self.mistake(&value.span(), "the introduction is no UTF-8 text");
                            }
                        }
                    }
                }
                "paper" => match self.words(value).as_deref() {
                    Some("a4") => self.theme.paper = Some(Paper::A4),
                    Some("letter") => self.theme.paper = Some(Paper::Letter),
                    Some(other) => self.unknown(&value.span(), "paper", other, &["a4", "letter"]),
                    None => {}
                },
                "fonts" => self.fonts(value),
                "colours" => self.colours(value, false),
                other => self.unknown(&key.span(), "key", other, &KEYS),
            }
        }
    }

    fn wrong(&mut self, value: &Value, wanted: &str) {
        let found = value.get_ref().type_str();
        self.mistake(&value.span(), format!("{wanted} is wanted here, this is {found}"));
    }

    fn words(&mut self, value: &Value) -> Option<String> {
        match value.get_ref().as_str() {
            Some(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            None => {
                self.wrong(value, "a text in quotes");
                None
            }
        }
    }

    fn list(&mut self, value: &Value) -> Vec<(Range<usize>, String)> {
        let Some(array) = value.get_ref().as_array() else {
            self.wrong(value, "a list of texts in brackets");
            return Vec::new();
        };
        array.iter().filter_map(|item| Some((item.span(), self.words(item)?))).collect()
    }

    fn file(&mut self, value: &Value, name: &str) -> Option<Vec<u8>> {
        self.opened(&value.span(), name)
    }

    fn opened(&mut self, span: &Range<usize>, name: &str) -> Option<Vec<u8>> {
        match (self.open)(name) {
            Ok(bytes) => Some(bytes),
            Err(reason) => {
                self.mistake(span, format!("{}: {reason}", quoted(name))).hint =
                    Some("file names are relative to the theme's own folder".to_owned());
                None
            }
        }
    }

    fn look(&mut self, value: &Value) {
        let Some(name) = self.words(value) else { return };
        match Look::ALL.iter().find(|(known, _)| *known == name) {
            Some((_, look)) => self.theme.look = *look,
            None => self.unknown(&value.span(), "look", &name, &Look::ALL.map(|(name, _)| name)),
        }
    }

    fn logo(&mut self, value: &Value) {
        let Some(name) = self.words(value) else { return };
        let Some(bytes) = self.file(value, &name) else { return };
        match Logo::read(&bytes) {
            Ok((logo, left_out)) => {
                self.theme.logo = Some(logo);
                if !left_out.is_empty() {
                    let message = format!("{}: not drawn: {}", quoted(&name), left_out.join(", "));
                    let hint = "shapes with plain colours are; text can be turned into paths, or give a PNG";
                    self.warnings.push(Problem::new("logo", message).at(self.place(&value.span())).hint(hint));
                }
            }
            Err(reason) => {
                self.mistake(&value.span(), format!("{}: {reason}", quoted(&name))).hint =
                    Some("a logo is a PNG or an SVG of plain shapes".to_owned());
            }
        }
    }

    fn sections(&mut self, value: &Value) {
        let mut sections: Vec<String> = Vec::new();
        for (span, id) in self.list(value) {
            if !SECTIONS.contains(&id.as_str()) {
                self.unknown(&span, "chapter", &id, &SECTIONS);
            } else if sections.contains(&id) {
                self.mistake(&span, format!("`{id}` stands twice"));
            } else {
                sections.push(id);
            }
        }
        if sections.is_empty() && self.problems.is_empty() {
            self.mistake(&value.span(), "no chapter is left");
        }
        self.theme.sections = Some(sections);
    }

    fn introduction(&mut self, text: &str) {
        let (passages, problems) = introduction::passages(text);
        self.theme.introduction = passages;
        self.warnings.extend(problems);
    }

    fn fonts(&mut self, value: &Value) {
        for (span, name) in self.list(value) {
            let Some(bytes) = self.opened(&span, &name) else { continue };
            match ttf_parser::Face::parse(&bytes, 0) {
                Ok(_) => self.theme.fonts.push(bytes),
                Err(error) => {
                    self.mistake(&span, format!("{}: no font that can be read ({error})", quoted(&name))).hint =
                        Some("TrueType and OpenType fonts are read (.ttf, .otf, .ttc)".to_owned());
                }
            }
        }
    }

    fn colours(&mut self, value: &Value, dark: bool) {
        let Some(table) = value.get_ref().as_table() else {
            return self.wrong(value, "a table of colours");
        };
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            if name == "dark" && !dark {
                self.colours(value, true);
                continue;
            }
            let Some(ink) = Ink::all().into_iter().find(|ink| ink.name() == name) else {
                let names: Vec<String> = Ink::all().into_iter().map(Ink::name).collect();
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                self.unknown(&key.span(), "colour", name, &names);
                continue;
            };
            let Some(text) = self.words(value) else { continue };
            match Rgb::parse(&text) {
                Some(colour) if dark => {
                    self.theme.dark.insert(ink, colour);
                }
                Some(colour) => {
                    self.theme.light.insert(ink, colour);
                }
                None => {
                    self.mistake(&value.span(), format!("{} is no colour", quoted(&text))).hint =
                        Some("six digits after a hash, as in \"#12436d\"".to_owned());
                }
            }
        }
    }
}

/// The known name that a mistyped one is nearest to, where one is near.
fn nearest<'k>(given: &str, known: &[&'k str]) -> Option<&'k str> {
    let given = given.to_lowercase();
    let scored = known.iter().map(|name| (strsim::jaro_winkler(&given, name), *name));
    scored.filter(|(score, _)| *score >= 0.8).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name)
}
