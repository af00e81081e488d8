use super::*;

const DOWNLOADS: Downloads = Downloads { csv: "area,gap\r\nTesting,1.7\r\n", json: "{\"schema\":\"gapwise/1\"}" };

fn plain(rows: usize) -> String {
    html(&fixture::report(rows, &str::to_owned), &DOWNLOADS, &Theme::default(), &Templates::default())
        .expect("the template is ours")
}

/// Writes pages for the browser tests and for the eye.
#[test]
#[ignore = "writes files: GAPWISE_PAGES names the folder"]
fn pages() {
    let folder = std::path::PathBuf::from(std::env::var_os("GAPWISE_PAGES").expect("GAPWISE_PAGES names a folder"));
    let (report, analysis) = fixture::composed(&str::to_owned);
    let json = serde_json::to_string(&analysis).expect("an analysis is plain data");
    let bank = html(&report, &Downloads { json: &json, ..DOWNLOADS }, &Theme::default(), &Templates::default())
        .expect("the template is ours");
    for (name, page) in [("bank", bank), ("plain", plain(60)), ("many", plain(2000))] {
        std::fs::write(folder.join(format!("{name}.html")), page).expect("the folder can be written");
    }
}
