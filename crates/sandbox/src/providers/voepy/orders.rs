//! `POST /v1/numbers/order`: all numbers or none, the activation fees at once.

use super::call::Call;
use super::input::not_one_of;
use super::inventory::{Availability, NUMBER_TYPES, Offer};
use super::numbers::PhoneNumber;
use super::refusal::Refusal;
use super::search::country_code;
use crate::http::Response;
use serde_json::Value;

pub(super) fn order(call: &mut Call<'_>) -> Result<Response, Refusal> {
    let body = call.body(&["phone_numbers", "country_code", "number_type"])?;
    let phone_numbers = body.phone_numbers(call.settings.max_numbers_per_request)?;
    let country_code = country_code("country_code", body.required_text("country_code")?, call.lenient)?;
    let number_type = body.required_text("number_type")?;
    if !NUMBER_TYPES.contains(&number_type) {
        return Err(not_one_of("number_type", &NUMBER_TYPES));
    }
    let positions = positions(call, &phone_numbers)?;
    check_kind(positions.iter().map(|&at| &call.market.offers[at]), &country_code, number_type)?;
    if call.settings.carrier_down {
        return Err(Refusal::new(502, "carrier_error", "The upstream carrier refused the order."));
    }
    let fee = positions.iter().map(|&at| call.market.offers[at].activation_fee_cents).sum();
    call.tenant.ledger.buy(fee, call.now, call.settings)?;
    let rows: Vec<Value> = positions.into_iter().map(|at| take(call, at)).collect();
    Ok(Response::json(call.settings.created_status, &Value::Array(rows)))
}

fn positions(call: &Call<'_>, phone_numbers: &[String]) -> Result<Vec<usize>, Refusal> {
    phone_numbers.iter().map(|number| call.market.position_for(number, &call.tenant.id)).collect()
}

fn check_kind<'a>(
    offers: impl Iterator<Item = &'a Offer>,
    country_code: &str,
    number_type: &str,
) -> Result<(), Refusal> {
    for offer in offers {
        let number = &offer.phone_number;
        if offer.country_code != country_code {
            return Err(Refusal::invalid("country_code", &format!("{number} is in {}", offer.country_code)));
        }
        if offer.number_type != number_type {
            return Err(Refusal::invalid("number_type", &format!("{number} is {}", offer.number_type)));
        }
    }
    Ok(())
}

fn take(call: &mut Call<'_>, at: usize) -> Value {
    let offer = &mut call.market.offers[at];
    offer.availability = Availability::Owned;
    let number = PhoneNumber::ordered(call.ids.uuid(), offer, call.now, call.settings);
    call.market.end_reservation(&number.e164);
    let resource = number.resource();
    call.tenant.numbers.push(number);
    resource
}
