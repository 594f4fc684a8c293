use super::{World, request};
use crate::provider::ProviderName::RentNumber;
use serde_json::{Value, json};

fn control(world: &mut World, method: &str, path: &str, body: &str) -> (u16, Value) {
    let response = world.sandbox.control(world.now, &request(method, path).json(body));
    (response.status, serde_json::from_slice(&response.body).unwrap())
}

fn rent(world: &mut World) -> crate::Outcome {
    let rent = request("POST", "/api/v1/rent").with("X-API-KEY", "rn_sandbox_key").form("pricing_id=42");
    world.outcome(RentNumber, rent)
}

#[test]
fn a_message_is_delivered() {
    let mut world = World::new(json!({}));
    rent(&mut world);
    let message = r#"{"provider":"rentnumber","to":"+2348012345678","from":"Acme","text":"1234"}"#;
    assert_eq!(control(&mut world, "POST", "/_sandbox/messages", message), (200, json!({ "ok": true })));
    let answer = world.answer(RentNumber, request("GET", "/api/v1/rental/101").with("X-API-KEY", "rn_sandbox_key"));
    assert!(answer.1.contains(r#""sms":"1234""#), "{}", answer.1);
}

#[test]
fn a_message_that_cannot_arrive_is_400() {
    let message = r#"{"provider":"rentnumber","to":"+1","from":"Acme","text":"1234"}"#;
    let answer = control(&mut World::new(json!({})), "POST", "/_sandbox/messages", message);
    assert_eq!(answer, (400, json!({ "ok": false, "error": "no open rental has the number +1" })));
}

#[test]
fn a_script_is_taken() {
    let mut world = World::new(json!({}));
    let script = r#"{"provider":"rentnumber","script":{"after_ms":1000,"from":"Acme","text":"1234"}}"#;
    assert_eq!(control(&mut world, "POST", "/_sandbox/messages", script).0, 200);
    rent(&mut world);
    assert_eq!(control(&mut world, "GET", "/_sandbox/state", "").1["scheduled"], 1);
}

#[test]
fn faults_are_added_listed_and_cleared() {
    let mut world = World::new(json!({}));
    let two = r#"[{"kind":"hang","operation":"POST /rent"},{"kind":"slow","provider":"voepy"}]"#;
    assert_eq!(control(&mut world, "POST", "/_sandbox/faults", two), (200, json!({ "ok": true, "added": 2 })));
    assert_eq!(rent(&mut world), crate::Outcome::Hang);
    let listed = control(&mut world, "GET", "/_sandbox/state", "").1["faults"].clone();
    assert_eq!((&listed[0]["applied"], &listed[1]["fault"]["kind"]), (&json!(1), &json!("slow")));
    control(&mut world, "DELETE", "/_sandbox/faults", "");
    assert!(matches!(rent(&mut world), crate::Outcome::Respond(_)));
}

#[test]
fn bad_input_is_400_and_says_what_is_allowed() {
    let bad = [
        ("/_sandbox/faults", r#"{"kind":"explode"}"#, "unknown variant `explode`, expected one of `rate_limited"),
        ("/_sandbox/faults", r#"{"kind":"slow","delay":1}"#, "unknown field `delay`"),
        ("/_sandbox/faults", r#"{"kind":"slow","probability":1.5}"#, "probability is a number from 0 to 1"),
        ("/_sandbox/faults", r#"{"kind":"slow","times":0}"#, "times is 1 or more"),
        ("/_sandbox/faults", r#"{"kind":"slow","operation":"rent"}"#, "operation is `METHOD /path/{hole}` or `/path`"),
        ("/_sandbox/messages", r#"{"provider":"nexmo"}"#, "allowed is {provider, to, from, text}"),
        ("/_sandbox/advance", "{", "allowed is {ms}"),
        ("/_sandbox/advance", r#"{"ms":31557600000001}"#, "ms is at most 31557600000000"),
    ];
    for (path, body, expected) in bad {
        let (status, answer) = control(&mut World::new(json!({})), "POST", path, body);
        let error = answer["error"].as_str().unwrap();
        assert!(status == 400 && error.contains(expected), "{status} {error}");
    }
}

#[test]
fn an_unknown_call_is_404_and_lists_the_calls() {
    let (status, answer) = control(&mut World::new(json!({})), "GET", "/_sandbox/faults", "");
    assert_eq!(status, 404);
    assert!(answer["error"].as_str().unwrap().contains("GET /_sandbox/state"));
}

#[test]
fn advancing_moves_time_for_all_that_follows() {
    let mut world = World::new(json!({}));
    rent(&mut world);
    assert_eq!(control(&mut world, "POST", "/_sandbox/advance", r#"{"ms":900000}"#).0, 200);
    let state = control(&mut world, "GET", "/_sandbox/state", "").1;
    assert_eq!(state["now"], "2026-05-12T14:45:00.000Z");
    assert_eq!(state["providers"]["rentnumber"]["numbers"][0]["status"], "expired");
    world.wait(1);
    assert_eq!(control(&mut world, "GET", "/_sandbox/state", "").1["now"], "2026-05-12T14:45:01.000Z");
}

#[test]
fn credentials_are_told_and_the_state_has_none() {
    let mut world = World::new(json!({}));
    let credentials = control(&mut world, "GET", "/_sandbox/credentials", "").1;
    assert_eq!(credentials["rentnumber"], json!({ "api_key": "rn_sandbox_key" }));
    let state = control(&mut world, "GET", "/_sandbox/state", "").1.to_string();
    let pairs = credentials.as_object().unwrap().values().filter_map(Value::as_object).flatten();
    let secret = |name: &str| ["token", "api_key", "key_secret", "api_secret"].contains(&name);
    let secrets: Vec<&str> = pairs.filter(|(name, _)| secret(name)).map(|(_, value)| value.as_str().unwrap()).collect();
    assert!(secrets.contains(&"rn_sandbox_key") && secrets.contains(&"tn_sandbox_token"));
    assert!(secrets.iter().all(|secret| !state.contains(secret)));
}

#[test]
fn time_without_end_breaks_nothing() {
    let mut world = World::new(json!({ "rentnumber": { "utc_offset_minutes": 60 } }));
    rent(&mut world);
    world.now = crate::Time(i64::MAX);
    rent(&mut world);
    let rentals = request("GET", "/api/v1/rentals").with("X-API-KEY", "rn_sandbox_key");
    assert_eq!(world.answer(RentNumber, rentals).0, 200);
    assert_eq!(control(&mut world, "POST", "/_sandbox/advance", r#"{"ms":31557600000000}"#).0, 200);
}
