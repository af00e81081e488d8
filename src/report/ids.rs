//! Ids of places in a report: stable, unique, safe in links of page and paper.

use std::collections::BTreeMap;

/// Gives out ids, each once.
#[derive(Clone, Debug, Default)]
pub(super) struct Ids {
    taken: BTreeMap<String, u32>,
}

impl Ids {
    /// `prefix-slug`, with a counter where the same was given before.
    pub(super) fn give(&mut self, prefix: &str, slug: &str) -> String {
        let first = format!("{prefix}-{slug}");
        let mut id = first.clone();
        while self.taken.contains_key(&id) {
            let count = self.taken.entry(first.clone()).or_insert(1);
            *count += 1;
            id = format!("{first}-{count}");
        }
        self.taken.insert(id.clone(), 1);
        id
    }
}

/// Letters and digits of any script in lower case, all else as single hyphens, at most 60 letters; never empty.
pub(super) fn slug(name: &str) -> String {
    hyphened(&name.to_lowercase())
}

/// The id part of a cell, case kept: `CD!D14` -> `CD-D14`, `'Q3 2025'!D14` -> `Q3-2025-D14`.
pub(super) fn cell_slug(at: &str) -> String {
    let (sheet, cell) = at.rsplit_once('!').unwrap_or(("", at));
    match sheet {
        "" => hyphened(cell),
        _ => format!("{}-{}", hyphened(sheet), hyphened(cell)),
    }
}

fn hyphened(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars() {
        match c.is_alphanumeric() {
            true => slug.push(c),
            false if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            false => {}
        }
        if slug.chars().count() == 60 {
            break;
        }
    }
    match slug.trim_end_matches('-') {
        "" => "x".to_owned(),
        slug => slug.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_readable_and_unique() {
        assert_eq!(slug("Build Management & CI (core)"), "build-management-ci-core");
        assert_eq!(slug("  ...  "), "x");
        assert_eq!(slug("Überwachung"), "überwachung");
        assert_eq!(cell_slug("CD!D14"), "CD-D14");
        assert_eq!(cell_slug("'Q3 2025'!D14"), "Q3-2025-D14");
        assert_eq!(cell_slug("D14"), "D14");
        let mut ids = Ids::default();
        let given = ["a-2", "a", "a", "a"].map(|slug| ids.give("area", slug));
        assert_eq!(given, ["area-a-2", "area-a", "area-a-3", "area-a-4"]);
    }
}
