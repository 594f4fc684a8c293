//! `GET /account`: the wallet.

use super::TempNumber;
use super::guess::Guess;
use crate::draft::Draft;
use crate::error::Result;
use crate::money::Money;
use crate::operation::{Endpoint, Operation};
use crate::wire::record::Deserialize;
use serde::de::Error;
use serde::{Deserializer, Serialize};

/// Read the wallet's balance.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GetAccount {}

/// The account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Account {
    /// What can be spent. Its currency is the one that the reply names, and absent where it names none.
    pub balance: Money,
}

impl<'de> Deserialize<'de> for Account {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// Every name that a field may have; the page says only that there is a balance and a currency.
        #[derive(Default, Deserialize)]
        #[serde(default)]
        struct Wire {
            balance: Guess<Money>,
            #[serde(alias = "availableBalance")]
            available_balance: Guess<Money>,
            #[serde(alias = "walletBalance")]
            wallet_balance: Guess<Money>,
            currency: Guess<String>,
            wallet: Guess<Wallet>,
        }
        #[derive(Default, Deserialize)]
        #[serde(default)]
        struct Wallet {
            balance: Guess<Money>,
            amount: Guess<Money>,
            currency: Guess<String>,
        }
        let wire = Wire::deserialize(deserializer)?;
        let wallet = wire.wallet.0.unwrap_or_default();
        // What is available comes before what is merely there.
        let balance =
            wire.available_balance.or(wire.balance).or(wire.wallet_balance).or(wallet.balance).or(wallet.amount);
        let balance = balance.0.ok_or_else(|| D::Error::missing_field("balance"))?;
        let currency = wire.currency.or(wallet.currency).0.filter(|code| !code.is_empty());
        Ok(Self { balance: currency.iter().fold(balance, |money, code| money.or_currency(code)) })
    }
}

impl Operation for GetAccount {
    type Provider = TempNumber;
    type Output = Account;
    const ENDPOINT: Endpoint = Endpoint::get("tempnumber.get_account", "/account");

    fn encode(&self, _: &TempNumber, _: &mut Draft) -> Result<()> {
        Ok(())
    }
}
