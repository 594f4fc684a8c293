//! 60 calls a minute: windows of a minute that begin with a token's first call.

use super::settings::Settings;
use crate::http::Response;
use crate::time::Time;
use std::time::Duration;

const WINDOW: Duration = Duration::from_secs(60);

#[derive(Debug, Default)]
pub(super) struct Limit {
    began: Option<Time>,
    calls: u32,
}

impl Limit {
    /// Counts a call; the answer if it is one too many.
    pub(super) fn refuse(&mut self, now: Time, settings: &Settings) -> Option<Response> {
        let limit = settings.requests_per_minute;
        let began = self.began.filter(|began| now.since(*began) < WINDOW).unwrap_or_else(|| {
            self.calls = 0;
            now
        });
        self.began = Some(began);
        self.calls = self.calls.saturating_add(1);
        if limit == 0 || self.calls <= limit {
            return None;
        }
        let until = began.after(WINDOW);
        let seconds = until.since(now).as_millis().div_ceil(1000);
        let date = settings.retry_after_is_date.then(|| {
            // Rounded up, as the seconds are.
            now.after(Duration::from_secs(u64::try_from(seconds).unwrap_or(60))).format("%a, %d %b %Y %H:%M:%S GMT")
        });
        let refused = super::replies::Refusal::new(429, "Too many requests.").response(settings);
        Some(refused.with_header("retry-after", date.unwrap_or_else(|| seconds.to_string())))
    }
}
