use proptest::prelude::*;

use super::*;
use crate::analysis::Frame;
use crate::error::Warned;
use crate::report::samples::assessment;

fn document(file: &str, lines: &[&str]) -> Analysis {
    let frame = Frame {
        file: file.to_owned(),
        sha256: format!("{:08x}", file.len() * 7919),
        title: None,
        date: "2026-01-31".to_owned(),
    };
    crate::analysis::analyse(&Warned { value: assessment(lines), warnings: Vec::new() }, &frame)
}

fn bytes(analysis: &Analysis) -> String {
    String::from_utf8(crate::render::json::json(analysis)).unwrap()
}

fn merged(documents: &[&Analysis], options: &MergeOptions) -> Analysis {
    merge(documents.iter().map(|it| (*it).clone()).collect(), options).unwrap()
}

#[test]
fn subjects_stay_apart_by_file_unless_joined() {
    let a = document("a.xlsx", &["Testing | | Core | 1 | 3", "Data | | Core | 2 | 3"]);
    let mut b = document("b.xlsx", &["Testing | | Core | 3 | 3"]);
    b.warnings.push(Problem::new("no-scale", "guessed").at("Q4!C5"));
    let apart = merged(&[&b, &a], &MergeOptions::default());
    assert_eq!(apart.subjects.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["a: Core", "b: Core"]);
    assert_eq!((apart.areas[0].figures.current, apart.overall.current), (Some(2.0), Some(2.0)));
    assert_eq!(apart.inputs.len(), 2);
    assert_eq!(apart.warnings[0].at.as_deref(), Some("b.xlsx, Q4!C5"));
    assert_eq!(apart.ratings[2].file.as_deref(), Some("b.xlsx"));

    let options = MergeOptions { join_subjects: true, ..MergeOptions::default() };
    let joined = merged(&[&apart], &options);
    assert_eq!(joined.subjects.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["Core"]);
    let doubt = joined.warnings.iter().find(|it| it.code == "joined-twice").unwrap();
    assert_eq!(doubt.message, "`Core`: 1 item is rated in `a.xlsx` and `b.xlsx`; each rating counts");
    assert_eq!(bytes(&merged(&[&joined], &MergeOptions::default())), bytes(&apart), "and can be taken apart again");
}

#[test]
fn files_without_subjects_become_subjects_and_names_are_told_apart() {
    let (mut a, mut b) = (document("q3.csv", &["Testing | | | 1 | 3"]), document("q3.csv", &["Testing | | | 2 | 3"]));
    for (document, folder) in [(&mut a, "web"), (&mut b, "core")] {
        document.input.as_mut().unwrap().folder = Some(folder.to_owned());
    }
    let all = merged(&[&a, &b], &MergeOptions::default());
    assert_eq!(all.subjects.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["core/q3", "web/q3"]);
    assert_eq!(all.title, "Sample");
}

#[test]
fn what_cannot_be_merged_names_both() {
    let a = document("a.xlsx", &["Testing | | Core | 1 | 3"]);
    let mut b = document("b.xlsx", &["Testing | | Core | 1 | 3"]);
    b.scale = Scale::between(0.0, 5.0).unwrap();
    let refused = |a: &Analysis, b: &Analysis| {
        merge(vec![a.clone(), b.clone()], &MergeOptions::default()).unwrap_err().0[0].message.clone()
    };
    assert_eq!(refused(&b, &a), "`a.xlsx` stands on -1..3, `b.xlsx` on 0..5");
    let mut other = document("a.xlsx", &["Testing | | Core | 1 | 3"]);
    other.ratings[0].target = Some(2.0);
    assert_eq!(refused(&a, &other), "`a.xlsx` comes twice, read in different ways");
    assert_eq!(merged(&[&a, &a], &MergeOptions::default()).inputs.len(), 1, "the same twice counts once");
    let empty = merge(Vec::new(), &MergeOptions::default()).unwrap_err();
    assert_eq!(empty.0[0].code, "nothing-to-merge");
}

/// Names as three files spell them: the same but for case, blanks and signs.
fn spelled(file: usize, area: usize, subject: usize) -> (String, String, String) {
    match file {
        0 => (format!("Area {area}"), format!("Below-{subject}"), format!("Team {subject}")),
        1 => (format!("AREA {area}"), format!("below {subject}"), format!("team-{subject}")),
        _ => (format!("Area {area}"), format!("Below {subject}!"), format!("Team {subject}")),
    }
}

#[test]
fn names_that_differ_only_in_spelling_are_one() {
    let a = document("a.xlsx", &["Data Management/Backups | | Core | 1 | 3", "Testing | | Core | 2 | 3"]);
    let b = document("b.xlsx", &["Testing | | CORE | 0 | 3", "data-management/Back-ups | | CORE | 2 | 3"]);
    let options = MergeOptions { join_subjects: true, ..MergeOptions::default() };
    let one = merged(&[&b, &a], &options);
    let names: Vec<_> = one.areas.iter().map(|it| (it.path.join(" / "), it.figures.current)).collect();
    assert_eq!(
        names,
        [
            ("Data Management".to_owned(), Some(1.5)),
            ("Data Management / Backups".to_owned(), Some(1.5)),
            ("Testing".to_owned(), Some(1.0))
        ]
    );
    assert_eq!(one.subjects.len(), 1);
    assert_eq!(
        one.reading.notes,
        [
            "`Back-ups` is read as `Backups`",
            "`CORE` is read as `Core`",
            "`data-management` is read as `Data Management`"
        ]
    );
    let own: Vec<_> = files(&one).iter().map(|file| file.ratings[0].path.join(" / ")).collect();
    assert_eq!(own, ["Data Management / Backups", "Testing"], "each file keeps its own spelling");
    assert_eq!(files(&one)[1].ratings[1].area, "Back-ups");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// merge(merge(A, B), C), merge(C, A, B) and all at once are the same bytes, with ratings or sums of them.
    #[test]
    fn order_and_grouping_do_not_matter(
        rows in prop::collection::vec((0..3usize, 0..3usize, 0..2usize, -1.0..3.0f64, -1.0..3.0f64, 0.1..5.0f64), 3..24),
        no_ratings: bool,
        join_subjects: bool,
    ) {
        let lines = |file: usize| -> Vec<String> {
            let own = rows.iter().enumerate().filter(|(place, _)| place % 3 == file);
            own.map(|(place, (_, area, subject, current, target, weight))| {
                let (area, below, who) = spelled(file, *area, *subject);
                format!("{area}/{below} | P{place} | {who} | {current} | {target} | {weight}")
            })
            .collect()
        };
        let documents: Vec<Analysis> = (0..3)
            .map(|file| document(["a.xlsx", "bb.csv", "ccc.ods"][file], &lines(file).iter().map(String::as_str).collect::<Vec<_>>()))
            .collect();
        let [a, b, c] = &documents[..] else { unreachable!() };
        let options = MergeOptions { join_subjects, no_ratings, ..MergeOptions::default() };
        let once = bytes(&merged(&[a, b, c], &options));
        let pair = merged(&[b, a], &options);
        prop_assert_eq!(&bytes(&merged(&[&pair, c], &options)), &once);
        prop_assert_eq!(&bytes(&merged(&[c, &pair], &options)), &once);
        prop_assert_eq!(&bytes(&merged(&[c, a, b], &options)), &once);
        let read = crate::render::json::read(once.as_bytes()).unwrap();
        prop_assert_eq!(&bytes(&merged(&[&read], &options)), &once, "also through JSON");
        // Sums taken before merging and after it are the same.
        if no_ratings {
            let alone: Vec<Analysis> = documents.iter().map(|it| without_ratings(it.clone()).unwrap()).collect();
            prop_assert_eq!(&bytes(&merged(&[&alone[2], &alone[0], &alone[1]], &options)), &once);
        } else {
            let sums = merged(&[a, b, c], &MergeOptions { no_ratings: true, ..options });
            prop_assert_eq!(&sums.areas, &read.areas);
            prop_assert_eq!(&sums.overall, &read.overall);
            prop_assert_eq!(&sums.subjects, &read.subjects);
        }
    }
}
