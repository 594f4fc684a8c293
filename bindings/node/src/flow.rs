//! One running call. JavaScript steps it, does what it asks for, and says how that ended.

use crate::js::{self, Step};
use napi::{Env, Result};
use napi_derive::napi;
use trunkline_core::{Action, ActionId, Consulted, HostFlow, HostStep, Outcome, Response, Timestamp};

/// One running call: see `step`. Actions are answered once each, unless they were aborted meanwhile.
#[napi]
pub struct Flow {
    inner: HostFlow,
}

impl From<HostFlow> for Flow {
    fn from(inner: HostFlow) -> Self {
        Self { inner }
    }
}

#[napi]
impl Flow {
    /// What the flow wants next at this time, in milliseconds since 1970. To be asked until it says `waiting` or ends.
    #[napi(catch_unwind)]
    pub fn step<'env>(&mut self, env: &'env Env, now: f64) -> Result<Step<'env>> {
        match self.inner.step(at(now)) {
            HostStep::Perform(ActionId(id), action) => perform(env, id as f64, action),
            HostStep::Abort(ActionId(id)) => js::array(env, ("abort", id as f64)),
            HostStep::Item(json) => js::array(env, ("item", json)),
            HostStep::Waiting => js::array(env, ("waiting",)),
            HostStep::Done(json, response) => js::array(env, ("done", json, js::reply(env, response)?)),
            HostStep::End => js::array(env, ("end",)),
            HostStep::Failed(error) => js::failed(env, &error),
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

    /// What the journal answers, as JSON.
    #[napi(catch_unwind)]
    pub fn consulted(&mut self, now: f64, id: f64, answer: String) {
        let outcome = Consulted::from_json(&answer).map_or_else(Outcome::NotRecorded, Outcome::Consulted);
        self.resolve(now, id, outcome);
    }

    /// The journal could not be written or read. Says why.
    #[napi(catch_unwind)]
    pub fn not_recorded(&mut self, now: f64, id: f64, why: String) {
        self.resolve(now, id, Outcome::NotRecorded(why));
    }

    /// Gives the flow up: what is outstanding is to be aborted, then it ends as `cancelled`.
    #[napi(catch_unwind)]
    pub fn cancel(&mut self) {
        self.inner.cancel();
    }
}

impl Flow {
    fn resolve(&mut self, now: f64, id: f64, outcome: Outcome) {
        self.inner.resolve(at(now), ActionId(id as u64), outcome);
    }
}

pub(crate) fn at(millis: f64) -> Timestamp {
    Timestamp::from_nanos((millis * 1e6) as i64)
}

fn perform(env: &Env, id: f64, action: Action) -> Result<Step<'_>> {
    match action {
        Action::Send { request, deadline, body_limit } => {
            let deadline = deadline.as_nanos() as f64 / 1e6;
            let (method, headers) = (request.method.as_str(), js::flat(request.headers));
            let body = js::bytes(env, &request.body)?;
            js::array(env, ("send", id, method, request.url, headers, body, deadline, body_limit as f64))
        }
        Action::Sleep(duration, why) => js::array(env, ("sleep", id, duration.as_secs_f64() * 1000.0, why.as_str())),
        Action::Record(entry) => js::array(env, ("record", id, entry.to_line())),
        Action::Consult(question) => js::array(env, ("consult", id, question.to_json())),
    }
}
