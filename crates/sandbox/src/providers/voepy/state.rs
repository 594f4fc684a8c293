//! The accounts when the sandbox starts, and what a test may look at.

use super::account::Connection;
use super::call::{Market, Tenant};
use super::idempotency::Replays;
use super::inventory::Offer;
use super::ledger::Ledger;
use super::reply::date_time;
use crate::provider::Ids;
use crate::time::Time;
use serde_json::{Value, json};

/// Begins as the page's example does.
const DEFAULT_CONNECTION_ID: &str = "9a8d1c4e-7b20-4f6a-8c31-5d0e9b7a2f64";

/// The tenant of the page's example.
pub(super) fn first_tenant(settings: &crate::settings::Settings) -> Tenant {
    let mut tenant = tenant("Yourco Voice", settings, &mut Ids::new(settings.seed));
    if let Some(default) = tenant.connections.first_mut() {
        default.id = DEFAULT_CONNECTION_ID.to_owned();
    }
    tenant
}

pub(super) fn other_tenant(settings: &crate::settings::Settings) -> Tenant {
    tenant("Otherco Voice", settings, &mut Ids::new(settings.seed ^ u64::MAX))
}

fn tenant(name: &'static str, settings: &crate::settings::Settings, ids: &mut Ids) -> Tenant {
    let id = ids.uuid();
    let connections = settings.voepy.connections.iter().enumerate().map(|(at, name)| Connection {
        id: ids.uuid(),
        name: name.clone(),
        is_default: at == 0,
        created_at: Time::START,
    });
    Tenant {
        id,
        name,
        ledger: Ledger::new(settings.voepy.balance_cents),
        replays: Replays::default(),
        connections: connections.collect(),
        numbers: Vec::new(),
        documents: Vec::new(),
        porting_orders: Vec::new(),
        emergency_addresses: Vec::new(),
        subscriptions: Vec::new(),
        deliveries: Vec::new(),
        notices: Vec::new(),
    }
}

/// Everything about the first tenant but keys and signing secrets.
pub(super) fn show(tenant: &Tenant, market: &Market) -> Value {
    let numbers: Vec<Value> = tenant.numbers.iter().map(|number| number.resource()).collect();
    let messages: u64 = tenant.numbers.iter().map(|number| number.messages_received).sum();
    let reservations: Vec<Value> = market
        .reservations
        .iter()
        .map(|held| json!({"phone_numbers": held.phone_numbers, "expires_at": date_time(held.expires_at)}))
        .collect();
    let ports: Vec<Value> =
        tenant.porting_orders.iter().map(|order| json!({"id": order.id, "status": order.status.name()})).collect();
    let addresses: Vec<&Value> = tenant.emergency_addresses.iter().map(|address| &address.resource).collect();
    let targets: Vec<&str> = tenant.subscriptions.iter().map(|subscription| subscription.target_url.as_str()).collect();
    json!({
        "wallet": {"amount_cents": tenant.ledger.balance_cents, "currency": "USD"},
        "purchases": tenant.ledger.purchases,
        "monthly_charges": tenant.ledger.monthly_charges,
        "stock": market.offers.iter().filter(|offer| Offer::is_free(offer)).count(),
        "numbers": numbers,
        "messages_received": messages,
        "reservations": reservations,
        "porting_orders": ports,
        "documents": tenant.documents.len(),
        "emergency_addresses": addresses,
        "webhook_targets": targets,
        "webhook_deliveries": tenant.deliveries.len(),
    })
}
