//! Results and errors are those that a client at the accounts themselves gets.

use crate::stage::{Stage, TOKEN, call};
use serde_json::{Value, json};
use std::time::Duration;
use trunkline::Options;
use trunkline::gateway::{Body, Gateway, Head, Policy};
use trunkline::sandbox::Sandbox;
use trunkline_core::{Delivery, Error, ErrorKind, Result, registry};
use trunkline_sandbox::{Fault, FaultKind, ProviderName, http};
use trunkline_tests::jobs::{JOBS, Stage as Before};

#[tokio::test]
async fn a_result_and_an_error_read_as_they_do_without_a_gateway() {
    let stage = Stage::start().await;
    for (operation, params) in [
        ("rentnumber.list_services", json!({})),
        ("rentnumber.list_prices", json!({ "slug": "whatsapp" })),
        ("tempnumber.list_pricing", json!({})),
        ("rentnumber.get_rental", json!({ "rental_id": "999" })),
        ("rentnumber.get_rental", json!({})),
        ("rentnumber.get_rental", json!({ "rental_id": 1, "what": 2 })),
    ] {
        let local = stage.client.call_json(operation, &params.to_string(), Options::default()).await;
        let expected = match local {
            Ok(answer) => json!({ "value": serde_json::from_str::<Value>(&answer.value).expect("JSON") }),
            Err(error) => {
                let mut fields: Value = serde_json::from_str(&error.to_json()).expect("JSON");
                fields["text"] = error.to_string().into();
                json!({ "error": fields })
            }
        };
        let (status, seen) = stage.ask(call(operation, &params)).await;
        assert_eq!((status, &seen), (200, &expected), "{operation}");
    }
}

#[tokio::test]
async fn the_raw_reply_comes_where_it_is_asked_for() {
    let stage = Stage::start().await;
    let local = stage.client.call_json("rentnumber.get_balance", "{}", Options::default()).await.expect("a balance");
    let (_, seen) = stage.ask(json!({ "operation": "rentnumber.get_balance", "response": true })).await;
    assert_eq!(seen["response"]["body"], String::from_utf8_lossy(&local.response.body).as_ref());
    assert_eq!(
        (&seen["response"]["status"], seen["response"]["headers"][0].as_array().map(Vec::len)),
        (&200.into(), Some(2))
    );
    assert_eq!(seen["value"]["balance"]["currency"], "NGN");
}

#[tokio::test]
async fn a_result_can_be_waited_for() {
    let stage = Stage::start().await;
    let (_, rental) = stage.ask(call("rentnumber.rent", &json!({ "pricing_id": 42 }))).await;
    let (id, number) = (rental["value"]["rental_id"].clone(), rental["value"]["phone_number"].clone());
    let waiting = json!({ "operation": "rentnumber.get_rental", "params": { "rental_id": id }, "mode": "wait", "options": { "timeout": 1 } });
    let (status, seen) = stage.ask(&waiting).await;
    assert_eq!((status, &seen["error"]["kind"]), (200, &"timed_out".into()), "{seen}");
    let sms = json!({ "provider": "rentnumber", "to": number, "from": "Acme", "text": "Your code is 123456" });
    stage.control("messages", &sms);
    let (_, seen) = stage.ask(&waiting).await;
    assert_eq!(seen["value"]["code"], "123456", "{seen}");
}

const LIST: &str = r#"{"operation":"vonage.search_available","mode":"all","params":{"country":"GB","size":100}}"#;

async fn lines(stage: &Stage) -> Vec<Value> {
    let reply = stage.request(LIST).send().await.expect("an answer");
    assert_eq!(
        (reply.status().as_u16(), &reply.headers()["content-type"]),
        (200, &"application/x-ndjson".parse().expect("a value"))
    );
    let text = reply.text().await.expect("a body");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn at_page(page: u32, kind: FaultKind) -> Fault {
    Fault { provider: Some(ProviderName::Vonage), skip: Some(page), ..Fault::new(kind) }
}

#[tokio::test]
async fn a_list_is_a_line_for_each_item_and_one_that_says_how_it_ended() {
    let stage = Stage::start().await;
    let whole = lines(&stage).await;
    let (last, items) = whole.split_last().expect("lines");
    assert_eq!(*last, json!({ "end": true }));
    assert!(items.len() > 1000 && items.iter().all(|line| line["item"]["country"] == "GB"), "{}", items.len());
    stage.fault(&at_page(2, FaultKind::GarbageJson));
    let broken = lines(&stage).await;
    let (last, items) = broken.split_last().expect("lines");
    assert_eq!(
        (items.len(), &last["error"]["kind"], &last["error"]["delivery"]),
        (200, &"malformed".into(), &"unknown".into())
    );
    assert_eq!(items, &whole[..200]);
}

#[tokio::test]
async fn items_come_before_the_next_page_does() {
    let stage = Stage::start().await;
    stage.fault(&at_page(1, FaultKind::Hang));
    let mut reply = stage.request(LIST).send().await.expect("an answer");
    let mut text = String::new();
    while text.lines().count() < 100 {
        let chunk =
            tokio::time::timeout(Duration::from_secs(10), reply.chunk()).await.expect("the first page is there");
        text.push_str(std::str::from_utf8(&chunk.expect("a chunk").expect("more")).expect("UTF-8"));
    }
    assert!(text.ends_with("}\n") && !text.contains("\"end\""));
}

/// The gateway in this process, with every operation listed.
struct Through {
    runtime: tokio::runtime::Runtime,
    sandbox: Sandbox,
    gateway: Gateway,
}

impl Before for Through {
    fn call(&mut self, operation: &str, params: &Value) -> Result<Value> {
        let headers = [("authorization", format!("Bearer {TOKEN}")), ("content-type", "application/json".to_owned())];
        let headers = headers.map(|(name, value)| (name.to_owned(), value));
        let head = Head { method: "POST", target: "/", headers: &headers };
        let body = call(operation, params).to_string();
        let reply = self.runtime.block_on(self.gateway.answer(&head, body.as_bytes()));
        let Body::Whole(text) = reply.body else { panic!("a list") };
        let mut answer: Value = serde_json::from_str(&text).expect("JSON");
        match answer.get_mut("value") {
            Some(value) if reply.status == 200 => Ok(value.take()),
            _ => Err(Error::new(ErrorKind::Refused, Delivery::Unknown, text)),
        }
    }

    fn pass(&mut self, duration: Duration) {
        let body = json!({ "ms": u64::try_from(duration.as_millis()).expect("short") }).to_string().into_bytes();
        let (method, path) = ("POST".to_owned(), "/_sandbox/advance".to_owned());
        self.sandbox.control(&http::Request { method, path, query: String::new(), headers: Vec::new(), body });
    }
}

#[test]
fn every_operation_that_is_listed_succeeds_through_the_gateway() {
    for job in JOBS {
        let settings = serde_json::from_value(json!({ "vonage": { "auto_reload": true } })).expect("settings");
        let sandbox = Sandbox::with_settings(settings);
        let policy = Policy {
            tokens: vec![TOKEN.into()],
            operations: registry::operations().map(|entry| entry.endpoint.id.to_owned()).collect(),
            max_purchases: 10,
            ..Policy::default()
        };
        let gateway = Gateway::new(sandbox.client().expect("a client"), policy).expect("a gateway");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let mut through = Through { runtime, sandbox, gateway };
        let params = (job.prepare)(&mut through);
        let result = through.call(job.operation, &params);
        assert!(result.is_ok(), "{}: {result:?}", job.operation);
    }
}
