use super::super::{BalanceRule, OTHER_TENANT_API_KEY};
use super::*;

#[test]
fn an_order_answers_as_the_page_shows() {
    let mut lab = Lab::new();
    lab.wait(138);
    let (status, mut rows) = lab.keyed(KEY_A, "POST", "/v1/numbers/order", &order_body(&["+15125550100"]));
    rows[0]["id"] = json!("f3b0a9b7-…");
    let expected = json!([{
        "id": "f3b0a9b7-…",
        "e164": "+15125550100",
        "country_code": "US",
        "number_type": "local",
        "capabilities": ["voice", "sms"],
        "status": "pending",
        "monthly_price_cents_customer": 150,
        "activation_price_cents_customer": 100,
        "connection_id": null,
        "ordered_at": "2026-05-12T14:32:18.000Z",
        "activated_at": null,
        "released_at": null,
    }]);
    assert_eq!((status, rows), (201, expected));
    assert_eq!((lab.cents(), lab.purchases()), (12_350, 1));
}

#[test]
fn the_same_key_and_body_replay_the_original_even_after_activation() {
    let mut lab = Lab::new();
    let body = order_body(&["+15125550100"]);
    let first = lab.keyed(KEY_A, "POST", "/v1/numbers/order", &body);
    lab.wait(60);
    assert_eq!(lab.keyed(KEY_A, "POST", "/v1/numbers/order", &body), first);
    assert_eq!((lab.cents(), lab.purchases()), (12_350, 1));
}

#[test]
fn the_same_key_with_another_body_or_path_is_a_conflict() {
    let mut lab = Lab::new();
    lab.keyed(KEY_A, "POST", "/v1/numbers/order", &order_body(&["+15125550100"]));
    let other = lab.keyed(KEY_A, "POST", "/v1/numbers/order", &order_body(&["+15125550101"]));
    assert_refused(&other, 409, "idempotency_conflict", "Idempotency-Key");
    let elsewhere = lab.keyed(KEY_A, "POST", "/v1/number-reservations", &json!({"phone_numbers": ["+15125550101"]}));
    assert_refused(&elsewhere, 409, "idempotency_conflict", "Idempotency-Key");
    assert_eq!(lab.purchases(), 1);
}

#[test]
fn a_key_is_forgotten_after_a_day() {
    let mut lab = Lab::new();
    let body = order_body(&["+15125550100"]);
    lab.keyed(KEY_A, "POST", "/v1/numbers/order", &body);
    lab.wait(86_399);
    assert_eq!(lab.keyed(KEY_A, "POST", "/v1/numbers/order", &body).0, 201);
    lab.wait(1);
    let late = lab.keyed(KEY_A, "POST", "/v1/numbers/order", &body);
    assert_refused(&late, 409, "number_unavailable", "+15125550100");
}

#[test]
fn another_tenants_keys_are_not_ours() {
    let mut lab = Lab::new();
    lab.keyed(KEY_A, "POST", "/v1/numbers/order", &order_body(&["+15125550100"]));
    lab.api_key = OTHER_TENANT_API_KEY;
    assert_eq!(lab.keyed(KEY_A, "POST", "/v1/numbers/order", &order_body(&["+15125550101"])).0, 201);
}

#[test]
fn a_refused_order_may_be_sent_again_with_its_key() {
    let mut lab = Lab::with(|voepy| voepy.carrier_down = true);
    let body = order_body(&["+15125550100"]);
    let refused = lab.keyed(KEY_A, "POST", "/v1/numbers/order", &body);
    assert_refused(&refused, 502, "carrier_error", "carrier");
    assert_eq!((lab.cents(), lab.purchases()), (12_450, 0));
    lab.settings.voepy.carrier_down = false;
    assert_eq!(lab.keyed(KEY_A, "POST", "/v1/numbers/order", &body).0, 201);
}

#[test]
fn a_refusal_is_replayed_where_the_setting_says_so() {
    let mut lab = Lab::with(|voepy| (voepy.carrier_down, voepy.replay_refusals) = (true, true));
    let body = order_body(&["+15125550100"]);
    let refused = lab.keyed(KEY_A, "POST", "/v1/numbers/order", &body);
    lab.settings.voepy.carrier_down = false;
    assert_eq!(lab.keyed(KEY_A, "POST", "/v1/numbers/order", &body), refused);
}

#[test]
fn a_key_that_is_no_uuid_is_refused() {
    let answer = Lab::new().keyed("order-1", "POST", "/v1/numbers/order", &order_body(&["+15125550100"]));
    assert_refused(&answer, 422, "validation_failed", "Idempotency-Key");
}

#[test]
fn an_order_of_several_takes_all_or_nothing() {
    let mut lab = Lab::new();
    assert_eq!(lab.order(&["+15125550100"]).0, 201);
    let answer = lab.order(&["+15125550101", "+15125550100"]);
    assert_refused(&answer, 409, "number_unavailable", "+15125550100");
    assert_eq!((lab.cents(), lab.purchases()), (12_350, 1));
    let (status, rows) = lab.order(&["+15125550101", "+15125550102"]);
    assert_eq!((status, rows.as_array().unwrap().len()), (201, 2));
    assert_eq!((lab.cents(), lab.purchases()), (12_150, 2));
}

#[test]
fn an_order_that_the_balance_cannot_cover_is_refused_whole() {
    let mut lab = Lab::with(|voepy| voepy.balance_cents = 199);
    let answer = lab.order(&["+15125550100", "+15125550101"]);
    assert_refused(&answer, 402, "balance_insufficient", "balance");
    assert_eq!((lab.cents(), lab.purchases()), (199, 0));
    assert_eq!(lab.order(&["+15125550100"]).0, 201);
}

#[test]
fn the_credit_limit_and_the_other_balance_rule_let_more_through() {
    let mut credit = Lab::with(|voepy| (voepy.balance_cents, voepy.credit_limit_cents) = (0, 100));
    assert_eq!(credit.order(&["+15125550100"]).0, 201);
    assert_eq!(credit.cents(), -100);
    let mut rule = Lab::with(|voepy| (voepy.balance_cents, voepy.balance_rule) = (1, BalanceRule::AboveZero));
    assert_eq!(rule.order(&["+15125550100"]).0, 201);
    assert_refused(&rule.order(&["+15125550101"]), 402, "balance_insufficient", "balance");
}

#[test]
fn an_order_that_names_the_wrong_kind_is_refused() {
    let mut lab = Lab::new();
    let wrong = [
        ("country_code", json!("CA")),
        ("country_code", json!("us")),
        ("number_type", json!("mobile")),
        ("number_type", json!("landline")),
        ("phone_numbers", json!([])),
        ("phone_numbers", json!("+15125550100")),
        ("phone_numbers", json!(["15125550100"])),
        ("phone_numbers", json!(["+15125550100", "+15125550100"])),
        ("reservation_id", json!("x")),
    ];
    for (field, value) in wrong {
        let mut body = order_body(&["+15125550100"]);
        body[field] = value;
        assert_refused(&lab.post("/v1/numbers/order", &body), 422, "validation_failed", field);
    }
    assert_eq!(lab.purchases(), 0);
}

#[test]
fn a_reservation_holds_against_others_until_it_expires() {
    let mut lab = Lab::new();
    let body = json!({"phone_numbers": ["+15125550100", "+15125550101"]});
    let (status, reply) = lab.post("/v1/number-reservations", &body);
    assert_eq!((status, &reply["expires_at"]), (201, &json!("2026-05-12T15:00:00.000Z")));
    lab.api_key = OTHER_TENANT_API_KEY;
    assert_refused(&lab.order(&["+15125550101"]), 409, "number_unavailable", "+15125550101");
    assert_refused(&lab.post("/v1/number-reservations", &body), 409, "number_unavailable", "+15125550100");
    let (_, found) = lab.get("/v1/numbers/available?country_code=US&limit=1");
    assert_eq!(found["data"][0]["phone_number"], "+15125550102");
    lab.wait(1_800);
    assert_eq!(lab.order(&["+15125550101"]).0, 201);
}

#[test]
fn the_reserver_may_order_what_is_reserved() {
    let mut lab = Lab::new();
    lab.post("/v1/number-reservations", &json!({"phone_numbers": ["+15125550100"]}));
    assert_eq!(lab.order(&["+15125550100"]).0, 201);
    assert_eq!(lab.voepy.state()["reservations"], json!([]));
}

#[test]
fn the_daily_cap_ends_at_midnight_utc() {
    let mut lab = Lab::with(|voepy| voepy.daily_spend_cap_cents = Some(150));
    assert_eq!(lab.order(&["+15125550100"]).0, 201);
    assert_refused(&lab.order(&["+15125550101"]), 403, "daily_spend_cap_exceeded", "midnight");
    lab.now = Time(1_778_630_400_000);
    assert_eq!(lab.order(&["+15125550101"]).0, 201);
}
