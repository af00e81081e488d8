//! Files on disk: safe names, and writing that leaves the old file or the new one, never half of one.

mod part;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use gapwise::error::{Problem, Result};

pub use part::clear;

/// The file in which a folder keeps what was made of which inputs; it never ends like an output.
pub const STATE_FILE: &str = ".gapwise-state";

/// The longest stem of an output in bytes, so that ending and counter still fit any file system.
const LONGEST_STEM: usize = 80;

/// Makes a file name out of any text: letters and digits of any script, `-`, `_` and `.` stay, the rest becomes `-`.
///
/// The result is never empty, never starts with a dot, ends in a letter or digit, holds at most 80 bytes and is no
/// name that Windows keeps for devices.
pub fn safe_stem(text: &str) -> String {
    let mut stem = String::new();
    for c in text.chars() {
        let kept = if c.is_alphanumeric() || c == '_' || c == '.' { c } else { '-' };
        if kept == '-' && stem.ends_with('-') {
            continue;
        }
        if stem.len() + kept.len_utf8() > LONGEST_STEM {
            break;
        }
        stem.push(kept);
    }
    let stem = stem.trim_matches(|c: char| !c.is_alphanumeric() && c != '_');
    let device = ["con", "prn", "aux", "nul"].contains(&stem.to_lowercase().as_str())
        || (stem.len() == 4
            && ["com", "lpt"].contains(&stem.to_lowercase().get(..3).unwrap_or_default())
            && stem.ends_with(|c: char| c.is_ascii_digit()));
    match stem {
        "" => "report".to_owned(),
        _ if device => format!("{stem}-report"),
        _ => stem.to_owned(),
    }
}

/// Names for the outputs of many inputs, each different without regard to case: the input's stem, in its folder
/// relative to the folder given; where two would collide, with the input's ending (`bank-xlsx`), then with a counter.
///
/// Takes pairs of relative folder and file name; gives one relative path without ending each, in the same order.
pub fn names(inputs: &[(PathBuf, String)]) -> Vec<PathBuf> {
    let stem = |file: &str| safe_stem(&gapwise::analysis::stem(file));
    let key = |path: &Path| path.to_string_lossy().to_lowercase();
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for (folder, file) in inputs {
        *uses.entry(key(&safe_folder(folder).join(stem(file)))).or_default() += 1;
    }
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    inputs
        .iter()
        .map(|(folder, file)| {
            let folder = safe_folder(folder);
            let mut name = stem(file);
            if uses[&key(&folder.join(&name))] > 1
                && let Some((_, ending)) = file.rsplit_once('.')
            {
                name = safe_stem(&format!("{name}-{ending}"));
            }
            let mut path = folder.join(&name);
            let mut counter = 2;
            while taken.contains_key(&key(&path)) {
                path = folder.join(format!("{name}-{counter}"));
                counter += 1;
            }
            taken.insert(key(&path), 1);
            path
        })
        .collect()
}

/// A relative folder with each part made safe; parts that lead out of it are dropped.
fn safe_folder(folder: &Path) -> PathBuf {
    folder
        .components()
        .filter_map(|part| match part {
            std::path::Component::Normal(name) => Some(safe_stem(&name.to_string_lossy())),
            _ => None,
        })
        .collect()
}

/// Writes a file through a temporary one in the same folder, so that the name never shows half a file.
///
/// # Errors
/// `output-is-folder`, `output-not-a-file`, `disk-full`, `not-written`; the old file, if any, is untouched then.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let shown = path.display();
    if let Ok(there) = fs::symlink_metadata(path) {
        if there.is_dir() {
            return Err(Problem::new("output-is-folder", format!("{shown}: a folder has this name"))
                .hint("move it or write elsewhere: -o DIR")
                .into());
        }
        if !there.is_file() {
            return Err(Problem::new(
                "output-not-a-file",
                format!("{shown}: the name belongs to a link or a device"),
            )
            .hint("remove it or write elsewhere: -o DIR")
            .into());
        }
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    make_folder(folder)?;
    let part = part::name(path);
    part::write(&part, path, bytes).map_err(|error| {
        // What cannot be removed stays under a name that no reader takes for a report.
        let _ = fs::remove_file(&part);
        not_written(path, bytes.len(), &error).into()
    })
}

/// Makes the folder that outputs go to.
///
/// # Errors
/// `output-folder`: it is a file, or may not be made.
pub fn make_folder(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).map_err(|error| {
        let what = match folder.is_file() {
            true => "a file has this name".to_owned(),
            false => reason(&error),
        };
        Problem::new("output-folder", format!("{}: the output folder cannot be made: {what}", folder.display()))
            .hint("name another: -o DIR")
            .into()
    })
}

fn not_written(path: &Path, size: usize, error: &std::io::Error) -> Problem {
    let shown = path.display();
    if error.kind() == std::io::ErrorKind::StorageFull {
        let needed = size.div_ceil(1000);
        return Problem::new(
            "disk-full",
            format!("{shown}: no space left ({needed} kB needed); the old file is untouched"),
        )
        .hint("free space or write elsewhere: -o DIR");
    }
    Problem::new("not-written", format!("{shown}: {}", reason(error)))
        .hint("make it writable or write elsewhere: -o DIR")
}

/// An I/O error without Rust's "(os error 13)", lower case.
pub fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    text.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_nowhere_else() {
        for (text, name) in [
            ("../../etc/passwd", "etc-passwd"),
            ("Q3 2025: résumé", "Q3-2025-résumé"),
            ("CON", "CON-report"),
            ("com1", "com1-report"),
            ("...", "report"),
            ("", "report"),
            ("trailing. ", "trailing"),
            ("a\u{202e}b\u{1b}[2J", "a-b-2J"),
        ] {
            assert_eq!(safe_stem(text), name, "{text:?}");
        }
        assert!(safe_stem(&"ü".repeat(300)).len() <= LONGEST_STEM);
    }

    #[test]
    fn two_inputs_never_share_a_name() {
        let inputs = ["bank.xlsx", "Bank.csv", "other.csv", "bank-xlsx.csv"]
            .map(|file| (PathBuf::from("q3"), file.to_owned()));
        let names: Vec<String> = names(&inputs).iter().map(|path| path.to_string_lossy().into_owned()).collect();
        assert_eq!(names, ["q3/bank-xlsx", "q3/Bank-csv", "q3/other", "q3/bank-xlsx-2"]);
    }
}
