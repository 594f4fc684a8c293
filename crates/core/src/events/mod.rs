//! Events: what providers send by themselves, to a URL that was given to them. A host hands over the request as it
//! came; whether to believe it, what it says, and whether it has come before is decided here.
//!
//! 1. [`parse_event`] checks the signature, and reads the event. On an error answer 401 where its kind is
//!    `unauthenticated`, else 400: what is not taken is sent again for a day or so.
//! 2. [`Inbox::accept`] drops what has come before, and joins messages that come in parts.
//! 3. Answer 200 once what it gave is safe. `Ok(None)` is no event, but a provider's look whether anybody answers: 200.
//!
//! Events may come in any order, and more than once; `occurred_at` says when something was so.

mod hex;
mod inbox;
mod parameters;
mod request;
#[cfg(test)]
mod tests;
mod verification;

pub use inbox::{Inbox, InboxLimits};
pub use request::EventRequest;
pub use verification::{SignatureAlgorithm, Signing, Verification};

pub(crate) use parameters::Parameters;
pub(crate) use verification::{check_age, unauthenticated};

use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::id::Id;
use crate::providers::{EVENT_SOURCES, PROVIDERS, sinch, voepy, vonage};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Something that a provider told by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Event {
    /// Whose it is: `vonage`.
    pub provider: String,
    /// The provider's id of it: when an event comes again, it comes under the same one. Absent where there is none.
    pub id: Option<Id>,
    /// When it happened, where the provider says.
    pub occurred_at: Option<Timestamp>,
    /// Why it is believed.
    pub trust: Trust,
    /// What it says.
    pub content: EventContent,
    /// What came, as text: the body, or the query where there is none. Several of a message that came in parts.
    pub raw: Vec<String>,
}

/// Why an event is believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Trust {
    /// It is signed as the provider documents, or the program's own verifier took it.
    Signed,
    /// It is signed in a way that no page of the provider's confirms.
    Unverified,
    /// It is not: the program said that this account signs nothing. Anybody may have sent it.
    Unsigned,
}

/// What an event says, in the provider's own terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum EventContent {
    /// Sinch: how the set-up of a number, or an order of one, goes on.
    SinchNumber(sinch::NumberEvent),
    /// Voepy: how an order of numbers, or their porting, goes on.
    VoepyNumbers(voepy::NumbersEvent),
    /// Vonage: an SMS to one of the account's numbers.
    VonageSms(vonage::InboundSms),
    /// Something else; see `raw`.
    Other {
        /// The provider's word for it, where it has one.
        event_type: Option<String>,
    },
}

/// How one provider's events are checked and read.
pub(crate) struct EventSource {
    pub(crate) slug: &'static str,
    pub(crate) read: fn(&EventRequest<'_>, &Verification<'_>, Timestamp) -> Result<Option<Event>>,
}

/// Reads an event of that provider's (`sinch`, `voepy`, `vonage`), as it came at `now`. None is a provider's look
/// whether anybody answers.
///
/// # Errors
/// [`ErrorKind::Unauthenticated`] for what is not signed, not rightly, or too long ago; [`ErrorKind::Unsupported`]
/// for a provider without events; [`ErrorKind::InvalidInput`] for a request that is none of this provider's and for
/// settings that cannot be used; [`ErrorKind::Malformed`] for what cannot be read.
pub fn parse_event(
    provider: &str,
    request: &EventRequest<'_>,
    verification: &Verification<'_>,
    now: Timestamp,
) -> Result<Option<Event>> {
    let read = |source: &EventSource| {
        request.check_size()?;
        (source.read)(request, verification, now)
    };
    let source = EVENT_SOURCES.iter().find(|source| source.slug == provider);
    source.ok_or_else(|| no_source(provider)).and_then(read).map_err(|error| error.of("parse_event"))
}

fn no_source(provider: &str) -> Error {
    match PROVIDERS.iter().find(|known| known.facts.slug == provider) {
        Some(known) => {
            let message = format!("{} sends no events: ask it, with wait", known.facts.name);
            Error::new(ErrorKind::Unsupported, Delivery::NotSent, message)
        }
        None => Error::invalid_input("provider", "there is none of that name: write sinch, voepy or vonage"),
    }
}

/// An event that cannot be read: where, and what is wrong there.
pub(crate) fn malformed(path: &str, problem: &str) -> Error {
    let place = if path.is_empty() { "the event" } else { path };
    Error::new(ErrorKind::Malformed, Delivery::NotSent, format!("{place}: {problem}"))
        .with(|details| details.path = Some(path.to_owned()))
}
