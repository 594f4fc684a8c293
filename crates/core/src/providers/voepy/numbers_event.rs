//! Webhooks: what Voepy posts to the `target_url` of a subscription. The pages name events, and say that they are
//! signed; neither how, nor what is in them. Every name here is assumed, as is the signature: what fits it is marked as
//! unverified, and a program that knows better brings its own verifier.

use super::shapes::{Loose, NamedNumber, found};
use crate::error::Result;
use crate::events::{
    Event, EventContent, EventRequest, EventSource, SignatureAlgorithm, Signing, Trust, Verification, check_age,
    malformed, unauthenticated,
};
use crate::id::Id;
use crate::phone::PhoneNumber;
use crate::time::Timestamp;
use crate::wire::json;
use crate::wire::record::Deserialize;
use serde::Serialize;
use std::time::Duration;

/// Assumed: `t=<seconds since 1970>,v1=<HMAC-SHA256(signing_secret, t "." body)>`.
const SIGNATURE: &str = "voepy-signature";

/// Assumed: each attempt is signed anew.
const TOLERANCE: Duration = Duration::from_secs(300);

pub(crate) const EVENTS: EventSource = EventSource { slug: "voepy", read };

/// How an order of numbers, or their porting, goes on. What is not found is absent; the event's `raw` has all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NumbersEvent {
    /// `number_order.completed`, or a word that begins with `porting_order.`
    pub event_type: String,
    /// The order's id.
    pub order_id: Option<Id>,
    /// How far along it is, in Voepy's word.
    pub status: Option<String>,
    /// What is ordered, or ported.
    pub phone_numbers: Vec<PhoneNumber>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wire {
    id: Loose<Id>,
    event_id: Loose<Id>,
    #[serde(rename = "type")]
    kind: Loose<String>,
    event_type: Loose<String>,
    event: Loose<String>,
    created_at: Loose<Timestamp>,
    occurred_at: Loose<Timestamp>,
    timestamp: Loose<Timestamp>,
    data: Loose<WireOrder>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct WireOrder {
    id: Loose<Id>,
    order_id: Loose<Id>,
    number_order_id: Loose<Id>,
    porting_order_id: Loose<Id>,
    status: Loose<String>,
    phone_numbers: Loose<Vec<NamedNumber>>,
    numbers: Loose<Vec<NamedNumber>>,
}

fn read(request: &EventRequest<'_>, verification: &Verification<'_>, now: Timestamp) -> Result<Option<Event>> {
    request.check_post()?;
    let trust = verification.check(request, |signing| check_signature(request, signing, now))?;
    let raw = request.text()?.to_owned();
    let wire: Wire = json::decode(request.body).map_err(|fault| malformed(&fault.path, &fault.message))?;
    let id = wire.event_id.0.or(wire.id.0);
    let occurred_at = wire.occurred_at.0.or(wire.created_at.0).or(wire.timestamp.0);
    let event_type = wire.event_type.0.or(wire.kind.0).or(wire.event.0);
    let content = match event_type {
        Some(event_type) if event_type.starts_with("number_order.") || event_type.starts_with("porting_order.") => {
            EventContent::VoepyNumbers(wire.data.0.unwrap_or_default().into_event(event_type))
        }
        event_type => EventContent::Other { event_type },
    };
    Ok(Some(Event { provider: EVENTS.slug.to_owned(), id, occurred_at, trust, content, raw: vec![raw] }))
}

impl WireOrder {
    fn into_event(self, event_type: String) -> NumbersEvent {
        let numbers = if self.phone_numbers.0.is_some() { self.phone_numbers } else { self.numbers };
        NumbersEvent {
            event_type,
            order_id: self.order_id.0.or(self.number_order_id.0).or(self.porting_order_id.0).or(self.id.0),
            status: self.status.0,
            phone_numbers: found(numbers),
        }
    }
}

fn check_signature(request: &EventRequest<'_>, signing: &Signing, now: Timestamp) -> Result<Trust> {
    let algorithm = signing.check_algorithm(SignatureAlgorithm::HmacSha256)?;
    let refused = || {
        let why = "it has no Voepy-Signature of the form assumed here, or one that does not fit; how Voepy signs is not \
                   documented: check the signing_secret, or bring a verifier of your own";
        unauthenticated(why)
    };
    let header = request.header(SIGNATURE)?.ok_or_else(refused)?;
    let field = |name| {
        let mut values = header.split(',').filter_map(|pair| pair.trim().split_once('=')).filter(|(it, _)| *it == name);
        values.next().filter(|_| values.next().is_none()).map(|(_, value)| value).ok_or_else(refused)
    };
    let (time, signature) = (field("t")?, field("v1")?);
    if !signing.signed(algorithm, &[time.as_bytes(), b".", request.body], signature) {
        return Err(refused());
    }
    let nanos = time.parse::<i64>().ok().and_then(|seconds| seconds.checked_mul(1_000_000_000));
    let signed_at = nanos.map(Timestamp::from_nanos).ok_or_else(refused)?;
    check_age(signed_at, now, signing.tolerance.unwrap_or(TOLERANCE))?;
    Ok(Trust::Unverified)
}
