//! Faults of deliveries on request: which events go wrong on their way, how often, and how.

use crate::faults::{Counted, Turns, check_turns};
use crate::provider::ProviderName;

/// One way in which events go wrong on their way. Each delivery may be harmed, attempts after the first too; of several
/// faults that match one, that added first applies.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventFault {
    /// What goes wrong.
    pub kind: EventFaultKind,
    /// Only events of this provider.
    #[serde(default)]
    pub provider: Option<ProviderName>,
    /// How many matching deliveries pass unharmed first.
    #[serde(default)]
    pub skip: Option<u32>,
    /// After how many harmed deliveries it is over; without it, it stays.
    #[serde(default)]
    pub times: Option<u32>,
    /// From 0 to 1: the share of matching deliveries that is harmed, drawn from the sandbox's seed.
    #[serde(default)]
    pub probability: Option<f64>,
    /// For `delayed`, and the most for `reordered`: milliseconds.
    #[serde(default = "one_minute")]
    pub delay_ms: u64,
}

fn one_minute() -> u64 {
    60_000
}

/// What goes wrong on an event's way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventFaultKind {
    /// It arrives twice, the same bytes.
    Duplicated,
    /// It arrives behind the provider's next event; after `delay_ms` if there is none.
    Reordered,
    /// It arrives `delay_ms` later.
    Delayed,
    /// Somebody changes what it says; its signature stays. An account that signs nothing cannot tell.
    Tampered,
    /// It arrives without a signature.
    Unsigned,
}

impl EventFault {
    /// That fault on every delivery; narrow it by the fields.
    pub fn new(kind: EventFaultKind) -> Self {
        Self { kind, provider: None, skip: None, times: None, probability: None, delay_ms: one_minute() }
    }

    /// Says what is wrong with it, if anything is.
    pub fn check(&self) -> Result<(), String> {
        check_turns(&self.turns())
    }

    pub(crate) fn matches(&self, provider: ProviderName) -> bool {
        self.provider.is_none_or(|wanted| wanted == provider)
    }
}

impl Counted for EventFault {
    fn turns(&self) -> Turns {
        Turns { skip: self.skip, times: self.times, probability: self.probability }
    }
}
