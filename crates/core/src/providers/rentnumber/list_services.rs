//! `GET /services`: what numbers can be rented for.

use super::{Listed, RentNumber, naira};
use crate::draft::Draft;
use crate::error::Result;
use crate::id::Id;
use crate::money::Money;
use crate::operation::{Endpoint, Operation};
use crate::reply::Reply;
use crate::wire::json;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// List the services that numbers can be rented for. Needs no key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ListServices {}

/// A service that numbers can be rented for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OfferedService {
    /// RentNumber's number of it.
    pub id: Id,
    /// For `rentnumber.list_prices`.
    pub slug: String,
    /// For people.
    pub name: String,
    /// How many suppliers offer it.
    #[serde(default, deserialize_with = "json::count_option")]
    pub provider_count: Option<u64>,
    /// The lowest price, in naira.
    #[serde(deserialize_with = "naira")]
    pub min_price: Money,
}

impl Operation for ListServices {
    type Provider = RentNumber;
    type Output = Vec<OfferedService>;
    const ENDPOINT: Endpoint = Endpoint::get("rentnumber.list_services", "/services").public();

    fn encode(&self, _: &RentNumber, _: &mut Draft) -> Result<()> {
        Ok(())
    }

    fn decode(&self, _: &RentNumber, reply: &Reply<'_>) -> Result<Vec<OfferedService>> {
        reply.json::<Listed<OfferedService>>().map(|listed| listed.data)
    }
}
