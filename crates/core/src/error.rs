//! What can go wrong, and whether the provider may have acted all the same.

use crate::http::Response;
use crate::wire::writer::to_text;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Deref;
use std::time::Duration;

/// Whether the provider may have acted on the request that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Delivery {
    /// It certainly never reached the provider.
    NotSent,
    /// The provider answered that it did not do it.
    Refused,
    /// It may or may not have been carried out.
    Unknown,
}

/// What went wrong. One stable snake_case name in every host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ErrorKind {
    /// A parameter or setting is missing or malformed; see `field`.
    InvalidInput,
    /// The credentials are wrong, revoked or expired.
    Unauthenticated,
    /// The credentials are good, but do not allow this.
    Forbidden,
    /// The account cannot pay for it.
    InsufficientFunds,
    /// No such thing, or not yours.
    NotFound,
    /// Nothing (left) to buy.
    OutOfStock,
    /// The state of things forbids it.
    Conflict,
    /// It will be possible a little later.
    NotReady,
    /// What was asked about is over: expired, cancelled, refunded.
    Ended,
    /// The provider said no, for a reason of its own.
    Refused,
    /// Too many requests; see `retry_after`.
    RateLimited,
    /// The provider, or something in front of it, is failing.
    ProviderDown,
    /// The provider could not be reached, or the connection broke.
    Unreachable,
    /// The deadline passed.
    TimedOut,
    /// The reply cannot be read; see `path`.
    Malformed,
    /// This provider cannot do it.
    Unsupported,
    /// The caller gave it up.
    Cancelled,
    /// The journal could not take the intent, so nothing was sent.
    JournalFailed,
    /// A purchase may or may not have happened; see `candidates`.
    PurchaseUnknown,
}

impl ErrorKind {
    /// Every kind, in the order of declaration.
    pub const ALL: [Self; 19] = [
        Self::InvalidInput,
        Self::Unauthenticated,
        Self::Forbidden,
        Self::InsufficientFunds,
        Self::NotFound,
        Self::OutOfStock,
        Self::Conflict,
        Self::NotReady,
        Self::Ended,
        Self::Refused,
        Self::RateLimited,
        Self::ProviderDown,
        Self::Unreachable,
        Self::TimedOut,
        Self::Malformed,
        Self::Unsupported,
        Self::Cancelled,
        Self::JournalFailed,
        Self::PurchaseUnknown,
    ];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidInput => "invalid_input",
            Self::Unauthenticated => "unauthenticated",
            Self::Forbidden => "forbidden",
            Self::InsufficientFunds => "insufficient_funds",
            Self::NotFound => "not_found",
            Self::OutOfStock => "out_of_stock",
            Self::Conflict => "conflict",
            Self::NotReady => "not_ready",
            Self::Ended => "ended",
            Self::Refused => "refused",
            Self::RateLimited => "rate_limited",
            Self::ProviderDown => "provider_down",
            Self::Unreachable => "unreachable",
            Self::TimedOut => "timed_out",
            Self::Malformed => "malformed",
            Self::Unsupported => "unsupported",
            Self::Cancelled => "cancelled",
            Self::JournalFailed => "journal_failed",
            Self::PurchaseUnknown => "purchase_unknown",
        }
    }

    /// What to do next, as a sentence without its full stop.
    pub const fn advice(self) -> &'static str {
        match self {
            Self::InvalidInput => "Correct it and call again",
            Self::Unauthenticated => "Check the account's credentials",
            Self::Forbidden => "Check what these credentials and this account are allowed to do",
            Self::InsufficientFunds => "Top up the account at the provider",
            Self::NotFound => "Check the id, or list what there is",
            Self::OutOfStock => "Choose another offer, or try again later",
            Self::Conflict => "Look at the present state before trying again",
            Self::NotReady => "Try again in a moment",
            Self::Ended => "It will not come back; start anew",
            Self::Refused => "The provider's words are all that is known",
            Self::RateLimited => "Wait before calling again",
            Self::ProviderDown => "Try again later",
            Self::Unreachable => "Check the network and the base URL",
            Self::TimedOut => "Allow more time, or try again later",
            Self::Malformed => "The provider may have changed, or something stands in front of it",
            Self::Unsupported => "Nothing was sent; another provider may offer it",
            Self::Cancelled => "It was given up before it ended",
            Self::JournalFailed => "Nothing was sent; mend the journal and call again",
            Self::PurchaseUnknown => "Look at the account before buying again",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The result of nearly everything here.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, one pointer wide; see [`Details`] for its fields. `Display` is one line: what happened, to which
/// operation, and what to do next.
#[derive(Clone, PartialEq, Eq)]
pub struct Error(Box<Details>);

/// The fields of an [`Error`]. In JSON as here, without the reply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Details {
    /// What went wrong.
    pub kind: ErrorKind,
    /// Whether the provider may have acted.
    pub delivery: Delivery,
    /// Id of the operation: `rentnumber.rent`; empty before one is chosen.
    pub operation: String,
    /// What happened, in one line; the provider's words where it gave any. Never a secret.
    pub message: String,
    /// For [`ErrorKind::InvalidInput`]: the parameter or setting.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub field: Option<String>,
    /// For [`ErrorKind::Malformed`]: where in the reply, as `data[3].msisdn`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub path: Option<String>,
    /// HTTP status of the last reply.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub status: Option<u16>,
    /// The provider's own code, where it gives one: `balance_insufficient`, `NOT_FOUND`, `420`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub code: Option<String>,
    /// How long the provider asked to wait, in seconds in JSON.
    #[serde(skip_serializing_if = "Option::is_none", default, with = "seconds")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<f64>"))]
    pub retry_after: Option<Duration>,
    /// The provider's id of the exchange, for its support.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub request_id: Option<String>,
    /// How many times a request was handed to the host.
    pub attempts: u32,
    /// For [`ErrorKind::PurchaseUnknown`]: the key under which it was sent. Calling again with the same key cannot buy twice,
    /// as long as the provider remembers it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub idempotency_key: Option<String>,
    /// For [`ErrorKind::PurchaseUnknown`]: ids of what may have been bought by it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub candidates: Vec<String>,
    /// The last reply, raw.
    #[serde(skip)]
    pub response: Option<Response>,
}

impl Error {
    /// An error of that kind, before anything is known of a reply.
    pub fn new(kind: ErrorKind, delivery: Delivery, message: impl Into<String>) -> Self {
        Self(Box::new(Details {
            kind,
            delivery,
            operation: String::new(),
            message: message.into(),
            field: None,
            path: None,
            status: None,
            code: None,
            retry_after: None,
            request_id: None,
            attempts: 0,
            idempotency_key: None,
            candidates: Vec::new(),
            response: None,
        }))
    }

    /// A parameter or setting that cannot be used; nothing was sent.
    pub fn invalid_input(field: &str, problem: impl fmt::Display) -> Self {
        Self::new(ErrorKind::InvalidInput, Delivery::NotSent, format!("{field}: {problem}"))
            .with(|details| details.field = Some(field.to_owned()))
    }

    /// A journal that cannot be used; nothing was sent.
    pub fn journal_failed(why: impl fmt::Display) -> Self {
        Self::new(ErrorKind::JournalFailed, Delivery::NotSent, format!("the journal cannot be used: {why}"))
    }

    /// The same error with more known about it.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut Details)) -> Self {
        change(&mut self.0);
        self
    }

    /// The same error, of this operation where it named none.
    #[must_use]
    pub(crate) fn of(self, operation: &str) -> Self {
        self.with(|details| {
            if details.operation.is_empty() {
                operation.clone_into(&mut details.operation);
            }
        })
    }

    /// As JSON text, for hosts.
    pub fn to_json(&self) -> String {
        to_text(&*self.0)
    }
}

impl Deref for Error {
    type Target = Details;
    fn deref(&self) -> &Details {
        &self.0
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.operation.is_empty() {
            write!(f, "{}: ", self.operation)?;
        }
        write!(f, "{} [{}", self.message, self.kind)?;
        if let Some(status) = self.status {
            write!(f, ", status {status}")?;
        }
        if self.delivery == Delivery::Unknown {
            write!(f, ", may have been carried out")?;
        }
        write!(f, "]. {}.", self.kind.advice())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Error {}

/// Seconds with a fraction.
mod seconds {
    use serde::{Deserialize, Deserializer, Serializer};
    use std::time::Duration;

    pub(super) fn serialize<S: Serializer>(value: &Option<Duration>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(value.unwrap_or_default().as_secs_f64())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Duration>, D::Error> {
        let seconds = <Option<f64>>::deserialize(deserializer)?;
        Ok(seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_one_line_that_says_what_to_do() {
        let error = Error::new(ErrorKind::InsufficientFunds, Delivery::Refused, "Insufficient balance. Need ₦450.00")
            .of("rentnumber.rent")
            .with(|details| details.status = Some(400));
        assert_eq!(
            error.to_string(),
            "rentnumber.rent: Insufficient balance. Need ₦450.00 [insufficient_funds, status 400]. Top up the account at the provider."
        );
        assert_eq!(
            error.to_json(),
            r#"{"kind":"insufficient_funds","delivery":"refused","operation":"rentnumber.rent","message":"Insufficient balance. Need ₦450.00","status":400,"attempts":0}"#
        );
    }

    #[test]
    fn every_kind_serialises_as_its_stable_name() {
        for kind in ErrorKind::ALL {
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{kind}\""));
        }
    }
}
