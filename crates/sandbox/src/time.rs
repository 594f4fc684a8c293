//! Time as the sandbox keeps it: it never reads a clock, it is told.

use chrono::{DateTime, Utc};
use std::time::Duration;

/// Milliseconds since 1970 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Time(pub i64);

impl Time {
    /// 2026-05-12T14:30:00Z: where a virtual clock starts.
    pub const START: Self = Self(1_778_596_200_000);

    /// This time and a while.
    pub fn after(self, while_: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(while_.as_millis()).unwrap_or(i64::MAX)))
    }

    /// How long since `earlier`; zero if it is later.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// In a `strftime` format, UTC: `%Y-%m-%dT%H:%M:%SZ`.
    pub fn format(self, format: &str) -> String {
        let at = DateTime::<Utc>::from_timestamp_millis(self.0).unwrap_or(DateTime::<Utc>::MAX_UTC);
        at.format(format).to_string()
    }
}
