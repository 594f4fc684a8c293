//! `POST /v1/webhook-subscriptions`, `GET /v1/webhook-deliveries`.

use super::call::{Call, Tenant};
use super::input::Body;
use super::refusal::Refusal;
use super::reply::{date_time, page};
use crate::http::Response;
use crate::provider::Ids;
use crate::time::Time;
use serde_json::{Value, json};

/// Whom to tell what. The signing secret is answered once and kept out of sight.
#[derive(Debug)]
pub(super) struct Subscription {
    pub(super) id: String,
    pub(super) target_url: String,
    pub(super) event_types: Vec<String>,
    pub(super) connection_id: Option<String>,
}

impl Subscription {
    fn wants(&self, event_type: &str, connection_id: Option<&str>) -> bool {
        let named = self.event_types.iter().any(|wanted| wanted == "*" || wanted == event_type);
        named && self.connection_id.as_deref().is_none_or(|scope| connection_id == Some(scope))
    }
}

/// An event on its way to a subscriber.
#[derive(Debug)]
pub(super) struct Delivery {
    id: String,
    subscription_id: String,
    event_type: String,
    resource_id: String,
    created_at: Time,
}

impl Delivery {
    /// No attempt is made yet: the sandbox has no outgoing side.
    fn resource(&self) -> Value {
        json!({
            "id": self.id,
            "subscription_id": self.subscription_id,
            "event_type": self.event_type,
            "resource_id": self.resource_id,
            "status": "pending",
            "attempts": 0,
            "created_at": date_time(self.created_at),
        })
    }
}

impl Tenant {
    /// Queues an event for every subscription that wants it.
    pub(super) fn announce(
        &mut self,
        event_type: &str,
        resource_id: &str,
        scope: Option<&str>,
        at: Time,
        ids: &mut Ids,
    ) {
        let subscribers = self.subscriptions.iter().filter(|subscription| subscription.wants(event_type, scope));
        self.deliveries.extend(subscribers.map(|subscription| Delivery {
            id: ids.uuid(),
            subscription_id: subscription.id.clone(),
            event_type: event_type.to_owned(),
            resource_id: resource_id.to_owned(),
            created_at: at,
        }));
    }
}

pub(super) fn subscribe(call: &mut Call<'_>) -> Result<Response, Refusal> {
    let body = call.body(&["target_url", "event_types", "description", "connection_id"])?;
    let target_url = target_url(&body)?.to_owned();
    let event_types = event_types(&body)?;
    if body.text("description")?.is_some_and(|text| text.chars().count() > 200) {
        return Err(Refusal::invalid("description", "must have at most 200 characters"));
    }
    let connection_id = call.connection_id(&body)?.flatten();
    let id = call.ids.uuid();
    // `whsec_` and 32 characters, as on the page.
    let signing_secret = format!("whsec_{:016x}{:016x}", call.ids.next(), call.ids.next());
    let resource = json!({
        "id": id,
        "target_url": target_url,
        "event_types": event_types,
        "signing_secret": signing_secret,
        "is_active": true,
        "created_at": date_time(call.now),
    });
    call.tenant.subscriptions.push(Subscription { id, target_url, event_types, connection_id });
    Ok(Response::json(call.settings.created_status, &resource))
}

pub(super) fn deliveries(call: &mut Call<'_>) -> Result<Response, Refusal> {
    let query = call.query(&["cursor", "limit"])?;
    page(&call.tenant.deliveries, |_| true, Delivery::resource, &query, call.settings)
}

fn target_url(body: &Body) -> Result<&str, Refusal> {
    let url = body.required_text("target_url")?;
    let host = url.strip_prefix("https://").and_then(|rest| rest.split('/').next()).unwrap_or_default();
    if host.is_empty() || url.contains(char::is_whitespace) {
        return Err(Refusal::invalid("target_url", "must be an https URL"));
    }
    Ok(url)
}

/// The page's list of events ends in "…": any `word.word` may be one.
fn event_types(body: &Body) -> Result<Vec<String>, Refusal> {
    let types = body.texts("event_types")?.ok_or_else(|| Refusal::invalid("event_types", "is required"))?;
    let is_word = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let is_event = |name: &String| name.split_once('.').is_some_and(|(left, right)| is_word(left) && is_word(right));
    if types == ["*"] || (!types.is_empty() && types.iter().all(is_event)) {
        return Ok(types);
    }
    Err(Refusal::invalid("event_types", "must be [\"*\"] or names such as number_order.completed"))
}
