//! What is spent through a gateway: once, and no more than is allowed.

use crate::stage::{RENT, Stage, TOKEN, call, policy};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use trunkline::PROVIDERS;
use trunkline::gateway::Policy;
use trunkline_sandbox::{Fault, FaultKind, ProviderName, Sandbox};

fn once(provider: ProviderName, operation: &str, kind: FaultKind) -> Fault {
    Fault { provider: Some(provider), operation: Some(operation.to_owned()), times: Some(1), ..Fault::new(kind) }
}

fn buy() -> Value {
    call("tempnumber.buy_number", &json!({ "country_code": "US", "duration": "oneMonth" }))
}

#[tokio::test]
async fn a_purchase_whose_answer_is_lost_is_made_once() {
    for kind in [FaultKind::LostAfterActing, FaultKind::CutMidBody] {
        let stage = Stage::start().await;
        stage.fault(&once(ProviderName::RentNumber, "POST /rent", kind));
        stage.fault(&once(ProviderName::TempNumber, "POST /numbers/buy", kind));
        let (rented, bought) = tokio::join!(stage.ask(RENT), stage.ask(buy()));
        assert!(rented.1["value"]["rental_id"].is_string(), "{kind:?}: {}", rented.1);
        assert!(bought.1["value"].is_object(), "{kind:?}: {}", bought.1);
        assert_eq!((stage.purchases("rentnumber"), stage.purchases("tempnumber")), (1, 1), "{kind:?}");
    }
}

#[tokio::test]
async fn a_key_of_the_callers_buys_once_however_often_it_is_sent() {
    let stage = Stage::start().await;
    let mut body = buy();
    body["options"] = json!({ "idempotency_key": "7f6f0a3e-2c1b-4d5e-9a8b-0c1d2e3f4a5b" });
    let (first, second) = (stage.ask(&body).await, stage.ask(&body).await);
    assert!(first.1["value"].is_object(), "{}", first.1);
    assert_eq!((stage.purchases("tempnumber"), first), (1, second));
}

#[tokio::test]
async fn a_page_that_is_closed_leaves_no_purchase_half_made() {
    let stage = Stage::start().await;
    stage.fault(&Fault { delay_ms: 600, ..once(ProviderName::RentNumber, "POST /rent", FaultKind::Slow) });
    let mut page = TcpStream::connect(stage.gateway.address).await.expect("it listens");
    let head =
        format!("authorization: Bearer {TOKEN}\r\ncontent-type: application/json\r\ncontent-length: {}", RENT.len());
    page.write_all(format!("POST / HTTP/1.1\r\nhost: x\r\n{head}\r\n\r\n{RENT}").as_bytes()).await.expect("sent");
    while stage.purchases("rentnumber") == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    drop(page);
    assert_eq!(stage.client.open_purchases().len(), 1, "under way");
    stage.gateway.shutdown().await;
    assert_eq!(stage.client.open_purchases().len(), 0, "the end of the purchase is recorded");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_who_buy_at_once_buy_no_more_than_is_allowed() {
    let stage = Stage::start().await;
    let asked: Vec<_> = (0..50).map(|_| stage.request(buy().to_string()).send()).collect();
    let statuses = futures_util::future::join_all(asked).await;
    let statuses: Vec<u16> = statuses.into_iter().map(|reply| reply.expect("an answer").status().as_u16()).collect();
    let count = |status: u16| statuses.iter().filter(|it| **it == status).count();
    assert_eq!((count(200), count(429)), (5, 45), "{statuses:?}");
    assert_eq!(stage.purchases("tempnumber"), 5);
    let reply = stage.request(RENT).send().await.expect("an answer");
    let seconds: u64 = reply.headers()["retry-after"].to_str().expect("text").parse().expect("a number");
    assert!((86_000..=86_401).contains(&seconds), "{seconds}");
    let body: Value = serde_json::from_str(&reply.text().await.expect("a body")).expect("JSON");
    assert_eq!(
        (&body["error"]["kind"], &body["error"]["retry_after"]),
        (&"rate_limited".into(), &json!(seconds as f64))
    );
    assert_eq!(stage.purchases("rentnumber"), 0);
}

#[tokio::test]
async fn what_was_not_bought_does_not_count() {
    let stage = Stage::with(Policy { max_purchases: 1, ..policy() }).await;
    for _ in 0..5 {
        let (status, body) = stage.ask(call("rentnumber.rent", &json!({ "pricing_id": 999_999 }))).await;
        assert_eq!((status, &body["error"]["delivery"]), (200, &"refused".into()), "{body}");
        let (status, body) = stage.ask(call("rentnumber.rent", &json!({ "price": 1 }))).await;
        assert_eq!((status, &body["error"]["delivery"]), (200, &"not_sent".into()), "{body}");
    }
    assert_eq!((stage.ask(RENT).await.0, stage.ask(RENT).await.0), (200, 429));
    assert_eq!(stage.purchases("rentnumber"), 1);
}

/// Where a subscriber writes.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("not poisoned").extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn each_request_is_one_line_of_the_log_and_no_secret_is_in_any() {
    let written = Written::default();
    let writer = written.clone();
    // Beside another one: of a single subscriber tracing takes it that all threads have it, and an event that another test's
    // thread comes by first would be off for good.
    let _another = tracing::Dispatch::new(tracing::subscriber::NoSubscriber::default());
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing_subscriber::filter::LevelFilter::TRACE);
    let _guard =
        tracing::subscriber::set_default(subscriber.with_ansi(false).with_writer(move || writer.clone()).finish());
    let stage = Stage::start().await;
    let mut answers = String::new();
    for body in [
        RENT,
        "{}",
        &buy().to_string(),
        r#"{"operation":"callers-own-words"}"#,
        r#"{"operation":"rentnumber.get_balance","response":true}"#,
    ] {
        answers.push_str(&stage.ask(body).await.1.to_string());
    }
    answers.push_str(
        &stage
            .request("{}")
            .header("origin", "https://callers-own-words")
            .send()
            .await
            .expect("an answer")
            .text()
            .await
            .expect("a body"),
    );
    let text = String::from_utf8(written.0.lock().expect("not poisoned").clone()).expect("UTF-8");
    let ours: Vec<&str> = text.lines().filter(|line| line.contains("trunkline::gateway")).collect();
    assert_eq!(ours.len(), 6, "{text}");
    assert!(ours[0].contains("rentnumber.rent") && ours[0].contains("ok") && ours[1].contains("refused"), "{ours:?}");
    assert!(!ours.concat().contains("callers-own-words"), "{ours:?}");
    let mut marks = vec![TOKEN];
    for provider in PROVIDERS {
        let name = ProviderName::from_slug(provider.facts.slug).expect("one of the five");
        let secret = |name: &str| provider.facts.settings.iter().any(|setting| setting.name == name && setting.secret);
        marks.extend(Sandbox::credentials(name).iter().filter(|(name, _)| secret(name)).map(|(_, value)| *value));
    }
    assert_eq!(marks.len(), 6);
    for mark in marks {
        let shown = text.lines().find(|line| line.contains("trunkline") && line.contains(mark));
        assert!(shown.is_none() && !answers.contains(mark), "{mark}: {shown:?} {answers}");
    }
}
