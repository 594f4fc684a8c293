//! An SMS that a number received.

use super::guess::Guess;
use crate::id::Id;
use crate::time::{Timestamp, UtcOffset};
use crate::wire::record::Deserialize;
use serde::{Deserializer, Serialize};

/// An SMS that a number received. TempNumber documents no field of it: each is absent where the reply has it under no name
/// that is known here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Sms {
    /// TempNumber's number of it.
    pub id: Option<Id>,
    /// Who sent it: a number, or a name such as “Acme”. (`from` at TempNumber, as far as is known.)
    pub sender: Option<String>,
    /// What it says. (`message` at TempNumber, as far as is known.)
    pub text: Option<String>,
    /// When it came. A time written without a zone is read in the account's `utc_offset`.
    pub received_at: Option<Timestamp>,
}

impl Sms {
    pub(super) fn in_zone(mut self, offset: UtcOffset) -> Self {
        self.received_at = self.received_at.map(|at| at.in_zone(offset));
        self
    }
}

impl<'de> Deserialize<'de> for Sms {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// Every name that a field may have.
        #[derive(Default, Deserialize)]
        #[serde(default)]
        struct Wire {
            id: Guess<Id>,
            from: Guess<Id>,
            sender: Guess<Id>,
            message: Guess<String>,
            text: Guess<String>,
            body: Guess<String>,
            content: Guess<String>,
            #[serde(alias = "receivedAt")]
            received_at: Guess<Timestamp>,
            #[serde(alias = "createdAt")]
            created_at: Guess<Timestamp>,
        }
        let wire = Wire::deserialize(deserializer)?;
        Ok(Self {
            id: wire.id.0,
            sender: wire.sender.or(wire.from).into_text(),
            text: wire.text.or(wire.message).or(wire.body).or(wire.content).0,
            received_at: wire.received_at.or(wire.created_at).0,
        })
    }
}
