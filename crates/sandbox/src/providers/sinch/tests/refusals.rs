use super::super::ForeignProject;
use super::*;

#[test]
fn a_number_that_is_gone_is_not_found_as_the_libraries_show() {
    let mut lab = Lab::new();
    let body = |kind: &str| {
        json!({"error": {"code": 404, "message": "", "status": "NOT_FOUND", "details": [{
            "type": "ResourceInfo",
            "resourceType": kind,
            "resourceName": "+1234567890",
            "owner": "",
            "description": "",
        }]}})
    };
    for version in ["v1", "v1alpha1"] {
        let rent = lab.post(&format!("{version}/availableNumbers/%2B1234567890:rent"), &Value::Null);
        assert_eq!(rent, (404, body("AvailableNumber")));
        let release = lab.post(&format!("{version}/activeNumbers/%2B1234567890:release"), &Value::Null);
        assert_eq!(release, (404, body("ActiveNumber")));
    }
}

#[test]
fn a_rented_number_cannot_be_rented_again() {
    let mut lab = Lab::new();
    lab.rent("+12089087284");
    assert_eq!(lab.post("v1/availableNumbers/%2B12089087284:rent", &Value::Null).0, 404);
    assert_eq!((lab.minor(), lab.purchases()), (9_800, 1));
}

#[test]
fn a_trial_account_rents_nothing() {
    let mut lab = Lab::with(|sinch| sinch.trial_account = true);
    let expected = json!({"error": {
        "code": 403,
        "message": "Trial account is not enabled to rent number",
        "status": "PERMISSION_DENIED",
        "details": [{
            "type": "ResourceInfo",
            "resourceType": "AvailableNumber",
            "resourceName": "",
            "owner": "",
            "description": "Trial account is not enabled to rent number",
        }],
    }});
    let rent = lab.post("v1/availableNumbers/%2B12089087284:rent", &Value::Null);
    assert_eq!(rent, (403, expected.clone()));
    let any = lab.post("v1/availableNumbers:rentAny", &json!({"regionCode": "US", "type": "LOCAL"}));
    assert_eq!(any, (403, expected));
}

#[test]
fn an_empty_wallet_rents_nothing() {
    let mut lab = Lab::with(|sinch| sinch.balance_minor = 199);
    let (status, body) = lab.post("v1/availableNumbers/%2B12089087284:rent", &Value::Null);
    assert_eq!((status, &body["error"]["message"]), (403, &json!("Insufficient balance")));
    assert_eq!((lab.minor(), lab.purchases()), (199, 0));
    assert_eq!(lab.get("v1/availableNumbers/%2B12089087284").0, 200);
}

#[test]
fn a_value_outside_its_enum_is_refused_in_the_pages_words() {
    let expected = json!({"error": {
        "code": 400,
        "message": "parsing field \"type\": \"XXX\" is not a valid value",
        "status": "INVALID_ARGUMENT",
        "details": [],
    }});
    let mut lab = Lab::new();
    for target in ["v1alpha1/availableNumbers?type=XXX", "v1/activeNumbers?type=XXX"] {
        assert_eq!(lab.get(target), (400, expected.clone()));
    }
}

#[test]
fn an_unknown_parameter_is_refused_with_its_field() {
    let mut lab = Lab::new();
    let (status, body) = lab.get("v1alpha1/availableNumbers?region=US");
    let violation = json!({"field": "region", "description": "unknown parameter"});
    let details = json!([{"type": "BadRequest", "fieldViolations": [violation]}]);
    assert_eq!((status, &body["error"]["details"]), (400, &details));
    for (target, name) in [
        ("v1alpha1/availableNumbers?size=0", "size"),
        ("v1alpha1/availableNumbers?size=1&pageSize=1", "pageSize"),
        ("v1alpha1/availableNumbers?regionCode=us", "regionCode"),
        ("v1alpha1/availableNumbers?regionCode=US&regionCode=GB", "regionCode"),
        ("v1alpha1/availableNumbers?capability=FAX", "capability"),
        ("v1alpha1/availableNumbers?numberPattern.searchPattern=MIDDLE", "searchPattern"),
    ] {
        assert_invalid(&lab.get(target), name);
    }
}

#[test]
fn a_field_that_no_page_names_is_refused() {
    let mut lab = Lab::new();
    let rent = |lab: &mut Lab, version: &str, body: Value| {
        lab.post(&format!("{version}/availableNumbers/%2B12089087284:rent"), &body)
    };
    assert_invalid(&rent(&mut lab, "v1", json!({"displayName": "x"})), "displayName");
    assert_invalid(&rent(&mut lab, "v1alpha1", json!({"callbackUrl": "https://a.example"})), "callbackUrl");
    let campaign = json!({"smsConfiguration": {"campaignId": "c"}});
    assert_invalid(&rent(&mut lab, "v1alpha1", campaign), "smsConfiguration.campaignId");
    assert_invalid(&rent(&mut lab, "v1", json!([])), "object");
    assert_eq!(lab.purchases(), 0);
}

#[test]
fn a_body_has_to_be_json_and_expected() {
    let mut lab = Lab::new();
    lab.rent("+12089087284");
    let mut request = lab.request("PATCH", "v1/activeNumbers/%2B12089087284", &json!({"displayName": "x"}));
    request.headers[1].1 = "text/plain".to_owned();
    assert_invalid(&read(&lab.handle(&request)), "Content-Type");
    let mut request = lab.request("PATCH", "v1/activeNumbers/%2B12089087284", &json!({"displayName": "x"}));
    request.body.pop();
    assert_invalid(&read(&lab.handle(&request)), "not valid JSON");
    assert_invalid(&lab.call("GET", "v1/availableRegions", &json!({})), "GET");
    assert_invalid(&lab.post("v1/activeNumbers/%2B12089087284:release", &json!({})), "POST");
}

#[test]
fn an_unknown_path_is_not_found_and_a_wrong_method_not_allowed() {
    let mut lab = Lab::new();
    for target in ["v1/numbers", "v1/availableNumbers:rent", "v1/availableNumbers/%2B1:buy", "v2/activeNumbers", "v1/"]
    {
        let (status, body) = lab.get(target);
        assert_eq!((status, &body["error"]["status"]), (404, &json!("NOT_FOUND")), "{target}");
    }
    let request = lab.request("DELETE", "v1/activeNumbers/%2B12089087284", &Value::Null);
    let response = lab.handle(&request);
    assert!(response.headers.contains(&("allow".to_owned(), "GET, PATCH".to_owned())));
    assert_eq!(response.status, 405);
}

#[test]
fn a_verb_is_found_behind_an_encoded_colon() {
    let mut lab = Lab::new();
    assert_eq!(lab.post("v1/availableNumbers/%2B12089087284%3Arent", &Value::Null).0, 200);
}

#[test]
fn another_project_is_closed() {
    let mut lab = Lab::new();
    let at = |rest: &str, lab: &mut Lab| {
        let mut request = lab.request("GET", "v1/activeNumbers", &Value::Null);
        request.path = format!("/v1/projects/other/{rest}");
        read(&lab.handle(&request))
    };
    assert_eq!(at("activeNumbers", &mut lab).0, 403);
    let (status, body) = at("callbackConfiguration", &mut lab);
    assert_eq!((status, &body["error"]["details"][0]["resourceType"]), (404, &json!("CallbackConfiguration")));
    lab.settings.sinch.foreign_project = ForeignProject::NotFound;
    assert_eq!(at("activeNumbers", &mut lab).0, 404);
}

#[test]
fn lenient_overlooks_what_strict_refuses() {
    let mut lab = Lab::new();
    lab.settings.lenient = true;
    let target = "v1alpha1/availableNumbers?regionCode=us&extra=1&numberPattern.pattern=+1206&size=1";
    assert_eq!(lab.get(target).1["availableNumbers"][0]["phoneNumber"], "+12065550100");
    lab.rent("+12089087284");
    assert_eq!(lab.post("v1/activeNumbers/%2B12089087284:release", &json!({})).0, 200);
}

#[test]
fn lenient_filters_by_the_capabilities_of_the_python_library() {
    let mut lab = Lab::new();
    lab.rent("+12089087284");
    lab.rent("+12017654321");
    let target = "v1/activeNumbers?type=LOCAL&capabilities=SMS&capabilities=VOICE";
    assert_invalid(&lab.get(target), "capabilities");
    lab.settings.lenient = true;
    let (status, body) = lab.get(target);
    let numbers: Vec<&Value> =
        body["activeNumbers"].as_array().unwrap().iter().map(|row| &row["phoneNumber"]).collect();
    assert_eq!((status, numbers), (200, vec![&json!("+12017654321")]));
}

#[test]
fn no_credential_is_in_the_state() {
    let lab = Lab::new();
    let state = lab.sinch.state().to_string();
    assert!(!state.contains(CREDENTIALS[1].1) && !state.contains(CREDENTIALS[2].1));
    assert!(!state.contains("callback-secret"));
    assert_eq!(lab.sinch.state()["stock"], 295);
}

#[test]
fn a_misspelt_setting_is_an_error() {
    let read = |text: &str| serde_json::from_str::<super::super::Settings>(text);
    assert!(read(r#"{"trial_account": true}"#).unwrap().trial_account);
    assert!(read(r#"{"trial": true}"#).is_err());
}

#[test]
fn too_many_calls_in_a_second_are_refused() {
    let mut lab = Lab::with(|sinch| sinch.requests_per_second = Some(1));
    assert_eq!(lab.get("v1/availableRegions").0, 200);
    let error = json!({"code": 429, "message": "Too Many Requests", "status": "RESOURCE_EXHAUSTED", "details": []});
    assert_eq!(lab.get("v1/availableRegions"), (429, json!({"error": error})));
    lab.wait(1);
    assert_eq!(lab.get("v1/availableRegions").0, 200);
}

#[test]
fn the_end_of_time_ends_nothing_else() {
    let mut lab = Lab::new();
    lab.rent("+12089087284");
    lab.now = Time(i64::MAX);
    let (status, number) = lab.get("v1/activeNumbers/%2B12089087284");
    assert_eq!((status, &number["nextChargeDate"]), (200, &Value::Null));
}
