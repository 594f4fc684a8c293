//! What is asked for.

use super::*;
use crate::error::Error;
use std::time::Duration;

#[test]
fn a_request_with_a_token_runs_what_is_listed() {
    let admitted = run(&policy(), &serde_json::from_str(READ).unwrap());
    assert_eq!((admitted.entry.endpoint.id, admitted.mode), ("rentnumber.list_prices", Mode::Call));
    assert_eq!((admitted.params.as_str(), admitted.response), (r#"{"slug":"whatsapp"}"#, false));
    assert_eq!(admitted.ticket, None);
    let names: Vec<&str> = admitted.headers.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["content-type", "cache-control", "x-content-type-options", "vary"]);
}

#[test]
fn a_malformed_request_is_told_its_form_and_not_its_own_words() {
    let deep =
        format!(r#"{{"operation":"rentnumber.list_prices","params":{}{}}}"#, r#"{"a":"#.repeat(100), "}".repeat(99));
    let cases = [
        ("", "body"),
        ("[]", "body"),
        ("{}", "body"),
        (r#"["rentnumber.list_services"]"#, "body"),
        (r#"{"operation":"rentnumber.list_services","options":["hunter2"]}"#, "options"),
        (r#"{"operation":"hunter2","operation":"b"}"#, "operation"),
        (r#"{"operation":"rentnumber.rent","hunter2":1}"#, "body"),
        (r#"{"operation":["hunter2"]}"#, "operation"),
        (r#"{"operation":"rentnumber.list_services","mode":"hunter2"}"#, "mode"),
        (r#"{"operation":"rentnumber.list_services","params":["hunter2"]}"#, "params"),
        (r#"{"operation":"rentnumber.list_services","params":"hunter2"}"#, "params"),
        (r#"{"operation":"rentnumber.list_services","options":{"timeout":-1}}"#, "timeout"),
        (r#"{"operation":"rentnumber.list_services","options":{"timeout":"hunter2"}}"#, "timeout"),
        (r#"{"operation":"rentnumber.list_services","options":{"attempts":-1}}"#, "attempts"),
        (r#"{"operation":"rentnumber.list_services"} {"#, "body"),
        (&deep, "body"),
    ];
    for (body, field) in cases {
        let refusal = post(&policy(), &headers(), body).expect_err("refused");
        assert!(!refusal.body().contains("hunter2"), "{}", refusal.body());
        assert_eq!(refused(Err(refusal)), (400, ErrorKind::InvalidInput, field.to_owned()), "{body}");
    }
}

#[test]
fn what_is_not_listed_does_not_run() {
    let forbidden = (403, ErrorKind::Forbidden, "operation".to_owned());
    // Of sinch.* neither what changes, nor what spends, nor what returns a secret.
    let not_listed = [
        "vonage.get_balance",
        "sinch.update_number",
        "sinch.rent_number",
        "sinch.get_callback_configuration",
        "rentnumber.cancel_rental",
        "no.such",
        "rentnumber.*",
        "*",
        "",
        "rentnumber.rent ",
    ];
    for operation in not_listed {
        let body = json!({ "operation": operation }).to_string();
        assert_eq!(refused(post(&policy(), &headers(), &body)), forbidden, "{operation}");
    }
    let by_name = Policy { operations: vec!["sinch.get_callback_configuration".to_owned()], ..policy() };
    run(&by_name, &json!({ "operation": "sinch.get_callback_configuration" }));
}

#[test]
fn a_call_takes_no_longer_than_is_allowed() {
    let timeout = |policy: &Policy, mode: &str, options: Value| {
        run(policy, &json!({ "operation": "rentnumber.get_rental", "mode": mode, "options": options })).options.timeout
    };
    let seconds = |seconds: f64| Some(Duration::from_secs_f64(seconds));
    assert_eq!(timeout(&policy(), "call", json!({})), seconds(30.0));
    assert_eq!(timeout(&policy(), "wait", Value::Null), seconds(300.0));
    assert_eq!(timeout(&policy(), "call", json!({ "timeout": 1.5 })), seconds(1.5));
    assert_eq!(timeout(&policy(), "call", json!({ "timeout": 1e6 })), seconds(300.0));
    assert_eq!(timeout(&policy(), "call", json!({ "timeout": 1e300 })), seconds(300.0));
    let hasty = Policy { max_timeout: Duration::from_secs(5), ..policy() };
    assert_eq!(timeout(&hasty, "call", json!({})), seconds(5.0));
    assert_eq!(timeout(&hasty, "wait", json!({ "timeout": null })), seconds(5.0));
    // A stream of what comes has the time of a wait; the unified layer is let in as a whole.
    let listed = Policy { operations: vec!["trunkline.*".to_owned()], ..policy() };
    let inbox = |mode: &str| run(&listed, &json!({ "operation": "trunkline.inbox", "mode": mode })).options.timeout;
    assert_eq!((inbox("call"), inbox("all")), (seconds(30.0), seconds(300.0)));
    let options = json!({ "attempts": 4_000_000_000_u32, "idempotency_key": "mine" });
    let options = run(&policy(), &json!({ "operation": "rentnumber.get_rental", "options": options })).options;
    assert_eq!((options.attempts, options.idempotency_key.as_deref()), (Some(10), Some("mine")));
}

#[test]
fn only_listed_accounts_are_used_and_no_other_is_spoken_of() {
    let ask = |accounts: &[&str], asked: Option<&str>| {
        let accounts = accounts.iter().map(|name| (*name).to_owned()).collect();
        let body = json!({ "operation": "rentnumber.list_prices", "options": { "account": asked } }).to_string();
        match post(&Policy { accounts, ..policy() }, &headers(), &body) {
            Ok(Admission::Run(admitted)) => Ok(admitted.options.account),
            Ok(other) => panic!("{other:?}"),
            Err(refusal) => Err(refused(Err(refusal))),
        }
    };
    let forbidden = Err((403, ErrorKind::Forbidden, "account".to_owned()));
    assert_eq!(ask(&[], None), Ok(None));
    assert_eq!(ask(&[], Some("rentnumber")), forbidden);
    assert_eq!(ask(&["shop", "desk"], Some("desk")), Ok(Some("desk".to_owned())));
    assert_eq!(ask(&["shop", "desk"], Some("rentnumber")), forbidden);
    // The one that the client would choose is not listed, and so is not chosen.
    assert_eq!(ask(&["shop", "desk"], None), forbidden);
    assert_eq!(ask(&["shop"], None), Ok(Some("shop".to_owned())));
    assert_eq!(ask(&["shop", "rentnumber"], None), Ok(Some("rentnumber".to_owned())));

    let admitted = run(&policy(), &serde_json::from_str(READ).unwrap());
    let error = Error::invalid_input("account", "no account \"x\" at rentnumber; there are: hidden");
    let body = admitted.body(&Err(error));
    assert!(body.contains("invalid_input") && !body.contains("hidden"), "{body}");
}
