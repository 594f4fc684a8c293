//! One exchange: sign, wait for the rate limit, send, read, try again where that is right. Not generic: every operation of every
//! provider goes through the one machine here.

use crate::call::Call;
use crate::draft::Draft;
use crate::error::{Delivery, Details, Error, ErrorKind, Result};
use crate::flow::{Outcome, Why};
use crate::http::Response;
use crate::limiter::Priority;
use crate::operation::{BoxFuture, Effect};
use crate::reply::{Reply, read_reply};
use crate::retry::{Backoff, Failure, Resend, may_resend};
use crate::secret::Secret;
use crate::session::{Session, TokenLease};
use crate::time::Timestamp;
use crate::wire::{json, redact};
use std::time::Duration;

/// How often a request is handed to the host at most, unless the caller says otherwise.
const ATTEMPTS: u32 = 4;
/// How much too early a host's timer may fire.
const TIMER_TOLERANCE: Duration = Duration::from_millis(5);
/// One attempt of what can be tried again.
const ATTEMPT: Duration = Duration::from_secs(10);
/// One attempt of a purchase: giving up early means not knowing.
const PURCHASE_ATTEMPT: Duration = Duration::from_secs(30);

/// What one attempt came to, when it was not success.
struct Failed {
    error: Error,
    token_expired: bool,
    bearer: Option<Secret>,
}

impl Call {
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
            let done = |error| Err(finish(error, draft.endpoint.effect, earlier));
            // Replacing a token is no attempt of its own.
            if resend != Resend::Yes || (attempt >= attempts && !failure.token_expired) {
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
        let bearer = self.bearer(draft).await.map_err(not_sent)?;
        // Last, so that what is counted as sent now is sent now.
        let place = self.wait_for_leave(draft).await.map_err(not_sent)?;
        let credentials = self.session.credentials(bearer.clone());
        let mut signed = draft.clone();
        self.session.provider.sign(&credentials, &mut signed).map_err(not_sent)?;
        let secrets = signed.secrets().to_vec();
        let request = signed.finish(&self.session.base_url).map_err(not_sent)?;
        let deadline = self.attempt_deadline(draft);
        let outcome = self.cx.send(request, deadline, self.session.body_limit).await;
        let mut token_expired = false;
        let error = match outcome {
            Outcome::NotSent(why) => {
                drop(place);
                self.not_answered(Delivery::NotSent, &why, deadline)
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
                self.not_answered(Delivery::Unknown, &why, deadline)
            }
            other => {
                place.used();
                self.not_answered(Delivery::Unknown, other.name(), deadline)
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

    fn not_answered(&self, delivery: Delivery, why: &str, deadline: Timestamp) -> Error {
        let timed_out = self.cx.now() + TIMER_TOLERANCE >= deadline;
        let kind = if timed_out { ErrorKind::TimedOut } else { ErrorKind::Unreachable };
        let said = redact::mask_known(&redact::line(why), &self.session.known_secrets());
        let message = match delivery {
            Delivery::NotSent => format!("the request could not be sent: {said}"),
            _ => format!("the answer was lost: {said}"),
        };
        Error::new(kind, delivery, message)
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

/// The error as it leaves: an earlier attempt without an answer may have been carried out, or may be yet, whatever became
/// of the last. Under an idempotency key too: that the key is not known yet does not mean that the lost request is gone.
fn finish(error: Error, effect: Effect, an_earlier_one_may_have_acted: bool) -> Error {
    if !an_earlier_one_may_have_acted || effect == Effect::Reads {
        return error;
    }
    error.with(|details| {
        if details.delivery != Delivery::Unknown {
            details.message.push_str(" (the answer to an earlier attempt was lost)");
        }
        details.delivery = Delivery::Unknown;
    })
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
