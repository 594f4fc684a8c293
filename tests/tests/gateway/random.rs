//! Whatever is sent: no panic, and nothing is let in that is not listed.

use crate::stage::{TOKEN, policy};
use proptest::prelude::*;
use serde_json::{Value, json};
use trunkline_core::gateway::{Admission, Head, Spent, admit};
use trunkline_core::{Timestamp, registry};

fn text() -> impl Strategy<Value = String> {
    let ids: Vec<String> = registry::operations().map(|entry| entry.endpoint.id.to_owned()).collect();
    let names = ["rentnumber.*", "*", "", "rentnumber.rent\0", "RENTNUMBER.RENT", "call", "wait", "all", "account"];
    prop_oneof![
        4 => proptest::sample::select(ids),
        2 => proptest::sample::select(names.to_vec()).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text().prop_map(Value::from)
    ];
    leaf.prop_recursive(3, 20, 5, |inner| {
        let keys = ["pricing_id", "phone_numbers", "timeout", "attempts", "account", "idempotency_key", "operation"];
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::btree_map(proptest::sample::select(keys.to_vec()), inner, 0..5)
                .prop_map(|members| json!(members)),
        ]
    })
}

fn asked() -> impl Strategy<Value = Vec<u8>> {
    let members = ["params", "mode", "options", "response", "what"].to_vec();
    let members = proptest::collection::btree_map(proptest::sample::select(members), value(), 0..4);
    (text(), members).prop_map(|(operation, members)| {
        let mut asked = json!(members);
        asked["operation"] = operation.into();
        asked.to_string().into_bytes()
    })
}

/// Mostly of the right form, with anything in it.
fn body() -> impl Strategy<Value = Vec<u8>> {
    let cut = (asked(), any::<usize>(), any::<u8>()).prop_map(|(mut body, at, byte)| {
        let at = at % body.len();
        body[at] = byte;
        body
    });
    prop_oneof![4 => asked(), 2 => cut, 1 => proptest::collection::vec(any::<u8>(), 0..200)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_let_in_that_is_not_listed(body in body()) {
        let (policy, mut spent) = (policy(), Spent::default());
        let headers = [("authorization", format!("Bearer {TOKEN}")), ("content-type", "application/json".to_owned())];
        let headers = headers.map(|(name, value)| (name.to_owned(), value));
        let head = Head { method: "POST", target: "/", headers: &headers };
        match admit(&policy, &mut spent, Timestamp::EPOCH, &head, &body) {
            Ok(Admission::Run(admitted)) => {
                let id = admitted.entry.endpoint.id;
                let listed = policy.operations.iter().any(|it| it == id || it.strip_suffix(".*").is_some_and(|it| id.starts_with(it)));
                let asked: Value = serde_json::from_slice(&body).expect("JSON");
                prop_assert!(listed && policy.allows(&admitted.entry.endpoint) && asked["operation"] == id, "{id}");
                prop_assert!(admitted.options.timeout.is_some_and(|timeout| timeout <= policy.max_timeout));
                prop_assert!(admitted.options.account.is_none());
                prop_assert_eq!(admitted.ticket.is_some(), admitted.entry.endpoint.effect.as_str() == "spends");
                prop_assert!(spent.count() <= u64::from(policy.max_purchases));
            }
            Ok(other) => prop_assert!(false, "{other:?}"),
            Err(refusal) => {
                prop_assert!((400..500).contains(&refusal.status), "{refusal:?}");
                prop_assert_eq!(spent.count(), 0);
                prop_assert!(serde_json::from_str::<Value>(&refusal.body()).is_ok());
            }
        }
    }

    #[test]
    fn nobody_gets_in_by_any_other_head(
        method in "[A-Z]{0,8}|POST", target in "[/a-z.%?#:]{0,6}",
        headers in proptest::collection::vec(("authorization|origin|content-type|host|content-length|x", "Bearer [ -~]{0,20}|null|application/json|[ -~]{0,20}"), 0..6),
    ) {
        let head = Head { method: &method, target: &target, headers: &headers };
        let body = br#"{"operation":"rentnumber.rent"}"#;
        prop_assert!(admit(&policy(), &mut Spent::default(), Timestamp::EPOCH, &head, body).is_err());
    }
}
