//! `trunkline.balances`: what every account can spend.

use super::accounts::Asked;
use super::{Failure, Scope, Unified, without_reply};
use crate::call::{Answer, Call};
use crate::error::Result;
use crate::money::Money;
use crate::operation::Endpoint;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Read what every account can spend.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ListBalances {
    /// Only these accounts; by default all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accounts: Vec<String>,
}

/// What every account can spend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Balances {
    /// By account.
    pub balances: Vec<Balance>,
    /// The accounts that did not answer, or cannot.
    pub failures: Vec<Failure>,
}

/// What an account can spend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Balance {
    /// The account's name.
    pub account: String,
    /// `rentnumber`
    pub provider: String,
    /// What is in it.
    pub balance: Money,
    /// How far below zero it may go, where the provider says.
    pub credit_limit: Option<Money>,
}

impl Balance {
    pub(crate) fn new(call: &Call, balance: Money, credit_limit: Option<Money>) -> Self {
        let provider = call.session.provider.facts().slug.to_owned();
        Self { account: call.session.account.clone(), provider, balance, credit_limit }
    }
}

impl Unified for ListBalances {
    type Output = Balances;
    const ENDPOINT: Endpoint = Endpoint::get("trunkline.balances", "");

    async fn run(self, scope: Scope) -> Result<Answer<Balances>> {
        let calls = scope.accounts(&self.accounts, false)?;
        let asked = Asked::each(&calls, "balances", |call, abilities| abilities.balance.map(|ask| ask(call, &())));
        let (balances, failures) = asked.all().await;
        Ok(without_reply(Balances { balances, failures }))
    }
}
