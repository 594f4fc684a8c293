//! `…/availableNumbers`: list, get one, `:rent`, `:rentAny`.

use super::active_number::ActiveNumber;
use super::call::{Call, Version};
use super::changes::{Changes, known_fields};
use super::filter::{Filter, capability_names};
use super::input::{Body, Query};
use super::refusal::Refusal;
use super::stock::{NumberType, Offer};
use crate::http::Response;
use serde_json::{Value, json};

const SEARCH: [&str; 6] =
    ["regionCode", "type", "numberPattern.searchPattern", "numberPattern.pattern", "size", "pageSize"];

pub(super) fn list(call: &mut Call<'_>, _: &str) -> Result<Response, Refusal> {
    let capability = call.version.search_capability();
    let query = call.query(&SEARCH, capability_names(&capability, call.lenient))?;
    let filter = Filter::from_query(&query, capability, call.lenient)?;
    if call.version == Version::V1 && filter.region_code.is_none() {
        return Err(Refusal::field("regionCode", "is required"));
    }
    if call.version == Version::V1 && filter.number_type.is_none() {
        return Err(Refusal::field("type", "is required"));
    }
    let size = query.size(call.settings.max_size)?.unwrap_or(call.settings.default_search_size);
    let found = call.project.offers.iter().filter(|offer| offer.is_free && matches(&filter, offer));
    let rows: Vec<Value> = found.take(size).map(|offer| resource(call, offer)).collect();
    Ok(Response::json(200, &call.list("availableNumbers", rows)))
}

pub(super) fn get(call: &mut Call<'_>, number: &str) -> Result<Response, Refusal> {
    call.query(&[], &[])?;
    let at = position(call, number)?;
    Ok(Response::json(200, &resource(call, &call.project.offers[at])))
}

/// The guide answers with the number alone, v1 with the whole resource.
pub(super) fn rent(call: &mut Call<'_>, number: &str) -> Result<Response, Refusal> {
    Query::read(call.request, &[], &[], call.lenient)?;
    let body = Body::optional(call.request, known_fields(call.version), call.lenient)?;
    let changes = Changes::read(&body, call.version, call.lenient)?;
    refuse_trial(call)?;
    let at = position(call, number)?;
    take(call, at, changes)
}

/// The first number that fits; US local numbers only.
pub(super) fn rent_any(call: &mut Call<'_>, _: &str) -> Result<Response, Refusal> {
    let search = ["regionCode", "type", "capabilities", "numberPattern"];
    let known = [&search, known_fields(Version::V1)].concat();
    let body = call.body(&known)?;
    let filter = Filter::from_body(&body, call.lenient)?;
    if filter.region_code.as_deref() != Some("US") || filter.number_type != Some(NumberType::Local) {
        return Err(Refusal::field("type", "only US LOCAL numbers can be rented so"));
    }
    let changes = Changes::read(&body, Version::V1, call.lenient)?;
    refuse_trial(call)?;
    let fits = |offer: &Offer| offer.is_free && matches(&filter, offer);
    let at = call.project.offers.iter().position(fits).ok_or_else(|| Refusal::missing("AvailableNumber", ""))?;
    take(call, at, changes)
}

fn take(call: &mut Call<'_>, at: usize, changes: Changes) -> Result<Response, Refusal> {
    let offer = &call.project.offers[at];
    if offer.needs_documents {
        return Err(Refusal::field("phoneNumber", "supporting documentation is required: use a number order"));
    }
    let mut number = ActiveNumber::rented(offer, call.now);
    changes.check(&number, call.version, call.settings)?;
    let price = offer.setup_minor + offer.monthly_minor;
    // No page says how an empty wallet is refused; this is worded as the trial account's refusal.
    if call.project.balance_minor < price {
        return Err(Refusal::not_permitted("AvailableNumber", "Insufficient balance"));
    }
    changes.apply(&mut number, call.now, call.settings);
    call.project.balance_minor -= price;
    call.project.purchases += 1;
    call.project.offers[at].is_free = false;
    let response = match call.version {
        Version::V1Alpha1 => Response::json(200, &json!({"phoneNumber": number.phone_number})),
        Version::V1 => call.reply(&number),
    };
    call.project.active.push(number);
    Ok(response)
}

fn refuse_trial(call: &Call<'_>) -> Result<(), Refusal> {
    if !call.settings.trial_account {
        return Ok(());
    }
    Err(Refusal::not_permitted("AvailableNumber", "Trial account is not enabled to rent number"))
}

fn position(call: &Call<'_>, number: &str) -> Result<usize, Refusal> {
    let at = call.project.offers.iter().position(|offer| offer.is_free && offer.phone_number == number);
    at.ok_or_else(|| Refusal::missing("AvailableNumber", number))
}

fn matches(filter: &Filter, offer: &Offer) -> bool {
    filter.matches(&offer.phone_number, offer.region_code, offer.number_type, offer.capability)
}

fn resource(call: &Call<'_>, offer: &Offer) -> Value {
    offer.resource(&call.settings.currency, call.version == Version::V1)
}
