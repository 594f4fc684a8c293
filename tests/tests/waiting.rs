//! Waiting for messages: `trunkline.wait_for_message` in worlds with virtual time.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;
use trunkline::sandbox::Settings;
use trunkline_core::unified::{Message, WaitForMessage};
use trunkline_core::{
    Action, ActionId, Answer, Delivery, Error, ErrorKind, Event, EventRequest, Flow, HostEvent, Options, Outcome,
    Result, Step, Timestamp, Verification, parse_event,
};
use trunkline_sandbox::{Fault, FaultKind, ProviderName};
use trunkline_tests::world::World;

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Accounts that can pay for a thousand numbers, whose rentals last, and which refuse who asks too often.
fn rich() -> World {
    let settings = json!({
        "tempnumber": { "wallet_cents": 1_000_000_000, "stock": 100_000 },
        "rentnumber": { "wallet_kobo": 4_500_000_000_u64, "stock": 100_000, "throttle_per_second": 2 },
    });
    World::with(serde_json::from_value::<Settings>(settings).expect("settings"), |_| {})
}

/// A number, bought: its id, and the number itself.
fn buy(world: &mut World, provider: &str) -> (String, String) {
    let (operation, params, id) = match provider {
        "tempnumber" => ("tempnumber.buy_number", json!({ "country_code": "US", "duration": "oneMonth" }), "id"),
        _ => ("rentnumber.rent", json!({ "pricing_id": "42" }), "rental_id"),
    };
    let bought = world.call(operation, &params).expect("bought");
    let text = |name: &str| bought[name].as_str().expect("a text").to_owned();
    (format!("{provider}:{}", text(id)), text("phone_number"))
}

fn send_later(world: &mut World, provider: &str, to: &str, after: Duration, text: &str) {
    let after_ms = u64::try_from(after.as_millis()).expect("not that long");
    let script = json!({ "provider": provider, "to": to, "after_ms": after_ms, "from": "Acme", "text": text });
    let time = world.time();
    world.sandbox.script_sms(time, serde_json::from_value(script).expect("a script"));
}

fn any(number: &str) -> WaitForMessage {
    WaitForMessage { number: number.into(), sender: None, contains: None, after: None, with_code: None }
}

fn within(timeout: Duration) -> Options {
    Options { timeout: Some(timeout), ..Options::default() }
}

fn wait(world: &mut World, wanted: WaitForMessage, timeout: Duration) -> Result<Message> {
    let flow = world.client.call(wanted, within(timeout));
    world.run(flow).map(|Answer { value, .. }| value)
}

/// When the provider was asked for this number's messages.
fn looks(world: &World, number: &str) -> Vec<Timestamp> {
    let native = number.split_once(':').expect("an id").1;
    let ends = [format!("/numbers/{native}/sms"), format!("/rental/{native}")];
    let is_look = |url: &str| ends.iter().any(|end| url.ends_with(end.as_str()));
    world.requests.iter().filter(|(_, request)| is_look(&request.url)).map(|(at, _)| *at).collect()
}

/// An SMS to one of Vonage's numbers, as its event.
fn sms(id: &str, to: &str, text: &str, at: &str) -> Event {
    let body = json!({
        "messageId": id, "msisdn": "447700900001", "to": to, "text": text, "type": "text", "message-timestamp": at,
    });
    let body = body.to_string();
    let headers = [("content-type".to_owned(), "application/json".to_owned())];
    let request = EventRequest { method: "POST", query: "", headers: &headers, body: body.as_bytes() };
    let event = parse_event("vonage", &request, &Verification::SignsNothing, Timestamp::EPOCH);
    event.expect("read").expect("a message")
}

const VONAGE: &str = "vonage:GB:447700900000";

#[test]
fn a_message_is_waited_for_where_the_provider_can_be_asked() {
    for provider in ["tempnumber", "rentnumber"] {
        let mut world = rich();
        let (number, phone) = buy(&mut world, provider);
        send_later(&mut world, provider, &phone, seconds(290), "Your code is 482056");
        let started = world.now;
        let message = wait(&mut world, any(&number), seconds(300)).expect("it came");
        assert_eq!((message.text.as_str(), message.code.as_deref()), ("Your code is 482056", Some("482056")));
        assert_eq!((message.provider.as_str(), message.to.expect("known").as_str()), (provider, phone.as_str()));
        let waited = world.now.since(started);
        assert!(waited >= seconds(290) && waited < seconds(296), "{provider}: {waited:?}");
    }
}

#[test]
fn a_message_fed_before_somebody_waits_is_not_lost() {
    let mut world = World::new();
    let event = sms("m-1", "447700900000", "Your code is 482056", "2026-04-12 15:30:00");
    assert_eq!(world.client.feed(world.now, &event).len(), 1);
    world.pass(seconds(590));
    let message = wait(&mut world, any(VONAGE), seconds(1)).expect("it was kept");
    let read = (message.id.expect("an id").to_string(), message.sender, message.code, message.received_at);
    let at = Timestamp::parse("2026-04-12T15:30:00Z");
    assert_eq!(read, ("m-1".to_owned(), Some("447700900001".to_owned()), Some("482056".to_owned()), at));
    assert_eq!(message.account, "vonage");
    assert!(world.requests.is_empty(), "Vonage is not asked");
}

/// Steps a flow until it sleeps, and lets that much time pass.
fn sleep_once(world: &mut World, flow: &mut Flow<Answer<Message>>) -> Option<Result<Answer<Message>>> {
    match flow.step(world.now) {
        Step::Perform(id, Action::Sleep(duration, _)) => {
            world.now = world.now + duration;
            flow.resolve(world.now, id, Outcome::Elapsed);
            None
        }
        Step::Done(result) => Some(result),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_message_fed_while_somebody_waits_reaches_whoever_it_is_for() {
    let mut world = World::new();
    let mut ours = world.client.call(any(VONAGE), within(seconds(60)));
    let mut others = world.client.call(any("vonage:GB:447700900009"), within(seconds(60)));
    for _ in 0..10 {
        assert!(sleep_once(&mut world, &mut ours).is_none() && sleep_once(&mut world, &mut others).is_none());
    }
    let event = sms("m-1", "447700900000", "Your code is 482056", "2026-04-12 15:30:00");
    world.client.feed(world.now, &event);
    let fed = world.now;
    let answer = std::iter::repeat_with(|| sleep_once(&mut world, &mut ours)).take(3).find_map(|ended| ended);
    assert_eq!(answer.expect("ended").expect("it came").value.code.as_deref(), Some("482056"));
    assert!(world.now.since(fed) <= seconds(1));
    assert!(sleep_once(&mut world, &mut others).is_none());
}

#[test]
fn an_event_that_comes_twice_is_one_message() {
    let mut world = World::new();
    let first = sms("m-1", "447700900000", "first", "2026-04-12 15:30:00");
    assert_eq!((world.client.feed(world.now, &first).len(), world.client.feed(world.now, &first).len()), (1, 0));
    let after = wait(&mut world, any(VONAGE), seconds(1)).expect("it came").received_at;
    let next = WaitForMessage { after, ..any(VONAGE) };
    let error = wait(&mut world, next.clone(), seconds(5)).expect_err("the same one is no next one");
    assert_eq!(error.kind, ErrorKind::TimedOut);
    let second = sms("m-2", "447700900000", "second", "2026-04-12 15:30:01");
    world.client.feed(world.now, &second);
    assert_eq!(wait(&mut world, next, seconds(5)).expect("the next one").text, "second");
}

#[test]
fn a_host_feeds_an_event_as_text() {
    let mut world = World::new();
    let event = sms("m-1", "447700900000", "Your code is 482056", "2026-04-12 15:30:00");
    let text = serde_json::to_string(&HostEvent::from(event)).expect("JSON");
    let new = world.client.feed_in_host(world.now, &text).expect("an event");
    assert_eq!(new, format!("[{text}]"));
    assert_eq!(world.client.feed_in_host(world.now, &text).as_deref().ok(), Some("[]"));
    assert_eq!(wait(&mut world, any(VONAGE), seconds(1)).expect("it came").code.as_deref(), Some("482056"));
    let error = world.client.feed_in_host(world.now, r#"{"provider":7}"#).expect_err("no event");
    assert_eq!(error.kind, ErrorKind::InvalidInput);
    assert!(error.message.contains("parse_event") && error.message.contains("expected a string"), "{error}");
}

#[test]
fn only_the_message_that_was_asked_for_ends_the_wait() {
    let mut world = rich();
    let (number, phone) = buy(&mut world, "tempnumber");
    for (after, text) in [(1, "Welcome to Acme"), (20, "Your code is 111222"), (40, "Your PIN is 333444")] {
        send_later(&mut world, "tempnumber", &phone, seconds(after), text);
    }
    let mut text = |wanted: WaitForMessage| wait(&mut world, wanted, seconds(60)).map(|message| message.text);
    let coded = WaitForMessage { with_code: Some(true), ..any(&number) };
    assert_eq!(text(coded).expect("it came"), "Your code is 111222");
    let pin = WaitForMessage { contains: Some("your pin".to_owned()), ..any(&number) };
    assert_eq!(text(pin).expect("it came"), "Your PIN is 333444");
    // What was there before counts, the oldest first.
    assert_eq!(text(any(&number)).expect("it was there"), "Welcome to Acme");
    let acme = WaitForMessage { sender: Some("ACME".to_owned()), ..any(&number) };
    assert_eq!(text(acme).expect("it was there"), "Welcome to Acme");
    let elsewhere = WaitForMessage { sender: Some("Other".to_owned()), ..any(&number) };
    assert_eq!(text(elsewhere).expect_err("nobody else wrote").kind, ErrorKind::TimedOut);
}

#[test]
fn rentnumbers_own_code_goes_first() {
    let mut world = rich();
    let (number, phone) = buy(&mut world, "rentnumber");
    // RentNumber takes the first digits; the text says otherwise.
    let text = "Order 88213: your code is 482056";
    send_later(&mut world, "rentnumber", &phone, seconds(1), text);
    let message = wait(&mut world, any(&number), seconds(60)).expect("it came");
    assert_eq!((message.code.as_deref(), trunkline_core::code::find(text).as_deref()), (Some("88213"), Some("482056")));
}

#[test]
fn a_number_that_is_over_ends_the_wait_at_once() {
    for (provider, cancel) in [("tempnumber", "tempnumber.cancel_number"), ("rentnumber", "rentnumber.cancel_rental")] {
        let mut world = rich();
        let (number, _) = buy(&mut world, provider);
        let native = number.split_once(':').expect("an id").1;
        let params = match provider {
            "tempnumber" => json!({ "number_id": native }),
            _ => json!({ "rental_id": native }),
        };
        world.call(cancel, &params).expect("cancelled");
        let started = world.now;
        let error = wait(&mut world, any(&number), seconds(300)).expect_err("nothing can come");
        assert_eq!((error.kind, error.operation.as_str()), (ErrorKind::Ended, "trunkline.wait_for_message"), "{error}");
        assert!(world.now.since(started) < seconds(1), "{provider}");
    }
}

#[test]
fn a_look_that_fails_is_looked_over() {
    for kind in [
        FaultKind::ServerError,
        FaultKind::BadGatewayHtml,
        FaultKind::RateLimited,
        FaultKind::RateLimitedWithRetryAfter,
        FaultKind::LostBeforeActing,
        FaultKind::Hang,
    ] {
        let mut world = rich();
        let (number, phone) = buy(&mut world, "rentnumber");
        world.add_fault(Fault { times: Some(3), provider: Some(ProviderName::RentNumber), ..Fault::new(kind) });
        send_later(&mut world, "rentnumber", &phone, seconds(5), "Your code is 482056");
        let message = wait(&mut world, any(&number), seconds(120)).unwrap_or_else(|error| panic!("{kind:?}: {error}"));
        assert_eq!(message.code.as_deref(), Some("482056"), "{kind:?}");
    }
}

#[test]
fn who_waits_alone_does_not_look_as_fast_as_the_rate_allows() {
    for provider in ["tempnumber", "rentnumber"] {
        let mut world = rich();
        let (number, _) = buy(&mut world, provider);
        world.pass(seconds(1));
        let started = world.now;
        let error = wait(&mut world, any(&number), seconds(61)).expect_err("nothing comes");
        assert_eq!((error.kind, error.delivery), (ErrorKind::TimedOut, Delivery::Refused));
        let looks = looks(&world, &number);
        assert_eq!((looks[0], looks.len()), (started, 13), "{provider}");
        assert!(looks.windows(2).all(|pair| pair[1].since(pair[0]) == seconds(5)), "{provider}");
        assert!(world.now.since(started) <= seconds(61));
    }
}

#[test]
fn a_provider_without_messages_is_refused_before_anything_is_sent() {
    let mut world = World::new();
    let refused = |world: &mut World, number: &str| -> Error {
        let error = wait(world, any(number), seconds(60)).expect_err("refused");
        assert!(world.requests.is_empty());
        error
    };
    for number in ["sinch:+12025550100", "voepy:num_1"] {
        let error = refused(&mut world, number);
        assert_eq!((error.kind, error.delivery), (ErrorKind::Unsupported, Delivery::NotSent));
        assert!(error.message.contains("TempNumber, RentNumber, Vonage"), "{error}");
    }
    assert_eq!(refused(&mut world, "nobody:1").kind, ErrorKind::InvalidInput);
    assert_eq!(refused(&mut world, "vonage:GB:nonsense").kind, ErrorKind::InvalidInput);
}

#[test]
fn what_may_be_said_of_a_message_is_checked() {
    let mut world = World::new();
    let error = world
        .call("trunkline.wait_for_message", &json!({ "number": VONAGE, "subject": "Acme" }))
        .expect_err("no such parameter");
    assert_eq!((error.kind, error.field.as_deref()), (ErrorKind::InvalidInput, Some("subject")));
    let event = sms("m-1", "447700900000", "hello", "2026-04-12 15:30:00");
    world.client.feed(world.now, &event);
    let message: Value = world.call("trunkline.wait_for_message", &json!({ "number": VONAGE })).expect("it came");
    assert_eq!((message["text"].as_str(), message["native"]["message_id"].as_str()), (Some("hello"), Some("m-1")));
}

/// So many who have waited for messages of one number for that long.
fn waiting(world: &mut World, number: &str, count: usize, lasting: Duration) -> Vec<Flow<Answer<Message>>> {
    let mut flows: Vec<_> = (0..count).map(|_| world.client.call(any(number), within(seconds(10_000)))).collect();
    let (until, mut due) = (world.now + lasting, BTreeMap::new());
    let mut go_on = |world: &mut World, due: &mut BTreeMap<_, _>, index: usize, ended: Option<(ActionId, Outcome)>| {
        let flow: &mut Flow<Answer<Message>> = &mut flows[index];
        if let Some((id, outcome)) = ended {
            flow.resolve(world.now, id, outcome);
        }
        while let Step::Perform(id, action) = flow.step(world.now) {
            let (at, outcome) = world.perform(action);
            due.insert((at, index), (id, outcome));
        }
    };
    (0..count).for_each(|index| go_on(world, &mut due, index, None));
    while let Some(((at, index), ended)) = due.pop_first()
        && at <= until
    {
        world.now = world.now.max(at);
        go_on(world, &mut due, index, Some(ended));
    }
    flows
}

#[test]
fn a_deadline_that_cannot_be_met_is_refused_before_anything_is_sent() {
    let mut world = rich();
    let (number, _) = buy(&mut world, "tempnumber");
    let mut others = waiting(&mut world, &number, 99, Duration::ZERO);
    let sent = world.requests.len();
    let error = wait(&mut world, any(&number), seconds(109)).expect_err("there is too little time");
    assert_eq!((error.kind, error.delivery), (ErrorKind::TimedOut, Delivery::NotSent));
    assert_eq!(world.requests.len(), sent);
    let expected = "99 others wait on this account, which allows 60 requests in 60s: a look comes every 110 s; \
                    allow at least that";
    assert_eq!(error.message, expected);
    let mut met = world.client.call(any(&number), within(seconds(111)));
    assert!(matches!(met.step(world.now), Step::Perform(_, Action::Sleep(..))));
    drop(met);
    // Who gives up leaves room.
    others.truncate(49);
    let mut met = world.client.call(any(&number), within(seconds(55)));
    assert!(matches!(met.step(world.now), Step::Perform(_, Action::Sleep(..))));
}

#[test]
fn a_purchase_does_not_queue_behind_a_thousand_polls() {
    for provider in ["tempnumber", "rentnumber"] {
        let mut world = rich();
        let (number, _) = buy(&mut world, provider);
        world.pass(seconds(61));
        let waiting = waiting(&mut world, &number, 1000, seconds(70));
        let started = world.now;
        buy(&mut world, provider);
        assert!(world.now.since(started) < seconds(2), "{provider}: {:?}", world.now.since(started));
        drop(waiting);
    }
}

#[test]
fn everybody_is_looked_at_in_turn_and_whose_time_ends_has_a_last_look() {
    let mut world = rich();
    let numbers: Vec<String> = (0..20).map(|_| buy(&mut world, "tempnumber").0).collect();
    world.pass(seconds(61));
    let started = world.now;
    // Two turns come in 42 s; the first of them has 40.
    let time = |index| within(seconds(if index == 0 { 40 } else { 200 }));
    let flows = numbers.iter().enumerate().map(|(index, number)| world.client.call(any(number), time(index))).collect();
    let results = world.run_all(flows);
    assert!(results.iter().all(|result| result.as_ref().is_err_and(|error| error.kind == ErrorKind::TimedOut)));
    for (index, number) in numbers.iter().enumerate() {
        let looks = looks(&world, number);
        let gap = looks.windows(2).map(|pair| pair[1].since(pair[0])).max().expect("several looks");
        assert!(looks[0].since(started) <= seconds(21) && gap <= seconds(22), "{index}: {gap:?}");
    }
    assert!(looks(&world, &numbers[0]).last().expect("a look").since(started) > seconds(19));
    assert!(world.responses.iter().all(|response| response.status == 200 || response.status == 201));
}
