//! `POST /v1/webhook-subscriptions`: be told of events.

use super::shapes::read_one;
use super::{Voepy, check_length};
use crate::draft::Draft;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::operation::{Endpoint, Operation};
use crate::reply::Reply;
use crate::secret::Secret;
use crate::time::Timestamp;
use crate::wire::json;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Be told of events: Voepy posts them to a URL. `number_order.completed` and `porting_order.*` are those of numbers. A
/// receiver has ten seconds to answer with a status of success, else Voepy tries again for a day; the same event may
/// therefore come twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateWebhookSubscription {
    /// Where to; `https` only.
    pub target_url: String,
    /// Which events; `["*"]` is all of them.
    pub event_types: Vec<String>,
    /// For people, of 200 characters at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Only events of this connection; `null` or absent: of all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection_id: Option<Id>,
}

/// As the page writes it, with `null` for all connections.
#[derive(Serialize)]
struct Wire<'a> {
    target_url: &'a str,
    event_types: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    connection_id: Option<&'a Id>,
}

/// A subscription to events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WebhookSubscription {
    /// Its id.
    pub id: Id,
    /// Where to.
    pub target_url: Option<String>,
    /// Which events.
    #[serde(default, deserialize_with = "json::null_default")]
    pub event_types: Vec<String>,
    /// With what Voepy signs its events: keep it, for it is shown only here. (How it signs is not documented.)
    pub signing_secret: Option<Secret>,
    /// Whether events are sent.
    pub is_active: Option<bool>,
    /// For people.
    pub description: Option<String>,
    /// Only events of this connection.
    pub connection_id: Option<Id>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
}

impl Operation for CreateWebhookSubscription {
    type Provider = Voepy;
    type Output = WebhookSubscription;
    const ENDPOINT: Endpoint =
        Endpoint::post("voepy.create_webhook_subscription", "/v1/webhook-subscriptions").beyond_seed().returns_secret();

    fn encode(&self, _: &Voepy, draft: &mut Draft) -> Result<()> {
        let https = self.target_url.get(..8).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https://"));
        if !https {
            return Err(Error::invalid_input("target_url", "Voepy posts to https:// only"));
        }
        if self.event_types.is_empty() {
            return Err(Error::invalid_input("event_types", "name at least one, or * for all"));
        }
        check_length("description", self.description.as_deref(), 200)?;
        draft.json(&Wire {
            target_url: &self.target_url,
            event_types: &self.event_types,
            description: self.description.as_deref(),
            connection_id: self.connection_id.as_ref(),
        });
        Ok(())
    }

    fn decode(&self, _: &Voepy, reply: &Reply<'_>) -> Result<WebhookSubscription> {
        read_one(reply)
    }
}
