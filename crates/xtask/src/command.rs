//! Running other programs, with a line for each that says what it is for.

use crate::Result;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// The workspace's root.
pub(crate) fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.ancestors().nth(2).unwrap_or(manifest).to_owned()
}

/// The cargo that runs this.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// Runs it with its output shown, between a line that says what it is for and one that says how long it took.
pub(crate) fn run(purpose: &str, command: &mut Command) -> Result {
    eprintln!("── {purpose}");
    let started = Instant::now();
    let status = command.status().map_err(|error| format!("{purpose}: {} cannot be run: {error}", shown(command)))?;
    let seconds = started.elapsed().as_secs_f64();
    if status.success() {
        eprintln!("── {purpose}: done in {seconds:.1} s");
        Ok(())
    } else {
        Err(format!("{purpose}: failed after {seconds:.1} s: {}", shown(command)))
    }
}

/// Its output as text, or `None` when it cannot be run or fails.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The command as one would type it.
pub(crate) fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}
