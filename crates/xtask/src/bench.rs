//! Benchmarks. They print; nothing is asserted, for machines differ.

use crate::Result;
use crate::command::{self, cargo};

pub(crate) fn run(filter: Option<&str>) -> Result {
    let mut command = cargo();
    command.args(["bench", "-p", "trunkline-tests"]);
    if let Some(filter) = filter {
        command.args(["--", filter]);
    }
    command::run("benchmarks", &mut command)
}
