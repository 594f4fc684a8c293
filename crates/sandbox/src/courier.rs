//! Carries events to programs on this machine, beside the answering: one event of a provider's after the other, so that
//! they arrive in their order.

use crate::events::{Delivery, Receipt};
use crate::provider::ProviderName;
use crate::sandbox::Sandbox;
use crate::serve::{locked, system_time};
use http_body_util::{BodyExt, Full, Limited};
use hyper::Uri;
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use std::error::Error;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// How often is looked for events: providers' own time makes them too, and nothing tells of that.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// The most of an answer's body that is read; it says nothing.
const ANSWER_LIMIT: usize = 64 << 10;

/// Carries that provider's events, for ever.
pub(crate) async fn carry(sandbox: Arc<Mutex<Sandbox>>, provider: ProviderName) {
    loop {
        let due = locked(&sandbox).take_delivery(system_time(), provider);
        let Some(delivery) = due else {
            tokio::time::sleep(LOOK_EVERY).await;
            continue;
        };
        let receipt = send(&delivery).await.unwrap_or_else(Receipt::Undeliverable);
        locked(&sandbox).delivered(system_time(), &delivery, receipt);
    }
}

/// Where that origin is, on this machine.
fn targets(origin: &str) -> Result<Vec<SocketAddr>, String> {
    let refusal = || {
        "the sandbox sends events only to this machine: use a URL that begins with http://127.0.0.1:PORT/, \
         http://[::1]:PORT/ or http://localhost:PORT/"
            .to_owned()
    };
    let uri: Uri = origin.parse().map_err(|_| refusal())?;
    let host = uri.host().filter(|_| uri.scheme_str() == Some("http")).ok_or_else(refusal)?;
    let port = uri.port_u16().unwrap_or(80);
    let hosts: Vec<IpAddr> = match host.trim_matches(['[', ']']).parse::<IpAddr>() {
        Ok(ip) => vec![ip],
        Err(_) if host.eq_ignore_ascii_case("localhost") => {
            vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()]
        }
        Err(_) => Vec::new(),
    };
    if hosts.is_empty() || !hosts.iter().all(IpAddr::is_loopback) {
        return Err(refusal());
    }
    Ok(hosts.into_iter().map(|ip| SocketAddr::new(ip, port)).collect())
}

/// An error says why it cannot be sent at all.
async fn send(delivery: &Delivery) -> Result<Receipt, String> {
    let addresses = targets(&delivery.origin)?;
    let request = written(delivery).map_err(|error| format!("it cannot be sent there: {error}"))?;
    Ok(match tokio::time::timeout(delivery.answer_within, exchange(request, &addresses)).await {
        Ok(Ok(status)) => Receipt::Answered(status),
        Ok(Err(_)) | Err(_) => Receipt::Lost,
    })
}

/// The status of the answer. The connection ends with this call, whatever becomes of it.
async fn exchange(request: hyper::Request<Full<Bytes>>, addresses: &[SocketAddr]) -> Result<u16, Unanswered> {
    let stream = TcpStream::connect(addresses).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let mut connections = JoinSet::new();
    connections.spawn(connection);
    let answer = sender.send_request(request).await?;
    let status = answer.status().as_u16();
    // Read so that the program can finish its answer. What it says, and whether it is whole, does not count.
    let _ = Limited::new(answer.into_body(), ANSWER_LIMIT).collect().await;
    Ok(status)
}

type Unanswered = Box<dyn Error + Send + Sync>;

fn written(delivery: &Delivery) -> Result<hyper::Request<Full<Bytes>>, hyper::http::Error> {
    let Delivery { origin, request, .. } = delivery;
    let url = delivery.url();
    let host = origin.rsplit(['/', '@']).next().unwrap_or_default();
    let head = hyper::Request::builder().method(request.method.as_str()).uri(url[origin.len()..].to_owned());
    let head = head.header("host", host).header("connection", "close");
    let head = request.headers.iter().fold(head, |head, (name, value)| head.header(name, value));
    head.body(Full::from(request.body.clone()))
}

#[cfg(test)]
mod tests {
    use super::targets;

    #[test]
    fn events_go_to_this_machine_alone() {
        let addresses = |origin| targets(origin).map(|all| all.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(addresses("http://127.0.0.1:8080").unwrap(), ["127.0.0.1:8080"]);
        assert_eq!(addresses("http://[::1]:9").unwrap(), ["[::1]:9"]);
        assert_eq!(addresses("http://localhost").unwrap(), ["127.0.0.1:80", "[::1]:80"]);
        for elsewhere in [
            "https://127.0.0.1:8080",
            "http://example.com",
            "http://10.0.0.1:80",
            "http://127.0.0.1.example.com",
            "x",
            "",
        ] {
            assert!(addresses(elsewhere).unwrap_err().contains("only to this machine"), "{elsewhere}");
        }
    }
}
