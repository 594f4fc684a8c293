//! Basic authentication, and OAuth2 tokens: `POST /oauth2/token`, which Sinch serves at `auth.sinch.com`.

use super::CREDENTIALS;
use super::base64;
use super::refusal::Refusal;
use super::settings::Settings;
use crate::http::{Request, Response};
use crate::provider::Ids;
use crate::time::Time;
use serde_json::json;
use std::time::Duration;

const BASIC_CHALLENGE: &str = "Basic realm=\"numbers\"";

/// How long an expired token is still recognised as one that was good.
const REMEMBERED: Duration = Duration::from_secs(86_400);

/// Tokens given out, and how fast more may be asked for.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    issued: Vec<(String, Time)>,
    /// Thousandths of a request, and when they were counted; none before the first request.
    bucket: Option<(u64, Time)>,
}

impl Tokens {
    /// Basic or Bearer; both are good on both versions.
    pub(super) fn authenticate(&self, request: &Request, now: Time) -> Result<(), Refusal> {
        let header = request.header("authorization").and_then(|value| value.split_once(' '));
        match header {
            Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => self.check(token, now),
            Some((scheme, _)) if scheme.eq_ignore_ascii_case("basic") && basic_is_good(request) => Ok(()),
            Some(_) => Err(Refusal::unauthenticated("Invalid credentials", BASIC_CHALLENGE)),
            None => Err(Refusal::unauthenticated("No credentials", BASIC_CHALLENGE)),
        }
    }

    fn check(&self, token: &str, now: Time) -> Result<(), Refusal> {
        let expires_at = self.issued.iter().find(|(issued, _)| issued == token).map(|(_, expires_at)| *expires_at);
        match expires_at {
            Some(expires_at) if now < expires_at => Ok(()),
            // Client libraries look for the word `expired` here, and only then fetch a new token.
            Some(_) => Err(Refusal::unauthenticated(
                "Token expired",
                "Bearer error=\"invalid_token\", error_description=\"token expired\"",
            )),
            None => Err(Refusal::unauthenticated(
                "Invalid token",
                "Bearer error=\"invalid_token\", error_description=\"token is not valid\"",
            )),
        }
    }

    /// `POST /oauth2/token`. Over the limit it answers 429 without `Retry-After`, as the client libraries note.
    pub(super) fn endpoint(&mut self, request: &Request, now: Time, ids: &mut Ids, settings: &Settings) -> Response {
        if request.method != "POST" {
            return refuse(405, "invalid_request", "use POST").with_header("allow", "POST");
        }
        if !self.take_from_bucket(now, settings) {
            return refuse(429, "too_many_requests", "slow down");
        }
        if !basic_is_good(request) {
            let refusal = refuse(401, "invalid_client", "client authentication failed");
            return refusal.with_header("www-authenticate", BASIC_CHALLENGE);
        }
        match check_form(request) {
            Ok(()) => self.issue(now, ids, settings),
            Err((error, description)) => refuse(400, error, &description),
        }
    }

    fn issue(&mut self, now: Time, ids: &mut Ids, settings: &Settings) -> Response {
        self.issued.retain(|(_, expires_at)| now.since(*expires_at) < REMEMBERED);
        let token = format!("sandbox.{:016x}{:016x}", ids.next(), ids.next());
        self.issued.push((token.clone(), now.after(Duration::from_secs(settings.token_seconds))));
        let body = json!({
            "access_token": token,
            "token_type": "bearer",
            "expires_in": settings.token_seconds,
            "scope": "",
        });
        Response::json(200, &body).with_header("cache-control", "no-store")
    }

    fn take_from_bucket(&mut self, now: Time, settings: &Settings) -> bool {
        let full = u64::from(settings.token_bucket_size) * 1_000;
        let (level, counted_at) = self.bucket.unwrap_or((full, now));
        let elapsed = u64::try_from(now.since(counted_at).as_millis()).unwrap_or(u64::MAX);
        let refill = elapsed.saturating_mul(u64::from(settings.token_bucket_refill_per_second));
        let level = level.saturating_add(refill).min(full);
        let taken = level.checked_sub(1_000);
        self.bucket = Some((taken.unwrap_or(level), now));
        taken.is_some()
    }
}

fn basic_is_good(request: &Request) -> bool {
    let header = request.header("authorization").and_then(|value| value.split_once(' '));
    let Some((_, encoded)) = header.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic")) else { return false };
    base64::decode(encoded)
        .is_some_and(|pair| pair == format!("{}:{}", credential("key_id"), credential("key_secret")).as_bytes())
}

pub(super) fn credential(name: &str) -> &'static str {
    CREDENTIALS.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value)
}

fn check_form(request: &Request) -> Result<(), (&'static str, String)> {
    let media_type = request.header("content-type").unwrap_or_default();
    let media_type = media_type.split(';').next().unwrap_or_default().trim();
    if !media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err(("invalid_request", "Content-Type must be application/x-www-form-urlencoded".to_owned()));
    }
    let pairs = request.form_pairs();
    if let Some((name, _)) = pairs.iter().chain(&request.query_pairs()).find(|(name, _)| name != "grant_type") {
        return Err(("invalid_request", format!("{name}: unknown parameter")));
    }
    match pairs.as_slice() {
        [(_, grant)] if grant == "client_credentials" => Ok(()),
        [(_, grant)] => Err(("unsupported_grant_type", format!("grant_type: {grant} is not supported"))),
        _ => Err(("invalid_request", "grant_type: is required once".to_owned())),
    }
}

/// RFC 6749's errors, not those of the numbers API.
fn refuse(status: u16, error: &str, description: &str) -> Response {
    Response::json(status, &json!({"error": error, "error_description": description}))
}
