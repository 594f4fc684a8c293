//! A journal of purchases in a directory that processes share, on one machine.
//!
//! ```text
//! purchases/
//!   4f1c….journal   lines of one process, locked while it lives; emptied where nothing in it is open
//!   claims          which purchase holds which number: all processes, one at a time
//! ```
//! A line is a checksum, a space and JSON. It is on the disk before [`Directory::record`] returns. A last line that broke off
//! is what a crash leaves, and passed over; any other line that cannot be read is an error, which names the file.
//!
//! The directory has to be on a local disk: locks of network file systems are not to be relied on.

mod claims;
mod lines;

#[cfg(test)]
mod tests;

use claims::Claims;
use lines::{Lines, read_lines};
use std::fmt::Display;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use trunkline_core::ledger::REMEMBERED;
use trunkline_core::{
    Consult, Consulted, JournalEntry, JournalEvent, Ledger, OpenIntent, SPENDING_REMEMBERED, Spending, Survey,
    Timestamp,
};

const EXTENSION: &str = "journal";
/// A file without anything open is emptied from this length on.
const EMPTIED_FROM: u64 = 64 * 1024;

/// A journal in a directory. It is of one process, and ends with it.
#[derive(Debug)]
pub struct Directory {
    folder: PathBuf,
    own: PathBuf,
    state: Mutex<State>,
    /// In a fork of it the file is not its own.
    process: u32,
}

#[derive(Debug)]
struct State {
    lines: Lines,
    ledger: Ledger,
    claims: Claims,
}

impl Directory {
    /// Opens the directory, and makes it where there is none. `name` must be new: random, such as a UUID.
    pub fn open(folder: impl Into<PathBuf>, name: &str) -> Result<Self, String> {
        let folder = folder.into();
        let named = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') && !name.is_empty();
        if !named {
            return Err(format!("a journal's name is letters, digits and hyphens, not {name:?}"));
        }
        make_folder(&folder).map_err(at(&folder))?;
        // Locked before it has the name by which others find it: they take what is not locked for abandoned.
        let (fresh, own) = (folder.join(format!("{name}.new")), folder.join(format!("{name}.{EXTENSION}")));
        let file = File::options().read(true).append(true).create_new(true).open(&fresh).map_err(at(&fresh))?;
        file.try_lock().map_err(at(&fresh))?;
        fs::rename(&fresh, &own).map_err(at(&own))?;
        sync_folder(&folder).map_err(at(&folder))?;
        let claims = Claims::open(folder.join("claims"))?;
        let state = State { lines: Lines::new(file), ledger: Ledger::default(), claims };
        Ok(Self { folder, own, state: Mutex::new(state), process: std::process::id() })
    }

    /// Makes a line durable.
    pub fn record(&self, entry: JournalEntry) -> Result<(), String> {
        let mut state = self.state()?;
        if state.lines.len() >= EMPTIED_FROM && may_be_emptied(&state.ledger, entry.at) {
            state.lines.empty().map_err(at(&self.own))?;
            state.ledger.forget_bought();
        }
        state.lines.append(&entry.to_line()).map_err(at(&self.own))?;
        state.ledger.apply(entry);
        Ok(())
    }

    /// The answer, for all processes.
    pub fn consult(&self, question: Consult) -> Result<Consulted, String> {
        let mut state = self.state()?;
        match question {
            Consult::Claim(claim) => state.claims.claim(&claim).map(Consulted::Holder),
            Consult::Survey(keys) => {
                let holders = state.claims.holders(&keys)?;
                let mut open: Vec<OpenIntent> = state.ledger.open().cloned().collect();
                for other in self.others()? {
                    open.extend(self.open_in(&other)?);
                }
                Ok(Consulted::Survey(Survey { holders, open }))
            }
            Consult::Spent(account) => {
                for other in self.others()? {
                    self.take_over_ended(&mut state, &other)?;
                }
                let mut spent: Vec<Spending> = state.ledger.spent(&account).cloned().collect();
                for other in self.others()? {
                    let Some(file) = open_if_there(&other)? else { continue };
                    spent.extend(read_ledger(&file, &other)?.spent(&account).cloned());
                }
                // A crash while a file was taken over has left its lines twice.
                spent.sort_by(|left, right| left.intent.cmp(&right.intent));
                spent.dedup_by(|left, right| left.intent == right.intent);
                Ok(Consulted::Spent(spent))
            }
            Consult::Adopt => {
                for other in self.others()? {
                    self.take_over(&mut state, &other)?;
                }
                Ok(Consulted::Adopted(state.ledger.waiting_for_recovery()))
            }
            Consult::Release { intent, keys } => {
                state.claims.release(&intent, &keys)?;
                Ok(Consulted::Released)
            }
        }
    }

    /// Not in a fork, where the lock may be held by a thread that is not there.
    fn state(&self) -> Result<MutexGuard<'_, State>, String> {
        if self.process != std::process::id() {
            return Err(at(&self.own)("it is of the process that this one was forked from: open the journal again"));
        }
        Ok(self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The files of other processes.
    fn others(&self) -> Result<Vec<PathBuf>, String> {
        let entries = fs::read_dir(&self.folder).map_err(at(&self.folder))?;
        let mut found = Vec::new();
        for entry in entries {
            let path = entry.map_err(at(&self.folder))?.path();
            if path.extension().is_some_and(|it| it == EXTENSION) && path != self.own {
                found.push(path);
            }
        }
        found.sort();
        Ok(found)
    }

    /// What another process has open; of one that is gone nothing is under way.
    fn open_in(&self, path: &Path) -> Result<Vec<OpenIntent>, String> {
        let Some(file) = open_if_there(path)? else { return Ok(Vec::new()) };
        let mut ledger = read_ledger(&file, path)?;
        if is_abandoned(&file, path)? {
            ledger.abandon_all();
        }
        Ok(ledger.open().cloned().collect())
    }

    /// Copies what a process that is gone has left open, then removes its file. A crash in between leaves lines twice, which
    /// are of the same intents.
    fn take_over(&self, state: &mut State, path: &Path) -> Result<(), String> {
        let Some(file) = open_if_there(path)? else { return Ok(()) };
        // Who took it over meanwhile has removed it before letting go of it.
        if !is_abandoned(&file, path)? || !path.exists() {
            return Ok(());
        }
        let mut left = read_ledger(&file, path)?;
        left.abandon_all();
        for entry in left.lines() {
            state.lines.append(&entry.to_line()).map_err(at(&self.own))?;
            state.ledger.apply(entry);
        }
        fs::remove_file(path).map_err(at(path))
    }

    /// The same where nothing is left to recover: a program that runs often leaves a file each time.
    fn take_over_ended(&self, state: &mut State, path: &Path) -> Result<(), String> {
        let Some(file) = open_if_there(path)? else { return Ok(()) };
        match read_ledger(&file, path)?.intents().next() {
            None => self.take_over(state, path),
            Some(_) => Ok(()),
        }
    }
}

impl Drop for Directory {
    /// What is left open stays, for others to take over; so does what purchases cost. The program of a process that ends in good
    /// order has heard of the rest.
    fn drop(&mut self) {
        let Ok(mut state) = self.state() else { return };
        if !state.ledger.waiting_for_recovery().is_empty() || state.ledger.open().next().is_some() {
            return;
        }
        if state.ledger.spendings().is_empty() {
            let _ = fs::remove_file(&self.own);
            return;
        }
        let told: Vec<JournalEntry> = state.ledger.intents().map(told).collect();
        for entry in told {
            // Unwritten, it is told once more by whoever recovers.
            let _ = state.lines.append(&entry.to_line());
        }
    }
}

fn told(intent: &OpenIntent) -> JournalEntry {
    let (account, event) = (intent.account.clone(), JournalEvent::Told);
    JournalEntry { intent: intent.id.clone(), at: intent.at, account, event }
}

/// Nothing is open, what went through did so long ago (its program has it), and what it cost counts no more.
fn may_be_emptied(ledger: &Ledger, now: Timestamp) -> bool {
    ledger.intents().all(|intent| !intent.is_open() && intent.at + REMEMBERED <= now)
        && ledger.spendings().iter().all(|spending| spending.at + SPENDING_REMEMBERED <= now)
}

fn read_ledger(file: &File, path: &Path) -> Result<Ledger, String> {
    let mut ledger = Ledger::default();
    for (number, line) in read_lines(file, 0).map_err(at(path))?.lines.iter().enumerate() {
        let entry = JournalEntry::from_line(line);
        ledger.apply(entry.ok_or_else(|| at(path)(format!("line {} cannot be read", number + 1)))?);
    }
    Ok(ledger)
}

/// Whether its process is gone; then this one has it.
fn is_abandoned(file: &File, path: &Path) -> Result<bool, String> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(at(path)(error)),
    }
}

/// Another process may have removed it.
fn open_if_there(path: &Path) -> Result<Option<File>, String> {
    match File::options().read(true).append(true).open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(at(path)(error)),
    }
}

/// Its lines hold what was bought and for what: for its owner alone.
fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// A file's name is on the disk when its folder is.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Folders cannot be opened as files here.
#[cfg(not(unix))]
fn sync_folder(_: &Path) -> std::io::Result<()> {
    Ok(())
}

fn at<E: Display>(path: &Path) -> impl Fn(E) -> String + '_ {
    move |problem| format!("{}: {problem}", path.display())
}
