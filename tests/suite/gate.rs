//! The gate: rules against files, the exit code, and every format of the verdict.

use serde_json::Value;

use crate::workdir::{Run, Workdir, sample};

const RATINGS: &str = "Area,Current level,Target level,Target date
Testing,0,2,2026-01-15
Testing,1,2,2026-06-30
\"Data, and <more>\",2,2,
Release,,2,
";

/// One small file in a folder of its own, checked.
fn check(name: &str, args: &[&str]) -> (Workdir, Run) {
    let work = Workdir::new(&format!("gate-{name}"));
    work.put("team/ratings.csv", RATINGS);
    let fixed = ["check", "team/ratings.csv", "--scale", "-1..3", "--date", "2026-01-31"];
    let run = work.gapwise(&fixed.into_iter().chain(args.iter().copied()).collect::<Vec<_>>());
    (work, run)
}

#[test]
fn the_exit_code_is_the_verdict() {
    for (name, args, code) in [
        ("passed", &["--min-overall", "1"][..], 0),
        ("failed", &["--min-overall", "2.5"], 1),
        ("unknown", &["--min-level", "0"], 1),
        ("allowed", &["--min-level", "0", "--allow-not-assessed", "release"], 0),
        ("undecided", &["--min-level", "0", "nowhere.csv"], 2),
        ("no-overdue", &["--no-overdue"], 1),
    ] {
        let (_, run) = check(name, args);
        assert_eq!(run.code, code, "{name}: {}{}", run.stdout, run.stderr);
    }
}

#[test]
fn the_verdict_for_people() {
    let (_, run) = check("people", &["--min-level", "1", "--min-coverage", "75%", "--no-overdue"]);
    assert_eq!(
        run.stdout,
        "
  check                              expected       found    where
  FAIL  min-level: Testing           at least 1     0.5      B2
  FAIL  min-level: Release           at least 1     unknown  B5
  FAIL  no-overdue                   none           1        B2
  pass  min-level: Data, and <more>  at least 1     2
  pass  min-coverage                 at least 75 %  75 %

not passed: 3 of 5 checks failed
"
    );
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
}

#[test]
fn the_verdict_for_programs() {
    let (_, run) = check("json", &["--min-level", "1", "--format", "json"]);
    let verdict: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(verdict["schema"], "gapwise-check/1");
    assert_eq!(verdict["passed"], false);
    assert_eq!(
        verdict["rows"][0],
        serde_json::json!({
            "name": "min-level: Testing", "rule": "min-level", "area": "Testing", "file": "team/ratings.csv",
            "expected": 1.0, "found": 0.5, "passed": false, "at": ["B2"],
            "message": "Testing: level 0.5, expected at least 1",
        })
    );
    assert_eq!(verdict["rows"][2]["found"], Value::Null);
}

#[test]
fn the_verdict_for_the_summary_of_a_job() {
    let (_, run) = check("markdown", &["--min-level", "1", "--format", "md"]);
    assert_eq!(
        run.stdout,
        "# Gate not passed: 2 of 3 checks failed

| Check | Expected | Found | Where |
| --- | --- | --- | --- |
| min-level: Testing | at least 1 | 0.5 | B2 |
| min-level: Release | at least 1 | unknown | B5 |

<details><summary>1 checks passed</summary>

| Check | Expected | Found | Where |
| --- | --- | --- | --- |
| min-level: Data, and &lt;more&gt; | at least 1 | 2 |  |

</details>
"
    );
}

#[test]
fn annotations_for_github_escape_and_count() {
    let (work, run) = check("annotations", &["--area", "Testing:min-level=1", "--annotations", "github"]);
    assert_eq!(
        run.stderr,
        "::error file=team/ratings.csv,line=2,title=min-level%3A Testing::Testing: level 0.5, expected at least 1 (B2)\n"
    );
    let many: String = (0..45).map(|n| format!("\"Area {n}, 100%\",0,2\n")).collect();
    work.put("many.csv", format!("Area,Current level,Target level\n{many}"));
    let run = work.gapwise(&["check", "many.csv", "--scale", "-1..3", "--min-level", "1", "--annotations", "github"]);
    let lines: Vec<&str> = run.stderr.lines().collect();
    assert_eq!(lines.len(), 10, "GitHub shows ten");
    assert_eq!(
        lines[0],
        "::error file=many.csv,line=2,title=min-level%3A Area 0%2C 100%25::Area 0, 100%25: level 0, expected at least 1 (B2)"
    );
    assert_eq!(lines[9], "::error title=gapwise check::and 36 more in the summary");
}

/// Rules of our own, as no one schema stands for JUnit: what Jenkins, GitLab and Azure read and where they stumble.
#[test]
fn junit_is_sound() {
    let (work, run) = check("junit", &["--min-level", "1", "nowhere.csv", "--junit", "out/gate.xml"]);
    assert_eq!(run.code, 2);
    let text = work.text("out/gate.xml");
    assert_eq!(
        text,
        r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="gapwise check" tests="4" failures="2" errors="1" time="0">
  <testsuite name="team/ratings.csv" tests="3" failures="2" errors="0" skipped="0" time="0">
    <testcase classname="team/ratings.csv" name="team/ratings.csv: min-level: Testing" file="team/ratings.csv" time="0">
      <failure message="Testing: level 0.5, expected at least 1" type="min-level">Testing: level 0.5, expected at least 1
B2</failure>
    </testcase>
    <testcase classname="team/ratings.csv" name="team/ratings.csv: min-level: Data, and &lt;more&gt;" file="team/ratings.csv" time="0"/>
    <testcase classname="team/ratings.csv" name="team/ratings.csv: min-level: Release" file="team/ratings.csv" time="0">
      <failure message="Release: level unknown, expected at least 1" type="min-level">Release: level unknown, expected at least 1
B5</failure>
    </testcase>
  </testsuite>
  <testsuite name="nowhere.csv" tests="1" failures="0" errors="1" skipped="0" time="0">
    <testcase classname="nowhere.csv" name="nowhere.csv: can be checked" time="0">
      <error message="no such file or folder" type="not-found">no such file or folder</error>
    </testcase>
  </testsuite>
</testsuites>
"#
    );
    let mut reader = quick_xml::Reader::from_str(&text);
    let mut names = std::collections::BTreeSet::new();
    let (mut cases, mut verdicts) = (0, 0);
    loop {
        match reader.read_event().expect("the XML is well-formed") {
            quick_xml::events::Event::Eof => break,
            quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag) => {
                match tag.name().as_ref() {
                    "testcase" => {
                        cases += 1;
                        let name = tag.try_get_attribute("name").unwrap().expect("every case has a name");
                        assert!(names.insert(name.value.to_string()), "GitLab drops a name that comes twice");
                    }
                    "failure" | "error" => verdicts += 1,
                    "testsuite" | "testsuites" => {}
                    other => panic!("no reader knows {other:?}"),
                }
            }
            _ => {}
        }
    }
    assert_eq!((cases, verdicts), (4, 3), "as the counts say");
}

/// SARIF 2.1.0, by the parts of the standard that a run without fixes and code flows can break.
#[test]
fn sarif_is_sound() {
    let rules = ["--min-level", "1", "--no-overdue", "nowhere.csv", "--sarif", "gate.sarif"];
    let (work, _) = check("sarif", &rules);
    let log = work.json("gate.sarif");
    assert_eq!(log["version"], "2.1.0", "3.13.2");
    let run = &log["runs"][0];
    let known = run["tool"]["driver"]["rules"].as_array().unwrap();
    let ids: Vec<&str> = known.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 3);
    let mut prints = std::collections::BTreeSet::new();
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(result["ruleId"], ids[index], "3.27.6: the index is the rule's");
        assert!(!result["message"]["text"].as_str().unwrap().is_empty(), "3.27.11");
        assert!(["error", "warning", "note", "none"].contains(&result["level"].as_str().unwrap()), "3.27.10");
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "team/ratings.csv", "3.4.3: a relative reference");
        assert!(place["region"]["startLine"].as_u64().unwrap() >= 1, "3.30.5: lines from 1");
        assert!(prints.insert(result["partialFingerprints"]["gapwise/v1"].as_str().unwrap()), "3.27.17");
    }
    assert_eq!(results[0]["message"]["text"], "Testing: level 0.5, expected at least 1 (B2)");
    let call = &run["invocations"][0];
    assert_eq!(call["executionSuccessful"], false, "3.20.14: a file could not be checked");
    assert_eq!(call["toolExecutionNotifications"][0]["descriptor"]["id"], "not-found");

    // New rows and new values leave the fingerprint alone, so the finding stays the same one.
    work.put(
        "team/ratings.csv",
        RATINGS.replace("Testing,0,", "Testing,0.5,").replace("\nTesting,1", "\n\nTesting,1"),
    );
    let same = ["check", "team/ratings.csv", "--scale", "-1..3", "--min-level", "1", "--sarif", "again.sarif"];
    work.gapwise(&same);
    let again = &work.json("again.sarif")["runs"][0]["results"][0];
    assert_eq!(again["partialFingerprints"], results[0]["partialFingerprints"]);
}

#[test]
fn no_regression_and_the_ratchet_on_the_bank() {
    let work = Workdir::new("gate-bank");
    let (now, before) = (sample("first-federated-bank-cd.xlsx"), sample("first-federated-bank-cd-2025-07.xlsx"));
    let run = work.gapwise(&["check", &now, "--no-regression", "--previous", &before]);
    assert_eq!(run.code, 1);
    assert!(
        run.stdout.contains(
            "  FAIL  no-regression: Testing                        not below 0.45   0.39   CD!C9, CD!C45\n"
        ),
        "{}",
        run.stdout
    );
    assert!(run.stdout.ends_with("not passed: 1 of 6 checks failed\n"));

    work.gapwise(&["report", &before, "--format", "json", "-o", "base"]).ok();
    let run = work.gapwise(&["check", &now, "--baseline", "base/first-federated-bank-cd-2025-07.json"]);
    assert_eq!(run.code, 1);
    assert!(run.stdout.contains("FAIL  baseline: Testing"), "{}", run.stdout);
    let same = work.gapwise(&["check", &before, "--baseline", "base/first-federated-bank-cd-2025-07.json"]);
    assert_eq!(same.code, 0, "nothing is worse than itself: {}", same.stdout);
    // A result stands in for its spreadsheet.
    work.gapwise(&["check", "base/first-federated-bank-cd-2025-07.json", "--min-level", "-1"]).ok();
}

#[test]
fn rules_that_cannot_be_applied() {
    let (_, run) =
        check("bad", &["--area", "Tseting:min-level=2", "--min-level", "7", "--max-gap", "9", "--no-regression"]);
    assert_eq!(run.code, 2);
    assert_eq!(
        run.stderr,
        "error[unknown-area]: team/ratings.csv: --area: no area `Tseting`
  hint: the nearest is `Testing`
error[off-scale]: team/ratings.csv: --min-level: 7 is not on the scale -1..3
  hint: a threshold is a level; where the scale was read wrong: --scale LOW..HIGH
error[off-scale]: team/ratings.csv: --max-gap: no gap can be 9 on the scale -1..3, at most 4
  hint: a gap is counted in levels
error[no-previous]: team/ratings.csv: --no-regression: there is no earlier assessment to compare with
  hint: name it: --previous FILE
"
    );
    let (_, run) =
        check("words", &["--min-level", "high", "--min-coverage", "0.9", "--area", "Testing", "--format", "xml"]);
    run.refused(
        "error[bad-value]: --min-level: `high` is no number
  hint: --min-level 2
error[bad-value]: --min-coverage: `0.9` could be 0.9 % or 90 %
  hint: --min-coverage 90%
error[bad-value]: --area: `Testing` gives no rule after the area's name
  hint: --area \"Testing:min-level=3,max-gap=1\"
error[bad-value]: --format: unknown `xml`; known: table, json, md
  hint: --format json",
    );
    let (_, run) = check("none", &[]);
    run.refused(
        "error[no-rules]: there is no rule to check
  hint: give one: --min-level 2, --max-gap 1, --min-coverage 90%, --baseline FILE",
    );
    let (work, run) = check("baseline", &["--baseline", "nowhere.json"]);
    run.refused(
        "error[not-found]: nowhere.json: no such file or folder
  hint: check the path; several files and folders may be given",
    );
    work.put("other.json", "{\"schema\": \"else/1\"}");
    let (work2, _) = check("baseline-2", &["--min-level", "0"]);
    work2.put("other.json", "{\"schema\": \"else/1\"}");
    work2.gapwise(&["check", "team/ratings.csv", "--scale", "-1..3", "--baseline", "other.json"]).refused(
        "error[not-a-result]: other.json: the schema is `else/1`, not `gapwise/1`
  hint: give what `gapwise report --format json` writes",
    );
}
