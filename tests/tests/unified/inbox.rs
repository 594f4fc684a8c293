//! One inbox for the numbers of every account.

use super::bought;
use serde_json::{Value, json};
use std::time::Duration;
use trunkline_core::unified::{InboxItem, ReadInbox};
use trunkline_core::{ActionId, EventRequest, Flow, Options, Outcome, Step, Timestamp, Verification, parse_event};
use trunkline_sandbox::{Fault, FaultKind, ProviderName};
use trunkline_tests::world::World;

/// Something that happens while a stream is read.
type Meanwhile<'a> = (Duration, &'a dyn Fn(&mut World));

/// Reads a stream to its end, and what each item came at.
fn read(world: &mut World, mut flow: Flow<(), InboxItem>, meanwhile: &[Meanwhile<'_>]) -> Vec<(Duration, InboxItem)> {
    let began = world.now;
    let mut items = Vec::new();
    let mut pending: Vec<(Timestamp, ActionId, Outcome)> = Vec::new();
    let mut later = meanwhile.iter().peekable();
    for _ in 0..100_000 {
        match flow.step(world.now) {
            Step::Perform(id, action) => {
                let (at, outcome) = world.perform(action);
                pending.push((at, id, outcome));
            }
            Step::Item(item) => items.push((world.now.since(began), item)),
            Step::Abort(id) => pending.retain(|(_, pending, _)| *pending != id),
            Step::Done(result) => {
                result.expect("it ends by itself");
                return items;
            }
            Step::Waiting => {
                pending.sort_by_key(|(at, id, _)| (*at, *id));
                let (at, id, outcome) = pending.remove(0);
                while let Some((when, happens)) = later.next_if(|(when, _)| began + *when <= at) {
                    world.now = world.now.max(began + *when);
                    happens(world);
                }
                world.now = world.now.max(at);
                flow.resolve(world.now, id, outcome);
            }
        }
    }
    panic!("it does not end");
}

fn sms(world: &mut World, account: &str, to: &str, text: &str) {
    let provider = ProviderName::from_slug(account).expect("one of them");
    let now = world.time();
    world.sandbox.receive_sms(now, provider, to, "Acme", text).expect("received");
}

/// What Vonage sends of a message.
fn event(world: &mut World, to: &str, text: &str) {
    let body = json!({ "msisdn": "447700900001", "to": to.trim_start_matches('+'), "messageId": text, "text": text,
        "type": "text", "keyword": "X", "message-timestamp": "2026-05-12 14:30:00" });
    let headers = [("content-type".to_owned(), "application/json".to_owned())];
    let body = body.to_string();
    let request = EventRequest { method: "POST", query: "", headers: &headers, body: body.as_bytes() };
    let read = parse_event("vonage", &request, &Verification::SignsNothing, world.now).expect("an event");
    world.client.feed(world.now, &read.expect("a message"));
}

fn number(world: &mut World, account: &str) -> (String, String) {
    let number = bought(world, account);
    let text = |name: &str| number[name].as_str().expect("a text").to_owned();
    (text("id"), text("phone_number"))
}

fn options(seconds: u64) -> Options {
    Options { timeout: Some(Duration::from_secs(seconds)), ..Options::default() }
}

#[test]
fn what_numbers_of_every_account_receive_comes_in_one_stream() {
    let mut world = World::new();
    let (temp, temp_to) = number(&mut world, "tempnumber");
    let (rent, rent_to) = number(&mut world, "rentnumber");
    let (vonage, vonage_to) = number(&mut world, "vonage");
    sms(&mut world, "tempnumber", &temp_to, "code 111111");
    let flow = world.client.inbox(ReadInbox::default(), options(60));
    let second = |world: &mut World| event(world, &vonage_to, "code 222222");
    let third = |world: &mut World| sms(world, "rentnumber", &rent_to, "code 333333");
    let fourth = |world: &mut World| sms(world, "tempnumber", &temp_to, "code 444444");
    let at = Duration::from_secs;
    let items = read(&mut world, flow, &[(at(10), &second), (at(20), &third), (at(30), &fourth)]);
    let told: Vec<(&str, &str, u64)> = items
        .iter()
        .map(|(at, item)| {
            let message = item.message.as_ref().expect("a message");
            (item.number.as_ref().expect("whose").as_str(), message.code.as_deref().expect("a code"), at.as_secs() / 10)
        })
        .collect();
    assert_eq!(
        told,
        [(temp.as_str(), "111111", 0), (&vonage, "222222", 1), (&rent, "333333", 2), (&temp, "444444", 3)]
    );
}

#[test]
fn one_numbers_failure_is_told_beside_what_the_others_receive() {
    let mut world = World::new();
    let (temp, temp_to) = number(&mut world, "tempnumber");
    let numbers = vec!["rentnumber:4711".into(), temp.as_str().into()];
    let flow = world.client.inbox(ReadInbox { numbers }, options(30));
    let comes = |world: &mut World| sms(world, "tempnumber", &temp_to, "code 111111");
    let items = read(&mut world, flow, &[(Duration::from_secs(10), &comes)]);
    assert_eq!(items.len(), 2, "{items:?}");
    let failure = items[0].1.failure.as_ref().expect("no such rental");
    assert_eq!((failure.account.as_str(), failure.kind.as_str()), ("rentnumber", "not_found"));
    assert_eq!(items[1].1.message.as_ref().and_then(|it| it.code.as_deref()), Some("111111"));
}

#[test]
fn a_failure_that_passes_is_looked_over() {
    let mut world = World::new();
    let (temp, temp_to) = number(&mut world, "tempnumber");
    let provider = ProviderName::from_slug("tempnumber");
    world.add_fault(Fault { provider, times: Some(3), ..Fault::new(FaultKind::ServerError) });
    sms(&mut world, "tempnumber", &temp_to, "code 111111");
    let flow = world.client.inbox(ReadInbox { numbers: vec![temp.as_str().into()] }, options(60));
    let items = read(&mut world, flow, &[]);
    assert_eq!(items.len(), 1, "{items:?}");
}

#[test]
fn a_stream_ends_when_every_number_is_over() {
    let mut world = World::new();
    let (rent, _) = number(&mut world, "rentnumber");
    let flow = world.client.inbox(ReadInbox { numbers: vec![rent.as_str().into()] }, options(3600));
    let cancel = |world: &mut World| {
        world.call("trunkline.release", &json!({ "number": rent })).expect("released");
    };
    let began = world.now;
    assert_eq!(read(&mut world, flow, &[(Duration::from_secs(60), &cancel)]), []);
    assert!((60..80).contains(&world.now.since(began).as_secs()), "{:?}", world.now.since(began));
}

#[test]
fn what_is_there_is_read_at_once() {
    let mut world = World::new();
    let (temp, temp_to) = number(&mut world, "tempnumber");
    let (vonage, vonage_to) = number(&mut world, "vonage");
    for text in ["code 111111", "code 222222"] {
        sms(&mut world, "tempnumber", &temp_to, text);
        event(&mut world, &vonage_to, text);
        world.pass(Duration::from_secs(1));
    }
    let params = json!({ "numbers": [vonage, temp, "sinch:+12015550123"] });
    let inbox = world.call("trunkline.inbox", &params).expect("read");
    let told: Vec<(&Value, &Value)> = inbox["messages"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| (&it["number"], &it["message"]["code"]))
        .collect();
    let (newest, oldest) = (json!("222222"), json!("111111"));
    let (vonage, temp) = (json!(vonage), json!(temp));
    assert_eq!(told, [(&vonage, &newest), (&vonage, &oldest), (&temp, &newest), (&temp, &oldest)]);
    assert_eq!(inbox["failures"][0]["kind"], "unsupported");
}
