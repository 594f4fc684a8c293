use super::*;

const TARGET: &str = "v1/activeNumbers/%2B12089087284/emergencyAddress";

fn address(street: &str, code: &str) -> Value {
    json!({
        "displayName": "Validate emergency address",
        "address": {
            "streetNumber": "3500",
            "streetInfo": street,
            "city": "Atlanta",
            "state": "GA",
            "postalCode": code,
        },
    })
}

fn echoed(street: &str) -> Value {
    json!({
        "streetNumber": "3500",
        "streetInfo": street,
        "location": "",
        "city": "Atlanta",
        "state": "GA",
        "postalCode": "30326",
        "postalCodePlusFour": "",
    })
}

#[test]
fn an_address_is_provisioned_read_and_taken_away() {
    let mut lab = Lab::new();
    lab.rent("+12089087284");
    assert_eq!(lab.get(TARGET).0, 404);
    let body = address("Lenox Rd NE", "30326");
    assert_eq!(lab.post(&format!("{TARGET}:provision"), &body), (200, echoed("Lenox Rd NE")));
    assert_eq!(lab.get(TARGET), (200, echoed("Lenox Rd NE")));
    assert_eq!(lab.post(&format!("{TARGET}:deprovision"), &Value::Null), (200, json!({})));
    let (status, gone) = lab.get(TARGET);
    assert_eq!((status, &gone["error"]["details"][0]["resourceType"]), (404, &json!("EmergencyAddress")));
}

#[test]
fn a_long_street_word_is_a_near_match() {
    let mut lab = Lab::new();
    lab.rent("+12089087284");
    let expected = json!({
        "phoneNumber": "+12089087284",
        "displayName": "Validate emergency address",
        "validatedAddress": echoed("Lenox Road NE"),
        "validationResult": "NEAR_MATCH",
        "validationMessage": "Corrected to valid address|Corrected address abbreviations",
        "correctedAddress": echoed("Lenox Rd NE"),
        "candidateAddresses": [],
    });
    let answer = lab.post(&format!("{TARGET}:validate"), &address("Lenox Road NE", "30326"));
    assert_eq!(answer, (200, expected));
    assert_eq!(lab.get(TARGET).0, 404);
}

#[test]
fn other_addresses_match_exactly_or_not_at_all() {
    let mut lab = Lab::new();
    lab.rent("+12089087284");
    let exact = lab.post(&format!("{TARGET}:validate"), &address("Lenox Rd NE", "30326")).1;
    assert_eq!(exact["validationResult"], "EXACT_MATCH");
    let none = lab.post(&format!("{TARGET}:validate"), &address("Lenox Rd NE", "00000")).1;
    assert_eq!((&none["validationResult"], &none["correctedAddress"]["city"]), (&json!("NO_MATCH"), &json!("")));
    assert_invalid(&lab.post(&format!("{TARGET}:provision"), &address("Lenox Rd NE", "00000")), "address");
}

#[test]
fn an_incomplete_address_is_refused_by_field() {
    let mut lab = Lab::new();
    lab.rent("+12089087284");
    lab.rent("+447700900000");
    for field in ["streetNumber", "streetInfo", "city", "state", "postalCode"] {
        let mut body = address("Lenox Rd NE", "30326");
        body["address"].as_object_mut().unwrap().remove(field);
        assert_invalid(&lab.post(&format!("{TARGET}:provision"), &body), field);
    }
    assert_invalid(&lab.post(&format!("{TARGET}:provision"), &json!({"displayName": "x"})), "address");
    let abroad = "v1/activeNumbers/%2B447700900000/emergencyAddress:provision";
    assert_invalid(&lab.post(abroad, &address("Lenox Rd NE", "30326")), "US and Canada");
    let unknown = "v1/activeNumbers/%2B12025550134/emergencyAddress:provision";
    assert_eq!(lab.post(unknown, &address("Lenox Rd NE", "30326")).0, 404);
}
