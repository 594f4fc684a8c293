//! Waiting, by `setTimeout`. Dropping the future clears it.

use crate::host::javascript::timeout;
use gloo_timers::future::TimeoutFuture;
use std::time::Duration;

pub(crate) async fn sleep(duration: Duration) {
    let mut left = duration;
    while !left.is_zero() {
        let milliseconds = timeout(left);
        TimeoutFuture::new(milliseconds).await;
        left = left.saturating_sub(Duration::from_millis(milliseconds.into()));
    }
}
