use super::*;

fn keyed(world: &mut World, path: &str, key: &str, body: &str) -> (u16, String) {
    world.answer(TempNumber, call("POST", path).with("idempotency-key", key).json(body))
}

#[test]
fn a_repetition_gets_the_first_answer_and_costs_nothing() {
    let mut world = world(json!({}));
    let first = keyed(&mut world, "/numbers/buy", KEY, BUY_US);
    world.wait(86_399);
    // Another order of fields is the same request.
    let reordered = r#"{"number_type":"non_voip","duration":"oneMonth","country_code":"US"}"#;
    assert_eq!(keyed(&mut world, "/numbers/buy", KEY, reordered), first);
    assert_eq!(purchases(&mut world), (1, "20.51".to_owned()));
}

#[test]
fn a_forgotten_key_buys_again() {
    let mut world = world(json!({}));
    keyed(&mut world, "/numbers/buy", KEY, BUY_US);
    world.wait(86_400);
    assert_eq!(keyed(&mut world, "/numbers/buy", KEY, BUY_US).0, 201);
    assert_eq!(purchases(&mut world), (2, "15.52".to_owned()));
    world.wait(86_399);
    keyed(&mut world, "/numbers/buy", KEY, BUY_US);
    assert_eq!(purchases(&mut world).0, 2);
}

#[test]
fn without_a_key_each_purchase_counts() {
    let mut world = world(json!({}));
    buy(&mut world, BUY_US);
    buy(&mut world, BUY_US);
    assert_eq!(purchases(&mut world), (2, "15.52".to_owned()));
}

#[test]
fn a_key_with_another_request_is_409() {
    let mut world = world(json!({}));
    keyed(&mut world, "/numbers/buy", KEY, BUY_US);
    let refusal = (409, refused("Idempotency-Key was already used with a different request."));
    let other = r#"{"country_code":"US","duration":"oneMonth"}"#;
    assert_eq!(keyed(&mut world, "/numbers/buy", KEY, other), refusal);
    assert_eq!(keyed(&mut world, "/numbers/1001/renew", KEY, BUY_US), refusal);
    assert_eq!(purchases(&mut world).0, 1);
}

#[test]
fn a_renewal_is_not_repeated_either() {
    let mut world = world(json!({}));
    buy(&mut world, BUY_US);
    let first = keyed(&mut world, "/numbers/1001/renew", KEY, "{}");
    assert_eq!(keyed(&mut world, "/numbers/1001/renew", KEY, "{}"), first);
    assert_eq!(purchases(&mut world).0, 2);
}

#[test]
fn a_refusal_is_forgotten_unless_set() {
    let fr = r#"{"country_code":"FR","duration":"oneMonth"}"#;
    for (keeps, expected) in [(false, 201), (true, 409)] {
        let mut world = world(json!({ "idempotency_keeps_refusals": keeps }));
        assert_eq!(keyed(&mut world, "/numbers/buy", KEY, fr).0, 409);
        let after = keyed(&mut world, "/numbers/buy", KEY, BUY_US).0;
        assert_eq!(after, expected, "keeps {keeps}");
    }
}

#[test]
fn a_key_has_to_be_a_uuid_and_can_have_to_be_there() {
    let mut strict = world(json!({ "idempotency_key_required": true }));
    let answer = keyed(&mut strict, "/numbers/buy", "order-1", BUY_US);
    assert_eq!(answer, (422, refused("Idempotency-Key must be a UUID.")));
    assert_eq!(buy(&mut strict, BUY_US), (422, refused("Idempotency-Key is required.")));
    let mut loose = world(json!({ "idempotency_key_is_uuid": false }));
    assert_eq!(keyed(&mut loose, "/numbers/buy", "order-1", BUY_US).0, 201);
}
