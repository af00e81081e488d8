//! A gallery of the charts: `cargo run --example charts FOLDER` writes each case, ordinary and odd, as SVG.

use std::path::PathBuf;

use gapwise::chart::svg::standalone;
use gapwise::chart::{self, Canvas, Chart};

#[path = "charts/cases.rs"]
mod cases;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("usage: charts FOLDER")?);
    std::fs::create_dir_all(&folder)?;
    for (name, case) in cases::all() {
        write(&folder, &name, "paper", &case, &Canvas::paper(493.2, 700.0))?;
        write(&folder, &name, "page", &case, &Canvas::page())?;
        write(&folder, &name, "phone", &case, &Canvas::phone())?;
    }
    Ok(())
}

fn write(folder: &std::path::Path, name: &str, medium: &str, case: &Chart, canvas: &Canvas) -> std::io::Result<()> {
    for (index, scene) in chart::draw(case, canvas).iter().enumerate() {
        for (one, other) in chart::measure::overlaps(scene) {
            println!("{name} {medium} {index}: {one:?} meets {other:?}");
        }
        for shape in chart::measure::outside(scene) {
            println!("{name} {medium} {index}: outside: {shape}");
        }
        std::fs::write(
            folder.join(format!("{name}-{medium}-{index}.svg")),
            standalone(scene, name, medium, &Default::default()),
        )?;
    }
    Ok(())
}
