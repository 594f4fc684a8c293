//! `GET /v1/numbers/portability-check`, `POST /v1/numbers/csr-coverage`.

use super::call::Call;
use super::input::{check_phone_numbers, restore_plus};
use super::lookup::carrier_of;
use super::numbers::{PhoneNumber, Status};
use super::refusal::Refusal;
use super::reply::whole_list;
use crate::http::Response;
use serde_json::{Value, json};

pub(super) fn portability_check(call: &mut Call<'_>) -> Result<Response, Refusal> {
    let query = call.query(&["phone_numbers"])?;
    let list = query.required("phone_numbers")?;
    let numbers: Vec<String> = list.split(',').map(|number| restore_plus(number, call.lenient)).collect();
    check_phone_numbers(&numbers, call.settings.max_numbers_per_request)?;
    let rows = numbers.iter().map(|number| {
        let obstacle = obstacle(number, &call.tenant.numbers);
        json!({
            "phone_number": number,
            "portable": obstacle.is_none(),
            "losing_carrier": carrier_of(number),
            "reason": obstacle,
        })
    });
    Ok(whole_list(200, rows.collect(), call.settings))
}

/// A customer service record is to be had where a number can be ported.
pub(super) fn csr_coverage(call: &mut Call<'_>) -> Result<Response, Refusal> {
    let numbers = call.body(&["phone_numbers"])?.phone_numbers(call.settings.max_numbers_per_request)?;
    let rows: Vec<Value> = numbers
        .iter()
        .map(|number| {
            json!({
                "phone_number": number,
                "covered": obstacle(number, &call.tenant.numbers).is_none(),
                "losing_carrier": carrier_of(number),
            })
        })
        .collect();
    Ok(whole_list(200, rows, call.settings))
}

/// Why a number cannot be ported in. Ports are for the North American plan, where a CSR exists.
pub(super) fn obstacle(number: &str, owned: &[PhoneNumber]) -> Option<&'static str> {
    let held = |own: &&PhoneNumber| matches!(own.status, Status::Pending | Status::Active) && own.e164 == number;
    if owned.iter().find(held).is_some() {
        return Some("already_on_account");
    }
    if number.starts_with("+1") && number.len() == 12 { None } else { Some("country_not_supported") }
}
