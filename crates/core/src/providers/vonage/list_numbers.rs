//! `GET /account/numbers`: the account's numbers.

use super::number::{CallbackType, Feature, NumberType};
use super::number_list::{SearchPattern, read_page, write_page, write_pattern};
use super::{Vonage, check_country, empty_is_none};
use crate::draft::Draft;
use crate::error::Result;
use crate::id::Id;
use crate::operation::{Endpoint, Operation};
use crate::paging::{Page, Paged};
use crate::phone::PhoneNumber;
use crate::reply::Reply;
use crate::wire::json;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// List the account's numbers. A number has no status: it is owned while it is listed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ListNumbers {
    /// Only of this country, ISO 3166-1 alpha-2. Beyond the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Only numbers with these digits; a leading `+` is not sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// Where the digits must be; by default at the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search_pattern: Option<SearchPattern>,
    /// Only numbers of this application. Beyond the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application_id: Option<Id>,
    /// Only numbers that are with an application, or only those that are not. Beyond the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub has_application: Option<bool>,
    /// How many to a page, 1 to 100; 10 where not given.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "json::count_option")]
    pub size: Option<u64>,
    /// Which page, from 1; `next` of a page is the one after it.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "json::count_option")]
    pub index: Option<u64>,
}

/// A number of the account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OwnedNumber {
    /// ISO 3166-1 alpha-2. `vonage.cancel_number` and `vonage.update_number` ask for it again.
    pub country: String,
    /// The number. (`msisdn` at Vonage, without `+`.)
    #[serde(alias = "msisdn")]
    pub phone_number: PhoneNumber,
    /// What it is. (`type` at Vonage.)
    #[serde(alias = "type")]
    pub number_type: Option<NumberType>,
    /// What it can do.
    #[serde(default, deserialize_with = "json::null_default")]
    pub features: Vec<Feature>,
    /// Where texts to it are sent. (`moHttpUrl` at Vonage.)
    #[serde(alias = "moHttpUrl", alias = "mo-http-url", default, deserialize_with = "empty_is_none")]
    pub mo_http_url: Option<String>,
    /// The kind of what takes calls to it. (`voiceCallbackType` at Vonage.)
    #[serde(alias = "voiceCallbackType", alias = "voice-callback-type")]
    pub voice_callback_type: Option<CallbackType>,
    /// What takes calls to it: a SIP address, a telephone number or the id of an application.
    /// (`voiceCallbackValue` at Vonage.)
    #[serde(alias = "voiceCallbackValue", alias = "voice-callback-value", default, deserialize_with = "empty_is_none")]
    pub voice_callback_value: Option<String>,
    /// Where the end of a call is told. (`voiceStatusCallback` at Vonage.) Beyond the page.
    #[serde(
        alias = "voiceStatusCallback",
        alias = "voice-status-callback",
        default,
        deserialize_with = "empty_is_none"
    )]
    pub voice_status_callback: Option<String>,
    /// Always `app`. (`messagesCallbackType` at Vonage.) Beyond the page.
    #[serde(alias = "messagesCallbackType", alias = "messages-callback-type")]
    pub messages_callback_type: Option<CallbackType>,
    /// Id of the application that takes messages. (`messagesCallbackValue` at Vonage.) Beyond the page.
    #[serde(
        alias = "messagesCallbackValue",
        alias = "messages-callback-value",
        default,
        deserialize_with = "empty_is_none"
    )]
    pub messages_callback_value: Option<String>,
    /// Id of the application that it is with. Beyond the page.
    #[serde(alias = "app-id", default, deserialize_with = "empty_is_none")]
    pub app_id: Option<String>,
}

impl OwnedNumber {
    /// A number of which nothing else is known.
    pub(super) const fn bare(country: String, phone_number: PhoneNumber) -> Self {
        Self {
            country,
            phone_number,
            number_type: None,
            features: Vec::new(),
            mo_http_url: None,
            voice_callback_type: None,
            voice_callback_value: None,
            voice_status_callback: None,
            messages_callback_type: None,
            messages_callback_value: None,
            app_id: None,
        }
    }
}

impl Operation for ListNumbers {
    type Provider = Vonage;
    type Output = Page<OwnedNumber>;
    const ENDPOINT: Endpoint = Endpoint::get("vonage.list_numbers", "/account/numbers");

    fn encode(&self, _: &Vonage, draft: &mut Draft) -> Result<()> {
        self.country.as_deref().map_or(Ok(()), check_country)?;
        draft.query_option("country", self.country.as_ref());
        write_pattern(draft, self.pattern.as_deref(), self.search_pattern);
        draft.query_option("application_id", self.application_id.as_ref());
        draft.query_option("has_application", self.has_application);
        write_page(draft, self.index, self.size)
    }

    fn decode(&self, _: &Vonage, reply: &Reply<'_>) -> Result<Page<OwnedNumber>> {
        read_page(reply, self.index, self.size)
    }
}

impl Paged for ListNumbers {
    type Item = OwnedNumber;

    fn at_page(self, token: &str) -> Self {
        Self { index: token.parse().ok(), ..self }
    }
}
