//! Vonage's inbound SMS. Signatures are over the parameters in order: `hmac.new(secret, message, name).hexdigest()` and
//! `md5(message + secret).hexdigest()`.

use super::*;
use crate::providers::vonage::{InboundSms, SmsPart, SmsType};
use crate::wire::form::write_pairs;
use SignatureAlgorithm::{HmacMd5, HmacSha1, HmacSha256, HmacSha512, Md5Hash};

const SECRET: &str = "signature_secret";
const SMS: [(&str, &str); 10] = [
    ("msisdn", "447700900001"),
    ("to", "447700900000"),
    ("messageId", "0A0000000123ABCD1"),
    ("text", "Hello world"),
    ("type", "text"),
    ("keyword", "HELLO"),
    ("api-key", "abcd1234"),
    ("message-timestamp", "2020-01-01 12:00:00"),
    ("timestamp", "1577880000"),
    ("nonce", "aaaaaaaa-bbbb-cccc-dddd-0123456789ab"),
];
const SHA256: &str = "4389aa2f9db1b9cc5fe5a6dd91985c785b0af6279e709ef26fb3d80e69221b68";
/// That of SHA-512 is openssl's, too.
const SIGNATURES: [(SignatureAlgorithm, &str); 5] = [
    (Md5Hash, "9df65c065a410f16c87fd17ab4274b18"),
    (HmacMd5, "2b95d7116dc4ceaceea04df0d775b40e"),
    (HmacSha1, "3914d9cc3cec2f4ebafc050bcbcc0e726c94547c"),
    (HmacSha256, SHA256),
    (
        HmacSha512,
        "9bcfd27a0f88907222b7f759b48d7f01995bf3cc5641b6327704a1d645244f1b8de070c8dab26e36c3cf39821dd87ff491069adf56ce7c278a65388103543ec7",
    ),
];
const SENT: &str = "2020-01-01T12:00:00Z";

fn signed_sms(signature: &'static str) -> Vec<(&'static str, &'static str)> {
    SMS.into_iter().chain([("sig", signature)]).collect()
}

fn get(parameters: &[(&str, &str)], now: &'static str) -> Came {
    let mut came = Came { method: "GET", ..Came::post("vonage", now, "") };
    write_pairs(&mut came.query, parameters.iter().copied());
    came
}

fn form(parameters: &[(&str, &str)], now: &'static str) -> Came {
    let query = get(parameters, now).query;
    Came::post("vonage", now, &query).with("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
}

fn json(parameters: &[(&str, &str)], now: &'static str) -> Came {
    let members: serde_json::Map<String, serde_json::Value> =
        parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).into())).collect();
    let body = serde_json::Value::Object(members).to_string();
    Came::post("vonage", now, &body).with("content-type", "application/json")
}

fn sms(event: Event) -> InboundSms {
    match event.content {
        EventContent::VonageSms(sms) => sms,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_algorithm_in_each_of_the_three_forms() {
    for (algorithm, signature) in SIGNATURES {
        let signing = signing(SECRET, Some(algorithm));
        let sent = signed_sms(signature);
        for (came, raw) in [
            (get(&sent, SENT), get(&sent, SENT).query),
            (form(&sent, SENT), form(&sent, SENT).query),
            (json(&sent, SENT), String::new()),
        ] {
            let event = came.event(&Verification::Signed(&signing));
            let body = String::from_utf8(came.body).unwrap();
            assert_eq!(event.raw, [if came.method == "GET" { raw } else { body }]);
            assert_eq!((event.trust, event.id.clone()), (Trust::Signed, Some("0A0000000123ABCD1".into())));
            assert_eq!(event.occurred_at, Timestamp::parse(SENT));
            assert_eq!(
                sms(event),
                InboundSms {
                    message_id: "0A0000000123ABCD1".into(),
                    sender: Some("447700900001".to_owned()),
                    phone_number: "+447700900000".parse().unwrap(),
                    sms_type: Some(SmsType::Text),
                    text: Some("Hello world".to_owned()),
                    keyword: Some("HELLO".to_owned()),
                    data: None,
                    udh: None,
                    received_at: Timestamp::parse(SENT),
                    api_key: Some("abcd1234".to_owned()),
                    part: None,
                    missing_parts: 0,
                }
            );
        }
    }
}

#[test]
fn a_signature_of_another_algorithm_is_refused() {
    for (algorithm, signature) in SIGNATURES {
        for other in SIGNATURES.map(|(other, _)| other).into_iter().filter(|other| *other != algorithm) {
            let came = get(&signed_sms(signature), SENT);
            assert_eq!(came.kind(&Verification::Signed(&signing(SECRET, Some(other)))), Unauthenticated);
        }
    }
    let error = get(&signed_sms(SHA256), SENT).refused(&Verification::Signed(&signing(SECRET, None)));
    assert_eq!((error.kind, error.field.as_deref()), (InvalidInput, Some("algorithm")));
}

#[test]
fn the_vectors_of_the_fact_sheet() {
    let plain = ["value1", "value2"];
    for (algorithm, values, signature) in [
        (HmacSha256, plain, "280c4320703dbc98bfa22db676655ed2acfbfe8792b062ff7622e67f1183c287"),
        (HmacMd5, plain, "724c2bf6ca423c36e20631b11d1c5753"),
        (Md5Hash, plain, "d72f75ac8cda9bbce891c4fa62bee6cd"),
        (HmacMd5, ["value&1", "value=2"], "2bbf0abafb2c55e5af6231513896a2ac"),
    ] {
        let sent = [("param1", values[0]), ("sig", signature), ("timestamp", "1234567890"), ("param2", values[1])];
        let signing = signing("signature_secret", Some(algorithm));
        for came in [get(&sent, "2009-02-13T23:31:30Z"), json(&sent, "2009-02-13T23:31:30Z")] {
            let event = came.event(&Verification::Signed(&signing));
            assert_eq!((event.trust, event.content), (Trust::Signed, EventContent::Other { event_type: None }));
        }
    }
}

#[test]
fn text_in_any_script_and_with_separators_is_what_was_signed() {
    let mut sent = signed_sms("8b7b3e2eb272586b679e9bb620eb9a3ef888e32392ef3a90879d8a12c5824875");
    (sent[3].1, sent[4].1) = ("Ваш код — 123 456 & =", "unicode");
    let signing = signing(SECRET, Some(HmacSha256));
    for mut came in [get(&sent, SENT), form(&sent, SENT), json(&sent, SENT)] {
        assert_eq!(sms(came.event(&Verification::Signed(&signing))).text.as_deref(), Some("Ваш код — 123 456 & ="));
        came.query = came.query.replace("%20", "+");
        assert_eq!(sms(came.event(&Verification::Signed(&signing))).text.as_deref(), Some("Ваш код — 123 456 & ="));
    }
}

#[test]
fn no_byte_can_be_another() {
    let signing = signing(SECRET, Some(HmacSha256));
    let verification = Verification::Signed(&signing);
    let sent = signed_sms(SHA256);
    for (which, (name, value)) in sent.iter().enumerate() {
        for at in 0..value.len() {
            let changed: String = value.char_indices().map(|(index, c)| if index == at { '~' } else { c }).collect();
            let mut sent = sent.clone();
            sent[which].1 = &changed;
            for came in [get(&sent, SENT), form(&sent, SENT), json(&sent, SENT)] {
                assert_eq!(came.kind(&verification), Unauthenticated, "{name} {at}");
            }
        }
        let mut without = sent.clone();
        without.remove(which);
        assert_eq!(get(&without, SENT).kind(&verification), Unauthenticated, "without {name}");
    }
    // Also where the form breaks, or another name comes of it.
    for came in [form(&sent, SENT), json(&sent, SENT)] {
        for at in 0..came.body.len() {
            let mut came =
                Came { headers: came.headers.clone(), body: came.body.clone(), query: String::new(), ..came };
            came.body[at] ^= 1;
            assert!(matches!(came.kind(&verification), Unauthenticated | Malformed), "byte {at}");
        }
    }
}

#[test]
fn parameters_cannot_be_hidden_in_a_name() {
    let signing = signing(SECRET, Some(HmacSha256));
    let mut sent = signed_sms(SHA256);
    // `text` and the `timestamp` behind it, in one: the signed bytes are the same.
    sent.retain(|(name, _)| !["text", "timestamp"].contains(name));
    sent.push(("text=Hello world&timestamp", "1577880000"));
    let error = get(&sent, NOW).refused(&Verification::Signed(&signing));
    assert_eq!((error.kind, error.message.contains("holds &")), (Unauthenticated, true));
}

#[test]
fn a_day_is_not_too_old_and_more_is() {
    let mut signing = signing(SECRET, Some(HmacSha256));
    let parse = |now, signing: &Signing| get(&signed_sms(SHA256), now).parse(&Verification::Signed(signing)).map(drop);
    assert_eq!(parse("2020-01-02T12:05:00Z", &signing), Ok(()));
    assert_eq!(parse("2020-01-02T12:05:01Z", &signing).unwrap_err().kind, Unauthenticated);
    assert_eq!(parse("2020-01-01T11:55:00Z", &signing), Ok(()));
    assert_eq!(parse("2020-01-01T11:54:59Z", &signing).unwrap_err().kind, Unauthenticated);
    signing.tolerance = Some(Duration::from_secs(60));
    assert_eq!(parse("2020-01-01T12:01:00Z", &signing), Ok(()));
    assert_eq!(parse("2020-01-01T12:01:01Z", &signing).unwrap_err().kind, Unauthenticated);
}

#[test]
fn a_time_that_is_signed_and_is_none_is_malformed_and_one_that_is_not_signed_is_not_looked_at() {
    let signing = signing(SECRET, Some(HmacSha256));
    let mut sent = signed_sms("c4afb39b220dfc23bd611c54f0272470694c72b8c04bc9108c7af222c495a025");
    sent[8].1 = "2020-01-01 12:00:00";
    let error = get(&sent, SENT).refused(&Verification::Signed(&signing));
    assert_eq!((error.kind, error.path.as_deref()), (Malformed, Some("timestamp")));
    let mut sent = signed_sms("e61679a748ef3cc0ea627f77119d1e317565a95d15bbd494a020ca1c5717db4a");
    sent.remove(8);
    assert_eq!(get(&sent, NOW).event(&Verification::Signed(&signing)).trust, Trust::Signed);
}

#[test]
fn the_look_whether_anybody_answers_is_no_event_and_an_unsigned_sms_is_none_either() {
    let signing = signing(SECRET, Some(HmacSha256));
    let verification = Verification::Signed(&signing);
    assert_eq!(get(&[], NOW).parse(&verification), Ok(None));
    assert_eq!(get(&[("tenant", "5")], NOW).parse(&verification), Ok(None));
    assert_eq!(get(&SMS, SENT).kind(&verification), Unauthenticated);
    assert_eq!(form(&[], NOW).kind(&verification), Unauthenticated);
    for name in ["messageId", "msisdn", "to", "text", "sig"] {
        assert_eq!(get(&[(name, "7")], NOW).kind(&verification), Unauthenticated, "{name}");
    }
}

#[test]
fn a_receipt_that_comes_to_the_same_url_is_kept_and_has_no_id_of_its_own() {
    let receipt = [("msisdn", "447700900001"), ("to", "AcmeInc"), ("messageId", "0A00"), ("status", "delivered")];
    let event = get(&receipt, NOW).event(&UNSIGNED);
    assert_eq!((event.id, event.content), (None, EventContent::Other { event_type: None }));
    assert_eq!(event.raw, ["msisdn=447700900001&to=AcmeInc&messageId=0A00&status=delivered"]);
}

#[test]
fn the_query_of_a_post_is_the_programs_own() {
    let mut came = json(&signed_sms(SHA256), SENT);
    came.query = "tenant=5&text=forged".to_owned();
    assert_eq!(
        sms(came.event(&Verification::Signed(&signing(SECRET, Some(HmacSha256))))).text.as_deref(),
        Some("Hello world")
    );
}

#[test]
fn json_may_hold_more_than_text() {
    let body = r#" {"messageId":1,"to":447700900000,"text":"a\u00e9\"","concat":true,"concat-ref":7,"concat-total":3,
        "concat-part":"2","keyword":null,"more":{"x":[1]},"message-timestamp":"soon"}"#;
    let event = Came::post("vonage", NOW, body).event(&UNSIGNED);
    assert_eq!(event.occurred_at, None);
    let sms = sms(event);
    assert_eq!((sms.message_id.as_str(), sms.text.as_deref(), sms.keyword), ("1", Some("aé\""), None));
    assert_eq!(sms.part, Some(SmsPart { reference: "7".to_owned(), number: 2, total: 3 }));
}

#[test]
fn a_binary_sms_has_its_bytes_and_no_text() {
    let binary = [("to", "447700900000"), ("messageId", "b"), ("type", "binary"), ("data", "0102"), ("udh", "0605")];
    let sms = sms(get(&binary, NOW).event(&UNSIGNED));
    assert_eq!((sms.text, sms.data.as_deref(), sms.udh.as_deref()), (None, Some("0102"), Some("0605")));
}

#[test]
fn an_sms_that_cannot_be_told_from_others_says_what_is_missing() {
    let spoilt = |name: &str, value: &'static str| {
        let mut sent = SMS.to_vec();
        sent.retain(|(known, _)| *known != name);
        sent.extend((!value.is_empty()).then_some(("to", value)));
        get(&sent, SENT).refused(&UNSIGNED)
    };
    for (error, path) in
        [(spoilt("messageId", ""), "messageId"), (spoilt("to", ""), "to"), (spoilt("to", "Acme"), "to")]
    {
        assert_eq!((error.kind, error.path.as_deref()), (Malformed, Some(path)));
    }
}

#[test]
fn numbers_of_parts_that_no_sms_can_have_are_refused() {
    for (part, total, path) in [
        ("1", "4294967297", "concat-total"),
        ("1", "99999999999999999999999", "concat-total"),
        ("1", "256", "concat-total"),
        ("1", "0", "concat-total"),
        ("1", "", "concat-total"),
        ("0", "2", "concat-part"),
        ("3", "2", "concat-part"),
        ("-1", "2", "concat-part"),
        ("1.0", "2", "concat-part"),
    ] {
        let concat = [("concat", "true"), ("concat-ref", "1"), ("concat-total", total), ("concat-part", part)];
        let error = get(&[&SMS[..], &concat[..]].concat(), SENT).refused(&UNSIGNED);
        assert_eq!((error.kind, error.path.as_deref()), (Malformed, Some(path)), "{part} of {total}");
    }
    let whole = [("concat", "true"), ("concat-ref", "1"), ("concat-total", "1"), ("concat-part", "1")];
    assert_eq!(sms(get(&[&SMS[..], &whole[..]].concat(), SENT).event(&UNSIGNED)).part, None);
}

#[test]
fn hostile_requests_are_refused() {
    let post = |body: &[u8], content_type: &str| {
        let came = Came { body: body.to_vec(), ..Came::post("vonage", NOW, "") };
        if content_type.is_empty() { came } else { came.with("Content-Type", content_type) }
    };
    let form = "application/x-www-form-urlencoded";
    // Each is an SMS but for what is wrong with it.
    let spoilt =
        |start: &[u8], wrong: &[u8], end: &[u8], content_type| post(&[start, wrong, end].concat(), content_type);
    for (wrong, why) in [
        (&b"text=1&text=2"[..], "more than once"),
        (b"text=1&te%78t=2", "more than once"),
        (b"text=caf%E9", "not UTF-8"),
        (b"text=caf\xE9", "not UTF-8"),
    ] {
        let error = spoilt(b"to=447700900000&messageId=1&", wrong, b"", form).refused(&UNSIGNED);
        assert_eq!((error.kind, error.message.contains(why)), (Malformed, true), "{error}");
    }
    for (wrong, why) in [
        (&br#""text":"1","t\u0065xt":"2""#[..], "more than once"),
        (b"\"text\":\"caf\xE9\"", "not UTF-8"),
        (br#""text":"\ud800""#, "half of a character"),
        // On one line, whatever names are in it.
        (b"\"a\nb\":[}", "control character"),
        (br#""a\nb":[}"#, "a\\nb[0]: expected value"),
    ] {
        let error =
            spoilt(b"{\"to\":\"447700900000\",\"messageId\":1,", wrong, b"}", "application/json").refused(&UNSIGNED);
        assert_eq!((error.kind, error.message.contains(why)), (Malformed, true), "{error}");
    }
    for (body, content_type) in [(&b"[]"[..], "application/json; charset=utf-8"), (b"", "application/json"), (b"{", "")]
    {
        assert_eq!(post(body, content_type).refused(&UNSIGNED).path.as_deref(), Some(""));
    }
    let error = post(b"<sms/>", "text/xml").refused(&UNSIGNED);
    assert_eq!((error.kind, error.field.as_deref()), (InvalidInput, Some("content-type")));
    let error = post(b"text=1", form).with("content-type", "application/json").refused(&UNSIGNED);
    assert_eq!((error.kind, error.field.as_deref()), (InvalidInput, Some("content-type")));
    let error = Came { method: "PUT", ..post(b"text=1", form) }.refused(&UNSIGNED);
    assert_eq!((error.kind, error.field.as_deref()), (InvalidInput, Some("method")));
}

#[test]
fn a_percent_sign_that_begins_no_byte_is_itself() {
    let came = Came { query: "type=text&messageId=1&to=447700900000&text=100%+%zz%4&&".to_owned(), ..get(&[], NOW) };
    assert_eq!(sms(came.event(&UNSIGNED)).text.as_deref(), Some("100% %zz%4"));
}
