//! Who is let in, and who is not.

mod head;
mod host;
mod policy;
mod request;
mod spending;
mod unified;

use super::*;
use crate::error::ErrorKind;
use crate::time::Timestamp;
use serde_json::{Value, json};

const TOKEN: &str = "0123456789abcdef-token";
const PAGE: &str = "https://app.example.com";

fn policy() -> Policy {
    Policy {
        tokens: vec!["another-token-that-is-good".into(), TOKEN.into()],
        operations: ["rentnumber.*", "rentnumber.rent", "voepy.order_numbers", "sinch.*"].map(str::to_owned).to_vec(),
        origins: vec![PAGE.to_owned()],
        max_purchases: 3,
        ..Policy::default()
    }
}

fn headers() -> Vec<(String, String)> {
    [("Authorization", &*format!("Bearer {TOKEN}")), ("Content-Type", "application/json")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec()
}

fn with(name: &str, value: &str) -> Vec<(String, String)> {
    let mut headers = headers();
    headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
    headers.push((name.to_owned(), value.to_owned()));
    headers
}

fn post(policy: &Policy, headers: &[(String, String)], body: &str) -> Result<Admission, Refusal> {
    let head = Head { method: "POST", target: "/", headers };
    admit(policy, &mut Spent::default(), Timestamp::EPOCH, &head, body.as_bytes())
}

fn run(policy: &Policy, body: &Value) -> Admitted {
    match post(policy, &headers(), &body.to_string()) {
        Ok(Admission::Run(admitted)) => admitted,
        other => panic!("{body}: {other:?}"),
    }
}

/// The status, the kind and the field of a refusal, which says what it is and repeats nothing secret.
fn refused(result: Result<Admission, Refusal>) -> (u16, ErrorKind, String) {
    let refusal = result.expect_err("refused");
    let body: Value = serde_json::from_str(&refusal.body()).expect("JSON");
    let error = &body["error"];
    assert_eq!((&error["code"], &error["delivery"]), (&json!("gateway"), &json!("not_sent")));
    assert_eq!(error["text"], refusal.error.to_string());
    assert!(!refusal.body().contains(TOKEN) && !format!("{refusal:?}").contains(TOKEN));
    assert!(refusal.error.message.len() > 20, "{refusal:?}");
    (refusal.status, refusal.error.kind, refusal.error.field.clone().unwrap_or_default())
}

const READ: &str = r#"{"operation":"rentnumber.list_prices","params":{"slug":"whatsapp"}}"#;
