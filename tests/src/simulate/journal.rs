//! The journal that a world's processes share: what a directory is for real ones, in memory.

use super::Broken;
use trunkline_core::{Consult, Consulted, JournalEntry, Ledger, Survey};

/// A file for each process, and the claims.
pub(super) struct SharedJournal {
    files: Vec<Ledger>,
    /// Of processes that are gone.
    left: Vec<Ledger>,
    claims: Ledger,
    broken: Option<Broken>,
}

impl SharedJournal {
    pub(super) fn new(processes: usize, broken: Option<Broken>) -> Self {
        let files = (0..processes).map(|_| Ledger::default()).collect();
        Self { files, left: Vec::new(), claims: Ledger::default(), broken }
    }

    pub(super) fn record(&mut self, process: usize, entry: JournalEntry) {
        self.files[process].apply(entry);
    }

    /// The process is gone; its file stays.
    pub(super) fn crash(&mut self, process: usize) {
        let mut left = std::mem::take(&mut self.files[process]);
        left.abandon_all();
        self.left.push(left);
    }

    pub(super) fn consult(&mut self, process: usize, question: Consult) -> Consulted {
        match question {
            Consult::Claim(claim) if self.broken == Some(Broken::Claim) => Consulted::Holder(claim.intent),
            Consult::Claim(claim) => Consulted::Holder(self.claims.claim(&claim).to_owned()),
            Consult::Survey(keys) => {
                let holders = match self.broken {
                    Some(Broken::Claim) => keys.iter().map(|_| None).collect(),
                    _ => self.claims.survey(&keys).holders,
                };
                let open = self.files.iter().chain(&self.left).flat_map(Ledger::open).cloned().collect();
                Consulted::Survey(Survey { holders, open })
            }
            Consult::Spent(account) => {
                let files = self.files.iter().chain(&self.left);
                Consulted::Spent(files.flat_map(|file| file.spent(&account)).cloned().collect())
            }
            Consult::Adopt => {
                for left in std::mem::take(&mut self.left) {
                    left.intents().for_each(|intent| self.files[process].keep(intent.clone()));
                }
                Consulted::Adopted(self.files[process].waiting_for_recovery())
            }
            Consult::Release { intent, keys } => {
                self.claims.release(&intent, &keys);
                Consulted::Released
            }
        }
    }

    /// Whether there is anything to recover.
    pub(super) fn waits_for_recovery(&self) -> bool {
        self.files.iter().chain(&self.left).any(|file| !file.waiting_for_recovery().is_empty())
    }
}
