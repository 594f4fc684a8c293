//! `trunkline.buy`: one number, bought once.

use super::abilities::Buying;
use super::offer::Ticket;
use super::price::{Price, check_limit};
use super::quote::quote;
use super::{Failure, Number, Scope, Unified};
use crate::call::{Answer, Call};
use crate::erased::AnyOperation;
use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::id::Id;
use crate::money::Money;
use crate::operation::{Endpoint, Recovery};
use crate::purchase;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Buy one number: the first of these offers that can be bought. Spends, once: the next offer is tried only when the one
/// before it is certainly not bought. Right before it is bought each is asked for its price again, and is passed over where
/// it costs more than the offer said, or more than `max_price` where that is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Buy {
    /// `id` of the offers, best first.
    pub offers: Vec<Id>,
    /// What is charged at once may be no more than this; by default what the offer said, where it named a price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_price: Option<Money>,
}

/// What was bought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Purchase {
    /// The number.
    pub number: Number,
    /// Which of the offers it was.
    pub offer: Id,
    /// What it cost, as far as the provider said before.
    pub price: Price,
    /// The provider was asked for the price again right before it was bought. False where the offer named none, or was
    /// reserved, or the provider could not be asked.
    pub price_checked: bool,
    /// The offers before it, and why they were not bought.
    pub passed_over: Vec<Failure>,
}

/// One offer, with all that its purchase needs.
struct Candidate<'a> {
    id: &'a Id,
    ticket: Ticket,
    call: Call,
    buying: &'static Buying,
    operation: Box<dyn AnyOperation>,
}

impl Unified for Buy {
    type Output = Purchase;
    const ENDPOINT: Endpoint = Endpoint::post("trunkline.buy", "").spends(Recovery::Never);

    async fn run(self, scope: Scope) -> Result<Answer<Purchase>> {
        if self.offers.is_empty() {
            return Err(Error::invalid_input("offers", "give the id of at least one offer"));
        }
        if self.offers.len() > 1 && scope.options.idempotency_key.is_some() {
            let problem =
                "one key is of one purchase, and each of several offers would be another: give one offer with it";
            return Err(Error::invalid_input("idempotency_key", problem));
        }
        // What is wrong with any of them is said before any is bought.
        let candidates: Result<Vec<Candidate<'_>>> = self.offers.iter().map(|id| candidate(&scope, id)).collect();
        let mut passed_over = Vec::new();
        let mut last = None;
        for candidate in candidates? {
            if let Some(error) = last.take() {
                passed_over.push(error);
            }
            match Box::pin(candidate.buy(self.max_price.as_ref())).await {
                Ok(Answer { value: (number, (price, price_checked)), response }) => {
                    let passed_over = passed_over.iter().map(|(failure, _)| failure).cloned().collect();
                    let value = Purchase { number, offer: candidate.id.clone(), price, price_checked, passed_over };
                    return Ok(Answer { value, response });
                }
                Err(error) if is_certainly_not_bought(&error) => {
                    last = Some((Failure::of(&candidate.call, &error), error));
                }
                Err(error) => return Err(beside(error, &passed_over)),
            }
        }
        let (_, error) = last.ok_or_else(|| Error::invalid_input("offers", "give the id of at least one offer"))?;
        Err(beside(error, &passed_over))
    }
}

fn candidate<'a>(scope: &Scope, id: &'a Id) -> Result<Candidate<'a>> {
    let ticket = Ticket::read(id)?;
    let call = scope.account(&ticket.account)?;
    let buying = Scope::ability(&call, "buy", |abilities| abilities.buy.as_ref())?;
    let operation = ticket.purchase(buying.operation)?;
    Ok(Candidate { id, ticket, call, buying, operation })
}

impl Candidate<'_> {
    async fn buy(&self, max_price: Option<&Money>) -> Result<Answer<(Number, (Price, bool))>> {
        if let Some(ended) = self.ticket.expires_at.filter(|end| *end <= self.call.cx.now()) {
            let message = format!("its reservation ended at {ended}: search again");
            return Err(Error::new(ErrorKind::Ended, Delivery::NotSent, message));
        }
        let (price, checked) = self.price_now(max_price).await.map_err(before_purchase)?;
        let mut call = self.call.clone();
        call.price = price.at_purchase();
        let Answer { value, response } = purchase::run(&call, &*self.operation).await?;
        let mut number = (self.buying.number)(&call, &self.ticket, value)?;
        if number.price == Price::default() {
            number.price = price.clone();
        }
        Ok(Answer { value: (number, (price, checked)), response })
    }

    /// What it costs now, where that is no more than the limit, and whether that was asked.
    async fn price_now(&self, max_price: Option<&Money>) -> Result<(Price, bool)> {
        let offered = &self.ticket.price;
        let said = offered.at_purchase();
        let Some(limit) = max_price.or(said.as_ref()) else { return Ok((offered.clone(), false)) };
        check_limit(offered, limit)?;
        // What is held is not for sale any more, and costs what it did.
        if self.ticket.expires_at.is_some() {
            return Ok((offered.clone(), false));
        }
        match quote(&self.call, &self.ticket).await {
            Ok(now) => check_limit(&now.price, limit).map(|()| (now.price, true)),
            // Nobody asked for more than what the offer said.
            Err(error) if error.kind == ErrorKind::Unsupported && max_price.is_none() => Ok((offered.clone(), false)),
            Err(error) => Err(error),
        }
    }
}

/// Nothing was bought yet, whatever became of the question.
fn before_purchase(error: Error) -> Error {
    error.with(|details| {
        details.message = format!("nothing was bought: {}", details.message);
        details.delivery = Delivery::NotSent;
    })
}

/// The provider has said so, or was never asked; and it is not for a reason that ends all of it.
fn is_certainly_not_bought(error: &Error) -> bool {
    error.delivery != Delivery::Unknown
        && !matches!(error.kind, ErrorKind::PurchaseUnknown | ErrorKind::JournalFailed | ErrorKind::Cancelled)
}

/// The error, and why the offers before it were not bought.
fn beside(error: Error, passed_over: &[(Failure, Error)]) -> Error {
    if passed_over.is_empty() {
        return error;
    }
    let others: Vec<String> =
        passed_over.iter().map(|(failure, _)| format!("{}: {}", failure.account, failure.message)).collect();
    error.with(|details| details.message = format!("{} (before it: {})", details.message, others.join("; ")))
}
