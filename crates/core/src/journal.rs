//! Lines of the journal: what was about to be bought, and how it ended. The core owns their form; hosts make them durable.

use crate::money::Money;
use crate::time::Timestamp;
use crate::wire::json;
use crate::wire::record::{Blank, Deserialize};
use crate::wire::writer::to_text;
use serde::{Deserializer, Serialize};

/// One line: in JSON, on one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalEntry {
    /// Joins an intent and its outcome; unique.
    pub intent: String,
    /// When it was written.
    pub at: Timestamp,
    /// The account's name in the client; with `@` and its base URL where that is not the provider's own.
    pub account: String,
    /// What happened.
    pub event: JournalEvent,
}

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum JournalEvent {
    /// A purchase is about to be sent.
    Intent {
        /// `rentnumber.rent`
        operation: String,
        /// The operation's parameters, as JSON text.
        params: String,
        /// The key under which it goes, where the provider has keys.
        idempotency_key: Option<String>,
        /// Ids of what there was before it, where what is bought is known only by being new.
        owned: Vec<String>,
        /// It is under way no longer than this.
        until: Timestamp,
    },
    /// What the purchase costs: it counts towards its account's `spend_limit` until it is known that it was not bought.
    Costs(Money),
    /// Its answer was lost. What became of it is being looked for.
    Lost,
    /// Nobody looks for it any more, for its process is gone; it waits for recovery.
    Abandoned,
    /// The purchase went through.
    Bought {
        /// How the provider names what was bought.
        ids: Vec<String>,
    },
    /// The purchase certainly did not happen. Says why.
    NotBought(String),
    /// Nobody can tell. Ids of what it may have been.
    Unknown(Vec<String>),
    /// It went through in a process that is gone, whose program may not have heard of it.
    Untold {
        /// How the provider names what was bought.
        ids: Vec<String>,
    },
    /// The program has heard of it now.
    Told,
}

impl JournalEntry {
    /// The line, without its end.
    pub fn to_line(&self) -> String {
        to_text(self)
    }

    /// Reads such a line.
    pub fn from_line(line: &str) -> Option<Self> {
        json::read(line).ok()
    }
}

impl Blank for JournalEvent {
    fn blank() -> Self {
        Self::Told
    }
}

/// An event as it is written: its name, or an object with one field of that name.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Word(String),
    Event(Box<Event>),
}

#[derive(Deserialize)]
struct Event {
    intent: Option<Intent>,
    bought: Option<Bought>,
    not_bought: Option<String>,
    unknown: Option<Vec<String>>,
    untold: Option<Bought>,
    costs: Option<Money>,
}

#[derive(Deserialize)]
struct Intent {
    operation: String,
    params: String,
    idempotency_key: Option<String>,
    owned: Vec<String>,
    until: Timestamp,
}

#[derive(Deserialize)]
struct Bought {
    ids: Vec<String>,
}

impl Event {
    fn read(self) -> Option<JournalEvent> {
        let Self { intent, bought, not_bought, unknown, untold, costs } = self;
        let begun = |Intent { operation, params, idempotency_key, owned, until }| JournalEvent::Intent {
            operation,
            params,
            idempotency_key,
            owned,
            until,
        };
        let bought = bought.map(|Bought { ids }| JournalEvent::Bought { ids });
        let untold = untold.map(|Bought { ids }| JournalEvent::Untold { ids });
        let others = not_bought.map(JournalEvent::NotBought).or(unknown.map(JournalEvent::Unknown));
        let others = others.or(costs.map(JournalEvent::Costs));
        intent.map(begun).or(bought).or(untold).or(others)
    }
}

/// By hand, for what serde derives of it is 10 KB of what a browser has to load.
impl<'de> Deserialize<'de> for JournalEvent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let event = match Written::deserialize(deserializer)? {
            Written::Word(word) => [Self::Lost, Self::Abandoned, Self::Told]
                .into_iter()
                .find(|event| to_text(event).trim_matches('"') == word),
            Written::Event(event) => event.read(),
        };
        event.ok_or_else(|| serde::de::Error::custom("no event of a journal"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read_as_it_was_written() {
        let at = Timestamp::from_nanos(1_700_000_000_123_456_789);
        let ids = vec!["8".to_owned(), "9".to_owned()];
        let intent = |idempotency_key| JournalEvent::Intent {
            operation: "rentnumber.rent".to_owned(),
            params: r#"{"pricing_id":"42"}"#.to_owned(),
            idempotency_key,
            owned: ids.clone(),
            until: at,
        };
        let events = [
            intent(None),
            intent(Some("key".to_owned())),
            JournalEvent::Lost,
            JournalEvent::Abandoned,
            JournalEvent::Told,
            JournalEvent::Bought { ids: ids.clone() },
            JournalEvent::NotBought("no \"funds\"\n".to_owned()),
            JournalEvent::Unknown(Vec::new()),
            JournalEvent::Unknown(ids.clone()),
            JournalEvent::Untold { ids },
            JournalEvent::Costs(Money::from_cents(250, "USD")),
        ];
        for event in events {
            let entry = JournalEntry { intent: "a".to_owned(), at, account: "rentnumber".to_owned(), event };
            let line = entry.to_line();
            assert_eq!(JournalEntry::from_line(&line), Some(entry), "{line}");
        }
    }

    #[test]
    fn what_is_no_line_is_not_read() {
        let of =
            |event: &str| format!(r#"{{"intent":"a","at":"2026-01-01T00:00:00Z","account":"vonage","event":{event}}}"#);
        assert!(JournalEntry::from_line(&of(r#""lost""#)).is_some());
        for line in
            ["", "{}", &of("{}"), &of(r#""bought""#), &of(r#"{"bought":[]}"#), &of("null"), &of(r#""lost""#)[1..]]
        {
            assert_eq!(JournalEntry::from_line(line), None, "{line}");
        }
    }
}
