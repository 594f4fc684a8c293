//! Requests that no client writes. Each carries a good token and a good purchase, so that what gets through by a trick is
//! seen at the provider.

use crate::stage::{RENT, Stage, TOKEN};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

fn request(line: &str, headers: &str, body: &str) -> String {
    let good = format!(
        "host: gateway\r\nauthorization: Bearer {TOKEN}\r\ncontent-type: application/json\r\nconnection: close"
    );
    format!("{line}\r\n{good}\r\n{headers}\r\n{body}")
}

fn length(body: &str) -> String {
    format!("content-length: {}\r\n", body.len())
}

/// The purchase in chunks.
fn chunked() -> String {
    format!("{:x}\r\n{RENT}\r\n0\r\n\r\n", RENT.len())
}

#[tokio::test]
async fn a_good_request_written_by_hand_is_answered() {
    let stage = Stage::start().await;
    for (count, line) in ["POST / HTTP/1.1", "POST / HTTP/1.0"].into_iter().enumerate() {
        let answer = stage.raw(request(line, &length(RENT), RENT)).await;
        assert!(answer.contains(" 200 OK\r\n") && answer.contains("{\"value\""), "{answer}");
        assert_eq!(stage.purchases("rentnumber"), count as u64 + 1);
    }
}

#[tokio::test]
async fn nothing_gets_through_by_a_trick_of_the_wire() {
    let stage = Stage::start().await;
    let post = "POST / HTTP/1.1";
    let second = request(post, &length(RENT), RENT);
    let padded = format!("x-padding: {}\r\n{}", "a".repeat(70_000), length(RENT));
    let many = format!("{}{}", "x-many: 1\r\n".repeat(500), length(RENT));
    let cases = [
        // Where does the body end?
        ("both, length first", request(post, &format!("{}transfer-encoding: chunked\r\n", length(RENT)), &chunked())),
        ("both, chunks first", request(post, &format!("transfer-encoding: chunked\r\n{}", length(RENT)), &chunked())),
        (
            "a second request in what a length of 0 leaves",
            request(post, "content-length: 0\r\ntransfer-encoding: chunked\r\n", &format!("0\r\n\r\n{second}")),
        ),
        ("chunks alone", request(post, "transfer-encoding: chunked\r\n", &chunked())),
        ("unknown coding", request(post, &format!("transfer-encoding: xchunked\r\n{}", length(RENT)), RENT)),
        ("two lengths", request(post, &format!("content-length: 0\r\n{}", length(RENT)), RENT)),
        ("a list of lengths", request(post, &format!("content-length: 0, {}\r\n", RENT.len()), RENT)),
        ("a negative length", request(post, "content-length: -1\r\n", RENT)),
        ("a length with a sign", request(post, &format!("content-length: +{}\r\n", RENT.len()), RENT)),
        ("chunks in HTTP/1.0", request("POST / HTTP/1.0", "transfer-encoding: chunked\r\n", &chunked())),
        // Where does a header end?
        ("a folded header", request(post, &format!("x: 1\r\n authorization: y\r\n{}", length(RENT)), RENT)),
        ("a space before the colon", request(post, &format!("content-length : {}\r\n", RENT.len()), RENT)),
        ("a bare CR", request(post, &format!("x: 1\rcontent-length: {}\r\n", RENT.len()), RENT)),
        ("a zero byte", request(post, &format!("x: \0\r\n{}", length(RENT)), RENT)),
        ("giant headers", request(post, &padded, RENT)),
        ("many headers", request(post, &many, RENT)),
        // Where does it go?
        ("two slashes", request("POST // HTTP/1.1", &length(RENT), RENT)),
        ("up and down", request("POST /..%2f HTTP/1.1", &length(RENT), RENT)),
        ("a dot", request("POST /./ HTTP/1.1", &length(RENT), RENT)),
        ("a whole URL", request("POST http://gateway/ HTTP/1.1", &length(RENT), RENT)),
        ("another method", request("CONNECT gateway:80 HTTP/1.1", &length(RENT), RENT)),
        ("a method in lower case", request("post / HTTP/1.1", &length(RENT), RENT)),
        ("another version", request("POST / HTTP/3.0", &length(RENT), RENT)),
        ("two spaces", request("POST  / HTTP/1.1", &length(RENT), RENT)),
        ("not HTTP", "\x16\x03\x01\x02\x00\x01\x00\x01".to_owned()),
        ("HTTP/2 unasked", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0".to_owned()),
        // Who asks?
        ("two tokens", request(post, &format!("authorization: Bearer x\r\n{}", length(RENT)), RENT)),
        ("two types", request(post, &format!("content-type: text/plain\r\n{}", length(RENT)), RENT)),
        ("two hosts", request(post, &format!("host: evil.example\r\n{}", length(RENT)), RENT)),
    ];
    for (what, bytes) in cases {
        let answer = stage.raw(bytes).await;
        let refused = answer.is_empty() || answer.split(' ').nth(1).is_some_and(|status| status.starts_with('4'));
        assert!(refused && answer.matches("HTTP/1.").count() <= 1, "{what}: {answer}");
        assert_eq!(stage.purchases("rentnumber"), 0, "{what}: {answer}");
        assert!(!answer.contains(TOKEN), "{what}: {answer}");
    }
}

/// The standard lets a server take a line that ends in LF alone. What counts is that the body of a request never becomes
/// another request, also when the request is refused before its body was read.
#[tokio::test]
async fn bare_line_feeds_make_no_second_request() {
    let stage = Stage::start().await;
    let hidden = request("POST / HTTP/1.1", &length(RENT), RENT).replace("\r\n", "\n");
    // The hidden request is the body of a refused one.
    let outer = request("POST / HTTP/1.1", &length(&hidden), &hidden).replacen(
        "connection: close",
        "connection: keep-alive",
        1,
    );
    let answer = stage.raw(&outer).await;
    assert!(answer.starts_with("HTTP/1.1 400 ") && answer.matches("HTTP/1.").count() == 1, "{answer}");
    let answer = stage.raw(outer.replacen("authorization", "x-authorization", 1)).await;
    assert!(answer.starts_with("HTTP/1.1 401 ") && answer.matches("HTTP/1.").count() == 1, "{answer}");
    assert_eq!(stage.purchases("rentnumber"), 0);
}

#[tokio::test]
async fn who_is_slow_is_not_waited_for() {
    let stage = Stage::start().await;
    let whole = request("POST / HTTP/1.1", &length(RENT), RENT);
    let head = whole.len() - RENT.len();
    // Nothing, half a head, and a head without its body: each is closed, within the five seconds that `raw` allows.
    for kept in [0, 20, head, head + 5] {
        let answer = stage.raw(&whole[..kept]).await;
        assert!(answer.is_empty() || answer.contains(" 408 "), "{kept}: {answer}");
        assert!(kept < head || answer.contains("\"kind\":\"timed_out\""), "{kept}: {answer}");
    }
    // A byte at a time is no way to stay.
    let mut stream = TcpStream::connect(stage.gateway.address).await.expect("it listens");
    let dripping = async {
        for byte in whole.as_bytes() {
            if stream.write_all(&[*byte]).await.is_err() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).into_owned()
    };
    let answer = tokio::time::timeout(Duration::from_secs(20), dripping).await.expect("it closes");
    assert!(!answer.contains(" 200 "), "{answer}");
    assert_eq!(stage.purchases("rentnumber"), 0);
}
