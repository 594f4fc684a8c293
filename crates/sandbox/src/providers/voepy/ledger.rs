//! The wallet: integer cents, USD.

use super::refusal::Refusal;
use super::settings::{BalanceRule, Settings};
use crate::time::Time;
use chrono::{DateTime, Datelike, Utc};

/// One tenant's money.
#[derive(Debug)]
pub(super) struct Ledger {
    pub(super) balance_cents: i64,
    /// How often an order or a lookup took money.
    pub(super) purchases: u64,
    /// How often a monthly fee was taken.
    pub(super) monthly_charges: u64,
    spent_on: (i64, i64),
}

impl Ledger {
    pub(super) fn new(balance_cents: i64) -> Self {
        Self { balance_cents, purchases: 0, monthly_charges: 0, spent_on: (0, 0) }
    }

    /// Takes money for an order or a lookup, or refuses and takes nothing.
    pub(super) fn buy(&mut self, cents: i64, now: Time, settings: &Settings) -> Result<(), Refusal> {
        self.check(cents, now, settings)?;
        self.spent_on = (day(now), self.spent_today(now) + cents);
        self.balance_cents -= cents;
        self.purchases += 1;
        Ok(())
    }

    fn check(&self, cents: i64, now: Time, settings: &Settings) -> Result<(), Refusal> {
        if settings.auto_recharge_failed {
            return Err(Refusal::new(402, "auto_recharge_failed", "The last automatic recharge failed."));
        }
        let funds = self.balance_cents + settings.credit_limit_cents;
        let short = match settings.balance_rule {
            BalanceRule::CoversTheFee => funds < cents,
            BalanceRule::AboveZero => funds <= 0,
        };
        if short {
            return Err(Refusal::new(402, "balance_insufficient", "Tenant balance is exhausted; top up first."));
        }
        match settings.daily_spend_cap_cents {
            Some(cap) if self.spent_today(now) + cents > cap => Err(Refusal::new(
                403,
                "daily_spend_cap_exceeded",
                "Daily spend cap reached; it resets at UTC midnight.",
            )),
            _ => Ok(()),
        }
    }

    fn spent_today(&self, now: Time) -> i64 {
        if self.spent_on.0 == day(now) { self.spent_on.1 } else { 0 }
    }
}

fn day(time: Time) -> i64 {
    time.0.div_euclid(86_400_000)
}

/// The first instant of the month after `time`, UTC: when monthly fees are taken.
pub(super) fn next_month(time: Time) -> Time {
    month_start(time, 1)
}

/// What is left to pay for the month of `since`, out of a whole month's `cents`; parts of a cent are dropped.
pub(super) fn prorated(cents: i64, since: Time) -> i64 {
    let (from, until) = (month_start(since, 0), month_start(since, 1));
    let whole = i128::from(until.0 - from.0).max(1);
    i64::try_from(i128::from(cents) * i128::from(until.0 - since.0) / whole).unwrap_or(cents)
}

fn month_start(time: Time, months_later: u32) -> Time {
    let at = DateTime::<Utc>::from_timestamp_millis(time.0).unwrap_or(DateTime::<Utc>::MAX_UTC);
    let first = at.date_naive().with_day(1).unwrap_or(chrono::NaiveDate::MAX);
    let start = first.checked_add_months(chrono::Months::new(months_later)).unwrap_or(chrono::NaiveDate::MAX);
    Time(start.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis())
}
