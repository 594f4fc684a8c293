//! The served sandbox, seen by a client that knows nothing but TCP.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;
use trunkline_sandbox::ProviderName;
use trunkline_sandbox::serve::{Options, Server, serve};

const KEY: &str = "x-api-key: rn_sandbox_key\r\n";

/// Runs a blocking client beside the server and gives back what it returns.
fn with_server<T: Send + 'static>(client: impl FnOnce(SocketAddr, SocketAddr) -> T + Send + 'static) -> T {
    with_options(Options::default(), client)
}

fn with_options<T: Send + 'static>(
    options: Options,
    client: impl FnOnce(SocketAddr, SocketAddr) -> T + Send + 'static,
) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let server: Server = serve(options).await.unwrap();
        let (all, rentnumber) = (server.addresses.all, server.addresses.providers[&ProviderName::RentNumber]);
        let result = tokio::task::spawn_blocking(move || client(all, rentnumber)).await.unwrap();
        server.shutdown().await;
        result
    })
}

/// Sends a request and reads until the server closes.
fn exchange(
    address: SocketAddr,
    method: &str,
    path: &str,
    headers: &str,
    body: &str,
) -> (Vec<u8>, Option<std::io::Error>) {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_millis(400))).unwrap();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n{headers}content-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(format!("{head}{body}").as_bytes()).unwrap();
    let mut got = Vec::new();
    let error = stream.read_to_end(&mut got).err();
    (got, error)
}

fn text(address: SocketAddr, method: &str, path: &str, headers: &str, body: &str) -> String {
    String::from_utf8(exchange(address, method, path, headers, body).0).unwrap()
}

fn fault(all: SocketAddr, fault: &str) {
    let answer = text(all, "POST", "/_sandbox/faults", "", fault);
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}

#[test]
fn a_provider_answers_under_its_slug_and_at_its_own_port() {
    let (shared, own) = with_server(|all, rentnumber| {
        (text(all, "GET", "/rentnumber/api/v1/balance", KEY, ""), text(rentnumber, "GET", "/api/v1/balance", KEY, ""))
    });
    let expected = "\r\n\r\n{\"success\":true,\"balance\":5000.00,\"currency\":\"NGN\"}";
    assert!(shared.starts_with("HTTP/1.1 200 OK\r\n") && shared.ends_with(expected), "{shared}");
    assert!(own.starts_with("HTTP/1.1 200 OK\r\n") && own.ends_with(expected), "{own}");
}

#[test]
fn a_slug_nobody_has_is_404() {
    let answer = with_server(|all, _| text(all, "GET", "/rentnumbers/api/v1/balance", KEY, ""));
    assert!(answer.starts_with("HTTP/1.1 404 "), "{answer}");
}

#[test]
fn a_cut_answer_announces_more_than_it_sends() {
    let (answer, _) = with_server(|all, rentnumber| {
        fault(all, r#"{"kind":"cut_mid_body","keep_bytes":10}"#);
        exchange(rentnumber, "GET", "/api/v1/balance", KEY, "")
    });
    let answer = String::from_utf8(answer).unwrap();
    assert!(answer.contains("content-length: 51\r\n"), "{answer}");
    assert!(answer.ends_with("\r\n\r\n{\"success\""), "{answer}");
}

#[test]
fn what_comes_before_a_cut_arrives_whole() {
    let (answer, _) = with_server(|all, _| {
        let busy = r#"{"provider":"tempnumber","to":"+12025550134","from":"Acme","text":"TEXT"}"#;
        let bearer = "authorization: Bearer tn_sandbox_token\r\ncontent-type: application/json\r\n";
        let buy = r#"{"country_code":"US","duration":"oneMonth"}"#;
        text(all, "POST", "/tempnumber/v1/numbers/buy", bearer, buy);
        let long = busy.replace("TEXT", &"x".repeat(2_000_000));
        text(all, "POST", "/_sandbox/messages", "", &long);
        fault(all, r#"{"kind":"cut_mid_body","keep_bytes":1900000}"#);
        exchange(all, "GET", "/tempnumber/v1/numbers/1001/sms", bearer, "")
    });
    let head = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").unwrap() + 4;
    assert_eq!(answer.len() - head, 1_900_000);
}

#[test]
fn a_dropped_connection_carries_no_byte() {
    let (answer, error) = with_server(|all, rentnumber| {
        fault(all, r#"{"kind":"lost_before_acting"}"#);
        exchange(rentnumber, "GET", "/api/v1/balance", KEY, "")
    });
    assert_eq!(answer, b"");
    assert!(error.is_none_or(|error| error.kind() == std::io::ErrorKind::ConnectionReset), "not closed");
}

#[test]
fn a_hanging_call_stays_open_without_an_answer() {
    let (answer, error) = with_server(|all, rentnumber| {
        fault(all, r#"{"kind":"hang"}"#);
        exchange(rentnumber, "GET", "/api/v1/balance", KEY, "")
    });
    assert_eq!(answer, b"");
    // What a read that timed out is called on Unix.
    assert_eq!(error.map(|error| error.kind()), Some(std::io::ErrorKind::WouldBlock));
}

#[test]
fn a_slow_call_answers_after_its_delay() {
    let waited = with_server(|all, rentnumber| {
        fault(all, r#"{"kind":"slow","delay_ms":150}"#);
        let start = std::time::Instant::now();
        let answer = text(rentnumber, "GET", "/api/v1/balance", KEY, "");
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        start.elapsed()
    });
    assert!(waited >= Duration::from_millis(150), "{waited:?}");
}

#[test]
fn a_body_over_the_limit_is_413() {
    let answer = with_server(|_, rentnumber| {
        let mut stream = TcpStream::connect(rentnumber).unwrap();
        stream.write_all(b"POST /api/v1/rent HTTP/1.1\r\nhost: x\r\ncontent-length: 33554433\r\n\r\n").unwrap();
        let mut got = [0; 12];
        stream.read_exact(&mut got).unwrap();
        got
    });
    assert_eq!(&answer, b"HTTP/1.1 413");
}

#[test]
fn time_moves_ahead_for_every_call_that_follows() {
    let (before, after) = with_server(|all, _| {
        let before = text(all, "GET", "/_sandbox/state", "", "");
        text(all, "POST", "/_sandbox/advance", "", r#"{"ms":3155760000000}"#);
        (before, text(all, "GET", "/_sandbox/state", "", ""))
    });
    let year = |answer: &str| -> i32 { answer.split("\"now\":\"").nth(1).unwrap()[..4].parse().unwrap() };
    assert_eq!(year(&after), year(&before) + 100);
}

/// Sends a head as it is and reads until the server closes; fails where it keeps the connection.
fn closing(address: SocketAddr, head: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    stream.write_all(format!("{head}host: {address}\r\ncontent-length: 0\r\n\r\n").as_bytes()).unwrap();
    let mut got = String::new();
    stream.read_to_string(&mut got).expect("the connection ends with the answer");
    got
}

#[test]
fn what_a_page_asks_for_ends_its_connection() {
    for header in ["origin: http://page.test\r\n", "sec-fetch-site: same-origin\r\n"] {
        let answer = with_server(move |_, rentnumber| {
            closing(rentnumber, &format!("GET /api/v1/balance HTTP/1.1\r\n{header}{KEY}"))
        });
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.contains("\r\nconnection: close\r\n"), "{answer}");
        assert!(!answer.contains("access-control-"), "{answer}");
    }
}

#[test]
fn pages_of_other_origins_may_call_where_it_is_open_to_them() {
    const ASKED: &str = "OPTIONS /api/v1/rent HTTP/1.1\r\norigin: http://page.test\r\n\
                         access-control-request-method: POST\r\naccess-control-request-headers: x-api-key\r\n";
    let open = Options { open_to_pages: true, ..Options::default() };
    let (leave, answer) = with_options(open, |_, rentnumber| {
        let head = format!("GET /api/v1/balance HTTP/1.1\r\norigin: http://page.test\r\n{KEY}");
        (closing(rentnumber, ASKED), closing(rentnumber, &head))
    });
    assert!(leave.starts_with("HTTP/1.1 204 "), "{leave}");
    for header in ["allow-origin: *", "allow-methods: POST", "allow-headers: x-api-key"] {
        assert!(leave.contains(&format!("\r\naccess-control-{header}\r\n")), "{leave}");
    }
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    for header in ["allow-origin: *", "expose-headers: *"] {
        assert!(answer.contains(&format!("\r\naccess-control-{header}\r\n")), "{answer}");
    }
    let refused = with_server(|_, rentnumber| closing(rentnumber, ASKED));
    assert!(!refused.starts_with("HTTP/1.1 2") && !refused.contains("access-control-"), "{refused}");
}

#[test]
fn a_server_that_shut_down_frees_its_port() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let server = serve(Options::default()).await.unwrap();
        let address = server.addresses.all;
        server.shutdown().await;
        assert!(TcpStream::connect(address).is_err());
    });
}
