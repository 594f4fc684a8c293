//! What a flow's two sides share: the time, what is to be handed to the host, and what is outstanding.

use super::{Action, ActionId, Outcome, lock};
use crate::time::Timestamp;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Wake, Waker};
use std::time::Duration;

pub(super) struct Shared {
    pub(super) woken: AtomicBool,
    pub(super) state: Mutex<State>,
}

pub(super) struct State {
    pub(super) now: Timestamp,
    pub(super) deadline: Option<Timestamp>,
    pub(super) next_id: u64,
    /// When a request was last handed to the host.
    pub(super) sent_at: Option<Timestamp>,
    pub(super) commands: VecDeque<Command>,
    /// Who waits for the host to take the last item.
    pub(super) emitting: Option<Waker>,
    /// Ascending by id. A sorted vector: a map's first node alone would exceed what a sleeping flow may weigh.
    pub(super) outstanding: Vec<(ActionId, Slot)>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            now: Timestamp::EPOCH,
            deadline: None,
            next_id: 0,
            sent_at: None,
            commands: VecDeque::new(),
            emitting: None,
            outstanding: Vec::new(),
        }
    }
}

pub(super) enum Command {
    Perform(ActionId, Box<Action>),
    Abort(ActionId),
}

pub(super) struct Slot {
    pub(super) deadline: Option<Timestamp>,
    pub(super) waker: Option<Waker>,
    pub(super) outcome: Option<Box<Outcome>>,
}

impl Shared {
    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    /// Takes the time in, and times out what a host has let run past its deadline.
    pub(super) fn begin(&self, now: Timestamp, timeout: Duration) {
        let mut state = self.lock();
        state.now = state.now.max(now);
        state.deadline.get_or_insert(now + timeout);
        let late: Vec<ActionId> = state
            .outstanding
            .iter()
            .filter(|(_, slot)| slot.outcome.is_none() && slot.deadline.is_some_and(|deadline| deadline <= now))
            .map(|(id, _)| *id)
            .collect();
        let mut wakers = Vec::new();
        for id in late {
            // Still queued: it was never begun.
            let before = state.commands.len();
            state.commands.retain(|command| !matches!(command, Command::Perform(queued, _) if *queued == id));
            let outcome = if state.commands.len() < before {
                Outcome::NotSent("the deadline passed".to_owned())
            } else {
                state.commands.push_back(Command::Abort(id));
                Outcome::Lost("the deadline passed".to_owned())
            };
            wakers.extend(state.resolve(id, outcome));
        }
        drop(state);
        wakers.into_iter().for_each(Waker::wake);
    }
}

impl Wake for Shared {
    fn wake(self: Arc<Self>) {
        self.woken.store(true, Ordering::Release);
    }
}

impl State {
    pub(super) fn position(&self, id: ActionId) -> Option<usize> {
        self.outstanding.binary_search_by_key(&id, |(id, _)| *id).ok()
    }

    pub(super) fn slot(&mut self, id: ActionId) -> Option<&mut Slot> {
        let position = self.position(id)?;
        self.outstanding.get_mut(position).map(|(_, slot)| slot)
    }

    #[must_use]
    pub(super) fn resolve(&mut self, id: ActionId, outcome: Outcome) -> Option<Waker> {
        let slot = self.slot(id)?;
        if slot.outcome.is_none() {
            slot.outcome = Some(Box::new(outcome));
        }
        slot.waker.take()
    }
}
