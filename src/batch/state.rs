//! What the last run into a folder made of which inputs, so that the unchanged can be passed over.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use gapwise::error::Result;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Input, Order};
use crate::output::{self, STATE_FILE};

/// The state of an output folder.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct State {
    /// By output name without ending.
    entries: BTreeMap<String, Entry>,
}

/// What was made of one input.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Hash of content, settings and version.
    key: String,
    /// The files written, relative to the folder.
    outputs: Vec<PathBuf>,
}

impl State {
    /// The state of a folder; an empty one where there is none, or where it cannot be read.
    pub fn load(folder: &Path) -> Self {
        let text = fs::read(folder.join(STATE_FILE)).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    /// Whether this input was made with this key, and all that was written is still there.
    pub fn holds(&self, folder: &Path, name: &Path, key: &str) -> bool {
        self.entries
            .get(&shown(name))
            .is_some_and(|entry| entry.key == key && entry.outputs.iter().all(|output| folder.join(output).is_file()))
    }

    /// Takes note of what was made.
    pub fn note(&mut self, name: &Path, key: String, outputs: Vec<PathBuf>) {
        self.entries.insert(shown(name), Entry { key, outputs });
    }

    /// Writes the state, whole or not at all.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn save(&self, folder: &Path) -> Result<()> {
        let text = serde_json::to_vec_pretty(self).expect("plain data with text keys always serialises");
        output::write(&folder.join(STATE_FILE), &text)
    }
}

fn shown(name: &Path) -> String {
    name.to_string_lossy().into_owned()
}

/// Hash of an input's content, of everything that was ordered and of the program's version. Today's date is no part of
/// it: a report that falls back on the day it was made stays as it is.
///
/// # Errors
/// `not-found`, `not-readable`.
pub fn key(input: &Input, order: &Order) -> Result<String> {
    let settings = format!("{:?} {:?}", Order { today: String::new(), ..order.clone() }, input.sheet);
    let mut hash = Sha256::new();
    hash.update(env!("CARGO_PKG_VERSION").as_bytes());
    hash.update(Sha256::digest(settings.as_bytes()));
    hash.update(Sha256::digest(input.bytes()?));
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}
