//! `GET /pricing/{countryCode}`: the prices of one country.

use super::pricing::WireCountry;
use super::{CountryPricing, TempNumber, country_code};
use crate::draft::Draft;
use crate::error::Result;
use crate::operation::{Endpoint, Operation};
use crate::reply::Reply;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Read the prices of one country.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GetCountryPricing {
    /// ISO 3166-1 alpha-2, in capitals or not. (`countryCode` at TempNumber.)
    pub country_code: String,
}

impl Operation for GetCountryPricing {
    type Provider = TempNumber;
    type Output = CountryPricing;
    const ENDPOINT: Endpoint = Endpoint::get("tempnumber.get_country_pricing", "/pricing/{country_code}");

    fn encode(&self, _: &TempNumber, draft: &mut Draft) -> Result<()> {
        draft.fill("country_code", &country_code(&self.country_code)?)
    }

    fn decode(&self, _: &TempNumber, reply: &Reply<'_>) -> Result<CountryPricing> {
        let asked_for = country_code(&self.country_code)?;
        reply.json::<WireCountry>().map(|country| country.into_pricing(asked_for))
    }
}
