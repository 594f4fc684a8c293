use super::*;
use crate::events::{Notice, Progress, Seal, Stage};

const URL: &str = "http://127.0.0.1:8080/voepy";

impl Lab {
    /// The secret of a new subscription.
    fn subscribe(&mut self, body: &Value) -> String {
        let (status, reply) = self.post("/v1/webhook-subscriptions", body);
        assert_eq!(status, 201, "{reply}");
        text(&reply["signing_secret"])
    }

    fn notices(&mut self) -> Vec<Notice> {
        let mut context = Context { now: self.now, ids: &mut self.ids, settings: &self.settings };
        self.voepy.advance(&mut context);
        self.voepy.take_notices(&mut context)
    }

    fn deliveries(&mut self) -> Value {
        self.get("/v1/webhook-deliveries").1["data"].clone()
    }
}

fn everything() -> Value {
    json!({"target_url": URL, "event_types": ["*"]})
}

fn body(request: &Request) -> Value {
    serde_json::from_slice(&request.body).unwrap()
}

#[test]
fn a_completed_order_is_told_with_its_number() {
    let mut lab = Lab::new();
    lab.subscribe(&everything());
    let id = lab.active("+15125550100");
    let notices = lab.notices();
    assert_eq!((notices.len(), notices[0].url.as_str()), (1, URL));
    let request = notices[0].content.write(Request::default(), lab.now, Seal::Whole);
    assert_eq!((request.method.as_str(), request.header("content-type")), ("POST", Some("application/json")));
    let event = body(&request);
    assert_eq!(
        (&event["event_type"], &event["created_at"]),
        (&json!("number_order.completed"), &json!("2026-05-12T14:30:03.000Z"))
    );
    assert_eq!(event["data"]["status"], "completed");
    let number = &event["data"]["numbers"][0];
    assert_eq!(
        (&number["id"], &number["e164"], &number["status"]),
        (&json!(id), &json!("+15125550100"), &json!("active"))
    );
}

/// The signature computed here as the assumption words it, with another library's HMAC: openssl's.
#[test]
fn the_assumed_signature_is_over_the_moment_and_the_body() {
    let webhook = super::super::webhooks::Webhook {
        body: json!({"id": "evt_1", "data": {"status": "completed"}}),
        secret: "whsec_0123456789abcdef0123456789abcdef".to_owned(),
    };
    use crate::events::Content;
    let sealed = |seal| webhook.write(Request::default(), Time::START, seal);
    let whole = sealed(Seal::Whole);
    assert_eq!(whole.body, br#"{"data":{"status":"completed"},"id":"evt_1"}"#);
    let signature = "t=1778596200,v1=84baa905c154e21b162fc3b60cfdaa9e5ec89d8495a1c924365cfcbf984fb266";
    assert_eq!(whole.header("voepy-signature"), Some(signature));
    let broken = sealed(Seal::Broken);
    assert_eq!(broken.body, br#"{"data":{"status":"changed"},"id":"evt_1"}"#);
    assert_eq!(broken.header("voepy-signature"), Some(signature));
    assert_eq!((sealed(Seal::Missing).header("voepy-signature"), sealed(Seal::Missing).body), (None, whole.body));
    let later = webhook.write(Request::default(), Time::START.after(Duration::from_secs(1)), Seal::Whole);
    assert!(later.header("voepy-signature").unwrap().starts_with("t=1778596201,v1="), "{later:?}");
}

#[test]
fn one_event_has_one_id_and_each_subscriber_its_own_secret() {
    let mut lab = Lab::new();
    let secrets = [lab.subscribe(&everything()), lab.subscribe(&everything())];
    assert_ne!(secrets[0], secrets[1]);
    lab.active("+15125550100");
    let now = lab.now;
    let sent: Vec<Request> =
        lab.notices().iter().map(|it| it.content.write(Request::default(), now, Seal::Whole)).collect();
    assert_eq!((sent.len(), body(&sent[0])), (2, body(&sent[1])));
    assert_ne!(sent[0].header("voepy-signature"), sent[1].header("voepy-signature"));
}

#[test]
fn every_step_of_a_port_is_told_to_those_who_ask_for_it() {
    let mut lab = Lab::with(|voepy| voepy.porting.needs_documents = false);
    lab.subscribe(
        &json!({"target_url": URL, "event_types": ["porting_order.foc_scheduled", "porting_order.completed"]}),
    );
    let (status, order) = lab.post("/v1/numbers/porting-orders", &json!({"phone_numbers": ["+13125550142"]}));
    assert_eq!(status, 201, "{order}");
    lab.wait(10 * 86_400);
    let now = lab.now;
    let sent: Vec<Value> =
        lab.notices().iter().map(|it| body(&it.content.write(Request::default(), now, Seal::Whole))).collect();
    let told: Vec<(&Value, &Value)> =
        sent.iter().map(|event| (&event["event_type"], &event["data"]["status"])).collect();
    let (foc, completed) = (json!("porting_order.foc_scheduled"), json!("porting_order.completed"));
    assert_eq!(told, [(&foc, &json!("foc_scheduled")), (&completed, &json!("completed"))]);
    assert_eq!((&sent[0]["data"]["id"], &sent[0]["data"]["phone_numbers"]), (&order["id"], &json!(["+13125550142"])));
}

#[test]
fn deliveries_show_how_far_they_have_come() {
    let mut lab = Lab::new();
    lab.subscribe(&everything());
    lab.active("+15125550100");
    let reference = lab.notices()[0].reference.clone();
    assert_eq!(lab.deliveries()[0]["id"], json!(reference));
    let shown = |lab: &mut Lab| {
        let row = lab.deliveries()[0].clone();
        (text(&row["status"]), row["attempts"].clone(), row["response_status"].clone())
    };
    assert_eq!(shown(&mut lab), ("pending".to_owned(), json!(0), Value::Null));
    for (stage, status, name) in [
        (Stage::Pending, Some(500), "pending"),
        (Stage::Failed, None, "failed"),
        (Stage::Delivered, Some(204), "delivered"),
    ] {
        lab.voepy.told(&reference, Progress { attempts: 2, status, stage });
        assert_eq!(shown(&mut lab), (name.to_owned(), json!(2), json!(status)));
    }
}

#[test]
fn http_will_do_for_this_machine_alone() {
    let mut lab = Lab::new();
    for url in ["http://127.0.0.1:8080/hook", "http://[::1]:9/", "http://localhost"] {
        lab.subscribe(&json!({"target_url": url, "event_types": ["*"]}));
    }
    for url in [
        "http://127.0.0.1.example.com/",
        "http://localhost.example.com/",
        "http://user@example.com/",
        "ftp://localhost/",
    ] {
        let body = json!({"target_url": url, "event_types": ["*"]});
        assert_refused(&lab.post("/v1/webhook-subscriptions", &body), 422, "validation_failed", "target_url");
    }
}
