use super::*;

#[test]
fn a_missing_or_wrong_key_is_401() {
    let mut world = world(json!({}));
    for (method, path) in [("GET", "/balance"), ("POST", "/rent"), ("GET", "/rental/101"), ("GET", "/rentals")] {
        let answer = world.answer(RentNumber, anonymous(method, path));
        assert_eq!(answer, (401, refused("API key required")), "{path}");
        let answer = world.answer(RentNumber, anonymous(method, path).with("x-api-key", "rn_other"));
        assert_eq!(answer, (401, refused("Invalid API key")), "{path}");
    }
}

#[test]
fn the_catalogue_is_public() {
    let mut world = world(json!({}));
    for path in ["/services", "/countries", "/services/telegram/prices"] {
        assert_eq!(world.answer(RentNumber, anonymous("GET", path)).0, 200, "{path}");
    }
}

#[test]
fn an_unknown_parameter_is_refused() {
    let mut world = world(json!({}));
    let answer = world.answer(RentNumber, call("GET", "/rentals?limit=5"));
    assert_eq!(answer, (400, refused("Unknown parameter: limit")));
    let answer = world.answer(RentNumber, call("POST", "/rent").form("pricing_id=42&max_price=1"));
    assert_eq!(answer, (400, refused("Unknown parameter: max_price")));
    let answer = world.answer(RentNumber, call("POST", "/rent").form("pricing_id=42&pricing_id=43"));
    assert_eq!(answer, (400, refused("Parameter given twice: pricing_id")));
}

#[test]
fn lenient_ignores_unknown_parameters() {
    let mut world = World::new(json!({ "lenient": true }));
    let answer = world.answer(RentNumber, call("POST", "/rent?x=1").form("pricing_id=42&max_price=1"));
    assert_eq!(answer.0, 200, "{}", answer.1);
}

#[test]
fn a_body_that_is_no_form_is_refused() {
    let mut world = world(json!({}));
    let refusal = (400, refused("Content-Type must be application/x-www-form-urlencoded"));
    let json_body = call("POST", "/rent").json(r#"{"pricing_id":42}"#);
    assert_eq!(world.answer(RentNumber, json_body), refusal);
    let mut undeclared = call("POST", "/rent");
    undeclared.body = b"pricing_id=42".to_vec();
    assert_eq!(world.answer(RentNumber, undeclared), refusal);
}

#[test]
fn a_body_where_none_belongs_is_refused() {
    let mut world = world(json!({}));
    rent(&mut world, 42);
    let answer = world.answer(RentNumber, call("GET", "/balance").form("a=b"));
    assert_eq!(answer, (400, refused("A GET request takes no body")));
    let answer = world.answer(RentNumber, call("POST", "/rental/101/cancel").form("a=b"));
    assert_eq!(answer, (400, refused("This call takes no body")));
}

#[test]
fn a_pricing_id_has_to_be_there_and_an_integer() {
    let mut world = world(json!({}));
    let answer = world.answer(RentNumber, call("POST", "/rent").form(""));
    assert_eq!(answer, (400, refused("pricing_id is required")));
    for bad in ["42.0", "-1", "", "%2B42", "99999999999999999999"] {
        let answer = world.answer(RentNumber, call("POST", "/rent").form(&format!("pricing_id={bad}")));
        assert_eq!(answer, (400, refused("pricing_id must be an integer")), "{bad}");
    }
}

#[test]
fn what_does_not_exist_is_404() {
    let mut world = world(json!({}));
    assert_eq!(rent(&mut world, 41), (404, refused("Pricing option not found")));
    let not_found = [
        ("GET", "/services/signal/prices", "Service not found"),
        ("GET", "/rental/101", "Rental not found"),
        ("GET", "/rental/abc", "Rental not found"),
        ("POST", "/rental/100/cancel", "Rental not found"),
        ("GET", "/rentals/101", "Not found"),
        ("GET", "/rentals/", "Not found"),
        ("POST", "/rental", "Not found"),
    ];
    for (method, path, error) in not_found {
        assert_eq!(world.answer(RentNumber, call(method, path)), (404, refused(error)), "{path}");
    }
}

#[test]
fn a_path_outside_the_base_is_404() {
    let mut world = world(json!({}));
    for path in ["/balance", "/api/v2/balance", "/api/v1balance"] {
        let request = request("GET", path).with("X-API-KEY", "rn_sandbox_key");
        assert_eq!(world.answer(RentNumber, request), (404, refused("Not found")), "{path}");
    }
}

#[test]
fn another_method_is_405() {
    let answer = world(json!({})).answer(RentNumber, call("GET", "/rent"));
    assert_eq!(answer, (405, refused("Method not allowed. Use POST.")));
}

#[test]
fn a_country_without_prices_gives_an_empty_list() {
    let mut world = world(json!({}));
    assert_eq!(field(&get(&mut world, "/services/telegram/prices?country_id=5"), "data"), json!([]));
    let answer = world.answer(RentNumber, call("GET", "/services/telegram/prices?country_id=NG"));
    assert_eq!(answer, (400, refused("country_id must be an integer")));
}

#[test]
fn stock_that_is_gone_cannot_be_rented() {
    let mut world = world(json!({}));
    assert_eq!(rent(&mut world, 45), (400, refused("No numbers available")));
    assert_eq!(rent(&mut world, 47).0, 200);
    assert_eq!(rent(&mut world, 47), (400, refused("No numbers available")));
}

#[test]
fn a_provider_that_is_down_is_502_and_free() {
    let mut world = world(json!({}));
    assert_eq!(rent(&mut world, 48), (502, refused("Provider error. Please try again.")));
    assert_eq!(field(&get(&mut world, "/rentals"), "data"), json!([]));
    assert_eq!(world.provider_state(RentNumber)["wallet"], "5000.00");
}

#[test]
fn a_502_may_hide_a_rental_that_was_paid_for() {
    let mut world = world(json!({ "rents_despite_provider_error": true }));
    assert_eq!(rent(&mut world, 48).0, 502);
    assert_eq!(field(&get(&mut world, "/rentals"), "data")[0]["cost"], 700.0);
    assert_eq!(field(&get(&mut world, "/balance"), "balance"), 4300.0);
    assert_eq!(world.provider_state(RentNumber)["purchases"], 1);
    assert_eq!(world.answer(RentNumber, call("GET", "/rental/101")).0, 502);
}

#[test]
fn throttling_is_off_until_set() {
    let mut free = world(json!({}));
    (0..50).for_each(|_| assert!(!get(&mut free, "/balance").is_empty()));
    let mut world = world(json!({ "throttle_per_second": 2 }));
    get(&mut world, "/balance");
    get(&mut world, "/balance");
    let answer = world.answer(RentNumber, call("GET", "/balance"));
    assert_eq!(answer, (429, refused("Too many requests. Please slow down.")));
    world.wait(1);
    get(&mut world, "/balance");
}
