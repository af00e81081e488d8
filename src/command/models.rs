//! Maturity models by name or file.

use std::path::Path;
use std::sync::Arc;

use gapwise::error::{Problem, Problems, Result};
use gapwise::model::{Model, catalogue, file};

use crate::output;

/// A model by its id in the catalogue, or from a file: what ends in `.toml` or holds a separator is a path.
///
/// # Errors
/// `no-model`; `not-readable`; every mistake in the file, with its line and column.
pub fn load(name: &str) -> Result<Arc<Model>> {
    let is_path = name.to_lowercase().ends_with(".toml") || name.contains(['/', std::path::MAIN_SEPARATOR]);
    if is_path { read(Path::new(name)).map(Arc::new) } else { catalogue::get(name) }
}

/// A model from a file; messages name the file before the line.
fn read(path: &Path) -> Result<Model> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).map_err(|error| {
        let reason = match error.kind() {
            std::io::ErrorKind::NotFound => "no such file".to_owned(),
            std::io::ErrorKind::InvalidData => "is no text in UTF-8".to_owned(),
            _ => output::reason(&error),
        };
        let problem = Problem::new("not-readable", reason).at(shown.to_string());
        Problems::from(problem.hint("--model takes an id of gapwise models or the path of a .toml file"))
    })?;
    file::read(&text).map_err(|Problems(found)| {
        let named = |mut problem: Problem| {
            problem.at = Some(problem.at.map_or_else(|| shown.to_string(), |at| format!("{shown}, {at}")));
            problem
        };
        Problems(found.into_iter().map(named).collect())
    })
}
