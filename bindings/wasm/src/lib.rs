//! The core in WebAssembly: JSON text and small arrays go in and out, and JavaScript steps the flows.
//!
//! Nothing here knows a provider or makes a decision. What is thrown on purpose is the array that `Flow.step` gives for an
//! error. A panic, which would be a defect of the library, is a trap: JavaScript sees a `WebAssembly.RuntimeError`
//! ("unreachable"), and what was called then stays unusable: every later call of it throws. Nothing hangs, and nothing is
//! sent; the instance is best made anew.

mod client;
#[cfg(feature = "gateway")]
mod events;
mod flow;
#[cfg(feature = "gateway")]
mod gateway;
mod journal;
mod js;

use trunkline_core::Response;
use wasm_bindgen::prelude::wasm_bindgen;

pub use client::Client;
#[cfg(feature = "gateway")]
pub use events::parse_event;
pub use flow::Flow;
#[cfg(feature = "gateway")]
pub use gateway::Gateway;
pub use journal::{Question, journal_record, journal_settled};

/// A reply's body as text for people: values under names that look like a secret's are `***`.
#[wasm_bindgen]
pub fn text(body: Vec<u8>) -> String {
    Response { status: 0, headers: Vec::new(), body }.text()
}
