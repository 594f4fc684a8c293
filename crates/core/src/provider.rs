//! What a provider says once for all its operations: its facts, how it signs, how it refuses.

use crate::draft::Draft;
use crate::error::{Delivery, ErrorKind, Result};
use crate::http::{Method, Response};
use crate::limiter::RateLimit;
use crate::registry::Entry;
use crate::retry::Backoff;
use crate::secret::Secret;
use crate::setting::Setting;
use crate::unified::abilities::Abilities;
use crate::wire::json::Unreadable;
use std::any::Any;
use std::borrow::Cow;
use std::time::Duration;

/// Facts of one provider.
#[derive(Debug)]
pub struct Facts {
    /// `rentnumber`: in ids, settings and the environment.
    pub slug: &'static str,
    /// `RentNumber`
    pub name: &'static str,
    /// Where it is documented to be; Voepy's is not.
    pub base_url: Option<&'static str>,
    /// Rate limits by name; the common one's is empty.
    pub limits: &'static [(&'static str, RateLimit)],
    /// Its idempotency keys.
    pub keys: Keys,
    /// How retries are spaced when it does not say.
    pub backoff: Backoff,
    /// Settings of its own, besides those that every account has.
    pub settings: &'static [Setting],
}

impl Facts {
    /// Names of the settings for its rate limits besides the common one.
    pub fn rate_limit_settings(&self) -> impl Iterator<Item = String> {
        self.limits.iter().filter(|(name, _)| !name.is_empty()).map(|(name, _)| format!("{name}_rate_limit"))
    }
}

/// On which methods a provider takes an `Idempotency-Key`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keys {
    /// On none.
    None,
    /// On every `POST`, remembered for this long.
    Posts(Duration),
    /// On everything but `GET`, remembered for this long.
    Mutations(Duration),
}

impl Keys {
    /// Whether requests of that method carry a key.
    pub const fn on(self, method: Method) -> bool {
        match self {
            Self::None => false,
            Self::Posts(_) => matches!(method, Method::Post),
            Self::Mutations(_) => !matches!(method, Method::Get),
        }
    }

    pub(crate) const fn window(self) -> Duration {
        match self {
            Self::None => Duration::ZERO,
            Self::Posts(window) | Self::Mutations(window) => window,
        }
    }
}

/// What signs a request: read anew for each attempt, since either may change.
pub struct Credentials {
    /// The account's secret: token, API key or key secret.
    pub secret: Option<Secret>,
    /// An access token that was fetched for it.
    pub bearer: Option<Secret>,
}

/// One of the providers, with an account's settings.
pub trait Provider: Any + Send + Sync {
    /// What is true of every account.
    fn facts(&self) -> &'static Facts;

    /// The secret that the settings gave.
    #[doc(hidden)]
    fn secret(&self) -> Option<Secret>;

    /// Adds credentials, and what the settings decide for every request.
    #[doc(hidden)]
    fn sign(&self, credentials: &Credentials, draft: &mut Draft) -> Result<()>;

    /// Takes the envelope off a reply, or says how the provider refused. Runs before any operation decodes.
    #[doc(hidden)]
    fn read<'a>(&self, response: &'a Response) -> Result<Body<'a>, Refusal>;

    /// A request for an access token, where the settings call for one.
    #[doc(hidden)]
    fn token_request(&self, credentials: &Credentials) -> Option<Result<Draft>> {
        let _ = credentials;
        None
    }

    /// Whether this refusal says that the access token has expired.
    #[doc(hidden)]
    fn token_expired(&self, response: &Response) -> bool {
        let _ = response;
        false
    }
}

/// A provider as the client lists it.
pub struct ProviderEntry {
    /// Its facts.
    pub facts: &'static Facts,
    /// Its operations, in the order of its documentation.
    pub operations: &'static [Entry],
    /// Makes it from an account's own settings.
    pub(crate) open: fn(serde_json::Value) -> Result<Box<dyn Provider>>,
    /// What it can do for the unified layer.
    pub(crate) abilities: Abilities,
}

/// What is left of a reply when its envelope is off.
#[derive(Debug, Clone)]
pub struct Body<'a> {
    pub(crate) data: Cow<'a, [u8]>,
    /// Where in the reply `data` was: for the path of what cannot be read.
    pub(crate) at: &'static str,
    pub(crate) meta: Option<&'a [u8]>,
}

impl<'a> Body<'a> {
    /// A reply without an envelope.
    pub(crate) fn bare(data: &'a [u8]) -> Self {
        Self { data: Cow::Borrowed(data), at: "", meta: None }
    }
}

/// How a provider said no, or said nothing readable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub(crate) kind: ErrorKind,
    pub(crate) delivery: Delivery,
    pub(crate) message: String,
    pub(crate) code: Option<String>,
    pub(crate) field: Option<String>,
    pub(crate) path: Option<String>,
}

impl Refusal {
    /// The provider's refusal of that kind, in its own words.
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        let delivery = match kind {
            ErrorKind::ProviderDown | ErrorKind::Malformed | ErrorKind::TimedOut => Delivery::Unknown,
            _ => Delivery::Refused,
        };
        Self { kind, delivery, message: message.into(), code: None, field: None, path: None }
    }

    /// What a status means where the body says no better. `None` for success.
    pub(crate) fn kind_of_status(status: u16) -> Option<ErrorKind> {
        Some(match status {
            200..=299 => return None,
            400 | 422 => ErrorKind::InvalidInput,
            401 => ErrorKind::Unauthenticated,
            402 => ErrorKind::InsufficientFunds,
            403 => ErrorKind::Forbidden,
            404 | 410 => ErrorKind::NotFound,
            408 => ErrorKind::TimedOut,
            409 => ErrorKind::Conflict,
            429 => ErrorKind::RateLimited,
            500..=599 => ErrorKind::ProviderDown,
            _ => ErrorKind::Refused,
        })
    }

    /// A refusal whose body is in no form the provider is known to use: an excerpt of it follows in the message.
    pub(crate) fn unknown_form(kind: ErrorKind, response: &Response) -> Self {
        if (300..400).contains(&response.status) {
            let message = "it redirects elsewhere, which is never followed; check base_url";
            return Self { delivery: Delivery::Unknown, ..Self::new(kind, message) };
        }
        Self::new(kind, format!("status {}, and a body in an unknown form", response.status))
    }

    /// A reply that cannot be read, of whatever status below 400.
    pub(crate) fn unreadable(fault: Unreadable) -> Self {
        let path = Some(fault.path).filter(|path| !path.is_empty());
        Self { path, ..Self::new(ErrorKind::Malformed, fault.message) }
    }

    pub(crate) fn code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into());
        self
    }

    pub(crate) fn field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }
}
