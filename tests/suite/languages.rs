//! Reports in every language: the language's words and its form of numbers and dates, on page, paper and in Markdown.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

use crate::tools::tool;
use crate::workdir::{Workdir, sample};

/// Code, a heading on every page, a mean level and a date as the language writes them, and a share with its percent sign.
const LANGUAGES: [(&str, &str, &str, &str, char); 5] = [
    ("en", "How to read this report", "2025-07-31", "\u{a0}%", '.'),
    ("de", "So liest sich dieser Bericht", "31.07.2025", "\u{a0}%", ','),
    ("fr", "Comment lire ce rapport", "31/07/2025", "\u{a0}%", ','),
    ("es", "Cómo leer este informe", "31/07/2025", "\u{a0}%", ','),
    ("pt", "Como ler este relatório", "31/07/2025", "%", ','),
];

fn bank(name: &str, lang: &str, formats: &str) -> Workdir {
    let work = Workdir::new(&format!("{name}-{lang}"));
    let file = sample("first-federated-bank-cd.xlsx");
    work.gapwise(&["report", &file, "-o", ".", "--format", formats, "--lang", lang, "--date", "2025-07-31"]).ok();
    work
}

#[test]
fn every_language_has_its_own_words_numbers_and_dates() {
    for (lang, heading, date, percent, decimal) in LANGUAGES {
        let work = bank("words", lang, "html,json,md");
        let json = work.json("first-federated-bank-cd.json");
        let mean = |value: f64| format!("{value:.1}").replace('-', "−").replace('.', &decimal.to_string());
        let html = work.text("first-federated-bank-cd.html");
        assert!(html.contains(&format!("<html lang=\"{lang}\"")), "{lang}");
        let markdown = work.text("first-federated-bank-cd.md");
        assert!(html.contains(heading), "{lang}: {heading}");
        for area in json["areas"].as_array().unwrap() {
            let gap = format!("+{}", mean(area["gap"].as_f64().unwrap()));
            assert!(html.contains(&gap) && markdown.contains(&gap), "{lang}: {gap} of {}", area["name"]);
        }
        for text in [&html, &markdown] {
            assert!(text.contains(date), "{lang}: {date}");
        }
        let share = format!("{:.0}{percent}", json["overall"]["percent_to_target"].as_f64().unwrap() * 100.0);
        assert!(markdown.contains(&share) || html.contains(&share), "{lang}: {share}");
        if lang != "en" {
            let other = LANGUAGES.iter().filter(|(other, ..)| *other != lang);
            for (_, heading, ..) in other {
                assert!(!html.contains(heading), "{lang}: {heading}");
            }
            // Words of the English report that no other language has.
            for english in [" to close", "levels below", "none given", "not assessed", "Skip to content", "Copy rows"]
            {
                assert!(!html.contains(english) && !markdown.contains(english), "{lang}: `{english}`");
            }
        }
    }
}

#[test]
fn paper_speaks_the_language_too() {
    let work = bank("paper", "de", "pdf");
    let Some(run) = tool("pdftotext", &["-layout", "first-federated-bank-cd.pdf", "-"], work.path()) else { return };
    for text in ["Seite 2 von", "31.07.2025", "Überblick", "Stufen offen", "Alle Bereiche", "Erste Schritte"] {
        assert!(run.stdout.contains(text), "{text}");
    }
    for english in [" to close", "page 2 of", "All areas", "none given", "Now "] {
        assert!(!run.stdout.contains(english), "`{english}`");
    }
    let raw = lopdf::Document::load_mem(&work.bytes("first-federated-bank-cd.pdf")).unwrap();
    assert_eq!(raw.catalog().unwrap().get(b"Lang").unwrap().as_str().unwrap(), b"de");
}

#[test]
fn the_flag_wins_over_the_workbook_and_the_workbook_over_english() {
    let work = Workdir::new("language-of-the-workbook");
    let names = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
                 xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
                 xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
                 xmlns:dc=\"http://purl.org/dc/elements/1.1/\" office:version=\"1.3\"";
    let row = |cells: [&str; 4]| {
        let cells = cells.map(|text| {
            format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
        });
        format!("<table:table-row>{}</table:table-row>", cells.concat())
    };
    let rows = [
        row(["Area", "Application", "Current level", "Target level"]),
        row(["Testing", "Core", "1", "3"]),
        row(["Testing", "Web", "2", "3"]),
        row(["Release", "Core", "0", "3"]),
        row(["Release", "Web", "3", "3"]),
    ];
    let content = format!(
        "<office:document-content {names}><office:body><office:spreadsheet><table:table table:name=\"S\">{}\
         </table:table></office:spreadsheet></office:body></office:document-content>",
        rows.concat()
    );
    let meta = format!(
        "<office:document-meta {names}><office:meta><dc:language>fr-CA</dc:language></office:meta>\
         </office:document-meta>"
    );
    work.put("levels.ods", zipped(&[("mimetype", MIME), ("content.xml", &content), ("meta.xml", &meta)]));
    let lang = |more: &[&str]| {
        let args = [&["report", "levels.ods", "--format", "html", "-o", "-"], more].concat();
        let html = work.gapwise(&args).ok().stdout;
        html.split("<html lang=\"").nth(1).unwrap()[..2].to_owned()
    };
    assert_eq!(lang(&[]), "fr");
    assert_eq!(lang(&["--lang", "pt-BR"]), "pt");
    work.gapwise(&["report", "levels.ods", "--lang", "tlh"]).refused(
        "\
error[bad-value]: --lang: no wording in `tlh`; known: en, de, fr, es, pt
  hint: --lang de",
    );
}

const MIME: &str = "application/vnd.oasis.opendocument.spreadsheet";

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        zip.start_file(*name, stored).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
