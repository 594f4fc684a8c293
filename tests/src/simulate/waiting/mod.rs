//! Many who wait for messages on one account, in virtual time: how often each is looked at, beside what the rate allows.
//!
//! Each has a number of its own, and waits for one message after the other. Four of five have much time; every fifth has just
//! enough for a look or two, and begins anew until its message has come. Meanwhile numbers are bought, some looks fail, and
//! some ask for a message within less time than there is. The sandbox refuses whatever exceeds the provider's limit.

mod room;

use room::Room;
use serde_json::{Map, Value, json};
use std::time::Duration;
use trunkline_core::PROVIDERS;
use trunkline_core::limiter::RateLimit;

/// A provider that is asked for messages.
struct Polled {
    slug: &'static str,
    /// What buys a number.
    buy: (&'static str, &'static str),
    /// Under which name its answer has the number's id.
    id: &'static str,
    /// What looks for messages.
    look: &'static str,
}

const POLLED: [Polled; 2] = [
    Polled {
        slug: "tempnumber",
        buy: ("tempnumber.buy_number", r#"{"country_code":"US","duration":"oneMonth"}"#),
        id: "id",
        look: "GET /numbers/{number_id}/sms",
    },
    Polled {
        slug: "rentnumber",
        buy: ("rentnumber.rent", r#"{"pricing_id":"42"}"#),
        id: "rental_id",
        look: "GET /rental/{rental_id}",
    },
];

impl Polled {
    fn limit(&self) -> RateLimit {
        let facts = PROVIDERS.iter().map(|entry| entry.facts).find(|facts| facts.slug == self.slug);
        let limits = facts.map(|facts| facts.limits).unwrap_or_default();
        limits.iter().find(|(name, _)| name.is_empty()).expect("those that are asked have a limit").1
    }
}

/// How it went on one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waited {
    /// The provider.
    pub provider: &'static str,
    /// How many waited at the same time.
    pub waiters: u64,
    /// What one after the other comes to at the provider's rate, or the least that a single one leaves between two looks.
    pub fair_gap: Duration,
    /// The longest that anyone was not looked at.
    pub longest_gap: Duration,
    /// Looks that were sent.
    pub looks: u64,
    /// Requests that the sandbox refused for exceeding its limit.
    pub over_limit: u64,
    /// Messages that came.
    pub came: u64,
    /// Messages that were handed to who waited for them, whole and with their code.
    pub delivered: u64,
    /// Numbers that were bought meanwhile.
    pub bought: u64,
    /// The longest that such a purchase waited for the rate limit.
    pub purchase_waited: Duration,
    /// Waits for which there was too little time.
    pub hopeless: u64,
    /// Those of them that were refused at once, without a request.
    pub refused: u64,
    /// How long it took, in virtual time.
    pub lasted: Duration,
}

impl Waited {
    /// Messages that nobody was given.
    pub fn lost(&self) -> u64 {
        self.came - self.delivered
    }

    /// The longest gap, in fair gaps.
    pub fn ratio(&self) -> f64 {
        (self.longest_gap.as_secs_f64() / self.fair_gap.as_secs_f64() * 1000.0).round() / 1000.0
    }

    /// Whether everything is as it should be.
    pub fn is_good(&self) -> bool {
        self.lost() == 0 && self.over_limit == 0 && self.ratio() <= 1.1 && self.refused == self.hopeless
    }

    /// For people.
    pub fn text(&self) -> String {
        let seconds = |duration: Duration| format!("{:.2} s", duration.as_secs_f64());
        format!(
            "{} wait at {}: {} looks in {}, {} over its limit\n\
             \x20 longest gap between two looks {}, which is {} times waiters divided by rate ({})\n\
             \x20 {} messages came, {} were delivered, {} lost\n\
             \x20 {} numbers bought meanwhile, none waited longer than {}\n\
             \x20 {} of {} that could not be met were refused at once\n",
            self.waiters,
            self.provider,
            self.looks,
            seconds(self.lasted),
            self.over_limit,
            seconds(self.longest_gap),
            self.ratio(),
            seconds(self.fair_gap),
            self.came,
            self.delivered,
            self.lost(),
            self.bought,
            seconds(self.purchase_waited),
            self.refused,
            self.hopeless,
        )
    }

    fn to_json(&self) -> Value {
        let millis = |duration: Duration| u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
        json!({
            "waiters": self.waiters, "looks": self.looks, "over_limit": self.over_limit,
            "fair_gap_ms": millis(self.fair_gap), "longest_gap_ms": millis(self.longest_gap), "ratio": self.ratio(),
            "came": self.came, "delivered": self.delivered, "lost": self.lost(),
            "bought": self.bought, "purchase_waited_ms": millis(self.purchase_waited),
            "hopeless": self.hopeless, "refused": self.refused, "lasted_ms": millis(self.lasted),
        })
    }
}

/// So many wait at each provider that is asked for messages.
pub fn wait(waiters: u64, seed: u64) -> Vec<Waited> {
    std::thread::scope(|scope| {
        let rooms: Vec<_> =
            POLLED.iter().map(|polled| scope.spawn(|| Room::new(polled, waiters, seed).run())).collect();
        rooms.into_iter().map(|room| room.join().expect("a room does not panic")).collect()
    })
}

/// One object, by provider, for programs.
pub fn to_json(waited: &[Waited]) -> Value {
    waited.iter().map(|one| (one.provider.to_owned(), one.to_json())).collect::<Map<String, Value>>().into()
}
