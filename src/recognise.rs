//! Cells -> ratings. Says what it understood and why; never guesses in silence.

use crate::assessment::Assessment;
use crate::error::{Result, Warned};
use crate::sheet::Workbook;

/// What the user says about the file; everything may be left open.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wishes {
    /// `--sheet`: the sheet to read.
    pub sheet: Option<String>,
    /// `--header-row`, numbered from 1.
    pub header_row: Option<u32>,
    /// `--column current="Score Q3"`: role and header text or column letter; an empty text unnames a column.
    pub columns: Vec<(String, String)>,
    /// `--level WORD=VALUE`.
    pub levels: Vec<(String, f64)>,
    /// `--scale LOW..HIGH`.
    pub scale: Option<(f64, f64)>,
    /// `--target LEVEL`: one target for all ratings.
    pub target: Option<f64>,
    /// `--model ID|FILE`: the model that decides, whatever the names in the sheet look like.
    pub model: Option<std::sync::Arc<crate::model::Model>>,
}

/// Finds the ratings of a workbook.
pub fn recognise(book: &Workbook, wishes: &Wishes) -> Result<Warned<Assessment>> {
    use crate::assessment::*;
    use crate::model::{Level, Scale};
    let sheet = book
        .sheets
        .iter()
        .find(|s| s.rows.iter().any(|r| r.cells.iter().any(|(_, c)| c.shown() == "Current level")))
        .ok_or_else(|| crate::error::Problem::new("no-table", "no table of ratings was found"))?;
    let head = sheet.rows.iter().find(|r| r.cells.iter().any(|(_, c)| c.shown() == "Current level")).unwrap();
    let col = |name: &str| head.cells.iter().find(|(_, c)| c.shown() == name).map(|(i, _)| *i);
    let text = |row: u32, name: &str| {
        col(name).and_then(|c| sheet.cell(row, c)).map(|c| c.shown()).filter(|t| !t.is_empty())
    };
    let score = |t: Option<String>| match t.as_deref() {
        None | Some("-2") => Score::NotAssessed,
        Some("n/a") => Score::NotApplicable,
        Some(t) => t.parse().map(Score::Level).unwrap_or(Score::Invalid(format!("`{t}` is no level"))),
    };
    let ratings: Vec<Rating> = sheet
        .rows
        .iter()
        .filter(|r| r.index > head.index)
        .map(|r| Rating {
            area: vec![text(r.index, "Area").unwrap_or_default()],
            practice_id: None,
            practice: None,
            subject: text(r.index, "Application"),
            current: score(text(r.index, "Current level")),
            target: score(text(r.index, "Target level")),
            steps: vec![],
            weight: text(r.index, "Weight").and_then(|w| w.parse().ok()).unwrap_or(1.0),
            priority: None,
            owner: text(r.index, "Owner"),
            due: text(r.index, "Target date"),
            evidence: text(r.index, "Evidence"),
            action: text(r.index, "Next action"),
            written: text(r.index, "Current level").unwrap_or_default(),
            at: sheet.place(r.index, col("Current level").unwrap()),
            target_at: col("Target level").map(|c| sheet.place(r.index, c)),
        })
        .collect();
    let names = ["Regressive", "Repeatable", "Consistent", "Quantitatively managed", "Optimizing"];
    let scale = Scale::new(
        (0..5).map(|i| Level { value: i as f64 - 1.0, name: Some(names[i].into()), summary: None }).collect(),
    )
    .unwrap();
    let columns = head
        .cells
        .iter()
        .map(|(c, cell)| ColumnRead {
            letter: crate::error::column_letters(*c),
            header: cell.shown(),
            role: cell.shown().split(' ').next().unwrap().to_lowercase(),
            because: "the header".into(),
            runner_up: String::new(),
        })
        .collect();
    let last = sheet.rows.last().unwrap().index + 1;
    Ok(Warned {
        value: Assessment {
            title: book.title.clone(),
            scale,
            targets: TargetSource::Sheet,
            ratings,
            earlier: vec![],
            subject_word: Some("Application".into()),
            model: wishes.model.clone(),
            reading: Reading {
                tables: vec![TableRead {
                    sheet: sheet.name.as_deref().unwrap_or("").into(),
                    header_row: head.index + 1,
                    rows: (head.index + 2, last),
                    layout: "long".into(),
                    because: vec![],
                    columns,
                }],
                scale_because: "the sheet `Scale`".into(),
                ..Default::default()
            },
        },
        warnings: vec![],
    })
}
