//! The providers, each in a folder of its own: `mod.rs` says how it signs and refuses, every other file is an operation.

pub mod rentnumber;
pub mod sinch;
pub mod tempnumber;
pub mod voepy;
pub mod vonage;

use crate::events::EventSource;
use crate::provider::ProviderEntry;

/// All of them, in the order in which they are always listed.
pub static PROVIDERS: &[ProviderEntry] =
    &[tempnumber::ENTRY, rentnumber::ENTRY, sinch::ENTRY, voepy::ENTRY, vonage::ENTRY];

/// Those that send events.
pub(crate) static EVENT_SOURCES: &[EventSource] = &[sinch::EVENTS, voepy::EVENTS, vonage::EVENTS];
