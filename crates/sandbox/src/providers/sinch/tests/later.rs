//! What came after the guide (v1): `:rentAny`, get one, regions, callback configuration.

use super::super::HmacSecretRule;
use super::*;

#[test]
fn a_v1_search_needs_region_and_type_and_says_capabilities() {
    let mut lab = Lab::new();
    assert_invalid(&lab.get("v1/availableNumbers?type=LOCAL"), "regionCode");
    assert_invalid(&lab.get("v1/availableNumbers?regionCode=US"), "type");
    assert_invalid(&lab.get("v1/availableNumbers?regionCode=US&type=LOCAL&capability=SMS"), "capability");
    assert_invalid(&lab.get("v1alpha1/availableNumbers?capabilities=SMS"), "capabilities");
    let both = "v1/availableNumbers?regionCode=US&type=LOCAL&capabilities=SMS&capabilities=VOICE";
    let (status, body) = lab.get(both);
    assert_eq!((status, body["availableNumbers"].as_array().unwrap().len()), (200, 10));
    let expected = json!({
        "phoneNumber": "+12017654321",
        "regionCode": "US",
        "type": "LOCAL",
        "capability": ["SMS", "VOICE"],
        "setupPrice": {"currencyCode": "USD", "amount": "0.00"},
        "monthlyPrice": {"currencyCode": "USD", "amount": "0.80"},
        "paymentIntervalMonths": 1,
        "supportingDocumentationRequired": false,
    });
    assert_eq!(body["availableNumbers"][0], expected);
}

#[test]
fn patterns_match_at_their_place() {
    let mut lab = Lab::new();
    let mut first = |pattern: &str| {
        let target = format!("v1alpha1/availableNumbers?size=1&{pattern}");
        lab.get(&target).1["availableNumbers"][0]["phoneNumber"].clone()
    };
    assert_eq!(first("numberPattern.searchPattern=START&numberPattern.pattern=%2B1206"), "+12065550100");
    assert_eq!(first("numberPattern.searchPattern=START&numberPattern.pattern=1206"), Value::Null);
    assert_eq!(first("numberPattern.searchPattern=END&numberPattern.pattern=4321"), "+12017654321");
    assert_eq!(first("numberPattern.searchPattern=CONTAINS&numberPattern.pattern=7946"), "+442079460000");
    assert_eq!(first("numberPattern.pattern=2224"), "+12092224786");
    assert_eq!(first("numberPattern.searchPattern=START"), "+12089087284");
    let raw = lab.get("v1alpha1/availableNumbers?numberPattern.pattern=+1206");
    assert_invalid(&raw, "numberPattern.pattern");
}

/// As the client libraries' tests show it, in this project and at this test's time.
fn rented_by_rent_any() -> Value {
    json!({
        "phoneNumber": "+12017654321",
        "projectId": CREDENTIALS[0].1,
        "displayName": "",
        "regionCode": "US",
        "type": "LOCAL",
        "capability": ["SMS", "VOICE"],
        "money": {"currencyCode": "EUR", "amount": "0.80"},
        "paymentIntervalMonths": 1,
        "nextChargeDate": "2024-06-06T14:42:42.022000Z",
        "expireAt": null,
        "smsConfiguration": {
            "servicePlanId": "",
            "campaignId": "",
            "scheduledProvisioning": {
                "servicePlanId": "SpaceMonkeySquadron",
                "campaignId": "",
                "status": "WAITING",
                "lastUpdatedTime": "2024-05-06T14:42:42.022000Z",
                "errorCodes": [],
            },
        },
        "voiceConfiguration": {
            "type": "RTC",
            "appId": "",
            "trunkId": "",
            "serviceId": "",
            "lastUpdatedTime": null,
            "scheduledVoiceProvisioning": {
                "type": "RTC",
                "appId": "sunshine-rain-drop-very-beautifulday",
                "trunkId": "",
                "serviceId": "",
                "status": "WAITING",
                "lastUpdatedTime": "2024-05-06T14:42:42.022000Z",
            },
        },
        "callbackUrl": "",
    })
}

#[test]
fn rent_any_takes_the_first_that_fits() {
    let mut lab = Lab::with(|sinch| sinch.currency = "EUR".into());
    lab.now = at("2024-05-06T14:42:42.022Z");
    let body = json!({
        "regionCode": "US",
        "type": "LOCAL",
        "capabilities": ["SMS", "VOICE"],
        "smsConfiguration": {"servicePlanId": "SpaceMonkeySquadron"},
        "voiceConfiguration": {"type": "RTC", "appId": "sunshine-rain-drop-very-beautifulday"},
    });
    let expected = rented_by_rent_any();
    assert_eq!(lab.post("v1/availableNumbers:rentAny", &body), (200, expected.clone()));
    assert_eq!(lab.get("v1/activeNumbers/%2B12017654321"), (200, expected));
    assert_eq!((lab.minor(), lab.purchases()), (9_920, 1));
}

#[test]
fn rent_any_is_for_us_local_numbers() {
    let mut lab = Lab::new();
    let gb = json!({"regionCode": "GB", "type": "MOBILE"});
    assert_invalid(&lab.post("v1/availableNumbers:rentAny", &gb), "US LOCAL");
    let pattern = json!({"regionCode": "US", "type": "LOCAL",
        "numberPattern": {"pattern": "+1999", "searchPattern": "START"}});
    let (status, body) = lab.post("v1/availableNumbers:rentAny", &pattern);
    assert_eq!((status, &body["error"]["details"][0]["resourceType"]), (404, &json!("AvailableNumber")));
}

#[test]
fn a_number_can_be_looked_at_until_it_is_rented() {
    let mut lab = Lab::new();
    let target = "v1/availableNumbers/%2B46650553763";
    let expected = json!({
        "phoneNumber": "+46650553763",
        "regionCode": "SE",
        "type": "LOCAL",
        "capability": ["VOICE"],
        "setupPrice": {"currencyCode": "USD", "amount": "0.57"},
        "monthlyPrice": {"currencyCode": "USD", "amount": "0.80"},
        "paymentIntervalMonths": 1,
        "supportingDocumentationRequired": true,
    });
    assert_eq!(lab.get(target), (200, expected));
    assert_invalid(&lab.post("v1/availableNumbers/%2B46650553763:rent", &Value::Null), "documentation");
    lab.rent("+12089087284");
    assert_eq!(lab.get("v1/availableNumbers/%2B12089087284").0, 404);
}

#[test]
fn regions_come_with_their_types() {
    let mut lab = Lab::new();
    let (status, body) = lab.get("v1/availableRegions");
    assert_eq!(status, 200);
    let expected = json!([
        {"regionCode": "CA", "regionName": "Canada", "types": ["LOCAL"]},
        {"regionCode": "GB", "regionName": "United Kingdom", "types": ["MOBILE", "LOCAL"]},
        {"regionCode": "SE", "regionName": "Sweden", "types": ["MOBILE", "LOCAL"]},
        {"regionCode": "US", "regionName": "United States", "types": ["LOCAL", "TOLL_FREE"]},
    ]);
    assert_eq!(body["availableRegions"], expected);
    let (_, some) = lab.get("v1/availableRegions?types=MOBILE&types=TOLL_FREE");
    assert_eq!(some["availableRegions"].as_array().unwrap().len(), 3);
    assert_invalid(&lab.get("v1/availableRegions?types=FAX"), "FAX");
}

#[test]
fn the_callback_secret_is_read_and_set() {
    let mut lab = Lab::new();
    let project = CREDENTIALS[0].1;
    let shown = |secret: &str| (200, json!({"projectId": project, "hmacSecret": secret}));
    assert_eq!(lab.get("v1/callbackConfiguration"), shown("callback-secret"));
    let body = json!({"hmacSecret": "strongPa$$PhraseWith36CharactersMax"});
    assert_eq!(lab.call("PATCH", "v1/callbackConfiguration", &body), shown("strongPa$$PhraseWith36CharactersMax"));
    assert!(!lab.sinch.state().to_string().contains("strongPa"));
    lab.settings.sinch.hmac_secret_rule = HmacSecretRule::LettersDigitsHyphens;
    assert_invalid(&lab.call("PATCH", "v1/callbackConfiguration", &body), "hmacSecret");
    assert_invalid(&lab.call("PATCH", "v1/callbackConfiguration", &json!({"hmacSecret": ""})), "hmacSecret");
}
