use super::*;

const CANADA: &str = concat!(
    r#"{"countryCode":"CA","countryName":"Canada","countryDisplayName":"Canada","currency":"EUR","#,
    r#""defaultPrice":"0.00620000","dialingPrefix":"1","networks":[{"type":"mobile","price":"0.00590000","#,
    r#""currency":"EUR","mcc":"302","mnc":"530","networkCode":"302530","networkName":"Keewaytinook Okimakanak"}]}"#,
);
const BRITAIN: &str = concat!(
    r#"{"country":"GB","name":"United Kingdom","prefix":"44","mt":"0.03330000","#,
    r#""networks":[{"code":"12345","network":"Acme Telco","mtPrice":"0.03330000"}],"#,
    r#""countryDisplayName":"United Kingdom"}"#,
);

#[test]
fn the_bare_path_answers_as_on_the_page() {
    assert_eq!(Bench::new().get("/account/get-pricing/outbound?country=GB"), answer(200, BRITAIN));
}

#[test]
fn the_bare_path_can_answer_in_the_newer_shape() {
    let mut bench = Bench::with(|settings| settings.vonage.bare_pricing_legacy = false);
    assert_eq!(bench.get("/account/get-pricing/outbound?country=CA"), answer(200, CANADA));
}

#[test]
fn a_path_with_a_type_answers_in_the_newer_shape() {
    assert_eq!(Bench::new().get("/account/get-pricing/outbound/sms?country=CA"), answer(200, CANADA));
}

#[test]
fn each_type_has_prices_of_its_own() {
    let mut bench = Bench::new();
    for (kind, price) in [("sms", "0.00620000"), ("sms-transit", "0.00570000"), ("voice", "0.00960000")] {
        let (_, body) = bench.get(&format!("/account/get-pricing/outbound/{kind}?country=CA"));
        assert!(body.contains(&format!(r#""defaultPrice":"{price}""#)), "{body}");
    }
}

#[test]
fn voice_knows_landlines_with_ranges_and_aliases() {
    let landline = concat!(
        r#"{"type":"landline","price":"0.01200000","currency":"EUR","networkCode":"GB-FIXED","#,
        r#""networkName":"United Kingdom Landline","ranges":[441,442,443],"aliases":["GB-GEO"]}]}"#,
    );
    let mut bench = Bench::new();
    let (_, voice) = bench.get("/account/get-pricing/outbound/voice?country=GB");
    assert!(voice.ends_with(landline), "{voice}");
    let (_, sms) = bench.get("/account/get-pricing/outbound/sms?country=GB");
    assert!(!sms.contains("landline"), "{sms}");
}

#[test]
fn full_pricing_has_every_country() {
    let mut bench = Bench::new();
    let (status, body) = bench.get("/account/get-full-pricing/outbound/sms");
    assert_eq!(status, 200);
    assert!(body.starts_with(r#"{"count":7,"countries":[{"countryCode":"GB","#), "{body}");
    assert!(body.contains(CANADA), "{body}");
    bench.settings.vonage.pricing_count_as_text = true;
    assert!(bench.get("/account/get-full-pricing/outbound/sms").1.starts_with(r#"{"count":"7","#));
}

#[test]
fn a_prefix_finds_the_countries_which_share_it() {
    let mut bench = Bench::new();
    let (_, body) = bench.get("/account/get-prefix-pricing/outbound/sms?prefix=1");
    assert!(body.starts_with(r#"{"count":2,"countries":[{"countryCode":"US","#), "{body}");
    assert!(body.ends_with(&format!(",{CANADA}]}}")), "{body}");
    let nothing = answer(200, r#"{"count":0,"countries":[]}"#);
    assert_eq!(bench.get("/account/get-prefix-pricing/outbound/sms?prefix=999"), nothing);
}

#[test]
fn prefix_pricing_can_answer_in_the_older_shape() {
    let mut bench = Bench::with(|settings| settings.vonage.prefix_pricing_legacy = true);
    let body = format!(r#"{{"count":1,"prices":[{BRITAIN}]}}"#);
    assert_eq!(bench.get("/account/get-prefix-pricing/outbound/sms?prefix=44"), answer(200, &body));
}

#[test]
fn the_currency_is_a_setting() {
    let mut bench = Bench::with(|settings| settings.vonage.currency = "USD".to_owned());
    let body = CANADA.replace("EUR", "USD");
    assert_eq!(bench.get("/account/get-pricing/outbound/sms?country=CA"), answer(200, &body));
}

#[test]
fn wrong_credentials_fail_in_the_shape_of_pricing() {
    let body = r#"{"currency":"EUR","code":"401","error-code-label":"authentication failed"}"#;
    for path in ["get-pricing/outbound", "get-pricing/outbound/sms", "get-full-pricing/outbound/voice"] {
        let request = without_header(get(&format!("/account/{path}?country=GB")), "Authorization");
        assert_eq!(read(&Bench::new().send(&request)), answer(401, body));
    }
}

#[test]
fn a_country_or_type_that_does_not_exist_is_a_missing_page() {
    let mut bench = Bench::new();
    for target in ["get-pricing/outbound?country=ZZ", "get-pricing/outbound/fax?country=GB"] {
        let response = bench.send(&get(&format!("/account/{target}")));
        assert_eq!(read(&response), answer(404, "404 - Page does not exist"));
        assert_eq!(response.headers[0].1, "text/html");
    }
}

#[test]
fn a_missing_country_is_drawn_as_in_the_pricing_specification() {
    let body = concat!(
        r#"{"type":"BAD_REQUEST","error_title":"Bad Request","#,
        r#""invalid_parameters":{"parameter":"country","message":"Is required."}}"#,
    );
    assert_eq!(Bench::new().get("/account/get-pricing/outbound"), answer(400, body));
    let prefix = body.replace("country", "prefix");
    assert_eq!(Bench::new().get("/account/get-prefix-pricing/outbound/sms"), answer(400, &prefix));
}

#[test]
fn pricing_answers_once_a_second() {
    let mut bench = Bench::new();
    let request = get("/account/get-pricing/outbound/sms?country=CA");
    let throttled = answer(429, r#"{"error-code":"429","error-code-label":"too many requests"}"#);
    assert_eq!(bench.send(&request).status, 200);
    assert_eq!(read(&bench.send(&get("/account/get-full-pricing/outbound/sms"))), throttled);
    bench.pass(Duration::from_millis(999));
    assert_eq!(read(&bench.send(&request)), throttled);
    assert_eq!(bench.send(&get("/account/get-balance")).status, 200);
    bench.pass(Duration::from_millis(1));
    assert_eq!(bench.send(&request).status, 200);
    bench.settings.vonage.pricing_interval_ms = 0;
    assert_eq!(bench.send(&request).status, 200);
}

#[test]
fn numbers_are_throttled_only_if_set() {
    let mut bench = Bench::new();
    let request = get("/account/numbers");
    assert_eq!([bench.send(&request).status, bench.send(&request).status], [200, 200]);
    bench.settings.vonage.numbers_interval_ms = 1_000;
    assert_eq!(bench.send(&request).status, 429);
}
