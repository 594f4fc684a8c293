use super::super::callbacks::{Callback, NumberEvent};
use super::*;
use crate::events::{Content, Seal};

const TARGET: &str = "v1/activeNumbers/%2B12017654321";
const URL: &str = "https://shop.example/sinch?from=sinch";

/// The client libraries' example: its bytes and its signature, with `my-callback-secret`.
const BODY: &str = r#"{"eventId":"01jr7stexp0znky34pj07dwp41","timestamp":"2025-04-07T09:38:04.85408760","projectId":"project-id","resourceId":"+1234567890","resourceType":"ACTIVE_NUMBER","eventType":"PROVISIONING_TO_VOICE_PLATFORM","status":"SUCCEEDED","failureCode":null,"internalFailureCode":null}"#;
const SIGNATURE: &str = "8e58baa351ffa5e0d7eaef3c739d0d7aa6093da3";

fn example(secret: &str) -> Callback {
    let event = NumberEvent {
        event_id: "01jr7stexp0znky34pj07dwp41".to_owned(),
        timestamp: "2025-04-07T09:38:04.85408760".to_owned(),
        project_id: "project-id".to_owned(),
        resource_id: "+1234567890".to_owned(),
        resource_type: "ACTIVE_NUMBER",
        event_type: "PROVISIONING_TO_VOICE_PLATFORM",
        status: "SUCCEEDED",
        failure_code: None,
        internal_failure_code: None,
    };
    Callback { event, secret: secret.to_owned() }
}

fn written(callback: &Callback, seal: Seal) -> (String, Option<String>) {
    let request = callback.write(Request::default(), Time::START, seal);
    let signature = request.header("x-sinch-signature").map(str::to_owned);
    assert_eq!((request.method.as_str(), request.header("content-type")), ("POST", Some("application/json")));
    (String::from_utf8(request.body).unwrap(), signature)
}

impl Lab {
    /// When, event type, status and failure code of what was told to the URL since the last time.
    fn told(&mut self) -> Vec<(String, String, String, Value)> {
        let mut context = Context { now: self.now, ids: &mut self.ids, settings: &self.settings };
        self.sinch.advance(&mut context);
        let notices = self.sinch.take_notices(&mut context);
        let events = notices.iter().map(|notice| {
            assert_eq!(notice.url, URL);
            let request = notice.content.write(Request::default(), self.now, Seal::Whole);
            let event: Value = serde_json::from_slice(&request.body).unwrap();
            assert_eq!(
                (&event["projectId"], event["resourceId"].as_str()),
                (&json!(CREDENTIALS[0].1), Some("+12017654321"))
            );
            (text(&event["timestamp"]), text(&event["eventType"]), text(&event["status"]), event["failureCode"].clone())
        });
        events.collect()
    }
}

fn rent_with(lab: &mut Lab, mut body: Value) {
    body["callbackUrl"] = json!(URL);
    assert_eq!(lab.post("v1/availableNumbers/%2B12017654321:rent", &body).0, 200);
}

fn patch(lab: &mut Lab, body: &Value) {
    let (status, answer) = lab.call("PATCH", TARGET, body);
    assert_eq!(status, 200, "{answer}");
}

fn done(at: &str, event_type: &str) -> (String, String, String, Value) {
    (at.to_owned(), event_type.to_owned(), "SUCCEEDED".to_owned(), Value::Null)
}

#[test]
fn a_callback_is_the_example_s_bytes_with_the_example_s_signature() {
    assert_eq!(written(&example("my-callback-secret"), Seal::Whole), (BODY.to_owned(), Some(SIGNATURE.to_owned())));
}

#[test]
fn the_older_example_has_its_signature_too() {
    let body = r#"{"eventId":"01hpa0mww4m79q8j2dwn3ggbgz","timestamp":"2024-02-10T17:22:09.412722588","projectId":"37b62a7b-0177-abcd-efgh-e10f848de123","resourceId":"+17818510001","resourceType":"ACTIVE_NUMBER","eventType":"DEPROVISIONING_FROM_VOICE_PLATFORM","status":"SUCCEEDED","failureCode":null}"#;
    let made = crate::events::signing::hmac_sha1("callback-secret", body.as_bytes());
    assert_eq!(made, "dcf80daac2f232f4b23d5f719db3aa0fdca6af43");
}

#[test]
fn a_seal_is_broken_by_another_body_and_missing_without_the_header() {
    let changed = BODY.replace("SUCCEEDED", "FAILED");
    assert_eq!(written(&example("my-callback-secret"), Seal::Broken), (changed, Some(SIGNATURE.to_owned())));
    assert_eq!(written(&example("my-callback-secret"), Seal::Missing), (BODY.to_owned(), None));
}

#[test]
fn a_project_without_a_secret_signs_nothing() {
    assert_eq!(written(&example(""), Seal::Whole), (BODY.to_owned(), None));
}

#[test]
fn a_link_that_is_made_is_told_when_it_is_made() {
    let mut lab = Lab::new();
    rent_with(&mut lab, json!({"smsConfiguration": {"servicePlanId": "plan", "campaignId": "campaign"}}));
    lab.wait(2);
    assert_eq!(lab.told(), []);
    lab.wait(60);
    let at = "2026-05-12T14:30:03.000000000";
    let both = [done(at, "PROVISIONING_TO_SMS_PLATFORM"), done(at, "PROVISIONING_TO_CAMPAIGN")];
    assert_eq!(lab.told(), both);
    patch(&mut lab, &json!({"voiceConfiguration": {"type": "RTC", "appId": "app"}}));
    lab.wait(3);
    assert_eq!(lab.told(), [done("2026-05-12T14:31:05.000000000", "PROVISIONING_TO_VOICE_PLATFORM")]);
}

#[test]
fn a_link_that_fails_is_told_with_its_code() {
    let mut lab = Lab::with(|sinch| {
        sinch.sms_provisioning_error = Some("CAMPAIGN_NOT_AVAILABLE".into());
        sinch.voice_provisioning_fails = true;
    });
    rent_with(
        &mut lab,
        json!({"smsConfiguration": {"servicePlanId": "plan"}, "voiceConfiguration": {"type": "RTC", "appId": "app"}}),
    );
    lab.wait(3);
    let failed = |event_type: &str, code: &str| {
        ("2026-05-12T14:30:03.000000000".to_owned(), event_type.to_owned(), "FAILED".to_owned(), json!(code))
    };
    let both = [
        failed("PROVISIONING_TO_SMS_PLATFORM", "CAMPAIGN_NOT_AVAILABLE"),
        failed("PROVISIONING_TO_VOICE_PLATFORM", "PROVISIONING_TO_VOICE_PLATFORM_FAILED"),
    ];
    assert_eq!(lab.told(), both);
    lab.wait(60);
    assert_eq!(lab.told(), []);
}

#[test]
fn a_link_that_is_undone_is_told_at_once() {
    let mut lab = Lab::new();
    rent_with(&mut lab, json!({"smsConfiguration": {"servicePlanId": "plan", "campaignId": "campaign"}}));
    lab.wait(60);
    lab.told();
    let at = "2026-05-12T14:31:00.000000000";
    patch(&mut lab, &json!({"smsConfiguration": {"campaignId": ""}}));
    assert_eq!(lab.told(), [done(at, "DEPROVISIONING_FROM_CAMPAIGN")]);
    patch(&mut lab, &json!({"smsConfiguration": {"servicePlanId": ""}}));
    assert_eq!(lab.told(), [done(at, "DEPROVISIONING_FROM_SMS_PLATFORM")]);
    patch(&mut lab, &json!({"voiceConfiguration": {"type": "RTC", "appId": ""}}));
    assert_eq!(lab.told(), []);
}

#[test]
fn a_released_number_loses_its_links_when_it_is_gone() {
    let mut lab = Lab::new();
    rent_with(&mut lab, json!({"smsConfiguration": {"servicePlanId": "plan"}}));
    lab.wait(60);
    lab.told();
    assert_eq!(lab.post(&format!("{TARGET}:release"), &Value::Null).0, 200);
    assert_eq!(lab.told(), []);
    lab.wait(31 * 86_400);
    assert_eq!(lab.told(), [done("2026-06-12T14:30:00.000000000", "DEPROVISIONING_FROM_SMS_PLATFORM")]);
}

#[test]
fn a_number_without_a_url_tells_nobody() {
    let mut lab = Lab::new();
    let body = json!({"smsConfiguration": {"servicePlanId": "plan"}});
    assert_eq!(lab.post("v1/availableNumbers/%2B12017654321:rent", &body).0, 200);
    lab.wait(60);
    assert_eq!(lab.told(), []);
    // What happened before is not told later.
    patch(&mut lab, &json!({"callbackUrl": URL}));
    assert_eq!(lab.told(), []);
}

#[test]
fn event_ids_are_26_digits_that_begin_with_their_time() {
    let mut ids = Ids::new(1);
    let id = super::super::callbacks::event_id(Time(0x0190_0000_0000), &mut ids);
    let other = super::super::callbacks::event_id(Time(0x0190_0000_0000), &mut ids);
    assert_eq!((id.len(), &id[..10]), (26, "01j0000000"));
    assert!(id != other && id[..10] == other[..10], "{id} {other}");
}
