//! A request being written: an operation fills it, its provider signs it.

use crate::error::{Error, Result};
use crate::http::{Method, Request};
use crate::operation::Endpoint;
use crate::secret::Secret;
use crate::wire::writer::to_text;
use crate::wire::{form, multipart};
use serde::Serialize;

/// A request being written. Names and values are escaped here and nowhere else.
#[derive(Clone)]
pub struct Draft {
    pub(crate) endpoint: Endpoint,
    base: Option<String>,
    path: String,
    query: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    secrets: Vec<String>,
}

impl Draft {
    pub(crate) fn new(endpoint: Endpoint) -> Self {
        let path = endpoint.path.to_owned();
        Self {
            endpoint,
            base: None,
            path,
            query: String::new(),
            headers: Vec::new(),
            body: Vec::new(),
            secrets: Vec::new(),
        }
    }

    /// Fills `{hole}` of the path. Nothing that would change the path's shape can be filled in.
    pub(crate) fn fill(&mut self, hole: &str, value: &str) -> Result<()> {
        if value.is_empty() || value == "." || value == ".." {
            return Err(Error::invalid_input(hole, "it becomes part of the path, and cannot be empty, “.” or “..”"));
        }
        let mut escaped = String::with_capacity(value.len());
        form::percent_encode(&mut escaped, value);
        self.path = self.path.replacen(&format!("{{{hole}}}"), &escaped, 1);
        Ok(())
    }

    /// Adds a query parameter.
    pub(crate) fn query(&mut self, name: &str, value: impl std::fmt::Display) {
        if !self.query.is_empty() {
            self.query.push('&');
        }
        form::write_pairs(&mut self.query, [(name, value.to_string().as_str())]);
    }

    /// Adds a query parameter where there is a value.
    pub(crate) fn query_option(&mut self, name: &str, value: Option<impl std::fmt::Display>) {
        if let Some(value) = value {
            self.query(name, value);
        }
    }

    /// Adds a header; the name in lower case.
    pub(crate) fn header(&mut self, name: &str, value: impl Into<String>) {
        self.headers.push((name.to_owned(), value.into()));
    }

    /// Whether it has a header of that name (lower case).
    pub(crate) fn has_header(&self, name: &str) -> bool {
        self.headers.iter().any(|(known, _)| known == name)
    }

    /// A form as the body.
    pub(crate) fn form<'a>(&mut self, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) {
        let mut body = String::new();
        form::write_pairs(&mut body, pairs);
        self.body("application/x-www-form-urlencoded", body.into_bytes());
    }

    /// JSON as the body.
    pub(crate) fn json(&mut self, value: &impl Serialize) {
        self.body("application/json", to_text(value).into_bytes());
    }

    /// Files as the body.
    pub(crate) fn multipart(&mut self, parts: &[multipart::Part<'_>]) {
        let (content_type, body) = multipart::encode(parts);
        self.body(&content_type, body);
    }

    /// Any body.
    pub(crate) fn body(&mut self, content_type: &str, body: Vec<u8>) {
        self.header("content-type", content_type);
        self.body = body;
    }

    /// Names a value that no message may show: a parameter that is a secret.
    pub(crate) fn secret(&mut self, secret: &Secret) {
        self.secrets.push(secret.expose().clone());
    }

    pub(crate) fn secrets(&self) -> &[String] {
        &self.secrets
    }

    /// Goes to another host than the provider's: a token endpoint.
    pub(crate) fn at(&mut self, base: String) {
        self.base = Some(base);
    }

    /// The finished request, or the hole that nobody filled.
    pub(crate) fn finish(self, base_url: &str) -> Result<Request> {
        if let Some((_, rest)) = self.path.split_once('{') {
            let hole = rest.split('}').next().unwrap_or_default();
            return Err(Error::invalid_input(hole, "this part of the path was not given"));
        }
        let Self { endpoint, base, path, query, headers, body, .. } = self;
        let mut url = base.unwrap_or_else(|| base_url.to_owned());
        url.push_str(&path);
        if !query.is_empty() {
            url.push('?');
            url.push_str(&query);
        }
        Ok(Request { method: endpoint.method, url, headers, body })
    }
}

/// A request of the caller's own making, for what no operation covers. It is signed like any other; anything but a `GET`
/// is never sent twice.
#[derive(Clone, PartialEq, Eq)]
pub struct RawRequest {
    /// Method.
    pub method: Method,
    /// Below the base URL, escaped, beginning with a slash; under Sinch `{version}` and `{project_id}` are filled in.
    pub path: String,
    /// Not yet escaped.
    pub query: Vec<(String, String)>,
    /// Content type and bytes.
    pub body: Option<(String, Vec<u8>)>,
}

impl RawRequest {
    pub(crate) fn draft(self, endpoint: Endpoint) -> Result<Draft> {
        let allowed = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'?' | b'#' | b'\\');
        let climbs = self.path.split('/').any(|segment| segment == "." || segment == "..");
        if !self.path.starts_with('/') || climbs || !self.path.bytes().all(allowed) {
            return Err(Error::invalid_input(
                "path",
                "it must begin with a slash and be escaped, without query, “.” or “..”",
            ));
        }
        let mut draft = Draft::new(endpoint);
        draft.path = self.path;
        for (name, value) in &self.query {
            draft.query(name, value);
        }
        if let Some((content_type, body)) = self.body {
            draft.body(&content_type, body);
        }
        Ok(draft)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENDPOINT: Endpoint = Endpoint::post("sinch.rent_number", "/availableNumbers/{phone_number}:rent");

    #[test]
    fn a_hole_is_escaped_and_the_rest_of_the_path_is_not() {
        let mut draft = Draft::new(ENDPOINT);
        draft.fill("phone_number", "+1/../x").unwrap();
        draft.query("numberPattern.pattern", "+1206");
        assert_eq!(
            draft.finish("https://x").unwrap().url,
            "https://x/availableNumbers/%2B1%2F..%2Fx:rent?numberPattern.pattern=%2B1206"
        );
    }

    #[test]
    fn a_hole_cannot_be_empty_or_climb() {
        for value in ["", ".", ".."] {
            let error = Draft::new(ENDPOINT).fill("phone_number", value).unwrap_err();
            assert_eq!(error.field.as_deref(), Some("phone_number"));
        }
        assert_eq!(Draft::new(ENDPOINT).finish("https://x").unwrap_err().field.as_deref(), Some("phone_number"));
    }
}
