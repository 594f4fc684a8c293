//! Policies that make sense, and answers.

use super::*;
use crate::call::Answer;
use crate::error::{Delivery, Error};
use crate::http::Response;
use crate::registry;

type Change = (&'static str, fn(&mut Policy));

#[test]
fn a_policy_that_allows_nothing_or_everything_is_not_begun_with() {
    let with = |change: fn(&mut Policy)| {
        let mut policy = policy();
        change(&mut policy);
        policy.check().map_err(|error| (error.field.clone().expect("a field"), error.message.clone()))
    };
    assert_eq!(with(|_| {}), Ok(()));
    let changes: [Change; 18] = [
        ("tokens", |it| it.tokens.clear()),
        ("tokens", |it| it.tokens = vec!["hunter2".into()]),
        ("tokens", |it| it.tokens = vec!["0123456789 abcdef hunter2".into()]),
        ("operations", |it| it.operations.clear()),
        ("operations", |it| it.operations = vec!["*".to_owned()]),
        ("operations", |it| it.operations = vec!["nobody.*".to_owned()]),
        ("operations", |it| it.operations = vec!["rentnumber.buy".to_owned()]),
        ("max_purchases", |it| it.max_purchases = 0),
        ("origins", |it| it.origins = vec!["*".to_owned()]),
        ("origins", |it| it.origins = vec!["null".to_owned()]),
        ("origins", |it| it.origins = vec!["https://App.example.com".to_owned()]),
        ("origins", |it| it.origins = vec!["https://app.example.com/".to_owned()]),
        ("origins", |it| it.origins = vec!["https://app.example.com:443".to_owned()]),
        ("path", |it| it.path = String::new()),
        ("path", |it| it.path = "//".to_owned()),
        ("path", |it| it.path = "/x?y".to_owned()),
        ("body_limit", |it| it.body_limit = 0),
        ("max_timeout", |it| it.max_timeout = std::time::Duration::ZERO),
    ];
    for (field, change) in changes {
        let (named, message) = with(change).expect_err(field);
        assert_eq!(named, field, "{message}");
        assert!(!message.contains("hunter2"), "{message}");
    }
}

#[test]
fn a_policy_is_read_from_json_and_its_tokens_are_not_printed() {
    let text = json!({ "tokens": [TOKEN], "operations": ["vonage.*"], "max_timeout": 1.5, "period": 3600 }).to_string();
    let policy = Policy::from_json(&text).expect("a policy");
    assert_eq!((policy.max_timeout.as_millis(), policy.period.as_secs(), policy.body_limit), (1500, 3600, 1 << 20));
    assert!(!format!("{policy:?}").contains(TOKEN));
    for wrong in [r#"{"tokens":"hunter2"}"#, r#"{"tokens":[{"a":"hunter2"}]}"#, r#"{"period":-1}"#, "[]"] {
        let error = Policy::from_json(wrong).expect_err("refused");
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }
}

#[test]
fn a_provider_listed_as_a_whole_is_what_reads_there_and_holds_no_secret() {
    let policy = Policy { operations: vec!["sinch.*".to_owned()], ..policy() };
    let allowed: Vec<&str> =
        registry::operations().map(|it| it.endpoint).filter(|it| policy.allows(it)).map(|it| it.name()).collect();
    let reads =
        ["search_available", "list_numbers", "get_available", "get_number", "list_regions", "get_emergency_address"];
    assert_eq!(allowed, reads);
}

fn answer(body: &str) -> Result<Answer<String>, Error> {
    let headers = [("x-request-id", "7"), ("Set-Cookie", "hunter2"), ("x-api-key", "hunter2")];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    Ok(Answer { value: "[1]".to_owned(), response: Response { status: 200, headers, body: body.into() } })
}

#[test]
fn an_answer_is_the_result_and_where_it_was_asked_for_the_reply_without_credentials() {
    let mut admitted = run(&policy(), &serde_json::from_str(READ).unwrap());
    let body = r#"{"id":7,"api_key":"hunter2"}"#;
    assert_eq!(admitted.body(&answer(body)), r#"{"value":[1]}"#);
    admitted.response = true;
    let seen: Value = serde_json::from_str(&admitted.body(&answer(body))).expect("JSON");
    let reply = json!({ "status": 200, "headers": [["x-request-id", "7"]], "body": r#"{"id":7,"api_key":"***"}"# });
    assert_eq!(seen, json!({ "value": [1], "response": reply }));
    // Who may have the secret has it there too, and the text that may be printed beside it.
    admitted.entry = registry::find("vonage.update_settings").expect("it");
    let seen: Value = serde_json::from_str(&admitted.body(&answer(body))).expect("JSON");
    let printed = r#"{"id":7,"api_key":"***"}"#;
    assert_eq!((&seen["response"]["body"], &seen["response"]["text"]), (&body.into(), &printed.into()));
}

#[test]
fn an_error_is_the_one_of_every_host_and_its_text() {
    let admitted = run(&policy(), &serde_json::from_str(READ).unwrap());
    let error = Error::new(ErrorKind::OutOfStock, Delivery::Refused, "none \"left\"");
    let seen: Value = serde_json::from_str(&admitted.body(&Err(error.clone()))).expect("JSON");
    let mut expected: Value = serde_json::from_str(&error.to_json()).expect("JSON");
    expected["text"] = error.to_string().into();
    assert_eq!(seen, json!({ "error": expected }));
}
