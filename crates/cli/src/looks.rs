//! When the client looks again at what it waits for: its events say for how long it sleeps.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;

static NEXT: Mutex<Option<Instant>> = Mutex::new(None);

/// In how long it looks again, as far as is known.
pub(crate) fn next() -> Option<Duration> {
    let next = *NEXT.lock().unwrap_or_else(PoisonError::into_inner);
    next?.checked_duration_since(Instant::now())
}

/// Hears the client's events.
pub(crate) struct Looks;

impl<S: Subscriber> Layer<S> for Looks {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        event.record(&mut Sleep);
    }
}

struct Sleep;

impl Visit for Sleep {
    fn record_u64(&mut self, field: &Field, value: u64) {
        if field.name() == "milliseconds" {
            let next = Instant::now().checked_add(Duration::from_millis(value));
            *NEXT.lock().unwrap_or_else(PoisonError::into_inner) = next;
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}
