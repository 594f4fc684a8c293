//! RentNumber: one number for one service for some minutes, paid in naira (v2.rentnumber.net/api-docs).

mod cancel_rental;
mod get_balance;
mod get_rental;
mod list_countries;
mod list_prices;
mod list_rentals;
mod list_services;
mod rent;
mod rental;
mod unified;

pub use cancel_rental::{CancelRental, Cancellation};
pub use get_balance::{Balance, GetBalance};
pub use get_rental::GetRental;
pub use list_countries::{Country, ListCountries};
pub use list_prices::{ListPrices, Price, Prices, Service};
pub use list_rentals::{ListRentals, PastRental};
pub use list_services::{ListServices, OfferedService};
pub use rent::Rent;
pub use rental::{Rental, RentalStatus};

use crate::draft::Draft;
use crate::error::{Error, ErrorKind, Result};
use crate::http::Response;
use crate::limiter::RateLimit;
use crate::money::Money;
use crate::provider::{Body, Credentials, Facts, Keys, Provider, ProviderEntry, Refusal};
use crate::registry::Entry;
use crate::retry::Backoff;
use crate::secret::Secret;
use crate::setting::{Setting, read_settings};
use crate::wire::json;
use crate::wire::record::Deserialize;
use serde::Deserializer;
use std::borrow::Cow;

pub(crate) const ENTRY: ProviderEntry = ProviderEntry {
    facts: &FACTS,
    operations: &[
        Entry::of::<GetBalance>(),
        Entry::of::<ListServices>(),
        Entry::of::<ListCountries>(),
        Entry::of::<ListPrices>(),
        Entry::of::<Rent>(),
        Entry::waits::<GetRental>(),
        Entry::of::<CancelRental>(),
        Entry::of::<ListRentals>(),
    ],
    open: |settings| Ok(Box::new(read_settings::<RentNumber>(settings)?)),
    abilities: unified::ABILITIES,
};

static FACTS: Facts = Facts {
    slug: "rentnumber",
    name: "RentNumber",
    base_url: Some("https://v2.rentnumber.net/api/v1"),
    // "max ~2/sec"
    limits: &[("", RateLimit::per_second(2))],
    keys: Keys::None,
    backoff: Backoff::DEFAULT,
    settings: &[Setting::optional(
        "api_key",
        "the key from its API Key page, rn_…; services, countries and prices need none",
    )
    .secret()],
};

/// An account at RentNumber.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RentNumber {
    api_key: Option<Secret>,
}

impl Provider for RentNumber {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }

    fn secret(&self) -> Option<Secret> {
        self.api_key.clone()
    }

    fn sign(&self, credentials: &Credentials, draft: &mut Draft) -> Result<()> {
        draft.header("accept", "application/json");
        match &credentials.secret {
            Some(key) => draft.header("x-api-key", key.expose().as_str()),
            None if draft.endpoint.public => {}
            None => {
                let problem = "this operation needs a key: set rentnumber.api_key (in the environment: TRUNKLINE_RENTNUMBER_API_KEY)";
                return Err(Error::invalid_input("api_key", problem));
            }
        }
        Ok(())
    }

    fn read<'a>(&self, response: &'a Response) -> Result<Body<'a>, Refusal> {
        #[derive(Deserialize)]
        struct Envelope<'a> {
            success: Option<bool>,
            #[serde(borrow)]
            error: Option<Cow<'a, str>>,
        }
        let by_status = Refusal::kind_of_status(response.status);
        let envelope = match json::decode::<Envelope<'_>>(&response.body) {
            Ok(envelope) => envelope,
            Err(fault) => {
                return Err(
                    by_status.map_or_else(|| Refusal::unreadable(fault), |kind| Refusal::unknown_form(kind, response))
                );
            }
        };
        match (by_status, envelope.success) {
            (None, Some(true)) => Ok(Body::bare(&response.body)),
            (None, None) => Err(Refusal::new(ErrorKind::Malformed, "it does not say “success”")),
            (kind, _) => {
                let words = envelope.error.unwrap_or_default();
                // No code exists, and 400 is the only status that fits.
                let kind = match kind.unwrap_or(ErrorKind::Refused) {
                    kind @ (ErrorKind::InvalidInput | ErrorKind::Refused) => kind_of_words(&words).unwrap_or(kind),
                    kind => kind,
                };
                Err(if words.is_empty() { Refusal::unknown_form(kind, response) } else { Refusal::new(kind, words) })
            }
        }
    }
}

/// Of these words the page shows the first ones; the others are what is usually said of an empty stock.
fn kind_of_words(words: &str) -> Option<ErrorKind> {
    let words = words.to_ascii_lowercase();
    let says = |candidates: &[&str]| candidates.iter().any(|candidate| words.contains(candidate));
    if says(&["insufficient balance"]) {
        return Some(ErrorKind::InsufficientFunds);
    }
    says(&["no numbers", "no stock", "out of stock", "not available"]).then_some(ErrorKind::OutOfStock)
}

/// The lists' envelope.
#[derive(Deserialize)]
struct Listed<T> {
    data: Vec<T>,
}

/// All amounts are in naira: `/balance` says so, no other reply does.
fn naira<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Money, D::Error> {
    Money::deserialize(deserializer).map(|money| money.or_currency("NGN"))
}
