//! A group of numbers.

use super::shapes::Loose;
use crate::id::Id;
use crate::time::Timestamp;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// A group of numbers with its own webhooks and configuration: a brand, or a customer of one's own. The page does not show
/// one: every name here is assumed, and what is not found is absent; the raw reply has all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Connection {
    /// For `connection_id` of `voepy.update_number` and `voepy.list_numbers`.
    pub id: Option<Id>,
    /// For people.
    pub name: Option<String>,
    /// Whether it is the one that `voepy.get_connection` gives.
    pub is_default: Option<bool>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct WireConnection {
    id: Loose<Id>,
    connection_id: Loose<Id>,
    name: Loose<String>,
    is_default: Loose<bool>,
    default: Loose<bool>,
    created_at: Loose<Timestamp>,
}

impl From<WireConnection> for Connection {
    fn from(wire: WireConnection) -> Self {
        Self {
            id: wire.id.0.or(wire.connection_id.0),
            name: wire.name.0,
            is_default: wire.is_default.0.or(wire.default.0),
            created_at: wire.created_at.0,
        }
    }
}
