//! `POST /availableNumbers:rentAny`: rent any number that fits. Charged by the month.

use super::setup::{SmsWire, VoiceWire};
use super::{ActiveNumber, ListNumbers, NumberCapability, NumberType, SearchPattern, Sinch, SmsSetup, VoiceSetup};
use crate::call::{Answer, Call, Found};
use crate::draft::Draft;
use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::http::Response;
use crate::operation::{BoxFuture, Endpoint, Operation, Recovery};
use crate::wire::json;
use crate::wire::raw::Raw;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Search for a number and rent the first that fits, in one call. Only for `LOCAL` numbers of the USA, says Sinch. Spends:
/// Sinch has no idempotency keys, so that a rental whose answer is lost is looked for among the project's numbers of that
/// type and region, and never sent again. v1 only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RentAnyNumber {
    /// Of this country, ISO 3166-1 alpha-2.
    pub region_code: String,
    /// Of this kind. (`type` at Sinch.)
    pub number_type: NumberType,
    /// With these capabilities.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub capabilities: Vec<NumberCapability>,
    /// With these digits in it; with `+` and country code where they are looked for at the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// Where `pattern` is looked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search_pattern: Option<SearchPattern>,
    /// The SMS service that it is to serve.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sms_configuration: Option<SmsSetup>,
    /// What is to answer its calls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice_configuration: Option<VoiceSetup>,
    /// Where Sinch is to send word of its set-up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_url: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Wire<'a> {
    region_code: &'a str,
    #[serde(rename = "type")]
    number_type: &'a NumberType,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    capabilities: &'a [NumberCapability],
    #[serde(skip_serializing_if = "Option::is_none")]
    number_pattern: Option<Pattern<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sms_configuration: Option<SmsWire<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    voice_configuration: Option<VoiceWire<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    callback_url: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Pattern<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pattern: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    search_pattern: Option<&'a SearchPattern>,
}

impl Operation for RentAnyNumber {
    type Provider = Sinch;
    type Output = ActiveNumber;
    const ENDPOINT: Endpoint =
        Endpoint::post("sinch.rent_any_number", "/{version}/projects/{project_id}/availableNumbers:rentAny")
            .spends(Recovery::LookAndSettle)
            .beyond_seed();

    fn encode(&self, provider: &Sinch, draft: &mut Draft) -> Result<()> {
        provider.needs_v1()?;
        let (pattern, search_pattern) = (self.pattern.as_deref(), self.search_pattern.as_ref());
        let has_pattern = pattern.is_some() || search_pattern.is_some();
        draft.json(&Wire {
            region_code: &self.region_code,
            number_type: &self.number_type,
            capabilities: &self.capabilities,
            number_pattern: has_pattern.then_some(Pattern { pattern, search_pattern }),
            sms_configuration: self.sms_configuration.as_ref().map(|sms| sms.to_wire(provider)).transpose()?,
            voice_configuration: self.voice_configuration.as_ref().map(|voice| voice.to_wire(provider)).transpose()?,
            callback_url: self.callback_url.as_deref(),
        });
        Ok(())
    }

    fn bought(&self, number: &ActiveNumber) -> Vec<String> {
        vec![number.phone_number.to_string()]
    }

    /// Every page: a number that is on a later one would pass for new when it moves up.
    fn look<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Result<Vec<Found<ActiveNumber>>>> {
        Box::pin(async move {
            let mut found = Vec::new();
            let mut list = ListNumbers {
                region_code: Some(self.region_code.clone()),
                number_type: Some(self.number_type.clone()),
                ..ListNumbers::default()
            };
            loop {
                let Answer { value: page, response } = call.read(&list).await?;
                found.extend(entries(page.items, &response)?);
                match page.next {
                    None => return Ok(found),
                    Some(token) if list.page_token.as_ref() == Some(&token) => return Err(endless()),
                    Some(token) => list.page_token = Some(token),
                }
            }
        })
    }
}

/// Each number with its own part of the page as the reply: the whole page with each would take the square of its size.
fn entries(numbers: Vec<ActiveNumber>, page: &Response) -> Result<impl Iterator<Item = Found<ActiveNumber>>> {
    #[derive(Deserialize)]
    struct Listed<'a> {
        #[serde(borrow, default, rename = "activeNumbers", deserialize_with = "json::null_default")]
        numbers: Vec<Raw<'a>>,
    }
    let listed: Listed<'_> =
        json::decode(&page.body).map_err(|fault| Error::new(ErrorKind::Malformed, Delivery::Unknown, fault.message))?;
    let bodies: Vec<Vec<u8>> = listed.numbers.into_iter().map(|entry| entry.get().as_bytes().to_vec()).collect();
    let (status, headers) = (page.status, page.headers.clone());
    Ok(numbers.into_iter().zip(bodies).map(move |(number, body)| {
        let response = Response { status, headers: headers.clone(), body };
        Found {
            id: number.phone_number.to_string(),
            at: None,
            no_later_than: None,
            answer: Answer { value: number, response },
        }
    }))
}

fn endless() -> Error {
    let message = "the list gave the same page token twice, so that it would never end";
    Error::new(ErrorKind::Malformed, Delivery::Unknown, message)
}
