//! What was answered under an `Idempotency-Key`, for as long as it is remembered.

use super::replies::Refusal;
use super::settings::Settings;
use crate::http::{Request, Response};
use crate::time::Time;
use serde_json::Value;
use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

#[derive(Debug, Default)]
pub(super) struct Idempotency {
    records: BTreeMap<String, Record>,
    /// Keys in the order in which they are forgotten.
    oldest_first: VecDeque<(Time, String)>,
}

#[derive(Debug)]
struct Record {
    path: String,
    body: Value,
    response: Response,
}

impl Idempotency {
    pub(super) fn forget_old(&mut self, now: Time, settings: &Settings) {
        let kept = Duration::from_secs(u64::from(settings.idempotency_hours) * 3600);
        while self.oldest_first.front().is_some_and(|(since, _)| now >= since.after(kept)) {
            if let Some((_, key)) = self.oldest_first.pop_front() {
                self.records.remove(&key);
            }
        }
    }

    /// The answer this request had before, if it is a repetition.
    pub(super) fn replay(&self, request: &Request, settings: &Settings) -> Result<Option<Response>, Refusal> {
        let Some(key) = key(request, settings)? else {
            return Ok(None);
        };
        let Some(record) = self.records.get(key) else {
            return Ok(None);
        };
        if record.path == request.path && record.body == body(request) {
            return Ok(Some(record.response.clone()));
        }
        let message = "Idempotency-Key was already used with a different request.";
        Err(Refusal::new(settings.idempotency_mismatch_status, message))
    }

    pub(super) fn remember(&mut self, request: &Request, response: &Response, now: Time) {
        if let Some(key) = request.header("idempotency-key") {
            let (path, response) = (request.path.clone(), response.clone());
            self.records.insert(key.to_owned(), Record { path, body: body(request), response });
            self.oldest_first.push_back((now, key.to_owned()));
        }
    }
}

/// Bodies are compared as JSON: another order of fields is the same request.
fn body(request: &Request) -> Value {
    serde_json::from_slice(&request.body).unwrap_or_else(|_| Value::from(String::from_utf8_lossy(&request.body)))
}

fn key<'a>(request: &'a Request, settings: &Settings) -> Result<Option<&'a str>, Refusal> {
    let key = request.header("idempotency-key");
    if key.is_none() && settings.idempotency_key_required {
        return Err(Refusal::invalid(settings, "Idempotency-Key", "is required"));
    }
    if key.is_some_and(|key| settings.idempotency_key_is_uuid && !is_uuid(key)) {
        return Err(Refusal::invalid(settings, "Idempotency-Key", "must be a UUID"));
    }
    Ok(key)
}

fn is_uuid(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12])
        && parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
