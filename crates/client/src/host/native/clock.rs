//! One clock for deadlines and for dates: wall time at the start, and monotonic time since.

use std::time::{Instant, SystemTime, UNIX_EPOCH};
use trunkline_core::Timestamp;

#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    wall_at_start: Timestamp,
    start: Instant,
}

impl Clock {
    pub(crate) fn start() -> Self {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self { wall_at_start: Timestamp::EPOCH + since_1970, start: Instant::now() }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.wall_at_start + self.start.elapsed()
    }
}
