use crate::http::{Request, Response};
use crate::provider::ProviderName::TempNumber;
use crate::tests::{World, request};
use serde_json::{Value, json};

const KEY: &str = "6f1c2a34-0000-4000-a000-000000000001";
const BUY_US: &str = r#"{"country_code":"US","duration":"oneMonth","number_type":"non_voip"}"#;

fn world(settings: Value) -> World {
    World::new(json!({ "tempnumber": settings }))
}

fn anonymous(method: &str, path: &str) -> Request {
    request(method, &format!("/v1{path}"))
}

fn call(method: &str, path: &str) -> Request {
    anonymous(method, path).with("Authorization", "Bearer tn_sandbox_token")
}

fn post(world: &mut World, path: &str, body: &str) -> (u16, String) {
    world.answer(TempNumber, call("POST", path).json(body))
}

fn buy(world: &mut World, body: &str) -> (u16, String) {
    post(world, "/numbers/buy", body)
}

fn get(world: &mut World, path: &str) -> String {
    let (status, body) = world.answer(TempNumber, call("GET", path));
    assert_eq!(status, 200, "{body}");
    body
}

fn json_of(body: &str) -> Value {
    serde_json::from_str(body).unwrap()
}

fn data(world: &mut World, path: &str) -> Value {
    json_of(&get(world, path))["data"].clone()
}

fn sms(world: &mut World, text: &str) {
    world.sandbox.receive_sms(world.now, TempNumber, "+12025550134", "Acme", text).unwrap();
}

fn refused(message: &str) -> String {
    format!("{{\"success\":false,\"message\":\"{message}\"}}")
}

fn purchases(world: &mut World) -> (i64, String) {
    let state = world.provider_state(TempNumber);
    (state["purchases"].as_i64().unwrap(), state["wallet"].as_str().unwrap().to_owned())
}

/// Enough wallet and stock to buy as often as a test likes.
fn rich() -> World {
    world(json!({ "wallet_cents": 10_000_000, "stock": 1000, "requests_per_minute": 0 }))
}

mod vectors {
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
}

mod refusals {
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
}

mod catalogue {
    use super::*;

    #[test]
    fn every_country_and_one_country_are_told_alike() {
        let mut world = world(json!({}));
        let all = data(&mut world, "/pricing");
        let codes: Vec<&str> =
            all.as_array().unwrap().iter().map(|each| each["country_code"].as_str().unwrap()).collect();
        assert_eq!(codes, ["US", "GB", "DE", "NL", "FR"]);
        let nl = get(&mut world, "/pricing/NL");
        let expected = r#"{"success":true,"data":{"country_code":"NL","country_name":"Netherlands","packages":[{"duration":"oneMonth","number_type":"voip","price":3.50,"currency":"USD"},{"duration":"threeMonths","number_type":"voip","price":9.50,"currency":"USD"}]},"meta":{}}"#;
        assert_eq!(nl, expected);
        assert_eq!(all[3], json_of(&nl)["data"]);
    }

    #[test]
    fn stock_counts_what_can_be_bought() {
        let mut world = world(json!({}));
        assert_eq!(data(&mut world, "/inventory?country_code=US")["available"], 52);
        assert_eq!(data(&mut world, "/inventory?country_code=GB&duration=oneWeek")["available"], 7);
        let voip = data(&mut world, "/inventory?country_code=GB&duration=oneWeek&number_type=voip");
        assert_eq!((&voip["available"], &voip["number_type"]), (&json!(0), &json!("voip")));
        buy(&mut world, BUY_US);
        assert_eq!(data(&mut world, "/inventory?country_code=US&number_type=non_voip")["available"], 11);
    }

    #[test]
    fn without_a_type_the_cheapest_is_bought() {
        let mut world = world(json!({}));
        let bought = json_of(&buy(&mut world, r#"{"country_code":"US","duration":"oneMonth"}"#).1);
        assert_eq!((&bought["data"]["number_type"], &bought["data"]["price"]), (&json!("voip"), &json!(2.99)));
    }

    #[test]
    fn forms_of_money_times_and_ids_can_be_set() {
        let settings = json!({ "money": "string", "times": "spaced", "ids_are_numbers": true, "buy_status": 200 });
        let mut texts = world(settings);
        let (status, body) = buy(&mut texts, BUY_US);
        assert_eq!(status, 200);
        assert!(body.contains(r#""id":1001,"#) && body.contains(r#""price":"4.99""#), "{body}");
        assert!(body.contains(r#""expires_at":"2026-06-12 14:30:00""#), "{body}");
        let mut cents = world(json!({ "money": "cents", "times": "offset" }));
        let (_, body) = buy(&mut cents, BUY_US);
        assert!(body.contains(r#""price":499,"#), "{body}");
        assert!(body.contains(r#""expires_at":"2026-06-12T14:30:00+00:00""#), "{body}");
    }
}

mod lifecycle {
    use super::*;

    fn status(world: &mut World) -> Value {
        data(world, "/numbers/1001/sms")["status"].clone()
    }

    #[test]
    fn a_number_ages() {
        let mut world = world(json!({}));
        buy(&mut world, BUY_US);
        // 31 days, of which the last three are the warning.
        world.wait(28 * 86_400 - 1);
        assert_eq!(status(&mut world), "active");
        world.wait(1);
        assert_eq!(status(&mut world), "expiring_soon");
        assert_eq!(data(&mut world, "/numbers?status=active"), json!([]));
        world.wait(3 * 86_400 - 1);
        assert_eq!(status(&mut world), "expiring_soon");
        world.wait(1);
        assert_eq!(status(&mut world), "expired");
        assert_eq!(world.provider_state(TempNumber)["numbers"][0]["status"], "expired");
    }

    #[test]
    fn lists_are_newest_first_and_filtered() {
        let mut world = rich();
        (0..3).for_each(|_| assert_eq!(buy(&mut world, BUY_US).0, 201));
        assert_eq!(post(&mut world, "/numbers/1002/cancel", "").0, 200);
        let ids = |world: &mut World, path: &str| -> Vec<String> {
            let numbers = data(world, path);
            numbers.as_array().unwrap().iter().map(|number| number["id"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(ids(&mut world, "/numbers"), ["1003", "1002", "1001"]);
        assert_eq!(ids(&mut world, "/numbers?status=all"), ["1003", "1002", "1001"]);
        assert_eq!(ids(&mut world, "/numbers?status=active"), ["1003", "1001"]);
        assert_eq!(ids(&mut world, "/numbers?status=cancelled"), ["1002"]);
        assert_eq!(ids(&mut world, "/numbers?status=expired"), [""; 0]);
    }

    #[test]
    fn a_renewal_adds_to_the_end_and_costs_again() {
        let mut world = world(json!({}));
        buy(&mut world, BUY_US);
        let (status, body) = world.answer(TempNumber, call("POST", "/numbers/1001/renew"));
        let renewed = json_of(&body)["data"].clone();
        assert_eq!((status, &renewed["expires_at"]), (200, &json!("2026-07-12T14:30:00Z")));
        assert_eq!(purchases(&mut world), (2, "15.52".to_owned()));
        let (_, body) = post(&mut world, "/numbers/1001/renew", r#"{"package":"threeMonths"}"#);
        let renewed = json_of(&body)["data"].clone();
        assert_eq!((&renewed["expires_at"], &renewed["price"]), (&json!("2026-10-12T14:30:00Z"), &json!(13.49)));
        let state = world.provider_state(TempNumber);
        assert_eq!((&state["purchases"], &state["renewals"]), (&json!(3), &json!(2)));
    }

    #[test]
    fn a_month_from_the_31st_ends_with_the_shorter_month() {
        let mut world = world(json!({}));
        world.wait(19 * 86_400);
        let bought = json_of(&buy(&mut world, BUY_US).1);
        assert_eq!(bought["data"]["expires_at"], "2026-06-30T14:30:00Z");
    }

    #[test]
    fn a_renewal_makes_an_expiring_number_active() {
        let mut world = world(json!({}));
        buy(&mut world, BUY_US);
        world.wait(30 * 86_400);
        assert_eq!(status(&mut world), "expiring_soon");
        post(&mut world, "/numbers/1001/renew", "");
        assert_eq!(status(&mut world), "active");
    }

    #[test]
    fn a_renewal_that_cannot_be_is_refused() {
        let mut world = world(json!({}));
        buy(&mut world, r#"{"country_code":"GB","duration":"oneWeek"}"#);
        let wrong = [
            ("oneWeek", 422, "package must be one of oneMonth, threeMonths, sixMonths, oneYear."),
            ("sixMonths", 422, "package is not sold for this number."),
        ];
        for (package, status, message) in wrong {
            let body = format!("{{\"package\":\"{package}\"}}");
            assert_eq!(post(&mut world, "/numbers/1001/renew", &body), (status, refused(message)));
        }
        world.wait(7 * 86_400);
        let answer = post(&mut world, "/numbers/1001/renew", "");
        assert_eq!(answer, (409, refused("Only an active number can be renewed.")));
        assert_eq!(purchases(&mut world), (1, "23.51".to_owned()));
    }

    #[test]
    fn a_renewal_without_money_is_402() {
        let mut world = world(json!({ "wallet_cents": 499 }));
        buy(&mut world, BUY_US);
        let answer = post(&mut world, "/numbers/1001/renew", "");
        assert_eq!(answer, (402, refused("Insufficient wallet balance.")));
    }

    #[test]
    fn a_cancelled_number_stays_cancelled_and_gets_no_sms() {
        let mut world = world(json!({}));
        buy(&mut world, BUY_US);
        let first = post(&mut world, "/numbers/1001/cancel", "");
        assert_eq!((first.0, &json_of(&first.1)["data"]["status"]), (200, &json!("cancelled")));
        assert_eq!(post(&mut world, "/numbers/1001/cancel", ""), first);
        assert!(world.sandbox.receive_sms(world.now, TempNumber, "+12025550134", "Acme", "hello").is_err());
        let answer = post(&mut world, "/numbers/1001/renew", "");
        assert_eq!(answer, (409, refused("Only an active number can be renewed.")));
        // Nothing on the page speaks of a refund.
        assert_eq!(purchases(&mut world), (1, "20.51".to_owned()));
    }

    #[test]
    fn a_second_cancel_can_be_refused() {
        let mut world = world(json!({ "second_cancel": "refused" }));
        buy(&mut world, BUY_US);
        assert_eq!(post(&mut world, "/numbers/1001/cancel", "").0, 200);
        let answer = post(&mut world, "/numbers/1001/cancel", "");
        assert_eq!(answer, (409, refused("Only an active number can be cancelled.")));
    }
}

mod messages {
    use super::*;

    fn page(world: &mut World, rest: &str) -> (Vec<String>, Value) {
        let body = json_of(&get(world, &format!("/receive-sms?phoneNumber=12025550134{rest}")));
        let messages = body["data"].as_array().unwrap();
        let ids = messages.iter().map(|message| message["id"].as_str().unwrap().to_owned()).collect();
        (ids, body["meta"].clone())
    }

    fn escaped(cursor: &Value) -> String {
        cursor.as_str().unwrap().replace('/', "%2F").replace('+', "%2B").replace('=', "%3D")
    }

    #[test]
    fn a_number_tells_its_messages_newest_first() {
        let mut world = world(json!({}));
        buy(&mut world, BUY_US);
        sms(&mut world, "one");
        sms(&mut world, "two");
        let number = data(&mut world, "/numbers/1001/sms");
        assert_eq!(number["phone_number"], "+12025550134");
        let texts = [&number["sms"][0]["message"], &number["sms"][1]["message"], &number["sms"][2]];
        assert_eq!(texts, [&json!("two"), &json!("one"), &Value::Null]);
    }

    #[test]
    fn pages_follow_each_other_although_messages_arrive() {
        let mut world = world(json!({}));
        buy(&mut world, BUY_US);
        (0..5).for_each(|_| sms(&mut world, "x"));
        let (ids, meta) = page(&mut world, "&limit=2");
        assert_eq!(ids, ["5", "4"]);
        sms(&mut world, "new");
        let (ids, meta) = page(&mut world, &format!("&limit=2&cursor={}", escaped(&meta["next_cursor"])));
        assert_eq!(ids, ["3", "2"]);
        let (ids, meta) = page(&mut world, &format!("&limit=2&cursor={}", escaped(&meta["next_cursor"])));
        assert_eq!((ids, meta), (vec!["1".to_owned()], json!({ "next_cursor": null })));
    }

    #[test]
    fn a_cursor_that_was_not_escaped_is_refused() {
        let mut world = world(json!({}));
        buy(&mut world, BUY_US);
        (0..2).for_each(|_| sms(&mut world, "x"));
        let cursor = page(&mut world, "&limit=1").1["next_cursor"].as_str().unwrap().to_owned();
        let path = format!("/receive-sms?phoneNumber=12025550134&cursor={cursor}");
        assert_eq!(world.answer(TempNumber, call("GET", &path)), (422, refused("cursor is not valid.")));
    }

    #[test]
    fn fifty_is_the_default_and_a_full_page_can_be_the_last() {
        let mut world = world(json!({}));
        buy(&mut world, BUY_US);
        (0..50).for_each(|_| sms(&mut world, "x"));
        let (ids, meta) = page(&mut world, "");
        assert_eq!((ids.len(), &meta["next_cursor"]), (50, &Value::Null));
        sms(&mut world, "x");
        let (ids, meta) = page(&mut world, "");
        assert_eq!((ids.len(), meta["next_cursor"].is_string()), (50, true));
    }

    #[test]
    fn the_cursor_s_name_and_end_can_be_set() {
        let ends = [("absent", json!({})), ("empty", json!({ "nextCursor": "" }))];
        for (last, meta) in ends {
            let mut world = world(json!({ "cursor_name": "next_cursor_camel", "last_cursor": last }));
            buy(&mut world, BUY_US);
            assert_eq!(page(&mut world, "").1, meta);
        }
    }

    #[test]
    fn e164_and_digits_name_the_same_number() {
        let mut world = world(json!({}));
        buy(&mut world, BUY_US);
        sms(&mut world, "x");
        let digits = get(&mut world, "/receive-sms?phoneNumber=12025550134");
        assert_eq!(get(&mut world, "/receive-sms?phoneNumber=%2B12025550134"), digits);
    }
}

mod idempotency {
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
}

mod limit {
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
}
