//! Benchmarks. They print; nothing is asserted, for machines differ.

use crate::command::{self, cargo, root};
use crate::{Result, npm, python};
use std::io::{BufRead, BufReader};
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
pub(crate) fn python_package() -> Result {
    let wheel = python::build()?;
    let mut command = python::interpreter();
    command.arg(root().join("pkg/python/bench/run.py"));
    command.arg("--folder").arg(root().join("target/bench-python")).arg("--wheel").arg(wheel);
    beside_canned_answers("Python benchmarks", command)
}

/// The npm package beside the SDKs that people use.
pub(crate) fn npm_package() -> Result {
    let tarballs = npm::build(false)?;
    let mut command = Command::new("node");
    command.arg(root().join("pkg/npm/bench/run.mjs"));
    command.arg("--folder").arg(root().join("target/bench-node")).args(tarballs);
    beside_canned_answers("Node.js benchmarks", command)
}

/// Runs it with the URL of the server, which lasts as long.
fn beside_canned_answers(purpose: &str, mut benchmark: Command) -> Result {
    let (mut server, url) = serve_canned_answers()?;
    let result = command::run(purpose, benchmark.args(["--url", &url]));
    // It ends with its standard input.
    drop(server.stdin.take());
    server.wait().map_err(|error| format!("the server of canned answers did not end: {error}"))?;
    result
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
