//! What becomes of purchases that ended otherwise than the journal says, each told in a world with virtual time.

use serde_json::json;
use std::time::Duration;
use trunkline::sandbox::accounts;
use trunkline_core::tempnumber::{BuyNumber, NumberType};
use trunkline_core::{
    Action, Client, Consult, Consulted, Delivery, ErrorKind, Flow, JournalEntry, JournalEvent, Options, Outcome,
    RecoveredOutcome, Result, Step, Timestamp,
};
use trunkline_sandbox::{Fault, FaultKind, ProviderName, Sandbox};
use trunkline_tests::world::{HOST, World};

/// Runs a flow with a journal that fails to take some lines, and gives those that it has taken.
fn run_with_journal<T, I>(
    world: &mut World,
    mut flow: Flow<T, I>,
    fails: fn(&JournalEvent) -> bool,
) -> (Result<T>, Vec<JournalEntry>) {
    let mut taken = Vec::new();
    loop {
        match flow.step(world.now) {
            Step::Perform(id, Action::Record(entry)) if fails(&entry.event) => {
                flow.resolve(world.now, id, Outcome::NotRecorded("the disk is full".to_owned()));
            }
            Step::Perform(id, action) => {
                if let Action::Record(entry) = &action {
                    taken.push(entry.clone());
                }
                let (at, outcome) = world.perform(action);
                world.now = world.now.max(at);
                flow.resolve(world.now, id, outcome);
            }
            Step::Done(result) => return (result, taken),
            Step::Item(_) | Step::Waiting | Step::Abort(_) => {}
        }
    }
}

fn is_not_bought(event: &JournalEvent) -> bool {
    matches!(event, JournalEvent::NotBought(_))
}

fn buy_number() -> BuyNumber {
    BuyNumber { country_code: "US".to_owned(), duration: "oneMonth".to_owned(), number_type: None }
}

/// What was told not to be bought is written off as soon as the journal works, and bought by no recovery.
fn assert_is_written_off(world: &mut World) {
    let sent = world.requests.len();
    let flow = world.client.recover();
    let (_, lines) = run_with_journal(world, flow, |_| false);
    assert!(matches!(lines.as_slice(), [only] if is_not_bought(&only.event)), "{lines:?}");
    assert_eq!((world.requests.len(), world.purchases("tempnumber")), (sent, 0));
    let flow = world.client.recover();
    assert_eq!(run_with_journal(world, flow, |_| false).1, []);
}

#[test]
fn an_intent_that_may_have_been_written_is_written_off() {
    let mut world = World::new();
    let flow = world.client.call(buy_number(), Options::default());
    let (result, lines) = run_with_journal(&mut world, flow, |_| true);
    assert_eq!((result.expect_err("it fails").kind, lines), (ErrorKind::JournalFailed, vec![]));
    assert_is_written_off(&mut world);
}

#[test]
fn a_purchase_that_is_given_up_before_it_is_sent_is_written_off() {
    let mut world = World::new();
    let mut flow = world.client.call(buy_number(), Options::default());
    assert!(matches!(flow.step(world.now), Step::Perform(_, Action::Record(_))));
    drop(flow);
    assert_is_written_off(&mut world);
}

#[test]
fn a_refusal_that_could_not_be_written_stays_one() {
    let poor = serde_json::from_value(json!({ "tempnumber": { "wallet_cents": 0 } })).expect("settings");
    let mut world = World::with(poor, |_| {});
    let flow = world.client.call(buy_number(), Options::default());
    let (result, lines) = run_with_journal(&mut world, flow, is_not_bought);
    assert_eq!((result.expect_err("it is refused").kind, lines.len()), (ErrorKind::InsufficientFunds, 1));
    assert_is_written_off(&mut world);
}

#[test]
fn the_next_purchase_writes_off_what_could_not_be_before() {
    let mut world = World::new();
    let flow = world.client.call(buy_number(), Options::default());
    run_with_journal(&mut world, flow, |_| true).0.expect_err("it fails");
    let flow = world.client.call(buy_number(), Options::default());
    let (result, lines) = run_with_journal(&mut world, flow, is_not_bought);
    assert_eq!((result.expect_err("not before that").kind, lines), (ErrorKind::JournalFailed, vec![]));
    let flow = world.client.call(buy_number(), Options::default());
    let (result, lines) = run_with_journal(&mut world, flow, |_| false);
    result.expect("bought");
    assert!(lines.len() == 3 && is_not_bought(&lines[0].event), "{lines:?}");
    assert!(lines[1].intent != lines[0].intent && lines[1].intent == lines[2].intent, "{lines:?}");
}

fn recover(world: &mut World) -> Vec<RecoveredOutcome> {
    let (mut flow, mut outcomes) = (world.client.recover(), Vec::new());
    loop {
        match flow.step(world.now) {
            Step::Perform(id, action) => {
                let (at, outcome) = world.perform(action);
                world.now = world.now.max(at);
                flow.resolve(world.now, id, outcome);
            }
            Step::Item(recovered) => outcomes.push(recovered.outcome),
            Step::Done(result) => return result.map(|()| outcomes).expect("recovered"),
            Step::Waiting | Step::Abort(_) => {}
        }
    }
}

/// Somebody else buys on the account, time passes, a purchase is lost, its key is forgotten, and it is recovered.
fn recovered_after_its_key(others: NumberType, days: u64, kind: FaultKind) -> RecoveredOutcome {
    let mut world = World::new();
    let other = World::new().client;
    let options =
        Options { idempotency_key: Some("6f1c3b2a-0000-4000-8000-000000000000".to_owned()), ..Options::default() };
    let flow = other.call(BuyNumber { number_type: Some(others), ..buy_number() }, options);
    world.run(flow).expect("bought by somebody else");
    world.pass(Duration::from_secs(days * 86_400));
    world.add_fault(Fault {
        provider: ProviderName::from_slug("tempnumber"),
        operation: Some("POST /numbers/buy".to_owned()),
        ..Fault::new(kind)
    });
    let voip = BuyNumber { number_type: Some(NumberType::Voip), ..buy_number() };
    let flow = world.client.call(voip, Options::default());
    assert_eq!(world.run(flow).expect_err("it is lost").kind, ErrorKind::PurchaseUnknown);
    world.sandbox.clear_faults();
    world.pass(Duration::from_secs(26 * 3600));
    let [outcome] = recover(&mut world).try_into().expect("one was open");
    outcome
}

#[test]
fn what_was_bought_at_another_time_or_is_of_another_kind_is_not_taken_for_a_purchase_whose_key_is_forgotten() {
    for (others, days) in [(NumberType::Voip, 8), (NumberType::NonVoip, 0)] {
        let outcome = recovered_after_its_key(others.clone(), days, FaultKind::LostBeforeActing);
        assert!(matches!(outcome, RecoveredOutcome::NotBought { .. }), "{others:?}, {days} days before: {outcome:?}");
        let outcome = recovered_after_its_key(others, days, FaultKind::LostAfterActing);
        assert!(
            matches!(&outcome, RecoveredOutcome::Bought { ids, .. } if ids == &["1002"]),
            "{days} days: {outcome:?}"
        );
    }
}

#[test]
fn of_two_purchases_whose_keys_are_forgotten_the_older_takes_what_the_newer_cannot_have_bought() {
    let mut world = World::new();
    world.add_fault(Fault {
        provider: ProviderName::from_slug("tempnumber"),
        operation: Some("POST /numbers/buy".to_owned()),
        ..Fault::new(FaultKind::LostAfterActing)
    });
    for _ in 0..2 {
        let flow = world.client.call(buy_number(), Options::default());
        assert_eq!(world.run(flow).expect_err("it is lost").kind, ErrorKind::PurchaseUnknown);
        world.pass(Duration::from_secs(5 * 86_400));
    }
    world.sandbox.clear_faults();
    let ids = |outcome: RecoveredOutcome| match outcome {
        RecoveredOutcome::Bought { ids, .. } => ids,
        other => panic!("{other:?}"),
    };
    let mut bought: Vec<Vec<String>> = recover(&mut world).into_iter().map(ids).collect();
    bought.sort();
    assert_eq!(bought, [["1001"], ["1002"]]);
}

#[test]
fn what_may_be_sent_again_under_its_key_is_bought_by_no_other_purchase() {
    let mut world = World::new();
    let fault = Fault::new(FaultKind::LostBeforeActing);
    world.add_fault(Fault {
        provider: ProviderName::from_slug("voepy"),
        operation: Some("POST /v1/numbers/order".to_owned()),
        ..fault
    });
    let params = r#"{"phone_numbers":["+15125550100"],"country_code":"US","number_type":"local"}"#;
    let order = |world: &mut World, idempotency_key: Option<String>| {
        let flow = world.client.start("voepy.order_numbers", params, Options { idempotency_key, ..Options::default() });
        world.run(flow)
    };
    let lost = order(&mut world, None).expect_err("it is lost");
    assert_eq!(lost.kind, ErrorKind::PurchaseUnknown);
    world.sandbox.clear_faults();
    let other = order(&mut world, None).expect_err("the first may land");
    assert_eq!((other.kind, other.delivery), (ErrorKind::Conflict, Delivery::NotSent));
    assert!(other.message.contains("is not settled: recover first"), "{other}");
    order(&mut world, lost.idempotency_key.clone()).expect("the same purchase, again");
    assert_eq!(world.purchases("voepy"), 1);
}

#[test]
fn what_a_purchase_has_claimed_that_is_given_up_is_released() {
    let config = accounts(|provider| format!("{HOST}/{}{}", provider.slug(), Sandbox::base_path(provider)));
    let client = Client::with_shared_journal(config, [7; 16]).expect("good settings");
    let now = Timestamp::EPOCH;
    let params = r#"{"country":"GB","phone_number":"+447700900000"}"#;
    let mut flow = client.start("vonage.buy_number", params, Options::default());
    let claim = loop {
        match flow.step(now) {
            Step::Perform(id, Action::Record(_)) => flow.resolve(now, id, Outcome::Recorded),
            Step::Perform(_, Action::Consult(Consult::Claim(claim))) => break claim,
            other => panic!("{other:?}"),
        }
    };
    drop(flow);
    let mut flow = client.recover();
    let Step::Perform(id, Action::Consult(Consult::Release { intent, keys })) = flow.step(now) else {
        panic!("nothing is released")
    };
    assert_eq!((&intent, keys), (&claim.intent, vec![claim.key]));
    flow.resolve(now, id, Outcome::Consulted(Consulted::Released));
    let Step::Perform(_, Action::Record(line)) = flow.step(now) else { panic!("nothing is written") };
    assert!(line.intent == intent && is_not_bought(&line.event), "{line:?}");
}
