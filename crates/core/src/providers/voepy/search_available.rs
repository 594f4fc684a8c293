//! `GET /v1/numbers/available`: numbers that can be ordered.

use super::shapes::{Cents, Dollars, Listed};
use super::{Capability, NumberType, Voepy, comma_list};
use crate::draft::Draft;
use crate::error::Result;
use crate::money::Money;
use crate::operation::{Endpoint, Operation};
use crate::phone::PhoneNumber;
use crate::reply::Reply;
use crate::wire::json;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Search the numbers that can be ordered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SearchAvailable {
    /// ISO 3166-1 alpha-2.
    pub country_code: String,
    /// Only of this kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number_type: Option<NumberType>,
    /// Only with this area code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub national_destination_code: Option<String>,
    /// Only of this city.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locality: Option<String>,
    /// Only with these capabilities.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub features: Vec<Capability>,
    /// How many at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// A number that can be ordered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AvailableNumber {
    /// For `voepy.reserve_numbers` and `voepy.order_numbers`.
    pub phone_number: PhoneNumber,
    /// ISO 3166-1 alpha-2.
    pub country_code: Option<String>,
    /// A state or province.
    pub region: Option<String>,
    /// A city.
    pub locality: Option<String>,
    /// Its kind.
    pub number_type: Option<NumberType>,
    /// What it can do.
    pub capabilities: Vec<Capability>,
    /// What an order debits at once: the customer's price, so that what is shown is what is debited.
    /// (`pricing.activation_fee_cents`)
    pub activation_fee: Option<Money>,
    /// What it costs a month. (`pricing.monthly_fee_cents`)
    pub monthly_fee: Option<Money>,
}

#[derive(Deserialize)]
struct Wire {
    phone_number: PhoneNumber,
    country_code: Option<String>,
    region: Option<String>,
    locality: Option<String>,
    number_type: Option<NumberType>,
    #[serde(default, deserialize_with = "json::null_default")]
    capabilities: Vec<Capability>,
    #[serde(default, deserialize_with = "json::null_default")]
    pricing: Pricing,
}

#[derive(Default, Deserialize)]
struct Pricing {
    activation_fee_cents: Option<Cents>,
    monthly_fee_cents: Option<Cents>,
    #[serde(default, rename = "currency")]
    _currency: Dollars,
}

impl From<Wire> for AvailableNumber {
    fn from(wire: Wire) -> Self {
        Self {
            phone_number: wire.phone_number,
            country_code: wire.country_code,
            region: wire.region,
            locality: wire.locality,
            number_type: wire.number_type,
            capabilities: wire.capabilities,
            activation_fee: wire.pricing.activation_fee_cents.map(Money::from),
            monthly_fee: wire.pricing.monthly_fee_cents.map(Money::from),
        }
    }
}

impl Operation for SearchAvailable {
    type Provider = Voepy;
    type Output = Vec<AvailableNumber>;
    const ENDPOINT: Endpoint = Endpoint::get("voepy.search_available", "/v1/numbers/available");

    fn encode(&self, _: &Voepy, draft: &mut Draft) -> Result<()> {
        draft.query("country_code", &self.country_code);
        draft.query_option("number_type", self.number_type.as_ref());
        draft.query_option("national_destination_code", self.national_destination_code.as_ref());
        draft.query_option("locality", self.locality.as_ref());
        draft.query_option("features", comma_list(&self.features));
        draft.query_option("limit", self.limit);
        Ok(())
    }

    fn decode(&self, _: &Voepy, reply: &Reply<'_>) -> Result<Vec<AvailableNumber>> {
        reply.json::<Listed<Wire>>().map(Listed::into_items)
    }
}
