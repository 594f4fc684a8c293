//! A gateway for bindings: what goes in comes out as an answer, whatever becomes of it.

use super::*;
use crate::client::Client;
use crate::config::Config;
use crate::flow::{Action, Outcome};
use crate::host::{HostFlow, HostStep};
use crate::http::Response;

fn gateway(more: &Value) -> HostGateway {
    let config = r#"{"rentnumber":{"api_key":"k","rate_limit":"none"},"vonage":{"api_key":"k","api_secret":"s"}}"#;
    let client = Client::new(Config::from_json(config).expect("accounts"), [7; 16]).expect("a client");
    let mut policy = json!({
        "tokens": [TOKEN], "operations": ["rentnumber.*", "rentnumber.rent", "vonage.*"], "max_purchases": 1,
    });
    policy.as_object_mut().expect("an object").extend(more.as_object().cloned().unwrap_or_default());
    HostGateway::new(&client, &policy.to_string()).expect("a good policy")
}

fn ask(gateway: &HostGateway, body: &Value) -> HostAdmission {
    let head = Head { method: "POST", target: "/", headers: &headers() };
    assert!(gateway.check(&head).is_none());
    gateway.admit(Timestamp::EPOCH, &head, body.to_string().as_bytes())
}

fn admitted(gateway: &HostGateway, body: &Value) -> HostRun {
    match ask(gateway, body) {
        HostAdmission::Run(run) => run,
        HostAdmission::Answer(answer) => panic!("{body}: {answer:?}"),
    }
}

/// Runs it to its end, every request answered with this; what comes of it, piece by piece.
fn pieces(mut flow: HostFlow, status: u16, body: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    for _ in 0..100 {
        match flow.step(Timestamp::EPOCH) {
            HostStep::Perform(id, Action::Send { .. }) => {
                let response = Response { status, headers: Vec::new(), body: body.into() };
                flow.resolve(Timestamp::EPOCH, id, Outcome::Answered(response));
            }
            HostStep::Perform(id, Action::Record(_)) => flow.resolve(Timestamp::EPOCH, id, Outcome::Recorded),
            HostStep::Item(line) => pieces.push(line),
            HostStep::Done(body, _) => {
                pieces.push(body);
                return pieces;
            }
            HostStep::End => return pieces,
            other => panic!("{other:?}"),
        }
    }
    panic!("it does not end: {pieces:?}");
}

fn error_kind(text: &str) -> String {
    let answer: Value = serde_json::from_str(text).expect("JSON");
    answer["error"]["kind"].as_str().unwrap_or_else(|| panic!("{text}")).to_owned()
}

const BALANCE: &str = r#"{"success":true,"balance":450}"#;

#[test]
fn a_call_and_its_failure_are_bodies() {
    let gateway = gateway(&json!({}));
    let asked = json!({ "operation": "rentnumber.get_balance", "response": true });
    let run = admitted(&gateway, &asked);
    assert_eq!((run.operation, run.lasting, run.lines), ("rentnumber.get_balance", false, false));
    assert!(run.headers.contains(&("content-type", "application/json".to_owned())));
    let [body] = &*pieces(run.flow, 200, BALANCE) else { panic!("one") };
    let answer: Value = serde_json::from_str(body).expect("JSON");
    assert_eq!(answer["value"]["balance"]["currency"], "NGN");
    assert_eq!(answer["response"]["body"], BALANCE);
    let [body] = &*pieces(admitted(&gateway, &asked).flow, 401, "{}") else { panic!("one") };
    assert_eq!(error_kind(body), "unauthenticated");
    // What cannot be begun is an answer as well.
    let waiting = json!({ "operation": "rentnumber.get_balance", "mode": "wait" });
    let [body] = &*pieces(admitted(&gateway, &waiting).flow, 200, BALANCE) else { panic!("one") };
    assert_eq!(error_kind(body), "unsupported");
}

#[test]
fn a_list_is_lines_of_which_the_last_says_how_it_ended() {
    let gateway = gateway(&json!({}));
    let run = admitted(&gateway, &json!({ "operation": "vonage.list_numbers", "mode": "all" }));
    assert!(run.lines && !run.lasting);
    assert!(run.headers.contains(&("content-type", "application/x-ndjson".to_owned())));
    let page = r#"{"count":1,"numbers":[{"country":"GB","msisdn":"447700900000","type":"mobile-lvn"}]}"#;
    let [item, end] = &*pieces(run.flow, 200, page) else { panic!("two") };
    assert!(item.starts_with("{\"item\":{") && item.ends_with("}\n"), "{item}");
    assert_eq!(end, END_LINE);
    let again = admitted(&gateway, &json!({ "operation": "vonage.list_numbers", "mode": "all" }));
    let [line] = &*pieces(again.flow, 401, "{}") else { panic!("one") };
    assert!(line.ends_with('\n') && error_kind(line) == "unauthenticated", "{line}");
    let none = admitted(&gateway, &json!({ "operation": "rentnumber.get_balance", "mode": "all" }));
    let [line] = &*pieces(none.flow, 200, "") else { panic!("one") };
    assert_eq!(error_kind(line), "unsupported");
}

#[test]
fn a_purchase_lasts_and_counts_unless_it_was_refused() {
    let gateway = gateway(&json!({}));
    let rent = json!({ "operation": "rentnumber.rent", "params": { "pricing_id": "42" } });
    let run = admitted(&gateway, &rent);
    assert!(run.lasting && !run.lines);
    // One is under way, so that there is no place for another.
    assert!(matches!(ask(&gateway, &rent), HostAdmission::Answer(HostAnswer { status: 429, .. })));
    let [body] = &*pieces(run.flow, 401, "{}") else { panic!("one") };
    assert_eq!(error_kind(body), "unauthenticated");
    let mut run = admitted(&gateway, &rent);
    // Given up before anything was sent, it says so, and does not count either.
    run.flow.cancel();
    let [body] = &*pieces(run.flow, 200, "") else { panic!("one") };
    assert_eq!(error_kind(body), "cancelled");
    admitted(&gateway, &rent);
}

#[test]
fn a_body_that_is_not_there_is_refused_as_what_it_is_also_for_the_page_that_asked() {
    let gateway = gateway(&json!({ "origins": [PAGE] }));
    let headers = with("origin", PAGE);
    let head = Head { method: "POST", target: "/", headers: &headers };
    for (why, status) in [("late", 408), ("broken", 400), ("used", 500)] {
        let answer = gateway.refuse(&head, why);
        assert_eq!(answer.status, status);
        assert!(answer.headers.contains(&("access-control-allow-origin", PAGE.to_owned())));
        let body: Value = serde_json::from_str(&answer.body).expect("JSON");
        assert_eq!((&body["error"]["delivery"], &body["error"]["field"]), (&json!("not_sent"), &json!("body")));
    }
}

#[test]
fn a_policy_is_checked_against_the_accounts_that_there_are() {
    let client = Client::new(Config::default(), [7; 16]).expect("a client");
    let policy = json!({ "tokens": [TOKEN], "operations": ["rentnumber.*"], "accounts": ["rentnumber", "other"] });
    let error = HostGateway::new(&client, &policy.to_string()).err().expect("refused");
    assert_eq!(error.field.as_deref(), Some("accounts"));
    assert!(error.message.starts_with("accounts: no account \"other\"; there are: "), "{error}");
    assert!(HostGateway::new(&client, "{}").is_err());
}
