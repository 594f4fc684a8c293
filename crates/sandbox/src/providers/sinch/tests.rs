//! Claims about Sinch, each checked against what its pages show. Here: how the tests talk to it.

mod active;
mod auth;
mod callbacks;
mod emergency;
mod guide;
mod later;
mod provisioning;
mod refusals;

use super::{CREDENTIALS, Sinch};
use crate::http::{Request, Response};
use crate::provider::{Context, Ids, Provider};
use crate::settings::Settings;
use crate::time::Time;
use serde_json::{Value, json};
use std::time::Duration;

/// Of `5b1f3c7e-2d94-4c06-9a7d-8e0f1b2c3d4e:sandbox-key-secret`.
const BASIC: &str = "Basic NWIxZjNjN2UtMmQ5NC00YzA2LTlhN2QtOGUwZjFiMmMzZDRlOnNhbmRib3gta2V5LXNlY3JldA==";

/// A project, a clock that the test moves, and the authorization that it sends.
struct Lab {
    sinch: Sinch,
    settings: Settings,
    ids: Ids,
    now: Time,
    authorization: String,
}

impl Lab {
    fn new() -> Self {
        Self::with(|_| ())
    }

    fn with(change: impl FnOnce(&mut super::Settings)) -> Self {
        let mut settings = Settings::default();
        change(&mut settings.sinch);
        let (sinch, ids) = (Sinch::new(&settings), Ids::new(7));
        Self { sinch, settings, ids, now: Time::START, authorization: BASIC.to_owned() }
    }

    fn wait(&mut self, seconds: u64) {
        self.now = self.now.after(Duration::from_secs(seconds));
    }

    fn handle(&mut self, request: &Request) -> Response {
        let mut context = Context { now: self.now, ids: &mut self.ids, settings: &self.settings };
        self.sinch.handle(&mut context, request)
    }

    fn call(&mut self, method: &str, target: &str, body: &Value) -> (u16, Value) {
        let request = self.request(method, target, body);
        read(&self.handle(&request))
    }

    /// Target is `version/rest` of a path with its query; the project goes between. A null body is none.
    fn request(&self, method: &str, target: &str, body: &Value) -> Request {
        let (version, rest) = target.split_once('/').unwrap();
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let path = format!("/{version}/projects/{}/{rest}", CREDENTIALS[0].1);
        let mut headers = vec![("Authorization".to_owned(), self.authorization.clone())];
        let mut bytes = Vec::new();
        if !body.is_null() {
            headers.push(("Content-Type".to_owned(), "application/json".to_owned()));
            bytes = body.to_string().into_bytes();
        }
        Request { method: method.to_owned(), path, query: query.to_owned(), headers, body: bytes }
    }

    fn get(&mut self, target: &str) -> (u16, Value) {
        self.call("GET", target, &Value::Null)
    }

    fn post(&mut self, target: &str, body: &Value) -> (u16, Value) {
        self.call("POST", target, body)
    }

    fn rent(&mut self, number: &str) {
        let target = format!("v1/availableNumbers/{}:rent", number.replace('+', "%2B"));
        let (status, body) = self.post(&target, &Value::Null);
        assert_eq!(status, 200, "{body}");
    }

    fn minor(&self) -> i64 {
        self.sinch.state()["wallet"]["amount_minor"].as_i64().unwrap()
    }

    fn purchases(&self) -> u64 {
        self.sinch.state()["purchases"].as_u64().unwrap()
    }
}

fn read(response: &Response) -> (u16, Value) {
    (response.status, serde_json::from_slice(&response.body).unwrap())
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// A time as the pages write it.
fn at(text: &str) -> Time {
    Time(chrono::DateTime::parse_from_rfc3339(text).unwrap().timestamp_millis())
}

/// A 400 whose message names `part`.
#[track_caller]
fn assert_invalid(answer: &(u16, Value), part: &str) {
    let error = &answer.1["error"];
    assert_eq!((answer.0, &error["code"], &error["status"]), (400, &json!(400), &json!("INVALID_ARGUMENT")));
    assert!(text(&error["message"]).contains(part), "{}", answer.1);
}
