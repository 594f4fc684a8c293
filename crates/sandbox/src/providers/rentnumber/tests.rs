use crate::http::{Request, Response};
use crate::provider::ProviderName::RentNumber;
use crate::tests::{World, request};
use crate::time::Time;
use serde_json::{Value, json};

/// When the page's example rental was made: 2026-04-12T14:30:00Z.
const PAGE_TIME: Time = Time(1_776_004_200_000);

fn world(settings: Value) -> World {
    let mut world = World::new(json!({ "rentnumber": settings }));
    world.now = PAGE_TIME;
    world
}

fn anonymous(method: &str, path: &str) -> Request {
    request(method, &format!("/api/v1{path}"))
}

fn call(method: &str, path: &str) -> Request {
    anonymous(method, path).with("X-API-KEY", "rn_sandbox_key")
}

fn rent(world: &mut World, pricing_id: u64) -> (u16, String) {
    world.answer(RentNumber, call("POST", "/rent").form(&format!("pricing_id={pricing_id}")))
}

fn get(world: &mut World, path: &str) -> String {
    let (status, body) = world.answer(RentNumber, call("GET", path));
    assert_eq!(status, 200, "{body}");
    body
}

fn field(body: &str, name: &str) -> Value {
    serde_json::from_str::<Value>(body).unwrap()[name].clone()
}

fn sms(world: &mut World, to: &str, text: &str) -> Result<(), String> {
    world.sandbox.receive_sms(world.now, RentNumber, to, "Acme", text)
}

fn refused(error: &str) -> String {
    format!("{{\"success\":false,\"error\":\"{error}\"}}")
}

mod page {
    use super::*;

    #[test]
    fn the_balance_is_as_the_page_shows_it() {
        let response = world(json!({})).send(RentNumber, call("GET", "/balance"));
        let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
        let body = br#"{"success":true,"balance":5000.00,"currency":"NGN"}"#.to_vec();
        assert_eq!(response, Response { status: 200, headers, body });
    }

    #[test]
    fn services_begin_with_the_page_s() {
        let body = get(&mut world(json!({})), "/services");
        let first = r#"{"success":true,"data":[{"id":1,"slug":"whatsapp","name":"WhatsApp","provider_count":3,"min_price":450.00},{"#;
        assert!(body.starts_with(first), "{body}");
    }

    #[test]
    fn countries_begin_with_the_page_s() {
        let body = get(&mut world(json!({})), "/countries");
        let first = r#"{"success":true,"data":[{"id":1,"iso_code":"NG","name":"Nigeria","flag":"🇳🇬"},{"#;
        assert!(body.starts_with(first), "{body}");
    }

    #[test]
    fn prices_are_as_the_page_shows_them() {
        let expected = r#"{"success":true,"service":{"id":1,"slug":"whatsapp","name":"WhatsApp"},"data":[{"id":42,"final_price":450.00,"stock":120,"provider_id":1,"provider_name":"Alpha","country_id":1,"country_name":"Nigeria","iso_code":"NG"}]}"#;
        assert_eq!(get(&mut world(json!({})), "/services/whatsapp/prices?country_id=1"), expected);
    }

    #[test]
    fn a_rent_is_as_the_page_shows_it() {
        let (status, body) = rent(&mut world(json!({ "rental_minutes": 60 })), 42);
        let expected = r#"{"success":true,"rental_id":101,"phone":"+2348012345678","cost":450.00,"status":"waiting","expires_at":"2026-04-12T15:30:00Z"}"#;
        assert_eq!((status, body.as_str()), (200, expected));
    }

    #[test]
    fn a_rental_and_the_history_are_as_the_page_shows_them() {
        let mut world = world(json!({}));
        rent(&mut world, 42);
        sms(&mut world, "+2348012345678", "Your verification code is 123456").unwrap();
        let rental = r#"{"success":true,"rental_id":101,"phone":"+2348012345678","status":"received","code":"123456","sms":"Your verification code is 123456","cost":450.00,"created_at":"2026-04-12 14:30:00","expires_at":"2026-04-12 14:45:00"}"#;
        assert_eq!(get(&mut world, "/rental/101"), rental);
        let history = r#"{"success":true,"data":[{"rental_id":101,"service":"WhatsApp","country":"Nigeria","provider":"Alpha","phone":"+2348012345678","status":"received","cost":450.00,"created_at":"2026-04-12 14:30:00"}]}"#;
        assert_eq!(get(&mut world, "/rentals"), history);
    }

    #[test]
    fn a_cancel_is_as_the_page_shows_it() {
        let mut world = world(json!({}));
        rent(&mut world, 42);
        let expected = r#"{"success":true,"status":"refunded","refunded":true,"amount":450.00}"#;
        assert_eq!(world.answer(RentNumber, call("POST", "/rental/101/cancel")), (200, expected.to_owned()));
    }

    #[test]
    fn too_little_money_is_refused_as_the_page_shows_it() {
        let mut world = world(json!({ "wallet_kobo": 44_999 }));
        assert_eq!(rent(&mut world, 42), (400, refused("Insufficient balance. Need ₦450.00")));
        assert_eq!(world.provider_state(RentNumber)["purchases"], 0);
    }
}

mod refusals {
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
}

mod rentals {
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
        for (setting, expected) in
            [("absent", r#""status":"waiting","cost""#), ("empty", r#""code":"","sms":"","cost""#)]
        {
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
}
