mod catalogue;
mod idempotency;
mod lifecycle;
mod limit;
mod messages;
mod refusals;
mod vectors;

use crate::http::{Request, Response};
use crate::provider::ProviderName::TempNumber;
use crate::tests::{World, request};
use serde_json::{Value, json};

const KEY: &str = "6f1c2a34-0000-4000-a000-000000000001";
const BUY_US: &str = r#"{"country_code":"US","duration":"oneMonth","number_type":"non_voip"}"#;

fn world(settings: Value) -> World {
    World::new(json!({ "tempnumber": settings }))
}

fn anonymous(method: &str, path: &str) -> Request {
    request(method, &format!("/v1{path}"))
}

fn call(method: &str, path: &str) -> Request {
    anonymous(method, path).with("Authorization", "Bearer tn_sandbox_token")
}

fn post(world: &mut World, path: &str, body: &str) -> (u16, String) {
    world.answer(TempNumber, call("POST", path).json(body))
}

fn buy(world: &mut World, body: &str) -> (u16, String) {
    post(world, "/numbers/buy", body)
}

fn get(world: &mut World, path: &str) -> String {
    let (status, body) = world.answer(TempNumber, call("GET", path));
    assert_eq!(status, 200, "{body}");
    body
}

fn json_of(body: &str) -> Value {
    serde_json::from_str(body).unwrap()
}

fn data(world: &mut World, path: &str) -> Value {
    json_of(&get(world, path))["data"].clone()
}

fn sms(world: &mut World, text: &str) {
    world.sandbox.receive_sms(world.now, TempNumber, "+12025550134", "Acme", text).unwrap();
}

fn refused(message: &str) -> String {
    format!("{{\"success\":false,\"message\":\"{message}\"}}")
}

fn purchases(world: &mut World) -> (i64, String) {
    let state = world.provider_state(TempNumber);
    (state["purchases"].as_i64().unwrap(), state["wallet"].as_str().unwrap().to_owned())
}

/// Enough wallet and stock to buy as often as a test likes.
fn rich() -> World {
    world(json!({ "wallet_cents": 10_000_000, "stock": 1000, "requests_per_minute": 0 }))
}
