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
