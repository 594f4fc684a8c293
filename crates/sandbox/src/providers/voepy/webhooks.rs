//! `POST /v1/webhook-subscriptions`, `GET /v1/webhook-deliveries`.

use super::call::{Call, Tenant};
use super::input::Body;
use super::refusal::Refusal;
use super::reply::{date_time, page};
use super::settings::Settings;
use crate::events::{Content, Notice, Progress, Seal, Stage, signing};
use crate::http::{Request, Response};
use crate::provider::Ids;
use crate::time::Time;
use serde_json::{Value, json};
use std::time::Duration;

/// As the page has it: later than that is no answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// Whom to tell what. The signing secret is answered once and kept out of sight.
pub(super) struct Subscription {
    pub(super) id: String,
    pub(super) target_url: String,
    pub(super) event_types: Vec<String>,
    pub(super) connection_id: Option<String>,
    signing_secret: String,
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
    progress: Progress,
}

impl Delivery {
    fn resource(&self) -> Value {
        json!({
            "id": self.id,
            "subscription_id": self.subscription_id,
            "event_type": self.event_type,
            "resource_id": self.resource_id,
            "status": match self.progress.stage {
                Stage::Pending => "pending",
                Stage::Delivered => "delivered",
                Stage::Failed => "failed",
            },
            "attempts": self.progress.attempts,
            "response_status": self.progress.status,
            "created_at": date_time(self.created_at),
        })
    }
}

/// An event for one subscriber. No page shows its body or its signature: both are ASSUMPTIONS.
pub(super) struct Webhook {
    pub(super) body: Value,
    pub(super) secret: String,
}

impl Content for Webhook {
    /// Signed anew for each attempt: the moment is signed as well.
    fn write(&self, to: Request, at: Time, seal: Seal) -> Request {
        let moment = at.0.div_euclid(1_000);
        let signature = signing::hmac_sha256(&self.secret, format!("{moment}.{}", self.body).as_bytes());
        let mut body = self.body.clone();
        if seal == Seal::Broken {
            body["data"]["status"] = json!("changed");
        }
        let mut request = to.posting("application/json", body.to_string());
        if seal != Seal::Missing {
            request.headers.push(("Voepy-Signature".to_owned(), format!("t={moment},v1={signature}")));
        }
        request
    }
}

/// What happened to which resource, and when.
pub(super) struct Event {
    pub(super) event_type: String,
    pub(super) resource_id: String,
    pub(super) data: Value,
    /// The connection that the resource is under.
    pub(super) scope: Option<String>,
    pub(super) at: Time,
}

impl Tenant {
    /// Queues an event for every subscription that wants it.
    pub(super) fn announce(&mut self, event: &Event, ids: &mut Ids, settings: &Settings) {
        let wants = |subscription: &&Subscription| subscription.wants(&event.event_type, event.scope.as_deref());
        let subscribers: Vec<&Subscription> = self.subscriptions.iter().filter(wants).collect();
        if subscribers.is_empty() {
            return;
        }
        // One id for all subscribers: by it a program tells whether it has seen the event.
        let body = json!({
            "id": ids.uuid(),
            "event_type": event.event_type,
            "created_at": date_time(event.at),
            "data": event.data,
        });
        for subscription in subscribers {
            let delivery = Delivery {
                id: ids.uuid(),
                subscription_id: subscription.id.clone(),
                event_type: event.event_type.clone(),
                resource_id: event.resource_id.clone(),
                created_at: event.at,
                progress: Progress { attempts: 0, status: None, stage: Stage::Pending },
            };
            self.notices.push(Notice {
                happened: event.at,
                url: subscription.target_url.clone(),
                content: Box::new(Webhook { body: body.clone(), secret: subscription.signing_secret.clone() }),
                retries: settings.webhook_retries,
                answer_within: ANSWER_WITHIN,
                reference: delivery.id.clone(),
            });
            self.deliveries.push(delivery);
        }
    }

    /// How far a delivery has come.
    pub(super) fn told(&mut self, id: &str, progress: Progress) {
        if let Some(delivery) = self.deliveries.iter_mut().rfind(|delivery| delivery.id == id) {
            delivery.progress = progress;
        }
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
    call.tenant.subscriptions.push(Subscription { id, target_url, event_types, connection_id, signing_secret });
    Ok(Response::json(call.settings.created_status, &resource))
}

pub(super) fn deliveries(call: &mut Call<'_>) -> Result<Response, Refusal> {
    let query = call.query(&["cursor", "limit"])?;
    page(&call.tenant.deliveries, |_| true, Delivery::resource, &query, call.settings)
}

/// The page wants https. A program on this machine rarely has a certificate: there http will do.
fn target_url(body: &Body) -> Result<&str, Refusal> {
    let url = body.required_text("target_url")?;
    let plain = url.strip_prefix("http://").filter(|rest| is_loopback(rest));
    let rest = url.strip_prefix("https://").or(plain).unwrap_or_default();
    if rest.split('/').next().unwrap_or_default().is_empty() || url.contains(char::is_whitespace) {
        return Err(Refusal::invalid("target_url", "must be an https URL"));
    }
    Ok(url)
}

fn is_loopback(url: &str) -> bool {
    let authority = url.split(['/', '?', '#']).next().unwrap_or_default();
    ["127.0.0.1", "[::1]", "localhost"].into_iter().any(|host| {
        let port = authority.strip_prefix(host);
        port.is_some_and(|port| port.is_empty() || port.starts_with(':'))
    })
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
