//! Calls per second: documented for pricing, hinted at for numbers.

use super::refusal::Refusal;
use super::routes::Route;
use super::settings::Settings;
use crate::time::Time;
use std::time::Duration;

/// When each group of calls was last let through. Throttled calls do not count.
#[derive(Debug, Default)]
pub(super) struct Limits {
    pricing: Option<Time>,
    numbers: Option<Time>,
}

impl Limits {
    /// Lets the call through, or says 429.
    pub(super) fn admit(&mut self, route: Route, now: Time, settings: &Settings) -> Result<(), Refusal> {
        let (last, interval) = if route.is_pricing() {
            (&mut self.pricing, settings.pricing_interval_ms)
        } else if route.is_about_numbers() {
            (&mut self.numbers, settings.numbers_interval_ms)
        } else {
            return Ok(());
        };
        if last.is_some_and(|last| now.since(last) < Duration::from_millis(interval)) {
            return Err(Refusal::failed(429, &settings.throttled_label));
        }
        *last = Some(now);
        Ok(())
    }
}
