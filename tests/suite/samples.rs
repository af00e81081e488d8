//! The samples: written by the program beside them, and read as their expected files say.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::workdir::{Workdir, sample};

const SAMPLES: [&str; 6] = [
    "first-federated-bank-cd.xlsx",
    "first-federated-bank-cd-2025-07.xlsx",
    "first-federated-bank-cd.csv",
    "first-federated-bank-cd.ods",
    "first-federated-bank-iac.xlsx",
    "first-federated-bank-iac.csv",
];

/// Each sample's analysis, compared in full with the file beside it. `UPDATE_EXPECTED=1` writes the files anew.
#[test]
fn samples_are_read_as_expected() {
    let work = Workdir::new("samples");
    for file in SAMPLES {
        work.gapwise(&["report", &sample(file), "--format", "json", "--date", "2026-01-31", "-o", file]).ok();
        let got = work.json(&format!("{file}/{}.json", file.rsplit_once('.').unwrap().0));
        let expected = sample(&format!("{file}.expected.json"));
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            fs::write(&expected, format!("{got:#}\n")).unwrap();
        }
        let expected: Value = serde_json::from_slice(&fs::read(&expected).expect(&expected)).unwrap();
        assert_eq!(got, expected, "{file}");
    }
}

/// Whoever changes a sample changes the program that writes it.
#[test]
fn samples_are_what_their_program_writes() {
    let work = Workdir::new("make-samples");
    let program = Path::new(env!("CARGO_BIN_EXE_gapwise")).with_file_name("examples").join("make_samples");
    assert!(program.exists(), "cargo test builds the examples");
    assert!(Command::new(program).arg(work.path()).status().unwrap().success());
    let mut names = SAMPLES.map(str::to_owned);
    names.sort();
    assert_eq!(work.files(), names);
    for file in SAMPLES {
        assert!(work.bytes(file) == fs::read(sample(file)).unwrap(), "{file} differs from what the program writes");
    }
}
