//! A number that is ours: what it is set to, and when its next month is due.

use super::settings::Settings;
use crate::time::Time;
use chrono::{DateTime, Months};
use std::time::Duration;

/// Rental of one number.
#[derive(Debug, Clone)]
pub(super) struct Rental {
    bought: Time,
    months_paid: u32,
    /// Cancelled, but kept until the month ends; see [`Settings::cancel_at_period_end`].
    pub(super) cancelled: bool,
    pub(super) routing: Routing,
}

/// Where calls and messages for a number go.
#[derive(Debug, Clone, Default)]
pub(super) struct Routing {
    pub(super) app_id: Option<String>,
    pub(super) mo_http_url: Option<String>,
    /// Kept, though no reply shows it.
    pub(super) mo_smpp_sys_type: Option<String>,
    /// Type and value.
    pub(super) voice_callback: Option<(String, String)>,
    pub(super) voice_status_callback: Option<String>,
    /// Type and value.
    pub(super) messages_callback: Option<(String, String)>,
}

impl Rental {
    pub(super) fn new(now: Time) -> Self {
        Self { bought: now, months_paid: 1, cancelled: false, routing: Routing::default() }
    }

    /// When the next month starts: on the day of purchase, or the last day of a month that is too short for it.
    pub(super) fn renews(&self) -> Option<Time> {
        let bought = DateTime::from_timestamp_millis(self.bought.0)?;
        bought.checked_add_months(Months::new(self.months_paid)).map(|at| Time(at.timestamp_millis()))
    }

    /// When something happens to this rental by itself.
    pub(super) fn due(&self, settings: &Settings) -> Option<Time> {
        (self.cancelled || settings.renewals).then(|| self.renews()).flatten()
    }

    pub(super) fn renew(&mut self) {
        self.months_paid += 1;
    }

    pub(super) fn bought(&self) -> Time {
        self.bought
    }
}

/// Until when a number that lapsed then can be bought back.
pub(super) fn buy_back_end(lapsed: Time, settings: &Settings) -> Time {
    lapsed.after(Duration::from_secs(u64::from(settings.buy_back_days) * 24 * 60 * 60))
}
