//! Offers that were shown, kept for a day. Their ids are long: a handle of five letters and digits stands for each, made
//! from the id, so that it means the same offer at the same price whatever has been searched for since.

use crate::exit::Failure;
use crate::folders::{self, Kind};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use trunkline::unified::Offer;
use trunkline::{Error, Id};

const KEPT_FOR: Duration = Duration::from_secs(24 * 3600);
/// Without `i`, `l`, `o` and `u`, which are read or heard for others.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH: usize = 5;

/// What stands for that offer.
pub(super) fn handle(offer: &Id) -> String {
    let mut hasher = DefaultHasher::new();
    offer.as_str().hash(&mut hasher);
    let hash = hasher.finish();
    (0..LENGTH).map(|at| char::from(LETTERS[(hash >> (5 * at)) as usize % LETTERS.len()])).collect()
}

/// Keeps them, or says why their handles will not be known.
pub(super) fn keep(offers: &[Offer]) -> Result<(), String> {
    let folder = folder().ok_or("there is no folder for them: set XDG_CACHE_HOME")?;
    let at = |error: io::Error| format!("{}: {error}", folder.display());
    fs::create_dir_all(&folder).map_err(at)?;
    forget_old(&folder).map_err(at)?;
    let now = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default().as_nanos();
    let file = folder.join(format!("{now}-{}", std::process::id()));
    let text = serde_json::to_string(offers).map_err(|error| error.to_string())?;
    // Whoever reads it meanwhile reads all of it or nothing.
    fs::write(&file, text).and_then(|()| fs::rename(&file, file.with_extension("json"))).map_err(at)
}

/// The offer of that handle or id, where it was shown on this machine.
pub(super) fn find(said: &str) -> Result<Option<Offer>, Failure> {
    let is_handle = said.len() == LENGTH;
    let shown = folder().map(|folder| read_all(&folder)).transpose();
    let shown = shown.map_err(|error| Failure::Local(format!("the offers that were shown cannot be read: {error}")))?;
    let is_said = |offer: &Offer| if is_handle { handle(&offer.id) == said } else { offer.id.as_str() == said };
    let mut found: Vec<Offer> = shown.unwrap_or_default().into_iter().filter(is_said).collect();
    found.dedup_by(|left, right| left.id == right.id);
    match found.len() {
        0 if is_handle => Err(wrong(format!("no offer {said} has been shown here in the last day: search again"))),
        0 => Ok(None),
        1 => Ok(found.pop()),
        _ => Err(wrong(format!("{said} stands for several offers: give the id of one, as search --json shows it"))),
    }
}

fn wrong(problem: String) -> Failure {
    Failure::Api(Error::invalid_input("offers", problem))
}

fn folder() -> Option<PathBuf> {
    Some(folders::of(Kind::Cache)?.join("offers"))
}

fn forget_old(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let age = entry.metadata()?.modified()?.elapsed().unwrap_or_default();
        if age > KEPT_FOR {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn read_all(folder: &Path) -> io::Result<Vec<Offer>> {
    let mut offers: Vec<Offer> = Vec::new();
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(offers),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            // What another version has kept is not known here.
            offers.extend(serde_json::from_str::<Vec<Offer>>(&fs::read_to_string(path)?).unwrap_or_default());
        }
    }
    offers.sort_by(|left, right| left.id.cmp(&right.id));
    Ok(offers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_is_five_letters_that_are_the_offers_own() {
        let [first, again, other] = ["eyJh", "eyJh", "eyJi"].map(|id| handle(&id.into()));
        assert_eq!((first.len(), &first), (LENGTH, &again));
        assert_ne!(first, other);
        assert!(first.bytes().all(|byte| LETTERS.contains(&byte)), "{first}");
    }
}
