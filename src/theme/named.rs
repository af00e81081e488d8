//! The themes that come with the program, and the commented file that `theme new` writes.

use super::{Look, Theme, read};

/// Name, what it is for, and its file.
pub const NAMED: [(&str, &str, &str); 3] = [
    ("plain", "the default: open pages, plain headings, no cover", ""),
    ("ledger", "sober and dense, headings under strong rules, with a cover", include_str!("named/ledger.toml")),
    ("slate", "title on a dark band, headings with a bar, petrol and amber", include_str!("named/slate.toml")),
];

/// A theme file with every key, explained.
pub const TEMPLATE: &str = include_str!("named/template.toml");

/// The theme of this name.
pub fn named(name: &str) -> Option<Theme> {
    let (_, _, text) = NAMED.iter().find(|(known, ..)| *known == name)?;
    let none = |_: &str| Err("a shipped theme names no files".to_owned());
    let mut theme = read(text, &none).expect("the shipped themes are read in a test").value;
    if *name == *"plain" {
        theme.look = Look::Plain;
    }
    Some(theme)
}
