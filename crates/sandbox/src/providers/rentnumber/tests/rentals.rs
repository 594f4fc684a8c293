use super::*;

#[test]
fn a_rent_takes_money_and_stock_once_each_time() {
    let mut world = world(json!({}));
    rent(&mut world, 42);
    rent(&mut world, 42);
    let state = world.provider_state(RentNumber);
    assert_eq!((&state["wallet"], &state["stock"]["42"]), (&json!("4100.00"), &json!(118)));
    assert_eq!((&state["purchases"], &state["numbers"][1]["rental_id"]), (&json!(2), &json!(102)));
    assert_ne!(state["numbers"][0]["phone"], state["numbers"][1]["phone"]);
}

#[test]
fn nothing_received_is_null() {
    let mut world = world(json!({}));
    rent(&mut world, 42);
    let body = get(&mut world, "/rental/101");
    assert!(body.contains(r#""status":"waiting","code":null,"sms":null,"cost":450.00"#), "{body}");
}

#[test]
fn nothing_received_can_be_absent_or_empty() {
    for (setting, expected) in [("absent", r#""status":"waiting","cost""#), ("empty", r#""code":"","sms":"","cost""#)] {
        let mut world = world(json!({ "before_sms": setting }));
        rent(&mut world, 42);
        let body = get(&mut world, "/rental/101");
        assert!(body.contains(expected), "{body}");
    }
}

#[test]
fn an_sms_is_seen_only_after_a_poll() {
    let mut world = world(json!({}));
    rent(&mut world, 42);
    sms(&mut world, "2348012345678", "G-4711 is your code").unwrap();
    assert_eq!(field(&get(&mut world, "/rentals"), "data")[0]["status"], "waiting");
    let body = get(&mut world, "/rental/101");
    assert_eq!((field(&body, "status"), field(&body, "code")), (json!("received"), json!("4711")));
    assert_eq!(field(&get(&mut world, "/rentals"), "data")[0]["status"], "received");
}

#[test]
fn an_sms_without_a_code_has_no_code() {
    let mut world = world(json!({}));
    rent(&mut world, 42);
    sms(&mut world, "+2348012345678", "Call 123 or 1234567890").unwrap();
    let body = get(&mut world, "/rental/101");
    assert_eq!((field(&body, "code"), field(&body, "sms")), (Value::Null, json!("Call 123 or 1234567890")));
}

#[test]
fn a_number_nobody_rents_gets_no_sms() {
    let mut world = world(json!({}));
    assert!(sms(&mut world, "+2348012345678", "hello").is_err());
    rent(&mut world, 42);
    world.wait(15 * 60);
    assert!(sms(&mut world, "+2348012345678", "hello").is_err());
}

#[test]
fn a_received_rental_completes_when_its_time_ends() {
    let mut world = world(json!({}));
    rent(&mut world, 42);
    sms(&mut world, "+2348012345678", "code 1234").unwrap();
    world.wait(15 * 60);
    let body = get(&mut world, "/rental/101");
    assert_eq!((field(&body, "status"), field(&body, "code")), (json!("completed"), json!("1234")));
    assert_eq!(field(&get(&mut world, "/balance"), "balance"), 4550.0);
}

#[test]
fn a_rental_without_sms_expires_and_is_refunded_once() {
    let mut world = world(json!({}));
    rent(&mut world, 42);
    world.wait(15 * 60 - 1);
    assert_eq!(field(&get(&mut world, "/rental/101"), "status"), "waiting");
    world.wait(1);
    assert_eq!(field(&get(&mut world, "/rental/101"), "status"), "expired");
    assert_eq!(field(&get(&mut world, "/balance"), "balance"), 4550.0);
    world.wait(60);
    assert_eq!(field(&get(&mut world, "/rental/101"), "status"), "refunded");
    world.wait(3600);
    assert_eq!(field(&get(&mut world, "/balance"), "balance"), 5000.0);
    let state = world.provider_state(RentNumber);
    assert_eq!((&state["purchases"], &state["refunds"]), (&json!(1), &json!(1)));
}

#[test]
fn an_expired_rental_can_stay_unrefunded() {
    let mut world = world(json!({ "refund_expired_after_seconds": null }));
    rent(&mut world, 42);
    world.wait(86_400);
    assert_eq!(field(&get(&mut world, "/rental/101"), "status"), "expired");
    assert_eq!(field(&get(&mut world, "/balance"), "balance"), 4550.0);
}

#[test]
fn a_cancel_after_the_sms_refunds_nothing() {
    let mut world = world(json!({}));
    rent(&mut world, 42);
    sms(&mut world, "+2348012345678", "code 1234").unwrap();
    let answer = world.answer(RentNumber, call("POST", "/rental/101/cancel"));
    let expected = r#"{"success":true,"status":"cancelled","refunded":false,"amount":0.00}"#;
    assert_eq!(answer, (200, expected.to_owned()));
    assert_eq!(field(&get(&mut world, "/balance"), "balance"), 4550.0);
}

#[test]
fn a_cancel_after_the_sms_can_be_refused() {
    let mut world = world(json!({ "cancel_after_sms": "refused" }));
    rent(&mut world, 42);
    sms(&mut world, "+2348012345678", "code 1234").unwrap();
    let answer = world.answer(RentNumber, call("POST", "/rental/101/cancel"));
    assert_eq!(answer, (400, refused("Rental cannot be cancelled")));
    assert_eq!(field(&get(&mut world, "/rental/101"), "status"), "received");
}

#[test]
fn a_second_cancel_is_refused_and_pays_nothing() {
    let mut world = world(json!({}));
    rent(&mut world, 42);
    assert_eq!(world.answer(RentNumber, call("POST", "/rental/101/cancel")).0, 200);
    let answer = world.answer(RentNumber, call("POST", "/rental/101/cancel"));
    assert_eq!(answer, (400, refused("Rental cannot be cancelled")));
    let state = world.provider_state(RentNumber);
    assert_eq!((&state["wallet"], &state["stock"]["42"]), (&json!("5000.00"), &json!(120)));
}

#[test]
fn a_rental_can_be_pending_first() {
    let mut world = world(json!({ "pending_seconds": 10 }));
    assert_eq!(field(&rent(&mut world, 42).1, "status"), "pending");
    world.wait(10);
    assert_eq!(field(&get(&mut world, "/rental/101"), "status"), "waiting");
}

#[test]
fn naive_times_are_in_the_set_zone_and_others_are_not() {
    let mut world = world(json!({ "utc_offset_minutes": 60 }));
    assert_eq!(field(&rent(&mut world, 42).1, "expires_at"), "2026-04-12T14:45:00Z");
    assert_eq!(field(&get(&mut world, "/rental/101"), "created_at"), "2026-04-12 15:30:00");
    assert_eq!(field(&get(&mut world, "/rental/101"), "expires_at"), "2026-04-12 15:45:00");
}

#[test]
fn the_history_is_the_last_hundred_newest_first() {
    let mut world = world(json!({ "wallet_kobo": 100_000_000 }));
    (0..101).for_each(|_| assert_eq!(rent(&mut world, 49).0, 200));
    let rows = field(&get(&mut world, "/rentals"), "data");
    assert_eq!((rows.as_array().unwrap().len(), &rows[0]["rental_id"]), (100, &json!(201)));
    assert_eq!(rows[99]["rental_id"], 102);
}
