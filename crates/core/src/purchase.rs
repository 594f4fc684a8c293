//! A purchase: intent recorded, sent, outcome recorded; settled when the answer is lost. It is bought once or not at all.

use crate::call::{Answer, Call, Found, choose_key, encode, send};
use crate::erased::{AnyOperation, AnyOutput};
use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::flow::Why;
use crate::journal::{JournalEntry, JournalEvent};
use crate::operation::{Effect, Endpoint, Recovery};
use crate::retry::Backoff;
use std::collections::BTreeSet;
use std::time::Duration;

/// How long after a lost answer to look, each time from the look before. A slow request may land in between.
const SETTLE: [Duration; 6] = [
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(3),
    Duration::from_secs(4),
    Duration::from_secs(5),
    Duration::from_secs(5),
];
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

async fn buy(
    call: &Call,
    operation: &dyn AnyOperation,
    endpoint: &Endpoint,
    recovery: Recovery,
) -> Result<Answer<AnyOutput>> {
    let key = choose_key(call, endpoint)?;
    // What cannot be sent is said before anything is looked at or recorded.
    encode(call, operation, key.as_deref())?;
    let mut lease = None;
    let mut owned_before = BTreeSet::new();
    if recovery == Recovery::LookAndSettle {
        let unkeyed = call.session.lease_purchase(&call.cx).await.map_err(|error| error.of(endpoint.id))?;
        lease = Some(unkeyed);
        let found = operation.find(call).await.map_err(|error| before_purchase(error, endpoint))?;
        owned_before.extend(found.into_iter().map(|found| found.id));
    }
    let intent = call.session.new_uuid();
    let params = operation.params();
    let begun = JournalEvent::Intent { operation: endpoint.id.to_owned(), params, idempotency_key: key.clone() };
    record(call, &intent, begun).await.map_err(|error| error.of(endpoint.id))?;
    let result = match recovery {
        Recovery::ResendUnderKey | Recovery::Never => send(call, operation, key.as_deref()).await,
        Recovery::LookThenResend => buy_unique(call, operation).await,
        Recovery::LookAndSettle => match send(call, operation, None).await {
            Err(error) if error.delivery == Delivery::Unknown => {
                settle(call, operation, error, Some(&owned_before)).await
            }
            other => other,
        },
    };
    let result =
        result.map_err(|error| if error.delivery == Delivery::Unknown { purchase_unknown(error, key) } else { error });
    let ended = match &result {
        Ok(_) => JournalEvent::Bought { id: None },
        Err(error) if error.delivery == Delivery::Unknown => JournalEvent::Unknown(error.candidates.clone()),
        Err(error) => JournalEvent::NotBought(error.message.clone()),
    };
    // A line that cannot be written leaves the intent open, for recovery to settle; what was bought is bought.
    let _ = record(call, &intent, ended).await;
    drop(lease);
    result
}

async fn record(call: &Call, intent: &str, event: JournalEvent) -> Result<()> {
    let (account, at) = (call.session.account.clone(), call.cx.now());
    call.cx.record(JournalEntry { intent: intent.to_owned(), at, account, event }).await
}

/// One unique number, which the provider sells only once: after a lost answer look whether it is owned, else send again. A
/// refusal after a loss ends the sending, and not the looking: the lost request may be what it was refused for.
async fn buy_unique(call: &Call, operation: &dyn AnyOperation) -> Result<Answer<AnyOutput>> {
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
            Ok(mut found) if !found.is_empty() => return Ok(found.swap_remove(0).answer),
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
    let lost = lost.unwrap_or_else(|| Error::new(ErrorKind::Unreachable, Delivery::Unknown, "the answer was lost"));
    settle(call, operation, lost, None).await
}

/// What is known after another round: the latest words, and that an answer was lost.
fn after_loss(earlier: Option<Error>, latest: Error) -> Error {
    let attempts = latest.attempts + earlier.map_or(0, |error| error.attempts);
    latest.with(|details| {
        details.attempts = attempts;
        details.delivery = Delivery::Unknown;
    })
}

/// Looks for what was bought after all: the number itself, or where `owned_before` is given what is new since then. Of that
/// a single match that two looks agree on is adopted.
async fn settle(
    call: &Call,
    operation: &dyn AnyOperation,
    lost: Error,
    owned_before: Option<&BTreeSet<String>>,
) -> Result<Answer<AnyOutput>> {
    let mut seen: Option<Vec<String>> = None;
    for pause in SETTLE {
        if call.cx.sleep(pause, Why::Settle).await.is_err() {
            break;
        }
        let found = match operation.find(call).await {
            Ok(found) => found,
            Err(error) if error.kind == ErrorKind::Unsupported => break,
            Err(_) => continue,
        };
        let mut new: Vec<Found<AnyOutput>> =
            found.into_iter().filter(|found| owned_before.is_none_or(|before| !before.contains(&found.id))).collect();
        let ids: Vec<String> = new.iter().map(|found| found.id.clone()).collect();
        if ids.len() == 1 && (owned_before.is_none() || seen.as_ref() == Some(&ids)) {
            return Ok(new.swap_remove(0).answer);
        }
        seen = Some(ids);
    }
    Err(lost.with(|details| details.candidates = seen.unwrap_or_default()))
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
