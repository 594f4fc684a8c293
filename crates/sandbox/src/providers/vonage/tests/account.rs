use super::*;
use crate::providers::vonage::Euros;

const CALLBACKS: &str = "moCallBackUrl=https%3A%2F%2Fexample.com%2Fmo&drCallBackUrl=https%3A%2F%2Fexample.com%2Fdr";
const TRANSACTION: &str = "trx=8ef2447e69604f642ae59363aa5f781b";

fn secret_rejected(label: &str) -> (u16, String) {
    let zeroed = r#""max-outbound-request":0,"max-inbound-request":0"#;
    (420, format!(r#"{{{zeroed},"error-code":"420","error-code-label":"{label}"}}"#))
}

#[test]
fn the_balance_is_written_with_its_eight_decimals() {
    assert_eq!(Bench::new().get("/account/get-balance"), answer(200, r#"{"value":29.18202293,"autoReload":false}"#));
}

#[test]
fn the_balance_of_the_page_comes_out_as_written() {
    let mut bench = Bench::with(|settings| settings.vonage.balance = Euros::from_units(314_159_000));
    assert_eq!(bench.get("/account/get-balance"), answer(200, r#"{"value":3.14159,"autoReload":false}"#));
}

#[test]
fn credentials_are_taken_from_the_query() {
    let request =
        without_header(get("/account/get-balance?api_key=abcd1234&api_secret=ABCDEFGH01234abc"), "Authorization");
    assert_eq!(Bench::new().send(&request).status, 200);
}

#[test]
fn credentials_are_taken_from_the_form() {
    let form = format!("api_key=abcd1234&api_secret=ABCDEFGH01234abc&{SAMPLE}");
    let request = without_header(post("/number/buy", &form), "Authorization");
    assert_eq!(read(&Bench::new().send(&request)), answer(200, SUCCESS));
}

#[test]
fn credentials_in_the_form_can_be_switched_off() {
    let form = format!("api_key=abcd1234&api_secret=ABCDEFGH01234abc&{SAMPLE}");
    let request = without_header(post("/number/buy", &form), "Authorization");
    let mut bench = Bench::with(|settings| settings.vonage.body_credentials = false);
    assert_eq!(read(&bench.send(&request)), answer(401, AUTHENTICATION_FAILED));
}

#[test]
fn the_published_credentials_are_those_of_the_basic_header() {
    assert_eq!(CREDENTIALS, [("api_key", "abcd1234"), ("api_secret", "ABCDEFGH01234abc")]);
}

#[test]
fn wrong_credentials_fail_wherever_they_are() {
    let mut bench = Bench::new();
    let bare = || without_header(get("/account/numbers"), "Authorization");
    let query = |query: &str| without_header(get(&format!("/account/numbers?{query}")), "Authorization");
    for request in [
        bare(),
        query("api_key=abcd1234"),
        query("api_key=abcd1234&api_secret=wrong"),
        query("api_secret=ABCDEFGH01234abc"),
        with_header(bare(), "Authorization", "Basic YWJjZDEyMzQ6d3Jvbmc="),
        with_header(bare(), "Authorization", "Basic YWJjZDEyMzQ6QUJDREVGR0gwMTIzNGFiYw"),
        with_header(bare(), "Authorization", &BASIC.replace("Yw==", "Yx==")),
        with_header(bare(), "Authorization", &BASIC.replace("Yw==", "Yw======")),
        with_header(bare(), "Authorization", &BASIC.replace("Yw==", "Y-==")),
        with_header(bare(), "Authorization", "Bearer abcd1234"),
        get("/account/numbers?api_key=abcd1234&api_secret=wrong"),
    ] {
        assert_eq!(read(&bench.send(&request)), answer(401, AUTHENTICATION_FAILED), "{request:?}");
    }
}

#[test]
fn the_scheme_of_basic_is_read_in_any_case() {
    let request = without_header(get("/account/numbers"), "Authorization");
    let request = with_header(request, "authorization", &BASIC.replace("Basic", "basic"));
    assert_eq!(Bench::new().send(&request).status, 200);
}

#[test]
fn settings_without_a_key_says_that_one_is_required() {
    let request = without_header(post("/account/settings", CALLBACKS), "Authorization");
    assert_eq!(read(&Bench::new().send(&request)), secret_rejected("API key is required"));
}

#[test]
fn settings_with_a_wrong_secret_is_an_ordinary_401() {
    let mut request = without_header(post("/account/settings", CALLBACKS), "Authorization");
    request.query = "api_key=abcd1234&api_secret=wrong".to_owned();
    assert_eq!(read(&Bench::new().send(&request)), answer(401, AUTHENTICATION_FAILED));
}

#[test]
fn settings_are_answered_as_on_the_page() {
    let body = concat!(
        r#"{"api-secret":"ABCDEFGH01234abc","mo-callback-url":"https://example.com/mo","#,
        r#""dr-callback-url":"https://example.com/dr","max-outbound-request":30,"max-inbound-request":30}"#,
    );
    assert_eq!(Bench::new().post("/account/settings", CALLBACKS), answer(200, body));
}

#[test]
fn settings_can_be_answered_as_on_the_later_page() {
    let mut bench = Bench::with(|settings| {
        settings.vonage.settings_show_secret = false;
        settings.vonage.settings_show_calls_per_second = true;
    });
    let body = concat!(
        r#"{"mo-callback-url":"https://example.com/mo","dr-callback-url":"https://example.com/dr","#,
        r#""max-outbound-request":30,"max-inbound-request":30,"max-calls-per-second":30}"#,
    );
    assert_eq!(bench.post("/account/settings", CALLBACKS), answer(200, body));
}

#[test]
fn an_empty_callback_url_clears_and_a_missing_one_stays() {
    let mut bench = Bench::new();
    bench.post("/account/settings", CALLBACKS);
    let (status, body) = bench.post("/account/settings", "moCallBackUrl=");
    assert_eq!(status, 200);
    assert!(body.contains(r#""mo-callback-url":"","dr-callback-url":"https://example.com/dr""#), "{body}");
}

#[test]
fn a_dead_callback_url_is_refused_and_nothing_is_changed() {
    let mut bench = Bench::new();
    let form = "newSecret=Abcdefg1&drCallBackUrl=https%3A%2F%2Fdead.invalid%2Fdr";
    assert_eq!(bench.post("/account/settings", form), secret_rejected("method failed"));
    assert_eq!(bench.get("/account/get-balance").0, 200);
    assert_eq!(bench.post("/account/settings", "moCallBackUrl=ftp%3A%2F%2Fexample.com").0, 420);
    assert_eq!(bench.post("/account/settings", "moCallBackUrl=https%3A%2F%2F").0, 420);
    bench.settings.vonage.refuse_dead_callbacks = false;
    assert_eq!(bench.post("/account/settings", form).0, 200);
}

#[test]
fn a_new_secret_replaces_the_old_one() {
    let mut bench = Bench::new();
    let (status, body) = bench.post("/account/settings", "newSecret=newSecret1");
    assert_eq!(status, 200);
    assert!(body.starts_with(r#"{"api-secret":"newSecret1","#), "{body}");
    assert_eq!(bench.get("/account/get-balance"), answer(401, AUTHENTICATION_FAILED));
    let request = without_header(get("/account/get-balance?api_key=abcd1234&api_secret=newSecret1"), "Authorization");
    assert_eq!(bench.send(&request).status, 200);
}

#[test]
fn a_bad_new_secret_is_told_what_it_lacks() {
    let mut bench = Bench::new();
    for (secret, label) in [
        ("", "8 char"),
        ("Abcdef1", "8 char"),
        ("Abcdefghijklmnopqrstuvwx12", "8 char"),
        ("Abcdef-1", "alphanumeric"),
        ("Abcdefgh", "Please use at least one digit."),
        ("abcdefg1", "Please use at least one upper case character."),
        ("ABCDEFG1", "Please use at least one lower case character."),
    ] {
        assert_eq!(bench.post("/account/settings", &format!("newSecret={secret}")), secret_rejected(label), "{secret}");
    }
    assert_eq!(bench.post("/account/settings", "newSecret=Abcdefg1").0, 200);
}

#[test]
fn a_top_up_without_its_transaction_is_a_bad_request() {
    let body = concat!(
        r#"{"type":"BAD_REQUEST","error_title":"Bad Request","#,
        r#""invalid_parameters":{"trx":"Is required."}}"#,
    );
    assert_eq!(Bench::new().post("/account/top-up", ""), answer(400, body));
    assert_eq!(Bench::new().post("/account/top-up", "trx="), answer(400, body));
}

#[test]
fn a_top_up_needs_auto_reload() {
    let body = r#"{"error-code":"401","error-code-label":"not auto-reload enabled"}"#;
    assert_eq!(Bench::new().post("/account/top-up", TRANSACTION), answer(401, body));
}

#[test]
fn a_top_up_adds_its_amount() {
    let mut bench = Bench::with(|settings| settings.vonage.auto_reload = true);
    assert_eq!(bench.post("/account/top-up", TRANSACTION), answer(200, SUCCESS));
    assert_eq!(bench.get("/account/get-balance"), answer(200, r#"{"value":39.18202293,"autoReload":true}"#));
    assert_eq!(bench.state()["purchases"], 0);
}

#[test]
fn a_top_up_of_another_transaction_fails() {
    let mut bench = Bench::with(|settings| settings.vonage.auto_reload = true);
    let body = r#"{"error-code":"420","error-code-label":"top-up failed"}"#;
    assert_eq!(bench.post("/account/top-up", "trx=other"), answer(420, body));
    assert_eq!(bench.get("/account/get-balance").1, r#"{"value":29.18202293,"autoReload":true}"#);
}

#[test]
fn auto_reload_tops_up_at_the_next_check() {
    let mut bench = Bench::with(|settings| {
        settings.vonage.auto_reload = true;
        settings.vonage.balance = Euros::from_cents(210);
    });
    assert_eq!(bench.buy("GB", "447700900000").0, 200);
    bench.pass(Duration::from_secs(299));
    assert_eq!(bench.state()["wallet"]["balance"], "1.6");
    bench.pass(Duration::from_secs(1));
    assert_eq!(bench.state()["wallet"]["balance"], "11.6");
}

#[test]
fn the_state_shows_no_credential() {
    let mut bench = Bench::new();
    bench.buy("GB", "447700900000");
    bench.receive("447700900000", "Hello").unwrap();
    bench.post("/account/settings", "newSecret=newSecret1");
    let state = bench.state().to_string();
    for secret in ["ABCDEFGH01234abc", "newSecret1", "abcd1234"] {
        assert!(!state.contains(secret), "{state}");
    }
}
