//! `GET /availableNumbers`: numbers that can be rented.

use super::{NumberCapability, NumberType, SearchPattern, Sinch, Version};
use crate::draft::Draft;
use crate::error::{Error, Result};
use crate::money::Money;
use crate::operation::{Endpoint, Operation};
use crate::phone::PhoneNumber;
use crate::reply::Reply;
use crate::wire::json;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Search for numbers that can be rented. There is one page of them, no longer than `size`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SearchAvailable {
    /// Of this country, ISO 3166-1 alpha-2. v1 requires it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region_code: Option<String>,
    /// Of this kind. v1 requires it. (`type` at Sinch.)
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number_type: Option<NumberType>,
    /// With these capabilities. (`capabilities` in v1, `capability` in v1alpha1.)
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub capabilities: Vec<NumberCapability>,
    /// With these digits in them; with `+` and country code where they are looked for at the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// Where `pattern` is looked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search_pattern: Option<SearchPattern>,
    /// At most so many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u32>,
}

/// A number that can be rented.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AvailableNumber {
    /// For `sinch.rent_number`.
    #[serde(alias = "phoneNumber")]
    pub phone_number: PhoneNumber,
    /// Its country, ISO 3166-1 alpha-2.
    #[serde(alias = "regionCode")]
    pub region_code: Option<String>,
    /// What kind of number it is. (`type` at Sinch.)
    #[serde(alias = "type")]
    pub number_type: Option<NumberType>,
    /// What it can be used for. (`capability` at Sinch.)
    #[serde(alias = "capability", default, deserialize_with = "json::null_default")]
    pub capabilities: Vec<NumberCapability>,
    /// Charged once. Its scale varies (`0.00`, `2.0`, `0.8`), its currency with the project.
    #[serde(alias = "setupPrice")]
    pub setup_price: Option<Money>,
    /// Charged for each month.
    #[serde(alias = "monthlyPrice")]
    pub monthly_price: Option<Money>,
    /// How many months are charged at a time.
    #[serde(alias = "paymentIntervalMonths", default, deserialize_with = "json::count_option")]
    pub payment_interval_months: Option<u64>,
    /// Whether it can be rented only with papers. v1 only.
    #[serde(alias = "supportingDocumentationRequired")]
    pub supporting_documentation_required: Option<bool>,
}

impl Operation for SearchAvailable {
    type Provider = Sinch;
    type Output = Vec<AvailableNumber>;
    const ENDPOINT: Endpoint =
        Endpoint::get("sinch.search_available", "/{version}/projects/{project_id}/availableNumbers");

    fn encode(&self, provider: &Sinch, draft: &mut Draft) -> Result<()> {
        let capabilities = match provider.version {
            Version::V1 if self.region_code.is_none() => return Err(required("region_code")),
            Version::V1 if self.number_type.is_none() => return Err(required("number_type")),
            Version::V1 => "capabilities",
            Version::V1alpha1 => "capability",
        };
        draft.query_option("regionCode", self.region_code.as_ref());
        draft.query_option("type", self.number_type.as_ref());
        for capability in &self.capabilities {
            draft.query(capabilities, capability);
        }
        draft.query_option("numberPattern.searchPattern", self.search_pattern.as_ref());
        draft.query_option("numberPattern.pattern", self.pattern.as_ref());
        draft.query_option("size", self.size);
        Ok(())
    }

    fn decode(&self, _: &Sinch, reply: &Reply<'_>) -> Result<Vec<AvailableNumber>> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Wire {
            #[serde(default, deserialize_with = "json::null_default")]
            available_numbers: Vec<AvailableNumber>,
        }
        reply.json::<Wire>().map(|wire| wire.available_numbers)
    }
}

fn required(field: &str) -> Error {
    Error::invalid_input(field, "v1 of Sinch requires it")
}
