//! One event for each request. It holds no word of the caller's: neither token nor parameters nor origin.

use std::time::Instant;
use tracing::info;
use trunkline_core::gateway::{Admitted, Refusal};
use trunkline_core::{Error, Event};

/// The event of a request that was let in; it is written when this is dropped, so also when the caller has gone.
pub(crate) struct Line {
    operation: &'static str,
    mode: &'static str,
    begun: Instant,
    ended: &'static str,
}

impl Line {
    pub(crate) fn begin(admitted: &Admitted) -> Self {
        let (operation, mode) = (admitted.entry.endpoint.id, admitted.mode.as_str());
        Self { operation, mode, begun: Instant::now(), ended: "abandoned by the caller" }
    }

    pub(crate) fn end(&mut self, error: Option<&Error>) {
        self.ended = error.map_or("ok", |error| error.kind.as_str());
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        let milliseconds = u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        info!(target: "trunkline::gateway", operation = self.operation, mode = self.mode, milliseconds, "{}", self.ended);
    }
}

/// The event of a provider's event that was taken.
pub(crate) fn took(event: &Event) {
    let (provider, trust) = (event.provider.as_str(), event.trust);
    info!(target: "trunkline::gateway", provider, ?trust, "event");
}

/// The event of a request that was not.
pub(crate) fn refused(refusal: &Refusal) {
    let (status, kind) = (refusal.status, refusal.error.kind.as_str());
    info!(target: "trunkline::gateway", status, kind, "refused: {}", refusal.error.message);
}
