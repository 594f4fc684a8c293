//! What a host does: a clock, the journal, and a network on which things go wrong.

use super::{World, provider_of};
use crate::simulate::Broken;
use crate::simulate::process::Running;
use crate::simulate::tally::View;
use crate::world::HOST;
use std::time::Duration;
use trunkline::sandbox::incoming;
use trunkline_core::{Action, JournalEntry, JournalEvent, Outcome, Request, Response, Timestamp};
use trunkline_sandbox::{TAG, Time, http, reply};

/// There and back.
const LATENCY: Duration = Duration::from_millis(40);

fn disk_full() -> Outcome {
    Outcome::NotRecorded("no space left on device".to_owned())
}

impl World {
    /// Performs one action: when it ends, and how.
    pub(super) fn perform(&mut self, process: usize, running: &mut Running, action: Action) -> (Timestamp, Outcome) {
        match action {
            Action::Sleep(duration, _) => (self.now + duration, Outcome::Elapsed),
            Action::Record(entry) => (self.now, self.record(process, running, entry)),
            Action::Consult(question) => {
                if self.random.below(self.journal_fails_one_in) == 0 {
                    return (self.now, disk_full());
                }
                let answer = self.journal.consult(process, question);
                (self.now, Outcome::Consulted(answer))
            }
            Action::Send { mut request, deadline, body_limit } => {
                let key = request.header("idempotency-key").and_then(|key| self.keys.get(key).cloned());
                let intent = match running {
                    Running::Purchase(_, asked) => asked.intent.clone(),
                    Running::Recovery(_) => None,
                };
                if let Some(tag) = key.or(intent) {
                    request.headers.push((TAG.to_owned(), tag));
                }
                let spends = request.method == trunkline_core::Method::Post;
                let again = (self.broken == Some(Broken::Retry) && spends).then(|| request.clone());
                let (at, outcome) = self.exchange(request, body_limit);
                if let (Outcome::Lost(_), Some(request)) = (&outcome, again) {
                    return self.exchange(request, body_limit);
                }
                if at > deadline {
                    return (deadline, Outcome::Lost("no answer before the deadline".to_owned()));
                }
                (at, outcome)
            }
        }
    }

    /// Takes a line into the journal, unless that fails.
    fn record(&mut self, process: usize, running: &mut Running, entry: JournalEntry) -> Outcome {
        let fails = self.random.below(self.journal_fails_one_in);
        // At 0 there is no line, and so no intent; at 1 it is there all the same: what failed came after it.
        if fails == 0 && matches!(entry.event, JournalEvent::Intent { .. }) {
            return disk_full();
        }
        if let Running::Purchase(_, asked) = running {
            match &entry.event {
                JournalEvent::Intent { operation, idempotency_key, .. } => {
                    asked.intent = Some(entry.intent.clone());
                    asked.provider = provider_of(operation);
                    self.purchases.insert(entry.intent.clone(), asked.number);
                    self.ledgers.entry(asked.provider).or_default().views.insert(entry.intent.clone(), None);
                    if let Some(key) = idempotency_key {
                        self.keys.insert(key.clone(), entry.intent.clone());
                    }
                }
                JournalEvent::Bought { ids } => asked.bought.clone_from(ids),
                _ => {}
            }
        }
        // Who crashes now is not told, and has lost nothing.
        if matches!(entry.event, JournalEvent::NotBought(_)) {
            let provider = provider_of(entry.account.split('@').next().unwrap_or_default());
            self.tell(provider, &entry.intent, View::NotBought);
        }
        if fails != 0 {
            self.journal.record(process, entry);
        }
        if fails <= 1 { disk_full() } else { Outcome::Recorded }
    }

    fn exchange(&mut self, request: Request, body_limit: usize) -> (Timestamp, Outcome) {
        let never = Timestamp::from_nanos(i64::MAX);
        let Some((provider, request)) = incoming(request, HOST) else {
            return (self.now + LATENCY, Outcome::NotSent("no such host".to_owned()));
        };
        // Now and then nobody listens.
        if self.random.below(200) == 0 {
            return (self.now + LATENCY, Outcome::NotSent("connection refused".to_owned()));
        }
        let now = Time(self.now.as_millis());
        let trunkline_sandbox::Reply { after, outcome } = self.sandbox.handle(now, provider, request);
        let at = self.now + LATENCY + Duration::from_millis(self.random.below(200)) + after;
        match outcome {
            reply::Outcome::Respond(http::Response { status, headers, mut body }) => {
                body.truncate(body_limit.saturating_add(1));
                (at, Outcome::Answered(Response { status, headers, body }))
            }
            reply::Outcome::Cut(..) => (at, Outcome::Lost("the reply broke off".to_owned())),
            reply::Outcome::Drop => (at, Outcome::Lost("connection reset".to_owned())),
            reply::Outcome::Hang => (never, Outcome::Lost("no answer".to_owned())),
        }
    }
}
