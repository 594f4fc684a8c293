//! The five providers, pretended: state behind HTTP, without HTTP. Nothing here reads a clock or opens a socket.
//!
//! [`Sandbox::handle`] answers a provider's request, [`Sandbox::control`] the sandbox's own; [`Sandbox::take_delivery`]
//! gives what providers send by themselves. All are told the time. The feature `serve` puts it behind real sockets.

pub mod control;
#[cfg(feature = "serve")]
mod courier;
pub mod events;
pub mod faults;
pub mod http;
mod misbehave;
mod money;
#[cfg(feature = "serve")]
mod pages;
mod parameters;
pub mod provider;
pub mod providers;
pub mod reply;
mod sandbox;
mod schedule;
#[cfg(feature = "serve")]
pub mod serve;
pub mod settings;
pub mod time;

#[cfg(test)]
mod tests;

pub use events::{Delivery, EventFault, EventFaultKind, Receipt};
pub use faults::{Fault, FaultKind};
pub use provider::{Ids, ProviderName};
pub use reply::{Outcome, Reply};
pub use sandbox::{Sandbox, TAG};
pub use schedule::Script;
pub use settings::Settings;
pub use time::Time;
