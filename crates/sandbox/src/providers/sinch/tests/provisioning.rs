use super::*;

const TARGET: &str = "v1/activeNumbers/%2B12017654321";

fn rented_with_plan(lab: &mut Lab) {
    let body = json!({"smsConfiguration": {"servicePlanId": "plan-a"}});
    assert_eq!(lab.post("v1/availableNumbers/%2B12017654321:rent", &body).0, 200);
}

#[test]
fn a_plan_waits_is_in_progress_and_then_stands() {
    let mut lab = Lab::new();
    rented_with_plan(&mut lab);
    let sms = |lab: &mut Lab| lab.get(TARGET).1["smsConfiguration"].clone();
    assert_eq!(sms(&mut lab)["scheduledProvisioning"]["status"], "WAITING");
    lab.wait(1);
    let scheduled = sms(&mut lab)["scheduledProvisioning"].clone();
    assert_eq!(scheduled["status"], "IN_PROGRESS");
    assert_eq!(scheduled["lastUpdatedTime"], "2026-05-12T14:30:01.000000Z");
    assert_eq!(sms(&mut lab)["servicePlanId"], "");
    lab.wait(2);
    let done = json!({"servicePlanId": "plan-a", "campaignId": "", "scheduledProvisioning": null});
    assert_eq!(sms(&mut lab), done);
}

#[test]
fn an_unlink_ends_what_is_scheduled() {
    let mut lab = Lab::new();
    rented_with_plan(&mut lab);
    let unlink = json!({"smsConfiguration": {"servicePlanId": ""}});
    assert_eq!(lab.call("PATCH", TARGET, &unlink).1["smsConfiguration"]["scheduledProvisioning"], Value::Null);
    lab.wait(60);
    assert_eq!(lab.get(TARGET).1["smsConfiguration"]["servicePlanId"], "");
}

#[test]
fn time_may_jump_over_all_stages() {
    let mut lab = Lab::new();
    rented_with_plan(&mut lab);
    lab.wait(3_600);
    assert_eq!(lab.get(TARGET).1["smsConfiguration"]["servicePlanId"], "plan-a");
}

#[test]
fn a_failure_stays_visible_with_its_code() {
    let mut lab = Lab::with(|sinch| sinch.sms_provisioning_error = Some("SMS_PROVISIONING_FAILED".into()));
    rented_with_plan(&mut lab);
    lab.wait(60);
    let (_, number) = lab.get(TARGET);
    assert_eq!(number["smsConfiguration"]["servicePlanId"], "");
    let scheduled = &number["smsConfiguration"]["scheduledProvisioning"];
    assert_eq!(scheduled["status"], "FAILED");
    assert_eq!(scheduled["errorCodes"], json!(["SMS_PROVISIONING_FAILED"]));
    assert_eq!(scheduled["lastUpdatedTime"], "2026-05-12T14:30:03.000000Z");
}

#[test]
fn the_old_voice_link_stays_until_the_new_one_stands() {
    let mut lab = Lab::new();
    lab.rent("+12017654321");
    let patch = |lab: &mut Lab, voice: Value| lab.call("PATCH", TARGET, &json!({"voiceConfiguration": voice})).1;
    patch(&mut lab, json!({"type": "RTC", "appId": "app"}));
    lab.wait(3);
    let voice = patch(&mut lab, json!({"type": "EST", "trunkId": "trunk"}))["voiceConfiguration"].clone();
    assert_eq!((&voice["type"], &voice["appId"]), (&json!("RTC"), &json!("app")));
    assert_eq!(voice["lastUpdatedTime"], "2026-05-12T14:30:03.000000Z");
    assert_eq!(voice["scheduledVoiceProvisioning"]["trunkId"], "trunk");
    lab.wait(3);
    let voice = lab.get(TARGET).1["voiceConfiguration"].clone();
    assert_eq!((&voice["type"], &voice["trunkId"], &voice["appId"]), (&json!("EST"), &json!("trunk"), &json!("")));
    assert_eq!(voice["scheduledVoiceProvisioning"], Value::Null);
    let failing = |settings: &mut Settings| settings.sinch.voice_provisioning_fails = true;
    failing(&mut lab.settings);
    patch(&mut lab, json!({"type": "FAX", "serviceId": "fax"}));
    lab.wait(3);
    let voice = lab.get(TARGET).1["voiceConfiguration"].clone();
    assert_eq!((&voice["type"], &voice["scheduledVoiceProvisioning"]["status"]), (&json!("EST"), &json!("FAILED")));
}

#[test]
fn v1_relinks_only_after_an_unlink() {
    let mut lab = Lab::new();
    rented_with_plan(&mut lab);
    lab.wait(3);
    let plan = |plan: &str| json!({"smsConfiguration": {"servicePlanId": plan}});
    assert_invalid(&lab.call("PATCH", TARGET, &plan("plan-b")), "unlink");
    let unlinked = lab.call("PATCH", TARGET, &plan("")).1["smsConfiguration"].clone();
    assert_eq!((&unlinked["servicePlanId"], &unlinked["scheduledProvisioning"]), (&json!(""), &Value::Null));
    let relinked = lab.call("PATCH", TARGET, &plan("plan-b")).1;
    assert_eq!(relinked["smsConfiguration"]["scheduledProvisioning"]["servicePlanId"], "plan-b");
}

#[test]
fn the_guide_moves_a_number_between_plans_directly() {
    let mut lab = Lab::new();
    rented_with_plan(&mut lab);
    lab.wait(3);
    let body = json!({"smsConfiguration": {"servicePlanId": "plan-b"}});
    let (status, number) = lab.call("PATCH", "v1alpha1/activeNumbers/%2B12017654321", &body);
    assert_eq!((status, &number["smsConfiguration"]["servicePlanId"]), (200, &json!("plan-a")));
    lab.wait(3);
    assert_eq!(lab.get(TARGET).1["smsConfiguration"]["servicePlanId"], "plan-b");
}

#[test]
fn a_campaign_needs_a_plan_and_the_us() {
    let mut lab = Lab::new();
    lab.rent("+12017654321");
    lab.rent("+447700900000");
    let campaign = json!({"smsConfiguration": {"campaignId": "c"}});
    assert_invalid(&lab.call("PATCH", TARGET, &campaign), "servicePlanId");
    let both = json!({"smsConfiguration": {"servicePlanId": "plan-a", "campaignId": "c"}});
    assert_invalid(&lab.call("PATCH", "v1/activeNumbers/%2B447700900000", &both), "campaignId");
    lab.call("PATCH", TARGET, &both);
    lab.wait(3);
    let expected = json!({"servicePlanId": "plan-a", "campaignId": "c", "scheduledProvisioning": null});
    assert_eq!(lab.get(TARGET).1["smsConfiguration"], expected);
    let unlinked = lab.call("PATCH", TARGET, &json!({"smsConfiguration": {"campaignId": ""}})).1;
    let expected = json!({"servicePlanId": "plan-a", "campaignId": "", "scheduledProvisioning": null});
    assert_eq!(unlinked["smsConfiguration"], expected);
}

#[test]
fn a_configuration_that_does_not_fit_is_refused() {
    let mut lab = Lab::new();
    let rent =
        |lab: &mut Lab, number: &str, body: Value| lab.post(&format!("v1/availableNumbers/%2B{number}:rent"), &body);
    let voice = |fields: Value| json!({"voiceConfiguration": fields});
    let rtc = json!({"type": "RTC", "appId": "a"});
    assert_invalid(&rent(&mut lab, "12089087284", voice(rtc)), "voiceConfiguration");
    assert_invalid(&rent(&mut lab, "12017654321", json!({"smsConfiguration": {}})), "smsConfiguration");
    assert_invalid(&rent(&mut lab, "12017654321", voice(json!({}))), "voiceConfiguration");
    assert_invalid(&rent(&mut lab, "12017654321", voice(json!({"type": "RTC", "trunkId": "t"}))), "trunkId");
    assert_invalid(&rent(&mut lab, "12017654321", voice(json!({"type": "RTC"}))), "appId");
    assert_invalid(&rent(&mut lab, "12017654321", voice(json!({"type": "SIP", "appId": "a"}))), "SIP");
    let sms = json!({"smsConfiguration": {"servicePlanId": "p"}});
    assert_invalid(&rent(&mut lab, "12065550100", sms), "smsConfiguration");
    assert_invalid(&rent(&mut lab, "12017654321", json!({"callbackUrl": "a.example"})), "callbackUrl");
    assert_eq!((lab.minor(), lab.purchases()), (10_000, 0));
}

#[test]
fn a_message_needs_a_plan_that_stands() {
    let mut lab = Lab::new();
    let receive = |lab: &mut Lab| {
        let mut context = Context { now: lab.now, ids: &mut lab.ids, settings: &lab.settings };
        lab.sinch.receive_sms(&mut context, "+12017654321", "+12025550134", "hello")
    };
    assert_eq!(receive(&mut lab), Err("+12017654321 is no active number".to_owned()));
    rented_with_plan(&mut lab);
    assert_eq!(receive(&mut lab), Err("+12017654321 has no service plan yet".to_owned()));
    lab.wait(3);
    assert_eq!(receive(&mut lab), Ok(()));
    assert_eq!(lab.sinch.state()["numbers"][0]["messages_received"], 1);
}
