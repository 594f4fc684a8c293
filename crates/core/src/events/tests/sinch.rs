//! Sinch's callbacks. Both signed bodies are of Sinch's own SDKs, Python's and Java's.

use super::*;
use crate::providers::sinch::{EventResource, EventStatus, EventType, NumberEvent};

const SECRET: &str = "callback-secret";
const BODY: &str = r#"{"eventId":"01hpa0mww4m79q8j2dwn3ggbgz","timestamp":"2024-02-10T17:22:09.412722588","projectId":"37b62a7b-0177-abcd-efgh-e10f848de123","resourceId":"+17818510001","resourceType":"ACTIVE_NUMBER","eventType":"DEPROVISIONING_FROM_VOICE_PLATFORM","status":"SUCCEEDED","failureCode":null}"#;
const SIGNATURE: &str = "dcf80daac2f232f4b23d5f719db3aa0fdca6af43";

fn signed(body: &str, signature: &str) -> Came {
    Came::post("sinch", NOW, body).with("X-Sinch-Signature", signature)
}

#[test]
fn the_first_vector_of_the_fact_sheet() {
    let event = signed(BODY, SIGNATURE).event(&Verification::Signed(&signing(SECRET, None)));
    assert_eq!(
        event,
        Event {
            provider: "sinch".to_owned(),
            id: Some("01hpa0mww4m79q8j2dwn3ggbgz".into()),
            occurred_at: Timestamp::parse("2024-02-10T17:22:09.412722588Z"),
            trust: Trust::Signed,
            content: EventContent::SinchNumber(NumberEvent {
                event_type: EventType::DeprovisioningFromVoicePlatform,
                status: Some(EventStatus::Succeeded),
                phone_number: Some("+17818510001".parse().unwrap()),
                resource_type: Some(EventResource::ActiveNumber),
                resource_id: Some("+17818510001".into()),
                project_id: Some("37b62a7b-0177-abcd-efgh-e10f848de123".into()),
                failure_code: None,
                internal_failure_code: None,
            }),
            raw: vec![BODY.to_owned()],
        }
    );
}

#[test]
fn the_second_vector_of_the_fact_sheet_also_while_one_secret_replaces_another() {
    let body = r#"{"eventId":"01jr7stexp0znky34pj07dwp41","timestamp":"2025-04-07T09:38:04.85408760","projectId":"project-id","resourceId":"+1234567890","resourceType":"ACTIVE_NUMBER","eventType":"PROVISIONING_TO_VOICE_PLATFORM","status":"SUCCEEDED","failureCode":null,"internalFailureCode":null}"#;
    let came = signed(body, "8E58BAA351FFA5E0D7EAEF3C739D0D7AA6093DA3");
    for secrets in [["my-callback-secret", "other"], ["other", "my-callback-secret"]] {
        let signing = Signing { secrets: secrets.map(Secret::from).to_vec(), ..Signing::default() };
        assert_eq!(came.event(&Verification::Signed(&signing)).id, Some("01jr7stexp0znky34pj07dwp41".into()));
    }
    assert_eq!(came.kind(&Verification::Signed(&signing("other", None))), Unauthenticated);
}

#[test]
fn no_byte_of_the_body_or_the_signature_can_be_another() {
    let signing = signing(SECRET, None);
    for at in 0..BODY.len() {
        for bit in [1, 0x20, 0x80] {
            let mut came = signed(BODY, SIGNATURE);
            came.body[at] ^= bit;
            assert_eq!(came.kind(&Verification::Signed(&signing)), Unauthenticated, "byte {at}, {bit}");
        }
    }
    let longer = signed(&format!("{BODY}\n"), SIGNATURE);
    assert_eq!(longer.kind(&Verification::Signed(&signing)), Unauthenticated);
    for at in 0..SIGNATURE.len() {
        let mut signature = SIGNATURE.to_owned().into_bytes();
        signature[at] ^= 1;
        let came = signed(BODY, &String::from_utf8(signature).unwrap());
        assert_eq!(came.kind(&Verification::Signed(&signing)), Unauthenticated, "digit {at}");
    }
}

#[test]
fn an_event_without_its_whole_signature_is_refused_unless_this_account_signs_nothing() {
    let signing = signing(SECRET, None);
    let verification = Verification::Signed(&signing);
    for signature in ["", "dc", "dcf8 ", &SIGNATURE[..39], &SIGNATURE[..38], &format!("{SIGNATURE}00"), &"é".repeat(20)]
    {
        assert_eq!(signed(BODY, signature).kind(&verification), Unauthenticated, "{signature}");
    }
    let unsigned = Came::post("sinch", NOW, BODY);
    assert_eq!(unsigned.kind(&verification), Unauthenticated);
    assert_eq!(unsigned.event(&UNSIGNED).trust, Trust::Unsigned);
    let twice = signed(BODY, SIGNATURE).with("x-sinch-signature", "00");
    assert_eq!(twice.refused(&verification).field.as_deref(), Some("x-sinch-signature"));
    let other = super::signing(SECRET, Some(SignatureAlgorithm::HmacSha256));
    let error = signed(BODY, SIGNATURE).refused(&Verification::Signed(&other));
    assert_eq!((error.kind, error.field.as_deref()), (InvalidInput, Some("algorithm")));
}

#[test]
fn words_and_members_that_are_new_are_kept_and_passed_over() {
    let body = r#"{"eventId":7,"resourceId":"447700900000","resourceType":"NUMBER_ORDER","eventType":"NUMBER_ORDER_SHIPPED",
        "status":"ON_ITS_WAY","failureCode":"PROVISIONING_TO_VOICE_PLATFORM_FAILED","internalFailureCode":"CRS0018","x":[{}]}"#;
    let event = Came::post("sinch", NOW, body).event(&UNSIGNED);
    let EventContent::SinchNumber(number) = event.content else { panic!("{event:?}") };
    assert_eq!((event.id, number.phone_number), (Some("7".into()), None));
    assert_eq!(number.event_type.as_str(), "NUMBER_ORDER_SHIPPED");
    assert_eq!(number.status.unwrap().as_str(), "ON_ITS_WAY");
    assert_eq!(number.failure_code.unwrap().as_str(), "PROVISIONING_TO_VOICE_PLATFORM_FAILED");
    assert_eq!(number.internal_failure_code.as_deref(), Some("CRS0018"));
    let other = Came::post("sinch", NOW, r#"{"hello":"world"}"#).event(&UNSIGNED);
    assert_eq!((other.id, other.content), (None, EventContent::Other { event_type: None }));
    assert_eq!(other.raw, [r#"{"hello":"world"}"#]);
}
