//! The files behind what the user named: files, folders to any depth, patterns.

use std::path::{Path, PathBuf};

use gapwise::error::Problem;
use ignore::overrides::{Override, OverrideBuilder};
use ignore::{DirEntry, WalkBuilder};

use super::{Input, unreadable};

/// Endings that are looked for in folders; a file named by the user is always tried.
const ENDINGS: [&str; 8] = ["xlsx", "xlsm", "xlsb", "xls", "ods", "csv", "tsv", "tab"];
/// Looked for where the program can read it.
#[cfg(feature = "parquet")]
const MORE: &[&str] = &["parquet"];
#[cfg(not(feature = "parquet"))]
const MORE: &[&str] = &[];

/// The files behind the paths the user named, in a fixed order: files as they are, folders searched to any depth,
/// patterns (`teams/**/*.xlsx`) that no shell has resolved.
///
/// Lock files (`~$bank.xlsx`), hidden files, what `.gitignore` names and the folder that reports go to are passed over
/// without a word. What cannot be searched is told and the rest goes on.
pub fn inputs(paths: &[PathBuf], output: Option<&Path>) -> (Vec<Input>, Vec<(String, Problem)>) {
    let (mut inputs, mut problems) = (Vec::new(), Vec::new());
    for path in paths {
        let shown = path.display().to_string();
        let before = inputs.len();
        let lost = problems.len();
        if path.is_dir() {
            search(path, None, output, &mut inputs, &mut problems);
            if inputs.len() == before && problems.len() == lost {
                let problem = Problem::new("empty-folder", "no spreadsheet in this folder")
                    .hint("give a folder that holds .xlsx, .xls, .xlsb, .ods or .csv files");
                problems.push((shown, problem));
            }
        } else if let Some((base, pattern)) = pattern(path) {
            match OverrideBuilder::new(&base).add(&pattern).and_then(|it| it.build()) {
                Ok(globs) => search(&base, Some(&globs), output, &mut inputs, &mut problems),
                Err(_) => {
                    let problem = Problem::new("bad-pattern", "this is no pattern of file names");
                    problems.push((shown.clone(), problem.hint("as in: \"teams/**/*.xlsx\"")));
                }
            }
            if inputs.len() == before && problems.len() == lost {
                let problem = Problem::new("no-match", "no spreadsheet matches this pattern");
                problems.push((shown, problem.hint("`*` matches within a name, `**` over folders")));
            }
        } else {
            inputs.push(Input { path: path.clone(), folder: PathBuf::new(), sheet: None });
        }
    }
    (inputs, problems)
}

/// The folder before the first part with a wildcard, and the rest; `None` for a plain path or a file of that name.
fn pattern(path: &Path) -> Option<(PathBuf, String)> {
    if path.exists() || path.as_os_str() == "-" {
        return None;
    }
    let wild = |part: &str| part.contains(['*', '?', '[', '{']);
    let parts: Vec<String> = path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    let first = parts.iter().position(|part| wild(part))?;
    let base: PathBuf = path.iter().take(first).collect();
    let base = if base.as_os_str().is_empty() { PathBuf::from(".") } else { base };
    Some((base, format!("/{}", parts[first..].join("/"))))
}

fn search(
    folder: &Path,
    globs: Option<&Override>,
    output: Option<&Path>,
    inputs: &mut Vec<Input>,
    problems: &mut Vec<(String, Problem)>,
) {
    let output = output.and_then(|path| path.canonicalize().ok());
    let kept = move |entry: &DirEntry| {
        let name = entry.file_name().to_string_lossy();
        let own = entry.depth() > 0
            && entry.file_type().is_some_and(|it| it.is_dir())
            && (name == "gapwise-report" || output.is_some() && entry.path().canonicalize().ok() == output);
        !own && !name.starts_with("~$")
    };
    // Links to folders are not followed: they could lead round in a circle.
    let walk = WalkBuilder::new(folder)
        .require_git(false)
        .git_global(false)
        .sort_by_file_name(Ord::cmp)
        .filter_entry(kept)
        .build();
    for entry in walk {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let shown = place(&error).unwrap_or(folder).display().to_string();
                // The walk's own text repeats the path.
                let reason = match error.io_error() {
                    Some(error) => std::io::Error::from(error.kind()),
                    None => std::io::Error::other("cannot be searched"),
                };
                problems.push((shown, unreadable(&reason)));
                continue;
            }
        };
        let path = entry.path();
        let known = path
            .extension()
            .is_some_and(|end| ENDINGS.iter().chain(MORE).any(|known| end.eq_ignore_ascii_case(known)));
        let asked = globs.is_none_or(|globs| globs.matched(path, false).is_whitelist());
        if !path.is_dir() && known && asked {
            let below = path.strip_prefix(folder).unwrap_or(path).parent().unwrap_or(Path::new(""));
            let path = path.strip_prefix("./").unwrap_or(path).to_path_buf();
            inputs.push(Input { folder: below.to_path_buf(), path, sheet: None });
        }
    }
}

/// The path that an error of the walk is about.
fn place(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => place(err),
        _ => None,
    }
}
