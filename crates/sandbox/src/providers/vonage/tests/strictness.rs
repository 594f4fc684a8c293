use super::*;

fn lenient() -> Bench {
    Bench::with(|settings| settings.lenient = true)
}

#[test]
fn an_unknown_parameter_is_refused() {
    let mut bench = Bench::new();
    assert_eq!(bench.get("/account/numbers?colour=red"), answer(400, r#"{"colour":"Is not supported."}"#));
    let body = answer(400, r#"{"quantity":"Is not supported."}"#);
    assert_eq!(bench.post("/number/buy", &format!("{SAMPLE}&quantity=1")), body);
    assert_eq!(bench.state()["purchases"], 0);
    let map = |name: &str| {
        let head = r#"{"type":"BAD_REQUEST","error_title":"Bad Request","invalid_parameters":"#;
        (400, format!(r#"{head}{{"{name}":"Is not supported."}}}}"#))
    };
    assert_eq!(bench.get("/account/get-balance?country=GB"), map("country"));
    // The Python SDK's spelling, which the page does not know.
    assert_eq!(bench.post("/account/settings", "moCallbackUrl=https%3A%2F%2Fexample.com"), map("moCallbackUrl"));
}

#[test]
fn a_lenient_sandbox_passes_over_unknown_parameters() {
    let mut bench = lenient();
    assert_eq!(bench.get("/account/numbers?colour=red"), answer(200, "{}"));
    let (status, body) = bench.post("/account/settings", "moCallbackUrl=https%3A%2F%2Fexample.com");
    assert_eq!(status, 200);
    assert!(body.contains(r#""mo-callback-url":"""#), "{body}");
}

#[test]
fn a_repeated_parameter_is_refused() {
    let body = answer(400, r#"{"size":"Is repeated."}"#);
    assert_eq!(Bench::new().get("/account/numbers?size=1&size=2"), body);
}

#[test]
fn what_belongs_in_the_form_is_not_taken_from_the_query() {
    let mut request = post("/number/buy", "msisdn=447700900000");
    request.query = "country=GB".to_owned();
    assert_eq!(read(&Bench::new().send(&request)), answer(400, r#"{"country":"Is not supported."}"#));
    assert_eq!(read(&lenient().send(&request)), answer(200, SUCCESS));
}

#[test]
fn a_missing_parameter_is_named() {
    let mut bench = Bench::new();
    let country = answer(400, r#"{"country":"Is required."}"#);
    for path in ["/number/buy", "/number/cancel", "/number/update"] {
        assert_eq!(bench.post(path, "msisdn=447700900000"), country);
        assert_eq!(bench.post(path, "country=&msisdn=447700900000"), country);
        assert_eq!(bench.post(path, "country=GB"), answer(400, r#"{"msisdn":"Is required."}"#));
    }
    assert_eq!(bench.get("/number/search"), country);
}

#[test]
fn a_value_that_cannot_be_is_refused() {
    let mut bench = Bench::new();
    for (name, value) in [
        ("size", "0"),
        ("size", "ten"),
        ("size", "%2B5"),
        ("index", "0"),
        ("index", "99999999999999999999999"),
        ("search_pattern", "3"),
        ("pattern", "44*"),
        ("type", "mobile"),
        ("features", "VOICE,SMS"),
        ("features", "FAX"),
    ] {
        let reply = bench.get(&format!("/number/search?country=GB&{name}={value}"));
        assert_eq!(reply, (400, format!(r#"{{"{name}":"Is invalid."}}"#)), "{value}");
    }
    let invalid = answer(400, r#"{"country":"Is invalid."}"#);
    for country in ["GBR", "gb", "44", "G%C3%9F"] {
        assert_eq!(bench.get(&format!("/number/search?country={country}")), invalid, "{country}");
    }
    assert_eq!(bench.get("/account/numbers?country=gb"), invalid);
    let body = answer(400, r#"{"has_application":"Is invalid."}"#);
    assert_eq!(bench.get("/account/numbers?has_application=yes"), body);
}

#[test]
fn a_number_has_no_plus() {
    let mut bench = Bench::new();
    let body = answer(400, r#"{"msisdn":"Is invalid."}"#);
    assert_eq!(bench.post("/number/buy", "country=GB&msisdn=%2B447700900000"), body);
    assert_eq!(bench.post("/number/buy", "country=GB&msisdn=+447700900000"), body);
}

#[test]
fn a_lenient_sandbox_takes_plus_case_and_order() {
    let mut bench = lenient();
    assert_eq!(bench.post("/number/buy", "country=gb&msisdn=%2B447700900000"), answer(200, SUCCESS));
    assert_eq!(bench.post("/number/buy", "country=GB&msisdn=+447700900001"), answer(200, SUCCESS));
    assert_eq!(listed(&bench.get("/number/search?country=us&features=sms,voice,mms")).0, 33);
    assert_eq!(bench.get("/number/search?country=us&features=fax").0, 400);
}

#[test]
fn a_lenient_sandbox_reads_the_python_sdks_truth_values() {
    let mut bench = lenient();
    bench.buy("GB", "447700900000");
    let none = (200, "{}".to_owned());
    assert_eq!(bench.get("/account/numbers?size=100&has_application=True"), none);
    assert_eq!(listed(&bench.get("/account/numbers?size=100&has_application=False")).0, 1);
    let invalid = answer(400, r#"{"has_application":"Is invalid."}"#);
    assert_eq!(bench.get("/account/numbers?has_application=yes"), invalid);
    assert_eq!(Bench::new().get("/account/numbers?has_application=True"), invalid);
}

#[test]
fn a_lenient_sandbox_reads_a_form_that_is_called_json() {
    // The Python SDK does so in every form call after a JSON one: its headers are shared between calls.
    let request = without_header(post("/number/buy", SAMPLE), "Content-Type");
    let request = with_header(request, "Content-Type", "application/json");
    assert_eq!(Bench::new().send(&request).status, 400);
    assert_eq!(read(&lenient().send(&request)), answer(200, SUCCESS));
}

#[test]
fn a_page_that_does_not_exist_is_not_found() {
    let mut bench = Bench::new();
    for path in ["", "/", "/account", "/account/numbers/", "//account/numbers", "/Account/numbers", "/search/message"] {
        assert_eq!(bench.get(path), answer(404, "404 - Page does not exist"), "{path}");
    }
}

#[test]
fn a_wrong_method_is_refused_with_the_right_one() {
    let mut bench = Bench::new();
    let response = bench.send(&post("/account/get-balance", ""));
    assert_eq!((response.status, header(&response, "allow")), (405, Some("GET")));
    let response = bench.send(&get("/number/buy?country=GB&msisdn=447700900000"));
    assert_eq!((response.status, header(&response, "allow")), (405, Some("POST")));
    assert_eq!(bench.state()["purchases"], 0);
}

#[test]
fn a_body_of_another_type_cannot_be_read() {
    let syntax = answer(400, "400 - The request sent by the client was syntactically incorrect.");
    let json = || {
        let request =
            without_header(post("/number/buy", r#"{"country":"GB","msisdn":"447700900000"}"#), "Content-Type");
        with_header(request, "Content-Type", "application/json")
    };
    assert_eq!(read(&Bench::new().send(&json())), syntax);
    assert_eq!(read(&lenient().send(&json())), syntax);
    let untyped = without_header(post("/number/buy", SAMPLE), "Content-Type");
    assert_eq!(read(&Bench::new().send(&untyped)), syntax);
    assert_eq!(read(&lenient().send(&untyped)), answer(200, SUCCESS));
}

#[test]
fn a_form_may_name_its_character_set() {
    let request = without_header(post("/number/buy", SAMPLE), "Content-Type");
    let request = with_header(request, "content-type", "Application/x-www-form-urlencoded; charset=UTF-8");
    assert_eq!(read(&Bench::new().send(&request)), answer(200, SUCCESS));
}

#[test]
fn a_body_on_a_get_is_refused() {
    let mut request = get("/account/numbers");
    request.body = b"size=1".to_vec();
    assert_eq!(Bench::new().send(&request).status, 400);
    assert_eq!(lenient().send(&request).status, 200);
}

#[test]
fn replies_carry_the_headers_seen_in_the_wild() {
    let mut bench = Bench::new();
    let first = bench.send(&get("/account/get-balance"));
    assert_eq!(header(&first, "content-type"), Some("application/json"));
    assert_eq!(header(&first, "content-disposition"), Some("attachment; filename=\"api.txt\""));
    let trace = header(&first, "x-nexmo-trace-id").unwrap();
    assert!(trace.len() == 32 && trace.bytes().all(|byte| byte.is_ascii_hexdigit()), "{trace}");
    let second = bench.send(&get("/account/nothing"));
    assert_ne!(header(&second, "x-nexmo-trace-id"), Some(trace));
}

#[test]
fn the_same_seed_gives_the_same_replies() {
    let run = || {
        let mut bench = Bench::new();
        [bench.send(&get("/account/get-balance")), bench.send(&post("/number/buy", SAMPLE))]
    };
    assert_eq!(run(), run());
}

fn header<'a>(response: &'a Response, name: &str) -> Option<&'a str> {
    response.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}
