//! What hosts see of purchases that the journal holds open, and of what became of them: records without enums that hold
//! values, which not every host has.

use crate::ledger::{IntentState, OpenIntent};
use crate::purchase::{Recovered, RecoveredOutcome};
use crate::time::Timestamp;
use crate::wire::writer::to_text;
use serde::Serialize;

/// A purchase whose end is not known.
#[derive(Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OpenPurchase {
    /// Its id in the journal.
    pub intent: String,
    /// When it was begun.
    pub at: Timestamp,
    /// The account's name; with `@` and its base URL where that is not the provider's own.
    pub account: String,
    /// `rentnumber.rent`
    pub operation: String,
    /// The operation's parameters, as JSON text.
    pub params: String,
    /// The key under which it went, where the provider has keys.
    pub idempotency_key: Option<String>,
    /// It is under way no longer than this.
    pub until: Timestamp,
    /// How far it got.
    pub state: PurchaseState,
    /// Where it was looked for: ids of what it may have been.
    pub candidates: Vec<String>,
}

/// How far a purchase got whose end is not known.
#[derive(Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PurchaseState {
    /// It is under way.
    Sent,
    /// Its answer was lost, and it is being looked for.
    Lost,
    /// Nobody works on it any more.
    Abandoned,
    /// It was looked for, and nobody can tell.
    Unknown,
}

/// What became of a purchase that the journal held open.
#[derive(Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RecoveredPurchase {
    /// Its id in the journal.
    pub intent: String,
    /// When it was begun.
    pub at: Timestamp,
    /// The account's name; with `@` and its base URL where that is not the provider's own.
    pub account: String,
    /// `rentnumber.rent`
    pub operation: String,
    /// The operation's parameters, as JSON text.
    pub params: String,
    /// How it ended.
    pub outcome: PurchaseOutcome,
    /// Where it was bought: how the provider names what was.
    pub ids: Vec<String>,
    /// Where it was bought: what the purchase would have answered, as JSON text; absent where it was answered to a process
    /// that is gone.
    pub value: Option<String>,
    /// Where nobody can tell: ids of what it may have been.
    pub candidates: Vec<String>,
    /// Where it was not bought: why that is certain. Where nobody can tell: what stands in the way.
    pub reason: Option<String>,
}

/// How a purchase ended that the journal held open.
#[derive(Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PurchaseOutcome {
    /// It was bought: once.
    Bought,
    /// It was not bought.
    NotBought,
    /// Nobody can tell yet. It stays open.
    Unknown,
}

impl From<OpenIntent> for OpenPurchase {
    fn from(intent: OpenIntent) -> Self {
        let OpenIntent { id, at, account, operation, params, idempotency_key, until, state, .. } = intent;
        let (state, candidates) = match state {
            IntentState::Sent => (PurchaseState::Sent, Vec::new()),
            IntentState::Lost => (PurchaseState::Lost, Vec::new()),
            IntentState::Abandoned => (PurchaseState::Abandoned, Vec::new()),
            IntentState::Unknown(ids) | IntentState::Bought(ids) | IntentState::Untold(ids) => {
                (PurchaseState::Unknown, ids)
            }
        };
        Self { intent: id, at, account, operation, params, idempotency_key, until, state, candidates }
    }
}

impl From<Recovered> for RecoveredPurchase {
    fn from(recovered: Recovered) -> Self {
        let Recovered { intent, at, account, operation, params, outcome } = recovered;
        let (outcome, ids, value, candidates, reason) = match outcome {
            RecoveredOutcome::Bought { ids, value } => (PurchaseOutcome::Bought, ids, value, Vec::new(), None),
            RecoveredOutcome::NotBought { reason } => {
                (PurchaseOutcome::NotBought, Vec::new(), None, Vec::new(), Some(reason))
            }
            RecoveredOutcome::Unknown { candidates, reason } => {
                (PurchaseOutcome::Unknown, Vec::new(), None, candidates, Some(reason))
            }
        };
        Self { intent, at, account, operation, params, outcome, ids, value, candidates, reason }
    }
}

impl RecoveredPurchase {
    pub(super) fn to_json(&self) -> String {
        to_text(self)
    }
}

impl OpenPurchase {
    pub(super) fn list_to_json(purchases: &[Self]) -> String {
        to_text(purchases)
    }
}
