//! A gallery of whole reports: `cargo run --example gallery FOLDER` writes each case, ordinary and odd, as page and as
//! paper, and as pictures of the paper where `pdftoppm` is installed.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use gapwise::analysis::{Analysis, Frame, analyse};
use gapwise::error::Warned;
use gapwise::render::pdf::Paper;
use gapwise::render::{Format, RenderOptions, render};
use gapwise::report::{Detail, ReportOptions, compose};
use gapwise::theme::Theme;

#[path = "gallery/cases.rs"]
mod cases;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: gallery FOLDER")?;
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder)?;
    let bank = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/first-federated-bank-cd.xlsx");
    let book = gapwise::sheet::read("first-federated-bank-cd.xlsx", &std::fs::read(bank)?)?;
    let read = gapwise::recognise::recognise(&book, &Default::default())?;
    let bank = analyse(&read, &frame("Continuous delivery at First Federated Bank"));
    write(folder, "bank", &bank, "en", Detail::Full, Paper::A4)?;
    write(folder, "bank-letter", &bank, "en", Detail::Full, Paper::Letter)?;
    write(folder, "bank-summary", &bank, "en", Detail::Summary, Paper::A4)?;
    for case in cases::all() {
        let title = format!("Gallery: {}", case.name.replace('-', " "));
        let analysis = analyse(&Warned { value: case.assessment, warnings: Vec::new() }, &frame(&title));
        write(folder, case.name, &analysis, case.lang, Detail::Full, Paper::A4)?;
    }
    Ok(())
}

/// Fonts for the scripts of the names from right to left.
fn fonts() -> std::io::Result<Vec<Vec<u8>>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fonts");
    ["arabic.ttf", "hebrew.ttf"].iter().map(|font| std::fs::read(folder.join(font))).collect()
}

fn frame(title: &str) -> Frame {
    Frame {
        file: "gallery.xlsx".to_owned(),
        sha256: "0".repeat(64),
        title: Some(title.to_owned()),
        date: "2026-01-31".to_owned(),
    }
}

fn write(
    folder: &Path,
    name: &str,
    analysis: &Analysis,
    lang: &str,
    detail: Detail,
    paper: Paper,
) -> Result<(), Box<dyn std::error::Error>> {
    let report = compose(analysis, &ReportOptions { lang: lang.to_owned(), detail });
    let theme = Arc::new(Theme { fonts: fonts()?, ..Theme::default() });
    for format in [Format::Html, Format::Pdf] {
        let options = RenderOptions { paper, theme: Arc::clone(&theme), ..Default::default() };
        for file in render(format, analysis, &report, &options)? {
            let path = folder.join(format!("{name}.{}", format.ending()));
            std::fs::write(&path, &file.bytes)?;
            let pages = file.pages.map_or(String::new(), |pages| format!(", {pages} pages"));
            println!("{}: {} kB{pages}", path.display(), file.bytes.len() / 1000);
            file.warnings.iter().for_each(|warning| println!("  {}: {}", warning.code, warning.message));
        }
    }
    let pdf = folder.join(format!("{name}.pdf"));
    let stem = folder.join(name);
    match Command::new("pdftoppm").args(["-r", "60", "-png"]).arg(&pdf).arg(&stem).status() {
        Ok(done) if done.success() => Ok(()),
        Ok(done) => Err(format!("pdftoppm on {}: {done}", pdf.display()).into()),
        // No pictures without the program; the files themselves are there.
        Err(_) => Ok(()),
    }
}
