//! `GET /balance`: the wallet.

use super::RentNumber;
use crate::draft::Draft;
use crate::error::Result;
use crate::money::Money;
use crate::operation::{Endpoint, Operation};
use crate::reply::Reply;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Read the wallet's balance.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GetBalance {}

/// What is in the wallet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Balance {
    /// What can be spent.
    pub balance: Money,
}

impl Operation for GetBalance {
    type Provider = RentNumber;
    type Output = Balance;
    const ENDPOINT: Endpoint = Endpoint::get("rentnumber.get_balance", "/balance");

    fn encode(&self, _: &RentNumber, _: &mut Draft) -> Result<()> {
        Ok(())
    }

    fn decode(&self, _: &RentNumber, reply: &Reply<'_>) -> Result<Balance> {
        #[derive(Deserialize)]
        struct Wire {
            balance: Money,
            currency: Option<String>,
        }
        let Wire { balance, currency } = reply.json()?;
        Ok(Balance { balance: balance.or_currency(currency.as_deref().unwrap_or("NGN")) })
    }
}
