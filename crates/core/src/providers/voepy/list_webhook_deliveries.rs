//! `GET /v1/webhook-deliveries`: what became of events.

use super::Voepy;
use super::shapes::{Listed, Loose};
use crate::draft::Draft;
use crate::error::Result;
use crate::id::Id;
use crate::operation::{Endpoint, Operation};
use crate::paging::{Page, Paged};
use crate::reply::Reply;
use crate::time::Timestamp;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// List the deliveries of events, those included that failed for good.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ListWebhookDeliveries {
    /// `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many on a page at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// What became of one event. Its form is not documented: every name here is assumed, and what is not found is absent; the
/// raw reply has all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WebhookDelivery {
    /// Its id.
    pub id: Option<Id>,
    /// The subscription it is for.
    pub subscription_id: Option<Id>,
    /// The event: `number_order.completed`.
    pub event_type: Option<String>,
    /// How far along it is, in Voepy's word.
    pub status: Option<String>,
    /// How often it was tried.
    pub attempts: Option<u32>,
    /// The HTTP status that the receiver last answered with.
    pub response_status: Option<u16>,
    /// When it was first tried.
    pub created_at: Option<Timestamp>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wire {
    id: Loose<Id>,
    subscription_id: Loose<Id>,
    webhook_subscription_id: Loose<Id>,
    event_type: Loose<String>,
    event: Loose<String>,
    status: Loose<String>,
    attempts: Loose<u32>,
    attempt_count: Loose<u32>,
    response_status: Loose<u16>,
    response_code: Loose<u16>,
    created_at: Loose<Timestamp>,
}

impl From<Wire> for WebhookDelivery {
    fn from(wire: Wire) -> Self {
        Self {
            id: wire.id.0,
            subscription_id: wire.subscription_id.0.or(wire.webhook_subscription_id.0),
            event_type: wire.event_type.0.or(wire.event.0),
            status: wire.status.0,
            attempts: wire.attempts.0.or(wire.attempt_count.0),
            response_status: wire.response_status.0.or(wire.response_code.0),
            created_at: wire.created_at.0,
        }
    }
}

impl Operation for ListWebhookDeliveries {
    type Provider = Voepy;
    type Output = Page<WebhookDelivery>;
    const ENDPOINT: Endpoint = Endpoint::get("voepy.list_webhook_deliveries", "/v1/webhook-deliveries").beyond_seed();

    fn encode(&self, _: &Voepy, draft: &mut Draft) -> Result<()> {
        draft.query_option("cursor", self.cursor.as_ref());
        draft.query_option("limit", self.limit);
        Ok(())
    }

    fn decode(&self, _: &Voepy, reply: &Reply<'_>) -> Result<Page<WebhookDelivery>> {
        reply.json::<Listed<Wire>>().map(Listed::into_page)
    }
}

impl Paged for ListWebhookDeliveries {
    type Item = WebhookDelivery;

    fn at_page(self, token: &str) -> Self {
        Self { cursor: Some(token.to_owned()), ..self }
    }
}
