//! `GET /rentals`: the last hundred rentals.

use super::{Listed, RentNumber, Rental, RentalStatus, naira};
use crate::draft::Draft;
use crate::error::Result;
use crate::id::Id;
use crate::money::Money;
use crate::operation::{Endpoint, Operation};
use crate::phone::PhoneNumber;
use crate::reply::Reply;
use crate::time::Timestamp;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// List the last hundred rentals.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ListRentals {}

/// A rental as the list shows it: without SMS, code and end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PastRental {
    /// For `rentnumber.get_rental`.
    pub rental_id: Id,
    /// The service, for people.
    pub service: Option<String>,
    /// The country, for people.
    pub country: Option<String>,
    /// The supplier, for people.
    pub provider: Option<String>,
    /// Absent while it is still being allocated. (`phone` at RentNumber.)
    #[serde(alias = "phone")]
    pub phone_number: Option<PhoneNumber>,
    /// How far along it is.
    pub status: RentalStatus,
    /// What it cost, in naira.
    #[serde(deserialize_with = "naira")]
    pub cost: Money,
    /// Written without a zone: read in the account's `utc_offset`.
    pub created_at: Option<Timestamp>,
}

impl PastRental {
    pub(super) fn into_rental(self) -> Rental {
        let Self { rental_id, phone_number, status, cost, created_at, .. } = self;
        Rental { rental_id, phone_number, status, code: None, sms: None, cost, created_at, expires_at: None }
    }
}

impl Operation for ListRentals {
    type Provider = RentNumber;
    type Output = Vec<PastRental>;
    const ENDPOINT: Endpoint = Endpoint::get("rentnumber.list_rentals", "/rentals");

    fn encode(&self, _: &RentNumber, _: &mut Draft) -> Result<()> {
        Ok(())
    }

    fn decode(&self, _: &RentNumber, reply: &Reply<'_>) -> Result<Vec<PastRental>> {
        let mut listed: Listed<PastRental> = reply.json()?;
        for rental in &mut listed.data {
            rental.created_at = rental.created_at.map(|at| at.in_zone(reply.utc_offset));
        }
        Ok(listed.data)
    }
}
