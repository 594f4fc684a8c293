//! `trunkline.services`: what numbers can be rented for.

use super::accounts::Asked;
use super::{Failure, Scope, Unified, without_reply};
use crate::call::{Answer, Call};
use crate::error::Result;
use crate::money::Money;
use crate::operation::Endpoint;
use crate::order::sorted;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// List the services that numbers are rented for, at the providers that rent them for one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ListServices {
    /// Only these accounts; by default all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accounts: Vec<String>,
}

/// What numbers can be rented for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Services {
    /// By name, and by account.
    pub services: Vec<Service>,
    /// The accounts that did not answer, or cannot.
    pub failures: Vec<Failure>,
}

/// A service that numbers of one account can be rented for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Service {
    /// The `service` of `trunkline.search`.
    pub service: String,
    /// For people.
    pub name: String,
    /// The lowest price, where the provider says.
    pub min_price: Option<Money>,
    /// The account's name.
    pub account: String,
    /// `rentnumber`
    pub provider: String,
}

impl Service {
    pub(crate) fn new(call: &Call, service: String, name: String, min_price: Option<Money>) -> Self {
        let provider = call.session.provider.facts().slug.to_owned();
        Self { service, name, min_price, account: call.session.account.clone(), provider }
    }
}

impl Unified for ListServices {
    type Output = Services;
    const ENDPOINT: Endpoint = Endpoint::get("trunkline.services", "");

    async fn run(self, scope: Scope) -> Result<Answer<Services>> {
        let calls = scope.accounts(&self.accounts, true)?;
        let asked = Asked::each(&calls, "services", |call, abilities| abilities.services.map(|ask| ask(call, &())));
        let (services, failures) = asked.all().await;
        let services: Vec<Service> = services.into_iter().flatten().collect();
        let services = sorted(services, |it| (it.service.clone(), it.account.clone()));
        Ok(without_reply(Services { services, failures }))
    }
}
