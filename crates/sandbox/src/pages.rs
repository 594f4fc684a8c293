//! Pages in browsers as clients.
//!
//! - A browser shows a page the answers of another origin only where they allow it (CORS), and asks first, by `OPTIONS`.
//! - What a page asked for ends its connection. On one that was used before, browsers send a request again by themselves
//!   when it closes without an answer, purchases too: faults would strike twice, and not as they are described.

use crate::http::Response;
use hyper::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, CONNECTION,
    HeaderMap, HeaderValue, ORIGIN,
};
use hyper::{Method, Request};

const ANYTHING: HeaderValue = HeaderValue::from_static("*");

/// What an answer needs for whoever asked.
pub(crate) struct Asker {
    is_page: bool,
    /// It is of another origin perhaps, and may see the answer.
    may_see: bool,
    /// A browser asks beforehand: for this method, with these headers.
    beforehand: Option<(HeaderValue, Option<HeaderValue>)>,
}

impl Asker {
    /// Who asks; `open` is whether pages of other origins may.
    pub(crate) fn of<B>(request: &Request<B>, open: bool) -> Self {
        let headers = request.headers();
        let may_see = open && headers.contains_key(ORIGIN);
        let method =
            headers.get(ACCESS_CONTROL_REQUEST_METHOD).filter(|_| may_see && request.method() == Method::OPTIONS);
        Self {
            // Of its own origin a page tells only when it changes something; every browser of today says where from.
            is_page: headers.contains_key(ORIGIN) || headers.contains_key("sec-fetch-site"),
            may_see,
            beforehand: method.map(|method| (method.clone(), headers.get(ACCESS_CONTROL_REQUEST_HEADERS).cloned())),
        }
    }

    /// The answer, where a browser asks beforehand.
    pub(crate) fn leave(&self) -> Option<Response> {
        self.beforehand.as_ref().map(|_| Response { status: 204, headers: Vec::new(), body: Vec::new() })
    }

    /// Adds what it needs.
    pub(crate) fn tell(self, answer: &mut HeaderMap) {
        if self.is_page {
            answer.insert(CONNECTION, HeaderValue::from_static("close"));
        }
        if self.may_see {
            answer.insert(ACCESS_CONTROL_ALLOW_ORIGIN, ANYTHING);
            answer.insert(ACCESS_CONTROL_EXPOSE_HEADERS, ANYTHING);
        }
        if let Some((method, headers)) = self.beforehand {
            answer.insert(ACCESS_CONTROL_ALLOW_METHODS, method);
            headers.map(|names| answer.insert(ACCESS_CONTROL_ALLOW_HEADERS, names));
        }
    }
}
