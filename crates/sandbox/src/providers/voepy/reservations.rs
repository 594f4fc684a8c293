//! `POST /v1/number-reservations`: holds numbers against everyone else until the reservation expires.

use super::call::{Call, Market};
use super::refusal::Refusal;
use super::reply::{date_time, single};
use crate::http::Response;
use crate::time::Time;
use serde_json::json;
use std::time::Duration;

/// Numbers that one tenant alone may order for a while.
#[derive(Debug)]
pub(super) struct Reservation {
    pub(super) tenant_id: String,
    pub(super) phone_numbers: Vec<String>,
    pub(super) expires_at: Time,
}

impl Market {
    pub(super) fn reserved_by_another(&self, number: &str, tenant_id: &str) -> bool {
        let of_another = self.reservations.iter().filter(|reservation| reservation.tenant_id != tenant_id);
        of_another.flat_map(|reservation| &reservation.phone_numbers).any(|held| held == number)
    }

    /// Where the number stands in the stock, if this tenant may have it.
    pub(super) fn position_for(&self, number: &str, tenant_id: &str) -> Result<usize, Refusal> {
        let at = self.offers.iter().position(|offer| offer.phone_number == number && offer.is_free());
        at.filter(|_| !self.reserved_by_another(number, tenant_id)).ok_or_else(|| Refusal::number_unavailable(number))
    }

    /// Takes a number out of every reservation: it has been ordered.
    pub(super) fn end_reservation(&mut self, number: &str) {
        for reservation in &mut self.reservations {
            reservation.phone_numbers.retain(|held| held != number);
        }
        self.reservations.retain(|reservation| !reservation.phone_numbers.is_empty());
    }
}

/// All numbers or none. Reserving one's own reserved number again begins its time anew.
pub(super) fn reserve(call: &mut Call<'_>) -> Result<Response, Refusal> {
    let phone_numbers = call.body(&["phone_numbers"])?.phone_numbers(call.settings.max_numbers_per_request)?;
    for number in &phone_numbers {
        call.market.position_for(number, &call.tenant.id)?;
    }
    for number in &phone_numbers {
        call.market.end_reservation(number);
    }
    let expires_at = call.now.after(Duration::from_secs(call.settings.reservation_seconds));
    let resource = json!({
        "id": call.ids.uuid(),
        "phone_numbers": phone_numbers,
        "created_at": date_time(call.now),
        "expires_at": date_time(expires_at),
    });
    call.market.reservations.push(Reservation { tenant_id: call.tenant.id.clone(), phone_numbers, expires_at });
    Ok(single(call.settings.created_status, resource, call.settings))
}
