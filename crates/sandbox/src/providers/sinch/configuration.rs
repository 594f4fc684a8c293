//! What a number is linked to: `smsConfiguration`, `voiceConfiguration`.

use super::call::Version;
use super::callbacks::Happening;
use super::provisioning::Scheduled;
use super::settings::Settings;
use crate::time::Time;
use serde_json::{Value, json};

/// As the client libraries' tests have it; the published list of codes lacks it.
const VOICE_FAILURE: &str = "PROVISIONING_TO_VOICE_PLATFORM_FAILED";

/// A service plan and, in the US, a campaign.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct SmsLink {
    pub(super) service_plan_id: String,
    pub(super) campaign_id: String,
}

impl SmsLink {
    /// What its end is told as.
    pub(super) fn undone(&self, at: Time) -> Vec<Happening> {
        let ends = [
            (&self.campaign_id, "DEPROVISIONING_FROM_CAMPAIGN"),
            (&self.service_plan_id, "DEPROVISIONING_FROM_SMS_PLATFORM"),
        ];
        let linked = ends.into_iter().filter(|(id, _)| !id.is_empty());
        linked.map(|(_, event_type)| Happening::done(at, event_type)).collect()
    }
}

/// Where a number's messages go.
#[derive(Debug, Default)]
pub(super) struct SmsConfiguration {
    pub(super) link: SmsLink,
    pub(super) scheduled: Option<Scheduled<SmsLink>>,
}

impl SmsConfiguration {
    pub(super) fn advance(&mut self, now: Time, settings: &Settings) -> Vec<Happening> {
        let failure = settings.sms_provisioning_error.as_ref();
        let Some(scheduled) = &mut self.scheduled else { return Vec::new() };
        let Some(at) = scheduled.advance(now, failure.map(String::as_str), settings) else { return Vec::new() };
        let target = scheduled.target.clone();
        let new_campaign = !target.campaign_id.is_empty() && target.campaign_id != self.link.campaign_id;
        let new_plan = target.service_plan_id != self.link.service_plan_id || !new_campaign;
        let ends = [(new_plan, "PROVISIONING_TO_SMS_PLATFORM"), (new_campaign, "PROVISIONING_TO_CAMPAIGN")];
        if failure.is_none() {
            (self.link, self.scheduled) = (target, None);
        }
        let happened = ends.into_iter().filter(|(is_new, _)| *is_new);
        happened.map(|(_, event_type)| Happening::new(at, event_type, failure.cloned())).collect()
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
    /// What its end is told as.
    pub(super) fn undone(&self, at: Time) -> Option<Happening> {
        (!self.id.is_empty()).then(|| Happening::done(at, "DEPROVISIONING_FROM_VOICE_PLATFORM"))
    }

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
    pub(super) fn advance(&mut self, now: Time, settings: &Settings) -> Option<Happening> {
        let failure = settings.voice_provisioning_fails.then_some(VOICE_FAILURE);
        let scheduled = self.scheduled.as_mut()?;
        let at = scheduled.advance(now, failure, settings)?;
        if failure.is_none() {
            (self.link, self.updated_at, self.scheduled) = (scheduled.target.clone(), Some(at), None);
        }
        Some(Happening::new(at, "PROVISIONING_TO_VOICE_PLATFORM", failure.map(str::to_owned)))
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
