//! Operations that hosts list together.

use crate::provider::{Keys, ProviderEntry};
use crate::registry::Entry;
use crate::unified::UNIFIED;

/// The operations of a provider, or those of the unified layer.
#[derive(Debug, Clone, Copy)]
pub struct Namespace {
    /// `rentnumber`: of modules.
    pub slug: &'static str,
    /// `RentNumber`: of types.
    pub name: &'static str,
    /// In a sentence.
    pub title: &'static str,
    /// In the registry's order.
    pub operations: &'static [Entry],
    /// Which of them take an idempotency key.
    pub keys: Keys,
    /// A call is for one account, which may be said.
    pub one_account: bool,
}

impl Namespace {
    /// All providers as one. Accounts are parameters, or in ids; a key would be good for one offer only, so that
    /// purchases make their own.
    pub fn unified() -> Self {
        Self {
            slug: "unified",
            name: "Unified",
            title: "the unified layer",
            operations: UNIFIED,
            keys: Keys::None,
            one_account: false,
        }
    }

    /// A provider's.
    pub const fn of(provider: &ProviderEntry) -> Self {
        let facts = provider.facts;
        Self {
            slug: facts.slug,
            name: facts.name,
            title: facts.name,
            operations: provider.operations,
            keys: facts.keys,
            one_account: true,
        }
    }
}
