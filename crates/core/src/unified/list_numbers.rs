//! `trunkline.list_numbers`: the numbers of every account.

use super::abilities::Abilities;
use super::accounts::Asked;
use super::{Failure, Number, Scope, Unified, without_reply};
use crate::call::{Answer, Call};
use crate::error::Result;
use crate::id::Id;
use crate::operation::Endpoint;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// List the numbers of every account, those among them that are over included where the provider lists them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ListNumbers {
    /// Only these accounts; by default all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accounts: Vec<String>,
}

/// The numbers of every account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Numbers {
    /// By account, in the order of its provider.
    pub numbers: Vec<Number>,
    /// The accounts that did not answer, or cannot.
    pub failures: Vec<Failure>,
}

/// The ids of all numbers that are in use and receive messages.
pub(super) async fn active_numbers(scope: &Scope) -> Result<(Vec<Id>, Vec<Failure>)> {
    let calls = scope.accounts(&[], false)?;
    let receives = |abilities: &Abilities| abilities.messages.is_some() || abilities.pushes.is_some();
    let calls: Vec<Call> = calls.into_iter().filter(|call| receives(call.session.abilities)).collect();
    let asked = Asked::each(&calls, "list_numbers", |call, abilities| abilities.list_numbers.map(|ask| ask(call, &())));
    let (numbers, failures) = asked.all().await;
    let active = numbers.into_iter().flatten().filter(|number| !number.status.is_over());
    Ok((active.map(|number| number.id).collect(), failures))
}

impl Unified for ListNumbers {
    type Output = Numbers;
    const ENDPOINT: Endpoint = Endpoint::get("trunkline.list_numbers", "");

    async fn run(self, scope: Scope) -> Result<Answer<Numbers>> {
        let calls = scope.accounts(&self.accounts, false)?;
        let asked =
            Asked::each(&calls, "list_numbers", |call, abilities| abilities.list_numbers.map(|ask| ask(call, &())));
        let (numbers, failures) = asked.all().await;
        Ok(without_reply(Numbers { numbers: numbers.into_iter().flatten().collect(), failures }))
    }
}
