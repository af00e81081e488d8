//! The script that CI services run, run outside them.

use std::process::Command;

use crate::workdir::{Workdir, run};

#[test]
fn the_script_reports_first_and_ends_with_the_verdict() {
    let work = Workdir::new("ci-script");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/ci/report-and-check.sh");
    work.put("assess/team one.csv", "Area,Current level (0-5),Target level\nTesting,1,3\nData,2,4\n");
    let ci = |inputs: &str, rules: &str| {
        let mut command = Command::new("bash");
        command.arg(script).current_dir(work.path());
        command.env("GAPWISE", env!("CARGO_BIN_EXE_gapwise")).env("GITHUB_ACTIONS", "true");
        command.env("GAPWISE_INPUTS", inputs).env("GAPWISE_RULES", rules).env("GAPWISE_OUTPUT", "out");
        command.env("GITHUB_STEP_SUMMARY", work.path().join("summary.md"));
        run(command)
    };
    let passed = ci("assess/team one.csv", "--min-coverage=90%\n--max-gap=2\n");
    assert_eq!(passed.code, 0, "{}", passed.stderr);
    let summary = work.text("summary.md");
    assert!(summary.starts_with("# Gate passed: all 3 checks\n"), "{summary}");
    assert!(summary.contains("</details>\n\n# team one\n"), "the report follows: {summary}");
    for file in ["team-one.html", "team-one.pdf", "team-one.json", "gate.xml", "gate.sarif"] {
        assert!(work.path().join("out").join(file).is_file(), "{file}");
    }
    let failed = ci("assess", "--min-level=2");
    assert_eq!(failed.code, 1, "{}", failed.stderr);
    assert!(
        failed.stderr.contains("::error file=assess/team one.csv,line=2,title=min-level%3A Testing::"),
        "{}",
        failed.stderr
    );
    assert_eq!(ci("assess\nnowhere", "--max-gap=2").code, 2, "a file that cannot be read beats a gate that passed");
}
