//! Temporary files beside their targets: held by a lock while they are written, so that what a sudden end left behind
//! can be told from what another run is writing.

use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use gapwise::render::Format;

const ENDING: &str = ".part";

/// `bank.html` -> `bank.html.1234.part`: beside the target, so that the rename stays on one disk.
pub(super) fn name(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}{ENDING}", std::process::id()));
    path.with_file_name(name)
}

/// Writes a new file under the temporary name and gives it its own; the lock holds until then.
///
/// # Errors
/// Those of the disk.
pub(super) fn write(part: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = held(part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(part, path)
}

/// A new file of this name that nobody clears away.
fn held(path: &Path) -> io::Result<File> {
    if fs::symlink_metadata(path).is_ok() {
        fs::remove_file(path)?;
    }
    loop {
        let file = File::create_new(path)?;
        // Where the disk knows no locks, nothing is ever cleared either.
        if file.lock().is_err() || is_same(&file, path) {
            return Ok(file);
        }
    }
}

/// Removes what runs that came to a sudden end left of outputs in a folder. A file that another run is writing is
/// locked and stays, and so does everything that is not named as ours are.
pub fn clear(folder: &Path) {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if !is_file || !is_ours(&entry.file_name().to_string_lossy()) {
            continue;
        }
        let path = entry.path();
        let Ok(file) = File::options().write(true).open(&path) else { continue };
        if file.try_lock().is_ok() && is_same(&file, &path) {
            // What cannot be removed does no harm.
            let _ = fs::remove_file(&path);
        }
    }
}

/// Whether a name is that of an output or a state, then a number, then `.part`.
fn is_ours(name: &str) -> bool {
    let Some((target, number)) = name.strip_suffix(ENDING).and_then(|rest| rest.rsplit_once('.')) else {
        return false;
    };
    let numbered = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let known = Format::ALL.iter().any(|format| target.ends_with(&format!(".{}", format.ending())));
    numbered && (known || target == super::STATE_FILE)
}

/// Whether the open file still has this name.
fn is_same(file: &File, path: &Path) -> bool {
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(open), Ok(named)) => same(&open, &named),
        _ => false,
    }
}

#[cfg(unix)]
fn same(a: &Metadata, b: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (a.dev(), a.ino()) == (b.dev(), b.ino())
}

#[cfg(not(unix))]
fn same(a: &Metadata, b: &Metadata) -> bool {
    a.len() == b.len() && a.created().ok() == b.created().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_ours() {
        for name in ["bank.html.1.part", "q3-gaps.svg.4711.part", ".gapwise-state.9.part", "a.parquet.3.part"] {
            assert!(is_ours(name), "{name}");
        }
        for name in ["bank.html.part", "film.mp4.12.part", "bank.html.1a.part", "bank.html.1", "bank.html", ".part"] {
            assert!(!is_ours(name), "{name}");
        }
    }
}
