//! The example, as it is shown.

#[path = "../../../examples/rust/gateway_axum.rs"]
#[allow(dead_code, unreachable_pub, reason = "an example has a main function, which no test calls")]
mod gateway_axum;

use serde_json::{Value, json};
use trunkline::gateway::Gateway;
use trunkline::sandbox::Sandbox;

#[tokio::test]
async fn mounted_in_axum_it_answers_as_it_does_alone() {
    let policy = gateway_axum::policy().expect("a policy");
    let token = policy.tokens[0].expose().clone();
    let gateway = Gateway::new(Sandbox::start().client().expect("a client"), policy).expect("a gateway");
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("loopback");
    let url = format!("http://{}/gateway", listener.local_addr().expect("bound"));
    tokio::spawn(async move { axum::serve(listener, gateway_axum::app(gateway)).await });

    let http =
        trunkline::HttpTransport::new().map(|_| reqwest::Client::builder().no_proxy().build()).expect("a transport");
    let http = http.expect("a client");
    let ask = async |url: &str, token: &str, mode: &str| {
        let body = json!({ "operation": "rentnumber.list_services", "mode": mode }).to_string();
        let request = http.post(url).bearer_auth(token).header("content-type", "application/json").body(body);
        let reply = request.send().await.expect("an answer");
        (reply.status().as_u16(), reply.text().await.expect("a body"))
    };
    let (status, body) = ask(&url, &token, "call").await;
    assert_eq!(status, 200, "{body}");
    let body: Value = serde_json::from_str(&body).expect("JSON");
    assert!(body["value"].as_array().is_some_and(|services| !services.is_empty()), "{body}");
    assert_eq!(ask(&url, "0123456789abcdef", "call").await.0, 401);
    assert_eq!(ask(&format!("{url}?x=1"), &token, "call").await.0, 404);
    let (status, body) = ask(&url, &token, "all").await;
    assert!(status == 200 && body.contains("\"kind\":\"unsupported\""), "{body}");
}
