//! `POST /rental/{id}/cancel`: give a rental up.

use super::{RentNumber, RentalStatus, naira};
use crate::draft::Draft;
use crate::error::Result;
use crate::id::Id;
use crate::money::Money;
use crate::operation::{Endpoint, Operation};
use crate::wire::json;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Cancel a rental. The money comes back if no SMS was received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CancelRental {
    /// Which.
    pub rental_id: Id,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Cancellation {
    /// What the rental is now.
    pub status: RentalStatus,
    /// Whether the money came back.
    #[serde(deserialize_with = "json::flag")]
    pub refunded: bool,
    /// How much of it, in naira.
    #[serde(deserialize_with = "naira")]
    pub amount: Money,
}

impl Operation for CancelRental {
    type Provider = RentNumber;
    type Output = Cancellation;
    const ENDPOINT: Endpoint = Endpoint::post("rentnumber.cancel_rental", "/rental/{rental_id}/cancel");

    fn encode(&self, _: &RentNumber, draft: &mut Draft) -> Result<()> {
        draft.fill("rental_id", self.rental_id.as_str())
    }
}
