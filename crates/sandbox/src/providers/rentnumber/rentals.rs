//! Rentals and how they go on. The page lists the states, not the transitions; these are:
//!
//! ```text
//! (rent) -> pending -> waiting --SMS, seen by a poll--> received --expiry--> completed
//!                         |                                 +------cancel--> cancelled
//!                         +--cancel--> refunded
//!                         +--expiry, no SMS--> expired --later--> refunded
//! ```

use super::catalogue::{Country, Service, Upstream};
use super::settings::{CancelAfterSms, Settings};
use crate::money::Hundredths;
use crate::time::Time;
use serde::Serialize;
use std::time::Duration;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Status {
    Pending,
    Waiting,
    Received,
    Completed,
    Cancelled,
    Expired,
    Refunded,
}

#[derive(Debug)]
pub(super) struct Rental {
    pub id: u64,
    pub pricing_id: u64,
    pub service: &'static Service,
    pub country: &'static Country,
    pub upstream: &'static Upstream,
    pub phone: String,
    pub cost: Hundredths,
    pub created: Time,
    pub expires: Time,
    pub status: Status,
    /// What the upstream provider has and no poll has fetched yet.
    pub unpolled: Option<String>,
    pub sms: Option<String>,
}

/// What a cancel came to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Cancelled {
    Refunded,
    Kept,
    Refused,
}

impl Rental {
    /// Whether messages still arrive.
    pub(super) fn is_open(&self) -> bool {
        matches!(self.status, Status::Pending | Status::Waiting | Status::Received)
    }

    /// Whether nothing changes any more by itself.
    pub(super) fn is_settled(&self, settings: &Settings) -> bool {
        let may_be_refunded = self.status == Status::Expired && settings.refund_expired_after_seconds.is_some();
        !self.is_open() && !may_be_refunded
    }

    /// Lets time pass; gives back what is refunded by that.
    pub(super) fn advance(&mut self, now: Time, settings: &Settings) -> Hundredths {
        let waiting_from = self.created.after(Duration::from_secs(settings.pending_seconds.into()));
        if self.status == Status::Pending && now >= waiting_from {
            self.status = Status::Waiting;
        }
        if self.is_open() && now >= self.expires {
            self.poll();
            self.status = if self.status == Status::Received { Status::Completed } else { Status::Expired };
        }
        let delay = settings.refund_expired_after_seconds.map(|seconds| Duration::from_secs(seconds.into()));
        if self.status == Status::Expired && delay.is_some_and(|delay| now >= self.expires.after(delay)) {
            self.status = Status::Refunded;
            return self.cost;
        }
        Hundredths(0)
    }

    /// Fetches what the upstream provider has; of several messages the last counts.
    pub(super) fn poll(&mut self) {
        if let Some(text) = self.unpolled.take() {
            self.sms = Some(text);
            self.status = Status::Received;
        }
    }

    pub(super) fn cancel(&mut self, settings: &Settings) -> Cancelled {
        self.poll();
        match self.status {
            Status::Pending | Status::Waiting => {
                self.status = Status::Refunded;
                Cancelled::Refunded
            }
            Status::Received if settings.cancel_after_sms == CancelAfterSms::Cancelled => {
                self.status = Status::Cancelled;
                Cancelled::Kept
            }
            _ => Cancelled::Refused,
        }
    }

    /// The first run of 4 to 8 digits in the message.
    pub(super) fn code(&self) -> Option<&str> {
        let runs = self.sms.as_deref()?.split(|letter: char| !letter.is_ascii_digit());
        runs.into_iter().find(|run| (4..=8).contains(&run.len()))
    }
}
