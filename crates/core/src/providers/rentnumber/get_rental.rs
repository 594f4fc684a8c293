//! `GET /rental/{id}`: one rental, and the code it received.

use super::{RentNumber, Rental};
use crate::draft::Draft;
use crate::error::Result;
use crate::id::Id;
use crate::operation::{Endpoint, Operation};
use crate::reply::Reply;
use crate::wait::{Progress, Waits};
use crate::wire::record::Deserialize;
use serde::Serialize;
use std::time::Duration;

/// Read one rental and the SMS it received. Can be waited for, until the SMS is there. RentNumber asks its supplier each
/// time, so that status 502 says nothing about the rental.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GetRental {
    /// Which.
    pub rental_id: Id,
}

impl Operation for GetRental {
    type Provider = RentNumber;
    type Output = Rental;
    const ENDPOINT: Endpoint = Endpoint::get("rentnumber.get_rental", "/rental/{rental_id}");

    fn encode(&self, _: &RentNumber, draft: &mut Draft) -> Result<()> {
        draft.fill("rental_id", self.rental_id.as_str())
    }

    fn decode(&self, _: &RentNumber, reply: &Reply<'_>) -> Result<Rental> {
        reply.json::<Rental>().map(|rental| rental.in_zone(reply.utc_offset))
    }
}

impl Waits for GetRental {
    // As the page's own example does.
    const EVERY: Duration = Duration::from_secs(5);

    fn progress(rental: &Rental) -> Progress {
        rental.status.progress()
    }
}
