//! Clients that share a journal in a directory, against one sandbox.

use futures_util::StreamExt;
use std::path::PathBuf;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use trunkline::sandbox::{Fault, FaultKind, Sandbox};
use trunkline::{
    BoxFuture, Consult, Consulted, DirectoryJournal, ErrorKind, IntentState, Journal, JournalEntry, Recovered,
    RecoveredOutcome, Timestamp, Trunkline, rentnumber, vonage,
};
use trunkline_core::{Claim, JournalEvent, Ledger};

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("journal-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        Self(folder)
    }

    fn client(&self, sandbox: &Sandbox) -> Trunkline {
        let journal = DirectoryJournal::open(&self.0).expect("a local folder");
        let builder = Trunkline::builder().config(Sandbox::config()).transport(sandbox.clone());
        builder.journal(Arc::new(journal)).build().expect("good settings")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn purchases(sandbox: &Sandbox, provider: &str) -> u64 {
    let state: serde_json::Value = serde_json::from_str(&sandbox.state()).expect("JSON");
    state["providers"][provider]["purchases"].as_u64().expect("counted")
}

async fn recover(client: &Trunkline) -> Vec<Recovered> {
    let items: Vec<_> = pin!(client.recover()).collect().await;
    items.into_iter().map(|item| item.expect("recovered")).collect()
}

fn buy(number: &str) -> vonage::BuyNumber {
    vonage::BuyNumber { country: "GB".to_owned(), phone_number: number.parse().expect("E.164"), target_api_key: None }
}

/// Begins a purchase that is never answered, and gives it up.
async fn give_up(client: &Trunkline, sandbox: &Sandbox, kind: FaultKind) {
    let fault = Fault { operation: Some("POST /rent".to_owned()), times: Some(1), hang: true, ..Fault::new(kind) };
    sandbox.add_fault(Fault { delay_ms: 100, ..fault });
    let rent = rentnumber::Rent { pricing_id: 42.into() };
    let given_up = tokio::time::timeout(Duration::from_millis(300), async { client.call(rent).await }).await;
    assert!(given_up.is_err(), "it hangs");
}

#[tokio::test]
async fn what_a_client_that_is_gone_left_open_another_recovers_and_one_that_lives_is_left_alone() {
    let (folder, sandbox) = (Folder::new("gone"), Sandbox::start());
    let (first, second) = (folder.client(&sandbox), folder.client(&sandbox));
    give_up(&first, &sandbox, FaultKind::ActsLate).await;
    assert_eq!(recover(&second).await, [], "its process lives");
    let open: Vec<IntentState> = first.open_purchases().into_iter().map(|intent| intent.state).collect();
    assert_eq!(open, [IntentState::Abandoned]);
    drop(first);
    let recovered = recover(&second).await;
    let [Recovered { operation, outcome: RecoveredOutcome::Bought { ids, value }, .. }] = recovered.as_slice() else {
        panic!("{recovered:?}")
    };
    assert_eq!((operation.as_str(), ids.as_slice()), ("rentnumber.rent", &["101".to_owned()][..]));
    assert!(value.as_ref().is_some_and(|value| value.contains(r#""rental_id":"101""#)), "{value:?}");
    assert_eq!((purchases(&sandbox, "rentnumber"), recover(&second).await), (1, vec![]));
}

#[tokio::test]
async fn what_never_landed_stays_open_while_it_may_still_land() {
    let (folder, sandbox) = (Folder::new("young"), Sandbox::start());
    let first = folder.client(&sandbox);
    give_up(&first, &sandbox, FaultKind::Hang).await;
    drop(first);
    let second = folder.client(&sandbox);
    for _ in 0..2 {
        let recovered = recover(&second).await;
        let [Recovered { outcome: RecoveredOutcome::Unknown { candidates, reason }, .. }] = recovered.as_slice() else {
            panic!("{recovered:?}")
        };
        assert_eq!(candidates, &[] as &[String]);
        assert!(reason.contains("may still land: recover again in"), "{reason}");
    }
    assert_eq!(purchases(&sandbox, "rentnumber"), 0);
}

#[tokio::test]
async fn a_number_that_one_client_has_bought_another_does_not_buy_again() {
    let (folder, sandbox) = (Folder::new("twice"), Sandbox::start());
    let (first, second) = (folder.client(&sandbox), folder.client(&sandbox));
    first.call(buy("+447700900000")).await.expect("bought");
    let error = second.call(buy("+447700900000")).await.expect_err("it is owned");
    assert_eq!(error.kind, ErrorKind::Conflict);
    assert!(error.message.contains("an earlier purchase has bought +447700900000"), "{error}");
    // Once it was given up it can be bought again.
    let cancel = vonage::CancelNumber {
        country: "GB".to_owned(),
        phone_number: "+447700900000".parse().expect("E.164"),
        target_api_key: None,
    };
    first.call(cancel).await.expect("cancelled");
    second.call(buy("+447700900000")).await.expect("bought");
    assert_eq!(purchases(&sandbox, "vonage"), 2);
}

/// What somebody else does to the ledger right before a question is answered.
type Meddling = Box<dyn FnMut(&mut Ledger, &Consult) + Send>;

/// A journal that clients share with somebody else.
struct Contested(Mutex<(Ledger, Meddling)>);

impl Contested {
    fn by(meddling: impl FnMut(&mut Ledger, &Consult) + Send + 'static) -> Arc<Self> {
        Arc::new(Self(Mutex::new((Ledger::default(), Box::new(meddling)))))
    }

    fn client(self: &Arc<Self>, sandbox: &Sandbox) -> Trunkline {
        let builder = Trunkline::builder().config(Sandbox::config()).transport(sandbox.clone());
        builder.journal(Arc::clone(self) as Arc<dyn Journal>).build().expect("good settings")
    }

    fn answer(&self, question: Consult) -> Consulted {
        let mut state = self.0.lock().expect("not poisoned");
        let (ledger, meddle) = &mut *state;
        meddle(ledger, &question);
        match question {
            Consult::Claim(claim) => Consulted::Holder(ledger.claim(&claim).to_owned()),
            Consult::Survey(keys) => Consulted::Survey(ledger.survey(&keys)),
            Consult::Adopt => {
                ledger.abandon_all();
                Consulted::Adopted(ledger.waiting_for_recovery())
            }
            Consult::Release { intent, keys } => {
                ledger.release(&intent, &keys);
                Consulted::Released
            }
            Consult::Spent(_) => Consulted::Spent(Vec::new()),
        }
    }
}

impl Journal for Contested {
    fn record(&self, entry: JournalEntry) -> BoxFuture<'_, Result<(), String>> {
        self.0.lock().expect("not poisoned").0.apply(entry);
        Box::pin(std::future::ready(Ok(())))
    }

    fn is_shared(&self) -> bool {
        true
    }

    fn consult(&self, question: Consult) -> BoxFuture<'_, Result<Consulted, String>> {
        Box::pin(std::future::ready(Ok(self.answer(question))))
    }
}

/// Lets somebody else hold what this one is called, from now on or no more.
fn somebody_else_holds(ledger: &mut Ledger, key: &str, holds: bool) {
    let intent = "somebody else".to_owned();
    if holds {
        ledger.claim(&Claim { key: key.to_owned(), intent, instead_of: None });
    } else {
        ledger.release(&intent, &[key.to_owned()]);
    }
}

/// What was recovered, oldest purchase first.
fn bought(mut recovered: Vec<Recovered>) -> Vec<Vec<String>> {
    recovered.sort_by_key(|one| one.at);
    let ids = |one: Recovered| match one.outcome {
        RecoveredOutcome::Bought { ids, .. } => ids,
        other => panic!("{other:?}"),
    };
    recovered.into_iter().map(ids).collect()
}

#[tokio::test]
async fn what_somebody_else_was_quicker_with_is_not_made_up_for_by_anothers() {
    let mut was_held: Option<String> = None;
    let journal = Contested::by(move |ledger, question| match (&was_held, question) {
        (None, Consult::Claim(claim)) if claim.key.ends_with(":101") => {
            somebody_else_holds(ledger, &claim.key, true);
            was_held = Some(claim.key.clone());
        }
        (Some(key), _) => somebody_else_holds(ledger, key, false),
        (None, _) => {}
    });
    let sandbox = Sandbox::start();
    let first = journal.client(&sandbox);
    for _ in 0..2 {
        give_up(&first, &sandbox, FaultKind::ActsLate).await;
        // Two requests a second are allowed.
        tokio::time::sleep(Duration::from_millis(1_100)).await;
    }
    drop(first);
    assert_eq!(bought(recover(&journal.client(&sandbox)).await), [["101"], ["102"]]);
}

#[tokio::test]
async fn what_a_purchase_under_way_holds_is_looked_at_again_after_it() {
    let surveys = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&surveys);
    let journal = Contested::by(move |ledger, question| {
        let Consult::Survey(keys) = question else { return };
        let Some(key) = keys.first() else { return };
        match counted.fetch_add(1, Ordering::Relaxed) {
            0 => {
                let mut theirs = ledger.open().next().expect("the lost purchase").clone();
                theirs.id = "somebody else".to_owned();
                theirs.state = IntentState::Sent;
                ledger.keep(theirs);
                somebody_else_holds(ledger, key, true);
            }
            1 => {
                let (intent, at) = ("somebody else".to_owned(), Timestamp::from_millis(0));
                let event = JournalEvent::NotBought("refused".to_owned());
                ledger.apply(JournalEntry { intent, at, account: "rentnumber".to_owned(), event });
                somebody_else_holds(ledger, key, false);
            }
            _ => {}
        }
    });
    let sandbox = Sandbox::start();
    let first = journal.client(&sandbox);
    give_up(&first, &sandbox, FaultKind::ActsLate).await;
    drop(first);
    assert_eq!(bought(recover(&journal.client(&sandbox)).await), [["101"]]);
    assert!(surveys.load(Ordering::Relaxed) > 1);
}

#[tokio::test]
async fn what_a_purchase_holds_whose_end_is_not_known_is_not_told_to_be_absent() {
    let journal = Contested::by(|ledger, question| {
        let Consult::Survey(keys) = question else { return };
        let Some(key) = keys.first() else { return };
        let mut theirs = ledger.open().next().expect("the lost purchase").clone();
        theirs.id = "somebody else".to_owned();
        theirs.state = IntentState::Abandoned;
        ledger.keep(theirs);
        somebody_else_holds(ledger, key, true);
    });
    let sandbox = Sandbox::start();
    let first = journal.client(&sandbox);
    give_up(&first, &sandbox, FaultKind::ActsLate).await;
    drop(first);
    let recovered = recover(&journal.client(&sandbox)).await;
    let [Recovered { outcome: RecoveredOutcome::Unknown { candidates, reason }, .. }] = recovered.as_slice() else {
        panic!("{recovered:?}")
    };
    assert!(candidates.is_empty() && reason.contains("another purchase that is not settled"), "{recovered:?}");
}
