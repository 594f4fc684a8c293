//! The Rust client as programs use it, over the sandbox in this process.

use futures_util::{StreamExt, TryStreamExt};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use trunkline::sandbox::{Fault, FaultKind, ProviderName, Sandbox};
use trunkline::{
    BoxFuture, ErrorKind, EventRequest, IntentState, Journal, JournalEntry, OpenIntent, Outcome, Request, Timestamp,
    Transport, Trunkline, Verification, parse_event, rentnumber, unified, vonage,
};

/// Counts what goes through it.
struct Counting {
    sandbox: Sandbox,
    sent: Arc<AtomicUsize>,
}

impl Transport for Counting {
    fn send(&self, request: Request, body_limit: usize) -> BoxFuture<'_, Outcome> {
        self.sent.fetch_add(1, Ordering::Relaxed);
        self.sandbox.send(request, body_limit)
    }
}

/// A journal that has no room.
struct Full;

impl Journal for Full {
    fn record(&self, _: JournalEntry) -> BoxFuture<'_, Result<(), String>> {
        Box::pin(std::future::ready(Err("the disk is full".to_owned())))
    }
}

fn config() -> trunkline::Config {
    let mut config = Sandbox::config();
    config.set("rentnumber", "rate_limit", "none");
    config
}

fn rent() -> rentnumber::Rent {
    rentnumber::Rent { pricing_id: 42.into() }
}

fn search() -> vonage::SearchAvailable {
    serde_json::from_str(r#"{"country":"GB","size":100}"#).expect("parameters")
}

fn purchases(sandbox: &Sandbox, provider: &str) -> u64 {
    let state: serde_json::Value = serde_json::from_str(&sandbox.state()).expect("JSON");
    state["providers"][provider]["purchases"].as_u64().expect("counted")
}

#[tokio::test]
async fn pages_are_fetched_as_they_are_taken() {
    let (sandbox, sent) = (Sandbox::start(), Arc::new(AtomicUsize::new(0)));
    let transport = Counting { sandbox, sent: Arc::clone(&sent) };
    let client = Trunkline::builder().config(config()).transport(transport).build().expect("good settings");
    let mut numbers = Box::pin(client.call(search()).all());
    for _ in 0..100 {
        numbers.next().await.expect("a number").expect("read");
    }
    assert_eq!(sent.load(Ordering::Relaxed), 1);
    numbers.next().await.expect("a number").expect("read");
    assert_eq!(sent.load(Ordering::Relaxed), 2);
    let rest: Vec<vonage::AvailableNumber> = numbers.try_collect().await.expect("read");
    assert_eq!((rest.len(), sent.load(Ordering::Relaxed)), (1234 - 101, 13));
}

#[tokio::test]
async fn an_error_ends_the_items() {
    let sandbox = Sandbox::start();
    let client = Trunkline::builder().config(config()).transport(sandbox.clone()).build().expect("good settings");
    sandbox.add_fault(Fault {
        skip: Some(1),
        provider: Some(ProviderName::Vonage),
        ..Fault::new(FaultKind::GarbageJson)
    });
    let items: Vec<_> = client.call(search()).all().collect().await;
    assert_eq!(items.len(), 101);
    assert_eq!(items[100].as_ref().expect_err("garbage").kind, ErrorKind::Malformed);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_client_serves_many_tasks_on_many_threads() {
    let settings = serde_json::from_value(serde_json::json!({ "rentnumber": { "wallet_kobo": 100_000_000 } }));
    let sandbox = Sandbox::with_settings(settings.expect("settings"));
    let client = Trunkline::builder().config(config()).transport(sandbox.clone()).build().expect("good settings");
    let mut tasks = tokio::task::JoinSet::new();
    for index in 0..400 {
        let client = client.clone();
        tasks.spawn(async move {
            if index % 40 == 0 {
                return client.call(rent()).await.map(|rental| Some(rental.rental_id));
            }
            client.call(rentnumber::ListServices {}).await.map(|_| None)
        });
    }
    let results: Vec<_> = tasks.join_all().await.into_iter().map(|result| result.expect("done")).collect();
    let rentals: BTreeSet<_> = results.into_iter().flatten().collect();
    assert_eq!((rentals.len() as u64, purchases(&sandbox, "rentnumber")), (10, 10));
}

#[tokio::test]
async fn what_the_journal_does_not_take_is_not_bought() {
    let sandbox = Sandbox::start();
    let builder = Trunkline::builder().config(config()).transport(sandbox.clone()).journal(Arc::new(Full));
    let error = builder.build().expect("good settings").call(rent()).await.expect_err("no journal");
    assert_eq!((error.kind, purchases(&sandbox, "rentnumber")), (ErrorKind::JournalFailed, 0));
    assert!(error.message.contains("the disk is full"), "{error}");
}

#[tokio::test]
async fn a_message_that_is_fed_reaches_the_task_that_waits_for_it() {
    let client = Trunkline::builder().config(config()).transport(Sandbox::start()).build().expect("good settings");
    let wanted = serde_json::json!({ "number": "vonage:GB:447700900000", "with_code": true });
    let wanted: unified::WaitForMessage = serde_json::from_value(wanted).expect("parameters");
    let waiting = tokio::spawn({
        let client = client.clone();
        async move { client.call(wanted).await }
    });
    tokio::task::yield_now().await;
    let query = "messageId=m-1&msisdn=447700900001&to=447700900000&type=text&text=Your+code+is+482056";
    let request = EventRequest { method: "GET", query, headers: &[], body: b"" };
    let event = parse_event("vonage", &request, &Verification::SignsNothing, Timestamp::EPOCH).expect("read");
    assert_eq!(client.feed(&event.expect("a message")).len(), 1);
    let message = waiting.await.expect("not cancelled").expect("it came");
    assert_eq!((message.code.as_deref(), message.sender.as_deref()), (Some("482056"), Some("447700900001")));
}

#[tokio::test]
async fn a_purchase_that_is_dropped_half_way_stays_open_in_the_journal() {
    let sandbox = Sandbox::start();
    sandbox.add_fault(Fault { operation: Some("POST /rent".to_owned()), ..Fault::new(FaultKind::Hang) });
    let client = Trunkline::builder().config(config()).transport(sandbox).build().expect("good settings");
    let given_up = tokio::time::timeout(Duration::from_millis(200), async { client.call(rent()).await }).await;
    assert!(given_up.is_err());
    let open = client.open_purchases();
    assert!(matches!(
        open.as_slice(),
        [OpenIntent { operation, state: IntentState::Abandoned, .. }] if operation == "rentnumber.rent"
    ));
    // It holds nothing up: what it had leased was given back.
    client.call(rentnumber::GetBalance {}).await.expect("a balance");
}
