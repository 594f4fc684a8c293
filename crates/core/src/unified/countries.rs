//! `trunkline.countries`: where numbers can be from.

use super::accounts::Asked;
use super::number::NumberKind;
use super::{Failure, Scope, Unified, without_reply};
use crate::call::{Answer, Call};
use crate::error::Result;
use crate::operation::Endpoint;
use crate::order::sorted;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// List where numbers can be from, at the providers that say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ListCountries {
    /// Only these accounts; by default all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accounts: Vec<String>,
}

/// Where numbers can be from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Countries {
    /// By code, and by account.
    pub countries: Vec<Country>,
    /// The accounts that did not answer, or cannot.
    pub failures: Vec<Failure>,
}

/// A country that numbers of one account can be from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Country {
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// For people.
    pub name: Option<String>,
    /// Which kinds of numbers there are, where the provider says.
    pub kinds: Vec<NumberKind>,
    /// The account's name.
    pub account: String,
    /// `rentnumber`
    pub provider: String,
}

impl Country {
    pub(crate) fn new(call: &Call, country: String, name: Option<String>) -> Self {
        let provider = call.session.provider.facts().slug.to_owned();
        Self { country, name, kinds: Vec::new(), account: call.session.account.clone(), provider }
    }
}

impl Unified for ListCountries {
    type Output = Countries;
    const ENDPOINT: Endpoint = Endpoint::get("trunkline.countries", "");

    async fn run(self, scope: Scope) -> Result<Answer<Countries>> {
        let calls = scope.accounts(&self.accounts, true)?;
        let asked = Asked::each(&calls, "countries", |call, abilities| abilities.countries.map(|ask| ask(call, &())));
        let (countries, failures) = asked.all().await;
        let countries: Vec<Country> = countries.into_iter().flatten().collect();
        let countries = sorted(countries, |it| (it.country.clone(), it.account.clone()));
        Ok(without_reply(Countries { countries, failures }))
    }
}
