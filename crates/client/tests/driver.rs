//! The driver's duties, over real sockets: body and headers whole, no redirect, `NotSent` only when certain, the deadline.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc;
use std::time::{Duration, Instant};
use trunkline::{Config, Delivery, Error, ErrorKind, Trunkline, rentnumber};
use trunkline_sandbox::ProviderName;
use trunkline_sandbox::serve::{Options, Server, serve};

fn client_at(base_url: &str) -> Trunkline {
    let mut config = Config::default();
    config.set("rentnumber", "api_key", "rn_sandbox_key");
    config.set("rentnumber", "base_url", base_url);
    config.set("rentnumber", "rate_limit", "none");
    Trunkline::new(config).expect("good settings")
}

async fn sandbox() -> (Server, Trunkline) {
    let server = serve(Options::default()).await.expect("loopback");
    let client = client_at(&server.addresses.base_url(ProviderName::RentNumber));
    (server, client)
}

/// A server that answers every connection with these bytes, after it has read the head of a request, and hands on what it
/// read. It ends with the test.
fn raw_server(answer: &'static [u8]) -> (SocketAddr, mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback");
    let address = listener.local_addr().expect("bound");
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming().take(20) {
            let mut stream: TcpStream = stream.expect("a connection");
            let _ = stream.set_read_timeout(Some(Duration::from_millis(300)));
            let (mut read, mut buffer) = (Vec::new(), [0; 4096]);
            while let Ok(count @ 1..) = stream.read(&mut buffer) {
                read.extend_from_slice(&buffer[..count]);
                if read.ends_with(b"\r\n\r\n") || read.ends_with(b"pricing_id=42") {
                    break;
                }
            }
            let _ = stream.write_all(answer);
            let _ = sender.send(String::from_utf8_lossy(&read).into_owned());
        }
    });
    (address, receiver)
}

async fn balance(client: &Trunkline) -> Result<rentnumber::Balance, Error> {
    client.call(rentnumber::GetBalance {}).attempts(1).timeout(Duration::from_secs(3)).await
}

#[test]
fn what_runs_a_call_can_go_to_another_thread() {
    fn to_another_thread<T: Send>(_: T) {}
    let client = client_at("http://127.0.0.1:1");
    to_another_thread(client.call(rentnumber::GetBalance {}).into_future());
    to_another_thread(client.call(rentnumber::GetBalance {}).with_response());
    to_another_thread(client.call(rentnumber::GetRental { rental_id: "1".into() }).wait());
    to_another_thread(client.call(trunkline::voepy::ListNumbers::default()).all());
    to_another_thread(
        client.all_json("voepy.list_numbers", "{}", trunkline::Options::default()).expect("it has pages"),
    );
}

#[tokio::test]
async fn a_call_goes_through_and_its_raw_reply_is_there() {
    let (_server, client) = sandbox().await;
    let answer = client.call(rentnumber::GetBalance {}).with_response().await.expect("a balance");
    assert_eq!(answer.value.balance.to_string(), "5000.00 NGN");
    assert_eq!(answer.response.status, 200);
    assert_eq!(answer.response.header("content-type"), Some("application/json"));
    assert_eq!(answer.response.body, br#"{"success":true,"balance":5000.00,"currency":"NGN"}"#);
}

#[tokio::test]
async fn body_and_headers_are_sent_whole_and_a_redirect_is_not_followed() {
    let (address, seen) = raw_server(
        b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
    );
    let client = client_at(&format!("http://{address}/api/v1"));
    let error =
        client.call(rentnumber::CancelRental { rental_id: "1 /2".into() }).attempts(1).await.expect_err("redirected");
    assert_eq!((error.kind, error.status), (ErrorKind::Refused, Some(302)));
    let head = seen.recv_timeout(Duration::from_secs(5)).expect("a request");
    assert!(head.starts_with("POST /api/v1/rental/1%20%2F2/cancel HTTP/1.1\r\n"), "{head}");
    assert!(head.contains("\r\nx-api-key: rn_sandbox_key\r\n") && head.contains("\r\ncontent-length: 0\r\n"), "{head}");
    assert!(seen.recv_timeout(Duration::from_millis(100)).is_err(), "it was sent once");
}

#[tokio::test]
async fn nobody_listening_and_no_such_host_are_certainly_not_sent() {
    let free = TcpListener::bind("127.0.0.1:0").expect("loopback").local_addr().expect("bound");
    for base_url in [format!("http://{free}"), "https://no-such-host.invalid".to_owned()] {
        // Longer than a connection is tried for: where names are looked up slowly, that is what ends it.
        let call = client_at(&base_url).call(rentnumber::GetBalance {}).attempts(1).timeout(Duration::from_secs(25));
        let error = call.await.expect_err("nobody there");
        assert_eq!((error.kind, error.delivery), (ErrorKind::Unreachable, Delivery::NotSent), "{base_url}: {error}");
        assert!(!error.to_string().contains("://"), "{error}");
    }
}

#[tokio::test]
async fn a_connection_that_closes_without_an_answer_may_have_been_acted_on() {
    for answer in [
        b"".as_slice(),
        b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{\"success\":",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"suc",
    ] {
        let (address, _seen) = raw_server(answer);
        let error = balance(&client_at(&format!("http://{address}"))).await.expect_err("cut");
        assert_eq!((error.kind, error.delivery), (ErrorKind::Unreachable, Delivery::Unknown), "{error}");
    }
}

#[tokio::test]
async fn a_silent_server_is_left_at_the_deadline() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback");
    let client = client_at(&format!("http://{}", listener.local_addr().expect("bound")));
    let started = Instant::now();
    let error = client.call(rentnumber::GetBalance {}).timeout(Duration::from_millis(400)).await.expect_err("silent");
    assert_eq!((error.kind, error.delivery), (ErrorKind::TimedOut, Delivery::Unknown), "{error}");
    let took = started.elapsed();
    assert!(took >= Duration::from_millis(390) && took < Duration::from_secs(3), "{took:?}");
}

#[tokio::test]
async fn a_reply_that_is_too_long_is_refused_and_not_read_to_its_end() {
    let (address, _seen) = raw_server(b"HTTP/1.1 200 OK\r\ncontent-length: 104857600\r\n\r\n{\"success\":true,\"balance\":1,\"currency\":\"NGN\"}              ");
    let mut config = Config::default();
    config.set("rentnumber", "api_key", "k");
    config.set("rentnumber", "base_url", format!("http://{address}"));
    config.set("rentnumber", "body_limit", 40);
    let error = balance(&Trunkline::new(config).expect("good settings")).await.expect_err("too long");
    assert_eq!((error.kind, error.status), (ErrorKind::Malformed, Some(200)));
    assert!(error.message.contains("longer than 40 bytes"), "{error}");
}

#[tokio::test]
async fn a_purchase_whose_answer_is_lost_is_found_over_real_http() {
    let (server, client) = sandbox().await;
    let fault = r#"{"kind":"lost_after_acting","provider":"rentnumber","operation":"POST /rent","times":1}"#;
    control(&server, "/_sandbox/faults", fault).await;
    let rental = client.call(rentnumber::Rent { pricing_id: 42.into() }).await.expect("found");
    assert_eq!(rental.rental_id.as_str(), "101");
    let rentals = client.call(rentnumber::ListRentals {}).await.expect("listed");
    assert_eq!(rentals.len(), 1);
}

async fn control(server: &Server, path: &str, body: &'static str) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut stream = tokio::net::TcpStream::connect(server.addresses.all).await.expect("loopback");
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("answered");
    assert!(answer.starts_with("HTTP/1.1 20"), "{answer}");
}

#[tokio::test]
async fn dropping_a_call_closes_its_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback");
    let client = client_at(&format!("http://{}", listener.local_addr().expect("bound")));
    let call = tokio::spawn(async move { balance(&client).await });
    let (mut stream, _) =
        tokio::task::spawn_blocking(move || listener.accept().expect("a connection")).await.expect("joined");
    call.abort();
    stream.set_read_timeout(Some(Duration::from_secs(5))).expect("set");
    let mut read = Vec::new();
    // The end of the connection, not a time-out.
    tokio::task::spawn_blocking(move || stream.read_to_end(&mut read).expect("closed")).await.expect("joined");
}
