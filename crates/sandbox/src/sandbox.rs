//! The five accounts, the faults and the schedule behind one door.

mod events;

use crate::events::{EventFault, Outbox};
use crate::faults::{Fault, FaultKind, Faults};
use crate::http::{Request, Response};
use crate::misbehave;
use crate::provider::{Context, Ids, Provider, ProviderName};
use crate::providers;
use crate::reply::{Outcome, Reply};
use crate::schedule::{Event, Schedule, Script};
use crate::settings::Settings;
use crate::time::Time;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// A header that tells requests apart in [`Sandbox::purchases_by_tag`]; providers pass it over.
pub const TAG: &str = "sandbox-tag";

/// How many failures of scripted messages and of events are remembered.
const UNDELIVERED_KEPT: usize = 100;

/// All five providers with one fresh account each.
///
/// Every call tells it the time. Its own time is the latest it was told, and what `advance` through
/// [`Sandbox::control`] added: it never goes back.
pub struct Sandbox {
    settings: Settings,
    /// In the order of [`ProviderName::ALL`], which is that of its variants.
    accounts: Vec<Account>,
    faults: Faults<Fault>,
    event_faults: Faults<EventFault>,
    schedule: Schedule,
    scripts: Vec<Script>,
    undelivered: Vec<String>,
    /// What money was taken for, by the tag of the request.
    purchases: BTreeMap<String, u64>,
    now: Time,
    offset: Duration,
}

struct Account {
    name: ProviderName,
    provider: Box<dyn Provider>,
    /// Each account draws its own, so that calls to one provider do not change the ids of another.
    ids: Ids,
    /// The numbers that scripts have already dealt with.
    known_numbers: BTreeSet<String>,
    outbox: Outbox,
}

impl Account {
    fn advance(&mut self, now: Time, settings: &Settings) {
        self.provider.advance(&mut Context { now, ids: &mut self.ids, settings });
    }
}

impl Sandbox {
    /// Fresh accounts; the same settings and the same calls give the same answers.
    pub fn new(settings: Settings) -> Self {
        let mut seeds = Ids::new(settings.seed);
        let faults = Faults::new(seeds.next());
        let account = |name| Account {
            name,
            provider: providers::open(name, &settings),
            ids: Ids::new(seeds.next()),
            known_numbers: BTreeSet::new(),
            outbox: Outbox::default(),
        };
        let accounts = ProviderName::ALL.into_iter().map(account).collect();
        Self {
            accounts,
            settings,
            faults,
            event_faults: Faults::new(seeds.next()),
            schedule: Schedule::default(),
            scripts: Vec::new(),
            undelivered: Vec::new(),
            purchases: BTreeMap::new(),
            now: Time::default(),
            offset: Duration::ZERO,
        }
    }

    /// A request to a provider. Its path is the one below the provider's host, base path included.
    pub fn handle(&mut self, now: Time, provider: ProviderName, mut request: Request) -> Reply {
        let now = self.settle(now);
        request.path = below_base(provider, &request.path);
        let Some(fault) = self.faults.choose(|fault| fault.matches(provider, &request)) else {
            return Reply::now(Outcome::Respond(self.execute(now, provider, &request)));
        };
        match fault.kind {
            FaultKind::RateLimitedWithRetryAfter
            | FaultKind::RateLimited
            | FaultKind::ServerError
            | FaultKind::BadGatewayHtml => Reply::now(Outcome::Respond(misbehave::refuse(provider, now, &fault))),
            FaultKind::LostBeforeActing => Reply::now(Outcome::Drop),
            FaultKind::Hang => Reply::now(Outcome::Hang),
            FaultKind::ActsLate => {
                let due = now.after(Duration::from_millis(fault.delay_ms));
                self.schedule.plan(due, Event::Request(provider, request));
                Reply::now(if fault.hang { Outcome::Hang } else { Outcome::Drop })
            }
            _ => misbehave::spoil(&fault, self.execute(now, provider, &request)),
        }
    }

    /// From now on these calls go wrong.
    pub fn add_fault(&mut self, fault: Fault) {
        self.faults.add(fault);
    }

    /// No call goes wrong any more; what was delayed still happens.
    pub fn clear_faults(&mut self) {
        self.faults.clear();
    }

    /// An SMS arrives now. The error says why it cannot.
    pub fn receive_sms(
        &mut self,
        now: Time,
        provider: ProviderName,
        to: &str,
        from: &str,
        text: &str,
    ) -> Result<(), String> {
        let now = self.settle(now);
        self.deliver(now, provider, to, from, text)
    }

    /// Messages that arrive later, by themselves; see [`Script`].
    pub fn script_sms(&mut self, now: Time, script: Script) {
        let now = self.settle(now);
        if let Some(to) = script.to {
            let due = now.after(Duration::from_millis(script.after_ms));
            let event = Event::Sms { provider: script.provider, to, from: script.from, text: script.text };
            self.schedule.plan(due, event);
            return;
        }
        if !self.scripts.iter().any(|known| known.provider == script.provider) {
            let account = self.account(script.provider);
            account.known_numbers = account.provider.numbers().into_iter().collect();
        }
        self.scripts.push(script);
    }

    /// Brings everything forward to that time.
    pub fn advance(&mut self, now: Time) {
        let now = self.settle(now);
        for name in ProviderName::ALL {
            self.bring_forward(now, name);
        }
    }

    /// Every provider's state, and what the sandbox itself has in hand.
    pub fn state(&mut self, now: Time) -> Value {
        self.advance(now);
        let states = self.accounts.iter().map(|account| (account.name.slug().to_owned(), account.provider.state()));
        json!({
            "now": self.now.format("%Y-%m-%dT%H:%M:%S%.3fZ"),
            "providers": states.collect::<Map<String, Value>>(),
            "faults": self.faults.list(),
            "event_faults": self.event_faults.list(),
            "events": {
                "waiting": self.accounts.iter().map(|account| account.outbox.waiting()).sum::<usize>(),
                "delivered": self.accounts.iter().map(|account| account.outbox.taken()).sum::<u64>(),
            },
            "scheduled": self.schedule.len(),
            "undelivered": self.undelivered,
        })
    }

    /// How often requests with each [`TAG`] made it take money, late ones included.
    pub fn purchases_by_tag(&self) -> &BTreeMap<String, u64> {
        &self.purchases
    }

    /// The credentials that work, named as the client's settings name them.
    pub fn credentials(provider: ProviderName) -> &'static [(&'static str, &'static str)] {
        providers::credentials(provider)
    }

    /// The settings of a client's account there, when the provider is at `base_url`: its credentials, and where it is.
    pub fn account_settings(provider: ProviderName, base_url: &str) -> Vec<(&'static str, String)> {
        let credentials = Self::credentials(provider).iter().map(|(name, value)| (*name, (*value).to_owned()));
        // Sinch's access tokens come from a host of their own.
        let tokens = (provider == ProviderName::Sinch).then(|| ("auth_url", base_url.to_owned()));
        credentials.chain([("base_url", base_url.to_owned())]).chain(tokens).collect()
    }

    /// What a client's base URL for that provider ends in.
    pub fn base_path(provider: ProviderName) -> &'static str {
        providers::base_path(provider)
    }

    /// Moves the sandbox's time ahead of the time it is told, for good.
    pub(crate) fn move_ahead(&mut self, now: Time, by: Duration) {
        self.offset = self.offset.saturating_add(by);
        self.advance(now);
    }

    fn account(&mut self, provider: ProviderName) -> &mut Account {
        &mut self.accounts[provider as usize]
    }

    /// Lets everything happen that was planned for until now.
    fn settle(&mut self, now: Time) -> Time {
        self.now = self.now.max(now.after(self.offset));
        while let Some((due, event)) = self.schedule.take_due(self.now) {
            match event {
                Event::Request(provider, request) => {
                    self.execute(due, provider, &request);
                }
                Event::Sms { provider, to, from, text } => self.deliver_planned(due, provider, &to, &from, &text),
            }
        }
        self.now
    }

    fn execute(&mut self, now: Time, provider: ProviderName, request: &Request) -> Response {
        self.bring_forward(now, provider);
        let account = &mut self.accounts[provider as usize];
        let mut context = Context { now, ids: &mut account.ids, settings: &self.settings };
        let before = account.provider.purchases();
        let response = account.provider.handle(&mut context, request);
        let made = account.provider.purchases() - before;
        if made > 0
            && let Some(tag) = request.header(TAG)
        {
            *self.purchases.entry(tag.to_owned()).or_default() += made;
        }
        self.follow_up(now, provider);
        response
    }

    fn bring_forward(&mut self, now: Time, provider: ProviderName) {
        self.accounts[provider as usize].advance(now, &self.settings);
        self.follow_up(now, provider);
    }

    /// What comes of whatever a provider did.
    fn follow_up(&mut self, now: Time, provider: ProviderName) {
        self.start_scripts(now, provider);
        self.plan_notices(now, provider);
    }

    fn give_up(&mut self, reason: String) {
        if self.undelivered.len() == UNDELIVERED_KEPT {
            self.undelivered.remove(0);
        }
        self.undelivered.push(reason);
    }

    fn deliver(&mut self, now: Time, provider: ProviderName, to: &str, from: &str, text: &str) -> Result<(), String> {
        self.bring_forward(now, provider);
        let account = &mut self.accounts[provider as usize];
        let mut context = Context { now, ids: &mut account.ids, settings: &self.settings };
        account.provider.receive_sms(&mut context, to, from, text)?;
        self.plan_notices(now, provider);
        Ok(())
    }

    fn deliver_planned(&mut self, now: Time, provider: ProviderName, to: &str, from: &str, text: &str) {
        if let Err(reason) = self.deliver(now, provider, to, from, text) {
            self.give_up(format!("{} {to}: {reason}", provider.slug()));
        }
    }

    /// Numbers that were not there before were bought: the scripts of their provider start for them.
    fn start_scripts(&mut self, now: Time, provider: ProviderName) {
        if !self.scripts.iter().any(|script| script.provider == provider) {
            return;
        }
        let account = &mut self.accounts[provider as usize];
        let numbers: BTreeSet<String> = account.provider.numbers().into_iter().collect();
        for to in numbers.difference(&account.known_numbers) {
            for script in self.scripts.iter().filter(|script| script.provider == provider) {
                let (from, text) = (script.from.clone(), script.text.clone());
                self.schedule.plan(now.after(script.delay()), Event::Sms { provider, to: to.clone(), from, text });
            }
        }
        account.known_numbers = numbers;
    }
}

/// Strips the provider's base path. A path outside of it becomes one that no provider knows.
fn below_base(provider: ProviderName, path: &str) -> String {
    let base = providers::base_path(provider);
    match path.strip_prefix(base).filter(|rest| rest.is_empty() || rest.starts_with('/')) {
        Some(rest) => rest.to_owned(),
        None => format!("/outside{base}{path}"),
    }
}
