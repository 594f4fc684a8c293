//! A flow: straight-line async code whose only awaits are actions that the host performs.
//!
//! ```text
//!            step(now)                              resolve(now, id, outcome)
//!   host ───────────────► Perform(id, action) ─────► host performs it ─────► flow goes on
//!                         Abort(id)                  host stops performing it
//!                         Item(item)                 host hands it on
//!                         Waiting                    nothing to do until an action is resolved
//!                         Done(result)               the end
//! ```
//! Rules. Step until `Waiting` or `Done`. Resolve every action once, unless it was aborted. Dropping the flow cancels it: the
//! host then aborts what it was performing. Several actions may be outstanding at once.

mod cx;
mod state;

pub(crate) use cx::{Cx, Emitter};

use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::http::{Request, Response};
use crate::journal::JournalEntry;
use crate::ledger::{Consult, Consulted};
use crate::time::Timestamp;
use state::{Command, Shared};
use std::collections::VecDeque;
use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// Names one action of one flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActionId(pub u64);

/// What the host is asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Send a request. Answer [`Outcome::Answered`], or [`Outcome::NotSent`] when it certainly never left, else
    /// [`Outcome::Lost`].
    Send {
        /// To be sent as it is.
        request: Request,
        /// Abort then, and answer `Lost`.
        deadline: Timestamp,
        /// Bytes of body to read at most; of a longer one, answer with one byte more than this.
        body_limit: usize,
    },
    /// Wait that long, then answer [`Outcome::Elapsed`].
    Sleep(Duration, Why),
    /// Make the line durable, then answer [`Outcome::Recorded`], or [`Outcome::NotRecorded`].
    Record(JournalEntry),
    /// Ask the journal that processes share, then answer [`Outcome::Consulted`], or [`Outcome::NotRecorded`]. Never of a
    /// client whose journal is its own.
    Consult(Consult),
}

/// Why a flow sleeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// The provider's rate limit has no place yet.
    RateLimit,
    /// A failed request is tried again after this.
    Retry,
    /// Another flow holds what this one needs: the access token, or the account's one unkeyed purchase.
    Lease,
    /// The next look at what is being waited for.
    Poll,
    /// A lost purchase may still land.
    Settle,
}

impl Why {
    /// One stable snake_case name in every host.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RateLimit => "rate_limit",
            Self::Retry => "retry",
            Self::Lease => "lease",
            Self::Poll => "poll",
            Self::Settle => "settle",
        }
    }
}

/// How an action ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The whole reply.
    Answered(Response),
    /// Certainly never sent: connection refused, no such host. Says why.
    NotSent(String),
    /// Perhaps sent, no whole reply. Says why.
    Lost(String),
    /// The time is over.
    Elapsed,
    /// The line is durable.
    Recorded,
    /// The journal could not be written or read. Says why.
    NotRecorded(String),
    /// What the shared journal says.
    Consulted(Consulted),
}

impl Outcome {
    /// Its own name: for messages. (Its `Debug` brings the formatting of all that is in it.)
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Answered(_) => "Answered",
            Self::NotSent(_) => "NotSent",
            Self::Lost(_) => "Lost",
            Self::Elapsed => "Elapsed",
            Self::Recorded => "Recorded",
            Self::NotRecorded(_) => "NotRecorded",
            Self::Consulted(_) => "Consulted",
        }
    }
}

/// What a flow wants next.
#[derive(Debug, PartialEq)]
pub enum Step<T, I = Infallible> {
    /// Perform this and resolve it.
    Perform(ActionId, Action),
    /// Stop performing this; it is not to be resolved.
    Abort(ActionId),
    /// One of several results. The flow goes no further before the next step.
    Item(I),
    /// Nothing until an action is resolved.
    Waiting,
    /// The result. Later steps give `Waiting`.
    Done(Result<T>),
}

type FlowFuture<T> = Pin<Box<dyn Future<Output = Result<T>> + Send>>;

/// A running call: see the module's description.
pub struct Flow<T, I = Infallible> {
    shared: Arc<Shared>,
    items: Arc<Mutex<VecDeque<I>>>,
    future: Option<FlowFuture<T>>,
    /// Boxed: a result can weigh more than all the rest.
    result: Option<Box<Result<T>>>,
    timeout: Duration,
}

impl<T, I> Flow<T, I> {
    /// A flow that ends at the latest `timeout` after its first step.
    pub(crate) fn new<F>(timeout: Duration, body: impl FnOnce(Cx, Emitter<I>) -> F) -> Self
    where
        F: Future<Output = Result<T>> + Send + 'static,
    {
        let shared = Arc::new(Shared { woken: AtomicBool::new(true), state: Mutex::default() });
        let items = Arc::new(Mutex::new(VecDeque::new()));
        let cx = Cx { shared: Arc::clone(&shared) };
        let emitter = Emitter { items: Arc::clone(&items), cx: cx.clone() };
        Self { future: Some(Box::pin(body(cx, emitter))), shared, items, result: None, timeout }
    }

    /// A flow that has failed before its first step.
    pub(crate) fn failed(error: Error) -> Self
    where
        T: Send + 'static,
    {
        Self::new(Duration::ZERO, |_, _| std::future::ready(Err(error)))
    }

    /// What the flow wants next, at this time.
    pub fn step(&mut self, now: Timestamp) -> Step<T, I> {
        self.shared.begin(now, self.timeout);
        loop {
            if let Some(item) = self.next_item() {
                return Step::Item(item);
            }
            let command = self.shared.lock().commands.pop_front();
            match command {
                Some(Command::Perform(id, action)) => {
                    if matches!(*action, Action::Send { .. }) {
                        self.shared.lock().sent_at = Some(now);
                    }
                    return Step::Perform(id, *action);
                }
                Some(Command::Abort(id)) => return Step::Abort(id),
                None => {}
            }
            if let Some(result) = self.result.take() {
                return Step::Done(*result);
            }
            let Some(future) = self.future.as_mut() else { return Step::Waiting };
            if !self.shared.woken.swap(false, Ordering::AcqRel) {
                return Step::Waiting;
            }
            let waker = Waker::from(Arc::clone(&self.shared));
            if let Poll::Ready(result) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
                // Dropped before the result is given: what is still outstanding is aborted first.
                self.future = None;
                self.result = Some(Box::new(result));
            }
        }
    }

    /// Says how an action ended. An id that is not outstanding is ignored: its action was aborted meanwhile.
    pub fn resolve(&mut self, now: Timestamp, id: ActionId, outcome: Outcome) {
        let mut state = self.shared.lock();
        state.now = state.now.max(now);
        let waker = state.resolve(id, outcome);
        drop(state);
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// Gives the flow up: what is outstanding is aborted, and the result is [`ErrorKind::Cancelled`], with
    /// [`Delivery::Unknown`] once any request was handed over.
    pub fn cancel(&mut self) {
        if self.future.is_none() {
            return;
        }
        let delivery = if self.shared.lock().sent_at.is_some() { Delivery::Unknown } else { Delivery::NotSent };
        self.future = None;
        self.result = Some(Box::new(Err(Error::new(ErrorKind::Cancelled, delivery, "cancelled by the caller"))));
    }

    fn next_item(&self) -> Option<I> {
        let mut items = lock(&self.items);
        let item = items.pop_front()?;
        let waker = if items.is_empty() { self.shared.lock().emitting.take() } else { None };
        drop(items);
        if let Some(waker) = waker {
            waker.wake();
        }
        Some(item)
    }
}

impl<T, I> std::fmt::Debug for Flow<T, I> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Flow").field("ended", &self.future.is_none()).finish_non_exhaustive()
    }
}

/// Locks; what a panicking thread left behind is still consistent here, for no lock is held across foreign code.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
