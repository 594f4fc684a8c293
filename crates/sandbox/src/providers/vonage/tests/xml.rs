use super::*;

const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
const STANDALONE: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;

fn xml(bench: &mut Bench, request: Request) -> (u16, String) {
    let response = bench.send(&with_header(request, "Accept", "text/xml"));
    assert_eq!(response.headers[0], ("content-type".to_owned(), "text/xml".to_owned()));
    read(&response)
}

fn documents(declaration: &str, body: &str) -> String {
    format!("{declaration}{body}")
}

#[test]
fn the_balance_is_an_account_balance() {
    let reply = xml(&mut Bench::new(), get("/account/get-balance"));
    let body = "<accountBalance><value>29.18202293</value><autoReload>false</autoReload></accountBalance>";
    assert_eq!(reply, (200, documents(STANDALONE, body)));
}

#[test]
fn pricing_is_written_in_the_order_of_the_page() {
    let reply = xml(&mut Bench::new(), get("/account/get-pricing/outbound?country=GB"));
    let body = concat!(
        "<outbound-country-pricing><countryDisplayName>United Kingdom</countryDisplayName><country>GB</country>",
        "<name>United Kingdom</name><prefix>44</prefix><mt>0.03330000</mt><networks><network><code>12345</code>",
        "<name>Acme Telco</name><mtPrice>0.03330000</mtPrice></network></networks></outbound-country-pricing>",
    );
    assert_eq!(reply, (200, documents(DECLARATION, body)));
}

const CANADA: &str = concat!(
    "<countryCode>CA</countryCode><countryName>Canada</countryName><countryDisplayName>Canada</countryDisplayName>",
    "<currency>EUR</currency><defaultPrice>0.00620000</defaultPrice><dialingPrefix>1</dialingPrefix>",
    "<networks><network><type>mobile</type><price>0.00590000</price><currency>EUR</currency><mcc>302</mcc>",
    "<mnc>530</mnc><networkCode>302530</networkCode><networkName>Keewaytinook Okimakanak</networkName>",
    "</network></networks>",
);

#[test]
fn the_newer_pricing_has_a_twin_in_xml() {
    let reply = xml(&mut Bench::new(), get("/account/get-pricing/outbound/sms?country=CA"));
    let body = format!("<outbound-country-pricing>{CANADA}</outbound-country-pricing>");
    assert_eq!(reply, (200, documents(DECLARATION, &body)));
    let (_, full) = xml(&mut Bench::new(), get("/account/get-full-pricing/outbound/sms"));
    assert!(full.contains("<outbound-pricing><count>7</count><countries><country><countryCode>GB<"), "{full}");
    assert!(full.contains(&format!("<country>{CANADA}</country>")), "{full}");
    let (_, voice) = xml(&mut Bench::new(), get("/account/get-pricing/outbound/voice?country=GB"));
    assert!(voice.contains("<ranges><range>441</range><range>442</range><range>443</range></ranges>"), "{voice}");
    assert!(voice.contains("<aliases><alias>GB-GEO</alias></aliases>"), "{voice}");
}

#[test]
fn names_are_escaped() {
    let (_, body) = xml(&mut Bench::new(), get("/account/get-pricing/outbound?country=US"));
    assert!(body.contains("<name>AT&amp;T Mobility</name>"), "{body}");
}

#[test]
fn settings_are_account_settings() {
    let form = "moCallBackUrl=https%3A%2F%2Fexample.com%2Fmo&drCallBackUrl=https%3A%2F%2Fexample.com%2Fdr";
    let reply = xml(&mut Bench::new(), post("/account/settings", form));
    let body = concat!(
        "<account-settings><api-secret>ABCDEFGH01234abc</api-secret>",
        "<mo-callback-url>https://example.com/mo</mo-callback-url>",
        "<dr-callback-url>https://example.com/dr</dr-callback-url><max-outbound-request>30</max-outbound-request>",
        "<max-inbound-request>30</max-inbound-request></account-settings>",
    );
    assert_eq!(reply, (200, documents(DECLARATION, body)));
}

#[test]
fn an_owned_number_is_written_in_kebab_case() {
    let mut bench = Bench::new();
    bench.post("/number/buy", SAMPLE);
    bench.post("/number/update", super::numbers::UPDATE_SAMPLE);
    let body = concat!(
        "<inbound-numbers><count>1</count><numbers><country>GB</country><msisdn>447700900000</msisdn>",
        "<mo-http-url>https://example.com/mo</mo-http-url><type>mobile-lvn</type>",
        "<features><feature>VOICE</feature><feature>SMS</feature></features>",
        "<voice-callback-type>app</voice-callback-type>",
        "<voice-callback-value>aaaaaaaa-bbbb-cccc-dddd-0123456789ab</voice-callback-value></numbers>",
        "</inbound-numbers>",
    );
    assert_eq!(xml(&mut bench, get("/account/numbers")), (200, documents(DECLARATION, body)));
}

#[test]
fn several_numbers_are_several_elements() {
    let body = concat!(
        "<inbound-numbers><count>300</count><numbers><country>US</country><msisdn>14155550100</msisdn>",
        "<cost>0.67</cost><type>mobile-lvn</type><features><feature>VOICE</feature><feature>SMS</feature></features>",
        "</numbers><numbers><country>US</country><msisdn>14155550101</msisdn><cost>0.67</cost>",
        "<type>mobile-lvn</type><features><feature>VOICE</feature></features></numbers></inbound-numbers>",
    );
    let reply = xml(&mut Bench::new(), get("/number/search?country=US&size=2"));
    assert_eq!(reply, (200, documents(DECLARATION, body)));
}

#[test]
fn an_empty_list_is_an_empty_root() {
    let reply = xml(&mut Bench::new(), get("/account/numbers"));
    assert_eq!(reply, (200, documents(DECLARATION, "<inbound-numbers></inbound-numbers>")));
}

#[test]
fn writes_and_their_errors_are_responses() {
    let mut bench = Bench::new();
    let response = |code: u16, label: &str| {
        let fields = format!("<error-code>{code}</error-code><error-code-label>{label}</error-code-label>");
        (code, documents(STANDALONE, &format!("<response>{fields}</response>")))
    };
    assert_eq!(xml(&mut bench, post("/number/buy", SAMPLE)), response(200, "success"));
    assert_eq!(xml(&mut bench, post("/number/buy", SAMPLE)), response(420, "method failed"));
    assert_eq!(xml(&mut bench, post("/number/cancel", SAMPLE)), response(200, "success"));
    let stranger = without_header(post("/number/buy", SAMPLE), "Authorization");
    assert_eq!(xml(&mut bench, stranger), response(401, "authentication failed"));
}

#[test]
fn an_error_has_the_root_of_its_call() {
    let mut bench = Bench::new();
    let stranger = |target: &str| without_header(get(target), "Authorization");
    let failed = "<error-code>401</error-code><error-code-label>authentication failed</error-code-label>";
    let body = documents(STANDALONE, &format!("<accountBalance>{failed}</accountBalance>"));
    assert_eq!(xml(&mut bench, stranger("/account/get-balance")), (401, body));
    let body = documents(DECLARATION, &format!("<inbound-numbers>{failed}</inbound-numbers>"));
    assert_eq!(xml(&mut bench, stranger("/account/numbers")), (401, body));
    let pricing = "<currency>EUR</currency><code>401</code><error-code-label>authentication failed</error-code-label>";
    let body = documents(DECLARATION, &format!("<outbound-pricing>{pricing}</outbound-pricing>"));
    assert_eq!(xml(&mut bench, stranger("/account/get-full-pricing/outbound/sms")), (401, body));
    let top_up = concat!(
        "<response><type>BAD_REQUEST</type><error_title>Bad Request</error_title>",
        "<invalid_parameters><trx>Is required.</trx></invalid_parameters></response>",
    );
    assert_eq!(xml(&mut bench, post("/account/top-up", "")), (400, documents(STANDALONE, top_up)));
    let secret = concat!(
        "<account-settings><max-outbound-request>0</max-outbound-request>",
        "<max-inbound-request>0</max-inbound-request><error-code>420</error-code>",
        "<error-code-label>8 char</error-code-label></account-settings>",
    );
    assert_eq!(xml(&mut bench, post("/account/settings", "newSecret=x")), (420, documents(DECLARATION, secret)));
}

#[test]
fn a_parameter_that_is_no_name_in_xml_is_made_one() {
    let (status, body) = xml(&mut Bench::new(), get("/account/numbers?1%3C%26=x"));
    assert_eq!(status, 400);
    assert!(body.ends_with("<inbound-numbers><_1__>Is not supported.</_1__></inbound-numbers>"), "{body}");
}

#[test]
fn the_best_liked_type_is_answered() {
    let mut bench = Bench::new();
    for (accept, media_type) in [
        ("application/xml", "application/xml"),
        ("text/xml;q=0.9, application/json;q=0.5", "text/xml"),
        ("application/json, text/xml;q=0.9", "application/json"),
        ("*/*", "application/json"),
        ("*/*, application/xml", "application/xml"),
        ("application/json, application/xml", "application/json"),
        ("application/xml, application/json", "application/xml"),
        ("application/xml;q=0", "application/json"),
        ("text/html", "application/json"),
        ("", "application/json"),
    ] {
        let response = bench.send(&with_header(get("/account/get-balance"), "accept", accept));
        assert_eq!(response.headers[0].1, media_type, "{accept}");
    }
}

#[test]
fn xml_can_be_switched_off() {
    let mut bench = Bench::with(|settings| settings.vonage.xml_by_accept = false);
    let response = bench.send(&with_header(get("/account/get-balance"), "Accept", "application/xml"));
    assert_eq!(response.headers[0].1, "application/json");
}
