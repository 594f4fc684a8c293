//! Every refusal, as it comes over the wire.

use crate::stage::{PAGE, RENT, Stage, TOKEN, policy, read};
use serde_json::{Value, json};
use trunkline::error::Details;
use trunkline::gateway::Policy;

/// A refusal is an error as every client reads it, says that nothing was sent, and repeats no secret.
fn assert_refusal((status, body): (u16, Value), expected: (u16, &str)) {
    let details: Details =
        serde_json::from_value(body["error"].clone()).unwrap_or_else(|error| panic!("{error}: {body}"));
    assert_eq!((status, details.kind.as_str()), expected, "{body}");
    assert_eq!((details.status, details.code.as_deref()), (Some(status), Some("gateway")), "{body}");
    assert_eq!((details.delivery, details.attempts), (trunkline::Delivery::NotSent, 0), "{body}");
    assert!(body["error"]["text"].as_str().is_some_and(|text| text.starts_with(&details.message)), "{body}");
    assert!(!body.to_string().contains(TOKEN), "{body}");
}

#[tokio::test]
async fn nothing_is_bought_by_what_is_refused_and_each_refusal_says_why() {
    let stage = Stage::start().await;
    let rent = || stage.request(RENT);
    let without = |name: &'static str| {
        let mut request = rent().build().expect("a request");
        request.headers_mut().remove(name);
        reqwest::RequestBuilder::from_parts(reqwest::Client::builder().no_proxy().build().expect("a client"), request)
    };
    let set = |name: &'static str, value: &'static str| without(name).header(name, value);
    let url = format!("http://{}", stage.gateway.address);
    let to = |path: &str| {
        let mut request = rent().build().expect("a request");
        *request.url_mut() = format!("{url}{path}").parse().expect("a URL");
        reqwest::RequestBuilder::from_parts(reqwest::Client::builder().no_proxy().build().expect("a client"), request)
    };
    let get = reqwest::Client::builder().no_proxy().build().expect("a client").get(&url).bearer_auth(TOKEN);
    let asked = |body: Value| stage.request(body.to_string());
    let cases = [
        (without("authorization"), (401, "unauthenticated")),
        (set("authorization", "Bearer a-token-of-the-gateway-0123456788"), (401, "unauthenticated")),
        (rent().bearer_auth(TOKEN), (400, "invalid_input")),
        (rent().header("origin", "null"), (403, "forbidden")),
        (rent().header("origin", "https://evil.example"), (403, "forbidden")),
        (to("//"), (404, "not_found")),
        (to("/..%2f"), (404, "not_found")),
        (to("/?token=x"), (404, "not_found")),
        (get, (405, "unsupported")),
        (set("content-type", "text/plain"), (415, "invalid_input")),
        (rent().header("content-encoding", "gzip"), (415, "invalid_input")),
        (stage.request(format!("{RENT}{}", " ".repeat(5000))), (413, "invalid_input")),
        (stage.request("{"), (400, "invalid_input")),
        (stage.request("[".repeat(3000)), (400, "invalid_input")),
        (asked(json!({ "operation": "rentnumber.cancel_rental", "params": { "rental_id": 1 } })), (403, "forbidden")),
        (asked(json!({ "operation": "vonage.update_settings" })), (403, "forbidden")),
        (
            asked(
                json!({ "operation": "rentnumber.rent", "params": { "pricing_id": 42 }, "options": { "account": "vonage" } }),
            ),
            (403, "forbidden"),
        ),
        (
            asked(
                json!({ "operation": "rentnumber.rent", "params": { "pricing_id": 42 }, "options": { "timeout": 0 } }),
            ),
            (400, "invalid_input"),
        ),
        (asked(json!({ "operation": "rentnumber.rent", "params": [42] })), (400, "invalid_input")),
    ];
    for (request, expected) in cases {
        assert_refusal(read(request).await, expected);
    }
    assert_eq!(stage.purchases("rentnumber"), 0);
    // It was not for another reason.
    assert_eq!(stage.ask(RENT).await.0, 200);
    assert_eq!(stage.purchases("rentnumber"), 1);
}

#[tokio::test]
async fn a_page_of_a_listed_origin_may_ask_and_read_and_no_other() {
    let stage = Stage::start().await;
    let http = reqwest::Client::builder().no_proxy().build().expect("a client");
    let preflight = async |origin: &str| {
        let request = http.request(reqwest::Method::OPTIONS, format!("http://{}/", stage.gateway.address));
        let request = request.header("origin", origin).header("access-control-request-method", "POST");
        request.header("access-control-request-headers", "authorization,content-type").send().await.expect("an answer")
    };
    let header = |reply: &reqwest::Response, name: &str| {
        reply.headers().get(name).map(|value| value.to_str().expect("text").to_owned())
    };
    let listed = preflight(PAGE).await;
    assert_eq!(listed.status(), 204);
    assert_eq!(header(&listed, "access-control-allow-origin").as_deref(), Some(PAGE));
    assert_eq!(header(&listed, "access-control-allow-methods").as_deref(), Some("POST"));
    for origin in ["https://evil.example", "null"] {
        let other = preflight(origin).await;
        assert_eq!((other.status().as_u16(), header(&other, "access-control-allow-origin")), (403, None));
    }
    let reply = stage
        .request(r#"{"operation":"rentnumber.list_services"}"#)
        .header("origin", PAGE)
        .send()
        .await
        .expect("an answer");
    assert_eq!(header(&reply, "access-control-allow-origin").as_deref(), Some(PAGE));
    assert_eq!(header(&reply, "vary").as_deref(), Some("origin"));
    assert_eq!(header(&reply, "cache-control").as_deref(), Some("no-store"));
    // The page can read why it was refused, also for a body that is too long.
    let reply = stage.request(" ".repeat(5000)).header("origin", PAGE).send().await.expect("an answer");
    assert_eq!((reply.status().as_u16(), header(&reply, "access-control-allow-origin").as_deref()), (413, Some(PAGE)));
}

#[tokio::test]
async fn neither_refusals_nor_errors_tell_which_accounts_there_are() {
    let stage = Stage::with(Policy { accounts: vec!["tempnumber".to_owned()], ..policy() }).await;
    for (account, status) in [(json!("vonage"), 403), (json!(null), 200), (json!("tempnumber"), 200)] {
        let body = json!({ "operation": "rentnumber.list_services", "options": { "account": account } });
        let (seen, answer) = stage.ask(&body).await;
        assert_eq!(seen, status, "{answer}");
        let kind = if status == 200 { "invalid_input" } else { "forbidden" };
        assert_eq!(answer["error"]["kind"], kind, "{answer}");
        for hidden in ["vonage", "sinch", "voepy", "\"rentnumber\""] {
            assert!(!answer["error"]["message"].to_string().contains(hidden), "{answer}");
        }
    }
}
