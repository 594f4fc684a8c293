//! HTTP as plain values: a complete request in, a complete response out.

/// A request as it arrived, nothing decoded yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// Upper case: `GET`, `POST`, …
    pub method: String,
    /// Path as sent, percent-encoding kept, without the provider's base path: `/numbers/buy`.
    pub path: String,
    /// Query string as sent, without the `?`; empty when there is none.
    pub query: String,
    /// Header names as sent; look them up with [`Request::header`], which ignores case.
    pub headers: Vec<(String, String)>,
    /// Body bytes.
    pub body: Vec<u8>,
}

impl Request {
    /// The first header of that name, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Path segments, each percent-decoded; an empty path has none.
    pub fn segments(&self) -> Vec<String> {
        self.path.split('/').filter(|part| !part.is_empty()).map(|part| percent_decode(part, false)).collect()
    }

    /// Query pairs in the order sent, decoded (`+` is a space).
    pub fn query_pairs(&self) -> Vec<(String, String)> {
        form_pairs(&self.query)
    }

    /// The body as JSON, or what is wrong with it.
    pub fn json_body(&self) -> Result<serde_json::Value, String> {
        let media_type = self.header("content-type").unwrap_or_default();
        let media_type = media_type.split(';').next().unwrap_or_default().trim();
        if !media_type.eq_ignore_ascii_case("application/json") {
            return Err("Content-Type must be application/json".to_owned());
        }
        serde_json::from_slice(&self.body).map_err(|error| format!("body is not valid JSON: {error}"))
    }

    /// Pairs of an `application/x-www-form-urlencoded` body.
    pub fn form_pairs(&self) -> Vec<(String, String)> {
        form_pairs(&String::from_utf8_lossy(&self.body))
    }
}

/// A reply, complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// HTTP status; Vonage really does send 420.
    pub status: u16,
    /// Header names in lower case.
    pub headers: Vec<(String, String)>,
    /// Body bytes.
    pub body: Vec<u8>,
}

impl Response {
    /// A JSON reply.
    pub fn json(status: u16, body: &serde_json::Value) -> Self {
        Self::text(status, "application/json", body.to_string())
    }

    /// A JSON reply whose fields keep the order in which the type declares them, as the providers' pages show them.
    pub fn json_in_order(status: u16, body: &impl serde::Serialize) -> Self {
        match serde_json::to_string(body) {
            Ok(text) => Self::text(status, "application/json", text),
            Err(error) => Self::text(500, "text/plain", format!("the sandbox could not write this reply: {error}")),
        }
    }

    /// A reply of any content type.
    pub fn text(status: u16, content_type: &str, body: impl Into<String>) -> Self {
        let headers = vec![("content-type".to_owned(), content_type.to_owned())];
        Self { status, headers, body: body.into().into_bytes() }
    }

    /// Whether the body is declared as XML.
    pub fn is_xml(&self) -> bool {
        self.headers.iter().any(|(name, value)| name == "content-type" && value.contains("xml"))
    }

    /// The same reply with one more header.
    pub fn with_header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }
}

/// Undoes percent-encoding; `+` is a space only in queries and forms. Bytes that are no UTF-8 become U+FFFD.
pub fn percent_decode(text: &str, plus_is_space: bool) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escaped = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match escaped.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(if plus_is_space && bytes[at] == b'+' { b' ' } else { bytes[at] });
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// A value in a query or a form: a space is `+`.
pub(crate) fn percent_encode(text: &str) -> String {
    let encoded = text.bytes().map(|byte| match byte {
        b' ' => "+".to_owned(),
        b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
        _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    });
    encoded.collect()
}

fn form_pairs(text: &str) -> Vec<(String, String)> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(key, value)| (percent_decode(key, true), percent_decode(value, true)))
        .collect()
}
