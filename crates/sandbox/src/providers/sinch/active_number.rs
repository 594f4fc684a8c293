//! A rented number and its life: charged every month until it is released, then gone when its month is over.

use super::call::{Project, Version};
use super::callbacks::{Happening, report};
use super::configuration::{SmsConfiguration, VoiceConfiguration};
use super::emergency::EmergencyAddress;
use super::money::{money, short_money};
use super::settings::Settings;
use super::stock::{NumberType, Offer};
use crate::time::Time;
use chrono::{DateTime, Months, Utc};
use serde_json::{Value, json};

/// A number that the project rents.
#[derive(Debug)]
pub(super) struct ActiveNumber {
    pub(super) phone_number: String,
    pub(super) display_name: String,
    pub(super) region_code: &'static str,
    pub(super) number_type: NumberType,
    pub(super) capability: &'static [&'static str],
    monthly_minor: i64,
    rented_at: Time,
    months_paid: u32,
    pub(super) is_released: bool,
    pub(super) sms: SmsConfiguration,
    pub(super) voice: VoiceConfiguration,
    pub(super) callback_url: String,
    pub(super) emergency_address: Option<EmergencyAddress>,
    pub(super) messages_received: u64,
    /// What became of its links, and is not yet told to anybody.
    pub(super) happenings: Vec<Happening>,
}

impl ActiveNumber {
    pub(super) fn rented(offer: &Offer, now: Time) -> Self {
        Self {
            phone_number: offer.phone_number.clone(),
            display_name: String::new(),
            region_code: offer.region_code,
            number_type: offer.number_type,
            capability: offer.capability,
            monthly_minor: offer.monthly_minor,
            rented_at: now,
            months_paid: 1,
            is_released: false,
            sms: SmsConfiguration::default(),
            voice: VoiceConfiguration::default(),
            callback_url: String::new(),
            emergency_address: None,
            messages_received: 0,
            happenings: Vec::new(),
        }
    }

    /// The end of what is paid, unless the calendar ends before. Counted from the rental, so that the 31st comes back
    /// after a February.
    fn next_charge_at(&self) -> Option<Time> {
        let rented = DateTime::<Utc>::from_timestamp_millis(self.rented_at.0)?;
        let next = rented.checked_add_months(Months::new(self.months_paid))?;
        Some(Time(next.timestamp_millis()))
    }

    fn is_due(&self, now: Time) -> bool {
        self.next_charge_at().is_some_and(|next| next <= now)
    }

    pub(super) fn provision(&mut self, now: Time, settings: &Settings) {
        self.happenings.extend(self.sms.advance(now, settings));
        self.happenings.extend(self.voice.advance(now, settings));
    }

    /// ASSUMPTION: a released number keeps its links until it is gone, as it keeps showing them.
    fn end(&mut self) {
        let at = self.next_charge_at().unwrap_or_default();
        self.happenings.extend(self.sms.link.undone(at));
        self.happenings.extend(self.voice.link.undone(at));
    }

    pub(super) fn resource(&self, version: Version, project_id: &str, settings: &Settings) -> Value {
        let next_charge_date = self.next_charge_at().map(|next| version.date_time(next));
        let always = version == Version::V1Alpha1 && settings.v1alpha1_always_shows_expire_at;
        let expire_at = next_charge_date.clone().filter(|_| self.is_released || always);
        let mut resource = json!({
            "phoneNumber": self.phone_number,
            "projectId": project_id,
            "displayName": self.display_name,
            "regionCode": self.region_code,
            "type": self.number_type.name(),
            "capability": self.capability,
            "paymentIntervalMonths": 1,
            "nextChargeDate": next_charge_date,
            "expireAt": expire_at,
            "smsConfiguration": self.sms.resource(version),
        });
        resource["money"] = match version {
            Version::V1Alpha1 => short_money(self.monthly_minor, &settings.currency),
            Version::V1 => money(self.monthly_minor, &settings.currency),
        };
        if version == Version::V1 {
            resource["voiceConfiguration"] = self.voice.resource(version);
            resource["callbackUrl"] = self.callback_url.clone().into();
        }
        resource
    }
}

impl Project {
    /// What time does by itself. A month is owed even without funds.
    pub(super) fn advance(&mut self, now: Time, settings: &Settings) {
        for number in &mut self.active {
            number.provision(now, settings);
            while !number.is_released && number.is_due(now) {
                number.months_paid += 1;
                self.balance_minor -= number.monthly_minor;
                self.renewals += 1;
            }
        }
        let gone = |number: &ActiveNumber| number.is_released && number.is_due(now);
        for number in self.active.iter_mut().filter(|number| gone(number)) {
            number.end();
            report(number, &mut self.happenings);
            let offers = self.offers.iter_mut();
            offers.filter(|offer| offer.phone_number == number.phone_number).for_each(|offer| offer.is_free = true);
        }
        self.active.retain(|number| !gone(number));
    }
}
