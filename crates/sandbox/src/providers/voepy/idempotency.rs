//! `Idempotency-Key`: the same key gives the original reply; the same key with another request is a conflict.

use super::refusal::Refusal;
use super::settings::Settings;
use crate::http::{Request, Response};
use crate::time::Time;
use std::time::Duration;

/// A reply that its key still answers with.
#[derive(Debug)]
struct Record {
    key: String,
    request: Fingerprint,
    response: Response,
    expires_at: Time,
}

/// What has to be the same for a request to be the same.
#[derive(Debug, PartialEq, Eq)]
struct Fingerprint {
    method: String,
    path: String,
    query: String,
    body: Vec<u8>,
}

impl Fingerprint {
    fn of(request: &Request) -> Self {
        Self {
            method: request.method.clone(),
            path: request.path.clone(),
            query: request.query.clone(),
            body: request.body.clone(),
        }
    }
}

/// Replies of one tenant, by key.
#[derive(Debug, Default)]
pub(super) struct Replays(Vec<Record>);

impl Replays {
    /// The original reply, if this request had one.
    pub(super) fn find(&self, key: &str, request: &Request) -> Result<Option<Response>, Refusal> {
        let Some(record) = self.0.iter().find(|record| record.key == key) else { return Ok(None) };
        if record.request == Fingerprint::of(request) {
            return Ok(Some(record.response.clone()));
        }
        let message = "This Idempotency-Key was used with a different request.";
        Err(Refusal::new(409, "idempotency_conflict", message))
    }

    pub(super) fn keep(&mut self, key: &str, request: &Request, response: &Response, now: Time, settings: &Settings) {
        let expires_at = now.after(Duration::from_secs(settings.idempotency_seconds));
        let (key, request, response) = (key.to_owned(), Fingerprint::of(request), response.clone());
        self.0.push(Record { key, request, response, expires_at });
    }

    pub(super) fn forget_expired(&mut self, now: Time) {
        self.0.retain(|record| record.expires_at > now);
    }
}

/// The key of a mutating request, if it sent one.
pub(super) fn key<'a>(request: &'a Request, settings: &Settings) -> Result<Option<&'a str>, Refusal> {
    let Some(key) = request.header("idempotency-key").filter(|_| request.method != "GET") else { return Ok(None) };
    if key.is_empty() || (settings.idempotency_key_must_be_uuid && !is_uuid(key)) {
        return Err(Refusal::invalid("Idempotency-Key", "must be a UUID"));
    }
    Ok(Some(key))
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
