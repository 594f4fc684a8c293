use super::*;

#[test]
fn the_account_is_as_written() {
    let expected = r#"{"success":true,"data":{"balance":25.50,"currency":"USD"},"meta":{}}"#;
    assert_eq!(get(&mut world(json!({})), "/account"), expected);
}

#[test]
fn the_inventory_is_as_written() {
    let expected = r#"{"success":true,"data":{"country_code":"US","duration":"oneMonth","number_type":"non_voip","available":12},"meta":{}}"#;
    let path = "/inventory?country_code=US&duration=oneMonth&number_type=non_voip";
    assert_eq!(get(&mut world(json!({})), path), expected);
}

#[test]
fn a_purchase_is_as_written() {
    let mut world = world(json!({}));
    let answer = world.answer(TempNumber, call("POST", "/numbers/buy").with("Idempotency-Key", KEY).json(BUY_US));
    let expected = r#"{"success":true,"data":{"id":"1001","phone_number":"+12025550134","country_code":"US","number_type":"non_voip","status":"active","expires_at":"2026-06-12T14:30:00Z","price":4.99,"currency":"USD"},"meta":{}}"#;
    assert_eq!(answer, (201, expected.to_owned()));
    assert_eq!(purchases(&mut world), (1, "20.51".to_owned()));
}

#[test]
fn a_page_of_messages_is_as_written() {
    let mut world = world(json!({}));
    buy(&mut world, BUY_US);
    (1..9).for_each(|_| sms(&mut world, "earlier"));
    world.wait(60);
    sms(&mut world, "Your code is 123456");
    let expected = r#"{"success":true,"data":[{"id":"9","from":"Acme","message":"Your code is 123456","received_at":"2026-05-12T14:31:00Z"}],"meta":{"next_cursor":"1001/9+=="}}"#;
    assert_eq!(get(&mut world, "/receive-sms?phoneNumber=12025550134&limit=1"), expected);
}

#[test]
fn the_61st_call_in_a_minute_is_as_written() {
    let mut world = world(json!({}));
    get(&mut world, "/account");
    world.wait(43);
    (1..60).for_each(|_| assert!(!get(&mut world, "/account").is_empty()));
    let response = world.send(TempNumber, call("GET", "/account"));
    let headers = [("content-type", "application/json"), ("retry-after", "17")];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    assert_eq!(response, Response { status: 429, headers, body: refused("Too many requests.").into_bytes() });
    world.wait(17);
    get(&mut world, "/account");
}
