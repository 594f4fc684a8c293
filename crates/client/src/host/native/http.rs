//! HTTP by reqwest.

use crate::host::BoxFuture;
use crate::host::body::Body;
use crate::transport::Transport;
use std::error::Error as _;
use std::sync::OnceLock;
use std::time::Duration;
use trunkline_core::{Error, ErrorKind, Method, Outcome, Request, Response};

/// How long to try to connect. Shorter than any attempt, so that a host that is not there is known not to have acted.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// HTTP by reqwest: rustls, HTTP/2, connections kept. Over https through the proxies that the environment names; plain http
/// goes to this machine only, and never through a proxy.
#[derive(Debug, Clone)]
pub struct HttpTransport {
    https: reqwest::Client,
    /// Made when it is first needed: making one takes longer than a call on this machine.
    loopback: OnceLock<reqwest::Client>,
}

impl HttpTransport {
    /// A transport with a connection pool of its own.
    pub fn new() -> Result<Self, Error> {
        // An error says that the program has chosen a provider before, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let https = configured(reqwest::Client::builder()).map_err(|error| {
            let message = format!("the HTTP client cannot be set up: {}", describe(&error));
            Error::new(ErrorKind::Unreachable, trunkline_core::Delivery::NotSent, message)
        })?;
        Ok(Self { https, loopback: OnceLock::new() })
    }

    fn client_for(&self, url: &str) -> Result<&reqwest::Client, reqwest::Error> {
        if !url.starts_with("http://") {
            return Ok(&self.https);
        }
        if let Some(client) = self.loopback.get() {
            return Ok(client);
        }
        let made = configured(reqwest::Client::builder().no_proxy())?;
        Ok(self.loopback.get_or_init(|| made))
    }

    async fn exchange(&self, request: Request, body_limit: usize) -> Outcome {
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Put => reqwest::Method::PUT,
            Method::Patch => reqwest::Method::PATCH,
            Method::Delete => reqwest::Method::DELETE,
        };
        let client = match self.client_for(&request.url) {
            Ok(client) => client,
            Err(error) => return Outcome::NotSent(describe(&error)),
        };
        let mut outgoing = client.request(method, request.url);
        for (name, value) in request.headers {
            outgoing = outgoing.header(name, value);
        }
        if !request.body.is_empty() {
            outgoing = outgoing.body(request.body);
        } else if request.method != Method::Get {
            // Some servers ask for a length (411), and hyper leaves out a zero.
            outgoing = outgoing.header("content-length", "0");
        }
        let mut incoming = match outgoing.send().await {
            Ok(incoming) => incoming,
            Err(error) if error.is_connect() || error.is_builder() => return Outcome::NotSent(describe(&error)),
            Err(error) => return Outcome::Lost(describe(&error)),
        };
        let status = incoming.status().as_u16();
        let headers = incoming
            .headers()
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect();
        let mut body = Body::new(body_limit);
        while body.room() > 0 {
            match incoming.chunk().await {
                Ok(Some(chunk)) => body.push(&chunk),
                Ok(None) => break,
                Err(error) => return Outcome::Lost(describe(&error)),
            }
        }
        Outcome::Answered(Response { status, headers, body: body.into_bytes() })
    }
}

fn configured(builder: reqwest::ClientBuilder) -> Result<reqwest::Client, reqwest::Error> {
    builder
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .connect_timeout(CONNECT_TIMEOUT)
        .user_agent(concat!("trunkline/", env!("CARGO_PKG_VERSION")))
        .referer(false)
        .build()
}

impl Transport for HttpTransport {
    fn send(&self, request: Request, body_limit: usize) -> BoxFuture<'_, Outcome> {
        Box::pin(self.exchange(request, body_limit))
    }
}

/// The innermost cause says most; the URL, which may hold credentials, stays out.
fn describe(error: &reqwest::Error) -> String {
    let Some(mut source) = error.source() else { return "the request cannot be built".to_owned() };
    while let Some(next) = source.source() {
        source = next;
    }
    source.to_string()
}
