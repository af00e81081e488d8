//! Short names for files, each different: the stem where that is enough, else more.

use std::collections::BTreeMap;

use crate::analysis::{Input, stem};

/// A label for each input, the shortest that no other input of the set has.
pub(super) fn labels(inputs: &[&Input]) -> Vec<String> {
    let all: Vec<[String; 6]> = inputs.iter().map(|input| candidates(input)).collect();
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for texts in &all {
        let mut own: Vec<&str> = texts.iter().map(String::as_str).collect();
        own.sort_unstable();
        own.dedup();
        own.into_iter().for_each(|text| *uses.entry(text).or_default() += 1);
    }
    let short = |texts: &[String; 6]| texts.iter().find(|text| uses[text.as_str()] == 1).cloned();
    all.iter()
        .enumerate()
        .map(|(place, texts)| short(texts).unwrap_or_else(|| format!("{} ({})", texts[5], place + 1)))
        .collect()
}

fn candidates(input: &Input) -> [String; 6] {
    let name = stem(&input.file);
    let folder = input.folder.as_ref().map(|folder| format!("{folder}/")).unwrap_or_default();
    let sheets: Vec<&str> =
        input.sheets.iter().map(|sheet| sheet.name.as_str()).filter(|it| !it.is_empty()).collect();
    let sheets = if sheets.is_empty() { String::new() } else { format!(", {}", sheets.join(", ")) };
    let hash: String = input.sha256.chars().take(8).collect();
    [
        name.clone(),
        format!("{folder}{name}"),
        format!("{folder}{}", input.file),
        format!("{folder}{name}{sheets}"),
        format!("{folder}{}{sheets}", input.file),
        format!("{folder}{}{sheets} [{hash}]", input.file),
    ]
}
