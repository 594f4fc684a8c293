//! Where programs keep what belongs to a user: the XDG specification, or what Windows has in its place.

use std::path::PathBuf;

/// What is kept.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    /// What the user has written.
    Configuration,
    /// What must outlive the program.
    State,
    /// What may be lost.
    Cache,
}

/// Trunkline's folder for it, where the environment says enough.
pub(crate) fn of(kind: Kind) -> Option<PathBuf> {
    let (xdg, at_home, windows) = match kind {
        Kind::Configuration => ("XDG_CONFIG_HOME", ".config", "APPDATA"),
        Kind::State => ("XDG_STATE_HOME", ".local/state", "LOCALAPPDATA"),
        Kind::Cache => ("XDG_CACHE_HOME", ".cache", "LOCALAPPDATA"),
    };
    let folder = if cfg!(windows) {
        set(windows)
    } else {
        // The specification: a relative path is to be ignored.
        set(xdg).filter(|path| path.is_absolute()).or_else(|| Some(set("HOME")?.join(at_home)))
    };
    Some(folder?.join("trunkline"))
}

/// A path that a variable holds.
pub(crate) fn set(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}
