//! Benchmarks. They print; nothing is asserted, for machines differ.

use crate::Result;
use crate::command::{self, cargo, output, root};
use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

pub(crate) fn run(filter: Option<&str>) -> Result {
    let mut command = cargo();
    command.args(["bench", "-p", "trunkline-tests"]);
    if let Some(filter) = filter {
        command.args(["--", filter]);
    }
    command::run("benchmarks", &mut command)
}

/// The Python package beside the SDKs that people use.
pub(crate) fn python() -> Result {
    let python = interpreter()?;
    let wheel = wheel()?;
    let (mut server, url) = serve_canned_answers()?;
    let mut command = Command::new(python);
    command.arg(root().join("pkg/python/bench/run.py")).args(["--url", &url]);
    command.arg("--folder").arg(root().join("target/bench-python")).arg("--wheel").arg(wheel);
    let result = command::run("Python benchmarks", &mut command);
    // It ends with its standard input.
    drop(server.stdin.take());
    server.wait().map_err(|error| format!("the server of canned answers did not end: {error}"))?;
    result
}

fn interpreter() -> Result<&'static str> {
    let check = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))";
    ["python3", "python"]
        .into_iter()
        .find(|name| output(Command::new(name).args(["-c", check])).is_some())
        .ok_or_else(|| "the Python benchmarks need Python 3.10 or later, with its module venv; install it".to_owned())
}

/// The wheel that `TRUNKLINE_WHEEL` names, else the newest that a build has left.
fn wheel() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("TRUNKLINE_WHEEL") {
        let path = PathBuf::from(path);
        return path.canonicalize().map_err(|error| format!("TRUNKLINE_WHEEL: {}: {error}", path.display()));
    }
    let this = std::env::current_exe().map_err(|error| format!("this program cannot be found again: {error}"))?;
    command::run("the wheel", Command::new(this).args(["build", "python"]))?;
    let folder = root().join("target/wheels");
    let unreadable = |error| format!("{} cannot be read: {error}", folder.display());
    let entries = folder.read_dir().map_err(unreadable)?.collect::<std::io::Result<Vec<_>>>().map_err(unreadable)?;
    entries
        .into_iter()
        .filter(|entry| is_ours(&entry.file_name()))
        .max_by_key(|entry| entry.metadata().and_then(|facts| facts.modified()).ok())
        .map(|entry| entry.path())
        .ok_or_else(|| {
            format!("there is no wheel of trunkline in {}; type: cargo xtask build python", folder.display())
        })
}

fn is_ours(name: &OsStr) -> bool {
    name.to_str().is_some_and(|name| name.starts_with("trunkline-") && name.ends_with(".whl"))
}

/// The server, and its URL.
fn serve_canned_answers() -> Result<(Child, String)> {
    let example = ["--release", "-p", "trunkline-sandbox", "--features", "serve", "--example", "canned"];
    command::run("the server of canned answers", cargo().arg("build").args(example))?;
    let mut command = cargo();
    command.args(["run", "--quiet"]).args(example).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut server = command.spawn().map_err(|error| format!("{} cannot be run: {error}", command::shown(&command)))?;
    let mut url = String::new();
    if let Some(out) = server.stdout.take() {
        BufReader::new(out).read_line(&mut url).map_err(|error| format!("the server's URL cannot be read: {error}"))?;
    }
    match url.trim() {
        "" => Err(format!("the server of canned answers did not start; type: {}", command::shown(&command))),
        url => Ok((server, url.to_owned())),
    }
}
