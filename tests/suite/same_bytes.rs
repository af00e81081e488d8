//! The same input gives the same bytes: twice, in one process or many, alone or side by side.

use crate::workdir::{Workdir, sample};

const ALL: &str = "html,pdf,json,csv,md,xlsx,svg";

#[test]
fn twice_and_side_by_side() {
    let work = Workdir::new("same-bytes");
    for name in ["first-federated-bank-cd.xlsx", "first-federated-bank-iac.xlsx", "first-federated-bank-cd.csv"] {
        work.put(&format!("in/{name}"), std::fs::read(sample(name)).unwrap());
    }
    let report = |folder: &str, jobs: &str| {
        work.gapwise(&["report", "in", "-o", folder, "--format", ALL, "--jobs", jobs, "--date", "2026-01-31"]).ok();
    };
    report("one", "1");
    report("two", "3");
    let names: Vec<String> =
        work.files().iter().filter_map(|name| name.strip_prefix("one/").map(str::to_owned)).collect();
    let drawn = names.iter().filter(|name| name.ends_with(".svg")).count();
    assert_eq!(names.len() - drawn, 18, "{names:?}");
    assert!(drawn > 15, "{names:?}");
    for name in &names {
        assert!(work.bytes(&format!("one/{name}")) == work.bytes(&format!("two/{name}")), "{name} differs");
    }
    // A file alone gives what it gave in the batch.
    work.gapwise(&["report", "in/first-federated-bank-iac.xlsx", "-o", "alone", "--date", "2026-01-31"]).ok();
    for ending in ["html", "pdf"] {
        let name = format!("first-federated-bank-iac.{ending}");
        assert!(work.bytes(&format!("alone/{name}")) == work.bytes(&format!("one/{name}")), "{name} differs");
    }
}

#[test]
fn the_date_is_an_input() {
    let work = Workdir::new("date");
    let date = |args: &[&str], epoch: Option<&str>| {
        let file = sample("first-federated-bank-cd.xlsx");
        let mut all = vec!["report", &file, "--format", "json", "-o", "-"];
        all.extend(args);
        let mut command = work.command(&all);
        if let Some(epoch) = epoch {
            command.env("SOURCE_DATE_EPOCH", epoch);
        }
        let run = crate::workdir::run(command).ok();
        let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        json["date"].as_str().unwrap().to_owned()
    };
    assert_eq!(date(&[], None), "2026-01-31", "the date inside the workbook");
    assert_eq!(date(&[], Some("1767225600")), "2026-01-01", "SOURCE_DATE_EPOCH");
    assert_eq!(date(&["--date", "2026-02-02"], Some("1767225600")), "2026-02-02", "the flag");
}
