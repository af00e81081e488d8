//! The page in a real browser: everything in one start of it, by `tests/browser/check.mjs`.

use std::path::Path;
use std::process::Command;

use crate::tools::tool;
use crate::workdir::{Workdir, run, sample};

/// Texts that would do harm if a page took them for more than text.
fn hostile() -> String {
    let long = "W".repeat(30_000);
    let texts = [
        "<script>document.title='taken'</script>",
        "</style><h1>taken</h1>",
        "{{ 7*7 }}",
        "javascript:alert(1)",
        "\"><img src=x onerror=alert(1)>",
        "\u{202e}reversed",
        long.as_str(),
    ];
    let mut csv = String::from("Area,Practice,Current level,Target level,Next action\n");
    for (row, text) in texts.iter().enumerate() {
        let quoted = format!("\"{}\"", text.replace('"', "\"\""));
        for other in 0..2 {
            csv += &format!("{quoted},{quoted}{other},{},3,{quoted}\n", (row + other) % 4);
        }
    }
    csv
}

fn many() -> String {
    let mut csv = String::from("Area,Practice,Application,Current level,Target level\n");
    for row in 0..2000 {
        csv += &format!("Area {:02},Practice {:03},App {:02},{},4\n", row % 20, row % 100, row / 100, row % 5);
    }
    csv
}

#[test]
fn the_page_holds_in_a_browser() {
    let work = Workdir::new("browser");
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    if !home.join("node_modules/axe-core").exists() || tool("chromium", &["--version"], work.path()).is_none() {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "npm packages are missing, and CI leaves nothing out");
        eprintln!("left out: the packages of tests/browser are not installed");
        return;
    }
    let csv = std::fs::read_to_string(sample("first-federated-bank-cd.csv")).unwrap();
    work.put("bank.csv", &csv).put("hostile.csv", hostile()).put("many.csv", many());
    // The same bank where every target in Testing is 1: what the page's scenario must come to.
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let heads = reader.headers().unwrap().clone();
    let place =
        |name: &str| heads.iter().position(|head| head == name).unwrap_or_else(|| panic!("{name} in {heads:?}"));
    let (area, target) = (place("Area"), place("Target level"));
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&heads).unwrap();
    for record in reader.records().map(Result::unwrap) {
        let cells = record.iter().enumerate().map(|(index, cell)| {
            let moved = index == target && &record[area] == "Testing" && cell.parse::<f64>().is_ok();
            if moved { "1" } else { cell }
        });
        writer.write_record(cells).unwrap();
    }
    work.put("scenario.csv", writer.into_inner().unwrap());
    work.put("before.csv", &csv);
    work.put(
        "one.csv",
        "Area,Practice,Current,Target\nTesting,Unit tests,1,3\nTesting,Load tests,2,3\nTesting,Data,n/a,3\n",
    );
    work.put("one-scenario.csv", work.text("one.csv").replace(",3\n", ",2\n"));
    work.put("untargeted.csv", "Area,Team,Current\nTesting,A,1\nTesting,B,2\nData,A,3\nData,B,\n");
    for name in ["bank", "before", "scenario", "hostile", "many", "one", "untargeted", "one-scenario"] {
        let file = format!("{name}.csv");
        let mut args = vec!["report", &file, "-o", ".", "--format", "html,json", "--date", "2026-01-31"];
        let earlier = sample("first-federated-bank-cd-2025-07.xlsx");
        if name == "before" {
            args.extend(["--previous", earlier.as_str()]);
        }
        work.gapwise(&args).ok();
    }
    let both =
        ["report", "bank.csv", "scenario.csv", "-o", ".", "--portfolio", "--format", "html", "--date", "2026-01-31"];
    work.gapwise(&both).ok();
    let mut command = Command::new("node");
    command.arg(home.join("check.mjs")).arg(work.path());
    let run = run(command).ok();
    println!("{}", run.stdout);
}
