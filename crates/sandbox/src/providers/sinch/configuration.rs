//! What a number is linked to: `smsConfiguration`, `voiceConfiguration`.

use super::call::Version;
use super::provisioning::Scheduled;
use super::settings::Settings;
use crate::time::Time;
use serde_json::{Value, json};

/// A service plan and, in the US, a campaign.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct SmsLink {
    pub(super) service_plan_id: String,
    pub(super) campaign_id: String,
}

/// Where a number's messages go.
#[derive(Debug, Default)]
pub(super) struct SmsConfiguration {
    pub(super) link: SmsLink,
    pub(super) scheduled: Option<Scheduled<SmsLink>>,
}

impl SmsConfiguration {
    pub(super) fn advance(&mut self, now: Time, settings: &Settings) {
        let Some(scheduled) = &mut self.scheduled else { return };
        if let Some((link, _)) = scheduled.advance(now, settings.sms_provisioning_error.as_deref(), settings) {
            (self.link, self.scheduled) = (link, None);
        }
    }

    pub(super) fn resource(&self, version: Version) -> Value {
        let scheduled = self.scheduled.as_ref().map(|scheduled| {
            let mut fields = json!({
                "servicePlanId": scheduled.target.service_plan_id,
                "status": scheduled.stage.name(),
                "lastUpdatedTime": version.date_time(scheduled.updated_at),
            });
            if version == Version::V1 {
                fields["campaignId"] = scheduled.target.campaign_id.clone().into();
                fields["errorCodes"] = scheduled.error_code.iter().map(|code| Value::from(code.clone())).collect();
            }
            fields
        });
        let mut fields = json!({"servicePlanId": self.link.service_plan_id, "scheduledProvisioning": scheduled});
        if version == Version::V1 {
            fields["campaignId"] = self.link.campaign_id.clone().into();
        }
        fields
    }
}

/// The three kinds of voice link, each with an id under a name of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum VoiceKind {
    Rtc,
    Est,
    Fax,
}

impl VoiceKind {
    pub(super) const ALL: [Self; 3] = [Self::Rtc, Self::Est, Self::Fax];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Rtc => "RTC",
            Self::Est => "EST",
            Self::Fax => "FAX",
        }
    }

    pub(super) fn id_field(self) -> &'static str {
        match self {
            Self::Rtc => "appId",
            Self::Est => "trunkId",
            Self::Fax => "serviceId",
        }
    }
}

/// An app, a trunk or a fax service; an empty id is no link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct VoiceLink {
    pub(super) kind: VoiceKind,
    pub(super) id: String,
}

impl VoiceLink {
    fn resource(&self) -> Value {
        let mut fields = json!({"type": self.kind.name(), "appId": "", "trunkId": "", "serviceId": ""});
        fields[self.kind.id_field()] = self.id.clone().into();
        fields
    }
}

/// Where a number's calls go. The old link stays until the new one is made.
#[derive(Debug)]
pub(super) struct VoiceConfiguration {
    pub(super) link: VoiceLink,
    pub(super) updated_at: Option<Time>,
    pub(super) scheduled: Option<Scheduled<VoiceLink>>,
}

impl Default for VoiceConfiguration {
    /// A number without a voice link shows the type `RTC`, as the client libraries' examples do.
    fn default() -> Self {
        Self { link: VoiceLink { kind: VoiceKind::Rtc, id: String::new() }, updated_at: None, scheduled: None }
    }
}

impl VoiceConfiguration {
    pub(super) fn advance(&mut self, now: Time, settings: &Settings) {
        let failure = settings.voice_provisioning_fails.then_some("");
        let Some(scheduled) = &mut self.scheduled else { return };
        if let Some((link, done)) = scheduled.advance(now, failure, settings) {
            (self.link, self.updated_at, self.scheduled) = (link, Some(done), None);
        }
    }

    pub(super) fn resource(&self, version: Version) -> Value {
        let scheduled = self.scheduled.as_ref().map(|scheduled| {
            let mut fields = scheduled.target.resource();
            fields["status"] = scheduled.stage.name().into();
            fields["lastUpdatedTime"] = version.date_time(scheduled.updated_at).into();
            fields
        });
        let mut fields = self.link.resource();
        fields["lastUpdatedTime"] = self.updated_at.map(|time| version.date_time(time)).into();
        fields["scheduledVoiceProvisioning"] = scheduled.into();
        fields
    }
}
