//! Tables worked by hand, each with where its rule is published.

use super::*;
use crate::analysis::figures::Totals;
use crate::analysis::{figures, line_for_tests};
use crate::model::file;

/// A model with the given rule lines, levels 0 to 3 and the given areas.
fn model(head: &str, areas: &str) -> Model {
    let levels: String = (0..4).map(|value| format!("[[level]]\nvalue = {value}\n")).collect();
    let text = format!("format = \"gapwise-model/1\"\nid = \"m\"\nname = \"M\"\n{head}\n{levels}{areas}");
    file::read(&text).unwrap_or_else(|problems| panic!("{problems}\n{text}"))
}

/// Ratings as `area[/area] subject answer id`.
fn ratings(lines: &[&str]) -> Vec<RatingLine> {
    let line = |text: &&str| {
        let (rating, id) = text.rsplit_once(' ').expect("an id");
        RatingLine { practice_id: (id != "-").then(|| id.to_owned()), ..line_for_tests(rating) }
    };
    lines.iter().map(line).collect()
}

fn totals(model: &Model, scale: (f64, f64), ratings: &[RatingLine]) -> Totals {
    let scale = match &model.answers {
        Some(answers) if (answers.scale.lowest(), answers.scale.highest()) == scale => answers.scale.clone(),
        _ => Scale::between(scale.0, scale.1).expect("a scale"),
    };
    let mut totals = figures::compute(ratings, &scale);
    let placed = place(model, ratings);
    fill(&Scoring::new(model, &scale, &placed), &placed, &mut totals);
    totals
}

fn by_name(totals: &Totals) -> Vec<(&str, Option<f64>)> {
    totals.areas.iter().map(|area| (area.name.as_str(), area.figures.model_level)).collect()
}

const TWO: &str = "[[area]]\nid = \"a\"\nname = \"A\"\nweight = 3\n[[area]]\nid = \"b\"\nname = \"B\"\n";

#[test]
fn means_follow_the_sheet_s_weights_and_weighted_ones_the_model_s_too() {
    // A = (1 + 3) / 2 = 2, B = 1; plain (2 + 1) / 2, with the areas' weights 3 and 1: (3*2 + 1*1) / 4.
    let rated = ratings(&["A x 1 3 -", "A y 3 3 -", "B x 1 3 -"]);
    let plain = totals(&model("rule = \"mean\"", TWO), (0.0, 3.0), &rated);
    assert_eq!(by_name(&plain), [("A", Some(2.0)), ("B", Some(1.0))]);
    assert_eq!(plain.overall.model_level, Some(1.5));
    let weighted = totals(&model("rule = \"weighted-mean\"", TWO), (0.0, 3.0), &rated);
    assert_eq!(weighted.overall.model_level, Some(1.75));
    assert_eq!(weighted.overall.current, Some(1.5), "the plain figures stay");
    let lowest = totals(&model("rule = \"minimum\"", TWO), (0.0, 3.0), &rated);
    assert_eq!(lowest.overall.model_level, Some(1.0));
}

/// Ratings -1, 0, 1, 2, 3 in five equal steps keep equal distances; a public drawing tool maps them to 0, 1, 2, 3, 3.
#[test]
fn a_scale_that_starts_below_zero_keeps_equal_distances() {
    let model = crate::model::catalogue::get("cd-humble-farley").expect("a model");
    let levels: Vec<f64> = (-1..=3)
        .map(|level| {
            let rated = ratings(&[&format!("Testing x {level} 3 -")]);
            totals(&model, (-1.0, 3.0), &rated).overall.model_level.expect("a level")
        })
        .collect();
    assert_eq!(levels, [-1.0, 0.0, 1.0, 2.0, 3.0]);
}

/// OWASP SAMM 2 (owaspsamm/core; Toolbox 2.0: per level the mean of both streams' answers, a practice their sum).
/// Stream A = 1 + 0.5 + 0.25 = 1.75, stream B = 0.5 + 0.25 + 0 = 0.75, practice = 1.25. The toolbox:
/// (1 + 0.5)/2 + (0.5 + 0.25)/2 + (0.25 + 0)/2 = 0.75 + 0.375 + 0.125 = 1.25.
#[test]
fn samm_adds_answers_in_streams_and_takes_means_above() {
    let answers = "[[answer]]\nvalue = 0\n[[answer]]\nvalue = 0.25\n[[answer]]\nvalue = 0.5\n[[answer]]\nvalue = 1\n";
    let stream = |id: &str| {
        let practices: Vec<String> =
            (1..4).map(|level| format!("{{ id = \"{id}-{level}\", level = {level} }}")).collect();
        format!("[[area]]\nid = \"{id}\"\nname = \"{id}\"\nparent = \"p\"\npractices = [{}]\n", practices.join(", "))
    };
    let areas = format!(
        "[[area]]\nid = \"f\"\nname = \"F\"\n[[area]]\nid = \"p\"\nname = \"P\"\nparent = \"f\"\n{}{}{answers}",
        stream("sa"),
        stream("sb")
    );
    let samm = model("rule = \"samm\"", &areas);
    let rated = ratings(&[
        "F/P x 1 1 sa-1",
        "F/P x 0.5 1 sa-2",
        "F/P x 0.25 1 sa-3",
        "F/P x 0.5 1 sb-1",
        "F/P x 0.25 1 sb-2",
        "F/P x 0 1 sb-3",
    ]);
    let got = totals(&samm, (0.0, 1.0), &rated);
    assert_eq!(by_name(&got), [("F", Some(1.25)), ("P", Some(1.25))]);
    assert_eq!(got.overall.model_level, Some(1.25));
}

/// C2M2 2.1 (June 2022): a domain reaches MIL N when all practices of MIL 1 to N are largely or fully implemented.
#[test]
fn a_mil_is_reached_when_all_its_practices_and_all_lower_ones_are_largely_implemented() {
    let answers: String = (0..4).map(|value| format!("[[answer]]\nvalue = {value}\n")).collect();
    let areas = format!(
        "[[area]]\nid = \"A\"\nname = \"Assets\"\npractices = [{{ id = \"A1a\", level = 1 }}, {{ id = \"A1b\", level = 2, \
         effort = 2 }}, {{ id = \"A1c\", level = 3 }}]\n[[area]]\nid = \"R\"\nname = \"Risk\"\npractices = [{{ id = \
         \"R1a\", level = 1 }}]\n{answers}"
    );
    let c2m2 = model("rule = \"staged\"\nmet_from = 2", &areas);
    let level = |lines: &[&str]| {
        let got = totals(&c2m2, (0.0, 3.0), &ratings(lines));
        (got.areas[0].figures.model_level, got.overall.model_level)
    };
    let risk = "Risk x 2 3 R1a";
    for (a, b, c, domain) in [
        ("3", "2", "2", 3.0),
        ("2", "1", "3", 1.0),
        ("1", "3", "3", 0.0),
        ("2", "-", "3", 1.0),
        ("2", "n/a", "1", 2.0),
    ] {
        let lines = [format!("Assets x {a} 3 A1a"), format!("Assets x {b} 3 A1b"), format!("Assets x {c} 3 A1c")];
        let lines: Vec<&str> = lines.iter().map(String::as_str).chain([risk]).collect();
        let (first, overall) = level(&lines);
        assert_eq!((first, overall), (Some(domain), Some(domain)), "{a} {b} {c}");
    }
    // Practices that the file lacks block like those nobody answered.
    assert_eq!(level(&["Assets x 3 3 A1a", "Assets x 3 3 A1c", risk]).0, Some(1.0));
    let rated = ratings(&["Assets x 2 3 A1a", "Assets x 1 3 A1b", "Assets x 3 3 A1c"]);
    let placed = place(&c2m2, &rated);
    let scale = c2m2.answers.as_ref().map(|answers| answers.scale.clone()).expect("answers");
    let scoring = Scoring::new(&c2m2, &scale, &placed);
    let blockers = staged::blockers(&scoring, &["Assets".to_owned()], &placed, 2.0);
    let told: Vec<_> =
        blockers.iter().map(|it| (it.rating.and_then(|it| it.practice_id.as_deref()), it.needs)).collect();
    assert_eq!((told, blockers[0].effort), (vec![(Some("A1b"), 2.0)], Some(2.0)));
}

/// CMMI-DEV 1.3 (CMU/SEI-2010-TR-033), equivalent staging: level 2 needs its areas at capability 2, level 3 all areas of
/// levels 2 and 3 at capability 3.
#[test]
fn maturity_levels_need_their_process_areas_at_a_capability() {
    let answers: String = (0..4).map(|value| format!("[[answer]]\nvalue = {value}\n")).collect();
    let areas = format!(
        "[[area]]\nid = \"REQM\"\nname = \"REQM\"\nmaturity_level = 2\npractices = [{{ id = \"REQM-SG1\" }}]\n[[area]]\nid = \
         \"RD\"\nname = \"RD\"\nmaturity_level = 3\npractices = [{{ id = \"RD-SG1\" }}]\n{answers}"
    );
    let cmmi = model("rule = \"staged\"\nstages = { \"2\" = 2, \"3\" = 3 }", &areas);
    for (reqm, rd, continuous, staged) in
        [("2", "0", 2.0, 2.0), ("1", "3", 1.0, 1.0), ("2", "3", 2.0, 2.0), ("3", "3", 3.0, 3.0)]
    {
        let rated = ratings(&[&format!("REQM x {reqm} 3 REQM-SG1"), &format!("RD x {rd} 3 RD-SG1")]);
        let got = totals(&cmmi, (0.0, 3.0), &rated);
        assert_eq!(got.areas[0].figures.model_level, Some(continuous), "{reqm} {rd}");
        // No area is assigned to level 1, so it is reached in any case.
        assert_eq!(got.overall.model_level, Some(staged), "{reqm} {rd}");
    }
}

/// Statements of applicability and DSOMM: implemented / applicable; 1 + 0.5 + 0 of three that apply.
#[test]
fn percent_is_the_share_in_place_of_what_applies() {
    let rated = ratings(&["A x 1 1 -", "A y 0.5 1 -", "B x 0 1 -", "B y n/a 1 -"]);
    let got = totals(&model("rule = \"percent\"", TWO), (0.0, 1.0), &rated);
    assert_eq!(by_name(&got), [("A", Some(0.75)), ("B", Some(0.0))]);
    assert_eq!(got.overall.model_level, Some(0.5));
}

/// NIST CSF 2.0 (CSWP 29) presents tiers as context and ranks no means: the lowest tier leads. DORA places each metric
/// alone; where one level is needed, the lowest.
#[test]
fn the_lowest_leads_for_tiers_and_thresholds() {
    let rated = ratings(&["A x 2.5 3 -", "A y 3 3 -", "B x 3 3 -", "B y - 3 -"]);
    for (rule, lowest) in [("tiers", 2.0), ("thresholds", 2.5)] {
        let got = totals(&model(&format!("rule = \"{rule}\""), TWO), (0.0, 3.0), &rated);
        assert_eq!((got.areas[0].figures.model_level, got.areas[1].figures.model_level), (Some(lowest), Some(3.0)));
        assert_eq!(got.overall.model_level, Some(lowest));
        assert_eq!(got.areas[0].figures.current, Some(2.75));
    }
}
