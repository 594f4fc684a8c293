//! A purchase: intent recorded, sent, outcome recorded; settled when the answer is lost. It is bought once or not at all.

mod books;
mod recover;
mod settle;
mod spending;

pub(crate) use books::Books;
pub use recover::{Recovered, RecoveredOutcome};
pub(crate) use spending::SpendLimit;

use crate::call::{Answer, Call, choose_key, encode, send};
use crate::erased::{AnyOperation, AnyOutput};
use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::flow::Why;
use crate::journal::JournalEvent;
use crate::ledger::OpenIntent;
use crate::operation::{Effect, Endpoint, Recovery};
use crate::retry::Backoff;
use crate::wire::json;
use crate::wire::raw::Raw;
use books::Record;
use serde::Deserialize;
use settle::{Lost, Whose, not_ours, settle_new, settle_unique, whose_after_loss};

/// How often a unique number that is not owned is bought again.
const ROUNDS: u32 = 3;

/// Runs any operation: what spends goes through [`buy`], all else is sent.
pub(crate) async fn run(call: &Call, operation: &dyn AnyOperation) -> Result<Answer<AnyOutput>> {
    let endpoint = operation.facts();
    match endpoint.effect {
        Effect::Spends(recovery) => Box::pin(buy(call, operation, &endpoint, recovery)).await,
        Effect::Reads | Effect::Sets => {
            let key = choose_key(call, &endpoint)?;
            send(call, operation, key.as_deref()).await
        }
    }
}

/// How many things a purchase buys by its parameters: one, or where they name numbers, as many as they name. What is
/// not of this form the operation refuses.
pub(crate) fn how_many(params: &str) -> u32 {
    #[derive(Deserialize)]
    struct Named<'a> {
        #[serde(default, borrow)]
        phone_numbers: Vec<Raw<'a>>,
    }
    let named = json::read::<Named<'_>>(params).map_or(0, |named| named.phone_numbers.len());
    u32::try_from(named).unwrap_or(u32::MAX).max(1)
}

async fn buy(
    call: &Call,
    operation: &dyn AnyOperation,
    endpoint: &Endpoint,
    recovery: Recovery,
) -> Result<Answer<AnyOutput>> {
    let key = choose_key(call, endpoint)?;
    // What cannot be sent is said before anything is looked at or recorded.
    encode(call, operation, key.as_deref())?;
    let limited = spending::limited(call).map_err(|error| error.of(endpoint.id))?;
    let mut lease = None;
    let mut owned = Vec::new();
    if recovery == Recovery::LookAndSettle {
        let unkeyed = call.session.lease_purchase(&call.cx).await.map_err(|error| error.of(endpoint.id))?;
        lease = Some(unkeyed);
        let found = operation.find(call).await.map_err(|error| before_purchase(error, endpoint))?;
        owned.extend(found.into_iter().map(|found| found.id));
    }
    let params = operation.params();
    let begun = JournalEvent::Intent {
        operation: endpoint.id.to_owned(),
        params: params.clone(),
        idempotency_key: key.clone(),
        owned: owned.clone(),
        until: call.deadline,
    };
    let at = call.cx.now();
    let record = Record::begin(call, begun).await.map_err(|error| error.of(endpoint.id))?;
    let lost = Lost { operation: endpoint.id, params: &params, owned: &owned, at };
    let held = match limited {
        Some(price) => spending::hold(&record, call, price).await,
        None => Ok(()),
    };
    let sent = match held {
        Ok(()) => send_once(call, operation, recovery, &record, &lost, key.as_deref()).await,
        Err(error) => Err(error),
    };
    let result = sent.map_err(|error| match error.delivery {
        Delivery::Unknown => purchase_unknown(error.of(endpoint.id), key),
        _ => error.of(endpoint.id),
    });
    end(operation, &record, event_of(operation, &result)).await;
    drop(lease);
    result
}

fn event_of(operation: &dyn AnyOperation, result: &Result<Answer<AnyOutput>>) -> JournalEvent {
    match result {
        Ok(answer) => JournalEvent::Bought { ids: operation.bought(&answer.value) },
        Err(error) if error.delivery == Delivery::Unknown => JournalEvent::Unknown(error.candidates.clone()),
        Err(error) => JournalEvent::NotBought(error.message.clone()),
    }
}

/// Sends; where the answer is lost, as the operation's recovery says.
async fn send_once(
    call: &Call,
    operation: &dyn AnyOperation,
    recovery: Recovery,
    record: &Record<'_>,
    intent: &Lost<'_>,
    key: Option<&str>,
) -> Result<Answer<AnyOutput>> {
    hold_names(call, operation, record, key).await?;
    record.insist();
    match recovery {
        Recovery::ResendUnderKey | Recovery::Never => send(call, operation, key).await,
        Recovery::LookThenResend => buy_unique(call, operation, record).await,
        Recovery::LookAndSettle => match send(call, operation, None).await {
            Err(error) if error.delivery == Delivery::Unknown => {
                // Unwritten, others wait for it longer than they need to.
                let _ = record.write(JournalEvent::Lost).await;
                settle_new(call, operation, record, intent, error).await
            }
            other => other,
        },
    }
}

/// Claims what was bought, then says how it ended. A line that cannot be written leaves the intent open, for recovery to
/// settle; what was bought is bought.
async fn end(operation: &dyn AnyOperation, record: &Record<'_>, event: JournalEvent) {
    match &event {
        JournalEvent::Bought { ids } => {
            for id in ids {
                let _ = record.own(id).await;
            }
        }
        JournalEvent::NotBought(_) => record.may_hold(&operation.names()),
        _ => {}
    }
    let _ = record.write(event).await;
}

/// Claims the numbers that the purchase names, so that what is owned afterwards is known to be its own. Where another
/// purchase of such a number is under way, or may be sent again under a key of its own, nothing is sent; where it has ended,
/// only if the number is not owned.
async fn hold_names(call: &Call, operation: &dyn AnyOperation, record: &Record<'_>, key: Option<&str>) -> Result<()> {
    for name in operation.names() {
        let holder = record.claim(&name, None).await?;
        if holder == record.id {
            continue;
        }
        let now = call.cx.now();
        let others = record.survey(&[]).await?.open;
        if others.iter().any(|other| other.id == holder && other.is_under_way(now)) {
            return Err(taken(format!("another purchase of {name} is under way")));
        }
        let is_another = |other: &&OpenIntent| other.id == holder && other.idempotency_key.as_deref() != key;
        if others.iter().filter(is_another).any(|other| other.may_be_sent_again(now, call.session.key_window)) {
            return Err(taken(format!("an earlier purchase of {name} is not settled: recover first")));
        }
        let owned = operation.find(call).await.map_err(|error| before_purchase(error, &operation.facts()))?;
        if owned.iter().any(|found| found.id == name) {
            return Err(taken(format!("an earlier purchase has bought {name}, and it is still owned")));
        }
        if record.claim(&name, Some(holder)).await? != record.id {
            return Err(taken(format!("another purchase of {name} is under way")));
        }
    }
    Ok(())
}

fn taken(message: String) -> Error {
    Error::new(ErrorKind::Conflict, Delivery::NotSent, message)
}

/// One unique number, which the provider sells only once: after a lost answer look whether it is owned, else send again. A
/// refusal after a loss ends the sending, and not the looking: the lost request may be what it was refused for.
async fn buy_unique(call: &Call, operation: &dyn AnyOperation, record: &Record<'_>) -> Result<Answer<AnyOutput>> {
    let rounds = call.options.attempts.unwrap_or(ROUNDS).clamp(1, ROUNDS);
    let mut lost: Option<Error> = None;
    for round in 1..=rounds {
        let error = match send(call, operation, None).await {
            Ok(answer) => return Ok(answer),
            Err(error) if lost.is_none() && error.delivery != Delivery::Unknown => return Err(error),
            Err(error) => error,
        };
        let refused = error.delivery == Delivery::Refused;
        lost = Some(after_loss(lost, error));
        match operation.find(call).await {
            Ok(mut found) if !found.is_empty() => match whose_after_loss(call, record, &operation.names()).await {
                Whose::Ours => return Ok(found.swap_remove(0).answer),
                Whose::Anothers => return Err(not_ours(lost.unwrap_or_else(unanswered))),
                Whose::NotKnownYet => break,
            },
            Ok(_) if refused || round == rounds => break,
            Ok(_) => {}
            // Not knowing whether it is owned, it is not bought again.
            Err(_) => break,
        }
        let pause = Backoff::DEFAULT.delay(round, call.session.random());
        if call.cx.sleep(pause, Why::Retry).await.is_err() {
            break;
        }
    }
    let lost = lost.unwrap_or_else(unanswered);
    let _ = record.write(JournalEvent::Lost).await;
    settle_unique(call, operation, record, lost).await
}

fn unanswered() -> Error {
    Error::new(ErrorKind::Unreachable, Delivery::Unknown, "the answer was lost")
}

/// What is known after another round: the latest words, and that an answer was lost.
fn after_loss(earlier: Option<Error>, latest: Error) -> Error {
    let attempts = latest.attempts + earlier.map_or(0, |error| error.attempts);
    latest.with(|details| {
        details.attempts = attempts;
        details.delivery = Delivery::Unknown;
    })
}

fn purchase_unknown(error: Error, key: Option<String>) -> Error {
    error.with(|details| {
        let what = match (details.candidates.as_slice(), &key) {
            ([], Some(key)) => format!("calling again with idempotency_key {key} cannot buy twice"),
            ([], None) => "nothing new was found".to_owned(),
            (ids, _) => format!("it may be one of: {}", ids.join(", ")),
        };
        details.message = format!("whether it was bought is not known: {} ({what})", details.message);
        details.kind = ErrorKind::PurchaseUnknown;
        details.idempotency_key = key;
    })
}

/// Nothing was bought yet, whatever became of the look.
fn before_purchase(error: Error, endpoint: &Endpoint) -> Error {
    error.with(|details| {
        details.message = format!("nothing was bought, for the look before it failed: {}", details.message);
        endpoint.id.clone_into(&mut details.operation);
        details.delivery = Delivery::NotSent;
    })
}
