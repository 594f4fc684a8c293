//! One phone-number client for TempNumber, RentNumber, Sinch, Voepy and Vonage (the former Nexmo).
//!
//! It finds, buys, reads and releases phone numbers, and it never buys twice: a purchase whose answer is lost is looked for,
//! or sent again under its idempotency key, and otherwise reported as [`ErrorKind::PurchaseUnknown`].
//!
//! ```no_run
//! use trunkline::{Trunkline, rentnumber};
//!
//! # async fn example() -> trunkline::Result<()> {
//! let client = Trunkline::from_env()?; // TRUNKLINE_RENTNUMBER_API_KEY
//! let rental = client.call(rentnumber::Rent { pricing_id: 42.into() }).await?;
//! let received = client.call(rentnumber::GetRental { rental_id: rental.rental_id }).wait().await?;
//! println!("{:?}", received.code);
//! # Ok(())
//! # }
//! ```
//!
//! Of several accounts, at whichever providers:
//!
//! ```no_run
//! use trunkline::unified::{Buy, Release, Search};
//!
//! # async fn example(client: trunkline::Trunkline) -> trunkline::Result<()> {
//! let search = Search { country: Some("US".to_owned()), service: Some("whatsapp".to_owned()), ..Search::default() };
//! let found = client.call(search).await?; // cheapest first; who failed is in found.failures
//! let offers = found.offers.into_iter().map(|offer| offer.id).take(3).collect();
//! let bought = client.call(Buy { offers, max_price: None }).await?; // one of them, once
//! client.call(Release { number: bought.number.id }).await?;
//! # Ok(())
//! # }
//! ```
//!
//! Every operation is a struct, in a module named after its provider. [`Trunkline::call`] takes one; what it gives can be
//! awaited, asked for the raw reply ([`Call::with_response`]), waited for ([`Call::wait`]) or run over all pages
//! ([`Call::all`]). Each call has a deadline; each error says whether the provider may have acted
//! ([`Details::delivery`](error::Details::delivery)).
//!
//! On wasm32-unknown-unknown it runs on the browser's fetch, timers and clock; futures are not `Send` there, an error
//! never claims that a request was not sent, and there is no environment and no `blocking`.

#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
pub mod blocking;
mod call;
mod client;
#[cfg(not(target_arch = "wasm32"))]
mod directory_journal;
mod driver;
#[cfg(all(feature = "gateway", not(target_arch = "wasm32")))]
pub mod gateway;
mod host;
mod journal;
#[cfg(feature = "sandbox")]
pub mod sandbox;
mod transport;

pub use call::Call;
pub use client::{Builder, Trunkline};
#[cfg(not(target_arch = "wasm32"))]
pub use directory_journal::DirectoryJournal;
pub use journal::Journal;
pub use transport::{BoxFuture, HttpTransport, Transport};
#[doc(inline)]
pub use trunkline_core::{
    Action, ActionId, Answer, Callable, Change, Claim, Config, Consult, Consulted, Delivery, Effect, Endpoint, Error,
    ErrorKind, Event, EventContent, EventRequest, Flow, Id, Inbox, InboxLimits, IntentState, JournalEntry,
    JournalEvent, Method, Money, OpenIntent, Operation, Options, Outcome, PROVIDERS, Page, Paged, PhoneNumber,
    Progress, Provider, RawRequest, Recovered, RecoveredOutcome, Recovery, Request, Response, Result, Secret,
    SignatureAlgorithm, Signing, Step, Survey, Timestamp, Trust, UtcOffset, Verification, WAIT_TIMEOUT, Waits, Why,
    code, error, events, operation, parse_event, provider, registry, rentnumber, sinch, tempnumber, unified, voepy,
    vonage,
};
