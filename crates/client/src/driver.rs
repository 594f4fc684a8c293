//! The driver: steps a flow, performs what it asks for, and tells it how that ended.

use crate::client::Inner;
use crate::host::{BoxFuture, sleep};
use futures_util::future::{AbortHandle, Abortable, Either, select};
use futures_util::stream::{FuturesUnordered, StreamExt};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tracing::{Instrument, Span, debug, info, warn};
use trunkline_core::{Action, ActionId, Delivery, Error, ErrorKind, Flow, Outcome, Result, Step};

/// A flow being driven. Dropping it aborts what it was doing.
pub(crate) struct Driver<T, I> {
    flow: Flow<T, I>,
    inner: Arc<Inner>,
    span: Span,
    pending: FuturesUnordered<Abortable<BoxFuture<'static, (ActionId, Outcome)>>>,
    handles: Vec<(ActionId, AbortHandle)>,
}

pub(crate) enum Event<T, I> {
    Item(I),
    Done(Result<T>),
}

impl<T, I> Driver<T, I> {
    pub(crate) fn new(flow: Flow<T, I>, inner: Arc<Inner>, operation: &'static str) -> Self {
        let span = tracing::info_span!("trunkline", operation);
        Self { flow, inner, span, pending: FuturesUnordered::new(), handles: Vec::new() }
    }

    /// Drives until there is an item or the result.
    pub(crate) async fn next(&mut self) -> Event<T, I> {
        loop {
            match self.flow.step(self.inner.clock.now()) {
                Step::Perform(id, action) => self.perform(id, action),
                Step::Abort(id) => self.abort(id),
                Step::Item(item) => return Event::Item(item),
                Step::Done(result) => {
                    self.span.in_scope(|| match &result {
                        Ok(_) => debug!("done"),
                        Err(error) => {
                            info!(kind = %error.kind, delivery = ?error.delivery, "failed: {}", error.message)
                        }
                    });
                    return Event::Done(result);
                }
                Step::Waiting => match self.pending.next().await {
                    Some(Ok((id, outcome))) => {
                        self.handles.retain(|(other, _)| *other != id);
                        self.flow.resolve(self.inner.clock.now(), id, outcome);
                    }
                    // An aborted action is not resolved.
                    Some(Err(_)) => {}
                    None => {
                        let message = "the flow waits for nothing; this is a defect of the library";
                        return Event::Done(Err(Error::new(ErrorKind::Cancelled, Delivery::Unknown, message)));
                    }
                },
            }
        }
    }

    fn perform(&mut self, id: ActionId, action: Action) {
        let inner = Arc::clone(&self.inner);
        let work = async move { (id, perform(&inner, action).await) };
        let (handle, registration) = AbortHandle::new_pair();
        self.handles.push((id, handle));
        self.pending.push(Abortable::new(Box::pin(work.instrument(self.span.clone())), registration));
    }

    fn abort(&mut self, id: ActionId) {
        if let Some(at) = self.handles.iter().position(|(other, _)| *other == id) {
            self.handles.swap_remove(at).1.abort();
        }
    }
}

async fn perform(inner: &Inner, action: Action) -> Outcome {
    match action {
        Action::Send { request, deadline, body_limit } => {
            let (method, url) = (request.method, request.url_without_query().to_owned());
            let left = deadline.since(inner.clock.now());
            debug!(%method, %url, "request");
            let sending = inner.transport.send(request, body_limit);
            let outcome = match select(sending, pin!(sleep(left))).await {
                Either::Left((outcome, _)) => outcome,
                Either::Right(_) => Outcome::Lost(format!("no answer before the deadline, {} ms", left.as_millis())),
            };
            match &outcome {
                Outcome::Answered(response) => {
                    debug!(%method, %url, status = response.status, bytes = response.body.len(), "reply")
                }
                Outcome::NotSent(why) => info!(%method, %url, why, "not sent"),
                Outcome::Lost(why) => info!(%method, %url, why, "lost"),
                _ => {}
            }
            outcome
        }
        Action::Sleep(duration, why) => {
            debug!(?why, milliseconds = duration.as_millis() as u64, "wait");
            // Timers have a resolution of a millisecond; waking early would only mean to sleep again.
            sleep(duration.max(Duration::from_millis(1))).await;
            Outcome::Elapsed
        }
        Action::Record(entry) => match &inner.journal {
            None => Outcome::Recorded,
            Some(journal) => {
                debug!("record");
                journal.record(entry).await.map_or_else(not_recorded, |()| Outcome::Recorded)
            }
        },
        Action::Consult(question) => match &inner.journal {
            None => not_recorded("there is no journal".to_owned()),
            Some(journal) => journal.consult(question).await.map_or_else(not_recorded, Outcome::Consulted),
        },
    }
}

fn not_recorded(why: String) -> Outcome {
    warn!(why, "the journal cannot be used");
    Outcome::NotRecorded(why)
}

/// Drives a flow without items to its result.
pub(crate) async fn run<T>(flow: Flow<T>, inner: Arc<Inner>, operation: &'static str) -> Result<T> {
    let mut driver = Driver::new(flow, inner, operation);
    match driver.next().await {
        Event::Done(result) => result,
        Event::Item(never) => match never {},
    }
}
