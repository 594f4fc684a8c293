//! What tests need beyond a Rust toolchain. Into the project's own folders freely; system packages only after a yes.

use crate::Result;
use crate::command::{cargo, output, shown};
use crate::wasm::{self, Toolchain};
use crate::{chromium, python};
use std::io::{IsTerminal, Write};
use std::process::Command;

/// Formatter and linter.
fn components() -> Result {
    for (component, subcommand) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if output(cargo().args([subcommand, "--version"])).is_some() {
            eprintln!("setup: {component} is there");
            continue;
        }
        let mut add = Command::new("rustup");
        add.args(["component", "add", component]);
        if output(&mut add).is_none() {
            return Err(format!("{component} is missing and cannot be added here; type: {}", shown(&add)));
        }
        eprintln!("setup: added {component}");
    }
    Ok(())
}

/// Sets everything up; says which compiler compiles for wasm.
pub(crate) fn run(debian_wasm: bool) -> Result<Toolchain> {
    components()?;
    python::set_up()?;
    chromium::set_up()?;
    wasm::set_up(debian_wasm)
}

/// Installs system packages: without asking where CI is set, else after a yes on a terminal, else not.
pub(crate) fn install_packages(packages: &[&str], purpose: &str) -> Result {
    let mut update = Command::new("apt-get");
    update.args(["update", "-q"]);
    let mut install = Command::new("apt-get");
    install.args(["install", "-y", "-q", "--no-install-recommends"]).args(packages);
    install.env("DEBIAN_FRONTEND", "noninteractive");
    let by_hand = format!("type: sudo {} && sudo {}", shown(&update), shown(&install));
    if output(Command::new("apt-get").arg("--version")).is_none() {
        return Err(format!("{} ({purpose}) must be installed by hand: apt-get is not there", packages.join(" ")));
    }
    if !may_install(packages, purpose) {
        return Err(format!("{} not installed ({purpose}); {by_hand}", packages.join(" ")));
    }
    crate::command::run("setup: package lists", &mut update).map_err(|problem| format!("{problem}; {by_hand}"))?;
    crate::command::run(&format!("setup: installing {}", packages.join(" ")), &mut install)
        .map_err(|problem| format!("{problem}; {by_hand}"))
}

fn may_install(packages: &[&str], purpose: &str) -> bool {
    if std::env::var_os("CI").is_some() {
        return true;
    }
    if !std::io::stdin().is_terminal() {
        return false;
    }
    eprint!("setup: install {} {purpose}? [y/N] ", packages.join(" "));
    let _ = std::io::stderr().flush();
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).is_ok() && matches!(line.trim(), "y" | "Y" | "yes")
}
