//! One call: sign, wait for the rate limit, send, read, try again where that is right. Not generic: every operation of every
//! provider goes through the one machine here.

use crate::draft::Draft;
use crate::error::{Delivery, Details, Error, ErrorKind, Result};
use crate::flow::{Cx, Outcome, Why};
use crate::http::Response;
use crate::limiter::Priority;
use crate::operation::{BoxFuture, Effect, Operation};
use crate::provider::{Body, Refusal};
use crate::retry::{Backoff, Failure, Resend, may_resend};
use crate::secret::Secret;
use crate::session::{Session, TokenLease};
use crate::time::{Timestamp, UtcOffset};
use crate::wire::{dates, json, redact};
use serde::de::DeserializeOwned;
use std::sync::Arc;
use std::time::Duration;

/// What a caller may say of one call.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Which account; needed only where several are at one provider.
    pub account: Option<String>,
    /// For the whole call, retries included. By default 30 s, for purchases 90 s, for waiting 5 minutes.
    pub timeout: Option<Duration>,
    /// How often a request is handed to the host at most. By default 4.
    pub attempts: Option<u32>,
    /// The caller's own idempotency key, where the provider takes one.
    pub idempotency_key: Option<String>,
}

/// How often a request is handed to the host at most, unless the caller says otherwise.
const ATTEMPTS: u32 = 4;
/// One attempt of what can be tried again.
const ATTEMPT: Duration = Duration::from_secs(10);
/// One attempt of a purchase: giving up early means not knowing.
const PURCHASE_ATTEMPT: Duration = Duration::from_secs(30);
/// Bytes of a reply that an error message quotes.
const EXCERPT: usize = 120;

/// A result and the reply it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer<T> {
    /// The result.
    pub value: T,
    /// The reply, raw.
    pub response: Response,
}

/// Something at the provider that a lost purchase may have become.
pub struct Found<T> {
    /// How the provider names it.
    pub id: String,
    /// What the purchase would have answered.
    pub answer: Answer<T>,
}

/// A reply that was not refused, its envelope off.
pub struct Reply<'a> {
    body: Body<'a>,
    /// The zone in which times without one are read.
    pub(crate) utc_offset: UtcOffset,
}

impl Reply<'_> {
    /// Reads the content.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T> {
        json::decode(&self.body.data).map_err(|mut fault| {
            let separator =
                if fault.path.is_empty() || fault.path.starts_with('[') || self.body.at.is_empty() { "" } else { "." };
            fault.path = format!("{}{separator}{}", self.body.at, fault.path);
            unreadable(Refusal::unreadable(fault))
        })
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

/// One call under way: whose, and how far it may go.
#[derive(Clone)]
pub struct Call {
    pub(crate) cx: Cx,
    pub(crate) session: Arc<Session>,
    pub(crate) options: Options,
    pub(crate) priority: Priority,
    pub(crate) deadline: Timestamp,
}

/// What one attempt came to, when it was not success.
struct Failed {
    error: Error,
    token_expired: bool,
    bearer: Option<Secret>,
}

impl Call {
    pub(crate) fn new(cx: Cx, session: Arc<Session>, options: Options) -> Self {
        let deadline = cx.deadline();
        Self { cx, session, options, priority: Priority::Call, deadline }
    }

    /// Runs another operation of the same account inside this call: without the caller's key.
    pub(crate) fn read<'a, O: Operation>(&'a self, operation: &'a O) -> BoxFuture<'a, Result<Answer<O::Output>>> {
        Box::pin(async move {
            let options = Options { idempotency_key: None, ..self.options.clone() };
            let call = Self { options, cx: self.cx.clone(), session: Arc::clone(&self.session), ..*self };
            send(&call, operation, None).await
        })
    }

    /// Sends until it succeeds, or must not be sent again. `decode` is given what was not refused, and keeps what it reads.
    pub(crate) async fn exchange(
        &self,
        draft: Draft,
        decode: &mut (dyn FnMut(&Reply<'_>) -> Result<()> + Send),
    ) -> Result<Response> {
        let started = self.cx.now();
        let attempts = self.options.attempts.unwrap_or(ATTEMPTS).max(1);
        let mut attempt = 1;
        let mut token_was_replaced = false;
        let mut an_earlier_one_may_have_acted = false;
        loop {
            let Failed { error, token_expired, bearer } = match self.attempt(&draft, decode).await {
                Ok(response) => return Ok(response),
                Err(failed) => failed,
            };
            let error = error.with(|details| details.attempts = attempt);
            let failure = Failure {
                kind: error.kind,
                delivery: error.delivery,
                token_expired: token_expired && !token_was_replaced,
                key_is_fresh: self.key_is_fresh(&draft, started),
            };
            let resend = may_resend(draft.endpoint.effect, failure);
            let earlier = an_earlier_one_may_have_acted;
            let done = |error| Err(self.finish(error, &draft, failure, earlier));
            if resend != Resend::Yes || attempt >= attempts {
                return done(error);
            }
            an_earlier_one_may_have_acted |= error.delivery == Delivery::Unknown;
            if failure.token_expired {
                bearer.as_ref().inspect(|token| self.session.forget_token(token));
                token_was_replaced = true;
            } else if self.cx.sleep(self.pause(&error, attempt), Why::Retry).await.is_err()
                || self.cx.now() >= self.deadline
            {
                return done(error);
            }
            attempt += 1;
        }
    }

    /// Sends once.
    async fn attempt(
        &self,
        draft: &Draft,
        decode: &mut (dyn FnMut(&Reply<'_>) -> Result<()> + Send),
    ) -> Result<Response, Failed> {
        let not_sent = |error: Error| Failed { error: error.of(draft.endpoint.id), token_expired: false, bearer: None };
        let place = self.wait_for_leave(draft).await.map_err(not_sent)?;
        let bearer = self.bearer(draft).await.map_err(not_sent)?;
        let credentials = self.session.credentials(bearer.clone());
        let mut signed = draft.clone();
        self.session.provider.sign(&credentials, &mut signed).map_err(not_sent)?;
        let secrets = signed.secrets().to_vec();
        let request = signed.finish(&self.session.base_url).map_err(not_sent)?;
        let outcome = self.cx.send(request, self.attempt_deadline(draft), self.session.body_limit).await;
        let mut token_expired = false;
        let error = match outcome {
            Outcome::NotSent(why) => {
                drop(place);
                self.not_answered(Delivery::NotSent, &why)
            }
            Outcome::Answered(response) => {
                place.used();
                match read_reply(&self.session, &response, decode) {
                    Ok(()) => return Ok(response),
                    Err(error) => {
                        token_expired = bearer.is_some() && self.session.provider.token_expired(&response);
                        self.about_reply(error, response, draft, &secrets)
                    }
                }
            }
            Outcome::Lost(why) => {
                place.used();
                self.not_answered(Delivery::Unknown, &why)
            }
            other => {
                place.used();
                self.not_answered(Delivery::Unknown, &format!("{other:?}"))
            }
        };
        Err(Failed { error: error.of(draft.endpoint.id), token_expired, bearer })
    }

    async fn wait_for_leave(&self, draft: &Draft) -> Result<crate::limiter::Place> {
        let late = || {
            Error::new(ErrorKind::RateLimited, Delivery::NotSent, "the rate limit leaves no place before the deadline")
        };
        let limiter = self.session.limiter(draft.endpoint.limit).ok_or_else(late)?;
        let priority =
            if matches!(draft.endpoint.effect, Effect::Spends(_)) { Priority::Purchase } else { self.priority };
        let mut place = limiter.queue(self.cx.now(), priority);
        while let Err(wait) = place.ask(self.cx.now()) {
            if self.cx.now() + wait >= self.deadline {
                return Err(late().with(|details| details.retry_after = Some(wait)));
            }
            self.cx.sleep(wait, Why::RateLimit).await.map_err(|_| late())?;
        }
        Ok(place)
    }

    /// An access token where the account's settings call for one: from the session, or fetched for all its flows.
    async fn bearer(&self, draft: &Draft) -> Result<Option<Secret>> {
        if draft.endpoint.id.ends_with(".token") {
            return Ok(None);
        }
        loop {
            let Some(request) = self.session.provider.token_request(&self.session.credentials(None)) else {
                return Ok(None);
            };
            match self.session.lease_token(self.cx.now()) {
                TokenLease::Token(token) => return Ok(Some(token)),
                TokenLease::Busy => Session::wait_for_token(&self.cx).await?,
                TokenLease::Fetch(lease) => {
                    let grant = self.fetch_token(request?).await.map_err(|error| error.with(token_was_for(draft)))?;
                    lease.store(grant.access_token, self.cx.now(), Duration::from_secs(grant.expires_in));
                }
            }
        }
    }

    /// Boxed, because exchanges fetch tokens by exchanges; one deep, because a request for a token needs no token.
    fn fetch_token(&self, request: Draft) -> BoxFuture<'_, Result<TokenGrant>> {
        Box::pin(async move {
            let mut grant = None;
            let mut keep = |reply: &Reply<'_>| {
                grant = Some(reply.json::<TokenGrant>()?);
                Ok(())
            };
            self.exchange(request, &mut keep).await?;
            grant.ok_or_else(|| Error::new(ErrorKind::Malformed, Delivery::Unknown, "nothing was read"))
        })
    }

    /// What the reply adds to an error that was read from it.
    fn about_reply(&self, error: Error, response: Response, draft: &Draft, secrets: &[String]) -> Error {
        let mut known = self.session.known_secrets();
        known.extend_from_slice(secrets);
        let retry_after = response.header("retry-after").and_then(|value| read_retry_after(value, self.cx.now()));
        if error.kind == ErrorKind::RateLimited
            && let (Some(pause), Some(limiter)) = (retry_after, self.session.limiter(draft.endpoint.limit))
        {
            limiter.pause_until(self.cx.now() + pause);
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

    fn not_answered(&self, delivery: Delivery, why: &str) -> Error {
        let kind = if self.cx.now() >= self.deadline || why.contains("deadline") {
            ErrorKind::TimedOut
        } else {
            ErrorKind::Unreachable
        };
        let said = redact::mask_known(&redact::line(why), &self.session.known_secrets());
        let message = match delivery {
            Delivery::NotSent => format!("the request could not be sent: {said}"),
            _ => format!("the answer was lost: {said}"),
        };
        Error::new(kind, delivery, message)
    }

    /// The error as it leaves: an earlier attempt without an answer may have been carried out, whatever became of the last.
    fn finish(&self, error: Error, draft: &Draft, failure: Failure, an_earlier_one_may_have_acted: bool) -> Error {
        let replayed = failure.key_is_fresh && error.delivery == Delivery::Refused;
        let definite = replayed
            && !matches!(error.kind, ErrorKind::Conflict | ErrorKind::RateLimited | ErrorKind::Unauthenticated);
        if !an_earlier_one_may_have_acted || definite || draft.endpoint.effect == Effect::Reads {
            return error;
        }
        error.with(|details| {
            if details.delivery != Delivery::Unknown {
                details.message.push_str(" (the answer to an earlier attempt was lost)");
            }
            details.delivery = Delivery::Unknown;
        })
    }

    fn key_is_fresh(&self, draft: &Draft, since: Timestamp) -> bool {
        draft.has_header("idempotency-key") && self.cx.now().since(since) < self.session.key_window
    }

    fn pause(&self, error: &Error, failures: u32) -> Duration {
        let facts = self.session.provider.facts();
        // The token endpoint's own advice (Sinch): base 1 s, times 4.
        let token = Backoff { base: Duration::from_secs(1), factor: 4, cap: Duration::from_secs(20) };
        let backoff = if error.operation.ends_with(".token") { token } else { facts.backoff };
        let jitter = backoff.delay(failures, self.session.random());
        error.retry_after.map_or(jitter, |asked| asked.max(jitter.min(Duration::from_millis(250))))
    }

    fn attempt_deadline(&self, draft: &Draft) -> Timestamp {
        let now = self.cx.now();
        let left = self.deadline.since(now);
        let allowed = match draft.endpoint.effect {
            // Half of what is left is kept for finding out what became of it.
            Effect::Spends(_) => PURCHASE_ATTEMPT.min(left / 2),
            Effect::Reads | Effect::Sets => ATTEMPT.min(left),
        };
        now + allowed
    }
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

#[derive(serde::Deserialize)]
struct TokenGrant {
    access_token: Secret,
    #[serde(default = "an_hour", deserialize_with = "json::count")]
    expires_in: u64,
}

const fn an_hour() -> u64 {
    3600
}

fn token_was_for(draft: &Draft) -> impl FnOnce(&mut Details) {
    let id = draft.endpoint.id;
    move |details| {
        details.message = format!("no access token: {}", details.message);
        id.clone_into(&mut details.operation);
        // What the token was for was not sent, whatever became of the request for the token.
        details.delivery = Delivery::NotSent;
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

/// Sends one operation, under this key.
pub(crate) async fn send<O: Operation>(call: &Call, operation: &O, key: Option<&str>) -> Result<Answer<O::Output>> {
    let provider = call.session.provider::<O::Provider>()?;
    let draft = encode(call, operation, key)?;
    let mut output = None;
    let mut decode = |reply: &Reply<'_>| {
        output = Some(operation.decode(provider, reply)?);
        Ok(())
    };
    // Boxed, so that a flow that sleeps between two exchanges does not carry the room for one.
    let exchange: BoxFuture<'_, Result<Response>> = Box::pin(call.exchange(draft, &mut decode));
    let response = exchange.await?;
    let value = output
        .ok_or_else(|| Error::new(ErrorKind::Malformed, Delivery::Unknown, "nothing was read").of(O::ENDPOINT.id))?;
    if let Some(secret) = operation.new_secret(&value) {
        call.session.replace_secret(secret);
    }
    Ok(Answer { value, response })
}

/// Writes the request of one operation, under this key; everything that cannot be sent is found here.
pub(crate) fn encode<O: Operation>(call: &Call, operation: &O, key: Option<&str>) -> Result<Draft> {
    let provider = call.session.provider::<O::Provider>()?;
    let mut draft = Draft::new(O::ENDPOINT);
    operation.encode(provider, &mut draft).map_err(|error| error.of(O::ENDPOINT.id))?;
    if let Some(key) = key {
        draft.header("idempotency-key", key);
    }
    Ok(draft)
}

/// The key for a new call: the caller's, or a new one where the provider takes keys.
pub(crate) fn choose_key<O: Operation>(call: &Call) -> Result<Option<String>> {
    let takes_keys = call.session.provider.facts().keys.on(O::ENDPOINT.method);
    match &call.options.idempotency_key {
        Some(_) if !takes_keys => {
            let problem =
                format!("{} takes no idempotency key here, and would ignore it", call.session.provider.facts().name);
            Err(Error::invalid_input("idempotency_key", problem).of(O::ENDPOINT.id))
        }
        Some(key) if key.is_empty() || key.len() > 255 || !key.bytes().all(|byte| byte.is_ascii_graphic()) => {
            let problem = "it must be 1 to 255 printable ASCII characters, without spaces; a UUID is best";
            Err(Error::invalid_input("idempotency_key", problem).of(O::ENDPOINT.id))
        }
        Some(key) => Ok(Some(key.clone())),
        None => Ok(takes_keys.then(|| call.session.new_uuid())),
    }
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
