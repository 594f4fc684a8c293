//! A number that is rented.

use super::{NumberCapability, NumberType, ProvisioningError, ProvisioningStatus, VoiceType};
use crate::id::Id;
use crate::money::Money;
use crate::phone::PhoneNumber;
use crate::time::{Timestamp, UtcOffset};
use crate::wait::Progress;
use crate::wire::json;
use crate::wire::record::Deserialize;
use serde::{Deserializer, Serialize};

/// A number of the project. `sinch.rent_number` under v1alpha1 gives only its `phone_number`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ActiveNumber {
    /// The number.
    #[serde(alias = "phoneNumber")]
    pub phone_number: PhoneNumber,
    /// The project that rents it.
    #[serde(alias = "projectId")]
    pub project_id: Option<Id>,
    /// For people; absent when unset (Sinch writes an empty text).
    #[serde(alias = "displayName", default, deserialize_with = "unless_empty")]
    pub display_name: Option<String>,
    /// Its country, ISO 3166-1 alpha-2.
    #[serde(alias = "regionCode")]
    pub region_code: Option<String>,
    /// What kind of number it is. (`type` at Sinch.)
    #[serde(alias = "type")]
    pub number_type: Option<NumberType>,
    /// What it can be used for. (`capability` at Sinch.)
    #[serde(alias = "capability", default, deserialize_with = "json::null_default")]
    pub capabilities: Vec<NumberCapability>,
    /// What is charged every `payment_interval_months`. (`money` at Sinch.)
    #[serde(alias = "money")]
    pub price: Option<Money>,
    /// How many months are charged at a time.
    #[serde(alias = "paymentIntervalMonths", default, deserialize_with = "json::count_option")]
    pub payment_interval_months: Option<u64>,
    /// When it is charged next.
    #[serde(alias = "nextChargeDate", default, deserialize_with = "utc")]
    pub next_charge_date: Option<Timestamp>,
    /// When it ends, once it has been released.
    #[serde(alias = "expireAt", default, deserialize_with = "utc")]
    pub expire_at: Option<Timestamp>,
    /// The SMS service that it serves.
    #[serde(alias = "smsConfiguration")]
    pub sms_configuration: Option<SmsConfiguration>,
    /// What answers its calls. v1 only.
    #[serde(alias = "voiceConfiguration")]
    pub voice_configuration: Option<VoiceConfiguration>,
    /// Where Sinch sends word of its set-up; absent when unset (Sinch writes an empty text). v1 only.
    #[serde(alias = "callbackUrl", default, deserialize_with = "unless_empty")]
    pub callback_url: Option<String>,
}

/// The SMS service of a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SmsConfiguration {
    /// The SMS service; absent until the set-up is done (Sinch writes an empty text).
    #[serde(alias = "servicePlanId", default, deserialize_with = "unless_empty")]
    pub service_plan_id: Option<Id>,
    /// The 10DLC campaign; absent when unset. v1 only.
    #[serde(alias = "campaignId", default, deserialize_with = "unless_empty")]
    pub campaign_id: Option<Id>,
    /// The set-up under way or failed; absent when it is done.
    #[serde(alias = "scheduledProvisioning")]
    pub scheduled_provisioning: Option<SmsProvisioning>,
}

/// An SMS set-up under way or failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SmsProvisioning {
    /// The SMS service to be.
    #[serde(alias = "servicePlanId", default, deserialize_with = "unless_empty")]
    pub service_plan_id: Option<Id>,
    /// The 10DLC campaign to be. v1 only.
    #[serde(alias = "campaignId", default, deserialize_with = "unless_empty")]
    pub campaign_id: Option<Id>,
    /// How far along it is.
    pub status: Option<ProvisioningStatus>,
    /// When that was.
    #[serde(alias = "lastUpdatedTime", default, deserialize_with = "utc")]
    pub last_updated_time: Option<Timestamp>,
    /// Why it failed. v1 only.
    #[serde(alias = "errorCodes", default, deserialize_with = "json::null_default")]
    pub error_codes: Vec<ProvisioningError>,
}

/// What answers calls to a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VoiceConfiguration {
    /// Which of the ids is meant. (`type` at Sinch.)
    #[serde(alias = "type")]
    pub voice_type: Option<VoiceType>,
    /// For `RTC`: the Voice app; absent until the set-up is done (Sinch writes an empty text).
    #[serde(alias = "appId", default, deserialize_with = "unless_empty")]
    pub app_id: Option<Id>,
    /// For `EST`: the SIP trunk.
    #[serde(alias = "trunkId", default, deserialize_with = "unless_empty")]
    pub trunk_id: Option<Id>,
    /// For `FAX`: the fax service.
    #[serde(alias = "serviceId", default, deserialize_with = "unless_empty")]
    pub service_id: Option<Id>,
    /// When it was set up.
    #[serde(alias = "lastUpdatedTime", default, deserialize_with = "utc")]
    pub last_updated_time: Option<Timestamp>,
    /// The set-up under way or failed; what was there before stays until it is done. (`scheduledVoiceProvisioning` at
    /// Sinch.)
    #[serde(alias = "scheduledVoiceProvisioning")]
    pub scheduled_provisioning: Option<VoiceProvisioning>,
}

/// A Voice set-up under way or failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VoiceProvisioning {
    /// Which of the ids is meant. (`type` at Sinch.)
    #[serde(alias = "type")]
    pub voice_type: Option<VoiceType>,
    /// For `RTC`: the Voice app to be.
    #[serde(alias = "appId", default, deserialize_with = "unless_empty")]
    pub app_id: Option<Id>,
    /// For `EST`: the SIP trunk to be.
    #[serde(alias = "trunkId", default, deserialize_with = "unless_empty")]
    pub trunk_id: Option<Id>,
    /// For `FAX`: the fax service to be.
    #[serde(alias = "serviceId", default, deserialize_with = "unless_empty")]
    pub service_id: Option<Id>,
    /// How far along it is.
    pub status: Option<ProvisioningStatus>,
    /// When that was.
    #[serde(alias = "lastUpdatedTime", default, deserialize_with = "utc")]
    pub last_updated_time: Option<Timestamp>,
}

impl ActiveNumber {
    /// A number of which nothing else is known.
    pub(super) const fn bare(phone_number: PhoneNumber) -> Self {
        Self {
            phone_number,
            project_id: None,
            display_name: None,
            region_code: None,
            number_type: None,
            capabilities: Vec::new(),
            price: None,
            payment_interval_months: None,
            next_charge_date: None,
            expire_at: None,
            sms_configuration: None,
            voice_configuration: None,
            callback_url: None,
        }
    }

    /// Settled when nothing is being set up any more.
    pub(super) fn progress(&self) -> Progress {
        let sms = self.sms_configuration.as_ref().and_then(|sms| sms.scheduled_provisioning.as_ref());
        let voice = self.voice_configuration.as_ref().and_then(|voice| voice.scheduled_provisioning.as_ref());
        let sms_status = sms.map(|sms| sms.status.as_ref().unwrap_or(&ProvisioningStatus::Unspecified));
        let voice_status = voice.map(|voice| voice.status.as_ref().unwrap_or(&ProvisioningStatus::Unspecified));
        let under_way = [("SMS", sms_status), ("voice", voice_status)];
        let state = |failed: bool| {
            let wanted = |status: &&ProvisioningStatus| (**status == ProvisioningStatus::Failed) == failed;
            under_way.iter().find_map(|(what, status)| status.filter(wanted).map(|status| format!("{what} {status}")))
        };
        match (state(true), state(false)) {
            (Some(failed), _) => Progress::Ended(failed),
            (None, Some(waiting)) => Progress::Waiting(waiting),
            (None, None) => Progress::Settled,
        }
    }
}

/// Sinch writes an empty text for what is unset.
pub(super) fn unless_empty<'de, D: Deserializer<'de>, T: From<String>>(deserializer: D) -> Result<Option<T>, D::Error> {
    let text = <Option<json::Text<'de>>>::deserialize(deserializer)?;
    Ok(text.map(|text| text.0.into_owned()).filter(|text| !text.is_empty()).map(T::from))
}

/// Sinch's times are UTC, also where it leaves the zone away, as its callbacks do.
pub(super) fn utc<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
    <Option<Timestamp>>::deserialize(deserializer).map(|time| time.map(|time| time.in_zone(UtcOffset::default())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_reads_the_same_from_sinch_and_from_a_host() {
        let theirs = r#"{"phoneNumber":"+12017654321","displayName":"","type":"LOCAL","capability":["SMS"],
            "money":{"currencyCode":"EUR","amount":"0.80"},"paymentIntervalMonths":1,"expireAt":"2024-06-06T14:42:42.5",
            "smsConfiguration":{"servicePlanId":"","scheduledProvisioning":{"servicePlanId":"x","status":"NEW","errorCodes":null}},
            "voiceConfiguration":{"type":"RTC","appId":"","scheduledVoiceProvisioning":{"type":"FAX","serviceId":"s"}}}"#;
        let number: ActiveNumber = serde_json::from_str(theirs).unwrap();
        let ours = serde_json::to_string(&number).unwrap();
        assert_eq!(serde_json::from_str::<ActiveNumber>(&ours).unwrap(), number);
        assert_eq!(number.expire_at.unwrap().to_string(), "2024-06-06T14:42:42.500Z");
    }

    #[test]
    fn what_failed_is_said_before_what_is_under_way() {
        let theirs = r#"{"phoneNumber":"+12017654321","smsConfiguration":{"scheduledProvisioning":{"status":"WAITING"}},
            "voiceConfiguration":{"scheduledVoiceProvisioning":{"status":"FAILED"}}}"#;
        let number: ActiveNumber = serde_json::from_str(theirs).unwrap();
        assert_eq!(number.progress(), Progress::Ended("voice FAILED".to_owned()));
        assert_eq!(ActiveNumber::bare(number.phone_number).progress(), Progress::Settled);
    }
}
