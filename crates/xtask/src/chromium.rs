//! The browser in which the package and the page are tested: Debian's, since those that test tools download for themselves
//! cannot be had everywhere.

use crate::Result;
use std::path::PathBuf;

/// Names the browser, for those who want another one; also what the tests read.
pub(crate) const VARIABLE: &str = "TRUNKLINE_CHROMIUM";
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Finds one, or puts one there.
pub(crate) fn set_up() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os(VARIABLE).map(PathBuf::from) {
        return match named.is_file() {
            true => Ok(named),
            false => Err(format!("{VARIABLE} names {}, which is not there", named.display())),
        };
    }
    if let Some(found) = found() {
        eprintln!("setup: {} is there", found.display());
        return Ok(found);
    }
    crate::setup::install_packages(&["chromium"], "to test in a browser")?;
    found().ok_or_else(|| format!("chromium was installed and is not found: name a browser with {VARIABLE}"))
}

fn found() -> Option<PathBuf> {
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    NAMES.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|path| path.is_file())
}
