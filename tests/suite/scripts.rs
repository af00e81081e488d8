//! Scripts that the shipped fonts do not have: with fonts of the user's own, Arabic, Hebrew and Chinese names are set,
//! read in the right order, and found again.

use crate::tools::tool;
use crate::workdir::{Run, Workdir};

const NAMES: [&str; 6] = ["الخدمات المصرفية", "إدارة التغيير", "הלוואות", "בדיקות", "融資", "構成管理"];

/// Three areas by three subjects, a name of each script among both.
fn table() -> String {
    let mut table = "Application,Area,Current,Target\n".to_owned();
    for (place, subject) in ["الخدمات المصرفية", "הלוואות", "融資"].iter().enumerate() {
        for (other, area) in ["إدارة التغيير", "בדיקות", "構成管理"].iter().enumerate() {
            table += &format!("{subject},{area},{},{}\n", (place + other) % 3, 2 + other);
        }
    }
    table
}

fn report(work: &Workdir, fonts: &[&str]) -> Run {
    work.put("scripts.csv", table());
    let mut args: Vec<String> =
        ["report", "scripts.csv", "-o", ".", "--format", "pdf", "--scale", "0..5"].map(str::to_owned).to_vec();
    for font in fonts {
        args.extend(["--font".to_owned(), format!("{}/tests/fonts/{font}.ttf", env!("CARGO_MANIFEST_DIR"))]);
    }
    work.gapwise(&args.iter().map(String::as_str).collect::<Vec<_>>()).ok()
}

#[test]
fn names_in_any_script_are_set_and_found_again() {
    let work = Workdir::new("scripts");
    let run = report(&work, &["arabic", "hebrew", "cjk"]);
    assert!(!run.stderr.contains("missing-glyphs"), "{}", run.stderr);
    let Some(text) = tool("pdftotext", &["scripts.pdf", "-"], work.path()) else { return };
    for name in NAMES {
        assert!(text.stdout.matches(name).count() >= 10, "{name}:\n{}", text.stdout);
    }
    for (checker, args) in [("pdfua", vec!["check", "scripts.pdf"]), ("outloud", vec!["scripts.pdf"])] {
        if let Some(run) = tool(checker, &args, work.path()) {
            assert_eq!(run.code, 0, "{checker}: {}{}", run.stdout, run.stderr);
        }
    }
}

/// What a screen reader is told: each text that does not stand in the order it is read in, in that order.
#[test]
fn text_from_right_to_left_is_told_in_reading_order() {
    let work = Workdir::new("scripts-told");
    report(&work, &["arabic", "hebrew", "cjk"]);
    let file = lopdf::Document::load_mem(&work.bytes("scripts.pdf")).unwrap();
    let told: Vec<String> = file
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok()?.get(b"ActualText").ok())
        .filter_map(|text| lopdf::decode_text_string(text).ok())
        .collect();
    for text in ["בדיקות", "إدارة التغيير", "הלוואות: 2.0 levels to close"] {
        assert!(told.iter().any(|found| found == text), "{text}: {told:#?}");
    }
    assert!(!told.iter().any(|text| text.contains('\u{200e}')), "marks of direction are nobody's words");
}

#[test]
fn what_one_font_lacks_is_taken_from_the_next_or_named() {
    let work = Workdir::new("scripts-missing");
    let run = report(&work, &["hebrew"]);
    assert!(run.stderr.contains("missing-glyphs") && run.stderr.contains("U+0627"), "{}", run.stderr);
    assert!(!run.stderr.contains("U+05D0"), "{}", run.stderr);
}
