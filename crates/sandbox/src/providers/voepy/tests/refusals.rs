use super::super::READ_ONLY_API_KEY;
use super::*;

#[test]
fn a_missing_or_foreign_scheme_asks_for_authentication() {
    let mut lab = Lab::new();
    let mut request = lab.request("GET", "/v1/account", &Value::Null);
    request.headers.clear();
    assert_refused(&read(&lab.handle(&request)), 401, "authentication_required", "Bearer");
    request.headers.push(("Authorization".into(), "Basic Zm9vOmJhcg==".into()));
    assert_refused(&read(&lab.handle(&request)), 401, "authentication_required", "Bearer");
}

#[test]
fn an_unknown_key_is_refused() {
    let mut lab = Lab::new();
    lab.api_key = "voepy_of_somebody_else";
    assert_refused(&lab.get("/v1/account"), 401, "invalid_credentials", "key");
}

#[test]
fn a_key_without_the_scope_reads_but_changes_nothing() {
    let mut lab = Lab::new();
    lab.api_key = READ_ONLY_API_KEY;
    assert_eq!(lab.get("/v1/account").0, 200);
    assert_refused(&lab.order(&["+15125550100"]), 403, "forbidden", "scope");
    assert_eq!(lab.purchases(), 0);
}

#[test]
fn a_suspended_tenant_is_refused_everything() {
    let mut lab = Lab::with(|voepy| voepy.tenant_suspended = true);
    assert_refused(&lab.get("/v1/account"), 403, "tenant_suspended", "paused");
}

#[test]
fn a_failed_recharge_stops_what_costs() {
    let mut lab = Lab::with(|voepy| voepy.auto_recharge_failed = true);
    assert_refused(&lab.order(&["+15125550100"]), 402, "auto_recharge_failed", "recharge");
    assert_eq!(lab.get("/v1/account").0, 200);
}

#[test]
fn too_many_calls_in_a_second_are_told_when_to_come_back() {
    let mut lab = Lab::with(|voepy| voepy.requests_per_second = Some(2));
    assert_eq!((lab.get("/v1/account").0, lab.get("/v1/account").0), (200, 200));
    let request = lab.request("GET", "/v1/account", &Value::Null);
    let response = lab.handle(&request);
    assert!(response.headers.contains(&("retry-after".to_owned(), "1".to_owned())));
    assert_refused(&read(&response), 429, "rate_limited", "Too many");
    lab.wait(1);
    assert_eq!(lab.get("/v1/account").0, 200);
}

#[test]
fn an_unknown_path_is_not_found_and_a_wrong_method_not_allowed() {
    let mut lab = Lab::new();
    for path in ["/v1/nothing", "/numbers", "/v1/numbers/a/b", "/v2/numbers", "/"] {
        assert_refused(&lab.get(path), 404, "not_found", "path");
    }
    assert_refused(&lab.get("/v1/numbers/f3b0a9b7"), 405, "method_not_allowed", "GET");
    let request = lab.request("PUT", "/v1/numbers/porting-orders", &Value::Null);
    let response = lab.handle(&request);
    assert!(response.headers.contains(&("allow".to_owned(), "GET, POST".to_owned())));
    assert_eq!(response.status, 405);
}

#[test]
fn a_body_that_is_not_json_is_refused() {
    let mut lab = Lab::new();
    let mut request = lab.request("POST", "/v1/numbers/order", &order_body(&["+15125550100"]));
    request.body.pop();
    assert_refused(&read(&lab.handle(&request)), 400, "invalid_request", "not valid JSON");
    assert_refused(&lab.post("/v1/numbers/order", &json!([])), 422, "validation_failed", "object");
    let mut request = lab.request("POST", "/v1/numbers/order", &order_body(&["+15125550100"]));
    request.headers[1].1 = "application/x-www-form-urlencoded".to_owned();
    assert_refused(&read(&lab.handle(&request)), 400, "invalid_request", "Content-Type");
}

#[test]
fn a_body_on_a_get_and_a_query_on_a_post_are_refused() {
    let mut lab = Lab::new();
    assert_refused(&lab.call("GET", "/v1/numbers", &json!({})), 400, "invalid_request", "GET");
    let answer = lab.post("/v1/numbers/order?dry_run=true", &order_body(&["+15125550100"]));
    assert_refused(&answer, 422, "validation_failed", "dry_run");
}

#[test]
fn lenient_overlooks_what_strict_refuses() {
    let mut lab = Lab::new();
    lab.settings.lenient = true;
    assert_eq!(lab.get("/v1/numbers?page=2").0, 200);
    assert_eq!(lab.get("/v1/numbers/available?country_code=us&limit=1").1["meta"]["count"], 1);
    assert_eq!(lab.get("/v1/numbers/lookup?phone_number=+15125550100&type=carrier").0, 200);
    let mut body = order_body(&["+15125550100"]);
    body["extra"] = json!(1);
    assert_eq!(lab.post("/v1/numbers/order", &body).0, 201);
}

#[test]
fn a_misspelt_setting_is_an_error() {
    let read = |text: &str| serde_json::from_str::<super::super::Settings>(text);
    assert_eq!(read(r#"{"balance_cents": 5}"#).unwrap().balance_cents, 5);
    assert!(read(r#"{"balance_cent": 5}"#).is_err());
}
