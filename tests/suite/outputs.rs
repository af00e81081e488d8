//! The outputs read back: page and paper show the numbers of the JSON, the PDF is sound and tagged.

use serde_json::Value;

use crate::tools::tool;
use crate::workdir::{Workdir, sample};

/// A report of the bank in every format.
fn bank(name: &str) -> (Workdir, Value) {
    let work = Workdir::new(name);
    let file = sample("first-federated-bank-cd.xlsx");
    work.gapwise(&["report", &file, "-o", ".", "--format", "html,pdf,json,csv,md"]).ok();
    let json = work.json("first-federated-bank-cd.json");
    (work, json)
}

/// One decimal, a real minus, as all outputs print means. None of the sample's means lies on the edge of rounding.
fn mean(value: &Value) -> String {
    match value.as_f64() {
        Some(value) => format!("{value:.1}").replace('-', "−").replace("−0.0", "0.0"),
        None => "n/a".to_owned(),
    }
}

fn gap(value: &Value) -> String {
    let text = mean(value);
    if value.as_f64() > Some(0.0) && text != "0.0" { format!("+{text}") } else { text }
}

/// What each area's row must show, in this order: level, target, gap, coverage.
fn rows(json: &Value) -> Vec<(String, [String; 4])> {
    let row = |name: &str, figures: &Value| {
        let rated = format!("{} of {}", figures["assessed"], figures["applicable"]);
        let cells = [mean(&figures["current"]), mean(&figures["target"]), gap(&figures["gap"]), rated];
        (name.to_owned(), cells)
    };
    json["areas"]
        .as_array()
        .unwrap()
        .iter()
        .map(|area| row(area["name"].as_str().unwrap(), area))
        .chain([row("All areas", &json["overall"])])
        .collect()
}

/// The cells of each row of a page's table, tags taken off.
fn table(html: &str, id: &str) -> Vec<Vec<String>> {
    let start = html.find(&format!("<table id=\"{id}\"")).unwrap_or_else(|| panic!("no table {id}"));
    let table = &html[start..start + html[start..].find("</table>").unwrap()];
    table
        .split("<tr")
        .skip(1)
        .map(|row| {
            row.split("<t")
                .filter(|cell| cell.starts_with("d") || cell.starts_with("h "))
                .map(|cell| text(&cell[cell.find('>').unwrap() + 1..]))
                .collect()
        })
        .collect()
}

fn text(markup: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in markup.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    let out = out.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&#39;", "'");
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_page_shows_the_numbers_of_the_json() {
    let (work, json) = bank("page-numbers");
    let table = table(&work.text("first-federated-bank-cd.html"), "table-areas");
    for (name, cells) in rows(&json) {
        let row = table.iter().find(|row| row.first() == Some(&name)).unwrap_or_else(|| panic!("{name}: {table:?}"));
        let mut rest = row.iter();
        for cell in &cells {
            assert!(rest.any(|shown| shown == cell), "{name}: {cell} in this order in {row:?}");
        }
    }
}

#[test]
fn the_paper_shows_the_numbers_of_the_json() {
    let (work, json) = bank("paper-numbers");
    let Some(run) = tool("pdftotext", &["-layout", "first-federated-bank-cd.pdf", "-"], work.path()) else { return };
    assert_eq!(run.stderr, "", "no unknown operator, no broken font");
    for (name, cells) in rows(&json) {
        // A long name takes two lines; its figures stand beside one of them.
        let first = name.split(' ').next().unwrap();
        let found = run.stdout.lines().any(|line| {
            let mut rest = line;
            line.trim_start().starts_with(first)
                && cells.iter().all(|cell| match rest.find(cell.as_str()) {
                    Some(at) => {
                        rest = &rest[at + cell.len()..];
                        true
                    }
                    None => false,
                })
        });
        assert!(found, "{name}: {cells:?} on one line of the PDF");
    }
    for rating in json["ratings"].as_array().unwrap() {
        let cell = rating["at"].as_str().unwrap();
        assert!(run.stdout.contains(cell), "the appendix names {cell}");
    }
}

#[test]
fn the_pdf_is_sound_and_tagged() {
    let (work, json) = bank("pdf-checks");
    let pdf = "first-federated-bank-cd.pdf";
    if let Some(run) = tool("qpdf", &["--check", pdf], work.path()) {
        let run = run.ok();
        assert!(run.stdout.contains("No syntax or stream encoding errors found"), "{}", run.stdout);
    }
    if let Some(run) = tool("pdfinfo", &[pdf], work.path()) {
        let run = run.ok();
        assert_eq!(run.stderr, "");
        let value = |name: &str| {
            let line = run.stdout.lines().find(|line| line.starts_with(name)).unwrap_or_default();
            line[name.len().min(line.len())..].trim().to_owned()
        };
        assert_eq!(value("Tagged:"), "yes");
        assert_eq!(value("Title:"), json["title"]);
        assert_eq!(value("JavaScript:"), "no");
        assert_eq!(value("PDF version:"), "1.7");
    }
    for (checker, args) in [("pdfua", vec!["check", pdf]), ("outloud", vec![pdf])] {
        if let Some(run) = tool(checker, &args, work.path()) {
            assert_eq!(run.code, 0, "{checker}: {}{}", run.stdout, run.stderr);
        }
    }
    let raw = lopdf::Document::load_mem(&work.bytes(pdf)).unwrap();
    let lang = raw.catalog().unwrap().get(b"Lang").unwrap().as_str().unwrap().to_vec();
    assert_eq!(lang, b"en");
    for name in [b"OpenAction".as_slice(), b"AA", b"JavaScript", b"Names"] {
        assert!(!raw.catalog().unwrap().has(name), "{}", String::from_utf8_lossy(name));
    }
}

#[test]
fn the_page_asks_for_nothing_from_outside() {
    let (work, _) = bank("page-offline");
    let html = work.text("first-federated-bank-cd.html");
    for word in ["http:", "https:", "src=\"//", "@import", "<link", "<iframe"] {
        for (at, _) in html.match_indices(word) {
            let around: String = html[at.saturating_sub(40)..].chars().take(100).collect();
            // The name of the SVG namespace is no address to fetch.
            assert!(around.contains("www.w3.org/2000/svg"), "{around}");
        }
    }
}

#[test]
fn a_page_stays_small_in_every_language_and_with_an_earlier_assessment() {
    let work = Workdir::new("page-size");
    let (now, before) = (sample("first-federated-bank-cd.xlsx"), sample("first-federated-bank-cd-2025-07.xlsx"));
    for lang in ["en", "de", "fr", "es", "pt"] {
        for (previous, most) in [(&["--quiet"][..], 190_000), (&["--previous", &before], 200_000)] {
            let args = ["report", &now, "--lang", lang, "--format", "html", "-o", "."];
            work.gapwise(&[&args, previous].concat()).ok();
            let size = work.bytes("first-federated-bank-cd.html").len();
            assert!(size < most, "{lang}, {previous:?}: {size} bytes");
        }
    }
}

#[test]
fn the_json_keeps_its_contract() {
    let schema: Value = serde_json::from_str(include_str!("../../docs/gapwise-1.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let work = Workdir::new("contract");
    for file in ["first-federated-bank-cd.xlsx", "first-federated-bank-iac.csv", "first-federated-bank-cd.ods"] {
        let run = work.gapwise(&["report", &sample(file), "--format", "json", "-o", "-"]).ok();
        let json: Value = serde_json::from_str(&run.stdout).unwrap();
        let errors: Vec<String> = validator.iter_errors(&json).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{file}: {errors:?}");
    }
}

#[test]
fn the_csv_has_a_row_for_each_rating() {
    let (work, json) = bank("csv");
    let bytes = work.bytes("first-federated-bank-cd.csv");
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let header = reader.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|head| head == name).unwrap_or_else(|| panic!("no {name}"));
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let ratings = json["ratings"].as_array().unwrap();
    assert_eq!(rows.len(), ratings.len());
    for (row, rating) in rows.iter().zip(ratings) {
        assert_eq!(&row[column("area")], rating["area"]);
        assert_eq!(&row[column("at")], rating["at"]);
        for name in ["current", "target", "gap", "weight"] {
            assert_eq!(row[column(name)].parse().ok(), rating[name].as_f64(), "{name} of {}", rating["at"]);
        }
    }
}

#[test]
fn each_chart_is_a_file_of_its_own() {
    let work = Workdir::new("charts-alone");
    let file = sample("first-federated-bank-cd.xlsx");
    work.gapwise(&["report", &file, "-o", ".", "--format", "svg,html"]).ok();
    let page = work.text("first-federated-bank-cd.html");
    let charts: Vec<String> = work.files().into_iter().filter(|name| name.ends_with(".svg")).collect();
    for chart in ["gaps", "heatmap", "profiles", "states", "area-testing"] {
        assert!(charts.contains(&format!("first-federated-bank-cd-{chart}.svg")), "{chart}: {charts:?}");
    }
    for name in charts {
        let svg = work.text(&name);
        let mut reader = quick_xml::Reader::from_str(&svg);
        let mut open = Vec::new();
        let (mut title, mut described) = (String::new(), 0);
        loop {
            match reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")) {
                quick_xml::events::Event::Start(tag) => open.push(tag.name().as_ref().to_owned()),
                quick_xml::events::Event::End(_) => drop(open.pop()),
                quick_xml::events::Event::Text(text) => match open.last().map(String::as_str) {
                    Some("title") if open.len() == 2 => title = text.xml10_content().into_owned(),
                    Some("desc") => described += text.len(),
                    _ => {}
                },
                quick_xml::events::Event::Eof => break,
                _ => {}
            }
        }
        let on_paper_alone =
            name.contains("-subject-") || name.ends_with("-roadmap.svg") || name.ends_with("-priority.svg");
        assert!(
            on_paper_alone || page.contains(&title),
            "{name} is named by the finding that the page prints: {title}"
        );
        assert!(described > 100, "{name} says its numbers in words");
        // What slide programs do not know, or would fetch.
        for word in ["var(", "@media", "@import", "url(", "href", "script", "style="] {
            assert!(!svg.contains(word), "{name}: {word}");
        }
    }
    let run = work.gapwise(&["report", &file, "--format", "svg", "-o", "-"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("error[bad-value]: -o: svg makes a file for each chart"), "{}", run.stderr);
}

#[test]
fn the_pdf_is_small_and_its_first_page_holds_the_summary() {
    let work = Workdir::new("pdf-size");
    let file = sample("first-federated-bank-cd.xlsx");
    work.gapwise(&["report", &file, "-o", "full", "--format", "pdf"]).ok();
    work.gapwise(&["report", &file, "-o", "short", "--format", "pdf", "--detail", "summary"]).ok();
    work.put("one.csv", "Application,Area,Current level,Target level\nCore,Testing,1,3\n");
    work.gapwise(&["report", "one.csv", "-o", "one", "--format", "pdf", "--scale", "0..5"]).ok();
    for (name, most_bytes, most_pages) in [
        ("full/first-federated-bank-cd.pdf", 150_000, 22),
        ("short/first-federated-bank-cd.pdf", 76_000, 15),
        ("one/one.pdf", 30_000, 4),
    ] {
        let bytes = work.bytes(name);
        assert!(bytes.len() <= most_bytes, "{name}: {} bytes", bytes.len());
        let pdf = lopdf::Document::load_mem(&bytes).unwrap();
        let pages = pdf.get_pages().len();
        assert!(pages <= most_pages, "{name}: {pages} pages");
    }
    let args = ["-l", "1", "-layout", "full/first-federated-bank-cd.pdf", "-"];
    let Some(run) = tool("pdftotext", &args, work.path()) else { return };
    for words in ["54 of 57 rated", "Testing is furthest from target", "largest shortfalls", "First steps", "95 %"] {
        assert!(run.stdout.contains(words), "page 1 says `{words}`: {}", run.stdout);
    }
}

#[test]
fn an_archived_report_is_read_back() {
    let work = Workdir::new("pdf-archive");
    let file = sample("first-federated-bank-cd.xlsx");
    let name = "first-federated-bank-cd";
    work.gapwise(&["report", &file, "-o", "one", "--format", "pdf,json", "--pdf-standard", "a-3a"]).ok();
    work.gapwise(&[
        "report",
        &format!("one/{name}.pdf"),
        "-o",
        "two",
        "--format",
        "pdf,json",
        "--pdf-standard",
        "a-3a",
    ])
    .ok();
    assert_eq!(work.json(&format!("one/{name}.json")), work.json(&format!("two/{name}.json")), "the same numbers");
    assert!(work.bytes(&format!("one/{name}.pdf")) == work.bytes(&format!("two/{name}.pdf")), "the same report");
    let pdf = format!("one/{name}.pdf");
    if let Some(run) = tool("qpdf", &["--check", &pdf], work.path()) {
        run.ok();
    }
    for (checker, args) in [("pdfua", vec!["check", pdf.as_str()]), ("outloud", vec![pdf.as_str()])] {
        if let Some(run) = tool(checker, &args, work.path()) {
            assert_eq!(run.code, 0, "{checker}: {}{}", run.stdout, run.stderr);
        }
    }
    // One that carries nothing is no input.
    work.gapwise(&["report", &file, "-o", "plain", "--format", "pdf", "--pdf-standard", "a-2a"]).ok();
    let run = work.gapwise(&["report", &format!("plain/{name}.pdf"), "-o", "none"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("error[not-a-workbook]"), "{}", run.stderr);
}
