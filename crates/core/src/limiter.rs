//! Rate limits: at most so many requests in any window of so long, purchases before reads, reads before polls.
//!
//! A flow takes a place in the queue and asks it for leave; what it gets back is leave, or how long to sleep before
//! asking again. A place that is dropped leaves the queue, so nobody waits for a flow that is gone. Leave that was not used
//! (the request certainly was not sent) is given back on drop as well.

use crate::flow::lock;
use crate::time::Timestamp;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// At most `requests` in any `window`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    /// At least 1.
    pub requests: u32,
    /// Any stretch of this length.
    pub window: Duration,
}

impl RateLimit {
    /// So many a second.
    pub const fn per_second(requests: u32) -> Self {
        Self { requests, window: Duration::from_secs(1) }
    }

    /// So many a minute.
    pub const fn per_minute(requests: u32) -> Self {
        Self { requests, window: Duration::from_secs(60) }
    }
}

/// Who goes first: in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Priority {
    Purchase,
    Call,
    Poll,
}

/// One limit of one account.
#[derive(Debug)]
pub(crate) struct Limiter {
    limit: Option<RateLimit>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// When the latest requests went out, oldest first; never more than the limit allows in a window.
    sent: VecDeque<Timestamp>,
    /// Who waits, first to go first. The last field: when it is due to ask again.
    queue: Vec<(Priority, u64, Timestamp)>,
    next_ticket: u64,
    /// The provider said not before.
    paused_until: Timestamp,
}

/// A waiter that has not asked again this long after it was due is passed over: its host has stopped stepping it.
const ABANDONED: Duration = Duration::from_secs(5);

impl Limiter {
    pub(crate) fn new(limit: Option<RateLimit>) -> Arc<Self> {
        let state = State { sent: VecDeque::new(), queue: Vec::new(), next_ticket: 0, paused_until: Timestamp::EPOCH };
        Arc::new(Self { limit, state: Mutex::new(state) })
    }

    /// A place in the queue.
    pub(crate) fn queue(self: &Arc<Self>, now: Timestamp, priority: Priority) -> Place {
        let mut state = lock(&self.state);
        let ticket = state.next_ticket;
        state.next_ticket += 1;
        let position = state.queue.partition_point(|(other, _, _)| *other <= priority);
        state.queue.insert(position, (priority, ticket, now));
        Place { limiter: Arc::clone(self), ticket, leave: None }
    }

    /// Nobody goes before this: a provider asked for a pause.
    pub(crate) fn pause_until(&self, until: Timestamp) {
        let mut state = lock(&self.state);
        state.paused_until = state.paused_until.max(until);
    }
}

impl State {
    /// When the one with this many ahead of it may go, at the earliest.
    fn earliest(&self, limit: Option<RateLimit>, ahead: usize, now: Timestamp) -> Timestamp {
        let Some(limit) = limit else { return self.paused_until.max(now) };
        let requests = limit.requests.max(1) as usize;
        let index = self.sent.len() + ahead;
        if index < requests {
            return self.paused_until.max(now);
        }
        // The request that has to leave the window first; those not sent yet are taken to go as early as they can.
        let after = index - requests;
        let windows = u32::try_from(after / requests).unwrap_or(u32::MAX).saturating_add(1);
        let slot = self.sent.get(after % requests).or(self.sent.back()).copied().unwrap_or(now);
        (slot + limit.window.saturating_mul(windows)).max(self.paused_until).max(now)
    }

    fn forget_old(&mut self, limit: RateLimit, now: Timestamp) {
        while self.sent.front().is_some_and(|&sent| sent + limit.window <= now) {
            self.sent.pop_front();
        }
    }
}

/// A place in the queue, then leave to send.
#[derive(Debug)]
pub(crate) struct Place {
    limiter: Arc<Limiter>,
    ticket: u64,
    leave: Option<Timestamp>,
}

impl Place {
    /// `Ok`: go now. `Err`: sleep that long and ask again.
    pub(crate) fn ask(&mut self, now: Timestamp) -> Result<(), Duration> {
        let mut state = lock(&self.limiter.state);
        if let Some(limit) = self.limiter.limit {
            state.forget_old(limit, now);
        }
        let ticket = self.ticket;
        let ahead = state.queue.iter().take_while(|(_, other, _)| *other != ticket);
        let ahead = ahead.filter(|(_, _, due)| *due + ABANDONED > now).count();
        let earliest = state.earliest(self.limiter.limit, ahead, now);
        if earliest > now {
            if let Some(waiter) = state.queue.iter_mut().find(|(_, other, _)| *other == ticket) {
                waiter.2 = earliest;
            }
            return Err(earliest.since(now));
        }
        state.queue.retain(|(_, other, _)| *other != ticket);
        if self.limiter.limit.is_some() {
            state.sent.push_back(now);
        }
        self.leave = Some(now);
        Ok(())
    }

    /// The request went out: the leave is used up.
    pub(crate) fn used(mut self) {
        self.leave = None;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut state = lock(&self.limiter.state);
        let ticket = self.ticket;
        state.queue.retain(|(_, other, _)| *other != ticket);
        if let Some(leave) = self.leave
            && let Some(position) = state.sent.iter().rposition(|&sent| sent == leave)
        {
            state.sent.remove(position);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(1_000_000 + millis)
    }

    fn go(limiter: &Arc<Limiter>, now: Timestamp, priority: Priority) -> Result<(), Duration> {
        let mut place = limiter.queue(now, priority);
        place.ask(now).map(|()| place.used())
    }

    #[test]
    fn no_window_of_any_position_holds_more_than_the_limit() {
        let limiter = Limiter::new(Some(RateLimit::per_minute(60)));
        let (mut now, mut sent) = (at(0), Vec::new());
        while sent.len() < 300 {
            match go(&limiter, now, Priority::Call) {
                Ok(()) => {
                    sent.push(now);
                    now = now + Duration::from_millis(137);
                }
                Err(wait) => now = now + wait,
            }
        }
        assert!(sent.windows(61).all(|window| window[60].since(window[0]) >= Duration::from_secs(60)));
        assert!(sent[299].since(sent[0]) < Duration::from_secs(300));
    }

    #[test]
    fn purchases_go_before_reads_and_reads_before_polls() {
        let limiter = Limiter::new(Some(RateLimit::per_second(1)));
        go(&limiter, at(0), Priority::Call).unwrap();
        let mut poll = limiter.queue(at(1), Priority::Poll);
        let mut read = limiter.queue(at(2), Priority::Call);
        assert_eq!(read.ask(at(2)), Err(Duration::from_millis(998)));
        let mut purchase = limiter.queue(at(3), Priority::Purchase);
        assert_eq!(purchase.ask(at(3)), Err(Duration::from_millis(997)));
        assert!(poll.ask(at(1000)).is_err());
        assert!(read.ask(at(1000)).is_err());
        assert_eq!(purchase.ask(at(1000)), Ok(()));
        purchase.used();
        assert_eq!(read.ask(at(2000)), Ok(()));
        read.used();
        assert_eq!(poll.ask(at(3000)), Ok(()));
    }

    #[test]
    fn a_place_that_is_dropped_leaves_no_hole() {
        let limiter = Limiter::new(Some(RateLimit::per_second(1)));
        go(&limiter, at(0), Priority::Call).unwrap();
        let gone = limiter.queue(at(1), Priority::Call);
        let mut next = limiter.queue(at(2), Priority::Call);
        assert_eq!(next.ask(at(2)), Err(Duration::from_millis(1998)));
        drop(gone);
        assert_eq!(next.ask(at(2)), Err(Duration::from_millis(998)));
    }

    #[test]
    fn leave_that_was_not_used_is_given_back() {
        let limiter = Limiter::new(Some(RateLimit::per_second(1)));
        let mut place = limiter.queue(at(0), Priority::Call);
        place.ask(at(0)).unwrap();
        drop(place);
        assert_eq!(go(&limiter, at(1), Priority::Call), Ok(()));
    }

    #[test]
    fn a_waiter_whose_host_is_gone_is_passed_over() {
        let limiter = Limiter::new(Some(RateLimit::per_second(1)));
        let _never_asks = limiter.queue(at(0), Priority::Purchase);
        assert!(go(&limiter, at(10), Priority::Call).is_err());
        assert_eq!(go(&limiter, at(5001), Priority::Call), Ok(()));
    }

    #[test]
    fn a_pause_that_the_provider_asked_for_holds_for_everyone() {
        let limiter = Limiter::new(None);
        limiter.pause_until(at(500));
        assert_eq!(go(&limiter, at(0), Priority::Purchase), Err(Duration::from_millis(500)));
        assert_eq!(go(&limiter, at(500), Priority::Poll), Ok(()));
    }
}
