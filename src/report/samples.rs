//! Small analyses for tests, written as text.

use crate::analysis::{Analysis, Frame, analyse};
use crate::assessment::{Assessment, ColumnRead, Earlier, Rating, Reading, Score, TableRead, TargetSource};
use crate::error::{Place, Warned};
use crate::model::{Level, Scale};

/// The five levels of a sample scale from -1 to 3.
pub(crate) fn scale() -> Scale {
    let names = ["Regressive", "Repeatable", "Consistent", "Quantitatively managed", "Optimizing"];
    let level =
        |(value, name): (i32, &str)| Level { value: f64::from(value), name: Some(name.to_owned()), summary: None };
    Scale::new((-1..).zip(names).map(level).collect()).expect("a scale")
}

/// An assessment of lines `area/part | practice | subject | current | target | weight | earlier | owner | due | action`,
/// the last ones left out at will; levels also as `-`, `n/a` or `x`. The level of the first line stands in cell C5.
pub(crate) fn assessment(lines: &[&str]) -> Assessment {
    let fields = |line: &&str| line.split('|').map(|field| field.trim().to_owned()).collect::<Vec<String>>();
    let rows: Vec<Vec<String>> = lines.iter().map(fields).collect();
    let text = |row: &[String], place: usize| row.get(place).filter(|text| !text.is_empty()).cloned();
    let score = |text: Option<String>| match text.as_deref() {
        None | Some("-") => Score::NotAssessed,
        Some("n/a") => Score::NotApplicable,
        Some("x") => Score::Invalid("`x` is no level".to_owned()),
        Some(number) => Score::Level(number.parse().expect("a number")),
    };
    let sheet = Some("Q4".into());
    let ratings: Vec<Rating> = (4..)
        .zip(&rows)
        .map(|(at, row)| Rating {
            area: row[0].split('/').map(str::to_owned).collect(),
            practice_id: None,
            practice: text(row, 1),
            subject: text(row, 2),
            current: score(text(row, 3)),
            target: score(text(row, 4)),
            steps: Vec::new(),
            weight: text(row, 5).map_or(1.0, |weight| weight.parse().expect("a number")),
            priority: None,
            owner: text(row, 7),
            due: text(row, 8),
            evidence: None,
            action: text(row, 9),
            written: row[3].clone(),
            measured: false,
            at: Place::cell(&sheet, at, 2),
            target_at: None,
        })
        .collect();
    let before: Vec<Option<f64>> = rows.iter().map(|row| score(text(row, 6)).level()).collect();
    let earlier = match before.iter().any(Option::is_some) {
        true => vec![Earlier { name: "2025-07-31".to_owned(), levels: before }],
        false => Vec::new(),
    };
    let targeted = ratings.iter().any(|rating| rating.target.level().is_some());
    let last = 4 + lines.len() as u32;
    Assessment {
        title: Some("Sample".to_owned()),
        scale: scale(),
        targets: if targeted { TargetSource::Sheet } else { TargetSource::None },
        model: None,
        subject_word: ratings.iter().any(|rating| rating.subject.is_some()).then(|| "Application".to_owned()),
        ratings,
        earlier,
        reading: Reading {
            tables: vec![TableRead {
                sheet: "Q4".to_owned(),
                header_row: 4,
                rows: (5, last),
                layout: "long".to_owned(),
                because: Vec::new(),
                columns: vec![ColumnRead {
                    letter: "C".to_owned(),
                    header: "Current level".to_owned(),
                    role: "current".to_owned(),
                    because: "the header says so".to_owned(),
                    runner_up: String::new(),
                }],
            }],
            scale_because: "the header says so".to_owned(),
            ..Reading::default()
        },
    }
}

/// The analysis of [`assessment`].
pub(crate) fn analysis(lines: &[&str]) -> Analysis {
    analysis_of(assessment(lines))
}

/// The analysis of an assessment, dated 2026-01-31.
pub(crate) fn analysis_of(assessment: Assessment) -> Analysis {
    let frame = Frame {
        file: "sample.xlsx".to_owned(),
        sha256: "0123abcd".to_owned(),
        title: None,
        date: "2026-01-31".to_owned(),
    };
    analyse(&Warned { value: assessment, warnings: Vec::new() }, &frame)
}
