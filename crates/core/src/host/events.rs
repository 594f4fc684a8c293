//! What hosts see of events: one flat record, whatever the provider, and what events are checked by as JSON.

#[cfg(test)]
mod tests;

use crate::client::Client;
use crate::code;
use crate::error::{Error, Result};
use crate::events::{Event, EventContent, EventRequest, SignatureAlgorithm, Signing, Trust, Verification, parse_event};
use crate::id::Id;
use crate::phone::PhoneNumber;
use crate::secret::Secret;
use crate::time::Timestamp;
use crate::unified::Native;
use crate::wire::json::{self, Unreadable};
use crate::wire::raw::Raw;
use crate::wire::record;
use crate::wire::writer::to_text;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Something that a provider told by itself. It may be stored and passed on as JSON: to be fed it needs `provider`, `kind`,
/// `trust` and `native`, and what it says is what `native` says.
#[derive(Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Event"))]
pub struct HostEvent {
    /// Whose it is: `vonage`
    pub provider: String,
    /// What it is about.
    pub kind: EventKind,
    /// The provider's id of it: when an event comes again, it comes under the same one. Absent where there is none.
    pub id: Option<Id>,
    /// The number that received the message, or that it is about; where it names one and no more.
    pub phone_number: Option<PhoneNumber>,
    /// Of a message: who sent it, as the provider writes it.
    pub sender: Option<String>,
    /// Of a message: what it says.
    pub text: Option<String>,
    /// Of a message: the code in it.
    pub code: Option<String>,
    /// When it happened, where the provider says.
    pub occurred_at: Option<Timestamp>,
    /// Why it is believed.
    pub trust: Trust,
    /// The provider's own record of it.
    pub native: Native,
    /// What came, as text: the body, or the query where there is none. Several of a message that came in parts.
    pub raw: Vec<String>,
}

/// What an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// A number has received a message, or a part of one.
    Message,
    /// The set-up of numbers, an order of them, or their porting goes on.
    Number,
    /// Something else; see `raw`.
    Other,
}

/// `native` of an event of another kind.
#[derive(Serialize, record::Deserialize)]
struct Word {
    event_type: Option<String>,
}

impl From<Event> for HostEvent {
    fn from(event: Event) -> Self {
        let Event { provider, id, occurred_at, trust, content, raw } = event;
        let blank = |kind, native| Self {
            provider,
            kind,
            id,
            phone_number: None,
            sender: None,
            text: None,
            code: None,
            occurred_at,
            trust,
            native,
            raw,
        };
        match content {
            EventContent::VonageSms(sms) => {
                let native = Native::of(&sms);
                let code = sms.text.as_deref().and_then(code::find);
                let phone_number = Some(sms.phone_number);
                let message = blank(EventKind::Message, native);
                Self { phone_number, sender: sms.sender, text: sms.text, code, ..message }
            }
            EventContent::SinchNumber(event) => {
                let native = Native::of(&event);
                Self { phone_number: event.phone_number, ..blank(EventKind::Number, native) }
            }
            EventContent::VoepyNumbers(event) => {
                let native = Native::of(&event);
                let phone_number = <[PhoneNumber; 1]>::try_from(event.phone_numbers).ok().map(|[only]| only);
                Self { phone_number, ..blank(EventKind::Number, native) }
            }
            EventContent::Other { event_type } => blank(EventKind::Other, Native::of(&Word { event_type })),
        }
    }
}

/// An event as it comes back: what else is in it follows from `native`.
#[derive(record::Deserialize)]
struct Given<'a> {
    provider: String,
    kind: EventKind,
    id: Option<Id>,
    occurred_at: Option<Timestamp>,
    trust: Trust,
    native: Raw<'a>,
    #[serde(default)]
    raw: Vec<String>,
}

impl Given<'_> {
    fn event(self) -> Result<Event> {
        let content = match (self.kind, self.provider.as_str()) {
            (EventKind::Message, "vonage") => EventContent::VonageSms(self.content()?),
            (EventKind::Number, "sinch") => EventContent::SinchNumber(self.content()?),
            (EventKind::Number, "voepy") => EventContent::VoepyNumbers(self.content()?),
            (EventKind::Other, "vonage" | "sinch" | "voepy") => {
                let Word { event_type } = self.content()?;
                EventContent::Other { event_type }
            }
            _ => return Err(not_given("kind", "this provider sends no such events")),
        };
        let Self { provider, id, occurred_at, trust, raw, .. } = self;
        Ok(Event { provider, id, occurred_at, trust, content, raw })
    }

    fn content<'a, T: Deserialize<'a>>(&'a self) -> Result<T> {
        json::decode(self.native.get().as_bytes()).map_err(|Unreadable { path, message }| {
            let place = if path.is_empty() { "native".to_owned() } else { format!("native.{path}") };
            not_given(&place, &message)
        })
    }
}

fn not_given(place: &str, problem: &str) -> Error {
    let colon = if place.is_empty() { "" } else { ": " };
    Error::invalid_input("event", format!("not an event as parse_event gives them: {place}{colon}{problem}"))
}

/// What events are checked by, as hosts say it: their secrets, whether the program's own verifier took this one, or that
/// this account signs nothing.
#[derive(Default, record::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct HostVerification {
    secrets: Option<Vec<Secret>>,
    algorithm: Option<String>,
    /// In seconds.
    tolerance: Option<f64>,
    verified: Option<bool>,
    signs_nothing: Option<bool>,
}

impl HostVerification {
    fn read(text: &str) -> Result<Self> {
        json::decode(text.as_bytes()).map_err(|Unreadable { path, message }| {
            Error::invalid_input(if path.is_empty() { "verification" } else { &path }, message)
        })
    }

    fn parse(self, provider: &str, request: &EventRequest<'_>, now: Timestamp) -> Result<Option<Event>> {
        let parse = |verification: &Verification<'_>| parse_event(provider, request, verification, now);
        let alone = self.algorithm.is_none() && self.tolerance.is_none();
        match (self.secrets, self.verified, self.signs_nothing.unwrap_or_default()) {
            (Some(secrets), None, false) => {
                let algorithm = self.algorithm.as_deref().map(algorithm).transpose()?;
                let tolerance = self.tolerance.map(tolerance).transpose()?;
                parse(&Verification::Signed(&Signing { secrets, algorithm, tolerance }))
            }
            (None, Some(taken), false) if alone => parse(&Verification::Own(&|_| taken)),
            (None, None, true) if alone => parse(&Verification::SignsNothing),
            _ => Err(Error::invalid_input(
                "verification",
                "give the secret that the account signs with (and what belongs to it: algorithm, tolerance), or a \
                 verifier of your own, or say that the account signs nothing; one of the three",
            )),
        }
    }
}

fn algorithm(word: &str) -> Result<SignatureAlgorithm> {
    SignatureAlgorithm::ALL.into_iter().find(|known| known.as_str() == word).ok_or_else(|| {
        let known = SignatureAlgorithm::ALL.map(SignatureAlgorithm::as_str).join(", ");
        Error::invalid_input("algorithm", format!("it is one of {known}"))
    })
}

fn tolerance(seconds: f64) -> Result<Duration> {
    Duration::try_from_secs_f64(seconds)
        .map_err(|_| Error::invalid_input("tolerance", "it is a number of seconds, 0 or more"))
}

/// As [`parse_event`], for hosts: what the event is checked by is JSON, and the event is a [`HostEvent`] as JSON.
///
/// ```json
/// {"secrets": ["…"], "algorithm": "hmac_sha256", "tolerance": 300}
/// {"verified": true}
/// {"signs_nothing": true}
/// ```
/// Only one of the three; `algorithm` and `tolerance` (seconds) may be left out. `verified` is what the program's own
/// verifier said of the request.
pub fn parse_event_in_host(
    provider: &str,
    request: &EventRequest<'_>,
    verification: &str,
    now: Timestamp,
) -> Result<Option<String>> {
    let parsed = HostVerification::read(verification).and_then(|it| it.parse(provider, request, now));
    let event = parsed.map_err(|error| error.of("parse_event"))?;
    Ok(event.map(|event| to_text(&HostEvent::from(event))))
}

impl Client {
    /// As [`Client::feed`], with a [`HostEvent`] as JSON in, and a list of them out.
    pub fn feed_in_host(&self, now: Timestamp, event: &str) -> Result<String> {
        let read = || {
            let unreadable = |Unreadable { path, message }: Unreadable| not_given(&path, &message);
            json::decode::<Given<'_>>(event.as_bytes()).map_err(unreadable)?.event()
        };
        let event = read().map_err(|error| error.of("feed"))?;
        let new: Vec<HostEvent> = self.feed(now, &event).into_iter().map(HostEvent::from).collect();
        Ok(to_text(&new))
    }
}

impl record::Blank for EventKind {
    fn blank() -> Self {
        Self::Other
    }
}

impl record::Blank for Trust {
    fn blank() -> Self {
        Self::Unsigned
    }
}
