//! Themes: the shipped ones, one of the user's own, every mistake in one told at once; own templates; own fonts.

use crate::tools::tool;
use crate::workdir::{Run, Workdir, sample};

const BANK: &str = "first-federated-bank-cd.xlsx";

fn report(work: &Workdir, more: &[&str]) -> Run {
    let file = sample(BANK);
    work.gapwise(&[&["report", &file, "-o", ".", "--format", "html,pdf"], more].concat())
}

/// A logo of shapes with a text, which cannot be drawn, and a script, which must not run.
const LOGO: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><script>alert(1)</script>
<rect width="20" height="20" rx="4" fill="#7a1f2b"/><g transform="translate(30 10)"><circle r="8" style="fill:navy"/></g>
<path d="M2 2h4v4a2 2 0 0 1-4 0z" fill="white" onload="alert(2)"/><text>Bank</text></svg>"##;

#[test]
fn a_theme_of_ones_own_reaches_page_and_paper() {
    let work = Workdir::new("own-theme");
    work.put("looks/logo.svg", LOGO);
    work.put(
        "looks/bank.toml",
        r##"
based-on = "ledger"
logo = "logo.svg"
organisation = "First Federated Bank"
author = "Office of the CIO"
classification = "Strictly <internal>"
sections = ["summary", "introduction", "areas", "method"]
introduction = """
# Why this assessment
The board asked in **March**, see [the charter](https://example.com/c).

1. first
2. second
"""
[colours]
current = "#0a5"
"##,
    );
    let run = report(&work, &["--theme", "looks/bank.toml"]).ok();
    let warnings: Vec<&str> = run.stderr.lines().filter(|line| line.starts_with("warning")).take(2).collect();
    assert_eq!(
        warnings,
        [
            "warning[logo]: looks/bank.toml, line 3, column 8: `logo.svg`: not drawn: <script>, <text>",
            "warning[low-contrast]: looks/bank.toml: [colours] `current` #00aa55 on `paper` #ffffff has a contrast \
             of 3.0, 4.5 is the least that can be read",
        ]
    );
    let html = work.text("first-federated-bank-cd.html");
    for text in
        ["look-ledger", "--current:#00aa55", "First Federated Bank", "Office of the CIO", "<svg class=\"logo\""]
    {
        assert!(html.contains(text), "{text}");
    }
    assert!(html.contains("Strictly &lt;internal&gt;") && !html.contains("alert("));
    let at = |text: &str| html.find(text).unwrap_or_else(|| panic!("{text}"));
    assert!(at("id=\"introduction\"") < at("id=\"areas\"") && at("id=\"areas\"") < at("id=\"method\""));
    assert!(!html.contains("<section id=\"appendix\"") && !html.contains("href=\"#cell-"), "no link leads nowhere");
    let charts = ["report", &sample(BANK), "-o", "charts", "--format", "svg", "--theme", "looks/bank.toml"];
    work.gapwise(&charts).ok();
    assert!(work.text("charts/first-federated-bank-cd-gaps.svg").contains(".f-current{fill:#00aa55}"));
    let Some(run) = tool("pdftotext", &["-layout", "first-federated-bank-cd.pdf", "-"], work.path()) else { return };
    let pages: Vec<&str> = run.stdout.split('\u{c}').collect();
    assert!(
        pages[0].contains("Office of the CIO") && !pages[0].contains("levels to close"),
        "the cover stands alone"
    );
    for page in &pages[..pages.len() - 1] {
        assert!(page.contains("Strictly <internal>"), "the mark is on every page");
    }
    assert!(run.stdout.contains("the charter (https://example.com/c)") && run.stdout.contains("2. second"));
    for (checker, args) in [
        ("qpdf", vec!["--check", "first-federated-bank-cd.pdf"]),
        ("pdfua", vec!["check", "first-federated-bank-cd.pdf"]),
        ("outloud", vec!["first-federated-bank-cd.pdf"]),
    ] {
        if let Some(run) = tool(checker, &args, work.path()) {
            assert_eq!(run.code, 0, "{checker}: {}{}", run.stdout, run.stderr);
        }
    }
}

#[test]
fn a_bitmap_is_a_logo_too_and_the_bytes_stay_the_same() {
    let work = Workdir::new("png-logo");
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, 2, 1);
    encoder.set_color(png::ColorType::Rgba);
    encoder.write_header().unwrap().write_image_data(&[200, 0, 0, 255, 0, 0, 200, 0]).unwrap();
    work.put("logo.png", png).put("t.toml", "based-on = \"slate\"\nlogo = \"logo.png\"\n");
    report(&work, &["--theme", "t.toml"]).ok();
    let first = work.bytes("first-federated-bank-cd.pdf");
    assert!(
        work.text("first-federated-bank-cd.html")
            .contains("<img class=\"logo\" alt=\"\" src=\"data:image/png;base64,")
    );
    report(&work, &["--theme", "t.toml"]).ok();
    assert!(first == work.bytes("first-federated-bank-cd.pdf"), "the same input gives the same bytes");
    if let Some(run) = tool("pdfimages", &["-list", "first-federated-bank-cd.pdf"], work.path()) {
        assert!(run.stdout.contains("  2     1  rgb"), "{}", run.stdout);
    }
}

#[test]
fn every_mistake_in_a_theme_is_told_at_once() {
    let work = Workdir::new("bad-theme");
    let file = sample(BANK);
    work.put("logo.gif", "GIF89a");
    work.put(
        "t.toml",
        "clasification = \"Secret\"\nlook = \"slat\"\ncover = \"yes\"\nlogo = \"logo.gif\"\nfonts = [\"none.ttf\"]\n\
         sections = [\"sumary\", \"areas\", \"areas\"]\n[colours]\ncurent = \"#123\"\ntext = \"blueish\"\n",
    );
    work.gapwise(&["report", &file, "--theme", "t.toml"]).refused(
        "\
error[bad-theme]: t.toml, line 1, column 1: unknown key `clasification`
  hint: did you mean `classification`?
error[bad-theme]: t.toml, line 2, column 8: unknown look `slat`
  hint: did you mean `slate`?
error[bad-theme]: t.toml, line 3, column 9: true or false is wanted here, this is string
error[bad-theme]: t.toml, line 4, column 8: `logo.gif`: neither PNG nor SVG
  hint: a logo is a PNG or an SVG of plain shapes
error[bad-theme]: t.toml, line 5, column 10: `none.ttf`: no such file or directory
  hint: file names are relative to the theme's own folder
error[bad-theme]: t.toml, line 6, column 13: unknown chapter `sumary`
  hint: did you mean `summary`?
error[bad-theme]: t.toml, line 6, column 32: `areas` stands twice
error[bad-theme]: t.toml, line 8, column 1: unknown colour `curent`
  hint: did you mean `current`?
error[bad-theme]: t.toml, line 9, column 8: `blueish` is no colour
  hint: six digits after a hash, as in \"#12436d\"
",
    );
}

#[test]
fn what_is_no_toml_is_told_with_its_place() {
    let work = Workdir::new("no-toml");
    work.put("t.toml", "look = \"slate\"\ncover = \n");
    let run = work.gapwise(&["report", &sample(BANK), "--theme", "t.toml"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.starts_with("error[bad-theme]: t.toml, line 2, column 9: "), "{}", run.stderr);
    work.gapwise(&["report", &sample(BANK), "--theme", "slat"]).refused(
        "\
error[bad-theme]: --theme: `slat`: no such file or directory
  hint: a theme file, or one of plain, ledger, slate; gapwise theme new writes a file",
    );
}

#[test]
fn the_shipped_themes_differ_and_can_be_read() {
    let work = Workdir::new("shipped-themes");
    let list = work.gapwise(&["theme", "list"]).ok().stdout;
    let names: Vec<&str> = list.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(names, ["plain", "ledger", "slate"]);
    let mut pages = Vec::new();
    for name in names {
        let run = report(&work, &["--theme", name]).ok();
        assert!(!run.stderr.contains("low-contrast"), "{name}: {}", run.stderr);
        let html = work.text("first-federated-bank-cd.html");
        assert!(html.contains(&format!("<body class=\"look-{name}\">")));
        pages.push((html, work.bytes("first-federated-bank-cd.pdf")));
    }
    assert!(pages[0] != pages[1] && pages[1] != pages[2] && pages[0].1 != pages[2].1);
    work.gapwise(&["theme", "new", "-o", "mine.toml"]).ok();
    // The file that is written to start from changes nothing as it is, and is valid with every line switched on.
    let template = work.text("mine.toml");
    report(&work, &["--theme", "mine.toml"]).ok();
    assert!(work.bytes("first-federated-bank-cd.pdf") == pages[0].1);
    let run = work.gapwise(&["theme", "new", "-o", "mine.toml"]);
    assert_eq!((run.code, work.text("mine.toml")), (2, template), "an own theme is never overwritten");
}

#[test]
fn own_templates_are_tried_before_any_work() {
    let work = Workdir::new("own-templates");
    let page = include_str!("../../templates/report.html");
    work.put("good/report.html", page.replace("<footer>", "<footer><p>House style</p>"));
    report(&work, &["--templates", "good"]).ok();
    assert!(work.text("first-federated-bank-cd.html").contains("House style"));

    work.put("bad/report.html", page.replace("page.furniture.skip", "page.furniture.skp"));
    let line = page.lines().position(|line| line.contains("page.furniture.skip")).unwrap() + 1;
    let run = work.gapwise(&["report", &sample(BANK), "--templates", "bad", "-o", "out"]);
    assert_eq!(run.code, 2);
    for text in ["error[template]: bad", "report.html", &format!("{line}:"), "skp"] {
        assert!(run.stderr.contains(text), "{text}: {}", run.stderr);
    }
    assert!(!work.files().iter().any(|file| file.starts_with("out")), "nothing was begun");

    report(&work, &["--templates", "nowhere"])
        .refused("error[no-template]: nowhere: none of report.html, report.css, report.js, units.js, what-if.js, pictures.js in this folder");
}

#[test]
fn a_font_that_is_none_is_refused_and_a_letter_without_one_is_named() {
    let work = Workdir::new("own-font");
    work.put("font.ttf", "no font");
    let run = report(&work, &["--font", "font.ttf"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.starts_with("error[bad-font]: --font: `font.ttf`: no font that can be read ("),
        "{}",
        run.stderr
    );
    let run = report(&work, &["--title", "Bank \u{10348}"]).ok();
    assert!(run.stderr.contains("missing-glyphs") && run.stderr.contains("U+10348"), "{}", run.stderr);
    // The bundled font in its own right, as any other: the letter stays missing, and is still said to be.
    let font = format!("{}/templates/fonts/gapwise-regular.otf", env!("CARGO_MANIFEST_DIR"));
    let run = report(&work, &["--font", &font, "--title", "Bank \u{10348}"]).ok();
    assert!(run.stderr.contains("U+10348"), "{}", run.stderr);
}
