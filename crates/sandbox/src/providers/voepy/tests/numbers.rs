use super::super::DeleteReply;
use super::*;

#[test]
fn a_number_becomes_active_after_its_delay() {
    let mut lab = Lab::new();
    lab.order(&["+15125550100"]);
    lab.wait(2);
    assert_eq!(lab.get("/v1/numbers").1["data"][0]["status"], "pending");
    lab.wait(60);
    let number = &lab.get("/v1/numbers").1["data"][0];
    assert_eq!(number["status"], "active");
    assert_eq!(number["activated_at"], "2026-05-12T14:30:03.000Z");
}

#[test]
fn a_failed_activation_gives_the_fee_and_the_number_back() {
    let mut lab = Lab::with(|voepy| voepy.failing_numbers = vec!["+15125550100".into()]);
    lab.order(&["+15125550100"]);
    assert_eq!(lab.cents(), 12_350);
    lab.wait(3);
    assert_eq!(lab.get("/v1/numbers").1["data"][0]["status"], "failed");
    assert_eq!(lab.cents(), 12_450);
    lab.settings.voepy.failing_numbers.clear();
    assert_eq!(lab.order(&["+15125550100"]).0, 201);
}

#[test]
fn a_released_row_stays_and_gives_nothing_back() {
    let mut lab = Lab::new();
    let id = lab.active("+15125550100");
    let target = format!("/v1/numbers/{id}");
    let (status, number) = lab.call("DELETE", &target, &Value::Null);
    assert_eq!((status, &number["status"]), (200, &json!("released")));
    assert_eq!(number["released_at"], "2026-05-12T14:30:03.000Z");
    assert_eq!(lab.cents(), 12_350);
    assert_eq!(lab.get("/v1/numbers?status=released").1["data"], json!([number]));
    assert_refused(&lab.call("DELETE", &target, &Value::Null), 409, "number_not_active", "released");
    assert_refused(&lab.order(&["+15125550100"]), 409, "number_unavailable", "+15125550100");
    lab.wait(30 * 86_400);
    assert_eq!(lab.order(&["+15125550100"]).0, 201);
}

#[test]
fn a_release_answers_as_the_setting_says() {
    for (reply, status) in [(DeleteReply::Accepted, 202), (DeleteReply::NoContent, 204)] {
        let mut lab = Lab::with(|voepy| voepy.delete_reply = reply);
        let id = lab.active("+15125550100");
        assert_eq!(lab.call("DELETE", &format!("/v1/numbers/{id}"), &Value::Null), (status, Value::Null));
    }
}

#[test]
fn a_release_is_replayed_under_its_key() {
    let mut lab = Lab::new();
    let target = format!("/v1/numbers/{}", lab.active("+15125550100"));
    let first = lab.keyed(KEY_A, "DELETE", &target, &Value::Null);
    assert_eq!(first.0, 200);
    assert_eq!(lab.keyed(KEY_A, "DELETE", &target, &Value::Null), first);
    assert_eq!(lab.keyed(KEY_B, "DELETE", &target, &Value::Null).0, 409);
}

#[test]
fn a_pending_number_is_released_only_where_the_setting_says_so() {
    let mut lab = Lab::new();
    let target = format!("/v1/numbers/{}", text(&lab.order(&["+15125550100"]).1[0]["id"]));
    let refused = lab.call("DELETE", &target, &Value::Null);
    assert_refused(&refused, 409, "number_not_yet_active", "pending");
    lab.settings.voepy.pending_can_be_released = true;
    assert_eq!(lab.call("DELETE", &target, &Value::Null).0, 200);
}

#[test]
fn monthly_fees_are_taken_on_the_first_the_first_month_prorated() {
    let mut lab = Lab::new();
    lab.active("+15125550100");
    lab.now = Time(1_780_271_999_999);
    lab.get("/v1/account");
    assert_eq!(lab.cents(), 12_350);
    lab.now = Time(1_780_272_000_000);
    lab.get("/v1/account");
    // 150 * (2026-06-01 - 2026-05-12T14:30:03) / 31 days = 93.8…, and 150 for June.
    assert_eq!(lab.cents(), 12_350 - 93 - 150);
    assert_eq!(lab.voepy.state()["monthly_charges"], 1);
    assert_eq!(lab.purchases(), 1);
}

#[test]
fn a_released_number_costs_no_further_month() {
    let mut lab = Lab::new();
    let id = lab.active("+15125550100");
    lab.call("DELETE", &format!("/v1/numbers/{id}"), &Value::Null);
    lab.now = Time(1_790_000_000_000);
    lab.get("/v1/account");
    assert_eq!(lab.cents(), 12_350 - 93);
}

#[test]
fn a_message_arrives_only_where_messaging_is_enabled() {
    let mut lab = Lab::new();
    let id = lab.active("+15125550100");
    let receive = |lab: &mut Lab| {
        let mut context = Context { now: lab.now, ids: &mut lab.ids, settings: &lab.settings };
        lab.voepy.receive_sms(&mut context, "+15125550100", "+12025550134", "hello")
    };
    assert_eq!(receive(&mut lab), Err("+15125550100 has messaging_enabled off".to_owned()));
    lab.call("PATCH", &format!("/v1/numbers/{id}"), &json!({"messaging_enabled": true}));
    assert_eq!(receive(&mut lab), Ok(()));
    assert_eq!(lab.voepy.state()["messages_received"], 1);
}

#[test]
fn the_end_of_time_ends_nothing_else() {
    let mut lab = Lab::new();
    lab.active("+15125550100");
    lab.now = Time(i64::MAX);
    assert_eq!(lab.get("/v1/numbers").1["data"][0]["status"], "active");
}
