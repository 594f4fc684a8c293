//! One running call. JavaScript steps it, does what it asks for, and says how that ended.

use crate::js::{self, Step};
use napi::{Env, Result};
use napi_derive::napi;
use trunkline_core::client::JsonAnswer;
use trunkline_core::{self as core, Action, ActionId, Answer, Outcome, Response, Timestamp, Why};

/// One running call: see `step`. Actions are answered once each, unless they were aborted meanwhile.
#[napi]
pub struct Flow {
    inner: Erased,
}

enum Erased {
    Call(core::Flow<JsonAnswer>),
    All(core::Flow<(), String>),
    Request(core::Flow<Response>),
}

impl From<core::Flow<JsonAnswer>> for Flow {
    fn from(flow: core::Flow<JsonAnswer>) -> Self {
        Self { inner: Erased::Call(flow) }
    }
}

impl From<core::Flow<(), String>> for Flow {
    fn from(flow: core::Flow<(), String>) -> Self {
        Self { inner: Erased::All(flow) }
    }
}

impl From<core::Flow<Response>> for Flow {
    fn from(flow: core::Flow<Response>) -> Self {
        Self { inner: Erased::Request(flow) }
    }
}

#[napi]
impl Flow {
    /// What the flow wants next at this time, in milliseconds since 1970. To be asked until it says `waiting` or ends.
    #[napi(catch_unwind)]
    pub fn step<'env>(&mut self, env: &'env Env, now: f64) -> Result<Step<'env>> {
        let now = at(now);
        match &mut self.inner {
            Erased::Call(flow) => {
                let done = |Answer { value, response }| js::array(env, ("done", value, js::reply(env, response)?));
                show(env, flow.step(now), |never| match never {}, done)
            }
            Erased::All(flow) => {
                show(env, flow.step(now), |item| js::array(env, ("item", item)), |()| js::array(env, ("end",)))
            }
            Erased::Request(flow) => {
                let done = |response| js::array(env, ("done", "", js::reply(env, response)?));
                show(env, flow.step(now), |never| match never {}, done)
            }
        }
    }

    /// The whole reply; of a body that is longer than its limit, one byte more than that.
    #[napi(catch_unwind)]
    pub fn answered(&mut self, now: f64, id: f64, status: u16, headers: Vec<String>, body: &[u8]) {
        let mut headers = js::pairs(headers);
        headers.iter_mut().for_each(|(name, _)| name.make_ascii_lowercase());
        self.resolve(now, id, Outcome::Answered(Response { status, headers, body: body.to_vec() }));
    }

    /// Certainly never sent. Says why.
    #[napi(catch_unwind)]
    pub fn not_sent(&mut self, now: f64, id: f64, why: String) {
        self.resolve(now, id, Outcome::NotSent(why));
    }

    /// Perhaps sent, no whole reply. Says why.
    #[napi(catch_unwind)]
    pub fn lost(&mut self, now: f64, id: f64, why: String) {
        self.resolve(now, id, Outcome::Lost(why));
    }

    /// The time is over.
    #[napi(catch_unwind)]
    pub fn elapsed(&mut self, now: f64, id: f64) {
        self.resolve(now, id, Outcome::Elapsed);
    }

    /// The line is durable.
    #[napi(catch_unwind)]
    pub fn recorded(&mut self, now: f64, id: f64) {
        self.resolve(now, id, Outcome::Recorded);
    }

    /// The line could not be made durable. Says why.
    #[napi(catch_unwind)]
    pub fn not_recorded(&mut self, now: f64, id: f64, why: String) {
        self.resolve(now, id, Outcome::NotRecorded(why));
    }

    /// Gives the flow up: what is outstanding is to be aborted, then it ends as `cancelled`.
    #[napi(catch_unwind)]
    pub fn cancel(&mut self) {
        match &mut self.inner {
            Erased::Call(flow) => flow.cancel(),
            Erased::All(flow) => flow.cancel(),
            Erased::Request(flow) => flow.cancel(),
        }
    }
}

impl Flow {
    fn resolve(&mut self, now: f64, id: f64, outcome: Outcome) {
        let (now, id) = (at(now), ActionId(id as u64));
        match &mut self.inner {
            Erased::Call(flow) => flow.resolve(now, id, outcome),
            Erased::All(flow) => flow.resolve(now, id, outcome),
            Erased::Request(flow) => flow.resolve(now, id, outcome),
        }
    }
}

fn at(millis: f64) -> Timestamp {
    Timestamp::from_nanos((millis * 1e6) as i64)
}

fn show<'env, T, I>(
    env: &'env Env,
    step: core::Step<T, I>,
    item: impl FnOnce(I) -> Result<Step<'env>>,
    done: impl FnOnce(T) -> Result<Step<'env>>,
) -> Result<Step<'env>> {
    match step {
        core::Step::Perform(ActionId(id), action) => perform(env, id as f64, action),
        core::Step::Abort(ActionId(id)) => js::array(env, ("abort", id as f64)),
        core::Step::Item(value) => item(value),
        core::Step::Waiting => js::array(env, ("waiting",)),
        core::Step::Done(Ok(value)) => done(value),
        core::Step::Done(Err(error)) => js::failed(env, &error),
    }
}

fn perform(env: &Env, id: f64, action: Action) -> Result<Step<'_>> {
    match action {
        Action::Send { request, deadline, body_limit } => {
            let deadline = deadline.as_nanos() as f64 / 1e6;
            let (method, headers) = (request.method.as_str(), js::flat(request.headers));
            let body = js::bytes(env, &request.body)?;
            js::array(env, ("send", id, method, request.url, headers, body, deadline, body_limit as f64))
        }
        Action::Sleep(duration, why) => js::array(env, ("sleep", id, duration.as_secs_f64() * 1000.0, name(why))),
        Action::Record(entry) => js::array(env, ("record", id, entry.to_line())),
    }
}

const fn name(why: Why) -> &'static str {
    match why {
        Why::RateLimit => "rate_limit",
        Why::Retry => "retry",
        Why::Lease => "lease",
        Why::Poll => "poll",
        Why::Settle => "settle",
    }
}
