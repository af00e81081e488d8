//! How long the steps take on the sample and on a table of 20,000 ratings: `cargo bench`.
//!
//! A plain clock over many runs; the smallest time is printed, since noise only ever adds.

use std::hint::black_box;
use std::time::{Duration, Instant};

use gapwise::analysis::{Frame, analyse};
use gapwise::render::{Format, RenderOptions, render};
use gapwise::report::{Detail, ReportOptions, compose};

fn best<T>(runs: usize, mut work: impl FnMut() -> T) -> Duration {
    (0..runs)
        .map(|_| {
            let start = Instant::now();
            black_box(work());
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}

fn measure(name: &str, file: &str, bytes: &[u8], runs: usize) {
    let book = gapwise::sheet::read(file, bytes).expect("the input can be read");
    let wishes = Default::default();
    let read = gapwise::recognise::recognise(&book, &wishes).expect("the input is recognised");
    let frame =
        Frame { file: file.to_owned(), sha256: book.sha256.clone(), title: None, date: "2026-01-31".to_owned() };
    let analysis = analyse(&read, &frame);
    let options = ReportOptions { lang: "en".to_owned(), detail: Detail::Full };
    let report = compose(&analysis, &options);
    println!("{name}: {} ratings", analysis.ratings.len());
    let line = |step: &str, time: Duration| println!("  {step:<10} {:>9.2} ms", time.as_secs_f64() * 1e3);
    line("read", best(runs, || gapwise::sheet::read(file, bytes)));
    line("recognise", best(runs, || gapwise::recognise::recognise(&book, &wishes)));
    line("analyse", best(runs, || analyse(&read, &frame)));
    line("compose", best(runs, || compose(&analysis, &options)));
    for format in Format::ALL {
        line(format.ending(), best(runs, || render(format, &analysis, &report, &RenderOptions::default())));
    }
}

fn main() {
    let sample = include_bytes!("../samples/first-federated-bank-cd.xlsx");
    measure("sample", "first-federated-bank-cd.xlsx", sample, 10);
    let mut table = String::from("Area,Control,Current (0-5),Target\n");
    for row in 0..20_000u32 {
        let (area, level) = (row % 20, row.wrapping_mul(2_654_435_761) >> 29);
        table.push_str(&format!("Area {area},C-{row},{},4\n", level.min(5)));
    }
    measure("long table", "table.csv", table.as_bytes(), 2);
}
