//! `spend_limit`: what an account's purchases may cost.

use super::buying::on_purchase;
use super::offer;
use serde_json::{Value, json};
use std::time::Duration;
use trunkline_core::{Delivery, ErrorKind, JournalEvent};
use trunkline_sandbox::FaultKind;
use trunkline_tests::world::World;

/// An account at Voepy, where a number costs 2.50 at once, that may spend this.
fn limited(limit: &str) -> World {
    World::with(serde_json::from_str("{}").expect("settings"), |config| config.set("voepy", "spend_limit", limit))
}

fn buy(world: &mut World) -> trunkline_core::Result<Value> {
    let offer = offer(world, "voepy");
    world.call("trunkline.buy", &json!({ "offers": [offer["id"]] }))
}

#[test]
fn what_would_exceed_the_limit_is_refused_until_the_period_is_over() {
    let mut world = limited("5.00 USD/3600");
    buy(&mut world).expect("2.50");
    buy(&mut world).expect("5.00");
    let error = buy(&mut world).expect_err("7.50");
    assert_eq!((error.kind, error.delivery), (ErrorKind::Forbidden, Delivery::NotSent));
    assert_eq!(
        error.message,
        "it costs 2.50 USD, and 5.00 USD was spent in the last 3600 seconds: the account's spend_limit is 5.00 USD"
    );
    assert_eq!(world.purchases("voepy"), 2);
    let orders = world.requests.iter().filter(|(_, request)| request.url.ends_with("/numbers/order"));
    assert_eq!(orders.count(), 2, "nothing was sent of the third");
    // The refused one does not count.
    world.pass(Duration::from_secs(3600));
    buy(&mut world).expect("the first is over");
}

#[test]
fn what_may_have_been_bought_counts_and_what_certainly_was_not_does_not() {
    let mut refused = limited("2.50 USD/3600");
    refused.add_fault(on_purchase("voepy", FaultKind::RateLimited));
    for _ in 0..2 {
        let error = buy(&mut refused).expect_err("refused by Voepy");
        assert_eq!(error.kind, ErrorKind::RateLimited, "what was refused before has cost nothing: {error}");
    }
    let mut unknown = limited("2.50 USD/3600");
    unknown.add_fault(on_purchase("voepy", FaultKind::Hang));
    assert_eq!(buy(&mut unknown).expect_err("never answered").kind, ErrorKind::PurchaseUnknown);
    assert_eq!(buy(&mut unknown).expect_err("the first may have cost all of it").kind, ErrorKind::Forbidden);
}

#[test]
fn what_names_no_price_cannot_be_held_to_a_limit() {
    let mut world = limited("100.00 USD/3600");
    let order = json!({ "phone_numbers": ["+15125550100"], "country_code": "US", "number_type": "local" });
    let error = world.call("voepy.order_numbers", &order).expect_err("a price nobody knows");
    assert_eq!((error.kind, error.delivery), (ErrorKind::Forbidden, Delivery::NotSent));
    assert!(error.message.ends_with("buy an offer that names its price, with trunkline.buy"), "{error}");
    assert_eq!((world.requests.len(), world.journal.len()), (0, 0));
    let mut euros = limited("100.00 EUR/3600");
    let error = buy(&mut euros).expect_err("another currency");
    assert!(error.message.contains("it costs 2.50 USD, which cannot be held to"), "{error}");
    assert_eq!(euros.purchases("voepy"), 0);
}

#[test]
fn the_price_is_in_the_journal_before_anything_is_sent() {
    let mut world = limited("5.00 USD/3600");
    buy(&mut world).expect("bought");
    let events: Vec<&JournalEvent> = world.journal.iter().map(|entry| &entry.event).collect();
    assert!(
        matches!(events.as_slice(), [JournalEvent::Intent { .. }, JournalEvent::Costs(price), JournalEvent::Bought { .. }]
            if price.to_string() == "2.50 USD"),
        "{events:?}"
    );
}

#[test]
fn a_limit_that_cannot_be_read_is_said() {
    for (limit, problem) in [
        ("20 USD", "write it as amount, currency/seconds, such as 20.00 USD/86400"),
        ("USD 20/3600", "write it as amount, currency/seconds, such as 20.00 USD/86400"),
        ("-1 USD/3600", "write it as amount, currency/seconds, such as 20.00 USD/86400"),
        ("20 USD/0", "the period is 1 second to 31 days (2678400 seconds)"),
        ("20 USD/9999999", "the period is 1 second to 31 days (2678400 seconds)"),
    ] {
        let mut config = trunkline_core::Config::default();
        config.set("rentnumber", "api_key", "k");
        config.set("rentnumber", "spend_limit", limit);
        let error = trunkline_core::Client::new(config, [1; 16]).expect_err(limit);
        assert_eq!(error.message, format!("account \"rentnumber\": spend_limit: {problem}"), "{limit}");
    }
}
