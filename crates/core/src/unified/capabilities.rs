//! `trunkline.capabilities`: what each provider can do.

use super::{Scope, Unified, without_reply};
use crate::call::Answer;
use crate::error::Result;
use crate::operation::Endpoint;
use crate::providers::PROVIDERS;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// List what each provider can do. Nothing is sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ListCapabilities {}

/// What each provider can do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Capabilities {
    /// By provider.
    pub providers: Vec<ProviderCapabilities>,
}

/// What one provider can do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProviderCapabilities {
    /// `rentnumber`
    pub provider: String,
    /// For people.
    pub name: String,
    /// The unified operations that it can do: `search`, `buy`.
    pub operations: Vec<String>,
    /// Its messages are not asked for: it sends them, as events.
    pub pushes_messages: bool,
    /// The names of this client's accounts at it.
    pub accounts: Vec<String>,
}

impl Unified for ListCapabilities {
    type Output = Capabilities;
    const ENDPOINT: Endpoint = Endpoint::get("trunkline.capabilities", "");

    async fn run(self, scope: Scope) -> Result<Answer<Capabilities>> {
        let of = |entry: &crate::provider::ProviderEntry| {
            let here = scope.client.sessions().iter().filter(|it| it.provider.facts().slug == entry.facts.slug);
            ProviderCapabilities {
                provider: entry.facts.slug.to_owned(),
                name: entry.facts.name.to_owned(),
                operations: entry.capabilities().filter(|(_, can)| *can).map(|(name, _)| name.to_owned()).collect(),
                pushes_messages: entry.abilities.pushes.is_some(),
                accounts: here.map(|session| session.account.clone()).collect(),
            }
        };
        Ok(without_reply(Capabilities { providers: PROVIDERS.iter().map(of).collect() }))
    }
}
