use super::*;

#[test]
fn a_missing_or_wrong_token_is_401() {
    let mut world = world(json!({}));
    let wrong = ["", "Bearer tn_other", "Basic tn_sandbox_token", "tn_sandbox_token"];
    for (method, path) in [("GET", "/account"), ("GET", "/pricing"), ("POST", "/numbers/buy")] {
        for value in wrong {
            let answer = world.answer(TempNumber, anonymous(method, path).with("authorization", value));
            assert_eq!(answer, (401, refused("Unauthenticated.")), "{path} {value}");
        }
        assert_eq!(world.answer(TempNumber, anonymous(method, path)).0, 401);
    }
}

#[test]
fn an_unknown_parameter_is_refused() {
    let mut world = world(json!({}));
    let answer = world.answer(TempNumber, call("GET", "/numbers?limit=5"));
    assert_eq!(answer, (422, refused("limit is not a known parameter.")));
    // The same thing has three names in this API.
    let answer = world.answer(TempNumber, call("GET", "/inventory?countryCode=US"));
    assert_eq!(answer, (422, refused("countryCode is not a known parameter.")));
    let answer = buy(&mut world, r#"{"country_code":"US","duration":"oneMonth","max_price":1}"#);
    assert_eq!(answer, (422, refused("max_price is not a known parameter.")));
    let answer = world.answer(TempNumber, call("GET", "/numbers?status=all&status=all"));
    assert_eq!(answer, (422, refused("status is given twice.")));
}

#[test]
fn refused_parameters_can_be_mapped() {
    let mut world = world(json!({ "errors_map": true }));
    let (status, body) = buy(&mut world, r#"{"country_code":"US"}"#);
    let expected =
        r#"{"success":false,"message":"duration is required.","errors":{"duration":["duration is required."]}}"#;
    assert_eq!((status, body.as_str()), (422, expected));
}

#[test]
fn lenient_tolerates_extras_casing_and_a_raw_plus() {
    let mut world = World::new(json!({ "lenient": true }));
    assert_eq!(buy(&mut world, r#"{"country_code":"us","duration":"oneMonth","x":1}"#).0, 201);
    let answer = world.answer(TempNumber, call("GET", "/receive-sms?phoneNumber=+12025550134"));
    assert_eq!(answer.0, 200, "{}", answer.1);
}

#[test]
fn a_body_that_is_no_json_object_is_refused() {
    let mut world = world(json!({}));
    assert_eq!(buy(&mut world, "{\"country_code\""), (400, refused("The body is not valid JSON.")));
    assert_eq!(buy(&mut world, "[]"), (400, refused("The body must be a JSON object.")));
    let form = call("POST", "/numbers/buy").form("country_code=US&duration=oneMonth");
    assert_eq!(world.answer(TempNumber, form), (415, refused("Content-Type must be application/json.")));
}

#[test]
fn a_body_where_none_belongs_is_refused() {
    let mut world = world(json!({}));
    buy(&mut world, BUY_US);
    let refusal = (422, refused("This call takes no body."));
    assert_eq!(post(&mut world, "/numbers/1001/cancel", "{}"), refusal);
    assert_eq!(world.answer(TempNumber, call("GET", "/account").json("{}")), refusal);
}

#[test]
fn parameters_of_a_purchase_are_checked() {
    let mut world = world(json!({}));
    let wrong = [
        (r#"{"duration":"oneMonth"}"#, 422, "country_code is required."),
        (r#"{"country_code":"US"}"#, 422, "duration is required."),
        (r#"{"country_code":"US","duration":1}"#, 422, "duration must be a string."),
        (r#"{"country_code":"ZZ","duration":"oneMonth"}"#, 404, "Country not found."),
        (r#"{"country_code":"us","duration":"oneMonth"}"#, 404, "Country not found."),
        (r#"{"country_code":"US","duration":"oneWeek"}"#, 422, "duration is not a duration of this country."),
        (
            r#"{"country_code":"US","duration":"oneMonth","number_type":"mobile"}"#,
            422,
            "number_type must be voip or non_voip.",
        ),
        (
            r#"{"country_code":"GB","duration":"oneWeek","number_type":"voip"}"#,
            422,
            "number_type is not sold for this duration.",
        ),
    ];
    for (body, status, message) in wrong {
        assert_eq!(buy(&mut world, body), (status, refused(message)), "{body}");
    }
    assert_eq!(purchases(&mut world), (0, "25.50".to_owned()));
}

#[test]
fn parameters_of_queries_are_checked() {
    let mut world = world(json!({}));
    buy(&mut world, BUY_US);
    let wrong = [
        ("/inventory", 422, "country_code is required."),
        ("/inventory?country_code=US&duration=oneWeek", 422, "duration is not a duration of this country."),
        ("/inventory?country_code=US&number_type=x", 422, "number_type must be voip or non_voip."),
        ("/inventory?country_code=ZZ", 404, "Country not found."),
        ("/pricing/ZZ", 404, "Country not found."),
        ("/numbers?status=Active", 422, "status must be one of active, expiring_soon, expired, cancelled, all."),
        ("/receive-sms", 422, "phoneNumber is required."),
        ("/receive-sms?phoneNumber=+12025550134", 422, "phoneNumber must be E.164 or digits."),
        ("/receive-sms?phoneNumber=12025550135", 404, "Number not found."),
        ("/receive-sms?phoneNumber=12025550134&limit=0", 422, "limit must be an integer from 1 to 100."),
        ("/receive-sms?phoneNumber=12025550134&limit=101", 422, "limit must be an integer from 1 to 100."),
        ("/receive-sms?phoneNumber=12025550134&cursor=x", 422, "cursor is not valid."),
    ];
    for (path, status, message) in wrong {
        assert_eq!(world.answer(TempNumber, call("GET", path)), (status, refused(message)), "{path}");
    }
}

#[test]
fn what_does_not_exist_is_404() {
    let mut world = world(json!({}));
    for path in ["/numbers/1001/renew", "/numbers/1001/cancel", "/numbers/abc/cancel"] {
        assert_eq!(world.answer(TempNumber, call("POST", path)), (404, refused("Number not found.")), "{path}");
    }
    assert_eq!(world.answer(TempNumber, call("GET", "/numbers/1001/sms")), (404, refused("Number not found.")));
    // There is no call for one number alone.
    assert_eq!(world.answer(TempNumber, call("GET", "/numbers/1001")), (404, refused("Not found.")));
    assert_eq!(world.answer(TempNumber, call("GET", "/account/")), (404, refused("Not found.")));
    let outside = request("GET", "/account").with("Authorization", "Bearer tn_sandbox_token");
    assert_eq!(world.answer(TempNumber, outside), (404, refused("Not found.")));
}

#[test]
fn another_method_is_405() {
    let answer = world(json!({})).answer(TempNumber, call("GET", "/numbers/buy"));
    assert_eq!(answer, (405, refused("Method not allowed. Use POST.")));
}

#[test]
fn too_little_money_is_402_and_takes_nothing() {
    let mut world = world(json!({}));
    let answer = buy(&mut world, r#"{"country_code":"US","duration":"oneYear","number_type":"non_voip"}"#);
    assert_eq!(answer, (402, refused("Insufficient wallet balance.")));
    assert_eq!(purchases(&mut world), (0, "25.50".to_owned()));
    assert_eq!(world.provider_state(TempNumber)["stock"]["US/non_voip"], 12);
}

#[test]
fn stock_that_is_gone_is_409() {
    let mut world = world(json!({}));
    let refusal = (409, refused("No numbers available for this country."));
    assert_eq!(buy(&mut world, r#"{"country_code":"FR","duration":"oneMonth"}"#), refusal);
    assert_eq!(buy(&mut world, r#"{"country_code":"NL","duration":"oneMonth"}"#).0, 201);
    assert_eq!(buy(&mut world, r#"{"country_code":"NL","duration":"oneMonth"}"#), refusal);
}

#[test]
fn failures_can_be_200() {
    let mut world = world(json!({ "failures_are_200": true }));
    let answer = buy(&mut world, r#"{"country_code":"FR","duration":"oneMonth"}"#);
    assert_eq!(answer, (200, refused("No numbers available for this country.")));
    assert_eq!(world.answer(TempNumber, anonymous("GET", "/account")).0, 401);
}
