//! A folder of its own for each test, and the program run in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// A fresh folder.
pub struct Workdir {
    path: PathBuf,
}

/// What a run printed and how it ended.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Workdir {
    /// A fresh folder named after the test.
    pub fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("the test folder can be made");
        Self { path }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a file, folders included.
    pub fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let path = self.path.join(name);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder can be made");
        fs::write(path, bytes).expect("the file can be written");
        self
    }

    pub fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.path.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub fn text(&self, name: &str) -> String {
        String::from_utf8(self.bytes(name)).expect("the file is UTF-8")
    }

    pub fn json(&self, name: &str) -> Value {
        serde_json::from_slice(&self.bytes(name)).expect("the file is JSON")
    }

    /// All files below, relative, sorted.
    pub fn files(&self) -> Vec<String> {
        fn walk(folder: &Path, root: &Path, files: &mut Vec<String>) {
            for entry in fs::read_dir(folder).expect("the folder can be read") {
                let path = entry.expect("the entry can be read").path();
                match path.is_dir() {
                    true => walk(&path, root, files),
                    false => files.push(path.strip_prefix(root).expect("below").display().to_string()),
                }
            }
        }
        let mut files = Vec::new();
        walk(&self.path, &self.path, &mut files);
        files.sort();
        files
    }

    /// Runs the program here.
    pub fn gapwise(&self, args: &[&str]) -> Run {
        run(self.command(args))
    }

    /// The program as a command, for more settings.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gapwise"));
        command.current_dir(&self.path).args(args);
        for name in ["SOURCE_DATE_EPOCH", "NO_COLOR", "RUST_BACKTRACE"] {
            command.env_remove(name);
        }
        command
    }
}

/// Runs a command to its end.
pub fn run(mut command: Command) -> Run {
    let Output { status, stdout, stderr } = command.output().expect("the program can be started");
    Run {
        code: status.code().unwrap_or(-1),
        stdout: String::from_utf8(stdout).expect("standard output is UTF-8"),
        stderr: String::from_utf8(stderr).expect("standard error is UTF-8"),
    }
}

impl Run {
    /// Fails unless the run ended well; gives the run back.
    #[track_caller]
    pub fn ok(self) -> Self {
        assert_eq!(self.code, 0, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    /// Fails unless the run ended with 2 and printed exactly these messages.
    #[track_caller]
    pub fn refused(self, messages: &str) {
        assert_eq!(self.stderr.trim_end(), messages.trim_end(), "stdout:\n{}", self.stdout);
        assert_eq!(self.code, 2);
    }
}

/// A file of the samples folder.
pub fn sample(name: &str) -> String {
    format!("{}/samples/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// The table of a batch without the times, which differ from run to run.
pub fn without_times(stdout: &str) -> String {
    let mask = |line: &str| match line.split_once(" s   ") {
        Some((left, right)) => format!("{}     ? s   {right}", &left[..left.len() - 6]),
        None => line.to_owned(),
    };
    stdout.lines().map(|line| mask(line) + "\n").collect()
}
