//! What a number is to be set up for when it is rented.

use super::{Sinch, VoiceType};
use crate::error::{Error, Result};
use crate::id::Id;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// The SMS service that a number is to serve. An empty one is refused.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SmsSetup {
    /// The SMS service, from the dashboard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_plan_id: Option<Id>,
    /// The 10DLC campaign, for numbers of the USA. v1 only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campaign_id: Option<Id>,
}

/// What is to answer calls to a number: one of the ids, and the type that it goes with. An empty one is refused. v1 only.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct VoiceSetup {
    /// `RTC` where it is left away. (`type` at Sinch.)
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice_type: Option<VoiceType>,
    /// For `RTC`: the Voice app.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app_id: Option<Id>,
    /// For `EST`: the SIP trunk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trunk_id: Option<Id>,
    /// For `FAX`: the fax service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_id: Option<Id>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SmsWire<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) service_plan_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) campaign_id: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct VoiceWire<'a> {
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    voice_type: Option<&'a VoiceType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    app_id: Option<&'a Id>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trunk_id: Option<&'a Id>,
    #[serde(skip_serializing_if = "Option::is_none")]
    service_id: Option<&'a Id>,
}

impl SmsSetup {
    pub(super) fn to_wire(&self, provider: &Sinch) -> Result<SmsWire<'_>> {
        let Self { service_plan_id, campaign_id } = self;
        if service_plan_id.is_none() && campaign_id.is_none() {
            return Err(empty("sms_configuration"));
        }
        provider.needs_v1_for("sms_configuration.campaign_id", campaign_id.as_ref())?;
        Ok(SmsWire {
            service_plan_id: service_plan_id.as_ref().map(Id::as_str),
            campaign_id: campaign_id.as_ref().map(Id::as_str),
        })
    }
}

impl VoiceSetup {
    pub(super) fn to_wire(&self, provider: &Sinch) -> Result<VoiceWire<'_>> {
        provider.needs_v1_for("voice_configuration", Some(self))?;
        let Self { voice_type, app_id, trunk_id, service_id } = self;
        if voice_type.is_none() && app_id.is_none() && trunk_id.is_none() && service_id.is_none() {
            return Err(empty("voice_configuration"));
        }
        Ok(VoiceWire {
            voice_type: voice_type.as_ref(),
            app_id: app_id.as_ref(),
            trunk_id: trunk_id.as_ref(),
            service_id: service_id.as_ref(),
        })
    }
}

pub(super) fn empty(field: &str) -> Error {
    Error::invalid_input(field, "it is empty, which Sinch refuses: leave it away, or give one of its fields")
}
