//! One running call. JavaScript steps it, does what it asks for, and says how that ended.

use crate::journal::Question;
use crate::js::{self, Step};
use std::time::Duration;
use trunkline_core::{Action, ActionId, HostFlow, HostStep, Outcome, Response, Timestamp};
use wasm_bindgen::prelude::wasm_bindgen;

/// One running call: see `step`. Actions are answered once each, unless they were aborted meanwhile.
#[wasm_bindgen]
pub struct Flow {
    inner: HostFlow,
}

impl From<HostFlow> for Flow {
    fn from(inner: HostFlow) -> Self {
        Self { inner }
    }
}

#[wasm_bindgen]
impl Flow {
    /// What the flow wants next at this time, in milliseconds since 1970. To be asked until it says `waiting` or ends.
    pub fn step(&mut self, now: f64) -> Step {
        match self.inner.step(at(now)) {
            HostStep::Perform(ActionId(id), action) => perform(id as f64, action),
            HostStep::Abort(ActionId(id)) => js::abort("abort", id as f64),
            HostStep::Item(json) => js::item("item", &json),
            HostStep::Waiting => js::bare("waiting"),
            HostStep::Done(json, response) => js::done("done", &json, js::reply(response)),
            HostStep::End => js::bare("end"),
            HostStep::Failed(error) => js::failed(&error),
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

    /// What the journal answers.
    pub fn consulted(&mut self, now: f64, id: f64, answered: Question) {
        self.resolve(now, id, answered.into_outcome());
    }

    /// The journal could not be written or read. Says why.
    #[wasm_bindgen(js_name = notRecorded)]
    pub fn not_recorded(&mut self, now: f64, id: f64, why: String) {
        self.resolve(now, id, Outcome::NotRecorded(why));
    }

    /// Gives the flow up: what is outstanding is to be aborted, then it ends as `cancelled`.
    pub fn cancel(&mut self) {
        self.inner.cancel();
    }
}

impl Flow {
    fn resolve(&mut self, now: f64, id: f64, outcome: Outcome) {
        self.inner.resolve(at(now), ActionId(id as u64), outcome);
    }
}

/// The two parts by themselves: all nanoseconds since 1970 are more than a float can tell apart.
pub(crate) fn at(millis: f64) -> Timestamp {
    let nanos = (millis.fract() * 1e6) as u64;
    Timestamp::from_millis(millis.trunc() as i64) + Duration::from_nanos(nanos)
}

fn perform(id: f64, action: Action) -> Step {
    match action {
        Action::Send { request, deadline, body_limit } => {
            let deadline = deadline.as_nanos() as f64 / 1e6;
            let (method, headers) = (request.method.as_str(), js::flat(request.headers));
            js::send("send", id, method, &request.url, headers, request.body, deadline, body_limit as f64)
        }
        Action::Sleep(duration, why) => js::sleep("sleep", id, duration.as_secs_f64() * 1000.0, why.as_str()),
        Action::Record(entry) => js::record("record", id, &entry.to_line()),
        Action::Consult(question) => js::consult("consult", id, question.into()),
    }
}
