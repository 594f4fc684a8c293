//! One sandbox, one journal, and the processes that share them.

mod perform;
mod trouble;

use super::Broken;
use super::journal::SharedJournal;
use super::process::{Asked, Process, Running, Stepped};
use super::purchase::{SEARCH, SEARCHES, Stock, draw, offers, open_client, phone_numbers};
use super::tally::{Ledger, Tally, View};
use crate::world::{HOST, World as Quiet};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::time::Duration;
use trouble::{add_faults, settings};
use trunkline::sandbox::accounts;
use trunkline_core::{ActionId, Config, Options, Outcome, RecoveredOutcome, Timestamp};
use trunkline_sandbox::{Ids, Sandbox, Time};

/// How often `recover` is run until nothing is open, or nothing changes any more.
const ROUNDS_OF_RECOVERY: u32 = 8;
/// From one such round to the next.
const BETWEEN_ROUNDS: Duration = Duration::from_secs(900);
/// More than any world takes: what has not ended by then is stuck.
const EVENTS: u64 = 300_000;

pub(super) struct World {
    sandbox: Sandbox,
    journal: SharedJournal,
    processes: Vec<Process>,
    ledgers: BTreeMap<&'static str, Ledger>,
    /// Which purchase goes under a key: requests that `recover` sends name it by nothing else.
    keys: BTreeMap<String, String>,
    /// Which purchase an intent is of: one of several offers may have several.
    purchases: BTreeMap<String, u64>,
    begun: u64,
    config: Config,
    stock: Stock,
    random: Ids,
    now: Timestamp,
    events: BinaryHeap<Reverse<(Timestamp, u64)>>,
    planned: BTreeMap<u64, Event>,
    order: u64,
    /// One action in so many is a crash.
    crash_one_in: u64,
    /// At one action in so many the caller gives the purchase up: its flow is dropped.
    give_up_one_in: u64,
    /// Its lines, and questions to it.
    journal_fails_one_in: u64,
    broken: Option<Broken>,
    tally: Tally,
}

enum Event {
    Resolve { process: usize, life: u32, place: usize, action: ActionId, outcome: Outcome },
    Begin { process: usize, life: u32 },
    Restart { process: usize },
}

impl World {
    pub(super) fn new(seed: u64, purchases: u64, broken: Option<Broken>) -> Self {
        let mut random = Ids::new(seed);
        let settings = settings(&mut random);
        let change = |config: &mut Config| {
            for provider in ["tempnumber", "rentnumber", "sinch", "voepy", "vonage"] {
                config.set(provider, "rate_limit", "none");
            }
        };
        let mut quiet = Quiet::with(settings, change);
        let mut ask = |(operation, params): (&str, &str)| {
            let flow = quiet.client.start(operation, params, Options::default());
            quiet.run(flow).expect("there are numbers")
        };
        let offers = offers(&ask(SEARCH));
        let mut found = SEARCHES.map(|search| phone_numbers(&ask(search)));
        let stock = Stock {
            offers,
            sinch: std::mem::take(&mut found[0]),
            voepy: std::mem::take(&mut found[1]),
            vonage: std::mem::take(&mut found[2]),
        };
        let (now, mut sandbox) = (quiet.now, quiet.sandbox);
        add_faults(&mut sandbox, &mut random);
        let mut config = accounts(|provider| format!("{HOST}/{}{}", provider.slug(), Sandbox::base_path(provider)));
        change(&mut config);
        let count = [1, 2, 5, 10, 25, 50][usize::try_from(random.below(6)).unwrap_or(0)];
        let processes = (0..count)
            .map(|index: u64| Process {
                client: open_client(&config, &mut random),
                life: 0,
                alive: true,
                left: purchases / count + u64::from(index < purchases % count),
                running: Vec::new(),
            })
            .collect();
        let journal = SharedJournal::new(usize::try_from(count).unwrap_or(0), broken);
        let journal_fails_one_in = [u64::MAX, 10_000, 400, 50][usize::try_from(random.below(4)).unwrap_or(0)];
        let give_up_one_in = [u64::MAX, 1_000, 100, 20][usize::try_from(random.below(4)).unwrap_or(0)];
        let crash_one_in = [20, 60, 200, 1_000][usize::try_from(random.below(4)).unwrap_or(0)];
        Self {
            sandbox,
            journal,
            processes,
            ledgers: BTreeMap::new(),
            keys: BTreeMap::new(),
            purchases: BTreeMap::new(),
            begun: 0,
            config,
            stock,
            random,
            now,
            events: BinaryHeap::new(),
            planned: BTreeMap::new(),
            order: 0,
            crash_one_in,
            give_up_one_in,
            journal_fails_one_in,
            broken,
            tally: Tally::default(),
        }
    }

    pub(super) fn run(mut self) -> Tally {
        for process in 0..self.processes.len() {
            // Some processes have several purchases under way at once.
            for _ in 0..=self.random.below(3) {
                self.plan_begin(process);
            }
        }
        self.go_on();
        for round in 0..ROUNDS_OF_RECOVERY {
            let is_open = |process: &Process| process.alive && !process.client.open_intents().is_empty();
            // The first is for what was given up.
            if round > 0 && !self.journal.waits_for_recovery() && !self.processes.iter().any(is_open) {
                break;
            }
            self.now = self.now + BETWEEN_ROUNDS;
            // What went wrong is over by then; what was delayed still happens.
            self.sandbox.clear_faults();
            self.crash_one_in = u64::MAX;
            self.journal_fails_one_in = u64::MAX;
            (0..self.processes.len()).for_each(|process| self.recover(process));
            self.go_on();
        }
        self.judge()
    }

    fn go_on(&mut self) {
        for _ in 0..EVENTS {
            let Some(Reverse((at, order))) = self.events.pop() else { return };
            self.now = self.now.max(at);
            match self.planned.remove(&order) {
                Some(Event::Resolve { process, life, place, action, outcome }) => {
                    let there = &mut self.processes[process];
                    if there.life == life
                        && let Some(running) = there.running[place].as_mut()
                    {
                        running.resolve(self.now, action, outcome);
                        self.step(process, place);
                    }
                }
                Some(Event::Begin { process, life }) if self.processes[process].life == life => self.begin(process),
                Some(Event::Restart { process }) => {
                    self.processes[process].client = open_client(&self.config, &mut self.random);
                    self.processes[process].alive = true;
                    self.recover(process);
                    // It may have crashed again by now.
                    if self.processes[process].alive {
                        self.plan_begin(process);
                    }
                }
                Some(Event::Begin { .. }) | None => {}
            }
        }
    }

    fn plan(&mut self, at: Timestamp, event: Event) {
        self.order += 1;
        self.events.push(Reverse((at, self.order)));
        self.planned.insert(self.order, event);
    }

    fn plan_begin(&mut self, process: usize) {
        let pause = Duration::from_millis(self.random.below(4_000));
        let life = self.processes[process].life;
        self.plan(self.now + pause, Event::Begin { process, life });
    }

    fn begin(&mut self, process: usize) {
        if self.processes[process].left == 0 {
            return;
        }
        self.processes[process].left -= 1;
        let (operation, params) = draw(&mut self.random, &self.stock);
        let flow = self.processes[process].client.start(operation, &params.to_string(), Options::default());
        self.begun += 1;
        let asked = Asked { number: self.begun, provider: "", intent: None, bought: Vec::new() };
        let place = self.processes[process].place(Running::Purchase(flow, asked));
        self.step(process, place);
    }

    fn recover(&mut self, process: usize) {
        if !self.processes[process].alive {
            return;
        }
        let flow = self.processes[process].client.recover();
        let place = self.processes[process].place(Running::Recovery(flow));
        self.step(process, place);
    }

    /// Steps something until it waits, ends, or its process crashes.
    fn step(&mut self, process: usize, place: usize) {
        loop {
            let Some(mut running) = self.processes[process].running[place].take() else { return };
            let stepped = running.step(self.now);
            match stepped {
                Stepped::Perform(action, what) => {
                    self.tally.actions += 1;
                    let crash = self.random.below(self.crash_one_in) == 0;
                    if crash && self.random.below(2) == 0 {
                        return self.crash(process);
                    }
                    let is_purchase = matches!(running, Running::Purchase(..));
                    let give_up = is_purchase && self.random.below(self.give_up_one_in) == 0;
                    if give_up && self.random.below(2) == 0 {
                        return self.give_up(process);
                    }
                    let (at, outcome) = self.perform(process, &mut running, what);
                    if crash {
                        return self.crash(process);
                    }
                    if give_up {
                        return self.give_up(process);
                    }
                    let life = self.processes[process].life;
                    self.plan(at, Event::Resolve { process, life, place, action, outcome });
                }
                Stepped::Item(recovered) => {
                    self.tally.recovered += 1;
                    let view = match recovered.outcome {
                        RecoveredOutcome::Bought { ids, .. } => View::Bought(ids),
                        RecoveredOutcome::NotBought { .. } => View::NotBought,
                        RecoveredOutcome::Unknown { candidates, .. } => View::Unknown(candidates),
                    };
                    self.tell(provider_of(&recovered.operation), &recovered.intent, view);
                }
                Stepped::Idle => {
                    self.processes[process].running[place] = Some(running);
                    return;
                }
                Stepped::Ended(result) => return self.end(process, running, result),
            }
            self.processes[process].running[place] = Some(running);
        }
    }

    fn end(&mut self, process: usize, running: Running, result: trunkline_core::Result<()>) {
        let Running::Purchase(_, Asked { provider, intent, bought, .. }) = running else { return };
        self.plan_begin(process);
        // Without an intent nothing was sent.
        let Some(intent) = intent else { return };
        let view = match result {
            Ok(()) => View::Bought(bought),
            Err(error) if error.delivery == trunkline_core::Delivery::Unknown => {
                self.ledgers.entry(provider).or_default().unknown_at_first += 1;
                View::Unknown(error.candidates.clone())
            }
            Err(_) => View::NotBought,
        };
        self.tell(provider, &intent, view);
    }

    fn tell(&mut self, provider: &'static str, intent: &str, view: View) {
        let views = &mut self.ledgers.entry(provider).or_default().views;
        // Two may recover it at once, where the journal fails: what one of them knows is known.
        let is_known = match (views.get(intent), &view) {
            (Some(Some(View::Bought(_))), View::Unknown(_)) => true,
            (Some(Some(View::NotBought)), View::Unknown(candidates)) => candidates.is_empty(),
            _ => false,
        };
        if !is_known {
            views.insert(intent.to_owned(), Some(view));
        }
    }

    /// Its flow is gone. What became of it the caller asks of a recovery.
    fn give_up(&mut self, process: usize) {
        self.tally.given_up += 1;
        self.plan_begin(process);
    }

    fn crash(&mut self, process: usize) {
        self.tally.crashes += 1;
        self.journal.crash(process);
        let there = &mut self.processes[process];
        there.life += 1;
        there.alive = false;
        there.running.clear();
        let seconds = match self.random.below(10) {
            0..=6 => 1 + self.random.below(60),
            7..=8 => 300 + self.random.below(1_500),
            // Past the time for which keys are known.
            _ => 90_000 + self.random.below(20_000),
        };
        self.plan(self.now + Duration::from_secs(seconds), Event::Restart { process });
    }

    fn judge(mut self) -> Tally {
        self.sandbox.advance(Time(self.now.as_millis()));
        let owners: BTreeMap<&String, &'static str> = self
            .ledgers
            .iter()
            .flat_map(|(provider, ledger)| ledger.views.keys().map(|intent| (intent, *provider)))
            .collect();
        let mut made: BTreeMap<&'static str, BTreeMap<String, u64>> = BTreeMap::new();
        let mut again: BTreeMap<&'static str, u64> = BTreeMap::new();
        let mut bought = BTreeSet::new();
        for (intent, count) in self.sandbox.purchases_by_tag() {
            let provider = owners.get(intent).copied().unwrap_or("nobody");
            made.entry(provider).or_default().insert(intent.clone(), *count);
            if !self.purchases.get(intent).is_none_or(|purchase| bought.insert(purchase)) {
                *again.entry(provider).or_default() += 1;
            }
        }
        for (provider, made) in made {
            let again = again.get(provider).copied().unwrap_or_default();
            let ledger = self.ledgers.entry(provider).or_default();
            (ledger.made, ledger.made_again) = (made, again);
        }
        for (provider, ledger) in &self.ledgers {
            self.tally.rows.insert((*provider).to_owned(), ledger.judge());
        }
        self.tally
    }
}

fn provider_of(operation: &str) -> &'static str {
    let slug = operation.split('.').next().unwrap_or_default();
    trunkline_core::PROVIDERS.iter().map(|entry| entry.facts.slug).find(|known| *known == slug).unwrap_or_default()
}
