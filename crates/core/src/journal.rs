//! Lines of the journal: what was about to be bought, and how it ended. The core owns their form; hosts make them durable.

use crate::time::Timestamp;
use crate::wire::writer::to_text;
use serde::{Deserialize, Serialize};

/// One line: in JSON, on one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalEntry {
    /// Joins an intent and its outcome; unique.
    pub intent: String,
    /// When it was written.
    pub at: Timestamp,
    /// The account's name in the client.
    pub account: String,
    /// What happened.
    pub event: JournalEvent,
}

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JournalEvent {
    /// A purchase is about to be sent.
    Intent {
        /// `rentnumber.rent`
        operation: String,
        /// The operation's parameters, as JSON text.
        params: String,
        /// The key under which it goes, where the provider has keys.
        idempotency_key: Option<String>,
    },
    /// The purchase went through.
    Bought {
        /// How to find it at the provider, where that is known.
        id: Option<String>,
    },
    /// The purchase certainly did not happen. Says why.
    NotBought(String),
    /// Nobody can tell. Ids of what it may have been.
    Unknown(Vec<String>),
}

impl JournalEntry {
    /// The line, without its end.
    pub fn to_line(&self) -> String {
        to_text(self)
    }
}
