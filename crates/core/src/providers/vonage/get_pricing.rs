//! `GET /account/get-pricing/outbound`: what texts to one country cost.

use super::pricing::{CountryPricing, read_country};
use super::{Vonage, check_country};
use crate::draft::Draft;
use crate::error::Result;
use crate::operation::{Endpoint, Operation};
use crate::reply::Reply;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Read what texts to one country cost, in Vonage's older form. One request a second is allowed. (The table of keys on its
/// page is that of the balance; the sample holds.)
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GetPricing {
    /// ISO 3166-1 alpha-2, such as `CA`.
    pub country: String,
}

impl Operation for GetPricing {
    type Provider = Vonage;
    type Output = CountryPricing;
    const ENDPOINT: Endpoint = Endpoint::get("vonage.get_pricing", "/account/get-pricing/outbound").limited("pricing");

    fn encode(&self, _: &Vonage, draft: &mut Draft) -> Result<()> {
        check_country(&self.country)?;
        draft.query("country", &self.country);
        Ok(())
    }

    fn decode(&self, _: &Vonage, reply: &Reply<'_>) -> Result<CountryPricing> {
        read_country(reply)
    }
}
