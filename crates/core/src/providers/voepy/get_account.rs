//! `GET /v1/account`: the tenant and its balance.

use super::Voepy;
use super::shapes::{Cents, Dollars, read_one};
use crate::draft::Draft;
use crate::error::Result;
use crate::id::Id;
use crate::money::Money;
use crate::operation::{Endpoint, Operation};
use crate::reply::Reply;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Read the account and its balance.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GetAccount {}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Account {
    /// Whose it is.
    pub tenant: Option<Tenant>,
    /// What is in it. (`balance.amount_cents`)
    pub balance: Money,
    /// How far below zero it may go. (`balance.credit_limit_cents`)
    pub credit_limit: Option<Money>,
}

/// A tenant of Voepy's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Tenant {
    /// Its id.
    pub id: Option<Id>,
    /// For people.
    pub name: Option<String>,
}

#[derive(Deserialize)]
struct Wire {
    tenant: Option<Tenant>,
    balance: Balance,
}

#[derive(Deserialize)]
struct Balance {
    amount_cents: Cents,
    #[serde(default, rename = "currency")]
    _currency: Dollars,
    credit_limit_cents: Option<Cents>,
}

impl Operation for GetAccount {
    type Provider = Voepy;
    type Output = Account;
    const ENDPOINT: Endpoint = Endpoint::get("voepy.get_account", "/v1/account").beyond_seed();

    fn encode(&self, _: &Voepy, _: &mut Draft) -> Result<()> {
        Ok(())
    }

    fn decode(&self, _: &Voepy, reply: &Reply<'_>) -> Result<Account> {
        let Wire { tenant, balance } = read_one(reply)?;
        Ok(Account {
            tenant,
            balance: balance.amount_cents.into(),
            credit_limit: balance.credit_limit_cents.map(Money::from),
        })
    }
}
