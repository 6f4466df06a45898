//! Peers that are programs: LEMON's compiled here when it can be, Python's run from a virtual environment.

use crate::merged::Merged;
use crate::objective::Objective;
use crate::peer::{Peer, Turn};
use std::cell::OnceCell;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

const SOURCES: &str = env!("CARGO_MANIFEST_DIR");

/// The places of our programs, and a folder for markets that goes when this does.
pub(crate) struct Workshop {
    /// Cargo's target folder: where this program was built.
    target: PathBuf,
    markets: PathBuf,
    lemon: OnceCell<Result<PathBuf, String>>,
}

impl Workshop {
    pub(crate) fn new() -> Result<Self, String> {
        let own = std::env::current_exe().map_err(|error| format!("where this program is: {error}"))?;
        // target/release/shared-parking-peers, or target/debug/deps/ in a test.
        let built = own.ancestors().find(|folder| folder.join("CACHEDIR.TAG").exists());
        let target = built.map_or_else(|| Path::new(SOURCES).join("../../target"), Path::to_path_buf);
        let mut markets = std::env::temp_dir();
        markets.push(format!("shared-parking-peers-{}", std::process::id()));
        Ok(Self { target, markets, lemon: OnceCell::new() })
    }

    /// LEMON with a market; how to install it where it is absent.
    pub(crate) fn lemon(&self, method: &str, market: &Merged, unmerged: bool) -> Result<Program, String> {
        let program = self.lemon.get_or_init(|| self.compile()).clone()?;
        Program::start(Command::new(program), method, &self.file(market, unmerged)?, market.unit())
    }

    /// A Python solver with a market; how to install it where it is absent.
    pub(crate) fn python(&self, method: &str, market: &Merged, unmerged: bool) -> Result<Program, String> {
        let command = self.script(method, "solve.py")?;
        Program::start(command, method, &self.file(market, unmerged)?, market.unit())
    }

    /// The package `matching` with a market of its own kind; how to install it where it is absent.
    pub(crate) fn matching(&self, market: &str) -> Result<Program, String> {
        let mut command = self.script("matching", "deferred.py")?;
        let path = self.markets.join("ranks");
        let written = fs::create_dir_all(&self.markets).and_then(|()| fs::write(&path, market));
        written.map_err(|error| format!("{}: {error}", path.display()))?;
        command.arg(path);
        Program::spawn(command, "matching")
    }

    /// A script of ours in the virtual environment.
    fn script(&self, method: &str, name: &str) -> Result<Command, String> {
        let python = self.target.join("peers-venv/bin/python");
        if !python.exists() {
            return Err(format!(
                "{method}: absent. python3 -m venv target/peers-venv && \
                 target/peers-venv/bin/pip install -r benches/peers/python/requirements.txt"
            ));
        }
        let mut command = Command::new(python);
        command.arg(Path::new(SOURCES).join("python").join(name));
        // One thread, whatever numpy was built with.
        command.envs([("OMP_NUM_THREADS", "1"), ("OPENBLAS_NUM_THREADS", "1")]);
        Ok(command)
    }

    fn compile(&self) -> Result<PathBuf, String> {
        let program = self.target.join("peers-lemon");
        let built = Command::new("g++")
            .args(["-std=c++17", "-O3", "-march=native", "-DNDEBUG", "-o"])
            .args([&program, &Path::new(SOURCES).join("lemon/network_simplex.cc")])
            .output();
        match built {
            Ok(output) if output.status.success() => Ok(program),
            Ok(output) => {
                let text = String::from_utf8_lossy(&output.stderr);
                let first = text.lines().find(|line| line.contains("error")).unwrap_or_default();
                Err(format!("LEMON: absent. apt-get install g++ liblemon-dev ({first})"))
            }
            Err(error) => Err(format!("LEMON: absent. apt-get install g++ liblemon-dev (g++: {error})")),
        }
    }

    /// The file of a form of the present market; written by whoever needs it first.
    fn file(&self, market: &Merged, unmerged: bool) -> Result<PathBuf, String> {
        let path = self.markets.join(if unmerged { "unmerged" } else { "merged" });
        let write = || -> std::io::Result<()> {
            fs::create_dir_all(&self.markets)?;
            let mut out = BufWriter::new(File::create(&path)?);
            market.write(&mut out)?;
            out.flush()
        };
        if !path.exists() {
            write().map_err(|error| format!("{}: {error}", path.display()))?;
        }
        Ok(path)
    }

    /// Removes the present market's files. Programs have read them by their first answer.
    pub(crate) fn clear(&self) {
        let _ = fs::remove_dir_all(&self.markets);
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        self.clear();
    }
}

/// A running program that holds a market. Each line it gets is a turn; it answers with a line of JSON.
pub(crate) struct Program {
    child: Child,
    /// Closed before the program is waited for: the end of its input ends it.
    turns: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Program {
    fn start(mut command: Command, method: &str, market: &Path, unit: i64) -> Result<Self, String> {
        command.arg(market).arg(method).arg(unit.to_string());
        Self::spawn(command, method)
    }

    fn spawn(mut command: Command, method: &str) -> Result<Self, String> {
        let started = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = started.map_err(|error| format!("{method}: {error}"))?;
        match (child.stdin.take(), child.stdout.take()) {
            (turns @ Some(_), Some(answers)) => Ok(Self { child, turns, answers: BufReader::new(answers) }),
            _ => Err(format!("{method}: no pipes")),
        }
    }
}

impl Program {
    /// A turn: the line it answers with.
    pub(crate) fn line(&mut self) -> Result<String, String> {
        let mut line = String::new();
        let turns = self.turns.as_mut().ok_or("the program was stopped")?;
        turns
            .write_all(b"solve\n")
            .and_then(|()| turns.flush())
            .map_err(|error| format!("the program ended: {error}"))?;
        self.answers.read_line(&mut line).map_err(|error| error.to_string())?;
        Ok(line)
    }
}

impl Peer for Program {
    fn solve(&mut self) -> Result<Turn, String> {
        parse(&self.line()?)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.turns = None;
        let _ = self.child.wait();
    }
}

fn parse(line: &str) -> Result<Turn, String> {
    let wrong = || format!("not an answer: {:?}", line.chars().take(200).collect::<String>());
    let value: serde_json::Value = serde_json::from_str(line).map_err(|_| wrong())?;
    if let Some(error) = value["error"].as_str() {
        return Err(error.to_owned());
    }
    let seated = value["seated"].as_array().and_then(|all| all.iter().map(serde_json::Value::as_u64).collect());
    match (seated, value["cost"].as_u64(), value["solve_ms"].as_f64(), value["total_ms"].as_f64()) {
        (Some(seated), Some(cost), Some(solve_ms), Some(total_ms)) => {
            Ok(Turn { objective: Objective { seated, cost }, solve_ms, total_ms })
        }
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_and_nonsense_is_named() {
        let turn = parse(r#"{"solve_ms":1.5,"total_ms":2,"cost":70,"seated":[3,2]}"#).unwrap();
        assert_eq!((turn.objective, turn.solve_ms), (Objective { seated: vec![3, 2], cost: 70 }, 1.5));
        assert_eq!(parse(r#"{"error":"no method x"}"#).unwrap_err(), "no method x");
        for wrong in ["", "{}", r#"{"solve_ms":1,"total_ms":2,"cost":-7,"seated":[]}"#] {
            assert!(parse(wrong).unwrap_err().starts_with("not an answer"), "{wrong}");
        }
    }
}
