//! Waiting for something to settle.

use crate::call::{Answer, Call};
use crate::erased::{AnyOperation, AnyOutput};
use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::flow::Why;
use crate::limiter::Priority;
use crate::operation::{BoxFuture, Operation};
use crate::purchase::run;
use std::time::Duration;

/// How far along something is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// It is what was waited for.
    Settled,
    /// Not yet; what it is now, in the provider's word.
    Waiting(String),
    /// It never will be; what it is instead.
    Ended(String),
}

/// An operation whose result can be waited for.
pub trait Waits: Operation {
    /// How often to look.
    const EVERY: Duration;

    /// How far along this result is.
    fn progress(output: &Self::Output) -> Progress;
}

/// Looks every so often until it is settled. What passes is looked over: the next look may find better.
pub(crate) async fn wait(
    mut call: Call,
    operation: Box<dyn AnyOperation>,
    every: Duration,
    progress: fn(&AnyOutput) -> Progress,
) -> Result<Answer<AnyOutput>> {
    let id = operation.facts().id;
    call.priority = Priority::Poll;
    let mut last;
    loop {
        // Boxed, so that its room is given back while this sleeps.
        let look: BoxFuture<'_, _> = Box::pin(run(&call, &*operation));
        match look.await {
            Ok(answer) => match progress(&answer.value) {
                Progress::Settled => return Ok(answer),
                Progress::Waiting(state) => last = format!("it is still {state:?}"),
                Progress::Ended(state) => {
                    let message = format!("what was waited for will not come: it is {state:?}");
                    let ended = Error::new(ErrorKind::Ended, Delivery::Refused, message);
                    return Err(ended.of(id).with(|details| details.response = Some(answer.response)));
                }
            },
            Err(error) if passes(&error) => last = error.message.clone(),
            Err(error) => return Err(error),
        }
        if call.cx.sleep(every, Why::Poll).await.is_err() {
            let message = format!("the time to wait is over: {last}");
            return Err(Error::new(ErrorKind::TimedOut, Delivery::Refused, message).of(id));
        }
    }
}

/// Whether a later look may go better.
pub(crate) fn passes(error: &Error) -> bool {
    matches!(
        error.kind,
        ErrorKind::ProviderDown | ErrorKind::Unreachable | ErrorKind::TimedOut | ErrorKind::RateLimited
    )
}
