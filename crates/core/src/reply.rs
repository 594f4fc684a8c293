//! What is made of a reply: a result, or an error that says what came.

use crate::call::Call;
use crate::draft::Draft;
use crate::error::{Delivery, Details, Error, ErrorKind, Result};
use crate::http::Response;
use crate::provider::{Body, Refusal};
use crate::session::Session;
use crate::time::{Timestamp, UtcOffset};
use crate::wire::reader::{self, Fault};
use crate::wire::{dates, json, redact};
use serde::de::DeserializeOwned;
use std::time::Duration;

/// A provider that asks for a longer pause, perhaps by mistake, is asked again after this.
const LONGEST_PAUSE: Duration = Duration::from_secs(600);
/// Bytes of a reply that an error message quotes.
const EXCERPT: usize = 120;

/// A reply that was not refused, its envelope off.
pub struct Reply<'a> {
    body: Body<'a>,
    /// The zone in which times without one are read.
    pub(crate) utc_offset: UtcOffset,
}

impl Reply<'_> {
    /// Reads the content.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T> {
        reader::read(&self.body.data).map_err(|fault| self.unreadable(fault))
    }

    /// Not in the function above, of which there is one for every type that is read.
    #[cold]
    fn unreadable(&self, fault: Fault) -> Error {
        let mut fault = fault.unreadable(&self.body.data);
        let separator =
            if fault.path.is_empty() || fault.path.starts_with('[') || self.body.at.is_empty() { "" } else { "." };
        fault.path = format!("{}{separator}{}", self.body.at, fault.path);
        unreadable(Refusal::unreadable(fault))
    }

    /// Reads what the envelope holds beside the content, where it holds anything.
    pub(crate) fn meta<T: DeserializeOwned + Default>(&self) -> Result<T> {
        self.body
            .meta
            .map_or(Ok(T::default()), |meta| json::decode(meta).map_err(|fault| unreadable(Refusal::unreadable(fault))))
    }

    /// A reply with nothing in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.body.data.trim_ascii().is_empty()
    }
}

fn unreadable(refusal: Refusal) -> Error {
    Error::new(refusal.kind, refusal.delivery, refusal.message).with(|details| details.path = refusal.path)
}

/// Takes the envelope off and decodes, or says how the provider refused.
pub(crate) fn read_reply(
    session: &Session,
    response: &Response,
    decode: &mut (dyn FnMut(&Reply<'_>) -> Result<()> + Send),
) -> Result<()> {
    if response.body.len() > session.body_limit {
        let message = format!("the reply is longer than {} bytes", session.body_limit);
        return Err(Error::new(ErrorKind::Malformed, Delivery::Unknown, message));
    }
    let body = session.provider.read(response).map_err(|refusal| {
        let Refusal { kind, delivery, message, code, field, path } = refusal;
        Error::new(kind, delivery, message)
            .with(|details| (details.code, details.field, details.path) = (code, field, path))
    })?;
    decode(&Reply { body, utc_offset: session.utc_offset })
}

impl Call {
    /// What the reply adds to an error that was read from it: its status, the provider's wish to be left alone, its words
    /// without secrets.
    pub(crate) fn about_reply(&self, error: Error, response: Response, draft: &Draft, secrets: &[String]) -> Error {
        let mut known = self.session.known_secrets();
        known.extend_from_slice(secrets);
        let retry_after = response.header("retry-after").and_then(|value| read_retry_after(value, self.cx.now()));
        if error.kind == ErrorKind::RateLimited
            && let (Some(pause), Some(limiter)) = (retry_after, self.session.limiter(draft.endpoint.limit))
        {
            limiter.pause_until(self.cx.now() + pause.min(LONGEST_PAUSE));
        }
        error.with(|details| {
            details.message = redact::mask_known(&redact::line(&details.message), &known);
            details.code = details.code.take().map(|code| redact::mask_known(&redact::line(&code), &known));
            if details.kind == ErrorKind::Malformed || details.message.ends_with("unknown form") {
                describe_unreadable(details, &response, &known);
            }
            details.status = Some(response.status);
            details.retry_after = retry_after;
            details.request_id = ["x-request-id", "x-nexmo-trace-id", "cf-ray"]
                .iter()
                .find_map(|name| response.header(name))
                .map(|id| redact::mask_known(&redact::line(id), &known));
            details.response = Some(response);
        })
    }
}

fn describe_unreadable(details: &mut Details, response: &Response, known: &[String]) {
    let start = response.body.trim_ascii_start();
    let form = match start.first() {
        None => "; the reply is empty".to_owned(),
        Some(b'<')
            if start.get(..14).is_some_and(|head| {
                head.to_ascii_lowercase().starts_with(b"<!doctype html")
                    || head.to_ascii_lowercase().starts_with(b"<html")
            }) =>
        {
            format!("; the reply is an HTML page: {}", redact::excerpt(start, EXCERPT, known))
        }
        Some(_) => format!("; the reply begins: {}", redact::excerpt(start, EXCERPT, known)),
    };
    let place = details.path.as_ref().map(|path| format!(" at {path}")).unwrap_or_default();
    details.message = match details.kind {
        ErrorKind::Malformed => format!("the reply cannot be read{place}: {}{form}", details.message),
        _ => format!("{}{form}", details.message),
    };
}

/// Seconds, or an HTTP date; a date in the past is now.
fn read_retry_after(value: &str, now: Timestamp) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let at = dates::parse_http_date(value)?;
    Some(Timestamp::from_nanos(at.checked_mul(1_000_000_000)?).since(now))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = Timestamp::parse("1994-11-06T08:49:00Z").unwrap();
        for (value, read) in [
            ("17", Some(17)),
            (" 0 ", Some(0)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(37)),
            ("Sun, 06 Nov 1994 08:48:00 GMT", Some(0)),
            ("soon", None),
            ("-3", None),
        ] {
            assert_eq!(read_retry_after(value, now), read.map(Duration::from_secs), "{value}");
        }
    }
}
