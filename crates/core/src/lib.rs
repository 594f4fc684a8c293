//! Trunkline's core: phone-number operations of five providers, without I/O, clock or randomness.
//!
//! A [`Client`] makes a [`Flow`] for every call. A driver steps it, performs the [`Action`]s it asks for, and resolves them;
//! everything else (which request, whether to try again, whether a purchase may be sent twice) is decided here. Most
//! programs use the crate `trunkline`, which brings a driver; this one is for writing drivers.

pub mod call;
pub mod client;
pub mod code;
pub mod config;
pub mod draft;
mod erased;
pub mod error;
pub mod events;
mod exchange;
pub mod flow;
pub mod gateway;
pub mod host;
pub mod http;
pub mod id;
pub mod journal;
pub mod ledger;
pub mod limiter;
pub mod money;
pub mod operation;
mod order;
pub mod paging;
pub mod phone;
pub mod provider;
pub mod providers;
mod purchase;
pub mod registry;
pub mod reply;
pub mod retry;
pub mod secret;
mod session;
pub mod setting;
#[cfg(feature = "schema")]
pub mod surface;
pub mod time;
pub mod unified;
pub mod wait;
mod wire;

pub use call::{Answer, Options};
pub use client::{CALL_TIMEOUT, Client, PURCHASE_TIMEOUT, WAIT_TIMEOUT};
pub use config::Config;
pub use draft::RawRequest;
pub use error::{Delivery, Error, ErrorKind, Result};
pub use events::{
    Event, EventContent, EventRequest, Inbox, InboxLimits, SignatureAlgorithm, Signing, Trust, Verification,
    parse_event,
};
pub use flow::{Action, ActionId, Flow, Outcome, Step, Why};
pub use host::{
    EventKind, HostEvent, HostFlow, HostStep, OpenPurchase, PurchaseOutcome, PurchaseState, RecoveredPurchase,
    parse_event_in_host,
};
pub use http::{Method, Request, Response};
pub use id::{Change, Id};
pub use journal::{JournalEntry, JournalEvent};
pub use ledger::{
    Claim, Consult, Consulted, IntentState, Ledger, OpenIntent, SPENDING_REMEMBERED, Spending, Survey, kept,
};
pub use money::Money;
pub use operation::{Callable, Effect, Endpoint, Operation, Recovery};
pub use paging::{Page, Paged};
pub use phone::PhoneNumber;
pub use provider::Provider;
pub use providers::{PROVIDERS, rentnumber, sinch, tempnumber, voepy, vonage};
pub use purchase::{Recovered, RecoveredOutcome};
pub use secret::Secret;
pub use time::{Timestamp, UtcOffset};
pub use wait::{Progress, Waits};
