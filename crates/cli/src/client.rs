//! The client: accounts, and the journal in which purchases are recorded.

use crate::command::{CONFIG, JOURNAL};
use crate::config;
use crate::exit::Failure;
use crate::folders::{self, Kind};
use clap::ArgMatches;
use std::path::PathBuf;
use std::sync::Arc;
use trunkline::{DirectoryJournal, Trunkline};

/// A client for what does not spend.
pub(crate) fn open(matches: &ArgMatches) -> Result<Trunkline, Failure> {
    Ok(Trunkline::new(accounts(matches)?)?)
}

/// A client for what may spend: it records that in a directory, which other processes share.
pub(crate) fn open_with_journal(matches: &ArgMatches) -> Result<Trunkline, Failure> {
    let journal = DirectoryJournal::open(journal_folder(matches)?)?;
    Ok(Trunkline::builder().config(accounts(matches)?).journal(Arc::new(journal)).build()?)
}

fn accounts(matches: &ArgMatches) -> Result<trunkline::Config, Failure> {
    config::load(matches.get_one::<PathBuf>(CONFIG).map(PathBuf::as_path))
}

/// `--journal`, else `$TRUNKLINE_JOURNAL`, else `trunkline/journal` where programs of this user keep their state.
fn journal_folder(matches: &ArgMatches) -> Result<PathBuf, Failure> {
    let said = matches.get_one::<PathBuf>(JOURNAL).cloned().or_else(|| folders::set("TRUNKLINE_JOURNAL"));
    said.or_else(|| Some(folders::of(Kind::State)?.join("journal"))).ok_or_else(|| {
        let problem = "there is no folder for the journal of purchases: name one by --journal or TRUNKLINE_JOURNAL";
        Failure::Local(problem.to_owned())
    })
}
