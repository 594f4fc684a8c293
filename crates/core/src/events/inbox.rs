//! What has come: each event once, and each message whole.

use super::{Event, EventContent, Trust};
use crate::phone::PhoneNumber;
use crate::providers::vonage::InboundSms;
use crate::time::Timestamp;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

/// What a part takes up besides its text, roughly.
const PART_BYTES: usize = 1024;

/// What an [`Inbox`] keeps at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InboxLimits {
    /// How many ids of events are remembered, the latest: 65,536 unless said, in some 3 MB. Providers send
    /// again for a day.
    pub ids: usize,
    /// How long a message waits for its other parts: an hour unless said.
    pub patience: Duration,
    /// How much the waiting parts may take up, in bytes, roughly: 4 MiB unless said.
    pub bytes: usize,
}

impl Default for InboxLimits {
    fn default() -> Self {
        Self { ids: 1 << 16, patience: Duration::from_secs(3600), bytes: 4 << 20 }
    }
}

/// Drops events that came before, and joins messages that come in parts, in whatever order. It is memory: what it holds
/// is gone with the process, as is what it remembers.
#[derive(Debug, Default)]
pub struct Inbox {
    limits: InboxLimits,
    seen: Seen,
    waiting: BTreeMap<Message, Parts>,
    /// Of all parts that wait.
    bytes: usize,
}

/// Which message a part is of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Message {
    trust: Trust,
    sender: Option<String>,
    phone_number: PhoneNumber,
    reference: String,
    total: u64,
}

/// What came of a message, by number.
#[derive(Debug)]
struct Parts {
    since: Timestamp,
    bytes: usize,
    events: BTreeMap<u64, Event>,
}

impl Inbox {
    /// An empty one.
    pub fn new(limits: InboxLimits) -> Self {
        Self { limits, ..Self::default() }
    }

    /// Takes an event, and gives what is now to be acted on: nothing for what came before and for a part of a message
    /// that is not whole; also what [`Inbox::give_up`] gives.
    pub fn accept(&mut self, now: Timestamp, event: Event) -> Vec<Event> {
        let mut ready = self.give_up(now);
        if self.seen.before(&event, self.limits.ids) {
            return ready;
        }
        match part_of(&event) {
            Some((message, number)) => self.add(now, message, number, event, &mut ready),
            None => ready.push(event),
        }
        ready
    }

    /// Gives messages that have waited too long for their other parts, joined from those that came: see
    /// `missing_parts`.
    pub fn give_up(&mut self, now: Timestamp) -> Vec<Event> {
        let is_over = |(_, parts): &(&Message, &Parts)| now.since(parts.since) >= self.limits.patience;
        let over: Vec<Message> = self.waiting.iter().filter(is_over).map(|(message, _)| message.clone()).collect();
        over.iter().filter_map(|message| self.take(message)).collect()
    }

    /// When [`Inbox::give_up`] will next have something to give, if nothing comes.
    pub fn next_deadline(&self) -> Option<Timestamp> {
        self.waiting.values().map(|parts| parts.since + self.limits.patience).min()
    }

    fn add(&mut self, now: Timestamp, message: Message, number: u64, event: Event, ready: &mut Vec<Event>) {
        // Another message's part in its place: the reference is being used again, and what was waiting will not come.
        if self.waiting.get(&message).is_some_and(|parts| parts.events.contains_key(&number)) {
            ready.extend(self.take(&message));
        }
        let size = PART_BYTES + 2 * event.raw.iter().map(String::len).sum::<usize>();
        let empty = || Parts { since: now, bytes: 0, events: BTreeMap::new() };
        let parts = self.waiting.entry(message.clone()).or_insert_with(empty);
        parts.events.insert(number, event);
        parts.bytes += size;
        self.bytes += size;
        if parts.events.len() as u64 == message.total {
            ready.extend(self.take(&message));
        }
        while self.bytes > self.limits.bytes
            && let Some(oldest) = self.waiting.iter().min_by_key(|(_, parts)| parts.since).map(|(it, _)| it.clone())
        {
            ready.extend(self.take(&oldest));
        }
    }

    /// Takes a message out, joined.
    fn take(&mut self, message: &Message) -> Option<Event> {
        let parts = self.waiting.remove(message)?;
        self.bytes -= parts.bytes;
        let missing = message.total - parts.events.len() as u64;
        parts.events.into_values().reduce(join).map(|event| whole(event, missing))
    }
}

fn part_of(event: &Event) -> Option<(Message, u64)> {
    let EventContent::VonageSms(sms) = &event.content else { return None };
    let part = sms.part.as_ref()?;
    let message = Message {
        trust: event.trust,
        sender: sms.sender.clone(),
        phone_number: sms.phone_number.clone(),
        reference: part.reference.clone(),
        total: part.total,
    };
    Some((message, part.number))
}

fn join(mut first: Event, next: Event) -> Event {
    first.raw.extend(next.raw);
    first.occurred_at = first.occurred_at.max(next.occurred_at);
    if let (EventContent::VonageSms(sms), EventContent::VonageSms(next)) = (&mut first.content, next.content) {
        sms.append(next);
    }
    first
}

fn whole(mut event: Event, missing: u64) -> Event {
    if let EventContent::VonageSms(sms) = &mut event.content {
        *sms = InboundSms { part: None, udh: None, missing_parts: missing, ..sms.clone() };
    }
    event
}

/// Ids of events, the latest, as hashes: they are as long as their sender likes.
#[derive(Debug, Default)]
struct Seen {
    hashes: BTreeSet<u128>,
    order: VecDeque<u128>,
}

impl Seen {
    /// Whether it came before. An event without an id never did. What anybody can send does not hide what is signed.
    fn before(&mut self, event: &Event, limit: usize) -> bool {
        let Some(id) = &event.id else { return false };
        let hash = Sha256::new().chain_update([event.trust as u8, event.provider.len() as u8]);
        let hash = hash.chain_update(&event.provider).chain_update(id.as_str()).finalize();
        let hash = hash.first_chunk().map_or(0, |first: &[u8; 16]| u128::from_le_bytes(*first));
        if !self.hashes.insert(hash) {
            return true;
        }
        self.order.push_back(hash);
        while self.order.len() > limit
            && let Some(oldest) = self.order.pop_front()
        {
            self.hashes.remove(&oldest);
        }
        false
    }
}
