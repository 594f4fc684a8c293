//! A purchase's side of the journal: its lines, what it claims, and what other purchases are open.
//!
//! The client keeps a ledger of its own. Where the host's journal is shared between processes, claims and surveys are the
//! host's to answer, for it alone sees the others.

use crate::call::Call;
use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::flow::{Cx, Why, lock};
use crate::journal::{JournalEntry, JournalEvent};
use crate::ledger::{Claim, Consult, Consulted, Ledger, OpenIntent, Survey};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// What the purchases of one client share.
#[derive(Default)]
pub(crate) struct Books {
    /// The host's journal answers claims and surveys.
    pub(crate) shared: bool,
    pub(crate) ledger: Mutex<Ledger>,
}

impl Books {
    pub(super) async fn consult(&self, cx: &Cx, question: Consult) -> Result<Consulted> {
        if self.shared {
            return cx.consult(question).await;
        }
        Ok(lock(&self.ledger).consult(question))
    }

    /// What nobody works on: of processes that are gone, and what this client has given up or could not tell.
    pub(super) async fn adopt(&self, cx: &Cx) -> Result<Vec<OpenIntent>> {
        let Consulted::Adopted(mut open) = self.consult(cx, Consult::Adopt).await? else {
            return Err(other_answer());
        };
        let mut ledger = lock(&self.ledger);
        // A shared journal does not hear of flows that are dropped.
        let own = ledger.waiting_for_recovery();
        let unheard: Vec<OpenIntent> =
            own.into_iter().filter(|own| open.iter().all(|other| other.id != own.id)).collect();
        open.extend(unheard);
        open.iter().for_each(|intent| ledger.keep(intent.clone()));
        Ok(open)
    }
}

pub(super) fn other_answer() -> Error {
    Error::new(ErrorKind::JournalFailed, Delivery::NotSent, "the journal answered another question than was asked")
}

/// Between tries of what the journal is to know once a request has left.
const INSISTENCE: [Duration; 3] = [Duration::from_millis(500), Duration::from_secs(1), Duration::from_secs(2)];

/// One purchase in the journal.
pub(super) struct Record<'a> {
    pub(super) id: String,
    call: &'a Call,
    /// A request has left: a journal that fails now is tried again, for what was bought is bought.
    insists: AtomicBool,
}

impl<'a> Record<'a> {
    /// Makes a new intent durable.
    pub(super) async fn begin(call: &'a Call, event: JournalEvent) -> Result<Self> {
        let record = Self { id: call.session.new_uuid(), call, insists: AtomicBool::new(false) };
        if let Err(error) = record.write(event).await {
            // The line may be there all the same; if it is, nothing was sent.
            let _ = record.write(JournalEvent::NotBought(error.message.clone())).await;
            return Err(error);
        }
        Ok(record)
    }

    /// Goes on with one that is there.
    pub(super) fn resume(call: &'a Call, id: String) -> Self {
        Self { id, call, insists: AtomicBool::new(true) }
    }

    /// From now on a journal that fails is tried again.
    pub(super) fn insist(&self) {
        self.insists.store(true, Ordering::Relaxed);
    }

    /// Whether to try once more, after a pause.
    async fn pause_to_insist(&self, pauses: &mut impl Iterator<Item = Duration>) -> bool {
        let pause = pauses.next().filter(|_| self.insists.load(Ordering::Relaxed));
        match pause {
            Some(pause) => self.call.cx.sleep(pause, Why::Retry).await.is_ok(),
            None => false,
        }
    }

    async fn consult(&self, question: Consult) -> Result<Consulted> {
        let mut pauses = INSISTENCE.into_iter();
        loop {
            let answer = self.call.session.books.consult(&self.call.cx, question.clone()).await;
            if answer.is_ok() || !self.pause_to_insist(&mut pauses).await {
                return answer;
            }
        }
    }

    pub(super) async fn write(&self, event: JournalEvent) -> Result<()> {
        let account = self.call.session.name_in_journal.clone();
        let entry = JournalEntry { intent: self.id.clone(), at: self.call.cx.now(), account, event };
        let mut pauses = INSISTENCE.into_iter();
        while let Err(error) = self.call.cx.record(entry.clone()).await {
            if !self.pause_to_insist(&mut pauses).await {
                return Err(error);
            }
        }
        let mut ledger = lock(&self.call.session.books.ledger);
        ledger.apply(entry);
        ledger.forget_bought();
        Ok(())
    }

    /// Who holds what the provider calls `id`, now that this purchase has asked.
    pub(super) async fn claim(&self, id: &str, instead_of: Option<String>) -> Result<String> {
        let claim = Claim { key: self.key(id), intent: self.id.clone(), instead_of };
        match self.consult(Consult::Claim(claim)).await? {
            Consulted::Holder(holder) => Ok(holder),
            _ => Err(other_answer()),
        }
    }

    /// Whether this purchase holds it, now that it has asked.
    pub(super) async fn holds(&self, id: &str) -> Result<bool> {
        Ok(self.claim(id, None).await? == self.id)
    }

    /// Makes what the provider calls `id` this purchase's own, whoever guessed that it was his: the provider has said so.
    pub(super) async fn own(&self, id: &str) -> Result<()> {
        let holder = self.claim(id, None).await?;
        if holder != self.id {
            self.claim(id, Some(holder)).await?;
        }
        Ok(())
    }

    /// Gives these up, where this purchase holds them.
    pub(super) async fn release(&self, ids: &[String]) -> Result<()> {
        let keys = ids.iter().map(|id| self.key(id)).collect();
        let question = Consult::Release { intent: self.id.clone(), keys };
        self.consult(question).await.map(|_| ())
    }

    /// Who holds these, and every other purchase of this account whose end is not known.
    pub(super) async fn survey(&self, ids: &[String]) -> Result<Survey> {
        let keys: Vec<String> = ids.iter().map(|id| self.key(id)).collect();
        let session = &self.call.session;
        let Consulted::Survey(mut survey) = self.consult(Consult::Survey(keys)).await? else {
            return Err(other_answer());
        };
        survey.open.retain(|other| other.id != self.id && other.account == session.name_in_journal);
        Ok(survey)
    }

    /// Providers name numbers alike for all of their accounts.
    fn key(&self, id: &str) -> String {
        format!("{}:{id}", self.call.session.place)
    }
}

impl Drop for Record<'_> {
    /// A flow that is dropped on the way works on it no more.
    fn drop(&mut self) {
        lock(&self.call.session.books.ledger).abandon(&self.id);
    }
}
