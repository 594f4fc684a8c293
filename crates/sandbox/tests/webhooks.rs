//! The served sandbox sends events to a program on this machine. The program is a hyper server.

use hmac::{Hmac, KeyInit, Mac};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1 as client;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use sha1::Sha1;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use trunkline_sandbox::serve::{Options, Server, serve};

const PROJECT: &str = "/sinch/v1/projects/0994c893-4d74-4455-8259-4f5c68d92f6f";
const SINCH: &str = "Basic NWIxZjNjN2UtMmQ5NC00YzA2LTlhN2QtOGUwZjFiMmMzZDRlOnNhbmRib3gta2V5LXNlY3JldA==";
const VONAGE: &str = "Basic YWJjZDEyMzQ6QUJDREVGR0gwMTIzNGFiYw==";

/// What came: method and target, the signature, the body.
type Came = (String, String, Vec<u8>);

fn running<T>(body: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(body)
}

/// A program that answers with those statuses, one after the other, and then 200.
async fn program(statuses: &[u16]) -> (SocketAddr, mpsc::UnboundedReceiver<Came>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (told, came) = mpsc::unbounded_channel();
    let statuses = Arc::new(Mutex::new(statuses.iter().rev().copied().collect::<Vec<u16>>()));
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let (told, statuses) = (told.clone(), Arc::clone(&statuses));
            let service = service_fn(move |request: hyper::Request<Incoming>| {
                let (told, status) = (told.clone(), statuses.lock().unwrap().pop().unwrap_or(200));
                async move {
                    let target = format!("{} {}", request.method(), request.uri());
                    let signature = request.headers().get("x-sinch-signature");
                    let signature = signature.map_or("", |value| value.to_str().unwrap()).to_owned();
                    let body = request.into_body().collect().await?.to_bytes().to_vec();
                    told.send((target, signature, body)).unwrap();
                    let answer = hyper::Response::builder().status(status).body(Full::new(Bytes::from("noted")));
                    Ok::<_, hyper::Error>(answer.unwrap())
                }
            });
            tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
        }
    });
    (address, came)
}

/// What comes next, and soon.
async fn next(came: &mut mpsc::UnboundedReceiver<Came>) -> Came {
    tokio::time::timeout(Duration::from_secs(10), came.recv()).await.expect("nothing came").unwrap()
}

/// Calls the sandbox.
async fn call(server: &Server, method: &str, path: &str, authorization: &str, kind: &str, body: String) -> String {
    let address = server.addresses.all;
    let stream = TokioIo::new(TcpStream::connect(address).await.unwrap());
    let (mut sender, connection) = client::handshake(stream).await.unwrap();
    tokio::spawn(connection);
    let request = hyper::Request::builder().method(method).uri(path).header("host", address.to_string());
    let request = request.header("authorization", authorization).header("content-type", kind);
    let answer = sender.send_request(request.body(Full::new(Bytes::from(body))).unwrap()).await.unwrap();
    let status = answer.status();
    let body = answer.into_body().collect().await.unwrap().to_bytes();
    let body = String::from_utf8(body.to_vec()).unwrap();
    assert!(status.is_success(), "{path}: {status} {body}");
    body
}

async fn control(server: &Server, method: &str, path: &str, body: Value) -> Value {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    serde_json::from_str(&call(server, method, &format!("/_sandbox/{path}"), "", "application/json", body).await)
        .unwrap()
}

async fn advance(server: &Server, seconds: u64) {
    control(server, "POST", "advance", json!({"ms": seconds * 1000})).await;
}

async fn rent(server: &Server, number: &str, callback_url: &str) {
    let body = json!({"smsConfiguration": {"servicePlanId": "plan"}, "callbackUrl": callback_url}).to_string();
    let path = format!("{PROJECT}/availableNumbers/%2B{number}:rent");
    call(server, "POST", &path, SINCH, "application/json", body).await;
}

fn signed(secret: &str, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(body);
    mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn a_signed_callback_that_was_answered_500_comes_again() {
    running(async {
        let server = serve(Options::default()).await.unwrap();
        let (address, mut came) = program(&[500]).await;
        let secret = json!({"hmacSecret": "my-callback-secret"}).to_string();
        call(&server, "PATCH", &format!("{PROJECT}/callbackConfiguration"), SINCH, "application/json", secret).await;
        rent(&server, "12017654321", &format!("http://{address}/sinch?shop=1")).await;
        advance(&server, 3).await;
        let (target, signature, body) = next(&mut came).await;
        assert_eq!((target.as_str(), &signature), ("POST /sinch?shop=1", &signed("my-callback-secret", &body)));
        let event: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(
            (&event["resourceId"], &event["eventType"]),
            (&json!("+12017654321"), &json!("PROVISIONING_TO_SMS_PLATFORM"))
        );
        settled(&server, 1, 0).await;
        advance(&server, 5).await;
        assert_eq!(next(&mut came).await, (target, signature, body));
        settled(&server, 0, 1).await;
        server.shutdown().await;
    });
}

/// Waits until so many events wait, and so many were taken.
async fn settled(server: &Server, waiting: u64, delivered: u64) {
    let wanted = json!({"waiting": waiting, "delivered": delivered});
    for _ in 0..200 {
        if control(server, "GET", "state", Value::Null).await["events"] == wanted {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{}", control(server, "GET", "state", Value::Null).await);
}

#[test]
fn an_sms_reaches_the_webhook_of_its_number_by_get() {
    running(async {
        let settings = serde_json::from_value(json!({"vonage": {"inbound_method": "get"}})).unwrap();
        let server = serve(Options { settings, ..Options::default() }).await.unwrap();
        let (address, mut came) = program(&[]).await;
        let form = "application/x-www-form-urlencoded";
        call(&server, "POST", "/vonage/number/buy", VONAGE, form, "country=GB&msisdn=447700900000".to_owned()).await;
        let update =
            format!("country=GB&msisdn=447700900000&moHttpUrl=http%3A%2F%2Flocalhost%3A{}%2Fmo", address.port());
        call(&server, "POST", "/vonage/number/update", VONAGE, form, update).await;
        let message = json!({"provider": "vonage", "to": "447700900000", "from": "Acme", "text": "code 1234 & more"});
        control(&server, "POST", "messages", message).await;
        let (target, _, body) = next(&mut came).await;
        assert!(target.starts_with("GET /mo?api-key=abcd1234&msisdn=Acme&to=447700900000&messageId=0A"), "{target}");
        assert!(target.contains("&text=code+1234+%26+more&type=text&keyword=CODE&") && body.is_empty(), "{target}");
        settled(&server, 0, 1).await;
        server.shutdown().await;
    });
}

#[test]
fn nobody_but_this_machine_is_sent_anything() {
    running(async {
        let server = serve(Options::default()).await.unwrap();
        rent(&server, "12017654321", "https://shop.example/sinch").await;
        advance(&server, 3).await;
        settled(&server, 0, 0).await;
        let state = control(&server, "GET", "state", Value::Null).await;
        let expected = "sinch https://shop.example/sinch: the sandbox sends events only to this machine: use a URL that \
                        begins with http://127.0.0.1:PORT/, http://[::1]:PORT/ or http://localhost:PORT/";
        assert_eq!(state["undelivered"], json!([expected]));
        server.shutdown().await;
    });
}

#[test]
fn a_program_that_never_answers_stops_neither_answers_nor_other_providers_events() {
    running(async {
        let server = serve(Options::default()).await.unwrap();
        let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, mut came) = program(&[]).await;
        rent(&server, "12017654321", &format!("http://{}/", silent.local_addr().unwrap())).await;
        advance(&server, 3).await;
        let _held = tokio::time::timeout(Duration::from_secs(10), silent.accept()).await.unwrap().unwrap();
        let form = "application/x-www-form-urlencoded";
        let url = format!("moCallBackUrl=http%3A%2F%2F127.0.0.1%3A{}%2Fmo", address.port());
        call(&server, "POST", "/vonage/account/settings", VONAGE, form, url).await;
        call(&server, "POST", "/vonage/number/buy", VONAGE, form, "country=GB&msisdn=447700900000".to_owned()).await;
        let message = json!({"provider": "vonage", "to": "447700900000", "from": "Acme", "text": "Hello"});
        control(&server, "POST", "messages", message).await;
        assert_eq!(next(&mut came).await.0, "POST /mo");
        server.shutdown().await;
    });
}
