use super::super::OTHER_TENANT_API_KEY;
use super::*;

#[test]
fn the_account_is_the_pages_example() {
    let (status, mut body) = Lab::new().get("/v1/account");
    body["tenant"]["id"] = json!("...");
    let expected = json!({
        "tenant": {"id": "...", "name": "Yourco Voice"},
        "balance": {"amount_cents": 12450, "currency": "USD", "credit_limit_cents": 0},
    });
    assert_eq!((status, body), (200, expected));
}

#[test]
fn the_default_connection_is_the_first_of_all() {
    let mut lab = Lab::with(|voepy| voepy.connections = vec!["Default".into(), "Brand two".into()]);
    let (status, connection) = lab.get("/v1/connection");
    assert_eq!(status, 200);
    assert_eq!(connection["id"], "9a8d1c4e-7b20-4f6a-8c31-5d0e9b7a2f64");
    assert_eq!(connection["is_default"], true);
    let (_, all) = lab.get("/v1/connections");
    assert_eq!(all["data"].as_array().unwrap().len(), 2);
    assert_eq!(all["data"][0], connection);
    assert_eq!(all["data"][1]["name"], "Brand two");
}

#[test]
fn another_tenant_has_another_wallet_and_other_numbers() {
    let mut lab = Lab::new();
    let id = lab.active("+15125550100");
    lab.api_key = OTHER_TENANT_API_KEY;
    assert_eq!(lab.get("/v1/account").1["balance"]["amount_cents"], 12450);
    assert_eq!(lab.get("/v1/numbers").1["data"], json!([]));
    assert_refused(&lab.call("DELETE", &format!("/v1/numbers/{id}"), &Value::Null), 404, "not_found", "number");
    assert_refused(&lab.order(&["+15125550100"]), 409, "number_unavailable", "+15125550100");
}

#[test]
fn a_subscription_shows_its_secret_once_and_the_state_never() {
    let mut lab = Lab::new();
    let body = json!({
        "target_url": "https://yourapp.com/webhooks/voepy",
        "event_types": ["*"],
        "description": "Primary event handler",
        "connection_id": null,
    });
    lab.wait(138);
    let (status, reply) = lab.post("/v1/webhook-subscriptions", &body);
    assert_eq!(status, 201);
    assert_eq!(reply.as_object().unwrap().len(), 6);
    assert_eq!(reply["target_url"], "https://yourapp.com/webhooks/voepy");
    assert_eq!(reply["event_types"], json!(["*"]));
    assert_eq!(reply["is_active"], true);
    assert_eq!(reply["created_at"], "2026-05-12T14:32:18.000Z");
    let secret = text(&reply["signing_secret"]);
    assert_eq!((secret.len(), &secret[..6]), (38, "whsec_"));
    let state = lab.voepy.state().to_string();
    assert!(!state.contains(&secret) && !state.contains(CREDENTIALS[0].1));
}

#[test]
fn an_activation_is_queued_for_the_subscriptions_that_want_it() {
    let mut lab = Lab::new();
    for events in [json!(["number_order.completed"]), json!(["call.started"])] {
        let body = json!({"target_url": "https://a.example/hook", "event_types": events});
        assert_eq!(lab.post("/v1/webhook-subscriptions", &body).0, 201);
    }
    let id = lab.active("+15125550100");
    let (status, body) = lab.get("/v1/webhook-deliveries");
    assert_eq!((status, body["data"].as_array().unwrap().len()), (200, 1));
    assert_eq!(body["data"][0]["event_type"], "number_order.completed");
    assert_eq!(body["data"][0]["resource_id"], id);
    assert_eq!(body["data"][0]["created_at"], "2026-05-12T14:30:03.000Z");
}

#[test]
fn a_subscription_that_breaks_a_rule_is_refused() {
    let mut lab = Lab::new();
    let good = json!({"target_url": "https://a.example/hook", "event_types": ["*"]});
    let long = "x".repeat(201);
    let wrong = [
        ("target_url", json!("http://a.example/hook")),
        ("target_url", json!("https://")),
        ("event_types", json!([])),
        ("event_types", json!(["*", "call.ended"])),
        ("event_types", json!(["call"])),
        ("description", json!(long)),
        ("connection_id", json!("nobody")),
        ("secret", json!("x")),
    ];
    for (field, value) in wrong {
        let mut body = good.clone();
        body[field] = value;
        assert_refused(&lab.post("/v1/webhook-subscriptions", &body), 422, "validation_failed", field);
    }
}

#[test]
fn an_emergency_address_is_echoed_with_an_id() {
    let mut lab = Lab::new();
    let body = json!({
        "street_address": "1 Example St",
        "extended_address": "Suite 200",
        "locality": "Austin",
        "administrative_area": "TX",
        "postal_code": "78701",
        "country_code": "US",
    });
    let (status, reply) = lab.post("/v1/emergency-addresses", &body);
    assert_eq!((status, reply.as_object().unwrap().len()), (201, 8));
    for (field, value) in body.as_object().unwrap() {
        assert_eq!(&reply[field], value);
    }
    assert_eq!(lab.voepy.state()["emergency_addresses"], json!([reply]));
    for (field, value) in [("country_code", json!("GB")), ("postal_code", json!("7870")), ("locality", json!(""))] {
        let mut wrong = body.clone();
        wrong[field] = value;
        assert_refused(&lab.post("/v1/emergency-addresses", &wrong), 422, "validation_failed", field);
    }
}
