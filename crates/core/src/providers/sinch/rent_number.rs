//! `POST /availableNumbers/{phone_number}:rent`: rent one number. Charged by the month.

use super::get_number::unless_absent;
use super::setup::{SmsWire, VoiceWire};
use super::{ActiveNumber, GetNumber, ListNumbers, NumberType, SearchPattern, Sinch, SmsSetup, Version, VoiceSetup};
use crate::call::{Answer, Call, Found};
use crate::draft::Draft;
use crate::error::Result;
use crate::operation::{BoxFuture, Endpoint, Operation, Recovery};
use crate::phone::PhoneNumber;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Rent one number. Spends: Sinch has no idempotency keys, but a number can be rented only once, so that a rental whose
/// answer is lost is looked for, and sent again if the number is not owned. An answer does not mean that the number can be
/// used: its set-up may take a while, see `sinch.get_number`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RentNumber {
    /// `phone_number` of a number that `sinch.search_available` gives.
    pub phone_number: PhoneNumber,
    /// The SMS service that it is to serve.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sms_configuration: Option<SmsSetup>,
    /// What is to answer its calls. v1 only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice_configuration: Option<VoiceSetup>,
    /// Where Sinch is to send word of its set-up. v1 only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_url: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Wire<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    sms_configuration: Option<SmsWire<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    voice_configuration: Option<VoiceWire<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    callback_url: Option<&'a str>,
}

impl Operation for RentNumber {
    type Provider = Sinch;
    type Output = ActiveNumber;
    const ENDPOINT: Endpoint =
        Endpoint::post("sinch.rent_number", "/{version}/projects/{project_id}/availableNumbers/{phone_number}:rent")
            .spends(Recovery::LookThenResend);

    fn encode(&self, provider: &Sinch, draft: &mut Draft) -> Result<()> {
        provider.needs_v1_for("callback_url", self.callback_url.as_ref())?;
        draft.fill("phone_number", self.phone_number.as_str())?;
        let wire = Wire {
            sms_configuration: self.sms_configuration.as_ref().map(|sms| sms.to_wire(provider)).transpose()?,
            voice_configuration: self.voice_configuration.as_ref().map(|voice| voice.to_wire(provider)).transpose()?,
            callback_url: self.callback_url.as_deref(),
        };
        if wire.sms_configuration.is_none() && wire.voice_configuration.is_none() && wire.callback_url.is_none() {
            return Ok(());
        }
        draft.json(&wire);
        Ok(())
    }

    fn names(&self) -> Vec<String> {
        vec![self.phone_number.to_string()]
    }

    fn look<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Result<Vec<Found<ActiveNumber>>>> {
        Box::pin(async move {
            let owned = match call.session.provider::<Sinch>()?.version {
                Version::V1 => {
                    let number = GetNumber { phone_number: self.phone_number.clone() };
                    unless_absent(call.read(&number).await)?
                }
                Version::V1alpha1 => {
                    let Answer { value, response } = call.read(&self.in_list()).await?;
                    let number = value.items.into_iter().find(|number| number.phone_number == self.phone_number);
                    number.map(|value| Answer { value, response })
                }
            };
            let found = |answer| Found { id: self.phone_number.to_string(), at: None, no_later_than: None, answer };
            Ok(owned.map(found).into_iter().collect())
        })
    }
}

impl RentNumber {
    /// v1alpha1 has no way to read one number.
    fn in_list(&self) -> ListNumbers {
        ListNumbers {
            pattern: Some(self.phone_number.to_string()),
            search_pattern: Some(SearchPattern::Start),
            number_type: Some(NumberType::Unspecified),
            ..ListNumbers::default()
        }
    }
}
