//! What a journal adds up to: the purchases whose end is not known, and which purchase holds which number. Claims are what
//! keeps two purchases from taking the same number for their own.

pub mod kept;

use crate::journal::{JournalEntry, JournalEvent};
use crate::money::Money;
use crate::time::Timestamp;
use crate::wire::writer::to_text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;

/// So long a purchase that went through is told again after a crash.
pub const REMEMBERED: Duration = Duration::from_secs(3600);

/// A purchase whose end is not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenIntent {
    /// Joins its lines; unique.
    pub id: String,
    /// When it was begun.
    pub at: Timestamp,
    /// The account's name in the client; with `@` and its base URL where that is not the provider's own.
    pub account: String,
    /// `rentnumber.rent`
    pub operation: String,
    /// The operation's parameters, as JSON text.
    pub params: String,
    /// The key under which it went.
    pub idempotency_key: Option<String>,
    /// Ids of what there was before it, where what is bought is known only by being new.
    pub owned: Vec<String>,
    /// It is under way no longer than this.
    pub until: Timestamp,
    /// How far it got.
    pub state: IntentState,
}

/// How far a purchase got.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IntentState {
    /// It is under way.
    Sent,
    /// Its answer was lost, and it is being looked for.
    Lost,
    /// Nobody works on it any more: its flow was dropped, or its process is gone.
    Abandoned,
    /// It was looked for. Ids of what it may have been.
    Unknown(Vec<String>),
    /// It went through: ids of what was bought. Its program was told, unless its process ended first.
    Bought(Vec<String>),
    /// It went through, and its process is gone: its program may not have heard of it.
    Untold(Vec<String>),
}

impl OpenIntent {
    /// Whether it may still be answered, so that what is new may be its own.
    pub fn is_under_way(&self, now: Timestamp) -> bool {
        self.state == IntentState::Sent && now < self.until
    }

    /// Whether the provider still knows the key under which it went, so that it may be sent again.
    pub(crate) fn may_be_sent_again(&self, now: Timestamp, key_window: Duration) -> bool {
        self.idempotency_key.is_some() && now < self.at + key_window
    }

    /// Whether its end is not known.
    pub fn is_open(&self) -> bool {
        !matches!(self.state, IntentState::Bought(_) | IntentState::Untold(_))
    }

    /// Whether it is to be recovered: nobody works on it, and its end is not known or was told to nobody.
    fn waits_for_recovery(&self) -> bool {
        matches!(self.state, IntentState::Abandoned | IntentState::Unknown(_) | IntentState::Untold(_))
    }

    /// The lines that make it what it is.
    pub fn lines(&self) -> Vec<JournalEntry> {
        let line = |event| JournalEntry { intent: self.id.clone(), at: self.at, account: self.account.clone(), event };
        let begun = JournalEvent::Intent {
            operation: self.operation.clone(),
            params: self.params.clone(),
            idempotency_key: self.idempotency_key.clone(),
            owned: self.owned.clone(),
            until: self.until,
        };
        let since = match &self.state {
            IntentState::Sent => return vec![line(begun)],
            IntentState::Lost => JournalEvent::Lost,
            IntentState::Abandoned => JournalEvent::Abandoned,
            IntentState::Unknown(candidates) => JournalEvent::Unknown(candidates.clone()),
            IntentState::Bought(ids) => JournalEvent::Bought { ids: ids.clone() },
            IntentState::Untold(ids) => JournalEvent::Untold { ids: ids.clone() },
        };
        vec![line(begun), line(since)]
    }

    /// Nobody works on it from now on.
    fn abandon(&mut self) {
        match &mut self.state {
            IntentState::Sent | IntentState::Lost => self.state = IntentState::Abandoned,
            IntentState::Bought(ids) => self.state = IntentState::Untold(std::mem::take(ids)),
            IntentState::Abandoned | IntentState::Unknown(_) | IntentState::Untold(_) => {}
        }
    }
}

/// Asks to hold something: the first to ask holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// `provider:id`
    pub key: String,
    /// Who asks.
    pub intent: String,
    /// Whom it is taken from, where that is still the holder.
    pub instead_of: Option<String>,
}

/// What a flow asks of a journal that processes share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consult {
    /// Who holds it, now that this intent has asked: durably. Answered with [`Consulted::Holder`].
    Claim(Claim),
    /// Who holds these keys, and what is open anywhere. Answered with [`Consulted::Survey`].
    Survey(Vec<String>),
    /// Give these keys up, where this intent holds them: durably. Answered with [`Consulted::Released`].
    Release {
        /// Who gives them up.
        intent: String,
        /// Which.
        keys: Vec<String>,
    },
    /// What the purchases of this account (by its name in the journal) cost, anywhere. Answered with [`Consulted::Spent`].
    Spent(String),
    /// Take over what processes that are gone left. Answered with [`Consulted::Adopted`].
    Adopt,
}

impl Consult {
    /// As JSON text, for hosts.
    pub fn to_json(&self) -> String {
        to_text(self)
    }

    /// Reads that text.
    pub fn from_json(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|problem| format!("a question to the journal cannot be read: {problem}"))
    }
}

/// What a journal that processes share answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consulted {
    /// Who holds what was claimed.
    Holder(String),
    /// What the journal holds.
    Survey(Survey),
    /// It was given up.
    Released,
    /// What purchases cost.
    Spent(Vec<Spending>),
    /// What is to be recovered, here and of what was taken over.
    Adopted(Vec<OpenIntent>),
}

/// What a purchase cost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spending {
    /// The purchase.
    pub intent: String,
    /// When it was begun.
    pub at: Timestamp,
    /// The account's name in the journal.
    pub account: String,
    /// What it cost.
    pub price: Money,
}

/// So long what a purchase cost is remembered.
pub const SPENDING_REMEMBERED: Duration = Duration::from_secs(31 * 24 * 60 * 60);

impl Consulted {
    /// As JSON text, for hosts.
    pub fn to_json(&self) -> String {
        to_text(self)
    }

    /// Reads that text.
    pub fn from_json(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|problem| format!("its answer cannot be read: {problem}"))
    }
}

/// Who holds what, and what is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Survey {
    /// Who holds each key that was asked for.
    pub holders: Vec<Option<String>>,
    /// Every purchase whose end is not known, of every process that shares the journal.
    pub open: Vec<OpenIntent>,
}

/// What lines and claims add up to.
#[derive(Debug, Default)]
pub struct Ledger {
    intents: BTreeMap<String, OpenIntent>,
    holders: BTreeMap<String, String>,
    spendings: Vec<Spending>,
}

impl Ledger {
    /// Takes a line in.
    pub fn apply(&mut self, entry: JournalEntry) {
        let JournalEntry { intent: id, at, account, event } = entry;
        match event {
            JournalEvent::Intent { operation, params, idempotency_key, owned, until } => {
                let state = IntentState::Sent;
                let intent =
                    OpenIntent { id: id.clone(), at, account, operation, params, idempotency_key, owned, until, state };
                self.intents.insert(id, intent);
            }
            JournalEvent::Costs(price) => {
                self.spendings.retain(|spending| spending.intent != id && spending.at + SPENDING_REMEMBERED > at);
                self.spendings.push(Spending { intent: id, at, account, price });
            }
            JournalEvent::NotBought(_) => {
                self.intents.remove(&id);
                self.spendings.retain(|spending| spending.intent != id);
            }
            JournalEvent::Told => {
                self.intents.remove(&id);
            }
            JournalEvent::Bought { ids } => self.set_state(&id, IntentState::Bought(ids)),
            JournalEvent::Untold { ids } => self.set_state(&id, IntentState::Untold(ids)),
            JournalEvent::Lost => self.set_state(&id, IntentState::Lost),
            JournalEvent::Abandoned => self.set_state(&id, IntentState::Abandoned),
            JournalEvent::Unknown(candidates) => self.set_state(&id, IntentState::Unknown(candidates)),
        }
    }

    /// Takes over what another ledger held open.
    pub fn keep(&mut self, intent: OpenIntent) {
        self.intents.insert(intent.id.clone(), intent);
    }

    fn set_state(&mut self, id: &str, state: IntentState) {
        if let Some(intent) = self.intents.get_mut(id) {
            intent.state = state;
        }
    }

    /// Their process is gone: nobody works on what was under way, and of what went through its program may not have heard.
    pub fn abandon_all(&mut self) {
        self.intents.values_mut().for_each(OpenIntent::abandon);
    }

    /// Forgets what went through, for its program was told.
    pub fn forget_bought(&mut self) {
        self.intents.retain(|_, intent| !matches!(intent.state, IntentState::Bought(_)));
    }

    /// Forgets what went through so long ago that its program has it.
    fn forget_bought_long_ago(&mut self, now: Timestamp) {
        let is_new = |intent: &OpenIntent| now < intent.at + REMEMBERED;
        self.intents.retain(|_, intent| !matches!(intent.state, IntentState::Bought(_)) || is_new(intent));
    }

    /// Nobody works on this one any more, unless it has ended: its flow was dropped.
    pub(crate) fn abandon(&mut self, id: &str) {
        if let Some(intent) = self.intents.get_mut(id) {
            intent.abandon();
        }
    }

    /// The answer, where all processes there are write to this ledger.
    pub(crate) fn consult(&mut self, question: Consult) -> Consulted {
        match question {
            Consult::Claim(claim) => Consulted::Holder(self.claim(&claim).to_owned()),
            Consult::Survey(keys) => Consulted::Survey(self.survey(&keys)),
            Consult::Spent(account) => Consulted::Spent(self.spent(&account).cloned().collect()),
            Consult::Adopt => Consulted::Adopted(self.waiting_for_recovery()),
            Consult::Release { intent, keys } => {
                self.release(&intent, &keys);
                Consulted::Released
            }
        }
    }

    /// The purchases whose end is not known.
    pub fn open(&self) -> impl Iterator<Item = &OpenIntent> {
        self.intents.values().filter(|intent| intent.is_open())
    }

    /// The lines that make it what it is.
    pub fn lines(&self) -> Vec<JournalEntry> {
        let costs = |spending: &Spending| {
            let Spending { intent, at, account, price } = spending.clone();
            JournalEntry { intent, at, account, event: JournalEvent::Costs(price) }
        };
        self.intents.values().flat_map(OpenIntent::lines).chain(self.spendings.iter().map(costs)).collect()
    }

    /// What the purchases of that account cost.
    pub fn spent(&self, account: &str) -> impl Iterator<Item = &Spending> {
        self.spendings.iter().filter(move |spending| spending.account == account)
    }

    /// What the purchases of all accounts cost, as far as it is remembered.
    pub fn spendings(&self) -> &[Spending] {
        &self.spendings
    }

    /// Those and what went through as far as it is remembered.
    pub fn intents(&self) -> impl Iterator<Item = &OpenIntent> {
        self.intents.values()
    }

    /// What is to be recovered.
    pub fn waiting_for_recovery(&self) -> Vec<OpenIntent> {
        self.intents.values().filter(|intent| intent.waits_for_recovery()).cloned().collect()
    }

    /// Who holds that key from now on.
    pub fn claim(&mut self, claim: &Claim) -> &str {
        let holder = self.holders.entry(claim.key.clone()).or_insert_with(|| claim.intent.clone());
        if claim.instead_of.as_ref() == Some(holder) {
            holder.clone_from(&claim.intent);
        }
        holder
    }

    /// Gives these up, where this intent holds them.
    pub fn release(&mut self, intent: &str, keys: &[String]) {
        for key in keys {
            if self.holders.get(key).is_some_and(|holder| holder == intent) {
                self.holders.remove(key);
            }
        }
    }

    /// Who holds that key.
    pub fn holder(&self, key: &str) -> Option<&str> {
        self.holders.get(key).map(String::as_str)
    }

    /// Who holds these keys, and all that is open.
    pub fn survey(&self, keys: &[String]) -> Survey {
        let holders = keys.iter().map(|key| self.holders.get(key).cloned()).collect();
        Survey { holders, open: self.open().cloned().collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(key: &str, intent: &str, instead_of: Option<&str>) -> Claim {
        Claim { key: key.to_owned(), intent: intent.to_owned(), instead_of: instead_of.map(str::to_owned) }
    }

    #[test]
    fn the_first_to_ask_holds_it_until_it_is_taken_over_from_that_very_holder() {
        let mut ledger = Ledger::default();
        let held: Vec<String> = [
            claim("vonage:+447700900000", "a", None),
            claim("vonage:+447700900000", "b", None),
            claim("vonage:+447700900000", "b", Some("x")),
            claim("vonage:+447700900000", "b", Some("a")),
            claim("vonage:+447700900000", "c", Some("a")),
            claim("vonage:+447700900001", "c", None),
        ]
        .iter()
        .map(|claim| ledger.claim(claim).to_owned())
        .collect();
        assert_eq!(held, ["a", "a", "a", "b", "b", "c"]);
    }

    #[test]
    fn an_intent_is_open_until_its_end_is_known() {
        let at = Timestamp::from_millis(1_000);
        let line = |intent: &str, event| JournalEntry {
            intent: intent.to_owned(),
            at,
            account: "rentnumber".to_owned(),
            event,
        };
        let begun = |intent| {
            let owned = vec!["7".to_owned()];
            let (operation, params) = ("rentnumber.rent".to_owned(), r#"{"pricing_id":"42"}"#.to_owned());
            line(intent, JournalEvent::Intent { operation, params, idempotency_key: None, owned, until: at })
        };
        let mut ledger = Ledger::default();
        for intent in ["bought", "refused", "lost", "unknown", "sent"] {
            ledger.apply(begun(intent));
        }
        ledger.apply(line("bought", JournalEvent::Bought { ids: vec!["8".to_owned()] }));
        ledger.apply(line("refused", JournalEvent::NotBought("no funds".to_owned())));
        ledger.apply(line("lost", JournalEvent::Lost));
        ledger.apply(line("unknown", JournalEvent::Unknown(vec!["9".to_owned()])));
        ledger.apply(line("nobody", JournalEvent::Lost));
        let states: Vec<(&str, &IntentState)> =
            ledger.open().map(|intent| (intent.id.as_str(), &intent.state)).collect();
        let unknown = IntentState::Unknown(vec!["9".to_owned()]);
        assert_eq!(states, [("lost", &IntentState::Lost), ("sent", &IntentState::Sent), ("unknown", &unknown)]);
        ledger.abandon_all();
        let states: Vec<&IntentState> = ledger.open().map(|intent| &intent.state).collect();
        assert_eq!(states, [&IntentState::Abandoned, &IntentState::Abandoned, &unknown]);
        let untold = IntentState::Untold(vec!["8".to_owned()]);
        assert!(ledger.waiting_for_recovery().iter().any(|intent| intent.id == "bought" && intent.state == untold));
    }
}
