//! `trunkline.quote`: an offer as it is now.

use super::offer::{Offer, Ticket};
use super::{Scope, Unified, without_reply};
use crate::call::{Answer, Call};
use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::id::Id;
use crate::operation::Endpoint;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Ask what an offer costs now, and whether it is still there: it is out of stock where it is not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// `id` of the offer.
    pub offer: Id,
}

impl Unified for Quote {
    type Output = Offer;
    const ENDPOINT: Endpoint = Endpoint::get("trunkline.quote", "");

    async fn run(self, scope: Scope) -> Result<Answer<Offer>> {
        let ticket = Ticket::read(&self.offer)?;
        let call = scope.account(&ticket.account)?;
        Ok(without_reply(quote(&call, &ticket).await?))
    }
}

/// The offer as it is now.
pub(super) async fn quote(call: &Call, ticket: &Ticket) -> Result<Offer> {
    let ask = Scope::ability(call, "quote", |abilities| abilities.quote)?;
    if let Some(until) = ticket.expires_at.filter(|until| call.cx.now() < *until) {
        let message = format!("it is held until {until}, and is not for sale meanwhile: it costs what it did");
        return Err(Error::new(ErrorKind::Unsupported, Delivery::NotSent, message));
    }
    ask(call, ticket).await
}
