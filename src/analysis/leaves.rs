//! Exact sums in place of ratings: what a document without ratings still needs to be merged to the last bit.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::RatingLine;
use super::figures::Sums;
use crate::model::Scale;

/// The sums over the ratings of one subject that stand directly in one area.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Leaf {
    /// Names from the top area down.
    pub path: Vec<String>,
    /// The subject; `null` where the file does not say.
    pub subject: Option<String>,
    /// Exact sums and counts.
    #[serde(flatten)]
    pub sums: Sums,
}

/// The sums of ratings, in the order of the first rating of each.
pub fn leaves(ratings: &[RatingLine], scale: &Scale) -> Vec<Leaf> {
    let mut known: BTreeMap<(Vec<String>, Option<String>), usize> = BTreeMap::new();
    let mut leaves: Vec<Leaf> = Vec::new();
    for rating in ratings {
        let index = *known.entry((rating.path.clone(), rating.subject.clone())).or_insert_with(|| {
            leaves.push(Leaf { path: rating.path.clone(), subject: rating.subject.clone(), sums: Sums::default() });
            leaves.len() - 1
        });
        leaves[index].sums.add(rating, scale);
    }
    leaves
}
