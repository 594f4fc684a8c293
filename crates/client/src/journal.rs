//! Where purchases are recorded before they are sent.

use crate::transport::BoxFuture;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use trunkline_core::{JournalEntry, JournalEvent};

/// Keeps lines. A purchase is sent only when its line is durable.
pub trait Journal: Send + Sync + 'static {
    /// Makes the line durable, or says why it cannot.
    fn record(&self, entry: JournalEntry) -> BoxFuture<'_, Result<(), String>>;
}

/// The journal that is used unless another is given: in memory, so that it outlives no crash. It keeps the intents whose
/// end is not known.
#[derive(Debug, Default)]
pub struct MemoryJournal {
    open: Mutex<BTreeMap<String, JournalEntry>>,
}

impl MemoryJournal {
    /// Purchases that were begun and of which nobody knows how they ended.
    pub fn open(&self) -> Vec<JournalEntry> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }
}

impl Journal for MemoryJournal {
    fn record(&self, entry: JournalEntry) -> BoxFuture<'_, Result<(), String>> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        match entry.event {
            JournalEvent::Intent { .. } => {
                open.insert(entry.intent.clone(), entry);
            }
            JournalEvent::Bought { .. } | JournalEvent::NotBought(_) => {
                open.remove(&entry.intent);
            }
            JournalEvent::Unknown(_) => {}
        }
        Box::pin(std::future::ready(Ok(())))
    }
}
