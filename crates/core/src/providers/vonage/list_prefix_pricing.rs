//! `GET /account/get-prefix-pricing/outbound/{product}`: what texts or calls to the countries of one prefix cost.

use super::Vonage;
use super::pricing::{PriceList, Product, read_list};
use crate::draft::Draft;
use crate::error::{Error, Result};
use crate::operation::{Endpoint, Operation};
use crate::reply::Reply;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// List what texts or calls cost to the countries that share a prefix. One request a second is allowed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ListPrefixPricing {
    /// Of what. (`type` at Vonage.)
    pub product: Product,
    /// The countries' prefix, such as `44`; a leading `+` is not sent.
    pub prefix: String,
}

impl Operation for ListPrefixPricing {
    type Provider = Vonage;
    type Output = PriceList;
    const ENDPOINT: Endpoint =
        Endpoint::get("vonage.list_prefix_pricing", "/account/get-prefix-pricing/outbound/{product}")
            .limited("pricing")
            .beyond_seed();

    fn encode(&self, _: &Vonage, draft: &mut Draft) -> Result<()> {
        draft.fill("product", self.product.as_str())?;
        let prefix = self.prefix.trim_start_matches('+');
        if prefix.is_empty() || !prefix.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Error::invalid_input("prefix", "it must be digits, such as 44"));
        }
        draft.query("prefix", prefix);
        Ok(())
    }

    fn decode(&self, _: &Vonage, reply: &Reply<'_>) -> Result<PriceList> {
        read_list(reply)
    }
}
