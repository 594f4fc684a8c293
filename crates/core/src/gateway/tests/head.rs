//! Who asks, and from where.

use super::*;

#[test]
fn without_a_good_token_nothing_runs() {
    let mut none = headers();
    none.remove(0);
    let short = format!("Bearer {}", &TOKEN[..TOKEN.len() - 1]);
    let long = format!("Bearer {TOKEN}x");
    let basic = format!("Basic {TOKEN}");
    let spaced = format!("Bearer  {TOKEN}");
    let cases = [none].into_iter().chain(
        [&*short, &long, &basic, &spaced, TOKEN, "Bearer ", "Bearer", "", "Bearer *"]
            .map(|it| with("authorization", it)),
    );
    for headers in cases {
        let seen = refused(post(&policy(), &headers, READ));
        assert_eq!(seen, (401, ErrorKind::Unauthenticated, "authorization".to_owned()), "{headers:?}");
    }
    let any_token = with("AUTHORIZATION", "bearer another-token-that-is-good");
    assert!(post(&policy(), &any_token, READ).is_ok());
}

#[test]
fn only_listed_origins_may_call_and_may_read_why_not() {
    let forbidden = (403, ErrorKind::Forbidden, "origin".to_owned());
    for origin in [
        "null",
        "https://app.example.com:8443",
        "http://app.example.com",
        "https://APP.example.com",
        "",
        "https://app.example.com.evil.example",
        "*",
    ] {
        let refusal = post(&policy(), &with("Origin", origin), READ).expect_err("refused");
        assert!(refusal.headers.iter().all(|(name, _)| !name.starts_with("access-control")), "{refusal:?}");
        assert!(origin.len() < 5 || !refusal.body().contains(origin), "{refusal:?}");
        assert_eq!(refused(Err(refusal)), forbidden, "{origin}");
    }
    let leave = ("access-control-allow-origin", PAGE.to_owned());
    let Ok(Admission::Run(admitted)) = post(&policy(), &with("Origin", PAGE), READ) else { panic!("refused") };
    assert!(admitted.headers.contains(&leave));
    assert!(admitted.headers.contains(&("connection", "close".to_owned())), "else browsers send it again");
    // Also when it is refused for its head, and for its body.
    let mut wrong = with("Origin", PAGE);
    wrong.remove(0);
    assert!(post(&policy(), &wrong, READ).expect_err("refused").headers.contains(&leave));
    assert!(post(&policy(), &with("Origin", PAGE), "{}").expect_err("refused").headers.contains(&leave));
}

#[test]
fn a_preflight_is_answered_for_listed_origins_only() {
    let ask = |origin: &str, method: &str, asked: &str| {
        let headers =
            [("origin", origin), ("access-control-request-method", method), ("access-control-request-headers", asked)]
                .map(|(name, value)| (name.to_owned(), value.to_owned()));
        let head = Head { method: "OPTIONS", target: "/", headers: &headers };
        admit(&policy(), &mut Spent::default(), Timestamp::EPOCH, &head, b"")
    };
    let Ok(Admission::Preflight(headers)) = ask(PAGE, "POST", "authorization,content-type") else { panic!("refused") };
    assert!(headers.contains(&("access-control-allow-origin", PAGE.to_owned())));
    assert!(headers.contains(&("access-control-allow-headers", "authorization, content-type".to_owned())));
    assert!(ask(PAGE, "POST", "").is_ok());
    for (origin, method, asked) in [
        ("https://evil.example", "POST", ""),
        ("null", "POST", ""),
        (PAGE, "PUT", ""),
        (PAGE, "POST", "x-forwarded-for"),
    ] {
        assert_eq!(refused(ask(origin, method, asked)).0, 403, "{origin} {method} {asked}");
    }
}

#[test]
fn other_methods_and_paths_lead_nowhere() {
    let at = |method: &str, target: &str| {
        let headers = headers();
        refused(admit(
            &policy(),
            &mut Spent::default(),
            Timestamp::EPOCH,
            &Head { method, target, headers: &headers },
            READ.as_bytes(),
        ))
    };
    for method in ["GET", "HEAD", "PUT", "post", "OPTIONS", "CONNECT", "TRACE", ""] {
        assert_eq!(at(method, "/").0, 405, "{method}");
    }
    for target in
        ["//", "/?", "/?token=x", "/..%2f", "/.", "/%2e", "/%2F", "http://evil.example/", "*", "", "/\\", "/x"]
    {
        assert_eq!(at("POST", target), (404, ErrorKind::NotFound, "path".to_owned()), "{target}");
    }
}

#[test]
fn a_header_that_decides_anything_comes_once() {
    for name in ["authorization", "Origin", "content-type", "content-length", "host", "Transfer-Encoding"] {
        let mut headers = with(name, "1");
        headers.push((name.to_ascii_uppercase(), "1".to_owned()));
        let (status, kind, field) = refused(post(&policy(), &headers, READ));
        assert_eq!((status, kind), (400, ErrorKind::InvalidInput));
        assert!(field.eq_ignore_ascii_case(name), "{field} {name}");
    }
}

#[test]
fn a_body_is_json_in_utf_8_of_a_known_length() {
    for good in ["application/json", "Application/JSON; charset=UTF-8", "application/json;charset=\"utf-8\""] {
        assert!(post(&policy(), &with("content-type", good), READ).is_ok(), "{good}");
    }
    let types = [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "",
        "application/json, text/plain",
        "application/jsonp",
        "application/json; charset=utf-7",
        "application/json; x",
    ];
    for wrong in types {
        assert_eq!(refused(post(&policy(), &with("content-type", wrong), READ)).0, 415, "{wrong}");
    }
    assert_eq!(refused(post(&policy(), &with("content-encoding", "gzip"), READ)).0, 415);
    assert_eq!(refused(post(&policy(), &with("transfer-encoding", "chunked"), READ)).0, 411);
    for (length, status) in
        [("1048577", 413), ("99999999999999999999999", 413), ("+5", 400), ("5,5", 400), ("", 400), ("0x5", 400)]
    {
        assert_eq!(refused(post(&policy(), &with("content-length", length), READ)).0, status, "{length}");
    }
    let small = Policy { body_limit: READ.len() - 1, ..policy() };
    assert_eq!(refused(post(&small, &headers(), READ)), (413, ErrorKind::InvalidInput, "body".to_owned()));
}
