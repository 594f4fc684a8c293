use super::*;
use crate::config::Config;
use crate::error::ErrorKind::{InvalidInput, Unauthenticated};

const SINCH: &str = r#"{"eventId":"01hpa0mww4m79q8j2dwn3ggbgz","timestamp":"2024-02-10T17:22:09.412722588","projectId":"37b62a7b-0177-abcd-efgh-e10f848de123","resourceId":"+17818510001","resourceType":"ACTIVE_NUMBER","eventType":"DEPROVISIONING_FROM_VOICE_PLATFORM","status":"SUCCEEDED","failureCode":null}"#;
const SMS: &str = r#"{"messageId":"m-1","to":"447700900000","msisdn":"447700900001","text":"Your code is 482056","type":"text","message-timestamp":"2020-01-01 12:00:00"}"#;
const VOEPY: &str = r#"{"id":"e-1","type":"number_order.completed","data":{"id":"o-1","status":"completed","phone_numbers":["+15125550100"]}}"#;
const SIGNS_NOTHING: &str = r#"{"signs_nothing":true}"#;

fn parse(provider: &str, body: &str, headers: &[(String, String)], verification: &str) -> Result<Option<String>> {
    let request = EventRequest { method: "POST", query: "", headers, body: body.as_bytes() };
    parse_event_in_host(provider, &request, verification, Timestamp::EPOCH)
}

fn taken(provider: &str, body: &str) -> String {
    parse(provider, body, &[], SIGNS_NOTHING).expect("taken").expect("an event")
}

fn client() -> Client {
    let config = Config::from_json(r#"{"vonage":{"api_key":"k","api_secret":"s"}}"#).expect("accounts");
    Client::new(config, [7; 16]).expect("a client")
}

fn refused(event: &str) -> String {
    let error = client().feed_in_host(Timestamp::EPOCH, event).expect_err("refused");
    assert_eq!((error.kind, error.operation.as_str()), (InvalidInput, "feed"));
    error.message.clone()
}

#[test]
fn a_message_is_flat_and_has_its_code() {
    let native = r#"{"api_key":null,"data":null,"keyword":null,"message_id":"m-1","missing_parts":0,"part":null,"phone_number":"+447700900000","received_at":"2020-01-01T12:00:00Z","sender":"447700900001","sms_type":"text","text":"Your code is 482056","udh":null}"#;
    let raw = serde_json::to_string(SMS).unwrap();
    assert_eq!(
        taken("vonage", SMS),
        format!(
            r#"{{"provider":"vonage","kind":"message","id":"m-1","phone_number":"+447700900000","sender":"447700900001","text":"Your code is 482056","code":"482056","occurred_at":"2020-01-01T12:00:00Z","trust":"unsigned","native":{native},"raw":[{raw}]}}"#
        )
    );
}

#[test]
fn an_event_about_one_number_names_it() {
    let number = |body: &str, provider| {
        let event: serde_json::Value = serde_json::from_str(&taken(provider, body)).unwrap();
        (event["kind"].as_str().map(str::to_owned), event["phone_number"].as_str().map(str::to_owned))
    };
    let kind = Some("number".to_owned());
    assert_eq!(number(SINCH, "sinch"), (kind.clone(), Some("+17818510001".to_owned())));
    assert_eq!(number(VOEPY, "voepy"), (kind.clone(), Some("+15125550100".to_owned())));
    let two = VOEPY.replace("[\"", "[\"+15125550101\",\"");
    assert_eq!(number(&two, "voepy"), (kind, None), "one of two would be as wrong as the other");
}

#[test]
fn every_kind_of_event_goes_out_and_comes_back_whole() {
    let part = SMS.replace("{", r#"{"concat":"true","concat-ref":"7","concat-total":"1","concat-part":"1","#);
    let events = [
        ("sinch", SINCH),
        ("sinch", r#"{"eventId":"e"}"#),
        ("voepy", VOEPY),
        ("voepy", r#"{"type":"ping"}"#),
        ("vonage", SMS),
        ("vonage", &part),
        ("vonage", r#"{"messageId":"m","to":"AcmeInc","status":"delivered"}"#),
    ];
    for (provider, body) in events {
        let request = EventRequest { method: "POST", query: "", headers: &[], body: body.as_bytes() };
        let event = parse_event(provider, &request, &Verification::SignsNothing, Timestamp::EPOCH);
        let event = event.expect("taken").expect("an event");
        let text = taken(provider, body);
        let back = json::decode::<Given<'_>>(text.as_bytes()).expect("read").event().expect("an event");
        assert_eq!(back, event, "{text}");
        let fed = client().feed_in_host(Timestamp::EPOCH, &text).expect("fed");
        assert_eq!(fed, format!("[{text}]"));
    }
}

#[test]
fn what_is_no_event_says_what_is_wrong_with_it() {
    let event = taken("vonage", SMS);
    for (was, is, problem) in [
        (r#""kind":"message","#, "", "missing field `kind`"),
        (r#""kind":"message","#, r#""kind":"number","#, "kind: this provider sends no such events"),
        (r#""provider":"vonage""#, r#""provider":"nexmo""#, "kind: this provider sends no such events"),
        (r#""trust":"unsigned","#, r#""trust":"sure","#, "trust: unknown variant"),
        (r#""missing_parts":0"#, r#""missing_parts":"x""#, "native.missing_parts: "),
        (r#""occurred_at":"2020"#, r#""occurred_at":"MMXX"#, "occurred_at: "),
    ] {
        assert!(event.contains(was), "{was}");
        let message = refused(&event.replacen(was, is, 1));
        assert!(message.starts_with("event: not an event as parse_event gives them: "), "{message}");
        assert!(message.contains(problem), "{problem}: {message}");
    }
    assert!(refused("[]").contains("expected an object"), "{}", refused("[]"));
}

#[test]
fn a_host_says_in_json_what_an_event_is_checked_by() {
    let signed = [("X-Sinch-Signature".to_owned(), "dcf80daac2f232f4b23d5f719db3aa0fdca6af43".to_owned())];
    let trust = |verification: &str, headers: &[(String, String)]| {
        let event = parse("sinch", SINCH, headers, verification);
        event.map(|event| serde_json::from_str::<serde_json::Value>(&event.unwrap()).unwrap()["trust"].clone())
    };
    for verification in [
        r#"{"secrets":["callback-secret"]}"#,
        r#"{"secrets":["other","callback-secret"],"algorithm":"hmac_sha1","tolerance":60.5}"#,
        r#"{"secrets":["callback-secret"],"signs_nothing":false,"algorithm":null,"tolerance":60}"#,
        r#"{"verified":true}"#,
    ] {
        assert_eq!(trust(verification, &signed).expect("taken"), "signed", "{verification}");
    }
    assert_eq!(trust(SIGNS_NOTHING, &signed).expect("taken"), "unsigned");
    for (verification, headers) in [
        (r#"{"secrets":["callback-secret"]}"#, &[][..]),
        (r#"{"secrets":["other"]}"#, &signed),
        (r#"{"verified":false}"#, &signed),
    ] {
        assert_eq!(trust(verification, headers).expect_err("refused").kind, Unauthenticated, "{verification}");
    }
}

#[test]
fn what_says_nothing_or_too_much_of_how_events_are_checked_is_refused() {
    for (verification, field, problem) in [
        ("{}", "verification", "give the secret"),
        (r#"{"signs_nothing":false}"#, "verification", "give the secret"),
        (r#"{"secrets":["hunter2"],"signs_nothing":true}"#, "verification", "one of the three"),
        (r#"{"secrets":["hunter2"],"verified":true}"#, "verification", "one of the three"),
        (r#"{"verified":true,"signs_nothing":true}"#, "verification", "one of the three"),
        (r#"{"verified":true,"algorithm":"hmac_sha1"}"#, "verification", "one of the three"),
        (r#"{"signs_nothing":true,"tolerance":1}"#, "verification", "one of the three"),
        (r#"{"secrets":[]}"#, "secrets", "not empty"),
        (r#"{"secrets":["hunter2",""]}"#, "secrets", "not empty"),
        (r#"{"secrets":["hunter2"],"algorithm":"sha1"}"#, "algorithm", "md5_hash, hmac_md5, hmac_sha1, hmac_sha256"),
        (r#"{"secrets":["hunter2"],"algorithm":"md5_hash"}"#, "algorithm", "only one"),
        (r#"{"secrets":["hunter2"],"tolerance":-1}"#, "tolerance", "0 or more"),
        (r#"{"secrets":"hunter2"}"#, "secrets", "expected a list"),
        (r#"{"secret":"hunter2"}"#, "secret", "unknown field"),
        ("[]", "verification", "expected an object"),
    ] {
        let error = parse("sinch", SINCH, &[], verification).expect_err(verification);
        assert_eq!((error.kind, error.field.as_deref()), (InvalidInput, Some(field)), "{verification}");
        assert_eq!(error.operation, "parse_event");
        let text = format!("{error} {error:?} {}", error.to_json());
        assert!(text.contains(problem) && !text.contains("hunter2"), "{text}");
    }
}
