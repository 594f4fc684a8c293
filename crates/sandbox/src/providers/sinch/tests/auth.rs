use super::*;

fn ask_for_token(lab: &mut Lab, authorization: &str, form: &str) -> Response {
    let headers = vec![
        ("Authorization".to_owned(), authorization.to_owned()),
        ("Content-Type".to_owned(), "application/x-www-form-urlencoded".to_owned()),
    ];
    let (method, path) = ("POST".to_owned(), "/oauth2/token".to_owned());
    lab.handle(&Request { method, path, headers, body: form.as_bytes().to_vec(), ..Request::default() })
}

fn token(lab: &mut Lab) -> String {
    let (status, body) = read(&ask_for_token(lab, BASIC, "grant_type=client_credentials"));
    assert_eq!((status, &body["token_type"], &body["expires_in"]), (200, &json!("bearer"), &json!(3600)));
    assert_eq!((&body["scope"], body.as_object().unwrap().len()), (&json!(""), 4));
    text(&body["access_token"])
}

fn challenge(response: &Response) -> &str {
    let header = response.headers.iter().find(|(name, _)| name == "www-authenticate");
    &header.unwrap().1
}

#[test]
fn a_token_opens_both_versions_until_it_expires() {
    let mut lab = Lab::new();
    lab.authorization = format!("Bearer {}", token(&mut lab));
    lab.wait(3_599);
    assert_eq!(lab.get("v1/availableRegions").0, 200);
    assert_eq!(lab.get("v1alpha1/activeNumbers").0, 200);
    lab.wait(1);
    let request = lab.request("GET", "v1/availableRegions", &Value::Null);
    let response = lab.handle(&request);
    assert_eq!(challenge(&response), "Bearer error=\"invalid_token\", error_description=\"token expired\"");
    let expected =
        json!({"error": {"code": 401, "message": "Token expired", "status": "UNAUTHENTICATED", "details": []}});
    assert_eq!(read(&response), (401, expected));
    lab.authorization = format!("Bearer {}", token(&mut lab));
    assert_eq!(lab.get("v1/availableRegions").0, 200);
}

#[test]
fn a_token_that_was_never_given_out_is_not_called_expired() {
    let mut lab = Lab::new();
    lab.authorization = "Bearer sandbox.0123".to_owned();
    let request = lab.request("GET", "v1/availableRegions", &Value::Null);
    let response = lab.handle(&request);
    assert_eq!(response.status, 401);
    assert!(!challenge(&response).contains("expired"));
}

#[test]
fn wrong_and_missing_credentials_are_refused() {
    let mut lab = Lab::new();
    for wrong in ["Basic Zm9vOmJhcg==", "Basic ***", "Basic", "Digest x", ""] {
        lab.authorization = wrong.to_owned();
        let (status, body) = lab.get("v1alpha1/activeNumbers");
        assert_eq!((status, &body["error"]["status"]), (401, &json!("UNAUTHENTICATED")), "{wrong}");
    }
    let mut request = lab.request("GET", "v1alpha1/activeNumbers", &Value::Null);
    request.headers.clear();
    assert_eq!(lab.handle(&request).status, 401);
}

#[test]
fn the_token_call_refuses_what_it_does_not_know() {
    let mut lab = Lab::new();
    let cases = [
        ("Basic Zm9vOmJhcg==", "grant_type=client_credentials", 401, "invalid_client"),
        (BASIC, "grant_type=password", 400, "unsupported_grant_type"),
        (BASIC, "", 400, "invalid_request"),
        (BASIC, "grant_type=client_credentials&audience=x", 400, "invalid_request"),
    ];
    for (authorization, form, status, error) in cases {
        let response = ask_for_token(&mut lab, authorization, form);
        let (got, body) = read(&response);
        assert_eq!((got, &body["error"]), (status, &json!(error)), "{form}");
    }
    let get = Request { method: "GET".into(), path: "/oauth2/token".into(), ..Request::default() };
    assert_eq!(lab.handle(&get).status, 405);
}

#[test]
fn thirty_tokens_at_once_then_ten_a_second_without_a_retry_after() {
    let mut lab = Lab::new();
    for _ in 0..30 {
        token(&mut lab);
    }
    let refused = ask_for_token(&mut lab, BASIC, "grant_type=client_credentials");
    assert_eq!(refused.status, 429);
    assert!(!refused.headers.iter().any(|(name, _)| name == "retry-after"));
    lab.now = Time(lab.now.0 + 99);
    assert_eq!(ask_for_token(&mut lab, BASIC, "grant_type=client_credentials").status, 429);
    lab.now = Time(lab.now.0 + 1);
    token(&mut lab);
    assert_eq!(ask_for_token(&mut lab, BASIC, "grant_type=client_credentials").status, 429);
    lab.wait(60);
    for _ in 0..30 {
        token(&mut lab);
    }
    assert_eq!(ask_for_token(&mut lab, BASIC, "grant_type=client_credentials").status, 429);
}

#[test]
fn base64_is_decoded_as_the_rfc_shows() {
    use super::super::base64::decode;
    for (encoded, plain) in [("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYmFy", "foobar")] {
        assert_eq!(decode(encoded).as_deref(), Some(plain.as_bytes()));
    }
    assert_eq!(decode("Z"), None);
    assert_eq!(decode("Zm9v!"), None);
    assert_eq!(decode("Zg==="), None);
}
