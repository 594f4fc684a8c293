//! Claims about Voepy, each checked against what its page shows. Here: how the tests talk to it.

mod account;
mod configure;
mod lists;
mod numbers;
mod orders;
mod porting;
mod refusals;
mod webhooks;

use super::{CREDENTIALS, Voepy};
use crate::http::{Request, Response};
use crate::provider::{Context, Ids, Provider};
use crate::settings::Settings;
use crate::time::Time;
use serde_json::{Value, json};
use std::time::Duration;

const KEY_A: &str = "0b7f2f0e-3c67-4f53-9a2c-6f0f3f1d0a01";
const KEY_B: &str = "0b7f2f0e-3c67-4f53-9a2c-6f0f3f1d0a02";

/// An account, a clock that the test moves, and the key that it sends.
struct Lab {
    voepy: Voepy,
    settings: Settings,
    ids: Ids,
    now: Time,
    api_key: &'static str,
}

impl Lab {
    fn new() -> Self {
        Self::with(|_| ())
    }

    fn with(change: impl FnOnce(&mut super::Settings)) -> Self {
        let mut settings = Settings::default();
        change(&mut settings.voepy);
        let (voepy, ids) = (Voepy::new(&settings), Ids::new(7));
        Self { voepy, settings, ids, now: Time::START, api_key: CREDENTIALS[0].1 }
    }

    fn wait(&mut self, seconds: u64) {
        self.now = self.now.after(Duration::from_secs(seconds));
    }

    fn handle(&mut self, request: &Request) -> Response {
        let mut context = Context { now: self.now, ids: &mut self.ids, settings: &self.settings };
        self.voepy.handle(&mut context, request)
    }

    /// Target is a path with its query; a null body is none.
    fn call(&mut self, method: &str, target: &str, body: &Value) -> (u16, Value) {
        let request = self.request(method, target, body);
        read(&self.handle(&request))
    }

    fn keyed(&mut self, key: &str, method: &str, target: &str, body: &Value) -> (u16, Value) {
        let mut request = self.request(method, target, body);
        request.headers.push(("Idempotency-Key".to_owned(), key.to_owned()));
        read(&self.handle(&request))
    }

    fn request(&self, method: &str, target: &str, body: &Value) -> Request {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut headers = vec![("Authorization".to_owned(), format!("Bearer {}", self.api_key))];
        let mut bytes = Vec::new();
        if !body.is_null() {
            headers.push(("Content-Type".to_owned(), "application/json".to_owned()));
            bytes = body.to_string().into_bytes();
        }
        Request { method: method.to_owned(), path: path.to_owned(), query: query.to_owned(), headers, body: bytes }
    }

    fn get(&mut self, target: &str) -> (u16, Value) {
        self.call("GET", target, &Value::Null)
    }

    fn post(&mut self, target: &str, body: &Value) -> (u16, Value) {
        self.call("POST", target, body)
    }

    fn order(&mut self, numbers: &[&str]) -> (u16, Value) {
        self.post("/v1/numbers/order", &order_body(numbers))
    }

    /// The id of a number that is ordered and active.
    fn active(&mut self, number: &str) -> String {
        let (status, rows) = self.order(&[number]);
        assert_eq!(status, 201, "{rows}");
        self.wait(3);
        text(&rows[0]["id"])
    }

    fn cents(&self) -> i64 {
        self.voepy.state()["wallet"]["amount_cents"].as_i64().unwrap()
    }

    fn purchases(&self) -> u64 {
        self.voepy.state()["purchases"].as_u64().unwrap()
    }
}

fn order_body(numbers: &[&str]) -> Value {
    json!({"phone_numbers": numbers, "country_code": "US", "number_type": "local"})
}

fn read(response: &Response) -> (u16, Value) {
    let body = if response.body.is_empty() { Value::Null } else { serde_json::from_slice(&response.body).unwrap() };
    (response.status, body)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// Status and code of a refusal; the message must name `part`.
#[track_caller]
fn assert_refused(answer: &(u16, Value), status: u16, code: &str, part: &str) {
    assert_eq!((answer.0, &answer.1["error"]["code"]), (status, &json!(code)), "{}", answer.1);
    assert!(text(&answer.1["error"]["message"]).contains(part), "{}", answer.1);
}
