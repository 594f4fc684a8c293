//! One account, those who wait on it, and what else happens there meanwhile.

use super::{Polled, Waited};
use crate::world::World;
use serde_json::json;
use std::collections::BTreeMap;
use std::time::Duration;
use trunkline::sandbox::Settings;
use trunkline_core::unified::{Message, WaitForMessage};
use trunkline_core::{Action, ActionId, Answer, Delivery, Flow, Options, Outcome, Result, Step, Timestamp, Why};
use trunkline_sandbox::{Fault, FaultKind, Ids, ProviderName};

/// Who waits alone is looked at as often as this.
const EVERY: Duration = Duration::from_secs(5);
/// From one purchase to the next, and from one wait for which there is too little time to the next.
const BETWEEN_PURCHASES: Duration = Duration::from_secs(47);
/// How many times everyone could be looked at before no more messages are sent.
const ROUNDS: u32 = 4;
/// And before it is given up.
const PATIENCE: u32 = 5 * ROUNDS;

pub(super) struct Room {
    polled: &'static Polled,
    world: World,
    random: Ids,
    seats: Vec<Seat>,
    running: BTreeMap<u64, Running>,
    due: BTreeMap<(Timestamp, u64), Due>,
    order: u64,
    began: Timestamp,
    waited: Waited,
}

/// Who waits, and for what.
struct Seat {
    /// The number's id, and the number itself.
    number: String,
    phone: String,
    /// Has just enough time for a look or two.
    hurried: bool,
    /// Which message it waits for.
    message: u32,
    code: String,
}

enum Running {
    Wait { flow: Flow<Answer<Message>>, seat: usize, looked: Timestamp },
    Hopeless { flow: Flow<Answer<Message>>, began: Timestamp, sent: bool },
    Purchase { flow: Flow<Answer<String>>, waited: Duration },
}

enum Due {
    Resolve { running: u64, action: ActionId, outcome: Outcome },
    Send(usize),
    Wait(usize),
    Meanwhile,
}

/// What a step of any of them comes to.
enum Stepped {
    Perform(ActionId, Action),
    Idle,
    Ended(Result<Option<Message>>),
}

impl Running {
    fn step(&mut self, now: Timestamp) -> Stepped {
        match self {
            Self::Wait { flow, .. } | Self::Hopeless { flow, .. } => step(flow, now, Some),
            Self::Purchase { flow, .. } => step(flow, now, |_| None),
        }
    }

    fn resolve(&mut self, now: Timestamp, action: ActionId, outcome: Outcome) {
        match self {
            Self::Wait { flow, .. } | Self::Hopeless { flow, .. } => flow.resolve(now, action, outcome),
            Self::Purchase { flow, .. } => flow.resolve(now, action, outcome),
        }
    }
}

fn step<T>(flow: &mut Flow<Answer<T>>, now: Timestamp, value: fn(T) -> Option<Message>) -> Stepped {
    loop {
        return match flow.step(now) {
            Step::Perform(id, action) => Stepped::Perform(id, action),
            // Resolving what was aborted does nothing.
            Step::Abort(_) => continue,
            Step::Item(never) => match never {},
            Step::Waiting => Stepped::Idle,
            Step::Done(result) => Stepped::Ended(result.map(|answer| value(answer.value))),
        };
    }
}

impl Room {
    pub(super) fn new(polled: &'static Polled, waiters: u64, seed: u64) -> Self {
        let mut random = Ids::new(seed);
        let mut world = World::with(settings(&mut random), |_| {});
        let seats: Vec<Seat> = (0..waiters).map(|index| sit(polled, &mut world, index % 5 == 4)).collect();
        add_faults(polled, &mut world);
        let limit = polled.limit();
        // What the purchases took of the rate is over.
        world.pass(limit.window);
        let count = u32::try_from(waiters).unwrap_or(u32::MAX);
        let waited = Waited {
            provider: polled.slug,
            waiters,
            fair_gap: EVERY.max(limit.window / limit.requests * count),
            longest_gap: Duration::ZERO,
            looks: 0,
            over_limit: 0,
            came: 0,
            delivered: 0,
            bought: 0,
            purchase_waited: Duration::ZERO,
            hopeless: 0,
            refused: 0,
            lasted: Duration::ZERO,
        };
        let began = world.now;
        let (running, due) = (BTreeMap::new(), BTreeMap::new());
        Self { polled, world, random, seats, running, due, order: 0, began, waited }
    }

    pub(super) fn run(mut self) -> Waited {
        for seat in 0..self.seats.len() {
            let pause = self.up_to(Duration::from_secs(60));
            self.plan(pause, Due::Wait(seat));
            self.plan_message(seat, pause);
        }
        self.plan(BETWEEN_PURCHASES, Due::Meanwhile);
        while let Some(((at, _), due)) = self.due.pop_first() {
            self.world.now = self.world.now.max(at);
            if self.time() > self.waited.fair_gap * PATIENCE {
                break;
            }
            match due {
                Due::Resolve { running, action, outcome } => {
                    if let Some(flow) = self.running.get_mut(&running) {
                        flow.resolve(at, action, outcome);
                        self.go_on(running);
                    }
                }
                Due::Send(seat) => self.send(seat),
                Due::Wait(seat) => self.begin_wait(seat),
                Due::Meanwhile => self.meanwhile(),
            }
        }
        self.waited.lasted = self.time();
        self.waited
    }

    fn time(&self) -> Duration {
        self.world.now.since(self.began)
    }

    fn is_over(&self) -> bool {
        self.time() > self.waited.fair_gap * ROUNDS
    }

    fn plan(&mut self, after: Duration, due: Due) {
        self.order += 1;
        self.due.insert((self.world.now + after, self.order), due);
    }

    fn up_to(&mut self, duration: Duration) -> Duration {
        let millis = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX).max(1);
        Duration::from_millis(self.random.below(millis))
    }

    /// The seat's next message comes some time after it begins to wait.
    fn plan_message(&mut self, seat: usize, pause: Duration) {
        let there = &mut self.seats[seat];
        there.message += 1;
        there.code = self.random.digits(6);
        let after = pause + self.up_to(self.waited.fair_gap * 3 / 2);
        self.plan(after, Due::Send(seat));
    }

    fn send(&mut self, seat: usize) {
        let (now, provider) = (self.world.time(), self.provider());
        let Seat { phone, message, code, .. } = &self.seats[seat];
        let text = format!("Acme #{message}: your code is {code}");
        self.world.sandbox.receive_sms(now, provider, phone, "Acme", &text).expect("the number is in use");
        self.waited.came += 1;
    }

    fn provider(&self) -> ProviderName {
        ProviderName::from_slug(self.polled.slug).expect("one of the five")
    }

    fn begin_wait(&mut self, seat: usize) {
        let there = &self.seats[seat];
        let wanted = self.wanted(there);
        // As much as is asked for at least, and a little.
        let hurried = (self.waited.fair_gap * 13 / 10).max(Duration::from_secs(20));
        let timeout = if there.hurried { hurried } else { hurried * ROUNDS };
        let flow = self.world.client.call(wanted, Options { timeout: Some(timeout), ..Options::default() });
        let looked = self.world.now;
        self.start(Running::Wait { flow, seat, looked });
    }

    fn wanted(&self, seat: &Seat) -> WaitForMessage {
        let contains = Some(format!("#{}:", seat.message));
        WaitForMessage {
            number: seat.number.as_str().into(),
            sender: None,
            contains,
            after: None,
            with_code: Some(true),
        }
    }

    /// Somebody buys a number, and somebody waits who has not enough time.
    fn meanwhile(&mut self) {
        if self.is_over() {
            return;
        }
        self.plan(BETWEEN_PURCHASES, Due::Meanwhile);
        let (operation, params) = self.polled.buy;
        let flow = self.world.client.start(operation, params, Options::default());
        self.start(Running::Purchase { flow, waited: Duration::ZERO });
        // Where few wait, any time is enough.
        if self.waited.fair_gap >= EVERY * 2 {
            let options = Options { timeout: Some(self.waited.fair_gap / 2), ..Options::default() };
            let flow = self.world.client.call(self.wanted(&self.seats[0]), options);
            self.waited.hopeless += 1;
            self.start(Running::Hopeless { flow, began: self.world.now, sent: false });
        }
    }

    fn start(&mut self, running: Running) {
        self.order += 1;
        let id = self.order;
        self.running.insert(id, running);
        self.go_on(id);
    }

    /// Steps it until it waits or ends.
    fn go_on(&mut self, id: u64) {
        while let Some(mut running) = self.running.remove(&id) {
            match running.step(self.world.now) {
                Stepped::Perform(action, what) => {
                    let (at, outcome) = self.perform(&mut running, what);
                    self.plan(at.since(self.world.now), Due::Resolve { running: id, action, outcome });
                    self.running.insert(id, running);
                }
                Stepped::Idle => {
                    self.running.insert(id, running);
                    return;
                }
                Stepped::Ended(result) => self.end(running, result),
            }
        }
    }

    fn perform(&mut self, running: &mut Running, action: Action) -> (Timestamp, Outcome) {
        let now = self.world.now;
        match (&action, running) {
            (Action::Send { .. }, Running::Wait { looked, .. }) => {
                self.waited.longest_gap = self.waited.longest_gap.max(now.since(*looked));
                self.waited.looks += 1;
                *looked = now;
            }
            (Action::Send { .. }, Running::Hopeless { sent, .. }) => *sent = true,
            (Action::Sleep(duration, Why::RateLimit), Running::Purchase { waited, .. }) => *waited += *duration,
            _ => {}
        }
        let (at, outcome) = self.world.perform(action);
        // A million requests are not kept.
        self.world.requests.clear();
        self.world.responses.clear();
        self.waited.over_limit += u64::from(matches!(&outcome, Outcome::Answered(reply) if reply.status == 429));
        (at, outcome)
    }

    fn end(&mut self, running: Running, result: Result<Option<Message>>) {
        match running {
            Running::Wait { seat, looked, .. } => {
                self.waited.longest_gap = self.waited.longest_gap.max(self.world.now.since(looked));
                self.end_wait(seat, result);
            }
            Running::Hopeless { began, sent, .. } => {
                let refused = result.is_err_and(|error| error.delivery == Delivery::NotSent);
                self.waited.refused += u64::from(refused && !sent && began == self.world.now);
            }
            Running::Purchase { waited, .. } => {
                self.waited.bought += u64::from(result.is_ok());
                self.waited.purchase_waited = self.waited.purchase_waited.max(waited);
            }
        }
    }

    fn end_wait(&mut self, seat: usize, result: Result<Option<Message>>) {
        let there = &self.seats[seat];
        match result {
            Ok(message) => {
                let message = message.expect("a wait ends with a message");
                let right = message.text.contains(&format!("#{}:", there.message));
                self.waited.delivered += u64::from(right && message.code.as_deref() == Some(&there.code));
                if !self.is_over() {
                    let pause = self.up_to(Duration::from_secs(20));
                    self.plan(pause, Due::Wait(seat));
                    self.plan_message(seat, pause);
                }
            }
            // The message is still to come, or came after the last look.
            Err(_) => self.plan(Duration::ZERO, Due::Wait(seat)),
        }
    }
}

/// Somebody with a number of their own.
fn sit(polled: &Polled, world: &mut World, hurried: bool) -> Seat {
    let (operation, params) = polled.buy;
    let bought = world.call(operation, &serde_json::from_str(params).expect("JSON")).expect("there are numbers");
    world.requests.clear();
    world.responses.clear();
    let text = |name: &str| bought[name].as_str().expect("a text").to_owned();
    let number = format!("{}:{}", polled.slug, text(polled.id));
    Seat { number, phone: text("phone_number"), hurried, message: 0, code: String::new() }
}

/// Accounts that can pay for everything, numbers that last, and limits that are watched.
fn settings(random: &mut Ids) -> Settings {
    let settings = json!({
        "seed": random.next() >> 12,
        "tempnumber": { "wallet_cents": 1_000_000_000, "stock": 100_000 },
        "rentnumber": {
            "wallet_kobo": 4_500_000_000_u64, "stock": 100_000, "throttle_per_second": 2, "rental_minutes": 100_000,
        },
    });
    serde_json::from_value(settings).expect("settings of the sandbox")
}

/// One look in a hundred fails, in one way or another.
fn add_faults(polled: &Polled, world: &mut World) {
    for kind in [FaultKind::ServerError, FaultKind::LostAfterActing, FaultKind::Hang, FaultKind::BadGatewayHtml] {
        let provider = ProviderName::from_slug(polled.slug);
        let operation = Some(polled.look.to_owned());
        world.add_fault(Fault { provider, operation, probability: Some(0.0025), ..Fault::new(kind) });
    }
}
