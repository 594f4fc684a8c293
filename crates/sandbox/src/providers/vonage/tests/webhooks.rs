//! The bytes of inbound messages. Signatures computed with Python's hmac and hashlib.

use super::super::inbound::{InboundSms, Signing};
use super::super::parts::parts;
use super::super::{InboundMethod, SignatureMethod};
use super::*;
use crate::events::{Content, Seal};
use serde_json::{Value, json};

const HOOK: &str = r#"{"api-key":"abcd1234","msisdn":"447700900001","to":"447700900000","messageId":"0A0000000123ABCD1","text":"Hello world","type":"text","keyword":"HELLO","message-timestamp":"2020-01-01 12:00:00"}"#;

const METHODS: [SignatureMethod; 5] = [
    SignatureMethod::Md5Hash,
    SignatureMethod::HmacMd5,
    SignatureMethod::HmacSha1,
    SignatureMethod::HmacSha256,
    SignatureMethod::HmacSha512,
];

fn sample(text: &str, keyword: &str, method: InboundMethod, signature: Option<SignatureMethod>) -> InboundSms {
    let parameters = [
        ("api-key", "abcd1234"),
        ("msisdn", "447700900001"),
        ("to", "447700900000"),
        ("messageId", "0A0000000123ABCD1"),
        ("text", text),
        ("type", "text"),
        ("keyword", keyword),
        ("message-timestamp", "2020-01-01 12:00:00"),
    ];
    let signing = signature.map(|method| Signing {
        method,
        secret: "signature_secret".to_owned(),
        timestamp: 1_577_880_000,
        nonce: "aaaaaaaa-bbbb-4ccc-addd-0123456789ab".to_owned(),
    });
    let parameters = parameters.map(|(name, value)| (name, value.to_owned())).to_vec();
    InboundSms { parameters, method, signing }
}

fn written(sms: &InboundSms, seal: Seal) -> Request {
    let to = Request { path: "/mo".to_owned(), query: "shop=1".to_owned(), ..Request::default() };
    sms.write(to, Time::START, seal)
}

fn body(request: &Request) -> &str {
    std::str::from_utf8(&request.body).unwrap()
}

#[test]
fn a_message_by_json_is_the_page_s_example() {
    let request = written(&sample("Hello world", "HELLO", InboundMethod::PostJson, None), Seal::Whole);
    assert_eq!((request.method.as_str(), request.path.as_str(), request.query.as_str()), ("POST", "/mo", "shop=1"));
    assert_eq!((request.header("content-type"), body(&request)), (Some("application/json"), HOOK));
}

/// As Python's `urllib.parse.urlencode` writes them, and `sig` behind them.
const FORM: &str = "api-key=abcd1234&msisdn=447700900001&to=447700900000&messageId=0A0000000123ABCD1&\
                    text=Tom+%26+Ann+%3D+2+%E2%82%AC&type=text&keyword=TOM&message-timestamp=2020-01-01+12%3A00%3A00&\
                    timestamp=1577880000&nonce=aaaaaaaa-bbbb-4ccc-addd-0123456789ab&sig=";

#[test]
fn a_message_by_form_or_query_is_signed_before_it_is_encoded() {
    let sig = "363db281bfc2a797df5d1a860b9a3f94f8d6b1efee9a0fbc523963bdd475abfd";
    let sent = |method| {
        let sms = sample("Tom & Ann = 2 €", "TOM", method, Some(SignatureMethod::HmacSha256));
        written(&sms, Seal::Whole)
    };
    let form = sent(InboundMethod::PostForm);
    assert_eq!(form.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!((form.query.as_str(), body(&form)), ("shop=1", format!("{FORM}{sig}").as_str()));
    let get = sent(InboundMethod::Get);
    assert_eq!((get.method.as_str(), get.query), ("GET", format!("shop=1&{FORM}{sig}")));
    assert!(get.body.is_empty() && get.headers.is_empty());
}

#[test]
fn every_method_signs_as_the_sdks_tests_do() {
    let parameters = [("timestamp", "1234567890"), ("param1", "value1"), ("param2", "value2")]
        .map(|(key, value)| (key, value.to_owned()));
    let expected = [
        "d72f75ac8cda9bbce891c4fa62bee6cd",
        "724c2bf6ca423c36e20631b11d1c5753",
        "e4ebfd0ecd877fed7b414b5c87d0d7dfebb10a19",
        "280c4320703dbc98bfa22db676655ed2acfbfe8792b062ff7622e67f1183c287",
        "740ea4cd4c004c619d3b4cf060484278290d43d2b9d6693ada7b4c4ac48b18f39675710a5a878cde6f4349bd19e8b8e033e3f0b4816b805a\
         969e0f24ae726292",
    ];
    for (method, expected) in METHODS.into_iter().zip(expected) {
        assert_eq!(method.sign(&parameters, "signature_secret"), expected, "{method:?}");
    }
}

#[test]
fn separators_in_values_are_signed_as_underscores() {
    let parameters = [("param1", "value&1"), ("param2", "value=2"), ("timestamp", "1234567890")];
    let parameters = parameters.map(|(key, value)| (key, value.to_owned()));
    let sig = SignatureMethod::HmacMd5.sign(&parameters, "signature_secret");
    assert_eq!(sig, "2bbf0abafb2c55e5af6231513896a2ac");
}

#[test]
fn a_seal_is_broken_by_another_text_and_missing_without_its_parameters() {
    let sms = sample("Hello world", "HELLO", InboundMethod::PostJson, Some(SignatureMethod::HmacMd5));
    let [whole, broken] = [Seal::Whole, Seal::Broken].map(|seal| body(&written(&sms, seal)).to_owned());
    assert_eq!(broken, whole.replace("Hello world", "Hello world (changed)"));
    assert!(whole.contains(r#""nonce":"aaaaaaaa-bbbb-4ccc-addd-0123456789ab","sig":""#), "{whole}");
    assert_eq!(body(&written(&sms, Seal::Missing)), HOOK);
}

#[test]
fn long_messages_are_cut_where_the_network_cuts_them() {
    let lengths = |text: &str| parts(text).iter().map(|part| part.chars().count()).collect::<Vec<_>>();
    assert_eq!(lengths(&"a".repeat(160)), [160]);
    assert_eq!(lengths(&"a".repeat(161)), [153, 8]);
    assert_eq!(lengths(&"a".repeat(307)), [153, 153, 1]);
    // Two septets each: 80 fill a message, 76 a part.
    assert_eq!(lengths(&"€".repeat(80)), [80]);
    assert_eq!(lengths(&"€".repeat(81)), [76, 5]);
    assert_eq!(lengths(&"п".repeat(70)), [70]);
    assert_eq!(lengths(&"п".repeat(71)), [67, 4]);
    // Two units of UTF-16 each, and not torn apart.
    assert_eq!(lengths(&"🦊".repeat(36)), [33, 3]);
    assert_eq!(lengths(""), [0]);
}

/// URL, and body as JSON, of what is sent for one message.
fn sent(bench: &mut Bench) -> Vec<(String, Value)> {
    let mut context = Context { now: bench.now, ids: &mut bench.ids, settings: &bench.settings };
    let notices = bench.vonage.take_notices(&mut context);
    let read = |request: Request| serde_json::from_slice(&request.body).unwrap();
    let bodies = notices.iter().map(|notice| {
        assert_eq!(notice.happened, bench.now);
        (notice.url.clone(), read(notice.content.write(Request::default(), bench.now, Seal::Whole)))
    });
    bodies.collect()
}

#[test]
fn a_message_goes_to_the_number_s_url_else_to_the_account_s_else_nowhere() {
    let mut bench = Bench::new();
    bench.post("/number/buy", SAMPLE);
    bench.receive("447700900000", "one").unwrap();
    assert_eq!(sent(&mut bench), []);
    bench.post("/account/settings", "moCallBackUrl=https%3A%2F%2Fexample.com%2Faccount");
    bench.receive("447700900000", "two").unwrap();
    bench.post("/number/update", super::numbers::UPDATE_SAMPLE);
    bench.receive("447700900000", "three").unwrap();
    let sent = sent(&mut bench);
    let told: Vec<(&str, &Value)> = sent.iter().map(|(url, body)| (url.as_str(), &body["text"])).collect();
    assert_eq!(told, [("https://example.com/account", &json!("two")), ("https://example.com/mo", &json!("three"))]);
}

#[test]
fn the_parts_of_a_message_share_a_reference_and_are_counted() {
    let mut bench = Bench::new();
    bench.post("/account/settings", "moCallBackUrl=https%3A%2F%2Fexample.com%2Faccount");
    bench.post("/number/buy", SAMPLE);
    let text = format!("code {}", "x".repeat(300));
    bench.receive("447700900000", &text).unwrap();
    let sent = sent(&mut bench);
    let field = |name: &str| sent.iter().map(|(_, body)| body[name].as_str().unwrap()).collect::<Vec<_>>();
    assert_eq!((field("concat"), field("concat-total")), (vec!["true", "true"], vec!["2", "2"]));
    assert_eq!(field("concat-part"), ["1", "2"]);
    assert_eq!(field("text").concat(), text);
    assert_eq!(field("keyword")[0], "CODE");
    assert_eq!(field("concat-ref")[0], field("concat-ref")[1]);
    assert!(field("concat-ref")[0].parse::<u8>().is_ok() && field("messageId")[0] != field("messageId")[1]);
}

#[test]
fn an_account_that_signs_has_its_moment_signed() {
    let mut bench = Bench::with(|settings| settings.vonage.signature_method = Some(SignatureMethod::HmacSha512));
    bench.post("/account/settings", "moCallBackUrl=https%3A%2F%2Fexample.com%2Faccount");
    bench.post("/number/buy", SAMPLE);
    bench.receive("447700900000", "Hello").unwrap();
    let (_, body) = sent(&mut bench).remove(0);
    assert_eq!((&body["timestamp"], body["nonce"].as_str().unwrap().len()), (&json!("1778596200"), 36));
    assert_eq!(body["sig"].as_str().unwrap().len(), 128);
}
