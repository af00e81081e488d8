//! Ratings as Parquet, with the feature `parquet`: read by a query engine and read back by ourselves.
//!
//! A binary of its own, so that the feature is built once for these tests and not for the whole suite.

mod claims;
#[allow(dead_code, reason = "shared with the suite")]
#[path = "../suite/tools.rs"]
mod tools;
#[allow(dead_code, reason = "shared with the suite")]
#[path = "../suite/workdir.rs"]
mod workdir;

use serde_json::Value;
use workdir::{Workdir, sample};

const RATINGS: &str = "Function,Area,Practice,Team,Current level (0-5),Target level,Weight,Evidence
Build,Testing,Unit tests,Core,1.5,3,2,\"test plan, page 2\"
Build,Testing,Unit tests,Web,n/a,3,1,
Build,Data,Migrations,Core,,4,1,\u{fc}bersicht
Run,Release,One button,Core,lots,2,1,
Run,Release,One button,Web,2,2,0.1,
Run,Watch,Alerts,Core,3,4,1,
Run,Watch,Alerts,Web,0,4,1,
Run,Watch,Logs,Web,1,4,1,
Run,Watch,Logs,Core,1,4,1,
Run,Watch,Traces,Core,1,4,1,
";

#[test]
fn read_back_it_is_the_document_to_the_last_bit() {
    let work = Workdir::new("parquet-back");
    work.put("teams/a.csv", RATINGS).put("teams/b.csv", RATINGS.replace("Core", "Desk").replace("Watch", "WATCH"));
    let before = sample("first-federated-bank-cd-2025-07.xlsx");
    let base = ["--date", "2026-01-31", "--format", "json,parquet"];
    let run = |args: &[&str]| work.gapwise(&args.iter().chain(&base).copied().collect::<Vec<_>>()).ok();
    run(&["report", &sample("first-federated-bank-cd.xlsx"), "--previous", &before, "-o", "out"]);
    run(&["report", "teams", "--portfolio", "-o", "out"]);
    for name in ["first-federated-bank-cd", "a", "b"] {
        run(&["report", &format!("out/{name}.parquet"), "-o", "back"]);
        assert_eq!(work.text(&format!("back/{name}.json")), work.text(&format!("out/{name}.json")), "{name}");
        let (again, first) = (format!("back/{name}.parquet"), format!("out/{name}.parquet"));
        assert_eq!(work.bytes(&again), work.bytes(&first), "the same bytes each time");
    }
    run(&["merge", "out/b.parquet", "out/a.parquet", "-o", "merged"]);
    run(&["merge", "out/portfolio.parquet", "-o", "again"]);
    for folder in ["merged", "again"] {
        assert_eq!(work.text(&format!("{folder}/portfolio.json")), work.text("out/portfolio.json"), "{folder}");
    }
}

/// DuckDB reads the numbers that the CSV has, and what it writes of them is read as the table it is.
#[test]
fn a_query_engine_reads_and_writes_it() {
    let work = Workdir::new("parquet-duckdb");
    work.put("ratings.csv", RATINGS);
    work.gapwise(&["report", "ratings.csv", "--format", "json,csv,parquet", "-o", "out"]).ok();
    let sql = "CREATE VIEW ours AS SELECT area, array_to_string(path, ' > ') AS path, practice, subject, current, \
        target, gap, weight, state, target_state, evidence, \"at\" FROM 'out/ratings.parquet';
        CREATE VIEW theirs AS SELECT area, path, practice, subject, current, target, gap, weight, state, \
        target_state, evidence, \"at\" FROM read_csv('out/ratings.csv');
        SELECT (SELECT count(*) FROM ours) AS rows, \
        (SELECT count(*) FROM (FROM ours EXCEPT ALL FROM theirs)) AS only_ours, \
        (SELECT count(*) FROM (FROM theirs EXCEPT ALL FROM ours)) AS only_theirs, \
        (SELECT sum(weight * gap) / sum(weight) FROM ours WHERE area = 'Watch' AND gap IS NOT NULL) AS watch, \
        (SELECT count(DISTINCT path[1]) FROM 'out/ratings.parquet') AS tops;
        COPY (SELECT * FROM 'out/ratings.parquet' WHERE path[1] = 'Run') TO 'run.parquet';
        COPY (SELECT * FROM 'out/ratings.parquet') TO 'packed.parquet' (COMPRESSION zstd);
        COPY (SELECT * FROM 'out/ratings.parquet') TO 'new.parquet' (PARQUET_VERSION v2, DICTIONARY_SIZE_LIMIT 1);";
    let Some(run) = tools::tool("duckdb", &["-json", "-c", sql], work.path()) else { return };
    let json: Value = serde_json::from_str(&run.ok().stdout).unwrap();
    let document = work.json("out/ratings.json");
    let area = |document: &Value, name: &str| -> Value {
        let areas = document["areas"].as_array().unwrap();
        areas.iter().find(|area| area["name"] == name).unwrap().clone()
    };
    assert_eq!(json[0]["rows"], 10);
    assert_eq!((&json[0]["only_ours"], &json[0]["only_theirs"]), (&0.into(), &0.into()));
    assert_eq!(json[0]["tops"], 2);
    assert_eq!(json[0]["watch"], area(&document, "Watch")["gap"]);

    work.gapwise(&["report", "run.parquet", "--scale", "0..5", "--format", "json", "-o", "."]).ok();
    let part = work.json("run.json");
    for name in ["Release", "Watch"] {
        for figure in ["current", "target", "gap", "assessed", "applicable", "total"] {
            assert_eq!(area(&part, name)[figure], area(&document, name)[figure], "{name}, {figure}");
        }
    }
    let kept = |state: &str| part["ratings"].as_array().unwrap().iter().filter(|it| it["state"] == state).count();
    assert_eq!((kept("level"), kept("invalid")), (6, 1));
    work.gapwise(&["report", "packed.parquet"]).refused(
        "error[parquet-unread]: packed.parquet: column `area` is packed with zstd, which is not read
  hint: write it with snappy or unpacked",
    );
    work.gapwise(&["report", "new.parquet"]).refused(
        "error[parquet-unread]: new.parquet: column `area` is encoded as DELTA_LENGTH_BYTE_ARRAY, which is not read
  hint: write it with plain or dictionary encoding, as version 1 of the format does",
    );
}

#[test]
fn rows_that_are_not_those_of_the_description_are_a_table() {
    let work = Workdir::new("parquet-changed");
    work.put("ratings.csv", RATINGS);
    work.gapwise(&["report", "ratings.csv", "--format", "parquet", "-o", "out"]).ok();
    let mut bytes = work.bytes("out/ratings.parquet");
    let mark = b"\"ratings\":\"";
    let hash = bytes.windows(mark.len()).rposition(|found| found == mark).expect("the hash of the rows") + mark.len();
    bytes[hash] = if bytes[hash] == b'0' { b'1' } else { b'0' };
    work.put("other.parquet", bytes);
    let run = work.gapwise(&["report", "other.parquet", "--scale", "0..5", "--format", "json", "-o", "."]).ok();
    assert!(
        run.stderr.starts_with(
            "warning[rows-changed]: other.parquet: the rows are not those that the file was written with; they are read as a table
  hint: say what the table does not: --scale LOW..HIGH, --model ID, --title TEXT\n"
        ),
        "{}",
        run.stderr
    );
    let run = work.gapwise(&["inspect", "out/ratings.parquet"]).ok();
    assert!(!run.stderr.contains("rows-changed") && run.stdout.contains("current"), "{}\n{}", run.stdout, run.stderr);
}

/// Whatever the bytes, there is an answer: the document, a table, or a message.
#[test]
fn broken_files_are_told_and_never_half_read() {
    let work = Workdir::new("parquet-broken");
    work.put("ratings.csv", RATINGS);
    work.gapwise(&["report", "ratings.csv", "--format", "parquet", "-o", "."]).ok();
    let whole = work.bytes("ratings.parquet");
    work.put("cut.parquet", &whole[..whole.len() / 2]).put("short.parquet", "PAR1");
    work.gapwise(&["report", "cut.parquet", "short.parquet", "-o", "out", "-q"]).refused(
        "error[damaged]: cut.parquet: Parquet, but it has no end
  hint: write or fetch the file again
error[damaged]: short.parquet: Parquet, but it has no end
  hint: write or fetch the file again",
    );
    // A changed byte may go unnoticed only where it changes no rating and no figure.
    let document = gapwise::render::parquet::read(&whole).unwrap().expect("it is ours");
    let mut answers = [0; 3];
    for step in 0..if cfg!(debug_assertions) { 1_500 } else { 30_000 } {
        let mut bytes = whole.clone();
        let at = (step * 7_919) % bytes.len();
        bytes[at] = match step % 4 {
            0 => bytes[at] ^ (1 << (step % 8)),
            1 => 0xff,
            2 => 0,
            _ => (step % 251) as u8,
        };
        match gapwise::render::parquet::read(&bytes) {
            Err(problems) => {
                assert!(!problems.to_string().is_empty());
                answers[0] += 1;
            }
            Ok(None) => {
                let _ = gapwise::sheet::read("ratings.parquet", &bytes);
                answers[1] += 1;
            }
            Ok(Some(read)) => {
                assert_eq!(read.ratings, document.ratings, "byte {at}");
                answers[2] += 1;
            }
        }
    }
    assert!(answers.iter().all(|count| *count > 10), "every kind of answer was met: {answers:?}");
}
