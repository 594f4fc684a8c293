//! Waiting for something to settle.

use crate::call::{Answer, Call};
use crate::erased::{AnyOperation, AnyOutput};
use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::flow::Why;
use crate::limiter::{Priority, RateLimit, Turn, Watch};
use crate::operation::{BoxFuture, Operation};
use crate::purchase::run;
use crate::time::Timestamp;
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
    call: Call,
    operation: Box<dyn AnyOperation>,
    every: Duration,
    progress: fn(&AnyOutput) -> Progress,
) -> Result<Answer<AnyOutput>> {
    let id = operation.facts().id;
    let mut looks = Looks::begin(call, every).map_err(|error| error.of(id))?;
    let mut last = String::new();
    while let Some(call) = looks.next().await {
        // Boxed, so that its room is given back while this sleeps.
        let look: BoxFuture<'_, _> = Box::pin(run(call, &*operation));
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
    }
    Err(time_is_over(&last).of(id))
}

/// One after the other, until the time is over. A look asks for its place at once, or `every` after the one before it; the
/// [limiter](crate::limiter) lets those who look at one account take turns. Whose time ends before the first turn has to have
/// come is refused.
pub(crate) struct Looks {
    call: Call,
    every: Duration,
    _watch: Watch,
    began: Timestamp,
    /// When the latest look asked for its place.
    asked: Option<Timestamp>,
}

impl Looks {
    /// Looks every so often, or as often as the account's rate has places for all who look.
    pub(crate) fn begin(call: Call, every: Duration) -> Result<Self> {
        let limiter = call.session.limiter("").ok_or_else(|| time_is_over("the account has no rate"))?;
        let (watch, began) = (limiter.watch(), call.cx.now());
        let period = watch.period(every);
        if let Some((others, limit)) = watch.others()
            && period > every.max(call.cx.deadline().since(began))
        {
            return Err(too_little_time(others, limit, period));
        }
        Ok(Self { call, every, _watch: watch, began, asked: None })
    }

    /// The call of the next look, when it is time for it; nothing when no look can come any more.
    pub(crate) async fn next(&mut self) -> Option<&Call> {
        loop {
            let now = self.call.cx.now();
            // What found no place in time sent nothing.
            let last = self.asked.map(|asked| self.call.cx.sent_at().map_or(asked, |sent| sent.max(asked)));
            let from = last.map_or(now, |last| last + self.every);
            if from <= now {
                self.asked = Some(now);
                let (last, ends) = (last.unwrap_or(self.began), self.call.cx.deadline());
                self.call.priority = Priority::Poll(Turn { last, ends });
                // The next look is the next attempt.
                self.call.options.attempts.get_or_insert(1);
                return Some(&self.call);
            }
            self.call.cx.sleep(from.since(now), Why::Poll).await.ok()?;
        }
    }
}

/// It was looked for, and did not come.
pub(crate) fn time_is_over(last: &str) -> Error {
    let message = format!("the time to wait is over: {last}");
    Error::new(ErrorKind::TimedOut, Delivery::Refused, message)
}

#[cold]
fn too_little_time(others: u32, limit: RateLimit, period: Duration) -> Error {
    let RateLimit { requests, window } = limit;
    let seconds = period.as_millis().div_ceil(1000);
    let message = format!(
        "{others} others wait on this account, which allows {requests} requests in {window:?}: \
         a look comes every {seconds} s; allow at least that"
    );
    Error::new(ErrorKind::TimedOut, Delivery::NotSent, message)
}

/// Whether a later look may go better.
pub(crate) fn passes(error: &Error) -> bool {
    matches!(
        error.kind,
        ErrorKind::ProviderDown | ErrorKind::Unreachable | ErrorKind::TimedOut | ErrorKind::RateLimited
    )
}
