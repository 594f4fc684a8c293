//! Numbers and what becomes of them:
//!
//! ```text
//! (buy) -> active -> expiring_soon -> expired
//!             |            |
//!             +---renew----+--> active
//!             +---cancel---+--> cancelled
//! ```
//!
//! `active`, `expiring_soon` and `expired` follow from the time; only a cancellation is remembered.

use super::catalogue::{Country, NumberType, Term};
use super::settings::Settings;
use crate::money::Hundredths;
use crate::time::Time;
use chrono::{DateTime, Months};
use serde::Serialize;
use std::time::Duration;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Status {
    Active,
    ExpiringSoon,
    Expired,
    Cancelled,
}

#[derive(Debug)]
pub(super) struct Number {
    pub id: u64,
    pub phone: String,
    pub country: &'static Country,
    pub number_type: NumberType,
    pub expires: Time,
    pub cancelled: bool,
    /// What was paid last.
    pub price: Hundredths,
    /// Oldest first.
    pub messages: Vec<Message>,
}

#[derive(Debug)]
pub(super) struct Message {
    pub id: u64,
    pub from: String,
    pub text: String,
    pub received: Time,
}

impl Number {
    pub(super) fn status(&self, now: Time, settings: &Settings) -> Status {
        let soon = Duration::from_secs(u64::from(settings.expiring_soon_hours) * 3600);
        if self.cancelled {
            Status::Cancelled
        } else if now >= self.expires {
            Status::Expired
        } else if now.after(soon) >= self.expires {
            Status::ExpiringSoon
        } else {
            Status::Active
        }
    }

    /// Whether it still gets messages.
    pub(super) fn is_usable(&self, now: Time) -> bool {
        !self.cancelled && now < self.expires
    }
}

/// When a term ends that begins then; months are calendar months.
pub(super) fn end_of(term: Term, start: Time) -> Time {
    match term {
        Term::Days(days) => start.after(Duration::from_secs(u64::from(days) * 86_400)),
        Term::Months(months) => {
            let begin = DateTime::from_timestamp_millis(start.0);
            let end = begin.and_then(|begin| begin.checked_add_months(Months::new(months)));
            end.map_or(Time(i64::MAX), |end| Time(end.timestamp_millis()))
        }
    }
}
