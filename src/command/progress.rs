//! A bar while a batch runs, for people who watch; logs get plain lines.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Terminal;

/// A run shorter than this shows no bar.
const QUIET: Duration = Duration::from_millis(300);

/// The bar, drawn on standard error once the run has taken a while.
pub struct Progress {
    bar: ProgressBar,
    start: Instant,
    watched: bool,
}

impl Progress {
    /// A bar over so many files; none where nobody watches or there is only one.
    pub fn new(files: usize, terminal: &Terminal) -> Self {
        let bar = ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos} of {len} files, {eta} left") {
            bar.set_style(style);
        }
        Self { bar, start: Instant::now(), watched: files > 1 && terminal.watched() }
    }

    /// One file more is done; what is told about it is printed beside the bar.
    pub fn step<T>(&self, tell: impl FnOnce() -> T) -> T {
        if self.watched && self.bar.is_hidden() && self.start.elapsed() > QUIET {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        let told = self.bar.suspend(tell);
        self.bar.inc(1);
        told
    }

    /// Takes the bar away.
    pub fn done(&self) {
        self.bar.finish_and_clear();
    }
}
