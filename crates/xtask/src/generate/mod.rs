//! What is generated from the registry, and committed: the README's tables, and the typed surface of every operation in
//! Python and TypeScript.

mod members;
mod python;
mod readme;
mod typescript;
mod words;

use crate::Result;
use crate::command::root;
use std::path::PathBuf;
use trunkline_core::PROVIDERS;
use trunkline_core::surface::Namespace;

/// A generated file.
pub(crate) struct File {
    /// From the workspace's root.
    pub(crate) path: PathBuf,
    /// The whole of it.
    pub(crate) text: String,
}

/// Writes what has changed, or with `check` only says that it has.
pub(crate) fn run(check: bool) -> Result {
    let mut files = readme::files()?;
    files.extend(python::files()?);
    files.extend(typescript::files()?);
    let mut stale = Vec::new();
    for File { path, text } in &files {
        let there = std::fs::read_to_string(root().join(path)).unwrap_or_default();
        if there != *text {
            stale.push((path, text));
        }
    }
    let names = stale.iter().map(|(path, _)| path.display().to_string()).collect::<Vec<_>>().join(", ");
    if stale.is_empty() {
        eprintln!("generate: {} files are up to date", files.len());
        return Ok(());
    }
    if check {
        return Err(format!("not up to date: {names}; type: cargo xtask generate"));
    }
    for (path, text) in stale {
        write(&root().join(path), text).map_err(|error| format!("{} cannot be written: {error}", path.display()))?;
    }
    eprintln!("generate: wrote {names}");
    Ok(())
}

/// Every provider's operations, and those of the unified layer.
fn namespaces() -> impl Iterator<Item = Namespace> {
    PROVIDERS.iter().map(Namespace::of).chain([Namespace::unified()])
}

fn write(path: &std::path::Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, text)
}
