//! TempNumber: private numbers for a month to a year, and the SMS they receive (api.temp-number.com).
//!
//! The page names every operation and parameter, and hardly a field of a reply: success is `{success, data, meta}`, refusal
//! is `{success, message}`. What replies hold is therefore read by the module `guess`, which fails on no field that it only guesses.

mod buy_number;
mod cancel_number;
mod get_account;
mod get_country_pricing;
mod get_inventory;
mod guess;
mod list_number_sms;
mod list_numbers;
mod list_pricing;
mod number;
mod pricing;
mod receive_sms;
mod renew_number;
mod sms;
mod unified;

pub use buy_number::BuyNumber;
pub use cancel_number::CancelNumber;
pub use get_account::{Account, GetAccount};
pub use get_country_pricing::GetCountryPricing;
pub use get_inventory::{GetInventory, Inventory};
pub use list_number_sms::{ListNumberSms, NumberSms};
pub use list_numbers::{ListNumbers, NumberFilter};
pub use list_pricing::ListPricing;
pub use number::{Number, NumberStatus, NumberType};
pub use pricing::{CountryPricing, Package};
pub use receive_sms::ReceiveSms;
pub use renew_number::{RenewNumber, RenewalPackage};
pub use sms::Sms;

use crate::draft::Draft;
use crate::error::{Error, ErrorKind, Result};
use crate::http::Response;
use crate::limiter::RateLimit;
use crate::provider::{Body, Credentials, Facts, Keys, Provider, ProviderEntry, Refusal};
use crate::registry::Entry;
use crate::retry::Backoff;
use crate::secret::Secret;
use crate::setting::{Setting, read_settings};
use crate::wire::json;
use crate::wire::raw::Raw;
use crate::wire::record::Deserialize;
use std::borrow::Cow;
use std::time::Duration;

pub(crate) const ENTRY: ProviderEntry = ProviderEntry {
    facts: &FACTS,
    operations: &[
        Entry::of::<GetAccount>(),
        Entry::of::<ListPricing>(),
        Entry::of::<GetCountryPricing>(),
        Entry::of::<GetInventory>(),
        Entry::of::<BuyNumber>(),
        Entry::of::<RenewNumber>(),
        Entry::of::<CancelNumber>(),
        Entry::of::<ListNumbers>(),
        Entry::of::<ListNumberSms>(),
        Entry::paged::<ReceiveSms>(),
    ],
    open: |settings| Ok(Box::new(read_settings::<TempNumber>(settings)?)),
    abilities: unified::ABILITIES,
};

static FACTS: Facts = Facts {
    slug: "tempnumber",
    name: "TempNumber",
    base_url: Some("https://api.temp-number.com/v1"),
    // "60 req/min per token"
    limits: &[("", RateLimit::per_minute(60))],
    // The page asks for keys and does not say how long they are remembered; 24 hours is what a catalogue reports of it.
    keys: Keys::Posts(Duration::from_secs(24 * 60 * 60)),
    backoff: Backoff::DEFAULT,
    settings: &[
        Setting::required("token", "the token from its dashboard, API Access, with the scope api:access").secret()
    ],
};

/// An account at TempNumber.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TempNumber {
    token: Secret,
}

impl Provider for TempNumber {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }

    fn secret(&self) -> Option<Secret> {
        Some(self.token.clone())
    }

    fn sign(&self, credentials: &Credentials, draft: &mut Draft) -> Result<()> {
        let token = credentials.secret.as_ref().unwrap_or(&self.token);
        draft.header("accept", "application/json");
        draft.header("authorization", format!("Bearer {}", token.expose()));
        Ok(())
    }

    fn read<'a>(&self, response: &'a Response) -> Result<Body<'a>, Refusal> {
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
            (None, Some(true)) => Ok(envelope.into_body()),
            (None, None) => Err(Refusal::new(ErrorKind::Malformed, "it does not say “success”")),
            (kind, _) => Err(envelope.into_refusal(kind.unwrap_or(ErrorKind::Refused), response)),
        }
    }
}

/// What every reply is wrapped in.
#[derive(Deserialize)]
struct Envelope<'a> {
    success: Option<bool>,
    #[serde(borrow)]
    message: Option<Cow<'a, str>>,
    #[serde(borrow)]
    data: Option<Raw<'a>>,
    #[serde(borrow)]
    meta: Option<Raw<'a>>,
    /// Not on the page: Laravel, whose vocabulary the page has ("token", "ability"), adds it to status 422.
    #[serde(borrow)]
    errors: Option<Raw<'a>>,
}

impl<'a> Envelope<'a> {
    fn into_body(self) -> Body<'a> {
        let data = self.data.map_or("null", Raw::get);
        Body { data: Cow::Borrowed(data.as_bytes()), at: "data", meta: self.meta.map(|meta| meta.get().as_bytes()) }
    }

    fn into_refusal(self, kind: ErrorKind, response: &Response) -> Refusal {
        let words = self.message.unwrap_or_default();
        if words.is_empty() {
            return Refusal::unknown_form(kind, response);
        }
        let kind = kind_by_words(kind, &words);
        let refusal = Refusal::new(kind, words);
        let field = self.errors.and_then(|errors| guess::first_key(errors.get()));
        match field.filter(|_| kind == ErrorKind::InvalidInput) {
            Some(field) => refusal.field(snake_case(&field)),
            None => refusal,
        }
    }
}

/// There are no codes, and neither the status nor the text of a business refusal is documented: these words only make a
/// status more precise that several reasons share.
fn kind_by_words(kind: ErrorKind, words: &str) -> ErrorKind {
    let words = words.to_ascii_lowercase();
    let says = |any: &[&str]| any.iter().any(|word| words.contains(word));
    match kind {
        ErrorKind::Conflict | ErrorKind::InvalidInput | ErrorKind::Refused => {
            // Stock first: "insufficient stock".
            if says(&["stock", "sold out", "no numbers"]) {
                ErrorKind::OutOfStock
            } else if says(&["insufficient", "not enough balance", "not enough funds"]) {
                ErrorKind::InsufficientFunds
            } else {
                kind
            }
        }
        kind => kind,
    }
}

/// The page writes parameters in two styles, `phoneNumber` and `country_code`; here they have one.
fn snake_case(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 2);
    for character in name.chars() {
        if character.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(character.to_ascii_lowercase());
    }
    out
}

/// An ISO 3166-1 alpha-2 code as it is sent: in capitals.
fn country_code(code: &str) -> Result<String> {
    if code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Ok(code.to_ascii_uppercase());
    }
    Err(Error::invalid_input("country_code", "it must be two letters, as in ISO 3166-1: US"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paging::Page;
    use serde::Serialize;
    use serde::de::DeserializeOwned;

    const NUMBER: &str = r#"{"id":"1001","phone_number":"+12025550134","country_code":"US","number_type":"non_voip","status":"active","duration":"oneMonth","price":{"amount":"4.90","currency":"USD"},"created_at":"2026-05-12T14:30:00Z","expires_at":"2026-06-12T14:30:00Z"}"#;
    const SMS: &str = r#"{"id":"9","sender":"Acme","text":"Your code is 123456","received_at":"2026-05-12T14:31:00Z"}"#;

    fn same<T: Serialize + DeserializeOwned>(text: &str) {
        let value: T = serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(serde_json::to_string(&value).unwrap(), text);
        let value: T = serde_json::from_value(serde_json::to_value(&value).unwrap()).unwrap();
        assert_eq!(serde_json::to_string(&value).unwrap(), text);
    }

    #[test]
    fn what_hosts_are_given_can_be_given_back() {
        same::<Account>(r#"{"balance":{"amount":"25.50","currency":null}}"#);
        same::<Account>(r#"{"balance":{"amount":"25.50","currency":"USD"}}"#);
        same::<Vec<CountryPricing>>(
            r#"[{"country_code":"US","country_name":"United States","packages":[{"duration":"oneMonth","price":{"amount":"4.90","currency":"EUR"},"number_type":"satellite"},{"duration":"1","price":null,"number_type":null}]},{"country_code":"GB","country_name":null,"packages":[]}]"#,
        );
        let stock =
            r#"{"country_code":"US","duration":"oneMonth","number_type":"voip","available":12,"in_stock":true}"#;
        same::<Inventory>(stock);
        same::<Inventory>(&stock.replace("12", "null"));
        same::<Inventory>(&stock.replace("true", "false"));
        same::<Vec<Number>>(&format!("[{NUMBER}]"));
        same::<Number>(
            r#"{"id":"1","phone_number":null,"country_code":null,"number_type":null,"status":null,"duration":null,"price":null,"created_at":null,"expires_at":null}"#,
        );
        same::<NumberSms>(&format!(r#"{{"number":{NUMBER},"sms":[{SMS}]}}"#));
        same::<Page<Sms>>(&format!(r#"{{"items":[{SMS}],"next":"c1","total":null}}"#));
    }
}
