//! `GET /number/search`: numbers that can be bought.

use super::number::{Feature, NumberType, join_features};
use super::number_list::{SearchPattern, read_page, write_page, write_pattern};
use super::pricing::price;
use super::{Vonage, check_country};
use crate::draft::Draft;
use crate::error::Result;
use crate::money::Money;
use crate::operation::{Endpoint, Operation};
use crate::paging::{Page, Paged};
use crate::phone::PhoneNumber;
use crate::reply::Reply;
use crate::wire::json;
use crate::wire::record::Deserialize;
use serde::{Deserializer, Serialize};

/// Search the numbers that can be bought in one country. Sent to `/number/search`: the `/numbers/search` of the page was a
/// slip, corrected there in July 2017.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SearchAvailable {
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Only numbers of this type. Beyond the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number_type: Option<NumberType>,
    /// Only numbers with these digits; a leading `+` is not sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// Where the digits must be; by default at the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search_pattern: Option<SearchPattern>,
    /// Only numbers that can do all of this; the order is of no account.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub features: Vec<Feature>,
    /// How many to a page, 1 to 100; 10 where not given.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "json::count_option")]
    pub size: Option<u64>,
    /// Which page, from 1; `next` of a page is the one after it.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "json::count_option")]
    pub index: Option<u64>,
}

/// A number that can be bought. Nothing holds it until it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AvailableNumber {
    /// ISO 3166-1 alpha-2. `vonage.buy_number` asks for it again.
    pub country: String,
    /// The number. (`msisdn` at Vonage, without `+`.)
    #[serde(alias = "msisdn")]
    pub phone_number: PhoneNumber,
    /// What it costs a month, in euros: the pages say so, the reply names no currency.
    #[serde(default, deserialize_with = "euros_option")]
    pub cost: Option<Money>,
    /// What it is. (`type` at Vonage.)
    #[serde(alias = "type")]
    pub number_type: Option<NumberType>,
    /// What it can do.
    #[serde(default, deserialize_with = "json::null_default")]
    pub features: Vec<Feature>,
}

fn euros_option<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Money>, D::Error> {
    price(deserializer).map(|cost| cost.map(|cost| cost.or_currency("EUR")))
}

impl Operation for SearchAvailable {
    type Provider = Vonage;
    type Output = Page<AvailableNumber>;
    const ENDPOINT: Endpoint = Endpoint::get("vonage.search_available", "/number/search");

    fn encode(&self, _: &Vonage, draft: &mut Draft) -> Result<()> {
        check_country(&self.country)?;
        draft.query("country", &self.country);
        draft.query_option("type", self.number_type.as_ref());
        write_pattern(draft, self.pattern.as_deref(), self.search_pattern);
        let features = Some(join_features(&self.features)).filter(|features| !features.is_empty());
        draft.query_option("features", features);
        write_page(draft, self.index, self.size)
    }

    fn decode(&self, _: &Vonage, reply: &Reply<'_>) -> Result<Page<AvailableNumber>> {
        read_page(reply, self.index, self.size)
    }
}

impl Paged for SearchAvailable {
    type Item = AvailableNumber;

    fn at_page(self, token: &str) -> Self {
        Self { index: token.parse().ok(), ..self }
    }
}
