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
    /// That these were not bought is still to be written: a journal that holds no more than their intent would have them
    /// waited for by other purchases, and bought by a recovery.
    written_off: Mutex<Vec<WriteOff>>,
}

/// A purchase that was not made, and that the journal does not know of yet.
#[derive(Clone)]
struct WriteOff {
    line: JournalEntry,
    /// What it holds: another's, as long as it is not given up.
    keys: Vec<String>,
}

impl Books {
    /// Of a client; `shared` says whether the host's journal answers claims and surveys.
    pub(crate) fn new(shared: bool) -> Self {
        Self { shared, ..Self::default() }
    }

    pub(super) async fn consult(&self, cx: &Cx, question: Consult) -> Result<Consulted> {
        if self.shared {
            return cx.consult(question).await;
        }
        Ok(lock(&self.ledger).consult(question))
    }

    /// Writes off what the journal could not take before. Nothing is begun until then: who was told that a purchase is not
    /// made may ask for another in its place.
    async fn write_off(&self, cx: &Cx) -> Result<()> {
        let next = || lock(&self.written_off).first().cloned();
        while let Some(WriteOff { line, keys }) = next() {
            let intent = line.intent.clone();
            if !keys.is_empty() {
                self.consult(cx, Consult::Release { intent: intent.clone(), keys }).await?;
            }
            cx.record(line).await?;
            lock(&self.written_off).retain(|other| other.line.intent != intent);
        }
        Ok(())
    }

    /// What nobody works on: of processes that are gone, and what this client has given up or could not tell.
    pub(super) async fn adopt(&self, cx: &Cx) -> Result<Vec<OpenIntent>> {
        self.write_off(cx).await?;
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
    /// That it was not bought, where it is certain and not written yet.
    not_bought: Mutex<Option<JournalEntry>>,
    /// The keys that it has claimed.
    claimed: Mutex<Vec<String>>,
}

impl<'a> Record<'a> {
    /// Makes a new intent durable.
    pub(super) async fn begin(call: &'a Call, event: JournalEvent) -> Result<Self> {
        call.session.books.write_off(&call.cx).await?;
        let id = call.session.new_uuid();
        let record = Self::resume(call, id);
        record.insists.store(false, Ordering::Relaxed);
        let given_up = JournalEvent::NotBought("it was given up before it was sent".to_owned());
        *lock(&record.not_bought) = Some(record.line(given_up));
        if let Err(error) = record.write(event).await {
            // The line may be there all the same; if it is, nothing was sent.
            let _ = record.write(JournalEvent::NotBought(error.message.clone())).await;
            return Err(error);
        }
        Ok(record)
    }

    /// Goes on with one that is there.
    pub(super) fn resume(call: &'a Call, id: String) -> Self {
        let (not_bought, claimed) = (Mutex::default(), Mutex::default());
        Self { id, call, insists: AtomicBool::new(true), not_bought, claimed }
    }

    /// It is sent now: it may be bought, and a journal that fails is tried again.
    pub(super) fn insist(&self) {
        *lock(&self.not_bought) = None;
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

    fn line(&self, event: JournalEvent) -> JournalEntry {
        let account = self.call.session.name_in_journal.clone();
        JournalEntry { intent: self.id.clone(), at: self.call.cx.now(), account, event }
    }

    pub(super) async fn write(&self, event: JournalEvent) -> Result<()> {
        let entry = self.line(event);
        let is_not_bought = matches!(entry.event, JournalEvent::NotBought(_));
        if is_not_bought {
            *lock(&self.not_bought) = Some(entry.clone());
            self.release().await?;
        }
        let mut pauses = INSISTENCE.into_iter();
        while let Err(error) = self.call.cx.record(entry.clone()).await {
            if !self.pause_to_insist(&mut pauses).await {
                return Err(error);
            }
        }
        if is_not_bought {
            *lock(&self.not_bought) = None;
        }
        let mut ledger = lock(&self.call.session.books.ledger);
        ledger.apply(entry);
        ledger.forget_bought();
        Ok(())
    }

    /// Who holds what the provider calls `id`, now that this purchase has asked.
    pub(super) async fn claim(&self, id: &str, instead_of: Option<String>) -> Result<String> {
        let claim = Claim { key: self.key(id), intent: self.id.clone(), instead_of };
        // Before it is asked: an answer may never come.
        lock(&self.claimed).push(claim.key.clone());
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

    /// What this purchase may hold since before it was resumed.
    pub(super) fn may_hold(&self, ids: &[String]) {
        lock(&self.claimed).extend(ids.iter().map(|id| self.key(id)));
    }

    /// Gives up what it holds.
    async fn release(&self) -> Result<()> {
        let keys = lock(&self.claimed).clone();
        if keys.is_empty() {
            return Ok(());
        }
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
        let books = &self.call.session.books;
        let Some(line) = lock(&self.not_bought).take() else {
            return lock(&books.ledger).abandon(&self.id);
        };
        lock(&books.ledger).apply(line.clone());
        let keys = std::mem::take(&mut *lock(&self.claimed));
        lock(&books.written_off).push(WriteOff { line, keys });
    }
}
