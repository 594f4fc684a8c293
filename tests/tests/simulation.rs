//! Purchases by many processes under every fault and crash, and many who wait for messages, in virtual time: see
//! `trunkline_tests::simulate`.

use std::time::Duration;
use trunkline_tests::simulate::{Broken, Row, listening, run, waiting};

fn total(purchases: u64, seed: u64, broken: Option<Broken>) -> Row {
    run(purchases, seed, broken, &|_| {}).total()
}

#[test]
fn nothing_is_bought_twice_or_lost_whatever_goes_wrong() {
    let tally = run(4_000, 1, None, &|_| {});
    let Row { asked, made, doubled, lost, unknown, invented, stuck, .. } = tally.total();
    assert_eq!((doubled, lost, unknown, invented, stuck), (0, 0, 0, 0, 0), "\n{}", tally.table());
    assert!(asked > 3_300 && made > 2_300 && tally.crashes > 20 && tally.given_up > 20, "\n{}", tally.table());
}

#[test]
fn the_same_seed_gives_the_same_figures() {
    let figures = |seed| run(1_200, seed, None, &|_| {}).to_json().to_string();
    assert_eq!(figures(7), figures(7));
    assert_ne!(figures(7), figures(8));
}

#[test]
fn a_retry_rule_that_sends_lost_purchases_again_shows() {
    let broken = total(400, 3, Some(Broken::Retry));
    assert!(broken.doubled > 0, "{broken:?}");
}

#[test]
fn a_claim_rule_that_gives_a_number_to_everyone_shows() {
    let broken = total(400, 3, Some(Broken::Claim));
    assert!(broken.doubled > 0, "{broken:?}");
}

#[test]
fn many_who_wait_on_one_account_are_each_looked_at_in_turn_within_its_limit() {
    for one in waiting::wait(80, 1) {
        let text = one.text();
        assert!(one.is_good(), "\n{text}");
        assert!(one.ratio() > 0.9 && one.looks > 300 && one.came > 150, "\n{text}");
        assert!(one.bought > 2 && one.hopeless > 2 && one.purchase_waited <= Duration::from_secs(1), "\n{text}");
    }
    let figures = |seed| waiting::to_json(&waiting::wait(30, seed)).to_string();
    assert_eq!(figures(7), figures(7));
    assert_ne!(figures(7), figures(8));
}

#[test]
fn every_message_that_comes_as_an_event_is_heard_once_and_nothing_else_is() {
    let heard = listening::listen(1_000, 7);
    assert!(heard.is_good(), "{heard:?}");
    assert!(heard.refused > 100 && heard.attempts > 1_500, "events go wrong: {heard:?}");
    assert_eq!(listening::listen(1_000, 7), heard, "the same seed gives the same");
}
