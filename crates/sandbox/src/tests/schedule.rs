use super::{World, request};
use crate::faults::{Fault, FaultKind};
use crate::http::Request;
use crate::provider::ProviderName::RentNumber;
use crate::schedule::Script;
use serde_json::json;

fn rent() -> Request {
    request("POST", "/api/v1/rent").with("X-API-KEY", "rn_sandbox_key").form("pricing_id=42")
}

fn rental(world: &mut World, id: u64) -> String {
    let request = request("GET", &format!("/api/v1/rental/{id}")).with("X-API-KEY", "rn_sandbox_key");
    world.answer(RentNumber, request).1
}

fn script(after_ms: u64, to: Option<&str>) -> Script {
    let (from, text) = ("Acme".to_owned(), "code 1234".to_owned());
    Script { provider: RentNumber, to: to.map(str::to_owned), after_ms, from, text }
}

#[test]
fn a_script_reaches_every_number_bought_after_it() {
    let mut world = World::new(json!({}));
    world.send(RentNumber, rent());
    world.sandbox.script_sms(world.now, script(5000, None));
    world.send(RentNumber, rent());
    world.wait(2);
    world.send(RentNumber, rent());
    world.wait(3);
    assert!(rental(&mut world, 101).contains("waiting"));
    assert!(rental(&mut world, 102).contains("received"));
    assert!(rental(&mut world, 103).contains("waiting"));
    world.wait(2);
    assert!(rental(&mut world, 103).contains("received"));
}

#[test]
fn a_script_for_a_number_reaches_it_once() {
    let mut world = World::new(json!({}));
    world.send(RentNumber, rent());
    world.sandbox.script_sms(world.now, script(1000, Some("+2348012345678")));
    assert_eq!(world.sandbox.state(world.now)["scheduled"], 1);
    world.wait(1);
    assert!(rental(&mut world, 101).contains(r#""code":"1234""#));
    assert_eq!(world.sandbox.state(world.now)["scheduled"], 0);
}

#[test]
fn a_message_that_comes_too_late_is_told_in_the_state() {
    let mut world = World::new(json!({}));
    world.sandbox.script_sms(world.now, script(16 * 60_000, None));
    world.send(RentNumber, rent());
    world.wait(16 * 60);
    let undelivered = world.sandbox.state(world.now)["undelivered"].clone();
    assert_eq!(undelivered, json!(["rentnumber +2348012345678: no open rental has the number +2348012345678"]));
}

#[test]
fn a_late_message_still_arrives_at_its_own_time() {
    let mut world = World::new(json!({}));
    world.sandbox.script_sms(world.now, script(5000, None));
    world.send(RentNumber, rent());
    // The next call comes after the rental has ended.
    world.wait(20 * 60);
    assert!(rental(&mut world, 101).contains(r#""status":"completed","code":"1234""#));
}

#[test]
fn a_call_that_acts_late_acts_when_its_time_comes() {
    let mut world = World::new(json!({}));
    world.sandbox.add_fault(Fault { delay_ms: 5000, times: Some(1), ..Fault::new(FaultKind::ActsLate) });
    assert_eq!(world.outcome(RentNumber, rent()), crate::Outcome::Drop);
    assert_eq!(world.provider_state(RentNumber)["purchases"], 0);
    world.wait(4);
    assert_eq!(world.provider_state(RentNumber)["purchases"], 0);
    world.wait(10);
    assert_eq!(world.provider_state(RentNumber)["purchases"], 1);
    // Rented when its time came, not when somebody looked.
    assert!(rental(&mut world, 101).contains(r#""created_at":"2026-05-12 14:30:05""#));
}

#[test]
fn time_never_goes_back() {
    let mut world = World::new(json!({}));
    world.wait(60);
    world.sandbox.advance(world.now);
    world.now = crate::Time::START;
    assert_eq!(world.sandbox.state(world.now)["now"], "2026-05-12T14:31:00.000Z");
}

#[test]
fn calls_to_one_provider_do_not_change_the_ids_of_another() {
    let mut quiet = World::new(json!({}));
    let mut busy = World::new(json!({}));
    let buy = request("POST", "/v1/numbers/buy").with("Authorization", "Bearer tn_sandbox_token");
    busy.send(crate::ProviderName::TempNumber, buy.json(r#"{"country_code":"US","duration":"oneMonth"}"#));
    for world in [&mut quiet, &mut busy] {
        world.send(RentNumber, rent());
        world.send(RentNumber, rent());
    }
    assert_eq!(quiet.provider_state(RentNumber), busy.provider_state(RentNumber));
}
