//! The page: one file that opens from a mail attachment, with no server, no network and, if need be, no script.
//!
//! `view` turns a [`Report`] into typed values that the template places and loops over; all text goes through tera's
//! escaping, and a content security policy with the hashes of our own style and script forbids everything else.

mod cells;
mod heat;
mod picture;
mod templates;
mod text;
mod view;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Serialize;
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::chart;
use crate::error::Result;
use crate::font;
use crate::report::{PageWords, Report};
use crate::theme::{Logo, Theme};
pub use templates::Templates;

/// What the page offers to save, the same text as the outputs of that format; an empty one is not offered.
#[derive(Clone, Copy, Debug, Default)]
pub struct Downloads<'a> {
    /// The ratings as CSV.
    pub csv: &'a str,
    /// The analysis as JSON.
    pub json: &'a str,
}

/// Everything the template places. Fields marked *ours* are markup or code made here and are the only ones not escaped.
#[derive(Serialize)]
struct Document {
    policy: String,
    /// Ours: the style sheet.
    style: String,
    /// Ours: the script.
    script: String,
    /// Ours: the words of the controls as JSON with every `<` escaped, so that no text in it can end the block.
    words: String,
    /// The ratings and the analysis, packed: a tenth of the size, and still to be saved without a script.
    csv_link: Option<String>,
    json_link: Option<String>,
    page: view::Page,
    /// Name of the theme's look, for the class of the body.
    look: &'static str,
    /// Ours: the logo as markup made from its shapes or its bytes.
    logo: Option<String>,
    classification: String,
}

/// The report as one self-contained page.
///
/// # Errors
/// When the template cannot be rendered, which only a template of the user's own can cause.
pub fn html(report: &Report, downloads: &Downloads, theme: &Theme, templates: &Templates) -> Result<String> {
    let (page, looks) = view::page(report);
    let words = words(report, &looks);
    let text = text::shown(&serde_json::to_value(&page).expect("the page is plain data")) + &words;
    let (style, script) = (stylesheet(&looks, &text, theme, templates), templates.script());
    let document = Document {
        policy: policy(&style, &script),
        style,
        script,
        words: in_block(&words),
        csv_link: packed("ratings.csv", downloads.csv),
        json_link: packed("analysis.json", downloads.json),
        page,
        look: theme.look.name(),
        logo: theme.logo.as_ref().map(Logo::markup),
        classification: report.furniture.classification.clone(),
    };
    templates.render(&document)
}

/// What the script needs to know: the words of its controls, the ends of the scale, which texts of drawings are numbers.
fn words(report: &Report, looks: &view::Shared) -> String {
    #[derive(Serialize)]
    struct Known<'a> {
        #[serde(flatten)]
        words: &'a PageWords,
        scale: Option<(f64, f64)>,
        numbers: &'a BTreeMap<&'static str, BTreeSet<String>>,
    }
    let known = Known { words: &report.controls, scale: report.scale, numbers: looks.palette.numbers() };
    serde_json::to_string(&known).expect("words are plain data")
}

/// The style sheet of a page with this text.
fn stylesheet(looks: &view::Shared, text: &str, theme: &Theme, templates: &Templates) -> String {
    let mut style = String::new();
    for (weight, bytes) in font::web(text) {
        let data = BASE64_STANDARD.encode(bytes);
        writeln!(
            style,
            "@font-face{{font-family:\"{}\";font-weight:{weight};src:url(data:font/woff2;base64,{data})format(\"woff2\")}}",
            font::FAMILY
        )
        .expect("writing to a string cannot fail");
    }
    let rules = chart::svg::inks(theme)
        + &looks.palette.stylesheet()
        + &tight(&templates.style)
        + &tight(templates::look(theme.look))
        + &looks.looks.stylesheet();
    // Named some 250 times on a page.
    style + &rules.replace("--ink-", "--")
}

/// A style sheet or script of ours without indentation and without the remarks that stand on lines of their own.
fn squeezed(code: &str) -> String {
    let mut remark = false;
    let kept = code.lines().map(str::trim).filter(|line| {
        let inside = remark;
        remark = (inside || line.starts_with("/*")) && !line.ends_with("*/");
        !(inside || line.is_empty() || line.starts_with("/*") || line.starts_with("//"))
    });
    kept.collect::<Vec<_>>().join("\n")
}

/// A style sheet of ours without blanks that mean nothing.
fn tight(style: &str) -> String {
    let marks =
        [(" {", "{"), ("{ ", "{"), (": ", ":"), ("; ", ";"), (", ", ","), (";}", "}"), (" > ", ">"), ("\n", "")];
    marks.iter().fold(squeezed(style), |style, (from, to)| style.replace(from, to))
}

/// Only our own style and script run, only data already in the page is shown, nothing is sent anywhere.
fn policy(style: &str, script: &str) -> String {
    format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; img-src data:; font-src data:; base-uri 'none'; \
         form-action 'none'",
        hash(style),
        hash(script)
    )
}

fn hash(block: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(block.as_bytes())))
}

/// The text as an archive in a link; `None` for none.
fn packed(name: &str, text: &str) -> Option<String> {
    let link = || format!("data:application/zip;base64,{}", BASE64_STANDARD.encode(archive(name, text)));
    (!text.is_empty()).then(link)
}

/// A zip archive of one file; its date is fixed, so that the same text gives the same bytes.
fn archive(name: &str, text: &str) -> Vec<u8> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9))
        .last_modified_time(DateTime::default());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(name, options).expect("the name is short");
    zip.write_all(text.as_bytes()).expect("writing to memory cannot fail");
    zip.finish().expect("writing to memory cannot fail").into_inner()
}

/// JSON for a `<script type="application/json">`: `<` can stand in strings only, where its escape means the same.
fn in_block(json: &str) -> String {
    json.replace('<', "\\u003c")
}
