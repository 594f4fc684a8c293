//! After a crash: what became of the purchases that the journal holds open. Each is settled as its provider allows, and
//! nothing is sent again but under an idempotency key that the provider still knows.

use super::books::Record;
use super::end;
use super::settle::{LANDS_WITHIN, Lost, SKEW, Whose, choose, whose};
use crate::call::{Call, Found, Options, send};
use crate::client::Client;
use crate::erased::{AnyOperation, AnyOutput};
use crate::error::{Delivery, Error, Result};
use crate::flow::{Cx, Flow, Why, lock};
use crate::journal::{JournalEntry, JournalEvent};
use crate::ledger::{IntentState, OpenIntent};
use crate::operation::{Effect, Recovery};
use crate::registry;
use crate::time::Timestamp;
use serde::Serialize;
use std::time::Duration;

/// For one purchase.
const EACH: Duration = Duration::from_secs(90);
/// A key is taken to be forgotten this much before its time: what is sent again may land late, too.
const KEY_MARGIN: Duration = Duration::from_secs(LANDS_WITHIN.as_secs() + 120);
/// Between two looks that have to agree.
const BETWEEN_LOOKS: Duration = Duration::from_secs(3);
/// A list of this length may be cut: RentNumber shows a hundred rentals.
const MAY_BE_CUT: usize = 100;

/// What became of a purchase that the journal held open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recovered {
    /// Its id in the journal.
    pub intent: String,
    /// When it was begun.
    pub at: Timestamp,
    /// The account's name; with `@` and its base URL where that is not the provider's own.
    pub account: String,
    /// `rentnumber.rent`
    pub operation: String,
    /// The operation's parameters, as JSON text.
    pub params: String,
    /// How it ended.
    pub outcome: RecoveredOutcome,
}

/// How a purchase ended that the journal held open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RecoveredOutcome {
    /// It was bought: once.
    Bought {
        /// How the provider names it.
        ids: Vec<String>,
        /// What the purchase would have answered, as JSON text; absent where it was answered to a process that is gone.
        value: Option<String>,
    },
    /// It was not bought.
    NotBought {
        /// Why that is certain.
        reason: String,
    },
    /// Nobody can tell yet. It stays open.
    Unknown {
        /// Ids of what it may have been.
        candidates: Vec<String>,
        /// What stands in the way.
        reason: String,
    },
}

/// How a purchase ended, before it is written down.
enum End {
    Bought(AnyOutput),
    NotBought(String),
    Unknown(Vec<String>, String),
}

impl Client {
    /// Settles the purchases that the journal holds open and that nobody works on any more: those of processes that are
    /// gone, where the journal is shared, and those of this client that ended as `purchase_unknown`.
    pub fn recover(&self) -> Flow<(), Recovered> {
        let client = self.clone();
        Flow::new(EACH, move |cx, emitter| async move {
            for intent in client.books.adopt(&cx).await? {
                cx.extend_deadline(EACH);
                if let IntentState::Untold(ids) = intent.state.clone() {
                    let (id, account) = (intent.id.clone(), intent.account.clone());
                    let outcome = RecoveredOutcome::Bought { ids, value: None };
                    emitter.emit([recovered(intent, outcome)]).await;
                    let told = JournalEntry { intent: id, at: cx.now(), account, event: JournalEvent::Told };
                    cx.record(told.clone()).await?;
                    lock(&client.books.ledger).apply(told);
                } else {
                    emitter.emit([client.settle(&cx, intent).await]).await;
                }
            }
            Ok(())
        })
    }

    /// Whatever stands in the way leaves it open.
    async fn settle(&self, cx: &Cx, intent: OpenIntent) -> Recovered {
        let outcome = match Box::pin(self.try_to_settle(cx, &intent)).await {
            Ok(outcome) => outcome,
            Err(error) => {
                let candidates = match &intent.state {
                    IntentState::Unknown(candidates) => candidates.clone(),
                    _ => Vec::new(),
                };
                // It waits for the next recovery, by whichever process.
                let event = JournalEvent::Unknown(candidates.clone());
                let (id, account) = (intent.id.clone(), intent.account.clone());
                let still_open = JournalEntry { intent: id, at: cx.now(), account, event };
                if cx.record(still_open.clone()).await.is_ok() {
                    lock(&self.books.ledger).apply(still_open);
                }
                RecoveredOutcome::Unknown { candidates, reason: error.to_string() }
            }
        };
        recovered(intent, outcome)
    }

    async fn try_to_settle(&self, cx: &Cx, intent: &OpenIntent) -> Result<RecoveredOutcome> {
        let entry = registry::find(&intent.operation)?;
        let Some(purchase) = &entry.purchase else {
            return Err(Error::invalid_input("operation", format!("{} buys nothing", intent.operation)));
        };
        let operation = (purchase.parse)(&intent.params)?;
        let session = self.session_in_journal(&intent.account)?;
        let call = Call::new(cx.clone(), session, Options::default());
        let record = Record::resume(&call, intent.id.clone());
        // From now on it is being worked on, for whoever recovers at the same time.
        record.write(JournalEvent::Lost).await?;
        let ended = match entry.endpoint.effect {
            Effect::Spends(recovery) => look_and_tell(&call, &*operation, recovery, &record, intent).await?,
            Effect::Reads | Effect::Sets => End::NotBought("it buys nothing".to_owned()),
        };
        let (event, outcome) = match ended {
            End::Bought(output) => {
                let ids = operation.bought(&output);
                let value = (purchase.to_json)(output)?;
                (JournalEvent::Bought { ids: ids.clone() }, RecoveredOutcome::Bought { ids, value: Some(value) })
            }
            End::NotBought(reason) => (JournalEvent::NotBought(reason.clone()), RecoveredOutcome::NotBought { reason }),
            End::Unknown(candidates, reason) => {
                (JournalEvent::Unknown(candidates.clone()), RecoveredOutcome::Unknown { candidates, reason })
            }
        };
        end(&*operation, &record, event).await;
        Ok(outcome)
    }
}

fn recovered(intent: OpenIntent, outcome: RecoveredOutcome) -> Recovered {
    let OpenIntent { id, at, account, operation, params, .. } = intent;
    Recovered { intent: id, at, account, operation, params, outcome }
}

async fn look_and_tell(
    call: &Call,
    operation: &dyn AnyOperation,
    recovery: Recovery,
    record: &Record<'_>,
    intent: &OpenIntent,
) -> Result<End> {
    let age = call.cx.now().since(intent.at);
    match (recovery, &intent.idempotency_key) {
        (Recovery::ResendUnderKey, Some(key)) if age + KEY_MARGIN < call.session.key_window => {
            resend(call, operation, key, age).await
        }
        _ if !operation.names().is_empty() => named(call, operation, record, intent).await,
        _ => unnamed(call, operation, record, intent).await,
    }
}

/// The provider replays its answer, or carries it out now.
async fn resend(call: &Call, operation: &dyn AnyOperation, key: &str, age: Duration) -> Result<End> {
    match send(call, operation, Some(key)).await {
        Ok(answer) => Ok(End::Bought(answer.value)),
        // The first request may land yet, and not be refused.
        Err(error) if error.delivery == Delivery::Refused && age > LANDS_WITHIN => {
            Ok(End::NotBought(error.message.clone()))
        }
        Err(error) => Err(error),
    }
}

/// The numbers that it named: they are owned, or not.
async fn named(call: &Call, operation: &dyn AnyOperation, record: &Record<'_>, intent: &OpenIntent) -> Result<End> {
    let names = operation.names();
    for name in &names {
        if !record.holds(name).await? {
            let holder = record.claim(name, None).await?;
            let open = record.survey(&[]).await?.open;
            let now = call.cx.now();
            if open.iter().any(|other| other.id == holder && other.is_under_way(now)) {
                return Ok(End::Unknown(Vec::new(), format!("another purchase of {name} is under way")));
            }
            return Ok(End::NotBought(format!("a later purchase took {name} over, for it was not owned")));
        }
    }
    let mut found = operation.find(call).await?;
    if !found.is_empty() {
        match whose(call, record, &names).await? {
            Whose::Ours => {}
            Whose::Anothers => return Ok(End::NotBought("another purchase has got what it named".to_owned())),
            Whose::NotKnownYet => {
                return Ok(End::Unknown(Vec::new(), "another purchase that is under way may get it".to_owned()));
            }
        }
    }
    match found.len() {
        0 => Ok(absent(call, intent)),
        some if some < names.len() => {
            let ids = found.into_iter().map(|found| found.id).collect();
            Ok(End::Unknown(ids, "a part of what it named is owned".to_owned()))
        }
        _ => Ok(End::Bought(found.swap_remove(0).answer.value)),
    }
}

/// What is new since it was begun, or dated after it.
async fn unnamed(call: &Call, operation: &dyn AnyOperation, record: &Record<'_>, intent: &OpenIntent) -> Result<End> {
    let since = intent.at - SKEW;
    let until = intent.at + lands_within(call, intent) + SKEW;
    let in_time = |found: &Found<AnyOutput>| {
        found.at.is_none_or(|at| since <= at && at <= until) && found.no_later_than.is_none_or(|at| since <= at)
    };
    let before_it = |found: &Found<AnyOutput>| {
        intent.owned.contains(&found.id) || found.at.or(found.no_later_than).is_some_and(|at| at < since)
    };
    let lost = Lost { operation: &intent.operation, params: &intent.params, owned: &intent.owned, at: intent.at };
    let mut before: Option<Vec<String>> = None;
    loop {
        let found = operation.find(call).await?;
        let reaches_back = found.len() < MAY_BE_CUT || found.iter().any(before_it);
        let choice = choose(call, record, &lost, found.into_iter().filter(in_time).collect()).await?;
        // What a purchase under way holds, because it names it, is free again if that is refused.
        if choice.candidates.is_empty() && !choice.others_are_under_way {
            let reason = "the provider's list does not reach back to it any more: look at the account";
            let cut = End::Unknown(Vec::new(), reason.to_owned());
            let unsettled = "what is new may be for another purchase that is not settled: recover again after it";
            return Ok(match (choice.held_unsettled, reaches_back) {
                (true, _) => End::Unknown(Vec::new(), unsettled.to_owned()),
                (false, true) => absent(call, intent),
                (false, false) => cut,
            });
        }
        let mut again = before.is_none() || choice.others_are_under_way;
        // As where an answer was lost just now.
        if let Some(found) = choice.adoptable.into_iter().next() {
            let was_seen = before.as_ref().is_some_and(|before| before.contains(&found.id));
            if was_seen && record.holds(&found.id).await? {
                return Ok(End::Bought(found.answer.value));
            }
            again = true;
        }
        before = Some(choice.candidates.clone());
        if !again || call.cx.sleep(BETWEEN_LOOKS, Why::Settle).await.is_err() {
            let held = "what is new may be for another purchase that is under way: recover again after it";
            let reason = if choice.candidates.is_empty() { held } else { "it may be any of these" };
            return Ok(End::Unknown(choice.candidates, reason.to_owned()));
        }
    }
}

/// How long after it was begun it may land: under its key it may have been sent again, for as long as that is known.
fn lands_within(call: &Call, intent: &OpenIntent) -> Duration {
    let sent_within = if intent.idempotency_key.is_some() { call.session.key_window } else { Duration::ZERO };
    sent_within + LANDS_WITHIN
}

fn absent(call: &Call, intent: &OpenIntent) -> End {
    let (age, lands_within) = (call.cx.now().since(intent.at), lands_within(call, intent));
    if age > lands_within {
        return End::NotBought(format!("it was sent {} minutes ago, and is not there", age.as_secs() / 60));
    }
    let left = (lands_within - age).as_secs() / 60 + 1;
    End::Unknown(Vec::new(), format!("it is not there, and may still land: recover again in {left} minutes"))
}
