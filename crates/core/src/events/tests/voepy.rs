//! Voepy's webhooks: names from its pages, everything else assumed.

use super::*;
use crate::providers::voepy::NumbersEvent;

const SECRET: &str = "whsec_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
const BODY: &str = r#"{"id":"evt_1","type":"number_order.completed","created_at":"2026-05-12T14:32:18.000Z","data":{"order_id":"ord_7","status":"completed","phone_numbers":["+15125550100",{"e164":"+15125550101"}]}}"#;
/// `hmac.new(secret, b"1778596338." + body, "sha256").hexdigest()`
const SIGNATURE: &str = "t=1778596338,v1=acd39853b252c0efa6e5282068f2b5cc4ef00317f2c27a66182fcf579cda7ed3";
const SIGNED_AT: &str = "2026-05-12T14:32:18Z";

fn signed(now: &'static str, signature: &str) -> Came {
    Came::post("voepy", now, BODY).with("Voepy-Signature", signature)
}

#[test]
fn an_order_that_is_completed_tells_its_numbers_and_is_marked_as_unverified() {
    let event = signed(SIGNED_AT, SIGNATURE).event(&Verification::Signed(&signing(SECRET, None)));
    assert_eq!((event.trust, event.id), (Trust::Unverified, Some("evt_1".into())));
    assert_eq!(event.occurred_at, Timestamp::parse(SIGNED_AT));
    assert_eq!(
        event.content,
        EventContent::VoepyNumbers(NumbersEvent {
            event_type: "number_order.completed".to_owned(),
            order_id: Some("ord_7".into()),
            status: Some("completed".to_owned()),
            phone_numbers: vec!["+15125550100".parse().unwrap(), "+15125550101".parse().unwrap()],
        })
    );
}

#[test]
fn what_does_not_fit_the_assumed_signature_is_refused() {
    let signing = signing(SECRET, None);
    let verification = Verification::Signed(&signing);
    let hex = SIGNATURE.split_once("v1=").unwrap().1;
    for signature in [
        "",
        hex,
        "t=1778596338",
        &format!("v1={hex}"),
        &format!("t=1778596339,v1={hex}"),
        &format!("t=01778596338,v1={hex}"),
        &format!("t=1778596338,t=1778596338,v1={hex}"),
        &format!("t=1778596338,v1={hex},v1={hex}"),
        &format!("t=1778596338,v1={}", hex.replace('3', "4")),
    ] {
        assert_eq!(signed(SIGNED_AT, signature).kind(&verification), Unauthenticated, "{signature}");
    }
    assert_eq!(Came::post("voepy", SIGNED_AT, BODY).kind(&verification), Unauthenticated);
    for at in 0..BODY.len() {
        let mut came = signed(SIGNED_AT, SIGNATURE);
        came.body[at] ^= 1;
        assert_eq!(came.kind(&verification), Unauthenticated, "byte {at}");
    }
}

#[test]
fn five_minutes_are_not_too_old_and_a_second_more_is() {
    let mut signing = signing(SECRET, None);
    let parse = |now, signing: &Signing| signed(now, SIGNATURE).parse(&Verification::Signed(signing)).map(drop);
    assert_eq!(parse("2026-05-12T14:37:18Z", &signing), Ok(()));
    assert_eq!(parse("2026-05-12T14:37:19Z", &signing).unwrap_err().kind, Unauthenticated);
    assert_eq!(parse("2026-05-12T14:27:18Z", &signing), Ok(()));
    assert_eq!(parse("2026-05-12T14:27:17Z", &signing).unwrap_err().kind, Unauthenticated);
    signing.tolerance = Some(Duration::from_secs(3600));
    assert_eq!(parse("2026-05-12T15:32:18Z", &signing), Ok(()));
}

#[test]
fn porting_is_told_and_what_is_not_of_numbers_is_kept() {
    let body = r#"{"event":"porting_order.rejected","data":{"porting_order_id":12,"status":3,"numbers":["nonsense"]}}"#;
    let event = Came::post("voepy", NOW, body).event(&UNSIGNED);
    let EventContent::VoepyNumbers(numbers) = event.content else { panic!("{event:?}") };
    assert_eq!((numbers.event_type.as_str(), numbers.order_id), ("porting_order.rejected", Some("12".into())));
    assert_eq!((numbers.status, numbers.phone_numbers), (None, vec![]));
    let body = r#"{"event_id":"e","event_type":"call.started","data":7}"#;
    let event = Came::post("voepy", NOW, body).event(&UNSIGNED);
    assert_eq!(event.content, EventContent::Other { event_type: Some("call.started".to_owned()) });
    assert_eq!((event.trust, event.raw), (Trust::Unsigned, vec![body.to_owned()]));
}
