//! The models that are compiled in. A new one is a file in `models/` and a line here.

use std::sync::{Arc, LazyLock};

use super::{Model, file};
use crate::error::{Problem, Result, quoted};

macro_rules! models {
    ($($id:literal),+ $(,)?) => {
        /// Ids and files, in the order that `gapwise models` lists.
        const FILES: &[(&str, &str)] = &[$(($id, include_str!(concat!("../../models/", $id, ".toml")))),+];
    };
}

models! {
    "cd-humble-farley",
    "cd-infoq",
    "iac",
    "devops-levels",
    "dora",
    "mlops-google",
    "mlops-microsoft",
    "mlops-effective",
    "gitops",
    "safe-devops",
    "cmmi-dev",
    "samm-v2",
    "dsomm",
    "nist-csf-2.0",
    "c2m2-2.1",
    "cis-v8.1",
    "iso27001-2022-annex-a",
    "cncf-cloud-native",
    "finops",
    "cisa-zero-trust",
    "tmmi",
}

/// Parsed once: a batch of a thousand files asks for the same constants a thousand times.
static MODELS: LazyLock<Vec<Arc<Model>>> = LazyLock::new(|| {
    FILES.iter().map(|(_, text)| Arc::new(file::read(text).expect("every model is read in a test"))).collect()
});

/// All models, in a fixed order.
pub fn all() -> &'static [Arc<Model>] {
    &MODELS
}

/// The text of a model's file.
pub fn text(id: &str) -> Option<&'static str> {
    FILES.iter().find(|(name, _)| *name == id).map(|(_, text)| *text)
}

/// A model by its id.
///
/// # Errors
/// `no-model`, with the nearest id.
pub fn get(id: &str) -> Result<Arc<Model>> {
    let wanted = id.to_lowercase();
    if let Some(model) = all().iter().find(|model| model.id == wanted) {
        return Ok(Arc::clone(model));
    }
    let ids = || FILES.iter().map(|(id, _)| *id);
    let near = ids()
        .map(|id| (strsim::jaro_winkler(&wanted, id), id))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let hint = match near {
        Some((_, near)) => format!("did you mean `{near}`? gapwise models lists all"),
        None => "gapwise models lists all; a model of your own is a file that ends in .toml".to_owned(),
    };
    Err(Problem::new("no-model", format!("no model {}", quoted(id))).hint(hint).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_model_is_read_and_named_like_its_file() {
        for (id, text) in FILES {
            match file::read(text) {
                Ok(model) => assert_eq!(model.id, *id),
                Err(problems) => panic!("models/{id}.toml\n{problems}"),
            }
        }
    }

    #[test]
    fn every_model_is_complete() {
        for model in all() {
            let unwritten: Vec<String> =
                model.unwritten().iter().map(|(area, level)| format!("{} at {level}", area.id)).collect();
            assert!(unwritten.is_empty(), "{}: nothing is asked of {}", model.id, unwritten.join(", "));
            for (what, text) in [
                ("publisher", &model.publisher),
                ("source", &model.source),
                ("licence", &model.licence),
                ("verified", &model.verified),
                ("rule_note", &model.rule_note),
            ] {
                assert!(text.is_some(), "{}: no {what}", model.id);
            }
        }
    }
}
