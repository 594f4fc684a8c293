//! Where accounts come from: the environment, and a file.

use crate::exit::Failure;
use crate::folders::{self, Kind};
use crate::output;
use std::path::Path;
use trunkline::Config;

/// The accounts. What the environment says goes before what the file says.
pub(crate) fn load(said: Option<&Path>) -> Result<Config, Failure> {
    let mut config = Config::default();
    config.add_environment(variables());
    let named = said.map(Path::to_owned).or_else(|| folders::set("TRUNKLINE_CONFIG"));
    let default_path = folders::of(Kind::Configuration).map(|folder| folder.join("config.json"));
    let file = match named {
        Some(path) => Some(read(&path)?),
        None => match default_path.filter(|path| path.is_file()) {
            Some(path) => Some(read(&path)?),
            None => None,
        },
    };
    if let Some(file) = file {
        config.add(file);
    }
    Ok(config)
}

fn variables() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
}

fn read(path: &Path) -> Result<Config, Failure> {
    let shown = path.display();
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::Local(format!("the accounts cannot be read from {shown}: {error}")))?;
    warn_if_others_can_read(path, "credentials");
    Config::from_json(&text)
        .map_err(|error| Failure::Api(error.with(|it| it.message = format!("{shown}: {}", it.message))))
}

/// Says so when other users can read a file that holds `what`.
pub(crate) fn warn_if_others_can_read(path: &Path, what: &str) {
    if others_can_read(path) {
        let shown = path.display();
        output::complain(&format!("warning: other users can read {shown}, which holds {what}: chmod 600 {shown}"));
    }
}

#[cfg(unix)]
fn others_can_read(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 0o044 != 0)
}

#[cfg(not(unix))]
fn others_can_read(_: &Path) -> bool {
    false
}
