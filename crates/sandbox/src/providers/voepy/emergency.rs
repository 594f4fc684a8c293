//! `POST /v1/emergency-addresses`: US and Canada. The call that maps a number to one is named nowhere.

use super::call::Call;
use super::input::{Body, not_one_of};
use super::refusal::Refusal;
use super::reply::{date_time, single};
use crate::http::Response;
use serde_json::{Value, json};

const FIELDS: [&str; 6] =
    ["street_address", "extended_address", "locality", "administrative_area", "postal_code", "country_code"];

const COUNTRIES: [&str; 2] = ["US", "CA"];

/// An address on file.
#[derive(Debug)]
pub(super) struct EmergencyAddress {
    pub(super) resource: Value,
}

pub(super) fn create(call: &mut Call<'_>) -> Result<Response, Refusal> {
    let body = call.body(&FIELDS)?;
    let country_code = body.required_text("country_code")?;
    if !COUNTRIES.contains(&country_code) {
        return Err(not_one_of("country_code", &COUNTRIES));
    }
    let postal_code = body.required_text("postal_code")?;
    if !is_postal_code(postal_code, country_code) {
        return Err(Refusal::invalid("postal_code", &format!("is none of {country_code}")));
    }
    let resource = resource(&body, call.ids.uuid(), &date_time(call.now))?;
    call.tenant.emergency_addresses.push(EmergencyAddress { resource: resource.clone() });
    Ok(single(call.settings.created_status, resource, call.settings))
}

fn resource(body: &Body, id: String, created_at: &str) -> Result<Value, Refusal> {
    Ok(json!({
        "id": id,
        "street_address": body.required_text("street_address")?,
        "extended_address": body.text("extended_address")?,
        "locality": body.required_text("locality")?,
        "administrative_area": body.required_text("administrative_area")?,
        "postal_code": body.required_text("postal_code")?,
        "country_code": body.required_text("country_code")?,
        "created_at": created_at,
    }))
}

/// `78701`, `78701-1234`; `M5V 3L9`, `M5V3L9`.
fn is_postal_code(code: &str, country_code: &str) -> bool {
    let shape: String = code
        .chars()
        .map(|character| match character {
            '0'..='9' => '9',
            'A'..='Z' => 'A',
            other => other,
        })
        .collect();
    match country_code {
        "US" => ["99999", "99999-9999"].contains(&shape.as_str()),
        _ => ["A9A 9A9", "A9A9A9"].contains(&shape.as_str()),
    }
}
