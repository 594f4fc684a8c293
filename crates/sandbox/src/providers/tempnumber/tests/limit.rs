use super::*;

#[test]
fn calls_without_a_valid_token_do_not_count() {
    let mut world = world(json!({ "requests_per_minute": 1 }));
    (0..5).for_each(|_| assert_eq!(world.answer(TempNumber, anonymous("GET", "/account")).0, 401));
    get(&mut world, "/account");
    assert_eq!(world.answer(TempNumber, call("GET", "/account")).0, 429);
}

#[test]
fn retry_after_can_be_a_date() {
    let mut world = world(json!({ "requests_per_minute": 1, "retry_after_is_date": true }));
    get(&mut world, "/account");
    let response = world.send(TempNumber, call("GET", "/account"));
    assert_eq!(response.headers[1].1, "Tue, 12 May 2026 14:31:00 GMT");
}

#[test]
fn a_limited_purchase_buys_nothing() {
    let mut world = world(json!({ "requests_per_minute": 1 }));
    get(&mut world, "/account");
    assert_eq!(buy(&mut world, BUY_US).0, 429);
    assert_eq!(purchases(&mut world).0, 0);
}
