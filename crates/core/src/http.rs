//! HTTP as plain values: a complete request goes out, a complete response comes in.

use crate::wire::redact;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The methods that providers use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Method {
    /// `GET`
    Get,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `PATCH`
    Patch,
    /// `DELETE`
    Delete,
}

impl Method {
    /// Every one of them.
    pub const ALL: [Self; 5] = [Self::Get, Self::Post, Self::Put, Self::Patch, Self::Delete];

    /// As on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Everything that goes out. A driver sends the body and every header exactly as they are, and follows no redirect.
/// `Debug` shows neither header values nor query values nor the body: any of them may hold a credential.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Method.
    pub method: Method,
    /// Absolute, escaped.
    pub url: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// Empty when there is none.
    pub body: Vec<u8>,
}

impl Request {
    /// The first header of that name (lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }

    /// The URL without its query, which may hold a credential.
    pub fn url_without_query(&self) -> &str {
        self.url.split('?').next().unwrap_or_default()
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("url", &self.url_without_query())
            .field("headers", &names)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

/// Everything that came in. `Debug` shows neither header values nor the body, which may hold a secret.
#[derive(Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Response {
    /// HTTP status; not always one that is assigned (Vonage sends 420).
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// The bytes as they came, after transfer and content coding.
    pub body: Vec<u8>,
}

impl Response {
    /// The first header of that name (lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }

    /// The body as text for people: values under names that look like a secret's are `***`.
    pub fn text(&self) -> String {
        redact::mask_named(&String::from_utf8_lossy(&self.body))
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("headers", &names)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

fn find<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

/// Checks a base URL and takes a slash off its end: https, or http on this machine's loopback.
pub(crate) fn check_base_url(url: &str) -> Result<String, String> {
    let trimmed = url.trim_end_matches('/');
    let (scheme, rest) = trimmed.split_once("://").ok_or("it has no scheme: write https://…")?;
    let authority = rest.split('/').next().unwrap_or_default();
    if authority.is_empty()
        || !rest.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'?' | b'#' | b'@' | b'\\'))
    {
        return Err("it must be scheme://host[:port][/path], without user, query or fragment".to_owned());
    }
    let host = if authority.starts_with('[') {
        authority.split_inclusive(']').next().unwrap_or_default()
    } else {
        authority.split(':').next().unwrap_or_default()
    };
    match scheme.to_ascii_lowercase().as_str() {
        "https" => Ok(trimmed.to_owned()),
        "http" if is_loopback(host) => Ok(trimmed.to_owned()),
        "http" => Err("http would send credentials in the clear: use https (http is for loopback only)".to_owned()),
        _ => Err("its scheme must be https, or http on loopback".to_owned()),
    }
}

fn is_loopback(host: &str) -> bool {
    let is_127 = host.strip_prefix("127.").is_some_and(|rest| {
        let parts: Vec<&str> = rest.split('.').collect();
        parts.len() == 3 && parts.iter().all(|part| part.parse::<u8>().is_ok())
    });
    is_127 || host.eq_ignore_ascii_case("localhost") || host == "[::1]"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_is_https_or_loopback() {
        for (url, taken) in [
            ("https://api.example.com/v1/", Some("https://api.example.com/v1")),
            ("http://127.0.0.1:8080/x", Some("http://127.0.0.1:8080/x")),
            ("http://localhost", Some("http://localhost")),
            ("http://[::1]:80", Some("http://[::1]:80")),
            ("http://127.0.0.1.evil.example", None),
            ("http://localhost.evil.example", None),
            ("http://127.0.0.1@evil.example", None),
            ("http://api.example.com", None),
            ("ftp://x", None),
            ("https://", None),
            ("https://x?y", None),
            ("https://x y", None),
            ("api.example.com", None),
        ] {
            assert_eq!(check_base_url(url).ok().as_deref(), taken, "{url}");
        }
    }

    #[test]
    fn a_request_and_a_response_print_no_value() {
        let headers = vec![("authorization".to_owned(), "Bearer hunter2".to_owned())];
        let url = "https://x/y?api_secret=hunter2".to_owned();
        let request = Request { method: Method::Get, url, headers: headers.clone(), body: b"hunter2".to_vec() };
        let response = Response { status: 200, headers, body: b"hunter2".to_vec() };
        assert_eq!(
            format!("{request:?} {response:?}"),
            r#"Request { method: Get, url: "https://x/y", headers: ["authorization"], body: 7 bytes } Response { status: 200, headers: ["authorization"], body: 7 bytes }"#
        );
    }
}
