//! One process: a client, what it has under way, and its crashes.

use trunkline_core::{ActionId, Answer, Client, Flow, Outcome, Recovered, Result, Step, Timestamp};

/// Something that a process has under way.
pub(super) enum Running {
    Purchase(Flow<Answer<String>>, Asked),
    Recovery(Flow<(), Recovered>),
}

/// A purchase as the simulation knows it. One of several offers comes to an intent for each that is tried.
pub(super) struct Asked {
    pub(super) number: u64,
    /// Of the latest intent.
    pub(super) provider: &'static str,
    pub(super) intent: Option<String>,
    pub(super) bought: Vec<String>,
}

/// What one step of either kind comes to.
pub(super) enum Stepped {
    Perform(ActionId, trunkline_core::Action),
    Item(Recovered),
    Idle,
    Ended(Result<()>),
}

impl Running {
    pub(super) fn step(&mut self, now: Timestamp) -> Stepped {
        match self {
            Self::Purchase(flow, _) => loop {
                return match flow.step(now) {
                    Step::Perform(id, action) => Stepped::Perform(id, action),
                    // Resolving what was aborted does nothing.
                    Step::Abort(_) => continue,
                    Step::Item(never) => match never {},
                    Step::Waiting => Stepped::Idle,
                    Step::Done(result) => Stepped::Ended(result.map(|_| ())),
                };
            },
            Self::Recovery(flow) => loop {
                return match flow.step(now) {
                    Step::Perform(id, action) => Stepped::Perform(id, action),
                    Step::Abort(_) => continue,
                    Step::Item(item) => Stepped::Item(item),
                    Step::Waiting => Stepped::Idle,
                    Step::Done(result) => Stepped::Ended(result),
                };
            },
        }
    }

    pub(super) fn resolve(&mut self, now: Timestamp, id: ActionId, outcome: Outcome) {
        match self {
            Self::Purchase(flow, _) => flow.resolve(now, id, outcome),
            Self::Recovery(flow) => flow.resolve(now, id, outcome),
        }
    }
}

/// A process between two crashes.
pub(super) struct Process {
    pub(super) client: Client,
    /// Counts its crashes: what was under way before one is not there after it.
    pub(super) life: u32,
    pub(super) alive: bool,
    /// Purchases that it has still to begin.
    pub(super) left: u64,
    /// What is under way, each in a place that no other has had since the last crash: outcomes come late.
    pub(super) running: Vec<Option<Running>>,
}

impl Process {
    /// A place for something more.
    pub(super) fn place(&mut self, running: Running) -> usize {
        self.running.push(Some(running));
        self.running.len() - 1
    }
}
