//! All providers as one: search over every account, buy what was found, wait for its messages, release it.
//!
//! Everything here is made of the providers' own operations, and everything that it gives holds the provider's own record.
//! What a provider can do is data: [`ProviderEntry::capabilities`](crate::provider::ProviderEntry::capabilities).

pub(crate) mod abilities;
pub(crate) mod accounts;
mod balances;
mod buy;
mod capabilities;
pub(crate) mod configure;
pub(crate) mod countries;
mod get_number;
mod inbox;
mod list_numbers;
pub(crate) mod mail;
pub(crate) mod messages;
mod native;
pub(crate) mod number;
pub(crate) mod offer;
pub(crate) mod price;
mod quote;
pub(crate) mod release;
pub(crate) mod renew;
mod reserve;
pub(crate) mod search;
pub(crate) mod services;
mod wait_for_message;
mod wait_until_active;

pub use balances::{Balance, Balances, ListBalances};
pub use buy::{Buy, Purchase};
pub use capabilities::{Capabilities, ListCapabilities, ProviderCapabilities};
pub use configure::Configure;
pub use countries::{Countries, Country, ListCountries};
pub use get_number::GetNumber;
pub use inbox::{Inbox, InboxItem, InboxMessage, ReadInbox};
pub use list_numbers::{ListNumbers, Numbers};
pub use messages::{ListMessages, Message};
pub use native::Native;
pub use number::{Number, NumberCapability, NumberKind, NumberStatus};
pub use offer::Offer;
pub use price::{Price, Rate, Term, TermKind};
pub use quote::Quote;
pub use release::{Release, Released};
pub use renew::Renew;
pub use reserve::Reserve;
pub use search::{AccountOffers, Digits, Offers, Search};
pub use services::{ListServices, Service, Services};
pub use wait_for_message::WaitForMessage;
pub use wait_until_active::WaitUntilActive;

use crate::call::{Answer, Call, Options};
use crate::client::{Client, default_timeout};
use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::flow::{Cx, Flow};
use crate::http::Response;
use crate::operation::{Callable, Described, Endpoint};
use crate::registry::Entry;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::future::Future;
use std::time::Duration;

/// What the ids of unified operations begin with, as those of others begin with their provider.
pub(crate) const NAME: &str = "trunkline";

/// The unified operations.
pub static UNIFIED: &[Entry] = &[
    Entry::unified::<ListCapabilities>(),
    Entry::unified::<ListBalances>(),
    Entry::unified::<ListCountries>(),
    Entry::unified::<ListServices>(),
    Entry::searching(),
    Entry::unified::<Quote>(),
    Entry::unified::<Reserve>(),
    Entry::unified::<Buy>(),
    Entry::unified::<Renew>(),
    Entry::unified::<ListNumbers>(),
    Entry::unified::<GetNumber>(),
    Entry::unified::<WaitUntilActive>(),
    Entry::unified::<Configure>(),
    Entry::unified::<ListMessages>(),
    Entry::unified::<WaitForMessage>(),
    Entry::reading_inbox(),
    Entry::unified::<Release>(),
];

/// An operation of the unified layer.
pub trait Unified: Serialize + DeserializeOwned + Described + Clone + Send + Sync + Sized + 'static {
    /// What it gives.
    type Output: Serialize + DeserializeOwned + Described + Send + 'static;

    /// Its facts; it has no path of its own.
    const ENDPOINT: Endpoint;

    /// How long it may take, unless the caller says otherwise.
    #[doc(hidden)]
    fn timeout(options: &Options) -> Duration {
        default_timeout(Self::ENDPOINT.effect, options)
    }

    /// Runs it.
    #[doc(hidden)]
    fn run(self, scope: Scope) -> impl Future<Output = Result<Answer<Self::Output>>> + Send;
}

/// What a unified call has to do with: the client's accounts, and the flow that it is.
#[doc(hidden)]
pub struct Scope {
    pub(crate) client: Client,
    pub(crate) cx: Cx,
    pub(crate) options: Options,
}

/// The flow of one.
pub(crate) fn flow<U: Unified, T: 'static>(
    client: &Client,
    operation: U,
    options: Options,
    show: fn(U::Output) -> T,
) -> Flow<Answer<T>> {
    let client = client.clone();
    Flow::new(U::timeout(&options), move |cx, _| async move {
        let running = Box::pin(operation.run(Scope { client, cx, options }));
        let Answer { value, response } = running.await.map_err(|error| error.of(U::ENDPOINT.id))?;
        Ok(Answer { value: show(value), response })
    })
}

/// A client can be asked for these as for a provider's operations. (A macro, because not every type of the one trait or the
/// other can be told apart by the compiler.)
macro_rules! callable {
    ($($operation:ty,)+) => {
        $(impl Callable for $operation {
            type Output = <Self as Unified>::Output;
            const ENDPOINT: Endpoint = <Self as Unified>::ENDPOINT;

            fn flow(self, client: &Client, options: Options) -> Flow<Answer<<Self as Unified>::Output>> {
                flow(client, self, options, |value| value)
            }
        })+
    };
}

callable! {
    ListCapabilities,
    ListBalances,
    ListCountries,
    ListServices,
    Search,
    Quote,
    Reserve,
    Buy,
    Renew,
    ListNumbers,
    GetNumber,
    WaitUntilActive,
    Configure,
    ListMessages,
    WaitForMessage,
    ReadInbox,
    Release,
}

/// Why one account's part of a result is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Failure {
    /// The account's name.
    pub account: String,
    /// `rentnumber`
    pub provider: String,
    /// What went wrong.
    pub kind: ErrorKind,
    /// Whether the provider may have acted.
    pub delivery: Delivery,
    /// What happened, in one line.
    pub message: String,
    /// Id of the operation that failed: `rentnumber.list_prices`; empty where none was run.
    pub operation: String,
    /// The provider's own code, where it gave one.
    pub code: Option<String>,
}

impl Failure {
    pub(crate) fn of(call: &Call, error: &Error) -> Self {
        Self {
            account: call.session.account.clone(),
            provider: call.session.provider.facts().slug.to_owned(),
            kind: error.kind,
            delivery: error.delivery,
            message: error.message.clone(),
            operation: error.operation.clone(),
            code: error.code.clone(),
        }
    }
}

/// A result that was read from several replies, or from none.
pub(crate) fn without_reply<T>(value: T) -> Answer<T> {
    Answer { value, response: Response { status: 0, headers: Vec::new(), body: Vec::new() } }
}
