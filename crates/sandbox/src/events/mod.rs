//! What providers send by themselves, to URLs that programs gave them: planned here, carried by the host.
//!
//! ```text
//! a provider's Notice -> waiting -> taken by the host -> answered 2xx: done
//!                           ^             \-> anything else, or no answer in time: once more, after a while
//!                           +-------------------/                                  or given up
//! ```

mod faults;
mod outbox;
pub(crate) mod signing;

pub use faults::{EventFault, EventFaultKind};
pub(crate) use outbox::{Outbox, Told};

use crate::http::Request;
use crate::provider::ProviderName;
use crate::time::Time;
use std::time::Duration;

/// A request for the host to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Of this delivery; another attempt has another.
    pub id: u64,
    /// Who sends it.
    pub provider: ProviderName,
    /// Scheme, host and port, as they were given: `http://127.0.0.1:8080`.
    pub origin: String,
    /// What to send there.
    pub request: Request,
    /// How long the provider waits for an answer.
    pub answer_within: Duration,
}

impl Delivery {
    /// The whole URL.
    pub fn url(&self) -> String {
        let mark = if self.request.query.is_empty() { "" } else { "?" };
        format!("{}{}{mark}{}", self.origin, self.request.path, self.request.query)
    }
}

/// How a delivery ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Receipt {
    /// Answered, with that status.
    Answered(u16),
    /// Nobody there, or no answer in time.
    Lost,
    /// It cannot be sent, and why: it is not tried again.
    Undeliverable(String),
}

/// When what was not taken is sent again: after a while, then after twice as long each time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retries {
    /// From the first attempt to the second.
    pub first_seconds: u64,
    /// The most attempts, the first one counted.
    pub attempts: u32,
    /// Nothing is sent longer than this after it happened.
    pub window_seconds: u64,
}

/// Something that a provider tells a program.
pub struct Notice {
    /// When it happened: that is when it is first sent.
    pub happened: Time,
    /// Where the program wants to be told.
    pub url: String,
    /// What to send there.
    pub content: Box<dyn Content>,
    /// What if it is not taken.
    pub retries: Retries,
    /// How long the program may take to answer.
    pub answer_within: Duration,
    /// The provider's own name of it, for [`crate::provider::Provider::told`].
    pub reference: String,
}

/// What a notice says, before it is written and signed.
pub trait Content: Send {
    /// The request to that path and query. Written anew for each attempt.
    fn write(&self, to: Request, at: Time, seal: Seal) -> Request;
}

/// What is to be seen of the sender's signature, where the account signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seal {
    /// It is good.
    Whole,
    /// It was good, and the content has been changed since.
    Broken,
    /// There is none.
    Missing,
}

/// How far a notice has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// How often it was sent.
    pub attempts: u32,
    /// What the last one was answered with, if it was.
    pub status: Option<u16>,
    /// What comes of it.
    pub stage: Stage,
}

/// What comes of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It will be sent again.
    Pending,
    /// It was taken.
    Delivered,
    /// It is given up.
    Failed,
}

/// A URL's origin, and a request to the rest of it.
fn addressed(url: &str) -> (String, Request) {
    let url = url.split('#').next().unwrap_or_default();
    let host = url.find("://").map_or(0, |at| at + 3);
    let end = url[host..].find(['/', '?']).map_or(url.len(), |at| host + at);
    let (path, query) = url[end..].split_once('?').unwrap_or((&url[end..], ""));
    let path = if path.is_empty() { "/" } else { path };
    let request = Request { path: path.to_owned(), query: query.to_owned(), ..Request::default() };
    (url[..end].to_owned(), request)
}

impl Request {
    /// Makes it a POST of that body.
    pub(crate) fn posting(mut self, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        self.method = "POST".to_owned();
        self.headers.push(("content-type".to_owned(), content_type.to_owned()));
        self.body = body.into();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_an_origin_a_path_and_a_query() {
        for (url, origin, path, query) in [
            ("http://127.0.0.1:8080/mo?shop=1#top", "http://127.0.0.1:8080", "/mo", "shop=1"),
            ("https://example.com", "https://example.com", "/", ""),
            ("http://[::1]:9?a=b/c", "http://[::1]:9", "/", "a=b/c"),
        ] {
            let (found, request) = addressed(url);
            assert_eq!((found.as_str(), request.path.as_str(), request.query.as_str()), (origin, path, query));
        }
    }
}
