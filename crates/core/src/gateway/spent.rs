//! What has been spent: purchases, in a window that slides.

use crate::error::{Delivery, Error};
use crate::time::Timestamp;
use std::collections::VecDeque;
use std::time::Duration;

/// The purchases of the last period, those under way included.
#[derive(Debug, Clone, Default)]
pub struct Spent {
    /// Oldest first.
    purchases: VecDeque<Purchase>,
    next: u64,
}

#[derive(Debug, Clone)]
struct Purchase {
    ticket: u64,
    at: Timestamp,
    count: u32,
    /// The caller's name for this very call.
    id: Option<String>,
}

/// Why a purchase does not begin.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Held {
    /// The limit is reached: so long.
    For(Duration),
    /// It has begun already.
    Begun,
}

/// A purchase that is under way; to be given back to [`Spent::settle`].
#[derive(Debug, PartialEq, Eq)]
#[must_use = "what was not bought is counted until it is settled"]
pub struct Ticket(u64);

impl Spent {
    /// Counts so many purchases, before they are made: they count while nobody knows.
    pub(super) fn begin(
        &mut self,
        now: Timestamp,
        id: Option<String>,
        count: u32,
        max: u32,
        period: Duration,
    ) -> Result<Ticket, Held> {
        while self.purchases.front().is_some_and(|oldest| oldest.at + period <= now) {
            self.purchases.pop_front();
        }
        if id.is_some() && self.purchases.iter().any(|purchase| purchase.id == id) {
            return Err(Held::Begun);
        }
        let mut over = (self.count().saturating_add(u64::from(count))).saturating_sub(u64::from(max));
        if over > 0 {
            // Until enough of the oldest have left the window.
            let mut wait = period;
            for purchase in &self.purchases {
                over = over.saturating_sub(u64::from(purchase.count));
                if over == 0 {
                    wait = (purchase.at + period).since(now);
                    break;
                }
            }
            return Err(Held::For(wait));
        }
        let ticket = self.next;
        self.next += 1;
        self.purchases.push_back(Purchase { ticket, at: now, count, id });
        Ok(Ticket(ticket))
    }

    /// A purchase has ended: what certainly was not bought no longer counts.
    pub fn settle<T>(&mut self, ticket: Ticket, result: &Result<T, Error>) {
        if matches!(result, Err(error) if error.delivery != Delivery::Unknown) {
            self.purchases.retain(|purchase| purchase.ticket != ticket.0);
        }
    }

    /// How many purchases there were in the last period, when it was last asked for one.
    pub fn count(&self) -> u64 {
        self.purchases.iter().map(|purchase| u64::from(purchase.count)).sum()
    }
}
