//! A flow's own side of the border.

use super::state::{Command, Shared, Slot};
use super::{Action, ActionId, Outcome, Why, lock};
use crate::error::{Error, Result};
use crate::http::Request;
use crate::journal::JournalEntry;
use crate::ledger::{Consult, Consulted};
use crate::time::Timestamp;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

/// A flow's side of the border: the time, and the actions.
#[derive(Clone)]
pub(crate) struct Cx {
    pub(super) shared: Arc<Shared>,
}

impl Cx {
    /// The time of the last step.
    pub(crate) fn now(&self) -> Timestamp {
        self.shared.lock().now
    }

    /// When a request was last handed to the host.
    pub(crate) fn sent_at(&self) -> Option<Timestamp> {
        self.shared.lock().sent_at
    }

    /// When the whole flow ends at the latest.
    pub(crate) fn deadline(&self) -> Timestamp {
        let state = self.shared.lock();
        state.deadline.unwrap_or(state.now)
    }

    /// Moves the flow's deadline to this long from now: each page of a list has its own.
    pub(crate) fn extend_deadline(&self, timeout: Duration) {
        let mut state = self.shared.lock();
        state.deadline = Some(state.now + timeout);
    }

    /// Sends, at the latest until `deadline`.
    pub(crate) async fn send(&self, request: Request, deadline: Timestamp, body_limit: usize) -> Outcome {
        let outcome = self.perform(Action::Send { request, deadline, body_limit }, Some(deadline)).await;
        match outcome {
            Outcome::Answered(_) | Outcome::NotSent(_) | Outcome::Lost(_) => outcome,
            other => Outcome::Lost(format!("the host answered a request with {}", other.name())),
        }
    }

    /// Sleeps; does not begin when it could not end before the flow's deadline, and then says so.
    pub(crate) async fn sleep(&self, duration: Duration, why: Why) -> Result<(), DeadlineFirst> {
        if self.now() + duration >= self.deadline() {
            return Err(DeadlineFirst);
        }
        self.perform(Action::Sleep(duration, why), None).await;
        Ok(())
    }

    /// Makes a line of the journal durable.
    pub(crate) async fn record(&self, entry: JournalEntry) -> Result<()> {
        match self.perform(Action::Record(entry), None).await {
            Outcome::Recorded => Ok(()),
            other => Err(not_recorded(other)),
        }
    }

    /// Asks the journal that processes share.
    pub(crate) async fn consult(&self, question: Consult) -> Result<Consulted> {
        match self.perform(Action::Consult(question), None).await {
            Outcome::Consulted(answer) => Ok(answer),
            other => Err(not_recorded(other)),
        }
    }

    pub(super) fn perform(&self, action: Action, deadline: Option<Timestamp>) -> Pending {
        let mut state = self.shared.lock();
        let id = ActionId(state.next_id);
        state.next_id += 1;
        state.commands.push_back(Command::Perform(id, Box::new(action)));
        state.outstanding.push((id, Slot { deadline, waker: None, outcome: None }));
        Pending { cx: self.clone(), id }
    }
}

fn not_recorded(outcome: Outcome) -> Error {
    match outcome {
        Outcome::NotRecorded(why) => Error::journal_failed(why),
        other => Error::journal_failed(format!("the host answered for it with {}", other.name())),
    }
}

/// The flow's deadline comes before the end of the sleep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DeadlineFirst;

/// An action under way. Dropping it takes it back: from the queue, or from the host.
pub(super) struct Pending {
    cx: Cx,
    id: ActionId,
}

impl Future for Pending {
    type Output = Outcome;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Outcome> {
        let mut state = self.cx.shared.lock();
        let Some(slot) = state.slot(self.id) else {
            return Poll::Ready(Outcome::Lost("polled after its end".to_owned()));
        };
        match slot.outcome.take() {
            Some(outcome) => {
                let position = state.position(self.id);
                position.map(|position| state.outstanding.remove(position));
                Poll::Ready(*outcome)
            }
            None => {
                slot.waker = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        let mut state = self.cx.shared.lock();
        let Some(position) = state.position(self.id) else { return };
        let (_, slot) = state.outstanding.remove(position);
        let before = state.commands.len();
        let id = self.id;
        state.commands.retain(|command| !matches!(command, Command::Perform(queued, _) if *queued == id));
        if state.commands.len() == before && slot.outcome.is_none() {
            state.commands.push_back(Command::Abort(id));
        }
    }
}

/// Hands items to the host, one at a time.
pub(crate) struct Emitter<I> {
    pub(super) items: Arc<Mutex<VecDeque<I>>>,
    pub(super) cx: Cx,
}

impl<I> Emitter<I> {
    /// Hands these over, and waits until the host has taken the last: nothing is fetched that nobody asked for.
    pub(crate) async fn emit(&self, items: impl IntoIterator<Item = I>) {
        lock(&self.items).extend(items);
        std::future::poll_fn(|context| {
            if lock(&self.items).is_empty() {
                return Poll::Ready(());
            }
            self.cx.shared.lock().emitting = Some(context.waker().clone());
            Poll::Pending
        })
        .await;
    }

    /// The flow's other side.
    pub(crate) const fn cx(&self) -> &Cx {
        &self.cx
    }
}
