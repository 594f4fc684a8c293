//! Each test is named after what it claims; the bytes are those of the pages and the SDKs' fixtures.

mod account;
mod messages;
mod money;
mod numbers;
mod pricing;
mod rentals;
mod strictness;
mod webhooks;
mod xml;

use super::{CREDENTIALS, Vonage};
use crate::http::{Request, Response};
use crate::provider::{Context, Ids, Provider};
use crate::settings::Settings;
use crate::time::Time;
use std::time::Duration;

/// `abcd1234:ABCDEFGH01234abc`
const BASIC: &str = "Basic YWJjZDEyMzQ6QUJDREVGR0gwMTIzNGFiYw==";
const SUCCESS: &str = r#"{"error-code":"200","error-code-label":"success"}"#;
const METHOD_FAILED: &str = r#"{"error-code":"420","error-code-label":"method failed"}"#;
const AUTHENTICATION_FAILED: &str = r#"{"error-code":"401","error-code-label":"authentication failed"}"#;
const SAMPLE: &str = "country=GB&msisdn=447700900000";

/// An account with a clock of its own.
struct Bench {
    vonage: Vonage,
    settings: Settings,
    ids: Ids,
    now: Time,
}

impl Bench {
    fn new() -> Self {
        Self::with(|_| {})
    }

    fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = Settings::default();
        change(&mut settings);
        Self { vonage: Vonage::new(&settings), ids: Ids::new(settings.seed), now: Time::START, settings }
    }

    fn send(&mut self, request: &Request) -> Response {
        let mut context = Context { now: self.now, ids: &mut self.ids, settings: &self.settings };
        self.vonage.handle(&mut context, request)
    }

    /// A GET with Basic credentials; pricing's limit is waited for.
    fn get(&mut self, target: &str) -> (u16, String) {
        self.pass(Duration::from_secs(1));
        let response = self.send(&get(target));
        read(&response)
    }

    /// A POST of that form with Basic credentials.
    fn post(&mut self, path: &str, form: &str) -> (u16, String) {
        let response = self.send(&post(path, form));
        read(&response)
    }

    fn buy(&mut self, country: &str, msisdn: &str) -> (u16, String) {
        self.post("/number/buy", &format!("country={country}&msisdn={msisdn}"))
    }

    fn pass(&mut self, time: Duration) {
        self.now = self.now.after(time);
        let mut context = Context { now: self.now, ids: &mut self.ids, settings: &self.settings };
        self.vonage.advance(&mut context);
    }

    fn receive(&mut self, to: &str, text: &str) -> Result<(), String> {
        let mut context = Context { now: self.now, ids: &mut self.ids, settings: &self.settings };
        self.vonage.receive_sms(&mut context, to, "+447700900001", text)
    }

    fn state(&self) -> serde_json::Value {
        self.vonage.state()
    }
}

fn get(target: &str) -> Request {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    Request {
        method: "GET".to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        headers: vec![("Authorization".to_owned(), BASIC.to_owned())],
        body: Vec::new(),
    }
}

fn post(path: &str, form: &str) -> Request {
    let mut request = get(path);
    request.method = "POST".to_owned();
    request.headers.push(("Content-Type".to_owned(), "application/x-www-form-urlencoded".to_owned()));
    request.body = form.as_bytes().to_vec();
    request
}

fn without_header(mut request: Request, name: &str) -> Request {
    request.headers.retain(|(key, _)| key != name);
    request
}

fn with_header(mut request: Request, name: &str, value: &str) -> Request {
    request.headers.push((name.to_owned(), value.to_owned()));
    request
}

fn read(response: &Response) -> (u16, String) {
    (response.status, String::from_utf8(response.body.clone()).unwrap())
}

fn answer(status: u16, body: &str) -> (u16, String) {
    (status, body.to_owned())
}

/// The numbers of a list, and its count.
fn listed(reply: &(u16, String)) -> (u64, Vec<String>) {
    let body: serde_json::Value = serde_json::from_str(&reply.1).unwrap();
    let numbers = body["numbers"].as_array().unwrap();
    let msisdns = numbers.iter().map(|number| number["msisdn"].as_str().unwrap().to_owned()).collect();
    (body["count"].as_u64().unwrap(), msisdns)
}
