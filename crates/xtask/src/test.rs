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
    show("client against sandbox: every operation under every fault", &["faults"])?;
    show("all providers as one: every operation at every provider", &["unified", "every_provider"])?;
    wasm::check(toolchain)?;
    npm::check(debian_wasm, Some(&ran))?;
    python::test(&ran)?;
    parity::finish(&ran)
}

/// Runs a test, or those of it of that name, for its table.
fn show(title: &str, test: &[&str]) -> Result {
    // The features of the run before, so that nothing is built again.
    let mut shown = cargo();
    shown.args(["test", "--quiet", "--workspace", "--all-features", "--test"]).args(test).args(["--", "--nocapture"]);
    command::run(title, &mut shown)
}
