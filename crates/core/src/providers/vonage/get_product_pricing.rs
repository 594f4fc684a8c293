//! `GET /account/get-pricing/outbound/{product}`: what texts or calls to one country cost.

use super::pricing::{CountryPricing, Product, read_country};
use super::{Vonage, check_country};
use crate::draft::Draft;
use crate::error::Result;
use crate::operation::{Endpoint, Operation};
use crate::reply::Reply;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Read what texts or calls to one country cost. One request a second is allowed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GetProductPricing {
    /// Of what. (`type` at Vonage.)
    pub product: Product,
    /// ISO 3166-1 alpha-2, such as `CA`.
    pub country: String,
}

impl Operation for GetProductPricing {
    type Provider = Vonage;
    type Output = CountryPricing;
    const ENDPOINT: Endpoint = Endpoint::get("vonage.get_product_pricing", "/account/get-pricing/outbound/{product}")
        .limited("pricing")
        .beyond_seed();

    fn encode(&self, _: &Vonage, draft: &mut Draft) -> Result<()> {
        draft.fill("product", self.product.as_str())?;
        check_country(&self.country)?;
        draft.query("country", &self.country);
        Ok(())
    }

    fn decode(&self, _: &Vonage, reply: &Reply<'_>) -> Result<CountryPricing> {
        read_country(reply)
    }
}
