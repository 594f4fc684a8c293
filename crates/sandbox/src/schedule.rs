//! What happens later: messages that a script sends, requests that a fault delays.

use crate::http::Request;
use crate::provider::ProviderName;
use crate::time::Time;
use std::collections::BTreeMap;
use std::time::Duration;

/// Messages that arrive by themselves.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    /// Whose numbers get it.
    pub provider: ProviderName,
    /// With a number: it arrives there, once, so long from now. Without: at every number bought from now on, so long
    /// after it was bought.
    #[serde(default)]
    pub to: Option<String>,
    /// Milliseconds.
    pub after_ms: u64,
    /// The sender.
    pub from: String,
    /// The message.
    pub text: String,
}

impl Script {
    pub(crate) fn delay(&self) -> Duration {
        Duration::from_millis(self.after_ms)
    }
}

#[derive(Debug, Clone)]
pub(crate) enum Event {
    Request(ProviderName, Request),
    Sms { provider: ProviderName, to: String, from: String, text: String },
}

/// Events in the order in which they fall due; those due together keep the order in which they were planned.
#[derive(Debug, Default)]
pub(crate) struct Schedule {
    events: BTreeMap<(Time, u64), Event>,
    planned: u64,
}

impl Schedule {
    pub(crate) fn plan(&mut self, due: Time, event: Event) {
        self.planned += 1;
        self.events.insert((due, self.planned), event);
    }

    pub(crate) fn take_due(&mut self, now: Time) -> Option<(Time, Event)> {
        let first = self.events.first_entry().filter(|entry| entry.key().0 <= now)?;
        let ((due, _), event) = first.remove_entry();
        Some((due, event))
    }

    pub(crate) fn len(&self) -> usize {
        self.events.len()
    }
}
