//! `PATCH /activeNumbers/{phone_number}`: give a number another name or use.

use super::setup::{SmsWire, VoiceWire, empty};
use super::{ActiveNumber, Sinch, Version, VoiceSetup};
use crate::draft::Draft;
use crate::error::{Error, Result};
use crate::id::{Change, Id};
use crate::operation::{Endpoint, Operation};
use crate::phone::PhoneNumber;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Change a number's name, or what it is used for. What is not given stays as it is. A number that serves an SMS service or
/// campaign must be unlinked from it before it is linked to another: that takes two calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateNumber {
    /// Which.
    pub phone_number: PhoneNumber,
    /// For people.
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    pub display_name: Change<String>,
    /// The SMS service that it is to serve.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sms_configuration: Option<SmsChange>,
    /// What is to answer its calls. v1 only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice_configuration: Option<VoiceSetup>,
    /// Where Sinch is to send word of its set-up. v1 only.
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    pub callback_url: Change<String>,
}

/// What changes of the SMS service of a number: `null` unlinks it. An empty one is refused.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SmsChange {
    /// The SMS service, from the dashboard.
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    pub service_plan_id: Change<Id>,
    /// The 10DLC campaign, for numbers of the USA. v1 only.
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    pub campaign_id: Change<Id>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Wire<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    display_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sms_configuration: Option<SmsWire<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    voice_configuration: Option<VoiceWire<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    callback_url: Option<&'a str>,
}

impl Operation for UpdateNumber {
    type Provider = Sinch;
    type Output = ActiveNumber;
    const ENDPOINT: Endpoint =
        Endpoint::patch("sinch.update_number", "/{version}/projects/{project_id}/activeNumbers/{phone_number}");

    fn encode(&self, provider: &Sinch, draft: &mut Draft) -> Result<()> {
        draft.fill("phone_number", self.phone_number.as_str())?;
        let wire = Wire {
            display_name: written(&self.display_name, String::as_str),
            sms_configuration: self.sms_configuration.as_ref().map(|sms| sms.to_wire(provider)).transpose()?,
            voice_configuration: self.voice_configuration.as_ref().map(|voice| voice.to_wire(provider)).transpose()?,
            callback_url: written(&self.callback_url, String::as_str),
        };
        provider.needs_v1_for("callback_url", wire.callback_url)?;
        let changed = [
            (wire.display_name.is_some(), "displayName"),
            (wire.sms_configuration.is_some(), "smsConfiguration.servicePlanId"),
            (wire.voice_configuration.is_some(), "voiceConfiguration"),
            (wire.callback_url.is_some(), "callbackUrl"),
        ];
        let mask: Vec<&str> = changed.into_iter().filter_map(|(is, path)| is.then_some(path)).collect();
        if mask.is_empty() {
            return Err(Error::invalid_input("display_name", "nothing would change: give it, or another field"));
        }
        if provider.version == Version::V1alpha1 {
            draft.query("updateMask", mask.join(","));
        }
        draft.json(&wire);
        Ok(())
    }
}

impl SmsChange {
    fn to_wire(&self, provider: &Sinch) -> Result<SmsWire<'_>> {
        let service_plan_id = written(&self.service_plan_id, Id::as_str);
        let campaign_id = written(&self.campaign_id, Id::as_str);
        if service_plan_id.is_none() && campaign_id.is_none() {
            return Err(empty("sms_configuration"));
        }
        provider.needs_v1_for("sms_configuration.campaign_id", campaign_id)?;
        Ok(SmsWire { service_plan_id, campaign_id })
    }
}

/// Sinch clears by an empty text.
fn written<T>(change: &Change<T>, text: fn(&T) -> &str) -> Option<&str> {
    match change {
        Change::Keep => None,
        Change::Clear => Some(""),
        Change::Set(value) => Some(text(value)),
    }
}
