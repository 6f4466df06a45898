//! A line of progress on a terminal, for whatever takes more than a second.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// Names on a terminal what is being done, for work that cannot say how far it is. The next line overwrites it.
pub fn stage(what: &str) {
    if std::io::stderr().is_terminal() {
        eprint!("\r\x1b[K{what} …");
        // Progress is a courtesy: a closed terminal is no reason to stop.
        let _ = std::io::stderr().flush();
    }
}

/// Ends the line of [`stage`], before anything else is printed.
pub fn done() {
    if std::io::stderr().is_terminal() {
        eprint!("\r\x1b[K");
    }
}

pub struct Progress {
    what: &'static str,
    total: usize,
    started: Instant,
    shown: Instant,
    visible: bool,
}

impl Progress {
    pub fn start(what: &'static str, total: usize) -> Self {
        let now = Instant::now();
        Self { what, total, started: now, shown: now, visible: false }
    }

    pub fn at(&mut self, done: usize) {
        let due = self.started.elapsed() > Duration::from_secs(1) && self.shown.elapsed() > Duration::from_millis(100);
        if due && std::io::stderr().is_terminal() {
            self.visible = true;
            self.shown = Instant::now();
            eprint!("\r{} {done} of {}", self.what, self.total);
            // Progress is a courtesy: a closed terminal is no reason to stop.
            let _ = std::io::stderr().flush();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.visible {
            eprint!("\r\x1b[K");
        }
    }
}
