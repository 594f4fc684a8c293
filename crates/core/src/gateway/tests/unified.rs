//! All providers as one, behind a gateway: only what is listed, on accounts that may be used.

use super::*;
use crate::client::Client;
use crate::config::Config;
use crate::error::Delivery;
use crate::flow::{Action, Outcome};
use crate::host::HostStep;
use crate::http::Response;
use crate::unified::UNIFIED;
use crate::wire::base64;
use std::time::Duration;

const CONFIG: &str = r#"{
    "shop": {"provider": "vonage", "api_key": "shop-key", "api_secret": "s"},
    "desk": {"provider": "vonage", "api_key": "desk-key", "api_secret": "s"},
    "voepy": {"api_key": "k", "base_url": "https://voepy.example"}
}"#;
const OPERATIONS: [&str; 4] = ["trunkline.*", "trunkline.buy", "trunkline.renew", "trunkline.release"];

fn gateway(accounts: &[&str]) -> HostGateway {
    let client = Client::new(Config::from_json(CONFIG).expect("accounts"), [7; 16]).expect("a client");
    let policy = json!({ "tokens": [TOKEN], "operations": OPERATIONS, "accounts": accounts, "max_purchases": 2 });
    HostGateway::new(&client, &policy.to_string()).expect("a good policy")
}

/// Where requests went, and the answer. All are answered that there is nothing.
fn ask(gateway: &HostGateway, operation: &str, params: &Value) -> (Vec<String>, Value) {
    let headers = headers();
    let head = Head { method: "POST", target: "/", headers: &headers };
    let body = json!({ "operation": operation, "params": params }).to_string();
    let HostAdmission::Run(HostRun { mut flow, .. }) = gateway.admit(Timestamp::EPOCH, &head, body.as_bytes()) else {
        panic!("{operation} is not let in");
    };
    let mut sent = Vec::new();
    for _ in 0..100 {
        match flow.step(Timestamp::EPOCH) {
            HostStep::Perform(id, Action::Send { request, .. }) => {
                let signed = request.headers.iter().find(|(name, _)| name == "authorization");
                sent.push(format!("{} {}", request.url, signed.map_or("", |(_, value)| value)));
                let response = Response { status: 404, headers: Vec::new(), body: b"{}".to_vec() };
                flow.resolve(Timestamp::EPOCH, id, Outcome::Answered(response));
            }
            HostStep::Done(body, _) => return (sent, serde_json::from_str(&body).expect("JSON")),
            HostStep::Waiting => {}
            other => panic!("{other:?}"),
        }
    }
    panic!("{operation} does not end");
}

fn offer(account: &str, operation: &str, params: &Value) -> String {
    let ticket = json!({ "account": account, "operation": operation, "params": params.to_string(), "price": {} });
    base64::encode(ticket.to_string().as_bytes()).trim_end_matches('=').replace('+', "-").replace('/', "_")
}

fn vonage_offer(account: &str) -> String {
    offer(account, "vonage.buy_number", &json!({ "country": "GB", "phone_number": "+447700900000" }))
}

/// Refused before anything was sent, and no account is spoken of.
fn assert_no_such_account(gateway: &HostGateway, operation: &str, params: &Value) {
    let (sent, answer) = ask(gateway, operation, params);
    assert_eq!(sent, Vec::<String>::new(), "{operation}");
    let error = &answer["error"];
    assert_eq!((&error["kind"], &error["delivery"]), (&json!("invalid_input"), &json!("not_sent")), "{operation}");
    assert_eq!(error["message"], "account: this gateway uses none of that name", "{operation}");
}

fn accounts_in(answer: &Value) -> Vec<&str> {
    let value = &answer["value"];
    let failures = value["failures"].as_array().expect("a list").iter();
    failures.map(|failure| failure["account"].as_str().expect("a name")).collect()
}

#[test]
fn what_reads_is_listed_as_a_whole_and_all_else_by_name() {
    let with = |operations: &[&str]| {
        let operations = operations.iter().map(|it| (*it).to_owned()).collect();
        let policy = Policy { operations, ..policy() };
        policy.check().expect("a good policy");
        UNIFIED.iter().map(|it| it.endpoint).filter(|it| policy.allows(it)).map(|it| it.name()).collect::<Vec<_>>()
    };
    let changes = ["reserve", "buy", "renew", "configure", "release"];
    let all: Vec<&str> = UNIFIED.iter().map(|it| it.endpoint.name()).collect();
    let reads: Vec<&str> = all.iter().copied().filter(|name| !changes.contains(name)).collect();
    assert_eq!(reads.len() + changes.len(), all.len());
    assert_eq!(with(&["trunkline.*"]), reads);
    for name in &all {
        assert_eq!(with(&[&format!("trunkline.{name}")]), [*name]);
    }
    assert_eq!(with(&["vonage.*"]), Vec::<&str>::new());
}

#[test]
fn what_spends_needs_a_limit_and_counts() {
    for operation in ["trunkline.buy", "trunkline.renew"] {
        let mut policy = Policy { operations: vec![operation.to_owned()], max_purchases: 0, ..policy() };
        assert_eq!(policy.check().expect_err("no limit").field.as_deref(), Some("max_purchases"));
        policy.max_purchases = 1;
        policy.check().expect("a limit");
        let headers = headers();
        let head = Head { method: "POST", target: "/", headers: &headers };
        let mut spent = Spent::default();
        let body = json!({ "operation": operation, "params": { "offers": ["a", "b"] } }).to_string();
        let mut ask = || admit(&policy, &mut spent, Timestamp::EPOCH, &head, body.as_bytes());
        // The second of several offers is bought only where the first is not: it is one purchase.
        assert!(ask().is_ok());
        assert_eq!(refused(ask()).0, 429);
    }
}

#[test]
fn a_search_uses_the_accounts_that_may_be_used_and_no_other() {
    let search = json!({ "country": "GB" });
    let (sent, answer) = ask(&gateway(&["shop"]), "trunkline.search", &search);
    assert_eq!(accounts_in(&answer), ["shop"]);
    let key = base64::encode(b"shop-key:s");
    assert!(!sent.is_empty() && sent.iter().all(|it| it.ends_with(&key)), "{sent:?}");
    assert_eq!(accounts_in(&ask(&gateway(&["shop", "desk"]), "trunkline.search", &search).1), ["desk", "shop"]);
    // Nobody may name one: each provider's is the one that the client chooses, and at Vonage it would choose none.
    assert_eq!(accounts_in(&ask(&gateway(&[]), "trunkline.balances", &json!({})).1), ["voepy"]);
    let (_, told) = ask(&gateway(&["desk"]), "trunkline.capabilities", &json!({}));
    let accounts =
        told["value"]["providers"].as_array().expect("a list").iter().flat_map(|it| {
            it["accounts"].as_array().expect("a list").iter().map(|name| name.as_str().expect("a name"))
        });
    assert_eq!(accounts.collect::<Vec<_>>(), ["desk"]);
}

#[test]
fn what_names_another_account_reaches_none() {
    for gateway in [gateway(&["desk", "voepy"]), gateway(&[])] {
        for (operation, params) in [
            ("trunkline.search", json!({ "accounts": ["shop"], "country": "GB" })),
            ("trunkline.list_numbers", json!({ "accounts": ["shop"] })),
            ("trunkline.quote", json!({ "offer": vonage_offer("shop") })),
            ("trunkline.buy", json!({ "offers": [vonage_offer("shop")] })),
            ("trunkline.get_number", json!({ "number": "shop:447700900000" })),
            ("trunkline.renew", json!({ "number": "shop:447700900000" })),
            ("trunkline.release", json!({ "number": "shop:447700900000" })),
        ] {
            assert_no_such_account(&gateway, operation, &params);
        }
    }
    // One that may be used does not make up for one that may not.
    let gateway = gateway(&["desk"]);
    assert_no_such_account(
        &gateway,
        "trunkline.buy",
        &json!({ "offers": [vonage_offer("desk"), vonage_offer("shop")] }),
    );
    let (sent, _) = ask(&gateway, "trunkline.get_number", &json!({ "number": "desk:447700900000" }));
    assert!(!sent.is_empty(), "its own account is reached");
}

#[test]
fn an_offer_by_hand_buys_no_more_than_one_number() {
    let order = |numbers: &[&str]| {
        let params = json!({ "phone_numbers": numbers, "country_code": "US", "number_type": "local" });
        json!({ "offers": [offer("voepy", "voepy.order_numbers", &params)] })
    };
    let (sent, answer) = ask(&gateway(&["voepy"]), "trunkline.buy", &order(&["+15125550100", "+15125550101"]));
    assert_eq!((sent.len(), &answer["error"]["field"]), (0, &json!("offers")));
    assert_eq!(answer["error"]["delivery"], json!(Delivery::NotSent));
    // Nor does it stand for another operation, nor for one that is no purchase of a number.
    let lookup = offer("voepy", "voepy.lookup_number", &json!({ "phone_number": "+15125550100" }));
    let (sent, answer) = ask(&gateway(&["voepy"]), "trunkline.buy", &json!({ "offers": [lookup] }));
    assert_eq!((sent.len(), &answer["error"]["field"]), (0, &json!("offers")));
}

#[test]
fn a_wait_has_the_time_of_one() {
    let policy = Policy { operations: vec!["trunkline.*".to_owned()], ..policy() };
    let timeout = |name: &str| run(&policy, &json!({ "operation": format!("trunkline.{name}") })).options.timeout;
    assert_eq!(timeout("wait_until_active"), Some(Duration::from_secs(300)));
    assert_eq!(timeout("search"), Some(Duration::from_secs(30)));
}
