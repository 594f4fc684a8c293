//! Numbers on their way to Voepy.

use super::shapes::{Loose, NamedId, NamedNumber, found};
use crate::id::Id;
use crate::phone::PhoneNumber;
use crate::time::Timestamp;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// An order to bring numbers to Voepy; it takes days. The page shows no answer: every name here but those of the order's
/// own parameters is assumed, and what is not found is absent; the raw reply has all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PortingOrder {
    /// Its id.
    pub id: Option<Id>,
    /// How far along it is, in Voepy's word: none is documented.
    pub status: Option<String>,
    /// What is ported.
    pub phone_numbers: Vec<PhoneNumber>,
    /// What was said with the order. (`user_feedback.comment`)
    pub comment: Option<String>,
    /// The documents that go with it. (`documents`)
    pub document_ids: Vec<Id>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    pub updated_at: Option<Timestamp>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct WireOrder {
    id: Loose<Id>,
    porting_order_id: Loose<Id>,
    status: Loose<String>,
    phone_numbers: Loose<Vec<NamedNumber>>,
    user_feedback: Loose<Feedback>,
    documents: Loose<Vec<NamedId>>,
    created_at: Loose<Timestamp>,
    updated_at: Loose<Timestamp>,
}

#[derive(Deserialize)]
struct Feedback {
    comment: Option<String>,
}

impl From<WireOrder> for PortingOrder {
    fn from(wire: WireOrder) -> Self {
        Self {
            id: wire.id.0.or(wire.porting_order_id.0),
            status: wire.status.0,
            phone_numbers: found(wire.phone_numbers),
            comment: wire.user_feedback.0.and_then(|feedback| feedback.comment),
            document_ids: found(wire.documents),
            created_at: wire.created_at.0,
            updated_at: wire.updated_at.0,
        }
    }
}
