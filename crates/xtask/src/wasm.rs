//! Compiling for wasm32-unknown-unknown: with rustup's target where it can be had, else with Debian's compiler, which
//! builds the standard library itself.

mod build;

pub(crate) use build::{build, example};

use crate::Result;
use crate::command::{cargo, output, root, run};
use std::path::{Path, PathBuf};
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
    let mut command = compiler(toolchain, "check");
    command.args(["-p", "trunkline-core", "-p", "trunkline"]);
    run("core and client compile for wasm", &mut command)
}

/// `cargo check` or `cargo build` for wasm.
fn compiler(toolchain: Toolchain, task: &str) -> Command {
    let mut command = match toolchain {
        Toolchain::Rustup => cargo(),
        Toolchain::Debian => Command::new("/usr/bin/cargo"),
    };
    command.args([task, "--target", TARGET]);
    if toolchain == Toolchain::Debian {
        command.current_dir(root()).env("RUSTC_BOOTSTRAP", "1").env("RUSTC", "/usr/bin/rustc");
        command.arg("-Zbuild-std=std,panic_abort").env("CARGO_TARGET_DIR", target_folder(toolchain));
        for variable in ["RUSTUP_TOOLCHAIN", "RUSTC_WRAPPER", "CARGO"] {
            command.env_remove(variable);
        }
        // Debian's rustc looks for a linker of another name.
        if let Some(linker) = rustup_linker() {
            command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
        }
    }
    command
}

/// Where a compiler leaves what it makes: each has a folder of its own, else they would throw away each other's work.
fn target_folder(toolchain: Toolchain) -> PathBuf {
    let common = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    match toolchain {
        Toolchain::Rustup => common,
        Toolchain::Debian => root().join("target/debian-wasm"),
    }
}

/// The linker that comes with rustup's compiler.
fn rustup_linker() -> Option<PathBuf> {
    let sysroot = output(Command::new("rustc").args(["--print", "sysroot"]))?;
    let libraries = std::fs::read_dir(Path::new(&sysroot).join("lib/rustlib")).ok()?;
    libraries.flatten().map(|host| host.path().join("bin/rust-lld")).find(|linker| linker.exists())
}
