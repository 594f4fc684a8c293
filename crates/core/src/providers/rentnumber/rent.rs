//! `POST /rent`: rent a number. Debits the wallet.

use super::{ListRentals, RentNumber, Rental};
use crate::call::{Answer, Call, Found};
use crate::draft::Draft;
use crate::error::Result;
use crate::id::Id;
use crate::operation::{BoxFuture, Endpoint, Operation, Recovery};
use crate::reply::Reply;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Rent the number behind one price. Spends: RentNumber has no idempotency keys, so a rental whose answer is lost is looked
/// for in the list of rentals, and never sent again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rent {
    /// `id` of a price that `rentnumber.list_prices` gives.
    pub pricing_id: Id,
}

impl Operation for Rent {
    type Provider = RentNumber;
    type Output = Rental;
    const ENDPOINT: Endpoint = Endpoint::post("rentnumber.rent", "/rent").spends(Recovery::LookAndSettle);

    fn encode(&self, _: &RentNumber, draft: &mut Draft) -> Result<()> {
        draft.form([("pricing_id", self.pricing_id.as_str())]);
        Ok(())
    }

    fn decode(&self, _: &RentNumber, reply: &Reply<'_>) -> Result<Rental> {
        reply.json::<Rental>().map(|rental| rental.in_zone(reply.utc_offset))
    }

    fn bought(&self, rental: &Rental) -> Vec<String> {
        vec![rental.rental_id.to_string()]
    }

    /// The list has neither price ids nor end times, so that only what is new in it tells.
    fn look<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Result<Vec<Found<Rental>>>> {
        Box::pin(async move {
            let Answer { value, response } = call.read(&ListRentals {}).await?;
            let found = |past: super::PastRental| {
                let (id, at) = (past.rental_id.to_string(), past.created_at);
                Found {
                    id,
                    at,
                    no_later_than: None,
                    answer: Answer { value: past.into_rental(), response: response.clone() },
                }
            };
            Ok(value.into_iter().map(found).collect())
        })
    }
}
