//! Writes the sample workbooks into `samples/`: `cargo run --example make_samples`.
//!
//! First Federated Bank is fictitious. Its current levels are the ones that Gary Stafford's public radar tool for
//! maturity models ships as demonstration data (repository `garystafford/cd-maturity-model`, Apache-2.0). Targets,
//! weights, owners, dates, evidence, the few ratings that are missing or do not apply, and the earlier assessment are
//! ours. The same run always gives the same bytes.

mod bank {
    pub mod cd;
    pub mod iac;
    pub mod ods;
}

use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "samples".to_owned());
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder)?;
    let write = |name: &str, bytes: Vec<u8>| std::fs::write(folder.join(name), bytes);
    write("first-federated-bank-cd.xlsx", bank::cd::workbook(&bank::cd::now())?)?;
    write("first-federated-bank-cd-2025-07.xlsx", bank::cd::workbook(&bank::cd::earlier())?)?;
    write("first-federated-bank-cd.csv", bank::cd::csv(&bank::cd::now()))?;
    write("first-federated-bank-cd.ods", bank::ods::spreadsheet(&bank::cd::table(&bank::cd::now())))?;
    write("first-federated-bank-iac.xlsx", bank::iac::workbook()?)?;
    write("first-federated-bank-iac.csv", bank::iac::csv())?;
    Ok(())
}
