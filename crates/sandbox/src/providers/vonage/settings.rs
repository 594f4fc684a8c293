//! What Vonage's pages leave open, each with the choice made where nothing is said.

use super::euros::Euros;
use super::signature::SignatureMethod;
use crate::events::Retries;

/// What an empty list of numbers looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmptyList {
    /// `{}`, as the Python SDK's `nothing.json`.
    Bare,
    /// `{"count":0,"numbers":[]}`, as the PHP SDK's `empty.json`.
    Counted,
}

/// How an inbound message is sent to its webhook, a setting of the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InboundMethod {
    /// GET, in the query.
    Get,
    /// POST of a form.
    PostForm,
    /// POST of JSON, as the page's example has it.
    PostJson,
}

/// What Vonage's page leaves open.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Balance at the start, in euros, as text: `"29.18202293"` (the Python SDK's sample).
    pub balance: Euros,
    /// Whether auto-reload is enabled, without which top-up is refused.
    pub auto_reload: bool,
    /// With auto-reload: below this balance it is topped up at the next check, which comes every five minutes.
    pub auto_reload_below: Euros,
    /// What one top-up adds.
    pub top_up_amount: Euros,
    /// The `trx` which top-up takes: the payment with which auto-reload was enabled (the account page's sample).
    pub top_up_transaction: String,
    /// ASSUMPTION: `Accept: application/xml` or `text/xml` chooses XML. Off, every reply is JSON.
    pub xml_by_accept: bool,
    /// Ambiguous: whether `api_key` and `api_secret` are also taken from the form of a POST; snippets vary.
    pub body_credentials: bool,
    /// Sends what would be HTTP 420 as HTTP 200 with the same body, as the Python SDK's tests have it.
    pub answer_420_with_200: bool,
    /// Ambiguous: an empty list of numbers is `{}` or counted.
    pub empty_lists: EmptyList,
    /// Ambiguous: refuses `size` above 100 instead of taking it for 100.
    pub refuse_size_above_100: bool,
    /// Milliseconds between two calls to the pricing API, documented as 1000; 0 is no limit.
    pub pricing_interval_ms: u64,
    /// The same for the number calls, which only the PHP SDK hints at; 0 is no limit.
    pub numbers_interval_ms: u64,
    /// ASSUMPTION: the label of a 429, whose body nobody documents.
    pub throttled_label: String,
    /// Ambiguous: the pricing path without a type answers in the seed page's shape. Off, in the newer one.
    pub bare_pricing_legacy: bool,
    /// Prefix pricing answers with `prices` in the older shape, as the PHP SDK's fixture, instead of `countries`.
    pub prefix_pricing_legacy: bool,
    /// `count` of the newer pricing shapes as text, as the OpenAPI file has it; the SDKs' fixtures have a number.
    pub pricing_count_as_text: bool,
    /// What the newer pricing shapes name as currency; the dashboard also offers `USD`. Prices are not converted.
    pub currency: String,
    /// The reply to settings shows `api-secret`, as the seed page has it; later pages dropped it.
    pub settings_show_secret: bool,
    /// The reply to settings has `max-calls-per-second` too, as later pages have it.
    pub settings_show_calls_per_second: bool,
    /// ASSUMPTION: a callback URL which does not answer 200 is refused with 420. The sandbox does not call
    /// it to see: a URL counts as dead if it is not `http(s)://host…` or its host ends in `.invalid`.
    pub refuse_dead_callbacks: bool,
    /// Search says `mobile` where everything else says `mobile-lvn`, as the seed page's sample does.
    pub search_says_mobile: bool,
    /// Countries whose numbers cannot be bought by API, as a local address is required.
    pub regulated_countries: Vec<String>,
    /// Numbers which search offers although someone else has just bought them.
    pub sold_meanwhile: Vec<String>,
    /// A trial account: buying is answered `authentication failed`.
    pub trial_account: bool,
    /// A `voiceCallbackValue` that does not fit its type is answered 500, as once seen; off, 420.
    pub bad_voice_value_is_500: bool,
    /// Ambiguous: what an update does not name is cleared. Off, it stays.
    pub update_clears_what_it_omits: bool,
    /// Ambiguous: a cancelled number stays until its month ends. Off, it is gone at once.
    pub cancel_at_period_end: bool,
    /// Rentals renew, and are charged, on the same day of each month. Off, they last for ever.
    pub renewals: bool,
    /// How long a number whose renewal could not be paid is kept for its former owner.
    pub buy_back_days: u32,
    /// How inbound messages are sent to webhooks.
    pub inbound_method: InboundMethod,
    /// What inbound messages are signed with; by default they are not, as with every account of which support has not
    /// been asked for it.
    pub signature_method: Option<SignatureMethod>,
    /// The secret they are signed with (the Python SDK's sample).
    pub signature_secret: String,
    /// When a message that was not answered with 2xx is sent again: for up to 24 hours; the steps are assumed.
    pub inbound_retries: Retries,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            balance: Euros::from_units(2_918_202_293),
            auto_reload: false,
            auto_reload_below: Euros::from_cents(200),
            top_up_amount: Euros::from_cents(1_000),
            top_up_transaction: "8ef2447e69604f642ae59363aa5f781b".to_owned(),
            xml_by_accept: true,
            body_credentials: true,
            answer_420_with_200: false,
            empty_lists: EmptyList::Bare,
            refuse_size_above_100: false,
            pricing_interval_ms: 1_000,
            numbers_interval_ms: 0,
            throttled_label: "too many requests".to_owned(),
            bare_pricing_legacy: true,
            prefix_pricing_legacy: false,
            pricing_count_as_text: false,
            currency: "EUR".to_owned(),
            settings_show_secret: true,
            settings_show_calls_per_second: false,
            refuse_dead_callbacks: true,
            search_says_mobile: false,
            regulated_countries: vec!["DE".to_owned(), "FR".to_owned()],
            sold_meanwhile: Vec::new(),
            trial_account: false,
            bad_voice_value_is_500: true,
            update_clears_what_it_omits: false,
            cancel_at_period_end: false,
            renewals: true,
            buy_back_days: 90,
            inbound_method: InboundMethod::PostJson,
            signature_method: None,
            signature_secret: "signature_secret".to_owned(),
            inbound_retries: Retries { first_seconds: 60, attempts: 20, window_seconds: 86_400 },
        }
    }
}
