//! Lines of the journal: what was about to be bought, and how it ended. The core owns their form; hosts make them durable.

use crate::money::Money;
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
    /// The account's name in the client; with `@` and its base URL where that is not the provider's own.
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
        /// Ids of what there was before it, where what is bought is known only by being new.
        owned: Vec<String>,
        /// It is under way no longer than this.
        until: Timestamp,
    },
    /// What the purchase costs: it counts towards its account's `spend_limit` until it is known that it was not bought.
    Costs(Money),
    /// Its answer was lost. What became of it is being looked for.
    Lost,
    /// Nobody looks for it any more, for its process is gone; it waits for recovery.
    Abandoned,
    /// The purchase went through.
    Bought {
        /// How the provider names what was bought.
        ids: Vec<String>,
    },
    /// The purchase certainly did not happen. Says why.
    NotBought(String),
    /// Nobody can tell. Ids of what it may have been.
    Unknown(Vec<String>),
    /// It went through in a process that is gone, whose program may not have heard of it.
    Untold {
        /// How the provider names what was bought.
        ids: Vec<String>,
    },
    /// The program has heard of it now.
    Told,
}

impl JournalEntry {
    /// The line, without its end.
    pub fn to_line(&self) -> String {
        to_text(self)
    }

    /// Reads such a line.
    pub fn from_line(line: &str) -> Option<Self> {
        serde_json::from_str(line).ok()
    }
}
