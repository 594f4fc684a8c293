use super::*;

#[test]
fn a_patch_shows_back_what_it_set() {
    let mut lab = Lab::new();
    let target = format!("/v1/numbers/{}", lab.active("+15125550100"));
    let changes = json!({
        "customer_reference": "primary-support-line",
        "cnam_lookup_enabled": true,
        "cnam_display_name": "Yourco Sales",
        "messaging_enabled": true,
        "connection_id": "9a8d1c4e-7b20-4f6a-8c31-5d0e9b7a2f64",
    });
    let (status, number) = lab.call("PATCH", &target, &changes);
    assert_eq!((status, number.as_object().unwrap().len()), (200, 16));
    for (field, value) in changes.as_object().unwrap() {
        assert_eq!(&number[field], value);
    }
    assert_eq!(lab.get("/v1/numbers").1["data"], json!([number]));
}

#[test]
fn null_detaches_the_connection_and_absence_keeps_it() {
    let mut lab = Lab::new();
    let target = format!("/v1/numbers/{}", lab.active("+15125550100"));
    let connection = "9a8d1c4e-7b20-4f6a-8c31-5d0e9b7a2f64";
    lab.call("PATCH", &target, &json!({"connection_id": connection}));
    let kept = lab.call("PATCH", &target, &json!({"tech_prefix_enabled": true})).1;
    assert_eq!(kept["connection_id"], connection);
    assert_eq!(lab.get(&format!("/v1/numbers?connection_id={connection}")).1["data"], json!([kept]));
    let detached = lab.call("PATCH", &target, &json!({"connection_id": null})).1;
    assert_eq!(detached["connection_id"], Value::Null);
    assert_eq!(lab.get(&format!("/v1/numbers?connection_id={connection}")).1["data"], json!([]));
}

#[test]
fn a_pending_number_cannot_be_patched_until_it_is_active() {
    let mut lab = Lab::new();
    let target = format!("/v1/numbers/{}", text(&lab.order(&["+15125550100"]).1[0]["id"]));
    let changes = json!({"messaging_enabled": true});
    assert_refused(&lab.keyed(KEY_A, "PATCH", &target, &changes), 409, "number_not_yet_active", "pending");
    lab.wait(3);
    assert_eq!(lab.keyed(KEY_A, "PATCH", &target, &changes).0, 200);
}

#[test]
fn a_patch_that_breaks_a_rule_changes_nothing() {
    let mut lab = Lab::new();
    let target = format!("/v1/numbers/{}", lab.active("+15125550100"));
    let before = lab.get("/v1/numbers");
    let wrong = [
        ("customer_reference", json!("x".repeat(121))),
        ("customer_reference", Value::Null),
        ("cnam_display_name", json!("x".repeat(16))),
        ("cnam_lookup_enabled", json!("yes")),
        ("inbound_call_screening", json!("block")),
        ("connection_id", json!("nobody")),
        ("e164", json!("+15125550101")),
    ];
    for (field, value) in wrong {
        let mut body = json!({"tech_prefix_enabled": true});
        body[field] = value;
        assert_refused(&lab.call("PATCH", &target, &body), 422, "validation_failed", field);
    }
    assert_refused(&lab.call("PATCH", &target, &json!({})), 422, "validation_failed", "body");
    assert_eq!(lab.get("/v1/numbers"), before);
}

#[test]
fn the_longest_allowed_texts_are_taken() {
    let mut lab = Lab::new();
    let target = format!("/v1/numbers/{}", lab.active("+15125550100"));
    let body = json!({"customer_reference": "é".repeat(120), "cnam_display_name": "x".repeat(15)});
    assert_eq!(lab.call("PATCH", &target, &body).0, 200);
}

#[test]
fn a_number_without_sms_takes_no_messaging() {
    let mut lab = Lab::new();
    // Lines from 0125 on are voice only.
    let target = format!("/v1/numbers/{}", lab.active("+15125550125"));
    let answer = lab.call("PATCH", &target, &json!({"messaging_enabled": true}));
    assert_refused(&answer, 422, "validation_failed", "messaging_enabled");
}

#[test]
fn an_unknown_number_is_not_found() {
    let answer = Lab::new().call("PATCH", "/v1/numbers/f3b0a9b7", &json!({"messaging_enabled": true}));
    assert_refused(&answer, 404, "not_found", "number");
}
