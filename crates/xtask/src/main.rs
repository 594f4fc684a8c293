//! Tasks of this workspace. `cargo xtask` alone lists them.

mod bench;
mod chromium;
mod command;
mod generate;
mod npm;
mod parity;
mod python;
mod setup;
mod size;
mod test;
mod wasm;

use std::process::ExitCode;

/// What can go wrong in a task: one sentence that says what to do.
type Result<T = ()> = std::result::Result<T, String>;

const HELP: &str = "\
cargo xtask <task>

  setup [--debian-wasm]   what tests need beyond a Rust toolchain; --debian-wasm: take the compiler for
                          wasm from Debian's packages also where rustup has one
  generate [--check]      what is generated from the registry; --check: only say whether it is up to date
  build python            the wheel of the Python package, below target/wheels
  build wasm [--debian-wasm]
                          core and sandbox for browsers, below target/npm/wasm
  build npm [--debian-wasm]
                          that, and the tarballs of the npm package, below target/npm
  size                    what was built, in KB raw and compressed; fails above a ceiling
  test [--debian-wasm]    setup, then every test
  test npm                those of the npm package alone
  test runtimes           of these, those in Deno, Bun and workerd alone
  simulate [--purchases N] [--waiters N] [--seed S] [--json] [--break retry|claim]
                          purchases of many processes under every fault and crash, in virtual time
  bench [filter]          every benchmark in Rust, or those whose name contains the filter
  bench python            the Python package beside the SDKs that people use
  bench node              the npm package beside the SDKs that people use, and beside fetch and undici by hand
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments.as_slice() {
        ["setup", flags @ ..] => wasm_flag(flags).and_then(|debian| setup::run(debian).map(|_| ())),
        ["generate"] => generate::run(false),
        ["generate", "--check"] => generate::run(true),
        ["test", "npm"] => npm::check(false, None),
        ["test", "runtimes"] => npm::check_runtimes(),
        ["test", flags @ ..] => wasm_flag(flags).and_then(test::run),
        ["build", "wasm", flags @ ..] => wasm_flag(flags).and_then(wasm::build),
        ["build", "npm", flags @ ..] => wasm_flag(flags).and_then(npm::build).map(|_| ()),
        ["size"] => size::run(),
        ["build", "python"] => python::build().map(|_| ()),
        ["bench"] => bench::run(None),
        ["bench", "python"] => bench::python_package(),
        ["bench", "node"] => bench::npm_package(),
        ["bench", filter] => bench::run(Some(filter)),
        ["simulate", flags @ ..] => simulate(flags),
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        other => Err(format!("no such task: {}\n\n{HELP}", other.join(" "))),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("xtask: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// Purchases under every fault and crash, in virtual time.
fn simulate(flags: &[&str]) -> Result {
    let mut simulation = command::cargo();
    simulation
        .args(["run", "--quiet", "--release", "-p", "trunkline-tests", "--example", "simulate", "--"])
        .args(flags);
    command::run("simulation", &mut simulation)
}

fn wasm_flag(flags: &[&str]) -> Result<bool> {
    match flags {
        [] => Ok(false),
        ["--debian-wasm"] => Ok(true),
        other => Err(format!("no such flag: {}\n\n{HELP}", other.join(" "))),
    }
}
