//! Which purchase holds which number: one file for all processes, written by one at a time.

use crate::at;
use crate::lines::{framed, read_lines};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::Write;
use std::path::PathBuf;
use trunkline_core::{Claim, Ledger};

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Claim(Claim),
    Release { intent: String, keys: Vec<String> },
}

/// The claims as far as they were read.
#[derive(Debug)]
pub(crate) struct Claims {
    path: PathBuf,
    file: File,
    read_to: u64,
    /// For its claims alone.
    ledger: Ledger,
}

impl Claims {
    pub(crate) fn open(path: PathBuf) -> Result<Self, String> {
        let file = File::options().read(true).append(true).create(true).open(&path).map_err(at(&path))?;
        Ok(Self { path, file, read_to: 0, ledger: Ledger::default() })
    }

    /// Who holds it, now that this intent has asked; on the disk where it is new.
    pub(crate) fn claim(&mut self, claim: &Claim) -> Result<String, String> {
        self.locked(|claims| {
            claims.catch_up()?;
            let before = claims.ledger.holder(&claim.key).map(str::to_owned);
            if before.is_none() || before == claim.instead_of {
                claims.write(&Line::Claim(claim.clone()))?;
            }
            Ok(claims.ledger.claim(claim).to_owned())
        })
    }

    /// Gives these up, where this intent holds them.
    pub(crate) fn release(&mut self, intent: &str, keys: &[String]) -> Result<(), String> {
        self.locked(|claims| {
            claims.catch_up()?;
            claims.write(&Line::Release { intent: intent.to_owned(), keys: keys.to_vec() })
        })
    }

    /// Who holds these.
    pub(crate) fn holders(&mut self, keys: &[String]) -> Result<Vec<Option<String>>, String> {
        self.locked(|claims| {
            claims.catch_up()?;
            Ok(claims.ledger.survey(keys).holders)
        })
    }

    /// What broke off of another process's line is taken away first.
    fn write(&mut self, line: &Line) -> Result<(), String> {
        let line = framed(&serde_json::to_string(line).map_err(at(&self.path))?);
        self.file.set_len(self.read_to).map_err(at(&self.path))?;
        let written = self.file.write_all(line.as_bytes()).and_then(|()| self.file.sync_data());
        written.map_err(at(&self.path))?;
        self.catch_up()
    }

    fn locked<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T, String>) -> Result<T, String> {
        self.file.lock().map_err(at(&self.path))?;
        let result = work(self);
        let unlocked = self.file.unlock().map_err(at(&self.path));
        result.and_then(|value| unlocked.map(|()| value))
    }

    fn catch_up(&mut self) -> Result<(), String> {
        let read = read_lines(&self.file, self.read_to).map_err(at(&self.path))?;
        for line in read.lines {
            match serde_json::from_str(&line).map_err(at(&self.path))? {
                Line::Claim(claim) => {
                    self.ledger.claim(&claim);
                }
                Line::Release { intent, keys } => self.ledger.release(&intent, &keys),
            }
        }
        self.read_to = read.end;
        Ok(())
    }
}
