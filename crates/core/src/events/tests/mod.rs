//! Bytes in, events out; and what is refused. Signatures are the providers' own where a fact sheet has them, else made
//! with Python's hmac and hashlib, and one of them again with openssl.

mod inbox;
mod sinch;
mod voepy;
mod vonage;

use super::*;
use crate::error::ErrorKind::{InvalidInput, Malformed, Unauthenticated, Unsupported};
use crate::secret::Secret;
use std::time::Duration;

/// What a test asks, with what most have in common.
struct Came {
    provider: &'static str,
    method: &'static str,
    query: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    now: &'static str,
}

impl Came {
    fn post(provider: &'static str, now: &'static str, body: &str) -> Self {
        Self { provider, method: "POST", query: String::new(), headers: Vec::new(), body: body.into(), now }
    }

    fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    fn parse(&self, verification: &Verification<'_>) -> Result<Option<Event>> {
        let request =
            EventRequest { method: self.method, query: &self.query, headers: &self.headers, body: &self.body };
        parse_event(self.provider, &request, verification, Timestamp::parse(self.now).expect("a time"))
    }

    /// The event, after it has been stored and read again.
    fn event(&self, verification: &Verification<'_>) -> Event {
        let event = self.parse(verification).expect("taken").expect("an event");
        let stored = serde_json::to_string(&event).expect("written");
        assert_eq!(serde_json::from_str::<Event>(&stored).expect("read again"), event, "{stored}");
        event
    }

    fn refused(&self, verification: &Verification<'_>) -> Error {
        self.parse(verification).expect_err("refused")
    }

    fn kind(&self, verification: &Verification<'_>) -> ErrorKind {
        self.refused(verification).kind
    }
}

fn signing(secret: &str, algorithm: Option<SignatureAlgorithm>) -> Signing {
    Signing { algorithm, ..Signing::with(Secret::from(secret)) }
}

/// Takes whatever nobody has signed.
const UNSIGNED: Verification<'_> = Verification::SignsNothing;

const NOW: &str = "2026-01-01T00:00:00Z";

#[test]
fn a_provider_without_events_says_how_to_ask_it_instead() {
    let error = Came::post("tempnumber", NOW, "{}").refused(&UNSIGNED);
    assert_eq!((error.kind, error.message.as_str()), (Unsupported, "TempNumber sends no events: ask it, with wait"));
    assert_eq!(Came::post("nexmo", NOW, "{}").refused(&UNSIGNED).field.as_deref(), Some("provider"));
}

#[test]
fn an_empty_secret_verifies_nothing() {
    for secrets in [vec![], vec![Secret::from("")], vec![Secret::from("good"), Secret::from("")]] {
        let signing = Signing { secrets, ..Signing::default() };
        let error = Came::post("sinch", NOW, "{}").refused(&Verification::Signed(&signing));
        assert_eq!((error.kind, error.field.as_deref()), (InvalidInput, Some("secrets")));
    }
}

#[test]
fn a_verifier_of_the_program_decides_alone_and_sees_the_bytes() {
    for provider in ["sinch", "voepy", "vonage"] {
        let came = Came::post(provider, NOW, r#"{"mark":"1"}"#).with("X-Mine", "yes");
        let takes = |request: &EventRequest<'_>| {
            request.headers == [("X-Mine".to_owned(), "yes".to_owned())] && request.body == br#"{"mark":"1"}"#
        };
        assert_eq!(came.event(&Verification::Own(&takes)).trust, Trust::Signed);
        assert_eq!(came.kind(&Verification::Own(&|_| false)), Unauthenticated);
    }
}

#[test]
fn what_is_longer_than_any_event_is_not_read() {
    let body = format!(r#"{{"text":"{}"}}"#, "x".repeat(1 << 18));
    for provider in ["sinch", "voepy", "vonage"] {
        let error = Came::post(provider, NOW, &body).refused(&UNSIGNED);
        assert_eq!((error.kind, error.field.as_deref()), (InvalidInput, Some("body")));
    }
}

#[test]
fn what_is_no_event_at_all_is_malformed() {
    for provider in ["sinch", "voepy"] {
        for body in ["", "[]", "\"x\"", "{\"eventId\":", "<html>"] {
            assert_eq!(Came::post(provider, NOW, body).kind(&UNSIGNED), Malformed, "{provider} {body}");
        }
        let mut latin = Came::post(provider, NOW, "");
        latin.body = b"{\"x\":\"caf\xE9\"}".to_vec();
        assert_eq!(latin.kind(&UNSIGNED), Malformed, "{provider}");
        assert_eq!(Came { method: "GET", ..Came::post(provider, NOW, "{}") }.kind(&UNSIGNED), InvalidInput);
    }
}

#[test]
fn a_refusal_is_one_line_without_the_secret() {
    let signing = signing("hunter2-secret", Some(SignatureAlgorithm::HmacSha1));
    let came = Came::post("sinch", NOW, "{\"eventId\":\"e\",\"ev\\nil\":{\"\\n\":[}").with("x-sinch-signature", "00");
    for error in [came.refused(&Verification::Signed(&signing)), came.refused(&UNSIGNED)] {
        let text = format!("{error} {error:?} {} {signing:?}", error.to_json());
        assert!(!text.contains("hunter2") && !text.contains('\n'), "{text}");
        assert_eq!((error.operation.as_str(), error.delivery), ("parse_event", Delivery::NotSent));
    }
}
