//! Messages that came as events, for who waits for them. Flows do not wake each other: who waits looks here every so often.

use crate::events::{Event, Inbox};
use crate::time::Timestamp;
use std::collections::VecDeque;
use std::time::Duration;

/// How many are kept, the latest.
const KEPT: usize = 4096;
/// How many bytes they may have come in: ordinary ones take some 400 each.
const KEPT_BYTES: usize = 8 << 20;
/// For how long: a message may be there before somebody begins to wait for it.
const KEPT_FOR: Duration = Duration::from_secs(600);

/// What was fed, each once and each whole.
#[derive(Default)]
pub(crate) struct Mail {
    inbox: Inbox,
    /// In the order in which they came, numbered without a gap.
    kept: VecDeque<Kept>,
    /// The number of the first of them.
    first: u64,
    /// Of all of them.
    bytes: usize,
}

struct Kept {
    came: Timestamp,
    bytes: usize,
    /// Without what is raw in it.
    event: Event,
}

impl Mail {
    /// Takes an event; gives what is new in it.
    pub(crate) fn feed(&mut self, now: Timestamp, event: Event) -> Vec<Event> {
        let new = self.inbox.accept(now, event);
        for event in &new {
            let bytes = event.raw.iter().map(String::len).sum();
            self.bytes += bytes;
            self.kept.push_back(Kept { came: now, bytes, event: Event { raw: Vec::new(), ..event.clone() } });
        }
        self.drop_old(now);
        new
    }

    /// What came since that number (0 for all that is kept), oldest first, and the number to ask with next.
    pub(crate) fn since(&mut self, now: Timestamp, number: u64) -> (impl Iterator<Item = &Event>, u64) {
        self.drop_old(now);
        let known = usize::try_from(number.saturating_sub(self.first)).unwrap_or(usize::MAX);
        let next = self.first + self.kept.len() as u64;
        (self.kept.iter().skip(known).map(|kept| &kept.event), next)
    }

    fn drop_old(&mut self, now: Timestamp) {
        let is_over = |kept: &Kept| now.since(kept.came) > KEPT_FOR;
        while (self.kept.len() > KEPT || self.bytes > KEPT_BYTES || self.kept.front().is_some_and(is_over))
            && let Some(oldest) = self.kept.pop_front()
        {
            self.bytes -= oldest.bytes;
            self.first += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::{EventContent, Trust};

    fn event(id: usize) -> Event {
        Event {
            provider: "vonage".to_owned(),
            id: Some(id.to_string().into()),
            occurred_at: None,
            trust: Trust::Signed,
            content: EventContent::Other { event_type: None },
            raw: Vec::new(),
        }
    }

    fn at(seconds: u64) -> Timestamp {
        Timestamp::EPOCH + Duration::from_secs(seconds)
    }

    fn ids(mail: &mut Mail, now: Timestamp, number: u64) -> (Vec<String>, u64) {
        let (events, next) = mail.since(now, number);
        (events.filter_map(|event| event.id.as_ref()).map(ToString::to_string).collect(), next)
    }

    #[test]
    fn what_came_is_given_once_to_each_who_asks_on() {
        let mut mail = Mail::default();
        assert_eq!(ids(&mut mail, at(0), 0), (vec![], 0));
        assert_eq!(mail.feed(at(0), event(1)).len(), 1);
        assert_eq!(mail.feed(at(1), event(1)).len(), 0, "it came before");
        assert_eq!(ids(&mut mail, at(1), 0), (vec!["1".to_owned()], 1));
        mail.feed(at(2), event(2));
        assert_eq!(ids(&mut mail, at(2), 1), (vec!["2".to_owned()], 2));
        assert_eq!(ids(&mut mail, at(2), 0), (vec!["1".to_owned(), "2".to_owned()], 2));
    }

    #[test]
    fn messages_are_kept_for_ten_minutes_and_no_more_than_4096() {
        let mut mail = Mail::default();
        mail.feed(at(0), event(0));
        assert_eq!(ids(&mut mail, at(600), 0).0.len(), 1);
        assert_eq!(ids(&mut mail, at(601), 0).0.len(), 0);
        (1..=5000).for_each(|id| drop(mail.feed(at(700), event(id))));
        let (kept, next) = ids(&mut mail, at(700), 1);
        assert_eq!((kept.len(), kept[0].as_str(), next), (4096, "905", 5001));
    }

    #[test]
    fn long_messages_do_not_fill_the_memory() {
        let mut mail = Mail::default();
        for id in 0..100 {
            mail.feed(at(0), Event { raw: vec!["x".repeat(1 << 18)], ..event(id) });
        }
        assert_eq!(ids(&mut mail, at(0), 0).0.len(), 32);
    }
}
