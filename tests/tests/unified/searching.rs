//! Searching every account at the same time.

use serde_json::{Value, json};
use std::time::Duration;
use trunkline_core::Options;
use trunkline_core::unified::Search;
use trunkline_core::{Step, Timestamp};
use trunkline_sandbox::Fault;
use trunkline_tests::world::World;

fn search(world: &mut World, params: Value) -> Value {
    world.call("trunkline.search", &params).expect("searched")
}

fn prices(found: &Value) -> Vec<String> {
    let price = |offer: &Value| {
        let price: trunkline_core::unified::Price = serde_json::from_value(offer["price"].clone()).expect("a price");
        price.at_purchase().map_or_else(String::new, |money| money.to_string())
    };
    found["offers"].as_array().expect("a list").iter().map(price).collect()
}

fn fault(json: Value) -> Fault {
    serde_json::from_value(json).expect("a fault")
}

#[test]
fn accounts_are_asked_at_the_same_time() {
    let mut world = World::new();
    search(&mut world, json!({ "country": "US", "service": "whatsapp", "kind": null }));
    let begun: Vec<Timestamp> = world.requests.iter().map(|(at, _)| *at).collect();
    let first = begun.iter().filter(|at| **at == begun[0]).count();
    assert_eq!(first, 5, "each account's first request leaves at once");
}

#[test]
fn one_accounts_failure_is_beside_the_others_results() {
    let mut world = World::new();
    world.add_fault(fault(json!({ "provider": "rentnumber", "kind": "server_error" })));
    let found = search(&mut world, json!({ "country": "US", "service": "whatsapp" }));
    let failures = found["failures"].as_array().expect("a list");
    assert_eq!(failures.len(), 1, "{failures:?}");
    assert_eq!((&failures[0]["account"], &failures[0]["kind"]), (&json!("rentnumber"), &json!("provider_down")));
    assert_eq!(failures[0]["operation"], "rentnumber.list_prices");
    let accounts: std::collections::BTreeSet<&str> =
        found["offers"].as_array().expect("a list").iter().filter_map(|offer| offer["account"].as_str()).collect();
    assert_eq!(accounts.into_iter().collect::<Vec<_>>(), ["sinch", "tempnumber", "voepy", "vonage"]);
}

#[test]
fn what_an_account_has_is_told_as_it_answers() {
    let mut world = World::new();
    world.add_fault(fault(json!({ "provider": "tempnumber", "kind": "slow", "delay_ms": 3000 })));
    let search = Search { country: Some("US".into()), service: Some("whatsapp".into()), ..Search::default() };
    let mut flow = world.client.search(search, Options::default());
    let (mut told, mut pending) = (Vec::new(), Vec::new());
    loop {
        match flow.step(world.now) {
            Step::Perform(id, action) => {
                let (at, outcome) = world.perform(action);
                pending.push((at, id, outcome));
            }
            Step::Item(item) => told.push((item.account, item.offers.is_empty(), world.now)),
            Step::Waiting => {
                pending.sort_by_key(|(at, id, _)| (*at, *id));
                let (at, id, outcome) = pending.remove(0);
                world.now = world.now.max(at);
                flow.resolve(world.now, id, outcome);
            }
            Step::Done(result) => break result.expect("searched"),
            Step::Abort(_) => {}
        }
    }
    assert_eq!(told.len(), 5);
    assert_eq!(told[4].0, "tempnumber", "{told:?}");
    assert!(told[4].2.since(told[3].2) > Duration::from_secs(1), "the others did not wait for it: {told:?}");
    assert!(told.iter().all(|(_, is_empty, _)| !is_empty));
}

#[test]
fn prices_are_sorted_within_a_currency_and_by_rates_across_them() {
    let mut world = World::new();
    let apart = search(&mut world, json!({ "country": "US", "service": "whatsapp" }));
    let prices_apart = prices(&apart);
    let currencies: Vec<&str> = prices_apart.iter().map(|price| &price[price.len() - 3..]).collect();
    let mut grouped = currencies.clone();
    grouped.dedup();
    assert_eq!(grouped, ["EUR", "NGN", "USD"], "{prices_apart:?}");
    let rates = json!([
        { "currency": "NGN", "worth": { "amount": "0.00065", "currency": "USD" } },
        { "currency": "EUR", "worth": { "amount": "1.10", "currency": "USD" } },
    ]);
    let together = search(&mut world, json!({ "country": "US", "service": "whatsapp", "rates": rates }));
    let in_dollars = |price: &String| {
        let (amount, currency) = price.split_once(' ').expect("an amount and a currency");
        let rate = match currency {
            "NGN" => 0.00065,
            "EUR" => 1.10,
            _ => 1.0,
        };
        amount.parse::<f64>().expect("a number") * rate
    };
    let all: Vec<f64> = prices(&together).iter().map(in_dollars).collect();
    assert!(all.is_sorted(), "{all:?}");
    assert_eq!(all.len(), prices_apart.len());
}

#[test]
fn a_limit_that_cannot_be_compared_is_said_and_not_passed_over() {
    let mut world = World::new();
    let limit = json!({ "amount": "2.50", "currency": "USD" });
    let found = search(&mut world, json!({ "country": "US", "service": "whatsapp", "max_price": limit }));
    assert!(prices(&found).iter().all(|price| price.ends_with("USD")), "{:?}", prices(&found));
    let incomparable: Vec<(&Value, &Value)> =
        found["failures"].as_array().expect("a list").iter().map(|it| (&it["account"], &it["message"])).collect();
    let message = |name: &str, currency: &str| {
        json!(format!("max_price: the prices of {name} are in {currency}, the limit is in USD: give rates"))
    };
    assert_eq!(
        incomparable,
        [(&json!("rentnumber"), &message("RentNumber", "NGN")), (&json!("vonage"), &message("Vonage", "EUR")),]
    );
}

#[test]
fn what_is_asked_for_is_all_that_is_found() {
    let mut world = World::new();
    let found = search(&mut world, json!({ "country": "US", "kind": "local", "capabilities": ["sms", "voice"] }));
    let offers = found["offers"].as_array().expect("a list");
    assert!(!offers.is_empty());
    for offer in offers {
        assert_eq!(offer["kind"], "local", "{offer}");
        let able: Vec<&str> = offer["capabilities"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        assert!(able.contains(&"sms") && able.contains(&"voice"), "{offer}");
    }
    let digits = offers[0]["phone_number"].as_str().unwrap().trim_start_matches('+');
    let last = &digits[digits.len() - 4..];
    for (place, wanted) in [("end", last), ("anywhere", &digits[3..8]), ("start", &digits[..5])] {
        let found = search(&mut world, json!({ "country": "US", "kind": "local", "digits": { place: wanted } }));
        let numbers: Vec<&str> =
            found["offers"].as_array().unwrap().iter().filter_map(|it| it["phone_number"].as_str()).collect();
        let fits = |number: &&str| {
            let digits = number.trim_start_matches('+');
            match place {
                "end" => digits.ends_with(wanted),
                "start" => digits.starts_with(wanted),
                _ => digits.contains(wanted),
            }
        };
        assert!(numbers.contains(&offers[0]["phone_number"].as_str().unwrap()), "{place} {wanted}: {numbers:?}");
        assert!(numbers.iter().all(fits), "{place} {wanted}: {numbers:?}");
        let unable: Vec<&Value> =
            found["failures"].as_array().unwrap().iter().map(|failure| &failure["kind"]).collect();
        assert!(unable.iter().all(|kind| *kind == "unsupported"), "{unable:?}");
    }
}

#[test]
fn an_offer_survives_serialisation_and_is_bought_elsewhere() {
    let mut world = World::new();
    let found = search(&mut world, json!({ "country": "US", "service": "whatsapp", "limit": 1 }));
    for offer in found["offers"].as_array().expect("a list") {
        let typed: trunkline_core::unified::Offer = serde_json::from_value(offer.clone()).expect("reads again");
        assert_eq!(&serde_json::to_value(&typed).expect("writes again"), offer);
        // Another client, in a world of its own whose sandbox sells the same.
        let mut elsewhere = World::new();
        let bought = elsewhere.call("trunkline.buy", &json!({ "offers": [typed.id] })).expect("bought");
        assert_eq!(bought["number"]["account"], offer["account"]);
        let number: trunkline_core::unified::Number = serde_json::from_value(bought["number"].clone()).expect("reads");
        assert_eq!(serde_json::to_value(&number).expect("writes again"), bought["number"]);
    }
}
