//! Events that providers send to the gateway, and what pages hear of them.

use crate::stage::{Stage, TOKEN, policy};
use serde_json::{Value, json};
use std::time::Duration;
use trunkline::gateway::{EventPolicy, Policy};
use trunkline::vonage;
use trunkline_core::SignatureAlgorithm;

const NUMBER: &str = "+447700900000";
const SECRET: &str = "signature_secret";

fn taking(events: EventPolicy) -> Policy {
    let operations = ["trunkline.*", "vonage.*"].map(str::to_owned).to_vec();
    Policy { operations, events: [("vonage".to_owned(), events)].into(), ..policy() }
}

fn signed() -> EventPolicy {
    let algorithm = Some(SignatureAlgorithm::HmacSha256);
    EventPolicy { secrets: vec![SECRET.into()], algorithm, ..EventPolicy::default() }
}

/// A number at a Vonage that signs, whose messages go to the gateway.
async fn stage(policy: Policy) -> Stage {
    let vonage = json!({ "signature_method": "hmac_sha256", "signature_secret": SECRET, "numbers_interval_ms": 0 });
    let settings = serde_json::from_value(json!({ "vonage": vonage })).expect("settings");
    let stage = Stage::before(policy, settings).await;
    let (country, phone_number) = ("GB".to_owned(), NUMBER.parse().expect("a number"));
    let buy = vonage::BuyNumber { country, phone_number, target_api_key: None };
    stage.client.call(buy).await.expect("bought");
    let webhook_url = format!("http://{}/events/vonage", stage.gateway.address);
    let number = format!("vonage:GB:{NUMBER}");
    let configure = json!({ "number": number, "webhook_url": webhook_url }).to_string();
    let options = trunkline::Options::default();
    stage.client.call_json("trunkline.configure", &configure, options).await.expect("configured");
    stage
}

fn send(stage: &Stage, text: &str) {
    stage.control("messages", &json!({ "provider": "vonage", "to": NUMBER, "from": "447700900001", "text": text }));
}

#[tokio::test]
async fn a_message_that_the_provider_sends_reaches_the_page_that_waits() {
    let stage = stage(taking(signed())).await;
    let wait =
        json!({ "operation": "trunkline.wait_for_message", "params": { "number": format!("vonage:GB:{NUMBER}") } });
    let (answer, ()) = tokio::join!(stage.ask(wait), async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        send(&stage, "Your code is 482056");
    });
    let (status, body) = answer;
    assert_eq!(
        (status, &body["value"]["code"], &body["value"]["sender"]),
        (200, &json!("482056"), &json!("447700900001"))
    );
}

#[tokio::test]
async fn a_page_reads_one_stream_of_what_comes() {
    let stage = stage(taking(signed())).await;
    let inbox = json!({ "operation": "trunkline.inbox", "params": { "numbers": [format!("vonage:GB:{NUMBER}")] },
        "mode": "all", "options": { "timeout": 20 } });
    let mut reply = stage.request(inbox.to_string()).send().await.expect("an answer");
    let long = "x".repeat(200) + " code 777777";
    for text in ["code 111111", "code 222222", &long] {
        send(&stage, text);
        let line = tokio::time::timeout(Duration::from_secs(10), reply.chunk()).await;
        let line = line.expect("in time").expect("bytes").expect("a line");
        let item: Value = serde_json::from_slice(&line).expect("JSON");
        assert_eq!(item["item"]["message"]["text"], text, "{item}");
    }
}

#[tokio::test]
async fn what_is_not_rightly_signed_is_refused_and_nobody_hears_of_it() {
    for wrong in [
        EventPolicy { secrets: vec!["another secret".into()], ..signed() },
        EventPolicy { algorithm: Some(SignatureAlgorithm::HmacSha512), ..signed() },
    ] {
        let stage = stage(taking(wrong)).await;
        send(&stage, "Your code is 482056");
        let wait = json!({ "operation": "trunkline.wait_for_message",
            "params": { "number": format!("vonage:GB:{NUMBER}") }, "options": { "timeout": 1 } });
        let (_, body) = stage.ask(wait).await;
        assert_eq!(body["error"]["kind"], "timed_out", "{body}");
    }
}

#[tokio::test]
async fn the_answer_says_whether_an_event_was_taken() {
    let stage = Stage::with(taking(EventPolicy { signs_nothing: true, ..EventPolicy::default() })).await;
    let message =
        "msisdn=447700900001&to=447700900000&messageId=A&text=hello&type=text&message-timestamp=2026-05-12+14:30:00";
    let get = |path: &str| format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    let status = |answer: String| answer.split(' ').nth(1).map(str::to_owned).unwrap_or_default();
    for (request, expected) in [
        (get(&format!("/events/vonage?{message}")), "200"),
        (get("/events/vonage"), "200"),
        (get("/events/vonage?msisdn=1&to=nonsense&messageId=A&text=x"), "400"),
        (get("/events/sinch"), "404"),
        (get("/events/"), "404"),
        (get("/events/vonage/"), "404"),
        (get("/events/vonage").replacen("GET", "DELETE", 1), "405"),
        (
            "POST /events/vonage HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 300000\r\n\r\n".to_owned(),
            "413",
        ),
    ] {
        assert_eq!(status(stage.raw(&request).await), expected, "{request}");
    }
    let signed = self::stage(taking(self::signed())).await;
    assert_eq!(status(signed.raw(get(&format!("/events/vonage?{message}"))).await), "401");
    // The gateway's own token is of no use there, nor is it needed.
    let with_token =
        get("/events/vonage?to=1").replace("host: x", &format!("host: x\r\nauthorization: Bearer {TOKEN}"));
    assert_eq!(status(signed.raw(with_token).await), "401");
}

#[test]
fn a_policy_of_events_says_how_they_are_checked() {
    let check = |events: EventPolicy| taking(events).check().map_err(|error| error.message.clone());
    let both = "events: vonage: give the secrets that its events are signed with, or signs_nothing, not both";
    assert_eq!(check(EventPolicy::default()), Err(both.to_owned()));
    assert_eq!(check(EventPolicy { signs_nothing: true, ..signed() }), Err(both.to_owned()));
    assert_eq!(check(signed()), Ok(()));
    let text = format!(
        r#"{{"events":{{"shop":{{"provider":"vonage","secrets":["{SECRET}"],"algorithm":"md5_hash","tolerance":60}}}}}}"#
    );
    let read = Policy::from_json(&text).expect("a policy");
    assert_eq!(read.events["shop"].tolerance, Some(Duration::from_secs(60)));
    assert!(!format!("{read:?}").contains(SECRET));
}
