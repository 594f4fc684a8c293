//! A provider's notices on their way to programs.

use super::{Delivery, EventFault, EventFaultKind, Notice, Progress, Receipt, Seal, Stage, addressed};
use crate::faults::Faults;
use crate::provider::ProviderName;
use crate::time::Time;
use std::collections::BTreeMap;
use std::time::Duration;

/// More than this does not wait: whoever takes no deliveries is not to fill the memory.
const MOST_WAITING: usize = 10_000;

/// What is to be sent, and what was sent and not answered.
#[derive(Default)]
pub(crate) struct Outbox {
    /// By the time when it is due; what is due together keeps the order in which it was planned.
    waiting: BTreeMap<(Time, u64), Parcel>,
    /// By id, with the time after which no answer counts.
    on_the_way: BTreeMap<u64, (Time, Parcel)>,
    /// The second of what a fault has doubled.
    copy: Option<Delivery>,
    planned: u64,
    last_id: u64,
    delivered: u64,
}

struct Parcel {
    notice: Notice,
    attempts: u32,
    hold: Hold,
}

/// Whether a fault keeps it back. What was kept back once is not harmed again until it was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hold {
    None,
    /// For a while.
    Delayed,
    /// Until another one was sent.
    Reordered,
}

/// How a notice ended, for the provider and for whoever looks at the state.
pub(crate) struct Told {
    pub(crate) reference: String,
    pub(crate) progress: Progress,
    /// Why it is given up, if it is.
    pub(crate) given_up: Option<String>,
}

impl Outbox {
    /// False when there is no room for it.
    #[must_use]
    pub(crate) fn plan(&mut self, notice: Notice) -> bool {
        let has_room = self.waiting.len() + self.on_the_way.len() < MOST_WAITING;
        if has_room {
            let due = notice.happened;
            self.wait(due, Parcel { notice, attempts: 0, hold: Hold::None });
        }
        has_room
    }

    /// The next delivery that is due.
    pub(crate) fn take(
        &mut self,
        now: Time,
        provider: ProviderName,
        faults: &mut Faults<EventFault>,
    ) -> Option<Delivery> {
        if let Some(copy) = self.copy.take() {
            return Some(copy);
        }
        loop {
            let first = self.waiting.first_entry().filter(|entry| entry.key().0 <= now)?;
            let ((due, _), mut parcel) = first.remove_entry();
            let is_harmed = parcel.hold == Hold::None;
            let fault = is_harmed.then(|| faults.choose(|fault| fault.matches(provider))).flatten();
            let hold = match fault.as_ref().map(|fault| fault.kind) {
                Some(EventFaultKind::Delayed) => Hold::Delayed,
                Some(EventFaultKind::Reordered) => Hold::Reordered,
                kind => return Some(self.send(now, provider, parcel, kind)),
            };
            let delay = fault.map_or(Duration::ZERO, |fault| Duration::from_millis(fault.delay_ms));
            parcel.hold = hold;
            self.wait(due.after(delay), parcel);
        }
    }

    /// Takes those whose time to be answered is over as lost.
    pub(crate) fn lose_unanswered(&mut self, now: Time) -> Vec<Told> {
        let over = self.on_the_way.iter().filter(|(_, (until, _))| *until <= now);
        let over: Vec<(u64, Time)> = over.map(|(id, (until, _))| (*id, *until)).collect();
        over.into_iter().filter_map(|(id, until)| self.delivered(until, id, Receipt::Lost)).collect()
    }

    /// What became of a delivery. Nothing for a duplicate's, and for one that was taken as lost meanwhile.
    pub(crate) fn delivered(&mut self, now: Time, id: u64, receipt: Receipt) -> Option<Told> {
        let (_, parcel) = self.on_the_way.remove(&id)?;
        let (status, why) = match receipt {
            Receipt::Answered(status) if (200..300).contains(&status) => (Some(status), None),
            Receipt::Answered(status) => (Some(status), Some(format!("answered {status}"))),
            Receipt::Lost => (None, Some("not answered".to_owned())),
            Receipt::Undeliverable(why) => return Some(parcel.told(None, Stage::Failed, Some(why))),
        };
        let Some(why) = why else {
            self.delivered += 1;
            return Some(parcel.told(status, Stage::Delivered, None));
        };
        let Some(due) = parcel.next_attempt(now) else {
            let why = format!("{why}, the last of {} attempts", parcel.attempts);
            return Some(parcel.told(status, Stage::Failed, Some(why)));
        };
        let told = parcel.told(status, Stage::Pending, None);
        self.wait(due, parcel);
        Some(told)
    }

    /// How many notices are not yet taken by anybody.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.len() + self.on_the_way.len()
    }

    /// How many were.
    pub(crate) fn taken(&self) -> u64 {
        self.delivered
    }

    fn send(
        &mut self,
        now: Time,
        provider: ProviderName,
        mut parcel: Parcel,
        fault: Option<EventFaultKind>,
    ) -> Delivery {
        let seal = match fault {
            Some(EventFaultKind::Tampered) => Seal::Broken,
            Some(EventFaultKind::Unsigned) => Seal::Missing,
            _ => Seal::Whole,
        };
        let (origin, to) = addressed(&parcel.notice.url);
        let request = parcel.notice.content.write(to, now, seal);
        let answer_within = parcel.notice.answer_within;
        let delivery = Delivery { id: self.next_id(), provider, origin, request, answer_within };
        if fault == Some(EventFaultKind::Duplicated) {
            let copy = Delivery { id: self.next_id(), ..delivery.clone() };
            self.copy = Some(copy);
        }
        self.release_reordered();
        parcel.attempts += 1;
        parcel.hold = Hold::None;
        self.on_the_way.insert(delivery.id, (now.after(answer_within), parcel));
        delivery
    }

    /// What waited for another one to go first goes now, before all others.
    fn release_reordered(&mut self) {
        let held = self.waiting.iter().filter(|(_, parcel)| parcel.hold == Hold::Reordered);
        let held: Vec<(Time, u64)> = held.map(|(key, _)| *key).collect();
        for key in held {
            if let Some(parcel) = self.waiting.remove(&key) {
                self.waiting.insert((Time(i64::MIN), key.1), parcel);
            }
        }
    }

    fn wait(&mut self, due: Time, parcel: Parcel) {
        self.planned += 1;
        self.waiting.insert((due, self.planned), parcel);
    }

    fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }
}

impl Parcel {
    /// When to try again, if at all.
    fn next_attempt(&self, now: Time) -> Option<Time> {
        let retries = self.notice.retries;
        let doubled = 1_u64.checked_shl(self.attempts - 1).unwrap_or(u64::MAX);
        let due = now.after(Duration::from_secs(retries.first_seconds.saturating_mul(doubled)));
        let end = self.notice.happened.after(Duration::from_secs(retries.window_seconds));
        (self.attempts < retries.attempts && due <= end).then_some(due)
    }

    fn told(&self, status: Option<u16>, stage: Stage, why: Option<String>) -> Told {
        let progress = Progress { attempts: self.attempts, status, stage };
        let given_up = why.map(|why| format!("{}: {why}", self.notice.url));
        Told { reference: self.notice.reference.clone(), progress, given_up }
    }
}
