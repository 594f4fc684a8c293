//! `trunkline.reserve`: an offer, held for a while.

use super::offer::{Offer, Ticket};
use super::quote::quote;
use super::{Scope, Unified, without_reply};
use crate::call::Answer;
use crate::error::Result;
use crate::id::Id;
use crate::operation::Endpoint;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Hold an offer for a while against everyone else; it ends by itself. Costs nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Reserve {
    /// `id` of the offer. The one that comes back has another.
    pub offer: Id,
}

impl Unified for Reserve {
    type Output = Offer;
    const ENDPOINT: Endpoint = Endpoint::post("trunkline.reserve", "");

    async fn run(self, scope: Scope) -> Result<Answer<Offer>> {
        let ticket = Ticket::read(&self.offer)?;
        let call = scope.account(&ticket.account)?;
        let ask = Scope::ability(&call, "reserve", |abilities| abilities.reserve)?;
        // Before it is held: a number that is may not be found any more.
        let offer = quote(&call, &ticket).await?;
        let until = ask(&call, &ticket).await?;
        Ok(without_reply(offer.held_until(until)))
    }
}
