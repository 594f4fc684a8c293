mod page;
mod refusals;
mod rentals;

use crate::http::{Request, Response};
use crate::provider::ProviderName::RentNumber;
use crate::tests::{World, request};
use crate::time::Time;
use serde_json::{Value, json};

/// When the page's example rental was made: 2026-04-12T14:30:00Z.
const PAGE_TIME: Time = Time(1_776_004_200_000);

fn world(settings: Value) -> World {
    let mut world = World::new(json!({ "rentnumber": settings }));
    world.now = PAGE_TIME;
    world
}

fn anonymous(method: &str, path: &str) -> Request {
    request(method, &format!("/api/v1{path}"))
}

fn call(method: &str, path: &str) -> Request {
    anonymous(method, path).with("X-API-KEY", "rn_sandbox_key")
}

fn rent(world: &mut World, pricing_id: u64) -> (u16, String) {
    world.answer(RentNumber, call("POST", "/rent").form(&format!("pricing_id={pricing_id}")))
}

fn get(world: &mut World, path: &str) -> String {
    let (status, body) = world.answer(RentNumber, call("GET", path));
    assert_eq!(status, 200, "{body}");
    body
}

fn field(body: &str, name: &str) -> Value {
    serde_json::from_str::<Value>(body).unwrap()[name].clone()
}

fn sms(world: &mut World, to: &str, text: &str) -> Result<(), String> {
    world.sandbox.receive_sms(world.now, RentNumber, to, "Acme", text)
}

fn refused(error: &str) -> String {
    format!("{{\"success\":false,\"error\":\"{error}\"}}")
}
