//! `GET /v1/numbers/lookup`: spends, although it is a `GET`.

use super::call::Call;
use super::input::{check_phone_number, not_one_of, restore_plus};
use super::refusal::Refusal;
use super::reply::single;
use crate::http::Response;
use serde_json::json;

/// With a hyphen, unlike everything else at Voepy.
const TYPES: [&str; 2] = ["carrier", "caller-name"];

const CARRIERS: [&str; 4] = ["CarrierX", "Example Mobile", "Example Telecom", "Voepy"];

pub(super) fn lookup(call: &mut Call<'_>) -> Result<Response, Refusal> {
    let query = call.query(&["phone_number", "type"])?;
    let phone_number = restore_plus(query.required("phone_number")?, call.lenient);
    check_phone_number("phone_number", &phone_number)?;
    let kind = query.required("type")?;
    let (fee, resource) = match kind {
        "carrier" => {
            let network_type = if phone_number.starts_with("+447") { "mobile" } else { "landline" };
            let fields = json!({
                "phone_number": phone_number,
                "type": kind,
                "carrier_name": carrier_of(&phone_number),
                "network_type": network_type,
            });
            (call.settings.carrier_lookup_cents, fields)
        }
        "caller-name" => {
            let name = format!("SUBSCRIBER {}", &phone_number[phone_number.len() - 4..]);
            let fields = json!({"phone_number": phone_number, "type": kind, "caller_name": name});
            (call.settings.caller_name_lookup_cents, fields)
        }
        _ => return Err(not_one_of("type", &TYPES)),
    };
    call.tenant.ledger.buy(fee, call.now, call.settings)?;
    Ok(single(200, resource, call.settings))
}

/// Always the same for the same number.
pub(super) fn carrier_of(phone_number: &str) -> &'static str {
    let digits = phone_number.bytes().filter(u8::is_ascii_digit).map(|digit| usize::from(digit - b'0'));
    CARRIERS[digits.sum::<usize>() % CARRIERS.len()]
}
