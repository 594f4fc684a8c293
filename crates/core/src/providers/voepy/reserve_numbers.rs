//! `POST /v1/number-reservations`: hold numbers while one is chosen.

use super::shapes::{Loose, NamedNumber, found, read_one};
use super::{Voepy, check_phone_numbers};
use crate::draft::Draft;
use crate::error::Result;
use crate::id::Id;
use crate::operation::{Endpoint, Operation};
use crate::phone::PhoneNumber;
use crate::reply::Reply;
use crate::time::Timestamp;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Hold numbers for a while against everyone else, other tenants of Voepy included. `voepy.order_numbers` buys them without
/// naming the reservation; it ends by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReserveNumbers {
    /// Which: `phone_number` of what `voepy.search_available` gives.
    pub phone_numbers: Vec<PhoneNumber>,
}

/// Numbers that are held. Of the answer the page says only that it includes `expires_at`; the other fields are assumed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reservation {
    /// Its id; no call is known that takes it.
    pub id: Option<Id>,
    /// What is held.
    pub phone_numbers: Vec<PhoneNumber>,
    /// Until when.
    pub expires_at: Timestamp,
}

#[derive(Deserialize)]
struct Wire {
    #[serde(default)]
    id: Loose<Id>,
    #[serde(default)]
    reservation_id: Loose<Id>,
    #[serde(default)]
    phone_numbers: Loose<Vec<NamedNumber>>,
    #[serde(default)]
    numbers: Loose<Vec<NamedNumber>>,
    expires_at: Timestamp,
}

impl Operation for ReserveNumbers {
    type Provider = Voepy;
    type Output = Reservation;
    const ENDPOINT: Endpoint = Endpoint::post("voepy.reserve_numbers", "/v1/number-reservations");

    fn encode(&self, _: &Voepy, draft: &mut Draft) -> Result<()> {
        check_phone_numbers(&self.phone_numbers)?;
        draft.json(self);
        Ok(())
    }

    fn decode(&self, _: &Voepy, reply: &Reply<'_>) -> Result<Reservation> {
        let wire: Wire = read_one(reply)?;
        Ok(Reservation {
            id: wire.id.0.or(wire.reservation_id.0),
            phone_numbers: found(Loose(wire.phone_numbers.0.or(wire.numbers.0))),
            expires_at: wire.expires_at,
        })
    }
}
