//! Compiling for wasm32-unknown-unknown: with rustup's target where it can be had, else with Debian's compiler, which
//! builds the standard library itself.

use crate::Result;
use crate::command::{cargo, output, root, run};
use std::path::Path;
use std::process::Command;

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";
const DEBIAN_PACKAGES: [&str; 3] = ["rustc-web", "cargo-web", "rust-web-src"];

/// Which compiler compiles for wasm.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Toolchain {
    Rustup,
    Debian,
}

/// Finds one, or puts one there.
pub(crate) fn set_up(debian: bool) -> Result<Toolchain> {
    if !debian {
        if output(Command::new("rustup").args(["target", "list", "--installed"]))
            .is_some_and(|list| list.contains(TARGET))
        {
            eprintln!("setup: {TARGET} is there (rustup)");
            return Ok(Toolchain::Rustup);
        }
        if output(Command::new("rustup").args(["target", "add", TARGET])).is_some() {
            eprintln!("setup: added {TARGET} (rustup target add {TARGET})");
            return Ok(Toolchain::Rustup);
        }
        eprintln!("setup: rustup cannot add {TARGET} here; taking Debian's compiler instead");
    }
    if debian_sources().is_some() && Path::new("/usr/bin/cargo").exists() {
        eprintln!("setup: Debian's compiler for {TARGET} is there");
        return Ok(Toolchain::Debian);
    }
    crate::setup::install_packages(&DEBIAN_PACKAGES, "to compile the core for browsers")?;
    match debian_sources() {
        Some(_) => Ok(Toolchain::Debian),
        None => Err(format!("{} came without the standard library's sources", DEBIAN_PACKAGES.join(" "))),
    }
}

fn debian_sources() -> Option<()> {
    Path::new("/usr/lib/rustlib/src/rust/library/std").exists().then_some(())
}

/// Checks that what runs in browsers compiles for wasm.
pub(crate) fn check(toolchain: Toolchain) -> Result {
    let arguments = ["-p", "trunkline-core", "-p", "trunkline", "--target", TARGET];
    match toolchain {
        Toolchain::Rustup => run("core and client compile for wasm", cargo().arg("check").args(arguments)),
        Toolchain::Debian => {
            let mut command = Command::new("/usr/bin/cargo");
            command.current_dir(root()).env("RUSTC_BOOTSTRAP", "1").env("RUSTC", "/usr/bin/rustc");
            // A target directory of its own: the two compilers would throw away each other's work.
            command.env("CARGO_TARGET_DIR", root().join("target/debian-wasm"));
            for variable in ["RUSTUP_TOOLCHAIN", "RUSTC_WRAPPER", "CARGO"] {
                command.env_remove(variable);
            }
            command.args(["check", "-Zbuild-std=std,panic_abort"]).args(arguments);
            run("core and client compile for wasm (Debian's compiler)", &mut command)
        }
    }
}
