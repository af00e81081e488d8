//! A document taken apart into its files, and a file put into a document.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::analysis::{Analysis, Input, Item, Leaf, ModelUsed, RatingLine, figures, leaves, rank, score_anew};
use crate::assessment::{Reading, TargetSource};
use crate::error::Problem;
use crate::model::Scale;

/// What the document of one file says beside its ratings, kept in a merged document so that it can be merged again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// Its title.
    pub title: String,
    /// Its date.
    pub date: String,
    /// Its model.
    pub model: Option<ModelUsed>,
    /// Its scale, which may name fewer levels than the merged one.
    pub scale: Scale,
    /// Where its targets come from.
    pub targets: TargetSource,
    /// Its word for a subject.
    pub subject_word: Option<String>,
    /// The earlier assessment it was compared with.
    pub previous: Option<String>,
    /// What was new in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub added: Vec<Item>,
    /// What it had no more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dropped: Vec<Item>,
    /// Exact sums, where its ratings were left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sums: Vec<Leaf>,
    /// What was noticed while reading it.
    pub warnings: Vec<Problem>,
    /// How it was read.
    pub reading: Reading,
}

/// One file with all that is known of it; the same whether it comes from its own document or from a merged one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Part {
    /// The file, without its origin.
    pub(super) input: Input,
    pub(super) origin: Origin,
    /// The ratings as the file has them, without ranks.
    pub(super) ratings: Vec<RatingLine>,
}

impl Part {
    /// Files come in the order of folder, name and content; what was read of it tells apart what is alike in these.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        let file = |part: &Self| (part.input.folder.clone(), part.input.file.clone(), part.input.sha256.clone());
        let read = |part: &Self| {
            let content = serde_json::to_string(&(&part.input.sheets, &part.origin, &part.ratings));
            content.expect("plain data with text keys always serialises")
        };
        file(self).cmp(&file(other)).then_with(|| read(self).cmp(&read(other)))
    }

    pub(super) fn leave_out_ratings(&mut self, scale: &Scale) {
        if self.origin.sums.is_empty() {
            self.origin.sums = leaves::leaves(&self.ratings, scale);
        }
        self.ratings.clear();
    }

    /// The file's own document, its figures computed anew.
    pub(super) fn into_document(mut self) -> Analysis {
        let leaves = match self.ratings.is_empty() {
            true => self.origin.sums.clone(),
            false => leaves::leaves(&self.ratings, &self.origin.scale),
        };
        let mut totals = figures::compute_from(&leaves, &self.origin.scale);
        rank(&mut self.ratings);
        let mut origin = self.origin;
        if let Some(model) = &mut origin.model {
            score_anew(model, &origin.scale, &self.ratings, origin.sums.is_empty(), &mut totals);
        }
        Analysis {
            input: Some(self.input),
            model: origin.model,
            targets: origin.targets,
            subject_word: origin.subject_word,
            previous: origin.previous,
            added: origin.added,
            dropped: origin.dropped,
            overall: totals.overall,
            areas: totals.areas,
            subjects: totals.subjects,
            ratings: self.ratings,
            sums: origin.sums,
            warnings: origin.warnings,
            reading: origin.reading,
            ..Analysis::blank(origin.title, origin.date, origin.scale)
        }
    }

    pub(super) fn into_input(self) -> Input {
        Input { origin: Some(Box::new(self.origin)), ..self.input }
    }
}

/// Whether subjects of a merged document were joined.
pub(super) fn joined(analysis: &Analysis) -> bool {
    analysis.ratings.iter().any(|it| it.subject_in_file.is_some() && it.subject_in_file == it.subject)
}

/// The files of a document.
pub(super) fn take_apart(analysis: Analysis) -> Vec<Part> {
    match analysis.input {
        Some(_) => vec![alone(analysis)],
        None => many(analysis),
    }
}

fn alone(mut analysis: Analysis) -> Part {
    let input = analysis.input.take().expect("asked before");
    analysis.ratings.iter_mut().for_each(|rating| rating.rank = None);
    Part {
        input,
        origin: Origin {
            title: analysis.title,
            date: analysis.date,
            model: analysis.model,
            scale: analysis.scale,
            targets: analysis.targets,
            subject_word: analysis.subject_word,
            previous: analysis.previous,
            added: analysis.added,
            dropped: analysis.dropped,
            // Ratings tell more than their sums.
            sums: if analysis.ratings.is_empty() { analysis.sums } else { Vec::new() },
            warnings: analysis.warnings,
            reading: analysis.reading,
        },
        ratings: analysis.ratings,
    }
}

fn many(analysis: Analysis) -> Vec<Part> {
    let mut ratings: Vec<Vec<RatingLine>> = vec![Vec::new(); analysis.inputs.len()];
    for rating in analysis.ratings {
        if let Some(own) = rating.input.and_then(|input| ratings.get_mut(input)) {
            let subject = rating.subject_in_file.clone();
            let path = rating.path_in_file.clone().unwrap_or_else(|| rating.path.clone());
            own.push(RatingLine {
                area: path.last().cloned().unwrap_or_default(),
                path,
                path_in_file: None,
                subject,
                subject_in_file: None,
                file: None,
                input: None,
                rank: None,
                ..rating
            });
        }
    }
    let parts = analysis.inputs.into_iter().zip(ratings).filter_map(|(mut input, ratings)| {
        // Without its origin an input is only named: a document that another program made.
        let origin = *input.origin.take()?;
        Some(Part { input, origin, ratings })
    });
    parts.collect()
}
