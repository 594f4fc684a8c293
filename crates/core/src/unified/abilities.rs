//! What each provider can do for the unified layer: a function for each thing, and nothing for what it cannot do. This is what
//! the capability table is made from.

use super::configure::Configuration;
use super::countries::Country;
use super::messages::{Message, Received};
use super::number::Number;
use super::offer::{Offer, Ticket};
use super::release::Released;
use super::renew::Renewal;
use super::search::Search;
use super::services::Service;
use super::{Balance, Scope};
use crate::call::Call;
use crate::erased::{AnyOperation, AnyOutput};
use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::events::Event;
use crate::operation::BoxFuture;
use crate::phone::PhoneNumber;
use crate::provider::ProviderEntry;
use crate::providers::PROVIDERS;
use crate::time::Timestamp;

/// Asks one account for one thing.
pub(crate) type Ability<A, T> = for<'a> fn(&'a Call, &'a A) -> BoxFuture<'a, Result<T>>;

/// What one provider can do. Numbers are named as the provider names them.
pub(crate) struct Abilities {
    pub(crate) balance: Option<Ability<(), Balance>>,
    pub(crate) countries: Option<Ability<(), Vec<Country>>>,
    pub(crate) services: Option<Ability<(), Vec<Service>>>,
    pub(crate) search: Option<Ability<Search, Vec<Offer>>>,
    /// The same offer as it is now.
    pub(crate) quote: Option<Ability<Ticket, Offer>>,
    /// Holds it, and says until when.
    pub(crate) reserve: Option<Ability<Ticket, Timestamp>>,
    pub(crate) buy: Option<Buying>,
    pub(crate) renew: Option<Renewing>,
    pub(crate) list_numbers: Option<Ability<(), Vec<Number>>>,
    pub(crate) get_number: Option<Ability<str, Number>>,
    pub(crate) configure: Option<Ability<Configuration, Number>>,
    pub(crate) messages: Option<Ability<str, Received>>,
    /// How messages are read that it sends as events.
    pub(crate) pushes: Option<Pushing>,
    pub(crate) release: Option<Ability<str, Released>>,
}

/// How numbers are bought.
pub(crate) struct Buying {
    /// Id of the provider's operation, whose parameters an offer holds.
    pub(crate) operation: &'static str,
    /// The number, from the operation's result.
    pub(crate) number: fn(&Call, &Ticket, AnyOutput) -> Result<Number>,
}

/// How messages are read that come as events.
pub(crate) struct Pushing {
    /// The number behind an id.
    pub(crate) phone_number: fn(&str) -> Result<PhoneNumber>,
    /// The number that an event's message came to, where it holds one.
    pub(crate) recipient: fn(&Event) -> Option<&PhoneNumber>,
    /// The message.
    pub(crate) message: fn(&Call, &Event) -> Option<Message>,
}

/// How numbers are renewed.
pub(crate) struct Renewing {
    /// The provider's operation.
    pub(crate) operation: fn(&Renewal) -> Result<Box<dyn AnyOperation>>,
    /// The number, from the operation's result.
    pub(crate) number: fn(&Call, AnyOutput) -> Result<Number>,
}

impl Abilities {
    /// Of every unified operation, whether it can be done.
    pub(crate) fn table(&self) -> [(&'static str, bool); 15] {
        [
            ("balances", self.balance.is_some()),
            ("countries", self.countries.is_some()),
            ("services", self.services.is_some()),
            ("search", self.search.is_some()),
            ("quote", self.quote.is_some()),
            ("reserve", self.reserve.is_some()),
            ("buy", self.buy.is_some()),
            ("renew", self.renew.is_some()),
            ("list_numbers", self.list_numbers.is_some()),
            ("get_number", self.get_number.is_some()),
            ("wait_until_active", self.get_number.is_some()),
            ("configure", self.configure.is_some()),
            ("messages", self.messages.is_some()),
            ("wait_for_message", self.messages.is_some() || self.pushes.is_some()),
            ("release", self.release.is_some()),
        ]
    }

    fn can(&self, operation: &str) -> bool {
        self.table().iter().any(|(name, can)| *name == operation && *can)
    }
}

/// This provider cannot do it; which can.
#[cold]
pub(crate) fn unsupported(call: &Call, operation: &str) -> Error {
    let can = PROVIDERS.iter().filter(|entry| entry.abilities.can(operation));
    let who: Vec<&str> = can.map(|entry| entry.facts.name).collect();
    let name = call.session.provider.facts().name;
    let message = format!("{name} cannot do this; what can: {}", who.join(", "));
    Error::new(ErrorKind::Unsupported, Delivery::NotSent, message)
}

impl ProviderEntry {
    /// Of every unified operation (`search`, without its `trunkline.`), whether this provider can do it.
    pub fn capabilities(&self) -> impl Iterator<Item = (&'static str, bool)> {
        self.abilities.table().into_iter()
    }
}

impl Scope {
    /// What this account's provider can do, where it can.
    pub(super) fn ability<T>(call: &Call, operation: &str, choose: fn(&'static Abilities) -> Option<T>) -> Result<T> {
        choose(call.session.abilities).ok_or_else(|| unsupported(call, operation))
    }
}
