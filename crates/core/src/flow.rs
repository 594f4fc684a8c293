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

use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::http::{Request, Response};
use crate::journal::JournalEntry;
use crate::time::Timestamp;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
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
    /// The line could not be made durable. Says why.
    NotRecorded(String),
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
    result: Option<Result<T>>,
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
                    self.shared.lock().has_sent |= matches!(*action, Action::Send { .. });
                    return Step::Perform(id, *action);
                }
                Some(Command::Abort(id)) => return Step::Abort(id),
                None => {}
            }
            if let Some(result) = self.result.take() {
                return Step::Done(result);
            }
            let Some(future) = self.future.as_mut() else { return Step::Waiting };
            if !self.shared.woken.swap(false, Ordering::AcqRel) {
                return Step::Waiting;
            }
            let waker = Waker::from(Arc::clone(&self.shared));
            if let Poll::Ready(result) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
                // Dropped before the result is given: what is still outstanding is aborted first.
                self.future = None;
                self.result = Some(result);
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
        let delivery = if self.shared.lock().has_sent { Delivery::Unknown } else { Delivery::NotSent };
        self.future = None;
        self.result = Some(Err(Error::new(ErrorKind::Cancelled, delivery, "cancelled by the caller")));
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

struct Shared {
    woken: AtomicBool,
    state: Mutex<State>,
}

struct State {
    now: Timestamp,
    deadline: Option<Timestamp>,
    next_id: u64,
    /// A request was handed to the host.
    has_sent: bool,
    commands: VecDeque<Command>,
    /// Who waits for the host to take the last item.
    emitting: Option<Waker>,
    /// Ascending by id. A sorted vector: a map's first node alone would exceed what a sleeping flow may weigh.
    outstanding: Vec<(ActionId, Slot)>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            now: Timestamp::EPOCH,
            deadline: None,
            next_id: 0,
            has_sent: false,
            commands: VecDeque::new(),
            emitting: None,
            outstanding: Vec::new(),
        }
    }
}

enum Command {
    Perform(ActionId, Box<Action>),
    Abort(ActionId),
}

struct Slot {
    deadline: Option<Timestamp>,
    waker: Option<Waker>,
    outcome: Option<Box<Outcome>>,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    /// Takes the time in, and times out what a host has let run past its deadline.
    fn begin(&self, now: Timestamp, timeout: Duration) {
        let mut state = self.lock();
        state.now = state.now.max(now);
        state.deadline.get_or_insert(now + timeout);
        let late: Vec<ActionId> = state
            .outstanding
            .iter()
            .filter(|(_, slot)| slot.outcome.is_none() && slot.deadline.is_some_and(|deadline| deadline <= now))
            .map(|(id, _)| *id)
            .collect();
        let mut wakers = Vec::new();
        for id in late {
            // Still queued: it was never begun.
            let before = state.commands.len();
            state.commands.retain(|command| !matches!(command, Command::Perform(queued, _) if *queued == id));
            let outcome = if state.commands.len() < before {
                Outcome::NotSent("the deadline passed".to_owned())
            } else {
                state.commands.push_back(Command::Abort(id));
                Outcome::Lost("the deadline passed".to_owned())
            };
            wakers.extend(state.resolve(id, outcome));
        }
        drop(state);
        wakers.into_iter().for_each(Waker::wake);
    }
}

impl Wake for Shared {
    fn wake(self: Arc<Self>) {
        self.woken.store(true, Ordering::Release);
    }
}

impl State {
    fn position(&self, id: ActionId) -> Option<usize> {
        self.outstanding.binary_search_by_key(&id, |(id, _)| *id).ok()
    }

    fn slot(&mut self, id: ActionId) -> Option<&mut Slot> {
        let position = self.position(id)?;
        self.outstanding.get_mut(position).map(|(_, slot)| slot)
    }

    #[must_use]
    fn resolve(&mut self, id: ActionId, outcome: Outcome) -> Option<Waker> {
        let slot = self.slot(id)?;
        if slot.outcome.is_none() {
            slot.outcome = Some(Box::new(outcome));
        }
        slot.waker.take()
    }
}

/// A flow's side of the border: the time, and the actions.
#[derive(Clone)]
pub(crate) struct Cx {
    shared: Arc<Shared>,
}

impl Cx {
    /// The time of the last step.
    pub(crate) fn now(&self) -> Timestamp {
        self.shared.lock().now
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
            other => Outcome::Lost(format!("the host answered a request with {other:?}")),
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
            Outcome::NotRecorded(why) => Err(Error::new(
                ErrorKind::JournalFailed,
                Delivery::NotSent,
                format!("the journal did not take the line: {why}"),
            )),
            other => {
                let message = format!("the host answered a line of the journal with {other:?}");
                Err(Error::new(ErrorKind::JournalFailed, Delivery::NotSent, message))
            }
        }
    }

    fn perform(&self, action: Action, deadline: Option<Timestamp>) -> Pending {
        let mut state = self.shared.lock();
        let id = ActionId(state.next_id);
        state.next_id += 1;
        state.commands.push_back(Command::Perform(id, Box::new(action)));
        state.outstanding.push((id, Slot { deadline, waker: None, outcome: None }));
        Pending { cx: self.clone(), id }
    }
}

/// The flow's deadline comes before the end of the sleep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DeadlineFirst;

/// An action under way. Dropping it takes it back: from the queue, or from the host.
struct Pending {
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
    items: Arc<Mutex<VecDeque<I>>>,
    cx: Cx,
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

#[cfg(test)]
mod tests;
