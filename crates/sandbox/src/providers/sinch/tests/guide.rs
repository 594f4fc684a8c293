//! The guide's own examples (v1alpha1), value for value.

use super::*;

const PLAN: &str = "957ae16ae12d4942b91b61eda5e4ed6b";

#[test]
fn the_search_gives_the_guides_number() {
    let (status, body) = Lab::new().get("v1alpha1/availableNumbers?regionCode=US&size=1");
    let expected = json!({"availableNumbers": [{
        "phoneNumber": "+12089087284",
        "regionCode": "US",
        "type": "LOCAL",
        "capability": ["SMS"],
        "setupPrice": {"currencyCode": "USD", "amount": "0.00"},
        "monthlyPrice": {"currencyCode": "USD", "amount": "2.00"},
        "paymentIntervalMonths": 1,
    }]});
    assert_eq!((status, body), (200, expected));
}

#[test]
fn a_rent_answers_with_the_number_alone() {
    let mut lab = Lab::new();
    let body = json!({"smsConfiguration": {"servicePlanId": "sdfewe383408d"}});
    let answer = lab.post("v1alpha1/availableNumbers/%2B12092224786:rent", &body);
    assert_eq!(answer, (200, json!({"phoneNumber": "+12092224786"})));
    assert_eq!((lab.minor(), lab.purchases()), (9_800, 1));
}

#[test]
fn a_rent_needs_no_body_and_takes_a_raw_plus() {
    let mut lab = Lab::new();
    let answer = lab.post("v1alpha1/availableNumbers/+12092224786:rent", &Value::Null);
    assert_eq!(answer, (200, json!({"phoneNumber": "+12092224786"})));
}

#[test]
fn the_list_gives_the_guides_active_number() {
    let mut lab = Lab::new();
    lab.now = at("2020-10-29T09:54:20.516Z");
    let body = json!({"smsConfiguration": {"servicePlanId": PLAN}});
    lab.post("v1alpha1/availableNumbers/%2B12086390939:rent", &body);
    lab.wait(3);
    let target = "v1alpha1/activeNumbers?numberPattern.searchPattern=SEARCH_PATTERN_UNSPECIFIED\
                  &type=NUMBER_TYPE_UNSPECIFIED&capability=NUMBER_CAPABILITY_UNSPECIFIED";
    let expected = json!({"activeNumbers": [{
        "phoneNumber": "+12086390939",
        "projectId": "0994c893-4d74-4455-8259-4f5c68d92f6f",
        "displayName": "",
        "regionCode": "US",
        "type": "LOCAL",
        "capability": ["SMS"],
        "money": {"currencyCode": "USD", "amount": "2.0"},
        "paymentIntervalMonths": 1,
        "nextChargeDate": "2020-11-29T09:54:20.516Z",
        "expireAt": "2020-11-29T09:54:20.516Z",
        "smsConfiguration": {"servicePlanId": PLAN, "scheduledProvisioning": null},
    }]});
    assert_eq!(lab.get(target), (200, expected));
}

#[test]
fn the_update_gives_the_guides_number_in_progress() {
    let mut lab = Lab::with(|sinch| sinch.provisioning_waiting_seconds = 0);
    lab.now = at("2020-10-30T10:32:08.882Z");
    let body = json!({"smsConfiguration": {"servicePlanId": PLAN}});
    lab.post("v1alpha1/availableNumbers/%2B12092224786:rent", &body);
    lab.now = at("2020-11-02T12:09:59.876Z");
    let expected = json!({
        "phoneNumber": "+12092224786",
        "projectId": "0994c893-4d74-4455-8259-4f5c68d92f6f",
        "displayName": "",
        "regionCode": "US",
        "type": "LOCAL",
        "capability": ["SMS"],
        "money": {"currencyCode": "USD", "amount": "2.0"},
        "paymentIntervalMonths": 1,
        "nextChargeDate": "2020-11-30T10:32:08.882Z",
        "expireAt": "2020-11-30T10:32:08.882Z",
        "smsConfiguration": {
            "servicePlanId": PLAN,
            "scheduledProvisioning": {
                "servicePlanId": PLAN,
                "status": "IN_PROGRESS",
                "lastUpdatedTime": "2020-11-02T12:09:59.876Z",
            },
        },
    });
    assert_eq!(lab.call("PATCH", "v1alpha1/activeNumbers/%2B12092224786", &body), (200, expected));
}

#[test]
fn the_mask_selects_and_empties() {
    let mut lab = Lab::new();
    lab.rent("+12092224786");
    let target = "v1alpha1/activeNumbers/%2B12092224786";
    let named = lab.call("PATCH", &format!("{target}?updateMask=displayName"), &json!({"displayName": "shop"}));
    assert_eq!((named.0, &named.1["displayName"]), (200, &json!("shop")));
    let emptied = lab.call("PATCH", &format!("{target}?updateMask=displayName"), &json!({}));
    assert_eq!((emptied.0, &emptied.1["displayName"]), (200, &json!("")));
}

#[test]
fn a_mask_that_does_not_fit_is_refused() {
    let mut lab = Lab::new();
    lab.rent("+12092224786");
    let target = "v1alpha1/activeNumbers/%2B12092224786";
    let body = json!({"displayName": "shop"});
    assert_invalid(&lab.call("PATCH", &format!("{target}?updateMask=money"), &body), "money");
    let unmasked = lab.call("PATCH", &format!("{target}?updateMask=smsConfiguration.servicePlanId"), &body);
    assert_invalid(&unmasked, "displayName");
    assert_invalid(&lab.call("PATCH", target, &json!({})), "body");
    assert_invalid(&lab.call("PATCH", target, &json!({"callbackUrl": "https://a.example"})), "callbackUrl");
}

#[test]
fn what_only_v1_names_is_not_served_unless_the_setting_says_so() {
    let mut lab = Lab::new();
    lab.rent("+12092224786");
    for target in ["v1alpha1/availableRegions", "v1alpha1/availableNumbers/%2B12089087284"] {
        assert_eq!(lab.get(target).0, 404, "{target}");
    }
    assert_eq!(lab.get("v1alpha1/activeNumbers/%2B12092224786").0, 405);
    lab.settings.sinch.v1alpha1_serves_all = true;
    assert_eq!(lab.get("v1alpha1/activeNumbers/%2B12092224786").0, 200);
    assert_eq!(lab.get("v1alpha1/availableRegions").0, 200);
}
