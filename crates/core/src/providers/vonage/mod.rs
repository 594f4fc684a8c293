//! Vonage, the former Nexmo: numbers rented by the month, in many countries (developer.vonage.com, “Developer API”).

mod buy_number;
mod cancel_number;
mod confirmation;
mod get_balance;
mod get_pricing;
mod get_product_pricing;
mod inbound_sms;
mod list_numbers;
mod list_prefix_pricing;
mod list_product_pricing;
mod number;
mod number_list;
mod pricing;
mod refusal;
mod search_available;
mod signature;
#[cfg(test)]
mod tests;
mod top_up;
mod unified;
mod update_number;
mod update_settings;

pub use buy_number::BuyNumber;
pub use cancel_number::CancelNumber;
pub use confirmation::Confirmation;
pub use get_balance::{Balance, GetBalance};
pub use get_pricing::GetPricing;
pub use get_product_pricing::GetProductPricing;
pub(crate) use inbound_sms::EVENTS;
pub use inbound_sms::{InboundSms, SmsPart, SmsType};
pub use list_numbers::{ListNumbers, OwnedNumber};
pub use list_prefix_pricing::ListPrefixPricing;
pub use list_product_pricing::ListProductPricing;
pub use number::{CallbackType, Feature, NumberType};
pub use number_list::SearchPattern;
pub use pricing::{CountryPricing, NetworkPricing, PriceList, Product};
pub use search_available::{AvailableNumber, SearchAvailable};
pub use top_up::{TopUp, TopUpConfirmation};
pub use update_number::UpdateNumber;
pub use update_settings::{Settings, UpdateSettings};

use crate::draft::Draft;
use crate::error::{Error, Result};
use crate::http::Response;
use crate::id::Change;
use crate::limiter::RateLimit;
use crate::provider::{Body, Credentials, Facts, Keys, Provider, ProviderEntry, Refusal};
use crate::registry::Entry;
use crate::retry::Backoff;
use crate::secret::Secret;
use crate::setting::{Setting, read_settings};
use crate::wire::base64;
use crate::wire::json::{Text, Unreadable};
use crate::wire::record::Deserialize;
use crate::wire::xml::{self, Shape};
use serde::Deserializer;
use std::borrow::Cow;

pub(crate) const ENTRY: ProviderEntry = ProviderEntry {
    facts: &FACTS,
    operations: &[
        Entry::of::<GetBalance>(),
        Entry::of::<GetPricing>(),
        Entry::of::<UpdateSettings>(),
        Entry::paged::<ListNumbers>(),
        Entry::paged::<SearchAvailable>(),
        Entry::of::<BuyNumber>(),
        Entry::of::<CancelNumber>(),
        Entry::of::<UpdateNumber>(),
        Entry::of::<TopUp>(),
        Entry::of::<GetProductPricing>(),
        Entry::of::<ListProductPricing>(),
        Entry::of::<ListPrefixPricing>(),
    ],
    open: |settings| Ok(Box::new(read_settings::<Vonage>(settings)?)),
    abilities: unified::ABILITIES,
};

static FACTS: Facts = Facts {
    slug: "vonage",
    name: "Vonage",
    base_url: Some("https://rest.nexmo.com"),
    // "the Pricing API is rate limited to one request per second"; no other limit is documented.
    limits: &[("pricing", RateLimit::per_second(1))],
    keys: Keys::None,
    backoff: Backoff::DEFAULT,
    settings: &[
        Setting::required("api_key", "the account's API key, from its dashboard"),
        Setting::required("api_secret", "the account's API secret, from its dashboard").secret(),
        Setting::optional("auth", "basic (default): HTTP Basic; query: the credentials go into every URL, as in 2017")
            .words(&["basic", "query"]),
        Setting::optional("format", "json (default) or xml: in which form Vonage answers; results are the same")
            .words(&["json", "xml"]),
    ],
};

/// How replies name what a list of theirs holds.
const SHAPE: Shape =
    Shape { repeated: &["numbers"], wrappers: &["features", "networks", "countries", "prices", "ranges", "aliases"] };

/// An account at Vonage.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vonage {
    api_key: String,
    api_secret: Secret,
    #[serde(default)]
    auth: Auth,
    #[serde(default)]
    format: Format,
}

/// Where the credentials go.
#[derive(serde::Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum Auth {
    #[default]
    Basic,
    Query,
}

/// What Vonage is asked to answer in.
#[derive(serde::Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum Format {
    #[default]
    Json,
    Xml,
}

impl Provider for Vonage {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }

    fn secret(&self) -> Option<Secret> {
        Some(self.api_secret.clone())
    }

    fn sign(&self, credentials: &Credentials, draft: &mut Draft) -> Result<()> {
        // No page says how XML is chosen; Accept is an assumption, and JSON is what comes without it.
        let accept = match self.format {
            Format::Json => "application/json",
            Format::Xml => "application/xml",
        };
        draft.header("accept", accept);
        let (key, secret) = (&self.api_key, credentials.secret.as_ref().unwrap_or(&self.api_secret).expose());
        match self.auth {
            Auth::Basic => {
                let pair = Secret::from(base64::encode(format!("{key}:{secret}").as_bytes()));
                draft.secret(&pair);
                draft.header("authorization", format!("Basic {}", pair.expose()));
            }
            Auth::Query => {
                draft.query("api_key", key);
                draft.query("api_secret", secret);
            }
        }
        Ok(())
    }

    /// The body decides, and the status where it says nothing: a refusal may come under status 200, and 420 is a status
    /// that nobody assigned and that what lies between may turn into another.
    fn read<'a>(&self, response: &'a Response) -> Result<Body<'a>, Refusal> {
        let by_status = Refusal::kind_of_status(response.status);
        let unreadable =
            |fault| by_status.map_or_else(|| Refusal::unreadable(fault), |kind| Refusal::unknown_form(kind, response));
        let data = json_twin(&response.body).map_err(unreadable)?;
        refusal::find(response, &data).map_err(unreadable)?.map_or(Ok(Body { data, at: "", meta: None }), Err)
    }
}

/// The reply as JSON, whatever it was asked for in: gateways answer as they like.
fn json_twin(body: &[u8]) -> Result<Cow<'_, [u8]>, Unreadable> {
    let start = body.trim_ascii_start();
    let head = start.get(..start.len().min(14)).unwrap_or_default().to_ascii_lowercase();
    if !head.starts_with(b"<") || head.starts_with(b"<!doctype html") || head.starts_with(b"<html") {
        return Ok(Cow::Borrowed(body));
    }
    let json = xml::to_json(body, &SHAPE)?;
    // `<inbound-numbers/>` is the twin of `{}`.
    Ok(Cow::Owned(if json == b"\"\"" { b"{}".to_vec() } else { json }))
}

/// Vonage documents two letters for every `country`, and requires it again where the number implies it.
fn check_country(country: &str) -> Result<()> {
    if country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Ok(());
    }
    Err(Error::invalid_input("country", "it must be the two letters of ISO 3166-1, such as GB"))
}

/// What a form says of a change: an empty text clears.
fn change_text(change: &Change<String>) -> Option<&str> {
    match change {
        Change::Keep => None,
        Change::Clear => Some(""),
        Change::Set(text) => Some(text),
    }
}

/// Text that is absent, null or empty alike; the empty one is what XML makes of null.
fn empty_is_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = <Option<Text<'de>>>::deserialize(deserializer)?;
    Ok(text.map(|text| text.0.into_owned()).filter(|text| !text.is_empty()))
}
