//! What the bindings of all hosts share: calls that are started by their names, and whose results are text.

mod events;
mod purchases;

pub use events::{EventKind, HostEvent, parse_event_in_host};
pub use purchases::{OpenPurchase, PurchaseOutcome, PurchaseState, RecoveredPurchase};

use crate::call::{Answer, Options};
use crate::client::{Client, JsonAnswer};
use crate::draft::RawRequest;
use crate::error::{Error, Result};
use crate::flow::{Action, ActionId, Flow, Outcome, Step};
use crate::http::{Method, Response};
use crate::purchase::Recovered;
use crate::registry;
use crate::time::Timestamp;
use std::convert::Infallible;
use std::fmt::Debug;

/// A running call of whatever kind; see [`Flow`].
#[derive(Debug)]
pub struct HostFlow(Kind);

#[derive(Debug)]
enum Kind {
    Call(Flow<JsonAnswer>),
    All(Flow<(), String>),
    Request(Flow<Response>),
    Recovery(Flow<(), Recovered>),
    Around(Box<dyn Around>),
}

/// What makes something else of a flow's results. Behind a pointer, so that no module carries it that does not use it.
pub(crate) trait Around: Debug + Send {
    /// As [`HostFlow::step`].
    fn step(&mut self, now: Timestamp) -> HostStep;

    /// The flow itself, unless it is over or has never begun.
    fn flow(&mut self) -> Option<&mut HostFlow>;
}

/// What such a call wants next; see [`Step`].
#[derive(Debug, PartialEq)]
pub enum HostStep {
    /// Perform this and resolve it.
    Perform(ActionId, Action),
    /// Stop performing this; it is not to be resolved.
    Abort(ActionId),
    /// One of several results, as JSON.
    Item(String),
    /// Nothing until an action is resolved.
    Waiting,
    /// The result as JSON, and the reply it was read from. Of a request there is only the reply.
    Done(String, Response),
    /// There are no more items.
    End,
    /// It has failed.
    Failed(Error),
}

impl Client {
    /// Starts an operation by its id. `mode` is `call`, `all` (items) or `wait` (until the result has settled).
    pub fn start_in_host(&self, mode: &str, operation: &str, params: &str, options: Options) -> Result<HostFlow> {
        let entry = registry::find(operation)?;
        let kind = match mode {
            "call" => Kind::Call((entry.call)(self, params, options)),
            "wait" => Kind::Call(entry.waiting()?(self, params, options)),
            "all" => Kind::All(entry.paging()?(self, params, options)),
            _ => return Err(Error::invalid_input("mode", format!("it is call, all or wait, not {mode:?}"))),
        };
        Ok(HostFlow(kind))
    }

    /// Starts a request that no operation covers. `body` is a content type and bytes.
    pub fn request_in_host(
        &self,
        provider: &str,
        method: &str,
        path: String,
        query: Vec<(String, String)>,
        body: Option<(String, Vec<u8>)>,
        options: Options,
    ) -> Result<HostFlow> {
        let known = Method::ALL.into_iter().find(|known| known.as_str().eq_ignore_ascii_case(method));
        let method = known.ok_or_else(|| {
            Error::invalid_input("method", format!("it is one of {}", Method::ALL.map(Method::as_str).join(", ")))
        })?;
        Ok(HostFlow(Kind::Request(self.request(provider, RawRequest { method, path, query, body }, options))))
    }

    /// As [`Client::recover`]; items are [`RecoveredPurchase`]s.
    pub fn recover_in_host(&self) -> HostFlow {
        HostFlow(Kind::Recovery(self.recover()))
    }

    /// As [`Client::open_intents`]: a list of [`OpenPurchase`]s, as JSON text.
    pub fn open_purchases_in_host(&self) -> String {
        let open: Vec<OpenPurchase> = self.open_intents().into_iter().map(OpenPurchase::from).collect();
        OpenPurchase::list_to_json(&open)
    }
}

impl HostFlow {
    pub(crate) fn around(around: impl Around + 'static) -> Self {
        Self(Kind::Around(Box::new(around)))
    }

    /// As [`Flow::step`].
    pub fn step(&mut self, now: Timestamp) -> HostStep {
        match &mut self.0 {
            Kind::Call(flow) => {
                shown(flow.step(now), never, |Answer { value, response }| HostStep::Done(value, response))
            }
            Kind::All(flow) => shown(flow.step(now), HostStep::Item, |()| HostStep::End),
            Kind::Request(flow) => shown(flow.step(now), never, |response| HostStep::Done(String::new(), response)),
            Kind::Recovery(flow) => {
                let item = |recovered| HostStep::Item(RecoveredPurchase::from(recovered).to_json());
                shown(flow.step(now), item, |()| HostStep::End)
            }
            Kind::Around(around) => around.step(now),
        }
    }

    /// As [`Flow::resolve`].
    pub fn resolve(&mut self, now: Timestamp, id: ActionId, outcome: Outcome) {
        match &mut self.0 {
            Kind::Call(flow) => flow.resolve(now, id, outcome),
            Kind::All(flow) => flow.resolve(now, id, outcome),
            Kind::Request(flow) => flow.resolve(now, id, outcome),
            Kind::Recovery(flow) => flow.resolve(now, id, outcome),
            Kind::Around(around) => {
                if let Some(flow) = around.flow() {
                    flow.resolve(now, id, outcome);
                }
            }
        }
    }

    /// As [`Flow::cancel`].
    pub fn cancel(&mut self) {
        match &mut self.0 {
            Kind::Call(flow) => flow.cancel(),
            Kind::All(flow) => flow.cancel(),
            Kind::Request(flow) => flow.cancel(),
            Kind::Recovery(flow) => flow.cancel(),
            Kind::Around(around) => {
                if let Some(flow) = around.flow() {
                    flow.cancel();
                }
            }
        }
    }
}

fn never(item: Infallible) -> HostStep {
    match item {}
}

fn shown<T, I>(step: Step<T, I>, item: fn(I) -> HostStep, done: fn(T) -> HostStep) -> HostStep {
    match step {
        Step::Perform(id, action) => HostStep::Perform(id, action),
        Step::Abort(id) => HostStep::Abort(id),
        Step::Item(value) => item(value),
        Step::Waiting => HostStep::Waiting,
        Step::Done(Ok(value)) => done(value),
        Step::Done(Err(error)) => HostStep::Failed(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn client() -> Client {
        let config = Config::from_json(r#"{"rentnumber":{"api_key":"k"},"vonage":{"api_key":"k","api_secret":"s"}}"#);
        Client::new(config.expect("accounts"), [7; 16]).expect("a client")
    }

    fn refusal(mode: &str, operation: &str) -> String {
        let started = client().start_in_host(mode, operation, "{}", Options::default());
        started.map(|_| ()).expect_err("refused").to_string()
    }

    #[test]
    fn what_an_operation_cannot_do_is_refused_before_anything_is_sent() {
        assert_eq!(
            [
                refusal("all", "rentnumber.rent"),
                refusal("wait", "vonage.list_numbers"),
                refusal("peek", "vonage.get_balance")
            ],
            [
                "rentnumber.rent: it has no pages [unsupported]. Nothing was sent; another provider may offer it.",
                "vonage.list_numbers: there is nothing to wait for [unsupported]. Nothing was sent; another provider may offer it.",
                "mode: it is call, all or wait, not \"peek\" [invalid_input]. Correct it and call again.",
            ]
        );
    }

    #[test]
    fn what_is_a_wait_by_itself_is_run_as_one() {
        let wait = client().start_in_host("wait", "trunkline.wait_until_active", "{}", Options::default());
        assert!(wait.is_ok(), "{wait:?}");
        let refused = refusal("wait", "trunkline.get_number");
        assert!(refused.starts_with("trunkline.get_number: there is nothing to wait for"), "{refused}");
    }

    #[test]
    fn a_call_gives_its_result_as_text_and_a_request_only_its_reply() {
        let body = br#"{"value":1.5,"autoReload":false}"#.to_vec();
        let mut called = client().start_in_host("call", "vonage.get_balance", "", Options::default()).expect("started");
        let raw = client().request_in_host(
            "vonage",
            "get",
            "/account/get-balance".to_owned(),
            vec![],
            None,
            Options::default(),
        );
        let mut raw = raw.expect("started");
        for (flow, text) in
            [(&mut called, r#"{"balance":{"amount":"1.5","currency":"EUR"},"auto_reload":false}"#), (&mut raw, "")]
        {
            let HostStep::Perform(id, Action::Send { .. }) = flow.step(Timestamp::EPOCH) else { panic!("sends") };
            let response = Response { status: 200, headers: vec![], body: body.clone() };
            flow.resolve(Timestamp::EPOCH, id, Outcome::Answered(response.clone()));
            assert_eq!(flow.step(Timestamp::EPOCH), HostStep::Done(text.to_owned(), response));
        }
    }
}
