//! Voepy: numbers of one's own, paid in US dollars (docs.voepy.com/docs/phone-numbers).
//!
//! The page shows the shape of some replies and says nothing of others. What it shows is read strictly; of the others, what
//! the page says in words or plainly implies is read where it is found, and nothing is asked for.

mod check_csr_coverage;
mod check_portability;
mod connection;
mod create_emergency_address;
mod create_porting_order;
mod create_webhook_subscription;
mod get_account;
mod get_connection;
mod list_connections;
mod list_numbers;
mod list_porting_orders;
mod list_webhook_deliveries;
mod lookup_number;
mod number;
mod numbers_event;
mod order_numbers;
mod porting;
mod release_number;
mod reserve_numbers;
mod search_available;
mod shapes;
mod unified;
mod update_number;
mod upload_porting_document;

pub use check_csr_coverage::{CheckCsrCoverage, CsrCoverage};
pub use check_portability::{CheckPortability, Portability};
pub use connection::Connection;
pub use create_emergency_address::{CreateEmergencyAddress, EmergencyAddress};
pub use create_porting_order::CreatePortingOrder;
pub use create_webhook_subscription::{CreateWebhookSubscription, WebhookSubscription};
pub use get_account::{Account, GetAccount, Tenant};
pub use get_connection::GetConnection;
pub use list_connections::ListConnections;
pub use list_numbers::ListNumbers;
pub use list_porting_orders::ListPortingOrders;
pub use list_webhook_deliveries::{ListWebhookDeliveries, WebhookDelivery};
pub use lookup_number::{Lookup, LookupNumber, LookupType};
pub use number::{Capability, InboundCallScreening, Number, NumberAfter, NumberStatus, NumberType};
pub(crate) use numbers_event::EVENTS;
pub use numbers_event::NumbersEvent;
pub use order_numbers::OrderNumbers;
pub use porting::PortingOrder;
pub use release_number::ReleaseNumber;
pub use reserve_numbers::{Reservation, ReserveNumbers};
pub use search_available::{AvailableNumber, SearchAvailable};
pub use update_number::UpdateNumber;
pub use upload_porting_document::{FileContent, PortingDocument, PortingFile, UploadPortingDocument};

use crate::draft::Draft;
use crate::error::{Error, ErrorKind, Result};
use crate::http::Response;
use crate::phone::PhoneNumber;
use crate::provider::{Body, Credentials, Facts, Keys, Provider, ProviderEntry, Refusal};
use crate::registry::Entry;
use crate::retry::Backoff;
use crate::secret::Secret;
use crate::setting::{Setting, read_settings};
use crate::wire::json;
use crate::wire::raw::Raw;
use crate::wire::record::Deserialize;
use shapes::Refused;
use std::time::Duration;

pub(crate) const ENTRY: ProviderEntry = ProviderEntry {
    facts: &FACTS,
    operations: &[
        Entry::of::<SearchAvailable>(),
        Entry::of::<ReserveNumbers>(),
        Entry::of::<OrderNumbers>(),
        Entry::paged::<ListNumbers>(),
        Entry::of::<UpdateNumber>(),
        Entry::of::<ReleaseNumber>(),
        Entry::of::<LookupNumber>(),
        Entry::of::<CheckPortability>(),
        Entry::of::<CheckCsrCoverage>(),
        Entry::of::<CreatePortingOrder>(),
        Entry::paged::<ListPortingOrders>(),
        Entry::of::<UploadPortingDocument>(),
        Entry::of::<CreateEmergencyAddress>(),
        Entry::of::<GetConnection>(),
        Entry::paged::<ListConnections>(),
        Entry::of::<GetAccount>(),
        Entry::of::<CreateWebhookSubscription>(),
        Entry::paged::<ListWebhookDeliveries>(),
    ],
    open: |settings| Ok(Box::new(read_settings::<Voepy>(settings)?)),
    abilities: unified::ABILITIES,
};

static FACTS: Facts = Facts {
    slug: "voepy",
    name: "Voepy",
    // The page gives paths under /v1/ and no host.
    base_url: None,
    // There is status 429 with Retry-After; how many calls are allowed is not documented.
    limits: &[],
    // "Every mutating endpoint"; for how long a key is remembered is not documented, and an hour is a careful guess.
    keys: Keys::Mutations(Duration::from_secs(3600)),
    backoff: Backoff::DEFAULT,
    settings: &[Setting::required("api_key", "an API key; what it may do depends on its scopes").secret()],
};

/// An account at Voepy. Its `base_url` has to be set, without the `/v1` that every path begins with.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Voepy {
    api_key: Secret,
}

impl Provider for Voepy {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }

    fn secret(&self) -> Option<Secret> {
        Some(self.api_key.clone())
    }

    fn sign(&self, credentials: &Credentials, draft: &mut Draft) -> Result<()> {
        let key = credentials.secret.as_ref().unwrap_or(&self.api_key);
        draft.header("accept", "application/json");
        draft.header("authorization", format!("Bearer {}", key.expose()));
        Ok(())
    }

    fn read<'a>(&self, response: &'a Response) -> Result<Body<'a>, Refusal> {
        #[derive(Deserialize)]
        struct Envelope<'a> {
            #[serde(borrow)]
            error: Option<Raw<'a>>,
        }
        let by_status = Refusal::kind_of_status(response.status);
        if by_status.is_none() && shows_no_error(&response.body) {
            return Ok(Body::bare(&response.body));
        }
        let envelope = json::decode::<Envelope<'_>>(&response.body);
        let Refused { code, message } = match (envelope.map(|envelope| Refused::read(envelope.error)), by_status) {
            // A resource may have an `error` of its own; a refusal has a code.
            (Ok(Refused { code: None, .. }), None) => return Ok(Body::bare(&response.body)),
            (Ok(refused), _) => refused,
            (Err(fault), None) => return Err(Refusal::unreadable(fault)),
            (Err(_), Some(kind)) => return Err(Refusal::unknown_form(kind, response)),
        };
        let kind = code.as_deref().and_then(kind_of_code).or(by_status).unwrap_or(ErrorKind::Refused);
        let refusal = match (message, &code) {
            (Some(words), _) => Refusal::new(kind, words),
            (None, Some(code)) => Refusal::new(kind, format!("it gives the code {code}, and no words")),
            (None, None) => Refusal::unknown_form(kind, response),
        };
        Err(match code {
            Some(code) => refusal.code(code),
            None => refusal,
        })
    }
}

/// Nothing, a list, or an object in which `error` is nowhere: so nearly every success is read once and not twice.
fn shows_no_error(body: &[u8]) -> bool {
    match body.trim_ascii_start() {
        [] | [b'[', ..] => true,
        object @ [b'{', ..] => std::str::from_utf8(object).is_ok_and(|text| !text.contains("\"error\"")),
        _ => false,
    }
}

/// What Voepy's codes mean ("branch on the code": its texts may change). The codes of its page on errors, of which only a
/// part is known, and a few that are assumed; for all others the status speaks.
fn kind_of_code(code: &str) -> Option<ErrorKind> {
    Some(match code {
        "authentication_required" | "invalid_credentials" => ErrorKind::Unauthenticated,
        "tenant_suspended" | "forbidden" | "daily_spend_cap_exceeded" | "concurrent_call_cap_exceeded" => {
            ErrorKind::Forbidden
        }
        "balance_insufficient" | "auto_recharge_failed" | "payment_method_required" => ErrorKind::InsufficientFunds,
        "subscription_invalid" | "topup_amount_too_low" => ErrorKind::InvalidInput,
        "number_not_yet_active" => ErrorKind::NotReady,
        // Assumed from here on.
        "validation_failed" => ErrorKind::InvalidInput,
        "not_found" => ErrorKind::NotFound,
        "number_unavailable" => ErrorKind::OutOfStock,
        "idempotency_conflict" => ErrorKind::Conflict,
        "rate_limited" => ErrorKind::RateLimited,
        "carrier_error" => ErrorKind::ProviderDown,
        _ => return None,
    })
}

/// The numbers of an order, a reservation or a check.
fn check_phone_numbers(numbers: &[PhoneNumber]) -> Result<()> {
    if numbers.is_empty() {
        return Err(Error::invalid_input("phone_numbers", "at least one is needed"));
    }
    numbers.iter().try_for_each(|number| check_phone_number("phone_numbers", number))
}

/// "`+` then 6 to 15 digits."
fn check_phone_number(field: &str, number: &PhoneNumber) -> Result<()> {
    match number.digits().len() {
        6.. => Ok(()),
        _ => Err(Error::invalid_input(field, "Voepy takes numbers of 6 to 15 digits")),
    }
}

fn check_length(field: &str, text: Option<&str>, limit: usize) -> Result<()> {
    match text {
        Some(text) if text.chars().count() > limit => {
            Err(Error::invalid_input(field, format_args!("it can have {limit} characters at most")))
        }
        _ => Ok(()),
    }
}

/// A query parameter that is a list: `voice,sms`. `None` for an empty one.
fn comma_list<T: std::fmt::Display>(values: &[T]) -> Option<String> {
    let words: Vec<String> = values.iter().map(T::to_string).collect();
    (!words.is_empty()).then(|| words.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::{Effect, Recovery};

    #[test]
    fn what_spends_is_sent_again_under_a_key_or_never() {
        let spends: Vec<(&str, Recovery)> = ENTRY
            .operations
            .iter()
            .filter_map(|entry| match entry.endpoint.effect {
                Effect::Spends(recovery) => Some((entry.endpoint.name(), recovery)),
                Effect::Reads | Effect::Sets => None,
            })
            .collect();
        assert_eq!(
            spends,
            [
                ("order_numbers", Recovery::ResendUnderKey),
                ("lookup_number", Recovery::Never),
                ("create_porting_order", Recovery::ResendUnderKey),
            ]
        );
    }
}
