//! The core as an addon for Node.js: JSON text and small arrays go in and out, and JavaScript steps the flows.
//!
//! Nothing here knows a provider or makes a decision. The interface is the one of the module in WebAssembly, to the word;
//! `pkg/npm/src/binding.ts` states it. A panic, which would be a defect of the library, is caught and thrown: it must not
//! bring down the process.

mod client;
mod directory;
mod events;
mod flow;
mod gateway;
mod js;

use napi_derive::napi;
use trunkline_core::Response;

pub use client::Client;
pub use directory::Directory;
pub use events::parse_event;
pub use flow::Flow;
pub use gateway::Gateway;

/// A reply's body as text for people: values under names that look like a secret's are `***`.
#[napi(catch_unwind)]
pub fn text(body: &[u8]) -> String {
    Response { status: 0, headers: Vec::new(), body: body.to_vec() }.text()
}
