//! The npm package: its types compile, and its tests pass.

use crate::Result;
use crate::command::{output, root, run};
use std::path::Path;
use std::process::Command;

const OLDEST_NODE: u32 = 18;

/// Checks the package with what its lock file names.
pub(crate) fn check() -> Result {
    set_up()?;
    let folder = root().join("pkg/npm");
    install(&folder)?;
    run("npm package: types and tests", Command::new("npm").arg("test").current_dir(&folder))
}

/// Finds Node.js and npm, or puts them there.
fn set_up() -> Result {
    if output(Command::new("npm").arg("--version")).is_none() {
        crate::setup::install_packages(&["nodejs", "npm"], "to check the npm package")?;
    }
    let version = output(Command::new("node").arg("--version")).unwrap_or_default();
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    match major {
        Some(major) if major >= OLDEST_NODE => Ok(()),
        Some(_) => {
            Err(format!("Node.js {version} is too old to check the npm package: install {OLDEST_NODE} or later"))
        }
        None => {
            Err(format!("node cannot be run, which checks the npm package: install Node.js {OLDEST_NODE} or later"))
        }
    }
}

/// Puts the locked packages into the package's own folder; not again while the lock is the same, so that tests need no
/// network.
fn install(folder: &Path) -> Result {
    let read = |path: &Path| std::fs::read_to_string(path).ok();
    let (lock, installed) = (folder.join("package-lock.json"), folder.join("node_modules/.installed-lock.json"));
    if read(&lock).is_some() && read(&lock) == read(&installed) {
        return Ok(());
    }
    let arguments = ["ci", "--no-audit", "--no-fund"];
    run("npm package: what its tests need", Command::new("npm").args(arguments).current_dir(folder))?;
    std::fs::copy(&lock, &installed).map_err(|error| format!("{} cannot be written: {error}", installed.display()))?;
    Ok(())
}
