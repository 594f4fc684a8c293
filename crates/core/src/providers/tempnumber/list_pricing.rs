//! `GET /pricing`: every price.

use super::pricing::Catalogue;
use super::{CountryPricing, TempNumber};
use crate::draft::Draft;
use crate::error::Result;
use crate::operation::{Endpoint, Operation};
use crate::reply::Reply;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// List the prices of every country. They are live: nothing holds one until the purchase.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ListPricing {}

impl Operation for ListPricing {
    type Provider = TempNumber;
    type Output = Vec<CountryPricing>;
    const ENDPOINT: Endpoint = Endpoint::get("tempnumber.list_pricing", "/pricing");

    fn encode(&self, _: &TempNumber, _: &mut Draft) -> Result<()> {
        Ok(())
    }

    fn decode(&self, _: &TempNumber, reply: &Reply<'_>) -> Result<Vec<CountryPricing>> {
        reply.json::<Catalogue>().map(|catalogue| catalogue.0)
    }
}
