//! `GET /countries`: where numbers can be from.

use super::{Listed, RentNumber};
use crate::draft::Draft;
use crate::error::Result;
use crate::id::Id;
use crate::operation::{Endpoint, Operation};
use crate::reply::Reply;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// List the countries that numbers can be from. Needs no key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ListCountries {}

/// A country that numbers can be from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Country {
    /// For `country_id` of `rentnumber.list_prices`, which does not take the ISO code.
    pub id: Id,
    /// ISO 3166-1 alpha-2.
    pub iso_code: String,
    /// For people.
    pub name: String,
    /// An emoji.
    pub flag: Option<String>,
}

impl Operation for ListCountries {
    type Provider = RentNumber;
    type Output = Vec<Country>;
    const ENDPOINT: Endpoint = Endpoint::get("rentnumber.list_countries", "/countries").public();

    fn encode(&self, _: &RentNumber, _: &mut Draft) -> Result<()> {
        Ok(())
    }

    fn decode(&self, _: &RentNumber, reply: &Reply<'_>) -> Result<Vec<Country>> {
        reply.json::<Listed<Country>>().map(|listed| listed.data)
    }
}
