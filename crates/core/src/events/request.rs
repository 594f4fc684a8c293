//! A request that came to a host.

use super::malformed;
use crate::error::{Error, Result};

/// Longer than any event is, parts of messages included.
const MAX_BYTES: usize = 1 << 18;

/// A request as it came: nothing decoded, nothing left out. Signatures are over these bytes.
#[derive(Clone, Copy)]
pub struct EventRequest<'a> {
    /// In capitals.
    pub method: &'a str,
    /// What stands behind the `?` of the URL; empty where there is none.
    pub query: &'a str,
    /// Names in whatever case, all of them, repeated ones too.
    pub headers: &'a [(String, String)],
    /// The bytes, after transfer coding.
    pub body: &'a [u8],
}

impl<'a> EventRequest<'a> {
    pub(super) fn check_size(&self) -> Result<()> {
        if self.body.len().saturating_add(self.query.len()) > MAX_BYTES {
            return Err(Error::invalid_input("body", format!("no event is longer than {MAX_BYTES} bytes")));
        }
        Ok(())
    }

    /// A header that may come once: a second one would be read by one program and passed over by the next.
    pub(crate) fn header(&self, name: &str) -> Result<Option<&'a str>> {
        let mut values = self.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        let first = values.next().map(|(_, value)| value.as_str());
        match values.next() {
            Some(_) => Err(Error::invalid_input(name, "this header came more than once")),
            None => Ok(first),
        }
    }

    pub(crate) fn check_post(&self) -> Result<()> {
        if self.method == "POST" {
            Ok(())
        } else {
            Err(Error::invalid_input("method", "events of this provider come by POST"))
        }
    }

    /// The body as text.
    pub(crate) fn text(&self) -> Result<&'a str> {
        std::str::from_utf8(self.body).map_err(|_| malformed("", "its body is not UTF-8"))
    }
}
