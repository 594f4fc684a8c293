//! The served sandbox on one connection: HTTP/1.1 kept alive, and HTTP/2 by prior knowledge, without TLS or an upgrade.

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::{http1, http2};
use hyper::{Request, Response, StatusCode, Version};
use hyper_util::rt::{TokioExecutor, TokioIo};
use std::future::Future;
use std::net::SocketAddr;
use tokio::net::TcpStream;
use trunkline_sandbox::serve::{Addresses, Options, serve};

const BALANCE: &str = "/rentnumber/api/v1/balance";
const RENT: &str = "/rentnumber/api/v1/rent";

/// Runs a client beside the server.
fn with_server<T>(client: impl AsyncFnOnce(&Addresses) -> T) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let server = serve(Options::default()).await.unwrap();
        let result = client(&server.addresses).await;
        server.shutdown().await;
        result
    })
}

async fn socket(address: SocketAddr) -> TokioIo<TcpStream> {
    TokioIo::new(TcpStream::connect(address).await.unwrap())
}

async fn connect_http2(address: SocketAddr) -> http2::SendRequest<Full<Bytes>> {
    let (sender, connection) = http2::handshake(TokioExecutor::new(), socket(address).await).await.unwrap();
    tokio::spawn(connection);
    sender
}

/// HTTP/2 takes the host from the whole address, HTTP/1.1 only needs the path.
fn request(address: SocketAddr, method: &str, path: &str, body: &'static str) -> Request<Full<Bytes>> {
    let target = Request::builder().method(method).uri(format!("http://{address}{path}"));
    let target = target.header("host", address.to_string()).header("x-api-key", "rn_sandbox_key");
    target.header("content-type", "application/json").body(Full::from(body)).unwrap()
}

async fn read(answer: impl Future<Output = hyper::Result<Response<Incoming>>>) -> (Version, StatusCode, String) {
    let (head, body) = answer.await.unwrap().into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    (head.version, head.status, String::from_utf8(body.to_vec()).unwrap())
}

#[test]
fn a_kept_alive_connection_carries_call_after_call() {
    with_server(async |addresses| {
        let address = addresses.all;
        let (mut sender, connection) = http1::handshake(socket(address).await).await.unwrap();
        tokio::spawn(connection);
        for (method, path, body, expected) in [
            ("GET", BALANCE, "", 200),
            ("POST", RENT, "{}", 400),
            ("GET", "/nobody/at/home", "", 404),
            ("POST", RENT, "not JSON", 400),
            ("GET", BALANCE, "", 200),
        ] {
            // Fails once the server has closed the connection.
            sender.ready().await.unwrap();
            let (version, status, body) = read(sender.send_request(request(address, method, path, body))).await;
            assert_eq!((version, status.as_u16()), (Version::HTTP_11, expected), "{method} {path}: {body}");
        }
    });
}

#[test]
fn http2_by_prior_knowledge_carries_calls_side_by_side() {
    with_server(async |addresses| {
        let address = addresses.all;
        let mut sender = connect_http2(address).await;
        let slow = r#"{"kind":"slow","delay_ms":150,"provider":"rentnumber","operation":"/balance"}"#;
        let (_, status, body) = read(sender.send_request(request(address, "POST", "/_sandbox/faults", slow))).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        let slow = tokio::spawn(read(sender.send_request(request(address, "GET", BALANCE, ""))));
        let (version, status, _) = read(sender.send_request(request(address, "POST", RENT, "{}"))).await;
        assert_eq!((version, status), (Version::HTTP_2, StatusCode::BAD_REQUEST));
        assert!(!slow.is_finished());
        let expected = "{\"success\":true,\"balance\":5000.00,\"currency\":\"NGN\"}".to_owned();
        assert_eq!(slow.await.unwrap(), (Version::HTTP_2, StatusCode::OK, expected));
    });
}

#[test]
fn over_http2_a_lost_call_takes_no_other_call_with_it() {
    with_server(async |addresses| {
        let address = addresses.all;
        let mut sender = connect_http2(address).await;
        let lost = r#"{"kind":"lost_before_acting","times":1}"#;
        read(sender.send_request(request(address, "POST", "/_sandbox/faults", lost))).await;
        assert!(sender.send_request(request(address, "GET", BALANCE, "")).await.is_err());
        let (_, status, _) = read(sender.send_request(request(address, "GET", BALANCE, ""))).await;
        assert_eq!(status, StatusCode::OK);
    });
}

#[test]
fn over_http2_a_cut_answer_announces_more_than_it_sends() {
    with_server(async |addresses| {
        let address = addresses.all;
        let mut sender = connect_http2(address).await;
        let cut = r#"{"kind":"cut_mid_body","keep_bytes":10}"#;
        read(sender.send_request(request(address, "POST", "/_sandbox/faults", cut))).await;
        let mut answer = sender.send_request(request(address, "GET", BALANCE, "")).await.unwrap();
        assert_eq!(answer.headers()["content-length"], "51");
        let first = answer.body_mut().frame().await.unwrap().unwrap().into_data().unwrap();
        assert_eq!(first, &b"{\"success\""[..]);
        assert!(answer.body_mut().frame().await.unwrap().is_err());
    });
}
