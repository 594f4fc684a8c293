//! What the sandbox sends, read by the core: two writings of the same pages that share no code.

use serde_json::{Value, json};
use std::time::Duration;
use trunkline_core::events::{
    Event, EventContent, EventRequest, Inbox, SignatureAlgorithm, Signing, Trust, Verification, parse_event,
};
use trunkline_core::{ErrorKind, Result, Secret, sinch, voepy, vonage};
use trunkline_sandbox::events::{Delivery, EventFault, EventFaultKind, Receipt};
use trunkline_sandbox::{ProviderName, Settings};
use trunkline_tests::world::World;

const SINCH_NUMBER: &str = "+12017654321";
const VONAGE_NUMBER: &str = "+447700900000";
const VOEPY_NUMBER: &str = "+15125550100";

/// Vonage's ways of signing, in the words of the sandbox's settings and in the core's.
const ALGORITHMS: [(&str, SignatureAlgorithm); 5] = [
    ("md5_hash", SignatureAlgorithm::Md5Hash),
    ("hmac_md5", SignatureAlgorithm::HmacMd5),
    ("hmac_sha1", SignatureAlgorithm::HmacSha1),
    ("hmac_sha256", SignatureAlgorithm::HmacSha256),
    ("hmac_sha512", SignatureAlgorithm::HmacSha512),
];

fn world(settings: Value) -> World {
    World::with(serde_json::from_value::<Settings>(settings).expect("settings of the sandbox"), |_| {})
}

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

fn vonage_signing(algorithm: SignatureAlgorithm) -> Signing {
    Signing { algorithm: Some(algorithm), ..Signing::with(secret("signature_secret")) }
}

/// The next delivery of that provider's, and what the core makes of it. Taken where it is good, refused where not.
fn next(world: &mut World, provider: ProviderName, verification: &Verification<'_>) -> Option<Result<Event>> {
    let delivery = world.sandbox.take_delivery(world.time(), provider)?;
    let read = read(world, &delivery, verification);
    let status = if read.is_ok() { 200 } else { 401 };
    world.sandbox.delivered(world.time(), &delivery, Receipt::Answered(status));
    Some(read)
}

fn read(world: &World, delivery: &Delivery, verification: &Verification<'_>) -> Result<Event> {
    let sent = &delivery.request;
    let request = EventRequest { method: &sent.method, query: &sent.query, headers: &sent.headers, body: &sent.body };
    let event = parse_event(delivery.provider.slug(), &request, verification, world.now)?;
    Ok(event.expect("an event, and no look whether anybody answers"))
}

/// What an inbox gives of all that comes now; everything has to be good.
fn accepted(
    world: &mut World,
    inbox: &mut Inbox,
    provider: ProviderName,
    verification: &Verification<'_>,
) -> Vec<Event> {
    let mut ready = Vec::new();
    while let Some(event) = next(world, provider, verification) {
        ready.extend(inbox.accept(world.now, event.expect("a good event")));
    }
    ready
}

fn call(world: &mut World, operation: &str, params: &Value) -> Value {
    world.call(operation, params).unwrap_or_else(|error| panic!("{operation}: {error}"))
}

fn rent_at_sinch(world: &mut World) {
    let rent = json!({
        "phone_number": SINCH_NUMBER,
        "sms_configuration": { "service_plan_id": "plan" },
        "voice_configuration": { "voice_type": "RTC", "app_id": "app" },
        "callback_url": "https://shop.example/sinch?shop=1",
    });
    call(world, "sinch.rent_number", &rent);
    world.pass(Duration::from_secs(3));
}

fn buy_at_vonage(world: &mut World) {
    let number = json!({ "country": "GB", "phone_number": VONAGE_NUMBER });
    call(world, "vonage.buy_number", &number);
    let url = json!({ "country": "GB", "phone_number": VONAGE_NUMBER, "mo_http_url": "https://shop.example/mo" });
    call(world, "vonage.update_number", &url);
}

fn receive(world: &mut World, text: &str) {
    let now = world.time();
    world.sandbox.receive_sms(now, ProviderName::Vonage, VONAGE_NUMBER, "+447700900001", text).expect("a message");
}

/// A Voepy subscription's secret.
fn subscribe(world: &mut World) -> Signing {
    let subscription = json!({ "target_url": "https://shop.example/voepy", "event_types": ["*"] });
    let made = call(world, "voepy.create_webhook_subscription", &subscription);
    Signing::with(secret(made["signing_secret"].as_str().expect("a secret")))
}

fn order_at_voepy(world: &mut World) {
    let order = json!({ "phone_numbers": [VOEPY_NUMBER], "country_code": "US", "number_type": "local" });
    call(world, "voepy.order_numbers", &order);
    world.pass(Duration::from_secs(3));
}

/// Whether it says that it happened in the last second: its time is read in the zone that was meant.
fn is_recent(world: &World, event: &Event) -> bool {
    event.occurred_at.is_some_and(|at| at <= world.now && world.now.since(at) < Duration::from_secs(1))
}

fn sms(event: &Event) -> &vonage::InboundSms {
    match &event.content {
        EventContent::VonageSms(sms) => sms,
        other => panic!("no SMS but {other:?}"),
    }
}

#[test]
fn sinch_s_callbacks_are_believed_and_read() {
    let mut world = world(json!({}));
    call(&mut world, "sinch.update_callback_configuration", &json!({ "hmac_secret": "my-callback-secret" }));
    rent_at_sinch(&mut world);
    let signing = Signing::with(secret("my-callback-secret"));
    let events = accepted(&mut world, &mut Inbox::default(), ProviderName::Sinch, &Verification::Signed(&signing));
    let types = [sinch::EventType::ProvisioningToSmsPlatform, sinch::EventType::ProvisioningToVoicePlatform];
    assert_eq!(events.len(), types.len());
    for (event, event_type) in events.iter().zip(types) {
        let EventContent::SinchNumber(number) = &event.content else { panic!("{event:?}") };
        assert_eq!((&number.event_type, &number.status), (&event_type, &Some(sinch::EventStatus::Succeeded)));
        assert_eq!(number.phone_number.as_ref().map(ToString::to_string).as_deref(), Some(SINCH_NUMBER));
        assert_eq!((event.trust, is_recent(&world, event)), (Trust::Signed, true), "{event:?}");
        assert_eq!(event.id.as_ref().map(|id| id.as_str().len()), Some(26));
    }
}

#[test]
fn vonage_s_messages_are_believed_however_they_are_signed_and_sent() {
    for (name, algorithm) in ALGORITHMS {
        for method in ["get", "post_form", "post_json"] {
            let settings = json!({ "vonage": { "signature_method": name, "inbound_method": method } });
            let mut world = world(settings);
            buy_at_vonage(&mut world);
            receive(&mut world, "Tom & Ann = 2 €, код + 1234%");
            let signing = vonage_signing(algorithm);
            let verification = Verification::Signed(&signing);
            let event = next(&mut world, ProviderName::Vonage, &verification).expect("sent");
            let event = event.unwrap_or_else(|error| panic!("{name} by {method}: {error}"));
            let sms = sms(&event);
            assert_eq!(sms.text.as_deref(), Some("Tom & Ann = 2 €, код + 1234%"), "{name} by {method}");
            assert_eq!(
                (sms.sender.as_deref(), sms.sms_type.as_ref()),
                (Some("447700900001"), Some(&vonage::SmsType::Unicode))
            );
            assert_eq!((event.trust, is_recent(&world, &event)), (Trust::Signed, true), "{event:?}");
            assert_eq!(sms.phone_number.to_string(), VONAGE_NUMBER);
        }
    }
}

#[test]
fn one_way_of_signing_is_not_taken_for_another() {
    for (name, algorithm) in ALGORITHMS {
        let mut world = world(json!({ "vonage": { "signature_method": name } }));
        buy_at_vonage(&mut world);
        receive(&mut world, "Hello");
        let delivery = world.sandbox.take_delivery(world.time(), ProviderName::Vonage).expect("sent");
        for (_, other) in ALGORITHMS {
            let signing = vonage_signing(other);
            let read = read(&world, &delivery, &Verification::Signed(&signing));
            assert_eq!(read.is_ok(), other == algorithm, "{name} read as {other:?}");
        }
    }
}

#[test]
fn an_account_that_signs_nothing_is_read_as_such_and_refused_otherwise() {
    let mut world = world(json!({}));
    buy_at_vonage(&mut world);
    receive(&mut world, "Hello");
    let delivery = world.sandbox.take_delivery(world.time(), ProviderName::Vonage).expect("sent");
    let event = read(&world, &delivery, &Verification::SignsNothing).expect("taken");
    assert_eq!((event.trust, sms(&event).text.as_deref()), (Trust::Unsigned, Some("Hello")));
    let signing = vonage_signing(SignatureAlgorithm::HmacSha256);
    let refused = read(&world, &delivery, &Verification::Signed(&signing)).expect_err("not signed");
    assert_eq!(refused.kind, ErrorKind::Unauthenticated);
}

#[test]
fn voepy_s_events_are_read_and_marked_as_unverified() {
    let mut world = world(json!({}));
    let signing = subscribe(&mut world);
    order_at_voepy(&mut world);
    let verification = Verification::Signed(&signing);
    let events = accepted(&mut world, &mut Inbox::default(), ProviderName::Voepy, &verification);
    assert_eq!(events.len(), 1);
    let EventContent::VoepyNumbers(order) = &events[0].content else { panic!("{events:?}") };
    assert_eq!((order.event_type.as_str(), order.status.as_deref()), ("number_order.completed", Some("completed")));
    let numbers: Vec<String> = order.phone_numbers.iter().map(ToString::to_string).collect();
    assert_eq!((numbers.as_slice(), events[0].trust), ([VOEPY_NUMBER.to_owned()].as_slice(), Trust::Unverified));
    assert!(is_recent(&world, &events[0]), "{events:?}");
    let deliveries = call(&mut world, "voepy.list_webhook_deliveries", &json!({}));
    let row = &deliveries["items"][0];
    assert_eq!(
        (&row["status"], &row["attempts"], &row["response_status"]),
        (&json!("delivered"), &json!(1), &json!(200))
    );
}

#[test]
fn voepy_s_ports_are_read_with_their_numbers() {
    let mut world = world(json!({ "voepy": { "porting": { "needs_documents": false } } }));
    let signing = subscribe(&mut world);
    let order = json!({ "phone_numbers": ["+13125550142"], "document_ids": [] });
    let id = call(&mut world, "voepy.create_porting_order", &order)["id"].clone();
    let mut inbox = Inbox::default();
    let verification = Verification::Signed(&signing);
    let mut told: Vec<voepy::NumbersEvent> = Vec::new();
    for _ in 0..9 {
        world.pass(Duration::from_secs(86_400));
        for event in accepted(&mut world, &mut inbox, ProviderName::Voepy, &verification) {
            let EventContent::VoepyNumbers(numbers) = event.content else { panic!("{event:?}") };
            told.push(numbers);
        }
    }
    let types: Vec<&str> = told.iter().map(|event| event.event_type.as_str()).collect();
    assert_eq!(types, ["porting_order.in_review", "porting_order.foc_scheduled", "porting_order.completed"]);
    for event in &told {
        assert_eq!(event.order_id.as_ref().map(|id| id.as_str()), id.as_str());
        assert_eq!(event.phone_numbers.iter().map(ToString::to_string).collect::<Vec<_>>(), ["+13125550142"]);
    }
}

/// Something to send at each provider, and what to check it by.
fn stages() -> Vec<(World, ProviderName, Signing)> {
    let mut sinch = world(json!({}));
    rent_at_sinch(&mut sinch);
    let mut voepy = world(json!({}));
    let voepy_signing = subscribe(&mut voepy);
    order_at_voepy(&mut voepy);
    let vonage = ALGORITHMS.into_iter().map(|(name, algorithm)| {
        let mut vonage = world(json!({ "vonage": { "signature_method": name } }));
        buy_at_vonage(&mut vonage);
        receive(&mut vonage, "code 1234");
        (vonage, ProviderName::Vonage, vonage_signing(algorithm))
    });
    let others = [
        (sinch, ProviderName::Sinch, Signing::with(secret("callback-secret"))),
        (voepy, ProviderName::Voepy, voepy_signing),
    ];
    vonage.chain(others).collect()
}

#[test]
fn what_is_tampered_with_or_unsigned_is_refused_and_comes_again() {
    for kind in [EventFaultKind::Tampered, EventFaultKind::Unsigned] {
        for (mut world, provider, signing) in stages() {
            let verification = Verification::Signed(&signing);
            world.sandbox.add_event_fault(EventFault { times: Some(1), ..EventFault::new(kind) });
            let refused = next(&mut world, provider, &verification).expect("sent").expect_err("not taken");
            assert_eq!(refused.kind, ErrorKind::Unauthenticated, "{kind:?} {provider:?}: {refused}");
            world.pass(Duration::from_secs(60));
            let good = accepted(&mut world, &mut Inbox::default(), provider, &verification);
            assert!(!good.is_empty(), "{kind:?} {provider:?}");
        }
    }
}

#[test]
fn retries_are_believed_as_long_as_providers_send_them() {
    for (mut world, provider, signing) in stages() {
        let verification = Verification::Signed(&signing);
        let mut sent = 0;
        for _ in 0..26 * 60 {
            while let Some(delivery) = world.sandbox.take_delivery(world.time(), provider) {
                sent += 1;
                read(&world, &delivery, &verification)
                    .unwrap_or_else(|error| panic!("attempt {sent} of {provider:?}: {error}"));
                world.sandbox.delivered(world.time(), &delivery, Receipt::Answered(503));
            }
            world.pass(Duration::from_secs(60));
        }
        assert!(sent >= 8, "{provider:?}: {sent}");
    }
}

#[test]
fn duplicates_are_dropped() {
    for (mut world, provider, signing) in stages() {
        let verification = Verification::Signed(&signing);
        let mut inbox = Inbox::default();
        world.sandbox.add_event_fault(EventFault::new(EventFaultKind::Duplicated));
        let (mut came, mut ready) = (0, 0);
        while let Some(event) = next(&mut world, provider, &verification) {
            came += 1;
            ready += inbox.accept(world.now, event.expect("good")).len();
        }
        assert_eq!((came, came % 2), (2 * ready, 0), "{provider:?}");
        assert!(ready > 0, "{provider:?}");
    }
}

#[test]
fn messages_in_parts_are_joined_in_whatever_order_they_come() {
    let texts = ["Your parcel № 7 ".repeat(20), format!("{}code 482913", "wait ".repeat(100)), "🦊".repeat(90)];
    for kind in [None, Some(EventFaultKind::Reordered), Some(EventFaultKind::Duplicated), Some(EventFaultKind::Delayed)]
    {
        let mut world = world(json!({ "vonage": { "signature_method": "hmac_sha512" } }));
        buy_at_vonage(&mut world);
        if let Some(kind) = kind {
            world.sandbox.add_event_fault(EventFault { probability: Some(0.5), ..EventFault::new(kind) });
        }
        texts.iter().for_each(|text| receive(&mut world, text));
        let signing = vonage_signing(SignatureAlgorithm::HmacSha512);
        let (verification, mut inbox) = (Verification::Signed(&signing), Inbox::default());
        let mut whole = Vec::new();
        for _ in 0..10 {
            whole.extend(accepted(&mut world, &mut inbox, ProviderName::Vonage, &verification));
            world.pass(Duration::from_secs(60));
        }
        let mut read: Vec<&str> = whole.iter().filter_map(|event| sms(event).text.as_deref()).collect();
        let mut sent: Vec<&str> = texts.iter().map(String::as_str).collect();
        read.sort_unstable();
        sent.sort_unstable();
        assert_eq!(read, sent, "{kind:?}");
        assert!(whole.iter().all(|event| sms(event).missing_parts == 0 && event.raw.len() > 1), "{kind:?}");
    }
}

#[test]
fn a_released_number_tells_its_end() {
    let mut world = world(json!({}));
    rent_at_sinch(&mut world);
    let signing = Signing::with(secret("callback-secret"));
    let (verification, mut inbox) = (Verification::Signed(&signing), Inbox::default());
    assert_eq!(accepted(&mut world, &mut inbox, ProviderName::Sinch, &verification).len(), 2);
    call(&mut world, "sinch.release_number", &json!({ "phone_number": SINCH_NUMBER }));
    world.pass(Duration::from_secs(31 * 86_400));
    let ends = accepted(&mut world, &mut inbox, ProviderName::Sinch, &verification);
    let types: Vec<&sinch::EventType> = ends
        .iter()
        .map(|event| match &event.content {
            EventContent::SinchNumber(number) => &number.event_type,
            other => panic!("{other:?}"),
        })
        .collect();
    let expected = [sinch::EventType::DeprovisioningFromSmsPlatform, sinch::EventType::DeprovisioningFromVoicePlatform];
    assert_eq!(types, expected.iter().collect::<Vec<_>>());
}
