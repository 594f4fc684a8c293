//! `GET /services/{slug}/prices`: offers for one service.

use super::{RentNumber, naira};
use crate::draft::Draft;
use crate::error::Result;
use crate::id::Id;
use crate::money::Money;
use crate::operation::{Endpoint, Operation};
use crate::reply::Reply;
use crate::wire::json;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// List the prices of one service, by supplier and country. Needs no key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ListPrices {
    /// `slug` of a service that `rentnumber.list_services` gives.
    pub slug: String,
    /// Only this country: `id` of one that `rentnumber.list_countries` gives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country_id: Option<Id>,
}

/// The prices of one service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Prices {
    /// The service asked for.
    pub service: Option<Service>,
    /// What can be rented. (`data` at RentNumber.)
    #[serde(alias = "data")]
    pub prices: Vec<Price>,
}

/// A service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Service {
    /// RentNumber's number of it.
    pub id: Id,
    /// Its name in paths.
    pub slug: String,
    /// For people.
    pub name: String,
}

/// One offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Price {
    /// The `pricing_id` of `rentnumber.rent`.
    pub id: Id,
    /// What a rental costs, in naira. Nothing holds it until the rental: compare `cost` of the rental.
    #[serde(deserialize_with = "naira")]
    pub final_price: Money,
    /// How many there are; an offer is listed also when it is 0.
    #[serde(default, deserialize_with = "json::count_option")]
    pub stock: Option<u64>,
    /// The supplier's number.
    pub provider_id: Option<Id>,
    /// The supplier's name.
    pub provider_name: Option<String>,
    /// RentNumber's number of the country.
    pub country_id: Option<Id>,
    /// The country, for people.
    pub country_name: Option<String>,
    /// The country, ISO 3166-1 alpha-2.
    pub iso_code: Option<String>,
}

impl Operation for ListPrices {
    type Provider = RentNumber;
    type Output = Prices;
    const ENDPOINT: Endpoint = Endpoint::get("rentnumber.list_prices", "/services/{slug}/prices").public();

    fn encode(&self, _: &RentNumber, draft: &mut Draft) -> Result<()> {
        draft.fill("slug", &self.slug)?;
        draft.query_option("country_id", self.country_id.as_ref());
        Ok(())
    }

    fn decode(&self, _: &RentNumber, reply: &Reply<'_>) -> Result<Prices> {
        reply.json()
    }
}
