//! Every test, the way CI runs them.

use crate::command::{self, cargo};
use crate::{Result, generate, npm, python, setup, wasm};

pub(crate) fn run(debian_wasm: bool) -> Result {
    let toolchain = setup::run(debian_wasm)?;
    generate::run(true)?;
    command::run("unit and integration tests", cargo().args(["test", "--workspace", "--all-features"]))?;
    // The features of the run before, so that nothing is built again.
    let table = ["test", "--quiet", "--workspace", "--all-features", "--test", "faults", "--", "--nocapture"];
    command::run("client against sandbox: every operation under every fault", cargo().args(table))?;
    wasm::check(toolchain)?;
    npm::check(debian_wasm)?;
    python::test()
}
