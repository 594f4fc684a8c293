//! Every test, the way CI runs them.

use crate::command::{self, cargo};
use crate::{Result, generate, npm, parity, python, setup, wasm};

pub(crate) fn run(debian_wasm: bool) -> Result {
    let toolchain = setup::run(debian_wasm)?;
    generate::run(true)?;
    let ran = parity::begin()?;
    let mut tests = cargo();
    tests.args(["test", "--workspace", "--all-features"]).env(parity::VARIABLE, &ran);
    command::run("unit and integration tests", &mut tests)?;
    // The features of the run before, so that nothing is built again.
    let table = ["test", "--quiet", "--workspace", "--all-features", "--test", "faults", "--", "--nocapture"];
    command::run("client against sandbox: every operation under every fault", cargo().args(table))?;
    wasm::check(toolchain)?;
    npm::check(debian_wasm, Some(&ran))?;
    python::test(&ran)?;
    parity::finish(&ran)
}
