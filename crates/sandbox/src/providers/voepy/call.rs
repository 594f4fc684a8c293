//! One call with everything it may touch.

use super::account::Connection;
use super::documents::Document;
use super::emergency::EmergencyAddress;
use super::idempotency::Replays;
use super::input::{Body, Query, no_body};
use super::inventory::Offer;
use super::ledger::Ledger;
use super::numbers::PhoneNumber;
use super::porting::PortingOrder;
use super::refusal::Refusal;
use super::reservations::Reservation;
use super::settings::Settings;
use super::webhooks::{Delivery, Subscription};
use crate::events::Notice;
use crate::http::Request;
use crate::provider::Ids;
use crate::time::Time;

/// One customer of Voepy.
pub(super) struct Tenant {
    pub(super) id: String,
    pub(super) name: &'static str,
    pub(super) ledger: Ledger,
    pub(super) replays: Replays,
    pub(super) connections: Vec<Connection>,
    pub(super) numbers: Vec<PhoneNumber>,
    pub(super) documents: Vec<Document>,
    pub(super) porting_orders: Vec<PortingOrder>,
    pub(super) emergency_addresses: Vec<EmergencyAddress>,
    pub(super) subscriptions: Vec<Subscription>,
    pub(super) deliveries: Vec<Delivery>,
    /// Deliveries not yet under way.
    pub(super) notices: Vec<Notice>,
}

/// What all tenants share.
pub(super) struct Market {
    pub(super) offers: Vec<Offer>,
    pub(super) reservations: Vec<Reservation>,
}

/// An authenticated request.
pub(super) struct Call<'a> {
    pub(super) tenant: &'a mut Tenant,
    pub(super) market: &'a mut Market,
    pub(super) now: Time,
    pub(super) ids: &'a mut Ids,
    pub(super) settings: &'a Settings,
    pub(super) lenient: bool,
    pub(super) request: &'a Request,
}

impl Call<'_> {
    /// The query of a call without a body.
    pub(super) fn query(&self, known: &[&str]) -> Result<Query, Refusal> {
        no_body(self.request)?;
        Query::read(self.request, known, self.lenient)
    }

    /// The body of a call without a query.
    pub(super) fn body(&self, known: &[&str]) -> Result<Body, Refusal> {
        Query::read(self.request, &[], self.lenient)?;
        Body::read(self.request, known, self.lenient)
    }

    /// `connection_id` of a body: absent, null, or a connection of the tenant.
    pub(super) fn connection_id(&self, body: &Body) -> Result<Option<Option<String>>, Refusal> {
        match body.get("connection_id") {
            None => Ok(None),
            Some(value) if value.is_null() => Ok(Some(None)),
            Some(_) => {
                let id = body.required_text("connection_id")?;
                let ours = self.tenant.connections.iter().any(|connection| connection.id == id);
                if ours {
                    Ok(Some(Some(id.to_owned())))
                } else {
                    Err(Refusal::invalid("connection_id", "no such connection"))
                }
            }
        }
    }
}
