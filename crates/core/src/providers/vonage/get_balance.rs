//! `GET /account/get-balance`: the account's credit.

use super::Vonage;
use crate::draft::Draft;
use crate::error::Result;
use crate::money::{Money, euros};
use crate::operation::{Endpoint, Operation};
use crate::wire::json;
use crate::wire::record::Deserialize;
use serde::{Deserializer, Serialize};

/// Read the account's credit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GetBalance {}

/// What is left to spend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Balance {
    /// With up to eight decimals. The pages say euros; the reply names no currency, also for an account that is billed in
    /// another. (`value` at Vonage.)
    #[serde(alias = "value", deserialize_with = "euros")]
    pub balance: Money,
    /// Whether the account tops itself up. (`autoReload` at Vonage.)
    #[serde(alias = "autoReload", default, deserialize_with = "flag_option")]
    pub auto_reload: Option<bool>,
}

fn flag_option<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    #[derive(serde::Deserialize)]
    struct Flag(#[serde(deserialize_with = "json::flag")] bool);
    <Option<Flag>>::deserialize(deserializer).map(|flag| flag.map(|flag| flag.0))
}

impl Operation for GetBalance {
    type Provider = Vonage;
    type Output = Balance;
    const ENDPOINT: Endpoint = Endpoint::get("vonage.get_balance", "/account/get-balance");

    fn encode(&self, _: &Vonage, _: &mut Draft) -> Result<()> {
        Ok(())
    }
}
