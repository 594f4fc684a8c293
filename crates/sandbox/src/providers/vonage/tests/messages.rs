use super::*;

#[test]
fn an_sms_is_kept_with_the_fields_of_the_webhook() {
    let mut bench = Bench::new();
    bench.post("/account/settings", "moCallBackUrl=https%3A%2F%2Fexample.com%2Faccount");
    bench.post("/number/buy", SAMPLE);
    bench.receive("+447700900000", "Hello world").unwrap();
    let message = bench.state()["messages"][0].clone();
    let id = message["messageId"].as_str().unwrap().to_owned();
    assert!(id.len() == 17 && id.starts_with("0A"), "{id}");
    let expected = serde_json::json!({
        "msisdn": "447700900001",
        "to": "447700900000",
        "messageId": id,
        "text": "Hello world",
        "type": "text",
        "keyword": "HELLO",
        "message-timestamp": "2026-05-12 14:30:00",
        "url": "https://example.com/account",
    });
    assert_eq!(message, expected);
}

#[test]
fn the_url_of_the_number_comes_before_that_of_the_account() {
    let mut bench = Bench::new();
    bench.post("/account/settings", "moCallBackUrl=https%3A%2F%2Fexample.com%2Faccount");
    bench.post("/number/buy", SAMPLE);
    bench.post("/number/update", super::numbers::UPDATE_SAMPLE);
    bench.receive("447700900000", "Привет").unwrap();
    assert_eq!(bench.state()["messages"][0]["url"], "https://example.com/mo");
    assert_eq!(bench.state()["messages"][0]["type"], "unicode");
}

#[test]
fn an_sms_needs_a_number_of_ours_that_takes_it() {
    let mut bench = Bench::new();
    bench.buy("US", "14155550101");
    assert_eq!(bench.receive("447700900000", "x").unwrap_err(), "447700900000 is not a number of this account");
    assert_eq!(bench.receive("14155550101", "x").unwrap_err(), "14155550101 takes no SMS");
    assert_eq!(bench.state()["messages"], serde_json::json!([]));
}

#[test]
fn the_type_says_whether_the_gsm_alphabet_is_enough() {
    let mut bench = Bench::new();
    bench.post("/number/buy", SAMPLE);
    for (at, (text, kind)) in
        [("£5 [ok] €", "text"), ("déjà", "text"), ("`", "unicode"), ("ê", "unicode")].iter().enumerate()
    {
        bench.receive("447700900000", text).unwrap();
        assert_eq!(bench.state()["messages"][at]["type"], *kind, "{text}");
    }
}
