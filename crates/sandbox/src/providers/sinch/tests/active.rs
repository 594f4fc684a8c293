//! Lists of rented numbers, their months, their release.

use super::super::{ListWithoutType, ReleaseReply};
use super::*;

/// Six numbers: three local, two mobile, one toll-free.
fn lab_with_numbers() -> Lab {
    let mut lab = Lab::new();
    for number in ["+12089087284", "+12017654321", "+12085550100", "+447700900001", "+447700900000", "+18005550100"] {
        lab.rent(number);
    }
    lab
}

fn numbers(body: &Value) -> Vec<&str> {
    let rows = body["activeNumbers"].as_array().unwrap();
    rows.iter().map(|row| row["phoneNumber"].as_str().unwrap()).collect()
}

#[test]
fn a_v1_list_without_a_type_holds_mobile_numbers_only() {
    let mut lab = lab_with_numbers();
    assert_eq!(numbers(&lab.get("v1/activeNumbers").1), ["+447700900001", "+447700900000"]);
    lab.settings.sinch.v1_list_without_type = ListWithoutType::All;
    assert_eq!(lab.get("v1/activeNumbers").1["totalSize"], 6);
    lab.settings.sinch.v1_list_without_type = ListWithoutType::Refused;
    assert_invalid(&lab.get("v1/activeNumbers"), "type");
}

#[test]
fn a_guide_list_holds_all_and_has_no_token() {
    let mut lab = lab_with_numbers();
    let (_, body) = lab.get("v1alpha1/activeNumbers");
    assert_eq!((numbers(&body).len(), body.as_object().unwrap().len()), (6, 1));
    for name in ["size", "pageSize"] {
        assert_eq!(numbers(&lab.get(&format!("v1alpha1/activeNumbers?{name}=2")).1).len(), 2);
    }
    assert_invalid(&lab.get("v1alpha1/activeNumbers?pageToken=x"), "pageToken");
}

#[test]
fn tokens_lead_through_all_pages() {
    let mut lab = lab_with_numbers();
    let list = "v1/activeNumbers?type=LOCAL&pageSize=2&orderBy=phoneNumber";
    let (_, first) = lab.get(list);
    assert_eq!(numbers(&first), ["+12017654321", "+12085550100"]);
    assert_eq!(first["totalSize"], 3);
    let token = text(&first["nextPageToken"]);
    let (_, second) = lab.get(&format!("{list}&pageToken={token}"));
    assert_eq!(numbers(&second), ["+12089087284"]);
    assert_eq!((&second["nextPageToken"], &second["totalSize"]), (&json!(""), &json!(3)));
}

#[test]
fn a_token_is_good_for_its_own_filters_only() {
    let mut lab = lab_with_numbers();
    let token = text(&lab.get("v1/activeNumbers?type=LOCAL&pageSize=2").1["nextPageToken"]);
    assert_invalid(&lab.get(&format!("v1/activeNumbers?type=MOBILE&pageSize=2&pageToken={token}")), "pageToken");
    assert_invalid(&lab.get("v1/activeNumbers?type=LOCAL&pageToken=nonsense"), "pageToken");
    assert_invalid(&lab.get("v1/activeNumbers?type=LOCAL&orderBy=money"), "orderBy");
}

#[test]
fn filters_narrow_a_list() {
    let mut lab = lab_with_numbers();
    let filters =
        [("regionCode=GB", 2), ("capability=VOICE", 2), ("capability=SMS&capability=VOICE", 2), ("type=TOLL_FREE", 1)];
    for (filter, count) in filters {
        assert_eq!(numbers(&lab.get(&format!("v1alpha1/activeNumbers?{filter}")).1).len(), count, "{filter}");
    }
}

#[test]
fn an_empty_list_may_be_left_out() {
    let mut lab = Lab::new();
    assert_eq!(lab.get("v1alpha1/activeNumbers"), (200, json!({"activeNumbers": []})));
    lab.settings.sinch.omit_empty_lists = true;
    assert_eq!(lab.get("v1alpha1/activeNumbers"), (200, json!({})));
    assert_eq!(lab.get("v1/activeNumbers"), (200, json!({"nextPageToken": "", "totalSize": 0})));
}

#[test]
fn a_released_number_stays_until_its_month_is_over() {
    let mut lab = Lab::new();
    lab.rent("+12089087284");
    let target = "v1/activeNumbers/%2B12089087284";
    let (status, body) = lab.post(&format!("{target}:release"), &Value::Null);
    assert_eq!((status, &body["expireAt"]), (200, &json!("2026-06-12T14:30:00.000000Z")));
    assert_eq!(body["expireAt"], body["nextChargeDate"]);
    assert_eq!(lab.post(&format!("{target}:release"), &Value::Null), (200, body));
    lab.now = at("2026-06-12T14:29:59.999Z");
    assert_eq!(lab.get(target).0, 200);
    lab.now = at("2026-06-12T14:30:00Z");
    let (status, body) = lab.get(target);
    assert_eq!((status, &body["error"]["details"][0]["resourceType"]), (404, &json!("ActiveNumber")));
    assert_eq!((lab.minor(), lab.get("v1/availableNumbers/%2B12089087284").0), (9_800, 200));
}

#[test]
fn a_guide_release_answers_as_the_setting_says() {
    let mut lab = Lab::with(|sinch| sinch.v1alpha1_release_reply = ReleaseReply::Empty);
    lab.rent("+12089087284");
    let answer = lab.post("v1alpha1/activeNumbers/%2B12089087284:release", &Value::Null);
    assert_eq!(answer, (200, json!({})));
    assert_eq!(lab.sinch.state()["numbers"][0]["released"], true);
}

#[test]
fn a_kept_number_is_charged_every_month() {
    let mut lab = Lab::new();
    lab.now = at("2026-01-31T10:00:00Z");
    lab.rent("+12089087284");
    let next = |lab: &mut Lab, time: &str| {
        lab.now = at(time);
        text(&lab.get("v1/activeNumbers/%2B12089087284").1["nextChargeDate"])
    };
    assert_eq!(next(&mut lab, "2026-02-01T00:00:00Z"), "2026-02-28T10:00:00.000000Z");
    assert_eq!(next(&mut lab, "2026-03-01T00:00:00Z"), "2026-03-31T10:00:00.000000Z");
    assert_eq!((lab.minor(), lab.purchases()), (10_000 - 2 * 200, 1));
    assert_eq!(lab.sinch.state()["renewals"], 1);
}

#[test]
fn v1_shows_no_expiry_before_a_release() {
    let mut lab = Lab::new();
    lab.rent("+12089087284");
    assert_eq!(lab.get("v1/activeNumbers/%2B12089087284").1["expireAt"], Value::Null);
    lab.settings.sinch.v1alpha1_always_shows_expire_at = false;
    assert_eq!(lab.get("v1alpha1/activeNumbers").1["activeNumbers"][0]["expireAt"], Value::Null);
}
