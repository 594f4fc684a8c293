//! Events that providers send to a gateway, each account's to a path of its own. Who sends them has no token: what they are
//! believed by is their signature.

use super::head::{self, Head, Refusal};
use super::policy::Policy;
use crate::error::{Error, ErrorKind, Result};
use crate::events::{Event, EventRequest, SignatureAlgorithm, Signing, Verification, parse_event};
use crate::secret::Secret;
use crate::time::Timestamp;
use serde::{Deserialize, Deserializer};
use std::time::Duration;

/// Longer than any event is.
const BODY_LIMIT: usize = 1 << 18;

/// How the events of one account are checked. In JSON as here, the tolerance in seconds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EventPolicy {
    /// Whose events they are; the one that the account is named after unless said.
    pub provider: Option<String>,
    /// What they may be signed with: two while one replaces the other.
    pub secrets: Vec<Secret>,
    /// By which algorithm, where the provider has several.
    pub algorithm: Option<SignatureAlgorithm>,
    /// How old they may be.
    #[serde(deserialize_with = "seconds")]
    pub tolerance: Option<Duration>,
    /// This account signs nothing: whoever knows the URL can send events.
    pub signs_nothing: bool,
}

fn seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Duration>, D::Error> {
    let seconds = <Option<f64>>::deserialize(deserializer)?;
    seconds.map(Duration::try_from_secs_f64).transpose().map_err(serde::de::Error::custom)
}

impl EventPolicy {
    /// What is wrong with it.
    pub(super) fn check(&self, account: &str) -> Result<()> {
        if self.signs_nothing == self.secrets.is_empty() {
            return Ok(());
        }
        let problem =
            format!("{account}: give the secrets that its events are signed with, or signs_nothing, not both");
        Err(Error::invalid_input("events", problem))
    }

    fn read(&self, account: &str, request: &EventRequest<'_>, now: Timestamp) -> Result<Option<Event>> {
        let (secrets, algorithm, tolerance) = (self.secrets.clone(), self.algorithm, self.tolerance);
        let signing = Signing { secrets, algorithm, tolerance };
        let verification = if self.signs_nothing { Verification::SignsNothing } else { Verification::Signed(&signing) };
        parse_event(self.provider.as_deref().unwrap_or(account), request, &verification, now)
    }
}

/// A request that is an event's.
pub(super) struct Arrival<'a> {
    account: &'a str,
    policy: &'a EventPolicy,
    query: &'a str,
}

/// Where the events of an account go: `events/` and its name, below the gateway's path.
pub(super) fn arrival<'a>(policy: &'a Policy, head: &Head<'a>) -> Option<Arrival<'a>> {
    let (path, query) = head.target.split_once('?').unwrap_or((head.target, ""));
    let below = path.strip_prefix(policy.path.trim_end_matches('/'))?;
    let account = below.strip_prefix("/events/")?;
    let (account, policy) = policy.events.get_key_value(account)?;
    Some(Arrival { account, policy, query })
}

impl Arrival<'_> {
    /// Whether the body is worth reading.
    pub(super) fn check(&self, head: &Head<'_>) -> Result<(), Refusal> {
        if !matches!(head.method, "GET" | "POST") {
            let refusal = Refusal::new(405, ErrorKind::Unsupported, "method: events come by GET or POST");
            return Err(refusal.of_field("method").with_header("allow", "GET, POST"));
        }
        head::check_length(head, BODY_LIMIT)
    }

    /// The event, or why it is not taken: 401 where it is not believed, else 400. None is a provider's look whether anybody
    /// answers.
    pub(super) fn read(&self, now: Timestamp, head: &Head<'_>, body: &[u8]) -> Result<Option<Event>, Refusal> {
        if body.len() > BODY_LIMIT {
            return Err(head::too_long(BODY_LIMIT));
        }
        let request = EventRequest { method: head.method, query: self.query, headers: head.headers, body };
        self.policy.read(self.account, &request, now).map_err(|error| {
            let status = if error.kind == ErrorKind::Unauthenticated { 401 } else { 400 };
            let mut refusal = Refusal::new(status, error.kind, &error.message);
            refusal.error = refusal.error.with(|details| {
                details.field.clone_from(&error.field);
                details.path.clone_from(&error.path);
            });
            refusal
        })
    }
}
