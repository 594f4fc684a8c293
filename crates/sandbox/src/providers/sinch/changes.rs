//! What a rent or a `PATCH` sets on a number, read from its body and then applied.

use super::active_number::ActiveNumber;
use super::call::Version;
use super::configuration::{SmsLink, VoiceKind, VoiceLink};
use super::input::Body;
use super::provisioning::Scheduled;
use super::refusal::Refusal;
use super::settings::Settings;
use crate::time::Time;

/// Fields that a body named; the rest stays as it is.
#[derive(Debug, Default)]
pub(super) struct Changes {
    pub(super) display_name: Option<String>,
    pub(super) service_plan_id: Option<String>,
    pub(super) campaign_id: Option<String>,
    pub(super) voice: Option<VoiceLink>,
    pub(super) callback_url: Option<String>,
}

/// Top-level fields that set up a number; v1 has more than the guide.
pub(super) fn known_fields(version: Version) -> &'static [&'static str] {
    match version {
        Version::V1Alpha1 => &["smsConfiguration"],
        Version::V1 => &["smsConfiguration", "voiceConfiguration", "callbackUrl"],
    }
}

impl Changes {
    pub(super) fn read(body: &Body, version: Version, lenient: bool) -> Result<Self, Refusal> {
        let sms_fields: &[&str] = match version {
            Version::V1Alpha1 => &["servicePlanId"],
            Version::V1 => &["servicePlanId", "campaignId"],
        };
        let mut changes = Self { display_name: body.text("displayName")?.map(str::to_owned), ..Self::default() };
        if let Some(sms) = body.part("smsConfiguration", sms_fields, lenient)? {
            changes.service_plan_id = sms.text("servicePlanId")?.map(str::to_owned);
            changes.campaign_id = sms.text("campaignId")?.map(str::to_owned);
        }
        if let Some(voice) = body.part("voiceConfiguration", &["type", "appId", "trunkId", "serviceId"], lenient)? {
            changes.voice = Some(voice_link(&voice)?);
        }
        if let Some(url) = body.text("callbackUrl")? {
            if !url.is_empty() && !url.starts_with("https://") && !url.starts_with("http://") {
                return Err(Refusal::field("callbackUrl", "must be a URL"));
            }
            changes.callback_url = Some(url.to_owned());
        }
        Ok(changes)
    }

    /// Says whether the number can take them, so that nothing is half done and nothing is charged in vain.
    pub(super) fn check(&self, number: &ActiveNumber, version: Version, settings: &Settings) -> Result<(), Refusal> {
        let links_sms = self.service_plan_id.is_some() || self.campaign_id.is_some();
        if links_sms && !number.capability.contains(&"SMS") {
            return Err(Refusal::field("smsConfiguration", "the number cannot do SMS"));
        }
        if self.voice.is_some() && !number.capability.contains(&"VOICE") {
            return Err(Refusal::field("voiceConfiguration", "the number cannot do VOICE"));
        }
        let must_unlink = version == Version::V1 && settings.v1_relink_needs_unlink;
        let link = &number.sms.link;
        if must_unlink && relinks(&link.service_plan_id, self.service_plan_id.as_deref()) {
            return Err(Refusal::field("smsConfiguration.servicePlanId", "unlink the present one first"));
        }
        if must_unlink && relinks(&link.campaign_id, self.campaign_id.as_deref()) {
            return Err(Refusal::field("smsConfiguration.campaignId", "unlink the present one first"));
        }
        let campaign = self.campaign_id.as_deref().unwrap_or_default();
        if !campaign.is_empty() && number.region_code != "US" {
            return Err(Refusal::field("smsConfiguration.campaignId", "campaigns are for US numbers"));
        }
        if !campaign.is_empty() && self.target(number).service_plan_id.is_empty() {
            return Err(Refusal::field("smsConfiguration.servicePlanId", "a campaign needs a service plan"));
        }
        Ok(())
    }

    pub(super) fn apply(self, number: &mut ActiveNumber, now: Time, settings: &Settings) {
        self.apply_sms(number, now);
        if let Some(link) = self.voice {
            if link.id.is_empty() {
                number.happenings.extend(number.voice.link.undone(now));
                (number.voice.link, number.voice.scheduled) = (link, None);
                number.voice.updated_at = Some(now);
            } else {
                number.voice.scheduled = Some(Scheduled::new(link, now));
            }
        }
        if let Some(name) = self.display_name {
            number.display_name = name;
        }
        if let Some(url) = self.callback_url {
            number.callback_url = url;
        }
        number.provision(now, settings);
    }

    /// An empty id unlinks, at once; a campaign cannot outlive its service plan.
    fn apply_sms(&self, number: &mut ActiveNumber, now: Time) {
        if self.service_plan_id.is_none() && self.campaign_id.is_none() {
            return;
        }
        let target = self.target(number);
        if target.service_plan_id.is_empty() {
            number.happenings.extend(number.sms.link.undone(now));
            (number.sms.link, number.sms.scheduled) = (SmsLink::default(), None);
            return;
        }
        if self.campaign_id.as_deref() == Some("") {
            let campaign_id = std::mem::take(&mut number.sms.link.campaign_id);
            number.happenings.extend(SmsLink { campaign_id, ..SmsLink::default() }.undone(now));
        }
        let unlinks_only = self.service_plan_id.is_none() && target.campaign_id.is_empty();
        number.sms.scheduled = (!unlinks_only).then(|| Scheduled::new(target, now));
    }

    /// What the number will be linked to.
    fn target(&self, number: &ActiveNumber) -> SmsLink {
        let present = number.sms.scheduled.as_ref().map_or(&number.sms.link, |scheduled| &scheduled.target);
        let service_plan_id = self.service_plan_id.clone().unwrap_or_else(|| present.service_plan_id.clone());
        let campaign_id = self.campaign_id.clone().unwrap_or_else(|| present.campaign_id.clone());
        SmsLink { service_plan_id, campaign_id }
    }
}

fn relinks(present: &str, wanted: Option<&str>) -> bool {
    !present.is_empty() && wanted.is_some_and(|wanted| !wanted.is_empty() && wanted != present)
}

/// A type and the one id that belongs to it.
fn voice_link(body: &Body) -> Result<VoiceLink, Refusal> {
    let name = body.required_text("type")?;
    let kind = VoiceKind::ALL.into_iter().find(|kind| kind.name() == name);
    let kind = kind.ok_or_else(|| Refusal::not_a_value("voiceConfiguration.type", name))?;
    for other in VoiceKind::ALL.into_iter().filter(|other| *other != kind) {
        if body.text(other.id_field())?.is_some_and(|id| !id.is_empty()) {
            return Err(Refusal::field(other.id_field(), &format!("does not belong to type {name}")));
        }
    }
    let id = body.text(kind.id_field())?.ok_or_else(|| Refusal::field(kind.id_field(), "is required"))?;
    Ok(VoiceLink { kind, id: id.to_owned() })
}
