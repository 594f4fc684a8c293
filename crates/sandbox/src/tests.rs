//! The sandbox around the providers, and what the providers' own tests share.

mod control;
mod events;
mod faults;
mod schedule;

use crate::http::{Request, Response};
use crate::provider::ProviderName;
use crate::reply::Outcome;
use crate::sandbox::Sandbox;
use crate::settings::Settings;
use crate::time::Time;
use serde_json::Value;
use std::time::Duration;

pub(crate) fn request(method: &str, target: &str) -> Request {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    Request { method: method.to_owned(), path: path.to_owned(), query: query.to_owned(), ..Request::default() }
}

impl Request {
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn body(mut self, content_type: &str, body: &str) -> Self {
        self.body = body.as_bytes().to_vec();
        self.with("Content-Type", content_type)
    }

    pub(crate) fn form(self, body: &str) -> Self {
        self.body("application/x-www-form-urlencoded", body)
    }

    pub(crate) fn json(self, body: &str) -> Self {
        self.body("application/json", body)
    }
}

/// A sandbox with a clock that only tests move.
pub(crate) struct World {
    pub sandbox: Sandbox,
    pub now: Time,
}

impl World {
    pub(crate) fn new(settings: Value) -> Self {
        let settings: Settings = serde_json::from_value(settings).unwrap();
        Self { sandbox: Sandbox::new(settings), now: Time::START }
    }

    pub(crate) fn wait(&mut self, seconds: u64) {
        self.now = self.now.after(Duration::from_secs(seconds));
    }

    pub(crate) fn outcome(&mut self, provider: ProviderName, request: Request) -> Outcome {
        self.sandbox.handle(self.now, provider, request).outcome
    }

    pub(crate) fn send(&mut self, provider: ProviderName, request: Request) -> Response {
        match self.outcome(provider, request) {
            Outcome::Respond(response) => response,
            other => panic!("no answer but {other:?}"),
        }
    }

    /// Status and body.
    pub(crate) fn answer(&mut self, provider: ProviderName, request: Request) -> (u16, String) {
        let response = self.send(provider, request);
        (response.status, String::from_utf8(response.body).unwrap())
    }

    pub(crate) fn provider_state(&mut self, provider: ProviderName) -> Value {
        self.sandbox.state(self.now)["providers"][provider.slug()].clone()
    }
}

#[test]
fn percent_signs_without_two_hex_digits_stay() {
    assert_eq!(crate::http::percent_decode("100%&%2B%zz+", false), "100%&+%zz+");
}

#[test]
fn the_same_seed_gives_the_same_ids() {
    let ids = |seed| crate::provider::Ids::new(seed).uuid();
    assert_eq!(ids(7), ids(7));
    assert_ne!(ids(7), ids(8));
}

#[test]
fn a_sandbox_can_move_to_another_thread() {
    let mut sandbox = Sandbox::new(Settings::default());
    let state = std::thread::spawn(move || sandbox.state(Time::START)).join().unwrap();
    assert_eq!(state["now"], "2026-05-12T14:30:00.000Z");
}
