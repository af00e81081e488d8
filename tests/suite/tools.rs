//! Programs of others that check our outputs. `./test` installs them; without one, its checks are left out and said,
//! except in CI, where nothing may be left out.

use std::path::Path;
use std::process::Command;

use crate::workdir::{Run, run};

/// Runs a tool, or `None` where it is not installed.
#[track_caller]
pub fn tool(name: &str, args: &[&str], folder: &Path) -> Option<Run> {
    let found = Command::new("sh").args(["-c", &format!("command -v {name}")]).output();
    if !found.is_ok_and(|found| found.status.success()) {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "{name} is missing, and CI leaves nothing out");
        eprintln!("left out: {name} is not installed");
        return None;
    }
    let mut command = Command::new(name);
    command.args(args).current_dir(folder);
    Some(run(command))
}

/// Lets LibreOffice save files in another format, into a folder; `None` where it is not installed. Each call has a profile
/// of its own, as two runs on one profile disturb each other.
#[track_caller]
pub fn office(work: &crate::workdir::Workdir, format: &str, folder: &str, files: &[String]) -> Option<Run> {
    let profile = format!("-env:UserInstallation=file://{}", work.path().join("office-profile").display());
    let mut args = vec![profile.as_str(), "--headless", "--convert-to", format, "--outdir", folder];
    args.extend(files.iter().map(String::as_str));
    Some(tool("soffice", &args, work.path())?.ok())
}
