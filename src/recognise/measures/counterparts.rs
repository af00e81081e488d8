//! Columns that differ in one word: `Current Competency` and `Required Competency`.

use super::Forced;
use super::rated::Rated;
use crate::recognise::table::Table;
use crate::recognise::words::{Role, Words, folded};

/// The words of a header without those that say now or wanted: `competency` of `Current Competency`.
pub(super) fn noun(head: &str, without: &[&str]) -> Option<String> {
    let plain = folded(head);
    let words: Vec<&str> = plain.split(' ').collect();
    let kept: Vec<&str> = words.iter().copied().filter(|word| !without.contains(word)).collect();
    (kept.len() < words.len()).then(|| kept.join(" "))
}

/// Words that say now, in headers beside a noun.
const NOW: [&str; 16] = [
    "current",
    "actual",
    "present",
    "existing",
    "observed",
    "now",
    "today",
    "ist",
    "aktuell",
    "aktuelle",
    "aktueller",
    "actuelle",
    "actuel",
    "atual",
    "achieved",
    "erreicht",
];

/// Words that say wanted, in headers beside a noun.
const WANTED: [&str; 24] = [
    "target",
    "required",
    "desired",
    "expected",
    "planned",
    "goal",
    "needed",
    "minimum",
    "future",
    "wanted",
    "ziel",
    "soll",
    "gefordert",
    "geforderte",
    "requerido",
    "exigido",
    "deseado",
    "desejado",
    "objetivo",
    "alvo",
    "cible",
    "visee",
    "requis",
    "attendu",
];

/// `Current Competency | Required Competency`, `Maturity Score | Target Maturity Score`: of two columns with the same
/// noun one is what the other asks for, whatever else their headers may mean.
pub(super) fn counterparts(table: &Table, words: &Words, forced: &Forced, rated: &mut Vec<Rated>) {
    let free = |index: &usize| !forced.contains_key(index);
    let levels = |index: usize| {
        let profile = &table.columns[index].profile;
        profile.filled > 0 && profile.word_share() >= 0.6 && profile.long * 3 <= profile.filled
    };
    let all: Vec<usize> = (0..table.columns.len()).filter(free).filter(|index| levels(*index)).collect();
    for wanted in &all {
        let Some(asked) = noun(&table.columns[*wanted].head, &WANTED).filter(|noun| !noun.is_empty()) else {
            continue;
        };
        // A date, a priority or a gap by its noun is none of these.
        if words.header(&asked).first().is_some_and(|(role, strength)| !role.is_rating() && *strength >= 0.7) {
            continue;
        }
        let same = |index: &&usize| {
            let head = &table.columns[**index].head;
            **index != *wanted
                && table.columns[**index].group == table.columns[*wanted].group
                && (noun(head, &NOW).as_deref() == Some(&asked) || folded(head) == asked)
        };
        let mut found = all.iter().filter(same);
        let (Some(now), None) = (found.next(), found.next()) else { continue };
        for (index, role) in [(*now, Role::Current), (*wanted, Role::Target)] {
            let by_words = table.columns[index].profile.words > table.columns[index].profile.levels;
            let (label, apart) = (table.columns[index].group.clone(), !table.columns[index].group.is_empty());
            let strength = 0.95;
            match rated.iter_mut().find(|rated| rated.index == index) {
                Some(known) if known.role == role => known.strength = known.strength.max(strength),
                Some(known) => *known = Rated { index, role, label, apart, strength, words: by_words },
                None => rated.push(Rated { index, role, label, apart, strength, words: by_words }),
            }
        }
    }
    rated.sort_by_key(|rated| rated.index);
}
