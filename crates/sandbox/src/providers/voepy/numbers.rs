//! A tenant's numbers: `GET /v1/numbers`, `DELETE /v1/numbers/{id}`.

use super::call::Call;
use super::inventory::{NUMBER_TYPES, Offer};
use super::ledger::next_month;
use super::refusal::Refusal;
use super::reply::{date_time, page, single};
use super::settings::{DeleteReply, Settings};
use crate::http::Response;
use crate::time::Time;
use serde_json::{Map, Value, json};
use std::time::Duration;

/// Where a number is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Pending,
    Active,
    Released,
    /// The carrier refused the activation. The page is silent; the name is assumed.
    Failed,
}

impl Status {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Active => "active",
            Self::Released => "released",
            Self::Failed => "failed",
        }
    }
}

/// A number as its owner sees it.
#[derive(Debug)]
pub(super) struct PhoneNumber {
    pub(super) id: String,
    pub(super) e164: String,
    pub(super) country_code: &'static str,
    pub(super) number_type: &'static str,
    pub(super) capabilities: &'static [&'static str],
    pub(super) status: Status,
    pub(super) monthly_cents: i64,
    pub(super) activation_cents: i64,
    pub(super) connection_id: Option<String>,
    pub(super) ordered_at: Time,
    pub(super) activation_due_at: Time,
    pub(super) activated_at: Option<Time>,
    pub(super) released_at: Option<Time>,
    pub(super) next_fee_at: Option<Time>,
    /// Fields set by `PATCH`; the page's replies show them only once they are set.
    pub(super) configuration: Map<String, Value>,
    pub(super) messages_received: u64,
}

impl PhoneNumber {
    pub(super) fn ordered(id: String, offer: &Offer, now: Time, settings: &Settings) -> Self {
        Self {
            id,
            e164: offer.phone_number.clone(),
            country_code: offer.country_code,
            number_type: offer.number_type,
            capabilities: offer.capabilities,
            status: Status::Pending,
            monthly_cents: offer.monthly_fee_cents,
            activation_cents: offer.activation_fee_cents,
            connection_id: None,
            ordered_at: now,
            activation_due_at: now.after(Duration::from_secs(settings.activation_delay_seconds)),
            activated_at: None,
            released_at: None,
            next_fee_at: None,
            configuration: Map::new(),
            messages_received: 0,
        }
    }

    pub(super) fn activate(&mut self, at: Time) {
        self.status = Status::Active;
        self.activated_at = Some(at);
        self.next_fee_at = Some(next_month(at));
    }

    pub(super) fn messaging_enabled(&self) -> bool {
        self.configuration.get("messaging_enabled") == Some(&Value::Bool(true))
    }

    pub(super) fn resource(&self) -> Value {
        let mut resource = json!({
            "id": self.id,
            "e164": self.e164,
            "country_code": self.country_code,
            "number_type": self.number_type,
            "capabilities": self.capabilities,
            "status": self.status.name(),
            "monthly_price_cents_customer": self.monthly_cents,
            "activation_price_cents_customer": self.activation_cents,
            "connection_id": self.connection_id,
            "ordered_at": date_time(self.ordered_at),
            "activated_at": self.activated_at.map(date_time),
            "released_at": self.released_at.map(date_time),
        });
        if let Value::Object(fields) = &mut resource {
            fields.extend(self.configuration.clone());
        }
        resource
    }
}

pub(super) fn list(call: &mut Call<'_>) -> Result<Response, Refusal> {
    let query = call.query(&["status", "number_type", "connection_id", "limit", "cursor"])?;
    let status = query.one_of("status", &["pending", "active", "released"])?;
    let number_type = query.one_of("number_type", &NUMBER_TYPES)?;
    let connection_id = query.get("connection_id");
    let keep = |number: &PhoneNumber| {
        status.is_none_or(|status| status == number.status.name())
            && number_type.is_none_or(|kind| kind == number.number_type)
            && connection_id.is_none_or(|id| number.connection_id.as_deref() == Some(id))
    };
    page(&call.tenant.numbers, keep, PhoneNumber::resource, &query, call.settings)
}

/// The row stays; the monthly fee ends with the cycle, so that nothing comes back.
pub(super) fn release(call: &mut Call<'_>, id: &str) -> Result<Response, Refusal> {
    call.query(&[])?;
    let number = find(&mut call.tenant.numbers, id)?;
    match number.status {
        Status::Active => {}
        Status::Pending if call.settings.pending_can_be_released => {}
        Status::Pending => return Err(not_yet_active()),
        Status::Released | Status::Failed => return Err(not_active(number)),
    }
    number.status = Status::Released;
    number.released_at = Some(call.now);
    let (e164, resource) = (number.e164.clone(), number.resource());
    call.market.quarantine(&e164, call.now.after(Duration::from_secs(call.settings.quarantine_seconds)));
    Ok(match call.settings.delete_reply {
        DeleteReply::ReleasedResource => single(200, resource, call.settings),
        DeleteReply::Accepted => empty(202),
        DeleteReply::NoContent => empty(204),
    })
}

pub(super) fn find<'a>(numbers: &'a mut [PhoneNumber], id: &str) -> Result<&'a mut PhoneNumber, Refusal> {
    numbers.iter_mut().find(|number| number.id == id).ok_or_else(|| Refusal::not_found("number"))
}

pub(super) fn not_yet_active() -> Refusal {
    Refusal::new(409, "number_not_yet_active", "The number is pending; retry once it is active.")
}

pub(super) fn not_active(number: &PhoneNumber) -> Refusal {
    Refusal::new(409, "number_not_active", format!("The number is {}.", number.status.name()))
}

fn empty(status: u16) -> Response {
    Response { status, headers: Vec::new(), body: Vec::new() }
}
