//! One running call. JavaScript steps it, does what it asks for, and says how that ended.

use crate::js::{self, Step};
use std::time::Duration;
use trunkline_core::client::JsonAnswer;
use trunkline_core::{self as core, Action, ActionId, Answer, Outcome, Response, Timestamp, Why};
use wasm_bindgen::prelude::wasm_bindgen;

/// One running call: see `step`. Actions are answered once each, unless they were aborted meanwhile.
#[wasm_bindgen]
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

#[wasm_bindgen]
impl Flow {
    /// What the flow wants next at this time, in milliseconds since 1970. To be asked until it says `waiting` or ends.
    pub fn step(&mut self, now: f64) -> Step {
        let now = at(now);
        match &mut self.inner {
            Erased::Call(flow) => show(
                flow.step(now),
                |never| match never {},
                |Answer { value, response }| js::done("done", &value, js::reply(response)),
            ),
            Erased::All(flow) => show(flow.step(now), |item| js::item("item", &item), |()| js::bare("end")),
            Erased::Request(flow) => {
                show(flow.step(now), |never| match never {}, |response| js::done("done", "", js::reply(response)))
            }
        }
    }

    /// The whole reply; of a body that is longer than its limit, one byte more than that.
    pub fn answered(&mut self, now: f64, id: f64, status: u16, headers: Vec<String>, body: Vec<u8>) {
        let mut headers = js::pairs(headers);
        headers.iter_mut().for_each(|(name, _)| name.make_ascii_lowercase());
        self.resolve(now, id, Outcome::Answered(Response { status, headers, body }));
    }

    /// Certainly never sent. Says why.
    #[wasm_bindgen(js_name = notSent)]
    pub fn not_sent(&mut self, now: f64, id: f64, why: String) {
        self.resolve(now, id, Outcome::NotSent(why));
    }

    /// Perhaps sent, no whole reply. Says why.
    pub fn lost(&mut self, now: f64, id: f64, why: String) {
        self.resolve(now, id, Outcome::Lost(why));
    }

    /// The time is over.
    pub fn elapsed(&mut self, now: f64, id: f64) {
        self.resolve(now, id, Outcome::Elapsed);
    }

    /// The line is durable.
    pub fn recorded(&mut self, now: f64, id: f64) {
        self.resolve(now, id, Outcome::Recorded);
    }

    /// The line could not be made durable. Says why.
    #[wasm_bindgen(js_name = notRecorded)]
    pub fn not_recorded(&mut self, now: f64, id: f64, why: String) {
        self.resolve(now, id, Outcome::NotRecorded(why));
    }

    /// Gives the flow up: what is outstanding is to be aborted, then it ends as `cancelled`.
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

/// The two parts by themselves: all nanoseconds since 1970 are more than a float can tell apart.
fn at(millis: f64) -> Timestamp {
    let nanos = (millis.fract() * 1e6) as u64;
    Timestamp::from_millis(millis.trunc() as i64) + Duration::from_nanos(nanos)
}

fn show<T, I>(step: core::Step<T, I>, item: impl FnOnce(I) -> Step, done: impl FnOnce(T) -> Step) -> Step {
    match step {
        core::Step::Perform(ActionId(id), action) => perform(id as f64, action),
        core::Step::Abort(ActionId(id)) => js::abort("abort", id as f64),
        core::Step::Item(value) => item(value),
        core::Step::Waiting => js::bare("waiting"),
        core::Step::Done(Ok(value)) => done(value),
        core::Step::Done(Err(error)) => js::failed(&error),
    }
}

fn perform(id: f64, action: Action) -> Step {
    match action {
        Action::Send { request, deadline, body_limit } => {
            let deadline = deadline.as_nanos() as f64 / 1e6;
            let (method, headers) = (request.method.as_str(), js::flat(request.headers));
            js::send("send", id, method, &request.url, headers, request.body, deadline, body_limit as f64)
        }
        Action::Sleep(duration, why) => js::sleep("sleep", id, duration.as_secs_f64() * 1000.0, name(why)),
        Action::Record(entry) => js::record("record", id, &entry.to_line()),
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
