use super::*;

const BOUNDARY: &str = "----trunkline";

/// A multipart body of (field, file name, content); no file name is a plain field.
fn multipart(parts: &[(&str, Option<&str>, &str)]) -> Vec<u8> {
    let mut body = String::new();
    for (name, filename, content) in parts {
        let filename = filename.map(|name| format!("; filename=\"{name}\"")).unwrap_or_default();
        body += &format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{filename}\r\n");
        body += &format!("Content-Type: application/pdf\r\n\r\n{content}\r\n");
    }
    format!("{body}--{BOUNDARY}--\r\n").into_bytes()
}

fn upload_bytes(lab: &mut Lab, body: Vec<u8>) -> (u16, Value) {
    let mut request = lab.request("POST", "/v1/numbers/porting-documents", &Value::Null);
    request.headers.push(("Content-Type".into(), format!("multipart/form-data; boundary={BOUNDARY}")));
    request.body = body;
    read(&lab.handle(&request))
}

fn upload(lab: &mut Lab, parts: &[(&str, Option<&str>, &str)]) -> (u16, Value) {
    upload_bytes(lab, multipart(parts))
}

fn port_body(document: &Value) -> Value {
    json!({
        "phone_numbers": ["+15125550100"],
        "user_feedback": {"comment": "Moving from CarrierX"},
        "documents": [document],
    })
}

#[test]
fn a_lookup_costs_although_it_is_a_get() {
    let mut lab = Lab::new();
    let (status, carrier) = lab.get("/v1/numbers/lookup?phone_number=%2B15125550100&type=carrier");
    assert_eq!((status, &carrier["phone_number"]), (200, &json!("+15125550100")));
    assert!(carrier["carrier_name"].is_string() && carrier["network_type"] == "landline");
    let (_, name) = lab.get("/v1/numbers/lookup?phone_number=%2B447700900001&type=caller-name");
    assert_eq!(name["caller_name"], "SUBSCRIBER 0001");
    assert_eq!((lab.cents(), lab.purchases()), (12_450 - 1 - 2, 2));
}

#[test]
fn a_lookup_that_is_refused_costs_nothing() {
    let mut lab = Lab::with(|voepy| voepy.balance_cents = 1);
    let target = "/v1/numbers/lookup?phone_number=%2B15125550100&type=";
    assert_refused(&lab.get(&format!("{target}caller_name")), 422, "validation_failed", "caller-name");
    assert_refused(&lab.get(&format!("{target}caller-name")), 402, "balance_insufficient", "balance");
    let raw_plus = lab.get("/v1/numbers/lookup?phone_number=+15125550100&type=carrier");
    assert_refused(&raw_plus, 422, "validation_failed", "phone_number");
    assert_eq!((lab.cents(), lab.purchases()), (1, 0));
}

#[test]
fn portability_is_told_number_by_number() {
    let mut lab = Lab::new();
    lab.active("+15125550101");
    let list = "%2B15125550100,%2B15125550101,%2B442079460000";
    let (status, body) = lab.get(&format!("/v1/numbers/portability-check?phone_numbers={list}"));
    assert_eq!((status, &body["next_cursor"]), (200, &Value::Null));
    let told: Vec<(&Value, &Value)> =
        body["data"].as_array().unwrap().iter().map(|row| (&row["portable"], &row["reason"])).collect();
    let expected = [
        (json!(true), Value::Null),
        (json!(false), json!("already_on_account")),
        (json!(false), json!("country_not_supported")),
    ];
    assert_eq!(told, expected.iter().map(|(portable, reason)| (portable, reason)).collect::<Vec<_>>());
    let (_, csr) = lab.post("/v1/numbers/csr-coverage", &json!({"phone_numbers": ["+15125550100"]}));
    assert_eq!(csr["data"][0]["covered"], true);
}

#[test]
fn one_file_answers_with_one_document_and_two_with_a_list() {
    let mut lab = Lab::new();
    let (status, one) = upload(&mut lab, &[("file", Some("loa.pdf"), "LOA")]);
    assert_eq!((status, &one["filename"], &one["size_bytes"]), (201, &json!("loa.pdf"), &json!(3)));
    assert_eq!(one["content_type"], "application/pdf");
    let (_, two) = upload(&mut lab, &[("a", Some("loa.pdf"), "x"), ("b", Some("bill \"1\".pdf"), "a\r\n--b")]);
    assert_eq!(two["data"].as_array().unwrap().len(), 2);
    assert_eq!(two["data"][1]["size_bytes"], 6);
    assert_eq!(lab.voepy.state()["documents"], 3);
}

#[test]
fn an_upload_is_replayed_under_its_key() {
    let mut lab = Lab::new();
    let mut request = lab.request("POST", "/v1/numbers/porting-documents", &Value::Null);
    request.headers.push(("Content-Type".into(), format!("multipart/form-data; boundary=\"{BOUNDARY}\"")));
    request.headers.push(("Idempotency-Key".into(), KEY_A.into()));
    request.body = multipart(&[("file", Some("loa.pdf"), "LOA")]);
    let first = lab.handle(&request);
    assert_eq!((first.status, lab.handle(&request)), (201, first));
    assert_eq!(lab.voepy.state()["documents"], 1);
}

#[test]
fn an_upload_that_is_no_file_or_too_much_is_refused() {
    let mut lab =
        Lab::with(|voepy| (voepy.porting.max_document_bytes, voepy.porting.max_documents_per_upload) = (3, 2));
    assert_refused(&upload(&mut lab, &[("note", None, "x")]), 422, "validation_failed", "note");
    assert_refused(&upload(&mut lab, &[("file", Some("a"), "1234")]), 422, "validation_failed", "3 bytes");
    assert_refused(&upload(&mut lab, &[("file", Some("a"), "")]), 422, "validation_failed", "empty");
    let three = [("file", Some("a"), "1"); 3];
    assert_refused(&upload(&mut lab, &three), 400, "invalid_request", "too many parts");
    assert_refused(&upload(&mut lab, &[]), 422, "validation_failed", "no file");
    let mut cut = multipart(&[("file", Some("a"), "1")]);
    cut.truncate(cut.len() - BOUNDARY.len() - 8);
    assert_refused(&upload_bytes(&mut lab, cut), 400, "invalid_request", "does not end");
    let json = lab.post("/v1/numbers/porting-documents", &json!({"file": "x"}));
    assert_refused(&json, 400, "invalid_request", "multipart/form-data");
    assert_eq!(lab.voepy.state()["documents"], 0);
}

#[test]
fn a_port_moves_by_time_and_ends_in_an_active_number() {
    let mut lab = Lab::new();
    let document = upload(&mut lab, &[("file", Some("loa.pdf"), "LOA")]).1["id"].clone();
    let (status, order) = lab.post("/v1/numbers/porting-orders", &port_body(&document));
    assert_eq!((status, &order["status"]), (201, &json!("submitted")));
    assert_eq!(order["user_feedback"], json!({"comment": "Moving from CarrierX"}));
    for (days, expected) in [(1, "in_review"), (2, "foc_scheduled"), (5, "completed")] {
        lab.wait(days * 86_400 - 1);
        assert_ne!(lab.get("/v1/numbers/porting-orders").1["data"][0]["status"], expected);
        lab.wait(1);
        assert_eq!(lab.get("/v1/numbers/porting-orders").1["data"][0]["status"], expected);
    }
    let (_, ports) = lab.get("/v1/numbers/porting-orders");
    assert_eq!(ports["data"][0]["foc_at"], "2026-05-20T14:30:00.000Z");
    let (_, numbers) = lab.get("/v1/numbers?status=active");
    assert_eq!(numbers["data"][0]["e164"], "+15125550100");
    assert_eq!(numbers["data"][0]["activated_at"], "2026-05-20T14:30:00.000Z");
    assert_eq!(lab.purchases(), 0);
}

#[test]
fn a_port_of_a_number_that_was_sold_meanwhile_is_an_exception() {
    let mut lab = Lab::new();
    let document = upload(&mut lab, &[("file", Some("loa.pdf"), "LOA")]).1["id"].clone();
    lab.post("/v1/numbers/porting-orders", &port_body(&document));
    lab.order(&["+15125550100"]);
    lab.wait(30 * 86_400);
    assert_eq!(lab.get("/v1/numbers/porting-orders").1["data"][0]["status"], "exception");
    assert_eq!(lab.get("/v1/numbers").1["data"].as_array().unwrap().len(), 1);
}

#[test]
fn a_port_needs_documents_that_were_uploaded_first() {
    let mut lab = Lab::new();
    let unknown = lab.post("/v1/numbers/porting-orders", &port_body(&json!("<doc id>")));
    assert_refused(&unknown, 422, "validation_failed", "<doc id>");
    let none = lab.post("/v1/numbers/porting-orders", &json!({"phone_numbers": ["+15125550100"]}));
    assert_refused(&none, 422, "validation_failed", "documents");
}

#[test]
fn a_number_is_ported_once_at_a_time() {
    let mut lab = Lab::with(|voepy| voepy.porting.needs_documents = false);
    let body = json!({"phone_numbers": ["+15125550100"]});
    assert_eq!(lab.post("/v1/numbers/porting-orders", &body).0, 201);
    let again = lab.post("/v1/numbers/porting-orders", &body);
    assert_refused(&again, 409, "porting_in_progress", "+15125550100");
    let abroad = lab.post("/v1/numbers/porting-orders", &json!({"phone_numbers": ["+442079460000"]}));
    assert_refused(&abroad, 422, "validation_failed", "country_not_supported");
    let feedback = json!({"phone_numbers": ["+12025550134"], "user_feedback": {"stars": 5}});
    assert_refused(&lab.post("/v1/numbers/porting-orders", &feedback), 422, "validation_failed", "stars");
}
