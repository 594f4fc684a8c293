//! Rate limits: at most so many requests in any window of so long, purchases before reads, reads before polls.
//!
//! Polls come without end. If they went in bursts, a purchase would find the window full, and wait for all of it: so they are
//! spread evenly, and leave a part of the rate to others. They go in turn: whose last look is longest ago goes first, so that
//! nobody starves, however many come. One place in 25 is given out of turn, to whose time ends first.
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

    /// From one poll to the next.
    fn poll_spacing(self) -> Duration {
        self.window * 26 / 25 / self.requests.max(1)
    }
}

/// Who goes first: in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Priority {
    Purchase,
    Call,
    Poll(Turn),
}

/// What decides between polls: whose last look is longest ago goes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Turn {
    /// The last look, or where there was none the beginning.
    pub(crate) last: Timestamp,
    /// No look is of use after this.
    pub(crate) ends: Timestamp,
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
    /// No poll goes before this.
    next_poll: Timestamp,
    /// No poll goes out of turn before this.
    next_out_of_turn: Timestamp,
    /// How many look again and again.
    watchers: u32,
    /// The provider said not before.
    paused_until: Timestamp,
}

/// A waiter that has not asked again this long after it was due is passed over: its host has stopped stepping it.
const ABANDONED: Duration = Duration::from_secs(5);

/// Of so many polls one goes out of turn. With what is left to others that makes 1.082 times what polls in turn, one right
/// after the other, would take; [`Watch::period`] promises 1.1.
const ONE_OUT_OF_TURN_IN: u32 = 25;

/// A poll asks again after this, however far behind it stands: many of those before it may have gone.
const LONGEST_POLL_SLEEP: Duration = Duration::from_secs(5);

impl Limiter {
    pub(crate) fn new(limit: Option<RateLimit>) -> Arc<Self> {
        let state = State {
            sent: VecDeque::new(),
            queue: Vec::new(),
            next_ticket: 0,
            next_poll: Timestamp::EPOCH,
            next_out_of_turn: Timestamp::EPOCH,
            watchers: 0,
            paused_until: Timestamp::EPOCH,
        };
        Arc::new(Self { limit, state: Mutex::new(state) })
    }

    /// A place in the queue.
    pub(crate) fn queue(self: &Arc<Self>, now: Timestamp, priority: Priority) -> Place {
        let mut state = lock(&self.state);
        let ticket = state.next_ticket;
        state.next_ticket += 1;
        let position = state.queue.partition_point(|(other, _, _)| *other <= priority);
        state.queue.insert(position, (priority, ticket, now));
        Place { limiter: Arc::clone(self), priority, ticket, leave: None }
    }

    /// Counts one more who looks again and again.
    pub(crate) fn watch(self: &Arc<Self>) -> Watch {
        lock(&self.state).watchers += 1;
        Watch { limiter: Arc::clone(self) }
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

    /// When a poll with this many polls ahead of it may go, as far as polls are concerned.
    fn earliest_poll(&self, limit: RateLimit, polls_ahead: usize, now: Timestamp) -> Timestamp {
        let Some(after) = polls_ahead.checked_sub(1) else { return self.next_poll };
        let after = u32::try_from(after).unwrap_or(u32::MAX);
        self.next_poll_after(limit, now) + limit.poll_spacing().saturating_mul(after)
    }

    /// `next_poll` when one has gone now. One that goes late does not make all after it late.
    fn next_poll_after(&self, limit: RateLimit, now: Timestamp) -> Timestamp {
        (self.next_poll + limit.poll_spacing()).max(now)
    }

    /// Puts a poll before all others, if its time ends first and a place may be given out of turn.
    fn take_out_of_turn(&mut self, limit: RateLimit, ticket: u64, turn: Turn, now: Timestamp) {
        let ends_as_soon = |(priority, other, due): &(Priority, u64, Timestamp)| match priority {
            Priority::Poll(it) => *other != ticket && it.ends <= turn.ends && *due + ABANDONED > now,
            Priority::Purchase | Priority::Call => false,
        };
        if now < self.next_out_of_turn || self.queue.iter().any(ends_as_soon) {
            return;
        }
        let Some(position) = self.queue.iter().position(|(_, other, _)| *other == ticket) else { return };
        let first_poll = self.queue.partition_point(|(priority, ..)| *priority <= Priority::Call);
        if position > first_poll {
            let (_, _, due) = self.queue.remove(position);
            let first = Priority::Poll(Turn { last: Timestamp::EPOCH, ..turn });
            self.queue.insert(first_poll, (first, ticket, due));
            self.next_out_of_turn = now + limit.poll_spacing() * ONE_OUT_OF_TURN_IN;
        }
    }

    fn forget_old(&mut self, limit: RateLimit, now: Timestamp) {
        while self.sent.front().is_some_and(|&sent| sent + limit.window <= now) {
            self.sent.pop_front();
        }
    }
}

/// One of those who look again and again. Dropping it leaves the count.
#[derive(Debug)]
pub(crate) struct Watch {
    limiter: Arc<Limiter>,
}

impl Watch {
    /// Who wants to look once in `every` has a turn within this, as long as nobody else comes.
    pub(crate) fn period(&self, every: Duration) -> Duration {
        let Some(limit) = self.limiter.limit else { return every };
        let watchers = lock(&self.limiter.state).watchers;
        every.max(limit.window.saturating_mul(watchers) * 11 / 10 / limit.requests.max(1))
    }

    /// How many others there are, and the limit that all share.
    pub(crate) fn others(&self) -> Option<(u32, RateLimit)> {
        let others = lock(&self.limiter.state).watchers.saturating_sub(1);
        self.limiter.limit.filter(|_| others > 0).map(|limit| (others, limit))
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let mut state = lock(&self.limiter.state);
        state.watchers = state.watchers.saturating_sub(1);
    }
}

/// A place in the queue, then leave to send.
#[derive(Debug)]
pub(crate) struct Place {
    limiter: Arc<Limiter>,
    priority: Priority,
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
        if let (Priority::Poll(turn), Some(limit)) = (self.priority, self.limiter.limit) {
            state.take_out_of_turn(limit, ticket, turn, now);
        }
        let ahead = state.queue.iter().take_while(|(_, other, _)| *other != ticket);
        let (mut ahead_of_all, mut polls_ahead) = (0, 0);
        for (priority, ..) in ahead.filter(|(_, _, due)| *due + ABANDONED > now) {
            ahead_of_all += 1;
            polls_ahead += usize::from(matches!(priority, Priority::Poll(_)));
        }
        let mut earliest = state.earliest(self.limiter.limit, ahead_of_all, now);
        if let (Priority::Poll(_), Some(limit)) = (self.priority, self.limiter.limit) {
            earliest = earliest.max(state.earliest_poll(limit, polls_ahead, now)).min(now + LONGEST_POLL_SLEEP);
        }
        if earliest > now {
            if let Some(waiter) = state.queue.iter_mut().find(|(_, other, _)| *other == ticket) {
                waiter.2 = earliest;
            }
            return Err(earliest.since(now));
        }
        state.queue.retain(|(_, other, _)| *other != ticket);
        if let Some(limit) = self.limiter.limit {
            state.sent.push_back(now);
            if matches!(self.priority, Priority::Poll(_)) {
                state.next_poll = state.next_poll_after(limit, now);
            }
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
mod tests;
