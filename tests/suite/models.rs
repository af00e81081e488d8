//! Maturity models: the catalogue, a model of one's own, and what the report says from it.

use crate::workdir::{Workdir, sample};

#[test]
fn the_catalogue_lists_models_and_shows_one_in_full() {
    let work = Workdir::new("models-list");
    let list: serde_json::Value =
        serde_json::from_str(&work.gapwise(&["models", "--format", "json"]).ok().stdout).unwrap();
    let first = &list.as_array().unwrap()[0];
    assert_eq!((first["id"].as_str(), first["rule"].as_str()), (Some("cd-humble-farley"), Some("mean")));
    assert!(work.gapwise(&["models"]).ok().stdout.starts_with("ID "));
    let text = work.gapwise(&["models", "iac", "--format", "toml"]).ok().stdout;
    work.put("mine.toml", text.replace("id = \"iac\"", "id = \"mine\""));
    let said = work.gapwise(&["models", "check", "mine.toml"]).ok().stdout;
    assert_eq!(said, "mine.toml: Infrastructure as Code maturity model is a model of 5 levels and 5 areas\n");
    let markdown = work.gapwise(&["models", "iac"]).ok().stdout;
    assert!(
        markdown.contains("- 2 Managed: Roll back an infrastructure change by hand, quickly and safely"),
        "{markdown}"
    );
    let wrong = work.gapwise(&["models", "icc"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.stderr.contains("no model `icc`"), "{}", wrong.stderr);
}

/// The skeleton goes the whole way: checked, named, its areas nested, its levels in the report.
#[test]
fn a_model_of_one_s_own_goes_the_whole_way() {
    let work = Workdir::new("models-own");
    let skeleton = work.gapwise(&["models", "new"]).ok().stdout;
    work.put("own.toml", skeleton);
    work.gapwise(&["models", "check", "own.toml"]).ok();
    work.put(
        "scores.csv",
        "Domain,Area,Current (1-3),Target (1-3)\nRunning,Backup,1,3\nRunning,Recovery time,2,3\nSelling,Offers,2,3\n",
    );
    work.gapwise(&["report", "scores.csv", "--model", "own.toml", "--format", "json", "-o", "out"]).ok();
    let json = work.json("out/scores.json");
    assert_eq!(json["model"]["id"], "cloud-basics");
    assert_eq!(json["model"]["because"], "named with --model");
    assert_eq!(json["scale"][0]["name"], "Started", "the model's names stand on the sheet's scale");
    assert_eq!(json["overall"]["model_level"], 1.75);
    let warnings = json["warnings"].as_array().unwrap();
    let strange: Vec<_> = warnings.iter().filter(|warning| warning["code"] == "area-not-in-model").collect();
    assert_eq!(strange[0]["message"], "`Selling` is no area of Cloud basics; kept as they are");
}

/// A model of three levels with nested areas and a metric: its own workbook, filled in, gives a report in each format that
/// speaks of its levels, its demands and what was measured.
#[test]
fn a_workbook_made_from_a_model_of_one_s_own_goes_the_whole_way() {
    let work = Workdir::new("models-own-workbook");
    work.put("own.toml", work.gapwise(&["models", "new"]).ok().stdout);
    work.gapwise(&["new", "own.toml", "-o", "blank.xlsx"]).ok();
    let text = work.gapwise(&["new", "own.toml", "-o", "-", "--format", "csv"]).ok().stdout;
    let filled = text
        .replacen("Backups run daily,2,,,", "Backups run daily,2,,2 - Common,3 - Everywhere", 1)
        .replacen("Restores are tried out,3,,,", "Restores are tried out,3,,1 - Started,2 - Common", 1)
        .replacen("hours,,,", "hours,26,2 - Common,", 1);
    work.put("filled.csv", filled);
    let run = ["report", "filled.csv", "--model", "own.toml", "--format", "json,md,html,pdf", "-o", "out"];
    let said = work.gapwise(&run).ok();
    assert!(!said.stderr.contains("warning"), "{}", said.stderr);
    let json = work.json("out/filled.json");
    let ratings: Vec<_> = json["ratings"].as_array().unwrap().iter().collect();
    let levels: Vec<_> = ratings.iter().map(|it| (it["current"].as_f64(), it["target"].as_f64())).collect();
    assert_eq!(levels, [(Some(2.0), Some(3.0)), (Some(1.0), Some(2.0)), (Some(1.0), Some(2.0))]);
    assert_eq!((&ratings[2]["written"], &ratings[2]["measured"]), (&"26 hours".into(), &true.into()));
    assert_eq!(ratings[2]["path"], serde_json::json!(["Running", "Recovery time"]));
    assert_eq!(json["model"]["id"], "cloud-basics");
    assert_eq!(json["scale"].as_array().unwrap().len(), 3);
    // Running: Backup (2 + 1) / 2 and Recovery time 1, each once.
    assert_eq!(json["overall"]["model_level"], 1.25);
    let asks: Vec<_> =
        json["model"]["areas"].as_array().unwrap().iter().map(|it| &it["levels"][1]["asks"][0]).collect();
    assert!(asks.contains(&&"\u{2264} 1 day".into()), "{asks:?}");
    let page = work.text("out/filled.html");
    for said in ["Cloud basics", "2 Common asks for", "Back up every service daily", "\u{2264} 1 day", "26 hours"] {
        assert!(page.contains(said), "the page does not say `{said}`");
    }
}

/// A profile gives targets where the sheet has none, and says so; what the sheet says stays.
#[test]
fn a_profile_of_the_model_fills_blank_targets() {
    let work = Workdir::new("models-profile");
    work.put("own.toml", work.gapwise(&["models", "new"]).ok().stdout);
    work.put(
        "scores.csv",
        "Area,Sub-area,Current,Target\nRunning,Backup,1,\nRunning,Recovery time,2,3\nSelling,Offers,2,\nRunning,Backup drills,n/a,\n",
    );
    let run =
        ["report", "scores.csv", "--model", "own.toml", "--target", "Baseline", "--format", "json,md", "-o", "out"];
    work.gapwise(&run).ok();
    let json = work.json("out/scores.json");
    let targets: Vec<_> = json["ratings"].as_array().unwrap().iter().map(|it| it["target"].as_f64()).collect();
    assert_eq!(targets, [Some(3.0), Some(3.0), None, None], "Backup's own level is 3, the profile's general one 2");
    assert_eq!(json["ratings"][0]["target_at"], serde_json::Value::Null);
    assert_eq!(json["targets"], serde_json::json!({ "profile": "Baseline" }));
    let note = "the profile `baseline` of Cloud basics gives 1 target; 1 target stays as the sheet says; for 1 rating it wants nothing";
    assert!(json["reading"]["notes"].as_array().unwrap().contains(&note.into()), "{}", json["reading"]["notes"]);
    let said = work.text("out/scores.md");
    assert!(
        said.contains("Targets: from the sheet, else the model\u{2019}s profile \u{201c}Baseline\u{201d}"),
        "{said}"
    );
    work.gapwise(&["report", "scores.csv", "--model", "own.toml", "--target", "high"]).refused(
        "\
error[no-profile]: scores.csv: --target: Cloud basics has no target profile `high`; it has `baseline`
  hint: --target 3, or add a [[profile]] to the model's file",
    );
    work.gapwise(&["report", "scores.csv", "--target", "high"]).refused(
        "\
error[no-profile]: scores.csv: --target: `high` is no level, and no model is known that may have it as a profile
  hint: --target 3, or name the model too: --model ID|FILE",
    );
}

/// The bank's samples, without any flag.
#[test]
fn the_bank_s_report_says_what_the_next_level_asks_for_in_each_area() {
    let work = Workdir::new("models-bank");
    for (file, id, areas) in
        [("first-federated-bank-cd", "cd-humble-farley", 6), ("first-federated-bank-iac", "iac", 5)]
    {
        work.gapwise(&["report", &sample(&format!("{file}.xlsx")), "--format", "json,html", "-o", "out"]).ok();
        let json = work.json(&format!("out/{file}.json"));
        assert_eq!(json["model"]["id"], id);
        assert_eq!(json["model"]["areas"].as_array().unwrap().len(), areas);
        let page = work.text(&format!("out/{file}.html"));
        assert_eq!(page.matches(" asks for").count(), areas, "{file}");
        assert_eq!(json["overall"]["model_level"], json["overall"]["current"], "the mean is the mean");
    }
}

/// One level after the other: what is two and more levels off is raised by one first, or to the sheet's own phase.
#[test]
fn first_steps_name_the_next_level_before_the_target() {
    let work = Workdir::new("models-next-level");
    work.put("scores.csv", "Area,Current (0-5),Minimum target,Target\nTesting,1,3,4\nData,2,,3\nRelease,0,,5\n");
    work.gapwise(&["report", "scores.csv", "--format", "md,html", "-o", "out"]).ok();
    let text = work.text("out/scores.md");
    let steps = &text[text.find("<details><summary>3 shortfalls").unwrap()..];
    assert!(steps.contains("| Rank | Area | Now | Next | Target | Gap |"), "{steps}");
    for row in
        ["| 1 | Release | 0 | 1 | 5 | +5 |", "| 2 | Testing | 1 | 3 | 4 | +3 |", "| 3 | Data | 2 | 3 | 3 | +1 |"]
    {
        assert!(steps.contains(row), "{row}\n{steps}");
    }
    assert!(work.text("out/scores.html").contains("Raise Release from 0 to 1, then to 5"));
}

/// A row of the table of levels by the rule, in the short form.
fn by_rule(work: &Workdir, file: &str, name: &str) -> String {
    let text = work.text(file);
    let from = text.find("By the model").unwrap_or_else(|| panic!("no table by the rule: {text}"));
    text[from..].lines().find(|line| line.contains(name)).unwrap_or_default().to_owned()
}

/// Where a model is about something other than a mean, that leads, and the mean stands beside it.
#[test]
fn the_model_s_own_rule_leads() {
    let work = Workdir::new("models-rules");
    let out = ["--format", "json,md", "-o", "out", "--date", "2026-01-31"];
    let run = |file: &str, model: &str| {
        let said = work.gapwise(&[&["report", file, "--model", model][..], &out].concat()).ok();
        said.stdout.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    // Tiers: the lowest, and how many stand where. Mean of Govern (1 + 3 + 3) / 3, of Detect 4.
    work.put("csf.csv", "Function,Id,Current,Target\nGovern,GV.OC-01,1,3\nGovern,GV.OC-02,3,3\nGovern,GV.OC-03,3,4\nDetect,DE.CM-01,4,4\n");
    let said = run("csf.csv", "nist-csf-2.0");
    assert!(
        said.contains("The lowest tier is 1 Partial (ratings: 1 at 1, 0 at 2, 2 at 3 and 1 at 4); the mean stands beside it. The 2 areas stand at 3.2"),
        "{said}"
    );
    assert_eq!(by_rule(&work, "out/csf.md", "Govern"), "| Govern | 1 Partial | 1 | 0 | 2 | 0 | 2.3 |");
    // Staged by areas: REQM and PP at 2, MA and the other areas of level 2 missing, so level 1; areas stand as they are.
    work.put(
        "cmmi.csv",
        "Category,Process area,Current,Target\nProject,Requirements Management,2,3\nProject,Project Planning,1,2\n",
    );
    let said = run("cmmi.csv", "cmmi-dev");
    assert!(said.contains("the level reached is 1 Initial; the mean below is no staged level."), "{said}");
    let row = by_rule(&work, "out/cmmi.md", "Requirements Management");
    assert!(row.contains("| 2 Managed | 2.0 |"), "{row}");
    // Staged by practices: what the next level needs, least work first, in the words of the sheet.
    let own = work
        .gapwise(&["models", "new"])
        .ok()
        .stdout
        .replace("unranked =", "# unranked =")
        .replace("rule = \"mean\"", "rule = \"staged\"\nmet_from = 1");
    let answers = "[[answer]]\nvalue = 0\nname = \"Missing\"\n[[answer]]\nvalue = 1\nname = \"There\"\n\n[[area]]\nid = \"run\"";
    work.put(
        "own.toml",
        own.replacen("[[area]]\nid = \"run\"", answers, 1).replace("level = 3, effort = 5", "level = 2, effort = 2"),
    );
    work.put(
        "own.csv",
        "Area,Id,Practice,Current,Target\nBackup,B1,Backups run daily,0,1\nBackup,B2,Restores are tried out,0,1\n",
    );
    let said = run("own.csv", "own.toml");
    assert!(said.contains("the level reached is 1 Started, and 3 Everywhere once every target is met"), "{said}");
    work.gapwise(&["report", "own.csv", "--model", "own.toml", "--format", "html", "-o", "out"]).ok();
    let page = work.text("out/own.html");
    let from = page.find("Next level, 2 Common: these 2 must all be raised").expect("the set for the next level");
    let steps = ["B2 Restores are tried out: from 0 to 1, effort 2", "B1 Backups run daily: from 0 to 1, effort 3"];
    let places = steps.map(|step| page[from..].find(step).unwrap_or_else(|| panic!("{step}")));
    assert!(places[0] < places[1], "least work first");
    // SAMM: one stream of Strategy and Metrics at 1 + 0.5 of three answers, target 1 each: score 1.5 of 3, half the way.
    work.put(
        "samm.csv",
        "Function,Id,Current,Target\nGovernance,G-SM-1-A,1,1\nGovernance,G-SM-2-A,0.5,1\nGovernance,G-SM-3-A,0,1\n",
    );
    let said = run("samm.csv", "samm-v2");
    assert!(said.contains("gives a score of 1.50, 50 % of the way to 3.00"), "{said}");
    assert_eq!(work.json("out/samm.json")["model"]["percent_to_target"], 0.5);
    // Metrics: the lowest leads.
    work.put(
        "dora.csv",
        "Metric,Current,Target\nDeployment frequency,3/week,4\nLead time for changes,20 h,4\nMTTR,3 days,4\n",
    );
    let said = run("dora.csv", "dora");
    assert!(said.contains("the lowest leads: 2 Medium, and 4 Elite once every target is met"), "{said}");
}

/// Of several files the rule is asked anew: the lowest of all leads, each file's own beside it; without the ratings there
/// is no level, and the report says why.
#[test]
fn merged_results_are_scored_anew_by_the_rule() {
    let work = Workdir::new("models-merged");
    for (file, levels) in [("a.csv", [3, 2, 4]), ("b.csv", [4, 3, 4]), ("c.csv", [1, 3, 3])] {
        let [govern, other, detect] = levels;
        let rows = format!("Govern,GV.OC-01,{govern},4\nGovern,GV.OC-02,{other},4\nDetect,DE.CM-01,{detect},4\n");
        work.put(file, format!("Function,Id,Current,Target\n{rows}"));
    }
    let run = ["report", "a.csv", "b.csv", "c.csv", "--model", "nist-csf-2.0", "--format", "json", "-o", "."];
    work.gapwise(&run).ok();
    let merge = |files: &[&str], out: &str, more: &[&str]| {
        work.gapwise(&[&["merge"], files, &["--format", "json,md", "-o", out, "--title", "All"], more].concat()).ok();
        let name = work.files().into_iter().find(|it| it.starts_with(out) && it.ends_with(".json")).unwrap();
        (work.json(&name), work.bytes(&name), name)
    };
    let (two, _, two_file) = merge(&["b.json", "a.json"], "two", &[]);
    assert_eq!(two["overall"]["model_level"], 2.0);
    let own: Vec<_> = two["subjects"].as_array().unwrap().iter().map(|it| it["model_level"].as_f64()).collect();
    assert_eq!(own, [Some(2.0), Some(3.0)]);
    let next = &two["model"]["next"];
    assert_eq!((&next["level"], next["raise"].as_array().unwrap().len()), (&3.0.into(), 1), "one outcome of a");
    let (all, bytes, _) = merge(&["c.json", "b.json", "a.json"], "all", &[]);
    assert_eq!((&all["overall"]["model_level"], &all["model"]["level_at_target"]), (&1.0.into(), &4.0.into()));
    let (_, grouped, _) = merge(&["c.json", &two_file], "grouped", &[]);
    assert!(bytes == grouped, "grouping does not matter");
    let (sums, _, file) = merge(&["a.json", "b.json"], "sums", &["--no-ratings"]);
    assert_eq!(sums["overall"]["model_level"], serde_json::Value::Null);
    assert_eq!(sums["model"]["level_absent"], "no-ratings");
    assert_eq!(sums["overall"]["current"], two["overall"]["current"]);
    let (_, _, again) = merge(&[&file, "c.json"], "again", &[]);
    assert_eq!(work.json(&again)["model"]["level_absent"], "no-ratings");
}
