//! Deliveries, in virtual time. Vonage's messages stand for all: they are there as soon as they are sent.

use super::{World, request};
use crate::events::{Delivery, EventFault, EventFaultKind, Receipt};
use crate::provider::ProviderName::{Sinch, Voepy, Vonage};
use crate::time::Time;
use serde_json::{Value, json};
use std::time::Duration;

const BASIC: &str = "Basic YWJjZDEyMzQ6QUJDREVGR0gwMTIzNGFiYw==";
const NUMBER: &str = "447700900000";

/// A world whose Vonage account has a number, and a webhook.
fn world(settings: Value) -> World {
    let mut world = World::new(settings);
    for (path, form) in [
        ("/number/buy", "country=GB&msisdn=447700900000"),
        ("/account/settings", "moCallBackUrl=http%3A%2F%2F127.0.0.1%3A8080%2Fmo"),
    ] {
        let (status, body) = world.answer(Vonage, request("POST", path).with("Authorization", BASIC).form(form));
        assert_eq!(status, 200, "{body}");
    }
    world
}

fn signing() -> World {
    world(json!({"vonage": {"signature_method": "hmac_sha256"}}))
}

impl World {
    fn receive(&mut self, text: &str) {
        self.sandbox.receive_sms(self.now, Vonage, NUMBER, "+447700900001", text).unwrap();
    }

    fn take(&mut self) -> Option<Delivery> {
        self.sandbox.take_delivery(self.now, Vonage)
    }

    fn delivered(&mut self, delivery: &Delivery, receipt: Receipt) {
        self.sandbox.delivered(self.now, delivery, receipt);
    }

    /// The texts that arrive now, each answered 200.
    fn texts(&mut self) -> Vec<String> {
        let mut texts = Vec::new();
        while let Some(delivery) = self.take() {
            texts.push(field(&delivery, "text").to_owned());
            self.delivered(&delivery, Receipt::Answered(200));
        }
        texts
    }

    fn events(&mut self) -> Value {
        self.sandbox.state(self.now)["events"].clone()
    }

    fn undelivered(&mut self) -> Value {
        self.sandbox.state(self.now)["undelivered"].clone()
    }

    fn harm(&mut self, fault: EventFault) {
        self.sandbox.add_event_fault(fault);
    }
}

fn field(delivery: &Delivery, name: &str) -> String {
    let body: Value = serde_json::from_slice(&delivery.request.body).unwrap();
    body[name].as_str().unwrap_or_default().to_owned()
}

fn once(kind: EventFaultKind) -> EventFault {
    EventFault { times: Some(1), ..EventFault::new(kind) }
}

/// The seconds at which one event is sent when nobody ever takes it.
fn schedule(world: &mut World, answer: impl Fn(&mut World, &Delivery)) -> Vec<i64> {
    let (start, mut sent) = (world.now, Vec::new());
    while world.now < start.after(Duration::from_secs(2 * 86_400)) {
        if let Some(delivery) = world.take() {
            sent.push((world.now.0 - start.0) / 1000);
            answer(world, &delivery);
        }
        world.wait(5);
    }
    sent
}

mod retries {
    use super::*;

    #[test]
    fn a_taken_event_does_not_come_again() {
        let mut world = world(json!({}));
        world.receive("Hello");
        let delivery = world.take().unwrap();
        assert_eq!((delivery.provider, delivery.url().as_str()), (Vonage, "http://127.0.0.1:8080/mo"));
        world.delivered(&delivery, Receipt::Answered(204));
        assert_eq!(world.events(), json!({"waiting": 0, "delivered": 1}));
        world.wait(86_400);
        assert_eq!(world.take(), None);
    }

    #[test]
    fn what_is_not_answered_with_2xx_comes_again_for_a_day() {
        let mut world = world(json!({}));
        world.receive("Hello");
        let sent = schedule(&mut world, |world, delivery| world.delivered(delivery, Receipt::Answered(500)));
        assert_eq!(sent, [0, 60, 180, 420, 900, 1860, 3780, 7620, 15300, 30660, 61380]);
        let expected = json!(["vonage http://127.0.0.1:8080/mo: answered 500, the last of 11 attempts"]);
        assert_eq!((world.undelivered(), world.events()), (expected, json!({"waiting": 0, "delivered": 0})));
    }

    #[test]
    fn what_nobody_answers_is_lost_after_ten_seconds() {
        let retries = json!({"first_seconds": 5, "attempts": 3, "window_seconds": 86400});
        let mut world = world(json!({"vonage": {"inbound_retries": retries}}));
        world.receive("Hello");
        let sent = schedule(&mut world, |_, _| ());
        // Ten seconds to answer, five; ten, ten.
        assert_eq!(sent, [0, 15, 35]);
        let expected = json!(["vonage http://127.0.0.1:8080/mo: not answered, the last of 3 attempts"]);
        assert_eq!(world.undelivered(), expected);
    }

    #[test]
    fn an_answer_that_comes_too_late_counts_for_nothing() {
        let mut world = world(json!({}));
        world.receive("Hello");
        let late = world.take().unwrap();
        world.wait(10);
        assert_eq!(world.take(), None);
        world.delivered(&late, Receipt::Answered(200));
        assert_eq!(world.events(), json!({"waiting": 1, "delivered": 0}));
        world.wait(60);
        assert_eq!(world.texts(), ["Hello"]);
    }

    #[test]
    fn what_cannot_be_sent_is_not_tried_again() {
        let mut world = world(json!({}));
        world.receive("Hello");
        let delivery = world.take().unwrap();
        world.delivered(&delivery, Receipt::Undeliverable("only to this machine".to_owned()));
        world.wait(86_400);
        assert_eq!(world.take(), None);
        assert_eq!(world.undelivered(), json!(["vonage http://127.0.0.1:8080/mo: only to this machine"]));
    }

    #[test]
    fn sinch_s_callbacks_are_due_when_something_happened_and_doubled_from_five_seconds() {
        let mut world = World::new(json!({"sinch": {"provisioning_waiting_seconds": 10}}));
        let project = "/v1/projects/0994c893-4d74-4455-8259-4f5c68d92f6f";
        let basic = "Basic NWIxZjNjN2UtMmQ5NC00YzA2LTlhN2QtOGUwZjFiMmMzZDRlOnNhbmRib3gta2V5LXNlY3JldA==";
        let rent = request("POST", &format!("{project}/availableNumbers/%2B12017654321:rent"));
        let body = r#"{"smsConfiguration":{"servicePlanId":"plan"},"callbackUrl":"http://127.0.0.1:8080/sinch"}"#;
        assert_eq!(world.answer(Sinch, rent.with("Authorization", basic).json(body)).0, 200);
        let (start, mut sent) = (world.now, Vec::new());
        while world.now < start.after(Duration::from_secs(3600)) {
            if let Some(delivery) = world.sandbox.take_delivery(world.now, Sinch) {
                sent.push((world.now.0 - start.0) / 1000);
                world.delivered(&delivery, Receipt::Answered(503));
            }
            world.wait(1);
        }
        assert_eq!(sent, [12, 17, 27, 47, 87, 167, 327, 647]);
    }

    #[test]
    fn voepy_s_list_shows_what_became_of_each_delivery() {
        let mut world = World::new(json!({}));
        let bearer = |method: &str, path: &str| request(method, path).with("Authorization", "Bearer voepy_sandbox_key");
        let target = r#"{"target_url":"http://127.0.0.1:8080/voepy","event_types":["number_order.completed"]}"#;
        assert_eq!(world.answer(Voepy, bearer("POST", "/v1/webhook-subscriptions").json(target)).0, 201);
        let order = r#"{"phone_numbers":["+15125550100"],"country_code":"US","number_type":"local"}"#;
        assert_eq!(world.answer(Voepy, bearer("POST", "/v1/numbers/order").json(order)).0, 201);
        world.wait(3);
        for (answered, status, attempts) in [(500, "pending", 1), (200, "delivered", 2)] {
            let delivery = world.sandbox.take_delivery(world.now, Voepy).unwrap();
            world.delivered(&delivery, Receipt::Answered(answered));
            let list: Value =
                serde_json::from_str(&world.answer(Voepy, bearer("GET", "/v1/webhook-deliveries")).1).unwrap();
            let row = &list["data"][0];
            assert_eq!((&row["status"], &row["attempts"]), (&json!(status), &json!(attempts)));
            assert_eq!(row["response_status"], json!(answered));
            world.wait(5);
        }
    }

    #[test]
    fn whoever_takes_nothing_does_not_fill_the_memory() {
        let mut world = world(json!({}));
        (0..10_001).for_each(|_| world.receive("Hello"));
        assert_eq!(world.events()["waiting"], 10_000);
        let expected = json!(["vonage http://127.0.0.1:8080/mo: too many events wait; take them"]);
        assert_eq!(world.undelivered(), expected);
    }

    #[test]
    fn time_without_end_breaks_nothing() {
        let mut world = world(json!({}));
        world.receive("Hello");
        world.now = Time(i64::MAX);
        let delivery = world.take().unwrap();
        world.delivered(&delivery, Receipt::Lost);
        assert_eq!(world.events()["waiting"], 0);
    }
}

mod faults {
    use super::*;

    #[test]
    fn events_arrive_in_their_order() {
        let mut world = world(json!({}));
        ["one", "two", "three"].iter().for_each(|text| world.receive(text));
        assert_eq!(world.texts(), ["one", "two", "three"]);
    }

    #[test]
    fn a_duplicate_has_the_same_bytes_and_its_answer_counts_for_nothing() {
        let mut world = signing();
        world.harm(once(EventFaultKind::Duplicated));
        world.receive("Hello");
        let (first, second) = (world.take().unwrap(), world.take().unwrap());
        assert_eq!(first.request, second.request);
        world.delivered(&second, Receipt::Answered(500));
        world.delivered(&first, Receipt::Answered(200));
        assert_eq!((world.take(), world.events()["waiting"].clone()), (None, json!(0)));
    }

    #[test]
    fn a_reordered_event_comes_behind_the_next_one() {
        let mut world = world(json!({}));
        world.harm(once(EventFaultKind::Reordered));
        ["one", "two", "three"].iter().for_each(|text| world.receive(text));
        assert_eq!(world.texts(), ["two", "one", "three"]);
    }

    #[test]
    fn a_reordered_event_waits_no_longer_than_its_delay() {
        let mut world = world(json!({}));
        world.harm(EventFault { delay_ms: 30_000, ..once(EventFaultKind::Reordered) });
        world.receive("one");
        world.wait(29);
        assert_eq!(world.texts(), [""; 0]);
        world.wait(1);
        assert_eq!(world.texts(), ["one"]);
    }

    #[test]
    fn a_delayed_event_comes_later_and_lets_others_pass() {
        let mut world = world(json!({}));
        world.harm(EventFault { delay_ms: 30_000, ..once(EventFaultKind::Delayed) });
        ["one", "two"].iter().for_each(|text| world.receive(text));
        assert_eq!(world.texts(), ["two"]);
        world.wait(29);
        assert_eq!(world.texts(), [""; 0]);
        world.wait(1);
        assert_eq!(world.texts(), ["one"]);
    }

    #[test]
    fn what_is_delayed_for_ever_still_arrives() {
        let mut world = world(json!({}));
        world.harm(EventFault { delay_ms: 30_000, ..EventFault::new(EventFaultKind::Delayed) });
        world.receive("one");
        assert_eq!(world.texts(), [""; 0]);
        world.wait(30);
        assert_eq!(world.texts(), ["one"]);
    }

    #[test]
    fn each_attempt_may_be_harmed_anew() {
        let retries = json!({"first_seconds": 10, "attempts": 3, "window_seconds": 86400});
        let mut world = world(json!({"vonage": {"inbound_retries": retries}}));
        world.harm(EventFault { delay_ms: 5_000, ..EventFault::new(EventFaultKind::Delayed) });
        world.receive("one");
        let sent = schedule(&mut world, |world, delivery| world.delivered(delivery, Receipt::Answered(500)));
        assert_eq!(sent, [5, 20, 45]);
    }

    #[test]
    fn a_tampered_attempt_has_the_signature_of_what_it_was_and_the_next_one_is_good() {
        let mut world = signing();
        world.harm(once(EventFaultKind::Tampered));
        world.receive("Hello");
        let tampered = world.take().unwrap();
        world.delivered(&tampered, Receipt::Answered(401));
        world.wait(60);
        let good = world.take().unwrap();
        assert_eq!((field(&tampered, "text").as_str(), field(&good, "text").as_str()), ("Hello (changed)", "Hello"));
        assert_eq!((field(&tampered, "sig").len(), field(&tampered, "sig")), (64, field(&good, "sig")));
    }

    #[test]
    fn an_unsigned_attempt_says_the_same() {
        let mut world = signing();
        world.harm(once(EventFaultKind::Unsigned));
        ["one", "two"].iter().for_each(|text| world.receive(text));
        let (unsigned, signed) = (world.take().unwrap(), world.take().unwrap());
        assert_eq!((field(&unsigned, "text").as_str(), field(&unsigned, "sig").as_str()), ("one", ""));
        assert_eq!(field(&signed, "sig").len(), 64);
    }

    #[test]
    fn only_the_named_provider_s_events_are_harmed_and_turns_are_counted() {
        let mut world = world(json!({}));
        world.harm(EventFault { provider: Some(Sinch), ..EventFault::new(EventFaultKind::Tampered) });
        world.harm(EventFault { skip: Some(1), times: Some(2), ..EventFault::new(EventFaultKind::Tampered) });
        ["1", "2", "3", "4"].iter().for_each(|text| world.receive(text));
        assert_eq!(world.texts(), ["1", "2 (changed)", "3 (changed)", "4"]);
    }

    #[test]
    fn cleared_faults_are_gone_and_what_was_kept_back_arrives() {
        let mut world = world(json!({}));
        world.harm(EventFault { delay_ms: 1_000, ..EventFault::new(EventFaultKind::Delayed) });
        world.receive("one");
        assert_eq!(world.texts(), [""; 0]);
        world.sandbox.clear_event_faults();
        world.receive("two");
        assert_eq!(world.texts(), ["two"]);
        world.wait(1);
        assert_eq!(world.texts(), ["one"]);
    }

    #[test]
    fn faults_of_calls_leave_events_alone_and_the_other_way_round() {
        let mut world = world(json!({}));
        world.sandbox.add_fault(crate::Fault::new(crate::FaultKind::Hang));
        world.receive("one");
        assert_eq!(world.texts(), ["one"]);
        world.sandbox.clear_faults();
        world.harm(EventFault::new(EventFaultKind::Unsigned));
        let balance = request("GET", "/account/get-balance").with("Authorization", BASIC);
        assert_eq!(world.answer(Vonage, balance).0, 200);
    }
}

mod control {
    use super::*;

    fn control(world: &mut World, method: &str, body: &str) -> (u16, Value) {
        let response = world.sandbox.control(world.now, &request(method, "/_sandbox/event_faults").json(body));
        (response.status, serde_json::from_slice(&response.body).unwrap())
    }

    #[test]
    fn event_faults_are_added_listed_and_cleared() {
        let mut world = world(json!({}));
        let two = r#"[{"kind":"tampered","times":1},{"kind":"delayed","provider":"vonage","delay_ms":5}]"#;
        assert_eq!(control(&mut world, "POST", two), (200, json!({"ok": true, "added": 2})));
        let listed = world.sandbox.state(world.now)["event_faults"].clone();
        assert_eq!((&listed[0]["fault"]["kind"], &listed[1]["fault"]["delay_ms"]), (&json!("tampered"), &json!(5)));
        assert_eq!(control(&mut world, "DELETE", "").0, 200);
        world.receive("Hello");
        assert_eq!(world.texts(), ["Hello"]);
    }

    #[test]
    fn bad_input_is_400_and_says_what_is_allowed() {
        for (body, expected) in [
            (r#"{"kind":"hang"}"#, "unknown variant `hang`, expected one of `duplicated`, `reordered`, `delayed`"),
            (r#"{"kind":"delayed","operation":"/"}"#, "unknown field `operation`"),
            (r#"{"kind":"delayed","probability":-1}"#, "probability is a number from 0 to 1"),
            (r#"{"kind":"delayed","times":0}"#, "times is 1 or more"),
            ("{", "allowed is a fault or a list of faults: {kind, provider?, skip?"),
        ] {
            let (status, answer) = control(&mut World::new(json!({})), "POST", body);
            let error = answer["error"].as_str().unwrap();
            assert!(status == 400 && error.contains(expected), "{status} {error}");
        }
    }
}

#[test]
fn a_script_reaches_the_webhook() {
    let mut world = world(json!({}));
    let script = crate::Script {
        provider: Vonage,
        to: Some(NUMBER.to_owned()),
        after_ms: 5_000,
        from: "Acme".to_owned(),
        text: "code 1234".to_owned(),
    };
    world.sandbox.script_sms(world.now, script);
    assert_eq!(world.take(), None);
    world.wait(5);
    let delivery = world.take().unwrap();
    assert_eq!((field(&delivery, "msisdn").as_str(), field(&delivery, "text").as_str()), ("Acme", "code 1234"));
}

#[test]
fn the_same_seed_sends_the_same_bytes() {
    let sent = |seed: u64| {
        let mut world = world(json!({"seed": seed, "vonage": {"signature_method": "md5_hash"}}));
        world.receive(&"long ".repeat(60));
        [world.take().unwrap(), world.take().unwrap()]
    };
    assert_eq!(sent(1), sent(1));
    assert_ne!(sent(1), sent(2));
}
