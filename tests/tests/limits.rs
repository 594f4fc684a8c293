//! Limits on what is read: large pages are read, what is too large or too deep is refused.

use std::fmt::Write as _;
use trunkline_core::{Client, Config, ErrorKind, Response, sinch, tempnumber, vonage};

fn client() -> Client {
    let mut config = Config::default();
    config.set("tempnumber", "token", "token");
    config.set("vonage", "api_key", "k");
    config.set("vonage", "api_secret", "s");
    config.set("vonage", "format", "xml");
    for (setting, value) in [("project_id", "p"), ("key_id", "k"), ("key_secret", "s")] {
        config.set("sinch", setting, value);
    }
    Client::new(config, [1; 16]).expect("good settings")
}

fn response(body: String) -> Response {
    Response { status: 200, headers: Vec::new(), body: body.into_bytes() }
}

fn rows(row: impl Fn(usize) -> String, separator: &str) -> String {
    let mut rows = String::new();
    for index in 0..100_000 {
        let _ = write!(rows, "{}{}", if index > 0 { separator } else { "" }, row(index));
    }
    rows
}

#[test]
fn a_page_of_a_hundred_thousand_numbers_is_read() {
    let body = rows(|index| format!(r#"{{"id":{index},"phone_number":"+1202{index:07}"}}"#), ",");
    let list: tempnumber::ListNumbers = serde_json::from_str("{}").expect("parameters");
    let numbers = client().read(&list, &response(format!(r#"{{"success":true,"data":[{body}]}}"#))).expect("read");
    assert_eq!((numbers.len(), numbers[99_999].id.as_str()), (100_000, "99999"));
}

#[test]
fn a_page_of_a_hundred_thousand_numbers_is_read_as_xml() {
    let body = rows(|index| format!("<numbers><country>US</country><msisdn>1202{index:07}</msisdn></numbers>"), "");
    let list: vonage::ListNumbers = serde_json::from_str("{}").expect("parameters");
    let page = client()
        .read(&list, &response(format!("<inbound-numbers><count>100000</count>{body}</inbound-numbers>")))
        .expect("read");
    assert_eq!((page.items.len(), page.items[99_999].phone_number.as_str()), (100_000, "+12020099999"));
}

#[test]
fn a_hundred_megabytes_are_refused() {
    let list: tempnumber::ListNumbers = serde_json::from_str("{}").expect("parameters");
    let error = client().read(&list, &response(" ".repeat(100 << 20))).expect_err("too long");
    assert_eq!(error.kind, ErrorKind::Malformed);
    assert!(error.message.contains("longer than 16777216 bytes"), "{error}");
}

#[test]
fn deep_nesting_is_refused_in_every_form() {
    let client = client();
    let list: tempnumber::ListNumbers = serde_json::from_str("{}").expect("parameters");
    let search: sinch::SearchAvailable =
        serde_json::from_str(r#"{"region_code":"US","number_type":"LOCAL"}"#).expect("parameters");
    let owned: vonage::ListNumbers = serde_json::from_str("{}").expect("parameters");
    let deep = |levels: usize| format!("{}1{}", "[".repeat(levels), "]".repeat(levels));
    for levels in [100, 1_000_000] {
        let body = response(format!(r#"{{"success":true,"data":[],"x":{}}}"#, deep(levels)));
        assert_eq!(client.read(&list, &body).expect_err("too deep").kind, ErrorKind::Malformed);
        let body = response(format!(r#"{{"availableNumbers":[],"x":{}}}"#, deep(levels)));
        assert_eq!(client.read(&search, &body).expect_err("too deep").kind, ErrorKind::Malformed);
        let body = response(format!("<r>{}{}</r>", "<a>".repeat(levels), "</a>".repeat(levels)));
        assert_eq!(client.read(&owned, &body).expect_err("too deep").kind, ErrorKind::Malformed);
    }
}
