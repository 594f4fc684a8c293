//! `PATCH /v1/numbers/{id}`: changes the fields that are sent, and no other.

use super::call::Call;
use super::input::{Body, not_one_of};
use super::numbers::{PhoneNumber, Status, find, not_active, not_yet_active};
use super::refusal::Refusal;
use super::reply::single;
use crate::http::Response;
use serde_json::{Map, Value};

const FIELDS: [&str; 7] = [
    "customer_reference",
    "cnam_lookup_enabled",
    "cnam_display_name",
    "tech_prefix_enabled",
    "inbound_call_screening",
    "messaging_enabled",
    "connection_id",
];

const SCREENING: [&str; 3] = ["disabled", "flag_calls", "reject_calls"];

pub(super) fn configure(call: &mut Call<'_>, id: &str) -> Result<Response, Refusal> {
    let body = call.body(&FIELDS)?;
    let connection_id = call.connection_id(&body)?;
    let changes = changes(&body)?;
    let number = find(&mut call.tenant.numbers, id)?;
    match number.status {
        Status::Active => {}
        Status::Pending => return Err(not_yet_active()),
        Status::Released | Status::Failed => return Err(not_active(number)),
    }
    check_messaging(number, &changes)?;
    number.configuration.extend(changes);
    if let Some(connection_id) = connection_id {
        number.connection_id = connection_id;
    }
    Ok(single(200, number.resource(), call.settings))
}

/// Everything but the connection, checked.
fn changes(body: &Body) -> Result<Map<String, Value>, Refusal> {
    if body.is_empty() {
        return Err(Refusal::invalid("body", "names no field to change"));
    }
    let mut changes = Map::new();
    for (name, longest) in [("customer_reference", 120), ("cnam_display_name", 15)] {
        let Some(text) = body.text(name)? else { continue };
        if text.chars().count() > longest {
            return Err(Refusal::invalid(name, &format!("must have at most {longest} characters")));
        }
        changes.insert(name.to_owned(), text.into());
    }
    for name in ["cnam_lookup_enabled", "tech_prefix_enabled", "messaging_enabled"] {
        if let Some(flag) = body.flag(name)? {
            changes.insert(name.to_owned(), flag.into());
        }
    }
    if let Some(screening) = body.text("inbound_call_screening")? {
        if !SCREENING.contains(&screening) {
            return Err(not_one_of("inbound_call_screening", &SCREENING));
        }
        changes.insert("inbound_call_screening".to_owned(), screening.into());
    }
    Ok(changes)
}

fn check_messaging(number: &PhoneNumber, changes: &Map<String, Value>) -> Result<(), Refusal> {
    let wanted = changes.get("messaging_enabled") == Some(&Value::Bool(true));
    if wanted && !number.capabilities.contains(&"sms") {
        return Err(Refusal::invalid("messaging_enabled", "the number cannot do sms"));
    }
    Ok(())
}
