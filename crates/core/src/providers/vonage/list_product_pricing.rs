//! `GET /account/get-full-pricing/outbound/{product}`: what texts or calls cost, to every country.

use super::Vonage;
use super::pricing::{PriceList, Product, read_list};
use crate::draft::Draft;
use crate::error::Result;
use crate::operation::{Endpoint, Operation};
use crate::reply::Reply;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// List what texts or calls cost, to every country at once. One request a second is allowed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ListProductPricing {
    /// Of what. (`type` at Vonage.)
    pub product: Product,
}

impl Operation for ListProductPricing {
    type Provider = Vonage;
    type Output = PriceList;
    const ENDPOINT: Endpoint =
        Endpoint::get("vonage.list_product_pricing", "/account/get-full-pricing/outbound/{product}")
            .limited("pricing")
            .beyond_seed();

    fn encode(&self, _: &Vonage, draft: &mut Draft) -> Result<()> {
        draft.fill("product", self.product.as_str())
    }

    fn decode(&self, _: &Vonage, reply: &Reply<'_>) -> Result<PriceList> {
        read_list(reply)
    }
}
